/*
 * declare.c - what a script says of itself: name, summary, options, needs, place.
 * They become the tables that a filter in C would have, so that rolepress list,
 * range errors and completion know no difference.
 */
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#include "script.h"

/* What every Lua filter has. */
static const struct rp_option common[] = {
	{ "io", RP_BOOL, offsetof(struct limits, io), "no", NULL, "the script may open files" },
	{ "memory", RP_INT, offsetof(struct limits, memory), "256", "1..65536",
	    "most megabytes that the script may use" },
	{ "steps", RP_INT, offsetof(struct limits, steps), "1000", "0..",
	    "most millions of Lua instructions for one document; 0: no bound" },
};

static const char *
keep(struct rp_loading *l, const char *text)
{
	size_t n = strlen(text) + 1;

	return memcpy(rp_loading_alloc(l, n), text, n);
}

/* A text of the table at index, or NULL. */
static const char *
text_of(lua_State *L, struct rp_loading *l, int index, const char *key)
{
	const char *text = NULL;
	int type;

	lua_pushstring(L, key);
	type = lua_rawget(L, index);
	if (type != LUA_TNIL && type != LUA_TSTRING && type != LUA_TNUMBER)
		luaL_error(L, "%s: a text is wanted, not a %s", key, lua_typename(L, type));
	if (type != LUA_TNIL)
		text = keep(l, node_text(L, -1, NULL));
	lua_pop(L, 1);
	return text;
}

static int
is_name(const char *s)
{
	return *s != '\0' && *s != '-' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* "Word Count.lua" is the filter word-count. */
static const char *
name_of_file(struct rp_loading *l)
{
	const char *base = strrchr(l->path, '/');
	size_t n, i;
	char *name;

	base = base != NULL ? base + 1 : l->path;
	n = strlen(base);
	n -= n > 4 && strcmp(base + n - 4, ".lua") == 0 ? 4 : 0;
	name = rp_loading_alloc(l, n + 2);
	for (i = 0; i < n; i++) {
		char c = base[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		name[i] = strchr("abcdefghijklmnopqrstuvwxyz0123456789", c) != NULL ? c : '-';
	}
	while (*name == '-')
		name++;
	return *name != '\0' ? name : "script";
}

/* A list of words, or one word. */
static const char *const *
words_of(lua_State *L, struct rp_loading *l, int index, const char *key)
{
	const char **words = NULL;
	size_t n, i;

	lua_pushstring(L, key);
	switch (lua_rawget(L, index)) {
	case LUA_TNIL:
		break;
	case LUA_TSTRING:
		words = rp_loading_alloc(l, 2 * sizeof(*words));
		words[0] = keep(l, lua_tostring(L, -1));
		break;
	case LUA_TTABLE:
		n = lua_rawlen(L, -1);
		words = rp_loading_alloc(l, (n + 1) * sizeof(*words));
		for (i = 0; i < n; i++, lua_pop(L, 1)) {
			if (lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TSTRING)
				luaL_error(L, "%s: a list of words is wanted", key);
			words[i] = keep(l, lua_tostring(L, -1));
		}
		break;
	default:
		luaL_error(L, "%s: a list of words is wanted", key);
	}
	lua_pop(L, 1);
	return words;
}

/* ---- Options ---- */

static const struct { const char *name; enum rp_option_type type; size_t size, align; } types[] = {
	{ "bool", RP_BOOL, sizeof(int), alignof(int) },
	{ "int", RP_INT, sizeof(long), alignof(long) },
	{ "string", RP_STRING, sizeof(char *), alignof(char *) },
	{ "enum", RP_ENUM, sizeof(char *), alignof(char *) },
};

static const char *
default_of(lua_State *L, struct rp_loading *l, int index)
{
	const char *text;

	lua_getfield(L, index, "default");
	if (lua_isboolean(L, -1)) {
		text = lua_toboolean(L, -1) ? "yes" : "no";
		lua_pop(L, 1);
		return text;
	}
	lua_pop(L, 1);
	return text_of(L, l, index, "default");
}

/* A range may be a list: {"a", "b"} is "a|b". */
static const char *
range_of(lua_State *L, struct rp_loading *l, int index)
{
	const char *const *words;
	luaL_Buffer b;
	const char *text;

	lua_getfield(L, index, "range");
	if (!lua_istable(L, -1)) {
		lua_pop(L, 1);
		return text_of(L, l, index, "range");
	}
	lua_pop(L, 1);
	words = words_of(L, l, index, "range");
	luaL_buffinit(L, &b);
	for (; *words != NULL; words++) {
		luaL_addstring(&b, *words);
		if (words[1] != NULL)
			luaL_addchar(&b, '|');
	}
	luaL_pushresult(&b);
	text = keep(l, lua_tostring(L, -1));
	lua_pop(L, 1);
	return text;
}

static void
check_name(lua_State *L, const struct rp_option *options, size_t n)
{
	const char *name = options[n].name;
	size_t i;

	if (name == NULL || !is_name(name))
		luaL_error(L, "options: an option's name has lower case letters, digits and hyphens");
	for (i = 0; i < n; i++)
		if (strcmp(options[i].name, name) == 0)
			luaL_error(L, i < LEN(common) ? "options: every Lua filter has an option \"%s\" already" :
			    "options: \"%s\" stands twice", name);
}

/* The n-th option of the filter is the table on top. */
static void
read_option(lua_State *L, struct rp_loading *l, struct rp_option *options, size_t n)
{
	struct rp_option *o = &options[n];
	int at = lua_gettop(L);
	const char *type;
	size_t t;

	if (!lua_istable(L, at))
		luaL_error(L, "options: each is a table {name=, type=, default=, range=, help=}");
	o->name = text_of(L, l, at, "name");
	check_name(L, options, n);
	type = text_of(L, l, at, "type");
	for (t = 0; t < LEN(types) && strcmp(types[t].name, type != NULL ? type : "string") != 0; t++)
		;
	if (t == LEN(types))
		luaL_error(L, "option %s: its type is bool, int, string or enum, not \"%s\"", o->name, type);
	o->type = types[t].type;
	o->dflt = default_of(L, l, at);
	o->range = range_of(L, l, at);
	o->help = text_of(L, l, at, "help");
	if (o->help == NULL)
		o->help = "";
	if (o->type == RP_ENUM && (o->range == NULL || *o->range == '\0'))
		luaL_error(L, "option %s: an enum wants range=\"this|that\"", o->name);
	o->offset = (l->made->state_size + types[t].align - 1) / types[t].align * types[t].align;
	l->made->state_size = o->offset + types[t].size;
}

static void
read_options(lua_State *L, struct rp_loading *l, int index)
{
	struct rp_option *options;
	size_t n = 0, i;
	int type;

	lua_pushliteral(L, "options");
	type = lua_rawget(L, index);
	if (type == LUA_TTABLE)
		n = lua_rawlen(L, -1);
	else if (type != LUA_TNIL)
		luaL_error(L, "options: a list is wanted, not a %s", lua_typename(L, type));
	if (type == LUA_TTABLE && n == 0 && (lua_pushnil(L), lua_next(L, -2) != 0))
		luaL_error(L, "options: a list is wanted: {{name = \"...\", ...}}");
	options = rp_loading_alloc(l, (LEN(common) + n + 1) * sizeof(*options));
	memcpy(options, common, sizeof(common));
	l->made->state_size = sizeof(struct limits);
	for (i = 0; i < n; i++, lua_pop(L, 1)) {
		lua_rawgeti(L, -1, (lua_Integer)i + 1);
		read_option(L, l, options, LEN(common) + i);
	}
	l->made->options = options;
	lua_pop(L, 1);
}

void
declare_filter(lua_State *L, struct rp_loading *l)
{
	int index = lua_gettop(L);
	const char *name = text_of(L, l, index, "name"), *summary = text_of(L, l, index, "summary");

	if (name != NULL && !is_name(name))
		luaL_error(L, "name: lower case letters, digits and hyphens are wanted, not \"%s\"", name);
	l->made->name = name != NULL ? name : name_of_file(l);
	l->made->summary = summary != NULL ? summary : "a Lua script that does not say what it does";
	l->made->needs = words_of(L, l, index, "needs");
	l->made->gives = words_of(L, l, index, "gives");
	read_options(L, l, index);
	if (l->made->role == RP_WRITER) {
		l->made->extension = text_of(L, l, index, "extension");
		l->made->media_type = text_of(L, l, index, "media_type");
		if (l->made->extension != NULL && *l->made->extension != '.')
			luaL_error(L, "extension: a text such as \".txt\" is wanted");
		return;
	}
	l->made->before = text_of(L, l, index, "before");
	/* A script that needs nothing sees headings in a row, as its users wrote them, and
	 * what it makes gets its sections, ids and roles. */
	if (l->made->before == NULL && (l->made->needs == NULL || l->made->needs[0] == NULL)) {
		if (script_of(L)->late != NULL)
			luaL_error(L, "%s: a function for nodes that the filter %s makes wants needs = {\"%s\"}",
			    l->path, script_of(L)->late, script_of(L)->late);
		l->made->before = "sections";
	}
}

/* ---- Their values ---- */

static void
push_value(lua_State *L, const struct rp_option *o, const char *at)
{
	const char *text;
	long number;
	int yes;

	switch (o->type) {
	case RP_BOOL:
		memcpy(&yes, at, sizeof(yes));
		lua_pushboolean(L, yes);
		return;
	case RP_INT:
		memcpy(&number, at, sizeof(number));
		lua_pushinteger(L, number);
		return;
	case RP_STRING:
	case RP_ENUM:
	default:
		memcpy(&text, at, sizeof(text));
		lua_pushstring(L, text);	/* NULL is nil */
	}
}

void
declare_push_options(lua_State *L)
{
	const struct script *s = script_of(L);
	const struct rp_option *o;

	lua_newtable(L);
	for (o = s->job != NULL ? s->job->filter->options : NULL; o != NULL && o->name != NULL; o++) {
		push_value(L, o, (const char *)s->state + o->offset);
		lua_setfield(L, -2, o->name);
	}
}
