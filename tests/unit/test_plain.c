/*
 * emit/plain.h: whatever stands wherever in a text, the emitters write what one would that
 * looks at a character at a time.
 */
#include "unit.h"

/* ---- One that does ---- */

enum form { TEXT, ATTRIBUTE, STRING, FORMS };

/* What stands for the character, which is len bytes at s; "" for these bytes themselves. */
static const char *
escape(uint32_t cp, size_t len, enum form form, char buf[8])
{
	static const struct { char c; const char *xml, *json; } escapes[] = {
		{ '"', "&quot;", "\\\"" }, { '&', "&amp;", "" }, { '<', "&lt;", "" }, { '>', "&gt;", "" },
		{ '\\', "", "\\\\" }, { '\b', "\uFFFD", "\\b" }, { '\f', "\uFFFD", "\\f" },
		{ '\n', "", "\\n" }, { '\r', "&#13;", "\\r" }, { '\t', "", "\\t" },
	};
	int wrong = cp == 0xFFFD && len == 1;

	if (form == ATTRIBUTE && (cp == '\n' || cp == '\t'))
		return cp == '\n' ? "&#10;" : "&#9;";
	for (size_t i = 0; i < LEN(escapes); i++)
		if (cp == (uint32_t)escapes[i].c)
			return form == STRING ? escapes[i].json : escapes[i].xml;
	if (form != STRING)
		return wrong || cp < ' ' || cp == 0xFFFE || cp == 0xFFFF ? "\uFFFD" : "";
	if (!wrong && cp >= ' ' && cp != 0x7F && cp != 0x2028 && cp != 0x2029)
		return "";
	snprintf(buf, 8, "\\u%04x", (unsigned)cp & 0xFFFF);
	return buf;
}

static void
expect(struct str *to, const char *s, enum form form)
{
	static const char *const around[FORMS][2] = { { "<a>", "</a>" }, { "<a b=\"", "\"/>" }, { "\"", "\"" } };
	const char *at = s, *instead;
	char buf[8];
	uint32_t cp;

	if (*s == '\0' && form == TEXT) {
		str_puts(to, "<a/>");
		return;
	}
	str_puts(to, around[form][0]);
	for (; (cp = rp_utf8_next(&s)) != 0; at = s) {
		instead = escape(cp, (size_t)(s - at), form, buf);
		if (*instead != '\0')
			str_puts(to, instead);
		else
			str_add(to, at, (size_t)(s - at));
	}
	str_puts(to, around[form][1]);
}

static void
write_it(struct fixture *f, const char *s, enum form form)
{
	struct rp_xml *x;
	struct rp_json *j;

	if (form == STRING) {
		j = rp_json_open(&f->job.pub, &f->sink, 0);
		rp_json_string(j, s);
		assert_int_equal(rp_json_close(j), 0);
		return;
	}
	x = rp_xml_open(&f->job.pub, &f->sink, 0);
	rp_xml_start(x, "a");
	if (form == TEXT)
		rp_xml_text(x, s);
	else
		rp_xml_attr(x, "b", s);
	assert_int_equal(rp_xml_close(x), 0);
}

/* In memory of its own, so that a look behind its NUL is noticed. */
static void
try(struct fixture *f, const char *bytes, size_t len)
{
	struct str expected = { 0 };
	char *s = malloc(len + 1);

	memcpy(s, bytes, len);
	s[len] = '\0';
	for (int form = TEXT; form < FORMS; form++) {
		expected.len = f->sink.buf.len = 0;
		expect(&expected, s, (enum form)form);
		write_it(f, s, (enum form)form);
		assert_string_equal(f->sink.buf.p, expected.p);
	}
	str_free(&expected);
	free(s);
}

/* ---- What it is tried with ---- */

static const char *const odd[] = {
	"", "\"", "&", "<", ">", "\\", "'", "\n", "\t", "\r", "\b", "\x01", "\x1F", "\x7F", "\n\n", "&&",
	/* of two, three and four bytes; the first and last of each, and of what has gaps */
	"\u00A0", "\u07FF", "\u0800", "\u0E01", "\u0FFF", "\u1000", "\uD7FF", "\uE000", "\uFFFC", "\uFFFD",
	"\uFFFE", "\uFFFF", "\U00010000", "\U0001F600", "\U0010FFFF", "\u2027", "\u2028", "\u2029", "\u202A",
	"\u3028", "\u3029", "\uFF08", "\u3001\u3002", "r\u00F6le",
	/* no UTF-8: too long, surrogates, too large, cut off, without a beginning */
	"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80", "\xED\xA0\x80", "\xED\xBF\xBF",
	"\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF", "\xC3", "\xE3", "\xE3\x81", "\xF0\x9F",
	"\xF0\x9F\x98", "\x80", "\xBF", "\x80\x80", "\x80\x80\x80", "\xE3\x81\x82\x80", "\xE3\x81\x82\x80\x80",
	"\xC3\xB6\x80", "\xC3\xC3", "\xE3\xE3\x81", "\xE3\x81\xE3", "\xE3\xC3\xB6", "\xC3\xE3\x81\x82",
	"\xE2\x80", "\x80\xA8", "\xE2\xA8\x80\xA8",
};

static void
anywhere(void **state)
{
	static const char *const around[] = {
		"The quick brown fox jumps over the lazy dog, and does it again: nothing new in that.",
		"\u5F79\u5272\u306F\u3001\u8CAC\u4EFB\u3068\u6A29\u9650\u3092\u5B9A\u3081\u308B\u3082\u306E\u3067"
		"\u3042\u308B\u3002\u62C5\u5F53\u8005\u306F\u5831\u544A\u3059\u308B\u3002\u4EE5\u4E0A\u3002",
		"\u7BA1\u7406 (IT) \u306E r\u00F4le\u3001\u00E9t\u00E9 \u3068 \u00FCber 24\u6642\u9593 a\u306Bb\u306Fc "
		"\u0440\u043E\u043B\u044C\u3002",
		"\u0E1A\u0E17\u0E1A\u0E32\u0E17 \uD6C8\uB828 \u0939\u093F\u0928\u094D\u0926\u0940 \U0001F600 "
		"\u0E01\u0E32\u0E23\u0E40\u0E23\u0E35\u0E22\u0E19\u0E23\u0E39\u0E49",
	};
	struct fixture f;
	char text[256];

	(void)state;
	fixture_begin(&f);
	for (size_t a = 0; a < LEN(around); a++)
		for (size_t o = 0; o < LEN(odd); o++)
			for (size_t at = 0; at <= 52; at++)
				for (size_t rest = 0; rest <= 21; rest += 3) {
					size_t len = strlen(odd[o]);

					for (size_t i = 0; i < at + rest; i++)	/* also within a character */
						text[i < at ? i : i + len] = around[a][i % strlen(around[a])];
					memcpy(text + at, odd[o], len);
					try(&f, text, at + len + rest);
				}
	fixture_end(&f, "");
}

/* Many of them together, in texts that are longer than any piece. */
static void
together(void **state)
{
	uint32_t n = 1;
	struct fixture f;

	(void)state;
	fixture_begin(&f);
	for (int i = 0; i < 2000; i++) {
		struct str s = { 0 };

		while (s.len < (size_t)i) {
			n = n * 1664525 + 1013904223;
			if (n >> 24 < 32)
				str_puts(&s, odd[(n >> 8) % LEN(odd)]);
			else
				str_puts(&s, n >> 24 < 128 ? "abc d" : "\u5F79\u5272");
		}
		try(&f, s.p != NULL ? s.p : "", s.len);
		str_free(&s);
	}
	fixture_end(&f, "");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(anywhere),
	cmocka_unit_test(together),
};

UNIT_MAIN(tests)
