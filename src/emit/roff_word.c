/*
 * roff_word.c - words, and lines of them.
 *
 * Text comes in pieces and is put together into words: what stands between two
 * spaces, with the font changes in it.  It is put together at the page's end, but
 * what is around and in it is settled when it is known to be whole, for only then
 * can be told
 *
 * - on which line of the source it goes (about 80 bytes, ending in no space);
 * - whether roff would take it for a request (a dot begins its line), or for the
 *   end of a sentence (which would get two spaces);
 * - where the formatter may break it.  groff breaks lines at spaces only, and
 *   Japanese has none: between its characters stands \:, wherever UAX #14 allows
 *   a break, and so it does within long addresses.
 */
#include <string.h>

#include <rolepress/text.h>

#include "roff.h"

#define WORD_JOINER	0x2060
#define IDEOGRAPH	0x4E00
#define END_OF_TEXT	0xFFFF	/* to libunibreak; no character to anybody else */
#define REPLACEMENT	0xFFFD
#define HEADING_COLUMNS	60	/* a heading is broken only where it is longer */
#define MOST_STRINGS	500	/* interpolated in NAME */

/* ---- Putting a word together ---- */

/* Makes room for n more bytes in a block that has len of them. */
char *
roff_reserve(struct rp_roff *r, char *old, size_t len, size_t n, size_t *room)
{
	char *p;

	if (len + n <= *room)
		return old;
	*room = 2 * (len + n) + 64;
	p = rp_alloc(r->job->doc, *room);
	if (len > 0)
		memcpy(p, old, len);
	return p;
}

/* Puts down what comes before a word or, where one is gone on with, before a piece. */
static void
open_word(struct rp_roff *r)
{
	char *page = roff_room(r, 2);
	struct word *w = &r->word;

	if (w->written > 0)
		memcpy(page, "\\:", 2);
	else
		*page = ' ';
	w->before = w->written > 0 ? 2 : r->col > 0 || r->line == HEADING;
	r->page->buf.len += w->before;
	w->start = r->page->buf.len;
}

void
roff_add(struct rp_roff *r, const char *s, size_t n)
{
	struct word *w = &r->word;
	char *page;

	if (n == 0)
		return;
	if (w->len == 0)
		open_word(r);
	page = roff_room(r, n);
	if (n == 3)	/* as most are, characters and fonts: no call */
		memcpy(page, s, 3);
	else
		memcpy(page, s, n);
	r->page->buf.len += n;
	w->len += n;
}

/* Takes back what stands from a place in the word on. */
static void
cut(struct rp_roff *r, size_t at)
{
	struct word *w = &r->word;

	w->len = at;
	r->page->buf.len = w->start + at - (at == 0 ? w->before : 0);
}

/* Makes the font the one that is asked for; two changes in a row become one. */
void
roff_change_font(struct rp_roff *r, int want)
{
	static const struct { char roff[6]; unsigned char len; } names[] = {
		{ "\\fR", 3 }, { "\\fB", 3 }, { "\\fI", 3 }, { "\\f(BI", 5 }
	};
	struct word *w = &r->word;

	if (w->font_end > 0 && w->font_end == w->len) {
		cut(r, w->font_at);
		w->font_end = 0;
		r->now = w->font_before;
	}
	if (r->now == want)
		return;
	w->font_at = w->len;
	w->font_before = r->now;
	roff_add(r, names[want].roff, names[want].len);
	w->font_end = w->len;
	r->now = want;
}

/* Does it take part in breaking lines? */
static int
is_plain(uint32_t cp)
{
	return cp != 0xAD && cp != 0x200B;
}

static void
grow_characters(struct rp_roff *r, size_t n)
{
	struct word *w = &r->word, old = *w;

	w->most = 2 * (w->count + n) + 64;
	w->cps = rp_alloc(r->job->doc, w->most * sizeof(*w->cps));
	w->at = rp_alloc(r->job->doc, w->most * sizeof(*w->at));
	w->widths = rp_alloc(r->job->doc, w->most);
	w->breaks = rp_alloc(r->job->doc, w->most);
	if (w->count > 0) {
		memcpy(w->cps, old.cps, w->count * sizeof(*w->cps));
		memcpy(w->at, old.at, w->count * sizeof(*w->at));
		memcpy(w->widths, old.widths, w->count);
	}
}

/* Makes room for n more characters. */
static void
reserve_characters(struct rp_roff *r, size_t n)
{
	if (r->word.count + n > r->word.most)
		grow_characters(r, n);
}

/* Puts plain ASCII down character by character. */
static void
add_ascii(struct rp_roff *r)
{
	const char *roff = roff_of_word(r);
	struct word *w = &r->word;
	size_t n = w->ascii;

	roff += w->ascii_at;
	reserve_characters(r, n);
	for (size_t i = 0; i < n; i++) {
		w->cps[w->count + i] = (unsigned char)roff[i];
		w->at[w->count + i] = (uint32_t)(w->ascii_at + i);
	}
	memset(w->widths + w->count, 1, n);
	w->count += n;
	w->ascii = 0;
}

/* Adds to what the word reads; its place is where roff goes on. */
static void
add_character(struct rp_roff *r, uint32_t cp, int width)
{
	struct word *w = &r->word;

	if (w->ascii > 0)
		add_ascii(r);
	reserve_characters(r, 1);
	w->cps[w->count] = cp;
	w->at[w->count] = (uint32_t)w->len;
	w->widths[w->count++] = (unsigned char)width;
}

/* No break may come between what has been added and what comes. */
void
roff_join(struct rp_roff *r)
{
	if (r->gap || r->word.len == 0)
		return;
	add_character(r, WORD_JOINER, 0);
	r->word.sentence = 0;
}

/* Half of a flag; libunibreak 1.0 aborts where it meets one. */
static int
is_regional(uint32_t cp)
{
	return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

/* Flags are ideographs, as far as breaks go, whose halves are not to be parted (UAX #14,
 * LB30a). */
static void
add_regional(struct rp_roff *r, int width)
{
	struct word *w = &r->word;

	w->half_flag = is_regional(w->last) && !w->half_flag;
	if (w->half_flag)
		add_character(r, WORD_JOINER, 0);
	add_character(r, IDEOGRAPH, width);
}

/* A character of the word: how it reads, and how it is written. */
void
roff_glyph(struct rp_roff *r, uint32_t cp, const char *s, size_t n)
{
	struct word *w = &r->word;
	char c = cp < 0x80 ? (char)cp : '\0';
	int width;

	roff_begin(r);
	if (is_plain(cp)) {
		width = rp_columns(cp);
		if (is_regional(cp))
			add_regional(r, width);
		else
			add_character(r, cp != END_OF_TEXT ? cp : REPLACEMENT, width);
		w->columns += (size_t)width;
		w->ideographs |= cp >= 0x80 && rp_is_cjk(cp);
		w->last = cp;
		w->sentence = roff_ends_sentence(&c, 1, w->sentence);
	}
	roff_add(r, s, n);
}

/* Characters of ASCII that are written as they are. */
void
roff_ascii(struct rp_roff *r, const char *s, size_t n)
{
	struct word *w = &r->word;

	roff_begin(r);
	if (w->ascii > 0 && w->ascii_at + w->ascii != w->len)
		add_ascii(r);
	if (w->ascii == 0)
		w->ascii_at = w->len;
	w->ascii += n;
	w->columns += n;
	w->last = (unsigned char)s[n - 1];
	w->option = 0;
	w->sentence = roff_may_end(s, n, w->sentence);
	roff_add(r, s, n);
}

/* Characters of a kind, of three bytes each, that are written as they are. */
void
roff_common(struct rp_roff *r, const char *s, size_t len)
{
	struct word *w = &r->word;
	size_t n = len / 3;

	if (w->ascii > 0)
		add_ascii(r);
	reserve_characters(r, n);
	for (size_t i = 0; i < len; i += 3) {
		w->cps[w->count] = utf8_three(s + i);
		w->at[w->count] = (uint32_t)(w->len + i);
		w->widths[w->count++] = 2;
	}
	w->columns += 2 * n;
	w->last = w->cps[w->count - 1];
	w->ideographs = 1;
	w->option = w->sentence = 0;
	roff_add(r, s, len);
}

/* ---- Writing it ---- */

/*
 * What stands before a piece of a word; full: in mandoc, it begins a line, of
 * which roff_fill.c tells.
 *
 * The first section of a page is NAME, which man-db's lexgrog and others read
 * for whatis(1).  They take \: for a colon, but they leave out a string: \*: is \:,
 * and \*; is that too, but in mandoc a space.  mandoc expands no more than a
 * thousand strings a line.  \c keeps the end of the source line from being a space.
 */
void
roff_put_mark(struct rp_roff *r, const char *piece, int full)
{
	int name = r->sections == 1;

	if (name && r->strings++ >= MOST_STRINGS)
		return;
	if (full && name) {
		sink_puts(r->page, "\\*;");
		r->spaces = 1;
		return;
	}
	sink_puts(r->page, name ? "\\*:" : "\\:");
	if (full && roff_is_filled(r)) {
		sink_puts(r->page, "\\c\n.if \\n[mandoc] .br\n");
		if (*piece == '.' || *piece == '\'')
			sink_puts(r->page, "\\&");
		r->requests = 1;
	}
}

/* Takes the word back from the page, to write it anew. */
static const char *
take_back(struct rp_roff *r)
{
	struct word *w = &r->word;

	w->copy = roff_reserve(r, w->copy, 0, w->len, &w->room);
	memcpy(w->copy, roff_of_word(r), w->len);
	r->page->buf.len = w->start - (w->written > 0 ? w->before : 0);
	return w->copy;
}

/* The pieces of the word, and a mark before each but the first of all. */
static void
put_broken(struct rp_roff *r)
{
	const char *roff = take_back(r);
	const struct word *w = &r->word;
	size_t from = 0, to, start, end, columns;
	int first = w->written == 0, full;

	roff_breaks(w->cps, w->widths, w->count, w->breaks);
	for (; from < w->count; from = to, first = 0) {
		columns = w->widths[from];
		for (to = from + 1; to < w->count && !w->breaks[to]; to++)
			columns += w->widths[to];
		full = roff_fill_add(&r->fill, columns, !first);
		start = from > 0 ? w->at[from] : 0;
		end = to < w->count ? w->at[to] : w->len;
		if (!first)
			roff_put_mark(r, roff + start, full);
		sink_put(r->page, roff + start, end - start);
	}
}

/* The same for what has no breaks, and stands there. */
static void
put_whole(struct rp_roff *r)
{
	const struct word *w = &r->word;
	int glued = w->written > 0;
	const char *roff;

	if (roff_fill_add(&r->fill, w->count + w->ascii > 0 ? w->columns : 1, glued) && glued) {
		roff = take_back(r);
		roff_put_mark(r, roff, 1);
		sink_put(r->page, roff, w->len);
	}
}

/* May it have breaks?  ASCII alone has none where it is short, nor has one character, or one
 * piece of them. */
static int
has_breaks(const struct rp_roff *r)
{
	const struct word *w = &r->word;
	int single = w->count + (w->ascii > 0) <= (w->single > 1 ? w->single : 1);
	size_t limit = r->line == HEADING ? HEADING_COLUMNS : 0;

	return w->columns > limit && ((w->ideographs && !single) || w->columns > ROFF_LONG);
}

static void
put_pieces(struct rp_roff *r)
{
	if (!has_breaks(r)) {
		put_whole(r);
		return;
	}
	if (r->word.ascii > 0)
		add_ascii(r);
	put_broken(r);
}

/* Escapes that read as nothing need none. */
static int
needs_guard(const struct rp_roff *r)
{
	const struct word *w = &r->word;

	return w->count + w->ascii > 0 && roff_needs_guard(roff_of_word(r), w->len);
}

/* Puts n bytes before the word. */
static void
insert(struct rp_roff *r, const char *s, size_t n)
{
	struct word *w = &r->word;
	char *at;

	sink_put(r->page, s, n);	/* room for them */
	at = roff_of_word(r);
	memmove(at + n, at, w->len);
	memcpy(at, s, n);
	w->start += n;
}

/* Settles what stands between the word and what the line has, or begins a line. */
static void
settle_before(struct rp_roff *r)
{
	struct word *w = &r->word;

	if (r->line == HEADING) {
		r->quoted |= r->gap;	/* there are more words */
		if (r->col == 0 && r->gap)
			insert(r, "\"", 1);
		return;
	}
	if (roff_is_full(r, w->written + w->len)) {
		r->page->buf.p[w->first - 1] = '\n';
		r->col = 0;
	}
	if (r->col == 0 && w->written == 0 && needs_guard(r))
		insert(r, "\\&", 2);
}

int
roff_is_open(const struct rp_roff *r)
{
	return r->line != HEADING && r->sections != 1 &&
	    (r->col == 0 || r->word.written > 0 || !needs_guard(r));
}

void
roff_put_part(struct rp_roff *r)
{
	struct word *w = &r->word;

	if (w->written == 0) {
		w->first = w->start;
		settle_before(r);
	}
	w->ideographs = 1;	/* what comes is one */
	put_pieces(r);
	w->written += w->len;
	w->len = w->count = w->ascii = w->columns = w->font_end = w->single = 0;
	w->ideographs = 0;
}

/* The same as below for plain ASCII that has no breaks. */
static void
put_ascii(struct rp_roff *r)
{
	struct word *w = &r->word;

	if (roff_is_full(r, w->len)) {
		roff_of_word(r)[-1] = '\n';
		r->col = 0;
	}
	if (r->col == 0 && needs_guard(r))
		insert(r, "\\&", 2);
	roff_fill_add(&r->fill, w->len, 0);
	r->col += w->len + 1;
	r->sentence = w->sentence;
	w->len = w->ascii = w->columns = 0;
	w->last = 0;
	w->option = w->half_flag = w->sentence = 0;
}

void
roff_put_word(struct rp_roff *r)
{
	struct word *w = &r->word;

	if (w->len == 0)
		return;
	if (w->ascii == w->len && w->len <= ROFF_LONG && w->written == 0 && r->line != HEADING) {
		put_ascii(r);
		return;
	}
	if (w->written == 0)
		w->first = w->start;
	settle_before(r);
	put_pieces(r);
	if (r->page->buf.p[r->page->buf.len - 1] == ' ')
		sink_puts(r->page, "\\&");	/* no line ends in a space */
	r->col += w->written + w->len + 1;
	r->sentence = w->sentence;
	w->len = w->count = w->ascii = w->columns = w->font_end = w->single = 0;
	w->last = 0;
	w->written = 0;
	w->option = w->ideographs = w->half_flag = w->sentence = 0;
}

/* ---- Lines ---- */

void
roff_end_line(struct rp_roff *r)
{
	r->gap = 0;
	if (r->word.len > 0)
		roff_change_font(r, r->base);
	roff_put_word(r);
	if (r->quoted)
		sink_puts(r->page, "\"");
	if (r->col > 0 || r->line == HEADING)
		sink_puts(r->page, "\n");
	if (r->line != FILLED)
		r->fill.shown = 0;
	r->line = FILLED;
	r->quoted = r->sentence = 0;
	r->col = 0;
	r->now = r->base = 0;
	r->want = r->depth > 0 ? r->fonts[r->depth - 1] : 0;
}
