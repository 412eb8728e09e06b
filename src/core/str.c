/* str.c - a growing string, for what is not yet a document's. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"

void
str_grow(struct str *s, size_t more)
{
	size_t need = s->len + more + 1;

	if (need < more)
		rp_out_of_memory();
	s->cap = s->cap < 64 ? 64 : s->cap;
	while (s->cap < need)
		s->cap *= 2;
	s->p = xrealloc(s->p, s->cap);
}

void
str_add(struct str *s, const char *p, size_t n)
{
	str_room(s, n);
	if (n > 0)
		memcpy(s->p + s->len, p, n);
	s->len += n;
	s->p[s->len] = '\0';
}

void
str_puts(struct str *s, const char *p)
{
	str_add(s, p, strlen(p));
}

static void
add_formatted(struct str *s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		return;
	str_room(s, (size_t)n);
	vsnprintf(s->p + s->len, (size_t)n + 1, fmt, ap);
	s->len += (size_t)n;
}

void
str_printf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_formatted(s, fmt, ap);
	va_end(ap);
}

void
str_free(struct str *s)
{
	free(s->p);
	memset(s, 0, sizeof(*s));
}

char *
str_decimal(char *end, unsigned long long n)
{
	*--end = '\0';
	do
		*--end = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return end;
}

char *
str_format(struct rp_arena *a, const char *fmt, ...)
{
	struct str s = { 0 };
	va_list ap;
	char *p;

	va_start(ap, fmt);
	add_formatted(&s, fmt, ap);
	va_end(ap);
	p = arena_dup(a, s.p ? s.p : "", s.len);
	str_free(&s);
	return p;
}
