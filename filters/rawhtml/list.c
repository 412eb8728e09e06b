/*
 * list.c - lists and definition lists, however their parts were put together.
 */
#include <string.h>

#include "rawhtml.h"

/* ---- ul, ol, li ---- */

/* A paragraph or none, and whatever unfolds below it. */
static int
is_tight(const struct rp_node *list)
{
	const struct rp_node *item, *c;

	for (item = rp_first(list); item != NULL; item = rp_next(item))
		for (c = rp_first(item); c != NULL; c = rp_next(c))
			if (rp_kind(c) == RP_PARAGRAPH && rp_prev(c) != NULL)
				return 0;
	return 1;
}

/* What stands between items goes with the one before: most often it is a list
 * that was meant to be a part of it. */
int
rawhtml_list(struct rawhtml *h, struct rp_node *list)
{
	struct rp_node *n, *next, *item = NULL;

	rp_set_kind(list, RP_LIST);
	for (n = rp_first(list); n != NULL; n = next) {
		next = rp_next(n);
		if (rp_kind(n) == RP_ITEM) {
			item = n;
		} else if (rp_kind(n) == RP_COMMENT) {
			rp_detach(n);
		} else {
			if (item == NULL) {
				item = rp_new(h->doc, RP_ITEM);
				rp_set_pos(item, rp_pos(n));
				rp_insert_before(n, item);
			}
			rp_append(item, n);
		}
	}
	for (n = rp_first(list); n != NULL; n = rp_next(n))
		rawhtml_blocks(h, n, RP_KIND_MAX);
	rp_set_int(h->doc, list, RP_A_TIGHT, is_tight(list));
	return rp_first(list) != NULL;
}

struct rp_node *
rawhtml_make_list(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	if (!rawhtml_list(h, content))
		return NULL;
	if (e->arg) {
		rp_set_int(h->doc, content, RP_A_ORDERED, 1);
		rp_set_int(h->doc, content, RP_A_START, 1);
		rp_set(h->doc, content, RP_A_DELIMITER, ".");
		rawhtml_number(h, content, RP_A_START, rawhtml_attr(attrs, "start"));
	}
	return content;
}

/* A box at the beginning makes it a task. */
static void
take_box(struct rawhtml *h, struct rp_node *item)
{
	struct rp_node *box = rp_first(item);

	while (box != NULL && rp_kind(box) != RP_LIST && rp_get(box, RP_A_TYPE) == NULL)
		box = rp_first(box);
	if (box == NULL || rp_kind(box) != RP_SPAN || strcmp(rp_get(box, RP_A_TYPE), "box") != 0)
		return;
	rp_set_int(h->doc, item, RP_A_CHECKED, rp_get_int(box, RP_A_CHECKED, 0));
	rp_detach(box);
}

struct rp_node *
rawhtml_make_item(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)e;
	(void)attrs;
	rawhtml_blocks(h, content, RP_KIND_MAX);
	take_box(h, content);
	rp_set_kind(content, RP_ITEM);
	return content;
}

/* ---- dl, dt, dd ---- */

/* Groups that only hold a part of the list: <div><dt>...</div>. */
static void
open_groups(struct rp_node *list)
{
	struct rp_node *n, *next, *inner;

	for (n = rp_first(list); n != NULL; n = next) {
		next = rp_next(n);
		inner = rp_first(n);
		if (rp_kind(n) == RP_DIV && inner != NULL && rp_next(inner) == NULL &&
		    rp_kind(inner) == RP_DEFINITION_LIST) {
			rp_unwrap(inner);
			rp_unwrap(n);
		}
	}
}

/* A list is terms and then what they mean; neither can be missing. */
static void
repair_ends(struct rp_node *list)
{
	struct rp_node *n;

	while ((n = rp_first(list)) != NULL && rp_kind(n) == RP_DEFINITION) {
		rp_insert_before(list, n);
		if (rawhtml_shell(n) != NULL)
			rp_set_kind(n, RP_DIV);
		else
			rp_unwrap(n);
	}
	while ((n = rp_last(list)) != NULL && rp_kind(n) == RP_TERM) {
		rp_insert_after(list, n);
		rp_set_kind(n, RP_PARAGRAPH);
	}
}

int
rawhtml_definitions(struct rawhtml *h, struct rp_node *list)
{
	struct rp_node *n, *next, *definition = NULL;

	rp_set_kind(list, RP_DEFINITION_LIST);
	open_groups(list);
	for (n = rp_first(list); n != NULL; n = next) {
		next = rp_next(n);
		if (rp_kind(n) == RP_TERM || rp_kind(n) == RP_DEFINITION) {
			definition = rp_kind(n) == RP_DEFINITION ? n : NULL;
		} else if (rp_kind(n) == RP_COMMENT) {
			rp_detach(n);
		} else {
			if (definition == NULL) {
				definition = rp_new(h->doc, RP_DEFINITION);
				rp_set_pos(definition, rp_pos(n));
				rp_insert_before(n, definition);
			}
			rp_append(definition, n);
		}
	}
	for (n = rp_first(list); n != NULL; n = rp_next(n))
		if (rp_kind(n) == RP_DEFINITION)
			rawhtml_blocks(h, n, RP_KIND_MAX);
	repair_ends(list);
	return rp_first(list) != NULL;
}

struct rp_node *
rawhtml_make_definitions(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *list = rawhtml_inner(h, content, e->kind);

	(void)attrs;
	if (!rawhtml_definitions(h, list))
		rp_detach(list);
	return NULL;
}

/* The parser does not know that a dt or dd ends the one before: the second one
 * stands in the first.  They come out, and content goes without it. */
static struct rp_node *
take_out_parts(struct rawhtml *h, struct rp_node *content)
{
	struct rp_node *n = rp_first(content), *first;

	while (n != NULL && rp_kind(n) != RP_DEFINITION && rp_kind(n) != RP_TERM)
		n = rp_next(n);
	if (n == NULL)
		return content;
	first = rawhtml_inner(h, content, RP_DIV);
	while (rp_last(first) != n)
		rp_insert_after(first, rp_last(first));
	rp_insert_after(first, n);
	return first;
}

struct rp_node *
rawhtml_make_term(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *n = take_out_parts(h, content);

	(void)attrs;
	if (rp_kind(n) == RP_DIV)
		rawhtml_inlines(h, n);
	rp_set_kind(n, e->kind);
	return n == content ? n : NULL;
}

struct rp_node *
rawhtml_make_definition(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *n = take_out_parts(h, content);

	(void)attrs;
	rawhtml_blocks(h, n, RP_KIND_MAX);
	rp_set_kind(n, e->kind);
	return n == content ? n : NULL;
}
