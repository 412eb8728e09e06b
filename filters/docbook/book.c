/*
 * book.c - chapters as a book.
 *
 * Parts do not nest in DocBook, so each is of a language and a category, as far as
 * there are several of either.  Those of the book's own language come first, and
 * in each language the chapters that no category names: an introduction, and
 * whoever is alone in his category.
 */
#include <string.h>

#include <rolepress/text.h>

#include "docbook.h"

struct chapter {
	const struct rp_node *entry;
	const char	*lang, *category;	/* category NULL: none */
	int		 introduces;
	int		 done;
};

struct book {
	struct docbook	 s;
	const char	*lang;
	struct chapter	*chapters, *end;
};

static int
same_part(const struct chapter *a, const struct chapter *b)
{
	if (!rp_lang_same(a->lang, b->lang))
		return 0;
	if (a->category == NULL || b->category == NULL)
		return a->category == b->category;
	return strcmp(a->category, b->category) == 0;
}

/* ---- What there is ---- */

/* Documents of no known language stand with those of the book's own. */
static const char *
lang_of(const struct book *b, const struct rp_node *doc)
{
	const char *lang = rp_get(doc, RP_A_LANG);

	return lang != NULL && strcmp(lang, "und") != 0 ? lang : b->lang;
}

static void
find_lang(struct book *b)
{
	const struct rp_node *n;

	b->lang = rp_setting(b->s.job, "lang");
	for (n = rp_first(b->s.job->root); n != NULL && b->lang == NULL; n = rp_next(n))
		b->lang = lang_of(b, n);
	if (b->lang == NULL)
		b->lang = "und";
}

static int
is_alone(const struct book *b, const struct chapter *like)
{
	const struct chapter *c;

	for (c = b->chapters; c < b->end; c++)
		if (c != like && same_part(c, like))
			return 0;
	return 1;
}

/* What could be rendered, and by what it can be told apart. */
static void
collect(struct book *b)
{
	const struct rp_node *n;
	struct chapter *c;
	size_t room = 1, len;

	for (n = rp_first(b->s.job->root); n != NULL; n = rp_next(n))
		room++;
	b->chapters = c = rp_alloc(b->s.job->doc, room * sizeof(*b->chapters));
	for (n = rp_first(b->s.job->root); n != NULL; n = rp_next(n)) {
		if (rp_part(b->s.job, n, &len) == NULL)
			continue;
		c->entry = n;
		c->lang = lang_of(b, n);
		c->introduces = rp_is_introduction(n);
		c->category = c->introduces ? NULL : rp_get(n, RP_A_CATEGORY);
		c++;
	}
	b->end = c;
	for (c = b->chapters; c < b->end; c++)
		if (c->category != NULL && is_alone(b, c))
			c->category = NULL;
}

/* ---- Parts ---- */

static int
several_languages(const struct book *b)
{
	const struct chapter *c;

	for (c = b->chapters; c < b->end; c++)
		if (!rp_lang_same(c->lang, b->chapters[0].lang))
			return 1;
	return 0;
}

/* Has the language of this chapter more than its category? */
static int
several_parts(const struct book *b, const struct chapter *like)
{
	const struct chapter *c;

	for (c = b->chapters; c < b->end; c++)
		if (rp_lang_same(c->lang, like->lang) && !same_part(c, like))
			return 1;
	return 0;
}

/* NULL: what stands straight in the book. */
static const char *
part_title(const struct book *b, const struct chapter *c)
{
	const char *category = several_parts(b, c) ? c->category : NULL, *lang;

	if (category != NULL)
		category = rp_capital(b->s.job->doc, category);
	if (!several_languages(b))
		return category;
	lang = rp_capital(b->s.job->doc, rp_lang_name(c->lang));
	return category != NULL ? rp_join(b->s.job->doc, lang, ": ", category, NULL) : lang;
}

static void
part_in(struct book *b, const struct chapter *c, const char *title)
{
	rp_xml_block(b->s.x, "part");
	rp_xml_attr(b->s.x, "xml:lang", c->lang);
	if (strcmp(rp_lang_dir(c->lang), "rtl") == 0)
		rp_xml_attr(b->s.x, "dir", "rtl");
	rp_xml_block(b->s.x, "info");
	rp_xml_element(b->s.x, "title", title);
	rp_xml_end(b->s.x);
}

/* Each is asked for when its turn comes: then only one of them has to be in memory. */
static void
chapter(struct book *b, struct chapter *c)
{
	size_t len;
	const char *bytes = rp_part(b->s.job, c->entry, &len);

	rp_xml_newline(b->s.x);
	rp_xml_markup(b->s.x, bytes, len);
	c->done = 1;
}

static void
part(struct book *b, const struct chapter *like)
{
	const char *title = part_title(b, like);
	struct chapter *c;
	int introduces;

	if (title != NULL)
		part_in(b, like, title);
	for (introduces = 1; introduces >= 0; introduces--)
		for (c = b->chapters; c < b->end; c++)
			if (!c->done && c->introduces == introduces && same_part(c, like))
				chapter(b, c);
	if (title != NULL)
		rp_xml_end(b->s.x);
}

/* All parts of a language. */
static void
parts_of(struct book *b, const char *lang)
{
	const struct chapter *c;

	for (c = b->chapters; c < b->end; c++)
		if (!c->done && c->category == NULL && rp_lang_same(c->lang, lang))
			part(b, c);
	for (c = b->chapters; c < b->end; c++)
		if (!c->done && rp_lang_same(c->lang, lang))
			part(b, c);
}

/* ---- The book ---- */

static void
book_in(struct book *b)
{
	rp_xml_block(b->s.x, "book");
	rp_xml_attr(b->s.x, "xmlns", "http://docbook.org/ns/docbook");
	rp_xml_attr(b->s.x, "xmlns:xlink", "http://www.w3.org/1999/xlink");
	rp_xml_attr(b->s.x, "version", "5.0");
	if (strcmp(b->lang, "und") != 0)
		rp_xml_attr(b->s.x, "xml:lang", b->lang);
}

static int
write_book(struct book *b)
{
	const struct chapter *c;

	b->s.x = rp_xml_open(b->s.job, b->s.job->out, RP_XML_DECLARATION | RP_XML_INDENT);
	book_in(b);
	db_book_info(&b->s, b->lang);
	parts_of(b, b->lang);
	for (c = b->chapters; c < b->end; c++)
		parts_of(b, c->lang);
	rp_xml_end(b->s.x);
	return rp_xml_close(b->s.x);
}

/* The only document of a run has been rendered as a whole article. */
int
db_bind(struct rp_job *job, void *state)
{
	struct book b = { .s.job = job };
	const struct rp_node *first = rp_first(job->root);
	const char *bytes;
	size_t len;

	(void)state;
	find_lang(&b);
	collect(&b);
	if (first == NULL || rp_next(first) != NULL)
		return write_book(&b);
	if ((bytes = rp_part(job, first, &len)) != NULL)
		rp_put(job->out, bytes, len);
	return 0;
}
