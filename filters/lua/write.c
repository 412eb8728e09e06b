/*
 * write.c - a format written in Lua: functions by kinds that get a node and what its
 * children gave, and return a text.  From the leaves up, so that the document's own
 * function, or what its children gave, is the output.
 *
 * A kind without a function gives what its children gave, and is told once, as for
 * any writer; Text and SoftBreak need none.
 */
#include <rolepress/emit.h>

#include "script.h"

struct writing {
	struct pass	 pass;
	unsigned char	 told[RP_KIND_MAX];
	int		 open;		/* stack index: what each open node has so far, a table each */
	lua_Integer	 depth;
};

/* What a node without a function is: pushes it. */
static void
push_default(lua_State *L, struct writing *w, const struct rp_node *n, int content)
{
	struct rp_job *job = script_of(L)->job;
	enum rp_kind k = rp_kind(n);

	if (k != RP_DOCUMENT && k != RP_TEXT && k != RP_SOFT_BREAK && !w->told[k]) {
		w->told[k] = 1;
		rp_report(job, RP_D_NOT_RENDERED, n, rp_kind_name(k), job->filter->name, NULL);
	}
	if (k == RP_SOFT_BREAK)
		lua_pushliteral(L, " ");
	else if (rp_text_len(n) > 0)
		lua_pushlstring(L, rp_text(n), rp_text_len(n));
	else
		lua_pushvalue(L, content);
}

/* Pushes what a node gives; content is the stack index of what its children gave. */
static void
push_written(lua_State *L, struct writing *w, struct rp_node *n, int content)
{
	struct script *s = script_of(L);
	int slot = pass_slot(&w->pass, n);

	if (slot == SLOT_MAX) {
		push_default(L, w, n, content);
		return;
	}
	s->at = n;
	lua_rawgeti(L, w->pass.functions, slot + 1);
	node_push(L, n);
	lua_pushvalue(L, content);
	lua_call(L, 2, 1);
	if (lua_isnil(L, -1)) {
		lua_pop(L, 1);
		lua_pushvalue(L, content);
	}
	if (!lua_isstring(L, -1)) {
		lua_rawgeti(L, w->pass.functions, slot + 1);
		blame_function(L, -1, "%s returned a %s: a text is wanted", pass_name(L, slot), luaL_typename(L, -2));
	}
}

static void
enter(lua_State *L, struct writing *w)
{
	lua_newtable(L);
	lua_rawseti(L, w->open, ++w->depth);
}

/* All that a table of texts has, as one. */
static void
push_joined(lua_State *L, int table)
{
	lua_Integer i, n = (lua_Integer)lua_rawlen(L, table);
	luaL_Buffer b;

	luaL_buffinit(L, &b);
	for (i = 1; i <= n; i++) {
		lua_rawgeti(L, table, i);
		luaL_addvalue(&b);
	}
	luaL_pushresult(&b);
}

/* The node is done: what it gives goes to the one around it. */
static void
leave(lua_State *L, struct writing *w, struct rp_node *n)
{
	int top = lua_gettop(L);

	lua_rawgeti(L, w->open, w->depth);
	push_joined(L, top + 1);
	push_written(L, w, n, top + 2);
	lua_pushnil(L);
	lua_rawseti(L, w->open, w->depth--);
	lua_rawgeti(L, w->open, w->depth);
	lua_pushvalue(L, -2);
	lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
	lua_settop(L, top);
}

/* Front matter is asked for by doc.meta; comments are for nobody. */
static int
is_passed_over(const struct writing *w, const struct rp_node *n)
{
	return (rp_kind_class(rp_kind(n)) == RP_CLASS_META || rp_kind(n) == RP_COMMENT) &&
	    !w->pass.has[rp_kind(n)];
}

void
write_document(lua_State *L, int table)
{
	struct script *s = script_of(L);
	struct writing w = { .depth = 0 };
	struct rp_walk walk = rp_walk(s->job->root);
	const char *bytes;
	size_t len;

	pass_read(L, table, &w.pass, STRICT);
	lua_newtable(L);
	w.open = lua_gettop(L);
	lua_newtable(L);
	lua_rawseti(L, w.open, 0);	/* what the document gives goes here */
	while (rp_walk_next(&walk)) {
		if (is_passed_over(&w, walk.node)) {
			if (walk.event == RP_ENTER)
				rp_walk_skip(&walk);
		} else if (walk.event == RP_ENTER) {
			enter(L, &w);
		} else {
			leave(L, &w, walk.node);
		}
	}
	lua_rawgeti(L, w.open, 0);
	push_joined(L, lua_gettop(L));
	bytes = lua_tolstring(L, -1, &len);
	rp_put(s->job->out, bytes, len);
}
