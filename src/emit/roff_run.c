/*
 * roff_run.c - words by the line.
 *
 * Most of a text in a Latin script is words of plain ASCII with a space between any two.
 * Which of these spaces ends a line is not asked of each word: they are copied together,
 * and then the last space is looked for that a line has room for.
 */
#include "roff.h"

enum { STEP = PLAIN_STEP };

/*
 * Is it neither a space nor written as it is, or a space behind which no word is that might
 * begin a line?  A few more pass for such, which seldom stand in prose: that takes four
 * comparisons.  A brace may be that of T}.
 */
static inline int
is_hard(signed char c, signed char next)
{
	int other = (c < ' ') | (c == '`');

	other |= (c & 0x5C) == 0x5C;	/* \ ] ^ _ | } ~ DEL */
	other |= (c & 0x75) == 0x25;	/* % ' - / */
	return other | ((c == ' ') & ((next == ' ') | (next == '.')));
}

/* How many bytes of a step have nothing hard before them; none, if they are all of one word,
 * which may be a long one. */
static inline size_t
step(const char *bytes)
{
	const signed char *s = (const signed char *)bytes;
	unsigned char hard[STEP], spaces[STEP];
	size_t i;

	for (i = 0; i < STEP; i++) {
		hard[i] = (unsigned char)is_hard(s[i], s[i + 1]);
		spaces[i] = s[i] == ' ';
	}
	return plain_any(spaces) ? plain_before(hard) : 0;
}

/* How far the text is of such words. */
static const char *
find_end(const char *s, const char *end)
{
	const char *last = end - STEP;
	size_t n = STEP;

	for (; s <= last && n == STEP; s += n)
		n = step(s);
	if (n == STEP && step(last) == STEP)
		s = end;
	return s;
}

/* The space before the last word, of those from s on; s: there is but one. */
static const char *
find_last(const char *s, const char *end)
{
	if (end > s && end[-1] == ' ')
		end--;
	while (end > s && *--end != ' ')
		;
	return end;
}

static int
ends_sentence(const char *s, const char *end)
{
	return roff_may_end(s, (size_t)(end - s), 0);
}

/* The first space from s on at which a line may end; NULL: none before the end. */
static char *
find_break(const char *from, char *s, const char *end)
{
	for (; s < end; s++)
		if (*s == ' ' && !ends_sentence(from, s))
			return s;
	return NULL;
}

/*
 * Ends the lines of words that stand on the page, in one line that begins col bytes before
 * them; a space is before them unless that is 0.  Returns the length of the last.
 */
static size_t
end_lines(const struct rp_roff *r, char *s, const char *end, size_t col)
{
	const char *from = s;
	char *line = s - col, *at;

	while (end - line >= ROFF_LINE) {
		at = line + ROFF_LINE - 1;
		while (at >= s && *at != ' ')
			at--;
		if (at < s && col > 0 && !r->sentence)
			at = s - 1;
		else if ((at = find_break(from, at > s ? at : s, end)) == NULL)
			break;
		*at = '\n';
		s = line = at + 1;
		col = 0;
	}
	return (size_t)(end - line);
}

const char *
roff_add_run(struct rp_roff *r, const char *s, const char *end)
{
	const char *stop = find_end(s, end);
	size_t gap = r->col > 0, n = (size_t)(find_last(s, stop) - s);
	char *page;

	if (n == 0)
		return s;
	page = roff_room(r, gap + (size_t)(stop - s));
	*page = ' ';
	memcpy(page + gap, s, (size_t)(stop - s));
	r->page->buf.len += gap + n;
	if (roff_is_filled(r))
		r->col = 1 + end_lines(r, page + gap, page + gap + n, r->col);
	else
		r->col += n + 1;
	r->sentence = ends_sentence(s, s + n);
	roff_fill_words(&r->fill, s, n);
	s += n + 1;
	if (stop < end)
		return s;
	if (end[-1] == ' ')
		stop--;
	roff_adopt(r, 1, (size_t)(stop - s));
	return stop;
}
