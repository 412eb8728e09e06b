/*
 * schema.c - is a collection's schema one?  Its slips are told once, where they
 * stand; whether documents are as it wants them, the filter "schema" tells.
 */
#include <string.h>

#include "run.h"

enum { MAX_DEPTH = 32 };

enum wanted { ANYTHING, TYPES, LIST, TEXTS, SCHEMA, SCHEMAS, NUMBER, BOOL };

static const char *const wanted_words[] = {
	[LIST] = "a list", [TEXTS] = "a list of texts", [SCHEMA] = "a map", [SCHEMAS] = "a map",
	[NUMBER] = "a number", [BOOL] = "true or false",
};

static const struct { const char *name; enum wanted wanted; } keywords[] = {
	{ "type", TYPES },		{ "enum", LIST },		{ "const", ANYTHING },
	{ "required", TEXTS },		{ "properties", SCHEMAS },	{ "additionalProperties", BOOL },
	{ "items", SCHEMA },		{ "uniqueItems", BOOL },	{ "minLength", NUMBER },
	{ "maxLength", NUMBER },	{ "minimum", NUMBER },		{ "maximum", NUMBER },
	{ "minItems", NUMBER },		{ "maxItems", NUMBER },		{ "title", ANYTHING },
	{ "description", ANYTHING },	{ "$schema", ANYTHING },	{ "$id", ANYTHING },
	{ "$comment", ANYTHING },	{ "examples", ANYTHING },	{ "default", ANYTHING },
	{ "deprecated", ANYTHING },
};

static const char *const types[] = {
	"string", "integer", "number", "boolean", "array", "object", "null",
};

struct checking {
	struct rp_doc	*doc;
	int		 rc;
};

static void
bad(struct checking *c, const struct rp_node *at, const char *text)
{
	diag_doc(c->doc, RP_D_CONFIG, at->pos, text, NULL);
	c->rc = -1;
}

static void
check_type(struct checking *c, const struct rp_node *t)
{
	const char *near = NULL;
	int d, least = 3;
	size_t i;

	for (i = 0; i < LEN(types); i++) {
		d = t->kind == RP_META_SCALAR ? rp_distance(types[i], rp_text(t), least) : least;
		if (d == 0)
			return;
		if (d < least) {
			least = d;
			near = types[i];
		}
	}
	bad(c, t, str_format(&c->doc->arena, "schema: \"%s\" is no type; %s%s%s", rp_text(t),
	    near != NULL ? "did you mean \"" : "there are string, integer, number, boolean, array, object, null",
	    near != NULL ? near : "", near != NULL ? "\"?" : ""));
}

static int
has_type(const struct rp_node *v, const char *a, const char *b)
{
	const char *t = rp_get(v, RP_A_TYPE);

	return v->kind == RP_META_SCALAR && t != NULL && (strcmp(t, a) == 0 || strcmp(t, b) == 0);
}

static int
is_as_wanted(const struct rp_node *v, enum wanted w)
{
	const struct rp_node *c;

	switch (w) {
	case LIST:
		return v->kind == RP_META_LIST;
	case TEXTS:
		for (c = v->first; c != NULL && c->kind == RP_META_SCALAR; c = c->next)
			;
		return v->kind == RP_META_LIST && c == NULL;
	case SCHEMA:
	case SCHEMAS:
		return v->kind == RP_META_MAP;
	case NUMBER:
		return has_type(v, "int", "float");
	case BOOL:
		return has_type(v, "bool", "bool");
	default:
		return 1;
	}
}

static void check(struct checking *, const struct rp_node *schema, int depth);

static void
check_keyword(struct checking *c, const struct rp_node *k, enum wanted w, int depth)
{
	const struct rp_node *v;

	if (!is_as_wanted(k, w)) {
		bad(c, k, str_format(&c->doc->arena, "schema: \"%s\" wants %s", rp_get(k, RP_A_KEY), wanted_words[w]));
	} else if (w == TYPES && k->kind == RP_META_LIST) {
		for (v = k->first; v != NULL; v = v->next)
			check_type(c, v);
	} else if (w == TYPES) {
		check_type(c, k);
	} else if (w == SCHEMA) {
		check(c, k, depth + 1);
	} else if (w == SCHEMAS) {
		for (v = k->first; v != NULL; v = v->next)
			check(c, v, depth + 1);
	}
}

static void
check(struct checking *c, const struct rp_node *schema, int depth)
{
	const struct rp_node *k;
	size_t i;

	if (schema->kind != RP_META_MAP) {
		if (!has_type(schema, "null", "bool"))
			bad(c, schema, "schema: a map of keywords is wanted here");
		return;
	}
	for (k = schema->first; k != NULL && depth < MAX_DEPTH; k = k->next) {
		for (i = 0; i < LEN(keywords) && strcmp(keywords[i].name, rp_get(k, RP_A_KEY)) != 0; i++)
			;
		if (i == LEN(keywords))
			diag_doc(c->doc, RP_D_SCHEMA_KEYWORD, k->pos, rp_get(k, RP_A_KEY), NULL);
		else
			check_keyword(c, k, keywords[i].wanted, depth);
	}
}

int
schema_check(struct rp_doc *doc, const struct rp_node *schema)
{
	struct checking c = { .doc = doc };

	check(&c, schema, 0);
	return c.rc;
}
