/*
 * lua - loads scripts as filters and formats: -f x.lua, -t x.lua.
 *
 * The script's functions are named by kinds of nodes, as pandoc's users know them;
 * the manual tells the rest.  script.h says what the files of this folder hold.
 */
#include <stdlib.h>
#include <string.h>

#include "script.h"

/* ---- Loading ---- */

/* The chunk's result, or the new globals if it has none. */
static void
run_chunk(lua_State *L)
{
	struct script *s = script_of(L);

	library_renew(L);
	lua_rawgeti(L, LUA_REGISTRYINDEX, s->chunk);
	lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_setupvalue(L, -2, 1);
	lua_call(L, 0, 1);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		lua_pushglobaltable(L);
	} else if (!lua_istable(L, -1)) {
		luaL_error(L, "%s: the script returns a %s; a table of functions is wanted", s->path,
		    luaL_typename(L, -1));
	}
}

/* Is it a format?  Pushes its functions if so. */
static int
push_writer(lua_State *L, int table)
{
	lua_pushliteral(L, "writer");
	if (lua_rawget(L, table) == LUA_TTABLE)
		return 1;
	if (!lua_isnil(L, -1))
		luaL_error(L, "writer: a table of functions is wanted, not a %s", luaL_typename(L, -1));
	lua_pop(L, 1);
	return 0;
}

/* What the chunk left on top: is it a filter, or a format? */
static void
open_role(lua_State *L, struct rp_loading *l)
{
	struct script *s = script_of(L);
	int table = lua_gettop(L), count;

	count = passes_check(L, table);
	s->writes = push_writer(L, table);
	if (s->writes) {
		if (count > 0)
			luaL_error(L, "%s: a script is a filter or a format (writer), not both", s->path);
		count = passes_check(L, lua_gettop(L));
		lua_settop(L, table);
		l->made->role = RP_WRITER;
	}
	if (count == 0)
		luaL_error(L, "%s: no function has the name of a kind of nodes, such as Heading or Text", s->path);
}

static int
open_script(lua_State *L)
{
	struct rp_loading *l = lua_touserdata(L, 1);
	struct script *s = script_of(L);

	node_open(L);
	meta_open(L);
	children_open(L);
	passes_open(L);
	library_open(L);
	lua_newtable(L);
	s->modules = luaL_ref(L, LUA_REGISTRYINDEX);
	require_compile(L, s->path);
	s->chunk = luaL_ref(L, LUA_REGISTRYINDEX);
	run_chunk(L);
	open_role(L, l);
	declare_filter(L, l);
	return 0;
}

static void
unload(const struct rp_filter *f)
{
	state_close(f->context);
	free(f->context);
}

/* ---- Running ---- */

/* A script could nest nodes without end; no consumer has to bear that. */
static void
check_depth(lua_State *L, struct rp_node *root)
{
	struct rp_walk w = rp_walk(root);

	while (rp_walk_next(&w))
		if (w.depth > RP_LUA_DEEPEST)
			luaL_error(L, "the tree is more than %d levels deep now", RP_LUA_DEEPEST);
}

static int
run_script(lua_State *L)
{
	struct script *s = script_of(L);
	uint32_t edits = s->edits;

	run_chunk(L);
	if (s->writes) {
		push_writer(L, lua_gettop(L));
		write_document(L, lua_gettop(L));
		return 0;
	}
	passes_run(L);
	s->at = NULL;
	if (s->edits != edits)
		check_depth(L, s->job->root);
	return 0;
}

static int
run(struct rp_job *job, void *state)
{
	struct script *s = job->filter->context;
	const char *wrong;

	s->job = job;
	s->state = state;
	s->at = NULL;
	s->stamp++;
	state_begin(s, state);
	wrong = state_call(s, run_script, NULL);
	if (wrong != NULL)
		rp_say(job, RP_ERROR, blame_node(s->at), "%s", wrong);
	lua_settop(s->L, 0);
	s->job = NULL;
	s->stamp++;
	return wrong == NULL ? 0 : -1;
}

static int
load(struct rp_loading *l)
{
	struct script *s = calloc(1, sizeof(*s));
	const char *wrong;

	if (s == NULL)
		return rp_loading_fail(l, "not enough memory");
	l->made->context = s;
	l->made->unload = unload;
	l->made->role = RP_TRANSFORM;
	l->made->run = run;
	s->path = l->path;
	if (state_open(s) == -1)
		return rp_loading_fail(l, "not enough memory");
	wrong = state_call(s, open_script, l);
	if (wrong != NULL)
		return rp_loading_fail(l, "%s", wrong);
	lua_settop(s->L, 0);
	return 0;
}

RP_FILTER(lua) = {
	RP_HEAD("lua"),
	.summary = "filters and formats written in Lua 5.4",
	.role = RP_LOADER,
	.extension = ".lua",
	.load = load,
};
