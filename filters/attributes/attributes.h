/*
 * attributes.h - what the files of this transform share.
 *
 *	attributes.c	where attribute lists stand and what they belong to
 *	list.c		a list's text: {: #id .class key="value"}
 *	apply.c		what a list says of a node
 */
#ifndef ATTRIBUTES_H
#define ATTRIBUTES_H

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum {
	ATTRIBUTES_TOLD = 32,
	LONGEST_LIST = 4096	/* what is longer is text: no author writes it */
};

struct attributes {
	struct rp_job	*job;
	struct rp_doc	*doc;
	struct rp_node	*toc;		/* a list that asks for a table of contents */
	struct rp_node	*box;		/* a block to be made a box when it is left */
	struct rp_node	*empty;		/* a fold that has lost what was in it */
	const char	*told[ATTRIBUTES_TOLD];	/* keys that have been told */
};

enum item_kind { ITEM_END, ITEM_ID, ITEM_CLASS, ITEM_PAIR, ITEM_WORD, ITEM_BAD };

struct item {
	enum item_kind	 kind;
	const char	*key, *value;	/* value: of ids, classes and words too */
	size_t		 key_len, len;
};

struct list {
	const char	*text;
	size_t		 len;		/* of the whole, with its braces */
	int		 colon;		/* {: as kramdown has it */
	int		 ids, classes, pairs, words;
	int		 toc;		/* {:toc} */
	int		 definition;	/* {:name: ...}, {::options ...}: it belongs to nothing */
};

/* list.c */
/* Is there an attribute list at s, which is a brace?  Fills *l. */
int		 list_read(const char *s, struct list *l);
/* The next item at *p, from past the brace on. */
struct item	 list_next(const char **p);
const char	*list_items(const struct list *);

/* apply.c */
void		 apply_list(struct attributes *, const struct list *, struct rp_node *to,
		     const struct rp_node *at);
/* Is the block a box by its classes? */
int		 apply_is_box(const struct rp_node *);
void		 apply_box(struct attributes *, struct rp_node *);
void		 apply_dropped(struct attributes *, const char *key, const struct rp_node *at);

#endif
