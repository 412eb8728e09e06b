/*
 * div.c - what a Div stands for: by the class "rolepress-KIND" a node of ours; by the
 * classes that pandoc's own readers give, a note, a figure; else a Div.
 */
#include <string.h>

#include "reader.h"

struct div {
	const struct at	*at;
	struct at	 attr_at, blocks_at;
	const json_t	*attr, *blocks;
};

static const char *
first_class(const struct div *d)
{
	const char *class = pr_attr_class(d->attr, 0);

	return class != NULL ? class : "";
}

/* ---- A node that has its content in the Div ---- */

static struct rp_node *
boxed(struct reader *r, const struct div *d, enum rp_kind kind, struct rp_node *into)
{
	struct rp_node *n = pr_enter(r, kind, into);

	if (n != into)
		pr_attr_apply(r, &d->attr_at, d->attr, n, first_class(d));
	if (kind == RP_SUMMARY && n != into)
		pr_read_as_inlines(r, &d->blocks_at, d->blocks, n);
	else if (kind == RP_CAPTION)
		pr_read_flow(r, &d->blocks_at, d->blocks, n);
	else if (kind == RP_QUESTION_LIST && n != into)
		pr_read_questions(r, &d->blocks_at, d->blocks, n);
	else
		pr_read_blocks(r, &d->blocks_at, d->blocks, n);
	/* A figure that is a paragraph of pandoc's, and what that cannot say of it. */
	if (kind == RP_FIGURE && n != into && rp_first(n) != NULL && rp_first(n) == rp_last(n) &&
	    rp_kind(rp_first(n)) == RP_FIGURE)
		rp_unwrap(rp_first(n));
	pr_leave(r, n, into);
	return n;
}

/* ---- A node that stands in the Div, which says more of it ---- */

static void
wrapped(struct reader *r, const struct div *d, enum rp_kind kind, struct rp_node *into)
{
	struct rp_node *box = rp_new(r->doc, RP_DIV), *only;

	rp_append(into, box);	/* so that what is below knows where it stands */
	pr_read_blocks(r, &d->blocks_at, d->blocks, box);
	only = rp_first(box);
	if (only != NULL && only == rp_last(box) && rp_kind(only) == kind) {
		pr_attr_apply(r, &d->attr_at, d->attr, only, first_class(d));
		rp_replace(box, only);
	} else if (kind == RP_DEFINITION_LIST && rp_child(box, RP_TERM) == NULL) {
		rp_detach(box);
		boxed(r, d, kind, into);
	} else {
		/* A filter has changed what was in it. */
		pr_attr_apply(r, &d->attr_at, d->attr, box, first_class(d));
	}
}

static void
footnote(struct reader *r, const struct div *d)
{
	struct rp_node *n;

	if (r->plain)
		return;
	n = pr_add_footnote(r);
	pr_attr_apply(r, &d->attr_at, d->attr, n, first_class(d));
	r->depth++;
	pr_read_blocks(r, &d->blocks_at, d->blocks, n);
	r->depth--;
	if (rp_get(n, RP_A_ID) != NULL)
		json_object_set_new(r->note_ids, rp_get(n, RP_A_ID), json_true());
}

/* Is this where such a node may stand? */
static int
can_stand(const struct reader *r, enum rp_kind kind, const struct rp_node *into)
{
	enum rp_kind up = rp_kind(into);

	switch (kind) {
	case RP_SECTION:
		return !r->flat && (up == RP_SECTION || into == r->job->root);
	case RP_SUMMARY:
		return up == RP_DETAILS;
	case RP_CAPTION:
		return up == RP_FIGURE || up == RP_CAPTION;
	case RP_QUESTION:
	case RP_ANSWER:
		return up == RP_QUESTION_LIST;
	case RP_DEFINITION:
	case RP_TERM:
		return up == RP_DEFINITION_LIST;
	default:
		return 1;
	}
}

/* One of ours; 0: it is none, or none that can stand here. */
static int
read_ours(struct reader *r, const struct div *d, struct rp_node *into)
{
	enum rp_kind kind = pr_attr_kind(d->attr);
	struct rp_node *n;

	if (kind == RP_KIND_MAX || !can_stand(r, kind, into))
		return 0;
	switch (kind) {
	case RP_PARAGRAPH:
	case RP_BLOCK_QUOTE:
	case RP_LIST:
	case RP_THEMATIC_BREAK:
	case RP_COMMENT:
	case RP_RAW_BLOCK:
	case RP_DEFINITION_LIST:
		wrapped(r, d, kind, into);
		return 1;
	case RP_FOOTNOTE:
		footnote(r, d);
		return 1;
	case RP_TERM:
		n = pr_enter(r, RP_TERM, into);
		pr_attr_apply(r, &d->attr_at, d->attr, n, first_class(d));
		pr_read_as_inlines(r, &d->blocks_at, d->blocks, n);
		pr_leave(r, n, into);
		return 1;
	case RP_SECTION:
	case RP_SUMMARY:
	case RP_CAPTION:
	case RP_QUESTION:
	case RP_ANSWER:
	case RP_DEFINITION:
	case RP_FIGURE:
	case RP_DETAILS:
	case RP_ADMONITION:
	case RP_QUESTION_LIST:
	case RP_DIV:
		boxed(r, d, kind, into);
		return 1;
	default:
		return 0;
	}
}

/* ---- Those of other programs ---- */

/* A section's or document's frame: headings tell sections, and do so at the top only. */
static int
is_frame(const struct reader *r, const struct div *d, const struct rp_node *into)
{
	if (into != r->job->root || r->side != NULL)
		return 0;
	if (pr_attr_has_class(d->attr, "rolepress-document"))
		return 1;
	return pr_attr_has_class(d->attr, "section") && pr_is_type(json_array_get(d->blocks, 0), "Header");
}

static void
frame(struct reader *r, const struct div *d, struct rp_node *into)
{
	struct rp_node *last = rp_last(into), *heading;
	const char *id = json_string_value(json_array_get(d->attr, 0));

	pr_read_blocks(r, &d->blocks_at, d->blocks, into);
	heading = last != NULL ? rp_next(last) : rp_first(into);
	if (heading != NULL && rp_kind(heading) == RP_HEADING && !rp_has(heading, RP_A_ID) && *id != '\0')
		rp_set(r->doc, heading, RP_A_ID, pr_clean(r, id));
}

static int
is_title(const json_t *v)
{
	const json_t *attr = json_array_get(json_object_get(v, "c"), 0);

	return pr_is_type(v, "Div") &&
	       (pr_attr_has_class(attr, "title") || pr_attr_has_class(attr, "rolepress-label"));
}

/* The five kinds that GitHub's alerts have, as pandoc's readers mark them. */
static int
alert(struct reader *r, const struct div *d, struct rp_node *into)
{
	static const char *const names[] = { "note", "tip", "important", "warning", "caution" };
	const char *class = first_class(d), *text;
	struct rp_node *n, *title = rp_new(r->doc, RP_DIV);
	struct at here = pr_below(&d->blocks_at, 0);
	size_t i, first = 0;

	for (i = 0; i < sizeof(names) / sizeof(names[0]) && strcmp(class, names[i]) != 0; i++)
		;
	if (i == sizeof(names) / sizeof(names[0]) || (n = pr_enter(r, RP_ADMONITION, into)) == into)
		return 0;
	pr_attr_apply(r, &d->attr_at, d->attr, n, class);
	rp_set(r->doc, n, RP_A_TYPE, class);
	if (is_title(json_array_get(d->blocks, 0))) {
		pr_read_block(r, &here, json_array_get(d->blocks, 0), title);
		text = rp_plain_text(r->doc, title);
		if (!rp_ascii_same(text, class, SIZE_MAX) && *text != '\0')
			rp_set(r->doc, n, RP_A_TITLE, text);
		first = 1;
	}
	for (i = first; i < json_array_size(d->blocks); i++) {
		here = pr_below(&d->blocks_at, i);
		pr_read_block(r, &here, json_array_get(d->blocks, i), n);
	}
	pr_leave(r, n, into);
	return 1;
}

void
pr_read_div(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct div d = { .at = at, .attr_at = pr_below(at, 0), .blocks_at = pr_below(at, 1) };
	struct rp_node *n;

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	d.attr = json_array_get(c, 0);
	d.blocks = json_array_get(c, 1);
	if (!pr_attr_check(r, &d.attr_at, d.attr) || pr_list_of(r, &d.blocks_at, d.blocks, 0) == NULL)
		return;
	if (strcmp(first_class(&d), "rolepress-label") == 0 || read_ours(r, &d, into))
		return;
	if (is_frame(r, &d, into)) {
		frame(r, &d, into);
	} else if (pr_attr_has_class(d.attr, "figure") && rp_kind(into) != RP_FIGURE) {
		boxed(r, &d, RP_FIGURE, into);
	} else if (rp_kind(into) == RP_FIGURE && pr_attr_has_class(d.attr, "caption")) {
		boxed(r, &d, RP_CAPTION, into);
	} else if (!alert(r, &d, into)) {
		n = pr_enter(r, RP_DIV, into);
		if (n != into)
			pr_attr_apply(r, &d.attr_at, d.attr, n, NULL);
		pr_read_blocks(r, &d.blocks_at, d.blocks, n);
		pr_leave(r, n, into);
	}
}
