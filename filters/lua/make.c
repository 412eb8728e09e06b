/*
 * make.c - new nodes: rolepress.Heading{level = 2, "text", node ...} for every kind,
 * made from the list of kinds in a loop.
 */
#include "script.h"

enum { NODE_BYTES = 128 };	/* about what a node takes */

/* It stands for the node whose function made it, when somebody reports on it later. */
static struct rp_node *
new_node(lua_State *L, enum rp_kind k)
{
	struct rp_doc *doc = node_doc(L);
	const struct rp_node *at = blame_node(script_of(L)->at);
	struct rp_node *n;

	state_charge(L, NODE_BYTES);
	n = rp_new(doc, k);
	if (at != NULL)
		rp_set_pos(n, rp_pos(at));
	return n;
}

static struct rp_node *
new_text(lua_State *L, int index)
{
	struct rp_node *n = new_node(L, RP_TEXT);
	const char *text;
	size_t len;

	text = node_text(L, index, &len);
	state_charge(L, len + 1);
	rp_set_text_n(node_doc(L), n, text, len);
	return n;
}

struct rp_node *
make_child(lua_State *L, const struct rp_node *parent, int index)
{
	struct rp_node *n, *outer;

	if (lua_type(L, index) != LUA_TSTRING && lua_type(L, index) != LUA_TNUMBER) {
		if (node_test(L, index) == NULL)
			luaL_error(L, "a node is wanted in %s, not a %s", node_kind(L, rp_kind(parent)),
			    luaL_typename(L, index));
		return node_check_own(L, index);
	}
	n = new_text(L, index);
	if (rp_may_hold(rp_kind(parent), RP_TEXT) || !rp_may_hold(rp_kind(parent), RP_PARAGRAPH))
		return n;
	outer = new_node(L, RP_PARAGRAPH);
	rp_append(outer, n);
	return outer;
}

void
make_children(lua_State *L, struct rp_node *parent, int list)
{
	lua_Integer i;
	struct rp_node *n;

	for (i = 1; lua_rawgeti(L, list, i) != LUA_TNIL; i++) {
		n = make_child(L, parent, lua_gettop(L));
		if (rp_parent(n) == parent) {	/* a second time: one node stands in one place */
			state_charge(L, NODE_BYTES);
			n = rp_copy(node_doc(L), n);
		}
		change_allow(L, parent, n);
		change_allow_out(L, n);
		rp_append(parent, n);
		lua_pop(L, 1);
	}
	lua_pop(L, 1);
	script_of(L)->edits++;
}

/* The fields beside the children, set as a script would: node.level = 2. */
static void
set_fields(lua_State *L, int node, int from)
{
	for (lua_pushnil(L); lua_next(L, from) != 0; lua_pop(L, 1)) {
		if (lua_type(L, -2) != LUA_TSTRING)
			continue;
		lua_pushvalue(L, -2);
		lua_pushvalue(L, -2);
		lua_settable(L, node);
	}
}

/* Upvalue: the kind. */
static int
make(lua_State *L)
{
	enum rp_kind k = (enum rp_kind)lua_tointeger(L, lua_upvalueindex(1));
	struct rp_node *n = new_node(L, k);

	lua_settop(L, 1);
	children_flatten(L, 1);
	node_push(L, n);
	if (lua_istable(L, 1)) {
		set_fields(L, 2, 1);
		make_children(L, n, 1);
	} else if (!lua_isnil(L, 1)) {
		/* What holds no children takes a string as its text. */
		if (lua_isstring(L, 1) && !rp_may_hold(k, RP_TEXT) && !rp_may_hold(k, RP_PARAGRAPH)) {
			lua_pushvalue(L, 1);
			lua_setfield(L, 2, "text");
			return 1;
		}
		lua_newtable(L);
		lua_pushvalue(L, 1);
		lua_rawseti(L, -2, 1);
		make_children(L, n, lua_gettop(L));
		lua_pop(L, 1);
	}
	return 1;
}

void
make_open(lua_State *L, int table)
{
	int k;

	for (k = 0; k < RP_KIND_MAX; k++) {
		if (rp_kind_class((enum rp_kind)k) == RP_CLASS_ROOT)
			continue;
		lua_pushinteger(L, k);
		lua_pushcclosure(L, make, 1);
		lua_setfield(L, table, node_kind(L, (enum rp_kind)k));
	}
}
