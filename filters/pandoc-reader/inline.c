/* inline.c - inlines. */
#include <string.h>

#include "reader.h"

typedef void inline_fn(struct reader *, const struct at *, const json_t *, struct rp_node *);

/* ---- Text ---- */

static void
gather(struct reader *r, const char *s, size_t len)
{
	char *more;

	if (r->text_len + len > r->text_cap) {
		r->text_cap = 2 * (r->text_len + len) + 256;
		more = rp_alloc(r->doc, r->text_cap);
		if (r->text_len > 0)
			memcpy(more, r->text, r->text_len);
		r->text = more;
	}
	memcpy(r->text + r->text_len, s, len);
	r->text_len += len;
}

void
pr_add_text(struct reader *r, struct rp_node *into, const char *s, size_t len)
{
	struct rp_node *n = rp_new(r->doc, RP_TEXT);

	rp_set_text_n(r->doc, n, s, len);
	rp_append(into, n);
}

static void
flush_text(struct reader *r, struct rp_node *into, int any)
{
	if (r->text_len > 0 || (any && r->side != NULL))
		pr_add_text(r, into, r->text != NULL ? r->text : "", r->text_len);
	r->text_len = 0;
}

/* ---- Types ---- */

static void
holder(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into, enum rp_kind kind)
{
	struct rp_node *n = pr_enter(r, kind, into);

	pr_read_inlines(r, at, c, n);
	pr_leave(r, n, into);
}

#define HOLDER(fn, kind)                                                                                   \
	static void fn(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)       \
	{                                                                                                  \
		holder(r, at, c, into, kind);                                                              \
	}

HOLDER(emph, RP_EMPHASIS)
HOLDER(strong, RP_STRONG)
HOLDER(underline, RP_UNDERLINE)
HOLDER(strikeout, RP_STRIKETHROUGH)
HOLDER(superscript, RP_SUPERSCRIPT)
HOLDER(subscript, RP_SUBSCRIPT)

static void
small_caps(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n = pr_enter(r, RP_SPAN, into);

	pr_kept(r, KEPT_SMALL_CAPS);
	if (n != into)
		rp_set(r->doc, n, RP_A_CLASS, "smallcaps");
	pr_read_inlines(r, at, c, n);
	pr_leave(r, n, into);
}

static void
quoted(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at type_at = pr_below(at, 0), inlines_at = pr_below(at, 1);
	const json_t *none;
	const char *type;
	struct rp_node *n;

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	type = pr_element_of(r, &type_at, json_array_get(c, 0), &none);
	n = pr_enter(r, RP_QUOTE, into);
	if (n != into && type != NULL && strcmp(type, "SingleQuote") == 0)
		rp_set(r->doc, n, RP_A_TYPE, "single");
	pr_read_inlines(r, &inlines_at, json_array_get(c, 1), n);
	pr_leave(r, n, into);
}

static void
cite(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at inlines_at = pr_below(at, 1);

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	pr_kept(r, KEPT_CITE);
	pr_read_inlines(r, &inlines_at, json_array_get(c, 1), into);
}

static void
code(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at attr_at = pr_below(at, 0), text_at = pr_below(at, 1);
	struct rp_node *n = rp_new(r->doc, RP_CODE);

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	pr_attr_apply(r, &attr_at, json_array_get(c, 0), n, NULL);
	rp_set_text(r->doc, n, pr_string_of(r, &text_at, json_array_get(c, 1)));
	rp_append(into, n);
}

static void
math(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at type_at = pr_below(at, 0), text_at = pr_below(at, 1);
	struct rp_node *n = rp_new(r->doc, RP_CODE);
	const json_t *none;
	const char *type;

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	type = pr_element_of(r, &type_at, json_array_get(c, 0), &none);
	if (r->side == NULL)
		pr_kept(r, KEPT_MATH);
	rp_set(r->doc, n, RP_A_CLASS,
	    type != NULL && strcmp(type, "DisplayMath") == 0 ? "math display" : "math inline");
	rp_set_text(r->doc, n, pr_string_of(r, &text_at, json_array_get(c, 1)));
	rp_append(into, n);
}

static void
raw(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at format_at = pr_below(at, 0), text_at = pr_below(at, 1);
	const char *format, *text;
	struct rp_node *n;

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	format = pr_string_of(r, &format_at, json_array_get(c, 0));
	text = pr_string_of(r, &text_at, json_array_get(c, 1));
	if (strncmp(format, "html", 4) == 0) {
		n = rp_new(r->doc, RP_RAW_INLINE);
		rp_set(r->doc, n, RP_A_FORMAT, "html");
		r->has_raw = 1;
	} else {
		pr_kept(r, KEPT_RAW);
		n = rp_new(r->doc, RP_CODE);
		rp_set(r->doc, n, RP_A_CLASS, rp_join(r->doc, "raw ", pr_clean(r, format), NULL));
	}
	rp_set_text(r->doc, n, text);
	rp_append(into, n);
}

static void
soft_break(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	(void)at, (void)c;
	rp_append(into, rp_new(r->doc, RP_SOFT_BREAK));
}

static void
line_break(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	(void)at, (void)c;
	rp_append(into, rp_new(r->doc, RP_LINE_BREAK));
}

/* ---- Links and images: [attr, inlines, [url, title]] ---- */

/* What only this run can say of a link, if it is in the same run that it was put down. */
static void
settle_target(struct reader *r, struct rp_node *n)
{
	const char *target = rp_get(n, RP_A_TARGET);

	if (target == NULL || (r->job->index != NULL && rp_index_find(r->job, target) != NULL))
		return;
	rp_unset(n, RP_A_TARGET);
	rp_unset(n, RP_A_FRAGMENT);
}

static int
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static void
address(struct reader *r, const struct at *at, const json_t *c, struct rp_node *n)
{
	struct at pair_at = pr_below(at, 2), url_at = pr_below(&pair_at, 0),
		  title_at = pr_below(&pair_at, 1);
	const json_t *attr = json_array_get(c, 0);
	const char *url, *title, *place = pr_attr_value(attr, "rolepress-fragment");
	const char *own = pr_attr_value(attr, "rolepress-url"),
		   *unset = pr_attr_value(attr, "rolepress-unset");

	if (pr_list_of(r, &pair_at, json_array_get(c, 2), 2) == NULL)
		return;
	url = pr_string_of(r, &url_at, json_array_get(json_array_get(c, 2), 0));
	title = pr_string_of(r, &title_at, json_array_get(json_array_get(c, 2), 1));
	if (*title != '\0')
		rp_set(r->doc, n, RP_A_TITLE, title);
	/* The address that the source had, unless a filter has put another in its place. */
	if (own != NULL && (same(url, pr_attr_value(attr, "rolepress-path")) ||
	    (*url == '#' && same(url + 1, place))))
		return;
	if (unset == NULL || *url != '\0')
		rp_set(r->doc, n, RP_A_URL, url);
}

static void
link(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at attr_at = pr_below(at, 0), inlines_at = pr_below(at, 1);
	struct rp_node *n;

	if (pr_list_of(r, at, c, 3) == NULL)
		return;
	n = pr_enter(r, RP_LINK, into);
	if (n != into) {
		pr_attr_apply(r, &attr_at, json_array_get(c, 0), n, NULL);
		address(r, at, c, n);
		settle_target(r, n);
	}
	pr_read_inlines(r, &inlines_at, json_array_get(c, 1), n);
	pr_leave(r, n, into);
}

static void
image(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at attr_at = pr_below(at, 0), inlines_at = pr_below(at, 1);
	const char *file;
	struct rp_node *n;

	if (pr_list_of(r, at, c, 3) == NULL)
		return;
	n = pr_enter(r, RP_IMAGE, into);
	if (n != into) {
		pr_attr_apply(r, &attr_at, json_array_get(c, 0), n, NULL);
		address(r, at, c, n);
		/* Another file than this run has found is looked for by the transform. */
		file = pr_attr_value(json_array_get(c, 0), "rolepress-resource");
		if (pr_is_found(r, file))
			rp_set(r->doc, n, RP_A_RESOURCE, file);
	}
	pr_read_inlines(r, &inlines_at, json_array_get(c, 1), n);
	pr_leave(r, n, into);
}

/* ---- All of them ---- */

static const struct {
	const char	*type;
	inline_fn	*read;
} types[] = {
	{ "SoftBreak", soft_break },	{ "Emph", emph },
	{ "Strong", strong },		{ "Link", link },
	{ "Code", code },		{ "Span", pr_read_span },
	{ "Image", image },		{ "Note", pr_read_note },
	{ "LineBreak", line_break },	{ "Quoted", quoted },
	{ "Underline", underline },	{ "Strikeout", strikeout },
	{ "Superscript", superscript },	{ "Subscript", subscript },
	{ "SmallCaps", small_caps },	{ "Cite", cite },
	{ "Math", math },		{ "RawInline", raw },
};

static void
one(struct reader *r, const struct at *at, const char *type, const json_t *c, struct rp_node *into)
{
	struct at content = { at, "c", 0 };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].type, type) == 0) {
			types[i].read(r, &content, c, into);
			return;
		}
	}
	pr_wrong(r, at, rp_join(r->doc, "no inline is of type \"", pr_clean(r, type), "\"", NULL));
}

void
pr_read_inlines(struct reader *r, const struct at *at, const json_t *list, struct rp_node *into)
{
	const json_t *v, *c = NULL;
	const char *type, *s;
	struct at here, content;
	size_t i;
	int any = 0;

	if (pr_list_of(r, at, list, 0) == NULL)
		return;
	json_array_foreach(list, i, v) {
		here = pr_below(at, i);
		if ((type = pr_element_of(r, &here, v, &c)) == NULL)
			return;
		if (strcmp(type, "Str") == 0) {
			content = (struct at){ &here, "c", 0 };
			s = pr_string_of(r, &content, c);
			gather(r, s, strlen(s));
			any = 1;
		} else if (strcmp(type, "Space") == 0) {
			gather(r, " ", 1);
		} else {
			flush_text(r, into, any);
			any = 0;
			one(r, &here, type, c, into);
		}
		if (r->failed)
			return;
	}
	flush_text(r, into, any);
}
