/*
 * stats.c - rolepress check --stats: what a collection is made of, and how much of
 * it was understood.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

struct tally {
	const char	*name;
	size_t		 count;
};

/* Names and how often each was met; few enough to look through. */
struct tallies {
	struct tally	*all;
	size_t		 count, total;
};

enum { SHOWN = 12, MOST = 5000 };

static void
add(struct tallies *t, const char *name)
{
	size_t i;

	t->total++;
	for (i = 0; i < t->count; i++) {
		if (strcmp(t->all[i].name, name) == 0) {
			t->all[i].count++;
			return;
		}
	}
	if (t->count == MOST)
		return;
	t->all = realloc(t->all, (t->count + 1) * sizeof(*t->all));
	if (t->all == NULL)
		abort();
	t->all[t->count++] = (struct tally){ name, 1 };
}

static int
by_count(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void
show(struct tallies *t, const char *head, size_t most)
{
	size_t i;

	if (t->count > 0)
		qsort(t->all, t->count, sizeof(*t->all), by_count);
	printf("%s:", head);
	for (i = 0; i < t->count && i < most; i++)
		printf("%s %s %zu", i > 0 ? "," : "", t->all[i].name, t->all[i].count);
	if (t->count > most)
		printf(", and %zu more", t->count - most);
	putchar('\n');
	free(t->all);
	memset(t, 0, sizeof(*t));
}

struct stats {
	struct tallies	 langs, keys, roles, unknown, kinds;
	size_t		 documents, sections, known, questions;
};

static const char *
heading_of(const struct rp_node *section)
{
	const struct rp_node *h = rp_child(section, RP_HEADING);
	const struct rp_node *t = h != NULL ? rp_first(h) : NULL;

	return t != NULL && rp_kind(t) == RP_TEXT ? rp_text(t) : "(markup)";
}

static void
count_section(struct stats *s, const struct rp_node *section)
{
	const char *role = rp_get(section, RP_A_ROLE);

	s->sections++;
	if (role == NULL) {
		add(&s->unknown, heading_of(section));
		return;
	}
	s->known++;
	add(&s->roles, role);
}

static void
count_document(struct stats *s, struct rp_node *root)
{
	struct rp_walk w = rp_walk(root);
	const struct rp_node *v;

	s->documents++;
	add(&s->langs, rp_get(root, RP_A_LANG) != NULL ? rp_get(root, RP_A_LANG) : "und");
	for (v = rp_first(rp_child(root, RP_META_MAP)); v != NULL; v = rp_next(v))
		add(&s->keys, rp_get(v, RP_A_KEY));
	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER)
			continue;
		if (rp_kind_class(rp_kind(w.node)) == RP_CLASS_BLOCK)
			add(&s->kinds, rp_kind_name(rp_kind(w.node)));
		if (rp_kind(w.node) == RP_SECTION)
			count_section(s, w.node);
		s->questions += rp_kind(w.node) == RP_QUESTION;
	}
}

void
show_stats(struct rp_run *run)
{
	struct stats s = { 0 };
	const struct rp_node *root;
	size_t i;

	for (i = 0; i < rp_run_inputs(run); i++)
		if ((root = rp_run_document(run, i)) != NULL)
			count_document(&s, (struct rp_node *)(uintptr_t)root);
	printf("documents: %zu\n", s.documents);
	show(&s.langs, "languages", MOST);
	show(&s.keys, "front matter keys", MOST);
	show(&s.kinds, "blocks", MOST);
	printf("sections: %zu, with a known role %zu (%.1f %%); questions: %zu\n", s.sections, s.known,
	    s.sections > 0 ? 100.0 * (double)s.known / (double)s.sections : 100.0, s.questions);
	show(&s.roles, "roles", MOST);
	show(&s.unknown, "headings without a role", SHOWN);
}
