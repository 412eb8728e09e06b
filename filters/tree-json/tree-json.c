/*
 * tree-json - the tree as it is, as JSON, a document a line: what programs that are
 * filters read and write (filters/pipe/), and what the reader of the same name reads
 * back.  schema.json, beside this file, describes it.
 *
 *	{"rolepress-tree":1,"path":"ciso.md","root":{"kind":"document","pos":[1,1],
 *	 "id":"ciso","children":[{"kind":"meta-map"},{"kind":"heading","level":2, …}]}}
 *
 * Generic: kinds and attributes come from node.def.  What is not set is not written.
 */
#include <string.h>

#include <rolepress/emit.h>

/* [line, column], and where the node ends if that is known. */
static void
position(struct rp_json *j, struct rp_pos pos)
{
	if (pos.line == 0)
		return;
	rp_json_key(j, "pos");
	rp_json_array(j);
	rp_json_int(j, pos.line);
	rp_json_int(j, pos.col);
	if (pos.end_line > 0) {
		rp_json_int(j, pos.end_line);
		rp_json_int(j, pos.end_col);
	}
	rp_json_end(j);
}

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
	case RP_TYPE_STRING:
	default:
		rp_json_string(j, rp_get(n, a));
	}
}

/* Attributes that node.def does not know stand apart: they may be called anything. */
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
	position(j, rp_pos(n));
	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1))
		attribute(j, n, a);
	named(j, n);
	if (rp_text_len(n) > 0)
		rp_json_member(j, "text", rp_text(n));
	if (rp_first(n) != NULL) {
		rp_json_key(j, "children");
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

/* Which file the tree was made from, and what has been done to it: a run that reads it
 * again does not do it twice. */
static void
origin(struct rp_json *j, const struct rp_doc *doc)
{
	const char *path = rp_doc_path(doc), *site_path = rp_doc_site_path(doc), *name;
	size_t i;

	rp_json_member(j, "path", path);
	rp_json_member(j, "site-path", strcmp(path, site_path) != 0 ? site_path : NULL);
	if (rp_given(doc, 0) == NULL)
		return;
	rp_json_key(j, "given");
	rp_json_array(j);
	for (i = 0; (name = rp_given(doc, i)) != NULL; i++)
		rp_json_string(j, name);
	rp_json_end(j);
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_json *j = rp_json_open(job, job->out, 0);
	struct rp_walk w = rp_walk(job->root);

	(void)state;
	rp_json_object(j);
	rp_json_key(j, "rolepress-tree");
	rp_json_int(j, 1);
	origin(j, job->doc);
	rp_json_key(j, "root");
	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER)
			node_in(j, w.node);
		else
			node_out(j, w.node);
	}
	rp_json_end(j);
	rp_puts(job->out, "\n");
	return rp_json_close(j);
}

static int
bind(struct rp_job *job, void *state)
{
	const struct rp_node *e;
	const char *bytes;
	size_t len;

	(void)state;
	for (e = rp_first(job->root); e != NULL; e = rp_next(e))
		if ((bytes = rp_part(job, e, &len)) != NULL)
			rp_put(job->out, bytes, len);
	return 0;
}

RP_FILTER(tree_json) = {
	RP_HEAD("tree-json"),
	.summary = "the tree as it is, as JSON, a document a line",
	.role = RP_WRITER,
	.run = run,
	.bind = bind,
	.extension = ".tree.json",
	.media_type = "application/json",
};
