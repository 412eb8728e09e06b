/*
 * tidy.c - after the elements: white space at the ends of blocks, paragraphs with
 * nothing in them, and places that only have a name.
 *
 * What Markdown makes has none of this, so it comes through unchanged.
 */
#include <string.h>

#include "rawhtml.h"

/* ---- White space ---- */

static int
is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void
trim_start(struct rawhtml *h, struct rp_node *text)
{
	const char *s = rp_text(text);

	if (is_white(*s))
		rp_set_text(h->doc, text, s + strspn(s, " \n\t\r\f"));
}

static void
trim_end(struct rawhtml *h, struct rp_node *text)
{
	const char *s = rp_text(text);
	size_t len = strlen(s), end = len;

	while (end > 0 && is_white(s[end - 1]))
		end--;
	if (end < len)
		rp_set_text_n(h->doc, text, s, end);
}

/* Takes a leaf away, and what is empty then. */
static void
prune(struct rp_node *block, struct rp_node *n)
{
	struct rp_node *parent;

	do {
		parent = rp_parent(n);
		rp_detach(n);
		n = parent;
	} while (n != block && rp_first(n) == NULL && rp_get(n, RP_A_ID) == NULL);
}

/* Cuts white space and line breaks at one end of a block. */
static void
trim(struct rawhtml *h, struct rp_node *block, struct rp_node *(*end)(const struct rp_node *),
    void (*cut)(struct rawhtml *, struct rp_node *))
{
	struct rp_node *n;

	for (;;) {
		for (n = block; end(n) != NULL; n = end(n))
			;
		if (n == block)
			return;
		if (rp_kind(n) == RP_TEXT) {
			cut(h, n);
			if (*rp_text(n) != '\0')
				return;
		} else if (rp_kind(n) != RP_SOFT_BREAK && rp_kind(n) != RP_LINE_BREAK) {
			return;
		}
		prune(block, n);
	}
}

/* One text instead of several, from first on; returns what follows them. */
static struct rp_node *
join_run(struct rawhtml *h, struct rp_node *first)
{
	struct rp_node *n, *end;
	struct rp_pos pos = rp_pos(first);
	size_t len = 0;
	char *s, *at;

	for (end = first; end != NULL && rp_kind(end) == RP_TEXT; end = rp_next(end))
		len += rp_text_len(end);
	if (end == rp_next(first))
		return end;
	s = at = rp_alloc(h->doc, len + 1);
	for (n = first; n != end; n = rp_next(n)) {
		/* What stood between them has gone, and its white space once is enough. */
		size_t skip = at > s && at[-1] == ' ' && *rp_text(n) == ' ';

		memcpy(at, rp_text(n) + skip, rp_text_len(n) - skip);
		at += rp_text_len(n) - skip;
		pos.end_line = rp_pos(n).end_line;
		pos.end_col = rp_pos(n).end_col;
	}
	while (rp_next(first) != end)
		rp_detach(rp_next(first));
	rp_set_text_n(h->doc, first, s, (size_t)(at - s));
	rp_set_pos(first, pos);
	return end;
}

static void
join_texts(struct rawhtml *h, struct rp_node *parent)
{
	struct rp_node *n;

	for (n = rp_first(parent); n != NULL; )
		n = rp_kind(n) == RP_TEXT ? join_run(h, n) : rp_next(n);
}

/* A line break ends the line: no white space stands around it. */
static void
tidy_line(struct rawhtml *h, struct rp_node *n)
{
	struct rp_node *prev = rp_prev(n);

	if (rp_kind(n) == RP_LINE_BREAK && prev != NULL && rp_kind(prev) == RP_SOFT_BREAK) {
		rp_detach(prev);
		prev = rp_prev(n);
	}
	if (rp_kind(n) == RP_LINE_BREAK && prev != NULL && rp_kind(prev) == RP_TEXT) {
		trim_end(h, prev);
	} else if (prev != NULL && rp_kind(prev) == RP_LINE_BREAK) {
		if (rp_kind(n) == RP_SOFT_BREAK)
			rp_detach(n);
		else if (rp_kind(n) == RP_TEXT)
			trim_start(h, n);
	}
}

/* ---- Shells ---- */

/* Bytes of names that one node answers to: a place with more keeps its own. */
enum { MOST_NAMES = 1000 };

static int
has_many_names(const struct rp_node *n)
{
	return rp_get(n, RP_A_ALIAS) != NULL && strlen(rp_get(n, RP_A_ALIAS)) > MOST_NAMES;
}

/* SPANs that were marks between elements, or that say nothing. */
static void
tidy_span(struct rawhtml *h, struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	if (type != NULL && strcmp(type, "source") == 0) {
		rp_detach(n);
		return;
	}
	rp_unset(n, RP_A_TYPE);
	rp_unset(n, RP_A_CHECKED);
	if (rp_get(n, RP_A_ID) != NULL)
		return;
	if (rp_first(n) == NULL || rawhtml_shell(n) == NULL)
		rp_unwrap(n);
	(void)h;
}

static int
is_anchor(const struct rp_node *n)
{
	return rp_kind(n) == RP_SPAN && rp_first(n) == NULL && rp_get(n, RP_A_ID) != NULL;
}

/* Gives another node the names of a place. */
static void
pass_names(struct rawhtml *h, struct rp_node *from, struct rp_node *to)
{
	if (rp_get(from, RP_A_ID) != NULL) {
		if (rp_get(to, RP_A_ID) == NULL && rp_kind(to) != RP_HEADING)
			rp_set(h->doc, to, RP_A_ID, rp_get(from, RP_A_ID));
		else
			rawhtml_alias(h, to, rp_get(from, RP_A_ID));
	}
	if (rp_get(from, RP_A_ALIAS) != NULL)
		rp_set(h->doc, to, RP_A_ALIAS, rp_get(to, RP_A_ALIAS) == NULL ? rp_get(from, RP_A_ALIAS)
		    : rp_join(h->doc, rp_get(to, RP_A_ALIAS), " ", rp_get(from, RP_A_ALIAS), NULL));
}

/* Where the names of a block go that has nothing else. */
static struct rp_node *
neighbour(struct rp_node *n)
{
	struct rp_node *to;

	for (to = rp_next(n); to != NULL; to = rp_next(to))
		if (rp_kind_class(rp_kind(to)) == RP_CLASS_BLOCK && rp_kind(to) != RP_COMMENT &&
		    rp_kind(to) != RP_FOOTNOTE)
			return to;
	for (to = rp_prev(n); to != NULL; to = rp_prev(to))
		if (rp_kind_class(rp_kind(to)) == RP_CLASS_BLOCK && rp_kind(to) != RP_COMMENT)
			return to;
	return rp_parent(n) != NULL && rp_kind(rp_parent(n)) != RP_DOCUMENT ? rp_parent(n) : NULL;
}

static void
tidy_paragraph(struct rawhtml *h, struct rp_node *n)
{
	struct rp_node *c, *to;

	for (c = rp_first(n); c != NULL; c = rp_next(c)) {
		const char *s = rp_text(c);

		if (rp_kind(c) == RP_TEXT)
			while (is_white(*s) || strncmp(s, "\xC2\xA0", 2) == 0)
				s += is_white(*s) ? 1 : 2;
		if (rp_kind(c) == RP_TEXT ? *s != '\0' : rp_kind(c) != RP_SOFT_BREAK &&
		    rp_kind(c) != RP_LINE_BREAK && !is_anchor(c))
			return;
	}
	to = neighbour(n);
	if (to == NULL && (rp_get(n, RP_A_ID) != NULL || rp_first(n) != NULL))
		return;
	if (has_many_names(n) || (to != NULL && has_many_names(to)))
		return;
	for (c = rp_first(n); to != NULL && c != NULL; c = rp_next(c))
		pass_names(h, c, to);
	if (to != NULL)
		pass_names(h, n, to);
	rp_detach(n);
}

/* <h2><a name="x"></a>Title</h2>: the place is the heading. */
static void
tidy_heading(struct rawhtml *h, struct rp_node *n)
{
	struct rp_node *c, *next;

	for (c = rp_first(n); c != NULL; c = next) {
		next = rp_next(c);
		if (rp_kind(c) != RP_SPAN || (rp_first(c) != NULL && rp_get(c, RP_A_ID) == NULL))
			continue;
		pass_names(h, c, n);
		rp_unset(c, RP_A_ID);
		if (rawhtml_shell(c) == NULL)
			rp_unwrap(c);
	}
	join_texts(h, n);
}

static void
tidy_block(struct rawhtml *h, struct rp_node *n)
{
	if (rp_kind(n) == RP_HEADING)
		tidy_heading(h, n);
	if (rawhtml_holds(n) == RAWHTML_INLINES || rawhtml_holds(n) == RAWHTML_FLOW) {
		trim(h, n, rp_first, trim_start);
		trim(h, n, rp_last, trim_end);
	}
	if (rp_kind(n) == RP_PARAGRAPH)
		tidy_paragraph(h, n);
	else if (rp_kind(n) == RP_DIV && rp_first(n) == NULL)
		tidy_paragraph(h, n);
}

/* ---- Wrappers ----
 *
 * A page in <div class="container"> would hide its headings from all that looks
 * for the document's title and sections.  So what holds headings of the document
 * itself goes; a quote, a list or a fold keeps its own.
 */

/* Does it hold a heading, with nothing but other wrappers around that? */
static int
wraps_heading(struct rp_node *div)
{
	struct rp_walk w = rp_walk(div);

	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER)
			continue;
		if (rp_kind(w.node) == RP_HEADING)
			return 1;
		if (rp_kind(w.node) != RP_DIV)
			rp_walk_skip(&w);
	}
	return 0;
}

static void
pass_on(struct rp_doc *doc, const struct rp_node *from, struct rp_node *to, enum rp_attr a)
{
	if (rp_get(from, a) != NULL && rp_get(to, a) == NULL)
		rp_set(doc, to, a, rp_get(from, a));
}

/* Puts what a wrapper holds in its place, and returns the first of it.  Its names
 * become that one's, its language and direction everyone's. */
static struct rp_node *
open_wrapper(struct rawhtml *h, struct rp_node *div)
{
	struct rp_node *first = rp_first(div), *n;

	for (n = first; n != NULL; n = rp_next(n)) {
		pass_on(h->doc, div, n, RP_A_LANG);
		pass_on(h->doc, div, n, RP_A_DIR);
	}
	pass_names(h, div, first);
	rp_unwrap(div);
	return first;
}

static void
open_wrappers(struct rawhtml *h)
{
	struct rp_node *n;

	for (n = rp_first(h->job->root); n != NULL; )
		n = rp_kind(n) == RP_DIV && wraps_heading(n) ? open_wrapper(h, n) : rp_next(n);
}

/* ---- Depth ---- */

/* Each piece of HTML is bounded, and so is Markdown; one in the other, many times
 * over, is not. */
enum { DEEPEST = 150 };

/* Below that, blocks become lines of a paragraph. */
static void
flatten(struct rawhtml *h, struct rp_node *n)
{
	if (rp_kind_class(rp_kind(n)) != RP_CLASS_BLOCK || !rawhtml_has_blocks(n))
		return;
	if (!h->told_deep)
		rp_report(h->job, RP_D_TOO_DEEP, n, "150", NULL);
	h->told_deep = 1;
	rawhtml_inlines(h, n);
	rp_set_kind(n, RP_PARAGRAPH);
}

void
rawhtml_tidy(struct rawhtml *h)
{
	struct rp_walk w = rp_walk(h->job->root);

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER && w.depth >= DEEPEST)
			flatten(h, w.node);
		if (w.event == RP_ENTER)
			continue;
		join_texts(h, w.node);
		if (rp_kind(w.node) == RP_SPAN)
			tidy_span(h, w.node);
		else if (rawhtml_is_inline(w.node))
			tidy_line(h, w.node);
		else
			tidy_block(h, w.node);
	}
	open_wrappers(h);
}
