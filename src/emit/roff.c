/*
 * roff.c - the roff emitter, for pages in man(7).
 *
 * Text comes in pieces and is put together into words: what stands between two
 * spaces, with the font changes in it.  A word is written when it is known to
 * be whole, for only then can be told
 *
 * - on which line of the source it goes (about 80 bytes, ending in no space);
 * - whether roff would take it for a request (a dot begins its line), or for the
 *   end of a sentence (which would get two spaces);
 * - where the formatter may break it.  groff breaks lines at spaces only, and
 *   Japanese has none: between its characters stands \:, wherever UAX #14 allows
 *   a break, and so it does within long addresses.
 */
#include <stdarg.h>
#include <string.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "roff.h"

#define LINE_BYTES	79	/* of a source line, as far as its words allow */
#define HEADING_COLUMNS	60	/* a heading is broken only where it is longer */
#define TAB_COLUMNS	8
#define WORD_JOINER	0x2060
#define MOST_STRINGS	500	/* interpolated in NAME */

enum { BOLD = 1, ITALIC = 2 };

/* What the input line at hand is. */
enum line { FILLED, TAG, HEADING };

struct word {
	char		*roff;			/* as it is written */
	size_t		 len, room;
	char		*plain;			/* as it reads */
	size_t		*at;			/* of each byte of plain: its character's place in roff */
	char		*breaks;		/* of each byte of plain, for roff_breaks() */
	size_t		 plain_len, plain_room;
	uint32_t	 last;			/* character; 0: none yet */
	int		 option;		/* it was the hyphen of an option */
	size_t		 columns;
	size_t		 font_at, font_end;	/* the latest font change; end 0: none */
	int		 font_before;		/* the font before it */
};

struct rp_roff {
	struct rp_job	*job;
	struct rp_sink	*out, *page;	/* page: all but the lines that must come first */
	const char	*wrong;		/* the first misuse; NULL: none */
	struct word	 word;
	int		 gap;		/* a space follows the word */
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
	int		 strings;	/* how many: see break_mark() */
	struct roff_fill fill;
	int		 forced;	/* has breaks for mandoc */
};

struct rp_roff *
rp_roff_open(struct rp_job *job, struct rp_sink *out)
{
	struct rp_roff *r = rp_alloc(job->doc, sizeof(*r));

	r->job = job;
	r->out = out;
	r->page = rp_sink_new(job);
	return r;
}

static void
misuse(struct rp_roff *r, const char *what)
{
	if (r->wrong == NULL)
		r->wrong = what;
}

/* Makes room for n more bytes in a block that has len of them. */
static char *
reserve(struct rp_roff *r, char *old, size_t len, size_t n, size_t *room)
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

/* ---- Characters ---- */

static int
is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x2028 || cp == 0x2029;
}

/*
 * How a character is written that cannot stand as it is, or NULL.  literal: what
 * is typed into a computer, so that it must come out in ASCII; groff turns - and
 * ' into a hyphen and a quotation mark, and ^, ~ and ` into accents.
 */
static const char *
escape_of(uint32_t cp, int literal)
{
	switch (cp) {
	case '\\':
		return "\\e";
	case '-':
		return literal ? "\\-" : NULL;
	case '\'':
		return "\\(aq";
	case '`':
		return "\\(ga";
	case '^':
		return "\\(ha";
	case '~':
		return "\\(ti";
	case 0xA0:	/* no-break spaces: the common one, of figures, narrow */
	case 0x2007:
	case 0x202F:
		return "\\ ";	/* not \~, which makes a space after it unbreakable too */
	case 0xAD:	/* soft hyphen */
		return "\\%";
	case 0x200B:	/* zero width space */
		return "\\:";
	case WORD_JOINER:
	case 0xFEFF:
		return "";
	case 0x2022:
		return "\\(bu";
	default:
		return cp < 0x20 || cp == 0x7F ? "" : NULL;
	}
}

/* Does it take part in breaking lines? */
static int
is_plain(uint32_t cp)
{
	return cp != 0xAD && cp != 0x200B;
}

/* ---- Words ---- */

/*
 * The first section of a page is NAME, which man-db's lexgrog and others read
 * for whatis(1).  They take \: for a colon, but they leave out a string.  mandoc
 * expands no more than a thousand of these a line.
 */
static void
break_mark(struct rp_roff *r)
{
	if (r->sections != 1)
		rp_puts(r->page, "\\:");
	else if (r->strings++ < MOST_STRINGS)
		rp_puts(r->page, "\\*:");
}

static size_t
columns_between(const char *s, const char *end)
{
	size_t n = 0;

	while (s < end)
		n += (size_t)rp_columns(rp_utf8_next(&s));
	return n;
}

/* See roff_fill.c.  \c: no space comes from the end of the source line. */
static void
break_for_mandoc(struct rp_roff *r, const char *next)
{
	rp_puts(r->page, "\\c\n.if \\n[mandoc] .br\n");
	if (*next == '.' || *next == '\'')
		rp_puts(r->page, "\\&");
	r->forced = 1;
}

/* Is this text that whoever shows the page divides into lines? */
static int
is_filled(const struct rp_roff *r)
{
	return r->line == FILLED && !r->nofill && !r->in_table && r->sections != 1;
}

/* The pieces of the word, and a mark before each but the first. */
static void
put_broken(struct rp_roff *r)
{
	const struct word *w = &r->word;
	size_t from = 0, to, done;

	while (from < w->plain_len) {
		for (to = from + 1; to < w->plain_len && !w->breaks[to]; )
			to++;
		if (from > 0)
			break_mark(r);
		if (roff_fill_add(&r->fill, columns_between(w->plain + from, w->plain + to), from > 0) &&
		    from > 0 && is_filled(r))
			break_for_mandoc(r, w->roff + w->at[from]);
		done = from > 0 ? w->at[from] : 0;
		rp_put(r->page, w->roff + done, (to < w->plain_len ? w->at[to] : w->len) - done);
		from = to;
	}
}

/* Would roff, at the end of a line, take it for the end of a sentence? */
static int
ends_sentence(const struct word *w)
{
	size_t n = w->plain_len;

	while (n > 0 && strchr("\"')]*", w->plain[n - 1]) != NULL)
		n--;
	return n > 0 && strchr(".?!", w->plain[n - 1]) != NULL;
}

/* What stands between this word and what the line has, or begins a line. */
static void
put_before(struct rp_roff *r)
{
	const struct word *w = &r->word;

	if (r->line == HEADING) {
		r->quoted |= r->gap;	/* there are more words */
		rp_puts(r->page, r->col == 0 && r->gap ? " \"" : " ");
		return;
	}
	if (r->col > 0 && is_filled(r) && !r->sentence && r->col + 1 + w->len > LINE_BYTES) {
		rp_puts(r->page, "\n");
		r->col = 0;
	}
	if (r->col > 0)
		rp_puts(r->page, " ");
	else if (w->plain_len > 0 && (w->roff[0] == '.' || strncmp(w->roff, "T}", 2) == 0))
		rp_puts(r->page, "\\&");
}

static void
put_word(struct rp_roff *r)
{
	struct word *w = &r->word;
	size_t limit = r->line == HEADING ? HEADING_COLUMNS : 0;

	if (w->len == 0)
		return;
	put_before(r);
	if (w->columns > limit && roff_breaks(w->plain, w->plain_len, w->breaks))
		put_broken(r);
	else {
		rp_put(r->page, w->roff, w->len);
		roff_fill_add(&r->fill, w->columns, 0);
	}
	if (w->roff[w->len - 1] == ' ')
		rp_puts(r->page, "\\&");	/* no line ends in a space */
	r->col += w->len + 1;
	r->sentence = ends_sentence(w);
	w->len = w->plain_len = w->columns = w->font_end = 0;
	w->last = 0;
	w->option = 0;
}

static void
add(struct rp_roff *r, const char *s, size_t n)
{
	struct word *w = &r->word;

	w->roff = reserve(r, w->roff, w->len, n, &w->room);
	memcpy(w->roff + w->len, s, n);
	w->len += n;
}

/* Makes the font the one that is asked for; two changes in a row become one. */
static void
change_font(struct rp_roff *r, int want)
{
	static const char *const names[] = { "\\fR", "\\fB", "\\fI", "\\f(BI" };
	struct word *w = &r->word;

	if (w->font_end > 0 && w->font_end == w->len) {
		w->len = w->font_at;
		w->font_end = 0;
		r->now = w->font_before;
	}
	if (r->now == want)
		return;
	w->font_at = w->len;
	w->font_before = r->now;
	add(r, names[want], strlen(names[want]));
	w->font_end = w->len;
	r->now = want;
}

/* Adds to what the word reads; its place is where roff goes on. */
static void
add_plain(struct rp_roff *r, const char *s, size_t n)
{
	struct word *w = &r->word;
	size_t *at = w->at, room = w->plain_room;

	w->plain = reserve(r, w->plain, w->plain_len, n + 1, &w->plain_room);
	if (room != w->plain_room) {
		w->at = rp_alloc(r->job->doc, w->plain_room * sizeof(*w->at));
		w->breaks = rp_alloc(r->job->doc, w->plain_room);
		if (w->plain_len > 0)
			memcpy(w->at, at, w->plain_len * sizeof(*w->at));
	}
	memcpy(w->plain + w->plain_len, s, n);
	w->plain[w->plain_len + n] = '\0';
	while (n-- > 0)
		w->at[w->plain_len++] = w->len;
}

/* A character of the word: how it reads, and how it is written. */
static void
glyph(struct rp_roff *r, uint32_t cp, const char *s, size_t n)
{
	struct word *w = &r->word;
	char utf8[4];

	if (r->gap)
		put_word(r);
	r->gap = 0;
	change_font(r, r->want);
	if (is_plain(cp)) {
		add_plain(r, utf8, rp_utf8_put(utf8, cp));
		w->columns += (size_t)rp_columns(cp);
		w->last = cp;
	}
	add(r, s, n);
}

/* ---- Lines ---- */

static void
end_line(struct rp_roff *r)
{
	r->gap = 0;
	if (r->word.len > 0)
		change_font(r, r->base);
	put_word(r);
	if (r->quoted)
		rp_puts(r->page, "\"");
	if (r->col > 0 || r->line == HEADING)
		rp_puts(r->page, "\n");
	r->line = FILLED;
	r->quoted = r->sentence = 0;
	r->col = 0;
	r->now = r->base = 0;
	r->want = r->depth > 0 ? r->fonts[r->depth - 1] : 0;
}

void
rp_roff_line(struct rp_roff *r)
{
	if (r->wrong == NULL)
		end_line(r);
}

/* ---- Text ---- */

/* Between two letters ' is an apostrophe, which groff makes it. */
static int
is_apostrophe(const struct rp_roff *r, const char *next)
{
	return !r->gap && rp_is_letter(r->word.last) && rp_is_letter(rp_utf8_next(&next));
}

/* A hyphen that begins a word is an option's, or a minus: [-o], --to, -5. */
static int
is_option(const struct rp_roff *r, const char *next)
{
	const struct word *w = &r->word;
	int begins = r->gap || w->last == 0 || w->option || (w->last != '-' && rp_is_punct(w->last));
	uint32_t cp = rp_utf8_next(&next);

	if (cp == '-')		/* "--" alone is a dash */
		cp = rp_utf8_next(&next);
	return begins && (rp_is_letter(cp) || rp_is_number(cp));
}

static void
character(struct rp_roff *r, uint32_t cp, const char *next, int literal)
{
	const char *escape = escape_of(cp, literal);
	char utf8[4];
	int option;

	if (cp == '\'' && !literal && is_apostrophe(r, next))
		escape = NULL;
	option = cp == '-' && (literal || is_option(r, next));
	if (option)
		escape = "\\-";
	if (cp == '"' && r->line == HEADING)
		escape = "\\(dq";
	if (escape == NULL)
		glyph(r, cp, utf8, rp_utf8_put(utf8, cp));
	else if (*escape != '\0')
		glyph(r, cp, escape, strlen(escape));
	else if (cp == WORD_JOINER && !r->gap && r->word.len > 0)
		add_plain(r, "\u2060", 3);
	r->word.option = option;
}

static void
text(struct rp_roff *r, const char *s, int literal)
{
	uint32_t cp, last = 0;

	if (r->wrong != NULL)
		return;
	for (; (cp = rp_utf8_next(&s)) != 0; last = cp) {
		if (!is_blank(cp))
			character(r, cp, s, literal);
		else if (literal && is_blank(last))
			glyph(r, 0xA0, "\\ ", 2);
		else
			r->gap = 1;
	}
}

void
rp_roff_text(struct rp_roff *r, const char *s)
{
	text(r, s, 0);
}

/* One line, of len bytes, where nothing is filled.  Tabs would depend on indents. */
static void
verbatim_line(struct rp_roff *r, const char *s, size_t len)
{
	const char *end, *escape;
	size_t col = 0;
	char utf8[4];
	uint32_t cp = 0;

	while (len > 0 && is_blank((unsigned char)s[len - 1]))
		len--;
	if (len > 0 && *s == '.')
		rp_puts(r->page, "\\&");
	for (end = s + len; s < end; ) {
		cp = rp_utf8_next(&s);
		if (cp == '\t') {
			do
				rp_puts(r->page, " ");
			while (++col % TAB_COLUMNS != 0);
			continue;
		}
		escape = escape_of(cp, 1);
		if (escape != NULL)
			rp_puts(r->page, escape);
		else
			rp_put(r->page, utf8, rp_utf8_put(utf8, cp));
		col += (size_t)rp_columns(cp);
	}
	rp_puts(r->page, cp == 0xA0 ? "\\&\n" : "\n");
}

void
rp_roff_verbatim(struct rp_roff *r, const char *s)
{
	size_t n;

	if (r->wrong != NULL)
		return;
	if (!r->nofill) {
		text(r, s, 1);
		return;
	}
	end_line(r);
	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		verbatim_line(r, s, n);
	}
}

void
rp_roff_escape(struct rp_roff *r, const char *s)
{
	if (r->wrong != NULL)
		return;
	if (r->gap)
		put_word(r);
	r->gap = 0;
	add(r, s, strlen(s));
}

/* ---- Fonts ---- */

void
rp_roff_font(struct rp_roff *r, char font)
{
	int bits = font == 'B' || font == 'C' ? BOLD : font == 'I' ? ITALIC : 0;

	if (r->wrong != NULL)
		return;
	if (strchr("BICR", font) == NULL) {
		misuse(r, "roff: no such font");
		return;
	}
	r->fonts = reserve(r, r->fonts, r->depth, 1, &r->room);
	r->fonts[r->depth++] = (char)(font == 'R' ? 0 : r->want | bits);
	r->want = r->fonts[r->depth - 1];
}

void
rp_roff_font_end(struct rp_roff *r)
{
	if (r->wrong != NULL)
		return;
	if (r->depth == 0) {
		misuse(r, "roff: an end of no font");
		return;
	}
	r->depth--;
	r->want = r->depth > 0 ? r->fonts[r->depth - 1] : r->base;
	/* At the end of the word, before the space that may follow. */
	if (r->word.len > 0)
		change_font(r, r->want);
}

/* ---- Requests and macros ---- */

static int
is_one_of(const char *name, const char *words)
{
	size_t n = strlen(name);
	const char *p = words;

	while ((p = strstr(p, name)) != NULL) {
		if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return 1;
		p += n;
	}
	return 0;
}

static void
argument(struct rp_roff *r, const char *s, int literal)
{
	int quote = *s == '\0' || strpbrk(s, " \t\n\"") != NULL;
	char utf8[4];
	uint32_t cp;

	rp_puts(r->page, quote ? " \"" : " ");
	while ((cp = rp_utf8_next(&s)) != 0) {
		const char *escape = cp == '"' ? "\\(dq" : is_blank(cp) ? " " : escape_of(cp, literal);

		if (escape != NULL)
			rp_puts(r->page, escape);
		else
			rp_put(r->page, utf8, rp_utf8_put(utf8, cp));
	}
	if (quote)
		rp_puts(r->page, "\"");
}

/* What follows from a macro for the lines after it. */
static void
note_macro(struct rp_roff *r, const char *name, int args)
{
	if (is_one_of(name, "EX nf"))
		r->nofill = 1;
	else if (is_one_of(name, "EE fi"))
		r->nofill = 0;
	else if (is_one_of(name, "TS TE"))
		r->tables |= r->in_table = is_one_of(name, "TS");
	else if (is_one_of(name, "TP TQ"))
		r->line = TAG;
	if (is_one_of(name, "SH"))
		r->sections++;
	if (is_one_of(name, "SH SS") && args == 0) {
		r->line = HEADING;
		r->base = BOLD;
		r->now = BOLD;
		r->want |= BOLD;
	}
}

void
rp_roff_macro(struct rp_roff *r, const char *name, ...)
{
	/* Macros of fonts are for words that somebody types. */
	int literal = is_one_of(name, "B I BI BR IB IR RB RI"), args = 0;
	const char *arg, *last = NULL;
	va_list ap;

	if (r->wrong != NULL)
		return;
	end_line(r);
	rp_puts(r->page, ".");
	rp_puts(r->page, name);
	va_start(ap, name);
	for (; (arg = va_arg(ap, const char *)) != NULL; args++) {
		argument(r, arg, literal);
		if (literal)
			roff_fill_add(&r->fill, rp_columns_of(arg), args > 0);
		last = arg;
	}
	va_end(ap);
	if (!literal)
		roff_fill_macro(&r->fill, name, last);
	note_macro(r, name, args);
	if (r->line != HEADING)
		rp_puts(r->page, "\n");
}

void
rp_roff_comment(struct rp_roff *r, const char *s)
{
	size_t n;

	if (r->wrong != NULL)
		return;
	end_line(r);
	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		rp_puts(r->page, ".\\\" ");
		rp_put(r->page, s, n);
		rp_puts(r->page, "\n");
	}
}

/* ---- The end ---- */

int
rp_roff_close(struct rp_roff *r)
{
	const char *bytes;
	size_t len;

	if (r->depth > 0)
		misuse(r, "roff: a font is not ended");
	if (r->wrong != NULL) {
		rp_report(r->job, RP_D_EMITTER, NULL, r->wrong, NULL);
		return -1;
	}
	end_line(r);
	/* man(1) runs the preprocessors that the first line asks for: t is tbl(1). */
	if (r->tables)
		rp_puts(r->out, "'\\\" t\n");
	if (r->strings > 0)
		rp_puts(r->out, ".ds : \\:\n");
	/* groff has a version number, and mandoc none. */
	if (r->forced)
		rp_puts(r->out, ".nr mandoc 0\n.if !\\n(.x .nr mandoc 1\n");
	bytes = rp_sink_bytes(r->page, &len);
	rp_put(r->out, bytes, len);
	return 0;
}
