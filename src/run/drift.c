/*
 * drift.c - front matter keys that drift apart over a collection: post_ouvert in
 * some documents, poste_ouvert in the others.  Two keys are suspected to be one
 * if they are spelt nearly alike and never stand in the same document.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

enum { MOST_KEYS = 1000, SHORTEST_KEY = 4 };

struct key {
	const char	*name, *bare;	/* bare: letters only, so that fooBar is foo_bar */
	size_t		*docs;		/* inputs it stands in, in order */
	size_t		 count;
};

static const char *
bare_name(struct rp_run *run, const char *name)
{
	char *r = rp_fold(run->index_doc, name), *out = r;
	const char *p;

	for (p = r; *p != '\0'; p++)
		if (strchr("-_ .", *p) == NULL)
			*out++ = *p;
	*out = '\0';
	return r;
}

static size_t
collect(struct rp_run *run, struct key *keys)
{
	struct map by_name = { 0 };
	const struct facts *f;
	struct key *k;
	size_t i, v, n = 0;

	for (i = 0; i < run->input_count; i++) {
		f = &run->facts[i];
		if (f->entry == NULL)
			continue;
		for (v = 0; v < f->key_count && n < MOST_KEYS; v++) {
			k = map_add(&by_name, f->keys[v].name, &keys[n]);
			if (k == &keys[n]) {
				k->name = f->keys[v].name;
				k->bare = bare_name(run, k->name);
				n++;
			}
			k->docs = xrealloc(k->docs, (k->count + 1) * sizeof(size_t));
			k->docs[k->count++] = i;
		}
	}
	map_free(&by_name);
	return n;
}

static int
stand_together(const struct key *a, const struct key *b)
{
	size_t i = 0, k = 0;

	while (i < a->count && k < b->count) {
		if (a->docs[i] == b->docs[k])
			return 1;
		if (a->docs[i] < b->docs[k])
			i++;
		else
			k++;
	}
	return 0;
}

static int
are_alike(const struct key *a, const struct key *b)
{
	size_t n = strlen(a->bare);

	if (n < SHORTEST_KEY || strlen(b->bare) < SHORTEST_KEY)
		return 0;
	return rp_distance(a->bare, b->bare, 1) <= 1 && !stand_together(a, b);
}

static void
report(struct rp_run *run, const struct key *rare, const struct key *usual)
{
	char few[32], many[32];
	size_t i, k;

	snprintf(few, sizeof(few), "%zu", rare->count);
	snprintf(many, sizeof(many), "%zu", usual->count);
	for (i = 0; i < rare->count; i++) {
		struct facts *f = &run->facts[rare->docs[i]];

		for (k = 0; strcmp(f->keys[k].name, rare->name) != 0; k++)
			;
		facts_say(run, f, RP_D_META_DRIFT, f->keys[k].pos, rare->name, few, usual->name, many, NULL);
	}
}

void
drift_report(struct rp_run *run)
{
	struct key *keys = xcalloc(MOST_KEYS + 1, sizeof(*keys));
	size_t n = collect(run, keys), i, k;

	for (i = 0; i < n; i++)
		for (k = i + 1; k < n; k++)
			if (are_alike(&keys[i], &keys[k])) {
				int first = keys[i].count < keys[k].count;

				report(run, &keys[first ? i : k], &keys[first ? k : i]);
			}
	for (i = 0; i < n; i++)
		free(keys[i].docs);
	free(keys);
}
