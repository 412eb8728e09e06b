/*
 * roff_break.c - where words may be broken.
 *
 * Between Chinese and Japanese characters a line may end wherever UAX #14 allows
 * it, which libunibreak tells.  Other words are broken only where they have to be, so
 * that they can be searched for and copied: in addresses and the like, at
 * signs; in what has no signs, anywhere.  Korean has spaces: its words are words.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <threads.h>

#include <linebreak.h>

#include <rolepress/text.h>

#include "roff.h"

enum { LONG = ROFF_LONG, SHORT = 10 };	/* SHORT: columns that are not worth a break */

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
	if (allowed && (roff_is_ideograph(b) || rp_is_cjk(a) || rp_is_cjk(b)))
		return is_hangul(a) && is_hangul(b) ? IN_NEED : ANYWHERE;
	if (allowed)
		return IN_NEED;
	return is_alnum(b) && !is_alnum(a) && a < 0x80 && strchr("?&=#._:;,+%@-", (int)a) != NULL ?
	    SIGN : NOWHERE;
}

/*
 * Characters of which any two have an answer of their own, whatever stands around them:
 * what can be seen of ASCII, ideographs, and the punctuation of Chinese and Japanese.
 * Each has a number; 0: the character is none of them.
 */
enum { AN_IDEOGRAPH = 0x80, FIRST_MARK = 0x3001, LAST_MARK = 0x301F,
	PAIRED = AN_IDEOGRAPH + 1 + LAST_MARK - FIRST_MARK + 1 };

static unsigned
number_of(uint32_t cp)
{
	if (roff_is_ideograph(cp))
		return AN_IDEOGRAPH;
	if (cp > ' ' && cp < 0x7F)
		return cp;
	return cp >= FIRST_MARK && cp <= LAST_MARK ? AN_IDEOGRAPH + 1 + (cp - FIRST_MARK) : 0;
}

/* libunibreak needs its tables. */
static void
prepare(void)
{
	static once_flag ready = ONCE_FLAG_INIT;

	call_once(&ready, init_linebreak);
}

/* The answer for two characters with numbers; libunibreak is asked once in a process. */
static char
ask_pair(const uint32_t *cps, unsigned a, unsigned b)
{
	static _Atomic char known[PAIRED][PAIRED];	/* answers, plus 1 */
	char answers[2], answer = atomic_load_explicit(&known[a][b], memory_order_relaxed);

	if (answer != 0)
		return (char)(answer - 1);
	set_linebreaks_utf32(cps, 2, NULL, answers);
	atomic_store_explicit(&known[a][b], (char)(answers[0] + 1), memory_order_relaxed);
	return answers[0];
}

int
roff_breaks_between(uint32_t a, uint32_t b)
{
	unsigned x = number_of(a), y = number_of(b);
	uint32_t cps[] = { a, b };

	prepare();
	return x != 0 && y != 0 && between(a, b, ask_pair(cps, x, y) == LINEBREAK_ALLOWBREAK) == ANYWHERE;
}

/*
 * Asks libunibreak, whose answers stand at the character that a break would follow: about
 * pairs, and about each part from one of those to the next.
 */
static void
ask(const uint32_t *cps, size_t count, char *answers)
{
	unsigned a = number_of(cps[0]), b;
	size_t from = 0, i;

	for (i = 0; i + 1 < count; i++, a = b) {
		b = number_of(cps[i + 1]);
		if (a == 0 || b == 0)
			continue;
		if (i > from)
			set_linebreaks_utf32(cps + from, i + 1 - from, NULL, answers + from);
		answers[i] = ask_pair(cps + i, a, b);
		from = i + 1;
	}
	if (i > from)
		set_linebreaks_utf32(cps + from, i + 1 - from, NULL, answers + from);
}

/* Turns its answers into places before characters. */
static void
find_places(const uint32_t *cps, size_t count, char *places)
{
	int allowed = 0, next;

	ask(cps, count, places);
	for (size_t i = 0; i < count; i++) {
		next = places[i] == LINEBREAK_ALLOWBREAK;
		places[i] = (char)(i > 0 ? between(cps[i - 1], cps[i], allowed) : NOWHERE);
		allowed = next;
	}
}

/* Columns from a character to the end of the word, or to a place that is at least so good. */
static size_t
columns_to(enum place good, const unsigned char *columns, const char *places, size_t count)
{
	size_t n = 0, i = 0;

	do
		n += columns[i++];
	while (i < count && places[i] < (char)good);
	return n;
}

/* Places become breaks: all that are anywhere, and in long parts what they need. */
static void
choose(const unsigned char *columns, size_t count, char *breaks)
{
	size_t part = columns_to(ANYWHERE, columns, breaks, count);
	size_t piece = columns_to(IN_NEED, columns, breaks, count);
	size_t run = 0, bare = 0, width;	/* since a break; since a place for one */

	for (size_t i = 0; i < count; i++) {
		enum place place = (enum place)breaks[i];

		if (place == ANYWHERE)
			part = columns_to(ANYWHERE, columns + i, breaks + i, count - i);
		if (place >= IN_NEED)
			piece = columns_to(IN_NEED, columns + i, breaks + i, count - i);
		width = columns[i];
		breaks[i] = 0;
		if (place == ANYWHERE)
			breaks[i] = 1;
		else if (part > LONG && place != NOWHERE)
			breaks[i] = (place == IN_NEED || piece > LONG) && run >= SHORT;
		else if (part > LONG && width > 0)
			breaks[i] = bare + width > LONG;
		run = breaks[i] ? width : run + width;
		bare = breaks[i] || place != NOWHERE ? width : bare + width;
	}
}

void
roff_breaks(const uint32_t *cps, const unsigned char *columns, size_t count, char *breaks)
{
	prepare();
	find_places(cps, count, breaks);
	choose(columns, count, breaks);
}
