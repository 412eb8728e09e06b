/* metaset.c - Lua values as front matter: scalars with their types, lists, maps. */
#include <math.h>
#include <string.h>

#include "script.h"

enum { DEEPEST = 60 };

static struct rp_node *
new_node(lua_State *L, enum rp_kind k)
{
	state_charge(L, 192);
	return rp_new(node_doc(L), k);
}

static struct rp_node *
make_scalar(lua_State *L, const char *type, const char *text, size_t len)
{
	struct rp_node *n = new_node(L, RP_META_SCALAR);

	state_charge(L, len + 1);
	rp_set_text_n(node_doc(L), n, text, len);
	rp_set(node_doc(L), n, RP_A_TYPE, type);
	rp_set(node_doc(L), n, RP_A_STYLE, strcmp(type, "string") == 0 ? "double" : "plain");
	return n;
}

static struct rp_node *
make_number(lua_State *L, int index)
{
	struct rp_node *n;
	const char *text;
	size_t len;

	if (!lua_isinteger(L, index) && lua_tonumber(L, index) != lua_tonumber(L, index))
		return make_scalar(L, "float", ".nan", 4);
	if (!lua_isinteger(L, index) && isinf(lua_tonumber(L, index)))
		return lua_tonumber(L, index) < 0 ? make_scalar(L, "float", "-.inf", 5) :
		    make_scalar(L, "float", ".inf", 4);
	lua_pushvalue(L, index);
	text = lua_tolstring(L, -1, &len);
	n = make_scalar(L, lua_isinteger(L, index) ? "int" : "float", text, len);
	lua_pop(L, 1);
	return n;
}

/* A list has the keys 1 to n and no others. */
static int
is_list(lua_State *L, int index)
{
	size_t count = 0;

	for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
		count++;
	return count == lua_rawlen(L, index);
}

static void
fill_list(lua_State *L, struct rp_node *list, int index, int depth)
{
	lua_Integer i, n = (lua_Integer)lua_rawlen(L, index);

	for (i = 1; i <= n; i++) {
		lua_rawgeti(L, index, i);
		rp_append(list, meta_make(L, lua_gettop(L), depth));
		lua_pop(L, 1);
	}
}

void
meta_set_key(lua_State *L, struct rp_node *n, int key)
{
	size_t len;
	const char *text;

	if (lua_type(L, key) != LUA_TSTRING)
		luaL_error(L, "a key of front matter is a string, not a %s", luaL_typename(L, key));
	text = node_text(L, key, &len);
	state_charge(L, len + 64);
	rp_set(node_doc(L), n, RP_A_KEY, text);
}

/* In the order of pairs(), which is always the same. */
static void
fill_map(lua_State *L, struct rp_node *map, int index, int depth)
{
	struct rp_node *n;
	int top;

	lua_pushcfunction(L, ordered_pairs);
	lua_pushvalue(L, index);
	lua_call(L, 1, 3);
	top = lua_gettop(L);
	for (;; lua_settop(L, top)) {
		lua_pushvalue(L, top - 2);
		lua_pushvalue(L, top - 1);
		lua_pushvalue(L, top);
		lua_call(L, 2, 2);
		if (lua_isnil(L, top + 1))
			break;
		n = meta_make(L, top + 2, depth);
		meta_set_key(L, n, top + 1);
		rp_append(map, n);
		lua_pushvalue(L, top + 1);
		lua_replace(L, top);
	}
	lua_settop(L, top - 3);
}

struct rp_node *
meta_make(lua_State *L, int index, int depth)
{
	struct rp_node *n = meta_test(L, index);
	const char *text;
	size_t len;

	luaL_checkstack(L, 12, "a value too deep");
	if (depth > DEEPEST)
		luaL_error(L, "front matter nests at most %d levels deep; does the table hold itself?", DEEPEST);
	if (n != NULL) {
		state_charge(L, 4096);
		n = rp_copy(node_doc(L), n);
		rp_unset(n, RP_A_KEY);
		return n;
	}
	switch (lua_type(L, index)) {
	case LUA_TBOOLEAN:
		text = lua_toboolean(L, index) ? "true" : "false";
		return make_scalar(L, "bool", text, strlen(text));
	case LUA_TNUMBER:
		return make_number(L, index);
	case LUA_TSTRING:
		text = node_text(L, index, &len);
		return make_scalar(L, "string", text, len);
	case LUA_TLIGHTUSERDATA:
		return make_scalar(L, "null", "null", 4);
	case LUA_TTABLE:
		n = new_node(L, is_list(L, index) ? RP_META_LIST : RP_META_MAP);
		if (rp_kind(n) == RP_META_LIST)
			fill_list(L, n, index, depth + 1);
		else
			fill_map(L, n, index, depth + 1);
		return n;
	default:
		luaL_error(L, "front matter holds strings, numbers, booleans, tables, not a %s",
		    luaL_typename(L, index));
		return NULL;
	}
}
