/*
 * table.c - tables for tbl(1), as far as a terminal of 80 columns has room.
 *
 * Every cell is a text block (T{ ... T}), so that no text of a cell can be taken
 * for a separator, and every column has its width: as wide as its longest cell
 * if all of them have room, else narrower, and the text wraps.  A table that has no
 * room even so, whose rows would be columns of words, or whose cells hold more
 * than lines of text becomes a list of its rows: see rows.c.
 */
#include <string.h>

#include "man.h"

enum {
	MOST_COLUMNS	= 16,
	SHORT_CELL	= 10,	/* columns as narrow are not made narrower, if it can be helped */
	MOST_LINES	= 10,	/* in a cell; more is easier read as a list */
	FRAME		= 3	/* columns of a table's lines and spaces, per column */
};

/* What is in a place of the grid. */
struct place {
	struct rp_node	*cell;
	enum { FREE, OWN, ACROSS, DOWN } use;	/* of the cell, or a part of one further left, or above */
};

struct table {
	struct rp_node	*node;
	long		 rows, columns;
	struct place	*grid;		/* by rows */
	struct measure	 of[MOST_COLUMNS];	/* by column: the widest cell */
	size_t		 width[MOST_COLUMNS];
	int		 spans;
	int		 plain;		/* cells hold lines of text */
};

static struct place *
at(const struct table *t, long row, long column)
{
	return &t->grid[row * t->columns + column];
}

/* ---- Where cells are ---- */

static long
limit(long n, long most)
{
	return n < 1 ? 1 : n < most ? n : most;
}

static void
put_cell(struct table *t, struct rp_node *cell, long row, long column)
{
	long across = limit(rp_get_int(cell, RP_A_COLSPAN, 1), t->columns - column);
	long down = limit(rp_get_int(cell, RP_A_ROWSPAN, 1), t->rows - row);
	long i, k;

	t->spans |= across > 1 || down > 1;
	for (i = 0; i < down; i++) {
		for (k = 0; k < across; k++) {
			at(t, row + i, column + k)->cell = cell;
			at(t, row + i, column + k)->use = k > 0 ? ACROSS : i > 0 ? DOWN : OWN;
		}
	}
}

/* 0 if there is no grid to be made of it. */
static int
make_grid(struct table *t, struct rp_job *job)
{
	struct rp_node *row, *cell;
	long r = 0, c;

	t->columns = rp_get_int(t->node, RP_A_COLUMNS, 0);
	for (row = rp_first(t->node); row != NULL; row = rp_next(row))
		t->rows += rp_kind(row) == RP_ROW;
	if (t->columns < 1 || t->columns > MOST_COLUMNS || t->rows == 0)
		return 0;
	t->grid = rp_alloc(job->doc, (size_t)(t->rows * t->columns) * sizeof(*t->grid));
	for (row = rp_first(t->node); row != NULL; row = rp_next(row)) {
		if (rp_kind(row) != RP_ROW)
			continue;
		for (c = 0, cell = rp_first(row); cell != NULL; cell = rp_next(cell)) {
			while (c < t->columns && at(t, r, c)->use != FREE)
				c++;
			if (c == t->columns)
				return 0;	/* more cells than columns */
			put_cell(t, cell, r, c);
		}
		r++;
	}
	return 1;
}

/* ---- How wide they are ---- */

/* Inlines, or one paragraph of them. */
int
man_is_line(const struct rp_node *cell)
{
	const struct rp_node *first = rp_first(cell);

	if (first == NULL || rp_kind_class(rp_kind(first)) == RP_CLASS_INLINE)
		return 1;
	return rp_kind(first) == RP_PARAGRAPH && rp_next(first) == NULL;
}

static void
measure_cell(struct man *m, struct table *t, struct rp_node *cell, long column)
{
	struct measure own = { 0 }, *widest = &t->of[column];

	if (!man_is_line(cell)) {
		t->plain = 0;
		return;
	}
	m->measure = &own;
	man_cell(m, cell);
	m->measure = NULL;
	if (own.broken)
		t->plain = 0;
	if (rp_get_int(cell, RP_A_COLSPAN, 1) > 1)
		return;		/* takes what room its columns have */
	if (own.total > widest->total)
		widest->total = own.total;
	if (own.longest > widest->longest)
		widest->longest = own.longest;
}

/* The column's width if no cell is to have more than quarters / 4 lines, or as much
 * more as what cannot be broken needs. */
static size_t
width_for(const struct measure *of, size_t quarters, size_t least)
{
	size_t width = (4 * of->total + quarters - 1) / quarters;

	if (least > of->total)
		least = of->total;
	if (least < of->longest)
		least = of->longest;
	return width < least ? least : width;
}

/* All columns by the same number of lines; 0 if that takes more room than there is. */
static int
fit_lines(struct table *t, size_t room, size_t quarters, size_t least)
{
	size_t sum = 0;
	long c;

	for (c = 0; c < t->columns; c++) {
		t->width[c] = width_for(&t->of[c], quarters, least);
		sum += t->width[c];
	}
	return sum <= room;
}

/* What is left goes to the columns that are furthest from what they want. */
static void
widen(struct table *t, size_t room)
{
	long c, neediest;

	for (c = 0; c < t->columns; c++)
		room -= t->width[c];
	for (; room > 0; room--) {
		neediest = 0;
		for (c = 1; c < t->columns; c++)
			if (t->of[c].total * t->width[neediest] > t->of[neediest].total * t->width[c])
				neediest = c;
		if (t->width[neediest] >= t->of[neediest].total)
			return;
		t->width[neediest]++;
	}
}

static size_t
room_for(const struct man *m, const struct table *t)
{
	size_t used = (size_t)(m->level != NULL ? m->level->total : 0) + FRAME * (size_t)t->columns;

	return used < PAGE_COLUMNS ? PAGE_COLUMNS - used : 0;
}

/* All cells, or as many as tell that they have no room. */
static void
measure(struct man *m, struct table *t)
{
	size_t room = room_for(m, t);
	long r, c;

	t->plain = 1;
	for (r = 0; r < t->rows && t->plain && fit_lines(t, room, 4 * MOST_LINES, 0); r++)
		for (c = 0; c < t->columns; c++)
			if (at(t, r, c)->use == OWN)
				measure_cell(m, t, at(t, r, c)->cell, c);
	for (c = 0; c < t->columns; c++)
		if (t->of[c].total == 0)
			t->of[c].total = t->of[c].longest = 1;
}

/* Shares the room out, so that rows are as low as can be.  0 if there is too little. */
static int
fit(const struct man *m, struct table *t)
{
	size_t room = room_for(m, t), quarters;

	for (quarters = 4; quarters <= 4 * MOST_LINES; quarters++) {
		if (!fit_lines(t, room, quarters, SHORT_CELL) && !fit_lines(t, room, quarters, 0))
			continue;
		widen(t, room);
		return 1;
	}
	return 0;
}

/* ---- For tbl ---- */

/* A column's key letter: l, c or r; s and ^ for what belongs to a cell beside or above. */
static const char *
key(const struct table *t, long row, long column)
{
	const struct place *p = at(t, row, column);
	const char *align = p->cell != NULL ? rp_get(p->cell, RP_A_ALIGN) : NULL;

	if (p->use == ACROSS || p->use == DOWN)
		return p->use == ACROSS ? "s" : "^";
	return man_is(align, "center") ? "c" : man_is(align, "right") ? "r" : "l";
}

static int
is_header(const struct table *t, long row, long column)
{
	const struct rp_node *cell = at(t, row, column)->cell;

	return cell != NULL && (rp_get_int(cell, RP_A_HEADER, 0) ||
	    rp_get_int(rp_parent(cell), RP_A_HEADER, 0));
}

/* One line of formats is for one row; the last, for all that follow too. */
static void
put_format(struct man *m, const struct table *t, long row, int last)
{
	struct rp_job *job = m->job;
	long c;

	for (c = 0; c < t->columns; c++) {
		const char *k = key(t, row, c);

		rp_roff_escape(m->r, c > 0 ? " " : "");
		rp_roff_escape(m->r, k);
		if (*k != 's' && *k != '^')
			rp_roff_escape(m->r, rp_join(job->doc, "w(",
			    man_number(job, (long)t->width[c]), "n)", NULL));
	}
	rp_roff_escape(m->r, last ? "." : "");
	rp_roff_line(m->r);
}

static int
same_format(const struct table *t, long a, long b)
{
	long c;

	for (c = 0; c < t->columns; c++)
		if (strcmp(key(t, a, c), key(t, b, c)) != 0)
			return 0;
	return 1;
}

static void
put_formats(struct man *m, const struct table *t)
{
	long last = t->rows - 1, r;

	while (last > 0 && same_format(t, last, last - 1))
		last--;
	for (r = 0; r <= last; r++)
		put_format(m, t, r, r == last);
}

void
man_cell(struct man *m, struct rp_node *cell)
{
	m->printed = m->breaks = 0;
	m->in_cell = 1;
	rp_render(m->job, cell, m);
	m->in_cell = m->breaks = 0;
}

static void
put_row(struct man *m, const struct table *t, long row)
{
	int any = 0;
	long c;

	for (c = 0; c < t->columns; c++) {
		const struct place *p = at(t, row, c);

		if (p->use == ACROSS)
			continue;	/* tbl wants nothing for it */
		if (any++)
			rp_roff_escape(m->r, "\t");
		if (p->use == DOWN)
			continue;
		rp_roff_escape(m->r, "T{");
		rp_roff_line(m->r);
		if (is_header(t, row, c))
			man_font(m, 'B');
		if (p->cell != NULL)
			man_cell(m, p->cell);
		if (is_header(t, row, c))
			man_font_end(m);
		rp_roff_line(m->r);
		rp_roff_escape(m->r, "T}");
	}
	rp_roff_line(m->r);
}

static void
put_table(struct man *m, const struct table *t)
{
	long r;

	man_begin_block(m);
	rp_roff_macro(m->r, "TS", NULL);
	rp_roff_escape(m->r, "allbox;");
	rp_roff_line(m->r);
	put_formats(m, t);
	for (r = 0; r < t->rows; r++)
		put_row(m, t, r);
	rp_roff_macro(m->r, "TE", NULL);
	/* The lower line of the frame swallows one blank line. */
	rp_roff_macro(m->r, "sp", NULL);
}

enum rp_next
man_table_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	struct table t = { .node = n };
	struct rp_node *caption = rp_child(n, RP_CAPTION);
	int good = make_grid(&t, job);

	if (caption != NULL && !man_is_empty(caption))
		rp_render(job, caption, m);
	if (good)
		measure(m, &t);
	if (good && t.plain && fit(m, &t))
		put_table(m, &t);
	else
		man_rows(m, n);
	return RP_SKIP;
}
