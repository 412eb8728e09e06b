/* host.c - the rest of the table rolepress: what a script may ask and tell its host. */
#include <string.h>

#include <rolepress/text.h>

#include "script.h"

static struct rp_job *
job_of(lua_State *L)
{
	node_doc(L);	/* there is none while the script is loaded */
	return script_of(L)->job;
}

/* To standard error: standard output may be the document.  Upvalue: that file. */
int
host_print(lua_State *L)
{
	int i, n = lua_gettop(L);

	lua_getfield(L, lua_upvalueindex(1), "write");
	lua_pushvalue(L, lua_upvalueindex(1));
	luaL_checkstack(L, 2 * n + 4, "too many values");
	for (i = 1; i <= n; i++) {
		luaL_tolstring(L, i, NULL);
		lua_pushstring(L, i < n ? "\t" : "");
	}
	lua_pushliteral(L, "\n");
	lua_call(L, 2 * n + 2, 0);
	return 0;
}

/* report(severity, [node,] message) */
static int
report(lua_State *L)
{
	static const char *const severities[] = { "note", "warning", "error", NULL };
	enum { LONGEST = 900 };
	struct rp_job *job = job_of(L);
	int severity = luaL_checkoption(L, 1, NULL, severities), message = lua_gettop(L) > 2 ? 3 : 2;
	const struct rp_node *at = NULL;
	const char *text;
	size_t len;

	if (message == 3 && !lua_isnil(L, 2))
		at = blame_node(node_check(L, 2));
	luaL_tolstring(L, message, NULL);
	text = node_text(L, -1, &len);
	if (len > LONGEST)
		return luaL_error(L, "a message has at most %d bytes", LONGEST);
	for (; *text != '\0'; text++)
		if (*text == '\n' || *text == '\r')
			return luaL_error(L, "a message stands on one line");
	state_charge(L, len + 128);
	rp_say(job, (enum rp_severity)severity, at, "%s", lua_tostring(L, -1));
	return 0;
}

static int
setting(lua_State *L)
{
	meta_push_copy(L, rp_setting_node(job_of(L), luaL_checkstring(L, 1)));
	if (lua_islightuserdata(L, -1))
		lua_pushnil(L);
	return 1;
}

static int
document(lua_State *L)
{
	node_push(L, job_of(L)->root);
	return 1;
}

/* ---- Texts of any script ---- */

static int
convert(lua_State *L, char *(*f)(struct rp_doc *, const char *))
{
	struct rp_doc *doc = node_doc(L);
	size_t len;
	const char *text = node_text(L, 1, &len);

	state_charge(L, 2 * len + 16);
	lua_pushstring(L, f(doc, text));
	return 1;
}

static int fold(lua_State *L) { return convert(L, rp_fold); }
static int slug(lua_State *L) { return convert(L, rp_slug); }

/* ---- The index: every document of the run ---- */

static struct rp_job *
with_index(lua_State *L)
{
	struct rp_job *job = job_of(L);

	if (job->index == NULL)
		luaL_error(L, "there is no index yet: a filter that asks it declares needs = {\"index\"}");
	return job;
}

static int
index_find(lua_State *L)
{
	node_push(L, rp_index_find(with_index(L), luaL_checkstring(L, 1)));
	return 1;
}

/* The document and the place that a reference leads to. */
static int
index_resolve(lua_State *L)
{
	struct rp_job *job = with_index(L);
	const char *url = node_text(L, 1, NULL), *fragment = NULL;

	if (url[strcspn(url, ":/?#")] == ':') {		/* a scheme leads out */
		lua_pushnil(L);
		return 1;
	}
	state_charge(L, 2 * strlen(url) + 64);
	node_push(L, rp_index_resolve(job, url, &fragment));
	lua_pushstring(L, fragment);
	return 2;
}

static int
index_nearest(lua_State *L)
{
	lua_pushstring(L, rp_index_nearest(with_index(L), luaL_checkstring(L, 1)));
	return 1;
}

static int
index_place(lua_State *L)
{
	struct rp_job *job = with_index(L);
	const struct rp_node *entry = node_check(L, 1);

	luaL_argcheck(L, rp_kind(entry) == RP_DOCUMENT && rp_parent(entry) == job->index, 1,
	    "a document of the index is wanted");
	state_charge(L, 256);
	node_push(L, rp_index_place(job, entry, luaL_checkstring(L, 2)));
	return 1;
}

static int
next_document(lua_State *L)
{
	struct rp_job *job = with_index(L);

	node_push(L, lua_isnil(L, 2) ? rp_first(job->index) : rp_next(node_check(L, 2)));
	return 1;
}

static int
index_set(lua_State *L)
{
	return luaL_error(L, "the index can be read, not changed");
}

static int
index_documents(lua_State *L)
{
	with_index(L);
	lua_pushcfunction(L, next_document);
	lua_pushnil(L);
	lua_pushnil(L);
	return 3;
}

/* ---- The table ---- */

void
host_open(lua_State *L, int table)
{
	static const luaL_Reg functions[] = {
		{ "report", report }, { "setting", setting }, { "document", document }, { "fold", fold },
		{ "slug", slug },
		{ NULL, NULL }
	};
	static const luaL_Reg index[] = {
		{ "find", index_find }, { "resolve", index_resolve }, { "nearest", index_nearest },
		{ "place", index_place }, { "documents", index_documents },
		{ NULL, NULL }
	};

	lua_pushvalue(L, table);
	luaL_setfuncs(L, functions, 0);
	lua_newtable(L);		/* stays empty: nothing is left in it for the next document */
	lua_newtable(L);
	luaL_newlib(L, index);
	lua_setfield(L, -2, "__index");
	lua_pushcfunction(L, index_set);
	lua_setfield(L, -2, "__newindex");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_setfield(L, -2, "index");
	lua_pushlightuserdata(L, NULL);
	lua_setfield(L, -2, "null");
	lua_pushstring(L, rp_version());
	lua_setfield(L, -2, "version");
	make_open(L, table);
	lua_pop(L, 1);
}
