/* A transform of plugin interface 1: touches as much of the tree's interface as a small one can. */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

struct state {
	int		 shout;
	long		 least;
	const char	*label, *style;
};

static void
heading(struct rp_doc *doc, const struct state *st, struct rp_node *n)
{
	struct rp_node *strong = rp_new(doc, RP_STRONG), *copy;

	rp_set_named(doc, n, "words", st->style);
	rp_add_class(doc, n, "seen");
	rp_move_children(strong, n);
	rp_append(n, strong);
	if (st->shout) {
		copy = rp_copy(doc, rp_first(strong));
		rp_set_text(doc, copy, rp_join(doc, rp_text(copy), "!", NULL));
		rp_replace(rp_first(strong), copy);
	}
}

static int
run(struct rp_job *job, void *state)
{
	const struct state *st = state;
	struct rp_walk w = rp_walk(job->root);
	struct rp_node *p = rp_new(job->doc, RP_PARAGRAPH);
	const char *key = rp_meta_string(rp_meta(job->doc), "answer");

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER && rp_kind(w.node) == RP_HEADING)
			heading(job->doc, st, w.node);
		else if (w.event == RP_LEAVE && rp_kind(w.node) == RP_EMPHASIS)
			rp_unwrap(w.node);
		else if (w.event == RP_LEAVE && rp_kind(w.node) == RP_THEMATIC_BREAK)
			rp_detach(w.node);
		else if (w.event == RP_ENTER && rp_kind(w.node) == RP_LINK)
			rp_set(job->doc, w.node, RP_A_TITLE, rp_slug(job->doc, rp_plain_text(job->doc, w.node)));
	}
	rp_append(p, rp_new_text(job->doc, rp_join(job->doc, st->label, ": ", key != NULL ? key : "none", NULL)));
	rp_append(job->root, p);
	if (rp_text_len(rp_first(p)) < (size_t)st->least)
		rp_say(job, RP_WARNING, p, "short by %d", (int)((size_t)st->least - rp_text_len(rp_first(p))));
	rp_report(job, RP_D_IMAGE_NO_ALT, NULL, "x", NULL);
	return 0;
}

static const struct rp_option options[] = {
	{ "shout", RP_BOOL, offsetof(struct state, shout), "no", NULL, "headings cry" },
	{ "least", RP_INT, offsetof(struct state, least), "20", "0..99", "characters" },
	{ "label", RP_STRING, offsetof(struct state, label), "The answer", NULL, "what stands before" },
	{ "style", RP_ENUM, offsetof(struct state, style), "plain", "plain|fancy", "how it looks" },
	{ 0 }
};

static const char *const needs[] = { "sections", NULL }, *const gives[] = { "frozen", NULL };

RP_FILTER(frozen) = {
	RP_HEAD("frozen"),
	.summary = "a transform of plugin interface 1",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.state_size = sizeof(struct state),
	.options = options,
	.run = run,
};
