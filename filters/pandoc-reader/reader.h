/*
 * reader.h - between the files of the reader "pandoc".
 *
 *	reader.c   the descriptor, and the document as a whole
 *	value.c    values of JSON, and where in the document they stand
 *	attr.c     pandoc's Attr to attributes
 *	block.c    blocks, div.c what a Div stands for
 *	list.c     lists of all kinds
 *	table.c    tables
 *	inline.c   inlines, span.c what a Span stands for
 *	note.c     footnotes
 *	section.c  sections, of a document that had them
 *	meta.c     metadata to front matter
 *	side.c     the key "rolepress" of the metadata
 *	places.c   positions in the source
 *
 * What comes from the writer filters/pandoc/ becomes the tree that it was made from;
 * that writer's files say how it is put down.
 */
#ifndef READER_H
#define READER_H

#include <jansson.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

/* Where a value stands in the document: "blocks[3].c[1]". */
struct at {
	const struct at	*up;
	const char	*key;		/* NULL: the index counts */
	size_t		 index;
};

/* What our tree has no node for; said once each. */
enum kept { KEPT_CITE, KEPT_MATH, KEPT_SMALL_CAPS, KEPT_NUMBERING, KEPT_RAW, KEPT_META, KEPT_NOTE,
	KEPT_LINES, KEPT_SHORT_CAPTION, KEPT_MAX };

enum { DEEPEST_SECTION = 6 };

struct reader {
	struct rp_job	*job;
	struct rp_doc	*doc;
	int		 minor;		/* of the API's version, 1.MINOR */
	int		 failed;	/* a diagnostic has said why */
	int		 depth, told_deep;
	unsigned	 told;		/* by enum kept */
	char		*text;		/* of Str and Space that stand side by side */
	size_t		 text_len, text_cap;
	int		 has_raw;
	const json_t	*side;		/* NULL: not one of ours */
	json_t		*side_root;
	int		 flat;
	struct rp_node	*open[DEEPEST_SECTION];
	int		 open_count;
	int		 plain;		/* only the text is wanted: no footnotes */
	struct rp_node	*notes;		/* holds the FOOTNOTEs until the end */
	json_t		*note_ids;	/* a set */
	size_t		 note_count;
	int		 new_notes;
};

/* ---- value.c ---- */

void	pr_wrong(struct reader *, const struct at *, const char *what);
void	pr_kept(struct reader *, enum kept);
/* The list, or NULL if it is none, or shorter. */
const json_t *pr_list_of(struct reader *, const struct at *, const json_t *, size_t least);
const char *pr_string_of(struct reader *, const struct at *, const json_t *);
long	pr_int_of(struct reader *, const struct at *, const json_t *);
const char *pr_number(struct rp_doc *, size_t);
int	pr_is_type(const json_t *, const char *type);
/* The name after "t"; NULL: it is no element.  *content: what stands after "c". */
const char *pr_element_of(struct reader *, const struct at *, const json_t *, const json_t **content);
struct at pr_below(const struct at *, size_t index);

/* ---- attr.c ---- */

void	pr_attr_apply(struct reader *, const struct at *, const json_t *attr, struct rp_node *,
	    const char *without_class);
/* The pairs whose names begin with "rolepress-" and this. */
void	pr_attr_prefixed(struct reader *, const json_t *attr, struct rp_node *, const char *prefix);
void	pr_attr_set(struct reader *, struct rp_node *, const char *name, const char *value);
const char *pr_attr_class(const json_t *attr, size_t n);		/* NULL: none */
int	pr_attr_has_class(const json_t *attr, const char *word);
const char *pr_attr_value(const json_t *attr, const char *key);
/* The kind of a class "rolepress-KIND"; RP_KIND_MAX if it is no such class. */
enum rp_kind pr_attr_kind(const json_t *attr);
/* An Attr that can be used as such. */
int	pr_attr_check(struct reader *, const struct at *, const json_t *attr);
const char *pr_clean(struct reader *, const char *);

/* ---- block.c, div.c ---- */

void	pr_read_blocks(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_block(struct reader *, const struct at *, const json_t *, struct rp_node *into);
/* Blocks where inlines can stand by themselves: a Plain is not wrapped. */
void	pr_read_flow(struct reader *, const struct at *, const json_t *, struct rp_node *into);
/* Blocks where only inlines can stand. */
void pr_read_as_inlines(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_div(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_caption(struct reader *, const struct at *, const json_t *, struct rp_node *into);
/* A new node at the end of into; into itself where it would be too deep, or could not
 * stand.  pr_leave() must follow. */
struct rp_node *pr_enter(struct reader *, enum rp_kind, struct rp_node *into);
void	pr_leave(struct reader *, const struct rp_node *made, const struct rp_node *into);

/* ---- list.c, table.c, section.c ---- */

void	pr_read_bullets(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_numbers(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void pr_read_definitions(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_questions(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_table(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_header(struct reader *, const struct at *, const json_t *, struct rp_node *into);
/* Where the next block of the document goes. */
struct rp_node *pr_section_now(struct reader *);

/* ---- inline.c, span.c, note.c ---- */

void	pr_read_inlines(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_span(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_note(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_read_note_ref(struct reader *, const struct at *, const json_t *, struct rp_node *into);
void	pr_add_text(struct reader *, struct rp_node *into, const char *, size_t);
struct rp_node *pr_add_footnote(struct reader *);
void	pr_notes_place(struct reader *);

/* ---- meta.c, side.c, places.c ---- */

void	pr_read_meta(struct reader *, const struct at *, const json_t *);
/* A value's text; *marked: there is more to it than text. */
const char *pr_meta_text(struct reader *, const struct at *, const json_t *, int *marked);
void	pr_side_open(struct reader *, const json_t *meta);
void	pr_side_close(struct reader *);
/* Attributes, position and text of a node as side.c of the writer puts them. */
void	pr_side_node(struct reader *, const json_t *, struct rp_node *);
void	pr_side_document(struct reader *, const json_t *meta);
/* Is it the name of a file that this run has found?  Others are not believed. */
int	pr_is_found(const struct reader *, const char *name);
void	pr_side_give(struct reader *);
const char *pr_side_string(const json_t *, const char *key);
unsigned pr_hash_of(const char *, size_t, unsigned from);
void	pr_places_put(struct reader *, const char *list);

#endif
