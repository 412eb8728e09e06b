/* node.c - the tree: nodes, their relatives and their text. */
#include <string.h>

#include "core.h"

static const struct {
	const char	*name;
	enum rp_class	 class;
	enum holds	 holds;
} kinds[RP_KIND_MAX] = {
#define RP_KIND(id, nm, cl, ho) [RP_##id] = { nm, RP_CLASS_##cl, ho },
#include <rolepress/node.def>
};

enum rp_kind
rp_kind(const struct rp_node *n)
{
	return (enum rp_kind)n->kind;
}

const char *
rp_kind_name(enum rp_kind k)
{
	return (unsigned)k < RP_KIND_MAX ? kinds[k].name : "unknown";
}

enum rp_class
rp_kind_class(enum rp_kind k)
{
	return (unsigned)k < RP_KIND_MAX ? kinds[k].class : RP_CLASS_PART;
}

enum holds
kind_holds(enum rp_kind k)
{
	return (unsigned)k < RP_KIND_MAX ? kinds[k].holds : NOTHING;
}

/* A PART stands only inside one certain parent. */
static int
is_part_of(enum rp_kind part, enum rp_kind parent)
{
	static const struct { enum rp_kind part, parent; } places[] = {
		{ RP_ITEM, RP_LIST }, { RP_CAPTION, RP_TABLE }, { RP_ROW, RP_TABLE }, { RP_CELL, RP_ROW },
		{ RP_CAPTION, RP_FIGURE }, { RP_TERM, RP_DEFINITION_LIST }, { RP_DEFINITION, RP_DEFINITION_LIST },
		{ RP_QUESTION, RP_QUESTION_LIST }, { RP_ANSWER, RP_QUESTION_LIST }, { RP_SUMMARY, RP_DETAILS },
	};
	size_t i;

	for (i = 0; i < LEN(places); i++)
		if (places[i].part == part && places[i].parent == parent)
			return 1;
	return 0;
}

int
rp_may_hold(enum rp_kind parent, enum rp_kind child)
{
	enum holds holds = kind_holds(parent);

	switch (rp_kind_class(child)) {
	case RP_CLASS_META:
		return holds == METAS || (parent == RP_DOCUMENT && (child == RP_META_MAP || child == RP_INFO));
	case RP_CLASS_BLOCK:
		return holds == BLOCKS || holds == FLOW;
	case RP_CLASS_INLINE:
		return holds == INLINES || holds == FLOW;
	case RP_CLASS_PART:
		return is_part_of(child, parent);
	case RP_CLASS_ROOT:
	default:
		return parent == RP_INDEX && child == RP_DOCUMENT;
	}
}

struct rp_node *rp_parent(const struct rp_node *n) { return n->parent; }
struct rp_node *rp_first(const struct rp_node *n) { return n->first; }
struct rp_node *rp_last(const struct rp_node *n) { return n->last; }
struct rp_node *rp_next(const struct rp_node *n) { return n->next; }
struct rp_node *rp_prev(const struct rp_node *n) { return n->prev; }
struct rp_pos rp_pos(const struct rp_node *n) { return n->pos; }
void rp_set_pos(struct rp_node *n, struct rp_pos p) { n->pos = p; }

struct rp_node *
rp_child(const struct rp_node *n, enum rp_kind k)
{
	struct rp_node *c;

	for (c = n->first; c != NULL && c->kind != k; c = c->next)
		;
	return c;
}

struct rp_node *
rp_ancestor(const struct rp_node *n, enum rp_kind k)
{
	struct rp_node *p;

	for (p = n->parent; p != NULL && p->kind != k; p = p->parent)
		;
	return p;
}

const char *
rp_text(const struct rp_node *n)
{
	return n->text != NULL ? n->text : "";
}

size_t
rp_text_len(const struct rp_node *n)
{
	return n->text_len;
}

/* ---- Which kinds there are ---- */

_Static_assert(RP_KIND_MAX <= 64, "a bit for each kind");

enum { NEAR = 64 };	/* steps up to the root: from nearly all nodes */

/*
 * Notes that a kind (or several) is at n now: with its top if that is near.  Else on the
 * path up, for what n may come into; where somebody has been there before, all is done.
 */
static void
note_kinds(struct rp_node *n, uint64_t bits)
{
	struct rp_node *root = n;
	int i;

	for (i = 0; i < NEAR && root->parent != NULL; i++)
		root = root->parent;
	if (root->top) {
		((struct top *)root)->kinds |= bits;
		return;
	}
	for (; n != NULL && !n->reshaped; n = n->parent) {
		n->reshaped = 1;
		if (n->top)
			((struct top *)n)->kinds = UINT64_MAX;
	}
}

const uint8_t node_groups[UINT8_MAX + 1] = {
	[RP_SECTION] = 1, [RP_LINK] = 2, [RP_IMAGE] = 4, [RP_SOFT_BREAK] = 8, [RP_BLOCK_QUOTE] = 16,
	[RP_FIGURE] = 32, [RP_FOOTNOTE] = 64, [RP_RAW_BLOCK] = 128, [RP_RAW_INLINE] = 128,
};

/* Called for what has been placed. */
static void
placed(struct rp_node *n)
{
	if (n->reshaped && n->parent != NULL)
		note_kinds(n->parent, UINT64_MAX);
}

int
node_never_had(const struct rp_node *root, enum rp_kind k)
{
	return root->top && (((const struct top *)root)->kinds & node_bit(k)) == 0;
}

struct rp_node *
rp_new(struct rp_doc *doc, enum rp_kind k)
{
	struct rp_node *n = arena_alloc(&doc->arena, sizeof(*n));

	n->kind = (uint8_t)k;
	doc->top.kinds |= node_bit(k);
	return n;
}

void
rp_set_kind(struct rp_node *n, enum rp_kind k)
{
	n->kind = (uint8_t)k;
	node_note_below(n->parent, node_groups[k]);
	note_kinds(n, node_bit(k));
}

struct rp_node *
rp_new_text(struct rp_doc *doc, const char *s)
{
	struct rp_node *n = rp_new(doc, RP_TEXT);

	rp_set_text(doc, n, s);
	return n;
}

void
rp_set_text_n(struct rp_doc *doc, struct rp_node *n, const char *s, size_t len)
{
	node_borrow_text(n, arena_dup(&doc->arena, s, len), len);
}

void
rp_set_text(struct rp_doc *doc, struct rp_node *n, const char *s)
{
	rp_set_text_n(doc, n, s, strlen(s));
}

void
node_borrow_text(struct rp_node *n, const char *s, size_t len)
{
	if (len > UINT32_MAX)
		rp_out_of_memory();
	n->text = s;
	n->text_len = (uint32_t)len;
}

void
rp_detach(struct rp_node *n)
{
	struct rp_node *p = n->parent;

	if (n->prev != NULL)
		n->prev->next = n->next;
	else if (p != NULL)
		p->first = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	else if (p != NULL)
		p->last = n->prev;
	n->parent = n->prev = n->next = NULL;
}

void
rp_append(struct rp_node *p, struct rp_node *n)
{
	rp_detach(n);
	node_link_last(p, n);
	placed(n);
}

void
rp_insert_before(struct rp_node *at, struct rp_node *n)
{
	if (at == n)
		return;
	rp_detach(n);
	node_set_parent(n, at->parent);
	n->prev = at->prev;
	n->next = at;
	if (at->prev != NULL)
		at->prev->next = n;
	else if (at->parent != NULL)
		at->parent->first = n;
	at->prev = n;
	placed(n);
}

void
rp_insert_after(struct rp_node *at, struct rp_node *n)
{
	if (at == n)
		return;
	if (at->next != NULL)
		rp_insert_before(at->next, n);
	else if (at->parent != NULL)
		rp_append(at->parent, n);
}

void
rp_prepend(struct rp_node *p, struct rp_node *n)
{
	if (p->first != NULL)
		rp_insert_before(p->first, n);
	else
		rp_append(p, n);
}

void
rp_move_children(struct rp_node *to, struct rp_node *from)
{
	struct rp_node *c;

	if (to == from || from->first == NULL)
		return;
	for (c = from->first; c != NULL; c = c->next) {
		node_set_parent(c, to);
		placed(c);
	}
	from->first->prev = to->last;
	if (to->last != NULL)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	from->first = from->last = NULL;
}

void
node_become(struct rp_node *n, struct rp_node *from)
{
	n->kind = from->kind;
	node_note_below(n->parent, node_groups[n->kind]);
	if (from->reshaped)
		note_kinds(n, UINT64_MAX);
	n->text = from->text;
	n->text_len = from->text_len;
	n->attrs = from->attrs;
	n->pos = from->pos;
	rp_move_children(n, from);
}

void
rp_unwrap(struct rp_node *n)
{
	while (n->first != NULL)
		rp_insert_before(n, n->first);
	rp_detach(n);
}

void
rp_replace(struct rp_node *old, struct rp_node *with)
{
	if (old == with)
		return;
	rp_insert_before(old, with);
	rp_detach(old);
}

struct rp_node *
rp_copy(struct rp_doc *doc, const struct rp_node *from)
{
	struct rp_node *root = NULL, *into = NULL, *c;
	struct rp_walk w = rp_walk((struct rp_node *)(uintptr_t)from);

	while (rp_walk_next(&w)) {
		if (w.event == RP_LEAVE) {
			into = into->parent != NULL ? into->parent : into;
			continue;
		}
		c = rp_new(doc, rp_kind(w.node));
		c->pos = w.node->pos;
		if (w.node->text != NULL)
			rp_set_text_n(doc, c, w.node->text, w.node->text_len);
		attrs_copy(doc, c, w.node);
		if (root == NULL)
			root = c;
		else
			rp_append(into, c);
		into = c;
	}
	return root;
}

/* Text that stands in for a node in plain text, or NULL. */
static const char *
plain_of(const struct rp_node *n)
{
	switch (n->kind) {
	case RP_TEXT:
	case RP_CODE:
	case RP_CODE_BLOCK:
		return rp_text(n);
	case RP_SOFT_BREAK:
	case RP_LINE_BREAK:
		return " ";
	default:
		return NULL;
	}
}

static int
is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Without what is white at both ends. */
static const char *
trim(const char *s, size_t *len)
{
	while (*len > 0 && is_white(s[*len - 1]))
		--*len;
	for (; *len > 0 && is_white(*s); s++)
		--*len;
	return s;
}

/* Is there one TEXT below the node, and nothing else, as in most? */
static int
is_one_text(const struct rp_node *n)
{
	return n->first != NULL && n->first == n->last && n->first->kind == RP_TEXT &&
	    n->first->first == NULL && plain_of(n) == NULL && n->kind != RP_COMMENT &&
	    rp_kind_class(rp_kind(n)) != RP_CLASS_META;
}

/* Of such a TEXT: as it stands, if nothing is to be cut from its end. */
static const char *
plain_text_of(struct rp_doc *doc, const struct rp_node *text)
{
	size_t len = text->text_len;
	const char *s = trim(rp_text(text), &len);

	return s[len] == '\0' ? s : arena_dup(&doc->arena, s, len);
}

const char *
rp_plain_text(struct rp_doc *doc, const struct rp_node *n)
{
	struct rp_walk w = rp_walk((struct rp_node *)(uintptr_t)n);
	struct str s = { 0 };
	const char *t;
	char *r;

	if (is_one_text(n))
		return plain_text_of(doc, n->first);
	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER) {
			/* Blocks do not run into one another. */
			if (w.node != n && rp_kind_class(rp_kind(w.node)) != RP_CLASS_INLINE &&
			    s.len > 0 && s.p[s.len - 1] != ' ')
				str_add(&s, " ", 1);
			continue;
		}
		if (rp_kind_class(rp_kind(w.node)) == RP_CLASS_META || w.node->kind == RP_COMMENT)
			rp_walk_skip(&w);
		else if ((t = plain_of(w.node)) != NULL)
			str_puts(&s, t);
	}
	t = trim(s.p != NULL ? s.p : "", &s.len);
	r = arena_dup(&doc->arena, t, s.len);
	str_free(&s);
	return r;
}
