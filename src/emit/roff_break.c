/*
 * roff_break.c - where words may be broken.
 *
 * Between Chinese and Japanese characters a line may end wherever UAX #14 allows
 * it, which libunibreak tells.  Other words are broken only where they have to be, so
 * that they can be searched for and copied: in addresses and the like, at
 * signs; in what has no signs, anywhere.  Korean has spaces: its words are words.
 */
#include <pthread.h>
#include <string.h>

#include <linebreak.h>

#include <rolepress/text.h>

#include "roff.h"

enum {
	LONG	= 40,	/* columns without a break, and some are made */
	SHORT	= 10	/* columns that are not worth one */
};

/* How good a place it is, from the worst. */
enum place {
	NOWHERE,
	SIGN,		/* in an address: only if there is no slash */
	IN_NEED,	/* in what is long */
	ANYWHERE
};

static int
is_alnum(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
}

static int
is_hangul(uint32_t cp)
{
	return (cp >= 0xAC00 && cp <= 0xD7FF) || (cp >= 0x1100 && cp <= 0x11FF);
}

/* allowed: by UAX #14, which knows of no sign in addresses but the slash. */
static enum place
between(uint32_t a, uint32_t b, int allowed)
{
	if (allowed && (rp_is_cjk(a) || rp_is_cjk(b)))
		return is_hangul(a) && is_hangul(b) ? IN_NEED : ANYWHERE;
	if (allowed)
		return IN_NEED;
	return a < 0x80 && strchr("?&=#._:;,+%@-", (int)a) != NULL && is_alnum(b) ? SIGN : NOWHERE;
}

/* Turns libunibreak's answers, one at the last byte of each character, into
 * places, one at the first byte of each next one. */
static void
find_places(const char *word, const char *end, char *places)
{
	const char *s = word;
	uint32_t last = 0, cp;
	int allowed = 0, next;
	size_t i;

	set_linebreaks_utf8((const utf8_t *)word, (size_t)(end - word), NULL, places);
	while (s < end) {
		i = (size_t)(s - word);
		cp = rp_utf8_next(&s);
		next = places[s - word - 1] == LINEBREAK_ALLOWBREAK;
		places[i] = (char)(last != 0 ? between(last, cp, allowed) : NOWHERE);
		allowed = next;
		last = cp;
	}
}

/* Columns from s to the end of the word, or to a place that is at least so good. */
static size_t
columns_to(enum place good, const char *s, const char *end, const char *places)
{
	const char *from = s;
	size_t n = 0;

	do
		n += (size_t)rp_columns(rp_utf8_next(&s));
	while (s < end && places[s - from] < (char)good);
	return n;
}

/* Places become breaks: all that are anywhere, and in long parts what they need. */
static void
choose(const char *word, const char *end, char *breaks)
{
	size_t part = columns_to(ANYWHERE, word, end, breaks);
	size_t piece = columns_to(IN_NEED, word, end, breaks);
	size_t run = 0, bare = 0, columns;	/* since a break; since a place for one */
	const char *s = word, *at;

	while ((at = s) < end) {
		char *here = &breaks[at - word];
		enum place place = (enum place)*here;

		if (place == ANYWHERE)
			part = columns_to(ANYWHERE, at, end, here);
		if (place >= IN_NEED)
			piece = columns_to(IN_NEED, at, end, here);
		columns = (size_t)rp_columns(rp_utf8_next(&s));
		memset(here, 0, (size_t)(s - at));
		if (place == ANYWHERE)
			*here = 1;
		else if (part > LONG && place != NOWHERE)
			*here = (place == IN_NEED || piece > LONG) && run >= SHORT;
		else if (part > LONG && columns > 0)
			*here = bare + columns > LONG;
		run = *here ? columns : run + columns;
		bare = *here || place != NOWHERE ? columns : bare + columns;
	}
}

int
roff_breaks(const char *s, size_t len, char *breaks)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const char *p = s, *end = s + len;
	size_t columns = 0;
	int ideographs = 0;
	uint32_t cp;

	while (p < end) {
		cp = rp_utf8_next(&p);
		columns += (size_t)rp_columns(cp);
		ideographs |= rp_is_cjk(cp);
	}
	if (columns <= LONG && !ideographs)
		return 0;
	pthread_once(&once, init_linebreak);	/* it fills a table of its library */
	find_places(s, end, breaks);
	choose(s, end, breaks);
	return 1;
}
