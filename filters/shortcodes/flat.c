/*
 * flat.c - the inlines of a block as one string, and back.
 *
 * Markdown reads {% include _a.html x="b_.c" %} as text with emphasis in it.  The
 * string has every mark back in its place, so that it is what the author wrote;
 * what is found in it is then cut out of the tree.
 */
#include <string.h>

#include "shortcodes.h"

/* ---- To a string ---- */

/* cmark tells the place of the mark, the source which one it was. */
static const char *
mark_of(struct rp_doc *doc, const struct rp_node *n, const char *star, const char *other)
{
	struct rp_pos pos = rp_pos(n);
	size_t len;
	const char *line = rp_doc_line(doc, pos.line, &len);

	return line != NULL && pos.col > 0 && pos.col <= len && line[pos.col - 1] == '_'
	    ? other : star;
}

/* Is it an address that is a link only because it looks like one? */
static int
is_bare(struct rp_doc *doc, const struct rp_node *link)
{
	const char *url = rp_get(link, RP_A_URL), *text = rp_plain_text(doc, link);
	size_t n = strlen(text), len = url != NULL ? strlen(url) : 0;

	return n > 0 && len >= n && strcmp(url + len - n, text) == 0 &&
	    rp_get(link, RP_A_TITLE) == NULL;
}

static const char *
destination(struct rp_doc *doc, const struct rp_node *n)
{
	const char *url = rp_get(n, RP_A_URL), *title = rp_get(n, RP_A_TITLE);

	if (url == NULL)
		url = "";
	return title == NULL ? rp_join(doc, "](", url, ")", NULL)
	    : rp_join(doc, "](", url, " \"", title, "\")", NULL);
}

/* What Markdown took for the beginning of a node, and for its end. */
static const char *
mark_before(struct rp_doc *doc, const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_EMPHASIS:
		return mark_of(doc, n, "*", "_");
	case RP_STRONG:
		return mark_of(doc, n, "**", "__");
	case RP_STRIKETHROUGH:
		return "~~";
	case RP_IMAGE:
		return "![";
	case RP_LINK:
		return is_bare(doc, n) ? "" : "[";
	default:
		return "";
	}
}

static const char *
mark_after(struct rp_doc *doc, const struct rp_node *n)
{
	if (rp_kind(n) != RP_LINK && rp_kind(n) != RP_IMAGE)
		return mark_before(doc, n);
	return rp_kind(n) == RP_LINK && is_bare(doc, n) ? "" : destination(doc, n);
}

void
sc_put(struct sc_string *t, const char *s, size_t n)
{
	char *more;

	if (t->len + n + 1 > t->room) {
		t->room = 2 * (t->len + n + 1);
		more = rp_alloc(t->doc, t->room);
		if (t->len > 0)
			memcpy(more, t->p, t->len);
		t->p = more;
	}
	memcpy(t->p + t->len, s, n);
	t->len += n;
	t->p[t->len] = '\0';
}

static void
add_piece(struct sc_flat *f, struct rp_node *text, size_t from)
{
	struct sc_piece *more;

	if (f->count == f->room) {
		f->room = f->room > 0 ? 2 * f->room : 8;
		more = rp_alloc(f->doc, f->room * sizeof(*more));
		if (f->count > 0)
			memcpy(more, f->pieces, f->count * sizeof(*more));
		f->pieces = more;
	}
	f->pieces[f->count].node = text;
	f->pieces[f->count++].from = from;
}

static void
enter(struct sc_flat *f, struct sc_string *t, struct rp_node *n)
{
	const char *mark;

	switch (rp_kind(n)) {
	case RP_TEXT:
		if (rp_text_len(n) > 0)
			add_piece(f, n, t->len);
		sc_put(t, rp_text(n), rp_text_len(n));
		return;
	case RP_SOFT_BREAK:
	case RP_LINE_BREAK:
		sc_put(t, "\n", 1);
		return;
	case RP_CODE:
		sc_put(t, "`", 1);
		sc_put(t, rp_text(n), rp_text_len(n));
		sc_put(t, "`", 1);
		return;
	case RP_FOOTNOTE_REF:
		sc_put(t, "[^", 2);
		sc_put(t, rp_text(n), rp_text_len(n));
		sc_put(t, "]", 1);
		return;
	case RP_RAW_INLINE:
		sc_put(t, rp_text(n), rp_text_len(n));
		return;
	default:
		mark = mark_before(f->doc, n);
		sc_put(t, mark, strlen(mark));
	}
}

struct sc_flat
sc_flat(struct rp_doc *doc, struct rp_node *block)
{
	struct sc_flat f = { .doc = doc };
	struct sc_string t = { .doc = doc };
	struct rp_walk w = rp_walk(block);
	const char *mark;

	sc_put(&t, "", 0);
	while (rp_walk_next(&w)) {
		if (w.node == block)
			continue;
		if (w.event == RP_ENTER) {
			enter(&f, &t, w.node);
		} else {
			mark = mark_after(doc, w.node);
			sc_put(&t, mark, strlen(mark));
		}
	}
	f.text = t.p;
	f.len = t.len;
	return f;
}

/* Is the byte one of a TEXT's, and not a mark or code? */
int
sc_in_text(const struct sc_flat *f, size_t at)
{
	size_t lo = 0, hi = f->count, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (f->pieces[mid].from <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && at - f->pieces[lo - 1].from < rp_text_len(f->pieces[lo - 1].node);
}

/* ---- And back ---- */

/* A node for the bytes from a on, in a TEXT that has been cut. */
static struct rp_node *
part(struct rp_doc *doc, const struct rp_node *text, const char *s, size_t from, size_t to)
{
	struct rp_node *n = rp_new(doc, RP_TEXT);
	struct rp_pos pos = rp_pos(text);

	pos.col += (uint32_t)from;
	rp_set_pos(n, pos);
	rp_set_text_n(doc, n, s + from, to - from);
	return n;
}

/* Cuts one piece at all places in it from cuts on. */
static void
cut_piece(struct sc_flat *f, const struct sc_piece *p, struct sc_cut *cut, const struct sc_cut *end)
{
	const char *s = rp_text(p->node);
	size_t len = rp_text_len(p->node), from = 0, at, to;
	struct rp_node *last = p->node, *n;
	int cuts = 0;

	for (; cut < end && cut->at - p->from <= len; cut++) {
		at = cut->at - p->from;
		if (at == 0) {
			cut->after = last;
			continue;
		}
		if (at < len) {
			to = cut + 1 < end && cut[1].at - p->from < len ? cut[1].at - p->from : len;
			n = part(f->doc, p->node, s, at, to);
			rp_insert_after(last, n);
			if (!cuts++)
				from = at;
			cut->after = n;
		}
		cut->before = last;
		if (at < len)
			last = cut->after;
	}
	if (cuts > 0)
		rp_set_text_n(f->doc, p->node, s, from);
}

void
sc_cut(struct sc_flat *f, struct sc_cut *cuts, size_t n)
{
	struct sc_cut *cut = cuts, *end = cuts + n;
	size_t i;

	for (i = 0; i < f->count && cut < end; i++) {
		while (cut < end && cut->at < f->pieces[i].from)
			cut++;
		cut_piece(f, &f->pieces[i], cut, end);
	}
}

/* A node was none: its marks are text. */
static void
dissolve(struct rp_doc *doc, struct rp_node *n)
{
	const char *before = mark_before(doc, n), *after = mark_after(doc, n);
	struct rp_node *text;

	if (*before != '\0') {
		text = rp_new_text(doc, before);
		rp_set_pos(text, rp_pos(n));
		rp_insert_before(n, text);
	}
	if (*after != '\0')
		rp_insert_after(n, rp_new_text(doc, after));
	rp_unwrap(n);
}

void
sc_level(struct rp_doc *doc, struct rp_node *a, struct rp_node *b)
{
	while (rp_parent(a) != rp_parent(b))
		dissolve(doc, rp_parent(sc_depth(a) >= sc_depth(b) ? a : b));
}

struct rp_node *
sc_wrap(struct rp_doc *doc, struct rp_node *first, struct rp_node *last, enum rp_kind kind)
{
	struct rp_node *n = rp_new(doc, kind);
	struct rp_pos pos = rp_pos(first);

	pos.end_line = rp_pos(last).end_line;
	pos.end_col = rp_pos(last).end_col;
	rp_set_pos(n, pos);
	rp_insert_before(first, n);
	while (rp_next(n) != last)
		rp_append(n, rp_next(n));
	rp_append(n, last);
	return n;
}
