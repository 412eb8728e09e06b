/*
 * places.c - positions, from the list that the writer puts beside the document.
 *
 * Entries and nodes are in the same order as long as nobody has changed the document.
 * If somebody has, what is alike at the beginning and at the end is paired, then texts
 * that stand only once in both, and from each of those on what is alike around it.  What
 * has no partner has no position.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

/* A text among those that were one for pandoc. */
struct piece {
	long		len;
	struct rp_pos	pos;
};

struct unit {
	long		 kind;
	unsigned	 hash;		/* of its text; 0: none */
	unsigned	 next;		/* of the first text from here on: so containers differ */
	struct rp_node	*node;		/* of the document: itself; of the list: its partner */
	size_t		 piece, pieces;	/* in the list of those */
};

struct places {
	struct reader	*r;
	struct unit	*listed, *found;
	size_t		 listed_count, found_count;
	struct piece	*pieces;
	size_t		 piece_count;
	long		 line;
};

unsigned
pr_hash_of(const char *s, size_t len, unsigned h)
{
	size_t i;

	h = h != 0 ? h : 2166136261u;	/* FNV-1a */
	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

/* ---- The list ---- */

static long
number(const char **p)
{
	char *end;
	long n = strtol(*p, &end, 10);

	*p = end;
	return n < -0x3FFFFFFF ? -0x3FFFFFFF : n > 0x3FFFFFFF ? 0x3FFFFFFF : n;
}

static uint32_t
unsigned_of(long n)
{
	return n > 0 ? (uint32_t)n : 0;
}

static struct rp_pos
position(struct places *s, const char **p)
{
	struct rp_pos pos = { 0 };

	if (**p != '@')
		return pos;
	++*p;
	s->line += number(p);
	s->line = s->line < 0 ? 0 : s->line > 0x3FFFFFFF ? 0x3FFFFFFF : s->line;
	pos.line = unsigned_of(s->line);
	if (**p == '.')
		++*p;
	pos.col = unsigned_of(number(p));
	if (**p != '.')
		return pos;
	++*p;
	pos.end_line = unsigned_of(s->line + number(p));
	if (**p == '.')
		++*p;
	pos.end_col = unsigned_of(number(p));
	return pos;
}

static void
entry(struct places *s, const char **p)
{
	struct unit *u = &s->listed[s->listed_count++];

	u->kind = number(p);
	if (**p == '#') {
		++*p;
		u->hash = (unsigned)number(p) + 1;
	}
	u->piece = s->piece_count;
	if (**p != ',') {
		s->pieces[s->piece_count++] = (struct piece){ -1, position(s, p) };
		u->pieces = 1;
		return;
	}
	while (**p == ',') {
		struct piece *piece = &s->pieces[s->piece_count++];

		++*p;
		piece->len = number(p);
		piece->pos = position(s, p);
		u->pieces++;
	}
}

static void
read_list(struct places *s, const char *list)
{
	size_t n = 1, k = 1;
	const char *p;

	for (p = list; *p != '\0'; p++) {
		n += *p == ' ';
		k += *p == ' ' || *p == ',';
	}
	s->listed = rp_alloc(s->r->doc, n * sizeof(*s->listed));
	s->pieces = rp_alloc(s->r->doc, k * sizeof(*s->pieces));
	for (p = list; *p == ' '; ) {
		p++;
		entry(s, &p);
		p += strcspn(p, " ");
	}
}

/* ---- The document ---- */

static int
next_node(struct rp_walk *w)
{
	while (rp_walk_next(w)) {
		if (w->event == RP_LEAVE || w->node == w->root)
			continue;
		if (rp_kind_class(rp_kind(w->node)) != RP_CLASS_META)
			return 1;
		rp_walk_skip(w);
	}
	return 0;
}

static void
read_tree(struct places *s, struct rp_node *root)
{
	struct rp_walk w;
	size_t n = 0;

	for (w = rp_walk(root); next_node(&w); )
		n++;
	s->found = rp_alloc(s->r->doc, (n + 1) * sizeof(*s->found));
	for (w = rp_walk(root); next_node(&w); ) {
		struct unit *u = &s->found[s->found_count++];

		u->node = w.node;
		u->kind = (long)rp_kind(w.node);
		if (rp_text_len(w.node) > 0 || rp_kind(w.node) == RP_TEXT)
			u->hash = (pr_hash_of(rp_text(w.node), rp_text_len(w.node), 0) & 0xFFFFFF) + 1;
	}
}

/* ---- Pairs ---- */

static int
are_alike(const struct unit *a, const struct unit *b)
{
	if (a->kind == RP_TEXT && b->kind == RP_TEXT && b->hash == 0)
		return 0;
	return a->kind == b->kind && a->hash == b->hash && a->next == b->next;
}

static void
look_ahead(struct unit *u, size_t count)
{
	unsigned next = 0;

	while (count-- > 0) {
		if (u[count].hash != 0)
			next = u[count].hash;
		u[count].next = next;
	}
}

static int
pair(struct places *s, size_t i, size_t k)
{
	if (s->listed[i].node != NULL || s->found[k].pieces != 0 || !are_alike(&s->listed[i], &s->found[k]))
		return 0;
	s->listed[i].node = s->found[k].node;
	s->found[k].pieces = 1;		/* has its partner */
	return 1;
}

static void
pair_forward(struct places *s, size_t i, size_t k)
{
	while (i < s->listed_count && k < s->found_count && pair(s, i, k))
		i++, k++;
}

static void
pair_backward(struct places *s, size_t i, size_t k)
{
	while (i > 0 && k > 0 && pair(s, i - 1, k - 1))
		i--, k--;
}

/* Texts by their hash: where one stands, and how often. */
struct text {
	unsigned	hash;
	size_t		listed, found;
	int		in_list, in_tree;
};

static struct text *
text_of(struct text *table, size_t mask, unsigned hash)
{
	size_t i = (hash * 2654435761u) & mask;

	while (table[i].hash != 0 && table[i].hash != hash)
		i = (i + 1) & mask;
	table[i].hash = hash;
	return &table[i];
}

static void
pair_texts(struct places *s)
{
	size_t cap = 64, i;
	struct text *table, *t;

	while (cap < 2 * (s->listed_count + s->found_count))
		cap *= 2;
	table = rp_alloc(s->r->doc, cap * sizeof(*table));
	for (i = 0; i < s->listed_count; i++) {
		if (s->listed[i].node != NULL || s->listed[i].hash == 0)
			continue;
		t = text_of(table, cap - 1, s->listed[i].hash);
		t->listed = i;
		t->in_list++;
	}
	for (i = 0; i < s->found_count; i++) {
		if (s->found[i].pieces != 0 || s->found[i].hash == 0)
			continue;
		t = text_of(table, cap - 1, s->found[i].hash);
		t->found = i;
		t->in_tree++;
	}
	for (t = table; t < table + cap; t++) {
		if (t->in_list != 1 || t->in_tree != 1 || !pair(s, t->listed, t->found))
			continue;
		pair_forward(s, t->listed + 1, t->found + 1);
		pair_backward(s, t->listed, t->found);
	}
}

/* ---- Putting them ---- */

/* Can the text be parted where the pieces end? */
static int
can_part(const struct rp_node *n, const struct piece *p, size_t count)
{
	size_t at = 0, len = rp_text_len(n), i;

	for (i = 0; i < count; i++) {
		if (p[i].len < 0 || (size_t)p[i].len > len - at)
			return 0;
		at += (size_t)p[i].len;
		if (((unsigned char)rp_text(n)[at] & 0xC0) == 0x80)
			return 0;
	}
	return at == len;
}

static void
part(struct rp_doc *doc, struct rp_node *n, const struct piece *p, size_t count)
{
	const char *text = rp_text(n);
	struct rp_node *more;
	size_t i;

	rp_set_text_n(doc, n, text, (size_t)p[0].len);
	rp_set_pos(n, p[0].pos);
	for (i = 1; i < count; i++) {
		text += p[i - 1].len;
		more = rp_new(doc, RP_TEXT);
		rp_set_text_n(doc, more, text, (size_t)p[i].len);
		rp_set_pos(more, p[i].pos);
		rp_insert_after(n, more);
		n = more;
	}
}

void
pr_places_put(struct reader *r, const char *list)
{
	struct places s = { .r = r };
	size_t i;

	read_list(&s, list);
	read_tree(&s, r->job->root);
	look_ahead(s.listed, s.listed_count);
	look_ahead(s.found, s.found_count);
	pair_forward(&s, 0, 0);
	pair_backward(&s, s.listed_count, s.found_count);
	pair_texts(&s);
	for (i = 0; i < s.listed_count; i++) {
		const struct unit *u = &s.listed[i];

		if (u->node == NULL)
			continue;
		if (u->pieces == 1)
			rp_set_pos(u->node, s.pieces[u->piece].pos);
		else if (can_part(u->node, s.pieces + u->piece, u->pieces))
			part(r->doc, u->node, s.pieces + u->piece, u->pieces);
	}
}
