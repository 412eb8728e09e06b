/*
 * attr.c - pandoc's Attr, [id, [class], [[key, value]]], to attributes.
 *
 * Keys "rolepress-NAME" are attributes of node.def; lang, dir, width and height
 * have their own; any other is kept under its name.
 */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

int
pr_attr_check(struct reader *r, const struct at *at, const json_t *attr)
{
	const json_t *v;
	size_t i;

	if (pr_list_of(r, at, attr, 3) == NULL)
		return 0;
	if (!json_is_string(json_array_get(attr, 0)))
		pr_wrong(r, at, "an id is expected first");
	else if (!json_is_array(json_array_get(attr, 1)) || !json_is_array(json_array_get(attr, 2)))
		pr_wrong(r, at, "lists of classes and of pairs are expected");
	json_array_foreach(json_array_get(attr, 1), i, v)
		if (!json_is_string(v))
			pr_wrong(r, at, "a class must be a string");
	json_array_foreach(json_array_get(attr, 2), i, v)
		if (json_array_size(v) != 2 || !json_is_string(json_array_get(v, 0)) ||
		    !json_is_string(json_array_get(v, 1)))
			pr_wrong(r, at, "a pair must be two strings");
	return !r->failed;
}

const char *
pr_attr_class(const json_t *attr, size_t n)
{
	return json_string_value(json_array_get(json_array_get(attr, 1), n));
}

int
pr_attr_has_class(const json_t *attr, const char *word)
{
	const json_t *v;
	size_t i;

	json_array_foreach(json_array_get(attr, 1), i, v)
		if (strcmp(json_string_value(v), word) == 0)
			return 1;
	return 0;
}

const char *
pr_attr_value(const json_t *attr, const char *key)
{
	const json_t *v;
	size_t i;

	json_array_foreach(json_array_get(attr, 2), i, v)
		if (strcmp(json_string_value(json_array_get(v, 0)), key) == 0)
			return json_string_value(json_array_get(v, 1));
	return NULL;
}

enum rp_kind
pr_attr_kind(const json_t *attr)
{
	const char *class = pr_attr_class(attr, 0);
	int k;

	if (class == NULL || strncmp(class, "rolepress-", 10) != 0)
		return RP_KIND_MAX;
	for (k = 0; k < RP_KIND_MAX; k++)
		if (strcmp(rp_kind_name((enum rp_kind)k), class + 10) == 0)
			break;
	return (enum rp_kind)k;
}

/* ---- Setting one ---- */

static enum rp_attr
attr_named(const char *name)
{
	int a;

	for (a = 0; a < RP_ATTR_MAX; a++)
		if (strcmp(rp_attr_name((enum rp_attr)a), name) == 0)
			break;
	return (enum rp_attr)a;
}

/* Numbers beyond these would make a writer count for ever. */
static long
bounded(enum rp_attr a, long v)
{
	static const struct { enum rp_attr attr; long least, most; } bounds[] = {
		{ RP_A_LEVEL, 1, 6 }, { RP_A_COLSPAN, 0, 1000 }, { RP_A_ROWSPAN, 0, 65534 },
		{ RP_A_COLUMNS, 0, 1000 }, { RP_A_NUMBER, 0, 999999999 },
	};
	size_t i;

	for (i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++)
		if (bounds[i].attr == a)
			return v < bounds[i].least  ? bounds[i].least
			       : v > bounds[i].most ? bounds[i].most
			                            : v;
	return v > 999999999 ? 999999999 : v < -999999999 ? -999999999 : v;
}

void
pr_attr_set(struct reader *r, struct rp_node *n, const char *name, const char *value)
{
	enum rp_attr a = attr_named(name);
	char *end;
	long v;

	value = pr_clean(r, value);
	if (a == RP_ATTR_MAX) {
		rp_set_named(r->doc, n, strncmp(name, "named-", 6) == 0 ? name + 6 : name, value);
		return;
	}
	if (a == RP_A_RESOURCE)		/* found anew, below the input folders only */
		return;
	if (a == RP_A_LANG && rp_lang_canonical(r->doc, value) == NULL && strcmp(value, "und") != 0)
		return;
	if (a == RP_A_DIR && strcmp(value, "ltr") != 0 && strcmp(value, "rtl") != 0)
		return;
	if (rp_attr_type(a) == RP_TYPE_STRING) {
		rp_set(r->doc, n, a, value);
		return;
	}
	v = strtol(value, &end, 10);
	if (*value != '\0' && *end == '\0')
		rp_set_int(r->doc, n, a, bounded(a, v));
}

/* ---- Setting all ---- */

/* Names after "rolepress-" that are no attributes: those who know them look for them. */
static int
is_reserved(const char *name)
{
	static const char *const prefixes[] = { "section-", "note-", "heading-" };
	static const char *const names[] = { "unset", "end", "path", "alt" };
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return 1;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return 1;
	return 0;
}

void
pr_attr_prefixed(struct reader *r, const json_t *attr, struct rp_node *n, const char *prefix)
{
	size_t i, len = strlen(prefix);
	const json_t *v;

	json_array_foreach(json_array_get(attr, 2), i, v) {
		const char *key = json_string_value(json_array_get(v, 0));

		if (strncmp(key, "rolepress-", 10) != 0 || strncmp(key + 10, prefix, len) != 0)
			continue;
		key += 10 + len;
		if (len == 0 && is_reserved(key))
			continue;
		pr_attr_set(r, n, key, json_string_value(json_array_get(v, 1)));
	}
}

static void
classes(struct reader *r, const json_t *attr, struct rp_node *n, const char *without)
{
	const json_t *v;
	const char *all = NULL, *word;
	size_t i;

	json_array_foreach(json_array_get(attr, 1), i, v) {
		word = json_string_value(v);
		if (*word == '\0' || (i == 0 && without != NULL && strcmp(word, without) == 0))
			continue;
		word = pr_clean(r, word);
		all = all == NULL ? word : rp_join(r->doc, all, " ", word, NULL);
	}
	if (all != NULL)
		rp_set(r->doc, n, RP_A_CLASS, all);
}

static void
own_pair(struct reader *r, struct rp_node *n, const char *key, const char *value)
{
	static const struct { const char *key; enum rp_kind only; } known[] = {
		{ "lang", RP_KIND_MAX }, { "dir", RP_KIND_MAX }, { "width", RP_IMAGE },
		{ "height", RP_IMAGE }, { "title", RP_ABBREVIATION },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(key, known[i].key) != 0 ||
		    (known[i].only != RP_KIND_MAX && known[i].only != rp_kind(n)))
			continue;
		pr_attr_set(r, n, key, value);
		if (rp_has(n, attr_named(key)))
			return;
	}
	if (*key != '\0')
		rp_set_named(r->doc, n, pr_clean(r, key), pr_clean(r, value));
}

static void
unset(struct rp_node *n, const char *names)
{
	size_t len;
	int a;

	for (; names != NULL && *names != '\0'; names += len + (names[len] == ' ')) {
		len = strcspn(names, " ");
		for (a = 0; a < RP_ATTR_MAX; a++) {
			const char *name = rp_attr_name((enum rp_attr)a);

			if (strlen(name) == len && strncmp(name, names, len) == 0)
				rp_unset(n, (enum rp_attr)a);
		}
	}
}

void
pr_attr_apply(
    struct reader *r, const struct at *at, const json_t *attr, struct rp_node *n, const char *without)
{
	const json_t *v;
	const char *id;
	size_t i;

	if (r->failed || !pr_attr_check(r, at, attr))
		return;
	id = json_string_value(json_array_get(attr, 0));
	if (*id != '\0')
		rp_set(r->doc, n, RP_A_ID, pr_clean(r, id));
	classes(r, attr, n, without);
	json_array_foreach(json_array_get(attr, 2), i, v) {
		const char *key = json_string_value(json_array_get(v, 0));

		if (strncmp(key, "rolepress-", 10) != 0)
			own_pair(r, n, key, json_string_value(json_array_get(v, 1)));
	}
	pr_attr_prefixed(r, attr, n, "");
	unset(n, pr_attr_value(attr, "rolepress-unset"));
}
