/*
 * meta.c - metadata to front matter.  What the key "rolepress" remembers of a value (type,
 * spelling, place) comes back if the value is still the one that it was.
 */
#include <string.h>

#include "reader.h"

/* ---- Values as text ---- */

static int
is_marked(struct rp_node *top)
{
	struct rp_walk w = rp_walk(top);

	while (rp_walk_next(&w))
		if (w.node != top && rp_kind(w.node) != RP_TEXT && rp_kind(w.node) != RP_SOFT_BREAK &&
		    rp_kind(w.node) != RP_LINE_BREAK && rp_kind(w.node) != RP_PARAGRAPH)
			return 1;
	return 0;
}

/* NULL: it is no scalar. */
const char *
pr_meta_text(struct reader *r, const struct at *at, const json_t *v, int *marked)
{
	struct rp_node *all = rp_new(r->doc, RP_DIV);
	struct at content = { at, "c", 0 };
	const json_t *c;
	const char *type = pr_element_of(r, at, v, &c);

	*marked = 0;
	if (type == NULL)
		return NULL;
	if (strcmp(type, "MetaString") == 0)
		return pr_string_of(r, &content, c);
	if (strcmp(type, "MetaBool") == 0)
		return json_is_true(c) ? "true" : "false";
	r->plain++;
	if (strcmp(type, "MetaInlines") == 0)
		pr_read_inlines(r, &content, c, all);
	else if (strcmp(type, "MetaBlocks") == 0)
		pr_read_blocks(r, &content, c, all);
	else
		all = NULL;
	r->plain--;
	if (all == NULL)
		return NULL;
	*marked = is_marked(all);
	return rp_plain_text(r->doc, all);
}

/* ---- Values as they are ---- */

static void natural(
    struct reader *, const struct at *, const json_t *, const char *key, struct rp_node *into);

static void
natural_map(struct reader *r, const struct at *at, const json_t *c, struct rp_node *map)
{
	const char *key;
	json_t *v;

	if (!json_is_object(c)) {
		pr_wrong(r, at, "an object is expected");
		return;
	}
	json_object_foreach((json_t *)(uintptr_t)c, key, v) {
		struct at here = { at, key, 0 };

		natural(r, &here, v, pr_clean(r, key), map);
	}
}

static void
natural_list(struct reader *r, const struct at *at, const json_t *c, struct rp_node *list)
{
	const json_t *v;
	size_t i;

	if (pr_list_of(r, at, c, 0) == NULL)
		return;
	json_array_foreach(c, i, v) {
		struct at here = pr_below(at, i);

		natural(r, &here, v, NULL, list);
	}
}

static void
natural(struct reader *r, const struct at *at, const json_t *v, const char *key, struct rp_node *into)
{
	struct at content = { at, "c", 0 };
	struct rp_node *n = rp_new(r->doc, RP_META_SCALAR);
	const json_t *c;
	const char *type = pr_element_of(r, at, v, &c), *text;
	int marked;

	if (type == NULL)
		return;
	rp_set(r->doc, n, RP_A_KEY, key);
	rp_append(into, n);
	if (strcmp(type, "MetaMap") == 0) {
		rp_set_kind(n, RP_META_MAP);
		natural_map(r, &content, c, n);
	} else if (strcmp(type, "MetaList") == 0) {
		rp_set_kind(n, RP_META_LIST);
		natural_list(r, &content, c, n);
	} else if ((text = pr_meta_text(r, at, v, &marked)) != NULL) {
		rp_set(r->doc, n, RP_A_TYPE, strcmp(type, "MetaBool") == 0 ? "bool" : "string");
		rp_set_text(r->doc, n, text);
		if (marked && !(into == rp_child(r->job->root, RP_META_MAP) && r->side != NULL))
			pr_kept(r, KEPT_META);
	} else {
		pr_wrong(
		    r, at, rp_join(r->doc, "no metadata is of type \"", pr_clean(r, type), "\"", NULL));
	}
}

/* ---- Values that are remembered ---- */

static int
is_kind(const json_t *entry, enum rp_kind kind)
{
	const char *k = pr_side_string(entry, "k");

	return k != NULL && strcmp(k, rp_kind_name(kind)) == 0;
}

/* What a document is said to be, when a filter says otherwise. */
static void
changed(struct reader *r, const char *key, const char *text)
{
	struct rp_node *root = r->job->root;

	if (strcmp(key, "title") == 0)
		rp_set(r->doc, root, RP_A_TITLE, text);
	else if (strcmp(key, "author") == 0)
		rp_set(r->doc, root, RP_A_AUTHOR, text);
	else if (strcmp(key, "date") == 0)
		rp_set(r->doc, root, RP_A_DATE, text);
	else if (strcmp(key, "description") == 0)
		rp_set(r->doc, root, RP_A_DESCRIPTION, text);
	else if (strcmp(key, "lang") == 0 && rp_lang_canonical(r->doc, text) != NULL) {
		rp_set(r->doc, root, RP_A_LANG, rp_lang_canonical(r->doc, text));
		rp_set(r->doc, root, RP_A_DIR, rp_lang_dir(text));
	}
}

static void remembered(struct reader *, const struct at *, const json_t *, const json_t *entry,
    struct rp_node *into);

static const char *
key_of(const json_t *entry)
{
	return pr_side_string(json_object_get(entry, "a"), "key");
}

/* Keys in the order they had, then those that came to it. */
static void
remembered_map(
    struct reader *r, const struct at *at, const json_t *c, const json_t *entries, struct rp_node *map)
{
	json_t *left = json_is_object(c) ? json_copy((json_t *)(uintptr_t)c) : NULL;
	const json_t *entry, *v;
	const char *key;
	size_t i;

	json_array_foreach(entries, i, entry) {
		key = key_of(entry);
		v = key != NULL ? json_object_get(left, key) : NULL;
		if (v != NULL) {
			struct at here = { at, key, 0 };

			remembered(r, &here, v, entry, map);
			json_object_del(left, key);
		}
	}
	natural_map(r, at, left, map);
	json_decref(left);
}

static void
remembered_list(
    struct reader *r, const struct at *at, const json_t *c, const json_t *entries, struct rp_node *list)
{
	const json_t *v;
	size_t i;

	if (pr_list_of(r, at, c, 0) == NULL)
		return;
	json_array_foreach(c, i, v) {
		struct at here = pr_below(at, i);

		/* Which is which, nobody knows when some have come or gone. */
		if (json_array_size(c) == json_array_size(entries))
			remembered(r, &here, v, json_array_get(entries, i), list);
		else
			natural(r, &here, v, NULL, list);
	}
}

static void
remembered(
    struct reader *r, const struct at *at, const json_t *v, const json_t *entry, struct rp_node *into)
{
	const json_t *c, *hash = json_object_get(entry, "h"), *below_entry = json_object_get(entry, "c");
	struct at content = { at, "c", 0 };
	const char *type = pr_element_of(r, at, v, &c), *text, *key = key_of(entry);
	struct rp_node *n = rp_new(r->doc, RP_META_SCALAR);
	int marked, is_map, is_list;

	if (type == NULL)
		return;
	is_map = is_kind(entry, RP_META_MAP) && strcmp(type, "MetaMap") == 0;
	is_list = is_kind(entry, RP_META_LIST) && strcmp(type, "MetaList") == 0;
	if (is_map || is_list) {
		rp_set_kind(n, is_map ? RP_META_MAP : RP_META_LIST);
		pr_side_node(r, entry, n);
		rp_append(into, n);
		if (is_map)
			remembered_map(r, &content, c, below_entry, n);
		else
			remembered_list(r, &content, c, below_entry, n);
		return;
	}
	text = is_kind(entry, RP_META_SCALAR) ? pr_meta_text(r, at, v, &marked) : NULL;
	if (text != NULL && pr_hash_of(text, strlen(text), 0) == (unsigned)json_integer_value(hash)) {
		rp_set_text(r->doc, n, text);
		pr_side_node(r, entry, n);		/* another spelling, if it had one */
		if (json_object_get(entry, "x") == NULL && strcmp(rp_get(n, RP_A_TYPE) != NULL ?
		    rp_get(n, RP_A_TYPE) : "", "null") == 0)
			rp_set_text(r->doc, n, "");
		rp_append(into, n);
		return;
	}
	natural(r, at, v, key, into);
	if (key != NULL && text != NULL && rp_kind(into) == RP_META_MAP && rp_parent(into) == r->job->root)
		changed(r, key, text);
}

/* ---- The front matter as a whole ---- */

/* A value that stands in the side as a whole, since the open holds another. */
static void
hidden(struct reader *r, const json_t *entry, struct rp_node *into)
{
	enum rp_kind kind = is_kind(entry, RP_META_MAP) ? RP_META_MAP :
	    is_kind(entry, RP_META_LIST) ? RP_META_LIST : RP_META_SCALAR;
	struct rp_node *n = rp_new(r->doc, kind);
	const json_t *v;
	size_t i;

	pr_side_node(r, entry, n);
	rp_append(into, n);
	if (kind != RP_META_SCALAR)
		json_array_foreach(json_object_get(entry, "c"), i, v)
			hidden(r, v, n);
}

/* Does the open still hold what was put there for templates? */
static int
is_as_made(struct reader *r, const char *key, const json_t *v, const char **text)
{
	const char *made = pr_side_string(json_object_get(r->side, "made"), key);
	struct at at = { NULL, key, 0 };
	int marked;

	*text = v != NULL ? pr_meta_text(r, &at, v, &marked) : NULL;
	return made != NULL && (v == NULL || (*text != NULL && strcmp(*text, made) == 0));
}

static void
front(struct reader *r, const struct at *at, const json_t *left, struct rp_node *map)
{
	const json_t *entry, *made = json_object_get(r->side, "made"), *v;
	const char *key, *text;
	size_t i;

	json_array_foreach(json_object_get(r->side, "front"), i, entry) {
		struct at here = { at, key_of(entry), 0 };

		if ((key = key_of(entry)) == NULL)
			continue;
		v = json_object_get(left, key);
		if (strcmp(key, "rolepress") == 0 || (json_object_get(made, key) != NULL &&
		    is_as_made(r, key, v, &text)))
			hidden(r, entry, map);
		else if (v != NULL)
			remembered(r, &here, v, entry, map);
		if (v != NULL)
			json_object_del((json_t *)(uintptr_t)left, key);
	}
}

/* Keys that have come to it, but for those that were put there and still are the same. */
static void
newcomers(struct reader *r, const struct at *at, const json_t *left, struct rp_node *map)
{
	const json_t *made = json_object_get(r->side, "made");
	const char *key, *text;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)left, key, v) {
		struct at here = { at, key, 0 };

		if (strcmp(key, "rolepress") == 0 && r->side != NULL)
			continue;
		if (json_object_get(made, key) != NULL) {
			if (is_as_made(r, key, v, &text))
				continue;
			if (text != NULL)
				changed(r, key, text);
		}
		natural(r, &here, v, pr_clean(r, key), map);
	}
}

void
pr_read_meta(struct reader *r, const struct at *at, const json_t *meta)
{
	struct rp_node *map = rp_new(r->doc, RP_META_MAP);
	json_t *left;

	if (!json_is_object(meta)) {
		pr_wrong(r, at, "an object is expected");
		return;
	}
	rp_prepend(r->job->root, map);
	left = json_copy((json_t *)(uintptr_t)meta);
	if (r->side != NULL) {
		pr_side_node(r, json_object_get(r->side, "map"), map);
		front(r, at, left, map);
	}
	newcomers(r, at, left, map);
	json_decref(left);
}
