/*
 * mend.c - blocks that Markdown made only because it does not know markers.
 *
 * A line >}} that ends a long marker begins a quote; a closing marker right below a
 * table is a row of it; and --- below a marker makes a heading of that.
 */
#include <string.h>

#include "shortcodes.h"

static int
begins_marker(const char *s)
{
	return strncmp(s, "{{<", 3) == 0 || strncmp(s, "{{%", 3) == 0 || strncmp(s, "{%", 2) == 0;
}

static int
ends_marker(const char *s, size_t len)
{
	return len >= 2 && (strcmp(s + len - 2, "}}") == 0 || strcmp(s + len - 2, "%}") == 0);
}

/* ---- >}} ---- */

static int
is_paragraph(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_PARAGRAPH;
}

static int
is_left_open(const struct rp_node *para)
{
	const struct rp_node *n;
	const char *p;
	int open = 0;

	for (n = rp_first(para); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_TEXT)
			continue;
		for (p = rp_text(n); *p != '\0'; p++) {
			if (strncmp(p, "{{<", 3) == 0)
				open = 1;
			else if (strncmp(p, ">}}", 3) == 0)
				open = 0;
		}
	}
	return open;
}

/* The quote's first paragraph ends the marker that is open in the one before. */
static void
mend_quote(struct shortcodes *s, struct rp_node *quote)
{
	struct rp_node *para = rp_prev(quote), *end = rp_first(quote), *text;

	if (!is_paragraph(para) || !is_paragraph(end))
		return;
	text = rp_first(end);
	if (text == NULL || rp_kind(text) != RP_TEXT || strncmp(rp_text(text), "}}", 2) != 0 ||
	    !is_left_open(para))
		return;
	rp_append(para, rp_new(s->doc, RP_SOFT_BREAK));
	rp_set_text(s->doc, text, rp_join(s->doc, ">", rp_text(text), NULL));
	rp_move_children(para, end);
	rp_detach(end);
	rp_unwrap(quote);
}

/* ---- Rows ---- */

static int
is_row_by_chance(struct shortcodes *s, const struct rp_node *row)
{
	const struct rp_node *cell = rp_first(row);
	const char *line;
	size_t len;

	if (rp_kind(row) != RP_ROW || rp_get_int(row, RP_A_HEADER, 0) || cell == NULL ||
	    rp_first(cell) == NULL)
		return 0;
	while ((cell = rp_next(cell)) != NULL)
		if (rp_first(cell) != NULL)
			return 0;
	line = rp_doc_line(s->doc, rp_pos(row).line, &len);
	return line != NULL && memchr(line, '|', len) == NULL;
}

/* The last rows, from the first on that is a marker. */
static void
mend_table(struct shortcodes *s, struct rp_node *table)
{
	struct rp_node *row, *from = NULL, *para, *text;

	for (row = rp_last(table); row != NULL && is_row_by_chance(s, row); row = rp_prev(row)) {
		text = rp_first(rp_first(row));
		if (rp_kind(text) == RP_TEXT && begins_marker(rp_text(text)))
			from = row;
	}
	if (from == NULL)
		return;
	para = rp_new(s->doc, RP_PARAGRAPH);
	rp_set_pos(para, rp_pos(from));
	rp_insert_after(table, para);
	while (from != NULL) {
		row = from;
		from = rp_next(row);
		if (rp_first(para) != NULL)
			rp_append(para, rp_new(s->doc, RP_SOFT_BREAK));
		rp_move_children(para, rp_first(row));
		rp_detach(row);
	}
}

/* ---- Underlined markers ---- */

static int
is_underlined(struct shortcodes *s, const struct rp_node *heading)
{
	struct rp_pos pos = rp_pos(heading);
	size_t len;
	const char *line = rp_doc_line(s->doc, pos.end_line, &len);

	if (pos.end_line <= pos.line || line == NULL)
		return 0;
	while (len > 0 && strchr(" \t-", line[len - 1]) != NULL)
		len--;
	return len == 0 || strspn(line, " \t>") >= len;
}

static void
mend_heading(struct shortcodes *s, struct rp_node *heading)
{
	const struct rp_node *last = rp_last(heading), *first;
	struct rp_pos pos = rp_pos(heading);
	struct rp_node *rule;

	if (last == NULL || rp_kind(last) != RP_TEXT ||
	    !ends_marker(rp_text(last), rp_text_len(last)))
		return;
	for (first = last; rp_prev(first) != NULL && rp_kind(rp_prev(first)) != RP_SOFT_BREAK; )
		first = rp_prev(first);
	if (rp_kind(first) != RP_TEXT || !begins_marker(rp_text(first)) ||
	    !is_underlined(s, heading))
		return;
	rp_set_kind(heading, RP_PARAGRAPH);
	rp_unset(heading, RP_A_LEVEL);
	pos.line = pos.end_line;
	rule = rp_new(s->doc, RP_THEMATIC_BREAK);
	rp_set_pos(rule, pos);
	rp_insert_after(heading, rule);
}

void
sc_mend(struct shortcodes *s)
{
	struct rp_walk w = rp_walk(s->job->root);

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER && (rp_kind(w.node) == RP_PARAGRAPH ||
		    rp_kind_class(rp_kind(w.node)) == RP_CLASS_META))
			rp_walk_skip(&w);
		else if (w.event == RP_ENTER && rp_kind(w.node) == RP_TABLE)
			mend_table(s, w.node);
		else if (w.event == RP_ENTER && rp_kind(w.node) == RP_HEADING)
			mend_heading(s, w.node);
		else if (w.event == RP_LEAVE && rp_kind(w.node) == RP_BLOCK_QUOTE)
			mend_quote(s, w.node);
	}
}
