/*
 * docbook.h - what the files of this folder share.
 *
 *	docbook.c	the rules, and a document as an article or a chapter
 *	book.c		chapters as a book, in parts
 *	info.c		what stands in an <info>, and the relations at a chapter's end
 *	block.c table.c inline.c	a rule or two for each kind of node
 *	place.c		xml:id, addresses, and what may stand where
 */
#ifndef DOCBOOK_H
#define DOCBOOK_H

#include <rolepress/emit.h>
#include <rolepress/plugin.h>

/* Elements that DocBook does not let stand in one another: see db_fits(). */
enum box { ADMONITION, CAPTION, FIGURE, FOOTNOTE, SIDEBAR, TABLE, BOX_MAX };

struct note {
	struct note		*next;
	struct rp_node		*node;	/* the FOOTNOTE */
	const struct rp_node	*place;	/* the reference where it is written out; NULL: none */
};

struct grid;

struct docbook {
	struct rp_xml	*x;
	struct rp_job	*job;
	const char	*lang;
	struct note	*notes;
	struct grid	*grid;		/* of the innermost table */
	int		 inside[BOX_MAX];
	int		 narrow;	/* elements open that take words, but no emphasis */
};

/* ---- place.c ---- */

/* The xml:id of a document, or (fragment not NULL) of a place in it. */
const char	*db_id(struct rp_doc *, const char *document, const char *fragment);
/* The xml:id of a place in the job's document. */
const char	*db_place(const struct docbook *, const char *id);
/* An address with what xsd:anyURI forbids written as %XX. */
const char	*db_uri(struct rp_doc *, const char *);
/* The address of a file, from its path. */
const char	*db_file(struct rp_doc *, const char *path);
/* The link's attribute that leads to a place in a document of the run. */
void		 db_link_to(struct docbook *, const char *document, const char *fragment);
/* May this element stand here? */
int		 db_fits(const struct docbook *, enum box);
/* Is a node of that kind below this one? */
int		 db_holds(struct rp_node *, enum rp_kind);
/* Will anything below the node be written as a block of it? */
int		 db_has_blocks(struct rp_node *);
/* The heading that gives a section its title, or NULL. */
struct rp_node	*db_heading(const struct rp_node *section);

/* ---- docbook.c ---- */

/* An element on a line of its own, or in the line, with what a node has for it: id,
 * language, direction, role or class. */
void		 db_block(struct docbook *, const char *name, const struct rp_node *, const char *role);
void		 db_inline(struct docbook *, const char *name, const struct rp_node *,
		    const char *role);
/* The children of a node, by the rules. */
void		 db_inside(struct docbook *, const struct rp_node *);
/* A <title> of a node's inlines; of the label if there are no words. */
void		 db_title(struct docbook *, const char *name, const struct rp_node *, enum rp_label);
/* An empty <para> if the element has no block, as the schema wants one. */
void		 db_fill(struct docbook *, struct rp_node *);
/* A <para> with words, or with nothing. */
void		 db_para(struct docbook *, const char *role, const char *words);

/* ---- info.c ---- */

/* The <info> of the job's document. */
void		 db_info(struct docbook *, int alone);
/* The <info> of a book: what the run's settings say. */
void		 db_book_info(struct docbook *, const char *lang);
/* The relations, as <simplesect>s; 0 if there are none. */
int		 db_relations(struct docbook *);

/* ---- book.c ---- */

int		 db_bind(struct rp_job *, void *state);

/* ---- inline.c ---- */

void		 db_find_notes(struct docbook *);
struct note	*db_note(const struct docbook *, const struct rp_node *reference);
/* The notes that nothing in the text has a place for; 0 if there are none. */
int		 db_notes_at_end(struct docbook *);
/* An image as <mediaobject> or <inlinemediaobject>. */
void		 db_image(struct docbook *, const struct rp_node *, int block);

/* ---- table.c ---- */

/* Can this CAPTION be a title?  NULL: no. */
int		 db_titleable(const struct rp_node *caption);
/* Its words: the CAPTION, or the one paragraph in it. */
const struct rp_node *db_caption_words(const struct rp_node *caption);
void		 db_caption(struct docbook *, struct rp_node *caption);

/* ---- Rules ---- */

#define RULE_IN(fn)	enum rp_next fn(struct rp_job *, struct rp_node *, void *)
#define RULE_OUT(fn)	void fn(struct rp_job *, struct rp_node *, void *)

/* Ends the element that the enter of the rule has begun; with fill: see db_fill(). */
RULE_OUT(db_end);
RULE_OUT(db_fill_end);

RULE_IN(db_section_in);
RULE_IN(db_heading_in);
RULE_IN(db_para_in);	RULE_OUT(db_para_out);
RULE_IN(db_quote_in);
RULE_IN(db_list_in);	RULE_OUT(db_list_out);
RULE_IN(db_item_in);
RULE_IN(db_code_in);
RULE_IN(db_break_in);
RULE_IN(db_figure_in);	RULE_OUT(db_figure_out);
RULE_IN(db_defs_in);	RULE_OUT(db_defs_out);
RULE_IN(db_term_in);	RULE_OUT(db_term_out);
RULE_IN(db_def_in);	RULE_OUT(db_def_out);
RULE_IN(db_qanda_in);	RULE_OUT(db_qanda_out);
RULE_IN(db_question_in);	RULE_OUT(db_question_out);
RULE_IN(db_answer_in);	RULE_OUT(db_answer_out);
RULE_IN(db_admonition_in);	RULE_OUT(db_admonition_out);
RULE_IN(db_details_in);	RULE_OUT(db_details_out);
RULE_IN(db_div_in);

RULE_IN(db_table_in);	RULE_OUT(db_table_out);
RULE_IN(db_row_in);	RULE_OUT(db_row_out);
RULE_IN(db_cell_in);

RULE_IN(db_text_in);
RULE_IN(db_soft_break_in);
RULE_IN(db_line_break_in);
RULE_IN(db_style_in);	RULE_OUT(db_style_out);
RULE_IN(db_link_in);
RULE_IN(db_image_in);
RULE_IN(db_footnote_ref_in);

#undef RULE_IN
#undef RULE_OUT

#endif
