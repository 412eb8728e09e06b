/*
 * places.c - where each node stands in the source, as a list beside the document: put on
 * the nodes, positions would wrap every word in a Span that filters trip over.
 *
 * An entry for each node of the body, in the order of the tree:
 *
 *	KIND [#HASH] [@LINES.COLUMN.LINES.COLUMN]
 *
 * KIND is the number of the kind; HASH that of the node's own text, by which the reader
 * tells what a filter has moved or changed.  Lines are counted from those of the entry
 * before, the end's from the beginning's.  Texts that stand side by side are one for
 * pandoc: they share an entry, in which ",LENGTH" is before the place of each.
 */
#include "pandoc.h"

struct places {
	struct rp_sink	*out;
	uint32_t	 line;		/* of the entry before */
};

static void
number(struct places *s, long n)
{
	char buf[24], *p = buf + sizeof(buf);
	unsigned long u = n < 0 ? 0UL - (unsigned long)n : (unsigned long)n;

	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (n < 0)
		*--p = '-';
	rp_put(s->out, p, (size_t)(buf + sizeof(buf) - p));
}

static void
place(struct places *s, const struct rp_node *n)
{
	struct rp_pos pos = rp_pos(n);

	if (pos.line == 0)
		return;
	rp_puts(s->out, "@");
	number(s, (long)pos.line - (long)s->line);
	rp_puts(s->out, ".");
	number(s, (long)pos.col);
	s->line = pos.line;
	if (pos.end_line == 0)
		return;
	rp_puts(s->out, ".");
	number(s, (long)pos.end_line - (long)pos.line);
	rp_puts(s->out, ".");
	number(s, (long)pos.end_col);
}

static int
is_bare_text(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_TEXT && !pd_attr_more(n, 0);
}

static void
hash(struct places *s, unsigned h)
{
	rp_puts(s->out, "#");
	number(s, (long)(h & 0xFFFFFF));
}

/* The texts from n on that are one for pandoc. */
static void
texts(struct places *s, const struct rp_node *n)
{
	unsigned h = 2166136261u;
	const struct rp_node *c;
	size_t i;

	for (c = n; is_bare_text(c); c = rp_next(c))
		for (i = 0; i < rp_text_len(c); i++)
			h = (h ^ (unsigned char)rp_text(c)[i]) * 16777619u;
	hash(s, h);
	if (!is_bare_text(rp_next(n))) {
		place(s, n);
		return;
	}
	for (c = n; is_bare_text(c); c = rp_next(c)) {
		rp_puts(s->out, ",");
		number(s, (long)rp_text_len(c));
		place(s, c);
	}
}

static void
entry(struct places *s, const struct rp_node *n)
{
	if (is_bare_text(n) && rp_prev(n) != NULL && is_bare_text(rp_prev(n)))
		return;
	rp_puts(s->out, " ");
	number(s, (long)rp_kind(n));
	if (is_bare_text(n)) {
		texts(s, n);
		return;
	}
	if (rp_text_len(n) > 0)
		hash(s, pd_hash_of(rp_text(n), rp_text_len(n)));
	place(s, n);
}

const char *
pd_places(struct pandoc *p)
{
	struct rp_walk w = rp_walk(p->job->root);
	struct places s = { .out = rp_sink_new(p->job) };
	const char *bytes;
	size_t len;

	while (rp_walk_next(&w)) {
		if (w.event == RP_LEAVE || w.node == w.root)
			continue;
		if (rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
			rp_walk_skip(&w);
		else
			entry(&s, w.node);
	}
	bytes = rp_sink_bytes(s.out, &len);
	return rp_dup(p->job->doc, bytes, len);
}
