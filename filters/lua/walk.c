/*
 * walk.c - a pass over a tree, by pandoc's rules.
 *
 * Typewise: all inlines, then lists of inlines, blocks, lists of blocks, front
 * matter, the document; each from the leaves up.  Topdown: from the root, depth
 * first, a list before its nodes; `false` as second result stops the descent.
 *
 * A script may change the tree anywhere while it is walked.  So the nodes of a step
 * are gathered before its first function runs, and one that has been taken out
 * since is passed over; what a function put in is not given to the same step.
 */
#include <string.h>

#include "script.h"

/* A stack of nodes that Lua's collector frees: an error may leave from anywhere. */
struct gathered {
	struct entry { struct rp_node *node; int down; } *at;
	size_t	 count, cap;
	int	 index;			/* of its memory on Lua's stack */
};

static void
gather_open(lua_State *L, struct gathered *g)
{
	memset(g, 0, sizeof(*g));
	lua_pushnil(L);
	g->index = lua_gettop(L);
}

static void
gather(lua_State *L, struct gathered *g, struct rp_node *n, int down)
{
	if (g->count == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 64;
		void *more = lua_newuserdatauv(L, cap * sizeof(*g->at), 0);

		if (g->count > 0)
			memcpy(more, g->at, g->count * sizeof(*g->at));
		lua_replace(L, g->index);
		g->at = more;
		g->cap = cap;
	}
	g->at[g->count++] = (struct entry){ n, down };
}

/* Does the node still stand below root? */
static int
stands(const struct rp_node *n, const struct rp_node *root)
{
	while (n != root && n != NULL)
		n = rp_parent(n);
	return n != NULL;
}

/* ---- Lists ---- */

enum list { NO_LIST, LIST_OF_INLINES, LIST_OF_BLOCKS };

static enum list
list_of(const struct rp_node *n)
{
	const struct rp_node *c = rp_first(n);

	while (c != NULL && rp_kind_class(rp_kind(c)) == RP_CLASS_META)
		c = rp_next(c);
	if (c == NULL || rp_kind_class(rp_kind(n)) == RP_CLASS_META)
		return NO_LIST;
	if (rp_kind_class(rp_kind(c)) == RP_CLASS_INLINE)
		return LIST_OF_INLINES;
	return rp_kind(n) == RP_TABLE || rp_kind_class(rp_kind(c)) != RP_CLASS_BLOCK ? NO_LIST : LIST_OF_BLOCKS;
}

/* Gives the children of n, in a table, to Blocks or Inlines.  0: go no deeper. */
static int
call_list(lua_State *L, const struct pass *p, struct rp_node *n)
{
	enum list list = list_of(n);
	int slot = list == LIST_OF_INLINES ? SLOT_INLINES : SLOT_BLOCKS, deeper, i = 0;
	struct script *s = script_of(L);
	const struct rp_node *was = s->at;
	struct rp_node *c;

	if (list == NO_LIST || !p->has[slot])
		return 1;
	s->at = n;
	lua_newtable(L);
	for (c = rp_first(n); c != NULL; c = rp_next(c)) {
		if (rp_kind_class(rp_kind(c)) == RP_CLASS_META)
			continue;
		node_push(L, c);
		lua_rawseti(L, -2, ++i);
	}
	pass_call(L, p, slot, n);
	deeper = !lua_isboolean(L, -1) || lua_toboolean(L, -1);
	lua_pop(L, 1);
	if (!lua_isnil(L, -1)) {
		lua_rawgeti(L, p->functions, slot + 1);
		children_flatten(L, -2);
		if (!lua_istable(L, -2))
			blame_function(L, -1, "%s returned a %s: nil or a list of nodes is wanted",
			    pass_name(L, slot), luaL_typename(L, -2));
		blame_giver(L, -1, pass_name(L, slot));
		lua_pop(L, 1);
		result_fill(L, n, lua_gettop(L));
	}
	lua_pop(L, 1);
	s->at = was;
	return deeper;
}

/* ---- Typewise ---- */

enum step { INLINES, LISTS_OF_INLINES, BLOCKS, LISTS_OF_BLOCKS, METAS };

static int
wanted(const struct pass *p, const struct rp_node *n, enum step step)
{
	enum rp_class class = rp_kind_class(rp_kind(n));

	switch (step) {
	case INLINES:
		return class == RP_CLASS_INLINE && pass_slot(p, n) != SLOT_MAX;
	case LISTS_OF_INLINES:
		return list_of(n) == LIST_OF_INLINES;
	case BLOCKS:
		return (class == RP_CLASS_BLOCK || class == RP_CLASS_PART) && pass_slot(p, n) != SLOT_MAX;
	case LISTS_OF_BLOCKS:
		return list_of(n) == LIST_OF_BLOCKS;
	case METAS:
	default:
		return class == RP_CLASS_META && pass_slot(p, n) != SLOT_MAX;
	}
}

static void
gather_step(lua_State *L, const struct pass *p, struct rp_node *root, enum step step, struct gathered *g)
{
	struct rp_walk w = rp_walk(root);
	int lists = step == LISTS_OF_INLINES || step == LISTS_OF_BLOCKS;

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER) {
			if (step != METAS && rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
				rp_walk_skip(&w);
		} else if ((w.node != root || lists) && wanted(p, w.node, step)) {
			gather(L, g, w.node, 0);
		}
	}
}

static void
call_node(lua_State *L, const struct pass *p, int slot, struct rp_node *n)
{
	struct place place = place_of(n);

	node_push(L, n);
	pass_call(L, p, slot, n);
	lua_pop(L, 1);
	if (!lua_isnil(L, -1))
		result_put(L, p, slot, place, lua_gettop(L), 0);
	lua_pop(L, 1);
}

static void
walk_step(lua_State *L, const struct pass *p, struct rp_node *root, enum step step)
{
	struct gathered g;
	size_t i;
	int slot;

	gather_open(L, &g);
	gather_step(L, p, root, step, &g);
	for (i = 0; i < g.count; i++) {
		if (!stands(g.at[i].node, root))
			continue;
		if (step == LISTS_OF_INLINES || step == LISTS_OF_BLOCKS)
			call_list(L, p, g.at[i].node);
		else if ((slot = pass_slot(p, g.at[i].node)) != SLOT_MAX)
			call_node(L, p, slot, g.at[i].node);
	}
	lua_pop(L, 1);
}

static void
call_meta(lua_State *L, const struct pass *p)
{
	struct rp_node *meta = rp_meta(node_doc(L));

	meta_push(L, meta);
	pass_call(L, p, SLOT_META, meta);
	lua_pop(L, 1);
	if (!lua_isnil(L, -1))
		meta_assign(L, meta, lua_gettop(L));
	lua_pop(L, 1);
}

static void
walk_typewise(lua_State *L, const struct pass *p, struct rp_node *root, int whole)
{
	if (p->inlines)
		walk_step(L, p, root, INLINES);
	if (p->has[SLOT_INLINES])
		walk_step(L, p, root, LISTS_OF_INLINES);
	if (p->blocks)
		walk_step(L, p, root, BLOCKS);
	if (p->has[SLOT_BLOCKS])
		walk_step(L, p, root, LISTS_OF_BLOCKS);
	if (!whole)
		return;
	if (p->metas) {
		walk_step(L, p, root, METAS);
		if (p->has[SLOT_META])
			call_meta(L, p);
	}
	if (p->has[RP_DOCUMENT])
		call_node(L, p, RP_DOCUMENT, root);
}

/* ---- Topdown ---- */

/* Goes on below n: its list first, then its children, the first one on top. */
static void
descend(lua_State *L, const struct pass *p, struct rp_node *n, struct gathered *g)
{
	struct rp_node *c;

	if (!call_list(L, p, n))
		return;
	for (c = rp_last(n); c != NULL; c = rp_prev(c))
		if (rp_kind_class(rp_kind(c)) != RP_CLASS_META)
			gather(L, g, c, 0);
}

/* Calls the node's function, and goes on below whatever stands in its place then. */
static void
visit(lua_State *L, const struct pass *p, struct rp_node *n, struct gathered *g)
{
	struct place place = place_of(n);
	int slot = pass_slot(p, n), deeper;
	lua_Integer i;

	if (slot == SLOT_MAX) {
		gather(L, g, n, 1);
		return;
	}
	node_push(L, n);
	pass_call(L, p, slot, n);
	deeper = !lua_isboolean(L, -1) || lua_toboolean(L, -1);
	lua_pop(L, 1);
	if (lua_isnil(L, -1)) {
		if (deeper)
			gather(L, g, n, 1);
		lua_pop(L, 1);
		return;
	}
	result_put(L, p, slot, place, lua_gettop(L), 1);
	for (i = (lua_Integer)lua_rawlen(L, -1); deeper && i > 0; i--) {
		lua_rawgeti(L, -1, i);
		gather(L, g, node_check(L, -1), 1);
		lua_pop(L, 1);
	}
	lua_pop(L, 2);
}

static void
walk_topdown(lua_State *L, const struct pass *p, struct rp_node *root, int whole)
{
	struct gathered g;
	struct entry e;

	gather_open(L, &g);
	if (whole && p->metas) {
		walk_step(L, p, root, METAS);
		if (p->has[SLOT_META])
			call_meta(L, p);
	}
	gather(L, &g, root, !whole);
	while (g.count > 0) {
		e = g.at[--g.count];
		if (!stands(e.node, root))
			continue;
		if (e.down)
			descend(L, p, e.node, &g);
		else
			visit(L, p, e.node, &g);
	}
	lua_pop(L, 1);
}

void
walk_pass(lua_State *L, const struct pass *p, struct rp_node *root, int whole)
{
	luaL_checkstack(L, 20, "too many functions within one another");
	if (p->topdown)
		walk_topdown(L, p, root, whole);
	else
		walk_typewise(L, p, root, whole);
}
