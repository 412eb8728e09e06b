/*
 * rows.c - a table as a list: each row by its first cell, and below it the others
 * by the names of their columns.
 */
#include "man.h"

/* The first row, if it is one of headings. */
static struct rp_node *
header_of(struct rp_node *table)
{
	struct rp_node *row = rp_child(table, RP_ROW);

	return row != NULL && rp_get_int(row, RP_A_HEADER, 0) && rp_next(row) != NULL ? row : NULL;
}

/* What stands over a cell, as far as no cell spans others. */
static struct rp_node *
heading_of(struct rp_node *header, const struct rp_node *cell)
{
	struct rp_node *h = header != NULL ? rp_first(header) : NULL;

	for (cell = rp_prev(cell); cell != NULL && h != NULL; cell = rp_prev(cell))
		h = rp_next(h);
	return h != NULL && !man_is_empty(h) ? h : NULL;
}

/* The heading and a colon; what is in the cell goes on after them. */
static void
put_heading(struct man *m, struct rp_node *heading)
{
	man_font(m, 'B');
	if (man_is_line(heading))
		man_cell(m, heading);
	else
		man_text(m, rp_plain_text(m->job->doc, heading));
	man_text(m, ":");
	man_font_end(m);
	man_text(m, " ");
}

static void
put_cell(struct man *m, struct rp_node *heading, struct rp_node *cell)
{
	if (heading == NULL && !man_is_line(cell)) {
		rp_render(m->job, cell, m);
		return;
	}
	man_begin(m);
	if (heading != NULL)
		put_heading(m, heading);
	if (man_is_line(cell)) {
		man_cell(m, cell);
		man_line(m);
		return;
	}
	m->start = TAGGED;	/* a first paragraph goes on the line */
	rp_render(m->job, cell, m);
}

static void
put_row(struct man *m, struct rp_node *header, struct rp_node *row)
{
	struct rp_node *cell;
	int any = 0;

	for (cell = rp_first(row); cell != NULL; cell = rp_next(cell)) {
		if (man_is_empty(cell))
			continue;
		if (any++)
			man_tag(m, 0, "\u2022", 2);
		put_cell(m, heading_of(header, cell), cell);
		if (any > 1)
			man_close(m);
	}
}

void
man_rows(struct man *m, struct rp_node *table)
{
	struct rp_node *header = header_of(table), *row;

	for (row = rp_first(table); row != NULL; row = rp_next(row))
		if (rp_kind(row) == RP_ROW && row != header)
			put_row(m, header, row);
}
