/*
 * walk.c - the one way through a tree: every node is entered and left.
 *
 * The step after a LEAVE is decided before the node is handed out, so that the
 * caller may detach, replace or unwrap it; the step after an ENTER is decided
 * afterwards, so that the caller may change what is below.
 */
#include "core.h"

struct rp_walk
rp_walk(struct rp_node *root)
{
	struct rp_walk w = { .root = root, .next_ = root };

	return w;
}

/* Where to go once the node has been left. */
static void
look_ahead(struct rp_walk *w)
{
	w->next_ = w->node == w->root ? NULL : w->node->next;
	w->up_ = w->node == w->root ? NULL : w->node->parent;
}

static int
enter(struct rp_walk *w, struct rp_node *n)
{
	w->node = n;
	w->event = RP_ENTER;
	w->up_ = NULL;
	return 1;
}

static int
leave(struct rp_walk *w, struct rp_node *n)
{
	w->node = n;
	w->event = RP_LEAVE;
	look_ahead(w);
	return 1;
}

int
rp_walk_next(struct rp_walk *w)
{
	if (w->node == NULL)
		return w->next_ != NULL ? enter(w, w->next_) : 0;
	if (w->event == RP_ENTER) {
		if (w->node->first == NULL || w->up_ == w->node)
			return leave(w, w->node);
		w->depth++;
		return enter(w, w->node->first);
	}
	if (w->next_ != NULL)
		return enter(w, w->next_);
	if (w->up_ == NULL)
		return 0;
	w->depth--;
	return leave(w, w->up_);
}

void
rp_walk_skip(struct rp_walk *w)
{
	if (w->event == RP_ENTER)
		w->up_ = w->node;	/* on ENTER it means nothing else */
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
