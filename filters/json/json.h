/* json.h - what the files of this folder share. */
#ifndef JSON_H
#define JSON_H

#include <rolepress/emit.h>
#include <rolepress/plugin.h>

struct json {
	/* options */
	const char	*content;	/* tree, html or none */
	long		 indent;
	int		 lines;

	/* working state */
	struct rp_json	*j;
	struct rp_sink	*scratch;	/* all plain text of the document, one after the other */
};

/* tree.c: a node and all below it as one object. */
void	json_write_tree(struct rp_json *, struct rp_node *);
/* The value of a META_MAP, META_LIST or META_SCALAR. */
void	json_write_meta(struct rp_json *, struct rp_node *);

/* text.c: what a reader sees of a block, appended to the sink; on a new line if
 * something stands there from offset start on. */
void	json_write_text(struct rp_sink *, size_t start, struct rp_node *);

#endif
