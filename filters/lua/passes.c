/*
 * passes.c - a script's functions by the names of kinds, made ready to be found by
 * node without a look into Lua: a kind without a function costs one byte's test.
 */
#include <string.h>

#include <rolepress/text.h>

#include "script.h"

static const struct { const char *name; int slot; } others[] = {
#define NAME(name, slot) { name, slot },
#include "names.def"
#undef NAME
};

/* What else a filter's table may say; see declare.c. */
static const char *const sayings[] = { "name", "summary", "options", "needs", "gives", "before", "traverse",
	"writer", "extension", "media_type" };

/* ---- Names ---- */

const char *
pass_name(lua_State *L, int slot)
{
	size_t i;

	if (slot < RP_KIND_MAX)
		return node_kind(L, (enum rp_kind)slot);
	for (i = 0; i < LEN(others) && others[i].slot != slot; i++)
		;
	return others[i].name;
}

void
passes_open(lua_State *L)
{
	size_t i;
	int k;

	lua_newtable(L);
	for (k = 0; k < RP_KIND_MAX; k++) {
		lua_pushinteger(L, k);
		lua_setfield(L, -2, node_kind(L, (enum rp_kind)k));
	}
	for (i = 0; i < LEN(others); i++) {
		lua_pushinteger(L, others[i].slot);
		lua_setfield(L, -2, others[i].name);
	}
	script_of(L)->names = luaL_ref(L, LUA_REGISTRYINDEX);
}

static const char *
nearest(lua_State *L, const char *name)
{
	const char *best = NULL;
	int d, least = 3, k;
	size_t i;

	for (k = 0; k < RP_KIND_MAX; k++)
		if ((d = rp_distance(node_kind(L, (enum rp_kind)k), name, least)) < least)
			least = d, best = node_kind(L, (enum rp_kind)k);
	for (i = 0; i < LEN(others); i++)
		if ((d = rp_distance(others[i].name, name, least)) < least)
			least = d, best = others[i].name;
	return best;
}

static void
check_saying(lua_State *L, const char *name, int strict)
{
	size_t i;

	for (i = 0; i < LEN(sayings); i++) {
		if (strcmp(sayings[i], name) != 0)
			continue;
		if (strict == STRICT_MEMBER && strcmp(name, "traverse") != 0)
			luaL_error(L, "\"%s\" belongs into the table that holds the list of filters", name);
		return;
	}
	for (i = 0; i < LEN(sayings); i++)
		if (strlen(name) > 3 && rp_distance(sayings[i], name, 2) <= 2)
			luaL_error(L, "a filter says nothing of \"%s\"; did you mean \"%s\"?", name, sayings[i]);
}

/* A name that means nothing is most likely a slip. */
static void
check_unknown(lua_State *L, const char *name, int strict)
{
	const char *best;

	if (*name < 'A' || *name > 'Z') {
		check_saying(L, name, strict);
		return;
	}
	if (lua_type(L, -1) != LUA_TFUNCTION)
		return;
	best = nearest(L, name);
	luaL_error(L, "no kind of node is named \"%s\"%s%s%s", name, best != NULL ? "; did you mean \"" : "",
	    best != NULL ? best : "", best != NULL ? "\"?" : "");
}

/* ---- Reading a table ---- */

/* Nodes that there are none of yet where a script that needs nothing runs. */
static const char *
late(int slot)
{
	switch (slot) {
	case RP_SECTION:
		return "sections";
	case RP_QUESTION_LIST:
	case RP_QUESTION:
	case RP_ANSWER:
		return "questions";
	default:
		return NULL;
	}
}

static void
add(struct pass *p, int slot)
{
	int k;

	p->has[slot] = 1;
	if (slot == SLOT_META)
		p->metas = 1;
	else if (slot == SLOT_INLINE || slot == SLOT_INLINES)
		p->inlines = 1;
	else if (slot == SLOT_BULLET || slot == SLOT_ORDERED || slot == SLOT_PLAIN || slot == SLOT_BLOCK ||
	    slot == SLOT_BLOCKS)
		p->blocks = 1;
	for (k = slot; k < RP_KIND_MAX; k = RP_KIND_MAX) {
		enum rp_class class = rp_kind_class((enum rp_kind)k);

		p->inlines |= class == RP_CLASS_INLINE;
		p->blocks |= class == RP_CLASS_BLOCK || class == RP_CLASS_PART;
		p->metas |= class == RP_CLASS_META;
	}
}

static void
read_traverse(lua_State *L, int index, struct pass *p)
{
	const char *how;

	lua_pushliteral(L, "traverse");
	if (lua_rawget(L, index) != LUA_TNIL) {
		how = lua_tostring(L, -1);
		p->topdown = how != NULL && strcmp(how, "topdown") == 0;
		if (!p->topdown && (how == NULL || strcmp(how, "typewise") != 0))
			luaL_error(L, "traverse is \"typewise\" or \"topdown\"");
	}
	lua_pop(L, 1);
}

int
pass_read(lua_State *L, int index, struct pass *p, int strict)
{
	int names, count = 0, slot;

	memset(p, 0, sizeof(*p));
	index = lua_absindex(L, index);
	lua_newtable(L);
	p->functions = lua_gettop(L);
	lua_rawgeti(L, LUA_REGISTRYINDEX, script_of(L)->names);
	names = lua_gettop(L);
	for (lua_pushnil(L); lua_next(L, index) != 0; lua_settop(L, names + 1)) {
		if (lua_type(L, -2) != LUA_TSTRING)
			continue;
		lua_pushvalue(L, -2);
		if (lua_rawget(L, names) == LUA_TNIL) {
			lua_pop(L, 1);
			if (strict)
				check_unknown(L, lua_tostring(L, -2), strict);
			continue;
		}
		slot = (int)lua_tointeger(L, -1);
		lua_pop(L, 1);
		if (lua_type(L, -1) != LUA_TFUNCTION) {
			if (strict)
				luaL_error(L, "%s: a function is wanted, not a %s", lua_tostring(L, -2),
				    luaL_typename(L, -1));
			continue;
		}
		count++;
		if (p->has[slot] && slot != SLOT_NEVER)
			luaL_error(L, "%s has a function by another name already", lua_tostring(L, -2));
		add(p, slot);
		if (late(slot) != NULL)
			script_of(L)->late = late(slot);
		lua_rawseti(L, p->functions, slot + 1);
	}
	lua_settop(L, p->functions);
	read_traverse(L, index, p);
	return count;
}

/* ---- Looking up ---- */

static int
is_tight(const struct rp_node *paragraph)
{
	const struct rp_node *item = rp_parent(paragraph);

	return item != NULL && rp_kind(item) == RP_ITEM && rp_parent(item) != NULL &&
	    rp_get_int(rp_parent(item), RP_A_TIGHT, 0);
}

int
pass_slot(const struct pass *p, const struct rp_node *n)
{
	enum rp_kind k = rp_kind(n);

	if (k == RP_LIST) {
		int slot = rp_get_int(n, RP_A_ORDERED, 0) ? SLOT_ORDERED : SLOT_BULLET;

		if (p->has[slot])
			return slot;
	}
	if (k == RP_PARAGRAPH && p->has[SLOT_PLAIN] && is_tight(n))
		return SLOT_PLAIN;
	if (p->has[k])
		return (int)k;
	if (rp_kind_class(k) == RP_CLASS_INLINE && p->has[SLOT_INLINE])
		return SLOT_INLINE;
	if (rp_kind_class(k) == RP_CLASS_BLOCK && p->has[SLOT_BLOCK])
		return SLOT_BLOCK;
	return SLOT_MAX;
}

void
pass_call(lua_State *L, const struct pass *p, int slot, const struct rp_node *at)
{
	struct script *s = script_of(L);
	const struct rp_node *was = s->at;

	s->at = at;
	lua_rawgeti(L, p->functions, slot + 1);
	lua_insert(L, -2);
	lua_call(L, 1, 2);
	s->at = was;
}

/* ---- What the chunk returned ---- */

/* A list of filters has tables at 1, 2 ...; it may say the rest beside them. */
static int
is_list(lua_State *L, int index)
{
	int is = lua_rawgeti(L, index, 1) == LUA_TTABLE;

	lua_pop(L, 1);
	return is;
}

int
passes_check(lua_State *L, int index)
{
	struct pass p;
	int top = lua_gettop(L), count = 0;
	lua_Integer i;

	lua_pushglobaltable(L);
	if (lua_rawequal(L, index, -1))
		count = pass_read(L, index, &p, LENIENT);
	else if (!is_list(L, index))
		count = pass_read(L, index, &p, STRICT);
	else
		for (i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
			if (!lua_istable(L, -1))
				luaL_error(L, "number %I of the list of filters is no table", (LUAI_UACINT)i);
			count += pass_read(L, lua_gettop(L), &p, STRICT_MEMBER);
		}
	lua_settop(L, top);
	return count;
}

static void
run_one(lua_State *L, int index)
{
	struct pass p;

	if (pass_read(L, index, &p, LENIENT) > 0)
		walk_pass(L, &p, script_of(L)->job->root, 1);
}

void
passes_run(lua_State *L)
{
	int index = lua_gettop(L);
	lua_Integer i;

	if (!is_list(L, index)) {
		run_one(L, index);
		return;
	}
	for (i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
		luaL_checktype(L, -1, LUA_TTABLE);
		run_one(L, lua_gettop(L));
		lua_settop(L, index);
	}
}
