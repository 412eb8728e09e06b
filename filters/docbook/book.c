/*
 * book.c - chapters as a book: parts by language, then by category, as far as there
 * are several of either.
 */
#include <string.h>

#include <rolepress/text.h>

#include "docbook.h"

struct chapter {
	const char	*bytes, *lang, *category;	/* category NULL: none */
	size_t		 len;
	int		 done;
};

struct book {
	struct rp_job	*job;
	struct rp_xml	*x;
	struct chapter	*chapters;
	size_t		 count;
	int		 languages;	/* are there several? */
};

static int
same_category(const struct chapter *a, const struct chapter *b)
{
	if (a->category == NULL || b->category == NULL)
		return a->category == b->category;
	return strcmp(a->category, b->category) == 0;
}

/* What could be rendered, and by what it can be told apart. */
static void
collect(struct book *b)
{
	const struct rp_node *n, *first = rp_first(b->job->root);
	struct chapter *c;
	size_t room = 0;

	for (n = first; n != NULL; n = rp_next(n))
		room++;
	b->chapters = rp_alloc(b->job->doc, (room + 1) * sizeof(*b->chapters));
	for (n = first; n != NULL; n = rp_next(n)) {
		c = &b->chapters[b->count];
		if ((c->bytes = rp_part(b->job, n, &c->len)) == NULL)
			continue;
		c->lang = rp_get(n, RP_A_LANG);
		if (c->lang == NULL)
			c->lang = "und";
		c->category = rp_get(n, RP_A_CATEGORY);
		b->languages |= !rp_lang_same(c->lang, b->chapters[0].lang);
		b->count++;
	}
}

/* ---- Parts ---- */

/* Has the language of this chapter another category besides? */
static int
several_categories(const struct book *b, const struct chapter *like)
{
	const struct chapter *c, *end = b->chapters + b->count;

	for (c = b->chapters; c < end; c++)
		if (rp_lang_same(c->lang, like->lang) && !same_category(c, like))
			return 1;
	return 0;
}

static const char *
part_title(const struct book *b, const struct chapter *c)
{
	const char *lang = strcmp(c->lang, "und") == 0 ?
	    rp_label(RP_L_UNCATEGORISED, b->chapters[0].lang) : rp_lang_name(c->lang);
	const char *category = several_categories(b, c) ? c->category : NULL;

	if (!b->languages)
		return category;
	if (category == NULL)
		return lang;
	return rp_join(b->job->doc, lang, ": ", category, NULL);
}

static void
part_in(struct book *b, const struct chapter *c, const char *title)
{
	int known = strcmp(c->lang, "und") != 0;

	rp_xml_block(b->x, "part");
	if (known)
		rp_xml_attr(b->x, "xml:lang", c->lang);
	if (known && strcmp(rp_lang_dir(c->lang), "rtl") == 0)
		rp_xml_attr(b->x, "dir", "rtl");
	rp_xml_block(b->x, "info");
	rp_xml_element(b->x, "title", title);
	rp_xml_end(b->x);
}

/* The chapters that go with the one at c, as a part, or straight in the book if
 * there is nothing to call them. */
static void
part(struct book *b, struct chapter *c)
{
	const char *title = part_title(b, c);
	struct chapter *end = b->chapters + b->count, *like = c;

	if (title != NULL)
		part_in(b, c, title);
	for (; c < end; c++) {
		if (c->done || !rp_lang_same(c->lang, like->lang) || !same_category(c, like))
			continue;
		rp_xml_newline(b->x);
		rp_xml_markup(b->x, c->bytes, c->len);
		c->done = 1;
	}
	if (title != NULL)
		rp_xml_end(b->x);
}

/* Chapters without a category come first in their language: an introduction. */
static void
parts(struct book *b)
{
	struct chapter *end = b->chapters + b->count, *c, *d;

	for (c = b->chapters; c < end; c++) {
		if (c->done)
			continue;
		for (d = c; d < end; d++)
			if (!d->done && d->category == NULL && rp_lang_same(d->lang, c->lang))
				part(b, d);
		for (d = c; d < end; d++)
			if (!d->done && rp_lang_same(d->lang, c->lang))
				part(b, d);
	}
}

/* ---- The book ---- */

static void
info(struct book *b, const char *lang)
{
	struct docbook s = { .x = b->x, .job = b->job };
	const char *title = rp_setting(b->job, "title"), *subtitle = rp_setting(b->job, "subtitle");
	const char *description = rp_setting(b->job, "description");

	rp_xml_block(b->x, "info");
	rp_xml_block(b->x, "title");
	rp_xml_text(b->x, title != NULL ? title : rp_label(RP_L_ROLES, lang));
	rp_xml_end(b->x);
	if (subtitle != NULL) {
		rp_xml_block(b->x, "subtitle");
		rp_xml_text(b->x, subtitle);
		rp_xml_end(b->x);
	}
	db_imprint(&s);
	if (description != NULL) {
		rp_xml_block(b->x, "abstract");
		db_para(&s, NULL, description);
		rp_xml_end(b->x);
	}
	rp_xml_end(b->x);
}

static int
write_book(struct book *b)
{
	const char *lang = rp_setting(b->job, "lang");

	if (lang == NULL)
		lang = b->count > 0 ? b->chapters[0].lang : "und";
	b->x = rp_xml_open(b->job, b->job->out, RP_XML_DECLARATION | RP_XML_INDENT);
	rp_xml_block(b->x, "book");
	rp_xml_attr(b->x, "xmlns", "http://docbook.org/ns/docbook");
	rp_xml_attr(b->x, "xmlns:xlink", "http://www.w3.org/1999/xlink");
	rp_xml_attr(b->x, "version", "5.0");
	if (strcmp(lang, "und") != 0)
		rp_xml_attr(b->x, "xml:lang", lang);
	info(b, lang);
	parts(b);
	rp_xml_end(b->x);
	return rp_xml_close(b->x);
}

/* The only document of a run has been rendered as a whole article. */
int
db_bind(struct rp_job *job, void *state)
{
	struct book b = { .job = job };
	const struct rp_node *first = rp_first(job->root);

	(void)state;
	collect(&b);
	if (first == NULL || rp_next(first) != NULL)
		return write_book(&b);
	if (b.count > 0)
		rp_put(job->out, b.chapters[0].bytes, b.chapters[0].len);
	return 0;
}
