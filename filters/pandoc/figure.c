/*
 * figure.c - figures: pandoc's own, an image alone in a paragraph (up to API 1.22), or a
 * Div, whichever holds all that there is.
 */
#include "pandoc.h"

/* A figure of pandoc's: blocks, and one caption behind or before them. */
static int
is_plain_figure(const struct rp_node *n)
{
	const struct rp_node *c, *caption = rp_child(n, RP_CAPTION);

	for (c = rp_first(n); c != NULL; c = rp_next(c))
		if ((c != caption && rp_kind(c) == RP_CAPTION) || pd_is_inline(c))
			return 0;
	return caption != NULL && rp_first(caption) != NULL && caption == rp_last(n) &&
	       !pd_attr_more(caption, 0);
}

/* The image that is all there is in a figure, with a caption of inlines; NULL if not so. */
static const struct rp_node *
only_image(const struct rp_node *n)
{
	const struct rp_node *para = rp_first(n), *caption = rp_last(n), *image, *c;

	if (para == NULL || rp_next(para) != caption ||
	    rp_kind(para) != RP_PARAGRAPH || pd_attr_more(para, 0) || rp_kind(caption) != RP_CAPTION ||
	    pd_attr_more(caption, 0))
		return NULL;
	for (c = rp_first(caption); c != NULL; c = rp_next(c))
		if (!pd_is_inline(c))
			return NULL;
	image = rp_first(para);
	if (image == NULL || image != rp_last(para) || rp_kind(image) != RP_IMAGE ||
	    rp_has(image, RP_A_TITLE) || rp_first(caption) == NULL)
		return NULL;
	c = rp_first(image);
	if (c != NULL && (rp_kind(c) != RP_TEXT || c != rp_last(image) || pd_attr_more(c, 0)))
		return NULL;
	return image;
}

/* Up to API 1.22, a paragraph of an image whose title says so. */
static void
figure_paragraph(struct pandoc *p, const struct rp_node *n, const struct rp_node *image)
{
	pd_el_open(p, "Para");
	rp_json_array(p->j);
	pd_image(p, image, rp_last(n));
	rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_figure(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *c;

	const struct rp_node *image = p->minor < 23 ? only_image(n) : NULL;
	int more = pd_attr_more(n, 0);

	/* What the paragraph cannot say, a Div around it says. */
	if (image != NULL) {
		if (more)
			pd_div_open(p, n, 0);
		figure_paragraph(p, n, image);
		if (more)
			pd_box_close(p);
		return;
	}
	if (p->minor < 23 || !is_plain_figure(n)) {
		pd_div_open(p, n, 0);
		pd_blocks(p, n);
		pd_box_close(p);
		return;
	}
	pd_el_open(p, "Figure");
	rp_json_array(p->j);
	pd_attr_put(p, n, NULL, 0, 0);
	pd_caption(p, rp_last(n));
	rp_json_array(p->j);
	for (c = rp_first(n); c != rp_last(n); c = rp_next(c))
		pd_block(p, c);
	rp_json_end(p->j);
	rp_json_end(p->j);
	pd_el_close(p);
}
