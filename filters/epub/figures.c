/*
 * figures.c - the list of figures, in the order of the book: a nav of nav.xhtml (7.4.4),
 * there if any figure has a caption.
 */
#include <string.h>

#include "epub.h"

static int
is_listed(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE), *title = rp_get(n, RP_A_TITLE);

	return rp_kind(n) == RP_SPAN && type != NULL && strcmp(type, "figure") == 0 &&
	    rp_get(n, RP_A_ID) != NULL && title != NULL && *title != '\0';
}

static const struct rp_node *
next_figure(struct rp_walk *w)
{
	while (rp_walk_next(w))
		if (w->event == RP_ENTER && is_listed(w->node))
			return w->node;
	return NULL;
}

int
epub_has_figures(const struct book *b)
{
	for (size_t i = 0; i < b->place_count; i++) {
		struct rp_walk w;

		if (b->places[i].doc == NULL)
			continue;
		w = rp_walk(b->places[i].doc);
		if (next_figure(&w) != NULL)
			return 1;
	}
	return 0;
}

static void
figures_of(const struct book *b, struct rp_xml *x, const struct place *place)
{
	const struct rp_node *n;
	struct rp_walk w;

	if (place->doc == NULL)
		return;
	for (w = rp_walk(place->doc); (n = next_figure(&w)) != NULL; ) {
		rp_xml_block(x, "li");
		epub_link(b, x, place->file, rp_get(n, RP_A_ID), rp_get(n, RP_A_TITLE), place->lang);
		rp_xml_end(x);
	}
}

void
epub_figures(const struct book *b, struct rp_xml *x)
{
	const char *title = rp_label(RP_L_LIST_OF_FIGURES, b->lang);

	if (!epub_has_figures(b))
		return;
	rp_xml_block(x, "nav");
	rp_xml_attr(x, "id", "loi");
	rp_xml_attr(x, "epub:type", "loi");
	rp_xml_attr(x, "aria-label", title);
	rp_xml_block(x, "h2");
	rp_xml_text(x, title);
	rp_xml_end(x);
	rp_xml_block(x, "ol");
	for (size_t i = 0; i < b->place_count; i++)
		figures_of(b, x, &b->places[i]);
	rp_xml_end(x);
	rp_xml_end(x);
}
