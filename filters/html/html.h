/*
 * html.h - what the files of the HTML writer share.
 *
 *	html.c		options, the table of rules, what is rendered when
 *	block.c		rules for blocks
 *	table.c		rules for tables
 *	inline.c	rules for inlines
 *	note.c		footnotes, and what refers to them
 *	place.c		ids, and addresses of documents, places and images
 *	url.c		addresses outside, with hosts by punycode.c
 *	page.c		what stands around a document: head, contents, see also
 */
#ifndef HTML_H
#define HTML_H

#include <rolepress/emit.h>
#include <rolepress/text.h>

struct html_table;
struct html_notes;

struct html {
	/* Options. */
	int			 fragment, chapter, style, alone;
	const char		*href;
	const char		*resources, *resource_prefix;

	/* The document's. */
	struct rp_xml		*x;
	const struct rp_node	*doc;		/* its DOCUMENT, or a copy */
	const char		*lang;
	int			 rtl;
	int			 as_written;	/* addresses are those of the source */
	int			 together;	/* in one page with other documents */
	const char		*id_prefix;	/* keeps its ids apart from theirs */
	int			 title_level;	/* of its title among the page's headings */
	struct html_notes	*notes;
	struct html_table	*table;		/* the innermost open one */
};

/* block.c.  Elements carry what a node has of id, class, lang and dir. */
void	html_attrs(struct html *, struct rp_job *, const struct rp_node *, const char *class);
void	html_block(struct html *, struct rp_job *, const struct rp_node *, const char *element,
	    const char *class);
/* An element with a text that is not the document's. */
void	html_line(struct html *, const char *element, const char *class, const char *text);
/* Opens a heading of that level: h1 to h6, and beyond. */
void	html_heading(struct html *, long level);
/* Code reads from left to right in any text. */
void	html_ltr(struct html *, const struct rp_node *);
/* lang, and xml:lang where the markup is read as XML. */
void	html_lang(struct html *, const char *lang);
/* A document's language; "und" if nobody knows. */
const char *html_lang_of(const struct rp_node *doc);

/* place.c */
const char	*html_id(const struct html *, struct rp_job *, const char *id);
/* The address of a place (NULL: the document itself); NULL if there is to be no link. */
const char	*html_address(const struct html *, struct rp_job *, const char *target,
		    const char *fragment);
/* Where an image is to be found, and its RESOURCE if it has one; NULL: nowhere. */
const char	*html_image(const struct html *, struct rp_job *, const struct rp_node *,
		    const struct rp_node **resource);

/* url.c */
/* Escapes every byte that is neither a letter or digit nor one of keep. */
char		*html_escape(struct rp_job *, const char *, const char *keep);
/* The URL of what was written; NULL where it would be of no use. */
const char	*html_url(const struct html *, struct rp_job *, const char *url);

/* punycode.c */
const char	*html_punycode(struct rp_doc *, const char *label);


/* note.c */
void	html_find_notes(struct html *, struct rp_job *, struct rp_node *doc);
void	html_back_links(struct html *, struct rp_job *, const struct rp_node *note);

/* page.c */
/* From the doctype to the beginning of the content of a page for that entry of
 * the index, or for all of it (the INDEX itself). */
void	html_page_open(struct html *, struct rp_job *, const struct rp_node *about);
void	html_page_close(struct html *);
void	html_front(struct html *, struct rp_job *);	/* after a document's title */
void	html_see_also(struct html *, struct rp_job *);	/* after its text */

/* The rules. */
typedef enum rp_next html_in(struct rp_job *, struct rp_node *, void *);
typedef void html_out(struct rp_job *, struct rp_node *, void *);

html_in		html_document_in, html_title_in, html_subtitle_in, html_section_in,
		html_heading_in, html_paragraph_in, html_list_in, html_item_in, html_code_block,
		html_raw_block, html_figure_in, html_caption_in, html_question_in,
		html_admonition_in, html_details_in, html_plain_block_in, html_break;
html_out	html_document_out, html_title_out, html_subtitle_out, html_paragraph_out,
		html_question_out, html_end;
html_in		html_table_in, html_row_in, html_cell_in;
html_out	html_table_out, html_row_out;
html_in		html_text, html_soft_break, html_line_break, html_code, html_plain_inline_in,
		html_span_in, html_link_in, html_image_in;
html_out	html_span_out, html_link_out;
html_in		html_note_in, html_note_ref;
html_out	html_note_out;

#endif
