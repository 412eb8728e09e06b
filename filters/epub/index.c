/*
 * index.c - the index of tags: where each is given, the tags in the order of
 * their letters.  Spellings of a tag that differ in case alone are one tag.
 * What its parts are called is from EPUB Indexes 1.0.
 */
#include <stdlib.h>
#include <string.h>

#include "epub.h"

static int
is_tag(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	return rp_kind(n) == RP_KEYWORD && type != NULL && strcmp(type, "tag") == 0;
}

static const struct rp_node *
tag(const struct rp_node *n)
{
	while (n != NULL && !is_tag(n))
		n = rp_next(n);
	return n;
}

static const struct rp_node *
first_tag(const struct place *place)
{
	const struct rp_node *info = place->doc != NULL ? rp_child(place->doc, RP_INFO) : NULL;

	return info != NULL ? tag(rp_first(info)) : NULL;
}

static int
by_key(const void *va, const void *vb)
{
	const struct tag *a = va, *b = vb;
	int order = strcmp(a->key, b->key);

	return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

void
epub_find_tags(struct book *b)
{
	const struct place *end = b->places + b->place_count;
	size_t count = 0, i = 0;

	for (const struct place *place = b->places; place < end; place++)
		for (const struct rp_node *n = first_tag(place); n != NULL; n = tag(rp_next(n)))
			count++;
	b->tags = rp_alloc(b->job->doc, (count + 1) * sizeof(*b->tags));
	b->tag_count = count;
	for (const struct place *place = b->places; place < end; place++)
		for (const struct rp_node *n = first_tag(place); n != NULL; n = tag(rp_next(n)), i++)
			b->tags[i] = (struct tag){ rp_text(n), rp_fold(b->job->doc, rp_text(n)), i, place };
	qsort(b->tags, count, sizeof(*b->tags), by_key);
}

/* ---- The page ---- */

static int
same_tag(const struct tag *a, const struct tag *b)
{
	return strcmp(a->key, b->key) == 0;
}

static void
mentions(const struct book *b, struct rp_xml *x, const struct tag *first)
{
	const struct tag *end = b->tags + b->tag_count;

	rp_xml_block(x, "ul");
	for (const struct tag *t = first; t < end && same_tag(t, first); t++) {
		if (t > first && t[-1].place == t->place)
			continue;
		rp_xml_block(x, "li");
		epub_link(b, x, t->place->file, NULL, t->place->title, t->place);
		rp_xml_end(x);
	}
	rp_xml_end(x);
}

static void
entry(const struct book *b, struct rp_xml *x, const struct tag *t)
{
	rp_xml_block(x, "li");
	rp_xml_attr(x, "epub:type", "index-entry");
	rp_xml_start(x, "span");
	rp_xml_attr(x, "epub:type", "index-term");
	epub_lang(x, t->place->lang, b->lang);
	rp_xml_text(x, t->text);
	rp_xml_end(x);
	mentions(b, x, t);
	rp_xml_end(x);
}

void
epub_index(struct book *b)
{
	const char *title = rp_label(RP_L_INDEX, b->lang);
	const struct tag *end = b->tags + b->tag_count;
	struct rp_sink *out = rp_sink_new(b->job);
	struct rp_xml *x;

	if (b->tag_count == 0)
		return;
	x = epub_page_open(b->job, out, title, b->lang, "");
	rp_xml_block(x, "section");
	rp_xml_attr(x, "class", "index");
	rp_xml_attr(x, "epub:type", "index");
	rp_xml_attr(x, "role", "doc-index");
	rp_xml_block(x, "h1");
	rp_xml_text(x, title);
	rp_xml_end(x);
	rp_xml_block(x, "ul");
	rp_xml_attr(x, "epub:type", "index-entry-list");
	for (const struct tag *t = b->tags; t < end; t++)
		if (t == b->tags || !same_tag(t, t - 1))
			entry(b, x, t);
	rp_xml_end(x);
	epub_page_close(b, x, out, "index.xhtml");
}
