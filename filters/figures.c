/*
 * figures - an image that has a paragraph to itself and a title is a figure, and
 * the title is its caption.
 *
 * Without a title there is nothing to say below it: then it stays a paragraph.
 */
#include <string.h>

#include <rolepress/plugin.h>

/* The only thing to see in a node, leaving white space out; NULL: there is more. */
static struct rp_node *
only_child(const struct rp_node *n)
{
	struct rp_node *c, *only = NULL;

	for (c = rp_first(n); c != NULL; c = rp_next(c)) {
		if (rp_kind(c) == RP_SOFT_BREAK ||
		    (rp_kind(c) == RP_TEXT && rp_text(c)[strspn(rp_text(c), " \t\n")] == '\0'))
			continue;
		if (only != NULL)
			return NULL;
		only = c;
	}
	return only;
}

static struct rp_node *
image_of(const struct rp_node *para)
{
	struct rp_node *n = only_child(para);

	if (n != NULL && rp_kind(n) == RP_LINK)
		n = only_child(n);
	if (n == NULL || rp_kind(n) != RP_IMAGE || rp_get(n, RP_A_TITLE) == NULL)
		return NULL;
	return rp_get(n, RP_A_TITLE)[strspn(rp_get(n, RP_A_TITLE), " \t\n")] != '\0' ? n : NULL;
}

static void
make_figure(struct rp_doc *doc, struct rp_node *para, struct rp_node *image)
{
	struct rp_node *figure = rp_new(doc, RP_FIGURE), *caption = rp_new(doc, RP_CAPTION);
	struct rp_node *text = rp_new_text(doc, rp_get(image, RP_A_TITLE));

	rp_set_pos(figure, rp_pos(para));
	rp_set_pos(caption, rp_pos(image));
	rp_set_pos(text, rp_pos(image));
	rp_replace(para, figure);
	rp_append(figure, para);
	rp_append(caption, text);
	rp_append(figure, caption);
	rp_unset(image, RP_A_TITLE);
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_walk w = rp_walk(job->root);
	struct rp_node *image;

	(void)state;
	if (rp_find(job->root, NULL, RP_IMAGE) == NULL)
		return 0;
	while (rp_walk_next(&w)) {
		if (w.event != RP_LEAVE || rp_kind(w.node) != RP_PARAGRAPH ||
		    rp_kind(rp_parent(w.node)) == RP_FIGURE)
			continue;
		image = image_of(w.node);
		if (image != NULL)
			make_figure(job->doc, w.node, image);
	}
	return 0;
}

static const char *const gives[] = { "figures", NULL };

RP_FILTER(figures) = {
	RP_HEAD("figures"),
	.summary = "make images with a title figures with a caption",
	.role = RP_TRANSFORM,
	.gives = gives,
	.run = run,
};
