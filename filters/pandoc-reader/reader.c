/*
 * reader.c - the reader "pandoc": the JSON of pandoc's document type, from pandoc itself
 * (pandoc -f docx -t json), from its filters, or from the writer "pandoc".
 *
 * API versions 1.20 to 1.23 are read.  A document of another program goes through the
 * whole chain of transforms; one of ours has been through it, and says so.
 */
#include <string.h>

#include "reader.h"

/* ---- JSON ---- */

/* The line and the byte in it that stand at an offset. */
static struct rp_pos
position(const char *text, size_t len, int offset)
{
	struct rp_pos pos = { .line = 1, .col = 1 };
	size_t end = offset > 0 ? (size_t)offset - 1 : 0, i;

	for (i = 0; i < end && i < len; i++) {
		pos.col++;
		if (text[i] == '\n') {
			pos.line++;
			pos.col = 1;
		}
	}
	return pos;
}

static json_t *
load(struct reader *r)
{
	json_error_t e;
	size_t len;
	const char *text = rp_source(r->job, &len);
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &e);

	if (root == NULL)
		rp_report_at(
		    r->job, RP_D_PANDOC_JSON, position(text, len, e.position), pr_clean(r, e.text), NULL);
	return root;
}

static int
check_version(struct reader *r, const json_t *v)
{
	static const struct at at = { NULL, "pandoc-api-version", 0 };
	json_int_t major = json_integer_value(json_array_get(v, 0));
	json_int_t minor = json_integer_value(json_array_get(v, 1));

	if (v == NULL)
		pr_wrong(r, &at, "it is missing");
	else if (!json_is_array(v) || json_array_size(v) < 2)
		pr_wrong(r, &at, "a list of numbers is expected");
	else if (major != 1 || minor < 20 || minor > 23)
		pr_wrong(r, &at, "versions 1.20 to 1.23 can be read");
	r->minor = (int)minor;
	return !r->failed;
}

/* ---- The tree as a whole ---- */

static int
is_bare_text(const struct rp_node *n)
{
	const char *name, *value;

	return n != NULL && rp_kind(n) == RP_TEXT && rp_attr_from(n, 0) == RP_ATTR_MAX &&
	    !rp_named_at(n, 0, &name, &value);
}

/* The texts from n on, made one. */
static void
join_from(struct reader *r, struct rp_node *n)
{
	struct rp_node *c, *next;
	size_t len = 0, at = 0;
	char *text;

	for (c = n; is_bare_text(c); c = rp_next(c))
		len += rp_text_len(c);
	text = rp_alloc(r->doc, len + 1);
	for (c = n; is_bare_text(c); c = next) {
		next = rp_next(c);
		memcpy(text + at, rp_text(c), rp_text_len(c));
		at += rp_text_len(c);
		if (c != n)
			rp_detach(c);
	}
	rp_set_text_n(r->doc, n, text, len);
}

/* Filters put pieces of text side by side. */
static void
join_texts(struct reader *r)
{
	struct rp_walk w = rp_walk(r->job->root);
	struct rp_node *n;

	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER)
			continue;
		for (n = rp_first(w.node); n != NULL; n = rp_next(n))
			if (is_bare_text(n) && is_bare_text(rp_next(n)))
				join_from(r, n);
	}
}

static void
body(struct reader *r, const json_t *list)
{
	static const struct at at = { NULL, "blocks", 0 };
	const json_t *v;
	struct at here;
	size_t i;

	if (pr_list_of(r, &at, list, 0) == NULL)
		return;
	json_array_foreach(list, i, v) {
		here = pr_below(&at, i);
		pr_read_block(r, &here, v, pr_section_now(r));
		if (r->failed)
			return;
	}
}

static void
document(struct reader *r, const json_t *root)
{
	static const struct at at = { NULL, "meta", 0 };
	const json_t *meta = json_object_get(root, "meta");
	const char *places;

	pr_side_open(r, meta);
	pr_side_document(r, meta);
	pr_read_meta(r, &at, meta);
	body(r, json_object_get(root, "blocks"));
	if (r->failed)
		return;
	pr_notes_place(r);
	join_texts(r);
	places = pr_side_string(r->side, "places");
	if (places != NULL)
		pr_places_put(r, places);
	if (r->side != NULL)
		pr_side_give(r);
}

static int
run(struct rp_job *job, void *state)
{
	struct reader *r = state;
	json_t *root;

	r->job = job;
	r->doc = job->doc;
	r->notes = rp_new(r->doc, RP_DIV);
	root = load(r);
	if (root == NULL)
		return -1;
	r->note_ids = json_object();
	if (!json_is_object(root))
		pr_wrong(r, &(struct at){ NULL, "the whole", 0 }, "an object is expected");
	else if (check_version(r, json_object_get(root, "pandoc-api-version")))
		document(r, root);
	pr_side_close(r);
	json_decref(r->note_ids);
	json_decref(root);
	return r->failed ? -1 : 0;
}

static int
claims(const char *text, size_t len)
{
	(void)len;
	return text[strspn(text, " \t\r\n")] == '{' && strstr(text, "\"pandoc-api-version\"") != NULL;
}

RP_FILTER(pandoc_reader) = {
	RP_HEAD("pandoc"),
	.summary = "pandoc's JSON: from pandoc, its filters, or -t pandoc",
	.role = RP_READER,
	.state_size = sizeof(struct reader),
	.run = run,
	.claims = claims,
	.extension = ".json .pandoc",
	.media_type = "application/json",
};
