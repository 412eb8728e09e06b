/*
 * scan.c - markers in the text of a block become nodes.
 *
 * Two things around markers are settled here as well, since Markdown could not see
 * them: [text]({{< ref "page.md" >}}) is a link whose address has spaces in it, and
 * <a href="{{ "/page" | relative_url }}"> a tag with quotes inside of quotes.
 */
#include <stdlib.h>
#include <string.h>

#include "shortcodes.h"

enum { MOST_VALUES = 16 };	/* in one address */

enum what { MARKER, LINK, TAG };

struct range {
	enum what	 what;
	size_t		 from, to;
	size_t		 text_from, text_to;	/* LINK: between the brackets */
	int		 image;
	const char	*value, *title;		/* LINK: its address; TAG: its text */
	struct sc_marker *marker;
};

struct scan {
	struct shortcodes *s;
	struct sc_flat	 flat;
	struct sc_text	 text;
	struct range	*ranges;	/* an inner one before an outer one */
	size_t		 count, room;
	size_t		*brackets;	/* open ones */
	size_t		 open;
	size_t		 resume;	/* up to here all is settled */
};

static struct range *
add_range(struct scan *sc, enum what what, size_t from, size_t to)
{
	struct range *more;

	if (sc->count == sc->room) {
		sc->room = sc->room > 0 ? 2 * sc->room : 8;
		more = rp_alloc(sc->s->doc, sc->room * sizeof(*more));
		if (sc->count > 0)
			memcpy(more, sc->ranges, sc->count * sizeof(*more));
		sc->ranges = more;
	}
	more = &sc->ranges[sc->count++];
	memset(more, 0, sizeof(*more));
	more->what = what;
	more->from = from;
	more->to = to;
	sc->resume = to;
	return more;
}

static char
at(const struct scan *sc, size_t p)
{
	return p < sc->flat.len ? sc->flat.text[p] : '\0';
}

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* ---- Text with markers and no markup: an address, a tag ---- */

/* Reads up to one of the stops; the values of markers stand in their places.
 * NULL: there is no marker, or one without a value, or markup. */
static const char *
read_values(struct scan *sc, size_t *p, const char *stops)
{
	struct sc_string r = { .doc = sc->s->doc };
	size_t from = *p;
	struct sc_marker *m;
	const char *value;
	int count = 0;

	for (; at(sc, *p) != '\0' && strchr(stops, at(sc, *p)) == NULL; ++*p) {
		if (!sc_in_text(&sc->flat, *p))
			return NULL;
		m = at(sc, *p) == '{' ? sc_read(sc->s, &sc->text, sc->text.text + *p) : NULL;
		if (m == NULL) {
			sc_put(&r, sc->text.text + *p, 1);
			continue;
		}
		value = sc_value(sc->s, m, *p == from ? SC_STARTS_URL : SC_IN_URL);
		if (value == NULL || count++ == MOST_VALUES ||
		    !sc_in_text(&sc->flat, *p + m->len - 1))
			return NULL;
		sc_put(&r, value, strlen(value));
		*p += m->len - 1;
	}
	return count > 0 ? r.p : NULL;
}

/* A title, if there is one; 0: what is there is none. */
static int
read_title(struct scan *sc, size_t *p, const char **title)
{
	size_t from;

	while (is_space(at(sc, *p)))
		++*p;
	*title = NULL;
	if (at(sc, *p) == '"') {
		for (from = ++*p; at(sc, *p) != '"' && at(sc, *p) != '\0'; ++*p)
			;
		if (at(sc, *p) == '\0')
			return 0;
		*title = rp_dup(sc->s->doc, sc->flat.text + from, *p - from);
		for (++*p; is_space(at(sc, *p)); ++*p)
			;
	}
	return at(sc, *p) == ')' && sc_in_text(&sc->flat, *p);
}

/* At "](": is it a link with markers in its address? */
static int
read_link(struct scan *sc, size_t open, size_t close)
{
	struct sc_text before = sc->text;
	size_t p = close + 2;
	const char *url, *title;
	struct range *r;
	int image = open > 0 && at(sc, open - 1) == '!' && sc_in_text(&sc->flat, open - 1);
	int angle;

	while (is_space(at(sc, p)))
		p++;
	angle = at(sc, p) == '<';
	p += (size_t)angle;
	url = read_values(sc, &p, angle ? ">[]\n" : " \t\n()<>[]");
	if (url == NULL || (angle && at(sc, p++) != '>') || !read_title(sc, &p, &title)) {
		sc->text = before;
		return 0;
	}
	r = add_range(sc, LINK, open - (size_t)image, p + 1);
	r->text_from = open + 1;
	r->text_to = close;
	r->image = image;
	r->value = url;
	r->title = title;
	return 1;
}

static int
read_tag(struct scan *sc, size_t from)
{
	struct sc_text before = sc->text;
	size_t p = from + 1;
	const char *inside;

	if (!((at(sc, p) >= 'a' && at(sc, p) <= 'z') || (at(sc, p) >= 'A' && at(sc, p) <= 'Z')))
		return 0;
	inside = read_values(sc, &p, "<>");
	if (inside == NULL || at(sc, p) != '>' || strchr(inside, '=') == NULL) {
		sc->text = before;
		return 0;
	}
	add_range(sc, TAG, from, p + 1)->value = rp_join(sc->s->doc, "<", inside, ">", NULL);
	return 1;
}

/* ---- Finding ---- */

static int
begins_something(char c)
{
	return c == '{' || c == '[' || c == ']' || c == '<';
}

static void
look_at(struct scan *sc, size_t p)
{
	struct sc_marker *m;
	size_t open;

	switch (at(sc, p)) {
	case '{':
		m = sc_read(sc->s, &sc->text, sc->flat.text + p);
		if (m != NULL && sc_in_text(&sc->flat, p + m->len - 1))
			add_range(sc, MARKER, p, p + m->len)->marker = m;
		break;
	case '[':
		sc->brackets[sc->open++] = p;
		break;
	case ']':
		if (sc->open == 0)
			break;
		open = sc->brackets[--sc->open];
		if (at(sc, p + 1) == '(' && sc_in_text(&sc->flat, p + 1))
			read_link(sc, open, p);
		break;
	case '<':
		read_tag(sc, p);
		break;
	default:
		break;
	}
}

static void
find(struct scan *sc)
{
	const struct sc_flat *f = &sc->flat;
	size_t i, p, n = 0;

	for (p = 0; p < f->len; p++)
		n += f->text[p] == '[';
	sc->brackets = rp_alloc(sc->s->doc, (n + 1) * sizeof(*sc->brackets));
	for (i = 0; i < f->count; i++) {
		p = f->pieces[i].from;
		n = p + rp_text_len(f->pieces[i].node);
		for (; p < n; p++) {
			if (p < sc->resume)
				p = sc->resume < n ? sc->resume : n;
			while (p < n && !begins_something(f->text[p]))
				p++;
			if (p < n)
				look_at(sc, p);
		}
	}
}

/* ---- Into the tree ---- */

static int
by_place(const void *a, const void *b)
{
	const struct sc_cut *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static struct sc_cut *
cut_at_all(struct scan *sc, size_t *count)
{
	struct sc_cut *cuts = rp_alloc(sc->s->doc, 4 * sc->count * sizeof(*cuts));
	size_t i, n = 0, k = 0;

	for (i = 0; i < sc->count; i++) {
		cuts[n++].at = sc->ranges[i].from;
		cuts[n++].at = sc->ranges[i].to;
		if (sc->ranges[i].what != LINK)
			continue;
		cuts[n++].at = sc->ranges[i].text_from;
		cuts[n++].at = sc->ranges[i].text_to;
	}
	qsort(cuts, n, sizeof(*cuts), by_place);
	for (i = 0; i < n; i++)
		if (k == 0 || cuts[k - 1].at != cuts[i].at)
			cuts[k++].at = cuts[i].at;
	sc_cut(&sc->flat, cuts, k);
	*count = k;
	return cuts;
}

static const struct sc_cut *
cut_at(const struct sc_cut *cuts, size_t n, size_t place)
{
	struct sc_cut key = { .at = place };

	return bsearch(&key, cuts, n, sizeof(*cuts), by_place);
}

/* The text stays; brackets and address go.  Links cannot stand in links. */
static void
make_link(struct scan *sc, const struct range *r, const struct sc_cut *cuts, size_t n)
{
	struct rp_doc *doc = sc->s->doc;
	struct rp_node *open = cut_at(cuts, n, r->from)->after;
	struct rp_node *close = cut_at(cuts, n, r->text_to)->after;
	struct rp_node *last = cut_at(cuts, n, r->to)->before, *link;
	struct rp_walk w;

	sc_level(doc, open, close);
	sc_level(doc, close, last);
	sc_level(doc, open, last);
	link = sc_wrap(doc, open, last, r->image ? RP_IMAGE : RP_LINK);
	while (rp_last(link) != close)
		rp_detach(rp_last(link));
	rp_detach(close);
	rp_detach(open);
	for (w = rp_walk(link); !r->image && rp_walk_next(&w); )
		if (w.event == RP_LEAVE && w.node != link && rp_kind(w.node) == RP_LINK)
			rp_unwrap(w.node);
	rp_set(doc, link, RP_A_URL, r->value);
	rp_set(doc, link, RP_A_TITLE, r->title);
}

static void
make_tag(struct scan *sc, const struct range *r, struct rp_node *first, struct rp_node *last)
{
	struct rp_node *raw = sc_wrap(sc->s->doc, first, last, RP_RAW_INLINE);

	while (rp_first(raw) != NULL)
		rp_detach(rp_first(raw));
	rp_set_text(sc->s->doc, raw, r->value);
	rp_set(sc->s->doc, raw, RP_A_FORMAT, "html");
}

static void
make_nodes(struct scan *sc)
{
	size_t n, i;
	struct sc_cut *cuts = cut_at_all(sc, &n);
	struct rp_node *first, *last;

	for (i = 0; i < sc->count; i++) {
		const struct range *r = &sc->ranges[i];

		if (r->what == LINK) {
			make_link(sc, r, cuts, n);
			continue;
		}
		first = cut_at(cuts, n, r->from)->after;
		last = cut_at(cuts, n, r->to)->before;
		sc_level(sc->s->doc, first, last);
		if (r->what == TAG)
			make_tag(sc, r, first, last);
		else
			sc_add(sc->s, r->marker, sc_wrap(sc->s->doc, first, last, RP_SPAN));
	}
}

static int
has_braces(struct rp_node *block)
{
	const struct rp_node *n = NULL;
	const char *p;

	while ((n = rp_find(block, n, RP_TEXT)) != NULL)
		for (p = strchr(rp_text(n), '{'); p != NULL; p = strchr(p + 1, '{'))
			if (p[1] == '{' || p[1] == '%' || p[1] == '#')
				return 1;
	return 0;
}

void
sc_scan(struct shortcodes *s, struct rp_node *block)
{
	struct scan sc = { .s = s };

	if (!has_braces(block))
		return;
	sc.flat = sc_flat(s->doc, block);
	sc.text = sc_text(sc.flat.text, sc.flat.len);
	find(&sc);
	if (sc.count > 0)
		make_nodes(&sc);
}
