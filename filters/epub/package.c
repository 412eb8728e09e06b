/* package.c - package.opf: the book's metadata, manifest and spine (5). */
#include <string.h>
#include <time.h>

#include "epub.h"

const char *
epub_setting(const struct rp_job *job, const char *key, size_t n)
{
	const struct rp_node *value = rp_setting_node(job, key);

	if (value != NULL && rp_kind(value) == RP_META_LIST)
		for (value = rp_first(value); value != NULL && n > 0; n--)
			value = rp_next(value);
	if (value == NULL || n > 0 || rp_kind(value) != RP_META_SCALAR || rp_text(value)[0] == '\0')
		return NULL;
	return rp_text(value);
}

/* A setting of the whole: a document in a book of its own has not got it. */
static const char *
whole(const struct book *b, const char *key)
{
	return b->job->layout == RP_ONE_FILE ? epub_setting(b->job, key, 0) : NULL;
}

const char *
epub_identifier(const struct book *b)
{
	const char *set = whole(b, "identifier");

	return set != NULL ? set : epub_uuid(b);
}

/* ---- Metadata (5.5) ---- */

static void
dc(struct rp_xml *x, const char *element, const char *id, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	rp_xml_block(x, element);
	rp_xml_attr(x, "id", id);
	rp_xml_text(x, text);
	rp_xml_end(x);
}

/* The book's time of change: all of it is made anew each time (5.5.4). */
static void
modified(const struct book *b, struct rp_xml *x)
{
	time_t now = (time_t)rp_epoch(b->job);
	char text[32] = "";
	struct tm tm;

	if (gmtime_r(&now, &tm) != NULL)
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	rp_xml_block(x, "meta");
	rp_xml_attr(x, "property", "dcterms:modified");
	rp_xml_text(x, text);
	rp_xml_end(x);
}

/* Whoever the settings name, or else whoever the documents name. */
static void
creators(const struct book *b, struct rp_xml *x)
{
	const char *name, *last = NULL;
	size_t n = 0;

	while ((name = epub_setting(b->job, "author", n)) != NULL) {
		dc(x, "dc:creator", NULL, name);
		n++;
	}
	for (size_t i = 0; n == 0 && i < b->place_count; i++) {
		name = b->places[i].doc != NULL ? rp_get(b->places[i].doc, RP_A_AUTHOR) : NULL;
		if (name != NULL && (last == NULL || strcmp(name, last) != 0))
			dc(x, "dc:creator", NULL, last = name);
	}
}

/* What the parts are called, and every tag once. */
static void
subjects(const struct book *b, struct rp_xml *x)
{
	for (size_t i = 0; i < b->tag_count; i++)
		if (i == 0 || strcmp(b->tags[i].key, b->tags[i - 1].key) != 0)
			dc(x, "dc:subject", NULL, b->tags[i].text);
}

static void
metadata(struct book *b, struct rp_xml *x)
{
	rp_xml_block(x, "metadata");
	rp_xml_attr(x, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
	dc(x, "dc:identifier", "identifier", epub_identifier(b));
	dc(x, "dc:title", NULL, b->title);
	for (size_t i = 0; b->langs[i] != NULL; i++)
		dc(x, "dc:language", NULL, b->langs[i]);
	creators(b, x);
	dc(x, "dc:publisher", NULL, epub_setting(b->job, "publisher", 0));
	dc(x, "dc:description", NULL, b->description);
	dc(x, "dc:date", NULL, whole(b, "date"));
	dc(x, "dc:rights", NULL, epub_setting(b->job, "rights", 0));
	subjects(b, x);
	modified(b, x);
	epub_access(b, x);
	rp_xml_end(x);
}

/* ---- Manifest (5.6) ---- */

static void
add_item(struct rp_xml *x, const char *id, const char *file, const char *type, const char *properties)
{
	rp_xml_block(x, "item");
	rp_xml_attr(x, "id", id);
	rp_xml_attr(x, "href", file);
	rp_xml_attr(x, "media-type", type);
	rp_xml_attr(x, "properties", properties);
	rp_xml_end(x);
}

static void
add_page(struct rp_xml *x, const char *id, const char *file, const char *properties)
{
	add_item(x, id, file, "application/xhtml+xml", properties);
}

static void
manifest(struct book *b, struct rp_xml *x)
{
	struct rp_doc *doc = b->job->doc;

	rp_xml_block(x, "manifest");
	add_page(x, "nav", "nav.xhtml", "nav");
	add_item(x, "ncx", "toc.ncx", "application/x-dtbncx+xml", NULL);
	add_item(x, "style", "book.css", "text/css", NULL);
	if (b->has_title_page)
		add_page(x, "title", "title.xhtml", NULL);
	for (size_t i = 0; i < b->place_count; i++)
		add_page(x, b->places[i].id, b->places[i].file, NULL);
	if (b->tag_count > 0)
		add_page(x, "index", "index.xhtml", NULL);
	for (size_t i = 0; i < b->image_count; i++)
		add_item(x, rp_join(doc, "image-", rp_decimal(doc, i + 1), NULL), b->images[i].name,
		    b->images[i].media_type, NULL);
	rp_xml_end(x);
}

/* ---- Spine (5.7) ---- */

static void
add_ref(struct rp_xml *x, const char *id)
{
	rp_xml_block(x, "itemref");
	rp_xml_attr(x, "idref", id);
	rp_xml_end(x);
}

static void
spine(struct book *b, struct rp_xml *x)
{
	rp_xml_block(x, "spine");
	rp_xml_attr(x, "toc", "ncx");
	rp_xml_attr(x, "page-progression-direction", rp_lang_dir(b->lang));
	if (b->has_title_page) {
		add_ref(x, "title");
		add_ref(x, "nav");
	}
	for (size_t i = 0; i < b->place_count; i++)
		add_ref(x, b->places[i].id);
	if (b->tag_count > 0)
		add_ref(x, "index");
	rp_xml_end(x);
}

void
epub_package(struct book *b)
{
	struct rp_sink *out = rp_sink_new(b->job);
	struct rp_xml *x = rp_xml_open(b->job, out, RP_XML_DECLARATION | RP_XML_INDENT);

	rp_xml_block(x, "package");
	rp_xml_attr(x, "xmlns", "http://www.idpf.org/2007/opf");
	rp_xml_attr(x, "version", "3.0");
	rp_xml_attr(x, "unique-identifier", "identifier");
	rp_xml_attr(x, "xml:lang", b->lang);
	rp_xml_attr(x, "dir", rp_lang_dir(b->lang));
	metadata(b, x);
	manifest(b, x);
	spine(b, x);
	epub_page_close(b, x, out, "package.opf");
}
