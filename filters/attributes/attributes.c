/*
 * attributes - {#id .class} and {: #id .class key="value"}, as kramdown, pandoc,
 * Hugo and MkDocs have them, are set on what they belong to.
 *
 * At the end of a heading's text; right behind a link, an image, emphasis or code;
 * and in a line alone, which belongs to the block that it touches.  Braces of
 * anything else are text.
 */
#include <string.h>

#include "attributes.h"

static int
is_break(const struct rp_node *n)
{
	return n != NULL && (rp_kind(n) == RP_SOFT_BREAK || rp_kind(n) == RP_LINE_BREAK);
}

static int
is_text(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_TEXT;
}

/* Cuts a text's end off, and white space before it. */
static void
cut_end(struct attributes *st, struct rp_node *text, size_t len)
{
	const char *s = rp_text(text);

	while (len > 0 && strchr(" \t\n", s[len - 1]) != NULL)
		len--;
	if (len > 0) {
		rp_set_text_n(st->doc, text, s, len);
		return;
	}
	while (is_break(rp_prev(text)))
		rp_detach(rp_prev(text));
	rp_detach(text);
}

/* ---- Headings ---- */

/* Bytes of the text without the list that it ends with; -1: there is none. */
static long
before_list(const char *s, size_t len, struct list *l)
{
	const char *brace;
	size_t at;

	while (len > 0 && strchr(" \t\n", s[len - 1]) != NULL)
		len--;
	if (len == 0 || s[len - 1] != '}')
		return -1;
	for (at = len - 1; at > 0 && s[at] != '{' && len - at <= LONGEST_LIST; at--)
		;
	brace = s + at;
	if (*brace != '{' || !list_read(brace, l) || brace + l->len != s + len)
		return -1;
	return brace - s;
}

/* In ## Title ## {#id}, the marks stand where Markdown does not expect them. */
static size_t
without_marks(const char *s, size_t len)
{
	size_t n = len;

	while (n > 0 && s[n - 1] == ' ')
		n--;
	while (n > 0 && s[n - 1] == '#')
		n--;
	return n > 0 && n < len && s[n - 1] == ' ' ? n : len;
}

static void
take_heading(struct attributes *st, struct rp_node *heading)
{
	struct rp_node *last;
	struct list l;
	size_t len;
	long n;

	while (is_text(last = rp_last(heading))) {
		len = rp_text_len(last);
		while ((n = before_list(rp_text(last), len, &l)) != -1 && !l.definition &&
		    (l.colon || l.ids + l.classes + l.words > 0)) {
			apply_list(st, &l, heading, last);
			len = without_marks(rp_text(last), (size_t)n);
		}
		if (len == rp_text_len(last))
			return;
		cut_end(st, last, len);
	}
}

/* ---- Behind an inline ---- */

static int
takes_list(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_LINK:
	case RP_IMAGE:
	case RP_CODE:
	case RP_EMPHASIS:
	case RP_STRONG:
	case RP_STRIKETHROUGH:
	case RP_SPAN:
		return 1;
	default:
		return 0;
	}
}

/* ## **Title** {#id} names the heading. */
static int
is_headings_own(const struct rp_node *text, const struct list *l)
{
	const struct rp_node *parent = rp_parent(text);

	return rp_kind(parent) == RP_HEADING && rp_next(text) == NULL && l->ids > 0 && !l->colon &&
	    l->text + l->len == rp_text(text) + rp_text_len(text);
}

static void
take_inline(struct attributes *st, struct rp_node *text)
{
	struct rp_node *to = rp_prev(text);
	const char *s = rp_text(text), *p = s;
	struct list l;

	if (*s != '{' || to == NULL || !takes_list(to))
		return;
	while (*p == '{' && list_read(p, &l) && !l.definition && !is_headings_own(text, &l)) {
		if (!l.colon && l.ids + l.classes == 0 &&
		    rp_kind(to) != RP_LINK && rp_kind(to) != RP_IMAGE)
			break;
		apply_list(st, &l, to, text);
		p += l.len;
	}
	if (p == s)
		return;
	if (*p == '\0')
		rp_detach(text);
	else
		rp_set_text(st->doc, text, rp_dup(st->doc, p, strlen(p)));
}

/* https://example.org{:target="_blank"}: the list is part of an address that is a
 * link only because it looks like one. */
static void
take_bare_link(struct attributes *st, struct rp_node *link)
{
	const char *url = rp_get(link, RP_A_URL), *brace;
	struct rp_node *text = rp_first(link);
	struct list l;
	long len;

	brace = url != NULL ? strstr(url, "{:") : NULL;
	if (brace == NULL || !is_text(text) || rp_next(text) != NULL)
		return;
	len = before_list(rp_text(text), rp_text_len(text), &l);
	if (len <= 0 || !l.colon || strcmp(brace, l.text) != 0)
		return;
	apply_list(st, &l, link, link);
	rp_set_text_n(st->doc, text, rp_dup(st->doc, rp_text(text), (size_t)len), (size_t)len);
	rp_set(st->doc, link, RP_A_URL, rp_dup(st->doc, url, (size_t)(brace - url)));
}

/* ---- Tables of contents ---- */

static struct rp_node *
block_before(struct rp_node *n)
{
	for (n = rp_prev(n); n != NULL; n = rp_prev(n))
		if (rp_kind_class(rp_kind(n)) == RP_CLASS_BLOCK && rp_kind(n) != RP_COMMENT)
			return n;
	return NULL;
}

static struct rp_node *
block_after(struct rp_node *n)
{
	for (n = rp_next(n); n != NULL; n = rp_next(n))
		if (rp_kind_class(rp_kind(n)) == RP_CLASS_BLOCK && rp_kind(n) != RP_COMMENT &&
		    rp_kind(n) != RP_FOOTNOTE)
			return n;
	return NULL;
}

static int
is_toc_mark(struct rp_doc *doc, const struct rp_node *para)
{
	static const char *const marks[] = { "[[toc]]", "[toc]", "${toc}", "@[toc]" };
	const char *text;
	size_t i;

	if (rp_first(para) == NULL || !is_text(rp_first(para)) ||
	    strchr("[$@", *rp_text(rp_first(para))) == NULL)
		return 0;
	text = rp_plain_text(doc, para);
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (rp_ascii_same(text, marks[i], SIZE_MAX))
			return 1;
	return 0;
}

/* A heading, not that of the page, over nothing. */
static int
is_over_nothing(const struct rp_node *heading, const struct rp_node *after)
{
	long level = rp_get_int(heading, RP_A_LEVEL, 1);

	return level > 1 && (after == NULL || rp_kind(after) == RP_THEMATIC_BREAK ||
	    (rp_kind(after) == RP_HEADING && rp_get_int(after, RP_A_LEVEL, 1) <= level));
}

/* Takes away what asks for a table of contents, and the heading or the fold that
 * stood around nothing else. */
static void
drop_toc(struct attributes *st, struct rp_node *n, const char *what)
{
	struct rp_node *before = block_before(n), *after = block_after(n), *fold = rp_parent(n);

	rp_report(st->job, RP_D_TOC_DROPPED, n, what, NULL);
	rp_detach(n);
	if (before != NULL && rp_kind(before) == RP_HEADING && rp_has_class(before, "no_toc") &&
	    is_over_nothing(before, after))
		rp_detach(before);
	if (rp_kind(fold) == RP_DETAILS && rp_first(fold) == rp_last(fold))
		st->empty = fold;
}

/* What a list has said of a block is done when that has been left. */
static void
settle(struct attributes *st, struct rp_node *left)
{
	if (st->toc == left) {
		st->toc = NULL;
		drop_toc(st, left, "{:toc}");
	}
	if (st->box == left) {
		st->box = NULL;
		apply_box(st, left);
	}
	if (st->empty == left) {
		st->empty = NULL;
		rp_detach(left);
	}
}

/* ---- Lines ---- */

static int
is_blank_line(struct rp_doc *doc, uint32_t line)
{
	size_t len, i;
	const char *s = rp_doc_line(doc, line, &len);

	for (i = 0; s != NULL && i < len; i++)
		if (strchr(" \t>", s[i]) == NULL)
			return 0;
	return 1;
}

static int
is_quoted_line(struct rp_doc *doc, uint32_t line)
{
	size_t len;
	const char *s = rp_doc_line(doc, line, &len);

	return s != NULL && s[strspn(s, " \t")] == '>';
}

/* What a last line belongs to: the paragraph, or a list or a quote that holds the
 * line only because nothing ended the paragraph. */
static struct rp_node *
owner_of_last_line(struct attributes *st, struct rp_node *para, const struct rp_node *line)
{
	struct rp_node *n = para, *up;
	struct rp_pos pos = rp_pos(line);

	for (; (up = rp_parent(n)) != NULL; ) {
		if (rp_kind(up) == RP_ITEM && pos.col < rp_pos(rp_first(up)).col)
			n = rp_parent(up);
		else if (rp_kind(up) == RP_BLOCK_QUOTE && !is_quoted_line(st->doc, pos.line))
			n = up;
		else
			break;
	}
	return n;
}

/* What a paragraph of nothing but lists belongs to: the block that it touches. */
static struct rp_node *
owner_of_paragraph(struct attributes *st, struct rp_node *para)
{
	struct rp_node *before = block_before(para), *after = block_after(para);
	struct rp_node *up = rp_parent(para);
	struct rp_pos pos = rp_pos(para);
	uint32_t end = pos.end_line > pos.line ? pos.end_line : pos.line;

	if (before != NULL && (after == NULL || !is_blank_line(st->doc, pos.line - 1)))
		return before;
	if (after != NULL && (before == NULL || rp_kind(after) == RP_HEADING ||
	    !is_blank_line(st->doc, end + 1)))
		return after;
	return before != NULL ? before : rp_kind(up) != RP_DOCUMENT ? up : NULL;
}

/* Is the text a list and nothing else? */
static int
is_list(const struct rp_node *n, struct list *l)
{
	const char *s, *end;

	if (!is_text(n) || *(s = rp_text(n)) != '{' || !list_read(s, l) ||
	    (!l->colon && l->ids + l->classes == 0))
		return 0;
	end = s + l->len;
	return end[strspn(end, " \t\n")] == '\0';
}

/* The list that asks for a table of contents, or stands for one. */
static struct rp_node *
toc_list(struct rp_node *n)
{
	if (rp_kind(n) == RP_PARAGRAPH && rp_kind(rp_parent(n)) == RP_ITEM)
		n = rp_ancestor(n, RP_LIST);
	return n != NULL && rp_kind(n) == RP_LIST ? n : NULL;
}

/* "1. TOC" in raw HTML, where Markdown sees no list. */
static int
is_list_as_text(struct rp_doc *doc, const struct rp_node *para)
{
	const char *s = rp_kind(para) == RP_PARAGRAPH ? rp_plain_text(doc, para) : "";

	return strncmp(s, "1. ", 3) == 0 || strncmp(s, "- ", 2) == 0 || strncmp(s, "* ", 2) == 0;
}

static void
take(struct attributes *st, const struct list *l, struct rp_node *to, const struct rp_node *at)
{
	if (l->definition) {
		apply_dropped(st, rp_dup(st->doc, l->text, l->len), at);
		return;
	}
	if (l->toc) {
		st->toc = is_list_as_text(st->doc, to) ? to : toc_list(to);
		if (st->toc == NULL)
			rp_report(st->job, RP_D_TOC_DROPPED, at, rp_text(at), NULL);
		return;
	}
	apply_list(st, l, to, at);
	if (apply_is_box(to))
		st->box = to;
}

/* Lines that are lists, one after another: those that a paragraph ends with. */
static void
take_last_lines(struct attributes *st, struct rp_node *para)
{
	struct rp_node *line, *to;
	struct list l;

	while (is_list(line = rp_last(para), &l) && is_break(rp_prev(line))) {
		to = owner_of_last_line(st, para, line);
		take(st, &l, to, line);
		cut_end(st, line, 0);
	}
}

static void
cut_first_line(struct rp_node *para)
{
	struct rp_pos pos = rp_pos(para);

	rp_detach(rp_first(para));
	while (is_break(rp_first(para)))
		rp_detach(rp_first(para));
	if (rp_first(para) != NULL && rp_pos(rp_first(para)).line > 0) {
		pos.line = rp_pos(rp_first(para)).line;
		pos.col = rp_pos(rp_first(para)).col;
		rp_set_pos(para, pos);
	}
}

/* The line that a paragraph begins with: it may have touched the block before. */
static void
take_first_line(struct attributes *st, struct rp_node *para)
{
	struct rp_node *line = rp_first(para), *to = para, *before = block_before(para);
	struct list l;

	if (!is_list(line, &l) || !l.colon || !is_break(rp_next(line)))
		return;
	if (before != NULL && !is_blank_line(st->doc, rp_pos(para).line - 1))
		to = before;
	take(st, &l, to, line);
	cut_first_line(para);
	if (to == before)
		settle(st, to);
}

/* * {:.class} text: of a list's item. */
static void
take_item_start(struct attributes *st, struct rp_node *para)
{
	struct rp_node *text = rp_first(para), *item = rp_parent(para);
	struct list l;
	const char *rest;

	if (rp_kind(item) != RP_ITEM || rp_first(item) != para || !is_text(text) ||
	    !list_read(rp_text(text), &l) || !l.colon || l.definition)
		return;
	rest = l.text + l.len;
	if (*rest != ' ')
		return;
	apply_list(st, &l, item, text);
	rp_set_text(st->doc, text, rp_dup(st->doc, rest + 1, strlen(rest + 1)));
}

static int
is_all_lists(const struct rp_node *para)
{
	const struct rp_node *n;
	struct list l;

	for (n = rp_first(para); n != NULL; n = rp_next(n))
		if (!is_break(n) && !is_list(n, &l))
			return 0;
	return rp_first(para) != NULL;
}

static void
take_paragraph_of_lists(struct attributes *st, struct rp_node *para)
{
	struct rp_node *to = owner_of_paragraph(st, para), *n;
	struct list l;

	for (n = rp_first(para); n != NULL; n = rp_next(n)) {
		if (is_break(n))
			continue;
		if (!is_list(n, &l) || (to == NULL && !l.definition && !l.toc)) {
			rp_report(st->job, RP_D_ATTRIBUTE_ALONE, n, rp_text(n), NULL);
			return;
		}
		if (to != NULL || l.definition)
			take(st, &l, to, n);
		else
			rp_report(st->job, RP_D_TOC_DROPPED, n, rp_text(n), NULL);
	}
	if (to != NULL && to == block_before(para))
		settle(st, to);
	rp_detach(para);
}

/* ---- Tables ---- */

/* A line right below a table is a row of it. */
static void
take_last_row(struct attributes *st, struct rp_node *table)
{
	struct rp_node *row, *cell;
	struct list l;

	while ((row = rp_last(table)) != NULL && rp_kind(row) == RP_ROW &&
	    !rp_get_int(row, RP_A_HEADER, 0) && (cell = rp_first(row)) != NULL &&
	    is_list(rp_first(cell), &l) && l.colon && rp_next(rp_first(cell)) == NULL) {
		for (cell = rp_next(cell); cell != NULL; cell = rp_next(cell))
			if (rp_first(cell) != NULL)
				return;
		take(st, &l, table, rp_first(rp_first(row)));
		rp_detach(row);
	}
}

/* ---- The walk ---- */

static void
leave_paragraph(struct attributes *st, struct rp_node *para)
{
	if (is_toc_mark(st->doc, para)) {
		drop_toc(st, para, rp_plain_text(st->doc, para));
		return;
	}
	if (is_all_lists(para)) {
		take_paragraph_of_lists(st, para);
		return;
	}
	take_first_line(st, para);
	take_item_start(st, para);
	take_last_lines(st, para);
}

static void
leave(struct attributes *st, struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_TEXT:
		take_inline(st, n);
		break;
	case RP_LINK:
		take_bare_link(st, n);
		break;
	case RP_HEADING:
		take_heading(st, n);
		break;
	case RP_PARAGRAPH:
		leave_paragraph(st, n);
		break;
	case RP_TABLE:
		take_last_row(st, n);
		break;
	default:
		break;
	}
	settle(st, n);
}

/* A text that a list begins or ends, or that asks for a table of contents. */
static int
is_sign(struct rp_doc *doc, const struct rp_node *text)
{
	const struct rp_node *in = rp_parent(text);
	const char *s = rp_text(text);
	struct list l;

	if (*s == '{' && list_read(s, &l))
		return 1;
	switch (rp_kind(in)) {
	case RP_PARAGRAPH:
		return rp_prev(text) == NULL && is_toc_mark(doc, in);
	case RP_HEADING:
	case RP_LINK:
		return before_list(s, rp_text_len(text), &l) != -1;
	default:
		return 0;
	}
}

/* Is there anything to do?  Not in most documents. */
static int
has_signs(struct rp_doc *doc, const struct rp_node *root)
{
	const struct rp_node *n = NULL;

	while ((n = rp_find_any(root, n)) != NULL)
		if (is_text(n) ? is_sign(doc, n) : is_break(n) && rp_prev(n) == NULL)
			return 1;	/* a break is first where there is nothing but breaks */
	return 0;
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_walk w = rp_walk(job->root);
	struct attributes *st = state;

	st->job = job;
	st->doc = job->doc;
	if (!has_signs(job->doc, job->root))
		return 0;
	while (rp_walk_next(&w)) {
		if (w.event == RP_LEAVE)
			leave(st, w.node);
		else if (rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
			rp_walk_skip(&w);
	}
	return 0;
}

static const char *const gives[] = { "attributes", NULL };

RP_FILTER(attributes) = {
	RP_HEAD("attributes"),
	.summary = "set {#id .class} and {: key=\"value\"} on what they belong to",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct attributes),
	.run = run,
};
