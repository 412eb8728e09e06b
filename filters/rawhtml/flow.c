/*
 * flow.c - blocks in the place of inlines and the other way round.
 *
 * HTML lets links hold paragraphs and table cells hold either; here a node holds
 * blocks or inlines.  What is in the wrong place is moved, never lost.
 */
#include <string.h>

#include "rawhtml.h"

enum rawhtml_holds
rawhtml_holds(const struct rp_node *n)
{
	static const enum rawhtml_holds holds[RP_KIND_MAX] = {
#define RP_KIND(id, name, class, what) [RP_##id] = RAWHTML_##what,
#include <rolepress/node.def>
	};

	return holds[rp_kind(n)];
}

int
rawhtml_is_inline(const struct rp_node *n)
{
	return rp_kind_class(rp_kind(n)) == RP_CLASS_INLINE;
}

int
rawhtml_has_blocks(const struct rp_node *n)
{
	const struct rp_node *c;

	for (c = rp_first(n); c != NULL; c = rp_next(c))
		if (!rawhtml_is_inline(c))
			return 1;
	return 0;
}

/* ---- Parts that stand alone ---- */

/* What kind of node the part has to stand in; RP_KIND_MAX: it is none, or alone. */
static enum rp_kind
home_of(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_ITEM:
		return RP_LIST;
	case RP_TERM:
	case RP_DEFINITION:
		return RP_DEFINITION_LIST;
	case RP_ROW:
	case RP_CELL:
		return RP_TABLE;
	default:
		return RP_KIND_MAX;
	}
}

static void
build(struct rawhtml *h, struct rp_node *n, enum rp_kind k)
{
	int any = k == RP_LIST ? rawhtml_list(h, n)
	    : k == RP_TABLE ? rawhtml_table(h, n) : rawhtml_definitions(h, n);

	if (!any)
		rp_unwrap(n);
}

/* Puts a run of parts from n on into their list or table. */
static void
adopt(struct rawhtml *h, struct rp_node *n, enum rp_kind home)
{
	struct rp_node *parent = rp_new(h->doc, RP_DIV);

	rp_set_pos(parent, rp_pos(n));
	rp_insert_before(n, parent);
	while ((n = rp_next(parent)) != NULL && home_of(n) == home)
		rp_append(parent, n);
	build(h, parent, home);
}

static void
wrap_all(struct rawhtml *h, struct rp_node *n)
{
	struct rp_node *para = rp_new(h->doc, RP_PARAGRAPH);

	rp_set_pos(para, rp_pos(n));
	rp_move_children(para, n);
	rp_append(n, para);
}

void
rawhtml_blocks(struct rawhtml *h, struct rp_node *content, enum rp_kind own)
{
	struct rp_node *n, *next;

	if (rp_first(content) != NULL && !rawhtml_has_blocks(content)) {
		if (rawhtml_holds(content) != RAWHTML_FLOW)
			wrap_all(h, content);
	} else {
		for (n = rp_first(content); n != NULL; n = next) {
			next = rp_next(n);
			if (rp_kind(n) == own || rp_kind_class(rp_kind(n)) != RP_CLASS_PART)
				continue;
			if (home_of(n) != RP_KIND_MAX) {
				while (next != NULL && home_of(next) == home_of(n))
					next = rp_next(next);
				adopt(h, n, home_of(n));
			} else if (rawhtml_has_blocks(n)) {
				rp_unwrap(n);
			} else {
				rp_set_kind(n, RP_PARAGRAPH);
			}
		}
	}
	if (rp_kind(content) == RP_SPAN)
		rp_set_kind(content, RP_DIV);
}

struct rp_node *
rawhtml_inner(struct rawhtml *h, struct rp_node *content, enum rp_kind kind)
{
	static const enum rp_attr attrs[] = { RP_A_ID, RP_A_CLASS, RP_A_LANG, RP_A_DIR };
	struct rp_node *n = rp_new(h->doc, kind);
	size_t i;

	rp_set_pos(n, rp_pos(content));
	for (i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++) {
		if (rp_get(content, attrs[i]) == NULL)
			continue;
		rp_set(h->doc, n, attrs[i], rp_get(content, attrs[i]));
		rp_unset(content, attrs[i]);
	}
	rp_move_children(n, content);
	rp_append(content, n);
	return n;
}

/* ---- Inlines only ---- */

/* What is left of a block without inlines, as one; NULL: nothing. */
static struct rp_node *
as_inline(struct rp_node *block)
{
	if (rp_kind(block) != RP_CODE_BLOCK)
		return NULL;
	rp_set_kind(block, RP_CODE);
	rp_unset(block, RP_A_INFO);
	return block;
}

static void
add_line(struct rawhtml *h, struct rp_node *to, struct rp_node *block)
{
	struct rp_node *n, *next;
	struct rp_node *line = as_inline(block);

	for (n = rp_first(block); line == NULL && n != NULL; n = rp_next(n))
		line = rawhtml_is_inline(n) ? n : NULL;
	if (line == NULL)
		return;
	if (rp_first(to) != NULL)
		rp_append(to, rp_new(h->doc, RP_LINE_BREAK));
	if (line == block) {
		rp_append(to, block);
		return;
	}
	for (n = rp_first(block); n != NULL; n = next) {
		next = rp_next(n);
		if (rawhtml_is_inline(n))
			rp_append(to, n);
	}
}

/* Each block that held text becomes a line. */
void
rawhtml_inlines(struct rawhtml *h, struct rp_node *content)
{
	struct rp_node *lines = rp_new(h->doc, RP_SPAN);
	struct rp_walk w = rp_walk(content);

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && rawhtml_is_inline(w.node) && w.node != content)
			rp_walk_skip(&w);
		else if (w.event == RP_LEAVE && (w.node == content || !rawhtml_is_inline(w.node)))
			add_line(h, lines, w.node);
	while (rp_first(content) != NULL)
		rp_detach(rp_first(content));
	rp_move_children(content, lines);
	if (rp_kind(content) == RP_DIV)
		rp_set_kind(content, RP_SPAN);
}

/* ---- An inline around blocks ---- */

static struct rp_node *
alike(struct rawhtml *h, const struct rp_node *like)
{
	static const enum rp_attr attrs[] = { RP_A_URL, RP_A_TITLE };
	struct rp_node *n = rp_new(h->doc, rp_kind(like));
	size_t i;

	rp_set_pos(n, rp_pos(like));
	for (i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if (rp_get(like, attrs[i]) != NULL)
			rp_set(h->doc, n, attrs[i], rp_get(like, attrs[i]));
	return n;
}

static int
has_link(struct rp_node *n)
{
	struct rp_walk w = rp_walk(n);

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && rp_kind(w.node) == RP_LINK)
			return 1;
	return 0;
}

/* Is it an address that was made a link because it looks like one? */
static int
is_bare(struct rawhtml *h, const struct rp_node *link)
{
	const char *url = rp_get(link, RP_A_URL), *text = rp_plain_text(h->doc, link);
	size_t n = strlen(text), len = url != NULL ? strlen(url) : 0;

	return n > 0 && len >= n && strcmp(url + len - n, text) == 0;
}

/* Links cannot stand in links: inner ones that say no more than their text go. */
static void
unlink_bare(struct rawhtml *h, struct rp_node *n)
{
	struct rp_walk w = rp_walk(n);

	while (rp_walk_next(&w))
		if (w.event == RP_LEAVE && w.node != n && rp_kind(w.node) == RP_LINK &&
		    is_bare(h, w.node))
			rp_unwrap(w.node);
}

/* Puts n's inline children into copies of an inline; links around links are
 * left out. */
static void
enclose(struct rawhtml *h, struct rp_node *n, const struct rp_node *like)
{
	struct rp_node *c, *next, *into = NULL;
	int link = rp_kind(like) == RP_LINK;

	if (link)
		unlink_bare(h, n);
	for (c = rp_first(n); c != NULL; c = next) {
		next = rp_next(c);
		if (!rawhtml_is_inline(c) || (link && has_link(c))) {
			into = NULL;
			continue;
		}
		if (into == NULL) {
			into = alike(h, like);
			rp_insert_before(c, into);
		}
		rp_append(into, c);
	}
}

void
rawhtml_spread(struct rawhtml *h, struct rp_node *content, const struct rp_node *like)
{
	struct rp_walk w = rp_walk(content);

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && rawhtml_is_inline(w.node) && w.node != content)
			rp_walk_skip(&w);
		else if (w.event == RP_LEAVE && (w.node == content || !rawhtml_is_inline(w.node)))
			enclose(h, w.node, like);
}

void
rawhtml_unnest(struct rawhtml *h, struct rp_node *link)
{
	const struct rp_node *c;
	struct rp_node *like;

	for (c = rp_first(link); c != NULL; c = rp_next(c))
		if (has_link((struct rp_node *)(uintptr_t)c))
			break;
	if (c == NULL)
		return;
	like = alike(h, link);
	rp_set_kind(link, RP_SPAN);
	rp_unset(link, RP_A_URL);
	rp_unset(link, RP_A_TITLE);
	enclose(h, link, like);
}
