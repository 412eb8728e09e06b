/*
 * nearest.c - did you mean: the slug of the run that is nearest to what was written.
 *
 * Thousands of dead links meet thousands of slugs, so only those are compared letter by
 * letter that are about as long and have nearly the same letters.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

enum { LONGEST = 128, FARTHEST = 3 };

/* What tells that two names are far apart. */
struct shape {
	int		 len;		/* in code points; LONGEST at most */
	uint64_t	 letters;	/* a bit for each, several sharing one */
};

struct slug {
	const char	*name;
	uint64_t	 letters;
	size_t		 order;		/* in the index: the first of equals wins */
};

/* The slugs, by length, and of one length by letters; and what has been found for names. */
struct slugs {
	struct map	 by_name;
	struct slug	*of_len[LONGEST + 1];
	size_t		 count[LONGEST + 1];
};

static struct shape
shape_of(const char *s)
{
	struct shape h = { 0, 0 };

	while (*s != '\0' && h.len < LONGEST) {
		h.letters |= (uint64_t)1 << rp_utf8_next(&s) % 64;
		h.len++;
	}
	return h;
}

static int
by_letters(const void *a, const void *b)
{
	const struct slug *x = a, *y = b;

	return x->letters < y->letters ? -1 : x->letters > y->letters;
}

static struct slugs *
collect(struct rp_run *run)
{
	struct slugs *all = arena_alloc(&run->arena, sizeof(*all));
	const struct rp_node *e;
	const char *name;
	size_t order = 0, i;
	int len;

	all->by_name.arena = &run->arena;
	for (e = index_root(run)->first; e != NULL; e = e->next)
		if ((name = rp_get(e, RP_A_SLUG)) != NULL)
			all->count[shape_of(name).len]++;
	for (len = 0; len <= LONGEST; len++) {
		all->of_len[len] = arena_alloc(&run->arena, all->count[len] * sizeof(struct slug));
		all->count[len] = 0;
	}
	for (e = index_root(run)->first; e != NULL; e = e->next) {
		struct shape h;

		if ((name = rp_get(e, RP_A_SLUG)) == NULL)
			continue;
		h = shape_of(name);
		i = all->count[h.len]++;
		all->of_len[h.len][i] = (struct slug){ name, h.letters, order++ };
	}
	for (len = 0; len <= LONGEST; len++)
		if (all->count[len] > 1)
			qsort(all->of_len[len], all->count[len], sizeof(struct slug), by_letters);
	return all;
}

/* More than most: letters that only one of both has. */
static int
is_far(uint64_t a, uint64_t b, int most)
{
	uint64_t only_a = a & ~b, only_b = b & ~a;

	for (; most > 0; most--) {
		only_a &= only_a - 1;
		only_b &= only_b - 1;
	}
	return (only_a | only_b) != 0;
}

static const char *
nearest(const struct slugs *all, const char *name)
{
	struct shape h = shape_of(name);
	int most = (int)strlen(name) / 3, len, last, d;
	const struct slug *s, *best = NULL, *far = NULL;

	most = most > FARTHEST ? FARTHEST : most;
	last = h.len + most > LONGEST ? LONGEST : h.len + most;
	for (len = h.len > most ? h.len - most : 0; len <= last; len++) {
		for (s = all->of_len[len]; s < all->of_len[len] + all->count[len]; s++) {
			if (far != NULL && far->letters == s->letters)
				continue;
			if (is_far(s->letters, h.letters, most)) {
				far = s;	/* and so are those with the same letters */
				continue;
			}
			d = rp_distance(s->name, name, most);
			if (d == 0 || d > most || (best != NULL && d == most && s->order > best->order))
				continue;
			best = s;
			most = d;
		}
	}
	return best != NULL ? best->name : NULL;
}

/* What is found for an address depends on its last part only, which many have in common.
 * "": nothing. */
static const char *
guess(struct rp_run *run, const char *name)
{
	static const char none[] = "";
	const char *found = map_get(&run->slugs->by_name, name);

	if (found != NULL)
		return found;
	found = nearest(run->slugs, name);
	return map_add(&run->slugs->by_name, arena_dup(&run->arena, name, strlen(name)),
	    (void *)(uintptr_t)(found != NULL ? found : none));
}

/* One dead link stands in many documents: what was found is kept. */
const char *
rp_index_nearest(const struct rp_job *job, const char *url)
{
	struct rp_run *run = job->run;
	struct rp_arena *a = &job->doc->arena;
	const char *found = map_get(&run->by_guess, url);

	if (found == NULL) {
		if (run->slugs == NULL)
			run->slugs = collect(run);
		found = guess(run, path_base(path_bare(a, path_from_url(a, url))));
		map_add(&run->by_guess, arena_dup(&run->arena, url, strlen(url)), (void *)(uintptr_t)found);
	}
	found = *found != '\0' ? found : NULL;
	deps_text(job->doc, DEP_NEAREST, url, found);
	return found;
}
