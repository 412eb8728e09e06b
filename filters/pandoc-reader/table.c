/*
 * table.c - tables: those of API 1.21 on, with heads, bodies and a foot, and the older
 * ones of one head and one body.
 */
#include <string.h>

#include "reader.h"

enum { MOST_COLUMNS = 1000 };

struct table {
	struct reader	*r;
	struct rp_node	*node;		/* the TABLE, or what it would have stood in */
	const char	**align;	/* of each column; NULL: none */
	size_t		 columns, room;	/* room: columns that taken can count */
	long		*taken;		/* rows more that each column is taken */
	long		 widest;
};

static const char *
align_of(struct reader *r, const struct at *at, const json_t *v)
{
	static const char *const sides[][2] = {
		{ "AlignLeft", "left" }, { "AlignCenter", "center" }, { "AlignRight", "right" },
	};
	const json_t *none;
	const char *type = pr_element_of(r, at, v, &none);
	size_t i;

	for (i = 0; type != NULL && i < sizeof(sides) / sizeof(sides[0]); i++)
		if (strcmp(type, sides[i][0]) == 0)
			return sides[i][1];
	return NULL;
}

/* ---- Cells and rows ---- */

static long
span_of(struct reader *r, const struct at *at, const json_t *v, long most)
{
	long n = pr_int_of(r, at, v);

	return n < 1 ? 1 : n > most ? most : n;
}

/* The column that a cell of this width and height begins in; it takes its place. */
static long
place(struct table *t, long *column, long width, long height)
{
	long at, i;

	while (*column < (long)t->room && t->taken[*column] > 0)
		++*column;
	at = *column;
	for (i = at; i < at + width && i < (long)t->room; i++)
		t->taken[i] = height;
	*column = at + width;
	if (*column > t->widest)
		t->widest = *column;
	return at;
}

static void
new_row(struct table *t)
{
	size_t i;

	for (i = 0; i < t->room; i++)
		t->taken[i] -= t->taken[i] > 0;
}

/* [attr, alignment, row span, column span, blocks] */
static void
cell(struct table *t, const struct at *at, const json_t *v, struct rp_node *row, long *column, long heads)
{
	struct at part[5];
	struct reader *r = t->r;
	const char *align;
	struct rp_node *n;
	long rows, columns, here;
	size_t i;

	if (pr_list_of(r, at, v, 5) == NULL)
		return;
	for (i = 0; i < 5; i++)
		part[i] = pr_below(at, i);
	align = align_of(r, &part[1], json_array_get(v, 1));
	rows = span_of(r, &part[2], json_array_get(v, 2), 65534);
	columns = span_of(r, &part[3], json_array_get(v, 3), MOST_COLUMNS);
	here = place(t, column, columns, rows);
	n = pr_enter(r, RP_CELL, row);
	if (n != row) {
		if (here < heads)
			rp_set_int(r->doc, n, RP_A_HEADER, 1);
		if (align == NULL && here < (long)t->columns)
			align = t->align[here];
		rp_set(r->doc, n, RP_A_ALIGN, align);
		if (columns > 1)
			rp_set_int(r->doc, n, RP_A_COLSPAN, columns);
		if (rows > 1)
			rp_set_int(r->doc, n, RP_A_ROWSPAN, rows);
		pr_attr_apply(r, &part[0], json_array_get(v, 0), n, NULL);
		pr_read_flow(r, &part[4], json_array_get(v, 4), n);
	} else {
		pr_read_blocks(r, &part[4], json_array_get(v, 4), row);
	}
	pr_leave(r, n, row);
}

/* [attr, [cell]] */
static void
row(struct table *t, const struct at *at, const json_t *v, int in_head, long heads, const char *type)
{
	struct at attr_at = pr_below(at, 0), cells_at = pr_below(at, 1);
	const json_t *cells, *c;
	struct rp_node *n;
	long column = 0;
	size_t i;

	if (pr_list_of(t->r, at, v, 2) == NULL ||
	    (cells = pr_list_of(t->r, &cells_at, json_array_get(v, 1), 0)) == NULL)
		return;
	n = pr_enter(t->r, RP_ROW, t->node);
	if (n != t->node) {
		if (in_head)
			rp_set_int(t->r->doc, n, RP_A_HEADER, 1);
		rp_set(t->r->doc, n, RP_A_TYPE, type);
		pr_attr_apply(t->r, &attr_at, json_array_get(v, 0), n, NULL);
	}
	new_row(t);
	json_array_foreach(cells, i, c) {
		struct at here = pr_below(&cells_at, i);

		cell(t, &here, c, n, &column, in_head ? MOST_COLUMNS + 1 : heads);
	}
	pr_leave(t->r, n, t->node);
}

static void
rows(struct table *t, const struct at *at, const json_t *list, int in_head, long heads, const char *first,
    const char *all)
{
	const json_t *v;
	size_t i;

	if (pr_list_of(t->r, at, list, 0) == NULL)
		return;
	json_array_foreach(list, i, v) {
		struct at here = pr_below(at, i);

		row(t, &here, v, in_head, heads, i == 0 && first != NULL ? first : all);
		if (t->r->failed)
			return;
	}
}

/* ---- The table ---- */

static void
columns(struct table *t, const struct at *at, const json_t *list)
{
	const char *widths = "";
	const json_t *v, *w;
	char buf[32];
	size_t i;
	int any = 0;

	if (pr_list_of(t->r, at, list, 0) == NULL)
		return;
	t->columns = json_array_size(list);
	if (t->columns > MOST_COLUMNS)
		t->columns = MOST_COLUMNS;
	t->align = rp_alloc(t->r->doc, (t->columns + 1) * sizeof(*t->align));
	for (i = 0; i < t->columns; i++) {
		struct at here = pr_below(at, i), align_at = pr_below(&here, 0);

		v = json_array_get(list, i);
		if (pr_list_of(t->r, &here, v, 2) == NULL)
			return;
		t->align[i] = align_of(t->r, &align_at, json_array_get(v, 0));
		w = json_object_get(json_array_get(v, 1), "c");
		any |= json_is_number(w);
		buf[0] = '-';
		buf[1] = '\0';
		if (json_is_number(w) &&
		    json_dumpb(w, buf, sizeof(buf), JSON_ENCODE_ANY | JSON_REAL_PRECISION(6)) < sizeof(buf))
			buf[json_dumpb(w, buf, sizeof(buf), JSON_ENCODE_ANY | JSON_REAL_PRECISION(6))] =
			    '\0';
		widths = rp_join(t->r->doc, widths, i > 0 ? " " : "", buf, NULL);
	}
	if (any && t->node != NULL && rp_kind(t->node) == RP_TABLE)
		rp_set_named(t->r->doc, t->node, "column-widths", widths);
}

/* [attr, row head columns, [intermediate head], [row]] */
static void
body(struct table *t, const struct at *at, const json_t *v, int first)
{
	struct at heads_at = pr_below(at, 1), head_at = pr_below(at, 2), rows_at = pr_below(at, 3);
	long heads;

	if (pr_list_of(t->r, at, v, 4) == NULL)
		return;
	heads = pr_int_of(t->r, &heads_at, json_array_get(v, 1));
	rows(t, &head_at, json_array_get(v, 2), 1, 0, NULL, NULL);
	rows(t, &rows_at, json_array_get(v, 3), 0, heads,
	    first || json_array_size(json_array_get(v, 2)) > 0 ? NULL : "body", NULL);
}

static void
parts(struct table *t, const struct at *at, const json_t *c)
{
	struct at head_at = pr_below(at, 3), bodies_at = pr_below(at, 4), foot_at = pr_below(at, 5);
	struct at head_rows = pr_below(&head_at, 1), foot_rows = pr_below(&foot_at, 1);
	const json_t *v;
	size_t i;

	if (pr_list_of(t->r, &head_at, json_array_get(c, 3), 2) == NULL ||
	    pr_list_of(t->r, &bodies_at, json_array_get(c, 4), 0) == NULL ||
	    pr_list_of(t->r, &foot_at, json_array_get(c, 5), 2) == NULL)
		return;
	rows(t, &head_rows, json_array_get(json_array_get(c, 3), 1), 1, 0, NULL, NULL);
	json_array_foreach(json_array_get(c, 4), i, v) {
		struct at here = pr_below(&bodies_at, i);

		body(t, &here, v, i == 0);
	}
	rows(t, &foot_rows, json_array_get(json_array_get(c, 5), 1), 0, 0, NULL, "foot");
}

/* ---- Before API 1.21: [caption, alignments, widths, heads, rows] ---- */

static void
old_row(struct table *t, const struct at *at, const json_t *list, int in_head)
{
	struct rp_node *n, *c;
	const json_t *v;
	size_t i;

	if (pr_list_of(t->r, at, list, 0) == NULL || (n = pr_enter(t->r, RP_ROW, t->node)) == t->node)
		return;
	if (in_head)
		rp_set_int(t->r->doc, n, RP_A_HEADER, 1);
	json_array_foreach(list, i, v) {
		struct at here = pr_below(at, i);

		c = pr_enter(t->r, RP_CELL, n);
		if (in_head)
			rp_set_int(t->r->doc, c, RP_A_HEADER, 1);
		rp_set(t->r->doc, c, RP_A_ALIGN, i < t->columns ? t->align[i] : NULL);
		pr_read_flow(t->r, &here, v, c);
		pr_leave(t->r, c, n);
	}
	if ((long)i > t->widest)
		t->widest = (long)i;
	pr_leave(t->r, n, t->node);
}

static void
old_table(struct table *t, const struct at *at, const json_t *c)
{
	struct at part[5];
	struct rp_node *caption = rp_new(t->r->doc, RP_CAPTION);
	const json_t *v;
	size_t i;
	int has_head = 0;

	for (i = 0; i < 5; i++)
		part[i] = pr_below(at, i);
	pr_read_inlines(t->r, &part[0], json_array_get(c, 0), caption);
	if (rp_first(caption) != NULL)
		rp_append(t->node, caption);
	if (pr_list_of(t->r, &part[1], json_array_get(c, 1), 0) == NULL ||
	    pr_list_of(t->r, &part[3], json_array_get(c, 3), 0) == NULL ||
	    pr_list_of(t->r, &part[4], json_array_get(c, 4), 0) == NULL)
		return;
	t->columns = json_array_size(json_array_get(c, 1));
	t->align = rp_alloc(t->r->doc, (t->columns + 1) * sizeof(*t->align));
	json_array_foreach(json_array_get(c, 1), i, v) {
		struct at here = pr_below(&part[1], i);

		t->align[i] = align_of(t->r, &here, v);
	}
	json_array_foreach(json_array_get(c, 3), i, v)
		has_head |= json_array_size(v) > 0;
	if (has_head)
		old_row(t, &part[3], json_array_get(c, 3), 1);
	json_array_foreach(json_array_get(c, 4), i, v) {
		struct at here = pr_below(&part[4], i);

		old_row(t, &here, v, 0);
	}
}

void
pr_read_table(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct table t = { .r = r, .room = MOST_COLUMNS };
	struct at attr_at = pr_below(at, 0), caption_at = pr_below(at, 1), columns_at = pr_below(at, 2);

	if (pr_list_of(r, at, c, 5) == NULL)
		return;
	t.taken = rp_alloc(r->doc, MOST_COLUMNS * sizeof(*t.taken));
	t.node = pr_enter(r, RP_TABLE, into);
	if (json_array_size(c) == 5) {
		if (t.node != into)
			old_table(&t, at, c);
	} else {
		if (t.node != into)
			pr_read_caption(r, &caption_at, json_array_get(c, 1), t.node);
		columns(&t, &columns_at, json_array_get(c, 2));
		parts(&t, at, c);
	}
	if (t.node != into && !r->failed) {
		/* Rows count, since some programs say less than there is. */
		rp_set_int(r->doc, t.node, RP_A_COLUMNS, t.widest > MOST_COLUMNS ? MOST_COLUMNS : t.widest);
		if (json_array_size(c) != 5)
			pr_attr_apply(r, &attr_at, json_array_get(c, 0), t.node, NULL);
	}
	pr_leave(r, t.node, into);
}
