/*
 * reader.h - what the reader of trees in JSON is made of.
 *
 *	reader.c  the document, and the walk through its nodes
 *	node.c    one node: kind, position, attributes, text
 *	nest.c    which kind may stand in which
 */
#ifndef TREE_JSON_READER_H
#define TREE_JSON_READER_H

#include <jansson.h>

#include <rolepress/plugin.h>

/* A node whose children are being read. */
struct frame {
	struct rp_node	*node;
	json_t		*children;
	size_t		 next;		/* the child that is being read is the one before */
};

/* Nesting of nodes: Markdown and HTML stop at 100 containers, and sections add some. */
enum { DEEPEST = 250 };

struct reader {
	struct rp_job	*job;
	struct frame	 stack[DEEPEST + 1];
	int		 depth;		/* of the stack */
};

/*
 * Says what is wrong at a member of the node that is being read ("" for the node
 * itself), with its JSON path; returns -1.  The text is that of the strings up to
 * a NULL.
 */
int	bad(struct reader *, const char *member, ...) RP_SENTINEL;
/* What a program wrote, fit for a message: not too long, no control characters. */
const char *shown(struct reader *, const char *);

/* node.c: 0, or -1 after a diagnostic */
int	read_kind(struct reader *, json_t *o, enum rp_kind *);
int	read_node(struct reader *, json_t *o, struct rp_node *n);

/* nest.c: may a node of that kind stand in the other one? */
int	may_hold(enum rp_kind parent, enum rp_kind child);

#endif
