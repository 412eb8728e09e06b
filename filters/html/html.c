/*
 * html.c - the HTML writer: pages, and parts of pages for others.
 *
 * What is written is HTML and well-formed XML at once, so that the EPUB writer
 * can have its chapters from here (the option "chapter"), and JSON its content
 * ("fragment": what CommonMark says, and nothing around it).
 *
 * A document is rendered as an <article>, and bind puts the page around it, or
 * around all of them.
 */
#include <string.h>

#include "html.h"

static const struct rp_rule rules[RP_KIND_MAX] = {
	[RP_DOCUMENT]		= { html_document_in, html_document_out },
	[RP_TITLE]		= { html_title_in, html_title_out },
	[RP_SUBTITLE]		= { html_subtitle_in, html_subtitle_out },
	[RP_SECTION]		= { html_section_in, html_end },
	[RP_HEADING]		= { html_heading_in, html_end },
	[RP_PARAGRAPH]		= { html_paragraph_in, html_paragraph_out },
	[RP_BLOCK_QUOTE]	= { html_plain_block_in, html_end },
	[RP_LIST]		= { html_list_in, html_end },
	[RP_ITEM]		= { html_item_in, html_end },
	[RP_CODE_BLOCK]		= { html_code_block, NULL },
	[RP_THEMATIC_BREAK]	= { html_break, NULL },
	[RP_TABLE]		= { html_table_in, html_table_out },
	[RP_ROW]		= { html_row_in, html_row_out },
	[RP_CELL]		= { html_cell_in, html_end },
	[RP_CAPTION]		= { html_caption_in, html_end },
	[RP_FIGURE]		= { html_figure_in, html_end },
	[RP_DEFINITION_LIST]	= { html_plain_block_in, html_end },
	[RP_TERM]		= { html_plain_block_in, html_end },
	[RP_DEFINITION]		= { html_plain_block_in, html_end },
	[RP_QUESTION_LIST]	= { html_plain_block_in, html_end },
	[RP_QUESTION]		= { html_question_in, html_question_out },
	[RP_ANSWER]		= { html_question_in, html_question_out },
	[RP_ADMONITION]		= { html_admonition_in, html_end },
	[RP_DETAILS]		= { html_details_in, html_end },
	[RP_SUMMARY]		= { html_plain_block_in, html_end },
	[RP_DIV]		= { html_plain_block_in, html_end },
	[RP_FOOTNOTE]		= { html_note_in, html_note_out },
	[RP_COMMENT]		= { rp_leave_out, NULL },
	[RP_RAW_BLOCK]		= { html_raw_block, NULL },

	[RP_TEXT]		= { html_text, NULL },
	[RP_SOFT_BREAK]		= { html_soft_break, NULL },
	[RP_LINE_BREAK]		= { html_line_break, NULL },
	[RP_CODE]		= { html_code, NULL },
	[RP_EMPHASIS]		= { html_plain_inline_in, html_end },
	[RP_STRONG]		= { html_plain_inline_in, html_end },
	[RP_STRIKETHROUGH]	= { html_plain_inline_in, html_end },
	[RP_UNDERLINE]		= { html_plain_inline_in, html_end },
	[RP_MARK]		= { html_plain_inline_in, html_end },
	[RP_SUBSCRIPT]		= { html_plain_inline_in, html_end },
	[RP_SUPERSCRIPT]	= { html_plain_inline_in, html_end },
	[RP_KEYBOARD]		= { html_plain_inline_in, html_end },
	[RP_ABBREVIATION]	= { html_plain_inline_in, html_end },
	[RP_QUOTE]		= { html_plain_inline_in, html_end },
	[RP_LINK]		= { html_link_in, html_link_out },
	[RP_IMAGE]		= { html_image_in, NULL },
	[RP_SPAN]		= { html_span_in, html_span_out },
	[RP_FOOTNOTE_REF]	= { html_note_ref, NULL },
	[RP_RAW_INLINE]		= { html_code, NULL },
};

static const struct rp_option options[] = {
	{ "fragment", RP_BOOL, offsetof(struct html, fragment), NULL, NULL,
	    "the content alone, as CommonMark has it, without a page around it" },
	{ "chapter", RP_BOOL, offsetof(struct html, chapter), NULL, NULL,
	    "the content as a chapter of an EPUB, without a page around it" },
	{ "style", RP_BOOL, offsetof(struct html, style), "true", NULL,
	    "give the page its style sheet" },
	{ "href", RP_STRING, offsetof(struct html, href), NULL, "PATTERN",
	    "address of a document in links, % standing for its id" },
	{ "alone", RP_BOOL, offsetof(struct html, alone), NULL, NULL,
	    "write links to other documents as text" },
	{ "resources", RP_ENUM, offsetof(struct html, resources), "data", "data|path",
	    "put images into the page, or refer to them by their path" },
	{ "resource-prefix", RP_STRING, offsetof(struct html, resource_prefix), "", "PREFIX",
	    "what stands before the path of an image" },
	{ 0 }
};

static int
is(const char *value, const char *what)
{
	return value != NULL && strcmp(value, what) == 0;
}

/* What follows from the options, and from where the output goes. */
static void
settle(struct html *h, struct rp_job *job)
{
	const struct rp_node *first = job->index != NULL ? rp_first(job->index) : NULL;

	h->together = job->layout == RP_ONE_FILE && !h->fragment && !h->chapter &&
	    first != NULL && rp_next(first) != NULL;
	h->title_level = h->together ? 2 : 1;
	h->id_prefix = "";
	h->as_written = h->fragment && h->href == NULL;
	if (h->href == NULL)
		h->href = job->layout == RP_ONE_FILE ? "#%" : "%.html";
	h->x = rp_xml_open(job, job->out, RP_XML_INDENT | RP_XML_HTML);
}

static int
run(struct rp_job *job, void *state)
{
	struct html *h = state;
	int rc;

	settle(h, job);
	h->doc = rp_kind(job->root) == RP_DOCUMENT ? job->root : rp_root(job->doc);
	h->lang = html_lang_of(h->doc);
	h->rtl = is(rp_get(h->doc, RP_A_DIR), "rtl");
	if (h->together)
		h->id_prefix = rp_join(job->doc, rp_get(h->doc, RP_A_ID), ".", NULL);
	rc = rp_render(job, job->root, h);
	return rp_xml_close(h->x) == 0 ? rc : -1;
}

static int
bind(struct rp_job *job, void *state)
{
	struct html *h = state;
	int page = !h->fragment && !h->chapter;

	settle(h, job);
	if (page)
		html_page_open(h, job, h->together ? job->index : rp_first(job->index));
	for (struct rp_node *entry = rp_first(job->index); entry != NULL; entry = rp_next(entry)) {
		size_t len;
		const char *part = rp_part(job, entry, &len);

		if (part == NULL)
			continue;
		rp_xml_newline(h->x);
		rp_xml_markup(h->x, part, len);
	}
	if (page)
		html_page_close(h);
	return rp_xml_close(h->x);
}

RP_FILTER(html) = {
	RP_HEAD("html"),
	.summary = "HTML pages, or parts of pages",
	.role = RP_WRITER,
	.state_size = sizeof(struct html),
	.options = options,
	.run = run,
	.rules = rules,
	.bind = bind,
	.extension = ".html .htm",
	.media_type = "text/html",
};
