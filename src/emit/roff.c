/*
 * roff.c - the roff emitter, for pages in man(7): characters and fonts.
 *
 * The page goes to a sink of its own, since only its end tells what its first
 * lines must be.  Text becomes words and lines in roff_word.c.
 */
#include <string.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "roff.h"

#define TAB_COLUMNS	8
#define WORD_JOINER	0x2060
#define IDEOGRAPH	0x4E00

/* The memory that an output has and does not use yet is the page's, and goes back with it. */
static void
exchange(struct rp_roff *r)
{
	struct str buf = r->out->buf;

	r->out->buf = r->page->buf;
	r->page->buf = buf;
}

struct rp_roff *
rp_roff_open(struct rp_job *job, struct rp_sink *out)
{
	struct rp_roff *r = rp_alloc(job->doc, sizeof(*r));

	r->job = job;
	r->out = out;
	r->page = rp_sink_new(job);
	if (out->file == 0 && out->buf.len == 0)
		exchange(r);
	return r;
}

static void
misuse(struct rp_roff *r, const char *what)
{
	if (r->wrong == NULL)
		r->wrong = what;
}

/* ---- Characters ---- */

int
roff_is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x2028 || cp == 0x2029;
}

const char *
roff_escape_of(uint32_t cp, int literal)
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

/* ---- Text ---- */

void
rp_roff_line(struct rp_roff *r)
{
	if (r->wrong == NULL)
		roff_end_line(r);
}

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
	const char *escape = roff_escape_of(cp, literal);
	char utf8[4];
	int option;

	if (cp == '\'' && !literal && is_apostrophe(r, next))
		escape = NULL;
	option = cp == '-' && (literal || is_option(r, next));
	if (option)
		escape = "\\-";
	if (cp == '"' && r->line == HEADING)
		escape = "\\(dq";
	if (escape == NULL && cp < 0x80)
		roff_ascii(r, (const char[]){ (char)cp }, 1);
	else if (escape == NULL)
		roff_glyph(r, cp, utf8, rp_utf8_put(utf8, cp));
	else if (*escape != '\0')
		roff_glyph(r, cp, escape, strlen(escape));
	else if (cp == WORD_JOINER)
		roff_join(r);
	r->word.option = option;
}

/* Adds what needs no look, up to the first character that does. */
static const char *
add_plain(struct rp_roff *r, const char *s, const char *end)
{
	enum roff_kind kind;

	for (;;) {
		if (roff_is_plain(*s))
			s = roff_add_words(r, s, end);
		if ((kind = roff_kind_at(s)) == ROFF_OTHER)
			return s;
		s = roff_add_ideographs(r, s, kind);
	}
}

static void
text(struct rp_roff *r, const char *s, int literal)
{
	const char *plain, *end = s + strlen(s);
	uint32_t cp, last = 0;

	if (r->wrong != NULL)
		return;
	for (;; last = cp) {
		plain = s;
		if ((s = add_plain(r, plain, end)) > plain)
			last = (unsigned char)s[-1];	/* any but a space */
		if ((cp = utf8_next(&s)) == 0)
			break;
		if (!roff_is_blank(cp))
			character(r, cp, s, literal);
		else if (literal && roff_is_blank(last))
			roff_glyph(r, 0xA0, "\\ ", 2);
		else
			r->gap = 1;
	}
}

void
rp_roff_text(struct rp_roff *r, const char *s)
{
	text(r, s, 0);
}

/* Characters that need no look, and spaces; returns their end. */
static const char *
skip_verbatim(const char *s, const char *end)
{
	while (roff_is_plain(*s) || (*s == ' ' && s < end))
		s++;
	return s;
}

/* A character that need not stand as it is; returns the column behind it. */
static size_t
put_verbatim(struct rp_roff *r, uint32_t cp, size_t col)
{
	const char *escape = roff_escape_of(cp, 1);
	char utf8[4];

	if (cp == '\t') {		/* would depend on indents */
		do
			sink_puts(r->page, " ");
		while (++col % TAB_COLUMNS != 0);
		return col;
	}
	if (escape != NULL)
		sink_puts(r->page, escape);
	else
		sink_put(r->page, utf8, rp_utf8_put(utf8, cp));
	return col + (size_t)rp_columns(cp);
}

/* One line, of len bytes, where nothing is filled. */
static void
verbatim_line(struct rp_roff *r, const char *s, size_t len)
{
	const char *end, *plain;
	size_t col = 0;
	uint32_t cp = 0;

	while (len > 0 && roff_is_blank((unsigned char)s[len - 1]))
		len--;
	if (len > 0 && *s == '.')
		sink_puts(r->page, "\\&");
	for (end = s + len; s < end; ) {
		plain = s;
		if ((s = skip_verbatim(plain, end)) > plain) {	/* stops at the end, where a space is */
			col += (size_t)(s - plain);
			cp = (unsigned char)s[-1];
		} else if (roff_kind_at(s) != ROFF_OTHER) {
			s = roff_skip_common(s);
			col += (size_t)(s - plain) / 3 * 2;
			cp = IDEOGRAPH;
		} else {
			cp = utf8_next(&s);
			col = put_verbatim(r, cp, col);
			continue;
		}
		sink_put(r->page, plain, (size_t)(s - plain));
	}
	sink_puts(r->page, cp == 0xA0 ? "\\&\n" : "\n");
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
	roff_end_line(r);
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
		roff_put_word(r);
	r->gap = 0;
	roff_add(r, s, strlen(s));
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
	r->fonts = roff_reserve(r, r->fonts, r->depth, 1, &r->room);
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
		roff_change_font(r, r->want);
}

/* ---- The end ---- */

/* The lines that come first. */
static const char *
head_of(struct rp_roff *r)
{
	/* man(1) runs the preprocessors that the first line asks for: t is tbl(1). */
	const char *tables = r->tables ? "'\\\" t\n" : "";
	const char *strings = r->strings > 0 ? ".ds : \\:\n" : "";
	/* groff has a version number, and mandoc none. */
	const char *requests = r->requests || r->spaces ?
	    ".nr mandoc 0\n.if !\\n(.x .nr mandoc 1\n" : "";
	const char *spaces = r->spaces ? ".ds ; \\:\n.if \\n[mandoc] .ds ; \" \\&\n" : "";

	return rp_join(r->job->doc, tables, strings, requests, spaces, NULL);
}

/* Puts them before the page. */
static void
put_head(struct rp_roff *r)
{
	const char *head = head_of(r);
	size_t n = strlen(head), len = r->page->buf.len;
	char *page = roff_room(r, n);

	page -= len;
	memmove(page + n, page, len);
	memcpy(page, head, n);
	sink_till(r->page, page + n + len);
}

int
rp_roff_close(struct rp_roff *r)
{
	if (r->depth > 0)
		misuse(r, "roff: a font is not ended");
	if (r->wrong != NULL) {
		rp_report(r->job, RP_D_EMITTER, NULL, r->wrong, NULL);
		return -1;
	}
	roff_end_line(r);
	put_head(r);
	if (r->out->file == 0 && r->out->buf.len == 0)
		exchange(r);
	else
		sink_put(r->out, r->page->buf.p, r->page->buf.len);
	return 0;
}
