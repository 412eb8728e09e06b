/*
 * place.c - out of inlines into blocks.
 *
 * A marker alone in its line is a word in a paragraph to Markdown, or even, being
 * lazy, in the last item of a list.  Lifting splits what is around it until it
 * stands among blocks.
 */
#include <string.h>

#include "shortcodes.h"

struct rp_pos
sc_end_pos(const struct sc_marker *m)
{
	struct rp_pos pos = rp_pos(m->node);
	size_t i;

	for (i = 0; i < m->len; i++)
		pos.line += m->text[i] == '\n';
	return pos;
}

/* ---- Where blocks can be ---- */

enum holds { NOTHING, METAS, BLOCKS, INLINES, FLOW, PARTS };

int
sc_holds_blocks(const struct rp_node *n)
{
	static const enum holds holds[RP_KIND_MAX] = {
#define RP_KIND(id, name, class, what) [RP_##id] = what,
#include <rolepress/node.def>
	};

	return holds[rp_kind(n)] == BLOCKS || holds[rp_kind(n)] == FLOW;
}

/* What can be split in two. */
static int
is_divisible(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_PARAGRAPH:
	case RP_LIST:
	case RP_ITEM:
	case RP_BLOCK_QUOTE:
	case RP_DIV:
	case RP_SPAN:
	case RP_EMPHASIS:
	case RP_STRONG:
	case RP_STRIKETHROUGH:
		return 1;
	default:
		return 0;
	}
}

int
sc_depth(const struct rp_node *n)
{
	int d = 0;

	while ((n = rp_parent(n)) != NULL)
		d++;
	return d;
}

static struct rp_node *
common_ancestor(struct rp_node *a, struct rp_node *b)
{
	int i = sc_depth(a), k = sc_depth(b);

	for (; i > k; i--)
		a = rp_parent(a);
	for (; k > i; k--)
		b = rp_parent(b);
	for (; a != b; a = rp_parent(a))
		b = rp_parent(b);
	return a;
}

static int
can_rise(const struct rp_node *n, const struct rp_node *home)
{
	for (n = rp_parent(n); n != home; n = rp_parent(n))
		if (!is_divisible(n))
			return 0;
	return 1;
}

static int
is_break(const struct rp_node *n)
{
	return rp_kind(n) == RP_SOFT_BREAK || rp_kind(n) == RP_LINE_BREAK;
}

int
sc_on_own_line(const struct rp_node *n)
{
	const struct rp_node *before = rp_prev(n), *after = rp_next(n);

	return (before == NULL || is_break(before)) && (after == NULL || is_break(after)) &&
	    rp_parent(n) != NULL && sc_holds_blocks(rp_parent(rp_parent(n)));
}

/* Does a line begin with it that the list's item holds only since it ended a
 * paragraph there?  Then its author meant it to stand after the list. */
static int
is_lazy(const struct rp_node *marker, const struct rp_node *item)
{
	const struct rp_node *first = rp_first(item);
	struct rp_pos pos = rp_pos(marker);

	return pos.line > rp_pos(item).line && pos.col < rp_pos(first).col &&
	    (rp_prev(marker) == NULL || is_break(rp_prev(marker)));
}

/* Cells hold inlines or blocks. */
static void
wrap_inlines(struct shortcodes *s, struct rp_node *cell)
{
	struct rp_node *para;

	if (rp_first(cell) == NULL || rp_kind_class(rp_kind(rp_first(cell))) != RP_CLASS_INLINE)
		return;
	para = rp_new(s->doc, RP_PARAGRAPH);
	rp_set_pos(para, rp_pos(rp_first(cell)));
	rp_move_children(para, cell);
	rp_append(cell, para);
}

struct rp_node *
sc_home(struct shortcodes *s, struct rp_node *a, struct rp_node *b)
{
	struct rp_node *home = common_ancestor(rp_parent(a), rp_parent(b)), *list;

	while (!sc_holds_blocks(home) && rp_kind(home) != RP_DOCUMENT)
		home = rp_parent(home);
	if (!can_rise(a, home) || !can_rise(b, home))
		return NULL;
	while (rp_kind(home) == RP_ITEM && is_lazy(a, home)) {
		list = rp_parent(home);
		home = rp_parent(list);
	}
	if (rp_kind(home) == RP_CELL || rp_kind(home) == RP_CAPTION)
		wrap_inlines(s, home);
	return home;
}

/* ---- Lifting ---- */

/* A node like it, without children; ids and the beginning stay with the first. */
static struct rp_node *
alike(struct rp_doc *doc, const struct rp_node *n)
{
	struct rp_node *r = rp_new(doc, rp_kind(n));
	const char *name, *value;
	size_t i;
	struct rp_pos pos = rp_pos(n);
	enum rp_attr a;

	pos.line = pos.col = 0;
	rp_set_pos(r, pos);
	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1)) {
		if (a == RP_A_ID || a == RP_A_ALIAS)
			continue;
		if (rp_attr_type(a) == RP_TYPE_STRING)
			rp_set(doc, r, a, rp_get(n, a));
		else
			rp_set_int(doc, r, a, rp_get_int(n, a, 0));
	}
	for (i = 0; rp_named_at(n, i, &name, &value); i++)
		rp_set_named(doc, r, name, value);
	return r;
}

/* The rest of an ordered list goes on with its numbers.  A long one is split often,
 * from its end on: what it has left is remembered. */
static void
go_on_counting(struct shortcodes *s, const struct rp_node *list, struct rp_node *rest, long moved)
{
	const struct rp_node *n;
	long count = 0;

	if (!rp_get_int(list, RP_A_ORDERED, 0))
		return;
	if (list == s->split_list)
		count = s->split_items - moved;
	else
		for (n = rp_first(list); n != NULL; n = rp_next(n))
			count++;
	s->split_list = list;
	s->split_items = count;
	rp_set_int(s->doc, rest, RP_A_START, rp_get_int(list, RP_A_START, 1) + count);
}

/* The position of a rest is that of the first of its children that has one. */
static void
begin_with(struct rp_node *rest, const struct rp_node *child)
{
	struct rp_pos pos = rp_pos(rest), first = rp_pos(child);

	if (pos.line > 0 || first.line == 0)
		return;
	pos.line = first.line;
	pos.col = first.col;
	rp_set_pos(rest, pos);
}

/* Puts n behind its parent, and what followed it behind that.  What followed in a
 * list's item is no item of its own. */
static void
rise(struct shortcodes *s, struct rp_node *n)
{
	struct rp_node *parent = rp_parent(n), *next, *rest = NULL, *last = n;
	int in_list = rp_kind(parent) == RP_LIST;
	long moved = 0;

	next = rp_next(n);
	rp_insert_after(parent, n);
	while (next != NULL) {
		struct rp_node *c = next;

		next = rp_next(c);
		if (rp_kind(parent) == RP_ITEM || (in_list && rp_kind(c) != RP_ITEM)) {
			rp_insert_after(last, c);
			last = c;
			continue;
		}
		if (rest == NULL) {
			rest = alike(s->doc, parent);
			rp_insert_after(last, rest);
		}
		rp_append(rest, c);
		begin_with(rest, c);
		moved++;
	}
	if (in_list && rest != NULL)
		go_on_counting(s, parent, rest, moved);
	if (rp_first(parent) == NULL)
		rp_detach(parent);
}

void
sc_lift(struct shortcodes *s, struct rp_node *n, struct rp_node *home)
{
	while (rp_parent(n) != home)
		rise(s, n);
}

int
sc_stand(struct shortcodes *s, struct sc_marker *m, struct rp_node *block)
{
	struct rp_node *home = sc_home(s, m->node, m->node);

	if (home == NULL)
		return 0;
	sc_lift(s, m->node, home);
	rp_replace(m->node, block);
	return 1;
}

struct rp_node *
sc_enclose(struct shortcodes *s, struct sc_marker *m, enum rp_kind kind)
{
	struct rp_node *end = m->partner->node, *box = sc_new(s, m, kind);

	sc_lift(s, m->node, rp_parent(end));
	rp_insert_before(m->node, box);
	while (rp_next(m->node) != end)
		rp_append(box, rp_next(m->node));
	rp_detach(m->node);
	rp_detach(end);
	return box;
}
