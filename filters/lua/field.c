/*
 * field.c - attributes of nodes as fields of Lua values: numbers, booleans and
 * strings by the type that node.def gives them, within what the outputs can say.
 */
#include <string.h>

#include "script.h"

/* What a value must keep to; the rest is free. */
static const struct { enum rp_attr attr; long least, most; const char *words; } bounds[] = {
	{ RP_A_LEVEL, 1, 6, NULL },
	{ RP_A_START, 0, 999999999, NULL },
	{ RP_A_COLSPAN, 1, 1000, NULL },
	{ RP_A_ROWSPAN, 1, 65534, NULL },
	{ RP_A_COLUMNS, 1, 1000, NULL },
	{ RP_A_NUMBER, 0, 999999999, NULL },
	{ RP_A_DIR, 0, 0, "ltr rtl" },
	{ RP_A_ALIGN, 0, 0, "left center right" },
	{ RP_A_DELIMITER, 0, 0, ". )" },
};

void
field_push(lua_State *L, const struct rp_node *n, enum rp_attr a)
{
	if (!rp_has(n, a))
		lua_pushnil(L);
	else if (rp_attr_type(a) == RP_TYPE_INT)
		lua_pushinteger(L, rp_get_int(n, a, 0));
	else if (rp_attr_type(a) == RP_TYPE_BOOL)
		lua_pushboolean(L, rp_get_int(n, a, 0) != 0);
	else
		lua_pushstring(L, rp_get(n, a));
}

static long
whole_number(lua_State *L, enum rp_attr a, int value)
{
	lua_Integer n;
	size_t i;
	int is;

	n = lua_tointegerx(L, value, &is);
	if (!is)
		luaL_error(L, "%s wants a whole number, not a %s", rp_attr_name(a), luaL_typename(L, value));
	for (i = 0; i < LEN(bounds); i++)
		if (bounds[i].attr == a && (n < bounds[i].least || n > bounds[i].most))
			luaL_error(L, "%s wants a number from %I to %I, not %I", rp_attr_name(a),
			    (LUAI_UACINT)bounds[i].least, (LUAI_UACINT)bounds[i].most, (LUAI_UACINT)n);
	if (n < -999999999 || n > 999999999)
		luaL_error(L, "%s: %I is too large a number", rp_attr_name(a), (LUAI_UACINT)n);
	return (long)n;
}

static int
is_word_of(const char *words, const char *s)
{
	size_t n = strlen(s), k;

	for (; n > 0 && *words != '\0'; words += k + (words[k] == ' ')) {
		k = strcspn(words, " ");
		if (k == n && strncmp(words, s, n) == 0)
			return 1;
	}
	return 0;
}

static const char *
string(lua_State *L, enum rp_attr a, int value)
{
	const char *text;
	size_t len, i;

	if (lua_type(L, value) != LUA_TSTRING && lua_type(L, value) != LUA_TNUMBER)
		luaL_error(L, "%s wants a string, not a %s", rp_attr_name(a), luaL_typename(L, value));
	text = node_text(L, value, &len);
	for (i = 0; i < LEN(bounds); i++)
		if (bounds[i].attr == a && bounds[i].words != NULL && !is_word_of(bounds[i].words, text))
			luaL_error(L, "%s is one of \"%s\", not \"%s\"", rp_attr_name(a), bounds[i].words, text);
	state_charge(L, len + 64);
	return text;
}

void
field_set(lua_State *L, struct rp_node *n, enum rp_attr a, int value)
{
	struct rp_doc *doc = node_doc(L);

	if (lua_isnil(L, value)) {
		rp_unset(n, a);
	} else if (rp_attr_type(a) == RP_TYPE_INT) {
		rp_set_int(doc, n, a, whole_number(L, a, value));
	} else if (rp_attr_type(a) == RP_TYPE_BOOL) {
		if (!lua_isboolean(L, value))
			luaL_error(L, "%s wants true or false, not a %s", rp_attr_name(a),
			    luaL_typename(L, value));
		rp_set_int(doc, n, a, lua_toboolean(L, value));
	} else {
		rp_set(doc, n, a, string(L, a, value));
	}
}

/* ---- Attributes that node.def does not know: node.attributes ---- */

static int
named_index(lua_State *L)
{
	lua_pushstring(L, rp_get_named(node_check(L, lua_upvalueindex(1)), luaL_checkstring(L, 2)));
	return 1;
}

static void
set_one(lua_State *L, struct rp_node *n, int name, int value)
{
	size_t len = 0, more = 0;
	const char *key = node_text(L, name, &len), *text = NULL;

	if (!lua_isnil(L, value))
		text = node_text(L, value, &more);
	state_charge(L, len + more + 64);
	rp_set_named(node_doc(L), n, key, text);
}

static int
named_newindex(lua_State *L)
{
	luaL_checktype(L, 2, LUA_TSTRING);
	set_one(L, node_check_own(L, lua_upvalueindex(1)), 2, 3);
	return 0;
}

static int
named_pairs(lua_State *L)
{
	const struct rp_node *n = node_check(L, lua_upvalueindex(1));
	const char *name, *value;
	size_t i;

	lua_newtable(L);
	for (i = 0; rp_named_at(n, i, &name, &value); i++) {
		lua_pushstring(L, value);
		lua_setfield(L, -2, name);
	}
	lua_settop(L, 2);
	lua_replace(L, 1);
	return ordered_pairs(L);
}

/* A table that is empty and looks through to the node. */
void
field_push_named(lua_State *L, struct rp_node *n)
{
	static const luaL_Reg methods[] = {
		{ "__index", named_index }, { "__newindex", named_newindex }, { "__pairs", named_pairs },
		{ NULL, NULL }
	};

	lua_newtable(L);
	lua_newtable(L);
	node_push(L, n);
	luaL_setfuncs(L, methods, 1);
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
}

void
field_set_named(lua_State *L, struct rp_node *n, int value)
{
	const char *name, *old;
	int top;

	value = lua_absindex(L, value);
	luaL_checktype(L, value, LUA_TTABLE);
	/* In the order of pairs(): attributes keep the order in which they are set. */
	lua_pushcfunction(L, ordered_pairs);
	lua_pushvalue(L, value);
	lua_call(L, 1, 3);
	top = lua_gettop(L);
	while (rp_named_at(n, 0, &name, &old))
		rp_set_named(node_doc(L), n, name, NULL);
	for (;;) {
		lua_pushvalue(L, top - 2);
		lua_pushvalue(L, top - 1);
		lua_pushvalue(L, top);
		lua_call(L, 2, 2);
		if (lua_isnil(L, -2))
			break;
		set_one(L, n, top + 1, top + 2);
		lua_pushvalue(L, top + 1);
		lua_replace(L, top);
		lua_settop(L, top);
	}
	lua_settop(L, top - 3);
}
