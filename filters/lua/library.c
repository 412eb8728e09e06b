/*
 * library.c - the standard library, as far as a filter may have it.
 *
 * One set of tables is made when the script is loaded and never shown.  Every
 * document gets new globals that look through to it: what a script adds to
 * `string` is gone with the document, and nothing that it does can break the set.
 */
#include <string.h>

#include "script.h"

/* Any number will do, as long as it is always the same. */
enum { SEED = 20000101 };

static const char *const tables[] = { "string", "table", "math", "utf8", "coroutine", "os", "rolepress" };

/* ---- Functions that differ from Lua's own ---- */

static int
load_text(lua_State *L)
{
	const char *text, *name;
	size_t len;
	int env = !lua_isnone(L, 4);

	text = luaL_checklstring(L, 1, &len);	/* no reader functions: nobody needs them here */
	name = luaL_optstring(L, 2, text);
	if (luaL_loadbufferx(L, text, len, name, "t") != LUA_OK) {
		lua_pushnil(L);
		lua_insert(L, -2);
		return 2;
	}
	if (env) {
		lua_pushvalue(L, 4);
		lua_setupvalue(L, -2, 1);
	}
	return 1;
}

/* Finalisers run at a time that nobody knows, and without a bound. */
static int
set_metatable(lua_State *L)
{
	luaL_checktype(L, 1, LUA_TTABLE);
	luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
	if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
		return luaL_error(L, "cannot change a protected metatable");
	if (lua_istable(L, 2)) {
		lua_pushliteral(L, "__gc");
		if (lua_rawget(L, 2) != LUA_TNIL)
			return luaL_error(L, "finalisers (__gc) are not for filters");
	}
	lua_settop(L, 2);
	lua_setmetatable(L, 1);
	return 1;
}

static int
collect(lua_State *L)
{
	const char *what = luaL_optstring(L, 1, "collect");

	if (strcmp(what, "count") == 0) {
		lua_pushnumber(L, (lua_Number)script_of(L)->used / 1024);
		return 1;
	}
	if (strcmp(what, "collect") == 0)
		lua_gc(L, LUA_GCCOLLECT);
	lua_pushinteger(L, 0);
	return 1;
}

static int
random_seed(lua_State *L)
{
	luaL_checknumber(L, 1);		/* without one it would be the time */
	lua_settop(L, 2);
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_insert(L, 1);
	if (lua_isnil(L, -1))
		lua_pop(L, 1);
	lua_call(L, lua_gettop(L) - 1, 0);
	return 0;
}

static lua_Integer
part_of(lua_State *L, const char *name, lua_Integer dflt)
{
	lua_Integer n = dflt;
	int is = 1;

	if (lua_getfield(L, 1, name) != LUA_TNIL)
		n = lua_tointegerx(L, -1, &is);
	if (!is || n < -1000000 || n > 1000000)
		luaL_error(L, "field '%s' is no number that a date may have", name);
	lua_pop(L, 1);
	return n;
}

/* "Now" is what it is for every output; times are UTC, whatever the zone. */
static int
os_time(lua_State *L)
{
	const struct script *s = script_of(L);
	lua_Integer y, m, days;

	if (lua_isnoneornil(L, 1)) {
		lua_pushinteger(L, s->job != NULL ? rp_epoch(s->job) : 0);
		return 1;
	}
	luaL_checktype(L, 1, LUA_TTABLE);
	m = part_of(L, "month", 1) - 3;		/* years that begin in March have their leap day last */
	y = part_of(L, "year", 1970) + (m >= 0 ? m / 12 : -((11 - m) / 12));
	m = (m % 12 + 12) % 12;
	days = y * 365 + (y >= 0 ? y / 4 - y / 100 + y / 400 : 0) + (153 * m + 2) / 5 - 719469 +
	    part_of(L, "day", 1);
	lua_pushinteger(L, days * 86400 + part_of(L, "hour", 12) * 3600 + part_of(L, "min", 0) * 60 +
	    part_of(L, "sec", 0));
	return 1;
}

static int
os_date(lua_State *L)
{
	const char *fmt = luaL_optstring(L, 1, "%c");

	lua_settop(L, 2);
	lua_pushvalue(L, lua_upvalueindex(1));
	lua_pushfstring(L, "%s%s", *fmt == '!' ? "" : "!", fmt);
	if (lua_isnoneornil(L, 2))
		lua_pushinteger(L, script_of(L)->job != NULL ? rp_epoch(script_of(L)->job) : 0);
	else
		lua_pushvalue(L, 2);
	lua_call(L, 2, 1);
	return 1;
}

/* ---- Making the set ---- */

static void
drop(lua_State *L, const char *const *names)
{
	for (; *names != NULL; names++) {
		lua_pushnil(L);
		lua_setfield(L, -2, *names);
	}
}

/* Puts f, with what was there as its upvalue, into the table on top. */
static void
wrap(lua_State *L, const char *name, lua_CFunction f)
{
	lua_getfield(L, -1, name);
	lua_pushcclosure(L, f, 1);
	lua_setfield(L, -2, name);
}

static void
open_os(lua_State *L)
{
	static const char *const never[] = { "clock", "execute", "exit", "setlocale", NULL };
	static const char *const asked[] = { "getenv", "remove", "rename", "tmpname", NULL };
	size_t i;

	luaL_requiref(L, LUA_OSLIBNAME, luaopen_os, 0);
	drop(L, never);
	lua_pushcfunction(L, os_time);
	lua_setfield(L, -2, "time");
	wrap(L, "date", os_date);
	lua_newtable(L);	/* with io=yes */
	for (i = 0; asked[i] != NULL; i++) {
		lua_getfield(L, -2, asked[i]);
		lua_setfield(L, -2, asked[i]);
	}
	lua_setfield(L, -3, "os with io");
	drop(L, asked);
	lua_setfield(L, -2, LUA_OSLIBNAME);
}

/* What goes to standard output is the document; so the script's output does not. */
static void
open_io(lua_State *L)
{
	static const char *const never[] = { "popen", NULL };

	luaL_requiref(L, LUA_IOLIBNAME, luaopen_io, 0);
	drop(L, never);
	lua_getfield(L, -1, "stderr");
	lua_pushvalue(L, -1);
	lua_setfield(L, -3, "stdout");
	lua_pushcclosure(L, host_print, 1);
	lua_setfield(L, -3, "print");
	lua_getfield(L, -1, "output");
	lua_getfield(L, -2, "stderr");
	lua_call(L, 1, 0);
	luaL_getmetatable(L, LUA_FILEHANDLE);
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_pop(L, 1);
	lua_setfield(L, -2, LUA_IOLIBNAME);
}

static void
open_base(lua_State *L)
{
	static const char *const never[] = { "dofile", "loadfile", "warn", NULL };
	static const luaL_Reg own[] = {
		{ "load", load_text }, { "setmetatable", set_metatable }, { "collectgarbage", collect },
		{ "pairs", ordered_pairs }, { "require", require_module },
		{ NULL, NULL }
	};

	luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
	drop(L, never);
	luaL_setfuncs(L, own, 0);
	lua_pushnil(L);
	lua_setfield(L, -2, LUA_GNAME);
}

static void
open_plain(lua_State *L, const char *name, lua_CFunction open)
{
	luaL_requiref(L, name, open, 0);
	lua_setfield(L, -2, name);
}

/* ("x"):upper() looks its method up in the document's own table string. */
static void
lock_strings(lua_State *L)
{
	lua_pushliteral(L, "");
	lua_getmetatable(L, -1);
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_pop(L, 2);
}

void
library_open(lua_State *L)
{
	static const char *const no_dump[] = { "dump", NULL };
	struct script *s = script_of(L);
	size_t i;

	open_base(L);
	open_plain(L, LUA_STRLIBNAME, luaopen_string);
	open_plain(L, LUA_TABLIBNAME, luaopen_table);
	open_plain(L, LUA_MATHLIBNAME, luaopen_math);
	open_plain(L, LUA_UTF8LIBNAME, luaopen_utf8);
	open_plain(L, LUA_COLIBNAME, luaopen_coroutine);
	open_os(L);
	open_io(L);
	lua_getfield(L, -1, LUA_STRLIBNAME);
	drop(L, no_dump);
	lua_pop(L, 1);
	lua_getfield(L, -1, LUA_MATHLIBNAME);
	lua_getfield(L, -1, "randomseed");
	lua_setfield(L, -3, "seed");		/* the real one, for library_renew() */
	wrap(L, "randomseed", random_seed);
	lua_pop(L, 1);
	lua_newtable(L);
	host_open(L, lua_gettop(L));
	lua_setfield(L, -2, "rolepress");
	lock_strings(L);
	/* A metatable for each that looks through to it. */
	for (i = 0; i < LEN(tables); i++) {
		lua_newtable(L);
		lua_getfield(L, -2, tables[i]);
		lua_setfield(L, -2, "__index");
		lua_pushboolean(L, 0);
		lua_setfield(L, -2, "__metatable");
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	s->base = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* ---- New globals ---- */

static const char *const base_names[] = { "assert", "error", "getmetatable", "ipairs", "next", "pcall",
    "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber", "tostring", "type", "xpcall", "_VERSION",
    "load", "setmetatable", "collectgarbage", "pairs", "print", "require" };

static void
add_tables(lua_State *L, int base, int env)
{
	size_t i;

	for (i = 0; i < LEN(tables); i++) {
		lua_newtable(L);
		lua_rawgeti(L, base, (lua_Integer)i + 1);
		lua_setmetatable(L, -2);
		lua_setfield(L, env, tables[i]);
	}
	for (i = 0; i < LEN(base_names); i++) {
		lua_getfield(L, base, base_names[i]);
		lua_setfield(L, env, base_names[i]);
	}
}

static void
add_io(lua_State *L, int base, int env)
{
	lua_getfield(L, base, LUA_IOLIBNAME);
	lua_setfield(L, env, LUA_IOLIBNAME);
	lua_getfield(L, env, LUA_OSLIBNAME);
	lua_getfield(L, base, "os with io");
	for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
		lua_pushvalue(L, -2);
		lua_pushvalue(L, -2);
		lua_rawset(L, -6);
	}
	lua_pop(L, 2);
}

void
library_renew(lua_State *L)
{
	struct script *s = script_of(L);
	int base, env;

	lua_rawgeti(L, LUA_REGISTRYINDEX, s->base);
	base = lua_gettop(L);
	lua_newtable(L);
	env = lua_gettop(L);
	add_tables(L, base, env);
	if (s->limits.io)
		add_io(L, base, env);
	lua_pushvalue(L, env);
	lua_setfield(L, env, LUA_GNAME);
	/* Modules are loaded anew too. */
	lua_newtable(L);
	lua_newtable(L);
	lua_pushvalue(L, -1);
	lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
	lua_setfield(L, -2, "loaded");
	lua_setfield(L, env, "package");
	lua_getfield(L, env, "rolepress");
	declare_push_options(L);
	lua_setfield(L, -2, "options");
	lua_pop(L, 1);
	lua_pushliteral(L, "");
	lua_getmetatable(L, -1);
	lua_getfield(L, env, LUA_STRLIBNAME);
	lua_setfield(L, -2, "__index");
	lua_pop(L, 2);
	lua_getfield(L, base, "seed");
	lua_pushinteger(L, SEED);
	lua_call(L, 1, 0);
	lua_pushvalue(L, env);
	lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_settop(L, base - 1);
}
