/*
 * change.c - the methods of nodes.  What would make a tree that no writer expects is
 * an error: a block inside a paragraph, a node inside itself, front matter moved.
 */
#include <string.h>

#include <rolepress/text.h>

#include "script.h"

/* ---- What may stand where ---- */

/* Every step up or down costs time, and a script could nest without end; what is deep
 * only between its first and last children is found when the script is done. */
static void
check_depth(lua_State *L, int depth, const struct rp_node *child)
{
	const struct rp_node *first, *last;

	for (first = last = child; depth <= RP_LUA_DEEPEST && (first != NULL || last != NULL); depth++) {
		first = first != NULL ? rp_first(first) : NULL;
		last = last != NULL ? rp_last(last) : NULL;
	}
	if (depth > RP_LUA_DEEPEST)
		luaL_error(L, "the tree would be more than %d levels deep", RP_LUA_DEEPEST);
}

void
change_allow(lua_State *L, const struct rp_node *parent, const struct rp_node *child)
{
	const struct rp_node *up;
	int depth = 0;

	for (up = parent; up != NULL; up = rp_parent(up), depth++)
		if (up == child)
			luaL_error(L, "%s cannot be put inside itself", node_kind(L, rp_kind(child)));
	check_depth(L, depth, child);
	if (!rp_may_hold(rp_kind(parent), rp_kind(child)))
		luaL_error(L, "%s cannot stand in %s", node_kind(L, rp_kind(child)), node_kind(L, rp_kind(parent)));
}

/* The front matter of a document, and what was made of it, stay where they are. */
static int
is_fixed(const struct rp_node *n)
{
	return rp_kind(n) == RP_DOCUMENT || rp_kind(n) == RP_INDEX || (rp_parent(n) != NULL &&
	    rp_kind(rp_parent(n)) == RP_DOCUMENT && rp_kind_class(rp_kind(n)) == RP_CLASS_META);
}

void
change_allow_out(lua_State *L, const struct rp_node *n)
{
	if (is_fixed(n))
		luaL_error(L, "%s stays where it is: change what is in it", node_kind(L, rp_kind(n)));
}

struct rp_node *
change_incoming(lua_State *L, const struct rp_node *parent, int index)
{
	struct rp_node *child = make_child(L, parent, index);

	change_allow(L, parent, child);
	change_allow_out(L, child);
	script_of(L)->edits++;
	return child;
}

/* ---- Placing ---- */

static int
append(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1);

	rp_append(n, change_incoming(L, n, 2));
	lua_settop(L, 1);
	return 1;
}

/* What a parent begins with stays first: front matter and title, a heading, a summary. */
static int
is_head(const struct rp_node *n)
{
	switch (rp_kind(rp_parent(n))) {
	case RP_DOCUMENT:
		return rp_kind_class(rp_kind(n)) == RP_CLASS_META || rp_kind(n) == RP_TITLE || rp_kind(n) == RP_SUBTITLE;
	case RP_SECTION:
		return rp_kind(n) == RP_HEADING && rp_prev(n) == NULL;
	case RP_DETAILS:
		return rp_kind(n) == RP_SUMMARY;
	case RP_TABLE:
		return rp_kind(n) == RP_CAPTION;
	default:
		return 0;
	}
}

static int
prepend(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1), *child = change_incoming(L, n, 2), *at;

	rp_detach(child);
	for (at = rp_first(n); at != NULL && is_head(at); at = rp_next(at))
		;
	if (at != NULL)
		rp_insert_before(at, child);
	else
		rp_append(n, child);
	lua_settop(L, 1);
	return 1;
}

static struct rp_node *
parent_of(lua_State *L, const struct rp_node *n)
{
	if (rp_parent(n) == NULL)
		luaL_error(L, "%s stands nowhere: it has no place beside it", node_kind(L, rp_kind(n)));
	return rp_parent(n);
}

static int
insert_before(lua_State *L)
{
	struct rp_node *at = node_check_own(L, 1), *child = change_incoming(L, parent_of(L, at), 2);

	if (is_fixed(at))
		luaL_error(L, "front matter comes first");
	rp_insert_before(at, child);
	lua_settop(L, 1);
	return 1;
}

static int
insert_after(lua_State *L)
{
	struct rp_node *at = node_check_own(L, 1), *child = change_incoming(L, parent_of(L, at), 2);

	if (is_fixed(at) && rp_next(at) != NULL && is_fixed(rp_next(at)))
		luaL_error(L, "front matter comes first");
	rp_insert_after(at, child);
	lua_settop(L, 1);
	return 1;
}

static int
detach(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1);

	change_allow_out(L, n);
	rp_detach(n);
	script_of(L)->edits++;
	lua_settop(L, 1);
	return 1;
}

static int
replace(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1), *with;

	change_allow_out(L, n);
	with = change_incoming(L, parent_of(L, n), 2);
	rp_replace(n, with);
	node_push(L, with);
	return 1;
}

static int
unwrap(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1), *parent = parent_of(L, n), *c;

	change_allow_out(L, n);
	for (c = rp_first(n); c != NULL; c = rp_next(c))
		change_allow(L, parent, c);
	rp_unwrap(n);
	script_of(L)->edits++;
	return 0;
}

/* ---- Others ---- */

/* Bytes that a copy of what is below n takes, about. */
static size_t
weight(struct rp_node *n)
{
	struct rp_walk w = rp_walk(n);
	size_t sum = 0;

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER)
			sum += 256 + rp_text_len(w.node);
	return sum;
}

static int
copy(lua_State *L)
{
	struct rp_node *n = node_check(L, 1);

	if (rp_kind(n) == RP_DOCUMENT || rp_kind(n) == RP_INDEX)
		return luaL_error(L, "a document is not copied: copy what is in it");
	state_charge(L, weight(n));
	node_push(L, rp_copy(node_doc(L), n));
	return 1;
}

static int
plain_text(lua_State *L)
{
	const char *text = rp_plain_text(node_doc(L), node_check(L, 1));

	lua_pushstring(L, text);
	state_charge(L, strlen(text) + 16);
	return 1;
}

static int
walk(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1);
	struct pass p;

	luaL_checktype(L, 2, LUA_TTABLE);
	lua_settop(L, 2);
	pass_read(L, 2, &p, STRICT);
	walk_pass(L, &p, n, 0);
	lua_settop(L, 1);
	return 1;
}

static int
has_class(lua_State *L)
{
	lua_pushboolean(L, rp_has_class(node_check(L, 1), luaL_checkstring(L, 2)));
	return 1;
}

static int
add_class(lua_State *L)
{
	struct rp_node *n = node_check_own(L, 1);
	size_t len;
	const char *word = node_text(L, 2, &len);

	if (len == 0 || strpbrk(word, " \t\r\n") != NULL)
		return luaL_error(L, "a class is one word, not \"%s\"", word);
	state_charge(L, len + 64 + strlen(rp_get(n, RP_A_CLASS) != NULL ? rp_get(n, RP_A_CLASS) : ""));
	rp_add_class(node_doc(L), n, word);
	lua_settop(L, 1);
	return 1;
}

static int
ancestor(lua_State *L)
{
	const char *name = luaL_checkstring(L, 2);
	struct rp_node *n = node_check(L, 1);

	while ((n = rp_parent(n)) != NULL && strcmp(node_kind(L, rp_kind(n)), name) != 0)
		;
	node_push(L, n);
	return 1;
}

static int
child(lua_State *L)
{
	const char *name = luaL_checkstring(L, 2);
	struct rp_node *n = rp_first(node_check(L, 1));

	while (n != NULL && strcmp(node_kind(L, rp_kind(n)), name) != 0)
		n = rp_next(n);
	node_push(L, n);
	return 1;
}

void
change_methods(lua_State *L, int table)
{
	static const luaL_Reg methods[] = {
		{ "append", append }, { "prepend", prepend }, { "insert_before", insert_before },
		{ "insert_after", insert_after }, { "detach", detach }, { "replace", replace },
		{ "unwrap", unwrap }, { "copy", copy }, { "plain_text", plain_text }, { "walk", walk },
		{ "has_class", has_class }, { "add_class", add_class }, { "ancestor", ancestor },
		{ "child", child },
		{ NULL, NULL }
	};

	lua_pushvalue(L, table);
	luaL_setfuncs(L, methods, 0);
	lua_pop(L, 1);
}
