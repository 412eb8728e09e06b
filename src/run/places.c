/*
 * places.c - the places of a document by their names.  A map of them is made when
 * somebody first asks for a place of that document: most are never asked for.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* Names are put down by spaces. */
static void
know(struct rp_run *run, struct map *places, struct rp_node *place, const char *names)
{
	size_t k;

	for (; names != NULL && *names != '\0'; names += k) {
		names += strspn(names, " ");
		k = strcspn(names, " ");
		if (k > 0)
			map_add(places, arena_dup(&run->arena, names, k), place);
	}
}

/* An id is stronger than another place's alias. */
static void
know_all(struct rp_run *run, struct map *places, struct rp_node *entry)
{
	struct rp_walk w;
	int pass;

	for (pass = 0; pass < 2; pass++)
		for (w = rp_walk(entry); rp_walk_next(&w); )
			if (w.event == RP_ENTER && w.node != entry)
				know(run, places, w.node, rp_get(w.node, pass == 0 ? RP_A_ID : RP_A_ALIAS));
}

struct rp_node *
rp_index_place(const struct rp_job *job, const struct rp_node *entry, const char *fragment)
{
	struct rp_run *run = job->run;
	size_t i = index_input(entry);
	struct rp_node *place;

	if (run->places == NULL)
		run->places = xcalloc(run->input_count, sizeof(struct map *));
	if (run->places[i] == NULL) {
		run->places[i] = xcalloc(1, sizeof(struct map));
		know_all(run, run->places[i], run->facts[i].entry);
	}
	place = map_get(run->places[i], fragment);
	deps_answer(job->doc, DEP_PLACE, rp_get(entry, RP_A_ID), fragment, place);
	return place;
}

void
places_free(struct rp_run *run)
{
	size_t i;

	for (i = 0; run->places != NULL && i < run->input_count; i++) {
		if (run->places[i] != NULL)
			map_free(run->places[i]);
		free(run->places[i]);
	}
	free(run->places);
	run->places = NULL;
}
