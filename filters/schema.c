/*
 * schema - front matter against the collection's schema: the setting "schema", a
 * subset of JSON Schema 2020-12 written in YAML.
 *
 *	schema:
 *	  required: [title, category]
 *	  additionalProperties: false
 *	  properties:
 *	    title: {type: string, minLength: 3}
 *	    category: {enum: [leadership, engineering]}
 *	    tags: {type: array, items: {type: string}, uniqueItems: true}
 *
 * What is wrong with the schema itself has been told once, when it was read.
 *
 * A type is JSON's, of the value as YAML 1.2's core schema sees it: a value that
 * should be a string and reads as a number is reported, since other tools would
 * read it as a number too.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum { MAX_DEPTH = 32 };

struct check {
	struct rp_job		*job;
	const struct rp_node	*schema, *value;
	const char		*name;		/* of the value, for the reader: certifications[0].issuer */
	int			 depth;
};

/* ---- Values ---- */

static const char *
type_of(const struct rp_node *v)
{
	const char *t = rp_get(v, RP_A_TYPE);

	if (rp_kind(v) == RP_META_MAP)
		return "object";
	if (rp_kind(v) == RP_META_LIST)
		return "array";
	if (t == NULL || strcmp(t, "string") == 0)
		return "string";
	return strcmp(t, "int") == 0 ? "integer" : strcmp(t, "float") == 0 ? "number" :
	    strcmp(t, "bool") == 0 ? "boolean" : "null";
}

/* As YAML spells it: .inf and .nan are its own (10.3.2), 0o17 is no C. */
static double
number(const struct rp_node *v)
{
	const char *s = rp_text(v), *digits = s + (*s == '-' || *s == '+');
	double n;

	if (strncmp(s, "0o", 2) == 0)
		return (double)strtoull(s + 2, NULL, 8);
	if (rp_ascii_same(digits, ".nan", SIZE_MAX))
		return (double)NAN;
	n = rp_ascii_same(digits, ".inf", SIZE_MAX) ? (double)INFINITY : strtod(digits, NULL);
	return *s == '-' ? -n : n;
}

static int
is_whole(double n)
{
	return n > -1e15 && n < 1e15 ? n == (double)(long long)n : isfinite(n);
}

/* 6.1.1: an integer is a number too, and 1.0 is an integer. */
static int
is_of_type(const struct rp_node *v, const char *type)
{
	const char *t = type_of(v);

	if (strcmp(t, type) == 0)
		return 1;
	if (strcmp(type, "number") == 0)
		return strcmp(t, "integer") == 0;
	return strcmp(type, "integer") == 0 && strcmp(t, "number") == 0 && is_whole(number(v));
}

static int
is_true(const struct rp_node *v)
{
	return v != NULL && rp_kind(v) == RP_META_SCALAR && strcmp(type_of(v), "boolean") == 0 &&
	    rp_ascii_same(rp_text(v), "true", SIZE_MAX);
}

static int
is_false(const struct rp_node *v)
{
	return v != NULL && rp_kind(v) == RP_META_SCALAR && strcmp(type_of(v), "boolean") == 0 && !is_true(v);
}

static int
is_equal(const struct rp_node *a, const struct rp_node *b)
{
	if (rp_kind(a) != RP_META_SCALAR || rp_kind(b) != RP_META_SCALAR)
		return 0;
	if (is_of_type(a, "number") && is_of_type(b, "number"))
		return number(a) == number(b);
	if (strcmp(type_of(a), "boolean") == 0 && strcmp(type_of(b), "boolean") == 0)
		return is_true(a) == is_true(b);
	return strcmp(type_of(a), type_of(b)) == 0 && strcmp(rp_text(a), rp_text(b)) == 0;
}

static size_t
length(const struct rp_node *v)
{
	const struct rp_node *c;
	const char *p = rp_text(v);
	size_t n = 0;

	if (rp_kind(v) == RP_META_SCALAR) {
		while (rp_utf8_next(&p) != 0)
			n++;
		return n;
	}
	for (c = rp_first(v); c != NULL; c = rp_next(c))
		n++;
	return n;
}

/* "a, b, c" */
static const char *
listed(struct rp_doc *doc, const struct rp_node *list)
{
	const struct rp_node *c;
	const char *s = "";

	for (c = rp_first(list); c != NULL; c = rp_next(c))
		s = *s == '\0' ? rp_text(c) : rp_join(doc, s, ", ", rp_text(c), NULL);
	return s;
}

/* ---- Keywords; each gets the value of its keyword ---- */

static void
check_type(const struct check *c, const struct rp_node *arg)
{
	const struct rp_node *t;
	const char *want = rp_text(arg);

	if (rp_kind(arg) == RP_META_LIST) {
		for (t = rp_first(arg); t != NULL; t = rp_next(t))
			if (is_of_type(c->value, rp_text(t)))
				return;
		want = listed(c->job->doc, arg);
	} else if (is_of_type(c->value, want)) {
		return;
	}
	rp_report(c->job, RP_D_SCHEMA_TYPE, c->value, c->name, want, type_of(c->value), NULL);
}

static void
check_enum(const struct check *c, const struct rp_node *arg)
{
	const struct rp_node *a;
	const char *near = NULL;
	int d, least = 3;

	for (a = rp_first(arg); a != NULL; a = rp_next(a)) {
		if (is_equal(a, c->value))
			return;
		d = rp_distance(rp_text(a), rp_text(c->value), least);
		if (d < least) {
			least = d;
			near = rp_text(a);
		}
	}
	rp_report(c->job, RP_D_SCHEMA_VALUE, c->value, c->name, rp_text(c->value),
	    listed(c->job->doc, arg),
	    near != NULL ? rp_join(c->job->doc, "; did you mean \"", near, "\"?", NULL) : "", NULL);
}

static void
check_const(const struct check *c, const struct rp_node *arg)
{
	if (!is_equal(arg, c->value))
		rp_report(c->job, RP_D_SCHEMA_VALUE, c->value, c->name, rp_text(c->value), rp_text(arg), "",
		    NULL);
}

static void
range(const struct check *c, const char *what, const struct rp_node *arg)
{
	rp_report(c->job, RP_D_SCHEMA_RANGE, c->value, c->name, what, rp_text(arg), NULL);
}

static void
check_min_length(const struct check *c, const struct rp_node *arg)
{
	if (is_of_type(c->value, "string") && (long)length(c->value) < strtol(rp_text(arg), NULL, 10))
		range(c, "be at least this long:", arg);
}

static void
check_max_length(const struct check *c, const struct rp_node *arg)
{
	if (is_of_type(c->value, "string") && (long)length(c->value) > strtol(rp_text(arg), NULL, 10))
		range(c, "be at most this long:", arg);
}

static void
check_minimum(const struct check *c, const struct rp_node *arg)
{
	if (is_of_type(c->value, "number") && number(c->value) < number(arg))
		range(c, "be at least", arg);
}

static void
check_maximum(const struct check *c, const struct rp_node *arg)
{
	if (is_of_type(c->value, "number") && number(c->value) > number(arg))
		range(c, "be at most", arg);
}

static void
check_min_items(const struct check *c, const struct rp_node *arg)
{
	if (rp_kind(c->value) == RP_META_LIST && (long)length(c->value) < strtol(rp_text(arg), NULL, 10))
		range(c, "have at least so many items:", arg);
}

static void
check_max_items(const struct check *c, const struct rp_node *arg)
{
	if (rp_kind(c->value) == RP_META_LIST && (long)length(c->value) > strtol(rp_text(arg), NULL, 10))
		range(c, "have at most so many items:", arg);
}

static void
check_unique(const struct check *c, const struct rp_node *arg)
{
	const struct rp_node *a, *b;

	if (!is_true(arg) || rp_kind(c->value) != RP_META_LIST)
		return;
	for (a = rp_first(c->value); a != NULL; a = rp_next(a)) {
		for (b = rp_first(c->value); b != a && !is_equal(a, b); b = rp_next(b))
			;
		if (b != a)
			rp_report(c->job, RP_D_SCHEMA_RANGE, a, c->name, "name only once:", rp_text(a), NULL);
	}
}

static void
check_required(const struct check *c, const struct rp_node *arg)
{
	const struct rp_node *k;

	if (rp_kind(c->value) != RP_META_MAP)
		return;
	for (k = rp_first(arg); k != NULL; k = rp_next(k))
		if (rp_meta_get(c->value, rp_text(k)) == NULL)
			rp_report(c->job, RP_D_SCHEMA_REQUIRED, c->depth > 0 ? c->value : NULL,
			    *c->name != '\0' ? rp_join(c->job->doc, c->name, ".", rp_text(k), NULL)
			    : rp_text(k), NULL);
}

/* additionalProperties: false; what is not among the properties, and what was meant. */
static void
check_additional(const struct check *c, const struct rp_node *arg)
{
	const struct rp_node *known = rp_meta_get(c->schema, "properties"), *v, *k;
	const char *near;
	int d, least;

	if (!is_false(arg) || rp_kind(c->value) != RP_META_MAP)
		return;
	for (v = rp_first(c->value); v != NULL; v = rp_next(v)) {
		if (rp_meta_get(known, rp_get(v, RP_A_KEY)) != NULL)
			continue;
		near = NULL;
		least = 3;
		for (k = known != NULL ? rp_first(known) : NULL; k != NULL; k = rp_next(k)) {
			d = rp_distance(rp_get(k, RP_A_KEY), rp_get(v, RP_A_KEY), least);
			if (d < least) {
				least = d;
				near = rp_get(k, RP_A_KEY);
			}
		}
		rp_report(c->job, RP_D_SCHEMA_UNKNOWN, v, rp_get(v, RP_A_KEY), near != NULL ?
		    rp_join(c->job->doc, "; did you mean \"", near, "\"?", NULL) : "", NULL);
	}
}

static void check_value(const struct check *);

static void
check_items(const struct check *c, const struct rp_node *arg)
{
	struct check item = { .job = c->job, .schema = arg, .name = c->name, .depth = c->depth + 1 };

	size_t n = 0;

	if (rp_kind(c->value) != RP_META_LIST)
		return;
	for (item.value = rp_first(c->value); item.value != NULL; item.value = rp_next(item.value)) {
		item.name = rp_join(c->job->doc, c->name, "[", rp_decimal(c->job->doc, n++), "]", NULL);
		check_value(&item);
	}
}

static void
check_properties(const struct check *c, const struct rp_node *arg)
{
	struct check below = { .job = c->job, .depth = c->depth + 1 };
	const char *key;

	if (rp_kind(c->value) != RP_META_MAP)
		return;
	for (below.schema = rp_first(arg); below.schema != NULL; below.schema = rp_next(below.schema)) {
		key = rp_get(below.schema, RP_A_KEY);
		below.value = rp_meta_get(c->value, key);
		below.name = *c->name != '\0' ? rp_join(c->job->doc, c->name, ".", key, NULL) : key;
		if (below.value != NULL)
			check_value(&below);
	}
}

static const struct {
	const char	*name;
	void		(*check)(const struct check *, const struct rp_node *arg);
} keywords[] = {
	{ "type", check_type },			{ "enum", check_enum },
	{ "const", check_const },		{ "required", check_required },
	{ "properties", check_properties },	{ "additionalProperties", check_additional },
	{ "items", check_items },		{ "uniqueItems", check_unique },
	{ "minLength", check_min_length },	{ "maxLength", check_max_length },
	{ "minimum", check_minimum },		{ "maximum", check_maximum },
	{ "minItems", check_min_items },	{ "maxItems", check_max_items },
};

static void
check_value(const struct check *c)
{
	const struct rp_node *k;
	size_t i;

	if (c->depth > MAX_DEPTH || rp_kind(c->schema) != RP_META_MAP)
		return;
	for (k = rp_first(c->schema); k != NULL; k = rp_next(k))
		for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
			if (strcmp(keywords[i].name, rp_get(k, RP_A_KEY)) == 0)
				keywords[i].check(c, k);
}

static int
run(struct rp_job *job, void *state)
{
	struct check c = { .job = job, .value = rp_meta(job->doc), .name = "" };

	(void)state;
	c.schema = rp_setting_node(job, "schema");
	if (c.schema != NULL && c.value != NULL)
		check_value(&c);
	return 0;
}

static const char *const gives[] = { "schema", NULL };

RP_FILTER(schema) = {
	RP_HEAD("schema"),
	.summary = "front matter against the collection's schema (setting \"schema\")",
	.role = RP_TRANSFORM,
	.gives = gives,
	.run = run,
};
