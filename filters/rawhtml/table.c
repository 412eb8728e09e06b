/*
 * table.c - tables: rows of cells, with a caption before and nothing else.
 */
#include <string.h>

#include "rawhtml.h"

/* HTML's own limit for colspan, and how many columns are looked at for rowspan:
 * a row of a thousand cells is no table that anybody reads. */
enum { MOST_COLUMNS = 1000 };

/* ---- Rows and cells ---- */

/* Every run of children that is not of a kind, or of those not of a kind the ones
 * that are of another, goes into a new node of that kind. */
static void
gather(struct rawhtml *h, struct rp_node *parent, enum rp_kind kind, enum rp_kind only)
{
	struct rp_node *n, *next, *into = NULL;

	for (n = rp_first(parent); n != NULL; n = next) {
		next = rp_next(n);
		if (rp_kind(n) == RP_COMMENT) {
			rp_detach(n);
		} else if (rp_kind(n) == kind || (only != RP_KIND_MAX && rp_kind(n) != only)) {
			into = NULL;
		} else {
			if (into == NULL) {
				into = rp_new(h->doc, kind);
				rp_set_pos(into, rp_pos(n));
				rp_insert_before(n, into);
			}
			rp_append(into, n);
		}
	}
}

static void
settle_cell(struct rawhtml *h, struct rp_node *cell)
{
	struct rp_node *only;

	if (rawhtml_has_blocks(cell))
		rawhtml_blocks(h, cell, RP_KIND_MAX);
	only = rp_first(cell);
	if (only != NULL && rp_next(only) == NULL && rp_kind(only) == RP_PARAGRAPH &&
	    rawhtml_shell(only) == NULL)
		rp_unwrap(only);
}

static void
settle_row(struct rawhtml *h, struct rp_node *row)
{
	struct rp_node *cell;

	gather(h, row, RP_CELL, RP_KIND_MAX);
	for (cell = rp_first(row); cell != NULL; cell = rp_next(cell))
		settle_cell(h, cell);
}

struct rp_node *
rawhtml_make_cell(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *align = rawhtml_align(attrs);

	rp_set_kind(content, RP_CELL);
	settle_cell(h, content);
	if (e->arg)
		rp_set_int(h->doc, content, RP_A_HEADER, 1);
	if (align != NULL)
		rp_set(h->doc, content, RP_A_ALIGN, align);
	rawhtml_number(h, content, RP_A_COLSPAN, rawhtml_attr(attrs, "colspan"));
	rawhtml_number(h, content, RP_A_ROWSPAN, rawhtml_attr(attrs, "rowspan"));
	return content;
}

struct rp_node *
rawhtml_make_row(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *align = rawhtml_align(attrs);
	struct rp_node *cell;

	(void)e;
	settle_row(h, content);
	if (rp_first(content) == NULL)
		return NULL;
	for (cell = rp_first(content); align != NULL && cell != NULL; cell = rp_next(cell))
		if (rp_get(cell, RP_A_ALIGN) == NULL)
			rp_set(h->doc, cell, RP_A_ALIGN, align);
	rp_set_kind(content, RP_ROW);
	return content;
}

/* thead, tbody, tfoot: of their meaning the rows keep that they are headings. */
struct rp_node *
rawhtml_make_rows(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *row, *cell;

	(void)attrs;
	gather(h, content, RP_ROW, RP_CELL);
	for (row = rp_first(content); e->arg && row != NULL; row = rp_next(row)) {
		if (rp_kind(row) != RP_ROW)
			continue;
		rp_set_int(h->doc, row, RP_A_HEADER, 1);
		for (cell = rp_first(row); cell != NULL; cell = rp_next(cell))
			rp_set_int(h->doc, cell, RP_A_HEADER, 1);
	}
	return NULL;
}

/* ---- The grid ---- */

struct grid {
	long	*until;		/* the row in which each column is free again */
	long	 used, cap;
	long	 columns;	/* up to the last one in which a cell begins */
};

static void
occupy(struct rawhtml *h, struct grid *g, long from, long end, long until)
{
	long *old = g->until;

	if (end > g->cap) {
		while (g->cap < end)
			g->cap = g->cap > 0 ? 2 * g->cap : 16;
		g->until = rp_alloc(h->doc, (size_t)g->cap * sizeof(*g->until));
		if (old != NULL)
			memcpy(g->until, old, (size_t)g->used * sizeof(*old));
	}
	if (end > g->used)
		g->used = end;
	if (from + 1 > g->columns)
		g->columns = from + 1;
	for (; from < end; from++)
		g->until[from] = until;
}

/* Sets a span, or none where it would say nothing. */
static void
set_span(struct rawhtml *h, struct rp_node *cell, enum rp_attr a, long span)
{
	if (span > 1)
		rp_set_int(h->doc, cell, a, span);
	else
		rp_unset(cell, a);
}

static long
between(long low, long n, long high)
{
	return n < low ? low : n > high ? high : n;
}

/*
 * Finds each cell's column, as the HTML standard does (4.9.12), and the number
 * of columns.  Once that is known (columns > 0), cuts what spans more.
 */
static void
lay_out(struct rawhtml *h, const struct rp_node *table, struct grid *g, long rows, long columns)
{
	const struct rp_node *row;
	struct rp_node *cell;
	long r = 0, c, wide, high, most;

	for (row = rp_first(table); row != NULL; row = rp_next(row)) {
		if (rp_kind(row) != RP_ROW)
			continue;
		for (c = 0, cell = rp_first(row); cell != NULL; cell = rp_next(cell), c += wide) {
			while (c < g->used && g->until[c] > r)
				c++;
			most = columns > 0 ? columns - c : c < MOST_COLUMNS ? MOST_COLUMNS - c : 1;
			wide = between(1, rp_get_int(cell, RP_A_COLSPAN, 1), most);
			high = rp_get_int(cell, RP_A_ROWSPAN, 1);
			high = between(1, high == 0 ? rows : high, c < MOST_COLUMNS ? rows - r : 1);
			if (columns > 0) {
				set_span(h, cell, RP_A_COLSPAN, wide);
				set_span(h, cell, RP_A_ROWSPAN, high);
			}
			occupy(h, g, c, c + wide, r + high);
		}
		r++;
	}
}

/* Rows of headings are the first ones: those of thead, else those of th alone. */
static void
find_headings(struct rawhtml *h, const struct rp_node *table)
{
	struct rp_node *row, *cell;
	int named = 0, head = 1, n = 0;

	for (row = rp_first(table); row != NULL; row = rp_next(row))
		named |= rp_get_int(row, RP_A_HEADER, 0) != 0;
	for (row = rp_first(table); row != NULL; row = rp_next(row)) {
		if (rp_kind(row) != RP_ROW)
			continue;
		if (named) {
			head &= rp_get_int(row, RP_A_HEADER, 0) != 0;
		} else {
			for (cell = rp_first(row); cell != NULL; cell = rp_next(cell))
				head &= rp_get_int(cell, RP_A_HEADER, 0) != 0;
			head &= n++ == 0 || rp_next(row) != NULL;
		}
		if (head)
			rp_set_int(h->doc, row, RP_A_HEADER, 1);
		else
			rp_unset(row, RP_A_HEADER);
	}
}

/* ---- The table ---- */

/* What is neither row nor caption stands before the table, where browsers show
 * it; so does a second caption. */
static void
put_out(struct rp_node *table)
{
	struct rp_node *n, *next, *caption = NULL;

	for (n = rp_first(table); n != NULL; n = next) {
		next = rp_next(n);
		if (rp_kind(n) == RP_CAPTION && caption == NULL)
			caption = n;
		else if (rp_kind(n) != RP_ROW)
			rp_insert_before(table, n);
	}
	if (caption != NULL)
		rp_prepend(table, caption);
}

int
rawhtml_table(struct rawhtml *h, struct rp_node *table)
{
	struct grid g = { 0 };
	struct rp_node *n;
	long rows = 0, columns;

	rp_set_kind(table, RP_TABLE);
	gather(h, table, RP_ROW, RP_CELL);
	put_out(table);
	for (n = rp_first(table); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) == RP_ROW) {
			settle_row(h, n);
			rows++;
		}
	}
	if (rows == 0) {
		if (rp_first(table) != NULL)
			rp_insert_before(table, rp_first(table));
		return 0;
	}
	lay_out(h, table, &g, rows, 0);
	columns = g.columns;
	memset(&g, 0, sizeof(g));
	lay_out(h, table, &g, rows, columns);
	rp_set_int(h->doc, table, RP_A_COLUMNS, columns);
	find_headings(h, table);
	return 1;
}

struct rp_node *
rawhtml_make_table(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *table = rawhtml_inner(h, content, e->kind);

	(void)attrs;
	if (!rawhtml_table(h, table))
		rp_detach(table);
	rawhtml_blocks(h, content, RP_KIND_MAX);
	return NULL;
}
