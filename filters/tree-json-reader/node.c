/* node.c - one node of JSON: every member is known, and has the type that node.def says. */
#include <limits.h>
#include <string.h>

#include <rolepress/text.h>

#include "reader.h"

/* Numbers that mean something within bounds only; no other may be negative. */
static const struct {
	enum rp_attr	attr;
	json_int_t	least, most;
} ranges[] = {
	{ RP_A_LEVEL,	1, 100 },
	{ RP_A_COLSPAN,	1, 1000 },
	{ RP_A_ROWSPAN,	1, 1000 },
	{ RP_A_COLUMNS,	0, 1000 },
};

/* The name nearest to what was written, as a question; "" if none is near. */
static const char *
meant(struct reader *r, const char *word, const char *best)
{
	return best != NULL && rp_distance(best, word, 3) < 3
	    ? rp_join(r->job->doc, "; did you mean \"", best, "\"?", NULL) : "";
}

static const char *
nearest_kind(const char *word)
{
	const char *best = NULL;
	int k, d, least = INT_MAX;

	for (k = 0; k < RP_KIND_MAX; k++) {
		d = rp_distance(rp_kind_name((enum rp_kind)k), word, 3);
		if (d < least) {
			least = d;
			best = rp_kind_name((enum rp_kind)k);
		}
	}
	return best;
}

static const char *
nearest_member(const char *word)
{
	static const char *const others[] = { "kind", "pos", "text", "attributes", "children" };
	const char *best = NULL, *name;
	int i, d, least = INT_MAX;

	for (i = 0; i < RP_ATTR_MAX + 5; i++) {
		name = i < RP_ATTR_MAX ? rp_attr_name((enum rp_attr)i) : others[i - RP_ATTR_MAX];
		d = rp_distance(name, word, 3);
		if (d < least) {
			least = d;
			best = name;
		}
	}
	return best;
}

/* ---- Strings ---- */

/* XML 1.0 (section 2.2) has no others, so no output could hold them; and
 * noncharacters are for use inside a program. */
static int
is_forbidden(uint32_t cp)
{
	if (cp < 0x20)
		return cp != '\t' && cp != '\n' && cp != '\r';
	return (cp >= 0x7f && cp <= 0x9f) || (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe;
}

static void
put_hex(char *out, uint32_t cp)
{
	int n = 4, i;

	while (n < 6 && cp >> (4 * n) != 0)
		n++;
	for (i = n - 1; i >= 0; i--, cp >>= 4)
		out[i] = "0123456789ABCDEF"[cp & 0xf];
	out[n] = '\0';
}

static int
is_clean(const char *s)
{
	uint32_t cp;

	while ((cp = rp_utf8_next(&s)) != 0)
		if (is_forbidden(cp))
			return 0;
	return 1;
}

/* A string for the tree.  What cannot stand in a document becomes U+FFFD, as it does
 * in Markdown. */
static const char *
clean(struct reader *r, const struct rp_node *n, json_t *value)
{
	const char *s = json_string_value(value);
	char *copy, *to, hex[8];
	uint32_t cp;

	if (is_clean(s))
		return s;
	/* U+FFFD takes three bytes, a control character may take one. */
	copy = to = rp_alloc(r->job->doc, 3 * json_string_length(value) + 1);
	while ((cp = rp_utf8_next(&s)) != 0) {
		if (is_forbidden(cp)) {
			put_hex(hex, cp);
			rp_report(r->job, RP_D_CONTROL_CHARACTER, n, hex, NULL);
			cp = 0xfffd;
		}
		to += rp_utf8_put(to, cp);
	}
	return copy;
}

/* ---- Members ---- */

int
read_kind(struct reader *r, json_t *o, enum rp_kind *kind)
{
	json_t *value = json_object_get(o, "kind");
	const char *s = json_string_value(value);
	int k;

	if (!json_is_object(o))
		return bad(r, "", "a node is an object", NULL);
	if (s == NULL)
		return bad(r, "", value == NULL ? "a node has a \"kind\"" : "\"kind\" is a string", NULL);
	for (k = 0; k < RP_KIND_MAX; k++) {
		if (strcmp(s, rp_kind_name((enum rp_kind)k)) != 0)
			continue;
		*kind = (enum rp_kind)k;
		return 0;
	}
	return bad(r, "kind", "\"", shown(r, s), "\" is no kind of node", meant(r, s, nearest_kind(s)), NULL);
}

static int
read_pos(struct reader *r, json_t *value, struct rp_node *n)
{
	uint32_t at[4] = { 0 };
	json_int_t v;
	json_t *e;
	size_t i;

	if (!json_is_array(value) || (json_array_size(value) != 2 && json_array_size(value) != 4))
		return bad(r, "pos", "a position is [line, column] or [line, column, end line, end column]", NULL);
	json_array_foreach(value, i, e) {
		v = json_integer_value(e);
		if (!json_is_integer(e) || v < 0 || v > UINT32_MAX)
			return bad(r, "pos", "lines and columns are whole numbers from 1", NULL);
		at[i] = (uint32_t)v;
	}
	rp_set_pos(n, (struct rp_pos){ at[0], at[1], at[2], at[3] });
	return 0;
}

static int
read_int(struct reader *r, json_t *value, struct rp_node *n, enum rp_attr a)
{
	json_int_t v = json_integer_value(value), least = 0, most = INT_MAX;
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (ranges[i].attr == a) {
			least = ranges[i].least;
			most = ranges[i].most;
		}
	}
	/* A heading's level is that of HTML; a section's is its depth. */
	if (a == RP_A_LEVEL && rp_kind(n) != RP_SECTION)
		most = 6;
	if (!json_is_integer(value))
		return bad(r, rp_attr_name(a), "must be a whole number", NULL);
	if (v < least || v > most)
		return bad(r, rp_attr_name(a), v < least ? "the number is too small" : "the number is too large", NULL);
	rp_set_int(r->job->doc, n, a, (long)v);
	return 0;
}

static int
read_attribute(struct reader *r, json_t *value, struct rp_node *n, enum rp_attr a)
{
	switch (rp_attr_type(a)) {
	case RP_TYPE_INT:
		return read_int(r, value, n, a);
	case RP_TYPE_BOOL:
		if (!json_is_boolean(value))
			return bad(r, rp_attr_name(a), "must be true or false", NULL);
		rp_set_int(r->job->doc, n, a, json_is_true(value));
		return 0;
	case RP_TYPE_STRING:
	default:
		if (!json_is_string(value))
			return bad(r, rp_attr_name(a), "must be a string", NULL);
		rp_set(r->job->doc, n, a, clean(r, n, value));
		return 0;
	}
}

static int
read_named(struct reader *r, json_t *value, struct rp_node *n)
{
	const char *name;
	json_t *v;

	if (!json_is_object(value))
		return bad(r, "attributes", "must be an object", NULL);
	json_object_foreach(value, name, v) {
		if (!json_is_string(v))
			return bad(r, "attributes", "\"", shown(r, name), "\" must be a string", NULL);
		rp_set_named(r->job->doc, n, name, clean(r, n, v));
	}
	return 0;
}

static int
read_text(struct reader *r, json_t *value, struct rp_node *n)
{
	if (!json_is_string(value))
		return bad(r, "text", "must be a string", NULL);
	rp_set_text(r->job->doc, n, clean(r, n, value));
	return 0;
}

static int
read_member(struct reader *r, const char *key, json_t *value, struct rp_node *n)
{
	int a;

	if (strcmp(key, "kind") == 0 || strcmp(key, "pos") == 0)
		return 0;	/* have been read */
	if (strcmp(key, "text") == 0)
		return read_text(r, value, n);
	if (strcmp(key, "attributes") == 0)
		return read_named(r, value, n);
	if (strcmp(key, "children") == 0)
		return json_is_array(value) ? 0 : bad(r, key, "must be an array", NULL);
	for (a = 0; a < RP_ATTR_MAX; a++)
		if (strcmp(key, rp_attr_name((enum rp_attr)a)) == 0)
			return read_attribute(r, value, n, (enum rp_attr)a);
	return bad(r, "", "a node has no member \"", shown(r, key), "\"", meant(r, key, nearest_member(key)),
	    NULL);
}

/* What transforms and writers take for granted. */
static const struct {
	enum rp_kind	kind;
	enum rp_attr	attr;
	const char	*dflt;
} required[] = {
	{ RP_META_SCALAR,	RP_A_TYPE,	"string" },
	{ RP_KEYWORD,		RP_A_TYPE,	"keyword" },
};

static int
check_required(struct reader *r, struct rp_node *n)
{
	enum rp_attr a;
	size_t i;

	for (i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
		a = required[i].attr;
		if (required[i].kind == rp_kind(n) && !rp_has(n, a))
			rp_set(r->job->doc, n, a, required[i].dflt);
	}
	if (r->depth > 0 && rp_kind(r->stack[r->depth - 1].node) == RP_META_MAP && !rp_has(n, RP_A_KEY))
		return bad(r, "", "what stands in a meta-map has a \"key\"", NULL);
	return 0;
}

int
read_node(struct reader *r, json_t *o, struct rp_node *n)
{
	json_t *pos = json_object_get(o, "pos"), *value;
	const char *key;

	/* First, so that what is said of the rest has a place. */
	if (pos != NULL && read_pos(r, pos, n) == -1)
		return -1;
	json_object_foreach(o, key, value)
		if (read_member(r, key, value, n) == -1)
			return -1;
	return check_required(r, n);
}
