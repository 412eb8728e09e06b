/*
 * page.c - what stands around a document's text: the page's head, a table of
 * contents, and what the document is related to.
 *
 * What it says of a document comes from attributes that a DOCUMENT and its entry
 * in the index both have.
 */
#include <string.h>

#include "html.h"

RP_EMBED(html_style, "filters/html/page.css");

/* ---- Contents ---- */

/* A language that is not that of the text around it. */
static void
other_lang(struct html *h, const char *lang, const char *around)
{
	if (lang == NULL || strcmp(lang, around) == 0)
		return;
	html_lang(h, lang);
	rp_xml_attr(h->x, "dir", rp_lang_dir(lang));
}

/* The next section after n, or n itself. */
static const struct rp_node *
section(const struct rp_node *n)
{
	while (n != NULL && rp_kind(n) != RP_SECTION)
		n = rp_next(n);
	return n;
}

static int
has_sections(const struct rp_node *entry, int more_than)
{
	const struct rp_node *n = section(rp_first(entry));

	for (; n != NULL && more_than > 0; more_than--)
		n = section(rp_next(n));
	return n != NULL;
}

static void
contents_open(struct html *h, const char *lang)
{
	const char *label = rp_label(RP_L_CONTENTS, lang);

	rp_xml_block(h->x, "nav");
	rp_xml_attr(h->x, "class", "contents");
	rp_xml_attr(h->x, "aria-label", label);
	html_line(h, "p", "label", label);
	rp_xml_block(h->x, "ol");
}

static void
contents_close(struct html *h)
{
	rp_xml_end(h->x);
	rp_xml_end(h->x);
}

static void
contents_item(struct html *h, const char *address, const struct rp_node *n, const char *lang)
{
	const char *title = rp_get(n, RP_A_TITLE);

	rp_xml_block(h->x, "li");
	rp_xml_start(h->x, "a");
	rp_xml_attr(h->x, "href", address);
	other_lang(h, rp_get(n, RP_A_LANG), lang);
	rp_xml_text(h->x, title != NULL ? title : "");
	rp_xml_end(h->x);
	rp_xml_end(h->x);
}

/* The sections of the document that is being written. */
static void
contents(struct html *h, struct rp_job *job, const struct rp_node *entry)
{
	contents_open(h, h->lang);
	for (const struct rp_node *n = section(rp_first(entry)); n != NULL; n = section(rp_next(n)))
		contents_item(h, html_address(h, job, NULL, rp_get(n, RP_A_ID)), n, h->lang);
	contents_close(h);
}

static void
contents_of_all(struct html *h, struct rp_job *job, const char *lang)
{
	contents_open(h, lang);
	for (const struct rp_node *n = rp_first(job->index); n != NULL; n = rp_next(n))
		contents_item(h, html_address(h, job, rp_get(n, RP_A_ID), NULL), n, lang);
	contents_close(h);
}

/* ---- The page ---- */

static void
head_meta(struct html *h, const char *name, const char *content)
{
	if (content == NULL)
		return;
	rp_xml_block(h->x, "meta");
	rp_xml_attr(h->x, "name", name);
	rp_xml_attr(h->x, "content", content);
	rp_xml_end(h->x);
}

static void
head(struct html *h, const char *title, const char *description, const char *author)
{
	rp_xml_block(h->x, "head");
	rp_xml_block(h->x, "meta");
	rp_xml_attr(h->x, "charset", "UTF-8");
	rp_xml_end(h->x);
	head_meta(h, "viewport", "width=device-width, initial-scale=1");
	html_line(h, "title", NULL, title);
	head_meta(h, "description", description);
	head_meta(h, "author", author);
	if (h->style) {
		/* No < and no & stand in it, so that HTML and XML read the same. */
		rp_xml_block(h->x, "style");
		rp_xml_markup(h->x, html_style, strlen(html_style));
		rp_xml_end(h->x);
	}
	rp_xml_end(h->x);
}

/* A setting of the run, or an attribute of what the page is about. */
static const char *
either(struct rp_job *job, const char *key, const struct rp_node *about, enum rp_attr attr)
{
	return rp_kind(about) == RP_INDEX ? rp_setting(job, key) : rp_get(about, attr);
}

void
html_page_open(struct html *h, struct rp_job *job, const struct rp_node *about)
{
	const char *lang, *title, *description;

	lang = either(job, "lang", about, RP_A_LANG);
	if (lang == NULL)
		lang = html_lang_of(rp_first(job->index));
	title = either(job, "title", about, RP_A_TITLE);
	if (title == NULL)
		title = rp_label(rp_kind(about) == RP_INDEX ? RP_L_ROLES : RP_L_UNTITLED, lang);
	description = either(job, "description", about, RP_A_DESCRIPTION);

	rp_xml_doctype(h->x, "html");
	rp_xml_block(h->x, "html");
	rp_xml_attr(h->x, "xmlns", "http://www.w3.org/1999/xhtml");
	html_lang(h, lang);
	rp_xml_attr(h->x, "dir", rp_lang_dir(lang));
	head(h, title, description, either(job, "author", about, RP_A_AUTHOR));
	rp_xml_block(h->x, "body");
	if (rp_kind(about) == RP_INDEX) {
		rp_xml_block(h->x, "header");
		html_line(h, "h1", NULL, title);
		if (description != NULL)
			html_line(h, "p", "lead", description);
		rp_xml_end(h->x);
		contents_of_all(h, job, lang);
	}
	rp_xml_block(h->x, "main");
}

void
html_page_close(struct html *h)
{
	rp_xml_end(h->x);
	rp_xml_end(h->x);
	rp_xml_end(h->x);
}

/* ---- Around a document ---- */

static void
byline(struct html *h, const struct rp_node *doc)
{
	const char *author = rp_get(doc, RP_A_AUTHOR), *date = rp_get(doc, RP_A_DATE);

	if (author == NULL && date == NULL)
		return;
	rp_xml_block(h->x, "p");
	rp_xml_attr(h->x, "class", "byline");
	if (author != NULL)
		rp_xml_text(h->x, author);
	if (author != NULL && date != NULL)
		rp_xml_text(h->x, " \u00B7 ");
	if (date != NULL)
		rp_xml_text(h->x, date);
	rp_xml_end(h->x);
}

/* A description that the text does not begin with anyway. */
static const char *
lead(const struct rp_node *doc)
{
	const char *from = rp_get_named(doc, "description-from");

	return from != NULL && strcmp(from, "meta") == 0 ? rp_get(doc, RP_A_DESCRIPTION) : NULL;
}

void
html_front(struct html *h, struct rp_job *job)
{
	const struct rp_node *entry;

	if (lead(h->doc) != NULL)
		html_line(h, "p", "lead", lead(h->doc));
	byline(h, h->doc);
	rp_xml_end(h->x);	/* the header */
	if (h->chapter || h->together)
		return;
	entry = rp_index_find(job, rp_get(h->doc, RP_A_ID));
	if (entry != NULL && has_sections(entry, 3))
		contents(h, job, entry);
}

/* ---- See also ---- */

/* "reports_to" as the reader sees it. */
static const char *
relation_name(struct rp_job *job, const char *type, const char *lang)
{
	static const struct { const char *type; enum rp_label label; } known[] = {
		{ "related", RP_L_RELATED }, { "translation", RP_L_TRANSLATIONS },
		{ "backlink", RP_L_BACKLINKS }, { "reports_to", RP_L_REPORTS_TO },
		{ "reports-to", RP_L_REPORTS_TO },
	};
	char *name;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].type, type) == 0)
			return rp_label(known[i].label, lang);
	name = rp_dup(job->doc, type, strlen(type));
	for (char *p = name; *p != '\0'; p++)
		if (*p == '_' || *p == '-')
			*p = ' ';
	if (*name >= 'a' && *name <= 'z')
		*name = (char)(*name - 'a' + 'A');
	return name;
}

static void
reference(struct html *h, struct rp_job *job, const struct rp_node *ref)
{
	const char *target = rp_get(ref, RP_A_TARGET), *title = rp_get(ref, RP_A_TITLE);
	const char *lang = rp_get(ref, RP_A_LANG);
	const char *address = target != NULL ?
	    html_address(h, job, target, rp_get(ref, RP_A_FRAGMENT)) : NULL;

	rp_xml_block(h->x, "dd");
	rp_xml_start(h->x, address != NULL ? "a" : "span");
	rp_xml_attr(h->x, "href", address);
	if (target == NULL)
		rp_xml_attr(h->x, "dir", "auto");	/* what was written, whatever that is */
	else
		other_lang(h, lang, h->lang);
	rp_xml_text(h->x, title != NULL ? title : "");
	rp_xml_end(h->x);
	if (target != NULL && lang != NULL && !rp_lang_same(lang, h->lang)) {
		rp_xml_text(h->x, " ");
		rp_xml_start(h->x, "span");
		rp_xml_attr(h->x, "class", "language");
		other_lang(h, lang, h->lang);
		rp_xml_text(h->x, rp_lang_name(lang));
		rp_xml_end(h->x);
	}
	rp_xml_end(h->x);
}

static int
same_type(const struct rp_node *a, const struct rp_node *b)
{
	const char *s = rp_get(a, RP_A_TYPE), *t = rp_get(b, RP_A_TYPE);

	return rp_kind(a) == rp_kind(b) && strcmp(s != NULL ? s : "", t != NULL ? t : "") == 0;
}

/* Is it the first of its kind and type? */
static int
is_first(const struct rp_node *n)
{
	const struct rp_node *a = rp_first(rp_parent(n));

	while (!same_type(a, n))
		a = rp_next(a);
	return a == n;
}

static void
references(struct html *h, struct rp_job *job, const struct rp_node *first)
{
	const char *type = rp_get(first, RP_A_TYPE);

	html_line(h, "dt", NULL, relation_name(job, type != NULL ? type : "related", h->lang));
	for (const struct rp_node *n = first; n != NULL; n = rp_next(n))
		if (same_type(n, first))
			reference(h, job, n);
}

static int
is_tag(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	return rp_kind(n) == RP_KEYWORD && type != NULL && strcmp(type, "tag") == 0;
}

static void
tags(struct html *h, const struct rp_node *first)
{
	html_line(h, "dt", NULL, rp_label(RP_L_TAGS, h->lang));
	rp_xml_block(h->x, "dd");
	rp_xml_block(h->x, "ul");
	rp_xml_attr(h->x, "class", "tags");
	for (const struct rp_node *n = first; n != NULL; n = rp_next(n))
		if (is_tag(n))
			html_line(h, "li", NULL, rp_text(n));
	rp_xml_end(h->x);
	rp_xml_end(h->x);
}

static int
is_shown(const struct rp_node *n)
{
	return (rp_kind(n) == RP_REFERENCE || is_tag(n)) && is_first(n);
}

void
html_see_also(struct html *h, struct rp_job *job)
{
	const struct rp_node *info = rp_child(h->doc, RP_INFO);
	const struct rp_node *n = info != NULL ? rp_first(info) : NULL;

	while (n != NULL && !is_shown(n))
		n = rp_next(n);
	if (n == NULL)
		return;
	rp_xml_block(h->x, "footer");
	rp_xml_attr(h->x, "class", "see-also");
	html_heading(h, h->title_level + 1);
	rp_xml_text(h->x, rp_label(RP_L_SEE_ALSO, h->lang));
	rp_xml_end(h->x);
	rp_xml_block(h->x, "dl");
	for (const struct rp_node *ref = n; ref != NULL; ref = rp_next(ref))
		if (rp_kind(ref) == RP_REFERENCE && is_first(ref))
			references(h, job, ref);
	for (; n != NULL; n = rp_next(n))
		if (is_tag(n) && is_first(n))
			tags(h, n);
	rp_xml_end(h->x);
	rp_xml_end(h->x);
}
