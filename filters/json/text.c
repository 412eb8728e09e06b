/*
 * text.c - the words of a block without its markup: for full-text search, for
 * language models, for counting.  Blocks and list items are lines; a table row is
 * a line of cells between tabs.
 */
#include <string.h>

#include <rolepress/emit.h>

#include "json.h"

struct text {
	struct rp_sink	*out;
	const char	*gap;		/* to stand before the next word; NULL: nothing */
	int		 cells;		/* how many table cells are open */
};

static void
words(struct text *t, const char *s, size_t len)
{
	if (len == 0)
		return;
	if (t->gap != NULL)
		rp_puts(t->out, t->gap);
	t->gap = NULL;
	rp_put(t->out, s, len);
}

/* A row is one line, so what would be a new line in a cell is a space. */
static const char *
line(const struct text *t)
{
	return t->cells > 0 ? " " : "\n";
}

/* An empty cell has its tab as well: columns can be counted. */
static void
cell_in(struct text *t, const struct rp_node *n)
{
	if (rp_prev(n) != NULL)
		words(t, "\t", 1);
	t->cells++;
}

static void
item_in(struct text *t, const struct rp_node *n)
{
	if (rp_has(n, RP_A_CHECKED))
		words(t, rp_get_int(n, RP_A_CHECKED, 0) ? "[x] " : "[ ] ", 4);
}

/* Of a block: the first one of an item or a cell goes on where that began. */
static int
begins_line(const struct rp_node *n)
{
	enum rp_kind up;

	if (rp_prev(n) != NULL)
		return 1;
	up = rp_kind(rp_parent(n));
	return up != RP_ITEM && up != RP_CELL;
}

static void
code_block(struct text *t, const struct rp_node *n)
{
	size_t len = rp_text_len(n);

	while (len > 0 && rp_text(n)[len - 1] == '\n')
		len--;
	words(t, rp_text(n), len);
}

static void
enter_block(struct text *t, const struct rp_node *n, enum rp_kind kind)
{
	if (t->gap == NULL && begins_line(n))
		t->gap = line(t);
	if (kind == RP_ITEM)
		item_in(t, n);
	else if (kind == RP_CODE_BLOCK || kind == RP_RAW_BLOCK)
		code_block(t, n);
}

static void
enter(struct text *t, const struct rp_node *n, enum rp_kind kind)
{
	switch (kind) {
	case RP_TEXT:
	case RP_CODE:
	case RP_RAW_INLINE:
		words(t, rp_text(n), rp_text_len(n));
		break;
	case RP_SOFT_BREAK:
		words(t, " ", 1);
		break;
	case RP_LINE_BREAK:
		words(t, line(t), 1);
		break;
	case RP_CELL:
		cell_in(t, n);
		break;
	default:
		if (rp_kind_class(kind) != RP_CLASS_INLINE)
			enter_block(t, n, kind);
	}
}

void
json_write_text(struct rp_sink *out, size_t start, struct rp_node *top)
{
	struct text t = { .out = out };
	struct rp_walk w = rp_walk(top);
	size_t len;

	rp_sink_bytes(out, &len);
	if (len == start)
		t.gap = "";
	while (rp_walk_next(&w)) {
		enum rp_kind kind = rp_kind(w.node);

		if (w.event == RP_ENTER && kind != RP_COMMENT)
			enter(&t, w.node, kind);
		else if (w.event == RP_LEAVE && kind == RP_CELL)
			t.cells--;
	}
}
