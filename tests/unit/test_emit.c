/* The XML, roff and ZIP emitters: well-formed whatever the text, sticky when misused. */
#include "unit.h"

static void
xml_escapes(void **state)
{
	struct fixture f;
	struct rp_xml *x;

	(void)state;
	fixture_begin(&f);
	x = rp_xml_open(&f.job.pub, &f.sink, 0);
	rp_xml_start(x, "a");
	rp_xml_attr(x, "b", "<\"&'\n>");
	rp_xml_attr(x, "none", NULL);
	rp_xml_text(x, "]]> & < \x01 \xEF\xBF\xBE");
	rp_xml_element(x, "c", "");
	assert_int_equal(rp_xml_depth(x), 1);
	assert_int_equal(rp_xml_close(x), 0);	/* closes what is open */
	assert_string_equal(f.sink.buf.p, "<a b=\"&lt;&quot;&amp;'&#10;&gt;\">]]&gt; &amp; &lt; "
	    "\xEF\xBF\xBD \xEF\xBF\xBD<c/></a>");
	fixture_end(&f, "");
}

static void
xml_misuse(void **state)
{
	struct fixture f;
	struct rp_xml *x;

	(void)state;
	fixture_begin(&f);
	x = rp_xml_open(&f.job.pub, &f.sink, 0);
	rp_xml_start(x, "not a name");
	rp_xml_text(x, "swallowed");
	assert_int_equal(rp_xml_close(x), -1);
	fixture_end(&f, "emitter@0:0");
}

static void
roff_text(void **state)
{
	static const struct { const char *text, *roff; } cases[] = {
		{ ".TH x", "\\&.TH x\n" },
		{ "'quote", "\\(aqquote\n" },
		{ "a\\fB", "a\\efB\n" },
		{ "--to -- x-y", "\\-\\-to -- x-y\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct fixture f;
		struct rp_roff *r;

		fixture_begin(&f);
		r = rp_roff_open(&f.job.pub, &f.sink);
		rp_roff_text(r, cases[i].text);
		assert_int_equal(rp_roff_close(r), 0);
		assert_string_equal(f.sink.buf.p, cases[i].roff);
		fixture_end(&f, "");
	}
}

/* The first entry begins the file, stored and without extra fields: what tells an EPUB
 * from other archives (OCF 3.3, 4.3). */
static void
zip_begins(void **state)
{
	static const char type[] = "application/epub+zip";
	struct fixture f;
	struct rp_zip *z;
	const char *p;

	(void)state;
	fixture_begin(&f);
	z = rp_zip_open(&f.job.pub, &f.sink);
	rp_zip_store(z, "mimetype", type, strlen(type));
	rp_zip_add(z, "a/b.txt", "text text text text", 19);
	assert_int_equal(rp_zip_close(z), 0);
	p = f.sink.buf.p;
	assert_memory_equal(p, "PK\x03\x04", 4);
	assert_memory_equal(p + 8, "\0\0", 2);
	assert_memory_equal(p + 26, "\x08\0\0\0", 4);
	assert_memory_equal(p + 30, "mimetypeapplication/epub+zip", 28);
	fixture_end(&f, "");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(xml_escapes),
	cmocka_unit_test(xml_misuse),
	cmocka_unit_test(roff_text),
	cmocka_unit_test(zip_begins),
};

UNIT_MAIN(tests)
