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

	return type != NULL && strcmp(type, "figure") == 0 && rp_get(n, RP_A_ID) != NULL &&
	    title != NULL && *title != '\0';
}

/* The next one after at; NULL: from the beginning. */
static const struct rp_node *
next_figure(const struct place *place, const struct rp_node *at)
{
	if (place->doc == NULL)
		return NULL;
	while ((at = rp_find(place->doc, at, RP_SPAN)) != NULL && !is_listed(at))
		;
	return at;
}

int
epub_has_figures(const struct book *b)
{
	size_t i = 0;

	while (i < b->place_count && next_figure(&b->places[i], NULL) == NULL)
		i++;
	return i < b->place_count;
}

static void
figures_of(const struct book *b, struct rp_xml *x, const struct place *place)
{
	const struct rp_node *n = NULL;

	while ((n = next_figure(place, n)) != NULL) {
		rp_xml_block(x, "li");
		epub_link(b, x, place->file, rp_get(n, RP_A_ID), rp_get(n, RP_A_TITLE), place);
		rp_xml_end(x);
	}
}

void
epub_figures(const struct book *b, struct rp_xml *x)
{
	const char *title = rp_label(RP_L_LIST_OF_FIGURES, b->lang);

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
