/* html.h - between the files that read raw HTML. */
#ifndef RP_READ_HTML_H
#define RP_READ_HTML_H

#include "read.h"

/* What stands around the pieces, and in the place of a node that is no HTML. */
#define HTML_ROOT	"rp-root"
#define HTML_NODE	"rp-node"

/* A child of the parent whose HTML is read, and where it is in the joined text. */
struct html_piece {
	struct rp_node	*node;
	size_t		 from, end;
	int		 raw;
	int		 placed;	/* has its place in the new tree; raw ones never get one */
};

struct html_source {
	struct rp_doc		*doc;
	struct str		 text;
	struct html_piece	*pieces;
	size_t			 count, cap;
	/* The line that was located last. */
	const struct html_piece	*at;
	size_t			 line_from, line_end;
	uint32_t		 line;
	long			 col;		/* of line_from; 0: unknown */
};

int	html_is_raw(const struct rp_node *);
/* Joins the siblings from first on, up to stop (NULL: all of them). */
void	html_source_init(struct html_source *, struct rp_doc *, struct rp_node *first,
	    const struct rp_node *stop);
void	html_source_dispose(struct html_source *);
/* Where a byte of the joined text stands in the document. */
void	html_locate(struct html_source *, size_t offset, uint32_t *line, uint32_t *col);
/* Was this byte added, because a piece left something open? */
int	html_is_mended(const struct html_source *, size_t offset);

/* Any node that cannot stand among inlines; a comment can be left out there. */
int	html_is_block(const struct rp_node *);
/*
 * Loose inlines become paragraphs where there is a block beside them, or where
 * blocks have to be.  A SPAN that has blocks becomes a DIV.
 */
void	html_settle(struct rp_doc *, struct rp_node *content, int blocks);

#endif
