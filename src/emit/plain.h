/*
 * plain.h - copies what stands in an output as it stands in a text, for emitters that
 * then see to the character that does not.
 *
 *	while ((s = plain_copy(out, s, end, PLAIN_XML)) < end)
 *		s = put_slowly(x, s, end);
 *
 * Sixteen bytes are looked at together, without a branch, whatever the mixture of
 * scripts; the loop is one that compilers make vector instructions of.
 */
#ifndef RP_EMIT_PLAIN_H
#define RP_EMIT_PLAIN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sink.h"
#include "utf8.h"

enum {
	PLAIN_STEP	= 16,
	PLAIN_LEAST	= PLAIN_STEP + 1,	/* bytes of a text, whose NUL is looked at as well */
	PLAIN_STRETCH	= 64			/* to be seen to where one character was seldom */
};

enum plain { PLAIN_XML, PLAIN_JSON };

/*
 * UTF-8 is right if bytes go on just where one before says so: the third of three if the
 * second begins a character, or the first begins one of three.  That leaves what may be
 * too long a form (C0, C1, E0), a surrogate (ED), or has four bytes: all of these are
 * seldom, and so are controls.
 */
static inline int
plain_is_hard(unsigned char c, unsigned char next, unsigned char third, enum plain kind)
{
	unsigned char above = (unsigned char)(c + 0x10), odd = next | 1;
	int hard = utf8_goes_on(third) ^ (((next & 0xC0) == 0xC0) | ((c & 0xE0) == 0xE0));

	hard |= (above < 0x30) | ((c & 0xFE) == 0xC0) | (c == 0xE0) | (c == 0xED);
	if (kind == PLAIN_XML)	/* " and &, < and > differ by one bit; U+FFFE, U+FFFF are EF BF BE, BF */
		return hard | ((c & 0xFB) == '"') | ((c & 0xFD) == '<') | ((c == 0xEF) & (next == 0xBF));
	/* U+2028, U+2029 are E2 80 A8, A9 */
	return hard | (c == '"') | (c == '\\') | (c == 0x7F) | ((c == 0x80) & (odd == 0xA9));
}

/* Is any byte of a step marked? */
static inline int
plain_any(const unsigned char *marks)
{
	uint64_t any[PLAIN_STEP / 8];

	memcpy(any, marks, sizeof(any));
	return (any[0] | any[1]) != 0;
}

/* How many of them are before the first that is marked. */
static inline size_t
plain_before(const unsigned char *marks)
{
	size_t i;

	if (!plain_any(marks))
		return PLAIN_STEP;
	for (i = 0; !marks[i]; i++)
		;
	return i;
}

/* How many of the bytes of a step have nothing hard in or before them. */
static inline size_t
plain_step(const char *bytes, enum plain kind)
{
	const unsigned char *s = (const unsigned char *)bytes;
	unsigned char hard[PLAIN_STEP];
	size_t i;

	for (i = 0; i < PLAIN_STEP; i++)
		hard[i] = (unsigned char)plain_is_hard(s[i], s[i + 1], s[i + 2], kind);
	return plain_before(hard);
}

/* Does a character begin at s, and is its second byte what its first one says? */
static inline int
plain_begins(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return !utf8_goes_on(p[0]) && utf8_goes_on(p[1]) == (p[0] >= 0xC0);
}

/*
 * Copies to a sink, and returns where it stopped: at the end, at a character that is not
 * plain, or at the last bytes of the text if that is where such a one is.  The end has a
 * NUL.  What is too short is left to the caller.
 */
static inline const char *
plain_copy(struct rp_sink *out, const char *s, const char *end, enum plain kind)
{
	const char *start = s, *last = end - PLAIN_LEAST;
	size_t n = PLAIN_STEP;
	char *to;

	if (end - s < PLAIN_LEAST || !plain_begins(s))
		return s;
	to = sink_room(out, (size_t)(end - s));
	for (; s <= last && n == PLAIN_STEP; s += n) {
		memcpy(to + (s - start), s, PLAIN_STEP);
		n = plain_step(s, kind);
	}
	/* What is left is looked at together with what was before. */
	if (n == PLAIN_STEP && plain_step(last, kind) == PLAIN_STEP &&
	    !plain_is_hard((unsigned char)end[-1], ' ', ' ', kind)) {
		memcpy(to + (last - start), last, PLAIN_LEAST);
		s = end;
	}
	while (s > start && utf8_goes_on(*s))
		s--;
	sink_till(out, to + (s - start));
	return s;
}

#endif
