/*
 * ordered.c - pairs() in an order that is always the same: numbers by size, then
 * strings by their bytes, then the rest.  Lua's own order hangs on a seed that is
 * made of the time, and the same input shall give the same bytes.
 *
 * The keys are those at the time of the call; one that has lost its value since is
 * passed over.
 */
#include <stdlib.h>
#include <string.h>

#include "script.h"

struct key {
	int		 rank;		/* 0 number, 1 string, 2 other */
	lua_Number	 number;
	lua_Integer	 integer;
	const char	*text;
	size_t		 len;
	lua_Integer	 place;		/* in the order met */
};

static int
by_key(const void *pa, const void *pb)
{
	const struct key *a = pa, *b = pb;
	int d;

	if (a->rank != b->rank)
		return a->rank - b->rank;
	if (a->rank == 0 && a->number < b->number)
		return -1;
	if (a->rank == 0 && a->number > b->number)
		return 1;
	if (a->rank == 0 && a->integer != b->integer)
		return a->integer < b->integer ? -1 : 1;
	if (a->rank == 1) {
		d = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
		if (d != 0)
			return d;
		if (a->len != b->len)
			return a->len < b->len ? -1 : 1;
	}
	return a->place < b->place ? -1 : a->place > b->place;
}

/* The key on top of the stack, which the table holds. */
static struct key
take(lua_State *L, lua_Integer place)
{
	struct key k = { .rank = 2, .place = place };

	if (lua_type(L, -1) == LUA_TNUMBER) {
		k.rank = 0;
		k.number = lua_tonumber(L, -1);
		k.integer = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
	} else if (lua_type(L, -1) == LUA_TSTRING) {
		k.rank = 1;
		k.text = lua_tolstring(L, -1, &k.len);
	}
	return k;
}

/* Upvalues: the keys in the order met, their order, and how far it is. */
static int
step(lua_State *L)
{
	const struct key *keys = lua_touserdata(L, lua_upvalueindex(2));
	lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
	lua_Integer n = (lua_Integer)lua_rawlen(L, lua_upvalueindex(1));

	luaL_checktype(L, 1, LUA_TTABLE);
	while (i < n) {
		lua_rawgeti(L, lua_upvalueindex(1), keys[i++].place);
		lua_pushvalue(L, -1);
		if (lua_rawget(L, 1) != LUA_TNIL) {
			lua_pushinteger(L, i);
			lua_replace(L, lua_upvalueindex(3));
			return 2;
		}
		lua_pop(L, 2);
	}
	lua_pushinteger(L, n);
	lua_replace(L, lua_upvalueindex(3));
	lua_pushnil(L);
	return 1;
}

int
ordered_pairs(lua_State *L)
{
	struct key *keys;
	lua_Integer n = 0;
	size_t i = 0;

	luaL_checkany(L, 1);
	lua_settop(L, 1);
	if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue(L, 1);
		lua_call(L, 1, 3);
		return 3;
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	lua_newtable(L);
	for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
		lua_pushvalue(L, -2);
		lua_rawseti(L, 2, ++n);
	}
	keys = lua_newuserdatauv(L, (size_t)n * sizeof(*keys) + 1, 0);
	for (i = 0; i < (size_t)n; i++) {
		lua_rawgeti(L, 2, (lua_Integer)i + 1);
		keys[i] = take(L, (lua_Integer)i + 1);
		lua_pop(L, 1);
	}
	if (n > 1)
		qsort(keys, (size_t)n, sizeof(*keys), by_key);
	lua_pushinteger(L, 0);
	lua_pushcclosure(L, step, 3);
	lua_pushvalue(L, 1);
	lua_pushnil(L);
	return 3;
}
