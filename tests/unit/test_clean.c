/* What may stand in a document: the short ways against one look at each character. */
#include "unit.h"

#include <utf8proc.h>

#include "read/read.h"

static int
is_forbidden(utf8proc_int32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F) ||
	    (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static enum clean_result
look(const char *text, size_t len, size_t *at)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (*at = 0; *at < len; *at += (size_t)n) {
		n = utf8proc_iterate((const utf8proc_uint8_t *)text + *at, (utf8proc_ssize_t)(len - *at), &c);
		if (n <= 0)
			return CLEAN_NOT_UTF8;
		if (is_forbidden(c))
			return CLEAN_CONTROL;
	}
	return CLEAN_END;
}

static void
check(const char *text, size_t len)
{
	size_t at = 0, wanted, width;
	uint32_t cp;
	enum clean_result r = look(text, len, &wanted);

	if (clean_next(text, len, &at, &width, &cp) != r || at != wanted)
		fail_msg("of %zu bytes: at %zu, not %zu", len, at, wanted);
}

/* Three bytes of all kinds, after others and before others. */
static void
three_bytes(void **state)
{
	static const char *const before[] = { "", "a", "12345678", "\xE3\x81\x82", "a\xE3\x81\x82\xE3\x81\x84" };
	static const char *const after[] = { "", "\n", "\xE3\x81\x82", "abcdefghij" };
	char text[64];
	size_t i, n, m;
	unsigned a, b, c;

	(void)state;
	for (a = 0; a < 256; a++)
		for (b = 0; b < 256; b += b >= 0x78 && b < 0xC8 ? 1 : 8)
			for (c = 0; c < 256; c += c >= 0x78 && c < 0xC8 ? 1 : 8) {
				i = (a + b + c) % (LEN(before) * LEN(after));
				n = strlen(strcpy(text, before[i % LEN(before)]));
				text[n++] = (char)a;
				text[n++] = (char)b;
				text[n++] = (char)c;
				m = strlen(strcpy(text + n, after[i / LEN(before)]));
				check(text, n + m);
			}
}

/* Characters of all kinds, at each byte of eight. */
static void
characters(void **state)
{
	char text[64];
	int32_t c;
	size_t n, i;

	(void)state;
	for (c = 0; c < 0x110000; c += c < 0x3000 || (c > 0xFD00 && c < 0x10010) ? 1 : 7)
		for (i = 0; i < 9; i++) {
			if (c >= 0xD800 && c < 0xE000)
				continue;
			memset(text, 'a', sizeof(text));
			n = (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)text + i);
			check(text, i + n + 9 - i);
		}
}

/* What has to be seen, and what has not, at each place of a long text: blocks end anywhere. */
static void
blocks(void **state)
{
	static const char *const filling[] = { "a", "\xC3\xA9", "\xE3\x81\x82", "\xF0\x9F\x98\x80" };
	static const char *const pieces[] = {
		"\n", "\r\n", "\t", "\x01", "\x0B", "\x0C", "\x1F", " ", "~", "\x7F",
		"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2\x80", "\xC2\x9F", "\xC2\xA0", "\xC2", "\xC3",
		"\xE0\x80\x80", "\xE0\xA4\x85", "\xE3", "\xE3\x81", "\xE3\xE3\x81", "\xE3\x81\x82\x82",
		"\xED\x9F\xBF", "\xED\xA0\x80", "\xEF\xB7\x8F", "\xEF\xB7\x90", "\xEF\xB7\xB0",
		"\xEF\xBC\x81", "\xEF\xBF\xBD", "\xEF\xBF\xBE", "\xEF\xBB\xBF", "\xEF",
		"\xF0\x9F\xBF\xBE", "\xF4\x90\x80\x80", "\xF8", "\xFF", "",
	};
	char text[640];
	size_t f, i, n, at, end;

	(void)state;
	for (f = 0; f < LEN(filling) * LEN(pieces); f++)
		for (at = 0; at < 300; at += strlen(filling[f % LEN(filling)])) {
			for (n = 0; n < at; )
				n += strlen(strcpy(text + n, filling[f % LEN(filling)]));
			n += strlen(strcpy(text + n, pieces[f / LEN(filling)]));
			for (end = n + at % 270, i = 0; n < end; i++)
				n += strlen(strcpy(text + n, filling[(f + i / 50) % LEN(filling)]));
			check(text, n);
			check(text, at + strlen(pieces[f / LEN(filling)]));
		}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(blocks),
	cmocka_unit_test(three_bytes),
	cmocka_unit_test(characters),
};

UNIT_MAIN(tests)
