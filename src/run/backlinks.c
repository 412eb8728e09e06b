/*
 * backlinks.c - who links to a document: found before any writer runs, so that
 * every output can show it.
 */
#include <string.h>

#include "run.h"

static int
is_in_scheme(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '+' || c == '-' || c == '.';
}

static int
leads_outside(const char *url)
{
	size_t n = 0;

	while (is_in_scheme(url[n]))
		n++;
	return *url == '\0' || *url == '#' || strncmp(url, "//", 2) == 0 || (n > 1 && url[n] == ':');
}

void
backlinks_note(struct rp_doc *doc, struct rp_node *link)
{
	const char *url = rp_get(link, RP_A_URL);
	size_t n = doc->link_count;
	struct rp_node **more;

	if (url == NULL || leads_outside(url))
		return;
	if ((n & (n - 1)) == 0) {	/* full: room is a power of two */
		more = arena_alloc(&doc->arena, (n > 0 ? 2 * n : 1) * sizeof(struct rp_node *));
		if (n > 0)
			memcpy(more, doc->links, n * sizeof(struct rp_node *));
		doc->links = more;
	}
	doc->links[doc->link_count++] = link;
}

static void
refer(struct rp_doc *doc, struct rp_node *info, const struct rp_node *from)
{
	struct rp_node *r = rp_new(doc, RP_REFERENCE);

	rp_set(doc, r, RP_A_TYPE, "backlink");
	rp_set(doc, r, RP_A_TARGET, rp_get(from, RP_A_ID));
	rp_set(doc, r, RP_A_TITLE, rp_get(from, RP_A_TITLE));
	rp_set(doc, r, RP_A_LANG, rp_get(from, RP_A_LANG));
	rp_append(info, r);
}

/* The input that an entry of the index is of. */
static size_t
input_of(const struct rp_node *entry)
{
	return (size_t)rp_get_int(entry, RP_A_NUMBER, 0);
}

static void
take_links(struct rp_run *run, size_t i, struct map *seen)
{
	struct rp_doc *doc = run->docs[i];
	struct rp_job job = { .doc = doc, .root = doc->root, .index = index_root(run), .run = run };
	const char *fragment, *pair;
	struct rp_node *to;
	size_t k;

	for (k = 0; k < doc->link_count; k++) {
		to = rp_index_resolve(&job, rp_get(doc->links[k], RP_A_URL), &fragment);
		if (to == NULL || to == run->entries[i])
			continue;
		pair = str_format(&run->arena, "%zu %zu", i, input_of(to));
		if (map_get(seen, pair) != NULL)
			continue;
		map_add(seen, pair, to);
		refer(run->index_doc, rp_child(to, RP_INFO), run->entries[i]);
		refer(run->docs[input_of(to)], rp_info(run->docs[input_of(to)]), run->entries[i]);
	}
}

void
backlinks_make(struct rp_run *run)
{
	struct map seen = { 0 };
	size_t i;

	for (i = 0; i < run->input_count; i++)
		if (run->entries[i] != NULL)
			take_links(run, i, &seen);
	map_free(&seen);
}
