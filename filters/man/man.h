/*
 * man.h - what the parts of the man writer share.
 *
 * Inline content goes through man_text() and its like, never straight to the
 * emitter: a cell of a table is measured by the same rules that write it.
 */
#ifndef MAN_H
#define MAN_H

#include <rolepress/emit.h>
#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum {
	PAGE_COLUMNS	= 71,	/* of text, on a terminal of 80: 7 left, 2 right */
	BOX_INDENT	= 4,
	MOST_INDENT	= 36	/* what is deeper stays there, so that text has room */
};

/* What was written last, and so how the next block begins. */
enum start {
	APART,		/* a block: with a paragraph macro */
	HEADED,		/* a section's heading: at once */
	TAGGED,		/* a tag (a list's mark, a term): on its line or below it */
	LABELLED,	/* a line that belongs to what comes: on a new line */
	CLOSE		/* the same, but the line has been broken */
};

/* An indented part of the page.  Its .RS is written when something stands in it. */
struct level {
	struct level	*up;
	int		 indent, total;
	int		 open;
	int		 tight;		/* no blank lines in it */
};

struct list {
	struct list	*up;
	int		 ordered, tight;
	long		 number;	/* of the next item */
	const char	*delimiter;
	int		 width;		/* of the widest number, and what follows it */
};

/* Kana and Han: ideographs of two columns; most of what is asked about. */
static inline int
man_is_common(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FA5) || (cp >= 0x3041 && cp <= 0x3096) ||
	    (cp >= 0x30A1 && cp <= 0x30FA);
}

/* How wide text is that was measured and not written, in columns. */
struct measure {
	size_t	 total;
	size_t	 word, longest;		/* the last one, and what cannot be broken */
	int	 broken;		/* has hard line breaks */
};

/* Where a link leads, and its text if that is anywhere else. */
struct lead {
	const struct rp_node	*link;		/* NULL: none */
	const char		*text, *page, *address;
};

struct man {
	const char	*section, *manual, *date;	/* options */

	struct rp_job	*job;
	struct rp_roff	*r;
	struct measure	*measure;	/* NULL: written */
	const char	*lang, *name;
	struct level	*level;
	struct list	*list;
	enum start	 start;
	int		 in_section;	/* a first heading has been written */
	int		 spaced;	/* paragraphs are apart: .PD */
	int		 printed;	/* the paragraph has begun */
	int		 breaks;	/* hard line breaks that nothing followed yet */
	int		 one_line;	/* a heading or tag */
	struct lead	 lead;		/* of the latest link */
	const char	*addresses;	/* of a heading, written below it; else NULL */
	int		 hanging;	/* the paragraph's first line is a tag */
	int		 in_cell;
};

/* page.c: the page as a whole */
enum rp_next	man_document_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_title_in(struct rp_job *, struct rp_node *, void *);
void		man_title_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_subtitle_in(struct rp_job *, struct rp_node *, void *);
void		man_subtitle_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_heading_in(struct rp_job *, struct rp_node *, void *);
void		man_heading_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_footnote_in(struct rp_job *, struct rp_node *, void *);
void		man_footnote_out(struct rp_job *, struct rp_node *, void *);
/* A section heading of the page's own. */
void		man_section(struct man *, const char *heading);

/* end.c: what the page is filed under, and where to go from it */
void		man_document_out(struct rp_job *, struct rp_node *, void *);

/* name.c: what pages are called, and where they lie */
const char	*man_name(struct rp_job *, const struct rp_node *document);
const char	*man_path(struct rp_job *, void *);

/* level.c: paragraphs, indents, and the space between */
void		man_begin(struct man *);		/* a paragraph */
void		man_begin_block(struct man *);		/* what does not flow: code, a table */
void		man_line(struct man *);			/* ends a paragraph */
void		man_label(struct man *, const char *);	/* a bold line for what comes */
void		man_open(struct man *, int indent);
void		man_close(struct man *);
/* A list's mark, and the level for what stands beside it. */
void		man_tag(struct man *, int apart, const char *mark, int width);
/* Likewise; the tag is the line that comes, and opens no level. */
void		man_tag_line(struct man *, int apart, int width);
int		man_first_apart(const struct man *);	/* does a list begin with a blank line? */
void		man_space(struct man *, int apart);
int		man_is_visible(const char *);
int		man_is_empty(const struct rp_node *);
const char	*man_number(struct rp_job *, long);
int		man_is(const char *, const char *);	/* equal, and not NULL */

/* inline.c */
void		man_text(struct man *, const char *);
void		man_literal(struct man *, const char *);	/* what is typed: code, addresses */
void		man_font(struct man *, char);
void		man_font_end(struct man *);
void		man_page_ref(struct man *, const char *name);
enum rp_next	man_text_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_soft_break(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_line_break(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_code(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_bold_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_italic_in(struct rp_job *, struct rp_node *, void *);
void		man_font_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_strike_in(struct rp_job *, struct rp_node *, void *);
void		man_strike_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_script_in(struct rp_job *, struct rp_node *, void *);
void		man_abbreviation_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_quote_in(struct rp_job *, struct rp_node *, void *);
void		man_quote_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_link_in(struct rp_job *, struct rp_node *, void *);
void		man_link_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_image_in(struct rp_job *, struct rp_node *, void *);
void		man_image_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_note_ref(struct rp_job *, struct rp_node *, void *);

/* block.c */
enum rp_next	man_paragraph_in(struct rp_job *, struct rp_node *, void *);
void		man_paragraph_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_box_in(struct rp_job *, struct rp_node *, void *);
void		man_box_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_list_in(struct rp_job *, struct rp_node *, void *);
void		man_list_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_item_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_term_in(struct rp_job *, struct rp_node *, void *);
void		man_term_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_definition_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_question_in(struct rp_job *, struct rp_node *, void *);
void		man_question_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_answer_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_admonition_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_details_in(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_summary_in(struct rp_job *, struct rp_node *, void *);
void		man_summary_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_caption_in(struct rp_job *, struct rp_node *, void *);
void		man_caption_out(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_code_block(struct rp_job *, struct rp_node *, void *);
enum rp_next	man_break(struct rp_job *, struct rp_node *, void *);

/* table.c, rows.c */
enum rp_next	man_table_in(struct rp_job *, struct rp_node *, void *);
void		man_rows(struct man *, struct rp_node *table);	/* a table as a list */
/* Does a cell hold nothing but a line of text?  And writes that. */
int		man_is_line(const struct rp_node *cell);
void		man_cell(struct man *, struct rp_node *cell);

#endif
