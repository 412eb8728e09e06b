/*
 * index.c - what every document may know of the others: of each one its
 * attributes, INFO and places.  Ids become unique here, and translations of one
 * document learn of each other.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

struct rp_node *
index_root(const struct rp_run *run)
{
	return run->index != NULL ? run->index->root : NULL;
}

/* ---- Cutting a document down ---- */

static int
is_meta(const struct rp_node *n)
{
	return rp_kind_class(rp_kind(n)) == RP_CLASS_META;
}

/* Most nodes have no attributes: no look at their class. */
static int
is_place(const struct rp_node *n)
{
	return n->kind == RP_SECTION || (n->attrs != NULL && n->kind != RP_DOCUMENT &&
	    rp_has(n, RP_A_ID) && !is_meta(n));
}

/* What a list of figures shows. */
static void
describe_figure(struct rp_doc *to, struct rp_node *n, struct rp_doc *doc, const struct rp_node *figure)
{
	const struct rp_node *caption = rp_child(figure, RP_CAPTION);

	rp_set(to, n, RP_A_TYPE, "figure");
	rp_set(to, n, RP_A_TITLE, rp_plain_text(doc, caption != NULL ? caption : figure));
}

/* What the index has of one place, below into; what is below the place goes into what is
 * returned. */
static struct rp_node *
add_place(struct rp_doc *to, struct rp_node *into, struct rp_doc *doc, struct rp_node *place)
{
	struct rp_node *n = rp_new(to, place->kind == RP_SECTION ? RP_SECTION : RP_SPAN), *head;

	rp_set(to, n, RP_A_ID, rp_get(place, RP_A_ID));
	rp_set(to, n, RP_A_ALIAS, rp_get(place, RP_A_ALIAS));
	rp_append(into, n);
	if (place->kind == RP_FIGURE)
		describe_figure(to, n, doc, place);
	if (place->kind != RP_SECTION)
		return into;
	rp_set(to, n, RP_A_ROLE, rp_get(place, RP_A_ROLE));
	rp_set_int(to, n, RP_A_LEVEL, rp_get_int(place, RP_A_LEVEL, 1));
	head = rp_child(place, RP_HEADING);
	rp_set(to, n, RP_A_TITLE, head != NULL ? rp_plain_text(doc, head) : "");
	return n;
}

/* The places below a document, sections keeping their nesting; and its links, since
 * the tree is walked anyway while it is warm.  By hand: nothing changes on the way, and
 * nearly all nodes are neither. */
static void
add_places(struct rp_doc *to, struct rp_node *entry, struct rp_doc *doc)
{
	struct rp_node *into = entry, *n = doc->root;

	for (;;) {
		if (n->kind == RP_LINK)
			backlinks_note(doc, n);
		if (is_place(n))
			into = add_place(to, into, doc, n);
		if (n->first != NULL && !is_meta(n)) {
			n = n->first;
			continue;
		}
		for (; n != doc->root; n = n->parent) {
			into = n->kind == RP_SECTION ? into->parent : into;
			if (n->next != NULL)
				break;
		}
		if (n == doc->root)
			break;
		n = n->next;
	}
}

/* Is it fit for the name of a file, in any folder? */
static int
is_slug(const char *s)
{
	return s == NULL || (*s != '.' && strpbrk(s, "/\\") == NULL);
}

/* Where things stand in a document is nobody else's business: what moves a line changes
 * nothing for the others. */
static struct rp_node *
copy_info(struct rp_doc *to, struct rp_doc *doc)
{
	struct rp_node *info = rp_copy(to, rp_info(doc));
	struct rp_walk w = rp_walk(info);

	while (rp_walk_next(&w))
		w.node->pos = rp_nowhere;
	return info;
}

struct rp_node *
index_cut(struct rp_doc *to, struct rp_doc *doc)
{
	struct rp_node *e = rp_new(to, RP_DOCUMENT);

	attrs_copy(to, e, doc->root);
	e->pos = doc->root->pos;
	/* Files are named by ids and slugs: what a tree from outside says of them may be
	 * anything. */
	if (!is_slug(rp_get(e, RP_A_ID)))
		rp_unset(e, RP_A_ID);
	if (!is_slug(rp_get(e, RP_A_SLUG)))
		rp_set(to, e, RP_A_SLUG, rp_slug(to, rp_get(e, RP_A_SLUG)));
	if (strcmp(doc->path, doc->input->path) == 0)
		node_borrow_attr(to, e, RP_A_PATH, doc->input->path);	/* it lives as long as the run */
	else
		rp_set(to, e, RP_A_PATH, doc->path);
	rp_set_named(to, e, "site-path", doc->site_path);
	rp_append(e, copy_info(to, doc));
	add_places(to, e, doc);
	return e;
}

/* ---- Ids ---- */

static const char *
lang_of(const struct rp_node *n)
{
	const char *l = rp_get(n, RP_A_LANG);

	return l != NULL ? l : "und";
}

static const char *
slug_of(const struct rp_node *n)
{
	const char *s = rp_get(n, RP_A_SLUG);

	return s != NULL && *s != '\0' ? s : "document";
}

/* The language that most documents are in; of several, the one met first. */
static const char *
commonest_lang(struct rp_run *run)
{
	const struct rp_node *e, *best = NULL;
	struct map counts = { 0 };
	size_t *n, most = 0;

	for (e = run->index->root->first; e != NULL; e = e->next) {
		n = map_get(&counts, lang_of(e));
		if (n == NULL)
			n = map_add(&counts, lang_of(e), arena_alloc(&run->arena, sizeof(*n)));
		++*n;
	}
	for (e = run->index->root->first; e != NULL; e = e->next) {
		n = map_get(&counts, lang_of(e));
		if (*n > most) {
			most = *n;
			best = e;
		}
	}
	map_free(&counts);
	return lang_of(best);
}

static const char *
main_lang(struct rp_run *run)
{
	const char *l = run->settings ? rp_meta_string(rp_meta(run->settings), "lang") : NULL;

	return l != NULL ? l : commonest_lang(run);
}

static void
take_id(struct rp_run *run, struct rp_node *e, const char *id)
{
	rp_set(run->index_doc, e, RP_A_ID, id);
	map_add(&run->index->by_id, rp_get(e, RP_A_ID), e);
}

/* With the folder it is in: what a slug that is a file's name becomes. */
static const char *
id_with_folder(struct rp_run *run, const struct rp_node *e)
{
	const char *folder = path_base(path_folder(&run->arena, rp_get(e, RP_A_PATH)));

	if (*folder == '\0' || *folder == '.')
		return slug_of(e);
	return str_format(&run->arena, "%s-%s", rp_slug(run->index_doc, folder), slug_of(e));
}

/* A free id for a document whose slug is taken: with its language, its folder, or a
 * number. */
static void
take_other_id(struct rp_run *run, struct rp_node *e)
{
	const struct rp_node *owner = map_get(&run->index->by_id, slug_of(e));
	const char *id = str_format(&run->arena, "%s-%s", slug_of(e), lang_of(e));
	int *next;

	/* Nobody knows whether a text in an unknown language is a translation. */
	if (strcmp(lang_of(e), "und") != 0 && strcmp(lang_of(owner), "und") != 0 &&
	    strcmp(lang_of(e), lang_of(owner)) != 0 && map_get(&run->index->by_id, id) == NULL) {
		take_id(run, e, id);
		return;
	}
	id = id_with_folder(run, e);
	if (rp_get_named(e, "slug-from") != NULL && map_get(&run->index->by_id, id) != NULL)
		id = str_format(&run->arena, "%s-%s", id, lang_of(e));
	if (rp_get_named(e, "slug-from") != NULL && map_get(&run->index->by_id, id) == NULL) {
		take_id(run, e, id);
		return;
	}
	next = map_add(&run->by_number, slug_of(e), arena_alloc(&run->arena, sizeof(int)));
	for (*next = *next < 2 ? 2 : *next; ; ++*next) {
		id = str_format(&run->arena, "%s-%d", slug_of(e), *next);
		if (map_get(&run->index->by_id, id) == NULL)
			break;
	}
	facts_say(run, &run->facts[index_input(e)], RP_D_DUPLICATE_ID, e->pos, slug_of(e),
	    rp_get(owner, RP_A_PATH), id, NULL);
	take_id(run, e, id);
}

size_t
index_input(const struct rp_node *entry)
{
	return (size_t)rp_get_int(entry, RP_A_NUMBER, 0);
}

static void
give_ids(struct rp_run *run)
{
	const char *lang = main_lang(run);
	struct rp_node *e;
	size_t pass;

	/* What a tree brought along stays its, if nobody else has it. */
	for (e = run->index->root->first; e != NULL; e = e->next)
		if (rp_has(e, RP_A_ID) && map_add(&run->index->by_id, rp_get(e, RP_A_ID), e) != e)
			rp_unset(e, RP_A_ID);
	/* First those in the main language, then whoever comes first. */
	for (pass = 0; pass < 2; pass++) {
		for (e = run->index->root->first; e != NULL; e = e->next) {
			if ((pass == 0 && !rp_lang_same(lang, lang_of(e))) ||
			    rp_has(e, RP_A_ID) || map_get(&run->index->by_id, slug_of(e)) != NULL)
				continue;
			take_id(run, e, slug_of(e));
		}
	}
	for (e = run->index->root->first; e != NULL; e = e->next)
		if (!rp_has(e, RP_A_ID))
			take_other_id(run, e);
}

/* ---- Translations ---- */

void
index_refer(struct rp_run *run, struct rp_node *entry, const char *type, const struct rp_node *to)
{
	struct rp_doc *doc = run->index_doc;
	struct rp_node *r = rp_new(doc, RP_REFERENCE);

	rp_set(doc, r, RP_A_TYPE, type);
	rp_set(doc, r, RP_A_TARGET, rp_get(to, RP_A_ID));
	rp_set(doc, r, RP_A_TITLE, rp_get(to, RP_A_TITLE));
	rp_set(doc, r, RP_A_LANG, rp_get(to, RP_A_LANG));
	rp_append(rp_child(entry, RP_INFO), r);
}

/* Inputs that are one document in several languages. */
struct group {
	size_t	*member;
	size_t	 count;
};

/* To the first of each other language: of several in one, nobody knows which is meant. */
static void
link_group(struct rp_run *run, const struct group *g)
{
	struct map by_lang = { 0 };
	struct rp_node **first = xcalloc(g->count, sizeof(struct rp_node *));
	size_t i, k, n = 0;

	for (i = 0; i < g->count; i++) {
		struct rp_node *e = run->facts[g->member[i]].entry;

		if (strcmp(lang_of(e), "und") != 0 && map_add(&by_lang, lang_of(e), e) == e)
			first[n++] = e;
	}
	for (i = 0; i < g->count && n > 1; i++) {
		struct rp_node *e = run->facts[g->member[i]].entry;

		for (k = 0; k < n; k++)
			if (strcmp(lang_of(e), "und") != 0 && strcmp(lang_of(e), lang_of(first[k])) != 0)
				index_refer(run, e, "translation", first[k]);
	}
	map_free(&by_lang);
	free(first);
}

/* The folders of a path but those that are named for a language: sv/, pt-BR/. */
static const char *
place_of(struct rp_run *run, const char *path)
{
	struct str s = { 0 };
	const char *r;
	size_t n;

	for (; (n = strcspn(path, "/")), path[n] == '/'; path += n + 1) {
		const char *name = arena_dup(&run->arena, path, n);

		if (strcspn(name, "-_") == 2 && rp_lang_canonical(run->index_doc, name) != NULL)
			continue;
		str_add(&s, path, n + 1);
	}
	r = arena_dup(&run->arena, s.p != NULL ? s.p : "", s.len);
	str_free(&s);
	return r;
}

/* What translations of one document have in common: a key, a slug that was given to
 * them, or the name of their files in one place. */
static const char *
common_name(struct rp_run *run, const struct rp_node *e)
{
	const char *key = rp_get_named(e, "translation-key");

	if (key != NULL && *key != '\0')
		return key;
	if (rp_get_named(e, "slug-from") == NULL)
		return slug_of(e);
	return str_format(&run->arena, "%s%s", place_of(run, rp_get_named(e, "site-path")), slug_of(e));
}

static void
link_translations(struct rp_run *run)
{
	struct group *groups = arena_alloc(&run->arena, (run->input_count + 1) * sizeof(*groups));
	struct map by_name = { 0 };
	size_t i, n = 0;

	for (i = 0; i < run->input_count; i++) {
		struct group *g;

		if (run->facts[i].entry == NULL)
			continue;
		g = map_add(&by_name, common_name(run, run->facts[i].entry), &groups[n]);
		n += g == &groups[n];
		g->member = xrealloc(g->member, (g->count + 1) * sizeof(size_t));
		g->member[g->count++] = i;
	}
	for (i = 0; i < n; i++) {
		link_group(run, &groups[i]);
		free(groups[i].member);
	}
	map_free(&by_name);
}

static struct index *
index_new(struct rp_run *run)
{
	struct rp_arena *a = &run->index_doc->arena;
	struct index *index = arena_alloc(a, sizeof(*index));

	index->by_id.arena = index->by_path.arena = a;
	index->by_address.arena = index->by_name.arena = a;
	index->root = rp_new(run->index_doc, RP_INDEX);
	return index;
}

void
index_make(struct rp_run *run)
{
	struct rp_node *e;
	time_t changed;
	size_t i;

	run->index = index_new(run);
	for (i = 0; i < run->input_count; i++) {
		changed = (time_t)(run->facts[i].stamp.modified / 1000000000);
		if (changed > run->index->newest)
			run->index->newest = changed;
		e = run->facts[i].entry;
		if (e == NULL)
			continue;
		rp_set_int(run->index_doc, e, RP_A_NUMBER, (long)i);
		rp_append(run->index->root, e);
	}
	if (run->index->root->first == NULL)
		return;
	give_ids(run);
	link_translations(run);
	resolve_prepare(run);
	backlinks_make(run);
}

/* ---- What filters ask ---- */

struct rp_node *
rp_index_find(const struct rp_job *job, const char *id)
{
	struct rp_node *e = map_get(&job->run->index->by_id, id);

	deps_answer(job->doc, DEP_FIND, id, NULL, e);
	return e;
}
