/*
 * docbook.c - the writer "docbook": DocBook 5.0.
 *
 * One document is an <article>; several are the <chapter>s of a <book>.  Whatever
 * the tree holds, the output is valid: where DocBook forbids a box in a box, a
 * quieter one stands in; where it wants a block and there is none, an empty
 * paragraph; where it has no element at all (a hard line break), the processing
 * instruction that other tools use.
 */
#include <string.h>

#include <rolepress/text.h>

#include "docbook.h"

static const struct rp_rule rules[RP_KIND_MAX] = {
	[RP_DOCUMENT] =		{ rp_pass, NULL },

	/* written where DocBook wants them, not where they stand */
	[RP_TITLE] =		{ rp_leave_out, NULL },
	[RP_SUBTITLE] =		{ rp_leave_out, NULL },
	[RP_CAPTION] =		{ rp_leave_out, NULL },
	[RP_SUMMARY] =		{ rp_leave_out, NULL },
	[RP_FOOTNOTE] =		{ rp_leave_out, NULL },

	[RP_SECTION] =		{ db_section_in, db_fill_end },
	[RP_HEADING] =		{ db_heading_in, db_end },
	[RP_PARAGRAPH] =	{ db_para_in, db_para_out },
	[RP_BLOCK_QUOTE] =	{ db_quote_in, db_fill_end },
	[RP_LIST] =		{ db_list_in, db_list_out },
	[RP_ITEM] =		{ db_item_in, db_fill_end },
	[RP_CODE_BLOCK] =	{ db_code_in, db_end },
	[RP_RAW_BLOCK] =	{ db_code_in, db_end },
	[RP_THEMATIC_BREAK] =	{ db_break_in, NULL },
	[RP_TABLE] =		{ db_table_in, db_table_out },
	[RP_ROW] =		{ db_row_in, db_row_out },
	[RP_CELL] =		{ db_cell_in, db_end },
	[RP_FIGURE] =		{ db_figure_in, db_figure_out },
	[RP_DEFINITION_LIST] =	{ db_defs_in, db_defs_out },
	[RP_TERM] =		{ db_term_in, db_term_out },
	[RP_DEFINITION] =	{ db_def_in, db_def_out },
	[RP_QUESTION_LIST] =	{ db_qanda_in, db_qanda_out },
	[RP_QUESTION] =		{ db_question_in, db_question_out },
	[RP_ANSWER] =		{ db_answer_in, db_answer_out },
	[RP_ADMONITION] =	{ db_admonition_in, db_admonition_out },
	[RP_DETAILS] =		{ db_details_in, db_details_out },
	[RP_DIV] =		{ db_div_in, NULL },
	[RP_COMMENT] =		{ rp_leave_out, NULL },

	[RP_TEXT] =		{ db_text_in, NULL },
	[RP_SOFT_BREAK] =	{ db_soft_break_in, NULL },
	[RP_LINE_BREAK] =	{ db_line_break_in, NULL },
	[RP_CODE] =		{ db_style_in, db_style_out },
	[RP_RAW_INLINE] =	{ db_style_in, db_style_out },
	[RP_EMPHASIS] =		{ db_style_in, db_style_out },
	[RP_STRONG] =		{ db_style_in, db_style_out },
	[RP_STRIKETHROUGH] =	{ db_style_in, db_style_out },
	[RP_UNDERLINE] =	{ db_style_in, db_style_out },
	[RP_MARK] =		{ db_style_in, db_style_out },
	[RP_SUBSCRIPT] =	{ db_style_in, db_style_out },
	[RP_SUPERSCRIPT] =	{ db_style_in, db_style_out },
	[RP_KEYBOARD] =		{ db_style_in, db_style_out },
	[RP_ABBREVIATION] =	{ db_style_in, db_style_out },
	[RP_QUOTE] =		{ db_style_in, db_style_out },
	[RP_SPAN] =		{ db_style_in, db_style_out },
	[RP_LINK] =		{ db_link_in, db_end },
	[RP_IMAGE] =		{ db_image_in, NULL },
	[RP_FOOTNOTE_REF] =	{ db_footnote_ref_in, NULL },
};

/* ---- Elements ---- */

/* What the node has for the element; a DIV, for which there is none, hands down to
 * its blocks what they do not say themselves. */
static const char *
get(const struct rp_node *n, enum rp_attr a)
{
	const char *v;

	while ((v = rp_get(n, a)) == NULL && (n = rp_parent(n)) != NULL && rp_kind(n) == RP_DIV)
		;
	return v;
}

/* Most nodes have nothing to say. */
static int
says_nothing(const struct rp_node *n)
{
	const struct rp_node *up = rp_parent(n);

	return rp_attr_from(n, 0) == RP_ATTR_MAX && (up == NULL || rp_kind(up) != RP_DIV);
}

static void
common(struct docbook *s, const struct rp_node *n, const char *role)
{
	const char *id, *lang, *class;

	if (says_nothing(n)) {
		rp_xml_attr(s->x, "role", role);
		return;
	}
	id = rp_get(n, RP_A_ID);
	lang = get(n, RP_A_LANG);
	class = get(n, RP_A_CLASS);
	if (id != NULL)
		rp_xml_attr(s->x, "xml:id", db_place(s, id));
	if (lang != NULL && strcmp(lang, "und") != 0)
		rp_xml_attr(s->x, "xml:lang", lang);
	rp_xml_attr(s->x, "dir", get(n, RP_A_DIR));
	if (role != NULL && class != NULL)
		role = rp_join(s->job->doc, role, " ", class, NULL);
	rp_xml_attr(s->x, "role", role != NULL ? role : class);
}

void
db_block(struct docbook *s, const char *name, const struct rp_node *n, const char *role)
{
	rp_xml_block(s->x, name);
	common(s, n, role);
}

void
db_inline(struct docbook *s, const char *name, const struct rp_node *n, const char *role)
{
	rp_xml_start(s->x, name);
	common(s, n, role);
}

void
db_end(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	(void)n;
	rp_xml_end(s->x);
}

void
db_fill_end(struct rp_job *job, struct rp_node *n, void *state)
{
	db_fill(state, n);
	db_end(job, n, state);
}

void
db_fill(struct docbook *s, struct rp_node *n)
{
	if (!db_has_blocks(n))
		db_para(s, NULL, "");
}

void
db_para(struct docbook *s, const char *role, const char *words)
{
	rp_xml_block(s->x, "para");
	rp_xml_attr(s->x, "role", role);
	rp_xml_text(s->x, words);
	rp_xml_end(s->x);
}

void
db_inside(struct docbook *s, const struct rp_node *n)
{
	struct rp_node *c;

	for (c = rp_first(n); c != NULL; c = rp_next(c))
		rp_render(s->job, c, s);
}

void
db_title(struct docbook *s, const char *name, const struct rp_node *n, enum rp_label untitled)
{
	rp_xml_block(s->x, name);
	if (n != NULL)
		common(s, n, NULL);
	if (n != NULL && rp_first(n) != NULL)
		db_inside(s, n);
	else
		rp_xml_text(s->x, rp_label(untitled, s->lang));
	rp_xml_end(s->x);
}

/* ---- A document ---- */

static int
is_alone(const struct rp_job *job)
{
	return job->layout == RP_FILE_EACH || job->index == NULL ||
	    rp_next(rp_first(job->index)) == NULL;
}

static void
document_in(struct docbook *s, int alone)
{
	const struct rp_node *root = s->job->root;
	const char *id = rp_get(root, RP_A_ID), *dir = rp_get(root, RP_A_DIR);

	rp_xml_block(s->x, alone ? "article" : "chapter");
	if (alone) {
		rp_xml_attr(s->x, "xmlns", "http://docbook.org/ns/docbook");
		rp_xml_attr(s->x, "xmlns:xlink", "http://www.w3.org/1999/xlink");
		rp_xml_attr(s->x, "version", "5.0");
	}
	rp_xml_attr(s->x, "xml:id", db_id(s->job->doc, id, NULL));
	if (strcmp(s->lang, "und") != 0)
		rp_xml_attr(s->x, "xml:lang", s->lang);
	if (dir != NULL && strcmp(dir, "rtl") == 0)
		rp_xml_attr(s->x, "dir", dir);
	db_info(s, alone);
}

/* A chapter is never empty: notes and relations are sections as well. */
static void
document_out(struct docbook *s)
{
	int more = db_notes_at_end(s) | db_relations(s);

	if (!more)
		db_fill(s, s->job->root);
	rp_xml_end(s->x);
}

static int
run(struct rp_job *job, void *state)
{
	int alone = is_alone(job), flags = RP_XML_INDENT | (alone ? RP_XML_DECLARATION : 0);
	struct docbook *s = state;
	const char *lang = rp_get(rp_root(job->doc), RP_A_LANG);
	int rc;

	s->job = job;
	s->lang = lang != NULL ? lang : "und";
	s->x = rp_xml_open(job, job->out, flags);
	db_find_notes(s);
	document_in(s, alone);
	rc = rp_render(job, job->root, s);
	document_out(s);
	return rp_xml_close(s->x) == 0 ? rc : -1;
}

RP_FILTER(docbook) = {
	RP_HEAD("docbook"),
	.summary = "DocBook 5.0: an article, or a book with parts and chapters",
	.role = RP_WRITER,
	.state_size = sizeof(struct docbook),
	.run = run,
	.rules = rules,
	.bind = db_bind,
	.extension = ".xml .dbk",
	.media_type = "application/docbook+xml",
};
