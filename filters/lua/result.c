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
member(lua_State *L, struct rp_node *parent, int list, lua_Integer i, int seen)
{
	struct rp_node *n;

	lua_rawgeti(L, list, i);
	n = make_child(L, parent, lua_gettop(L));
	lua_pop(L, 1);
	if (lua_rawgetp(L, seen, n) != LUA_TNIL) {
		struct rp_node *copy = rp_copy(node_doc(L), n);

		state_charge(L, 256);
		n = copy;
	}
	lua_pop(L, 1);
	lua_pushboolean(L, 1);
	lua_rawsetp(L, seen, n);
	return n;
}

/* Puts the list before mark, below parent; the nodes may have stood anywhere. */
static void
splice(lua_State *L, struct rp_node *parent, struct rp_node *mark, int list, int made)
{
	lua_Integer i, count = (lua_Integer)lua_rawlen(L, list);
	struct rp_node *n;
	int seen;

	lua_newtable(L);
	seen = lua_gettop(L);
	for (i = 1; i <= count; i++) {
		n = member(L, parent, list, i, seen);
		change_allow(L, parent, n);
		change_allow_out(L, n);
		rp_insert_before(mark, n);
		if (made != 0) {
			node_push(L, n);
			lua_rawseti(L, made, i);
		}
	}
	lua_pop(L, 1);
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

/* Puts the value at index, which is not the node itself, in its place. */
static void
put(lua_State *L, const struct pass *p, int slot, const struct place *at, int index, int made)
{
	struct rp_node *m;

	change_allow_out(L, at->node);
	m = mark(L, at);
	if (m == NULL) {
		lua_rawgeti(L, p->functions, slot + 1);
		blame_function(L, -1, "%s returned something for a place that is no more", pass_name(L, slot));
	}
	if (!lua_istable(L, index)) {	/* a list of one */
		lua_newtable(L);
		lua_pushvalue(L, index);
		lua_rawseti(L, -2, 1);
		lua_replace(L, index);
	}
	if (rp_parent(at->node) == at->parent)
		rp_detach(at->node);
	splice(L, at->parent, m, index, made);
	rp_detach(m);
	script_of(L)->edits++;
}

void
result_put(lua_State *L, const struct pass *p, int slot, struct place at, int index, int list)
{
	struct script *s = script_of(L);
	const struct rp_node *was = s->at;
	int type, made;

	s->at = at.node;
	lua_rawgeti(L, p->functions, slot + 1);
	blame_giver(L, lua_gettop(L), pass_name(L, slot));
	lua_pop(L, 1);
	children_flatten(L, index);
	type = lua_type(L, index);
	lua_newtable(L);
	made = lua_gettop(L);
	if (node_test(L, index) == at.node) {
		lua_pushvalue(L, index);
		lua_rawseti(L, made, 1);
	} else if (type != LUA_TUSERDATA && type != LUA_TTABLE && type != LUA_TSTRING) {
		not_wanted(L, p, slot, index);
	} else {
		put(L, p, slot, &at, index, made);
	}
	s->at = was;
	if (!list)
		lua_settop(L, made - 1);
}

void
result_fill(lua_State *L, struct rp_node *parent, int index)
{
	struct rp_node *mark = rp_new(node_doc(L), RP_COMMENT), *c, *next;

	state_charge(L, 128);
	rp_append(parent, mark);
	for (c = rp_first(parent); c != mark; c = next) {
		next = rp_next(c);
		if (rp_kind_class(rp_kind(parent)) == RP_CLASS_META || rp_kind_class(rp_kind(c)) != RP_CLASS_META)
			rp_detach(c);
	}
	splice(L, parent, mark, index, 0);
	rp_detach(mark);
	script_of(L)->edits++;
}
