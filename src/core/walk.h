/*
 * walk.h - the steps of a walk, for who takes them for every node of every document.
 *
 * The step after a LEAVE is decided before the node is handed out, so that the
 * caller may detach, replace or unwrap it; the step after an ENTER is decided
 * afterwards, so that the caller may change what is below.
 */
#ifndef RP_WALK_H
#define RP_WALK_H

#include "core.h"

/* rp_walk() */
static inline struct rp_walk
walk_from(struct rp_node *root)
{
	return (struct rp_walk){ .root = root, .next_ = root };
}

static inline int
walk_enter(struct rp_walk *w, struct rp_node *n)
{
	w->node = n;
	w->event = RP_ENTER;
	w->up_ = NULL;
	return 1;
}

/* Where to go once the node has been left is settled, too. */
static inline int
walk_leave(struct rp_walk *w, struct rp_node *n)
{
	w->node = n;
	w->event = RP_LEAVE;
	w->next_ = n == w->root ? NULL : n->next;
	w->up_ = n == w->root ? NULL : n->parent;
	return 1;
}

/* rp_walk_next() */
static inline int
walk_next(struct rp_walk *w)
{
	if (w->node == NULL)
		return w->next_ != NULL ? walk_enter(w, w->next_) : 0;
	if (w->event == RP_ENTER) {
		if (w->node->first == NULL || w->up_ == w->node)
			return walk_leave(w, w->node);
		w->depth++;
		return walk_enter(w, w->node->first);
	}
	if (w->next_ != NULL)
		return walk_enter(w, w->next_);
	if (w->up_ == NULL)
		return 0;
	w->depth--;
	return walk_leave(w, w->up_);
}

/* rp_walk_skip() */
static inline void
walk_skip(struct rp_walk *w)
{
	if (w->event == RP_ENTER)
		w->up_ = w->node;	/* on ENTER it means nothing else */
}

#endif
