/* page.c - XHTML pages that no document has: the title page, and pages of parts. */
#include <string.h>

#include "epub.h"

/* ---- Any page (6.1) ---- */

static void
put_lang(struct rp_xml *x, const char *lang, const char *dir)
{
	rp_xml_attr(x, "lang", lang);
	rp_xml_attr(x, "xml:lang", lang);
	rp_xml_attr(x, "dir", dir);
}

void
epub_lang(struct rp_xml *x, const char *lang, const char *around)
{
	if (lang != NULL && (around == NULL || strcmp(lang, around) != 0))
		put_lang(x, lang, rp_lang_dir(lang));
}

struct rp_xml *
epub_page_open(struct rp_job *job, struct rp_sink *out, const char *title, const char *lang,
    const char *root)
{
	struct rp_xml *x = rp_xml_open(job, out, RP_XML_DECLARATION | RP_XML_INDENT | RP_XML_HTML);

	rp_xml_doctype(x, "html");
	rp_xml_block(x, "html");
	rp_xml_attr(x, "xmlns", "http://www.w3.org/1999/xhtml");
	rp_xml_attr(x, "xmlns:epub", "http://www.idpf.org/2007/ops");
	epub_lang(x, lang, NULL);
	rp_xml_block(x, "head");
	rp_xml_block(x, "meta");
	rp_xml_attr(x, "charset", "UTF-8");
	rp_xml_end(x);
	rp_xml_block(x, "title");
	rp_xml_text(x, title);
	rp_xml_end(x);
	rp_xml_block(x, "link");
	rp_xml_attr(x, "rel", "stylesheet");
	rp_xml_attr(x, "type", "text/css");
	rp_xml_attr(x, "href", rp_join(job->doc, root, "book.css", NULL));
	rp_xml_end(x);
	rp_xml_end(x);
	rp_xml_block(x, "body");
	return x;
}

void
epub_page_close(struct book *b, struct rp_xml *x, struct rp_sink *out, const char *file)
{
	if (rp_xml_close(x) != 0)
		b->failed = 1;
	rp_zip_add_sink(b->zip, rp_join(b->job->doc, "EPUB/", file, NULL), out);
}

void
epub_link(const struct book *b, struct rp_xml *x, const char *file, const char *fragment,
    const char *title, const struct place *place)
{
	rp_xml_start(x, "a");
	if (place != NULL && strcmp(place->lang, b->lang) != 0)
		put_lang(x, place->lang, place->dir);
	rp_xml_attr(x, "href", fragment == NULL ? file :
	    rp_join(b->job->doc, file, "#", fragment, NULL));
	rp_xml_text(x, title);
	rp_xml_end(x);
}

static void
line(struct rp_xml *x, const char *element, const char *class, const char *text)
{
	if (text == NULL)
		return;
	rp_xml_block(x, element);
	rp_xml_attr(x, "class", class);
	rp_xml_text(x, text);
	rp_xml_end(x);
}

/* ---- The title page ---- */

static void
languages(const struct book *b, struct rp_xml *x)
{
	if (b->langs[1] == NULL)
		return;
	rp_xml_block(x, "p");
	rp_xml_attr(x, "class", "languages");
	for (size_t i = 0; b->langs[i] != NULL; i++) {
		if (i > 0)
			rp_xml_text(x, " \u00B7 ");
		rp_xml_start(x, "span");
		epub_lang(x, b->langs[i], b->lang);
		rp_xml_text(x, rp_capital(b->job->doc, rp_lang_name(b->langs[i])));
		rp_xml_end(x);
	}
	rp_xml_end(x);
}

void
epub_title_page(struct book *b)
{
	struct rp_sink *out = rp_sink_new(b->job);
	struct rp_xml *x;
	const char *author;

	if (!b->has_title_page)
		return;
	x = epub_page_open(b->job, out, b->title, b->lang, "");
	rp_xml_block(x, "section");
	rp_xml_attr(x, "class", "title-page");
	rp_xml_attr(x, "epub:type", "titlepage");
	line(x, "h1", NULL, b->title);
	line(x, "p", "lead", b->description);
	for (size_t i = 0; (author = epub_setting(b->job, "author", i)) != NULL; i++)
		line(x, "p", "author", author);
	languages(b, x);
	line(x, "p", "publisher", epub_setting(b->job, "publisher", 0));
	line(x, "p", "date", epub_setting(b->job, "date", 0));
	line(x, "p", "rights", epub_setting(b->job, "rights", 0));
	epub_page_close(b, x, out, "title.xhtml");
}

/* ---- A part: what is in it, and what it is for ---- */

static void
members(const struct book *b, struct rp_xml *x, const struct place *part)
{
	const struct place *end = b->places + b->place_count;

	rp_xml_block(x, "p");
	rp_xml_attr(x, "class", "purpose");
	for (const struct place *place = part + 1; place < end && place->depth > part->depth; place++) {
		if (place > part + 1)
			rp_xml_text(x, " \u00B7 ");
		rp_xml_text(x, place->title);
	}
	rp_xml_end(x);
}

static void
overview(const struct book *b, struct rp_xml *x, const struct place *place)
{
	rp_xml_block(x, "li");
	epub_lang(x, place->lang, b->lang);
	rp_xml_block(x, "p");
	rp_xml_attr(x, "class", "entry");
	epub_link(b, x, place->file, NULL, place->title, NULL);
	rp_xml_end(x);
	if (place->doc != NULL)
		line(x, "p", "purpose", rp_get(place->doc, RP_A_DESCRIPTION));
	else
		members(b, x, place);
	rp_xml_end(x);
}

void
epub_part_page(struct book *b, const struct place *part)
{
	const struct place *place = part + 1, *end = b->places + b->place_count;
	struct rp_sink *out = rp_sink_new(b->job);
	struct rp_xml *x = epub_page_open(b->job, out, part->title, part->lang, "");

	rp_xml_block(x, "section");
	rp_xml_attr(x, "class", "part");
	rp_xml_attr(x, "epub:type", "part");
	rp_xml_attr(x, "role", "doc-part");
	line(x, "h1", NULL, part->title);
	rp_xml_block(x, "ul");
	rp_xml_attr(x, "class", "overview");
	for (; place < end && place->depth > part->depth; place++)
		if (place->depth == part->depth + 1)
			overview(b, x, place);
	rp_xml_end(x);
	epub_page_close(b, x, out, part->file);
}
