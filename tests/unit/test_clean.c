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

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(three_bytes),
	cmocka_unit_test(characters),
};

UNIT_MAIN(tests)
