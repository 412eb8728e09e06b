/* span.c - what a Span stands for: by its class a node of ours, or one that pandoc has
 * in this form; else a Span. */
#include <string.h>

#include "reader.h"

/* A node that stands in the Span, which says more of it. */
static void
wrapped(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into, enum rp_kind kind)
{
	struct at attr_at = pr_below(at, 0), inlines_at = pr_below(at, 1);
	struct rp_node *box = rp_new(r->doc, RP_SPAN), *only;
	const json_t *attr = json_array_get(c, 0);

	rp_append(into, box);
	pr_read_inlines(r, &inlines_at, json_array_get(c, 1), box);
	if (kind == RP_TEXT && rp_first(box) == NULL)
		rp_append(box, rp_new_text(r->doc, ""));
	only = rp_first(box);
	if (only != NULL && only == rp_last(box) && rp_kind(only) == kind)
		rp_replace(box, only);
	else
		only = box;	/* a filter has changed what was in it */
	pr_attr_apply(r, &attr_at, attr, only, pr_attr_class(attr, 0));
}

static void
as(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into, enum rp_kind kind,
    const char *class)
{
	struct at attr_at = pr_below(at, 0), inlines_at = pr_below(at, 1);
	struct rp_node *n = pr_enter(r, kind, into);

	if (n != into)
		pr_attr_apply(r, &attr_at, json_array_get(c, 0), n, class);
	pr_read_inlines(r, &inlines_at, json_array_get(c, 1), n);
	pr_leave(r, n, into);
}

static int
read_ours(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	enum rp_kind kind = pr_attr_kind(json_array_get(c, 0));

	switch (kind) {
	case RP_FOOTNOTE_REF:
		pr_read_note_ref(r, at, c, into);
		return 1;
	case RP_SPAN:
		as(r, at, c, into, RP_SPAN, "rolepress-span");
		return 1;
	case RP_TEXT:
	case RP_SOFT_BREAK:
	case RP_LINE_BREAK:
	case RP_EMPHASIS:
	case RP_STRONG:
	case RP_STRIKETHROUGH:
	case RP_UNDERLINE:
	case RP_SUBSCRIPT:
	case RP_SUPERSCRIPT:
	case RP_QUOTE:
	case RP_RAW_INLINE:
		wrapped(r, at, c, into, kind);
		return 1;
	default:
		return 0;
	}
}

void
pr_read_span(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	static const struct { const char *class; enum rp_kind kind; } kinds[] = {
		{ "mark", RP_MARK }, { "kbd", RP_KEYBOARD }, { "abbr", RP_ABBREVIATION },
		{ "underline", RP_UNDERLINE }, { "ul", RP_UNDERLINE },
	};
	struct at attr_at = pr_below(at, 0);
	const char *class;
	size_t i;

	if (pr_list_of(r, at, c, 2) == NULL || !pr_attr_check(r, &attr_at, json_array_get(c, 0)) ||
	    read_ours(r, at, c, into))
		return;
	class = pr_attr_class(json_array_get(c, 0), 0);
	for (i = 0; class != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].class, class) == 0) {
			as(r, at, c, into, kinds[i].kind, class);
			return;
		}
	}
	as(r, at, c, into, RP_SPAN, NULL);
}
