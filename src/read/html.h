/* html.h - between the files that read raw HTML. */
#ifndef RP_READ_HTML_H
#define RP_READ_HTML_H

#include <libxml/HTMLparser.h>

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

/* ---- What is read below one parent ---- */

enum { HTML_DEEPEST = 100 };		/* levels of the document, as for Markdown */

struct html_frame {
	const char		*name;		/* NULL: the parent's own */
	const char *const	*attrs;
	struct rp_node		*content;
	struct rp_pos		 pos;
	size_t			 from, to;	/* of the start tag, without its > */
};

struct html {
	struct rp_job		*job;
	struct rp_node		*parent;
	rp_html_take		*take;
	void			*arg;
	struct html_source	 source;
	htmlParserCtxtPtr	 parser;
	size_t			 base;		/* where in the source the parser began */
	size_t			 at;		/* what comes next begins here or later */
	size_t			 resume;	/* where the next parser begins; 0: there is none */
	size_t			 next_piece;
	struct html_frame	 stack[HTML_DEEPEST + 1];
	int			 depth, deepest;
	int			 verbatim;	/* open elements that keep white space */
	struct str		 text;		/* that has no node yet */
	struct rp_pos		 text_pos;
	struct rp_pos		 gap_pos;
	size_t			 swallow;	/* bytes of text that have been dealt with */
	char			 gap;		/* white space that may have to follow: ' ' or '\n' */
	int			 at_space;	/* none may */
	int			 complaints, told_deep;
};

/* html.c */
struct html_frame *html_top(struct html *);
size_t		 html_here(const struct html *);	/* where the parser is in the source */
struct rp_pos	 html_pos(struct html *, size_t from, size_t end);

/* html_text.c: makes text, and what white space there is before it, a node. */
int		 html_is_white(char);
void		 html_add_text(struct html *, const char *, size_t, struct rp_pos);
void		 html_fill_gap(struct html *);
void		 html_flush(struct html *);
void		 html_on_text(void *html, const xmlChar *, int len);

#endif
