/* A writer of plugin interface 1: rules, each emitter, bind. */
#include <string.h>

#include <rolepress/emit.h>

struct state {
	struct rp_xml	*x;
	int		 json;
};

static enum rp_next
element_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct state *st = state;

	(void)job;
	rp_xml_block(st->x, rp_kind_name(rp_kind(n)));
	rp_xml_attr(st->x, "id", rp_get(n, RP_A_ID));
	if (rp_pos(n).line > 0)
		rp_xml_attr_int(st->x, "line", (long)rp_pos(n).line);
	return RP_CHILDREN;
}

static void
element_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	rp_xml_end(((struct state *)state)->x);
}

static enum rp_next
text_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	rp_xml_text(((struct state *)state)->x, rp_text(n));
	return RP_CHILDREN;
}

static const struct rp_rule rules[RP_KIND_MAX] = {
	[RP_TITLE] = { element_in, element_out }, [RP_SECTION] = { element_in, element_out },
	[RP_HEADING] = { element_in, element_out }, [RP_PARAGRAPH] = { element_in, element_out },
	[RP_TEXT] = { text_in, NULL }, [RP_STRONG] = { rp_pass, NULL }, [RP_EMPHASIS] = { rp_leave_out, NULL },
};

static int
run(struct rp_job *job, void *state)
{
	struct state *st = state;
	int rc;

	st->x = rp_xml_open(job, job->out, RP_XML_INDENT);
	rp_xml_start(st->x, "document");
	rc = rp_render(job, job->root, st);
	return rp_xml_close(st->x) == 0 ? rc : -1;
}

static int
bind(struct rp_job *job, void *state)
{
	const struct state *st = state;
	const struct rp_node *e;
	const char *bytes;
	size_t len;
	struct rp_json *j = st->json ? rp_json_open(job, job->out, 2) : NULL;

	if (j != NULL)
		rp_json_array(j);
	for (e = rp_first(job->root); e != NULL; e = rp_next(e)) {
		if ((bytes = rp_part(job, e, &len)) == NULL)
			continue;
		if (j != NULL)
			rp_json_string(j, bytes);
		else
			rp_put(job->out, bytes, len);
	}
	if (j == NULL)
		return 0;
	rp_json_end(j);
	return rp_json_close(j);
}

static const char *
path(struct rp_job *job, void *state)
{
	(void)state;
	return rp_join(job->doc, "deep/", rp_get(job->root, RP_A_ID), ".frozen", NULL);
}

static const struct rp_option options[] = {
	{ "json", RP_BOOL, offsetof(struct state, json), "no", NULL, "as a JSON array of texts" },
	{ 0 }
};

RP_FILTER(frozen_writer) = {
	RP_HEAD("frozen-writer"),
	.summary = "a writer of plugin interface 1",
	.role = RP_WRITER,
	.state_size = sizeof(struct state),
	.options = options,
	.run = run,
	.rules = rules,
	.bind = bind,
	.path = path,
	.extension = ".frozen",
	.media_type = "application/xml",
};
