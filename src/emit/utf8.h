/*
 * utf8.h - how far characters go that need no look, for emitters that copy them.
 *
 *	static const char stops[0x100] = { ASCII_CONTROLS, ['&'] = 1, ['<'] = 1, BEYOND_ASCII };
 *	s = ascii_skip(s, stops);
 */
#ifndef RP_EMIT_UTF8_H
#define RP_EMIT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include <rolepress/text.h>

#define ASCII_CONTROLS	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, \
			1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1

/* Behind those of a table: all beyond ASCII. */
#define BEYOND_ASCII	[0x80] = ASCII_CONTROLS, ASCII_CONTROLS, ASCII_CONTROLS, ASCII_CONTROLS

/* To the first character that stops. */
static inline const char *
ascii_skip(const char *s, const char stops[0x100])
{
	while (!stops[(unsigned char)*s])
		s++;
	return s;
}

static inline int
utf8_goes_on(int c)
{
	return (c & 0xC0) == 0x80;
}

/*
 * How many bytes the character beyond ASCII has that begins at s; 0: those are no
 * UTF-8.  Most are of two bytes, or of three that cannot be wrong: E0 may be too
 * long a form, ED a surrogate.
 */
static inline size_t
utf8_length(const char *s)
{
	unsigned char c = (unsigned char)*s;
	const char *end = s;

	if (c >= 0xC2 && c <= 0xDF && utf8_goes_on(s[1]))
		return 2;
	if (c > 0xE0 && c <= 0xEF && c != 0xED && utf8_goes_on(s[1]) && utf8_goes_on(s[2]))
		return 3;
	rp_utf8_next(&end);
	return end - s > 1 ? (size_t)(end - s) : 0;
}

/* The character of three bytes that stands at s. */
static inline uint32_t
utf8_three(const char *s)
{
	return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (uint32_t)(s[2] & 0x3F);
}

/* As rp_utf8_next(), which it asks where a character is a rare one. */
static inline uint32_t
utf8_next(const char **s)
{
	const char *p = *s;
	unsigned char c = (unsigned char)*p;

	if (c < 0x80) {
		*s += c != 0;
		return c;
	}
	if (c > 0xE0 && c <= 0xEF && c != 0xED && utf8_goes_on(p[1]) && utf8_goes_on(p[2])) {
		*s += 3;
		return utf8_three(p);
	}
	return rp_utf8_next(s);
}

#endif
