/*
 * table.c - tables.  Rows of headings that come first are pandoc's head, those of type
 * "foot" that come last its foot; others in between begin a new body.
 *
 * An alignment that all cells of a column have is the column's.
 */
#include <string.h>

#include "pandoc.h"

struct table {
	struct pandoc	*p;
	struct grid	 g;
	size_t		 at;		/* the next cell */
	const char	**align;	/* of each column; NULL: none that all cells have */
	long		 heads;		/* columns of headings in this body */
};

static const char *const sides[][2] = {
	{ "left", "AlignLeft" }, { "center", "AlignCenter" }, { "right", "AlignRight" },
};

static const char *
align_type(const char *align)
{
	size_t i;

	for (i = 0; align != NULL && i < sizeof(sides) / sizeof(sides[0]); i++)
		if (strcmp(sides[i][0], align) == 0)
			return sides[i][1];
	return "AlignDefault";
}

static void
find_alignments(struct table *t)
{
	unsigned char *met = rp_alloc(t->p->job->doc, (size_t)t->g.columns + 1);
	const char *align;
	size_t i;

	t->align = rp_alloc(t->p->job->doc, ((size_t)t->g.columns + 1) * sizeof(*t->align));
	for (i = 0; i < t->g.count; i++) {
		long c = t->g.places[i].column;

		align = rp_get(t->g.places[i].cell, RP_A_ALIGN);
		if (!met[c])
			t->align[c] = align;
		else if (align == NULL || t->align[c] == NULL || strcmp(align, t->align[c]) != 0)
			t->align[c] = NULL;
		met[c] = 1;
	}
	for (i = 0; i < (size_t)t->g.columns; i++)
		if (strcmp(align_type(t->align[i]), "AlignDefault") == 0)
			t->align[i] = NULL;
}

/* Widths that pandoc's own tables have, as a list of fractions. */
static void
columns(struct table *t, const struct rp_node *n)
{
	const char *widths = rp_get_named(n, "column-widths"), *w;
	size_t len;
	long i;

	rp_json_array(t->p->j);
	for (i = 0; i < t->g.columns; i++) {
		rp_json_array(t->p->j);
		pd_el_alone(t->p, align_type(t->align[i]));
		w = pd_class_word(&widths, &len);
		if (w != NULL && *w >= '0' && *w <= '9' && strspn(w, "0123456789.") >= len) {
			pd_el_open(t->p, "ColWidth");
			rp_json_number(t->p->j, rp_dup(t->p->job->doc, w, len));
			pd_el_close(t->p);
		} else {
			pd_el_alone(t->p, "ColWidthDefault");
		}
		rp_json_end(t->p->j);
	}
	rp_json_end(t->p->j);
}

void
pd_caption(struct pandoc *p, const struct rp_node *n)
{
	rp_json_array(p->j);
	rp_json_null(p->j);
	rp_json_array(p->j);
	if (n != NULL && pd_attr_more(n, 0))
		pd_block(p, n);
	else if (n != NULL)
		pd_blocks(p, n);
	rp_json_end(p->j);
	rp_json_end(p->j);
}

/* ---- Cells and rows ---- */

static void
cell(struct table *t, const struct rp_node *n, int in_head)
{
	const struct place *at = &t->g.places[t->at++];
	const char *align = rp_get(n, RP_A_ALIGN), *type = align_type(align);
	int heading = in_head || at->column < t->heads;
	attr_set said = ATTR(COLSPAN) | ATTR(ROWSPAN), unset = 0;

	if (rp_get_int(n, RP_A_COLSPAN, 2) < 2)
		said &= ~ATTR(COLSPAN);		/* a span of one is none, unless it is said */
	if (rp_get_int(n, RP_A_ROWSPAN, 2) < 2)
		said &= ~ATTR(ROWSPAN);
	if (strcmp(type, "AlignDefault") != 0)
		said |= ATTR(ALIGN);
	if (t->align[at->column] != NULL)
		type = "AlignDefault";
	if (heading && !rp_has(n, RP_A_HEADER))
		unset |= ATTR(HEADER);
	else if (heading && rp_get_int(n, RP_A_HEADER, 0) == 1)
		said |= ATTR(HEADER);
	rp_json_array(t->p->j);
	pd_attr_put(t->p, n, NULL, said, unset);
	pd_el_alone(t->p, type);
	rp_json_int(t->p->j, rp_get_int(n, RP_A_ROWSPAN, 1) > 1 ? rp_get_int(n, RP_A_ROWSPAN, 1) : 1);
	rp_json_int(t->p->j, rp_get_int(n, RP_A_COLSPAN, 1) > 1 ? rp_get_int(n, RP_A_COLSPAN, 1) : 1);
	rp_json_array(t->p->j);
	pd_blocks(t->p, n);
	rp_json_end(t->p->j);
	rp_json_end(t->p->j);
}

static void
row(struct table *t, const struct rp_node *n, int in_head)
{
	const struct rp_node *c;
	attr_set said = 0;

	if (in_head && rp_get_int(n, RP_A_HEADER, 0) == 1)
		said |= ATTR(HEADER);
	rp_json_array(t->p->j);
	pd_attr_put(t->p, n, NULL, said, 0);
	rp_json_array(t->p->j);
	for (c = rp_first(n); c != NULL; c = rp_next(c))
		if (rp_kind(c) == RP_CELL)
			cell(t, c, in_head);
	rp_json_end(t->p->j);
	rp_json_end(t->p->j);
}

static int
is_head(const struct rp_node *n)
{
	return n != NULL && rp_get_int(n, RP_A_HEADER, 0) == 1;
}

/* The next row, past what is none. */
static const struct rp_node *
row_from(const struct rp_node *n)
{
	while (n != NULL && rp_kind(n) != RP_ROW)
		n = rp_next(n);
	return n;
}

/* Rows of headings, from n on. */
static const struct rp_node *
head_rows(struct table *t, const struct rp_node *n)
{
	rp_json_array(t->p->j);
	for (; is_head(n); n = row_from(rp_next(n)))
		row(t, n, 1);
	rp_json_end(t->p->j);
	return n;
}

/* The columns of which each cell of these rows is a heading, and no cell of others. */
static long
heading_columns(const struct table *t, const struct rp_node *from, const struct rp_node *end)
{
	const struct rp_node *r, *c;
	size_t i = t->at;
	long least = t->g.columns;

	for (r = from; r != end; r = row_from(rp_next(r)))
		for (c = rp_first(r); c != NULL; c = rp_next(c)) {
			if (rp_kind(c) != RP_CELL)
				continue;
			if (rp_get_int(c, RP_A_HEADER, 0) != 1 && t->g.places[i].column < least)
				least = t->g.places[i].column;
			i++;
		}
	return from == end ? 0 : least;
}

static int
is_type(const struct rp_node *n, const char *type)
{
	const char *s = rp_get(n, RP_A_TYPE);

	return s != NULL && strcmp(s, type) == 0;
}

/* Rows up to the next heading, or to one that begins another body. */
static const struct rp_node *
body(struct table *t, const struct rp_node *n, const struct rp_node *foot)
{
	const struct rp_node *end, *first = n;

	while (is_head(first))
		first = row_from(rp_next(first));
	for (end = first; end != NULL && end != foot && !is_head(end) &&
	    (end == first || !is_type(end, "body")); end = row_from(rp_next(end)))
		;
	rp_json_array(t->p->j);
	pd_attr_empty(t->p);
	/* The cells of its heading rows are counted by themselves. */
	t->heads = 0;
	if (first == n)
		t->heads = heading_columns(t, first, end);
	rp_json_int(t->p->j, t->heads);
	n = head_rows(t, n);
	rp_json_array(t->p->j);
	for (; n != end; n = row_from(rp_next(n)))
		row(t, n, 0);
	rp_json_end(t->p->j);
	rp_json_end(t->p->j);
	t->heads = 0;
	return end;
}

/* Where the rows of the foot begin; NULL: there are none. */
static const struct rp_node *
foot_of(const struct rp_node *table)
{
	const struct rp_node *n, *foot = NULL;

	for (n = rp_last(table); n != NULL && rp_kind(n) == RP_ROW && is_type(n, "foot") && !is_head(n);
	     n = rp_prev(n))
		foot = n;
	return foot;
}

static void
bodies(struct table *t, const struct rp_node *n)
{
	const struct rp_node *r = row_from(rp_first(n)), *foot = foot_of(n);

	rp_json_array(t->p->j);		/* head */
	pd_attr_empty(t->p);
	r = head_rows(t, r);
	rp_json_end(t->p->j);
	rp_json_array(t->p->j);
	while (r != NULL && r != foot)
		r = body(t, r, foot);
	rp_json_end(t->p->j);
	rp_json_array(t->p->j);		/* foot */
	pd_attr_empty(t->p);
	rp_json_array(t->p->j);
	for (; r != NULL; r = row_from(rp_next(r)))
		row(t, r, 0);
	rp_json_end(t->p->j);
	rp_json_end(t->p->j);
}

void
pd_table(struct pandoc *p, const struct rp_node *n)
{
	struct table t = { .p = p, .g = pd_grid_of(p->job->doc, n) };
	attr_set said = 0, unset = 0;

	find_alignments(&t);
	if (!rp_has(n, RP_A_COLUMNS))
		unset = ATTR(COLUMNS);
	else if (rp_get_int(n, RP_A_COLUMNS, 0) == t.g.columns)
		said = ATTR(COLUMNS);
	pd_el_open(p, "Table");
	rp_json_array(p->j);
	pd_attr_put(p, n, NULL, said, unset);
	pd_caption(p, rp_child(n, RP_CAPTION));
	columns(&t, n);
	bodies(&t, n);
	rp_json_end(p->j);
	pd_el_close(p);
}
