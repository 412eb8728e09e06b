/*
 * blame.c - errors in a script: one line that says where in the script, and a node
 * that says where in the document.
 */
#include <stdarg.h>
#include <string.h>

#include <rolepress/text.h>

#include "script.h"

enum { CALLERS = 3, LONGEST = 700 };

/* ---- Where ---- */

/* The script's line of a level of the stack; 0 if that is no Lua function. */
static int
line_at(lua_State *L, int level, lua_Debug *ar)
{
	if (!lua_getstack(L, level, ar) || !lua_getinfo(L, "Sl", ar))
		return 0;
	return *ar->source == '@' ? ar->currentline : 0;
}

/* The message without the place that Lua put before it, which may be cut short. */
static const char *
without_place(const char *text, const lua_Debug *ar)
{
	size_t n = strlen(ar->short_src);
	const char *p = text + n;

	if (strncmp(text, ar->short_src, n) != 0 || *p != ':')
		return NULL;
	p++;
	while (*p >= '0' && *p <= '9')
		p++;
	return strncmp(p, ": ", 2) == 0 ? p + 2 : NULL;
}

/* What an error value is in words; __tostring is the script's and may fail too. */
static const char *
words(lua_State *L, int index)
{
	if (lua_type(L, index) == LUA_TSTRING || lua_type(L, index) == LUA_TNUMBER)
		return lua_tostring(L, index);
	if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
		lua_pushvalue(L, index);
		if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_type(L, -1) == LUA_TSTRING)
			return lua_tostring(L, -1);
	}
	return lua_pushfstring(L, "the error is no text but a %s value", luaL_typename(L, index));
}

static void
add_callers(lua_State *L, luaL_Buffer *b, int level)
{
	lua_Debug ar;
	int n = 0, line;

	for (; n < CALLERS && lua_getstack(L, level, &ar); level++) {
		line = line_at(L, level, &ar);
		if (line <= 0)
			continue;
		luaL_addstring(b, n++ == 0 ? "; called from " : ", ");
		lua_pushfstring(L, "%s:%d", ar.source + 1, line);
		luaL_addvalue(b);
	}
}

void
blame_copy(char *to, size_t size, const char *from)
{
	size_t n = strlen(from) < size ? strlen(from) : size - 1;

	memcpy(to, from, n);
	to[n] = '\0';
}

void
blame_giver(lua_State *L, int function, const char *name)
{
	struct script *s = script_of(L);
	lua_Debug ar;

	lua_pushvalue(L, function);
	lua_getinfo(L, ">S", &ar);
	blame_copy(s->giver, sizeof(s->giver), *ar.source == '@' ? ar.source + 1 : "?");
	s->giver_line = ar.linedefined;
	s->giver_name = name;
}

/* No function of the script runs: the error is about what one returned, if that. */
static int
say_giver(lua_State *L, const char *text)
{
	const struct script *s = script_of(L);

	if (s->giver_name == NULL || strstr(text, ".lua:") != NULL)
		lua_pushstring(L, text);
	else
		lua_pushfstring(L, "%s:%d: %s returned what cannot stand there: %s", s->giver, s->giver_line,
		    s->giver_name, text);
	return 1;
}

int
blame_handler(lua_State *L)
{
	const char *text, *rest;
	lua_Debug ar;
	luaL_Buffer b;
	int level, line = 0;

	lua_settop(L, 1);
	text = words(L, 1);
	for (level = 0; lua_getstack(L, level, &ar); level++)
		if ((line = line_at(L, level, &ar)) > 0)
			break;
	if (line <= 0)
		return say_giver(L, text);
	rest = without_place(text, &ar);
	luaL_buffinit(L, &b);
	if (rest != NULL) {		/* the same file, by its whole name */
		luaL_addstring(&b, ar.source + 1);
		luaL_addstring(&b, text + strlen(ar.short_src));
	} else {
		if (lua_type(L, 1) != LUA_TSTRING || strstr(text, ".lua:") == NULL) {
			lua_pushfstring(L, "%s:%d: ", ar.source + 1, line);
			luaL_addvalue(&b);
		}
		luaL_addstring(&b, text);
	}
	add_callers(L, &b, level + 1);
	luaL_pushresult(&b);
	return 1;
}

const struct rp_node *
blame_node(const struct rp_node *n)
{
	while (n != NULL && rp_pos(n).line == 0)
		n = rp_parent(n);
	return n;
}

/* ---- What ---- */

/* Printable UTF-8 on one line, of a bounded length. */
static const char *
clean(lua_State *L, const char *s)
{
	char buf[LONGEST + 8];
	size_t n = 0;
	uint32_t c;

	while (n < LONGEST && (c = rp_utf8_next(&s)) != 0)
		n += rp_utf8_put(buf + n, c < 0x20 || (c >= 0x7F && c < 0xA0) ? ' ' : c);
	if (n >= LONGEST)
		n += rp_utf8_put(buf + n, 0x2026);
	return lua_pushlstring(L, buf, n);
}

/* What a script's author may not know. */
static const char *
hint(const char *text)
{
	if (strstr(text, "(global 'io')") != NULL)
		return "; files are open to a filter with the option io=yes, inside its functions";
	if (strstr(text, "(global 'pandoc')") != NULL)
		return "; what pandoc's filters call pandoc is rolepress here";
	return "";
}

/* Runs protected, since there may be no memory. */
static int
compose(lua_State *L)
{
	struct script *s = script_of(L);
	lua_Integer memory = lua_tointeger(L, 2);
	const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : "an error that is no text";

	const char *place = "";

	if (s->spent_line > 0 && strstr(text, ".lua:") == NULL)
		place = lua_pushfstring(L, "%s:%d: ", s->spent_at, s->spent_line);
	if (s->spent == SPENT_STEPS)
		lua_pushfstring(L, "%s: more than %I million steps: is there an endless loop? "
		    "(option steps)", text, (LUAI_UACINT)s->limits.steps);
	else if (s->spent == SPENT_MEMORY)
		lua_pushfstring(L, "%s%s: more than %I MB are wanted (option memory)", place, text,
		    (LUAI_UACINT)memory);
	else
		lua_pushfstring(L, "%s%s", text, hint(text));
	clean(L, lua_tostring(L, -1));
	return 1;
}

const char *
blame_text(struct script *s, int status)
{
	if (status == LUA_ERRMEM)
		s->spent = SPENT_MEMORY;
	lua_pushcfunction(s->L, compose);
	lua_insert(s->L, -2);
	lua_pushinteger(s->L, s->limits.memory);
	s->limits.memory = 0;		/* a message must be possible */
	lua_sethook(s->L, NULL, 0, 0);
	if (lua_pcall(s->L, 2, 1, 0) != LUA_OK || lua_type(s->L, -1) != LUA_TSTRING)
		return "an error that cannot be told";
	return lua_tostring(s->L, -1);
}

int
blame_function(lua_State *L, int function, const char *fmt, ...)
{
	int at = lua_absindex(L, function);
	lua_Debug ar;
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = lua_pushvfstring(L, fmt, ap);
	va_end(ap);
	lua_pushvalue(L, at);
	lua_getinfo(L, ">S", &ar);
	if (*ar.source == '@')
		lua_pushfstring(L, "%s:%d: %s", ar.source + 1, ar.linedefined, text);
	else
		lua_pushstring(L, text);
	return lua_error(L);
}
