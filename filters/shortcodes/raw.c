/*
 * raw.c - markers in raw HTML.
 *
 * In a tag they are part of an address: their value is put in.  In the text around
 * tags they are what they are elsewhere: the block is cut in pieces, and they stand
 * between those (the html transform reads the pieces together).  Code, scripts and
 * comments are left alone.
 */
#include <string.h>

#include "shortcodes.h"

struct raw {
	struct shortcodes *s;
	struct rp_node	*node;
	struct sc_text	 text;
	const char	*p;		/* here we are */
	const char	*from;		/* not yet taken into a piece */
	struct sc_string part;		/* of a piece: up to from, with values put in */
	struct rp_pos	 piece;		/* where the piece begins, after the first */
	uint32_t	 line;		/* of p, from 0 */
	const char	*line_start;
	int		 cuts;
	int		 substitutes;
};

/* ---- Substitution in tags ---- */

/* What a value may not hold where a quoted attribute is. */
static int
is_plain(const char *value)
{
	return value[strcspn(value, "\"'<>\n")] == '\0';
}

static struct rp_pos
here(const struct raw *r)
{
	struct rp_pos pos = rp_pos(r->node);
	uint32_t col = (uint32_t)(r->p - r->line_start);

	pos.col = r->line > 0 ? col + 1 : pos.col + col;
	pos.line += r->line;
	return pos;
}

/* At a marker in a tag: takes it in, by its value if it has one. */
static void
substitute(struct raw *r, const struct sc_marker *m)
{
	char before = r->p > r->text.text ? r->p[-1] : '\0';
	enum sc_where where = strchr("\"'=", before) != NULL ? SC_STARTS_URL : SC_IN_URL;
	const char *value = sc_value(r->s, m, where);

	if (value != NULL && is_plain(value)) {
		sc_put(&r->part, r->from, (size_t)(r->p - r->from));
		sc_put(&r->part, value, strlen(value));
		r->from = r->p + m->len;
		r->substitutes++;
	} else if (value == NULL) {
		sc_unknown(r->s, m, here(r));
	}
}

/* ---- Pieces ---- */

static struct rp_node *
new_raw(struct raw *r, enum rp_kind kind, const char *text, size_t len, struct rp_pos pos)
{
	struct rp_node *n = rp_new(r->s->doc, kind);

	rp_set(r->s->doc, n, RP_A_FORMAT, "html");
	rp_set_text_n(r->s->doc, n, text, len);
	rp_set_pos(n, pos);
	return n;
}

/* Puts what has not been taken yet into a piece of its own. */
static void
end_piece(struct raw *r, const char *end)
{
	struct rp_pos pos = rp_pos(r->node);

	sc_put(&r->part, r->from, (size_t)(end - r->from));
	if (r->cuts > 0)
		pos = r->piece;
	if (r->part.len > 0)
		rp_insert_before(r->node, new_raw(r, RP_RAW_BLOCK, r->part.p, r->part.len, pos));
	r->part.len = 0;
}

static void
cut_out(struct raw *r, struct sc_marker *m)
{
	struct rp_node *span = rp_new(r->s->doc, RP_SPAN);

	end_piece(r, r->p);
	rp_set_pos(span, here(r));
	rp_append(span, new_raw(r, RP_RAW_INLINE, m->text, m->len, rp_pos(span)));
	rp_insert_before(r->node, span);
	sc_add(r->s, m, span);
	r->from = r->p + m->len;
	r->cuts++;
}

/* ---- The text of a block ---- */

/* What is no HTML text: past its end, or past the start of it. */
static const char *
past_opaque(const char *p)
{
	static const struct { const char *open, *close; } opaque[] = {
		{ "<!--", "-->" }, { "<script", "</script" }, { "<style", "</style" },
		{ "<pre", "</pre" }, { "<code", "</code" }, { "<textarea", "</textarea" },
	};
	size_t i;

	for (i = 0; i < sizeof(opaque) / sizeof(opaque[0]); i++) {
		const char *close = opaque[i].close;

		if (!rp_ascii_same(p, opaque[i].open, strlen(opaque[i].open)))
			continue;
		while (*p != '\0' && !rp_ascii_same(p, close, strlen(close)))
			p++;
		return p;
	}
	return p + 1;
}

static int
starts_tag(const char *p)
{
	return (p[1] >= 'a' && p[1] <= 'z') || (p[1] >= 'A' && p[1] <= 'Z') || p[1] == '/';
}

static void
skip_to(struct raw *r, const char *to)
{
	for (; r->p < to; r->p++) {
		if (*r->p == '\n') {
			r->line++;
			r->line_start = r->p + 1;
		}
	}
}

/* What shows nothing a document has can stay as it is: it is text for HTML too. */
static int
means_something(struct shortcodes *s, const struct sc_marker *m)
{
	return m->code != NULL || m->form == SC_LITERAL ||
	    (m->syntax == SC_VALUE && sc_value(s, m, SC_IN_TEXT) != NULL);
}

static void
read_raw(struct raw *r, int may_cut)
{
	struct sc_marker *m;
	int in_tag = 0;

	while (*r->p != '\0') {
		m = *r->p == '{' ? sc_read(r->s, &r->text, r->p) : NULL;
		if (m != NULL) {
			if (in_tag)
				substitute(r, m);
			else if (may_cut && means_something(r->s, m))
				cut_out(r, m);
			else if (may_cut)
				sc_unknown(r->s, m, here(r));
			skip_to(r, r->p + m->len);
			if (r->part.len == 0 && r->from == r->p)
				r->piece = here(r);
		} else if (*r->p == '<' && !in_tag) {
			in_tag = starts_tag(r->p);
			skip_to(r, past_opaque(r->p));
		} else {
			in_tag = in_tag && *r->p != '>';
			skip_to(r, r->p + 1);
		}
	}
}

static struct raw
begin(struct shortcodes *s, struct rp_node *node)
{
	struct raw r = { .s = s, .node = node, .part = { .doc = s->doc } };

	r.p = r.from = r.line_start = rp_text(node);
	r.text = sc_text(r.p, rp_text_len(node));
	return r;
}

static int
is_html(const struct rp_node *n)
{
	const char *format = rp_get(n, RP_A_FORMAT);

	return format != NULL && strcmp(format, "html") == 0 && strchr(rp_text(n), '{') != NULL;
}

void
sc_scan_raw(struct shortcodes *s, struct rp_node *node)
{
	struct raw r = begin(s, node);

	if (!is_html(node))
		return;
	read_raw(&r, 1);
	if (r.cuts == 0 && r.substitutes == 0)
		return;
	end_piece(&r, r.p);
	rp_detach(node);
}

/* A tag, or a comment: nothing stands around it. */
void
sc_scan_raw_inline(struct shortcodes *s, struct rp_node *node)
{
	struct raw r = begin(s, node);

	if (!is_html(node))
		return;
	read_raw(&r, 0);
	if (r.substitutes == 0)
		return;
	sc_put(&r.part, r.from, (size_t)(r.p - r.from));
	rp_set_text_n(s->doc, node, r.part.p, r.part.len);
}
