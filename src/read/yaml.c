/*
 * yaml.c - front matter and rolepress.yaml, through libyaml's events.
 *
 * libyaml resolves no types and keeps duplicate keys: both are done here, by
 * the core schema of YAML 1.2 (section 10.3).  Aliases are copies, and what they
 * may add is bounded; depth is bounded before libyaml becomes slow with it.
 *
 * libyaml reads YAML 1.1.  What 1.2 forbids beyond that, yaml_strict.c sees; what 1.2
 * allows and libyaml refuses is read by libfyaml, at arm's length (yaml_second.c).
 */
#include <string.h>

#include <yaml.h>

#include "read.h"
#include "scalar.h"
#include "yaml_second.h"
#include "yaml_strict.h"

enum { MAX_DEPTH = 64, MAX_ALIAS_NODES = 100000 };

struct anchor {
	struct anchor	*next;
	const char	*name;
	struct rp_node	*node;
};

struct key {
	const char	*name;
	struct rp_pos	 pos;
};

struct level {
	struct rp_node	*node;		/* META_MAP or META_LIST */
	struct map	 keys;		/* name: struct key */
	struct key	*waiting;	/* the one that has no value yet, or NULL */
};

struct reader {
	struct rp_doc	*doc;
	uint32_t	 line;		/* of the text's first line in the source */
	yaml_parser_t	 parser;
	const char	*text;		/* what libyaml reads */
	size_t		 len;
	struct level	 stack[MAX_DEPTH];
	int		 depth;		/* levels open */
	struct rp_node	*top;
	struct anchor	*anchors;
	size_t		 alias_nodes;
	int		 documents;
	struct yaml_count counted;
	struct yaml_strict strict;
};

/* libyaml counts columns in characters; ours are bytes. */
static uint32_t
byte_column(struct reader *r, uint32_t line, size_t chars)
{
	return (uint32_t)yaml_byte(r->doc, &r->counted, line, chars) + 1;
}

static struct rp_pos
position(struct reader *r, const yaml_mark_t *from, const yaml_mark_t *to)
{
	struct rp_pos pos = { .line = (uint32_t)from->line + r->line };

	pos.col = byte_column(r, pos.line, from->column);
	if (to != NULL) {
		pos.end_line = (uint32_t)to->line + r->line;
		pos.end_col = byte_column(r, pos.end_line, to->column);
		if (pos.end_col > 1)
			pos.end_col--;
	}
	return pos;
}

static struct rp_pos
event_position(struct reader *r, const yaml_event_t *e)
{
	return position(r, &e->start_mark, &e->end_mark);
}

static int
syntax_error(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	const char *text = p->problem != NULL ? p->problem : "cannot be parsed";
	char *more;

	if (p->context != NULL && *p->context != '\0')
		more = str_format(&r->doc->arena, "%s, %s", text, p->context);
	else
		more = str_format(&r->doc->arena, "%s", text);
	diag_doc(r->doc, RP_D_YAML_SYNTAX, position(r, &p->problem_mark, NULL), more, NULL);
	return -1;
}

/* Places a value: under the waiting key, at the end of the list, or on top. */
static int
place(struct reader *r, struct rp_node *value)
{
	struct level *l = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;

	if (l == NULL) {
		r->top = value;
		return 0;
	}
	if (l->node->kind == RP_META_MAP) {
		node_borrow_attr(r->doc, value, RP_A_KEY, l->waiting->name);
		l->waiting = NULL;
	}
	rp_append(l->node, value);
	return 0;
}

static void
remember(struct reader *r, const yaml_char_t *name, struct rp_node *n)
{
	struct anchor *a;

	if (name == NULL)
		return;
	a = arena_alloc(&r->doc->arena, sizeof(*a));
	a->name = arena_dup(&r->doc->arena, (const char *)name, strlen((const char *)name));
	a->node = n;
	a->next = r->anchors;	/* a later one of the same name wins (7.1) */
	r->anchors = a;
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

static struct rp_node *
alias(struct reader *r, const yaml_event_t *e)
{
	const char *name = (const char *)e->data.alias.anchor, *why;
	const struct anchor *a;
	struct rp_node *n;

	for (a = r->anchors; a != NULL && strcmp(a->name, name) != 0; a = a->next)
		;
	if (a == NULL)
		why = "names no anchor";
	else if (is_open(r, a->node))
		why = "stands inside what it names";
	else if ((r->alias_nodes += count_nodes(a->node)) > MAX_ALIAS_NODES)
		why = "repeats too much";
	else {
		n = rp_copy(r->doc, a->node);
		rp_unset(n, RP_A_KEY);
		return n;
	}
	diag_doc(r->doc, RP_D_YAML_ALIAS, event_position(r, e), name, why, NULL);
	return NULL;
}

static struct rp_node *
scalar(struct reader *r, const yaml_event_t *e)
{
	static const char *const styles[] = { "plain", "plain", "single", "double", "literal", "folded" };
	struct rp_node *n = rp_new(r->doc, RP_META_SCALAR);
	const char *tag = (const char *)e->data.scalar.tag;
	const char *text = scalar_restore(r->doc, (const char *)e->data.scalar.value,
	    e->data.scalar.length);
	size_t len = strlen(text);
	const char *type;

	n->pos = event_position(r, e);
	text = clean_text(r->doc, text, &len, n->pos);
	rp_set_text_n(r->doc, n, text, len);
	node_borrow_attr(r->doc, n, RP_A_STYLE, styles[e->data.scalar.style]);
	type = scalar_type(rp_text(n), e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, tag);
	if (type == NULL && scalar_is_core_tag(tag)) {
		diag_doc(r->doc, RP_D_YAML_VALUE, n->pos, rp_text(n), tag, NULL);
		return NULL;
	}
	if (type == NULL) {
		diag_doc(r->doc, RP_D_YAML_TAG, n->pos, tag, NULL);
		type = "string";
	}
	node_borrow_attr(r->doc, n, RP_A_TYPE, type);
	return n;
}

/* A scalar, or an alias of one, where a map wants a key.  0 if it was taken as one. */
static int
take_key(struct reader *r, const char *name, struct rp_pos pos)
{
	struct level *l = &r->stack[r->depth - 1];
	struct key *key = arena_alloc(&r->doc->arena, sizeof(*key)), *first;
	const char *where;

	key->name = name;
	key->pos = pos;
	first = map_add(&l->keys, name, key);
	if (first == key) {
		l->waiting = key;
		return 0;
	}
	where = str_format(&r->doc->arena, "%u:%u", (unsigned)first->pos.line,
	    (unsigned)doc_column(r->doc, first->pos.line, first->pos.col));
	diag_doc(r->doc, RP_D_YAML_DUPLICATE, pos, name, where, NULL);
	return -1;
}

static int
take_scalar_key(struct reader *r, const yaml_event_t *e)
{
	const char *name = scalar_restore(r->doc, (const char *)e->data.scalar.value, e->data.scalar.length);
	size_t len = strlen(name);
	struct rp_node *n;

	name = clean_text(r->doc, name, &len, event_position(r, e));
	if (e->data.scalar.anchor != NULL && (n = scalar(r, e)) != NULL)
		remember(r, e->data.scalar.anchor, n);	/* an alias may name a key */
	return take_key(r, name, event_position(r, e));
}

static const char *
kind_words(yaml_event_type_t t)
{
	return t == YAML_MAPPING_START_EVENT ? "a map" : t == YAML_ALIAS_EVENT ? "an alias" : "a list";
}

static int
open_level(struct reader *r, const yaml_event_t *e, enum rp_kind kind, const yaml_char_t *name)
{
	struct rp_node *n;
	char most[16];

	if (r->depth == MAX_DEPTH) {
		snprintf(most, sizeof(most), "%d", (int)MAX_DEPTH);
		diag_doc(r->doc, RP_D_YAML_DEEP, event_position(r, e), most, NULL);
		return -1;
	}
	n = rp_new(r->doc, kind);
	n->pos = event_position(r, e);
	place(r, n);
	remember(r, name, n);
	r->stack[r->depth++] = (struct level){ .node = n };
	return 0;
}

static int
take(struct reader *r, const yaml_event_t *e)
{
	struct level *l = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;
	int wants_key = l != NULL && l->node->kind == RP_META_MAP && l->waiting == NULL;
	struct rp_node *n;

	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (r->documents++ == 0)
			return 0;
		diag_doc(r->doc, RP_D_YAML_SYNTAX, event_position(r, e), "a second document begins here", NULL);
		return -1;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		map_free(&r->stack[--r->depth].keys);
		return 0;
	case YAML_SCALAR_EVENT:
		if (wants_key)
			return take_scalar_key(r, e);
		if ((n = scalar(r, e)) == NULL)
			return -1;
		remember(r, e->data.scalar.anchor, n);
		return place(r, n);
	case YAML_ALIAS_EVENT:
		if ((n = alias(r, e)) == NULL)
			return -1;
		if (!wants_key)
			return place(r, n);
		if (n->kind == RP_META_SCALAR)
			return take_key(r, rp_text(n), event_position(r, e));
		/* fall through */
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		if (wants_key) {
			diag_doc(r->doc, RP_D_YAML_KEY, event_position(r, e), kind_words(e->type), NULL);
			return -1;
		}
		if (e->type == YAML_MAPPING_START_EVENT)
			return open_level(r, e, RP_META_MAP, e->data.mapping_start.anchor);
		return open_level(r, e, RP_META_LIST, e->data.sequence_start.anchor);
	default:
		return 0;
	}
}

static int
take_strictly(struct reader *r, const yaml_event_t *e)
{
	struct rp_pos pos;
	const char *why;

	if (take(r, e) == -1)
		return -1;
	if (yaml_strict(&r->strict, e, &pos, &why) == 0)
		return 0;
	diag_doc(r->doc, RP_D_YAML_SYNTAX, pos, why, NULL);
	return -1;
}

/* Everything that was made of events so far. */
static void
forget(struct reader *r)
{
	while (r->depth > 0)
		map_free(&r->stack[--r->depth].keys);
	r->top = NULL;
	r->anchors = NULL;
	r->alias_nodes = 0;
	r->documents = 0;
}

/* Reads it all again, as libfyaml has it: 1, or 0 if that has no opinion, or -1. */
static int
read_second(struct reader *r, struct message *said)
{
	struct yaml_second second;
	yaml_event_t e;
	int rc = 1;

	if (yaml_second_ask(&second, &r->doc->arena, r->text, r->len) == -1)
		return 0;
	diag_forget(r->doc, said);
	forget(r);
	while (rc == 1 && yaml_second_next(&second, &e))
		if (take(r, &e) == -1)
			rc = -1;
	yaml_second_free(&second);
	return rc;
}

static int
read_events(struct reader *r)
{
	struct message *said = r->doc->last_message;
	yaml_event_t e;
	int rc = 0, last = 0;

	while (rc == 0 && !last) {
		if (!yaml_parser_parse(&r->parser, &e)) {
			rc = read_second(r, said);
			return rc == 0 ? syntax_error(r) : rc == 1 ? 0 : -1;
		}
		last = e.type == YAML_STREAM_END_EVENT;
		rc = take_strictly(r, &e);
		yaml_event_delete(&e);
	}
	if (rc == 0 && r->strict.doubt)
		rc = read_second(r, said) == -1 ? -1 : 0;
	return rc;
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
	diag_doc(r->doc, RP_D_YAML_NOT_A_MAP, n->pos, n->kind == RP_META_LIST ? "a list" : "a single value",
	    NULL);
	return NULL;
}

struct rp_node *
read_yaml(struct rp_doc *doc, const char *text, size_t len, uint32_t line)
{
	struct reader r = { .doc = doc, .line = line, .len = len, .strict = { .doc = doc, .line = line } };
	struct rp_node *map = NULL;

	r.text = scalar_protect(doc, text, &r.len);
	if (!yaml_parser_initialize(&r.parser))
		rp_out_of_memory();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text, r.len);
	if (read_events(&r) == 0)
		map = as_map(&r);
	forget(&r);
	yaml_parser_delete(&r.parser);
	return map;
}
