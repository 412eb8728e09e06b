/*
 * meta.c - front matter as Lua values.  Maps and lists are looked through to the
 * tree, so that setting a key sets it there; scalars are Lua values by their type.
 *
 * A number is one if writing it again gives its spelling's value: 0123 and a number
 * that Lua cannot hold stay the strings that they are.  null is nil when it is read
 * by its key, rolepress.null when it is met in a loop or set.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"

struct view {
	struct rp_node	*node;		/* META_MAP or META_LIST */
	uint32_t	 stamp;
};

static struct view *
view_at(lua_State *L, int index)
{
	return node_userdata(L, index, script_of(L)->meta_mt);
}

static struct rp_node *
check(lua_State *L, int index)
{
	struct view *v = view_at(L, index);

	if (v == NULL)
		luaL_typeerror(L, index, "front matter");
	if (v->stamp != script_of(L)->stamp)
		luaL_error(L, "this front matter belongs to another document, which is gone");
	return v->node;
}

struct rp_node *
meta_test(lua_State *L, int index)
{
	return view_at(L, index) != NULL ? check(L, index) : NULL;
}

/* ---- From the tree ---- */

static void
push_number(lua_State *L, const char *text)
{
	const char *p = text + (*text == '-' || *text == '+');

	if (p[0] == '0' && p[1] >= '0' && p[1] <= '9') {	/* a code, not a quantity */
		lua_pushstring(L, text);
	} else if (p[0] == '0' && p[1] == 'o') {
		lua_pushinteger(L, (lua_Integer)strtoll(p + 2, NULL, 8));
	} else if (strcmp(p, ".inf") == 0 || strcmp(p, ".Inf") == 0 || strcmp(p, ".INF") == 0) {
		lua_pushnumber(L, *text == '-' ? -HUGE_VAL : HUGE_VAL);
	} else if (lua_stringtonumber(L, *text == '+' ? p : text) == 0) {
		lua_pushstring(L, text);
	} else if (!lua_isinteger(L, -1) && strpbrk(text, ".eE") == NULL) {
		lua_pop(L, 1);		/* too large for an integer */
		lua_pushstring(L, text);
	}
}

static int
is_type(const struct rp_node *n, const char *type)
{
	const char *t = rp_get(n, RP_A_TYPE);

	return t != NULL && strcmp(t, type) == 0;
}

static void
push_scalar(lua_State *L, const struct rp_node *n)
{
	const char *text = rp_text(n);

	if (is_type(n, "null"))
		lua_pushlightuserdata(L, NULL);
	else if (is_type(n, "bool"))
		lua_pushboolean(L, *text == 't' || *text == 'T');
	else if (is_type(n, "int") || is_type(n, "float"))
		push_number(L, text);
	else
		lua_pushlstring(L, text, rp_text_len(n));
}

static void
push_value(lua_State *L, struct rp_node *n)
{
	if (n == NULL)
		lua_pushnil(L);
	else if (rp_kind(n) == RP_META_MAP || rp_kind(n) == RP_META_LIST)
		meta_push(L, n);
	else
		push_scalar(L, n);
}

void
meta_push(lua_State *L, struct rp_node *n)
{
	struct script *s = script_of(L);
	struct view *v;

	if (n == NULL) {
		lua_pushnil(L);
		return;
	}
	v = lua_newuserdatauv(L, sizeof(*v), 0);
	v->node = n;
	v->stamp = s->stamp;
	lua_rawgetp(L, LUA_REGISTRYINDEX, s->meta_mt);
	lua_setmetatable(L, -2);
}

void
meta_push_copy(lua_State *L, const struct rp_node *n)
{
	const struct rp_node *c;
	lua_Integer i = 0;

	luaL_checkstack(L, 4, "a value too deep");
	if (n == NULL || (rp_kind(n) != RP_META_MAP && rp_kind(n) != RP_META_LIST)) {
		push_value(L, (struct rp_node *)(uintptr_t)n);
		return;
	}
	lua_newtable(L);
	for (c = rp_first(n); c != NULL; c = rp_next(c)) {
		meta_push_copy(L, c);
		if (rp_kind(n) == RP_META_MAP)
			lua_setfield(L, -2, rp_get(c, RP_A_KEY));
		else
			lua_rawseti(L, -2, ++i);
	}
}

/* ---- Into the tree: see metaset.c ---- */

void
meta_assign(lua_State *L, struct rp_node *to, int value)
{
	struct rp_node *from;

	if (view_at(L, value) != NULL && check(L, value) == to)
		return;
	value = lua_absindex(L, value);
	if (view_at(L, value) == NULL && !lua_istable(L, value))
		luaL_error(L, "front matter is a table, not a %s", luaL_typename(L, value));
	from = meta_make(L, value, 0);
	if (rp_kind(from) != rp_kind(to) && rp_first(from) != NULL)
		luaL_error(L, "front matter is a map of keys to values");
	while (rp_first(to) != NULL)
		rp_detach(rp_first(to));
	rp_move_children(to, from);
}

/* ---- Metamethods ---- */

static struct rp_node *
member(lua_State *L, struct rp_node *n, int key)
{
	struct rp_node *c = rp_first(n);
	lua_Integer i;

	if (rp_kind(n) == RP_META_MAP)
		return rp_meta_get(n, lua_type(L, key) == LUA_TSTRING ? lua_tostring(L, key) : "");
	if (!lua_isinteger(L, key) || (i = lua_tointeger(L, key)) < 1)
		return NULL;
	for (; c != NULL && i > 1; i--)
		c = rp_next(c);
	return c;
}

static int
meta_index(lua_State *L)
{
	push_value(L, member(L, check(L, 1), 2));
	if (lua_islightuserdata(L, -1))
		lua_pushnil(L);
	return 1;
}

static lua_Integer
count(const struct rp_node *n)
{
	const struct rp_node *c;
	lua_Integer i = 0;

	for (c = rp_first(n); c != NULL; c = rp_next(c))
		i++;
	return i;
}

static int
meta_newindex(lua_State *L)
{
	struct rp_node *n = check(L, 1), *old = member(L, n, 2), *value;

	if (script_of(L)->writes)
		return luaL_error(L, "a format reads the document, and does not change it");
	if (lua_isnil(L, 3)) {
		if (old != NULL)
			rp_detach(old);
		return 0;
	}
	if (rp_kind(n) == RP_META_LIST && old == NULL &&
	    (!lua_isinteger(L, 2) || lua_tointeger(L, 2) != count(n) + 1))
		return luaL_error(L, "a list of front matter goes on at number %I", (LUAI_UACINT)(count(n) + 1));
	value = meta_make(L, 3, 0);
	if (rp_kind(n) == RP_META_MAP)
		meta_set_key(L, value, 2);
	if (old != NULL) {
		rp_set_pos(value, rp_pos(old));
		rp_replace(old, value);
	} else {
		rp_append(n, value);
	}
	return 0;
}

static int
meta_len(lua_State *L)
{
	struct rp_node *n = check(L, 1);

	lua_pushinteger(L, rp_kind(n) == RP_META_LIST ? count(n) : 0);
	return 1;
}

/* Upvalue: how far it is.  A member that has been taken out since is passed over. */
static int
meta_next(lua_State *L)
{
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(1)), at;
	struct rp_node *n = check(L, 1), *c = rp_first(n);

	for (at = 0; c != NULL && at < i; at++)
		c = rp_next(c);
	if (c == NULL) {
		lua_pushnil(L);
		return 1;
	}
	lua_pushinteger(L, i + 1);
	lua_replace(L, lua_upvalueindex(1));
	if (rp_kind(n) == RP_META_MAP)
		lua_pushstring(L, rp_get(c, RP_A_KEY));
	else
		lua_pushinteger(L, i + 1);
	push_value(L, c);
	return 2;
}

static int
meta_pairs(lua_State *L)
{
	check(L, 1);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, meta_next, 1);
	lua_pushvalue(L, 1);
	lua_pushnil(L);
	return 3;
}

static int
meta_eq(lua_State *L)
{
	const struct view *a = view_at(L, 1), *b = view_at(L, 2);

	lua_pushboolean(L, a != NULL && b != NULL && a->node == b->node && a->stamp == b->stamp);
	return 1;
}

static int
meta_tostring(lua_State *L)
{
	lua_pushliteral(L, "front matter");
	return 1;
}

void
meta_open(lua_State *L)
{
	static const luaL_Reg methods[] = {
		{ "__index", meta_index }, { "__newindex", meta_newindex }, { "__len", meta_len },
		{ "__pairs", meta_pairs }, { "__eq", meta_eq },
		{ "__tostring", meta_tostring },
		{ NULL, NULL }
	};
	struct script *s = script_of(L);

	lua_newtable(L);
	s->meta_mt = lua_topointer(L, -1);
	luaL_setfuncs(L, methods, 0);
	lua_pushliteral(L, "front matter");
	lua_setfield(L, -2, "__name");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_rawsetp(L, LUA_REGISTRYINDEX, s->meta_mt);
}
