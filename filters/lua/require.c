/*
 * require.c - require "a.b" finds a/b.lua or a/b/init.lua beside the script, then in
 * the folders of ROLEPRESS_FILTER_PATH.  A module's file is compiled once, and run
 * anew for every document that wants it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"

struct opened {
	FILE	*file;
	char	 bytes[16384];
	int	 begun;
};

/* A file's text, without the line #! that a script may begin with. */
static const char *
piece(lua_State *L, void *arg, size_t *len)
{
	struct opened *o = arg;
	const char *end;

	(void)L;
	*len = fread(o->bytes, 1, sizeof(o->bytes), o->file);
	if (*len == 0)
		return NULL;
	if (o->begun++ == 0 && *o->bytes == '#') {
		end = memchr(o->bytes, '\n', *len);
		if (end == NULL)
			end = o->bytes + *len;
		*len -= (size_t)(end - o->bytes);
		return *len > 0 ? end : NULL;
	}
	if (o->begun == 1 && *len >= 3 && memcmp(o->bytes, "\xEF\xBB\xBF", 3) == 0) {
		*len -= 3;
		return o->bytes + 3;
	}
	return o->bytes;
}

void
require_compile(lua_State *L, const char *path)
{
	struct opened o = { 0 };
	int status, failed;

	o.file = fopen(path, "rb");
	if (o.file == NULL)
		luaL_error(L, "%s: %s", path, strerror(errno));
	lua_pushfstring(L, "@%s", path);
	errno = 0;
	status = lua_load(L, piece, &o, lua_tostring(L, -1), "t");	/* text: bytecode could crash us */
	failed = ferror(o.file);
	fclose(o.file);
	if (failed)
		luaL_error(L, "%s: %s", path, strerror(errno != 0 ? errno : EIO));
	if (status != LUA_OK)
		lua_error(L);
	lua_remove(L, -2);
}

/* Is there such a file?  Leaves its path on the stack if so. */
static int
exists(lua_State *L, const char *folder, size_t len, const char *name, const char *ending)
{
	const char *path;
	FILE *f;

	lua_pushlstring(L, folder, len);
	path = lua_pushfstring(L, "%s%s%s%s", lua_tostring(L, -1), len > 0 && folder[len - 1] != '/' ? "/" : "",
	    name, ending);
	lua_remove(L, -2);
	f = fopen(path, "rb");
	if (f != NULL) {
		fclose(f);
		return 1;
	}
	lua_pop(L, 1);
	return 0;
}

static int
find_in(lua_State *L, const char *folder, size_t len, const char *name)
{
	return exists(L, folder, len, name, ".lua") || exists(L, folder, len, name, "/init.lua");
}

static int
find(lua_State *L, const char *name)
{
	const char *path = script_of(L)->path, *slash = strrchr(path, '/'), *p;
	size_t n;

	if (find_in(L, path, slash != NULL ? (size_t)(slash + 1 - path) : 0, name))
		return 1;
	for (p = getenv("ROLEPRESS_FILTER_PATH"); p != NULL && *p != '\0'; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (n > 0 && find_in(L, p, n, name))
			return 1;
	}
	return 0;
}

/* Pushes the compiled module, and its path below it. */
static void
compiled(lua_State *L, const char *name)
{
	const char *relative = luaL_gsub(L, name, ".", "/");

	lua_rawgeti(L, LUA_REGISTRYINDEX, script_of(L)->modules);
	if (!find(L, relative))
		luaL_error(L, "module '%s' is neither beside %s nor in ROLEPRESS_FILTER_PATH (%s.lua)", name,
		    script_of(L)->path, relative);
	lua_pushvalue(L, -1);
	if (lua_rawget(L, -3) != LUA_TNIL)
		return;
	lua_pop(L, 1);
	require_compile(L, lua_tostring(L, -1));
	lua_pushvalue(L, -2);
	lua_pushvalue(L, -2);
	lua_rawset(L, -5);
}

int
require_module(lua_State *L)
{
	static const char running;	/* its address stands for a module that is not done */
	const char *name = luaL_checkstring(L, 1), *p;

	for (p = name; *p != '\0'; p++)
		if (strchr("/\\", *p) != NULL)
			return luaL_error(L, "module '%s': a name such as \"folder.module\" is wanted", name);
	lua_settop(L, 1);
	lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
	if (lua_getfield(L, 2, name) != LUA_TNIL) {
		if (lua_touserdata(L, -1) == (void *)(uintptr_t)&running)
			return luaL_error(L, "module '%s' wants itself", name);
		return 1;
	}
	lua_pop(L, 1);
	compiled(L, name);
	lua_pushlightuserdata(L, (void *)(uintptr_t)&running);
	lua_setfield(L, 2, name);
	lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_setupvalue(L, -2, 1);
	lua_pushvalue(L, 1);
	lua_pushvalue(L, -3);
	lua_call(L, 2, 1);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		lua_pushboolean(L, 1);
	}
	lua_pushvalue(L, -1);
	lua_setfield(L, 2, name);
	return 1;
}
