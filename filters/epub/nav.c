/*
 * nav.c - the tables of contents: nav.xhtml (7), and toc.ncx (appendix K.2.1),
 * which readers of EPUB 2 look for, and some of today's too.
 *
 * Both list the same places, in reading order, nested alike; struct contents is
 * in what they differ.
 */
#include "epub.h"

struct contents {
	struct book	*book;
	struct rp_xml	*x;
	const char	*list, *item;	/* elements; list may be NULL */
	void		(*entry)(struct contents *, const char *file, const char *fragment,
			    const char *title, const struct place *);
	int		 depth;		/* open lists of places */
	size_t		 order;		/* of the entry */
};

static void
list_in(const struct contents *c, int sections)
{
	if (c->list == NULL)
		return;
	rp_xml_block(c->x, c->list);
	/* In the reader's menu, but not on the page (7.4.2): that would be page after page. */
	if (sections && c->book->place_count > 1)
		rp_xml_attr(c->x, "hidden", "hidden");
}

static void
list_out(const struct contents *c)
{
	if (c->list != NULL)
		rp_xml_end(c->x);
}

/* Gets to where an item of that depth can begin, at most one deeper than before. */
static void
to_depth(struct contents *c, int depth)
{
	if (depth > c->depth) {
		list_in(c, 0);
		c->depth++;
		return;
	}
	for (rp_xml_end(c->x); c->depth > depth; c->depth--) {
		list_out(c);
		rp_xml_end(c->x);
	}
}

static void
item(struct contents *c, const char *file, const char *fragment, const char *title,
    const struct place *place)
{
	rp_xml_block(c->x, c->item);
	c->order++;
	if (title == NULL || *title == '\0')
		title = rp_label(RP_L_UNTITLED, place != NULL ? place->lang : c->book->lang);
	c->entry(c, file, fragment, title, place);
}

/* ---- Sections of a document ---- */

static int
is_listed(const struct contents *c, const struct rp_node *n)
{
	return rp_kind(n) == RP_SECTION && rp_get(n, RP_A_ID) != NULL &&
	    rp_get_int(n, RP_A_LEVEL, 1) < c->book->toc_depth;
}

/* Is there another one beside n, before or after it? */
static int
has_listed(const struct contents *c, const struct rp_node *n,
    struct rp_node *(*beside)(const struct rp_node *))
{
	for (n = beside(n); n != NULL; n = beside(n))
		if (is_listed(c, n))
			return 1;
	return 0;
}

static void
sections(struct contents *c, const struct place *place)
{
	struct rp_walk w = rp_walk(place->doc);

	while (rp_walk_next(&w)) {
		if (w.node == place->doc)
			continue;
		if (!is_listed(c, w.node)) {
			if (w.event == RP_ENTER)
				rp_walk_skip(&w);
		} else if (w.event == RP_ENTER) {
			if (!has_listed(c, w.node, rp_prev))
				list_in(c, 1);
			item(c, place->file, rp_get(w.node, RP_A_ID), rp_get(w.node, RP_A_TITLE),
			    place);
		} else {
			rp_xml_end(c->x);
			if (!has_listed(c, w.node, rp_next))
				list_out(c);
		}
	}
}

static void
contents(struct contents *c)
{
	const struct book *b = c->book;

	for (size_t i = 0; i < b->place_count; i++) {
		const struct place *place = &b->places[i];

		to_depth(c, place->depth);
		item(c, place->file, NULL, place->title, place);
		if (place->doc != NULL)
			sections(c, place);
	}
	if (b->tag_count > 0) {
		to_depth(c, 1);
		item(c, "index.xhtml", NULL, rp_label(RP_L_INDEX, b->lang), NULL);
	}
	to_depth(c, 1);
	list_out(c);
}

/* ---- nav.xhtml ---- */

static void
nav_entry(struct contents *c, const char *file, const char *fragment, const char *title,
    const struct place *place)
{
	epub_link(c->book, c->x, file, fragment, title, place);
}

static void
nav_open(struct rp_xml *x, const char *type, const char *title)
{
	rp_xml_block(x, "nav");
	rp_xml_attr(x, "id", type);
	rp_xml_attr(x, "epub:type", type);
	rp_xml_attr(x, "aria-label", title);
}

static void
landmark(const struct book *b, struct rp_xml *x, const char *type, const char *file,
    enum rp_label label)
{
	rp_xml_block(x, "li");
	rp_xml_start(x, "a");
	rp_xml_attr(x, "epub:type", type);
	rp_xml_attr(x, "href", file);
	rp_xml_text(x, rp_label(label, b->lang));
	rp_xml_end(x);
	rp_xml_end(x);
}

/* For the reader's own menu: not a part of the page. */
static void
landmarks(const struct book *b, struct rp_xml *x)
{
	nav_open(x, "landmarks", rp_label(RP_L_LANDMARKS, b->lang));
	rp_xml_attr(x, "hidden", "hidden");
	rp_xml_block(x, "ol");
	/* A landmark is a page of the book (EPUB 3.3, 5.7.2): of a single chapter, nav is none. */
	if (b->has_title_page) {
		landmark(b, x, "titlepage", "title.xhtml", RP_L_TITLE_PAGE);
		landmark(b, x, "toc", "nav.xhtml#toc", RP_L_CONTENTS);
		if (b->has_figures)
			landmark(b, x, "loi", "nav.xhtml#loi", RP_L_LIST_OF_FIGURES);
	}
	landmark(b, x, "bodymatter", b->places[0].file, RP_L_START_OF_CONTENT);
	rp_xml_end(x);
	rp_xml_end(x);
}

void
epub_nav(struct book *b)
{
	struct rp_sink *out = rp_sink_new(b->job);
	const char *title = rp_label(RP_L_CONTENTS, b->lang);
	struct rp_xml *x = epub_page_open(b->job, out, title, b->lang, "");
	struct contents c = { .book = b, .x = x, .list = "ol", .item = "li", .entry = nav_entry };

	b->has_figures = epub_has_figures(b);
	nav_open(x, "toc", title);
	rp_xml_attr(x, "role", "doc-toc");
	rp_xml_block(x, "h1");
	rp_xml_text(x, title);
	rp_xml_end(x);
	contents(&c);
	rp_xml_end(x);
	if (b->has_figures)
		epub_figures(b, x);
	landmarks(b, x);
	epub_page_close(b, x, out, "nav.xhtml");
}

/* ---- toc.ncx ---- */

static void
ncx_text(struct rp_xml *x, const char *element, const char *text)
{
	rp_xml_block(x, element);
	rp_xml_element(x, "text", text);
	rp_xml_end(x);
}

static void
ncx_entry(struct contents *c, const char *file, const char *fragment, const char *title,
    const struct place *place)
{
	struct rp_doc *doc = c->book->job->doc;
	const char *id = rp_join(doc, "n", rp_decimal(doc, c->order), NULL);

	(void)place;
	rp_xml_attr(c->x, "id", id);
	rp_xml_attr(c->x, "playOrder", id + 1);
	ncx_text(c->x, "navLabel", title);
	rp_xml_block(c->x, "content");
	rp_xml_attr(c->x, "src", fragment != NULL ? rp_join(doc, file, "#", fragment, NULL) : file);
	rp_xml_end(c->x);
}

void
epub_ncx(struct book *b)
{
	struct rp_sink *out = rp_sink_new(b->job);
	struct rp_xml *x = rp_xml_open(b->job, out, RP_XML_DECLARATION | RP_XML_INDENT);
	struct contents c = { .book = b, .x = x, .item = "navPoint", .entry = ncx_entry };

	rp_xml_block(x, "ncx");
	rp_xml_attr(x, "xmlns", "http://www.daisy.org/z3986/2005/ncx/");
	rp_xml_attr(x, "version", "2005-1");
	rp_xml_attr(x, "xml:lang", b->lang);
	rp_xml_block(x, "head");
	rp_xml_block(x, "meta");
	rp_xml_attr(x, "name", "dtb:uid");
	rp_xml_attr(x, "content", epub_identifier(b));
	rp_xml_end(x);
	rp_xml_end(x);
	ncx_text(x, "docTitle", b->title);
	rp_xml_block(x, "navMap");
	contents(&c);
	epub_page_close(b, x, out, "toc.ncx");
}
