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

int
node_foreign(const struct script *s, const struct rp_node *n)
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
	p->foreign = node_foreign(s, n);
	lua_rawgeti(L, -2, 1);		/* the metatable */
	lua_setmetatable(L, -2);
	lua_pushvalue(L, -1);
	lua_rawsetp(L, -3, n);
	lua_remove(L, -2);
}

void *
node_userdata(lua_State *L, int index, const void *metatable)
{
	void *p = lua_touserdata(L, index);
	int is;

	if (p == NULL || !lua_getmetatable(L, index))
		return NULL;
	is = lua_topointer(L, -1) == metatable;
	lua_pop(L, 1);
	return is ? p : NULL;
}

static struct proxy *
proxy_at(lua_State *L, int index)
{
	return node_userdata(L, index, script_of(L)->node_mt);
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

/* ---- The metatable ---- */

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
	member_names(L);
	lua_pushvalue(L, -1);
	lua_pushcclosure(L, member_index, 1);
	lua_setfield(L, -3, "__index");
	lua_pushcclosure(L, member_newindex, 1);
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
