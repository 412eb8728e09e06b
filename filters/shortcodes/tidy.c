/*
 * tidy.c - white space and empty blocks that markers leave behind.
 *
 * What Markdown makes has none of this, so it comes through unchanged.
 */
#include <string.h>

#include "shortcodes.h"

static int
is_inline(const struct rp_node *n)
{
	return rp_kind_class(rp_kind(n)) == RP_CLASS_INLINE;
}

static int
is_break(const struct rp_node *n)
{
	return n != NULL && (rp_kind(n) == RP_SOFT_BREAK || rp_kind(n) == RP_LINE_BREAK);
}

static int
is_text(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_TEXT;
}

/* ---- Texts ---- */

/* Two spaces where a marker was are one. */
static void
add_text(struct sc_string *t, const struct rp_node *n)
{
	const char *s = rp_text(n);

	if (t->len > 0 && t->p[t->len - 1] == ' ')
		s += strspn(s, " ");
	sc_put(t, s, strlen(s));
}

/* One text for all from n on; returns what follows. */
static struct rp_node *
join_texts(struct shortcodes *s, struct rp_node *n)
{
	struct sc_string t = { .doc = s->doc };
	struct rp_node *next = rp_next(n);

	if (!is_text(next))
		return next;
	add_text(&t, n);
	while (is_text(next)) {
		add_text(&t, next);
		rp_detach(next);
		next = rp_next(n);
	}
	rp_set_text_n(s->doc, n, t.p, t.len);
	return next;
}

static int
is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static void
trim(struct shortcodes *s, struct rp_node *n, int start, int end)
{
	const char *p = rp_text(n);
	size_t len = rp_text_len(n), from = 0;

	while (start && is_white(p[from]))
		from++;
	while (end && len > from && is_white(p[len - 1]))
		len--;
	if (from > 0 || len < rp_text_len(n))
		rp_set_text_n(s->doc, n, rp_dup(s->doc, p + from, len - from), len - from);
}

/* The inlines of one parent: texts joined, no white space around breaks, no two
 * breaks in a row. */
static void
tidy_inlines(struct shortcodes *s, struct rp_node *parent, int is_block)
{
	struct rp_node *n, *next, *prev;

	for (n = rp_first(parent); n != NULL; n = next) {
		next = is_text(n) ? join_texts(s, n) : rp_next(n);
		prev = rp_prev(n);
		if (is_text(n))
			trim(s, n, is_block ? prev == NULL || is_break(prev) : is_break(prev),
			    is_block ? next == NULL || is_break(next) : is_break(next));
		if ((is_text(n) && rp_text_len(n) == 0) ||
		    (is_break(n) && is_block && prev == NULL) ||
		    (rp_kind(n) == RP_SOFT_BREAK && is_break(prev)))
			rp_detach(n);
	}
	while (is_block && is_break(rp_last(parent)))
		rp_detach(rp_last(parent));
	n = rp_last(parent);
	if (is_block && is_text(n))
		trim(s, n, 0, 1);
}

/* ---- Blocks ---- */

/* A list, an item or a quote of which all has gone. */
static int
is_emptied(const struct shortcodes *s, const struct rp_node *n)
{
	return n == s->emptied && rp_first(n) == NULL && rp_parent(n) != NULL &&
	    (rp_kind(n) == RP_ITEM || rp_kind(n) == RP_LIST || rp_kind(n) == RP_BLOCK_QUOTE);
}

static int
is_raw(const struct rp_node *n)
{
	return rp_kind(n) == RP_RAW_BLOCK || rp_kind(n) == RP_RAW_INLINE;
}

/* Does it hold inlines among blocks, which were in raw HTML?  From the first raw node
 * on, the html transform sees to that. */
static int
has_loose_inlines(const struct rp_node *parent)
{
	const struct rp_node *n;
	int inlines = 0, blocks = rp_kind(parent) != RP_CELL && rp_kind(parent) != RP_CAPTION;

	if (!sc_holds_blocks(parent))
		return 0;
	for (n = rp_first(parent); n != NULL && !is_raw(n); n = rp_next(n)) {
		inlines |= is_inline(n);
		blocks |= !is_inline(n);
	}
	return inlines && blocks;
}

static void
wrap_loose_inlines(struct shortcodes *s, struct rp_node *parent)
{
	struct rp_node *n, *next, *para = NULL;

	for (n = rp_first(parent); n != NULL && !is_raw(n); n = next) {
		next = rp_next(n);
		if (!is_inline(n)) {
			para = NULL;
			continue;
		}
		if (para == NULL) {
			para = rp_new(s->doc, RP_PARAGRAPH);
			rp_set_pos(para, rp_pos(n));
			rp_insert_before(n, para);
		}
		rp_append(para, n);
		if (next != NULL && is_inline(next) && !is_raw(next))
			continue;
		tidy_inlines(s, para, 1);
		if (rp_first(para) == NULL)
			rp_detach(para);
	}
}

/* Are there inlines below it, none of which holds others?  Then nothing is to be done to these. */
static int
holds_leaves(const struct rp_node *parent)
{
	const struct rp_node *n = rp_first(parent);

	while (n != NULL && rp_first(n) == NULL && is_inline(n))
		n = rp_next(n);
	return n == NULL;
}

/* Is there one text in it, with nothing to cut off, as in most that hold one? */
static int
is_tidy(const struct rp_node *parent)
{
	const struct rp_node *n = rp_first(parent);
	size_t len;

	if (!is_text(n) || n != rp_last(parent) || (len = rp_text_len(n)) == 0 ||
	    is_white(rp_text(n)[0]) || is_white(rp_text(n)[len - 1]))
		return 0;
	return rp_kind(parent) == RP_CELL || !sc_holds_blocks(parent);
}

void
sc_tidy(struct shortcodes *s)
{
	struct rp_walk w = rp_walk(s->job->root);

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER) {
			if (holds_leaves(w.node) || rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
				rp_walk_skip(&w);
			continue;
		}
		if (is_tidy(w.node))
			continue;
		if (has_loose_inlines(w.node))
			wrap_loose_inlines(s, w.node);
		else if (rp_first(w.node) != NULL && is_inline(rp_first(w.node)))
			tidy_inlines(s, w.node, !is_inline(w.node));
		if ((rp_kind(w.node) == RP_PARAGRAPH && rp_first(w.node) == NULL) ||
		    is_emptied(s, w.node)) {
			s->emptied = rp_parent(w.node);
			rp_detach(w.node);
		}
	}
}
