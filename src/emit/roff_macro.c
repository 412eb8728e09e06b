/* roff_macro.c - requests and macros, and what follows from them for the lines after. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <rolepress/text.h>

#include "roff.h"

enum effect {
	TYPED		= 1 << 0,	/* arguments in other fonts are words that somebody types */
	NOFILL		= 1 << 1,
	FILL		= 1 << 2,
	TABLE		= 1 << 3,
	TABLE_END	= 1 << 4,
	TAGGED		= 1 << 5,	/* the next line is a paragraph's tag */
	SECTION		= 1 << 6,
	HEADED		= 1 << 7,	/* without an argument, the next line is the heading */
	/* What roff_fill.c is told. */
	OUTERMOST	= 1 << 8,	/* no margins */
	PARAGRAPH	= 1 << 9,
	HANGING		= 1 << 10,	/* a paragraph, further in by the last argument */
	INWARD		= 1 << 11,	/* a margin of the last argument */
	OUTWARD		= 1 << 12	/* ends it */
};

/* The most frequent ones first. */
static const struct { char name[2]; int effects; } macros[] = {
	{ "IP", HANGING }, { "PP", PARAGRAPH }, { "RS", INWARD }, { "RE", OUTWARD },
	{ "SH", SECTION | HEADED | OUTERMOST }, { "SS", HEADED | OUTERMOST },
	{ "EX", NOFILL }, { "EE", FILL }, { "nf", NOFILL }, { "fi", FILL },
	{ "TS", TABLE }, { "TE", TABLE_END },
	{ "TP", TAGGED | HANGING }, { "TQ", TAGGED },
	{ "B", TYPED }, { "I", TYPED }, { "BI", TYPED }, { "BR", TYPED }, { "IB", TYPED },
	{ "IR", TYPED }, { "RB", TYPED }, { "RI", TYPED },
};

/* Of a name; those with effects are of two letters at most. */
static int
effects_of(const char *name, size_t len)
{
	char second = len == 2 ? name[1] : '\0';

	for (size_t i = 0; i < LEN(macros) && len <= 2; i++)
		if (macros[i].name[0] == *name && macros[i].name[1] == second)
			return macros[i].effects;
	return 0;
}

static int
needs_quotes(const char *s)
{
	if (*s == '\0')
		return 1;
	while (*s != '\0' && *s != ' ' && *s != '\t' && *s != '\n' && *s != '"')
		s++;
	return *s != '\0';
}

static void
argument(struct rp_roff *r, const char *s, int literal)
{
	const char *plain, *escape;
	int quote = needs_quotes(s);
	char utf8[4];
	uint32_t cp;

	sink_puts(r->page, quote ? " \"" : " ");
	for (;;) {
		plain = s;
		while (roff_is_plain(*s) && *s != '"')
			s++;
		sink_put(r->page, plain, (size_t)(s - plain));
		if ((cp = utf8_next(&s)) == 0)
			break;
		escape = cp == '"' ? "\\(dq" : roff_is_blank(cp) ? " " : roff_escape_of(cp, literal);
		if (escape != NULL)
			sink_puts(r->page, escape);
		else
			sink_put(r->page, utf8, rp_utf8_put(utf8, cp));
	}
	if (quote)
		sink_puts(r->page, "\"");
}

/* How far in its last argument tells the text to stand. */
static void
note_indent(struct roff_fill *f, int effects, const char *arg)
{
	int n = arg != NULL ? atoi(arg) : 0;

	if (effects & OUTERMOST)
		roff_fill_outermost(f);
	if (effects & (PARAGRAPH | HANGING))
		f->hang = effects & HANGING ? n : 0;
	if (effects & INWARD)
		roff_fill_in(f, n);
	if (effects & OUTWARD)
		roff_fill_out(f);
}

/* What follows from a macro for the lines after it. */
static void
note_macro(struct rp_roff *r, int effects, int args, const char *last)
{
	if (!(effects & TYPED))
		r->fill.shown = 0;
	if (effects & (OUTERMOST | PARAGRAPH | HANGING | INWARD | OUTWARD))
		note_indent(&r->fill, effects, last);
	if (effects & (NOFILL | FILL))
		r->nofill = (effects & NOFILL) != 0;
	if (effects & (TABLE | TABLE_END))
		r->tables |= r->in_table = (effects & TABLE) != 0;
	if (effects & TAGGED)
		r->line = TAG;
	if (effects & SECTION)
		r->sections++;
	if ((effects & HEADED) && args == 0) {
		r->line = HEADING;
		r->base = BOLD;
		r->now = BOLD;
		r->want |= BOLD;
	}
}

void
rp_roff_macro(struct rp_roff *r, const char *name, ...)
{
	size_t len = strlen(name);
	int effects = effects_of(name, len), literal = effects & TYPED, args = 0;
	const char *arg, *last = NULL;
	va_list ap;

	if (r->wrong != NULL)
		return;
	roff_end_line(r);
	sink_puts(r->page, ".");
	sink_put(r->page, name, len);
	va_start(ap, name);
	for (; (arg = va_arg(ap, const char *)) != NULL; args++) {
		argument(r, arg, literal);
		if (literal)
			roff_fill_add(&r->fill, rp_columns_of(arg), args > 0);
		last = arg;
	}
	va_end(ap);
	note_macro(r, effects, args, last);
	if (r->line != HEADING)
		sink_puts(r->page, "\n");
}

void
rp_roff_comment(struct rp_roff *r, const char *s)
{
	size_t n;

	if (r->wrong != NULL)
		return;
	roff_end_line(r);
	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		sink_puts(r->page, ".\\\" ");
		sink_put(r->page, s, n);
		sink_puts(r->page, "\n");
	}
}
