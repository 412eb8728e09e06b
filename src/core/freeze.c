/*
 * freeze.c - a tree as bytes: what a document becomes while it waits for the
 * others, where memory is short, and what a cache keeps of it.
 *
 * Every node in document order: its kind and what it has, its position against
 * the one before it, text and attributes, its children, an end.  The bytes are for
 * the program that wrote them and no other: whoever stores them stores FREEZE_FORMAT
 * and the version beside them.
 */
#include <string.h>

#include "core.h"

enum { HAS_TEXT = 1, HAS_ATTRS = 2, HAS_CHILDREN = 4, HAS_POS = 8 };

/* ---- To bytes ---- */

enum { LARGEST_HEAD = 8 * PACKED_NUMBER };	/* of a node, without text and attributes */

/* By number: the same attributes are the same bytes, in whatever order they came. */
static void
put_attrs(struct str *s, const struct rp_node *n)
{
	const char *name, *value;
	size_t count = 0, i;
	int a;

	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, a + 1))
		count++;
	pack_number(s, count);
	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, a + 1)) {
		value = rp_get(n, (enum rp_attr)a);
		pack_number(s, (uint64_t)a << 1 | (value != NULL));
		if (value != NULL)
			pack_bytes(s, value, strlen(value));
		else
			pack_signed(s, rp_get_int(n, (enum rp_attr)a, 0));
	}
	for (count = 0; rp_named_at(n, count, &name, &value); count++)
		;
	pack_number(s, count);
	for (i = 0; i < count && rp_named_at(n, i, &name, &value); i++) {
		pack_bytes(s, name, strlen(name));
		pack_bytes(s, value, strlen(value));
	}
}

static char *
put_pos(char *p, struct rp_pos pos, struct rp_pos before)
{
	p = pack_signed_at(p, (int64_t)pos.line - before.line);
	p = pack_signed_at(p, (int64_t)pos.col - before.col);
	p = pack_signed_at(p, (int64_t)pos.end_line - pos.line);
	return pack_signed_at(p, (int64_t)pos.end_col - pos.col);
}

static void
put_node(struct str *s, const struct rp_node *n, struct rp_pos *before)
{
	unsigned has = (n->text != NULL ? HAS_TEXT : 0u) | (n->attrs != NULL ? HAS_ATTRS : 0u) |
	    (n->first != NULL ? HAS_CHILDREN : 0u) | (n->pos.line != 0 ? HAS_POS : 0u);
	char *p = str_room(s, LARGEST_HEAD + n->text_len);

	p = pack_number_at(p, n->kind);
	p = pack_number_at(p, has);
	if (has & HAS_POS) {
		p = put_pos(p, n->pos, *before);
		*before = n->pos;
	}
	if (has & HAS_TEXT)
		p = pack_bytes_at(p, n->text, n->text_len);
	s->len = (size_t)(p - s->p);
	if (has & HAS_ATTRS)
		put_attrs(s, n);
}

void
freeze(struct str *s, const struct rp_node *root)
{
	const struct rp_node *n = root;
	struct rp_pos before = { 0 };

	for (;;) {
		put_node(s, n, &before);
		if (n->first != NULL) {
			n = n->first;
			continue;
		}
		while (n != root && n->next == NULL) {
			n = n->parent;
			pack_number(s, RP_KIND_MAX);
		}
		if (n == root)
			break;
		n = n->next;
	}
	*str_room(s, 0) = '\0';
}

/* ---- And back ---- */

struct thaw {
	struct rp_doc	*doc;
	struct unpack	*u;
	struct rp_pos	 before;
};

static void
get_attrs(struct thaw *t, struct rp_node *n)
{
	size_t count = (size_t)unpack_number(t->u), len;
	const char *name;
	uint64_t a;

	for (; count > 0 && !t->u->bad; count--) {
		a = unpack_number(t->u);
		if (a >> 1 >= RP_ATTR_MAX) {
			t->u->bad = 1;
			return;
		}
		if (a & 1)
			node_borrow_attr(t->doc, n, (enum rp_attr)(a >> 1), unpack_bytes(t->u, &len));
		else
			rp_set_int(t->doc, n, (enum rp_attr)(a >> 1), (long)unpack_signed(t->u));
	}
	for (count = (size_t)unpack_number(t->u); count > 0 && !t->u->bad; count--) {
		name = unpack_bytes(t->u, &len);
		rp_set_named(t->doc, n, name, unpack_bytes(t->u, &len));
	}
}

static void
get_pos(struct thaw *t, struct rp_node *n)
{
	n->pos.line = (uint32_t)(t->before.line + unpack_signed(t->u));
	n->pos.col = (uint32_t)(t->before.col + unpack_signed(t->u));
	n->pos.end_line = (uint32_t)(n->pos.line + unpack_signed(t->u));
	n->pos.end_col = (uint32_t)(n->pos.col + unpack_signed(t->u));
	t->before = n->pos;
}

/* One node, without what is below it; *has: what comes after it. */
static struct rp_node *
get_node(struct thaw *t, unsigned kind, unsigned *has)
{
	struct rp_node *n = rp_new(t->doc, (enum rp_kind)kind);
	const char *text;
	size_t len;

	*has = (unsigned)unpack_number(t->u);
	if (*has & HAS_POS)
		get_pos(t, n);
	if (*has & HAS_TEXT) {
		text = unpack_bytes(t->u, &len);
		node_borrow_text(n, text, len);
	}
	if (*has & HAS_ATTRS)
		get_attrs(t, n);
	return n;
}

struct rp_node *
thaw(struct rp_doc *doc, struct unpack *u)
{
	struct thaw t = { .doc = doc, .u = u };
	struct rp_node *root = NULL, *into = NULL, *n;
	unsigned kind, has;

	do {
		kind = (unsigned)unpack_number(u);
		if (kind == RP_KIND_MAX && into != NULL) {
			into = into->parent;
			continue;
		}
		if (kind >= RP_KIND_MAX || u->bad)
			return NULL;
		n = get_node(&t, kind, &has);
		if (root == NULL)
			root = n;
		else
			rp_append(into, n);
		if (has & HAS_CHILDREN)
			into = n;
	} while (into != NULL && !u->bad);
	return u->bad ? NULL : root;
}
