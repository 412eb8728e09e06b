/*
 * roff_plain.c - text that goes straight to the page.
 *
 * Nearly all text is of words that have not to be put together, since all that
 * roff_word.c asks about them can be told at once:
 *
 * - words of ASCII that stand between two others in one text, and so in one font; where there
 *   are many, roff_run.c takes them by the line;
 * - ideographs.  A line may end between any two of them, so that each is a piece of
 *   its own, with the commas behind it, of a word as long as a paragraph.  Only the
 *   last one has to wait for what follows.
 */
#include "roff.h"

const char roff_plain[0x100] = { [' '] =
	/*  ! " # $ % & ' ( ) * + , - . / */
	0, 2, 2, 1, 1, 1, 1, 0, 1, 2, 2, 1, 1, 0, 2, 1,
	/* 0 to 9 : ; < = > ? */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2,
	/* @ A to Z [ \ ] ^ _ */
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2, 0, 1,
	/* ` a to z { | } ~ DEL */
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0
};

/* ---- Words ---- */

int
roff_ends_sentence(const char *s, size_t n, int before)
{
	for (; n > 0; n--)
		switch (s[n - 1]) {
		case '"':
		case '\'':
		case ')':
		case ']':
		case '*':
			continue;
		case '.':
		case '?':
		case '!':
			return 1;
		default:
			return 0;
		}
	return before;
}

static inline int
copy_one(char *to, const char *s)
{
	*to = *s;
	return roff_is_plain(*s);
}

/* Copies a word, up to n bytes of it, which are a multiple of four; how many. */
static inline size_t
copy_plain(char *to, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i += 4) {
		if (!copy_one(to + i, s + i))
			return i;
		if (!copy_one(to + i + 1, s + i + 1))
			return i + 1;
		if (!copy_one(to + i + 2, s + i + 2))
			return i + 2;
		if (!copy_one(to + i + 3, s + i + 3))
			return i + 3;
	}
	return i;
}

/* Makes way for words that can be written.  0: there is one to go on with, or a need to look
 * more closely. */
static int
make_way(struct rp_roff *r)
{
	if (r->line == HEADING || r->now != r->want)
		return 0;
	if (r->gap)
		roff_put_word(r);
	return r->word.len == 0;
}

void
roff_adopt(struct rp_roff *r, size_t before, size_t n)
{
	struct word *w = &r->word;
	const char *roff;

	w->before = before;
	w->start = r->page->buf.len + before;
	w->len = w->ascii = w->columns = n;
	w->ascii_at = 0;
	r->page->buf.len += before + n;
	roff = roff_of_word(r);
	w->last = (unsigned char)roff[n - 1];
	w->sentence = roff_may_end(roff, n, 0);
	r->gap = 0;
}

/* Writes words from s on, each before another one, and adds that.  Returns its end, or where
 * there is one to be looked at more closely. */
static const char *
put_words(struct rp_roff *r, const char *s)
{
	size_t n, gap, col = r->col, most = roff_is_filled(r) ? ROFF_LINE : SIZE_MAX;
	char *page;

	for (;; s += n + 1) {
		page = roff_room(r, 1 + ROFF_LONG);
		gap = col > 0;
		*page = ' ';
		n = copy_plain(page + gap, s, ROFF_LONG);
		if (s[n] != ' ' || !roff_is_plain(s[n + 1]) || roff_needs_guard(s, n))
			break;
		if (col + gap + n > most && gap && !r->sentence) {
			*page = '\n';
			col = 0;
		}
		r->page->buf.len += gap + n;
		col += n + 1;
		r->sentence = roff_may_end(s, n, 0);
		roff_fill_add(&r->fill, n, 0);
	}
	r->col = col;
	if (roff_is_plain(s[n]))
		return s;
	roff_adopt(r, gap, n);
	return s + n;
}

const char *
roff_add_words(struct rp_roff *r, const char *s, const char *end)
{
	const char *from;

	if (make_way(r)) {
		if (roff_may_be_run(s, end))
			s = roff_add_run(r, s, end);
		if (r->word.len > 0)
			return s;
		s = put_words(r, s);
	}
	from = s;
	s = r->line == HEADING ? roff_skip_quoted(s) : roff_skip_plain(s);
	if (s > from)
		roff_ascii(r, from, (size_t)(s - from));
	return s;
}

/* ---- Ideographs ---- */

#define ONES	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
#define A_ROW	ONES, ONES, ONES, ONES

const unsigned char roff_kinds[6 * 64] = {
	[1 * 64] = A_ROW,
	[2 * 64 + 0x01] = ROFF_COMMA, ROFF_COMMA,
	/* kana */
	[2 * 64 + 0x41] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ONES, ONES, ONES, ONES,
	1, 1, 1, 1, 1, 1, 1,
	[2 * 64 + 0xA1] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ONES, ONES, ONES, ONES,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, [2 * 64 + 0xFC] = 1,
};

const unsigned char roff_rows[7 * 64] = {
	[0x00] = 2, 3, 4, 5,				/* U+3000 */
	[0x78] = 1, 1, 1, 1, 1, 1, 1, 1,		/* U+4E00 */
	A_ROW, A_ROW, A_ROW, A_ROW, A_ROW,		/* U+5000 to U+9FFF */
};

/*
 * Writes an ideograph that begins a word, and that another one follows: as roff_common() and
 * roff_put_part() would.
 */
static void
put_first(struct rp_roff *r, const char *s)
{
	struct word *w = &r->word;
	int gap = r->col > 0, full = roff_is_full(r, 3);
	char *to = roff_room(r, 1 + 4);

	*to = full ? '\n' : ' ';
	memcpy(to + gap, s, 4);
	r->page->buf.len += (size_t)gap + 3;
	w->before = (size_t)gap;
	w->start = w->first = r->page->buf.len - 3;
	w->written = 3;
	if (full)
		r->col = 0;
	roff_fill_add(&r->fill, 2, 0);
}

/* A piece that another one follows. */
static void
put_piece(struct rp_roff *r, const char *s, size_t n)
{
	roff_put_mark(r, s, roff_fill_add(&r->fill, n / 3 * 2, 1));
	sink_put(r->page, s, n);
}

/* Columns that the line has room for. */
static size_t
columns_left(const struct roff_fill *f)
{
	int room = roff_fill_room(f);

	if (room > ROFF_COLUMNS)
		room = ROFF_COLUMNS;
	return room > 0 && (size_t)room > f->shown ? (size_t)room - f->shown : 0;
}

/*
 * Writes the pieces that the line has room for, of those that another one follows.  Returns
 * the first that it has not, its length so far, and what follows that.
 */
static const char *
put_pieces(struct rp_roff *r, const char *s, size_t *len, enum roff_kind *next)
{
	char *page = roff_room(r, 3 * ROFF_COLUMNS), *to = page;	/* five bytes are two columns */
	size_t left = columns_left(&r->fill), before = left, n;
	enum roff_kind kind;

	for (;;) {
		/* Nearly all are of one character. */
		while ((kind = roff_kind_at(s + 3)) == ROFF_IDEOGRAPH && left >= 2) {
			memcpy(to, "\\:", 2);
			memcpy(to + 2, s, 4);	/* of three bytes; another one follows */
			to += 5;
			s += 3;
			left -= 2;
		}
		for (n = 3; kind == ROFF_COMMA; kind = roff_kind_at(s + n))
			n += 3;
		if (n == 3 || left < n / 3 * 2 || kind == ROFF_OTHER)
			break;
		memcpy(to, "\\:", 2);
		memcpy(to + 2, s, n);
		to += 2 + n;
		s += n;
		left -= n / 3 * 2;
	}
	r->page->buf.len += (size_t)(to - page);
	r->fill.shown += before - left;
	*len = n;
	*next = kind;
	return s;
}

/* May no line end between the word so far and the ideograph at s? */
static int
is_bound(const struct rp_roff *r, const char *s)
{
	const struct word *w = &r->word;
	uint32_t last;

	if (w->ascii > 0)
		last = (unsigned char)roff_of_word(r)[w->ascii_at + w->ascii - 1];
	else if (w->count > 0)
		last = w->cps[w->count - 1];
	else
		return 1;
	return !roff_breaks_between(last, utf8_three(s));
}

const char *
roff_add_ideographs(struct rp_roff *r, const char *s, enum roff_kind kind)
{
	const char *from = s;
	size_t n = 3;

	roff_begin(r);
	if (!roff_is_open(r)) {
		s = roff_skip_common(s);
		roff_common(r, from, (size_t)(s - from));
		return s;
	}
	if (kind == ROFF_COMMA) {
		roff_common(r, s, n);
		return s + n;
	}
	if (r->word.len == 0 && roff_kind_at(s + n) == ROFF_IDEOGRAPH) {
		put_first(r, s);
		from = s += n;
	} else if (is_bound(r, s)) {
		roff_common(r, s, n);
		return s + n;
	} else {
		roff_put_part(r);
	}
	for (;;) {
		s = put_pieces(r, s, &n, &kind);
		if (kind == ROFF_OTHER)
			break;
		put_piece(r, s, n);
		s += n;
	}
	r->word.written += (size_t)(s - from);
	roff_common(r, s, n);
	r->word.single = n / 3;
	return s + n;
}
