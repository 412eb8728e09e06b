/*
 * member.c - what node.name is, and what node.name = value does: fields, attributes and
 * methods by one table of names.
 */
#include <string.h>

#include <rolepress/text.h>

#include "script.h"

/* Codes of fields: below it getters, from it attributes. */
enum { FIRST_ATTR = 1000 };

static int
holds_text(enum rp_kind k)
{
	return !rp_may_hold(k, RP_TEXT) && !rp_may_hold(k, RP_PARAGRAPH) && !rp_may_hold(k, RP_META_SCALAR) &&
	    !rp_may_hold(k, RP_ITEM) && !rp_may_hold(k, RP_ROW) && !rp_may_hold(k, RP_CELL) &&
	    !rp_may_hold(k, RP_TERM) && !rp_may_hold(k, RP_QUESTION) && k != RP_INDEX;
}

/* Columns count characters, as in messages. */
static uint32_t
characters(const struct rp_doc *doc, uint32_t line, uint32_t bytes)
{
	size_t len, i;
	const char *p = rp_doc_line(doc, line, &len);
	uint32_t col = 1;

	if (p == NULL || bytes == 0)
		return bytes;
	for (i = 0; i + 1 < bytes && i < len; i++)
		col += ((unsigned char)p[i + 1] & 0xC0) != 0x80;
	return col;
}

static void
set_number(lua_State *L, const char *name, uint32_t n)
{
	lua_pushinteger(L, n);
	lua_setfield(L, -2, name);
}

static void
get_pos(lua_State *L, struct rp_node *n)
{
	struct rp_pos pos = rp_pos(n);
	int foreign = node_foreign(script_of(L), n);
	const struct rp_doc *doc = node_doc(L);

	if (pos.line == 0) {
		lua_pushnil(L);
		return;
	}
	lua_createtable(L, 0, 4);
	set_number(L, "line", pos.line);
	set_number(L, "col", foreign ? pos.col : characters(doc, pos.line, pos.col));
	if (pos.end_line == 0)
		return;
	set_number(L, "end_line", pos.end_line);
	set_number(L, "end_col", foreign ? pos.end_col : characters(doc, pos.end_line, pos.end_col));
}

static void get_kind(lua_State *L, struct rp_node *n) { lua_pushstring(L, node_kind(L, rp_kind(n))); }
static void get_parent(lua_State *L, struct rp_node *n) { node_push(L, rp_parent(n)); }
static void get_next(lua_State *L, struct rp_node *n) { node_push(L, rp_next(n)); }
static void get_prev(lua_State *L, struct rp_node *n) { node_push(L, rp_prev(n)); }
static void get_first(lua_State *L, struct rp_node *n) { node_push(L, rp_first(n)); }
static void get_last(lua_State *L, struct rp_node *n) { node_push(L, rp_last(n)); }

static void
get_text(lua_State *L, struct rp_node *n)
{
	if (holds_text(rp_kind(n)))
		lua_pushlstring(L, rp_text(n), rp_text_len(n));
	else
		lua_pushnil(L);
}

static void
set_text(lua_State *L, struct rp_node *n, int value)
{
	const char *text;
	size_t len;

	if (!holds_text(rp_kind(n)))
		luaL_error(L, "%s has no text of its own, but children", node_kind(L, rp_kind(n)));
	text = node_text(L, value, &len);
	state_charge(L, len + 1);
	rp_set_text_n(node_doc(L), n, text, len);
}

static void
set_children(lua_State *L, struct rp_node *n, int value)
{
	children_flatten(L, value);
	luaL_checktype(L, value, LUA_TTABLE);
	result_fill(L, n, value);
}

/* What a document has besides. */
static void
get_meta(lua_State *L, struct rp_node *n)
{
	meta_push(L, rp_child(n, RP_META_MAP));
}

static void
set_meta(lua_State *L, struct rp_node *n, int value)
{
	struct rp_node *map = rp_child(n, RP_META_MAP);

	if (map == NULL)
		luaL_error(L, "%s has no front matter", node_kind(L, rp_kind(n)));
	meta_assign(L, map, value);
}

static void
get_site_path(lua_State *L, struct rp_node *n)
{
	if (rp_get_named(n, "site-path") != NULL)
		lua_pushstring(L, rp_get_named(n, "site-path"));
	else
		lua_pushstring(L, rp_doc_site_path(node_doc(L)));
}

static const struct field {
	const char	*name;
	void		(*get)(lua_State *, struct rp_node *);
	void		(*set)(lua_State *, struct rp_node *, int value);
} fields[] = {
	{ "kind", get_kind, NULL }, { "tag", get_kind, NULL }, { "t", get_kind, NULL },
	{ "text", get_text, set_text }, { "pos", get_pos, NULL },
	{ "parent", get_parent, NULL }, { "next", get_next, NULL }, { "prev", get_prev, NULL },
	{ "first", get_first, NULL }, { "last", get_last, NULL },
	{ "children", children_push, set_children }, { "content", children_push, set_children },
	{ "attributes", field_push_named, field_set_named },
	{ "meta", get_meta, set_meta }, { "site_path", get_site_path, NULL },
};

static int
unknown(lua_State *L, const struct rp_node *n, const char *name)
{
	const char *best = NULL, *known;
	int d, least = 3;

	for (lua_pushnil(L); lua_next(L, lua_upvalueindex(1)) != 0; lua_pop(L, 1)) {
		known = lua_tostring(L, -2);
		d = rp_distance(known, name, least);
		if (d < least || (d == least && best != NULL && least < 3 && strcmp(known, best) < 0)) {
			least = d;
			best = known;
		}
	}
	return luaL_error(L, "%s has no field \"%s\"%s%s%s", node_kind(L, rp_kind(n)), name,
	    best != NULL ? "; did you mean \"" : " (names of your own: node.attributes)",
	    best != NULL ? best : "", best != NULL ? "\"?" : "");
}

/* Of a document, these are not the attributes of that name. */
static int
of_document(lua_State *L, struct rp_node *n, enum rp_attr a)
{
	if (rp_kind(n) != RP_DOCUMENT || node_foreign(script_of(L), n))
		return 0;
	if (a == RP_A_INFO)
		node_push(L, rp_info(node_doc(L)));
	else if (a == RP_A_PATH)
		lua_pushstring(L, rp_doc_path(node_doc(L)));
	return a == RP_A_INFO || a == RP_A_PATH;
}

/* Upvalue: the code, or the method, of each name. */
int
member_index(lua_State *L)
{
	struct rp_node *n = node_check(L, 1);
	lua_Integer code;

	luaL_checktype(L, 2, LUA_TSTRING);
	lua_pushvalue(L, 2);
	switch (lua_rawget(L, lua_upvalueindex(1))) {
	case LUA_TFUNCTION:
		return 1;
	case LUA_TNUMBER:
		break;
	default:
		return unknown(L, n, lua_tostring(L, 2));
	}
	code = lua_tointeger(L, -1);
	if (code < FIRST_ATTR)
		fields[code].get(L, n);
	else if (!of_document(L, n, (enum rp_attr)(code - FIRST_ATTR)))
		field_push(L, n, (enum rp_attr)(code - FIRST_ATTR));
	return 1;
}

int
member_newindex(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1);
	lua_Integer code;

	luaL_checktype(L, 2, LUA_TSTRING);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL)
		return unknown(L, n, lua_tostring(L, 2));
	code = lua_tointeger(L, -1);
	if (code >= FIRST_ATTR && !of_document(L, n, (enum rp_attr)(code - FIRST_ATTR)))
		field_set(L, n, (enum rp_attr)(code - FIRST_ATTR), 3);
	else if (lua_isnumber(L, 4) && code < FIRST_ATTR && fields[code].set != NULL)
		fields[code].set(L, n, 3);
	else
		return luaL_error(L, "field \"%s\" of %s can be read, not set", lua_tostring(L, 2),
		    node_kind(L, rp_kind(n)));
	return 0;
}

/* Names to codes and methods. */
void
member_names(lua_State *L)
{
	size_t i;
	int a;

	lua_newtable(L);
	for (a = 0; a < RP_ATTR_MAX; a++) {
		luaL_gsub(L, rp_attr_name((enum rp_attr)a), "-", "_");
		lua_pushinteger(L, FIRST_ATTR + a);
		lua_rawset(L, -3);
	}
	lua_pushinteger(L, FIRST_ATTR + RP_A_ID);
	lua_setfield(L, -2, "identifier");
	for (i = 0; i < LEN(fields); i++) {
		lua_pushinteger(L, (lua_Integer)i);
		lua_setfield(L, -2, fields[i].name);
	}
	change_methods(L, lua_gettop(L));
}
