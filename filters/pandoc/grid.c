/*
 * grid.c - which column each cell of a table stands in, and of how many.  A cell that
 * spans rows takes its columns from the rows below.
 */
#include <string.h>

#include "pandoc.h"

enum { MOST_COLUMNS = 1000 };

struct taken {
	long	rows[MOST_COLUMNS];	/* how many rows more a column is taken */
};

static long
span_of(const struct rp_node *cell, enum rp_attr a, long most)
{
	long n = rp_get_int(cell, a, 1);

	return n < 1 ? 1 : n > most ? most : n;
}

static void
take_cell(struct grid *g, struct taken *t, const struct rp_node *cell, long *column)
{
	long width = span_of(cell, RP_A_COLSPAN, MOST_COLUMNS), height, i;

	while (*column < MOST_COLUMNS && t->rows[*column] > 0)
		++*column;
	if (width > MOST_COLUMNS - *column)
		width = MOST_COLUMNS - *column;
	height = span_of(cell, RP_A_ROWSPAN, 65534);
	for (i = 0; i < width; i++)
		t->rows[*column + i] = height;
	g->places[g->count++] = (struct place){ cell, *column, g->rows };
	*column += width;
	if (*column > g->columns)
		g->columns = *column;
}

static void
take_row(struct grid *g, struct taken *t, const struct rp_node *row)
{
	const struct rp_node *c;
	long column = 0, i;

	for (c = rp_first(row); c != NULL; c = rp_next(c))
		if (rp_kind(c) == RP_CELL)
			take_cell(g, t, c, &column);
	for (i = 0; i < g->columns; i++)
		t->rows[i] -= t->rows[i] > 0;
	g->rows++;
}

struct grid
pd_grid_of(struct rp_doc *doc, const struct rp_node *table)
{
	const struct rp_node *row, *c;
	struct grid g = { 0 };
	struct taken *t = rp_alloc(doc, sizeof(*t));
	size_t cells = 0;

	for (row = rp_first(table); row != NULL; row = rp_next(row))
		for (c = rp_first(row); c != NULL; c = rp_next(c))
			cells++;
	g.places = rp_alloc(doc, (cells + 1) * sizeof(*g.places));
	for (row = rp_first(table); row != NULL; row = rp_next(row))
		if (rp_kind(row) == RP_ROW)
			take_row(&g, t, row);
	return g;
}
