/* unicode.h - what characters are told by, for those who look at very many. */
#ifndef RP_UNICODE_H
#define RP_UNICODE_H

#include <utf8proc.h>

#include "core.h"

enum { ASCII_END = 0x80 };

static inline int
continues(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* The character of three bytes that is there, if it begins with one of these, which those
 * of East Asia do; else 0. */
static inline uint32_t
three_bytes(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	if (*p < 0xE1 || *p > 0xEC || !continues(p[1]) || !continues(p[2]))
		return 0;
	return (uint32_t)(*p & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

static inline int
category_in(uint32_t cp, utf8proc_category_t first, utf8proc_category_t last)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	return c >= first && c <= last;
}

/* Most letters beyond ASCII are of these; names may begin with them, too. */
static inline int
is_common_letter(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FA5) || (cp >= 0x3041 && cp <= 0x3094) ||
	    (cp >= 0x30A1 && cp <= 0x30FA);
}

/* Code points that are all the same to somebody. */
struct range {
	uint32_t	first, last;
	int		is;
};

/* The one in a sorted table; NULL: none. */
static inline const struct range *
range_of(const struct range *table, size_t n, uint32_t cp)
{
	size_t low = 0, high = n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (cp < table[mid].first)
			high = mid;
		else if (cp > table[mid].last)
			low = mid + 1;
		else
			return &table[mid];
	}
	return NULL;
}

static inline int
is_mark(uint32_t cp)
{
	return cp >= ASCII_END && category_in(cp, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME);
}

#endif
