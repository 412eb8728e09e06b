/*
 * table.c - rules for tables.
 *
 * HTML wants rows in <thead> and <tbody>, and the tree has rows with a mark:
 * the head is the marked rows before the first one that is not.
 */
#include <string.h>

#include "html.h"

struct html_table {
	struct html_table	*up;	/* the one around it */
	const struct rp_node	*first;	/* row, or NULL */
	const struct rp_node	*body;	/* its first row after the head, or NULL */
};

static int
is_head(const struct rp_node *row)
{
	return rp_get_int(row, RP_A_HEADER, 0) != 0;
}

enum rp_next
html_table_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	struct html_table *t = rp_alloc(job->doc, sizeof(*t));

	t->up = h->table;
	h->table = t;
	t->first = t->body = rp_child(n, RP_ROW);
	while (t->body != NULL && is_head(t->body))
		t->body = rp_next(t->body);
	if (!h->fragment) {
		rp_xml_block(h->x, "div");
		rp_xml_attr(h->x, "class", "table");
		if (!h->chapter)
			rp_xml_attr(h->x, "tabindex", "0");	/* it scrolls, by keys too */
	}
	html_block(h, job, n, "table", NULL);
	return RP_CHILDREN;
}

void
html_table_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	(void)job;
	(void)n;
	h->table = h->table->up;
	rp_xml_end(h->x);
	if (!h->fragment)
		rp_xml_end(h->x);
}

enum rp_next
html_row_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct html_table *t = h->table;

	if (t != NULL && n == t->body)
		rp_xml_block(h->x, "tbody");
	else if (t != NULL && n == t->first)
		rp_xml_block(h->x, "thead");
	html_block(h, job, n, "tr", NULL);
	return RP_CHILDREN;
}

void
html_row_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct rp_node *next = rp_next(n);

	(void)job;
	rp_xml_end(h->x);
	if (h->table != NULL && (next == NULL || next == h->table->body))
		rp_xml_end(h->x);
}

/*
 * A page's text may run either way: "left" is where a line begins, as it is for
 * the author, who sees the colon of |:---| there.
 */
static const char *
alignment(const char *align)
{
	if (align == NULL)
		return NULL;
	if (strcmp(align, "left") == 0)
		return "start";
	return strcmp(align, "right") == 0 ? "end" : "center";
}

static void
span(struct html *h, const struct rp_node *n, enum rp_attr attr, const char *name)
{
	if (rp_get_int(n, attr, 1) > 1)
		rp_xml_attr_int(h->x, name, rp_get_int(n, attr, 1));
}

enum rp_next
html_cell_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct rp_node *row = rp_parent(n);
	int head = row != NULL && is_head(row), th = head || rp_get_int(n, RP_A_HEADER, 0) != 0;

	/* An empty heading is none (WCAG, technique H51); GFM has it all the same. */
	if (!h->fragment && rp_first(n) == NULL)
		th = 0;
	html_block(h, job, n, th ? "th" : "td", h->fragment ? NULL : alignment(rp_get(n, RP_A_ALIGN)));
	if (h->fragment)
		rp_xml_attr(h->x, "align", rp_get(n, RP_A_ALIGN));
	else if (th)
		rp_xml_attr(h->x, "scope", head ? "col" : "row");
	span(h, n, RP_A_COLSPAN, "colspan");
	span(h, n, RP_A_ROWSPAN, "rowspan");
	return RP_CHILDREN;
}
