/*
 * state.c - the lua_State of a script: bounds of memory and of steps, and the one
 * way into it, which is protected.
 */
#include <stdlib.h>
#include <string.h>

#include "script.h"

/* Instructions between two looks at the count. */
enum { STRIDE = 1000 };

/* While a script is loaded, nobody has set its options yet. */
static const struct limits loading = { .memory = 256, .steps = 100 };

struct script *
script_of(lua_State *L)
{
	return *(struct script **)lua_getextraspace(L);
}

/* ---- Memory ---- */

static size_t
most(const struct script *s)
{
	return (size_t)s->limits.memory * 1024 * 1024;
}

/* Lua's own message for want of memory has no line, so it is looked up here. */
static void
note_place(struct script *s)
{
	lua_Debug ar;
	int level;

	for (level = 0; s->L != NULL && lua_getstack(s->L, level, &ar); level++) {
		lua_getinfo(s->L, "Sl", &ar);
		if (ar.currentline <= 0 || *ar.source != '@')
			continue;
		blame_copy(s->spent_at, sizeof(s->spent_at), ar.source + 1);
		s->spent_line = ar.currentline;
		return;
	}
}

static void *
allocate(void *arg, void *old, size_t had, size_t want)
{
	struct script *s = arg;
	void *p;

	if (old == NULL)
		had = 0;	/* it was the type of the object to be */
	if (want == 0) {
		free(old);
		s->used -= had;
		return NULL;
	}
	if (want > had && s->limits.memory > 0 && s->used - had + want > most(s)) {
		note_place(s);
		return NULL;
	}
	p = realloc(old, want);
	if (p != NULL)
		s->used += want - had;
	return p;
}

void
state_charge(lua_State *L, size_t bytes)
{
	struct script *s = script_of(L);

	s->built += bytes;
	if (s->limits.memory == 0 || s->built <= most(s))
		return;
	s->spent = SPENT_MEMORY;
	luaL_error(L, "too much memory");	/* Lua knows its own words by their spelling */
}

/* ---- Steps ---- */

/* A script may catch the error; once past the bound it gets it at every step. */
static void
tick(lua_State *L, lua_Debug *ar)
{
	struct script *s = script_of(L);

	(void)ar;
	s->ticks += STRIDE;
	if (s->ticks <= (unsigned long long)s->limits.steps * 1000000)
		return;
	s->spent = SPENT_STEPS;
	lua_sethook(L, tick, LUA_MASKCOUNT, 1);
	luaL_error(L, "too many steps");
}

void
state_begin(struct script *s, const struct limits *limits)
{
	s->limits = *limits;
	s->ticks = 0;
	s->built = 0;
	s->spent = SPENT_NOTHING;
	s->spent_line = 0;
	s->giver_name = NULL;
	if (s->limits.steps > 0)
		lua_sethook(s->L, tick, LUA_MASKCOUNT, STRIDE);
	else
		lua_sethook(s->L, NULL, 0, 0);
}

/* ---- Opening and calling ---- */

int
state_open(struct script *s)
{
	lua_State *L = lua_newstate(allocate, s);

	if (L == NULL)
		return -1;
	s->L = L;
	*(struct script **)lua_getextraspace(L) = s;
	state_begin(s, &loading);
	return 0;
}

void
state_close(struct script *s)
{
	if (s->L != NULL)
		lua_close(s->L);
	s->L = NULL;
}

const char *
state_call(struct script *s, lua_CFunction f, void *arg)
{
	int status;

	lua_settop(s->L, 0);
	lua_pushcfunction(s->L, blame_handler);
	lua_pushcfunction(s->L, f);
	lua_pushlightuserdata(s->L, arg);
	status = lua_pcall(s->L, 1, 0, 1);
	if (status == LUA_OK)
		return NULL;
	return blame_text(s, status);
}
