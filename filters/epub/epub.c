/*
 * epub.c - the EPUB writer: EPUB 3.3, for the readers of EPUB 2 as well.
 *
 * A document is rendered as the page that stands in the book; its text is the
 * HTML writer's.  bind adds all that makes pages a book.
 */
#include <string.h>

#include "epub.h"

RP_EMBED(book_css, "filters/epub/book.css");

struct epub {
	long	toc_depth;
};

static const struct rp_option options[] = {
	{ "toc-depth", RP_INT, offsetof(struct epub, toc_depth), "2", "1..6",
	    "levels of a document in the table of contents, its title being the first" },
	{ 0 }
};

/* ---- A chapter ---- */

/* Has every image in it an alternative text?  The page tells: a quotation mark in its
 * texts is written &quot;, so this can only be an image's attribute. */
static int
has_alternatives(struct rp_job *job, const char *page, size_t len)
{
	return rp_child(rp_info(job->doc), RP_RESOURCE) == NULL ||
	    !epub_has_bytes(page, len, " alt=\"\"");
}

/* What render leaves for bind is the chapter as it will stand in the archive, and before
 * that one byte. */
static void
leave(struct rp_job *job, const char *page, size_t len)
{
	rp_put(job->out, has_alternatives(job, page, len) ? "+" : "-", 1);
	rp_zip_pack(job, job->out, page, len);
}

static int
run(struct rp_job *job, void *state)
{
	const struct rp_node *doc = job->root;
	const char *title = rp_get(doc, RP_A_TITLE), *lang = rp_get(doc, RP_A_LANG);
	/* In a book of its own there is no other document to be led to. */
	const char *writer = job->layout == RP_ONE_FILE ?
	    "html=chapter:resources=path:resource-prefix=../:href=%.xhtml" :
	    "html=chapter:resources=path:resource-prefix=../:href=%.xhtml:alone";
	struct rp_sink *text = rp_sink_new(job), *page = rp_sink_new(job);
	struct rp_xml *x;
	const char *bytes;
	size_t len;

	(void)state;
	if (rp_render_by(job, writer, epub_with_names(job), text) != 0)
		return -1;
	bytes = rp_sink_bytes(text, &len);
	x = epub_page_open(job, page, title != NULL ? title : rp_label(RP_L_UNTITLED, lang),
	    lang != NULL ? lang : "und", "../");
	rp_xml_markup(x, bytes, len);
	if (rp_xml_close(x) != 0)
		return -1;
	bytes = rp_sink_bytes(page, &len);
	leave(job, bytes, len);
	return 0;
}

/* ---- The book ---- */

/* 4.2.6.3.1 */
static void
container(struct book *b)
{
	struct rp_sink *out = rp_sink_new(b->job);
	struct rp_xml *x = rp_xml_open(b->job, out, RP_XML_DECLARATION | RP_XML_INDENT);

	rp_xml_block(x, "container");
	rp_xml_attr(x, "xmlns", "urn:oasis:names:tc:opendocument:xmlns:container");
	rp_xml_attr(x, "version", "1.0");
	rp_xml_block(x, "rootfiles");
	rp_xml_block(x, "rootfile");
	rp_xml_attr(x, "full-path", "EPUB/package.opf");
	rp_xml_attr(x, "media-type", "application/oebps-package+xml");
	if (rp_xml_close(x) != 0)
		b->failed = 1;
	rp_zip_add_sink(b->zip, "META-INF/container.xml", out);
}

static void
pages(struct book *b)
{
	epub_title_page(b);
	for (size_t i = 0; i < b->place_count; i++) {
		const struct place *place = &b->places[i];

		if (place->doc == NULL)
			epub_part_page(b, place);
		else
			rp_zip_add_packed(b->zip, rp_join(b->job->doc, "EPUB/", place->file, NULL),
			    place->bytes + 1, place->len - 1);
	}
	epub_index(b);
}

static int
bind(struct rp_job *job, void *state)
{
	struct book b = { .job = job, .toc_depth = ((struct epub *)state)->toc_depth };

	epub_plan(&b);
	epub_find_images(&b);
	epub_find_tags(&b);
	if (b.place_count == 0)
		return -1;
	b.zip = rp_zip_open(job, job->out);
	rp_zip_store(b.zip, "mimetype", "application/epub+zip", strlen("application/epub+zip"));
	container(&b);
	epub_package(&b);
	epub_nav(&b);
	epub_ncx(&b);
	rp_zip_add(b.zip, "EPUB/book.css", book_css, strlen(book_css));
	pages(&b);
	epub_add_images(&b);
	return rp_zip_close(b.zip) == 0 && !b.failed ? 0 : -1;
}

RP_FILTER(epub) = {
	RP_HEAD("epub"),
	.summary = "a book for e-book readers",
	.role = RP_WRITER,
	.state_size = sizeof(struct epub),
	.options = options,
	.run = run,
	.bind = bind,
	.extension = ".epub",
	.media_type = "application/epub+zip",
	.binary = 1,
};
