/*
 * option.c - filter options: "name=option=value:option:…" against the table that
 * the filter declares.  A backslash takes the next character as it is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"

/* Copies up to one of the stop characters, which ends the word; returns where it stopped. */
static const char *
word(struct rp_arena *a, const char *p, const char *stop, const char **out)
{
	struct str s = { 0 };

	for (; *p != '\0' && strchr(stop, *p) == NULL; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
		str_add(&s, p, 1);
	}
	*out = arena_dup(a, s.p != NULL ? s.p : "", s.len);
	str_free(&s);
	return p;
}

int
spec_parse(struct rp_arena *a, const char *text, struct spec *spec, const char **why)
{
	const char *p;

	memset(spec, 0, sizeof(*spec));
	p = word(a, text, "=", &spec->name);
	if (*spec->name == '\0') {
		*why = "a filter's name is missing";
		return -1;
	}
	if (*p == '=')
		p++;
	while (*p != '\0') {
		if (spec->count == LEN(spec->opt)) {
			*why = str_format(a, "too many options for %s", spec->name);
			return -1;
		}
		p = word(a, p, "=:", &spec->opt[spec->count].key);
		if (*p == '=')
			p = word(a, p + 1, ":", &spec->opt[spec->count].value);
		spec->count++;
		if (*p == ':')
			p++;
	}
	return 0;
}

static int
set_bool(const char *v, int *out)
{
	static const char *const yes[] = { "yes", "true", "on", "1" };
	static const char *const no[] = { "no", "false", "off", "0" };
	size_t i;

	for (i = 0; i < LEN(yes); i++) {
		if (strcmp(v, yes[i]) == 0 || strcmp(v, no[i]) == 0) {
			*out = strcmp(v, yes[i]) == 0;
			return 0;
		}
	}
	return -1;
}

/* range: "1..6", "1..", or NULL */
static int
set_int(const char *v, const char *range, long *out)
{
	char *end;
	long lo, hi;

	errno = 0;
	*out = strtol(v, &end, 10);
	if (errno != 0 || end == v || *end != '\0')
		return -1;
	if (range == NULL)
		return 0;
	lo = strtol(range, &end, 10);
	if (end != range && *out < lo)
		return -1;
	if (strncmp(end, "..", 2) != 0 || end[2] == '\0')
		return 0;
	hi = strtol(end + 2, NULL, 10);
	return *out > hi ? -1 : 0;
}

static int
set_enum(const char *v, const char *range, const char **out)
{
	size_t n = strlen(v);
	const char *p = range;

	while (p != NULL) {
		if (strncmp(p, v, n) == 0 && n > 0 && (p[n] == '\0' || p[n] == '|')) {
			*out = v;
			return 0;
		}
		p = strchr(p, '|');
		p = p != NULL ? p + 1 : NULL;
	}
	return -1;
}

static int
set(void *state, const struct rp_option *o, const char *v)
{
	char *at = (char *)state + o->offset;
	int b;
	long n;
	const char *s;

	switch (o->type) {
	case RP_BOOL:
		if (set_bool(v, &b) == -1)
			return -1;
		memcpy(at, &b, sizeof(b));
		return 0;
	case RP_INT:
		if (set_int(v, o->range, &n) == -1)
			return -1;
		memcpy(at, &n, sizeof(n));
		return 0;
	case RP_ENUM:
		if (set_enum(v, o->range, &s) == -1)
			return -1;
		memcpy(at, &s, sizeof(s));
		return 0;
	case RP_STRING:
	default:
		memcpy(at, &v, sizeof(v));
		return 0;
	}
}

static const struct rp_option *
find(const struct rp_filter *f, const char *name)
{
	const struct rp_option *o;

	for (o = f->options; o != NULL && o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

/* The option whose words a bare word may be: "json=html" for content=html. */
static const struct rp_option *
find_by_word(const struct rp_filter *f, const char *w)
{
	const struct rp_option *o;
	const char *s;

	for (o = f->options; o != NULL && o->name != NULL; o++)
		if (o->type == RP_ENUM && set_enum(w, o->range, &s) == 0)
			return o;
	return NULL;
}

static const char *
unknown(struct rp_arena *a, const struct rp_filter *f, const char *given, const char *name)
{
	const struct rp_option *o;
	const char *best = NULL;
	int d, least = 3;
	struct str s = { 0 };
	char *r;

	str_printf(&s, "%s has no option \"%s\"", f->name, name);
	for (o = f->options; o != NULL && o->name != NULL; o++) {
		d = rp_distance(o->name, name, least);
		if (d < least) {
			least = d;
			best = o->name;
		}
	}
	if (best != NULL)
		str_printf(&s, "; did you mean \"%s\"?", best);
	else
		str_printf(&s, "; see: rolepress list %s", given);	/* a file is named as it was */
	r = arena_dup(a, s.p, s.len);
	str_free(&s);
	return r;
}

static const char *
bad_value(struct rp_arena *a, const struct rp_filter *f, const struct rp_option *o, const char *v)
{
	static const char *const want[] = { "yes or no", "a whole number", "a text", "one of" };

	return str_format(a, "%s: option %s wants %s%s%s%s%s%s", f->name, o->name,
	    want[o->type], o->range != NULL && o->type != RP_BOOL ? " " : "",
	    o->range != NULL && o->type != RP_BOOL ? o->range : "", v != NULL ? ", not \"" : ", but has no value",
	    v != NULL ? v : "", v != NULL ? "\"" : "");
}

int
option_fill(struct rp_arena *a, const struct rp_filter *f, const struct spec *spec, void *state,
    const char **why)
{
	const struct rp_option *o;
	const char *v;
	size_t i;

	for (o = f->options; o != NULL && o->name != NULL; o++) {
		if (o->dflt != NULL && set(state, o, o->dflt) == -1) {
			*why = bad_value(a, f, o, o->dflt);
			return -1;
		}
	}
	for (i = 0; i < spec->count; i++) {
		v = spec->opt[i].value;
		o = find(f, spec->opt[i].key);
		if (o == NULL && v == NULL && (o = find_by_word(f, spec->opt[i].key)) != NULL)
			v = spec->opt[i].key;
		if (o == NULL) {
			*why = unknown(a, f, spec->name, spec->opt[i].key);
			return -1;
		}
		if (v == NULL && o->type == RP_BOOL)
			v = "yes";
		if (v == NULL || set(state, o, v) == -1) {
			*why = bad_value(a, f, o, v);
			return -1;
		}
	}
	return 0;
}
