/*
 * plan.c - what stands in the book, in which order and in which parts.
 *
 * Documents keep the order they came in, except that those of one language stand
 * together, the book's own first, and within it those of one category; and an
 * introduction stands before what it introduces.  A language, and a category of
 * at least two documents, makes a part; where there is but one language, or one
 * category, nobody needs to be told.
 */
#include <stdlib.h>
#include <string.h>

#include "epub.h"

/* A document, and what it is sorted by. */
struct chapter {
	struct rp_node		*doc;
	const char		*lang, *category;	/* NULL: unknown, none */
	size_t			 lang_rank, category_rank, order;
};

/* Documents that are seen at a glance: a translation of so few needs no parts, the
 * less so as categories are often named in the book's own language. */
enum { FEW = 7 };

struct plan {
	struct book	*book;
	struct chapter	*chapters;
	size_t		 count;
	size_t		*firsts;	/* chapters that are the first of their part */
	size_t		 first_count;
	size_t		 parts;		/* so far */
};

static void *
room(const struct book *b, size_t count, size_t size)
{
	return rp_alloc(b->job->doc, (count + 1) * size);
}

static size_t
documents(const struct rp_job *job)
{
	size_t count = 0;

	for (const struct rp_node *n = rp_first(job->index); n != NULL; n = rp_next(n))
		count++;
	return count;
}

/* A language that is known. */
static const char *
lang_of(const struct rp_node *doc)
{
	const char *lang = rp_get(doc, RP_A_LANG);

	return lang != NULL && strcmp(lang, "und") != 0 ? lang : NULL;
}

/* ---- Languages ---- */

/* The book's: that of the settings, or the first that a document has. */
static const char *
main_lang(const struct plan *p)
{
	const char *lang = p->book->job->layout == RP_ONE_FILE ?
	    rp_setting(p->book->job, "lang") : NULL;

	for (size_t i = 0; lang == NULL && i < p->count; i++)
		lang = p->chapters[i].lang;
	return lang != NULL ? lang : "und";
}

static void
add_lang(const char **langs, const char *lang)
{
	while (*langs != NULL && strcmp(*langs, lang) != 0)
		langs++;
	*langs = lang;
}

static void
find_langs(struct plan *p)
{
	struct book *b = p->book;

	b->lang = main_lang(p);
	b->langs = room(b, p->count + 1, sizeof(*b->langs));
	add_lang(b->langs, b->lang);
	for (size_t i = 0; i < p->count; i++)
		if (p->chapters[i].lang != NULL)
			add_lang(b->langs, p->chapters[i].lang);
}

/* The place of a language among those of the book; texts of no known language
 * stand with the book's own. */
static size_t
lang_rank(const struct book *b, const char *lang)
{
	size_t i = 0;

	if (lang == NULL)
		return 0;
	while (!rp_lang_same(b->langs[i], lang))
		i++;
	return i;
}

/* ---- Order ---- */

static int
same(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static int
same_part(const struct chapter *a, const struct chapter *b)
{
	return a->lang_rank == b->lang_rank && same(a->category, b->category);
}

static int
compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
by_rank(const void *va, const void *vb)
{
	const struct chapter *a = va, *b = vb;
	int order = compare(a->lang_rank, b->lang_rank);

	if (order == 0)
		order = compare(a->category_rank, b->category_rank);
	return order != 0 ? order : compare(a->order, b->order);
}

/* The first chapter of the part that the one at i is in. */
static size_t
first_of_part(struct plan *p, size_t i)
{
	for (size_t k = 0; k < p->first_count; k++)
		if (same_part(&p->chapters[p->firsts[k]], &p->chapters[i]))
			return p->firsts[k];
	return p->firsts[p->first_count++] = i;
}

/* A category stands where its first document stands. */
static void
sort(struct plan *p)
{
	p->firsts = room(p->book, p->count, sizeof(*p->firsts));
	for (size_t i = 0; i < p->count; i++) {
		struct chapter *c = &p->chapters[i];
		int before = rp_is_introduction(c->doc);

		c->lang_rank = lang_rank(p->book, c->lang);
		c->order = i;
		if (before)
			c->category = NULL;
		c->category_rank = first_of_part(p, i) + 1;
		if (before)
			c->category_rank = 0;
	}
	qsort(p->chapters, p->count, sizeof(*p->chapters), by_rank);
}

static void
find_chapters(struct plan *p)
{
	struct rp_node *n = rp_first(p->book->job->index);

	p->chapters = room(p->book, documents(p->book->job), sizeof(*p->chapters));
	for (; n != NULL; n = rp_next(n)) {
		size_t len;

		if (rp_part(p->book->job, n, &len) == NULL)
			continue;
		p->chapters[p->count].doc = n;
		p->chapters[p->count].lang = lang_of(n);
		p->chapters[p->count].category = rp_get(n, RP_A_CATEGORY);
		p->count++;
	}
	find_langs(p);
	sort(p);
}

/* ---- Places ---- */

static struct place *
add_place(struct plan *p, int depth, const char *title, const char *lang)
{
	struct place *place = &p->book->places[p->book->place_count++];

	place->depth = depth;
	place->title = title;
	place->lang = lang;
	/* Most are in the language of the one before. */
	place->dir = place > p->book->places && strcmp(place[-1].lang, lang) == 0 ?
	    place[-1].dir : rp_lang_dir(lang);
	return place;
}

static void
add_part(struct plan *p, int depth, const char *title, const char *lang)
{
	struct rp_doc *doc = p->book->job->doc;
	struct place *place = add_place(p, depth, rp_capital(doc, title), lang);

	place->id = rp_join(doc, "part-", rp_decimal(doc, ++p->parts), NULL);
	place->file = rp_join(doc, place->id, ".xhtml", NULL);
}

static void
add_chapter(struct plan *p, int depth, const struct chapter *c)
{
	struct rp_doc *doc = p->book->job->doc;
	const char *title = rp_get(c->doc, RP_A_TITLE);
	const char *name = epub_name(doc, rp_get(c->doc, RP_A_ID));
	struct place *place = add_place(p, depth,
	    title != NULL ? title : rp_label(RP_L_UNTITLED, c->lang != NULL ? c->lang : p->book->lang),
	    c->lang != NULL ? c->lang : "und");

	place->doc = c->doc;
	place->bytes = rp_part(p->book->job, c->doc, &place->len);
	place->id = rp_join(doc, "text-", name, NULL);
	place->file = rp_join(doc, "text/", name, ".xhtml", NULL);
}

/* The chapters from first that stand in one category, or language. */
static size_t
run_of(const struct plan *p, size_t first, int of_category)
{
	size_t i = first;

	while (i < p->count && p->chapters[i].lang_rank == p->chapters[first].lang_rank &&
	    (!of_category || same(p->chapters[i].category, p->chapters[first].category)))
		i++;
	return i - first;
}

static void
add_language(struct plan *p, size_t first, size_t count)
{
	const char *lang = p->book->langs[p->chapters[first].lang_rank];
	int depth = count < p->count ? 2 : 1, part = 0;
	int flat = p->chapters[first].lang_rank > 0 && count <= FEW;
	size_t left = 0;

	if (count < p->count)
		add_part(p, 1, rp_lang_name(lang), lang);
	for (size_t i = first; i < first + count; i++, left--) {
		const char *category = p->chapters[i].category;

		if (left == 0) {
			left = run_of(p, i, 1);
			part = !flat && category != NULL && left > 1 && left < count;
			if (part)
				add_part(p, depth, category, lang);
		}
		add_chapter(p, depth + part, &p->chapters[i]);
	}
}

void
epub_plan(struct book *b)
{
	struct plan p = { .book = b };
	struct rp_job *job = b->job;
	size_t next;

	find_chapters(&p);
	/* A part at the most for every chapter, and for every language. */
	b->places = room(b, 3 * p.count, sizeof(*b->places));
	for (size_t i = 0; i < p.count; i = next) {
		next = i + run_of(&p, i, 0);
		add_language(&p, i, next - i);
	}
	/* One file for each document: the book is that document. */
	if (job->layout == RP_ONE_FILE) {
		b->title = rp_setting(job, "title");
		b->description = rp_setting(job, "description");
	}
	b->has_title_page = b->title != NULL || p.count > 1;
	if (p.count == 1) {
		if (b->title == NULL)
			b->title = b->places[0].title;
		if (b->description == NULL)
			b->description = rp_get(b->places[0].doc, RP_A_DESCRIPTION);
	}
	if (b->title == NULL)
		b->title = rp_label(RP_L_ROLES, b->lang);
}
