/*
 * html_blocks.c - blocks or inlines: what an element holds is either the one or the
 * other, however its author mixed them.
 */
#include <string.h>

#include "html.h"

int
html_is_block(const struct rp_node *n)
{
	return rp_kind_class(rp_kind(n)) != RP_CLASS_INLINE && rp_kind(n) != RP_COMMENT;
}

/* Is there nothing to see in it? */
static int
is_blank(const struct rp_node *n)
{
	const char *s = rp_text(n);

	switch (rp_kind(n)) {
	case RP_TEXT:
		return s[strspn(s, " \t\n")] == '\0';
	case RP_SOFT_BREAK:
	case RP_LINE_BREAK:
	case RP_COMMENT:
		return 1;
	default:
		return 0;
	}
}

static struct rp_node *
end_of_run(struct rp_node *n, int *blank)
{
	*blank = 1;
	for (; n != NULL && !html_is_block(n); n = rp_next(n))
		*blank &= is_blank(n);
	return n;
}

/* Puts inlines, up to end, into a paragraph; comments cannot stand among them. */
static void
wrap(struct rp_doc *doc, struct rp_node *first, const struct rp_node *end)
{
	struct rp_node *para = rp_new(doc, RP_PARAGRAPH), *n, *next;
	struct rp_pos pos = { 0 }, p;

	rp_insert_before(first, para);
	for (n = first; n != end; n = next) {
		next = rp_next(n);
		p = rp_pos(n);
		if (rp_kind(n) == RP_COMMENT) {
			rp_detach(n);
			continue;
		}
		rp_append(para, n);
		if (p.line == 0 || is_blank(n))
			continue;
		if (pos.line == 0)
			pos = p;
		pos.end_line = p.end_line;
		pos.end_col = p.end_col;
	}
	rp_set_pos(para, pos);
}

/* Takes the comments out of a run, or all the rest. */
static void
drop_run(struct rp_node *first, const struct rp_node *end, int comments)
{
	struct rp_node *n, *next;

	for (n = first; n != end; n = next) {
		next = rp_next(n);
		if ((rp_kind(n) == RP_COMMENT) == comments)
			rp_detach(n);
	}
}

void
html_settle(struct rp_doc *doc, struct rp_node *content, int blocks)
{
	struct rp_node *n, *end;
	int blank;

	end = end_of_run(rp_first(content), &blank);
	blocks |= end != NULL || (blank && rp_child(content, RP_COMMENT) != NULL);
	if (!blocks) {
		drop_run(rp_first(content), NULL, 1);
		return;
	}
	for (n = rp_first(content); n != NULL; n = end) {
		if (html_is_block(n)) {
			end = rp_next(n);
			continue;
		}
		end = end_of_run(n, &blank);
		if (blank)
			drop_run(n, end, 0);
		else
			wrap(doc, n, end);
	}
	if (rp_kind(content) == RP_SPAN)
		rp_set_kind(content, RP_DIV);
}
