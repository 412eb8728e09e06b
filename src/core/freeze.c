/*
 * freeze.c - a tree as bytes: what a document becomes while it waits for the
 * others, where memory is short, and what a cache keeps of it.
 *
 * Every node in document order: its kind and what it has, its position against
 * the one before it, text and attributes, its children, an end.  Numbers are
 * LEB128.  The bytes are for the program that wrote them and no other: whoever
 * stores them stores FREEZE_FORMAT and the version beside them.
 */
#include <string.h>

#include "core.h"

enum { HAS_TEXT = 1, HAS_ATTRS = 2, HAS_CHILDREN = 4, HAS_POS = 8 };

/* ---- To bytes ---- */

static void
put_number(struct str *s, uint64_t n)
{
	char buf[10];
	size_t k = 0;

	do {
		buf[k++] = (char)((n & 0x7F) | (n > 0x7F ? 0x80 : 0));
		n >>= 7;
	} while (n != 0);
	str_add(s, buf, k);
}

/* Small numbers of both signs stay small. */
static void
put_signed(struct str *s, int64_t n)
{
	put_number(s, ((uint64_t)n << 1) ^ (n < 0 ? ~(uint64_t)0 : 0));
}

static void
put_bytes(struct str *s, const char *p, size_t len)
{
	put_number(s, len);
	str_add(s, p, len + 1);		/* with the NUL: thawing borrows it */
}

static void
put_attrs(struct str *s, const struct rp_node *n)
{
	const char *name, *value;
	size_t count = 0, i;
	int a;

	for (a = 0; a < RP_ATTR_MAX; a++)
		count += (size_t)rp_has(n, (enum rp_attr)a);
	put_number(s, count);
	for (a = 0; a < RP_ATTR_MAX; a++) {
		if (!rp_has(n, (enum rp_attr)a))
			continue;
		value = rp_get(n, (enum rp_attr)a);
		put_number(s, (uint64_t)a << 1 | (value != NULL));
		if (value != NULL)
			put_bytes(s, value, strlen(value));
		else
			put_signed(s, rp_get_int(n, (enum rp_attr)a, 0));
	}
	for (count = 0; rp_named_at(n, count, &name, &value); count++)
		;
	put_number(s, count);
	for (i = 0; i < count && rp_named_at(n, i, &name, &value); i++) {
		put_bytes(s, name, strlen(name));
		put_bytes(s, value, strlen(value));
	}
}

static void
put_pos(struct str *s, struct rp_pos p, struct rp_pos before)
{
	put_signed(s, (int64_t)p.line - before.line);
	put_signed(s, (int64_t)p.col - before.col);
	put_signed(s, (int64_t)p.end_line - p.line);
	put_signed(s, (int64_t)p.end_col - p.col);
}

void
freeze(struct str *s, const struct rp_node *root)
{
	struct rp_walk w = rp_walk((struct rp_node *)(uintptr_t)root);
	struct rp_pos before = { 0 };
	const struct rp_node *n;
	unsigned has;

	while (rp_walk_next(&w)) {
		n = w.node;
		if (w.event == RP_LEAVE) {
			if (n->first != NULL)
				put_number(s, RP_KIND_MAX);
			continue;
		}
		has = (n->text != NULL ? HAS_TEXT : 0u) | (node_has_attrs(n) ? HAS_ATTRS : 0u) |
		    (n->first != NULL ? HAS_CHILDREN : 0u) | (n->pos.line != 0 ? HAS_POS : 0u);
		put_number(s, n->kind);
		put_number(s, has);
		if (has & HAS_POS) {
			put_pos(s, n->pos, before);
			before = n->pos;
		}
		if (has & HAS_TEXT)
			put_bytes(s, n->text, n->text_len);
		if (has & HAS_ATTRS)
			put_attrs(s, n);
	}
}

/* ---- And back ---- */

struct thaw {
	struct rp_doc	*doc;
	const char	*p;
	struct rp_pos	 before;
};

static uint64_t
get_number(struct thaw *t)
{
	uint64_t n = 0;
	int shift = 0;

	do {
		n |= (uint64_t)(*t->p & 0x7F) << shift;
		shift += 7;
	} while (*t->p++ & 0x80);
	return n;
}

static int64_t
get_signed(struct thaw *t)
{
	uint64_t n = get_number(t);

	return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

static const char *
get_bytes(struct thaw *t, size_t *len)
{
	const char *p;

	*len = (size_t)get_number(t);
	p = t->p;
	t->p += *len + 1;
	return p;
}

static void
get_attrs(struct thaw *t, struct rp_node *n)
{
	size_t count = (size_t)get_number(t), len;
	const char *name;
	uint64_t a;

	for (; count > 0; count--) {
		a = get_number(t);
		if (a & 1)
			node_borrow_attr(t->doc, n, (enum rp_attr)(a >> 1), get_bytes(t, &len));
		else
			rp_set_int(t->doc, n, (enum rp_attr)(a >> 1), (long)get_signed(t));
	}
	for (count = (size_t)get_number(t); count > 0; count--) {
		name = get_bytes(t, &len);
		rp_set_named(t->doc, n, name, get_bytes(t, &len));
	}
}

static void
get_pos(struct thaw *t, struct rp_node *n)
{
	n->pos.line = (uint32_t)(t->before.line + get_signed(t));
	n->pos.col = (uint32_t)(t->before.col + get_signed(t));
	n->pos.end_line = (uint32_t)(n->pos.line + get_signed(t));
	n->pos.end_col = (uint32_t)(n->pos.col + get_signed(t));
	t->before = n->pos;
}

struct rp_node *
thaw(struct rp_doc *doc, const char *bytes)
{
	struct thaw t = { .doc = doc, .p = bytes };
	struct rp_node *root = NULL, *into = NULL, *n;
	unsigned kind, has;
	size_t len;

	do {
		kind = (unsigned)get_number(&t);
		if (kind == RP_KIND_MAX) {
			into = into->parent;
			continue;
		}
		has = (unsigned)get_number(&t);
		n = rp_new(doc, (enum rp_kind)kind);
		if (root == NULL)
			root = n;
		else
			rp_append(into, n);
		if (has & HAS_POS)
			get_pos(&t, n);
		if (has & HAS_TEXT) {
			const char *text = get_bytes(&t, &len);

			node_borrow_text(n, text, len);
		}
		if (has & HAS_ATTRS)
			get_attrs(&t, n);
		if (has & HAS_CHILDREN)
			into = n;
	} while (into != NULL);
	return root;
}
