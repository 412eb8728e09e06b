/*
 * children.c - the children of a node as a list: #list, list[i], ipairs, insert,
 * remove, and list[i] = node.  It looks at the tree whenever it is asked, and keeps
 * its place, so that going through it is linear.
 */
#include <string.h>

#include "script.h"

struct view {
	struct rp_node	*node;
	uint32_t	 stamp, edits;
	lua_Integer	 at, count;	/* the place that is known; 0: none, -1: not counted */
	struct rp_node	*here;
};

static struct view *
view_at(lua_State *L, int index)
{
	return node_userdata(L, index, script_of(L)->children_mt);
}

static struct view *
check(lua_State *L)
{
	struct script *s = script_of(L);
	struct view *v = view_at(L, 1);

	if (v == NULL)
		luaL_typeerror(L, 1, "list of children");
	if (v->stamp != s->stamp)
		luaL_error(L, "this list belongs to another document, which is gone");
	if (v->edits != s->edits) {
		v->edits = s->edits;
		v->at = 0;
		v->count = -1;
	}
	return v;
}

/* The node whose list it is, if that may be changed. */
static struct rp_node *
own(lua_State *L, const struct view *v)
{
	struct rp_node *n;

	node_push(L, v->node);
	n = node_check_own(L, -1);
	lua_pop(L, 1);
	return n;
}

static struct rp_node *
nth(struct view *v, lua_Integer i)
{
	struct rp_node *c = rp_first(v->node);
	lua_Integer at = 1;

	if (i < 1)
		return NULL;
	if (v->at > 0 && v->at <= i) {
		c = v->here;
		at = v->at;
	}
	for (; c != NULL && at < i; at++)
		c = rp_next(c);
	if (c != NULL) {
		v->at = i;
		v->here = c;
	}
	return c;
}

static lua_Integer
count(struct view *v)
{
	struct rp_node *c;

	if (v->count < 0)
		for (v->count = 0, c = rp_first(v->node); c != NULL; c = rp_next(c))
			v->count++;
	return v->count;
}

static int
children_len(lua_State *L)
{
	lua_pushinteger(L, count(check(L)));
	return 1;
}

/* Upvalue: the methods. */
static int
children_index(lua_State *L)
{
	struct view *v = check(L);

	if (lua_isinteger(L, 2)) {
		node_push(L, nth(v, lua_tointeger(L, 2)));
		return 1;
	}
	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL)
		return luaL_error(L, "a list of children has numbers, insert and remove, but no \"%s\"",
		    luaL_tolstring(L, 2, NULL));
	return 1;
}

static int
children_newindex(lua_State *L)
{
	struct view *v = check(L);
	struct rp_node *parent = own(L, v), *old;
	lua_Integer i = luaL_checkinteger(L, 2);

	old = nth(v, i);
	if (old == NULL && (i != count(v) + 1 || lua_isnil(L, 3)))
		return luaL_error(L, "there is no child number %I", (LUAI_UACINT)i);
	if (old != NULL)
		change_allow_out(L, old);
	if (lua_isnil(L, 3)) {
		rp_detach(old);
		script_of(L)->edits++;
	} else if (old != NULL) {
		rp_replace(old, change_incoming(L, parent, 3));
	} else {
		rp_append(parent, change_incoming(L, parent, 3));
	}
	return 0;
}

static int
insert(lua_State *L)
{
	struct view *v = check(L);
	struct rp_node *parent = own(L, v), *at, *child;
	lua_Integer i;

	if (lua_gettop(L) == 2) {
		rp_append(parent, change_incoming(L, parent, 2));
		return 0;
	}
	i = luaL_checkinteger(L, 2);
	at = nth(v, i);
	if (at == NULL && i != count(v) + 1)
		return luaL_error(L, "there is no child number %I", (LUAI_UACINT)i);
	if (at != NULL && rp_kind_class(rp_kind(at)) == RP_CLASS_META && rp_kind(parent) == RP_DOCUMENT)
		return luaL_error(L, "front matter comes first");
	child = change_incoming(L, parent, 3);
	if (at != NULL)
		rp_insert_before(at, child);
	else
		rp_append(parent, child);
	return 0;
}

static int
take_out(lua_State *L)
{
	struct view *v = check(L);
	struct rp_node *n;

	own(L, v);
	n = nth(v, luaL_optinteger(L, 2, count(v)));
	if (n != NULL) {
		change_allow_out(L, n);
		rp_detach(n);
		script_of(L)->edits++;
	}
	node_push(L, n);
	return 1;
}

/* pairs() is ipairs(): there are numbers only. */
static int
children_next(lua_State *L)
{
	struct view *v = check(L);
	lua_Integer i = luaL_optinteger(L, 2, 0) + 1;
	struct rp_node *n = nth(v, i);

	if (n == NULL) {
		lua_pushnil(L);
		return 1;
	}
	lua_pushinteger(L, i);
	node_push(L, n);
	return 2;
}

static int
children_pairs(lua_State *L)
{
	check(L);
	lua_pushcfunction(L, children_next);
	lua_pushvalue(L, 1);
	lua_pushinteger(L, 0);
	return 3;
}

static int
children_tostring(lua_State *L)
{
	lua_pushliteral(L, "list of children");
	return 1;
}

void
children_flatten(lua_State *L, int index)
{
	struct view *v = view_at(L, index);
	struct rp_node *c;
	lua_Integer i = 0;

	if (v == NULL)
		return;
	if (v->stamp != script_of(L)->stamp)
		luaL_error(L, "this list belongs to another document, which is gone");
	index = lua_absindex(L, index);
	lua_newtable(L);
	for (c = rp_first(v->node); c != NULL; c = rp_next(c)) {
		node_push(L, c);
		lua_rawseti(L, -2, ++i);
	}
	lua_replace(L, index);
}

void
children_push(lua_State *L, struct rp_node *n)
{
	struct script *s = script_of(L);
	struct view *v = lua_newuserdatauv(L, sizeof(*v), 0);

	memset(v, 0, sizeof(*v));
	v->node = n;
	v->stamp = s->stamp;
	v->edits = s->edits;
	v->count = -1;
	lua_rawgetp(L, LUA_REGISTRYINDEX, s->children_mt);
	lua_setmetatable(L, -2);
}

void
children_open(lua_State *L)
{
	static const luaL_Reg methods[] = { { "insert", insert }, { "remove", take_out }, { NULL, NULL } };
	static const luaL_Reg meta[] = {
		{ "__len", children_len }, { "__newindex", children_newindex }, { "__pairs", children_pairs },
		{ "__tostring", children_tostring },
		{ NULL, NULL }
	};
	struct script *s = script_of(L);

	lua_newtable(L);
	s->children_mt = lua_topointer(L, -1);
	luaL_setfuncs(L, meta, 0);
	luaL_newlib(L, methods);
	lua_pushcclosure(L, children_index, 1);
	lua_setfield(L, -2, "__index");
	lua_pushliteral(L, "list of children");
	lua_setfield(L, -2, "__name");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_rawsetp(L, LUA_REGISTRYINDEX, s->children_mt);
}
