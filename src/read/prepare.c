/*
 * prepare.c - the text as cmark gets it.
 *
 * Two things have to be said to cmark before it parses, since its tree no
 * longer tells them:
 *
 * - Emphasis beside CJK punctuation.  By CommonMark's flanking rule (6.2) the
 *   closing ** of **…）**に is none, and once it is text, it cannot be told from
 *   an escaped one.  A cover character, which counts as a letter, is put between
 *   punctuation and delimiter where the CJK-friendly amendment of that rule sees
 *   a letter; it is taken out of every string afterwards.
 * - Footnotes that cmark would drop: those that nothing refers to (a first paragraph
 *   refers to every one, and is taken off again; a last one might end in somebody's
 *   open code block), and those whose label is taken (a cover character makes it
 *   another label).
 */
#include <stdlib.h>
#include <string.h>

#include "read.h"

/* Noncharacters: no document of ours holds them (see clean.c). */
#define COVER	"\xEF\xB7\x92"		/* U+FDD2 */
#define COVER_1	"\xEF\xB7\x94"		/* U+FDD4: a cover too, where two must differ */
#define HEAD	"\xEF\xB7\x93"		/* U+FDD3 */

enum { COVER_LEN = 3, WIDE_TABLE = 64, MOST_CELLS = 1000000 };

static uint32_t
code_point_at(const char *p, const char *end)
{
	return p < end ? rp_utf8_next(&p) : 0;
}

static uint32_t
code_point_before(const char *start, const char *p)
{
	const char *q = p;

	if (p == start)
		return 0;
	do
		q--;
	while (q > start && ((unsigned char)*q & 0xC0) == 0x80);
	return rp_utf8_next(&q);
}

/* White space, or the end of the text, as the flanking rule counts it. */
static int
is_gap(uint32_t c)
{
	return c == 0 || rp_is_space(c);
}

/*
 * Where the amended rule differs: "not followed by a non-CJK punctuation
 * character, or followed by one and preceded by … a CJK character", and the same
 * the other way round.  before, after: put a cover on that side of the run.
 */
static void
judge(uint32_t p, uint32_t n, int *before, int *after)
{
	int pc = rp_is_cjk(p), nc = rp_is_cjk(n);

	*before = rp_is_punct(p) && !is_gap(n) && (pc || nc);
	*after = rp_is_punct(n) && !is_gap(p) && (nc || pc);
}

/* The label of a footnote definition that this line begins, or NULL. */
static const char *
footnote_label(const char *line, const char *end, size_t *len)
{
	const char *p = line, *close;

	while (p < end && strchr(" \t>", *p) != NULL)
		p++;
	if (end - p < 5 || p[0] != '[' || p[1] != '^')
		return NULL;
	close = memchr(p, ']', (size_t)(end - p));
	if (close == NULL || close + 1 >= end || close[1] != ':' || close == p + 2)
		return NULL;
	*len = (size_t)(close - p - 2);
	return memchr(p + 2, ' ', *len) == NULL ? p + 2 : NULL;
}

/* One pass over the text: where it is, and what has been copied.  Nothing is, up to the
 * first cover: most documents need none. */
struct pass {
	struct rp_doc	*doc;
	struct prepared	*t;
	const char	*text, *end;
	const char	*from;		/* not yet copied */
	const char	*counted;	/* lines have been, up to here */
	size_t		 made_line;	/* where the line begins in what is made */
	uint32_t	 line, line0;
	int		 footnotes;	/* there may be some */
	char		 fence;		/* of the code block we are in, or NUL */
	size_t		 fence_len;
	struct map	 labels;	/* of the footnotes defined so far */
};

static void
copy_to(struct pass *s, const char *p)
{
	str_add(&s->t->made, s->from, (size_t)(p - s->from));
	s->from = p;
}

/* Lines are counted only where somebody asks; LF, CR and both together end one. */
static void
count_lines(struct pass *s, const char *to)
{
	const char *p = s->counted;

	while ((p += strcspn(p, "\n\r")) < to) {
		p += p[0] == '\r' && p[1] == '\n' ? 2 : 1;
		s->made_line = s->t->made.len + (size_t)(p - s->from);
		s->line++;
		s->counted = p;
	}
}

static struct rp_pos
position(struct pass *s, const char *line)
{
	count_lines(s, line);
	return (struct rp_pos){ .line = s->line + s->line0, .col = 1 };
}

/* Puts a cover before p, and notes its place in the text that is made. */
static void
cover_here(struct pass *s, const char *p, const char *cover)
{
	struct prepared *t = s->t;

	count_lines(s, p);
	copy_to(s, p);
	if (t->cover_count == t->cover_cap) {
		t->cover_cap = t->cover_cap ? t->cover_cap * 2 : 64;
		t->covers = xrealloc(t->covers, t->cover_cap * sizeof(*t->covers));
	}
	t->covers[t->cover_count++] = (struct cover){ s->line,
	    (uint32_t)(t->made.len - s->made_line + 1) };
	str_puts(&t->made, cover);
}

/* Notes where a fenced code block begins and ends (CommonMark 4.5): what looks like a
 * footnote in it is an example. */
static int
is_fence(struct pass *s, const char *line)
{
	const char *p = line + strspn(line, " \t>");
	size_t n = *p == '`' || *p == '~' ? strspn(p, (char[]){ *p, '\0' }) : 0;

	if (n < 3 || (s->fence != '\0' && (s->fence != *p || n < s->fence_len)))
		return 0;
	s->fence = s->fence != '\0' ? '\0' : *p;
	s->fence_len = n;
	return 1;
}

/*
 * cmark fills every row of a table up to all its columns: a kilobyte of delimiter row
 * and some of short rows make gigabytes.  Such a delimiter row gets a cover, and is
 * none.
 */
static void
bound_table(struct pass *s, const char *line)
{
	size_t n = strspn(line, "|:- \t"), columns = 0, lines = 0, i;
	const char *p;
	char text[24];

	if (n <= WIDE_TABLE || strchr("\r\n", line[n]) == NULL)
		return;
	for (i = 0; i < n; i++)
		columns += line[i] == '|';
	if (columns <= WIDE_TABLE)
		return;
	for (p = line; lines * columns <= MOST_CELLS && (p = strchr(p, '\n')) != NULL; p++)
		lines++;
	if (lines * columns <= MOST_CELLS)
		return;
	snprintf(text, sizeof(text), "%zu", columns);
	diag_doc(s->doc, RP_D_TABLE_TOO_WIDE, position(s, line), text, NULL);
	cover_here(s, line, COVER);
}

/* Could there be such a table at all?  Hardly ever: all the bars times all the lines are fewer
 * than its cells. */
static int
may_have_wide_table(struct rp_doc *doc, const char *p, const char *end)
{
	size_t bars = 0, most, len;

	if (memchr(p, '|', (size_t)(end - p)) == NULL)
		return 0;
	rp_doc_line(doc, 1, &len);	/* which finds them all */
	most = doc->line_count > 0 ? MOST_CELLS / doc->line_count : 0;
	for (; bars <= most && (p = memchr(p, '|', (size_t)(end - p))) != NULL; p++)
		bars++;
	return bars > most;
}

/* A label that is taken gets covers at its end. */
static void
distinguish_footnote(struct pass *s, const char *line)
{
	const char *label, *eol = line + strcspn(line, "\r\n");
	char *name;
	size_t n;
	int *times;

	label = footnote_label(line, eol, &n);
	if (label == NULL)
		return;
	name = arena_dup(&s->doc->arena, label, n);
	times = map_add(&s->labels, name, arena_alloc(&s->doc->arena, sizeof(int)));
	if ((*times)++ == 0)
		return;
	diag_doc(s->doc, RP_D_FOOTNOTE_DUPLICATE, position(s, line), name, NULL);
	for (n = (size_t)*times - 1; n > 0; n /= 2)	/* the count, in binary */
		cover_here(s, label + strlen(name), n % 2 == 0 ? COVER : COVER_1);
}

static void
begin_line(struct pass *s, const char *line)
{
	switch (*line) {
	case '|': case ':': case '-': case ' ': case '\t': case '>': case '`': case '~': case '[':
		bound_table(s, line);
		if (s->footnotes && !is_fence(s, line) && s->fence == '\0' && strchr(" \t>[", *line) != NULL)
			distinguish_footnote(s, line);
		break;
	default:
		break;
	}
}

static void
judge_run(struct pass *s, const char *run, const char *after_run)
{
	int before, after;

	/* Nothing to judge where both neighbours are ASCII. */
	if ((run == s->text || !(run[-1] & 0x80)) && !(*after_run & 0x80))
		return;
	judge(code_point_before(s->text, run), code_point_at(after_run, s->end), &before, &after);
	if (before)
		cover_here(s, run, COVER);
	if (after)
		cover_here(s, after_run, COVER);
}

static void
cover(struct pass *s)
{
	const char *p = s->text, *run, *stops = "\\*~";

	s->footnotes = has_pair(p, s->end, "[^");
	/* Only a footnote and a wide table have to do with where a line begins. */
	if (s->footnotes || may_have_wide_table(s->doc, p, s->end)) {
		stops = "\n\r\\*~";
		begin_line(s, p);
	}
	while ((p += strcspn(p, stops)) < s->end) {
		run = p++;
		switch (*run) {
		case '\r':
			if (*p == '\n')
				break;
			/* fall through */
		case '\n':
			begin_line(s, p);
			break;
		case '\\':
			/* What is escaped is no delimiter. */
			p += p < s->end && strchr("\\*~", *p) != NULL;
			break;
		default:
			while (*p == *run)
				p++;
			judge_run(s, run, p);
		}
	}
	if (s->t->cover_count > 0)
		copy_to(s, s->end);
}

/* Puts the paragraph before the text, covers and all: they are part of the labels. */
static void
refer_to_footnotes(struct rp_doc *doc, struct prepared *t)
{
	const char *p, *eol, *label;
	struct str whole = { 0 };
	struct map done = { 0 };	/* an example in a code block has the label too */
	size_t n;

	str_puts(&whole, HEAD);
	for (p = t->text; *p != '\0'; p = eol + (*eol != '\0')) {
		eol = p + strcspn(p, "\r\n");
		label = footnote_label(p, eol, &n);
		if (label == NULL)
			continue;
		label = arena_dup(&doc->arena, label, n);
		if (map_get(&done, label) != NULL)
			continue;
		map_add(&done, label, t);
		str_puts(&whole, "[^");
		str_add(&whole, label, n);
		str_puts(&whole, "]");
	}
	t->head_lines = 2;
	str_puts(&whole, "\n\n");
	str_add(&whole, t->text, t->len);
	map_free(&done);
	str_free(&t->made);
	t->made = whole;
	t->text = whole.p;
	t->len = whole.len;
}

void
prepare(struct rp_doc *doc, const char *text, size_t len, uint32_t line0, struct prepared *t)
{
	struct pass s = { .doc = doc, .t = t, .text = text, .end = text + len, .from = text,
	    .counted = text, .line = 1, .line0 = line0 };

	memset(t, 0, sizeof(*t));
	t->text = text;
	t->len = len;
	cover(&s);
	if (t->cover_count > 0) {
		t->text = t->made.p;
		t->len = t->made.len;
	}
	if (s.labels.count > 0)
		refer_to_footnotes(doc, t);
	map_free(&s.labels);
}

void
prepared_free(struct prepared *t)
{
	str_free(&t->made);
	free(t->covers);
}

/* The first cover that is not before a place. */
static size_t
cover_at(const struct prepared *t, uint32_t line, uint32_t col)
{
	size_t lo = 0, hi = t->cover_count, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (t->covers[mid].line < line || (t->covers[mid].line == line && t->covers[mid].col < col))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void
prepared_find_line(struct prepared *t, uint32_t line)
{
	size_t i = cover_at(t, line - t->head_lines, 0);

	t->line = line;
	t->line_cover = i;
	t->is_covered = i < t->cover_count && t->covers[i].line == line - t->head_lines;
}

uint32_t
prepared_column(struct prepared *t, uint32_t line, uint32_t col)
{
	if (!prepared_is_covered(t, line) || t->covers[t->line_cover].col >= col)
		return col;
	return col - (uint32_t)(cover_at(t, line - t->head_lines, col) - t->line_cover) * COVER_LEN;
}

/* Whichever of the two it is. */
static const char *
find_cover(const char *p, const char *end)
{
	for (; (p = memchr(p, COVER[0], (size_t)(end - p))) != NULL; p++)
		if (strncmp(p, COVER, COVER_LEN) == 0 || strncmp(p, COVER_1, COVER_LEN) == 0)
			return p;
	return NULL;
}

const char *
prepared_strip(const struct prepared *t, struct rp_doc *doc, const char *s, size_t *len)
{
	char *copy, *out;
	const char *p;

	if (t->cover_count == 0 || find_cover(s, s + *len) == NULL)
		return s;
	copy = out = arena_dup(&doc->arena, s, *len);
	for (p = copy; *p != '\0'; )
		if (strncmp(p, COVER, COVER_LEN) == 0 || strncmp(p, COVER_1, COVER_LEN) == 0)
			p += COVER_LEN;
		else
			*out++ = *p++;
	*out = '\0';
	*len = (size_t)(out - copy);
	return copy;
}
