/* The XML, roff and ZIP emitters: well-formed whatever the text, sticky when misused. */
#include "unit.h"

#include <linebreak.h>

#include "emit/roff.h"

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
xml_markup(void **state)
{
	struct fixture f;
	struct rp_xml *x;

	(void)state;
	fixture_begin(&f);
	x = rp_xml_open(&f.job.pub, &f.sink, RP_XML_DECLARATION | RP_XML_INDENT | RP_XML_HTML);
	rp_xml_doctype(x, "html");
	rp_xml_block(x, "html");
	rp_xml_attr(x, "xml:lang", "ja");
	rp_xml_attr_int(x, "data-n", -1);
	rp_xml_text(x, "");
	rp_xml_comment(x, "a--b-\x01");
	rp_xml_pi(x, "dbfo", "keep-together=\"auto\"");
	rp_xml_element(x, "br", "");
	rp_xml_element(x, "\u5F79\u5272", "");
	assert_int_equal(rp_xml_close(x), 0);
	assert_string_equal(f.sink.buf.p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	    "<html xml:lang=\"ja\" data-n=\"-1\"><!--a- -b-\uFFFD--><?dbfo keep-together=\"auto\"?><br />"
	    "<\u5F79\u5272></\u5F79\u5272></html>\n");
	fixture_end(&f, "");
}

/* Names and values of all lengths, with and without something in them that is seldom. */
static void
xml_lengths(void **state)
{
	static const char *const names[] = { "a:b-c.9", "a_b", "a\u5F79" };
	static const char *const values[] = { "", "&", "\t", "\u5F79" };
	static const char *const escaped[] = { "", "&amp;", "&#9;", "\u5F79" };
	char name[200], value[200], expected[1200];

	(void)state;
	for (size_t len = 0; len < 100; len++)
		for (size_t i = 0; i < LEN(names) * LEN(values); i++) {
			const char *special = values[i / LEN(names)];
			struct fixture f;
			struct rp_xml *x;

			fixture_begin(&f);
			memset(value, 'v', len);
			strcpy(value + len, special);
			memset(name, 'n', len / 2);
			strcpy(name + len / 2, names[i % LEN(names)]);
			x = rp_xml_open(&f.job.pub, &f.sink, 0);
			rp_xml_start(x, name);
			rp_xml_attr(x, name, value);
			rp_xml_text(x, "t");
			assert_int_equal(rp_xml_close(x), 0);
			snprintf(expected, sizeof(expected), "<%s %s=\"%.*s%s\">t</%s>", name, name, (int)len, value,
			    escaped[i / LEN(names)], name);
			assert_string_equal(f.sink.buf.p, expected);
			fixture_end(&f, "");
		}
}

static void
xml_misuse(void **state)
{
	static const char *const names[] = { "not a name", "", "1st", "-x", "a=\"b\"", "a\xFF", "\u00D7" };

	(void)state;
	for (size_t i = 0; i < LEN(names) + 4; i++) {
		struct fixture f;
		struct rp_xml *x;

		fixture_begin(&f);
		x = rp_xml_open(&f.job.pub, &f.sink, 0);
		rp_xml_start(x, i < LEN(names) ? names[i] : "a");
		switch (i - LEN(names)) {
		case 0:
			rp_xml_attr(x, "b", "1");
			rp_xml_attr(x, "b", "2");
			break;
		case 1:
			rp_xml_text(x, "no start tag any more");
			rp_xml_attr(x, "b", "1");
			break;
		case 2:
			rp_xml_pi(x, "p", "?>");
			break;
		case 3:
			rp_xml_end(x);
			rp_xml_end(x);
			break;
		default:
			rp_xml_text(x, "swallowed");
		}
		assert_int_equal(rp_xml_close(x), -1);
		fixture_end(&f, "emitter@0:0");
	}
}

/* Of 69 columns. */
#define WORDS "aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa"
#define FORTY "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void
roff_text(void **state)
{
	static const struct { const char *text, *roff; } cases[] = {
		{ ".TH x", "\\&.TH x\n" },
		{ "'quote", "\\(aqquote\n" },
		{ "a\\fB", "a\\efB\n" },
		{ "--to -- x-y", "\\-\\-to -- x-y\n" },
		{ "x-\"-o\"", "x-\"\\-o\"\n" },
		/* Kana break but before punctuation; flags, at which libunibreak aborts, are not parted. */
		{ "役き、", "役\\:き、\n" },
		{ "役🇯🇵🇸🇪役", "役\\:🇯🇵\\:🇸🇪\\:役\n" },
		{ "役\xEF\xBF\xBF役", "役\\:\xEF\xBF\xBF\\:役\n" },
		/* Flags alone have no breaks, before an ideograph they do. */
		{ "🇯🇵🇸🇪 🇯🇵🇸🇪役", "🇯🇵🇸🇪 🇯🇵\\:🇸🇪\\:役\n" },
		/* Words that go straight to the page, and those that must not. */
		{ " a  b c ", "a b c\n" },
		{ "x} T . .a T} T", "x} T . .a T} T\n" },
		{ ".a b", "\\&.a b\n" },
		{ "T} b", "\\&T} b\n" },
		{ "T b", "T b\n" },
		{ "役役、。A、役)役", "役\\:役、。\\:A、\\:役)\\:役\n" },
		{ "、役(役", "、\\:役\\:(役\n" },
		{ WORDS " bbbbbbbb c", WORDS " bbbbbbbb\nc\n" },
		{ WORDS " bbbbbbbbb c", WORDS "\nbbbbbbbbb c\n" },
		/* A word whose first parts are written when it turns out to be too long for the line. */
		{ WORDS " 役、b 役役、 b", WORDS " 役、\\:b\n役\\:役、 b\n" },
		{ WORDS " 役役役 b", WORDS "\n役\\:役\\:役 b\n" },
		{ WORDS " .NET役役 b", WORDS "\n\\&.NET\\:役\\:役 b\n" },
		{ WORDS " bbbbbbb 役役 b", WORDS " bbbbbbb\n役\\:役 b\n" },
		{ WORDS " bbbbbbb 役、役 b", WORDS " bbbbbbb\n役、\\:役 b\n" },
		{ "役役、、役", "役\\:役、、\\:役\n" },
		/* The longest word without a break, and a longer one. */
		{ "a " FORTY " b", "a " FORTY " b\n" },
		{ "a " FORTY "c b", "a " FORTY "\\:c b\n" },
		/* The end of a sentence is not the end of a line. */
		{ WORDS " (bbbbb.) c d", WORDS " (bbbbb.) c\nd\n" },
		{ WORDS " 役.) 役役役 d", WORDS " 役.) 役\\:役\\:役\nd\n" },
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

/* The page is written where the output's memory is, unless something stands there already. */
static void
roff_place(void **state)
{
	static const char *const before[] = { "", "before\n" };
	char want[64];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(before); i++) {
		struct fixture f;
		struct rp_roff *r;

		fixture_begin(&f);
		rp_puts(&f.sink, before[i]);
		r = rp_roff_open(&f.job.pub, &f.sink);
		rp_roff_macro(r, "TS", NULL);
		rp_roff_macro(r, "TE", NULL);
		assert_int_equal(rp_roff_close(r), 0);
		snprintf(want, sizeof(want), "%s'\\\" t\n.TS\n.TE\n", before[i]);
		assert_string_equal(f.sink.buf.p, want);
		fixture_end(&f, "");
	}
}

/* The first entry begins the file, stored and without extra fields: what tells an EPUB
 * from other archives (OCF 3.3, 4.3). */
/* Breaks that are known without asking libunibreak are those that it would give. */
static void
roff_ideographs(void **state)
{
	/* One of each class that stands in words. */
	static const uint32_t others[] = { 'a', '1', '-', '/', '(', ')', '!', '%', '$', '"', ',', 0xA0, 0xAB,
		0x2014, 0x2026, 0x200B, 0x2060, 0x20AC, 0x3001, 0x300C, 0x300D, 0x3005, 0x3041, 0x3099,
		0x309D, 0x30FB, 0x30FC, 0xAC00, 0x1100, 0x0E01, 0x05D0, 0x0627, 0xFF01, 0xFF61, 0x1F600 };

	(void)state;
	for (uint32_t cp = 0x3041; cp < 0xA000; cp = cp != 0x30FF ? cp + (cp < 0x30FF ? 1 : 0x111) : 0x4E00) {
		for (size_t i = 0; i < LEN(others); i++) {
			uint32_t word[] = { others[i], cp, 0x4E00, 0x3001, cp, 0x3002, others[i], cp, others[i] };
			unsigned char columns[LEN(word)] = { 1, 2, 2, 2, 2, 2, 1, 2, 1 };
			char got[LEN(word)], answers[LEN(word)];

			roff_breaks(word, columns, LEN(word), got);
			set_linebreaks_utf32(word, LEN(word), NULL, answers);
			for (size_t k = 1; k < LEN(word); k++)
				assert_int_equal(got[k], answers[k - 1] == LINEBREAK_ALLOWBREAK);
		}
	}
}

/* libunibreak is asked about two signs once, and not again whatever stands around them. */
static void
roff_pairs(void **state)
{
	(void)state;
	for (uint32_t a = '!'; a <= 0x301F; a = a != '~' ? a + 1 : 0x3001) {
		for (uint32_t b = '!'; b <= 0x301F; b = b != '~' ? b + 1 : 0x3001) {
			uint32_t word[] = { a, 0x4E00, b, a, a, b, 0x3042, a };
			unsigned char columns[LEN(word)] = { 1, 2, 1, 1, 1, 1, 2, 1 };
			char got[LEN(word)], answers[LEN(word)];

			roff_breaks(word, columns, LEN(word), got);
			set_linebreaks_utf32(word, LEN(word), NULL, answers);
			for (size_t k = 1; k < LEN(word); k++)
				assert_int_equal(got[k], answers[k - 1] == LINEBREAK_ALLOWBREAK &&
				    (rp_is_cjk(word[k - 1]) || rp_is_cjk(word[k])));
		}
	}
}

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
	rp_zip_add(z, "a/b.txt", "text text text text text text", 29);
	rp_zip_add(z, "random", "x7#", 3);
	assert_int_equal(rp_zip_close(z), 0);
	p = f.sink.buf.p;
	assert_memory_equal(p, "PK\x03\x04", 4);
	assert_memory_equal(p + 8, "\0\0", 2);
	assert_memory_equal(p + 26, "\x08\0\0\0", 4);
	assert_memory_equal(p + 30, "mimetypeapplication/epub+zip", 28);
	fixture_end(&f, "");
}

/* What was packed before stands in the archive as what is packed there does. */
static void
zip_packed(void **state)
{
	static const char *const texts[] = { "", "x", "text text text text text text text text text text text text" };

	(void)state;
	for (size_t i = 0; i < LEN(texts); i++) {
		struct fixture f, g;
		struct rp_sink *packed;
		struct rp_zip *z;
		const char *p;
		size_t len;

		fixture_begin(&f);
		z = rp_zip_open(&f.job.pub, &f.sink);
		rp_zip_add(z, "a", texts[i], strlen(texts[i]));
		assert_int_equal(rp_zip_close(z), 0);
		fixture_begin(&g);
		packed = rp_sink_new(&g.job.pub);
		rp_zip_pack(&g.job.pub, packed, texts[i], strlen(texts[i]));
		p = rp_sink_bytes(packed, &len);
		z = rp_zip_open(&g.job.pub, &g.sink);
		rp_zip_add_packed(z, "a", p, len);
		assert_int_equal(rp_zip_close(z), 0);
		assert_int_equal(f.sink.buf.len, g.sink.buf.len);
		assert_memory_equal(f.sink.buf.p, g.sink.buf.p, f.sink.buf.len);
		assert_int_equal(f.sink.buf.p[8], i == 2 ? 8 : 0);	/* the method */
		fixture_end(&f, "");
		fixture_end(&g, "");
	}
}

/* What another process packs stands there as what this one does. */
static void
zip_aside(void **state)
{
	static char text[600 * 1024];
	uint32_t n = 1;

	(void)state;
	for (int random = 0; random < 2; random++) {
		struct fixture f[2];

		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = (char)((n = n * 1664525 + 1013904223) >> (random ? 24 : 30));
		for (int aside = 0; aside < 2; aside++) {
			struct rp_zip *z;

			fixture_begin(&f[aside]);
			if (aside)	/* anything but NULL: the run has processes */
				f[1].run->pool = (struct pool *)text;
			z = rp_zip_open(&f[aside].job.pub, &f[aside].sink);
			rp_zip_add(z, "a", text, sizeof(text) / 2);
			rp_zip_store(z, "b", text, 100);
			rp_zip_add(z, "c", text + sizeof(text) / 2, sizeof(text) / 2);
			assert_int_equal(rp_zip_close(z), 0);
			f[aside].run->pool = NULL;
		}
		assert_int_equal(f[0].sink.buf.len, f[1].sink.buf.len);
		assert_memory_equal(f[0].sink.buf.p, f[1].sink.buf.p, f[0].sink.buf.len);
		fixture_end(&f[0], "");
		fixture_end(&f[1], "");
	}
}

static void
zip_misuse(void **state)
{
	struct fixture f;
	struct rp_zip *z;

	(void)state;
	fixture_begin(&f);
	z = rp_zip_open(&f.job.pub, &f.sink);
	rp_zip_add_packed(z, "a", "none", 4);
	assert_int_equal(rp_zip_close(z), -1);
	fixture_end(&f, "emitter@0:0");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(xml_escapes),
	cmocka_unit_test(xml_markup),
	cmocka_unit_test(xml_lengths),
	cmocka_unit_test(xml_misuse),
	cmocka_unit_test(roff_text),
	cmocka_unit_test(roff_place),
	cmocka_unit_test(roff_ideographs),
	cmocka_unit_test(roff_pairs),
	cmocka_unit_test(zip_begins),
	cmocka_unit_test(zip_packed),
	cmocka_unit_test(zip_aside),
	cmocka_unit_test(zip_misuse),
};

UNIT_MAIN(tests)
