/*
 * tree.c - nodes as objects.  Generic: kinds and attributes come from node.def,
 * so that what a transform adds is in the output without a line here.
 */
#include "json.h"

static void
attribute(struct rp_json *j, const struct rp_node *n, enum rp_attr a)
{
	rp_json_key(j, rp_attr_name(a));
	switch (rp_attr_type(a)) {
	case RP_TYPE_INT:
		rp_json_int(j, rp_get_int(n, a, 0));
		break;
	case RP_TYPE_BOOL:
		rp_json_bool(j, rp_get_int(n, a, 0) != 0);
		break;
	default:
		rp_json_string(j, rp_get(n, a));
	}
}

/* Attributes that node.def does not know, as a filter from outside may set them. */
static void
named(struct rp_json *j, const struct rp_node *n)
{
	const char *name, *value;
	size_t i;

	if (!rp_named_at(n, 0, &name, &value))
		return;
	rp_json_key(j, "attributes");
	rp_json_object(j);
	for (i = 0; rp_named_at(n, i, &name, &value); i++) {
		rp_json_key(j, name);
		rp_json_string(j, value);
	}
	rp_json_end(j);
}

static void
node_in(struct rp_json *j, const struct rp_node *n)
{
	enum rp_attr a;

	rp_json_object(j);
	rp_json_member(j, "kind", rp_kind_name(rp_kind(n)));
	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1))
		attribute(j, n, a);
	named(j, n);
	if (rp_text_len(n) > 0)
		rp_json_member(j, "text", rp_text(n));
	if (rp_first(n) != NULL) {
		rp_json_key(j, "content");
		rp_json_array(j);
	}
}

static void
node_out(struct rp_json *j, const struct rp_node *n)
{
	if (rp_first(n) != NULL)
		rp_json_end(j);
	rp_json_end(j);
}

void
json_write_tree(struct rp_json *j, struct rp_node *top)
{
	struct rp_walk w = rp_walk(top);

	while (rp_walk_next(&w)) {
		if (rp_kind(w.node) == RP_COMMENT)
			continue;
		if (w.event == RP_ENTER)
			node_in(j, w.node);
		else
			node_out(j, w.node);
	}
}

/* A value keeps its type if JSON has it, and its spelling in any case: 1.10 stays
 * 1.10, and 0x1F, which is no number in JSON, becomes "0x1F". */
static void
scalar(struct rp_json *j, const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE), *text = rp_text(n);

	switch (type != NULL ? *type : 's') {
	case 'n':
		rp_json_null(j);
		break;
	case 'b':
		rp_json_bool(j, *text == 't' || *text == 'T');
		break;
	case 'i':
	case 'f':
		rp_json_number(j, text);
		break;
	default:
		rp_json_string(j, text);
	}
}

void
json_write_meta(struct rp_json *j, struct rp_node *top)
{
	struct rp_walk w = rp_walk(top);
	enum rp_kind kind;

	while (rp_walk_next(&w)) {
		kind = rp_kind(w.node);
		if (w.event == RP_LEAVE) {
			if (kind != RP_META_SCALAR)
				rp_json_end(j);
			continue;
		}
		if (w.node != top && rp_kind(rp_parent(w.node)) == RP_META_MAP)
			rp_json_key(j, rp_get(w.node, RP_A_KEY));
		if (kind == RP_META_MAP)
			rp_json_object(j);
		else if (kind == RP_META_LIST)
			rp_json_array(j);
		else
			scalar(j, w.node);
	}
}
