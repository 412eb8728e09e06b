/*
 * inline.c - inlines.  Words are Str, and each space between them a Space; a node that
 * has more to say than pandoc's inline can hold stands in a Span of its kind.
 */
#include <string.h>

#include "pandoc.h"

int
pd_is_inline(const struct rp_node *n)
{
	return rp_kind_class(rp_kind(n)) == RP_CLASS_INLINE;
}

static void
words(struct pandoc *p, const char *s, size_t len)
{
	const char *end = s + len, *space;

	for (; s < end; s = space) {
		space = memchr(s, ' ', (size_t)(end - s));
		if (space == NULL)
			space = end;
		if (space > s)
			pd_str_el(p, rp_dup(p->job->doc, s, (size_t)(space - s)));
		for (; space < end && *space == ' '; space++)
			pd_el_alone(p, "Space");
	}
}

static void
content(struct pandoc *p, const struct rp_node *n)
{
	rp_json_array(p->j);
	pd_inlines(p, n);
	rp_json_end(p->j);
}

/* TeX, as the reader keeps formulas; NULL: code. */
static const char *
math_type(const struct rp_node *n)
{
	const char *class = rp_get(n, RP_A_CLASS);

	if (class == NULL || pd_attr_more(n, ATTR(CLASS)))
		return NULL;
	if (strcmp(class, "math inline") == 0)
		return "InlineMath";
	return strcmp(class, "math display") == 0 ? "DisplayMath" : NULL;
}

static void
code(struct pandoc *p, const struct rp_node *n)
{
	if (math_type(n) != NULL) {
		pd_el_open(p, "Math");
		rp_json_array(p->j);
		pd_el_alone(p, math_type(n));
		rp_json_string(p->j, rp_text(n));
		rp_json_end(p->j);
		pd_el_close(p);
		return;
	}
	if (pd_raw_format(p->job->doc, n) != NULL) {
		pd_raw_el(p, "RawInline", pd_raw_format(p->job->doc, n), rp_text(n));
		return;
	}
	pd_el_open(p, "Code");
	rp_json_array(p->j);
	pd_attr_put(p, n, NULL, 0, 0);
	rp_json_string(p->j, rp_text(n));
	rp_json_end(p->j);
	pd_el_close(p);
}

static int
is_single(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	return rp_kind(n) == RP_QUOTE && type != NULL && strcmp(type, "single") == 0;
}

static void
quote(struct pandoc *p, const struct rp_node *n)
{
	pd_el_open(p, "Quoted");
	rp_json_array(p->j);
	pd_el_alone(p, is_single(n) ? "SingleQuote" : "DoubleQuote");
	content(p, n);
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
raw(struct pandoc *p, const struct rp_node *n)
{
	pd_raw_el(p, "RawInline", rp_get(n, RP_A_FORMAT) != NULL ? rp_get(n, RP_A_FORMAT) : "html", rp_text(n));
}

/* ---- Links and images ---- */

static void
address(struct pandoc *p, const char *url, const char *title)
{
	rp_json_array(p->j);
	rp_json_string(p->j, url);
	rp_json_string(p->j, title != NULL ? title : "");
	rp_json_end(p->j);
}

/* Is there a title that an address cannot hold, since its lack is the same? */
static attr_set
title_said(const struct rp_node *n)
{
	const char *title = rp_get(n, RP_A_TITLE);

	return title != NULL && (*title == '\0' || strncmp(title, "fig:", 4) == 0) ? 0 : ATTR(TITLE);
}

/*
 * In the same document, the id of the place.  Another document is named as the source
 * names it; in one file with it, by its ids.
 */
static const char *
link_url(struct pandoc *p, const struct rp_node *n)
{
	const char *target = rp_get(n, RP_A_TARGET), *fragment = rp_get(n, RP_A_FRAGMENT);
	const char *own = rp_get(p->job->root, RP_A_ID), *url = rp_get(n, RP_A_URL);

	if (target == NULL)
		return url != NULL ? url : "";
	if (p->prefix != NULL)
		return rp_join(p->job->doc, "#", target, fragment != NULL ? "--" : "",
		    fragment != NULL ? fragment : "", NULL);
	if (own != NULL && strcmp(target, own) == 0 && fragment != NULL)
		return rp_join(p->job->doc, "#", fragment, NULL);
	return url != NULL ? url : "";
}

static void
link(struct pandoc *p, const struct rp_node *n)
{
	const char *url = link_url(p, n), *own = rp_get(n, RP_A_URL);
	attr_set said = title_said(n);

	if (own == NULL || strcmp(url, own) == 0)
		said |= ATTR(URL);
	pd_el_open(p, "Link");
	rp_json_array(p->j);
	pd_attr_put(p, n, NULL, said, own == NULL ? ATTR(URL) : 0);
	content(p, n);
	address(p, url, said & ATTR(TITLE) ? rp_get(n, RP_A_TITLE) : NULL);
	rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_image(struct pandoc *p, const struct rp_node *n, const struct rp_node *caption)
{
	const char *path = pd_resource_path(p, rp_get(n, RP_A_RESOURCE)), *url = rp_get(n, RP_A_URL);
	attr_set said = title_said(n);

	if (path == NULL || (url != NULL && strcmp(path, url) == 0))
		said |= ATTR(URL);
	if (path == NULL)
		path = url != NULL ? url : "";
	pd_el_open(p, "Image");
	rp_json_array(p->j);
	pd_attr_begin(p, rp_get(n, RP_A_ID), NULL, rp_get(n, RP_A_CLASS));
	pd_attr_pairs(p, n, "", said | ATTR(WIDTH) | ATTR(HEIGHT));
	pd_attr_pair(p, "width", rp_get(n, RP_A_WIDTH));
	pd_attr_pair(p, "height", rp_get(n, RP_A_HEIGHT));
	if (url == NULL)
		pd_attr_pair(p, "rolepress-unset", "url");
	else if (!(said & ATTR(URL)))
		pd_attr_pair(p, "rolepress-path", path); /* the url is that of this path only */
	if (caption != NULL && rp_first(n) != NULL)
		pd_attr_pair(p, "rolepress-alt", rp_text(rp_first(n)));
	pd_attr_end(p);
	content(p, caption != NULL ? caption : n);
	address(p, path, caption != NULL ? "fig:" : said & ATTR(TITLE) ? rp_get(n, RP_A_TITLE) : NULL);
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
image(struct pandoc *p, const struct rp_node *n)
{
	pd_image(p, n, NULL);
}

/* ---- Spans ---- */

static void
span_as(struct pandoc *p, const struct rp_node *n, const char *class, attr_set said)
{
	pd_box_open(p, "Span", n, class, said, 0);
	pd_inlines(p, n);
	pd_box_close(p);
}

static void
span(struct pandoc *p, const struct rp_node *n)
{
	static const char *const special[] = { "mark", "kbd", "abbr", "underline", "ul" };
	const char *class = rp_get(n, RP_A_CLASS);
	size_t i;
	int forced = class != NULL && strstr(class, "rolepress-") != NULL;

	for (i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		forced |= rp_has_class(n, special[i]);
	span_as(p, n, forced ? "rolepress-span" : NULL, 0);
}

static void
abbreviation(struct pandoc *p, const struct rp_node *n)
{
	span_as(p, n, "abbr", 0);
}

static void
mark(struct pandoc *p, const struct rp_node *n)
{
	span_as(p, n, "mark", 0);
}

static void
keyboard(struct pandoc *p, const struct rp_node *n)
{
	span_as(p, n, "kbd", 0);
}

/* ---- All of them ---- */

static const struct form {
	const char	*type;		/* holds inlines, or stands alone */
	void		(*put)(struct pandoc *, const struct rp_node *);
	attr_set	 said;
	int		 whole, alone;
} forms[RP_KIND_MAX] = {
	[RP_SOFT_BREAK] = { .type = "SoftBreak", .alone = 1 },
	[RP_LINE_BREAK] = { .type = "LineBreak", .alone = 1 },
	[RP_EMPHASIS] = { .type = "Emph" },
	[RP_STRONG] = { .type = "Strong" },
	[RP_STRIKETHROUGH] = { .type = "Strikeout" },
	[RP_UNDERLINE] = { .type = "Underline" },
	[RP_SUBSCRIPT] = { .type = "Subscript" },
	[RP_SUPERSCRIPT] = { .type = "Superscript" },
	[RP_CODE] = { .put = code, .whole = 1 },
	[RP_QUOTE] = { .put = quote },
	[RP_MARK] = { .put = mark, .whole = 1 },
	[RP_KEYBOARD] = { .put = keyboard, .whole = 1 },
	[RP_ABBREVIATION] = { .put = abbreviation, .whole = 1 },
	[RP_LINK] = { .put = link, .whole = 1 },
	[RP_IMAGE] = { .put = image, .whole = 1 },
	[RP_SPAN] = { .put = span, .whole = 1 },
	[RP_FOOTNOTE_REF] = { .put = pd_note_ref, .whole = 1 },
	[RP_RAW_INLINE] = { .put = raw, .said = ATTR(FORMAT) },
};

static void
put(struct pandoc *p, const struct rp_node *n, const struct form *f)
{
	if (f->put != NULL) {
		f->put(p, n);
	} else if (f->alone) {
		pd_el_alone(p, f->type);
	} else if (f->type != NULL) {
		pd_el_open(p, f->type);
		content(p, n);
		pd_el_close(p);
	} else if (rp_kind(n) == RP_TEXT) {
		words(p, rp_text(n), rp_text_len(n));
	} else {
		pd_inlines(p, n);
	}
}

static void
one(struct pandoc *p, const struct rp_node *n)
{
	const struct form *f = &forms[rp_kind(n)];
	attr_set said = f->said | (is_single(n) ? ATTR(TYPE) : 0);
	int known = f->put != NULL || f->type != NULL || rp_kind(n) == RP_TEXT;

	if (known && (f->whole || !pd_attr_more(n, said))) {
		put(p, n, f);
		return;
	}
	pd_box_open(
	    p, "Span", n, rp_join(p->job->doc, "rolepress-", rp_kind_name(rp_kind(n)), NULL), said, 0);
	put(p, n, f);
	pd_box_close(p);
}

/* Texts that are nothing but empty would leave no trace. */
static int
is_empty_text(const struct rp_node *n)
{
	const struct rp_node *prev = rp_prev(n), *next = rp_next(n);

	return rp_kind(n) == RP_TEXT && rp_text_len(n) == 0 && !pd_attr_more(n, 0) &&
	       (prev == NULL || rp_kind(prev) != RP_TEXT) && (next == NULL || rp_kind(next) != RP_TEXT);
}

/* An item's text that would be taken for the box of a task. */
static int
is_like_task(const struct rp_node *n)
{
	const struct rp_node *para = rp_parent(n), *item = para != NULL ? rp_parent(para) : NULL;

	return rp_prev(n) == NULL && rp_kind(n) == RP_TEXT && item != NULL && rp_kind(item) == RP_ITEM &&
	       rp_prev(para) == NULL &&
	       (strncmp(rp_text(n), "\xE2\x98\x90 ", 4) == 0 ||
		   strncmp(rp_text(n), "\xE2\x98\x92 ", 4) == 0);
}

void
pd_inlines_run(struct pandoc *p, const struct rp_node *n, const struct rp_node *end)
{
	for (; n != end; n = rp_next(n)) {
		if (is_empty_text(n)) {
			pd_str_el(p, "");
		} else if (is_like_task(n)) {
			pd_box_open(p, "Span", n, "rolepress-text", ~(attr_set)0, 0);
			words(p, rp_text(n), rp_text_len(n));
			pd_box_close(p);
		} else if (!pd_is_inline(n)) {
			pd_inlines(p, n); /* blocks where there should be none: their text */
		} else {
			one(p, n);
		}
	}
}

void
pd_inlines(struct pandoc *p, const struct rp_node *parent)
{
	pd_inlines_run(p, rp_first(parent), NULL);
}
