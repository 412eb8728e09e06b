/*
 * block.c - paragraphs, lists, boxes: everything in the body but tables.
 */
#include "man.h"

/* A line that begins with code or in bold, and below it what is said of that. */
static int
is_hanging(const struct rp_node *n)
{
	const struct rp_node *k = rp_first(n);
	int breaks = 0;

	if (rp_kind(k) != RP_CODE && rp_kind(k) != RP_STRONG)
		return 0;
	for (; k != NULL; k = rp_next(k))
		breaks += rp_kind(k) == RP_LINE_BREAK && rp_next(k) != NULL;
	return breaks == 1;
}

enum rp_next
man_paragraph_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	if (m->in_cell)
		return RP_CHILDREN;
	if (man_is_empty(n))
		return RP_SKIP;
	m->hanging = is_hanging(n) && (m->start == APART || m->start == HEADED);
	if (m->hanging)
		man_tag_line(m, man_first_apart(m), BOX_INDENT);
	else
		man_begin(m);
	return RP_CHILDREN;
}

void
man_paragraph_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	(void)n;
	if (m->in_cell)
		return;
	man_line(m);
	if (m->start == TAGGED)
		m->start = APART;
	m->hanging = 0;
}

/* ---- What stands further in ---- */

enum rp_next
man_box_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_open(state, BOX_INDENT);
	return RP_CHILDREN;
}

void
man_box_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_close(state);
}

enum rp_next
man_admonition_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const struct { const char *type; enum rp_label label; } types[] = {
		{ "note", RP_L_NOTE }, { "tip", RP_L_TIP }, { "important", RP_L_IMPORTANT },
		{ "warning", RP_L_WARNING }, { "caution", RP_L_CAUTION },
	};
	const char *type = rp_get(n, RP_A_TYPE);
	enum rp_label label = RP_L_NOTE;
	struct man *m = state;
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (man_is(type, types[i].type))
			label = types[i].label;
	man_label(m, rp_label(label, m->lang));
	return man_box_in(job, n, state);
}

enum rp_next
man_details_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	if (rp_child(n, RP_SUMMARY) != NULL)
		return RP_CHILDREN;	/* the summary opens the box */
	man_label(m, rp_label(RP_L_DETAILS, m->lang));
	return man_box_in(job, n, state);
}

enum rp_next
man_summary_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_begin(state);
	man_font(state, 'B');
	return RP_CHILDREN;
}

void
man_summary_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	man_font_end(m);
	man_line(m);
	m->start = LABELLED;
	man_box_in(job, n, state);
}

/* ---- Lists ---- */

static long
digits(long n)
{
	long k = 1;

	for (; n >= 10; n /= 10)
		k++;
	return k;
}

enum rp_next
man_list_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	struct list *l = rp_alloc(job->doc, sizeof(*l));
	const struct rp_node *item;
	long last;

	l->up = m->list;
	l->ordered = rp_get_int(n, RP_A_ORDERED, 0) != 0;
	l->tight = rp_get_int(n, RP_A_TIGHT, 0) != 0;
	l->number = last = rp_get_int(n, RP_A_START, 1);
	l->delimiter = rp_get(n, RP_A_DELIMITER);
	if (l->delimiter == NULL)
		l->delimiter = ".";
	for (item = rp_first(n); item != NULL; item = rp_next(item))
		last++;
	l->width = (int)digits(last - 1) + 2;
	m->list = l;
	return RP_CHILDREN;
}

void
man_list_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	(void)n;
	m->list = m->list->up;
}

enum rp_next
man_item_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const char *const boxes[] = { "[ ]", "[x]" };
	struct man *m = state;
	struct list *l = m->list;
	long checked = rp_get_int(n, RP_A_CHECKED, -1);
	const char *mark = "\u2022";
	int width = l->ordered ? l->width : 2;

	if (l->ordered)
		mark = rp_join(job->doc, man_number(job, l->number++), l->delimiter, NULL);
	if (checked >= 0) {
		mark = l->ordered ? rp_join(job->doc, mark, " ", boxes[checked != 0], NULL) :
		    boxes[checked != 0];
		width = l->ordered ? width + 4 : 4;
	}
	man_tag(m, rp_prev(n) != NULL ? !l->tight : man_first_apart(m), mark, width);
	m->level->tight = l->tight;
	return RP_CHILDREN;
}

/* ---- Definitions ---- */

enum rp_next
man_term_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	const struct rp_node *before = rp_prev(n);

	(void)job;
	if (before != NULL && rp_kind(before) == RP_TERM)
		rp_roff_macro(m->r, "TQ", NULL);
	else
		man_tag_line(m, before != NULL || man_first_apart(m), BOX_INDENT);
	m->one_line = 1;
	if (man_is_empty(n))
		rp_roff_escape(m->r, "\\&");	/* or the next line is taken */
	return RP_CHILDREN;
}

void
man_term_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	(void)n;
	man_line(m);
	m->one_line = 0;
}

enum rp_next
man_definition_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *before = rp_prev(n);
	struct man *m = state;

	(void)job;
	man_open(m, BOX_INDENT);
	m->start = before != NULL && rp_kind(before) == RP_TERM ? TAGGED : APART;
	return RP_CHILDREN;
}

/* ---- Questions ---- */

enum rp_next
man_question_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_font(state, 'B');
	return RP_CHILDREN;
}

void
man_question_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_font_end(state);
}

enum rp_next
man_answer_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *before = rp_prev(n);
	struct man *m = state;

	if (before != NULL && rp_kind(before) == RP_QUESTION && m->start == APART)
		m->start = LABELLED;
	return man_box_in(job, n, state);
}

/* ---- Others ---- */

static int
is_inline(const struct rp_node *n)
{
	return n != NULL && rp_kind_class(rp_kind(n)) == RP_CLASS_INLINE;
}

enum rp_next
man_caption_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *before = rp_prev(n);
	struct man *m = state;

	(void)job;
	if (before != NULL && rp_kind(before) == RP_PARAGRAPH && m->start == APART)
		m->start = LABELLED;	/* right below its picture */
	if (is_inline(rp_first(n)))
		man_begin(m);
	man_font(m, 'I');
	return RP_CHILDREN;
}

void
man_caption_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_font_end(state);
	man_line(state);
}

/* Of its widest line. */
static long
width_of(const char *s)
{
	long widest = 0, col = 0;
	uint32_t cp;

	for (;;) {
		for (; *s >= ' ' && *s < 0x7F; s++)
			col++;
		if (col > widest)
			widest = col;
		if ((cp = rp_utf8_next(&s)) == 0)
			return widest;
		col = cp == '\n' ? 0 : cp == '\t' ? col + 8 - col % 8 : col + rp_columns(cp);
	}
}

/* Lines of code are not filled: what has no room further in begins further out. */
enum rp_next
man_code_block(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	long width = width_of(rp_text(n));
	long room = PAGE_COLUMNS - (m->level != NULL ? m->level->total : 0);
	int further_in = width + BOX_INDENT <= room;

	man_begin_block(m);
	if (further_in)
		rp_roff_macro(m->r, "RS", man_number(job, BOX_INDENT), NULL);
	else if (width > room)
		rp_roff_macro(m->r, "in", "0", NULL);
	rp_roff_macro(m->r, "EX", NULL);
	rp_roff_verbatim(m->r, rp_text(n));
	rp_roff_macro(m->r, "EE", NULL);
	if (further_in)
		rp_roff_macro(m->r, "RE", NULL);
	return RP_SKIP;
}

/* A heading parts what stands before it well enough. */
enum rp_next
man_break(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *after = rp_next(n);
	struct man *m = state;

	(void)job;
	if (after == NULL || rp_kind(after) == RP_SECTION || rp_kind(after) == RP_FOOTNOTE)
		return RP_SKIP;
	man_begin_block(m);
	rp_roff_macro(m->r, "ce", NULL);
	man_text(m, "* * *");
	man_line(m);
	return RP_SKIP;
}
