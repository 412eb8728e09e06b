/*
 * pandoc.h - between the files of the writer "pandoc".
 *
 *	pandoc.c  the descriptor, and a whole folder as one document
 *	attr.c    what pandoc calls Attr: id, classes, keys and values
 *	block.c   blocks; what pandoc has no block for is a Div with a class
 *	figure.c  figures
 *	list.c    lists of all kinds
 *	table.c   tables, grid.c which column a cell stands in
 *	inline.c  inlines; what pandoc has none for is a Span with a class
 *	resource.c  files that images show
 *	note.c    footnotes, which stand where they are referred to
 *	flat.c    whether sections come back from their headings alone
 *	meta.c    front matter, and what templates expect there
 *	side.c    the key "rolepress": what comes back but is not for pandoc
 *	places.c  positions in the source
 *
 * The reader filters/pandoc-reader/ takes back what is written here.
 */
#ifndef PANDOC_H
#define PANDOC_H

#include <rolepress/emit.h>

/* Attributes as a set. */
typedef uint64_t attr_set;
#define ATTR(a)	((attr_set)1 << RP_A_##a)

struct note;

/* Boxes that can be left out; below so many open ones, all are put down. */
enum { MOST_BOXES = 1024 };

struct pandoc {
	const char	*api;		/* options */
	int		 positions, clean;
	int		 minor;		/* of the API: 22 or 23 */
	struct rp_job	*job;
	struct rp_json	*j;
	const char	*prefix;	/* of every id; NULL: ids are as they are */
	int		 flat;		/* sections are told by their headings */
	int		 bare[MOST_BOXES];	/* whether the boxes that are open are not put down */
	int		 boxes;
	struct note	*notes;		/* sorted by id */
	size_t		 note_count;
	const struct rp_node **resources;	/* sorted by name; NULL until asked for */
	size_t		 resource_count;
};

/* ---- pandoc.c: {"t": type, "c": ...} ---- */

void	pd_el_open(struct pandoc *, const char *type);	/* its content follows */
void	pd_el_close(struct pandoc *);
void	pd_el_alone(struct pandoc *, const char *type);	/* without content */
void	pd_str_el(struct pandoc *, const char *text);
/* type: RawBlock or RawInline. */
void	pd_raw_el(struct pandoc *, const char *type, const char *format, const char *text);

/* ---- attr.c ---- */

/* Words of the class, cut off one by one; NULL: no more. */
const char *pd_class_word(const char **at, size_t *len);
/* Is there more to say of the node than its form does?  The form says said. */
int	pd_attr_more(const struct rp_node *, attr_set said);
/*
 * The node's Attr: class first, then its own.  said: what need not be put down, since
 * the form says it; unset: what the form would say, though the node does not.
 */
void	pd_attr_put(struct pandoc *, const struct rp_node *, const char *first_class, attr_set said,
	    attr_set unset);
/* Is a class or key one that a clean export has not? */
int	pd_is_hidden(const struct pandoc *, const char *word);
void	pd_attr_empty(struct pandoc *);
/* The same in pieces: for what two nodes say together. */
void pd_attr_begin(struct pandoc *, const char *id, const char *first_class, const char *classes);
void	pd_attr_pairs(struct pandoc *, const struct rp_node *, const char *prefix, attr_set said);
void	pd_attr_pair(struct pandoc *, const char *key, const char *value);
void	pd_attr_end(struct pandoc *);
/* The format of raw text that the reader keeps as code; NULL: it is code. */
const char *pd_raw_format(struct rp_doc *, const struct rp_node *code);
const char *pd_id_of(struct pandoc *, const char *id);
const char *pd_number_text(struct rp_doc *, long);
/* An attribute's value as text; NULL if not set. */
const char *pd_attr_text(struct rp_doc *, const struct rp_node *, enum rp_attr);

/* ---- block.c ---- */

void	pd_blocks(struct pandoc *, const struct rp_node *parent);
/* From this child on; loose inlines are put into a Plain. */
void	pd_blocks_from(struct pandoc *, const struct rp_node *first);
void	pd_block(struct pandoc *, const struct rp_node *);
void	pd_para(struct pandoc *, const struct rp_node *, const char *type);
/*
 * A Div or Span of this class; its content follows.  In a clean export it is none if it
 * has nothing to say.
 */
void	pd_box_open(struct pandoc *, const char *type, const struct rp_node *, const char *class,
	    attr_set said, attr_set unset);
void	pd_box_close(struct pandoc *);
/* A Div of the node's kind; pd_box_close() must follow. */
void	pd_div_open(struct pandoc *, const struct rp_node *, attr_set said);

/* ---- figure.c, list.c, table.c ---- */

void	pd_figure(struct pandoc *, const struct rp_node *);
void	pd_list(struct pandoc *, const struct rp_node *);
void	pd_definition_list(struct pandoc *, const struct rp_node *);
void	pd_question_list(struct pandoc *, const struct rp_node *);
void	pd_table(struct pandoc *, const struct rp_node *);
/* [short caption, blocks] of a CAPTION or NULL. */
void	pd_caption(struct pandoc *, const struct rp_node *);

/* ---- grid.c ---- */

struct place {
	const struct rp_node	*cell;
	long			 column;
	int			 row;
};

struct grid {
	struct place	*places;	/* of all cells, in their order */
	size_t		 count;
	long		 columns;
	int		 rows;
};

struct grid pd_grid_of(struct rp_doc *, const struct rp_node *table);

/* ---- inline.c ---- */

void	pd_inlines(struct pandoc *, const struct rp_node *parent);
void	pd_inlines_run(struct pandoc *, const struct rp_node *first, const struct rp_node *end);
int	pd_is_inline(const struct rp_node *);
/* caption: an IMAGE that is a figure, in API 1.22; NULL otherwise. */
void	pd_image(struct pandoc *, const struct rp_node *, const struct rp_node *caption);

/* ---- resource.c ---- */

/* The address of a RESOURCE's file from the working directory; NULL if there is none. */
const char *pd_resource_path(struct pandoc *, const char *name);

/* ---- note.c ---- */

void	pd_notes_find(struct pandoc *);
void	pd_note_ref(struct pandoc *, const struct rp_node *ref);
/* The FOOTNOTE has no place of its own in the text. */
int	pd_note_is_loose(const struct pandoc *, const struct rp_node *footnote);

/* ---- flat.c, meta.c, side.c, places.c ---- */

int	pd_is_flat(const struct rp_node *root);
void	pd_meta(struct pandoc *);
/* The META value that templates get under key; NULL: the front matter's own. */
const char *pd_meta_made(struct pandoc *, const char *key);
extern const char *const pd_meta_keys[];
unsigned pd_hash_of(const char *, size_t);
const char *pd_side(struct pandoc *);
const char *pd_places(struct pandoc *);

#endif
