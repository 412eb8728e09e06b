/*
 * rawhtml.h - what the files of this transform share.
 *
 *	rawhtml.c	the walk, attributes that every element has, comments
 *	elements.c	the table of elements, and the plain ones
 *	block.c		paragraphs, headings, boxes, figures, folds
 *	flow.c		blocks in the place of inlines and the other way round
 *	list.c		lists and definition lists
 *	table.c		tables
 *	code.c		code and preformatted text
 *	media.c		links, images, and what is neither text nor picture
 *	tidy.c		the document's white space, anchors and empty shells afterwards
 */
#ifndef RAWHTML_H
#define RAWHTML_H

#include <rolepress/plugin.h>
#include <rolepress/text.h>

struct rawhtml_name;

struct rawhtml {
	struct rp_job		*job;
	struct rp_doc		*doc;
	struct rawhtml_name	*unknown;	/* in this parent, the latest first */
	int			 unclosed;	/* elements of this document that were told of */
	int			 told_deep;
	struct rawhtml_name	**told;		/* in this document, by hash; half of it is free */
	size_t			 told_count, told_room;
};

struct element;

/*
 * Makes a node of an element that has ended.  content is a DIV if it holds
 * blocks, else a SPAN, and has id, class, lang, dir and title already.  Returns
 * the node for it, or NULL: then only its content goes on.
 */
typedef struct rp_node *rawhtml_maker(struct rawhtml *, const struct element *,
    const char *const *attrs, struct rp_node *content);

struct element {
	const char	*name;
	rawhtml_maker	*make;
	enum rp_kind	 kind;		/* what it becomes, for makers of several */
	int		 arg;		/* for the maker: ordered, a level, ... */
};

/* elements.c */
const struct element	*rawhtml_element(const char *name);

/* rawhtml.c */
const char	*rawhtml_attr(const char *const *attrs, const char *name);	/* NULL: not there */
/* left, center or right, by attribute or style; NULL: nothing is said. */
const char	*rawhtml_align(const char *const *attrs);
void		 rawhtml_number(struct rawhtml *, struct rp_node *, enum rp_attr, const char *);
void		 rawhtml_alias(struct rawhtml *, struct rp_node *, const char *id);
/* The content itself if it has to stay together (it has an id, a class ...), or NULL. */
struct rp_node	*rawhtml_shell(struct rp_node *content);
/* Takes away all content, and says so. */
void		 rawhtml_drop(struct rawhtml *, const struct element *, struct rp_node *content);
/* Unknown names from pos on were those of a picture: they need not be told. */
void		 rawhtml_forget(struct rawhtml *, struct rp_pos pos);

/* flow.c */
enum rawhtml_holds {
	RAWHTML_NOTHING, RAWHTML_METAS, RAWHTML_BLOCKS, RAWHTML_INLINES, RAWHTML_FLOW, RAWHTML_PARTS
};
enum rawhtml_holds rawhtml_holds(const struct rp_node *);
int		 rawhtml_is_inline(const struct rp_node *);
int		 rawhtml_has_blocks(const struct rp_node *);	/* anything but inlines */
/* Makes all children blocks; parts that stand alone get their lists and tables.
 * own: the one kind of part that belongs there. */
void		 rawhtml_blocks(struct rawhtml *, struct rp_node *, enum rp_kind own);
void		 rawhtml_inlines(struct rawhtml *, struct rp_node *);
/* Puts all inlines below content into copies of an inline node, block by block. */
void		 rawhtml_spread(struct rawhtml *, struct rp_node *content, const struct rp_node *like);
void		 rawhtml_unnest(struct rawhtml *, struct rp_node *link);

/* A node that stands in content alone, and has its children and attributes: for
 * makers that put something beside it. */
struct rp_node	*rawhtml_inner(struct rawhtml *, struct rp_node *content, enum rp_kind);

/* list.c and table.c: the children of a node become those of a proper list or
 * table, which node then is; what cannot be in it is put beside it.  0 if there
 * is nothing in it. */
int		 rawhtml_list(struct rawhtml *, struct rp_node *);
int		 rawhtml_definitions(struct rawhtml *, struct rp_node *);
int		 rawhtml_table(struct rawhtml *, struct rp_node *);

rawhtml_maker	 rawhtml_make_div, rawhtml_make_paragraph, rawhtml_make_heading,
		 rawhtml_make_block, rawhtml_make_caption, rawhtml_make_summary,
		 rawhtml_make_captioned;
rawhtml_maker	 rawhtml_make_list, rawhtml_make_item, rawhtml_make_definitions,
		 rawhtml_make_term, rawhtml_make_definition;
rawhtml_maker	 rawhtml_make_table, rawhtml_make_rows, rawhtml_make_row, rawhtml_make_cell;
rawhtml_maker	 rawhtml_make_link, rawhtml_make_image, rawhtml_make_media, rawhtml_make_source,
		 rawhtml_make_drawing, rawhtml_make_title, rawhtml_make_input;
rawhtml_maker	 rawhtml_make_pre, rawhtml_make_code;

/* tidy.c */
void		 rawhtml_tidy(struct rawhtml *);

#endif
