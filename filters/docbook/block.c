/*
 * block.c - rules for blocks.
 */
#include <string.h>

#include <rolepress/text.h>

#include "docbook.h"

/* ---- Sections and headings ---- */

enum rp_next
db_section_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	db_block(s, "section", n, rp_get(n, RP_A_ROLE));
	if (db_heading(n) == NULL)
		db_title(s, "title", NULL, RP_L_UNTITLED);
	return RP_CHILDREN;
}

enum rp_next
db_heading_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const char *const as[] = { "sect1", "sect2", "sect3", "sect4", "sect5" };
	long level = rp_get_int(n, RP_A_LEVEL, 2) - 2;
	struct docbook *s = state;

	(void)job;
	if (db_heading(rp_parent(n)) == n) {
		db_block(s, "title", n, NULL);
	} else {
		db_block(s, "bridgehead", n, NULL);
		rp_xml_attr(s->x, "renderas", as[level < 0 ? 0 : level > 4 ? 4 : level]);
	}
	if (rp_first(n) == NULL)
		rp_xml_text(s->x, rp_label(RP_L_UNTITLED, s->lang));
	return RP_CHILDREN;
}

/* ---- Paragraphs and other simple blocks ---- */

/* The paragraph's image, if that is all there is: then it is a block itself. */
static const struct rp_node *
only_image(const struct rp_node *para)
{
	const struct rp_node *n = rp_first(para);

	return n != NULL && rp_next(n) == NULL && rp_kind(n) == RP_IMAGE &&
	    rp_has(n, RP_A_RESOURCE) && !rp_has(para, RP_A_ID) ? n : NULL;
}

static const char *
check_mark(const struct rp_node *item)
{
	return rp_get_int(item, RP_A_CHECKED, 0) ? "\u2611 " : "\u2610 ";
}

static int
begins_task(const struct rp_node *n)
{
	const struct rp_node *up = rp_parent(n);

	return rp_prev(n) == NULL && rp_kind(up) == RP_ITEM && rp_has(up, RP_A_CHECKED);
}

enum rp_next
db_para_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	if (only_image(n) != NULL && !begins_task(n)) {
		db_image(s, only_image(n), 1);
		return RP_SKIP;
	}
	db_block(s, "para", n, NULL);
	if (begins_task(n))
		rp_xml_text(s->x, check_mark(rp_parent(n)));
	return RP_CHILDREN;
}

void
db_para_out(struct rp_job *job, struct rp_node *n, void *state)
{
	if (only_image(n) == NULL || begins_task(n))
		db_end(job, n, state);
}

enum rp_next
db_quote_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	db_block(state, "blockquote", n, NULL);
	return RP_CHILDREN;
}

/* The first word of the info string is the language. */
enum rp_next
db_code_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const char *info = rp_get(n, RP_A_INFO), *text = rp_text(n);
	size_t word = info != NULL ? strcspn(info, " \t,{") : 0, len = rp_text_len(n);
	struct docbook *s = state;

	db_block(s, "programlisting", n, NULL);
	if (word > 0)
		rp_xml_attr(s->x, "language", rp_dup(job->doc, info, word));
	if (len > 0 && text[len - 1] == '\n')
		text = rp_dup(job->doc, text, len - 1);
	rp_xml_text(s->x, text);
	return RP_SKIP;
}

/* DocBook has sections, and no lines between them. */
enum rp_next
db_break_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	db_block(s, "para", n, "thematic-break");
	rp_xml_text(s->x, "* * *");
	rp_xml_end(s->x);
	return RP_SKIP;
}

/* The place of a node that gets no element. */
static void
anchor(struct docbook *s, const struct rp_node *n)
{
	const char *id = rp_get(n, RP_A_ID);

	if (id == NULL)
		return;
	rp_xml_block(s->x, "anchor");
	rp_xml_attr(s->x, "xml:id", db_place(s, id));
	rp_xml_end(s->x);
}

/* There is no element that only holds blocks: see common() for what a DIV says of
 * them. */
enum rp_next
db_div_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	anchor(state, n);
	return RP_CHILDREN;
}

/* ---- Lists ---- */

static int
all_tasks(const struct rp_node *list)
{
	const struct rp_node *n;

	for (n = rp_first(list); n != NULL; n = rp_next(n))
		if (!rp_has(n, RP_A_CHECKED))
			return 0;
	return 1;
}

enum rp_next
db_list_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	int ordered = rp_get_int(n, RP_A_ORDERED, 0) != 0;
	int tasks = !ordered && all_tasks(n);
	long start = rp_get_int(n, RP_A_START, 1);

	(void)job;
	if (rp_first(n) == NULL)
		return RP_SKIP;
	db_block(s, ordered ? "orderedlist" : "itemizedlist", n, tasks ? "tasks" : NULL);
	if (ordered && start != 1)
		rp_xml_attr_int(s->x, "startingnumber", start);
	if (tasks)
		rp_xml_attr(s->x, "mark", "none");
	if (rp_get_int(n, RP_A_TIGHT, 0))
		rp_xml_attr(s->x, "spacing", "compact");
	return RP_CHILDREN;
}

void
db_list_out(struct rp_job *job, struct rp_node *n, void *state)
{
	if (rp_first(n) != NULL)
		db_end(job, n, state);
}

enum rp_next
db_item_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *first = rp_first(n);
	struct docbook *s = state;

	(void)job;
	db_block(s, "listitem", n, NULL);
	if (rp_has(n, RP_A_CHECKED) && (first == NULL || rp_kind(first) != RP_PARAGRAPH))
		db_para(s, NULL, check_mark(n));
	return RP_CHILDREN;
}

/* ---- Definitions: TERM and DEFINITION in turn become entries ---- */

static int
is(const struct rp_node *n, enum rp_kind kind)
{
	return n != NULL && rp_kind(n) == kind;
}

enum rp_next
db_defs_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	if (rp_first(n) == NULL)
		return RP_SKIP;
	db_block(state, "variablelist", n, NULL);
	return RP_CHILDREN;
}

void
db_defs_out(struct rp_job *job, struct rp_node *n, void *state)
{
	db_list_out(job, n, state);
}

enum rp_next
db_term_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	if (!is(rp_prev(n), RP_TERM))
		rp_xml_block(s->x, "varlistentry");
	db_block(s, "term", n, NULL);
	return RP_CHILDREN;
}

void
db_term_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	rp_xml_end(s->x);
	if (is(rp_next(n), RP_TERM) || is(rp_next(n), RP_DEFINITION))
		return;
	rp_xml_block(s->x, "listitem");
	db_para(s, NULL, "");
	rp_xml_end(s->x);
	rp_xml_end(s->x);
}

enum rp_next
db_def_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *before = rp_prev(n);
	struct docbook *s = state;

	(void)job;
	if (is(before, RP_DEFINITION)) {
		anchor(s, n);
		return RP_CHILDREN;
	}
	if (!is(before, RP_TERM)) {
		rp_xml_block(s->x, "varlistentry");
		rp_xml_element(s->x, "term", "");
	}
	db_block(s, "listitem", n, NULL);
	return RP_CHILDREN;
}

/* Several definitions are one <listitem>; each gives it at least a paragraph. */
void
db_def_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	db_fill(s, n);
	if (is(rp_next(n), RP_DEFINITION))
		return;
	rp_xml_end(s->x);
	rp_xml_end(s->x);
}

/* ---- Questions and answers ---- */

enum rp_next
db_qanda_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	if (rp_first(n) == NULL)
		return RP_SKIP;
	db_block(state, "qandaset", n, NULL);
	return RP_CHILDREN;
}

void
db_qanda_out(struct rp_job *job, struct rp_node *n, void *state)
{
	db_list_out(job, n, state);
}

enum rp_next
db_question_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	rp_xml_block(s->x, "qandaentry");
	db_block(s, "question", n, NULL);
	return RP_CHILDREN;
}

void
db_question_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	db_fill_end(job, n, s);
	if (!is(rp_next(n), RP_ANSWER))
		rp_xml_end(s->x);
}

/* An answer to nothing: its question is empty. */
enum rp_next
db_answer_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	if (!is(rp_prev(n), RP_QUESTION) && !is(rp_prev(n), RP_ANSWER)) {
		rp_xml_block(s->x, "qandaentry");
		rp_xml_block(s->x, "question");
		db_para(s, NULL, "");
		rp_xml_end(s->x);
	}
	db_block(s, "answer", n, NULL);
	return RP_CHILDREN;
}

void
db_answer_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	db_fill_end(job, n, s);
	if (!is(rp_next(n), RP_ANSWER))
		rp_xml_end(s->x);
}

/* ---- Boxes ---- */

static const struct { const char *name; enum rp_label label; } admonitions[] = {
	{ "note", RP_L_NOTE },
	{ "tip", RP_L_TIP },
	{ "important", RP_L_IMPORTANT },
	{ "warning", RP_L_WARNING },
	{ "caution", RP_L_CAUTION },
};

static size_t
admonition_type(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);
	size_t i;

	for (i = 0; i < sizeof(admonitions) / sizeof(admonitions[0]); i++)
		if (type != NULL && strcmp(type, admonitions[i].name) == 0)
			return i;
	return 0;
}

static void
box_title(struct docbook *s, const char *title)
{
	if (title == NULL)
		return;
	rp_xml_block(s->x, "title");
	rp_xml_text(s->x, title);
	rp_xml_end(s->x);
}

/* Stylesheets title a box by its kind, and a quotation, its stand-in, not at all. */
enum rp_next
db_admonition_in(struct rp_job *job, struct rp_node *n, void *state)
{
	size_t i = admonition_type(n);
	const char *name = admonitions[i].name, *title = rp_get(n, RP_A_TITLE);
	struct docbook *s = state;

	(void)job;
	if (db_fits(s, ADMONITION)) {
		db_block(s, name, n, NULL);
	} else {
		db_block(s, "blockquote", n, name);
		if (title == NULL)
			title = rp_label(admonitions[i].label, s->lang);
	}
	box_title(s, title);
	s->inside[ADMONITION]++;
	return RP_CHILDREN;
}

void
db_admonition_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	db_fill_end(job, n, s);
	s->inside[ADMONITION]--;
}

enum rp_next
db_details_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	db_block(s, db_fits(s, SIDEBAR) ? "sidebar" : "blockquote", n, "details");
	db_title(s, "title", rp_child(n, RP_SUMMARY), RP_L_DETAILS);
	s->inside[SIDEBAR]++;
	return RP_CHILDREN;
}

void
db_details_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	db_fill_end(job, n, s);
	s->inside[SIDEBAR]--;
}

/* A figure has a title, which is words; a caption of blocks makes it informal. */
static int
is_formal(const struct docbook *s, const struct rp_node *figure)
{
	return db_titleable(rp_child(figure, RP_CAPTION)) && db_fits(s, FIGURE);
}

enum rp_next
db_figure_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	int formal = is_formal(s, n);

	(void)job;
	db_block(s, formal ? "figure" : "informalfigure", n, NULL);
	if (formal)
		db_title(s, "title", db_caption_words(rp_child(n, RP_CAPTION)), RP_L_FIGURE);
	s->inside[FIGURE]++;
	return RP_CHILDREN;
}

void
db_figure_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	s->inside[FIGURE]--;
	db_fill(s, n);
	if (!is_formal(s, n))
		db_caption(s, rp_child(n, RP_CAPTION));
	rp_xml_end(s->x);
}
