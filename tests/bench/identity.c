/* A filter that walks the whole tree, looks at everything and changes nothing: what one costs. */
#include <rolepress/plugin.h>

static int
run(struct rp_job *job, void *state)
{
	struct rp_walk w = rp_walk(job->root);
	size_t *seen = state;

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER)
			*seen += rp_text_len(w.node) + (size_t)rp_kind(w.node) + (size_t)rp_has(w.node, RP_A_URL);
	return 0;
}

RP_FILTER(walk_all) = {
	RP_HEAD("walk-all"),
	.summary = "walk the whole tree",
	.role = RP_TRANSFORM,
	.state_size = sizeof(size_t),
	.run = run,
};
