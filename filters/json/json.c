/*
 * json.c - the writer "json": documents for other programs.
 *
 * Three things are served at once: front matter and relations for lookups, plain
 * text by section for search, and the whole content as a tree.  schema.json, beside
 * this file, says what stands where, and is what the tests hold outputs against.
 *
 * Keys are always there, null where there is nothing to say: a query need not
 * ask twice.
 */
#include <string.h>

#include "json.h"

/* ---- Pieces ---- */

static void
string(struct rp_json *j, const char *key, const char *value)
{
	rp_json_key(j, key);
	rp_json_string(j, value);
}

/* A number that a reader of files has spelled; null if it has not. */
static void
number(struct rp_json *j, const char *key, const char *spelling)
{
	rp_json_key(j, key);
	if (spelling != NULL)
		rp_json_number(j, spelling);
	else
		rp_json_null(j);
}

static int
is_type(const struct rp_node *n, enum rp_kind kind, const char *type)
{
	const char *t = rp_get(n, RP_A_TYPE);

	return rp_kind(n) == kind && t != NULL && strcmp(t, type) == 0;
}

static void
keywords(struct rp_json *j, const struct rp_node *info, const char *key, const char *type)
{
	const struct rp_node *n;

	rp_json_key(j, key);
	rp_json_array(j);
	for (n = rp_first(info); n != NULL; n = rp_next(n))
		if (is_type(n, RP_KEYWORD, type))
			rp_json_string(j, rp_text(n));
	rp_json_end(j);
}

/* One relation: what it leads to, or else the words that were written. */
static void
relation(struct rp_json *j, const struct rp_node *n, int typed)
{
	const char *target = rp_get(n, RP_A_TARGET), *title = rp_get(n, RP_A_TITLE);

	rp_json_object(j);
	if (typed)
		string(j, "type", rp_get(n, RP_A_TYPE));
	if (target != NULL) {
		string(j, "id", target);
		rp_json_member(j, "fragment", rp_get(n, RP_A_FRAGMENT));
		string(j, "title", title);
		string(j, "lang", rp_get(n, RP_A_LANG));
	} else
		string(j, "text", title != NULL ? title : rp_get(n, RP_A_URL));
	rp_json_end(j);
}

static void
relations(struct rp_json *j, const struct rp_node *info)
{
	const struct rp_node *n;

	rp_json_key(j, "related");
	rp_json_array(j);
	for (n = rp_first(info); n != NULL; n = rp_next(n))
		if (is_type(n, RP_REFERENCE, "related"))
			relation(j, n, 0);
	rp_json_end(j);

	rp_json_key(j, "references");
	rp_json_array(j);
	for (n = rp_first(info); n != NULL; n = rp_next(n))
		if (rp_kind(n) == RP_REFERENCE && !is_type(n, RP_REFERENCE, "related"))
			relation(j, n, 1);
	rp_json_end(j);
}

static void
resources(struct rp_json *j, const struct rp_node *info)
{
	const struct rp_node *n;

	rp_json_key(j, "resources");
	rp_json_array(j);
	for (n = rp_first(info); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_RESOURCE)
			continue;
		rp_json_object(j);
		string(j, "name", rp_text(n));
		string(j, "path", rp_get(n, RP_A_PATH));
		string(j, "type", rp_get(n, RP_A_MEDIA_TYPE));
		number(j, "width", rp_get(n, RP_A_WIDTH));
		number(j, "height", rp_get(n, RP_A_HEIGHT));
		rp_json_end(j);
	}
	rp_json_end(j);
}

/* ---- Sections ---- */

/* Does this child belong to the text of its parent itself? */
static int
is_own(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_TITLE:
	case RP_SUBTITLE:
	case RP_SECTION:
	case RP_FOOTNOTE:
	case RP_COMMENT:
		return 0;
	case RP_HEADING:
		return rp_prev(n) != NULL || rp_kind(rp_parent(n)) != RP_SECTION;
	default:
		return rp_kind_class(rp_kind(n)) != RP_CLASS_META;
	}
}

static void
text(struct json *s, const struct rp_node *of)
{
	struct rp_node *n;
	const char *bytes;
	size_t start, end;

	rp_sink_bytes(s->scratch, &start);
	for (n = rp_first(of); n != NULL; n = rp_next(n))
		if (is_own(n))
			json_write_text(s->scratch, start, n);
	bytes = rp_sink_bytes(s->scratch, &end);
	string(s->j, "text", end > start ? bytes + start : "");
}

static void
html(struct rp_job *job, struct json *s, const struct rp_node *of)
{
	struct rp_sink *out = rp_sink_new(job);
	struct rp_node *n;
	size_t len;

	for (n = rp_first(of); n != NULL; n = rp_next(n))
		if (is_own(n) && rp_render_by(job, "html=fragment:href=%:resources=path", n, out) == -1)
			rp_fail(job);
	string(s->j, "content", rp_sink_bytes(out, &len));
}

static void
tree(struct json *s, const char *key, const struct rp_node *of)
{
	struct rp_node *n;

	rp_json_key(s->j, key);
	rp_json_array(s->j);
	for (n = rp_first(of); n != NULL; n = rp_next(n))
		if (is_own(n))
			json_write_tree(s->j, n);
	rp_json_end(s->j);
}

/* The text and content of a section, a footnote, or what stands before the first
 * heading. */
static void
body(struct rp_job *job, struct json *s, const struct rp_node *of)
{
	text(s, of);
	if (strcmp(s->content, "tree") == 0)
		tree(s, "content", of);
	else if (strcmp(s->content, "html") == 0)
		html(job, s, of);
}

static const struct rp_node *
heading_of(const struct rp_node *section)
{
	const struct rp_node *n = rp_first(section);

	return n != NULL && rp_kind(n) == RP_HEADING ? n : NULL;
}

static void
section(struct rp_job *job, struct json *s, const struct rp_node *n)
{
	const struct rp_node *heading = heading_of(n), *up = rp_parent(n);
	int in_section = rp_kind(up) == RP_SECTION;

	rp_json_object(s->j);
	string(s->j, "id", rp_get(n, RP_A_ID));
	string(s->j, "title", heading != NULL ? rp_plain_text(job->doc, heading) : NULL);
	string(s->j, "role", rp_get(n, RP_A_ROLE));
	rp_json_key(s->j, "level");
	rp_json_int(s->j, rp_get_int(n, RP_A_LEVEL, 1) + 1);
	string(s->j, "parent", in_section ? rp_get(up, RP_A_ID) : NULL);
	if (heading != NULL && strcmp(s->content, "tree") == 0)
		tree(s, "heading", heading);
	body(job, s, n);
	rp_json_end(s->j);
}

/* What stands before the first heading is a section without a title. */
static void
opening(struct rp_job *job, struct json *s, const struct rp_node *root)
{
	const struct rp_node *n;

	for (n = rp_first(root); n != NULL && !is_own(n); n = rp_next(n))
		;
	if (n == NULL)
		return;
	rp_json_object(s->j);
	string(s->j, "id", NULL);
	string(s->j, "title", NULL);
	string(s->j, "role", NULL);
	rp_json_key(s->j, "level");
	rp_json_int(s->j, 1);
	string(s->j, "parent", NULL);
	body(job, s, root);
	rp_json_end(s->j);
}

static void
sections(struct rp_job *job, struct json *s)
{
	struct rp_walk w = rp_walk(job->root);

	rp_json_key(s->j, "sections");
	rp_json_array(s->j);
	opening(job, s, job->root);
	while (rp_walk_next(&w)) {
		if (w.event == RP_LEAVE || w.node == job->root)
			continue;
		if (rp_kind(w.node) == RP_SECTION)
			section(job, s, w.node);
		else
			rp_walk_skip(&w);
	}
	rp_json_end(s->j);
}

static void
footnotes(struct rp_job *job, struct json *s)
{
	const struct rp_node *n;

	rp_json_key(s->j, "footnotes");
	rp_json_array(s->j);
	for (n = rp_first(job->root); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_FOOTNOTE)
			continue;
		rp_json_object(s->j);
		string(s->j, "id", rp_get(n, RP_A_ID));
		rp_json_key(s->j, "number");
		rp_json_int(s->j, rp_get_int(n, RP_A_NUMBER, 0));
		body(job, s, n);
		rp_json_end(s->j);
	}
	rp_json_end(s->j);
}

/* ---- A document ---- */

static void
identity(struct rp_job *job, struct rp_json *j)
{
	const struct rp_node *root = job->root, *subtitle = rp_child(root, RP_SUBTITLE);
	static const enum rp_attr after_title[] = {
		RP_A_LANG, RP_A_DIR, RP_A_DESCRIPTION, RP_A_CATEGORY, RP_A_AUTHOR, RP_A_DATE
	};
	size_t i;

	string(j, "id", rp_get(root, RP_A_ID));
	string(j, "slug", rp_get(root, RP_A_SLUG));
	string(j, "title", rp_get(root, RP_A_TITLE));
	string(j, "subtitle", subtitle != NULL ? rp_plain_text(job->doc, subtitle) : NULL);
	for (i = 0; i < sizeof(after_title) / sizeof(after_title[0]); i++)
		string(j, rp_attr_name(after_title[i]), rp_get(root, after_title[i]));
	string(j, "path", rp_doc_path(job->doc));
}

static void
document(struct rp_job *job, struct json *s)
{
	const struct rp_node *info = rp_info(job->doc);

	rp_json_object(s->j);
	identity(job, s->j);
	rp_json_key(s->j, "metadata");
	json_write_meta(s->j, rp_meta(job->doc));
	keywords(s->j, info, "tags", "tag");
	keywords(s->j, info, "keywords", "keyword");
	relations(s->j, info);
	sections(job, s);
	footnotes(job, s);
	resources(s->j, info);
	rp_json_end(s->j);
}

/* ---- Files ---- */

/* The name of the output says it as well as the option. */
static int
is_lines(const struct rp_job *job, const struct json *s)
{
	const char *out = rp_output(job);
	size_t len = strlen(out);

	return s->lines || (len > 6 && strcmp(out + len - 6, ".jsonl") == 0);
}

static int
indent(const struct rp_job *job, const struct json *s)
{
	return is_lines(job, s) ? 0 : (int)s->indent;
}

/* What stands around the documents; nothing around JSON Lines. */
static struct rp_json *
frame_open(struct rp_job *job, const struct json *s)
{
	struct rp_json *j;

	if (is_lines(job, s))
		return NULL;
	j = rp_json_open(job, job->out, indent(job, s));
	rp_json_object(j);
	string(j, "rolepress", rp_version());
	rp_json_key(j, "documents");
	rp_json_array(j);
	return j;
}

static void
frame_put(struct rp_job *job, struct rp_json *frame, const char *part, size_t len)
{
	if (frame != NULL) {
		rp_json_value(frame, part, len);
		return;
	}
	rp_put(job->out, part, len);
	rp_put(job->out, "\n", 1);
}

static int
frame_close(struct rp_job *job, struct rp_json *frame)
{
	if (frame == NULL)
		return 0;
	rp_json_end(frame);
	rp_json_end(frame);
	rp_put(job->out, "\n", 1);
	return rp_json_close(frame);
}

static int
run(struct rp_job *job, void *state)
{
	struct json *s = state;

	s->j = rp_json_open(job, job->out, indent(job, s));
	s->scratch = rp_sink_new(job);
	document(job, s);
	return rp_json_close(s->j);
}

static int
bind(struct rp_job *job, void *state)
{
	struct rp_json *frame = frame_open(job, state);
	const struct rp_node *n;
	const char *part;
	size_t len;

	for (n = rp_first(job->root); n != NULL; n = rp_next(n))
		if ((part = rp_part(job, n, &len)) != NULL)
			frame_put(job, frame, part, len);
	return frame_close(job, frame);
}

static const struct rp_option options[] = {
	{ "lines", RP_BOOL, offsetof(struct json, lines), NULL, NULL,
	    "JSON Lines: each document on a line (of itself for .jsonl)" },
	{ "indent", RP_INT, offsetof(struct json, indent), "0", "0..8",
	    "spaces for each level; 0 puts each document on one line" },
	{ "content", RP_ENUM, offsetof(struct json, content), "tree", "tree|html|none",
	    "form of a section's content, besides its plain text" },
	{ NULL, RP_BOOL, 0, NULL, NULL, NULL }
};

RP_FILTER(json) = {
	RP_HEAD("json"),
	.summary = "JSON or JSON Lines, with front matter, typed sections and plain text",
	.role = RP_WRITER,
	.state_size = sizeof(struct json),
	.options = options,
	.run = run,
	.bind = bind,
	.extension = ".json .jsonl",
	.media_type = "application/json",
};
