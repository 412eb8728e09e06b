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

/* As the filter "links" sees it. */
int
leads_outside(const char *url)
{
	size_t n = 0;

	while (is_in_scheme(url[n]))
		n++;
	return *url == '\0' || *url == '#' || strncmp(url, "//", 2) == 0 ||
	    (n > 1 && url[n] == ':' && strchr("0123456789+-.", *url) == NULL);
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
refer(struct rp_run *run, size_t from, size_t to)
{
	index_refer(run, run->facts[to].entry, "backlink", run->facts[from].entry);
	if (run->cache != NULL)
		cache_keep_backlink(run, from, to);
}

/* As if the document itself asked; what that takes is given back at once. */
static void
take_links(struct rp_run *run, size_t i, struct map *seen)
{
	const struct facts *f = &run->facts[i];
	struct rp_doc asking;
	struct rp_job job = job_asking(run, i, &asking);
	const char *fragment, *pair;
	struct unpack links = blob_get(run, &f->links, &asking.arena);
	struct rp_node *to;

	while (links.p < links.end && !links.bad) {
		to = index_resolve(&job, unpack_text(&links), &fragment);
		if (to == NULL || to == f->entry)
			continue;
		pair = str_format(&run->arena, "%zu %zu", i, index_input(to));
		if (map_get(seen, pair) != NULL)
			continue;
		map_add(seen, pair, to);
		refer(run, i, index_input(to));
	}
	arena_free(&asking.arena);
}

void
backlinks_make(struct rp_run *run)
{
	struct unpack known = { 0 };
	struct map seen = { 0 };
	size_t i, from;

	if (run->cache != NULL && cache_backlinks(run, &known)) {
		while (known.p < known.end) {
			from = (size_t)unpack_number(&known);
			refer(run, from, (size_t)unpack_number(&known));
		}
		return;
	}
	for (i = 0; i < run->input_count; i++)
		if (run->facts[i].entry != NULL)
			take_links(run, i, &seen);
	map_free(&seen);
}
