/*
 * level.c - paragraphs, indents, and the space between them.
 *
 * man(7) has no blocks in blocks: .RS and .RE move the margin, and a macro begins
 * each paragraph with a blank line or, under ".PD 0", without one.  A paragraph
 * macro where nothing needs one (after a heading, before nothing) is an error, so
 * macros are written only when the text that they are for is there.
 */
#include <string.h>

#include "man.h"

/* ---- Space ---- */

/* Are paragraph macros from here on to leave a blank line? */
void
man_space(struct man *m, int apart)
{
	if (m->spaced == apart)
		return;
	m->spaced = apart;
	if (apart)
		rp_roff_macro(m->r, "PD", NULL);
	else
		rp_roff_macro(m->r, "PD", "0", NULL);
}

static int
is_tight(const struct man *m)
{
	return m->level != NULL && m->level->tight;
}

int
man_first_apart(const struct man *m)
{
	return m->start == HEADED || (m->start == APART && !is_tight(m));
}

/* ---- Levels ---- */

void
man_open(struct man *m, int indent)
{
	struct level *l = rp_alloc(m->job->doc, sizeof(*l));

	l->up = m->level;
	l->tight = is_tight(m);
	l->total = l->up != NULL ? l->up->total : 0;
	l->indent = l->total + indent <= MOST_INDENT ? indent : 0;
	l->total += l->indent;
	m->level = l;
	if (m->start == TAGGED || m->start == LABELLED)
		m->start = CLOSE;
}

void
man_close(struct man *m)
{
	if (m->level->open)
		rp_roff_macro(m->r, "RE", NULL);
	/* An empty one after a heading has changed nothing. */
	if (m->level->open || m->start != HEADED)
		m->start = APART;
	m->level = m->level->up;
}

static void
write_levels(struct man *m, struct level *l)
{
	if (l == NULL || l->open)
		return;
	write_levels(m, l->up);
	rp_roff_macro(m->r, "RS", man_number(m->job, l->indent), NULL);
	l->open = 1;
}

/* Blocks before the first heading need one all the same. */
static void
ready(struct man *m)
{
	if (!m->in_section)
		man_section(m, rp_label(RP_L_MAN_DESCRIPTION, m->lang));
	m->printed = m->breaks = 0;
}

/* ---- Blocks ---- */

void
man_begin_block(struct man *m)
{
	ready(m);
	write_levels(m, m->level);
	if (m->start == APART) {
		man_space(m, !is_tight(m));
		rp_roff_macro(m->r, "PP", NULL);
	}
	m->start = APART;
}

void
man_begin(struct man *m)
{
	ready(m);
	if (m->start == LABELLED)
		rp_roff_macro(m->r, "br", NULL);
	if (m->start == TAGGED)
		m->start = APART;
	else
		man_begin_block(m);
}

void
man_line(struct man *m)
{
	rp_roff_line(m->r);
	m->breaks = 0;
}

void
man_label(struct man *m, const char *s)
{
	man_begin(m);
	man_font(m, 'B');
	man_text(m, s);
	man_font_end(m);
	man_line(m);
	m->start = LABELLED;
}

void
man_tag(struct man *m, int apart, const char *mark, int width)
{
	ready(m);
	write_levels(m, m->level);
	man_space(m, apart);
	rp_roff_macro(m->r, "IP", mark, man_number(m->job, width), NULL);
	man_open(m, width);
	m->start = TAGGED;
}

void
man_tag_line(struct man *m, int apart, int width)
{
	ready(m);
	write_levels(m, m->level);
	man_space(m, apart);
	rp_roff_macro(m->r, "TP", man_number(m->job, width), NULL);
	m->start = TAGGED;
}

/* ---- Helpers ---- */

/* Can anything of the text be seen?  Soft hyphens cannot. */
int
man_is_visible(const char *s)
{
	uint32_t cp;

	if (*s > ' ' && *s < 0x7F)	/* as mostly: no calls */
		return 1;
	while ((cp = rp_utf8_next(&s)) != 0) {
		if (man_is_common(cp) || (!rp_is_space(cp) && rp_columns(cp) > 0 && cp != 0xAD))
			return 1;
	}
	return 0;
}

/* Would nothing of it be seen? */
int
man_is_empty(const struct rp_node *node)
{
	const struct rp_node *first = rp_first(node);
	struct rp_walk w;

	if (first != NULL && rp_kind(first) == RP_TEXT && man_is_visible(rp_text(first)))
		return 0;
	w = rp_walk((struct rp_node *)node);
	while (rp_walk_next(&w)) {
		switch (rp_kind(w.node)) {
		case RP_TEXT:
		case RP_CODE:
		case RP_RAW_INLINE:
			if (man_is_visible(rp_text(w.node)))
				return 0;
			break;
		case RP_LINK:
			if (rp_get(w.node, RP_A_TARGET) == NULL && rp_get(w.node, RP_A_URL) != NULL)
				return 0;
			break;
		case RP_FOOTNOTE_REF:
		case RP_CODE_BLOCK:
		case RP_RAW_BLOCK:
		case RP_THEMATIC_BREAK:
		case RP_TABLE:
		case RP_LIST:
			return 0;
		default:
			break;
		}
	}
	return 1;
}

/* In decimal digits. */
const char *
man_number(struct rp_job *job, long n)
{
	char *p = (char *)rp_alloc(job->doc, 24) + 23;
	unsigned long u = n < 0 ? 0ul - (unsigned long)n : (unsigned long)n;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) > 0);
	if (n < 0)
		*--p = '-';
	return p;
}

int
man_is(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}
