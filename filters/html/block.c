/*
 * block.c - rules for blocks, tables aside.
 *
 * Where "fragment" and a page differ, the fragment follows CommonMark's own
 * HTML to the letter, and the page does what serves its reader.
 */
#include <string.h>

#include "html.h"

/* ---- Elements ---- */

void
html_lang(struct html *h, const char *lang)
{
	rp_xml_attr(h->x, "lang", lang);
	if (h->chapter)
		rp_xml_attr(h->x, "xml:lang", lang);
}

const char *
html_lang_of(const struct rp_node *doc)
{
	const char *lang = rp_get(doc, RP_A_LANG);

	return lang != NULL ? lang : "und";
}

void
html_attrs(struct html *h, struct rp_job *job, const struct rp_node *n, const char *class)
{
	const char *own, *lang;

	if (rp_attr_from(n, 0) == RP_ATTR_MAX) {	/* as most */
		rp_xml_attr(h->x, "class", class);
		return;
	}
	own = rp_get(n, RP_A_CLASS);
	rp_xml_attr(h->x, "id", html_id(h, job, rp_get(n, RP_A_ID)));
	if (own != NULL && class != NULL)
		own = rp_join(job->doc, class, " ", own, NULL);
	rp_xml_attr(h->x, "class", own != NULL ? own : class);
	if ((lang = rp_get(n, RP_A_LANG)) != NULL)
		html_lang(h, lang);
	rp_xml_attr(h->x, "dir", rp_get(n, RP_A_DIR));
}

void
html_block(struct html *h, struct rp_job *job, const struct rp_node *n, const char *element,
    const char *class)
{
	rp_xml_block(h->x, element);
	html_attrs(h, job, n, class);
}

void
html_line(struct html *h, const char *element, const char *class, const char *text)
{
	rp_xml_block(h->x, element);
	rp_xml_attr(h->x, "class", class);
	rp_xml_text(h->x, text);
	rp_xml_end(h->x);
}

void
html_heading(struct html *h, long level)
{
	static const char *const names[] = { "h1", "h2", "h3", "h4", "h5", "h6" };

	rp_xml_block(h->x, names[level < 1 ? 0 : level > 6 ? 5 : level - 1]);
	if (level > 6)
		rp_xml_attr_int(h->x, "aria-level", level);
}

void
html_end(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	(void)job;
	(void)n;
	rp_xml_end(h->x);
}

/* Kinds that are an element, and nothing more to it. */
enum rp_next
html_plain_block_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const struct { const char *element, *class; } names[RP_KIND_MAX] = {
		[RP_BLOCK_QUOTE]	= { "blockquote", NULL },
		[RP_DEFINITION_LIST]	= { "dl", NULL },
		[RP_TERM]		= { "dt", NULL },
		[RP_DEFINITION]		= { "dd", NULL },
		[RP_QUESTION_LIST]	= { "ol", "questions" },
		[RP_SUMMARY]		= { "summary", NULL },
		[RP_DIV]		= { "div", NULL },
	};

	html_block(state, job, n, names[rp_kind(n)].element, names[rp_kind(n)].class);
	return RP_CHILDREN;
}

/* ---- The document, its title and its sections ---- */

enum rp_next
html_document_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	html_find_notes(h, job, n);
	if (h->fragment)
		return RP_CHILDREN;
	if (h->chapter) {
		rp_xml_block(h->x, "section");
		rp_xml_attr(h->x, "epub:type", "chapter");
		rp_xml_attr(h->x, "role", "doc-chapter");
	} else {
		rp_xml_block(h->x, "article");
	}
	if (h->together) {
		rp_xml_attr(h->x, "id", rp_get(n, RP_A_ID));
		html_lang(h, h->lang);
		rp_xml_attr(h->x, "dir", rp_get(n, RP_A_DIR));
	}
	return RP_CHILDREN;
}

void
html_document_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	(void)n;
	if (h->fragment)
		return;
	html_see_also(h, job);
	rp_xml_end(h->x);
}

/* Of a fragment, only what stood in the text as a heading is content. */
static int
is_shown(const struct html *h, const struct rp_node *title)
{
	return !h->fragment || rp_get_int(title, RP_A_LEVEL, 0) != 0;
}

/* What comes with the title follows it, or the subtitle if there is one. */
static void
title_end(struct html *h, struct rp_job *job, const struct rp_node *n)
{
	const struct rp_node *next = rp_next(n);

	rp_xml_end(h->x);
	if (!h->fragment && (next == NULL || rp_kind(next) != RP_SUBTITLE))
		html_front(h, job);
}

enum rp_next
html_title_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	if (!is_shown(h, n))
		return RP_SKIP;
	if (!h->fragment)
		rp_xml_block(h->x, "header");
	html_heading(h, h->title_level);
	html_attrs(h, job, n, NULL);
	return RP_CHILDREN;
}

void
html_title_out(struct rp_job *job, struct rp_node *n, void *state)
{
	if (is_shown(state, n))
		title_end(state, job, n);
}

enum rp_next
html_subtitle_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	if (h->fragment) {
		html_heading(h, 1);
		html_attrs(h, job, n, NULL);
	} else {
		html_block(h, job, n, "p", "subtitle");
		rp_xml_attr(h->x, "role", "doc-subtitle");
	}
	return RP_CHILDREN;
}

void
html_subtitle_out(struct rp_job *job, struct rp_node *n, void *state)
{
	title_end(state, job, n);
}

enum rp_next
html_section_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	html_block(h, job, n, "section", NULL);
	rp_xml_attr(h->x, "data-role", rp_get(n, RP_A_ROLE));
	return RP_CHILDREN;
}

/* A heading's level in the page: by the depth of its section, and one below it
 * if it stands in the section's text. */
static long
heading_level(const struct html *h, const struct rp_node *n)
{
	const struct rp_node *parent = rp_parent(n), *section = rp_ancestor(n, RP_SECTION);

	if (h->fragment)
		return rp_get_int(n, RP_A_LEVEL, 1);
	if (section == NULL)
		return h->title_level + 1;
	return h->title_level + rp_get_int(section, RP_A_LEVEL, 1) + (parent != section);
}

enum rp_next
html_heading_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	html_heading(h, heading_level(h, n));
	html_attrs(h, job, n, NULL);
	return RP_CHILDREN;
}

/* ---- Paragraphs ---- */

/* Is the paragraph no <p>: in a tight list, or all that a figure shows? */
static int
is_bare(const struct rp_node *n)
{
	const struct rp_node *parent = rp_parent(n), *prev = rp_prev(n), *child = rp_first(n);

	if (parent == NULL)
		return 0;
	if (rp_kind(parent) == RP_FIGURE)
		return child != NULL && child == rp_last(n) && rp_kind(child) == RP_IMAGE;
	return rp_kind(parent) == RP_ITEM && rp_get_int(rp_parent(parent), RP_A_TIGHT, 0) &&
	    (prev == NULL || rp_kind(prev) != RP_PARAGRAPH);
}

enum rp_next
html_paragraph_in(struct rp_job *job, struct rp_node *n, void *state)
{
	if (!is_bare(n))
		html_block(state, job, n, "p", NULL);
	return RP_CHILDREN;
}

void
html_paragraph_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct rp_node *parent = rp_parent(n);

	if (is_bare(n))
		return;
	if (parent != NULL && rp_kind(parent) == RP_FOOTNOTE && n == rp_last(parent))
		html_back_links(h, job, parent);
	rp_xml_end(h->x);
}

/* ---- Lists ---- */

static int
is_task(const struct rp_node *item)
{
	return rp_get_int(item, RP_A_CHECKED, -1) >= 0;
}

static int
has_tasks(const struct rp_node *list)
{
	const struct rp_node *item = rp_first(list);

	while (item != NULL && !is_task(item))
		item = rp_next(item);
	return item != NULL;
}

enum rp_next
html_list_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	int ordered = rp_get_int(n, RP_A_ORDERED, 0) != 0;
	long start = rp_get_int(n, RP_A_START, 1);

	html_block(h, job, n, ordered ? "ol" : "ul",
	    !h->fragment && has_tasks(n) ? "tasks" : NULL);
	if (ordered && start != 1)
		rp_xml_attr_int(h->x, "start", start);
	return RP_CHILDREN;
}

/* GitHub's form is a control that controls nothing and has no name. */
static void
fragment_box(struct html *h, int checked)
{
	rp_xml_start(h->x, "input");
	rp_xml_attr(h->x, "type", "checkbox");
	if (checked)
		rp_xml_attr(h->x, "checked", "");
	rp_xml_attr(h->x, "disabled", "");
	rp_xml_end(h->x);
}

static void
box(struct html *h, int checked)
{
	rp_xml_start(h->x, "span");
	rp_xml_attr(h->x, "class", "box");
	rp_xml_attr(h->x, "role", "img");
	rp_xml_attr(h->x, "aria-label", rp_label(checked ? RP_L_COMPLETED : RP_L_OPEN_TASK, h->lang));
	rp_xml_text(h->x, checked ? "\u2611" : "\u2610");
	rp_xml_end(h->x);
}

enum rp_next
html_item_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	int checked = rp_get_int(n, RP_A_CHECKED, 0) != 0;

	html_block(h, job, n, "li", NULL);
	if (is_task(n)) {
		(h->fragment ? fragment_box : box)(h, checked);
		rp_xml_text(h->x, " ");
	}
	return RP_CHILDREN;
}

/* ---- Code, rules, what no transform has taken ---- */

/* Code reads from left to right in any text. */
void
html_ltr(struct html *h, const struct rp_node *n)
{
	if (h->rtl && !h->fragment && rp_get(n, RP_A_DIR) == NULL)
		rp_xml_attr(h->x, "dir", "ltr");
}

static void
verbatim(struct html *h, struct rp_job *job, const struct rp_node *n)
{
	html_block(h, job, n, "pre", NULL);
	html_ltr(h, n);
	if (!h->fragment && !h->chapter)
		rp_xml_attr(h->x, "tabindex", "0");	/* it scrolls, by keys too */
}

enum rp_next
html_code_block(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const char *info = rp_get(n, RP_A_INFO);
	size_t word = info != NULL ? strcspn(info, " \t\n") : 0;

	verbatim(h, job, n);
	rp_xml_start(h->x, "code");
	if (word > 0)
		rp_xml_attr(h->x, "class", rp_join(job->doc, "language-",
		    rp_dup(job->doc, info, word), NULL));
	rp_xml_text(h->x, rp_text(n));
	rp_xml_end(h->x);
	rp_xml_end(h->x);
	return RP_SKIP;
}

enum rp_next
html_raw_block(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	verbatim(h, job, n);
	rp_xml_element(h->x, "code", rp_text(n));
	rp_xml_end(h->x);
	return RP_SKIP;
}

enum rp_next
html_break(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	html_block(h, job, n, "hr", NULL);
	rp_xml_end(h->x);
	return RP_SKIP;
}

/* ---- Figures, questions, boxes ---- */

enum rp_next
html_figure_in(struct rp_job *job, struct rp_node *n, void *state)
{
	html_block(state, job, n, "figure", NULL);
	return RP_CHILDREN;
}

enum rp_next
html_caption_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *parent = rp_parent(n);
	int table = parent != NULL && rp_kind(parent) == RP_TABLE;

	html_block(state, job, n, table ? "caption" : "figcaption", NULL);
	return RP_CHILDREN;
}

/* A question and its answers are one item; one without the other is one too. */
enum rp_next
html_question_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	int question = rp_kind(n) == RP_QUESTION;

	if (question || rp_prev(n) == NULL)
		rp_xml_block(h->x, "li");
	html_block(h, job, n, "div", question ? "question" : "answer");
	return RP_CHILDREN;
}

void
html_question_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct rp_node *next = rp_next(n);

	(void)job;
	rp_xml_end(h->x);
	if (next == NULL || rp_kind(next) == RP_QUESTION)
		rp_xml_end(h->x);
}

enum rp_next
html_admonition_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const struct { const char *type; enum rp_label label; } types[] = {
		{ "note", RP_L_NOTE }, { "tip", RP_L_TIP }, { "important", RP_L_IMPORTANT },
		{ "warning", RP_L_WARNING }, { "caution", RP_L_CAUTION },
	};
	struct html *h = state;
	const char *type = rp_get(n, RP_A_TYPE);
	size_t i = sizeof(types) / sizeof(types[0]);

	while (--i > 0 && (type == NULL || strcmp(types[i].type, type) != 0))
		;
	html_block(h, job, n, "aside", rp_join(job->doc, "admonition ", types[i].type, NULL));
	rp_xml_attr(h->x, "role", "note");
	html_line(h, "p", "label", rp_label(types[i].label, h->lang));
	return RP_CHILDREN;
}

enum rp_next
html_details_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	html_block(h, job, n, "details", NULL);
	if (rp_child(n, RP_SUMMARY) == NULL)
		html_line(h, "summary", NULL, rp_label(RP_L_DETAILS, h->lang));
	return RP_CHILDREN;
}
