/*
 * roff.h - what the roff emitter has in files of its own.
 */
#ifndef RP_ROFF_H
#define RP_ROFF_H

#include <rolepress/emit.h>

#include "plain.h"
#include "sink.h"
#include "utf8.h"

/* ---- roff_break.c ---- */

/*
 * What nearly all of Chinese and Japanese is made of: Han and kana that libunibreak breaks
 * before and after, which are of class ID, or CJ, which it takes for that; and commas and full
 * stops, before which there is no break, and after which there is one before an ideograph.
 * All are of three bytes and two columns.
 */
enum roff_kind { ROFF_OTHER, ROFF_IDEOGRAPH, ROFF_COMMA };

/* Rows of 64 characters, as many as have all but the last byte in common: what is none of these,
 * ideographs, and U+3000 to U+30FF. */
extern const unsigned char roff_kinds[6 * 64];

/* Which row they are in that begin with E3 to E9, and a second byte. */
extern const unsigned char roff_rows[7 * 64];

/* Without branches: whether it is Han or kana cannot be guessed. */
static inline enum roff_kind
roff_kind(uint32_t cp)
{
	uint32_t i = cp - 0x3000;

	return (enum roff_kind)(roff_kinds[i < 0x100 ? 2 * 64 + i : 0] |
	    (cp - 0x4E00 <= 0x9FFF - 0x4E00 ? ROFF_IDEOGRAPH : ROFF_OTHER));
}

static inline enum roff_kind
roff_kind_at(const char *s)
{
	unsigned lead = (unsigned char)*s - 0xE3u, second, third;

	if (lead > 0xE9 - 0xE3 || (second = (unsigned char)s[1] ^ 0x80u) > 0x3F ||
	    (third = (unsigned char)s[2] ^ 0x80u) > 0x3F)
		return ROFF_OTHER;
	return (enum roff_kind)roff_kinds[(unsigned)roff_rows[lead << 6 | second] << 6 | third];
}

/* Past those of a kind, of which one stands at s. */
static inline const char *
roff_skip_common(const char *s)
{
	do
		s += 3;
	while (roff_kind_at(s) != ROFF_OTHER);
	return s;
}

enum { ROFF_LONG = 40 };	/* columns without a break, and some are made */

/* May a line end between the two, whatever stands around them? */
int	roff_breaks_between(uint32_t, uint32_t);

/*
 * Where a formatter that breaks lines at spaces needs help: sets breaks[i] to 1
 * if a line may end before the i-th character, and there is to be a mark, and to 0
 * otherwise.  cps: the characters of a word, without white space; columns: of each.
 */
void	roff_breaks(const uint32_t *cps, const unsigned char *columns, size_t count, char *breaks);

/* ---- roff_fill.c ---- */

/* Where text stands on a terminal of 80 columns. */
struct roff_fill {
	int	margins[32];		/* of .RS, each from the one around it */
	size_t	depth;
	int	margin, hang;		/* all of them; of the paragraph: .IP, .TP */
	size_t	shown;			/* columns of the line so far */
};

void	roff_fill_outermost(struct roff_fill *);
/* A margin more, and back. */
void	roff_fill_in(struct roff_fill *, int);
void	roff_fill_out(struct roff_fill *);

enum { ROFF_COLUMNS = 71 };	/* of a page: mandoc shows 78, and indents by 7 */

static inline int
roff_fill_room(const struct roff_fill *f)
{
	return ROFF_COLUMNS - f->margin - f->hang;
}

/* Adds text to the line, after a space unless it is glued.  1: it has no room
 * there, and begins the next one. */
static inline int
roff_fill_add(struct roff_fill *f, size_t columns, int glued)
{
	size_t space = f->shown > 0 && !glued;

	if (f->shown > 0 && (int)(f->shown + space + columns) > roff_fill_room(f)) {
		f->shown = columns;
		return 1;
	}
	f->shown += space + columns;
	return 0;
}

/* The same for words with a space between any two, of a column a byte. */
void	roff_fill_words(struct roff_fill *, const char *, size_t len);

/* ---- The emitter: roff.c, roff_macro.c, roff_plain.c, roff_run.c, roff_word.c ---- */

enum { BOLD = 1, ITALIC = 2 };

enum { ROFF_LINE = 79 };	/* bytes of a source line, as far as its words allow */

/* What the input line at hand is. */
enum line { FILLED, TAG, HEADING };

/* The word at hand, or what is not settled of it.  It stands at the page's end. */
struct word {
	size_t		 start, len;		/* as it is written: where, and how much */
	size_t		 before;		/* bytes of a space or mark there before it */
	char		*copy;			/* to write it anew */
	size_t		 room;
	/* As it reads: its characters, and of each its place in that, how wide it is, and
	 * whether there is a break before it. */
	uint32_t	*cps, *at;
	unsigned char	*widths;
	char		*breaks;
	size_t		 count, most;
	/* Plain ASCII that is not in those yet, which few words need: where, and how much. */
	size_t		 ascii_at, ascii;
	uint32_t	 last;			/* character; 0: none yet */
	int		 option;		/* it was the hyphen of an option */
	int		 half_flag;		/* it was the second half of one */
	int		 ideographs;		/* has characters of East Asia */
	size_t		 single;		/* so many, the first ones, have no break within */
	size_t		 columns;
	size_t		 font_at, font_end;	/* the latest font change; end 0: none */
	int		 font_before;		/* the font before it */
	int		 sentence;		/* it would end one */
	size_t		 written;		/* bytes that are settled */
	size_t		 first;			/* where those begin */
};

struct rp_roff {
	struct rp_job	*job;
	struct rp_sink	*out, *page;	/* page: all but the lines that must come first */
	const char	*wrong;		/* the first misuse; NULL: none */
	struct word	 word;
	int		 gap;		/* a space follows the word, if there is one */
	int		 sentence;	/* the word before it ended one */
	size_t		 col;		/* bytes of the source line so far */
	enum line	 line;
	int		 quoted;	/* the heading's quotation mark is open */
	int		 nofill;
	char		*fonts;		/* asked for, from the outermost */
	size_t		 depth, room;
	int		 base, want, now;	/* of the line; asked for; written last */
	int		 sections;
	int		 in_table, tables;	/* has any */
	int		 strings;	/* how many: see put_mark() */
	struct roff_fill fill;
	int		 requests, spaces;	/* has breaks for mandoc, of either kind */
};

int	roff_is_blank(uint32_t cp);
/*
 * How a character is written that cannot stand as it is, or NULL.  literal: what
 * is typed into a computer, so that it must come out in ASCII; groff turns - and
 * ' into a hyphen and a quotation mark, and ^, ~ and ` into accents.
 */
const char	*roff_escape_of(uint32_t cp, int literal);
/* Makes room for n more bytes in a block that has len of them. */
char	*roff_reserve(struct rp_roff *, char *block, size_t len, size_t n, size_t *room);
/* A character of the word: how it reads, and how it is written. */
void	roff_glyph(struct rp_roff *, uint32_t cp, const char *roff, size_t len);
/* Characters of ASCII that are written as they are. */
void	roff_ascii(struct rp_roff *, const char *, size_t len);
/* Characters of a kind, after roff_begin(). */
void	roff_common(struct rp_roff *, const char *, size_t len);
/* Adds what does not read as anything. */
void	roff_add(struct rp_roff *, const char *roff, size_t len);
/* No break may come between what has been added and what comes. */
void	roff_join(struct rp_roff *);
void	roff_change_font(struct rp_roff *, int font);
void	roff_put_word(struct rp_roff *);

static inline char *
roff_of_word(const struct rp_roff *r)
{
	return r->page->buf.p + r->word.start;
}

/* Makes ready for what belongs to a word. */
static inline void
roff_begin(struct rp_roff *r)
{
	if (r->gap)
		roff_put_word(r);
	r->gap = 0;
	if (r->now != r->want)
		roff_change_font(r, r->want);
}

void	roff_end_line(struct rp_roff *);

/* Is this text that whoever shows the page divides into lines? */
static inline int
roff_is_filled(const struct rp_roff *r)
{
	return r->line == FILLED && !r->nofill && !r->in_table && r->sections != 1;
}

/* Has the line no room for n bytes more? */
static inline int
roff_is_full(const struct rp_roff *r, size_t n)
{
	return r->col > 0 && r->col + 1 + n > ROFF_LINE && roff_is_filled(r) && !r->sentence;
}

/* May the word be written piece by piece?  Not where its length, or other words, matter. */
int	roff_is_open(const struct rp_roff *);
/* Writes what there is of it; a line may end before what comes. */
void	roff_put_part(struct rp_roff *);
/* What stands before a piece of it; full: in mandoc, the piece begins a line. */
void	roff_put_mark(struct rp_roff *, const char *piece, int full);

/* ---- roff_plain.c ---- */

/* Adds words of plain ASCII from s on, of which there is one; returns the last one's end.
 * end: of the text. */
const char	*roff_add_words(struct rp_roff *, const char *s, const char *end);
/* Adds characters of a kind, of which one stands at s; returns their end. */
const char	*roff_add_ideographs(struct rp_roff *, const char *s, enum roff_kind);

/* Would roff take a line that begins with a word, of which there is one, for something else? */
static inline int
roff_needs_guard(const char *s, size_t n)
{
	return *s == '.' || (n > 1 && *s == 'T' && s[1] == '}');
}

/* Does a word end a sentence, to roff at the end of a line?  before: did what stands before s? */
int	roff_ends_sentence(const char *s, size_t n, int before);

/* Takes the word that stands behind the page's end, n bytes, for the one at hand. */
void	roff_adopt(struct rp_roff *, size_t before, size_t n);

/* ---- roff_run.c ---- */

/* Is it worth a look?  Mostly tells that another script follows. */
static inline int
roff_may_be_run(const char *s, const char *end)
{
	return end - s >= 2 * PLAIN_STEP && *s != '.' &&
	    (((unsigned char)s[PLAIN_STEP] | (unsigned char)s[2 * PLAIN_STEP - 1]) & 0x80) == 0;
}

/*
 * Writes words of plain ASCII from s on, as many as stand in lines that have nothing else.  Another
 * word follows at what it returns, or the end, and the last word is the one at hand.  There is
 * none before.
 */
const char	*roff_add_run(struct rp_roff *, const char *s, const char *end);

/* ---- All ---- */

/* What is no space, and is written as it is, but for " in an argument or heading: 1; 2 if a
 * sentence may end so. */
extern const char roff_plain[0x100];

static inline int
roff_is_plain(char c)
{
	return roff_plain[(unsigned char)c] != 0;
}

/* roff_ends_sentence(), with a look that mostly tells. */
static inline int
roff_may_end(const char *s, size_t n, int before)
{
	return roff_plain[(unsigned char)s[n - 1]] != 1 && roff_ends_sentence(s, n, before);
}

static inline const char *
roff_skip_plain(const char *s)
{
	while (roff_is_plain(*s))
		s++;
	return s;
}

/* The same in an argument or heading. */
static inline int
roff_is_quoted(char c)
{
	return roff_is_plain(c) && c != '"';
}

static inline const char *
roff_skip_quoted(const char *s)
{
	while (roff_is_quoted(*s))
		s++;
	return s;
}

/* Room at the page's end for n more bytes. */
static inline char *
roff_room(struct rp_roff *r, size_t n)
{
	return sink_room(r->page, n);
}

#endif
