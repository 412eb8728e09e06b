/*
 * table.c - tables, by the CALS model.
 *
 * A CALS cell names the columns that it spans, and counts rows; so both have to be
 * counted here, for which the rows are gone through twice: once to learn how many
 * columns there are and how each is aligned, and once to write.
 */
#include <string.h>

#include "docbook.h"

enum { MOST = 1000 };	/* columns that one cell may span */

enum part { NONE, HEAD, BODY };

struct grid {
	struct grid	*up;		/* of the table around this one */
	struct rp_doc	*doc;
	long		 cols, col;	/* how many there are; where the next cell can begin */
	long		 room;
	long		*busy;		/* how many rows a cell in this column still takes */
	const char	**align;	/* what all cells of the column agree on; "": nothing */
	enum part	 part;
	int		 formal;
};

/* ---- Captions ---- */

const struct rp_node *
db_caption_words(const struct rp_node *caption)
{
	const struct rp_node *n = caption != NULL ? rp_first(caption) : NULL;

	if (n != NULL && rp_kind(n) == RP_PARAGRAPH && rp_next(n) == NULL)
		return n;
	return caption;
}

static int
holds_inlines(const struct rp_node *n)
{
	const struct rp_node *c = rp_first(n);

	return c == NULL || rp_kind_class(rp_kind(c)) == RP_CLASS_INLINE;
}

int
db_titleable(const struct rp_node *caption)
{
	return caption != NULL && rp_first(caption) != NULL &&
	    holds_inlines(db_caption_words(caption));
}

void
db_caption(struct docbook *s, struct rp_node *caption)
{
	int bare;

	if (caption == NULL || rp_first(caption) == NULL)
		return;
	bare = holds_inlines(caption);
	db_block(s, "caption", caption, NULL);
	s->inside[CAPTION]++;
	if (bare)
		rp_xml_block(s->x, "para");
	db_inside(s, caption);
	if (bare)
		rp_xml_end(s->x);
	else
		db_fill(s, caption);
	s->inside[CAPTION]--;
	rp_xml_end(s->x);
}

/* ---- Counting ---- */

static void
reserve(struct grid *g, long n)
{
	long room = g->room > 0 ? g->room : 16;
	const char **align;
	long *busy;

	while (room < n)
		room *= 2;
	if (room > g->room) {
		busy = rp_alloc(g->doc, (size_t)room * sizeof(*busy));
		align = rp_alloc(g->doc, (size_t)room * sizeof(*align));
		if (g->room > 0) {
			memcpy(busy, g->busy, (size_t)g->room * sizeof(*busy));
			memcpy(align, g->align, (size_t)g->room * sizeof(*align));
		}
		g->busy = busy;
		g->align = align;
		g->room = room;
	}
	if (n > g->cols)
		g->cols = n;
}

static enum part
part_of(const struct grid *g, const struct rp_node *row)
{
	return g->part != BODY && rp_get_int(row, RP_A_HEADER, 0) ? HEAD : BODY;
}

static void
begin_row(struct grid *g, enum part part)
{
	long i;

	/* No cell reaches from the head into the body. */
	for (i = 0; part != g->part && i < g->cols; i++)
		g->busy[i] = 0;
	g->part = part;
	g->col = 0;
}

static void
end_row(struct grid *g)
{
	long i;

	for (i = 0; i < g->cols; i++)
		g->busy[i] -= g->busy[i] > 0;
}

static long
colspan(const struct rp_node *cell)
{
	long n = rp_get_int(cell, RP_A_COLSPAN, 1);

	return n < 1 ? 1 : n > MOST ? MOST : n;
}

/* As many rows as it asks for, and there are in this part of the table. */
static long
rowspan(const struct rp_node *cell)
{
	const struct rp_node *row = rp_parent(cell);
	long n = rp_get_int(cell, RP_A_ROWSPAN, 1), rows = 1;
	long header = rp_get_int(row, RP_A_HEADER, 0);

	while (rows < n && (row = rp_next(row)) != NULL &&
	    rp_get_int(row, RP_A_HEADER, 0) == header)
		rows++;
	return rows;
}

/* Takes the next free columns for the cell; returns the first. */
static long
place(struct grid *g, const struct rp_node *cell)
{
	long wide = colspan(cell), high = rowspan(cell), first, i;

	while (g->col < g->cols && g->busy[g->col] > 0)
		g->col++;
	first = g->col;
	g->col += wide;
	reserve(g, g->col);
	for (i = first; i < g->col; i++)
		g->busy[i] = high;
	return first;
}

static const char *
align_of(const struct rp_node *cell)
{
	const char *a = rp_get(cell, RP_A_ALIGN);

	return a != NULL && (strcmp(a, "left") == 0 || strcmp(a, "right") == 0 ||
	    strcmp(a, "center") == 0) ? a : "";
}

static void
measure(struct grid *g, const struct rp_node *table)
{
	const struct rp_node *row, *cell;
	long first;

	reserve(g, rp_get_int(table, RP_A_COLUMNS, 1) > 0 ? 1 : 0);
	for (row = rp_first(table); row != NULL; row = rp_next(row)) {
		if (rp_kind(row) != RP_ROW)
			continue;
		begin_row(g, part_of(g, row));
		for (cell = rp_first(row); cell != NULL; cell = rp_next(cell)) {
			first = place(g, cell);
			if (g->align[first] == NULL)
				g->align[first] = align_of(cell);
			else if (strcmp(g->align[first], align_of(cell)) != 0)
				g->align[first] = "";
		}
		end_row(g);
	}
	memset(g->busy, 0, (size_t)g->cols * sizeof(*g->busy));
	g->part = NONE;
}

/* ---- Writing ---- */

/* A <table> must not hold an <informaltable>, be it in a note. */
static int
holds_table(const struct docbook *s, struct rp_node *table)
{
	struct rp_walk w = rp_walk(table);
	struct note *note;

	while (rp_walk_next(&w)) {
		if (w.node != table && rp_kind(w.node) == RP_TABLE)
			return 1;
		if (rp_kind(w.node) == RP_FOOTNOTE_REF && (note = db_note(s, w.node)) != NULL &&
		    db_holds(note->node, RP_TABLE))
			return 1;
	}
	return 0;
}

static void
columns(struct docbook *s, const struct grid *g)
{
	long i;

	rp_xml_block(s->x, "tgroup");
	rp_xml_attr_int(s->x, "cols", g->cols);
	for (i = 0; i < g->cols; i++) {
		rp_xml_block(s->x, "colspec");
		rp_xml_attr_int(s->x, "colname", i + 1);
		if (g->align[i] != NULL && *g->align[i] != '\0')
			rp_xml_attr(s->x, "align", g->align[i]);
		rp_xml_end(s->x);
	}
}

enum rp_next
db_table_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct rp_node *caption = rp_child(n, RP_CAPTION);
	struct docbook *s = state;
	struct grid *g = rp_alloc(job->doc, sizeof(*g));

	g->up = s->grid;
	g->doc = job->doc;
	measure(g, n);
	g->formal = db_titleable(caption) && db_fits(s, TABLE) && !holds_table(s, n);
	s->grid = g;
	db_block(s, g->formal ? "table" : "informaltable", n, NULL);
	if (g->formal)
		db_title(s, "title", db_caption_words(caption), RP_L_TABLE);
	s->inside[TABLE] += g->formal;
	columns(s, g);
	return RP_CHILDREN;
}

static void
empty_row(struct docbook *s)
{
	rp_xml_block(s->x, "row");
	rp_xml_element(s->x, "entry", "");
	rp_xml_end(s->x);
}

/* CALS wants a body, and a row in it. */
void
db_table_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	struct grid *g = s->grid;

	(void)job;
	if (g->part == HEAD)
		rp_xml_end(s->x);
	if (g->part != BODY) {
		rp_xml_block(s->x, "tbody");
		empty_row(s);
	}
	rp_xml_end(s->x);
	rp_xml_end(s->x);
	s->inside[TABLE] -= g->formal;
	if (!g->formal)
		db_caption(s, rp_child(n, RP_CAPTION));
	rp_xml_end(s->x);
	s->grid = g->up;
}

enum rp_next
db_row_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	enum part part = part_of(s->grid, n);

	(void)job;
	if (part != s->grid->part) {
		if (s->grid->part == HEAD)
			rp_xml_end(s->x);
		rp_xml_block(s->x, part == HEAD ? "thead" : "tbody");
	}
	begin_row(s->grid, part);
	db_block(s, "row", n, NULL);
	return RP_CHILDREN;
}

/* Cells that the row lacks are written as empty ones; and one even where cells from
 * above take all the columns, as a row wants one. */
void
db_row_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	struct grid *g = s->grid;
	int empty = rp_first(n) == NULL;

	(void)job;
	for (; g->col < g->cols; g->col++) {
		if (g->busy[g->col] > 0)
			continue;
		rp_xml_element(s->x, "entry", "");
		empty = 0;
	}
	if (empty)
		rp_xml_element(s->x, "entry", "");
	end_row(g);
	rp_xml_end(s->x);
}

enum rp_next
db_cell_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	struct grid *g = s->grid;
	long first = place(g, n), wide = colspan(n), high = rowspan(n);
	int heads = g->part == BODY && rp_get_int(n, RP_A_HEADER, 0);

	(void)job;
	db_block(s, "entry", n, heads ? "header" : NULL);
	if (wide > 1) {
		rp_xml_attr_int(s->x, "namest", first + 1);
		rp_xml_attr_int(s->x, "nameend", first + wide);
	}
	if (high > 1)
		rp_xml_attr_int(s->x, "morerows", high - 1);
	if (*align_of(n) != '\0' && strcmp(align_of(n), g->align[first]) != 0)
		rp_xml_attr(s->x, "align", align_of(n));
	return RP_CHILDREN;
}
