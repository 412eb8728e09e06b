/*
 * side.c - the key "rolepress" of the metadata, in which the writer puts what is not for
 * pandoc.  Anybody can write it: what decides about files and names is not believed.
 */
#include <string.h>

#include "reader.h"

const char *
pr_side_string(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

void
pr_side_open(struct reader *r, const json_t *meta)
{
	const char *text = pr_side_string(json_object_get(meta, "rolepress"), "c");
	json_t *side = text != NULL ? json_loads(text, 0, NULL) : NULL;

	if (json_integer_value(json_object_get(side, "version")) != 1) {
		json_decref(side);
		return;
	}
	r->side = r->side_root = side;
	r->flat = json_is_true(json_object_get(side, "flat"));
}

void
pr_side_close(struct reader *r)
{
	json_decref(r->side_root);
	r->side_root = NULL;
	r->side = NULL;
}

static uint32_t
coordinate(const json_t *list, size_t i)
{
	json_int_t n = json_integer_value(json_array_get(list, i));

	return n < 0 ? 0 : n > 0x7FFFFFFF ? 0x7FFFFFFF : (uint32_t)n;
}

void
pr_side_node(struct reader *r, const json_t *v, struct rp_node *n)
{
	const json_t *p = json_object_get(v, "p");
	const char *key, *text = pr_side_string(v, "x");
	json_t *value;

	json_object_foreach(json_object_get(v, "a"), key, value)
		if (json_is_string(value))
			pr_attr_set(r, n, key, json_string_value(value));
	json_object_foreach(json_object_get(v, "n"), key, value) if (json_is_string(value))
	    rp_set_named(r->doc, n, pr_clean(r, key), pr_clean(r, json_string_value(value)));
	if (json_array_size(p) == 4)
		rp_set_pos(n, (struct rp_pos){ coordinate(p, 0), coordinate(p, 1), coordinate(p, 2),
		    coordinate(p, 3) });
	if (text != NULL)
		rp_set_text(r->doc, n, pr_clean(r, text));
}

/* ---- The document ---- */

/* What only a run can say counts if this is that run. */
static int
is_known(const struct reader *r, const char *id)
{
	return id != NULL && r->job->index != NULL && rp_index_find(r->job, id) != NULL;
}

/* A slug names files: it must be one that the transform could have made. */
static int
is_safe_slug(const char *s)
{
	uint32_t c;

	if (s == NULL || *s == '\0' || *s == '.' || *s == '-')
		return 0;
	while ((c = rp_utf8_next(&s)) != 0)
		if (!rp_is_letter(c) && !rp_is_number(c) && c != '_' && c != '-' && c != '.')
			return 0;
	return 1;
}

/* Files that this run has found; a run of its own finds them anew. */
int
pr_is_found(const struct reader *r, const char *name)
{
	const struct rp_node *info = rp_child(rp_root(r->doc), RP_INFO), *f;

	if (name == NULL || r->job->root == rp_root(r->doc) || info == NULL)
		return 0;
	for (f = rp_first(info); f != NULL; f = rp_next(f))
		if (rp_kind(f) == RP_RESOURCE && strcmp(rp_text(f), name) == 0)
			return 1;
	return 0;
}

static int
is_type(const struct rp_node *n, const char *type)
{
	return rp_get(n, RP_A_TYPE) != NULL && strcmp(rp_get(n, RP_A_TYPE), type) == 0;
}

/* A relation that is resolved goes back to what the source says, in another run. */
static int
settle_reference(struct reader *r, struct rp_node *n)
{
	if (!rp_has(n, RP_A_TARGET) || is_known(r, rp_get(n, RP_A_TARGET)))
		return 1;
	if (is_type(n, "translation") || is_type(n, "backlink"))
		return 0;
	rp_unset(n, RP_A_TARGET);
	rp_unset(n, RP_A_LANG);
	rp_set(r->doc, n, RP_A_TITLE, rp_get(n, RP_A_URL));
	return 1;
}

static void
info(struct reader *r, struct rp_node *info)
{
	const json_t *v;
	struct rp_node *n;
	const char *kind;
	size_t i;

	pr_side_node(r, json_object_get(r->side, "info-itself"), info);
	json_array_foreach(json_object_get(r->side, "info"), i, v) {
		kind = pr_side_string(v, "k");
		if (kind == NULL)
			continue;
		n = rp_new(r->doc, strcmp(kind, rp_kind_name(RP_KEYWORD)) == 0 ? RP_KEYWORD :
		    strcmp(kind, rp_kind_name(RP_REFERENCE)) == 0 ? RP_REFERENCE : RP_RESOURCE);
		pr_side_node(r, v, n);
		if ((rp_kind(n) == RP_RESOURCE && !pr_is_found(r, rp_text(n))) ||
		    (rp_kind(n) == RP_REFERENCE && !settle_reference(r, n)))
			continue;
		rp_append(info, n);
	}
}

static void
title(struct reader *r, const json_t *meta, const char *key, enum rp_kind kind)
{
	const char *made = pr_side_string(json_object_get(r->side, "made"), key), *text;
	const json_t *shell = json_object_get(r->side, key), *v = json_object_get(meta, key), *c = NULL;
	struct at up = { NULL, "meta", 0 }, at = { &up, key, 0 }, content = { &at, "c", 0 };
	struct rp_node *n;

	if (made == NULL || shell == NULL)
		return;
	n = rp_new(r->doc, kind);
	rp_append(r->job->root, n);
	pr_side_node(r, shell, n);
	text = v != NULL ? pr_element_of(r, &at, v, &c) : NULL;
	if (text != NULL && strcmp(text, "MetaInlines") == 0)
		pr_read_inlines(r, &content, c, n);
	else if (text != NULL && strcmp(text, "MetaBlocks") == 0)
		pr_read_as_inlines(r, &content, c, n);
	else
		rp_append(n, rp_new_text(r->doc, text != NULL && json_is_string(c) ?
		    pr_clean(r, json_string_value(c)) : pr_clean(r, made)));
}

void
pr_side_document(struct reader *r, const json_t *meta)
{
	struct rp_node *root = r->job->root, *n;
	const char *id;

	if (r->side == NULL)
		return;
	pr_side_node(r, json_object_get(r->side, "document"), root);
	id = rp_get(root, RP_A_ID);
	if (id != NULL && !is_known(r, id))
		rp_unset(root, RP_A_ID);
	if (!is_safe_slug(rp_get(root, RP_A_SLUG)))
		rp_unset(root, RP_A_SLUG);
	if (json_object_get(r->side, "info") != NULL) {
		n = rp_new(r->doc, RP_INFO);
		rp_append(root, n);
		info(r, n);
	}
	title(r, meta, "title", RP_TITLE);
	title(r, meta, "subtitle", RP_SUBTITLE);
}

/* Transforms that find what a filter has put there, and leave alone what they have made. */
static int
runs_again(const struct reader *r, const char *name)
{
	static const char *const names[] = { "sections", "ids", "roles", "images", "figures", "links" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return 1;
	if (strcmp(name, "html") == 0)
		return r->has_raw;
	if (strcmp(name, "identity") == 0)
		return rp_child(r->job->root, RP_TITLE) == NULL || !rp_has(r->job->root, RP_A_SLUG) ||
		       !rp_has(r->job->root, RP_A_TITLE);
	return strcmp(name, "language") == 0 && !rp_has(r->job->root, RP_A_LANG);
}

void
pr_side_give(struct reader *r)
{
	const char *path = pr_side_string(r->side, "path"), *site = pr_side_string(r->side, "site");
	const json_t *v;
	size_t i;

	json_array_foreach(json_object_get(r->side, "given"), i, v)
		if (json_is_string(v) && !runs_again(r, json_string_value(v)))
			rp_give(r->job, json_string_value(v));
	if (path != NULL && site != NULL && strcmp(path, "-") != 0)
		rp_set_origin(r->job, pr_clean(r, path), pr_clean(r, site));
}
