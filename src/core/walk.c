/* walk.c - the one way through a tree: every node is entered and left. */
#include "walk.h"

struct rp_walk
rp_walk(struct rp_node *root)
{
	return walk_from(root);
}

int
rp_walk_next(struct rp_walk *w)
{
	return walk_next(w);
}

void
rp_walk_skip(struct rp_walk *w)
{
	walk_skip(w);
}

/* The next node in the order of the text; NULL: n is the last below root. */
static inline const struct rp_node *
next_below(const struct rp_node *root, const struct rp_node *n)
{
	if (n->first != NULL)
		return n->first;
	while (n != root && n->next == NULL)
		n = n->parent;
	return n != root ? n->next : NULL;
}

/* Sections stand in no paragraph and no heading, so all the inlines are passed over. */
static const struct rp_node *
next_section(const struct rp_node *root, const struct rp_node *n)
{
	do {
		if (n->kind != RP_PARAGRAPH && n->kind != RP_HEADING) {
			n = next_below(root, n);
			continue;
		}
		while (n != root && n->next == NULL)
			n = n->parent;
		n = n != root ? n->next : NULL;
	} while (n != NULL && n->kind != RP_SECTION);
	return n;
}

struct rp_node *
rp_find(const struct rp_node *root, const struct rp_node *at, enum rp_kind k)
{
	const struct rp_node *n = at != NULL ? at : root;

	if (node_never_had(root, k))
		return NULL;
	if (k == RP_SECTION)
		n = next_section(root, n);
	else
		while ((n = next_below(root, n)) != NULL && n->kind != k)
			;
	return (struct rp_node *)(uintptr_t)n;
}

struct rp_node *
rp_find_any(const struct rp_node *root, const struct rp_node *at)
{
	return (struct rp_node *)(uintptr_t)next_below(root, at != NULL ? at : root);
}
