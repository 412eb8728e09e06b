/* chain.c - which filters run, in which order, and whether that order can work. */
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "../run/run.h"

static const char *const defaults[] = {
#define RP_CHAIN(name) #name,
#include "../../filters/chain.def"
#undef RP_CHAIN
};

static const struct rp_pos nowhere;

int
rp_run_default_place(const struct rp_filter *f)
{
	size_t i;

	if (f->role != RP_TRANSFORM || f->context != NULL)	/* made of a file: its name is a coincidence */
		return 0;
	for (i = 0; i < LEN(defaults); i++)
		if (strcmp(f->name, defaults[i]) == 0)
			return (int)i + 1;
	return 0;
}

int
link_make(struct rp_run *run, struct rp_arena *a, const char *text, enum rp_role role,
    struct link *l)
{
	const char *why = "", *file;
	struct spec spec;
	void *state;

	if (spec_parse(a, text, &spec, &why) == -1)
		goto bad;
	l->filter = registry_find(&run->registry, spec.name, role, &why);
	if (l->filter == NULL)
		goto bad;
	state = arena_alloc(a, l->filter->state_size);
	if (option_fill(a, l->filter, &spec, state, &why) == -1) {
		file = registry_file(&run->registry, l->filter);
		why = file != NULL ? str_format(a, "%s (%s)", why, file) : why;
		goto bad;
	}
	l->state = state;
	l->spec = arena_dup(a, text, strlen(text));
	return 0;
bad:
	diag_run(run, RP_D_CONFIG, NULL, nowhere, why, NULL);
	return -1;
}

static int
named(const char *const *list, const char *name)
{
	for (; list != NULL && *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return 1;
	return 0;
}

static int
left_out(const struct rp_run *run, const char *name)
{
	size_t i;

	for (i = 0; i < run->without_count; i++)
		if (strcmp(run->without[i], name) == 0)
			return 1;
	return 0;
}

/* A name after -x that no filter of the chain has is a slip of the hand. */
int
chain_check_without(struct rp_run *run, const char *name)
{
	size_t k;

	for (k = 0; k < LEN(defaults); k++)
		if (strcmp(defaults[k], name) == 0)
			return 0;
	diag_run(run, RP_D_CONFIG, NULL, nowhere, str_format(&run->arena,
	    "no filter of the default chain is named \"%s\"; see: rolepress list", name), NULL);
	return -1;
}

static void
insert(struct chain *c, size_t at, struct link l)
{
	c->links = xrealloc(c->links, (c->count + 1) * sizeof(*c->links));
	memmove(c->links + at + 1, c->links + at, (c->count - at) * sizeof(*c->links));
	c->links[at] = l;
	c->count++;
}

static size_t
find_barrier(const struct chain *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		if (named(c->links[i].filter->needs, "index"))
			break;
	return i;
}

/* Where a filter goes that wants to run before one of the default chain: there, or before
 * what follows if that has been left out. */
static size_t
find_before(const struct chain *c, const char *name)
{
	size_t i, wanted = 0;

	while (wanted < LEN(defaults) && strcmp(defaults[wanted], name) != 0)
		wanted++;
	for (i = 0; i < c->count; i++)
		if (rp_run_default_place(c->links[i].filter) > (int)wanted)
			break;
	return i;
}

static int
check_before(struct rp_run *run, const struct rp_filter *f)
{
	size_t i;

	for (i = 0; f->before != NULL && i < LEN(defaults); i++)
		if (strcmp(defaults[i], f->before) == 0)
			return 0;
	if (f->before == NULL)
		return 0;
	diag_run(run, RP_D_CONFIG, NULL, nowhere, str_format(&run->arena,
	    "filter %s wants to run before \"%s\", which is no filter of the default chain; see: rolepress list",
	    f->name, f->before), NULL);
	return -1;
}

/* A filter of the default chain gets the user's options where it stands; another one
 * comes where it says, else last among those that see one document at a time, or last of
 * all if it wants to see them all. */
static void
place(struct chain *c, struct link l)
{
	size_t i;

	for (i = 0; i < c->count; i++) {
		if (c->links[i].filter == l.filter && rp_run_default_place(l.filter) > 0) {
			c->links[i] = l;
			return;
		}
	}
	if (l.filter->before != NULL)
		i = find_before(c, l.filter->before);
	else
		i = named(l.filter->needs, "index") ? c->count : find_barrier(c);
	insert(c, i, l);
}

/* The first need that nothing before place n gives, or NULL. */
static const char *
missing(const struct chain *c, size_t n, const struct rp_filter *f)
{
	const char *const *need;
	size_t i;

	for (need = f->needs; need != NULL && *need != NULL; need++) {
		if (strcmp(*need, "index") == 0)
			continue;
		for (i = 0; i < n && !named(c->links[i].filter->gives, *need); i++)
			;
		if (i == n)
			return *need;
	}
	return NULL;
}

static int
check(struct rp_run *run, const struct chain *c, size_t n, const struct rp_filter *f)
{
	const char *need = missing(c, n, f);

	if (need == NULL)
		return 0;
	diag_run(run, RP_D_CONFIG, NULL, nowhere, str_format(&run->arena,
	    "filter %s needs \"%s\", which no filter before it gives; see: rolepress list",
	    f->name, need), NULL);
	return -1;
}

int
chain_check_writer(struct rp_run *run, const struct chain *c, const struct rp_filter *f)
{
	return check(run, c, c->count, f);
}

static int
make(struct rp_run *run, struct chain *c)
{
	struct link l;
	size_t i;

	for (i = 0; i < run->without_count; i++)
		if (chain_check_without(run, run->without[i]) == -1)
			return -1;
	for (i = 0; i < LEN(defaults); i++) {
		if (left_out(run, defaults[i]))
			continue;
		if (link_make(run, &run->setup, defaults[i], RP_TRANSFORM, &l) == -1)
			return -1;
		insert(c, c->count, l);
	}
	for (i = 0; i < run->filter_count; i++) {
		if (link_make(run, &run->setup, run->filters[i], RP_TRANSFORM, &l) == -1 ||
		    check_before(run, l.filter) == -1)
			return -1;
		place(c, l);
	}
	c->barrier = find_barrier(c);
	for (i = 0; i < c->count; i++)
		if (check(run, c, i, c->links[i].filter) == -1)
			return -1;
	return 0;
}

int
chain_make(struct rp_run *run, struct chain *c)
{
	memset(c, 0, sizeof(*c));
	if (make(run, c) == 0)
		return 0;
	free(c->links);
	memset(c, 0, sizeof(*c));
	return -1;
}
