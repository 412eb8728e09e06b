/*
 * freeze.c - a tree as bytes: what a document becomes while it waits for the
 * others, where memory is short, and what a cache keeps of it.
 *
 * The number of nodes, then every node in document order: its kind and what it has, its
 * position, text and attributes, its children, an end.  After the last one are as many
 * bytes as a head has at most, so that a reader needs to look only once for each node
 * whether it is there.  The bytes are for the program that wrote them and no other:
 * whoever stores them stores FREEZE_FORMAT and the version beside them.
 */
#include <string.h>

#include "core.h"

/* NEAR: all of the position in two bytes each. */
enum { HAS_TEXT = 1, HAS_ATTRS = 2, HAS_CHILDREN = 4, IS_NEAR = 8, IS_FAR = 16 };

enum { NEAR_BYTES = 8, FAR_BYTES = 16, LARGEST_HEAD = 2 + FAR_BYTES };

/* An attribute is its number, of a number with this bit, and after all of them END_ATTRS. */
enum { IS_NUMBER = 0x80, END_ATTRS = ATTR_NAMED + 1 };

_Static_assert(END_ATTRS < IS_NUMBER, "an attribute's number and a bit are a byte");

enum { COUNT_BYTES = 4 };

/* ---- To bytes ---- */

static char *
put_16(char *p, uint32_t n)
{
	p[0] = (char)n;
	p[1] = (char)(n >> 8);
	return p + 2;
}

static char *
put_32(char *p, uint32_t n)
{
	return put_16(put_16(p, n), n >> 16);
}

static void
put_attr(struct str *s, const struct attr *a)
{
	size_t name = a->id == ATTR_NAMED ? strlen(a->name) : 0, len = a->str != NULL ? strlen(a->str) : 0;
	char *p = str_room(s, 1 + 2 * (PACKED_NUMBER + 1) + name + len);

	*p++ = (char)(a->id | (a->str == NULL ? IS_NUMBER : 0));
	if (a->id == ATTR_NAMED)
		p = pack_bytes_at(p, a->name, name);
	p = a->str != NULL ? pack_bytes_at(p, a->str, len) : pack_signed_at(p, a->num);
	s->len = (size_t)(p - s->p);
}

static int
is_in_order(const struct attr *a)
{
	for (; a->next != NULL; a = a->next)
		if (a->id > a->next->id)
			return 0;
	return 1;
}

/* What comes after id in these attributes; END_ATTRS: nothing. */
static int
next_id(const struct attr *a, int id)
{
	int next = END_ATTRS;

	for (; a != NULL; a = a->next)
		if (a->id > id && a->id < next)
			next = a->id;
	return next;
}

/* By number: the same attributes are the same bytes, in whatever order they came. */
static void
put_attrs(struct str *s, const struct attr *first)
{
	const struct attr *a;
	int in_order = is_in_order(first), id;

	for (a = in_order ? first : NULL; a != NULL; a = a->next)
		put_attr(s, a);
	for (id = in_order ? END_ATTRS : next_id(first, -1); id != END_ATTRS; id = next_id(first, id))
		for (a = first; a != NULL; a = a->next)
			if (a->id == id)
				put_attr(s, a);
	*str_room(s, 1) = END_ATTRS;
	s->len++;
}

static void
put_node(struct str *s, const struct rp_node *n)
{
	const struct rp_pos pos = n->pos;
	int is_near = (pos.line | pos.col | pos.end_line | pos.end_col) <= UINT16_MAX;
	unsigned has = (n->text != NULL ? HAS_TEXT : 0u) | (n->attrs != NULL ? HAS_ATTRS : 0u) |
	    (n->first != NULL ? HAS_CHILDREN : 0u) |
	    (pos.line == 0 ? 0u : is_near ? (unsigned)IS_NEAR : (unsigned)IS_FAR);
	char *p = str_room(s, LARGEST_HEAD + PACKED_NUMBER + n->text_len + 1);

	*p++ = (char)n->kind;
	*p++ = (char)has;
	if (has & IS_NEAR)
		p = put_16(put_16(put_16(put_16(p, pos.line), pos.col), pos.end_line), pos.end_col);
	else if (has & IS_FAR)
		p = put_32(put_32(put_32(put_32(p, pos.line), pos.col), pos.end_line), pos.end_col);
	if (has & HAS_TEXT)
		p = pack_bytes_at(p, n->text, n->text_len);
	s->len = (size_t)(p - s->p);
	if (has & HAS_ATTRS)
		put_attrs(s, n->attrs);
}

/* All below root, and an end for each that has children; how many they are. */
static uint32_t
put_tree(struct str *s, const struct rp_node *root)
{
	const struct rp_node *n = root;
	uint32_t count = 0;

	for (;; n = n->next) {
		for (;; n = n->first) {
			put_node(s, n);
			count++;
			if (n->first == NULL)
				break;
		}
		for (; n != root && n->next == NULL; n = n->parent) {
			*str_room(s, 1) = RP_KIND_MAX;
			s->len++;
		}
		if (n == root)
			return count;
	}
}

void
freeze(struct str *s, const struct rp_node *root)
{
	size_t at = s->len;

	str_add(s, (char[COUNT_BYTES]){ 0 }, COUNT_BYTES);
	put_32(s->p + at, put_tree(s, root));
	str_add(s, (char[LARGEST_HEAD]){ 0 }, LARGEST_HEAD);
}

/* ---- And back ---- */

struct thaw {
	struct rp_doc	*doc;
	struct unpack	*u;
	struct rp_node	*nodes;		/* all of them, in one piece */
	size_t		 count, made;
	uint64_t	 kinds;
};

static uint32_t
get_16(const char *p)
{
	return (uint32_t)(uint8_t)p[0] | (uint32_t)(uint8_t)p[1] << 8;
}

static uint32_t
get_32(const char *p)
{
	return get_16(p) | get_16(p + 2) << 16;
}

static void
get_attr(struct thaw *t, struct attr *a, unsigned byte)
{
	size_t len;

	a->id = (uint8_t)(byte & ~(unsigned)IS_NUMBER);
	if (a->id > ATTR_NAMED || byte == (ATTR_NAMED | IS_NUMBER)) {
		t->u->bad = 1;
		return;
	}
	if (a->id == ATTR_NAMED)
		a->name = unpack_bytes(t->u, &len);
	if (byte & IS_NUMBER)
		a->num = (long)unpack_signed(t->u);
	else
		a->str = unpack_bytes(t->u, &len);
}

static void
get_attrs(struct thaw *t, struct rp_node *n)
{
	struct attr **at = &n->attrs;
	struct unpack *u = t->u;
	unsigned byte;

	for (; u->p < u->end && !u->bad; at = &(*at)->next) {
		byte = (uint8_t)*u->p++;
		if (byte == END_ATTRS)
			return;
		*at = arena_alloc(&t->doc->arena, sizeof(**at));
		get_attr(t, *at, byte);
	}
	u->bad = 1;
}

/* One node, whose head is known to be there, without what is below it. */
static struct rp_node *
get_node(struct thaw *t, unsigned kind, unsigned has)
{
	struct rp_node *n = &t->nodes[t->made++];
	struct unpack *u = t->u;
	const char *p = u->p;
	size_t len;

	n->kind = (uint8_t)kind;
	t->kinds |= node_bit((enum rp_kind)kind);
	if (has & IS_NEAR) {
		n->pos = (struct rp_pos){ get_16(p), get_16(p + 2), get_16(p + 4), get_16(p + 6) };
		u->p += NEAR_BYTES;
	} else if (has & IS_FAR) {
		n->pos = (struct rp_pos){ get_32(p), get_32(p + 4), get_32(p + 8), get_32(p + 12) };
		u->p += FAR_BYTES;
	}
	if (has & HAS_TEXT) {
		p = unpack_bytes(u, &len);
		node_borrow_text(n, p, len);
	}
	if (has & HAS_ATTRS)
		get_attrs(t, n);
	return n;
}

static struct rp_node *
get_tree(struct thaw *t)
{
	struct rp_node *into = NULL, *n;
	struct unpack *u = t->u;
	unsigned kind, has;

	do {
		if (u->bad || u->end - u->p < LARGEST_HEAD)
			return NULL;
		kind = (uint8_t)*u->p++;
		if (kind == RP_KIND_MAX && into != NULL) {
			into = into->parent;
			continue;
		}
		if (kind >= RP_KIND_MAX || t->made == t->count)
			return NULL;
		has = (uint8_t)*u->p++;
		n = get_node(t, kind, has);
		if (into != NULL)
			node_link_last(into, n);
		if (has & HAS_CHILDREN)
			into = n;
	} while (into != NULL);
	return u->bad ? NULL : t->nodes;
}

struct rp_node *
thaw(struct rp_doc *doc, struct unpack *u)
{
	struct thaw t = { .doc = doc, .u = u };
	struct rp_node *root;

	if (u->end - u->p < COUNT_BYTES)
		return NULL;
	t.count = get_32(u->p);
	u->p += COUNT_BYTES;
	if (t.count == 0 || t.count > (size_t)(u->end - u->p))
		return NULL;
	t.nodes = arena_alloc(&doc->arena, t.count * sizeof(*t.nodes));
	root = get_tree(&t);
	if (root == NULL || u->end - u->p < LARGEST_HEAD)
		return NULL;
	u->p += LARGEST_HEAD;
	doc->top.kinds |= t.kinds;
	return root;
}
