/*
 * info.c - what a document or a book says about itself, and where a document leads.
 */
#include <string.h>

#include <rolepress/text.h>

#include "docbook.h"

/* ---- <info> ---- */

static void
author(struct docbook *s, const char *name)
{
	rp_xml_block(s->x, "author");
	rp_xml_element(s->x, "personname", name);
	rp_xml_end(s->x);
}

/* An element with a text on a line of its own; nothing without a text. */
static void
line(struct docbook *s, const char *name, const char *text)
{
	if (text == NULL)
		return;
	rp_xml_block(s->x, name);
	rp_xml_text(s->x, text);
	rp_xml_end(s->x);
}

/* An element around one paragraph. */
static void
paragraph(struct docbook *s, const char *name, const char *text)
{
	if (text == NULL)
		return;
	rp_xml_block(s->x, name);
	db_para(s, NULL, text);
	rp_xml_end(s->x);
}

static void
authors(struct docbook *s)
{
	const struct rp_node *n = rp_setting_node(s->job, "author");
	const char *name = rp_setting(s->job, "author");

	if (n != NULL && rp_kind(n) == RP_META_LIST) {
		for (n = rp_first(n); n != NULL; n = rp_next(n))
			if (rp_kind(n) == RP_META_SCALAR)
				author(s, rp_text(n));
	} else if (name != NULL)
		author(s, name);
}

/* What the run's settings say of a book. */
static void
imprint(struct docbook *s)
{
	const char *publisher = rp_setting(s->job, "publisher");

	authors(s);
	if (publisher != NULL) {
		rp_xml_block(s->x, "publisher");
		rp_xml_element(s->x, "publishername", publisher);
		rp_xml_end(s->x);
	}
	line(s, "biblioid", rp_setting(s->job, "identifier"));
	paragraph(s, "legalnotice", rp_setting(s->job, "rights"));
}

static int
is_keyword(const struct rp_node *n, const char *type)
{
	const char *t = rp_get(n, RP_A_TYPE);

	return rp_kind(n) == RP_KEYWORD && t != NULL && strcmp(t, type) == 0;
}

static void
keywords(struct docbook *s, const struct rp_node *info)
{
	const struct rp_node *n;
	int depth = rp_xml_depth(s->x);

	for (n = rp_first(info); n != NULL; n = rp_next(n)) {
		if (!is_keyword(n, "keyword"))
			continue;
		if (rp_xml_depth(s->x) == depth)
			rp_xml_block(s->x, "keywordset");
		line(s, "keyword", rp_text(n));
	}
	if (rp_xml_depth(s->x) > depth)
		rp_xml_end(s->x);
}

static void
subject(struct docbook *s, const char *term)
{
	rp_xml_block(s->x, "subject");
	rp_xml_element(s->x, "subjectterm", term);
	rp_xml_end(s->x);
}

static void
subjects(struct docbook *s, const struct rp_node *info)
{
	const char *category = rp_get(s->job->root, RP_A_CATEGORY);
	const struct rp_node *n;
	int depth = rp_xml_depth(s->x);

	if (category != NULL) {
		rp_xml_block(s->x, "subjectset");
		rp_xml_attr(s->x, "role", "category");
		subject(s, category);
		rp_xml_end(s->x);
	}
	for (n = rp_first(info); n != NULL; n = rp_next(n)) {
		if (!is_keyword(n, "tag"))
			continue;
		if (rp_xml_depth(s->x) == depth) {
			rp_xml_block(s->x, "subjectset");
			rp_xml_attr(s->x, "role", "tags");
		}
		subject(s, rp_text(n));
	}
	if (rp_xml_depth(s->x) > depth)
		rp_xml_end(s->x);
}

/* A description that is the text's own first sentence need not stand above it. */
static void
abstract(struct docbook *s)
{
	const struct rp_node *root = s->job->root;
	const char *from = rp_get_named(root, "description-from");

	if (from == NULL || strcmp(from, "text") != 0)
		paragraph(s, "abstract", rp_get(root, RP_A_DESCRIPTION));
}

void
db_info(struct docbook *s, int alone)
{
	const struct rp_node *root = s->job->root, *info = rp_info(s->job->doc);
	const struct rp_node *subtitle = rp_child(root, RP_SUBTITLE);
	const char *name = rp_get(root, RP_A_AUTHOR);

	rp_xml_block(s->x, "info");
	db_title(s, "title", rp_child(root, RP_TITLE), RP_L_UNTITLED);
	if (subtitle != NULL)
		db_title(s, "subtitle", subtitle, RP_L_UNTITLED);
	if (name != NULL)
		author(s, name);
	if (alone)
		imprint(s);
	line(s, "date", rp_get(root, RP_A_DATE));
	abstract(s);
	keywords(s, info);
	subjects(s, info);
	rp_xml_end(s->x);
}

void
db_book_info(struct docbook *s, const char *lang)
{
	const char *title = rp_setting(s->job, "title");

	rp_xml_block(s->x, "info");
	line(s, "title", title != NULL ? title : rp_label(RP_L_ROLES, lang));
	line(s, "subtitle", rp_setting(s->job, "subtitle"));
	imprint(s);
	paragraph(s, "abstract", rp_setting(s->job, "description"));
	rp_xml_end(s->x);
}

/* ---- Relations ---- */

/* "works_with" as words: a relation that no label is known for. */
static const char *
as_words(struct rp_doc *doc, const char *key)
{
	char *words = rp_dup(doc, key, strlen(key)), *p;

	for (p = words; *p != '\0'; p++)
		if (*p == '_' || *p == '-')
			*p = ' ';
	return rp_capital(doc, words);
}

static const char *
relation_title(struct docbook *s, const char *type)
{
	static const struct { const char *type; enum rp_label label; } known[] = {
		{ "related", RP_L_RELATED },
		{ "reports_to", RP_L_REPORTS_TO },
		{ "see_also", RP_L_SEE_ALSO },
		{ "translation", RP_L_TRANSLATIONS },
		{ "backlink", RP_L_BACKLINKS },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(type, known[i].type) == 0)
			return rp_label(known[i].label, s->lang);
	return as_words(s->job->doc, type);
}

static void
relation(struct docbook *s, const struct rp_node *n)
{
	const char *target = rp_get(n, RP_A_TARGET), *lang = rp_get(n, RP_A_LANG);
	const char *title = rp_get(n, RP_A_TITLE);
	int foreign = lang != NULL && strcmp(lang, "und") != 0 && !rp_lang_same(lang, s->lang);

	rp_xml_block(s->x, "listitem");
	rp_xml_block(s->x, "para");
	rp_xml_start(s->x, target != NULL ? "link" : "phrase");
	if (target != NULL)
		db_link_to(s, target, rp_get(n, RP_A_FRAGMENT));
	if (foreign)
		rp_xml_attr(s->x, "xml:lang", lang);
	if (title == NULL && (title = rp_get(n, RP_A_URL)) == NULL)
		title = target != NULL ? target : "?";
	rp_xml_text(s->x, title);
	rp_xml_end(s->x);
	if (foreign) {
		rp_xml_text(s->x, " (");
		rp_xml_text(s->x, rp_lang_name(lang));
		rp_xml_text(s->x, ")");
	}
	rp_xml_end(s->x);
	rp_xml_end(s->x);
}

static const char *
type_of(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	if (rp_kind(n) != RP_REFERENCE)
		return NULL;
	return type != NULL ? type : "related";
}

/* The first reference of the same type before this one, or NULL. */
static const struct rp_node *
earlier(const struct rp_node *n)
{
	const char *type = type_of(n), *other;
	const struct rp_node *p;

	for (p = rp_prev(n); p != NULL; p = rp_prev(p))
		if ((other = type_of(p)) != NULL && strcmp(other, type) == 0)
			return p;
	return NULL;
}

static void
group(struct docbook *s, const struct rp_node *n)
{
	const char *type = type_of(n), *other;

	rp_xml_block(s->x, "simplesect");
	rp_xml_attr(s->x, "role", type);
	line(s, "title", relation_title(s, type));
	rp_xml_block(s->x, "itemizedlist");
	rp_xml_attr(s->x, "spacing", "compact");
	for (; n != NULL; n = rp_next(n))
		if ((other = type_of(n)) != NULL && strcmp(other, type) == 0)
			relation(s, n);
	rp_xml_end(s->x);
	rp_xml_end(s->x);
}

int
db_relations(struct docbook *s)
{
	const struct rp_node *n;
	int any = 0;

	for (n = rp_first(rp_info(s->job->doc)); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) == RP_REFERENCE && earlier(n) == NULL) {
			group(s, n);
			any = 1;
		}
	}
	return any;
}
