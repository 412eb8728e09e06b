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

/* The same, without going into what never held any of these. */
static inline const struct rp_node *
next_with(const struct rp_node *root, const struct rp_node *n, unsigned groups)
{
	if (n->first != NULL && n->below & groups)
		return n->first;
	while (n != root && n->next == NULL)
		n = n->parent;
	return n != root ? n->next : NULL;
}

struct rp_node *
rp_find(const struct rp_node *root, const struct rp_node *at, enum rp_kind k)
{
	const struct rp_node *n = at != NULL ? at : root;
	unsigned groups;

	if (node_never_had(root, k))
		return NULL;
	groups = node_groups[(uint8_t)k];
	if (groups != 0)
		while ((n = next_with(root, n, groups)) != NULL && n->kind != k)
			;
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
