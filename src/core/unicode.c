/*
 * unicode.c - code points, categories, normal forms, and what is made of text
 * with them: folds, slugs, distances.  The tables are utf8proc's, but for one that it
 * lacks: which blocks are East Asian.
 *
 * Most of what passes here is ASCII, so each function looks for that first, and where
 * it pays for the three bytes that nearly all East Asian characters have.
 */
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "core.h"
#include "unicode.h"

enum { REPLACEMENT = 0xFFFD };

/* ---- UTF-8 ---- */

uint32_t
rp_utf8_next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	utf8proc_int32_t cp;
	utf8proc_ssize_t n;
	uint32_t wide;

	if (*p < ASCII_END) {
		*s += *p != '\0';
		return *p;
	}
	if ((wide = three_bytes(*s)) != 0) {
		*s += 3;
		return wide;
	}
	n = utf8proc_iterate(p, -1, &cp);	/* stops at a NUL, as no continuation byte is one */
	if (n <= 0) {
		*s += 1;
		return REPLACEMENT;
	}
	*s += n;
	return (uint32_t)cp;
}

size_t
rp_utf8_put(char buf[4], uint32_t cp)
{
	if (cp < ASCII_END) {
		*buf = (char)cp;
		return 1;
	}
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = REPLACEMENT;
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)buf);
}

/* ---- Categories ---- */

int
rp_is_letter(uint32_t cp)
{
	if (cp < ASCII_END)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	if (is_common_letter(cp))
		return 1;
	return category_in(cp, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_ME);
}

int
rp_is_number(uint32_t cp)
{
	if (cp < ASCII_END)
		return cp >= '0' && cp <= '9';
	return category_in(cp, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO);
}

int
rp_is_space(uint32_t cp)
{
	if (cp < ASCII_END)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	return cp == 0x85 || category_in(cp, UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZP);
}

int
rp_is_punct(uint32_t cp)
{
	if (cp < ASCII_END)
		return cp > ' ' && cp < 0x7F && !rp_is_letter(cp) && !rp_is_number(cp);
	return category_in(cp, UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_SO);
}

int
rp_is_upper(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < ASCII_END)
		return cp >= 'A' && cp <= 'Z';
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

/* Blocks of Unicode, sorted. */
static const struct { uint32_t first, last; } cjk[] = {
	{ 0x1100, 0x11FF },	/* Hangul Jamo */
	{ 0x2E80, 0x33FF },	/* radicals, punctuation, kana, bopomofo, compatibility */
	{ 0x3400, 0x4DBF },	/* Han, extension A */
	{ 0x4E00, 0x9FFF },	/* Han */
	{ 0xA960, 0xA97F },	/* Hangul Jamo, extended A */
	{ 0xAC00, 0xD7FF },	/* Hangul, and Jamo extended B */
	{ 0xF900, 0xFAFF },	/* Han, compatibility */
	{ 0xFE30, 0xFE4F },	/* compatibility forms of punctuation */
	{ 0xFF00, 0xFFEF },	/* full and half width forms */
	{ 0x1AFF0, 0x1B16F },	/* kana, extended */
	{ 0x20000, 0x3FFFD },	/* Han, extensions from B on */
};

int
rp_is_cjk(uint32_t cp)
{
	size_t i;

	for (i = 0; i < LEN(cjk) && cp >= cjk[i].first; i++)
		if (cp <= cjk[i].last)
			return 1;
	return 0;
}

int
rp_columns(uint32_t cp)
{
	if (cp < ASCII_END)
		return cp >= ' ' && cp < 0x7F;
	return utf8proc_charwidth((utf8proc_int32_t)cp);
}

size_t
rp_columns_of(const char *s)
{
	size_t n = 0;

	while (*s != '\0')
		n += (size_t)rp_columns(rp_utf8_next(&s));
	return n;
}

/* ---- Whole strings ---- */

static int
is_ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int
is_ascii_alnum(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
}

static char
lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Code points on their way from one string to another. */
struct points {
	utf8proc_int32_t	*at;
	size_t			 len;
	utf8proc_int32_t	 few[256];	/* where they are, if that is enough */
};

/*
 * Is it ASCII, or a character that no normal form changes beside any of these, and that
 * has no case?  Most East Asian text is nothing else (test_unicode.c asks utf8proc).
 */
static int
is_settled(uint32_t cp)
{
	return cp < ASCII_END || (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3041 && cp <= 0x3096) ||
	    (cp >= 0x30A1 && cp <= 0x30FE) || (cp >= 0x3001 && cp <= 0x3020);
}

/* Is all of it settled?  Then what is made of it is made byte by byte. */
static int
all_settled(const char *s)
{
	uint32_t cp;

	for (;;) {
		while ((signed char)*s > 0)
			s++;
		if (*s == '\0')
			return 1;
		cp = three_bytes(s);
		if (cp == 0 || !is_settled(cp))
			return 0;
		s += 3;
	}
}

/* 0, or -1 if s is no UTF-8. */
static int
normalize(struct rp_doc *doc, const char *s, int flags, struct points *p)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)s;
	utf8proc_option_t options = (utf8proc_option_t)(flags | UTF8PROC_NULLTERM |
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	utf8proc_ssize_t n;

	p->at = p->few;
	n = utf8proc_decompose(u, 0, p->few, LEN(p->few), options);
	if (n > (utf8proc_ssize_t)LEN(p->few)) {
		p->at = rp_alloc(doc, (size_t)n * sizeof(*p->at));
		n = utf8proc_decompose(u, 0, p->at, n, options);
	}
	if (n >= 0)
		n = utf8proc_normalize_utf32(p->at, n, options);
	p->len = n < 0 ? 0 : (size_t)n;
	return n < 0 ? -1 : 0;
}

static char *
to_string(struct rp_doc *doc, const struct points *p)
{
	char *s = rp_alloc(doc, p->len * 4 + 1), *end = s;
	size_t i;

	for (i = 0; i < p->len; i++)
		end += rp_utf8_put(end, (uint32_t)p->at[i]);
	*end = '\0';
	return s;
}

char *
rp_nfc(struct rp_doc *doc, const char *s)
{
	struct points p;

	if (all_settled(s) || normalize(doc, s, 0, &p) != 0)
		return rp_dup(doc, s, strlen(s));
	return to_string(doc, &p);
}

/* Cuts white space at both ends and makes each run of it inside one space. */
static void
squeeze(struct points *p)
{
	size_t from, to = 0;

	for (from = 0; from < p->len; from++) {
		if (!rp_is_space((uint32_t)p->at[from]))
			p->at[to++] = p->at[from];
		else if (to > 0 && p->at[to - 1] != ' ')
			p->at[to++] = ' ';
	}
	p->len = to > 0 && p->at[to - 1] == ' ' ? to - 1 : to;
}

/* rp_fold() of what is settled. */
static char *
fold_settled(struct rp_doc *doc, const char *s)
{
	char *folded = rp_alloc(doc, strlen(s) + 1), *end = folded;

	for (; *s != '\0'; s++) {
		if ((unsigned char)*s > ' ' || !is_ascii_space(*s))
			*end++ = lower_ascii(*s);
		else if (end > folded && end[-1] != ' ')
			*end++ = ' ';
	}
	if (end > folded && end[-1] == ' ')
		end--;
	*end = '\0';
	return folded;
}

char *
rp_fold(struct rp_doc *doc, const char *s)
{
	struct points p;

	if (all_settled(s))
		return fold_settled(doc, s);
	if (normalize(doc, s, UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, &p) != 0)
		return rp_dup(doc, s, strlen(s));
	squeeze(&p);
	return to_string(doc, &p);
}

/* ---- Identifiers ---- */

static inline int
in_slug(uint32_t cp)
{
	if (cp < ASCII_END)
		return rp_is_letter(cp) || rp_is_number(cp) || cp == '-' || cp == '_';
	return rp_is_letter(cp) || category_in(cp, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_PC);
}

/* Is it something to read, more than hyphens and marks without a letter? */
static int
is_word(uint32_t cp)
{
	return in_slug(cp) && cp != '-' && !is_mark(cp);
}

static uint32_t
lower(uint32_t cp)
{
	if (cp < ASCII_END)
		return cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp;
	return is_settled(cp) ? cp : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* rp_slug() of what is settled. */
static char *
slug_settled(struct rp_doc *doc, const char *s)
{
	char *slug = rp_alloc(doc, strlen(s) + 1), *end = slug;
	const char *stop;
	int words = 0;

	while (is_ascii_space(*s))
		s++;
	for (stop = s + strlen(s); stop > s && is_ascii_space(stop[-1]); )
		stop--;
	while (s < stop) {
		if ((signed char)*s < 0) {
			uint32_t cp = three_bytes(s);

			if (is_common_letter(cp) || in_slug(cp)) {
				memcpy(end, s, 3);
				end += 3;
				words = 1;
			}
			s += 3;
		} else if (is_ascii_alnum(*s) || *s == '_') {
			*end++ = lower_ascii(*s++);
			words = 1;
		} else {
			if (is_ascii_space(*s) || *s == '-')
				*end++ = '-';
			s++;
		}
	}
	*(words ? end : slug) = '\0';
	return slug;
}

char *
rp_slug(struct rp_doc *doc, const char *s)
{
	struct points p;
	size_t from, to = 0, first = 0;
	int words = 0, marks = 0;

	if (all_settled(s))
		return slug_settled(doc, s);
	if (normalize(doc, s, UTF8PROC_COMPAT, &p) != 0)
		return rp_dup(doc, "", 0);
	while (p.len > 0 && rp_is_space((uint32_t)p.at[p.len - 1]))
		p.len--;
	while (first < p.len && rp_is_space((uint32_t)p.at[first]))
		first++;
	for (from = first; from < p.len; from++) {
		uint32_t cp = lower((uint32_t)p.at[from]);

		words = words || is_word(cp);
		marks = marks || !is_settled(cp);
		if (rp_is_space(cp))
			p.at[to++] = '-';
		else if (in_slug(cp))
			p.at[to++] = (utf8proc_int32_t)cp;
	}
	p.len = words ? to : 0;
	/* Marks may have come to stand behind other letters. */
	if (marks)
		p.len = (size_t)utf8proc_normalize_utf32(p.at, (utf8proc_ssize_t)p.len,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	return to_string(doc, &p);
}

/* ---- Distance ---- */

/* Longer strings are no names that somebody mistyped. */
enum { LONGEST_NAME = 128 };

/* Their number; more than LONGEST_NAME: too many. */
static int
points_of(const char *s, uint32_t points[LONGEST_NAME])
{
	int n = 0;

	while (*s != '\0') {
		if (n == LONGEST_NAME)
			return n + 1;
		points[n++] = rp_utf8_next(&s);
	}
	return n;
}

char *
rp_capital(struct rp_doc *doc, const char *words)
{
	const char *rest = words;
	uint32_t first = rp_utf8_next(&rest);
	char letter[5] = "";

	rp_utf8_put(letter, (uint32_t)utf8proc_totitle((utf8proc_int32_t)first));
	return first != 0 ? rp_join(doc, letter, rest, NULL) : rp_join(doc, "", NULL);
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/*
 * The optimal string alignment distance, row by row; a row with nothing below
 * max ends the search, for the next one cannot be better.
 */
int
rp_distance(const char *a, const char *b, int max)
{
	uint32_t pa[LONGEST_NAME], pb[LONGEST_NAME];
	int rows[3][LONGEST_NAME + 1];
	int *row = rows[0], *above = rows[1], *above2 = rows[2], *swap;
	int i, j, best, len_a = points_of(a, pa), len_b = points_of(b, pb);

	if (strcmp(a, b) == 0)
		return 0;
	if (len_a > LONGEST_NAME || len_b > LONGEST_NAME || len_a - len_b > max ||
	    len_b - len_a > max)
		return max + 1;
	for (j = 0; j <= len_b; j++)
		row[j] = j;
	for (i = 1; i <= len_a; i++) {
		swap = above2, above2 = above, above = row, row = swap;
		best = row[0] = i;
		for (j = 1; j <= len_b; j++) {
			row[j] = least(least(above[j], row[j - 1]) + 1,
			    above[j - 1] + (pa[i - 1] != pb[j - 1]));
			if (i > 1 && j > 1 && pa[i - 1] == pb[j - 2] && pa[i - 2] == pb[j - 1])
				row[j] = least(row[j], above2[j - 2] + 1);
			best = least(best, row[j]);
		}
		if (best > max)
			return max + 1;
	}
	return least(row[len_b], max + 1);
}

int
rp_ascii_same(const char *a, const char *b, size_t n)
{
	return strncasecmp(a, b, n) == 0;
}
