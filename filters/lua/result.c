/*
 * result.c - what a function returned, put into the tree: a node in the place of
 * another, a list in its place, or nothing at all.
 */
#include "script.h"

/* A value is no node or list: says whose it was. */
static int
not_wanted(lua_State *L, const struct pass *p, int slot, int index)
{
	lua_rawgeti(L, p->functions, slot + 1);
	return blame_function(L, -1, "%s returned a %s: nil, a node, or a list of nodes is wanted",
	    pass_name(L, slot), luaL_typename(L, index));
}

/* One node stands in one place: what the list has already is copied. */
static struct rp_node *
member(lua_State *L, const struct rp_node *parent, int list, lua_Integer i, int seen)
{
	struct rp_node *n;

	lua_rawgeti(L, list, i);
	n = make_child(L, parent, lua_gettop(L));
	lua_pop(L, 1);
	if (lua_rawgetp(L, seen, n) != LUA_TNIL) {
		state_charge(L, 256);
		n = rp_copy(node_doc(L), n);
	}
	lua_pop(L, 1);
	lua_pushboolean(L, 1);
	lua_rawsetp(L, seen, n);
	return n;
}

/* Pushes a table of the nodes that a list stands for below parent.  All errors are found
 * here, before the tree is touched. */
static void
resolve(lua_State *L, const struct rp_node *parent, int list)
{
	lua_Integer i, count = (lua_Integer)lua_rawlen(L, list);
	struct rp_node *n;
	int nodes, seen;

	lua_newtable(L);
	nodes = lua_gettop(L);
	lua_newtable(L);
	seen = lua_gettop(L);
	for (i = 1; i <= count; i++) {
		n = member(L, parent, list, i, seen);
		change_allow(L, parent, n);
		change_allow_out(L, n);
		node_push(L, n);
		lua_rawseti(L, nodes, i);
	}
	lua_pop(L, 1);
}

/* Puts resolved nodes before mark, wherever they stood. */
static void
splice(lua_State *L, struct rp_node *mark, int nodes)
{
	lua_Integer i, count = (lua_Integer)lua_rawlen(L, nodes);

	for (i = 1; i <= count; i++) {
		lua_rawgeti(L, nodes, i);
		rp_insert_before(mark, node_check(L, -1));
		lua_pop(L, 1);
	}
	rp_detach(mark);
	script_of(L)->edits++;
}

struct place
place_of(struct rp_node *n)
{
	struct place place = { n, rp_parent(n), rp_prev(n), rp_next(n) };

	return place;
}

/* A node of our own at the place, to insert before; NULL if the place is no more. */
static struct rp_node *
mark(lua_State *L, const struct place *at)
{
	struct rp_node *m;

	if (at->parent == NULL)
		return NULL;
	state_charge(L, 128);
	m = rp_new(node_doc(L), RP_COMMENT);
	if (rp_parent(at->node) == at->parent)
		rp_insert_before(at->node, m);
	else if (at->next != NULL && rp_parent(at->next) == at->parent)
		rp_insert_before(at->next, m);
	else if (at->prev != NULL && rp_parent(at->prev) == at->parent)
		rp_insert_after(at->prev, m);
	else if (at->next == NULL || rp_first(at->parent) == NULL)
		rp_append(at->parent, m);
	else
		return NULL;
	return m;
}

/* Puts the value at index, which is not the node itself, in its place; leaves a table of
 * what then stands there on the stack. */
static void
put(lua_State *L, const struct pass *p, int slot, const struct place *at, int index)
{
	struct rp_node *m;

	if (at->parent != NULL) {
		change_allow_out(L, at->node);
		if (!lua_istable(L, index)) {	/* a list of one */
			lua_newtable(L);
			lua_pushvalue(L, index);
			lua_rawseti(L, -2, 1);
			lua_replace(L, index);
		}
		resolve(L, at->parent, index);
	}
	m = mark(L, at);
	if (m == NULL) {
		lua_rawgeti(L, p->functions, slot + 1);
		blame_function(L, -1, "%s returned something for a place that is no more", pass_name(L, slot));
	}
	if (rp_parent(at->node) == at->parent)
		rp_detach(at->node);
	splice(L, m, lua_gettop(L));
}

void
result_put(lua_State *L, const struct pass *p, int slot, struct place at, int index, int list)
{
	struct script *s = script_of(L);
	const struct rp_node *was = s->at;
	int type;

	s->at = at.node;
	lua_rawgeti(L, p->functions, slot + 1);
	blame_giver(L, lua_gettop(L), pass_name(L, slot));
	lua_pop(L, 1);
	children_flatten(L, index);
	type = lua_type(L, index);
	if (node_test(L, index) == at.node) {
		lua_newtable(L);
		lua_pushvalue(L, index);
		lua_rawseti(L, -2, 1);
	} else if (type != LUA_TUSERDATA && type != LUA_TTABLE && type != LUA_TSTRING) {
		not_wanted(L, p, slot, index);
	} else {
		put(L, p, slot, &at, index);
	}
	s->at = was;
	if (!list)
		lua_pop(L, 1);
}

void
result_fill(lua_State *L, struct rp_node *parent, int index)
{
	struct rp_node *m, *c, *next;

	resolve(L, parent, index);
	state_charge(L, 128);
	m = rp_new(node_doc(L), RP_COMMENT);
	rp_append(parent, m);
	for (c = rp_first(parent); c != m; c = next) {
		next = rp_next(c);
		if (rp_kind_class(rp_kind(parent)) == RP_CLASS_META || rp_kind_class(rp_kind(c)) != RP_CLASS_META)
			rp_detach(c);
	}
	splice(L, m, lua_gettop(L));
	lua_pop(L, 1);
}
