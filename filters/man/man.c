/*
 * man.c - the writer "man": one manual page in man(7) per document.
 *
 * A page is plain roff with the macros that groff and mandoc share, and the
 * preprocessor tbl(1).  Paragraphs are filled by whoever shows the page, at the
 * width that the reader has; nothing is set line by line.
 */
#include "man.h"

static const struct rp_rule rules[RP_KIND_MAX] = {
	[RP_DOCUMENT]		= { man_document_in, man_document_out },
	[RP_TITLE]		= { man_title_in, man_title_out },
	[RP_SUBTITLE]		= { man_subtitle_in, man_subtitle_out },
	[RP_SECTION]		= { rp_pass, NULL },
	[RP_HEADING]		= { man_heading_in, man_heading_out },
	[RP_PARAGRAPH]		= { man_paragraph_in, man_paragraph_out },
	[RP_BLOCK_QUOTE]	= { man_box_in, man_box_out },
	[RP_LIST]		= { man_list_in, man_list_out },
	[RP_ITEM]		= { man_item_in, man_box_out },
	[RP_CODE_BLOCK]		= { man_code_block, NULL },
	[RP_THEMATIC_BREAK]	= { man_break, NULL },
	[RP_TABLE]		= { man_table_in, NULL },
	[RP_ROW]		= { rp_pass, NULL },		/* table.c takes rows and cells */
	[RP_CELL]		= { rp_pass, NULL },
	[RP_CAPTION]		= { man_caption_in, man_caption_out },
	[RP_FIGURE]		= { rp_pass, NULL },
	[RP_DEFINITION_LIST]	= { rp_pass, NULL },
	[RP_TERM]		= { man_term_in, man_term_out },
	[RP_DEFINITION]		= { man_definition_in, man_box_out },
	[RP_QUESTION_LIST]	= { rp_pass, NULL },
	[RP_QUESTION]		= { man_question_in, man_question_out },
	[RP_ANSWER]		= { man_answer_in, man_box_out },
	[RP_ADMONITION]		= { man_admonition_in, man_box_out },
	[RP_DETAILS]		= { man_details_in, man_box_out },
	[RP_SUMMARY]		= { man_summary_in, man_summary_out },
	[RP_DIV]		= { rp_pass, NULL },
	[RP_FOOTNOTE]		= { man_footnote_in, man_footnote_out },
	[RP_COMMENT]		= { rp_leave_out, NULL },
	[RP_RAW_BLOCK]		= { man_code_block, NULL },

	[RP_TEXT]		= { man_text_in, NULL },
	[RP_SOFT_BREAK]		= { man_soft_break, NULL },
	[RP_LINE_BREAK]		= { man_line_break, NULL },
	[RP_CODE]		= { man_code, NULL },
	[RP_EMPHASIS]		= { man_italic_in, man_font_out },
	[RP_STRONG]		= { man_bold_in, man_font_out },
	[RP_STRIKETHROUGH]	= { man_strike_in, man_strike_out },
	[RP_UNDERLINE]		= { man_italic_in, man_font_out },
	[RP_MARK]		= { man_bold_in, man_font_out },
	[RP_SUBSCRIPT]		= { man_script_in, NULL },
	[RP_SUPERSCRIPT]	= { man_script_in, NULL },
	[RP_KEYBOARD]		= { man_bold_in, man_font_out },
	[RP_ABBREVIATION]	= { rp_pass, man_abbreviation_out },
	[RP_QUOTE]		= { man_quote_in, man_quote_out },
	[RP_LINK]		= { man_link_in, man_link_out },
	[RP_IMAGE]		= { man_image_in, man_image_out },
	[RP_SPAN]		= { rp_pass, NULL },
	[RP_FOOTNOTE_REF]	= { man_note_ref, NULL },
	[RP_RAW_INLINE]		= { man_code, NULL },
};

static const struct rp_option options[] = {
	{ "section", RP_ENUM, offsetof(struct man, section), "7", "1|2|3|4|5|6|7|8|9",
	    "section of the manual" },
	{ "manual", RP_STRING, offsetof(struct man, manual), NULL, "TITLE",
	    "what stands in the middle of the header; else the handbook's title" },
	{ "date", RP_STRING, offsetof(struct man, date), NULL, "YYYY-MM-DD",
	    "date of every page that gives none itself" },
	{ 0 }
};

static int
run(struct rp_job *job, void *state)
{
	struct man *m = state;
	int rc;

	m->job = job;
	m->r = rp_roff_open(job, job->out);
	m->lang = rp_get(job->root, RP_A_LANG);
	m->name = man_name(job, job->root);
	m->spaced = 1;
	rc = rp_render(job, job->root, m);
	return rp_roff_close(m->r) == 0 ? rc : -1;
}

RP_FILTER(man) = {
	RP_HEAD("man"),
	.summary = "manual pages, one per document, for man(1)",
	.role = RP_WRITER,
	.state_size = sizeof(struct man),
	.options = options,
	.run = run,
	.rules = rules,
	.extension = ".7 .1 .2 .3 .4 .5 .6 .8 .9",
	.media_type = "text/troff",
	.path = man_path,
};
