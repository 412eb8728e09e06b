/*
 * side.c - the key "rolepress" of the metadata: what is to come back but means nothing
 * to pandoc, as one string that is JSON itself.  pandoc and its filters pass it on.
 *
 *	version		of this form
 *	given		what transforms have done: it is not done again
 *	flat		sections are told by their headings
 *	path, site	the file that the document was made from
 *	document	attributes of the document as a whole
 *	title, subtitle	attributes of these
 *	info		tags, relations
 *	made		keys of the metadata that were put there, with their text
 *	front		front matter: order, types, spelling, positions
 *	places		positions in the source (places.c)
 *
 * Nothing here wins over what pandoc or a filter changed in the open: front matter goes by
 * key and value, places by the text that stands there.
 */
#include <string.h>

#include "pandoc.h"

enum part { WHOLE, BY_VALUE };

unsigned
pd_hash_of(const char *s, size_t len)
{
	unsigned h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

static void
position(struct rp_json *j, const struct rp_node *n)
{
	struct rp_pos pos = rp_pos(n);

	if (pos.line == 0)
		return;
	rp_json_key(j, "p");
	rp_json_array(j);
	rp_json_int(j, pos.line);
	rp_json_int(j, pos.col);
	rp_json_int(j, pos.end_line);
	rp_json_int(j, pos.end_col);
	rp_json_end(j);
}

static void
attributes(struct rp_job *job, struct rp_json *j, const struct rp_node *n)
{
	const char *name, *value;
	enum rp_attr a;
	size_t i;

	if (pd_attr_more(n, 0)) {
		rp_json_key(j, "a");
		rp_json_object(j);
		for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1))
			rp_json_member(j, rp_attr_name(a), pd_attr_text(job->doc, n, a));
		rp_json_end(j);
	}
	if (rp_named_at(n, 0, &name, &value)) {
		rp_json_key(j, "n");
		rp_json_object(j);
		for (i = 0; rp_named_at(n, i, &name, &value); i++)
			rp_json_member(j, name, value);
		rp_json_end(j);
	}
}

/* The text that stands in the open for a scalar. */
static const char *
shown(const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE), *text = rp_text(n);

	if (type != NULL && strcmp(type, "null") == 0)
		return "";
	if (type != NULL && strcmp(type, "bool") == 0)
		return *text == 't' || *text == 'T' ? "true" : "false";
	return text;
}

static void
node_in(struct rp_job *job, struct rp_json *j, const struct rp_node *n, enum part part)
{
	const char *open = shown(n);

	rp_json_object(j);
	rp_json_member(j, "k", rp_kind_name(rp_kind(n)));
	attributes(job, j, n);
	position(j, n);
	if (part == BY_VALUE && rp_kind(n) == RP_META_SCALAR) {
		rp_json_key(j, "h");
		rp_json_int(j, pd_hash_of(open, strlen(open)));
	}
	if (rp_text_len(n) > 0 && (part == WHOLE || strcmp(open, rp_text(n)) != 0))
		rp_json_member(j, "x", rp_text(n));
	if (rp_first(n) != NULL) {
		rp_json_key(j, "c");
		rp_json_array(j);
	}
}

static void
node(struct rp_job *job, struct rp_json *j, struct rp_node *top, enum part part)
{
	struct rp_walk w = rp_walk(top);

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER) {
			node_in(job, j, w.node, part);
			continue;
		}
		if (rp_first(w.node) != NULL)
			rp_json_end(j);
		rp_json_end(j);
	}
}

/* Attributes and place of a node whose content stands in the open. */
static void
shell(struct rp_job *job, struct rp_json *j, const char *key, const struct rp_node *n)
{
	if (n == NULL)
		return;
	rp_json_key(j, key);
	rp_json_object(j);
	attributes(job, j, n);
	position(j, n);
	rp_json_end(j);
}

static void
given(struct pandoc *p, struct rp_json *j)
{
	const char *name;
	size_t i;

	rp_json_key(j, "given");
	rp_json_array(j);
	for (i = 0; (name = rp_given(p->job->doc, i)) != NULL; i++)
		rp_json_string(j, name);
	rp_json_end(j);
}

static void
made(struct pandoc *p, struct rp_json *j)
{
	size_t i;

	rp_json_key(j, "made");
	rp_json_object(j);
	for (i = 0; pd_meta_keys[i] != NULL; i++)
		rp_json_member(j, pd_meta_keys[i], pd_meta_made(p, pd_meta_keys[i]));
	rp_json_end(j);
}

static void
front(struct pandoc *p, struct rp_json *j)
{
	const struct rp_node *map = rp_child(p->job->root, RP_META_MAP);
	struct rp_node *n;

	shell(p->job, j, "map", map);
	rp_json_key(j, "front");
	rp_json_array(j);
	for (n = map != NULL ? rp_first(map) : NULL; n != NULL; n = rp_next(n)) {
		const char *key = rp_get(n, RP_A_KEY);
		int hidden = pd_meta_made(p, key) != NULL || strcmp(key, "rolepress") == 0;

		node(p->job, j, n, hidden ? WHOLE : BY_VALUE);
	}
	rp_json_end(j);
}

static void
info(struct pandoc *p, struct rp_json *j)
{
	const struct rp_node *info = rp_child(p->job->root, RP_INFO);
	struct rp_node *n;

	if (info == NULL)
		return;
	shell(p->job, j, "info-itself", info);
	rp_json_key(j, "info");
	rp_json_array(j);
	for (n = rp_first(info); n != NULL; n = rp_next(n))
		node(p->job, j, n, WHOLE);
	rp_json_end(j);
}

const char *
pd_side(struct pandoc *p)
{
	struct rp_sink *out = rp_sink_new(p->job);
	struct rp_json *j = rp_json_open(p->job, out, 0);
	const char *bytes;
	size_t len;

	rp_json_object(j);
	rp_json_key(j, "version");
	rp_json_int(j, 1);
	given(p, j);
	rp_json_key(j, "flat");
	rp_json_bool(j, p->flat);
	rp_json_member(j, "path", rp_doc_path(p->job->doc));
	rp_json_member(j, "site", rp_doc_site_path(p->job->doc));
	shell(p->job, j, "document", p->job->root);
	shell(p->job, j, "title", rp_child(p->job->root, RP_TITLE));
	shell(p->job, j, "subtitle", rp_child(p->job->root, RP_SUBTITLE));
	info(p, j);
	made(p, j);
	front(p, j);
	if (p->positions)
		rp_json_member(j, "places", pd_places(p));
	rp_json_end(j);
	rp_json_close(j);
	bytes = rp_sink_bytes(out, &len);
	return rp_dup(p->job->doc, bytes, len);
}
