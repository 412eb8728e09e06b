/*
 * yaml.c - front matter and rolepress.yaml: from the parser's events to a tree.
 *
 * Types are those of the core schema of YAML 1.2 (section 10.3).  Keys are scalars and
 * stand once in a map.  Aliases are copies, and what they may add is bounded, as is depth.
 */
#include <string.h>

#include "scalar.h"
#include "yaml.h"

enum { MAX_DEPTH = 64, MAX_ALIAS_NODES = 100000 };

struct anchor {
	struct rp_node	*node;
};

struct key {
	const char	*name;
	struct rp_pos	 pos;
};

struct level {
	struct rp_node	*node;		/* META_MAP or META_LIST */
	struct map	 keys;		/* of struct key */
	const char	*key;		/* that has no value yet; NULL: none */
};

struct reader {
	struct rp_doc	*doc;
	struct level	 stack[MAX_DEPTH];
	int		 depth;		/* levels open */
	struct rp_node	*top;
	struct map	 anchors;	/* of struct anchor */
	size_t		 alias_nodes;
};

/* Places a value: under the waiting key, at the end of the list, or on top. */
static void
place(struct reader *r, struct rp_node *value)
{
	struct level *l = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;

	if (l == NULL) {
		r->top = value;
		return;
	}
	if (l->key != NULL) {
		node_borrow_attr(r->doc, value, RP_A_KEY, l->key);
		l->key = NULL;
	}
	rp_append(l->node, value);
}

/* A later anchor of the same name wins (7.1). */
static void
remember(struct reader *r, const char *name, struct rp_node *n)
{
	struct anchor *a;

	if (name == NULL)
		return;
	a = map_get(&r->anchors, name);
	if (a == NULL)
		a = map_add(&r->anchors, name, arena_alloc(&r->doc->arena, sizeof(*a)));
	a->node = n;
}

static int
is_open(const struct reader *r, const struct rp_node *n)
{
	int i;

	for (i = 0; i < r->depth; i++)
		if (r->stack[i].node == n)
			return 1;
	return 0;
}

static size_t
count_nodes(struct rp_node *n)
{
	struct rp_walk w = rp_walk(n);
	size_t c = 0;

	while (rp_walk_next(&w))
		c += w.event == RP_ENTER;
	return c;
}

/* The node that an alias names; NULL after a diagnostic. */
static struct rp_node *
target(struct reader *r, const struct yaml_event *e)
{
	const struct anchor *a = map_get(&r->anchors, e->anchor);
	const char *why;

	if (a == NULL)
		why = "names no anchor";
	else if (is_open(r, a->node))
		why = "stands inside what it names";
	else if ((r->alias_nodes += count_nodes(a->node)) > MAX_ALIAS_NODES)
		why = "repeats too much";
	else
		return a->node;
	diag_doc(r->doc, RP_D_YAML_ALIAS, e->pos, e->anchor, why, NULL);
	return NULL;
}

static struct rp_node *
alias(struct reader *r, const struct yaml_event *e)
{
	const struct rp_node *named = target(r, e);
	struct rp_node *n;

	if (named == NULL)
		return NULL;
	n = rp_copy(r->doc, named);
	rp_unset(n, RP_A_KEY);
	return n;
}

static struct rp_node *
scalar(struct reader *r, const struct yaml_event *e)
{
	static const char *const styles[] = {
		[YAML_PLAIN] = "plain",		[YAML_SINGLE] = "single",	[YAML_DOUBLE] = "double",
		[YAML_LITERAL] = "literal",	[YAML_FOLDED] = "folded",
	};
	struct rp_node *n = rp_new(r->doc, RP_META_SCALAR);
	size_t len = e->len;
	const char *text = clean_text(r->doc, e->text, &len, e->pos), *type;

	n->pos = e->pos;
	node_borrow_text(n, text, len);
	node_borrow_attr(r->doc, n, RP_A_STYLE, styles[e->style]);
	type = scalar_type(text, e->style == YAML_PLAIN, e->tag);
	if (type == NULL && scalar_is_core_tag(e->tag)) {
		diag_doc(r->doc, RP_D_YAML_VALUE, n->pos, text, e->tag, NULL);
		return NULL;
	}
	if (type == NULL) {
		diag_doc(r->doc, RP_D_YAML_TAG, n->pos, e->tag, NULL);
		type = "string";
	}
	node_borrow_attr(r->doc, n, RP_A_TYPE, type);
	remember(r, e->anchor, n);
	return n;
}

/* The same key twice is refused with both places. */
static int
take_key(struct reader *r, const struct yaml_event *e)
{
	struct level *l = &r->stack[r->depth - 1];
	const struct rp_node *n = e->type == YAML_ALIAS ? target(r, e) : scalar(r, e);
	struct key *key, *first;

	if (n == NULL)
		return -1;
	if (n->kind != RP_META_SCALAR) {
		diag_doc(r->doc, RP_D_YAML_KEY, e->pos, n->kind == RP_META_MAP ? "a map" : "a list", NULL);
		return -1;
	}
	key = arena_alloc(&r->doc->arena, sizeof(*key));
	*key = (struct key){ .name = rp_text(n), .pos = e->pos };
	first = map_add(&l->keys, key->name, key);
	l->key = key->name;
	if (first == key)
		return 0;
	diag_doc(r->doc, RP_D_YAML_DUPLICATE, key->pos, key->name,
	    str_format(&r->doc->arena, "%u:%u", (unsigned)first->pos.line,
	    (unsigned)doc_column(r->doc, first->pos.line, first->pos.col)), NULL);
	return -1;
}

static int
open_level(struct reader *r, const struct yaml_event *e)
{
	struct rp_node *n;

	if (r->depth == MAX_DEPTH) {
		diag_doc(r->doc, RP_D_YAML_DEEP, e->pos, str_format(&r->doc->arena, "%d", (int)MAX_DEPTH),
		    NULL);
		return -1;
	}
	n = rp_new(r->doc, e->type == YAML_MAP ? RP_META_MAP : RP_META_LIST);
	n->pos = e->pos;
	place(r, n);
	remember(r, e->anchor, n);
	r->stack[r->depth++] = (struct level){ .node = n };
	return 0;
}

static void
close_level(struct reader *r, struct rp_pos end)
{
	struct level *l = &r->stack[--r->depth];

	l->node->pos.end_line = end.end_line;
	l->node->pos.end_col = end.end_col;
	map_free(&l->keys);
}

static int
take(void *arg, const struct yaml_event *e)
{
	struct reader *r = arg;
	const struct level *l = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;
	int wants_key = l != NULL && l->node->kind == RP_META_MAP && l->key == NULL;
	struct rp_node *n;

	if (e->type == YAML_END) {
		close_level(r, e->pos);
		return 0;
	}
	if (e->type == YAML_MAP || e->type == YAML_LIST) {
		if (!wants_key)
			return open_level(r, e);
		diag_doc(r->doc, RP_D_YAML_KEY, e->pos, e->type == YAML_MAP ? "a map" : "a list", NULL);
		return -1;
	}
	if (wants_key)
		return take_key(r, e);
	n = e->type == YAML_ALIAS ? alias(r, e) : scalar(r, e);
	if (n == NULL)
		return -1;
	place(r, n);
	return 0;
}

/* Nothing at all, or null, is an empty map. */
static struct rp_node *
as_map(struct reader *r)
{
	struct rp_node *n = r->top;
	const char *type = n != NULL ? rp_get(n, RP_A_TYPE) : NULL;

	if (n == NULL || (type != NULL && strcmp(type, "null") == 0))
		return rp_new(r->doc, RP_META_MAP);
	if (n->kind == RP_META_MAP)
		return n;
	diag_doc(r->doc, RP_D_YAML_NOT_A_MAP, n->pos,
	    n->kind == RP_META_LIST ? "a list" : "a single value", NULL);
	return NULL;
}

struct rp_node *
read_yaml(struct rp_doc *doc, const char *text, size_t len, uint32_t line)
{
	struct reader r = { .doc = doc };
	struct rp_node *map = NULL;

	if (yaml_parse(doc, text, len, line, take, &r) == 0)
		map = as_map(&r);
	while (r.depth > 0)
		map_free(&r.stack[--r.depth].keys);
	map_free(&r.anchors);
	return map;
}
