/* protocol.c - a document's tree in the form that a program reads, and back. */
#include <string.h>

#include "pipe.h"

int
is_pandoc(const struct pipe *o)
{
	return strcmp(o->protocol, "pandoc") == 0;
}

/* pandoc's own filters read until their input ends. */
int
is_kept(const struct pipe *o)
{
	return o->keep != NULL ? strcmp(o->keep, "yes") == 0 : !is_pandoc(o);
}

/*
 * Filters compare it with "html", "latex" and the like.  Ours are called the same in
 * most cases.  When several outputs are made in one run, the first one counts: the
 * tree is filtered once.
 */
const char *
pandoc_format(struct rp_job *job, const struct pipe *o)
{
	static const char *const ours[][2] = {
		{ "tree",	"native" },
		{ "tree-json",	"json" },
		{ "pandoc",	"json" },
	};
	const char *name = o->format != NULL ? o->format : rp_output_format(job, 0);
	size_t i;

	for (i = 0; name != NULL && o->format == NULL && i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcmp(name, ours[i][0]) == 0)
			return ours[i][1];
	return name != NULL ? name : "json";
}

int
protocol_write(struct rp_job *job, const struct pipe *o, struct rp_sink *out)
{
	const char *spec = "tree-json";

	if (is_pandoc(o))
		spec = rp_join(job->doc, "pandoc=api=", o->api, NULL);
	return rp_render_by(job, spec, job->root, out);
}

static void
copy_attributes(struct rp_doc *doc, struct rp_node *to, const struct rp_node *from)
{
	const char *name, *value;
	size_t i;
	int a;

	for (a = 0; a < RP_ATTR_MAX; a++) {
		enum rp_attr id = (enum rp_attr)a;

		if (!rp_has(from, id))
			rp_unset(to, id);
		else if (rp_attr_type(id) == RP_TYPE_STRING)
			rp_set(doc, to, id, rp_get(from, id));
		else
			rp_set_int(doc, to, id, rp_get_int(from, id, 0));
	}
	while (rp_named_at(to, 0, &name, &value))
		rp_set_named(doc, to, name, NULL);
	for (i = 0; rp_named_at(from, i, &name, &value); i++)
		rp_set_named(doc, to, name, value);
}

int
protocol_read(struct rp_job *job, const struct pipe *o, const char *bytes, size_t len)
{
	struct rp_node *got = rp_read_by(job, is_pandoc(o) ? "pandoc" : "tree-json", bytes, len);

	if (got == NULL)
		return -1;
	while (rp_first(job->root) != NULL)
		rp_detach(rp_first(job->root));
	copy_attributes(job->doc, job->root, got);
	if (rp_pos(got).line > 0)
		rp_set_pos(job->root, rp_pos(got));
	rp_move_children(job->root, got);
	return 0;
}
