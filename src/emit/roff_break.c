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

/* Letters and digits.  A table, since which of them a character is cannot be guessed. */
static const char alnum[0x7F] = {
	['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
};

static int
is_alnum(uint32_t cp)
{
	return cp < sizeof(alnum) && alnum[cp];
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
	if (allowed && (roff_kind(b) == ROFF_IDEOGRAPH || rp_is_cjk(a) || rp_is_cjk(b)))
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
	if (cp < 0x7F)
		return cp > ' ' ? cp : 0;
	if (roff_kind(cp) == ROFF_IDEOGRAPH)
		return AN_IDEOGRAPH;
	return cp >= FIRST_MARK && cp <= LAST_MARK ? AN_IDEOGRAPH + 1 + (cp - FIRST_MARK) : 0;
}

static enum place
ask_pair(uint32_t a, uint32_t b)
{
	uint32_t cps[] = { a, b };
	char answers[2];

	if (is_alnum(a) && is_alnum(b))		/* most pairs of an address: LB23, LB25, LB28 */
		return NOWHERE;
	set_linebreaks_utf32(cps, 2, NULL, answers);
	return between(a, b, answers[0] == LINEBREAK_ALLOWBREAK);
}

/* The place between two characters, by their numbers; libunibreak is asked once in a process. */
static inline enum place
place_between(const uint32_t *cps, unsigned a, unsigned b)
{
	static _Atomic char known[PAIRED][PAIRED];	/* places, plus 1 */
	char place = atomic_load_explicit(&known[a][b], memory_order_relaxed);

	if (place == 0) {
		place = (char)(ask_pair(cps[0], cps[1]) + 1);
		atomic_store_explicit(&known[a][b], place, memory_order_relaxed);
	}
	return (enum place)(place - 1);
}

/* The places within count characters of which no two have numbers. */
static void
ask(const uint32_t *cps, size_t count, char *places)
{
	char first = places[0];
	size_t i;

	/* An answer stands at the character that a break would follow. */
	set_linebreaks_utf32(cps, count, NULL, places);
	for (i = count - 1; i > 0; i--)
		places[i] = (char)between(cps[i - 1], cps[i], places[i - 1] == LINEBREAK_ALLOWBREAK);
	places[0] = first;
}

/* Sets all places: about pairs with numbers, and about each part from one of those to the next. */
static void
find_places(const uint32_t *cps, size_t count, char *places)
{
	unsigned a = number_of(cps[0]), b;
	size_t from = 0, i;

	places[0] = NOWHERE;
	for (i = 1; i < count; i++, a = b) {
		b = number_of(cps[i]);
		if (a == 0 || b == 0)
			continue;
		if (i > from + 1)
			ask(cps + from, i - from, places + from);
		places[i] = (char)place_between(cps + i - 1, a, b);
		from = i;
	}
	if (i > from + 1)
		ask(cps + from, i - from, places + from);
}

/* Columns from a character to a place before one that is at least so good, or to the end. */
static size_t
columns_to(enum place good, const unsigned char *columns, const char *places, size_t count)
{
	size_t n = 0, i = 0;

	do
		n += columns[i++];
	while (i < count && places[i] < (char)good);
	return n;
}

/* The breaks that a long part needs within. */
static void
choose_within(const unsigned char *columns, size_t count, char *breaks)
{
	size_t piece = columns_to(IN_NEED, columns, breaks, count);
	size_t run = columns[0], bare = run, width;	/* since a break; since a place for one */

	for (size_t i = 1; i < count; i++) {
		enum place place = (enum place)breaks[i];

		if (place == IN_NEED)
			piece = columns_to(IN_NEED, columns + i, breaks + i, count - i);
		width = columns[i];
		if (place != NOWHERE)
			breaks[i] = (place == IN_NEED || piece > LONG) && run >= SHORT;
		else
			breaks[i] = width > 0 && bare + width > LONG;
		run = breaks[i] ? width : run + width;
		bare = breaks[i] || place != NOWHERE ? width : bare + width;
	}
}

/* Places become breaks: all that are anywhere, and in long parts what they need. */
static void
choose(const unsigned char *columns, size_t count, char *breaks)
{
	size_t from, to, width;

	for (from = 0; from < count; from = to) {
		width = columns[from];
		for (to = from + 1; to < count && breaks[to] != ANYWHERE; to++)
			width += columns[to];
		breaks[from] = from > 0;
		if (width > LONG)
			choose_within(columns + from, to - from, breaks + from);
		else if (to > from + 1)
			memset(breaks + from + 1, 0, to - from - 1);
	}
}

/* ---- ASCII ---- */

/*
 * In an address, most characters are letters and digits, between which there is no place; and
 * a place is looked at only where it matters.  The same as above, with a column a character.
 */

/* The first place from i on that is at least so good, or the end. */
static size_t
next_place(const uint32_t *cps, size_t i, size_t end, enum place good)
{
	int before = alnum[cps[i - 1]], after;

	for (; i < end; i++, before = after) {
		after = alnum[cps[i]];
		if (!(before & after) && place_between(cps + i - 1, cps[i - 1], cps[i]) >= good)
			break;
	}
	return i;
}

/* The breaks within a piece that is long; last: the one before.  Returns the last of them. */
static size_t
choose_signs(const uint32_t *cps, size_t from, size_t end, size_t last, char *breaks)
{
	size_t bare = from, i;		/* bare: since there, no place for one */

	for (;; bare = i) {
		i = next_place(cps, bare + 1, end, SIGN);
		while (i - bare > LONG) {
			last = bare += LONG;
			breaks[last] = 1;
		}
		if (i == end)
			return last;
		if (i - last >= SHORT)
			breaks[last = i] = 1;
	}
}

static void
choose_ascii(const uint32_t *cps, size_t count, char *breaks)
{
	size_t last = 0, from, to;

	memset(breaks, 0, count);
	for (from = 0; from < count; from = to) {
		to = next_place(cps, from + 1, count, IN_NEED);
		if (to - from > LONG)
			last = choose_signs(cps, from, to, last, breaks);
		if (to < count && to - last >= SHORT)
			breaks[last = to] = 1;
	}
}

static int
is_ascii(const uint32_t *cps, size_t count)
{
	size_t i = 0;

	while (i < count && cps[i] - '!' < 0x7F - '!')
		i++;
	return i == count;
}

/* ---- All ---- */

/* libunibreak needs its tables. */
static void
prepare(void)
{
	static once_flag ready = ONCE_FLAG_INIT;

	call_once(&ready, init_linebreak);
}

void
roff_breaks(const uint32_t *cps, const unsigned char *columns, size_t count, char *breaks)
{
	prepare();
	if (count > LONG && is_ascii(cps, count)) {
		choose_ascii(cps, count, breaks);
		return;
	}
	find_places(cps, count, breaks);
	choose(columns, count, breaks);
}

int
roff_breaks_between(uint32_t a, uint32_t b)
{
	unsigned x = number_of(a), y = number_of(b);
	uint32_t cps[] = { a, b };

	prepare();
	return x != 0 && y != 0 && place_between(cps, x, y) == ANYWHERE;
}
