/*
 * @NAME@ - a filter for rolepress: gives links that lead outside a class.
 *
 *	make && rolepress in.md -f ./@NAME@.so -t tree
 *
 * rolepress-plugin(3) says what a filter may use.  Memory belongs to the document:
 * nothing is freed here.
 */
#include <string.h>

#include <rolepress/plugin.h>

struct state {
	const char	*class;		/* option */
};

static int
run(struct rp_job *job, void *state)
{
	const struct state *st = state;
	struct rp_walk w = rp_walk(job->root);
	const char *url;

	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER || rp_kind(w.node) != RP_LINK)
			continue;
		url = rp_get(w.node, RP_A_URL);
		if (url != NULL && strstr(url, "://") != NULL)
			rp_add_class(job->doc, w.node, st->class);
	}
	return 0;	/* or -1 after rp_say(job, RP_ERROR, ...): the document is left out */
}

static const struct rp_option options[] = {
	{ "class", RP_STRING, offsetof(struct state, class), "external", "WORD", "the class of such links" },
	{ 0 }
};

RP_FILTER(@SYMBOL@) = {
	RP_HEAD("@NAME@"),
	.summary = "give links that lead outside a class",
	.role = RP_TRANSFORM,
	.state_size = sizeof(struct state),
	.options = options,
	.run = run,
};
