/*
 * node.c - nodes as Lua values: a userdata that points into the tree, made when a
 * script first sees the node, so that the tree is never copied.
 *
 * A value that outlives its document has an old stamp and is refused.  Nodes of the
 * index are there to be read only.
 */
#include <string.h>

#include <rolepress/text.h>

#include "script.h"

struct proxy {
	struct rp_node	*node;
	uint32_t	 stamp;
	int		 foreign;	/* of the index */
};

/* Codes of fields: below it getters, from it attributes. */
enum { FIRST_ATTR = 1000 };

/* "code-block" is CodeBlock. */
static void
name_kinds(struct script *s)
{
	const char *p;
	char *out;
	int k, up;

	for (k = 0; k < RP_KIND_MAX; k++) {
		out = s->kinds[k];
		up = 1;
		for (p = rp_kind_name((enum rp_kind)k); *p != '\0' && out < s->kinds[k] + sizeof(s->kinds[k]) - 1; p++) {
			if (*p != '-')
				*out++ = up ? (char)(*p - 'a' + 'A') : *p;
			up = *p == '-';
		}
		*out = '\0';
	}
}

const char *
node_kind(lua_State *L, enum rp_kind k)
{
	return (unsigned)k < RP_KIND_MAX ? script_of(L)->kinds[k] : "Unknown";
}

/* ---- In and out of Lua ---- */

struct rp_doc *
node_doc(lua_State *L)
{
	const struct script *s = script_of(L);

	if (s->job == NULL)
		luaL_error(L, "there is no document while the script is loaded: this belongs into a function");
	return s->job->doc;
}

static int
is_foreign(const struct script *s, const struct rp_node *n)
{
	if (s->job->index == NULL)
		return 0;
	while (rp_parent(n) != NULL)
		n = rp_parent(n);
	return n == s->job->index;
}

void
node_push(lua_State *L, struct rp_node *n)
{
	const struct script *s = script_of(L);
	struct proxy *p;

	if (n == NULL) {
		lua_pushnil(L);
		return;
	}
	lua_rawgeti(L, LUA_REGISTRYINDEX, s->nodes);
	/* Memory of a document that is gone may have come back as another's. */
	if (lua_rawgetp(L, -1, n) == LUA_TUSERDATA &&
	    ((const struct proxy *)lua_touserdata(L, -1))->stamp == s->stamp) {
		lua_remove(L, -2);
		return;
	}
	lua_pop(L, 1);
	p = lua_newuserdatauv(L, sizeof(*p), 0);
	p->node = n;
	p->stamp = s->stamp;
	p->foreign = is_foreign(s, n);
	lua_rawgeti(L, -2, 1);		/* the metatable */
	lua_setmetatable(L, -2);
	lua_pushvalue(L, -1);
	lua_rawsetp(L, -3, n);
	lua_remove(L, -2);
}

static struct proxy *
proxy_at(lua_State *L, int index)
{
	struct proxy *p = lua_touserdata(L, index);
	int is;

	if (p == NULL || !lua_getmetatable(L, index))
		return NULL;
	is = lua_topointer(L, -1) == script_of(L)->node_mt;
	lua_pop(L, 1);
	return is ? p : NULL;
}

static struct proxy *
proxy_check(lua_State *L, int index)
{
	struct proxy *p = proxy_at(L, index);

	if (p == NULL)
		luaL_typeerror(L, index, "node");
	if (p->stamp != script_of(L)->stamp)
		luaL_error(L, "this node belongs to another document, which is gone");
	return p;
}

struct rp_node *
node_test(lua_State *L, int index)
{
	return proxy_at(L, index) != NULL ? proxy_check(L, index)->node : NULL;
}

struct rp_node *
node_check(lua_State *L, int index)
{
	return proxy_check(L, index)->node;
}

struct rp_node *
node_check_own(lua_State *L, int index)
{
	struct proxy *p = proxy_check(L, index);

	if (p->foreign)
		luaL_error(L, "the index can be read, not changed");
	if (script_of(L)->writes)
		luaL_error(L, "a format reads the document, and does not change it");
	return p->node;
}

/* ---- Text that may stand in a document ---- */

/* The bytes of the character at p, if it may stand there; 0 if not (see src/read/clean.c). */
static size_t
allowed(const char *p)
{
	const char *q = p;
	uint32_t c = rp_utf8_next(&q);

	if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F) ||
	    (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE || (c == 0xFFFD && q - p == 1))
		return 0;
	return (size_t)(q - p);
}

const char *
node_text(lua_State *L, int index, size_t *len)
{
	const char *text, *p;
	size_t n, step;

	if (lua_type(L, index) == LUA_TNUMBER) {	/* not in place: it may be a key */
		lua_pushvalue(L, index);
		lua_tostring(L, -1);
		lua_replace(L, index);
	}
	text = luaL_checklstring(L, index, &n);
	for (p = text; p < text + n; p += step) {
		step = *p >= 0x20 && *p < 0x7F ? 1 : allowed(p);
		if (step == 0)
			luaL_error(L, "a text may not have the byte 0x%s here: it must be UTF-8 without control "
			    "characters", (lua_pushfstring(L, "%c%c", "0123456789ABCDEF"[(unsigned char)*p >> 4],
			    "0123456789ABCDEF"[(unsigned char)*p & 15]), lua_tostring(L, -1)));
	}
	if (len != NULL)
		*len = n;
	return text;
}

/* ---- Fields ---- */

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
	int foreign = is_foreign(script_of(L), n);
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
	if (rp_kind(n) != RP_DOCUMENT || is_foreign(script_of(L), n))
		return 0;
	if (a == RP_A_INFO)
		node_push(L, rp_info(node_doc(L)));
	else if (a == RP_A_PATH)
		lua_pushstring(L, rp_doc_path(node_doc(L)));
	return a == RP_A_INFO || a == RP_A_PATH;
}

/* Upvalue: the code, or the method, of each name. */
static int
node_index(lua_State *L)
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

static int
node_newindex(lua_State *L)
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

/* A node that has been looked up twice may have two values, if the first was let go. */
static int
node_eq(lua_State *L)
{
	lua_pushboolean(L, node_test(L, 1) != NULL && node_test(L, 1) == node_test(L, 2));
	return 1;
}

static int
node_tostring(lua_State *L)
{
	const struct proxy *p = proxy_at(L, 1);
	struct rp_pos pos;

	if (p == NULL || p->stamp != script_of(L)->stamp) {
		lua_pushliteral(L, "a node of another document");
		return 1;
	}
	pos = rp_pos(p->node);
	if (pos.line == 0)
		lua_pushstring(L, node_kind(L, rp_kind(p->node)));
	else
		lua_pushfstring(L, "%s %d:%d", node_kind(L, rp_kind(p->node)), (int)pos.line, (int)pos.col);
	return 1;
}

/* Names to codes and methods. */
static void
push_names(lua_State *L)
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

void
node_open(lua_State *L)
{
	struct script *s = script_of(L);

	name_kinds(s);
	lua_newtable(L);		/* values by node; [1] is the metatable */
	lua_newtable(L);
	lua_pushliteral(L, "v");
	lua_setfield(L, -2, "__mode");
	lua_setmetatable(L, -2);
	lua_newtable(L);
	s->node_mt = lua_topointer(L, -1);
	push_names(L);
	lua_pushvalue(L, -1);
	lua_pushcclosure(L, node_index, 1);
	lua_setfield(L, -3, "__index");
	lua_pushcclosure(L, node_newindex, 1);
	lua_setfield(L, -2, "__newindex");
	lua_pushcfunction(L, node_eq);
	lua_setfield(L, -2, "__eq");
	lua_pushcfunction(L, node_tostring);
	lua_setfield(L, -2, "__tostring");
	lua_pushliteral(L, "node");
	lua_setfield(L, -2, "__name");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_pushvalue(L, -1);
	luaL_ref(L, LUA_REGISTRYINDEX);	/* the weak table alone would let it go */
	lua_rawseti(L, -2, 1);
	s->nodes = luaL_ref(L, LUA_REGISTRYINDEX);
}
