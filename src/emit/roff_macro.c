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

enum { MOST_SHORT = 16 };	/* bytes */

/* By their letters, the second of which few have not. */
static const unsigned short macros[64][64] = {
	['I' - '@'] = { ['P' - '@'] = HANGING, [0] = TYPED, ['B' - '@'] = TYPED, ['R' - '@'] = TYPED },
	['P' - '@'] = { ['P' - '@'] = PARAGRAPH },
	['R' - '@'] = { ['S' - '@'] = INWARD, ['E' - '@'] = OUTWARD, ['B' - '@'] = TYPED,
	    ['I' - '@'] = TYPED },
	['S' - '@'] = { ['H' - '@'] = SECTION | HEADED | OUTERMOST, ['S' - '@'] = HEADED | OUTERMOST },
	['E' - '@'] = { ['X' - '@'] = NOFILL, ['E' - '@'] = FILL },
	['n' - '@'] = { ['f' - '@'] = NOFILL },
	['f' - '@'] = { ['i' - '@'] = FILL },
	['T' - '@'] = { ['S' - '@'] = TABLE, ['E' - '@'] = TABLE_END, ['P' - '@'] = TAGGED | HANGING,
	    ['Q' - '@'] = TAGGED },
	['B' - '@'] = { [0] = TYPED, ['I' - '@'] = TYPED, ['R' - '@'] = TYPED },
};

/* Of a name; those with effects are of two letters at most. */
static int
effects_of(const char *name)
{
	unsigned first = (unsigned char)name[0] - '@', second;

	if (first >= LEN(macros))
		return 0;
	if (name[1] == '\0')
		return macros[first][0];
	second = (unsigned char)name[1] - '@';
	return name[2] == '\0' && second > 0 && second < LEN(macros) ? macros[first][second] : 0;
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

/* One that is long, or does not stand there as it is. */
static void
put_argument(struct rp_roff *r, const char *s, int literal)
{
	int quote = needs_quotes(s);
	const char *plain, *escape;
	char utf8[4];
	uint32_t cp;

	sink_puts(r->page, quote ? " \"" : " ");
	for (;;) {
		plain = s;
		s = roff_skip_quoted(s);
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

/* Writes c and a few plain characters, as most names and arguments are.  0: there is more. */
static int
put_short(struct rp_roff *r, char c, const char *s)
{
	char *start = roff_room(r, MOST_SHORT), *to = start;

	*to++ = c;
	while (roff_is_quoted(*s) && to < start + MOST_SHORT)
		*to++ = *s++;
	if (*s != '\0')
		return 0;
	sink_till(r->page, to);
	return 1;
}

static void
put_name(struct rp_roff *r, const char *name)
{
	if (!put_short(r, '.', name)) {
		sink_puts(r->page, ".");
		sink_puts(r->page, name);
	}
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How far in its last argument tells the text to stand. */
static void
note_indent(struct roff_fill *f, int effects, const char *arg)
{
	int n = 0;

	if (arg != NULL)
		n = is_digit(arg[0]) && arg[1] == '\0' ? arg[0] - '0' : atoi(arg);

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
	int effects = effects_of(name), literal = effects & TYPED, args = 0;
	const char *arg, *last = NULL;
	va_list ap;

	if (r->wrong != NULL)
		return;
	roff_end_line(r);
	put_name(r, name);
	va_start(ap, name);
	for (; (arg = va_arg(ap, const char *)) != NULL; args++) {
		if (*arg == '\0' || !put_short(r, ' ', arg))
			put_argument(r, arg, literal);
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
