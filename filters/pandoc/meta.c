/*
 * meta.c - front matter as pandoc's Meta.  Numbers, dates and codes are strings in their
 * own spelling.  Title, language and the like, which templates look for, come from
 * what the transforms have found out.
 */
#include <string.h>

#include "pandoc.h"

const char *const pd_meta_keys[] = { "title", "subtitle", "lang", "dir", "author", "date", "description",
	NULL };

static int
is_true(const struct rp_node *scalar)
{
	return *rp_text(scalar) == 't' || *rp_text(scalar) == 'T';
}

static void
string(struct pandoc *p, const char *s)
{
	pd_el_open(p, "MetaString");
	rp_json_string(p->j, s);
	pd_el_close(p);
}

static void
scalar(struct pandoc *p, const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	if (type == NULL || strcmp(type, "bool") != 0) {
		string(p, type != NULL && strcmp(type, "null") == 0 ? "" : rp_text(n));
		return;
	}
	pd_el_open(p, "MetaBool");
	rp_json_bool(p->j, is_true(n));
	pd_el_close(p);
}

static void
value(struct pandoc *p, struct rp_node *top)
{
	struct rp_walk w = rp_walk(top);

	while (rp_walk_next(&w)) {
		enum rp_kind k = rp_kind(w.node);

		if (w.event == RP_LEAVE) {
			if (k != RP_META_SCALAR) {
				rp_json_end(p->j);
				pd_el_close(p);
			}
			continue;
		}
		if (w.node != top && rp_kind(rp_parent(w.node)) == RP_META_MAP)
			rp_json_key(p->j, rp_get(w.node, RP_A_KEY));
		if (k == RP_META_SCALAR) {
			scalar(p, w.node);
			continue;
		}
		pd_el_open(p, k == RP_META_MAP ? "MetaMap" : "MetaList");
		if (k == RP_META_MAP)
			rp_json_object(p->j);
		else
			rp_json_array(p->j);
	}
}

/* ---- What templates look for ---- */

static const struct rp_node *
title_node(const struct pandoc *p, const char *key)
{
	if (strcmp(key, "title") == 0)
		return rp_child(p->job->root, RP_TITLE);
	return strcmp(key, "subtitle") == 0 ? rp_child(p->job->root, RP_SUBTITLE) : NULL;
}

static int
is_in_front(const struct pandoc *p, const char *key)
{
	return rp_meta_get(rp_child(p->job->root, RP_META_MAP), key) != NULL;
}

const char *
pd_meta_made(struct pandoc *p, const char *key)
{
	static const struct { const char *key; enum rp_attr attr; int always; } made[] = {
		{ "lang", RP_A_LANG, 1 }, { "dir", RP_A_DIR, 1 }, { "author", RP_A_AUTHOR, 0 },
		{ "date", RP_A_DATE, 0 }, { "description", RP_A_DESCRIPTION, 0 },
	};
	const struct rp_node *root = p->job->root, *node = title_node(p, key);
	const char *value, *front;
	size_t i;

	if (node != NULL)
		return rp_plain_text(p->job->doc, node);
	for (i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
		if (strcmp(made[i].key, key) != 0)
			continue;
		value = rp_get(root, made[i].attr);
		if (value == NULL || (is_in_front(p, key) && !made[i].always))
			return NULL;
		front = rp_meta_string(rp_child(root, RP_META_MAP), key);
		if ((front != NULL && strcmp(front, value) == 0) || strcmp(value, "und") == 0 ||
		    strcmp(value, "ltr") == 0)
			return NULL;
		return value;
	}
	return NULL;
}

static void
made_value(struct pandoc *p, const char *key, const char *text)
{
	const struct rp_node *node = title_node(p, key);

	if (node == NULL) {
		string(p, text);
		return;
	}
	pd_el_open(p, "MetaInlines");
	rp_json_array(p->j);
	pd_inlines(p, node);
	rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_meta(struct pandoc *p)
{
	const struct rp_node *map = rp_child(p->job->root, RP_META_MAP);
	const char *text;
	struct rp_node *n;
	size_t i;

	rp_json_object(p->j);
	for (n = map != NULL ? rp_first(map) : NULL; n != NULL; n = rp_next(n)) {
		const char *key = rp_get(n, RP_A_KEY);

		if (pd_meta_made(p, key) != NULL || strcmp(key, "rolepress") == 0)
			continue;
		rp_json_key(p->j, key);
		value(p, n);
	}
	for (i = 0; pd_meta_keys[i] != NULL; i++) {
		if ((text = pd_meta_made(p, pd_meta_keys[i])) == NULL)
			continue;
		rp_json_key(p->j, pd_meta_keys[i]);
		made_value(p, pd_meta_keys[i], text);
	}
	if (!p->clean) {
		rp_json_key(p->j, "rolepress");
		string(p, pd_side(p));
	}
	rp_json_end(p->j);
}
