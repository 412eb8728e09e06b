/*
 * tree-json (reader) - a tree from the JSON that the writer of the same name writes.
 * Strict: what comes from a program is either a tree of ours, or refused with the
 * JSON path of what is wrong; nothing is guessed, and nothing left out.
 */
#include <stdarg.h>
#include <string.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "reader.h"

enum { ENDS = 8 };	/* steps that a path is shown with, at its beginning and end */

const char *
shown(struct reader *r, const char *s)
{
	char *copy = rp_alloc(r->job->doc, 64), *to = copy;
	uint32_t cp;

	while ((cp = rp_utf8_next(&s)) != 0 && to < copy + 48)
		to += rp_utf8_put(to, cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ? 0xfffd : cp);
	if (cp != 0)
		rp_utf8_put(to, 0x2026);
	return copy;
}

static void
put_number(struct rp_sink *out, size_t n)
{
	char buf[24], *p = buf + sizeof(buf) - 1;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	rp_puts(out, p);
}

/* $.root.children[3].children[0].level; of a long one, the beginning and the end. */
static void
put_path(struct reader *r, struct rp_sink *out, const char *member)
{
	int i;

	rp_puts(out, "$.root");
	for (i = 0; i < r->depth; i++) {
		if (i == ENDS && r->depth > 2 * ENDS) {
			rp_puts(out, " \xE2\x80\xA6 ");
			i = r->depth - ENDS;
		}
		rp_puts(out, ".children[");
		put_number(out, r->stack[i].next - 1);
		rp_puts(out, "]");
	}
	if (*member != '\0')
		rp_puts(out, ".");
	rp_puts(out, member);
}

int
bad(struct reader *r, const char *member, ...)
{
	struct rp_sink *out = rp_sink_new(r->job);
	const char *s;
	size_t len;
	va_list ap;

	put_path(r, out, member);
	rp_puts(out, ": ");
	va_start(ap, member);
	while ((s = va_arg(ap, const char *)) != NULL)
		rp_puts(out, s);
	va_end(ap);
	rp_put(out, "", 1);
	rp_say(r->job, RP_ERROR, NULL, "%s", rp_sink_bytes(out, &len));
	return -1;
}

/* ---- Nodes ---- */

static int
push(struct reader *r, struct rp_node *n, json_t *o)
{
	if (r->depth == DEEPEST)
		return bad(r, "", "nodes are nested too deeply", NULL);
	r->stack[r->depth++] = (struct frame){ .node = n, .children = json_object_get(o, "children") };
	return 0;
}

/* The next child of the innermost open node. */
static int
read_child(struct reader *r, struct frame *f)
{
	json_t *o = json_array_get(f->children, f->next++);
	enum rp_kind up = rp_kind(f->node), kind;
	struct rp_node *n;

	if (read_kind(r, o, &kind) == -1)
		return -1;
	if (!may_hold(up, kind))
		return bad(r, "", rp_kind_name(kind), " cannot stand in ", rp_kind_name(up), NULL);
	if (up == RP_DOCUMENT && rp_kind_class(kind) == RP_CLASS_META && rp_child(f->node, kind) != NULL)
		return bad(r, "", "a document has one ", rp_kind_name(kind), NULL);
	n = rp_new(r->job->doc, kind);
	if (read_node(r, o, n) == -1 || push(r, n, o) == -1)
		return -1;
	rp_append(f->node, n);
	return 0;
}

static int
read_tree(struct reader *r, json_t *root)
{
	enum rp_kind kind;
	struct frame *f;

	if (read_kind(r, root, &kind) == -1)
		return -1;
	if (kind != RP_DOCUMENT)
		return bad(r, "kind", "the root is a document, not a ", rp_kind_name(kind), NULL);
	if (read_node(r, root, r->job->root) == -1 || push(r, r->job->root, root) == -1)
		return -1;
	while (r->depth > 0) {
		f = &r->stack[r->depth - 1];
		if (f->next == json_array_size(f->children))
			r->depth--;
		else if (read_child(r, f) == -1)
			return -1;
	}
	return 0;
}

/* ---- The document ---- */

static int
wrong(struct reader *r, const char *what)
{
	rp_say(r->job, RP_ERROR, NULL, "%s", what);
	return -1;
}

/*
 * What only a run can know is taken from no file: which files are embedded, which
 * document a reference leads to, and who refers to this one.  In a filter's answer it
 * stays; rp_give() and rp_set_origin() know the difference too.
 */
static void
forget_run(struct rp_job *job)
{
	struct rp_walk w = rp_walk(job->root);

	while (rp_walk_next(&w)) {
		const char *type = rp_get(w.node, RP_A_TYPE);

		if (w.event != RP_LEAVE)
			continue;
		rp_unset(w.node, RP_A_RESOURCE);
		if (rp_kind(w.node) == RP_RESOURCE || (rp_kind(w.node) == RP_REFERENCE && type != NULL &&
		    strcmp(type, "backlink") == 0))
			rp_detach(w.node);
	}
}

/* Those that find what they have made, and know the run, do it again. */
static int
is_done_again(const char *name)
{
	static const char *const again[] = { "sections", "ids", "roles", "images", "figures", "links" };
	size_t i;

	for (i = 0; i < sizeof(again) / sizeof(again[0]); i++)
		if (strcmp(name, again[i]) == 0)
			return 1;
	return 0;
}

/* What has been done to the tree. */
static int
read_given(struct reader *r, json_t *given)
{
	json_t *name;
	size_t i;

	if (given != NULL && !json_is_array(given))
		return wrong(r, "$.given: must be an array");
	json_array_foreach(given, i, name) {
		if (!json_is_string(name))
			return wrong(r, "$.given: must hold strings");
		if (!is_done_again(json_string_value(name)))
			rp_give(r->job, json_string_value(name));
	}
	return 0;
}

static int
read_origin(struct reader *r, json_t *path, json_t *site_path)
{
	if (path != NULL && !json_is_string(path))
		return wrong(r, "$.path: must be a string");
	if (site_path != NULL && !json_is_string(site_path))
		return wrong(r, "$.site-path: must be a string");
	if (path != NULL)
		rp_set_origin(r->job, json_string_value(path),
		    json_string_value(site_path != NULL ? site_path : path));
	return 0;
}

static int
read_document(struct reader *r, json_t *top)
{
	static const char members[] = " rolepress-tree path site-path given root ";
	json_t *version = json_object_get(top, "rolepress-tree"), *root = json_object_get(top, "root"), *value;
	const char *key;

	if (version == NULL)
		return wrong(r, "no tree: an object with \"rolepress-tree\" is wanted");
	if (!json_is_integer(version) || json_integer_value(version) != 1)
		return wrong(r, "$.rolepress-tree: this rolepress reads trees of version 1 only");
	if (root == NULL)
		return wrong(r, "$: no \"root\"");
	json_object_foreach(top, key, value)
		if (strstr(members, rp_join(r->job->doc, " ", key, " ", NULL)) == NULL)
			return wrong(r, rp_join(r->job->doc, "$: no member \"", shown(r, key), "\" is known", NULL));
	if (read_tree(r, root) == -1)
		return -1;
	if (r->job->root == rp_root(r->job->doc))
		forget_run(r->job);
	if (read_given(r, json_object_get(top, "given")) == -1)
		return -1;
	return read_origin(r, json_object_get(top, "path"), json_object_get(top, "site-path"));
}

static int
run(struct rp_job *job, void *state)
{
	struct reader *r = state;
	json_error_t e;
	json_t *top;
	const char *text;
	size_t len;
	int rc;

	r->job = job;
	text = rp_source(job, &len);
	top = json_loadb(text, len, JSON_REJECT_DUPLICATES, &e);
	if (top == NULL) {
		rp_say(job, RP_ERROR, NULL, "not JSON (line %d, column %d): %s", e.line, e.column,
		    json_error_code(&e) == json_error_null_character ? "no text can hold U+0000" :
		    shown(r, e.text));
		return -1;
	}
	rc = read_document(r, top);
	json_decref(top);
	return rc;
}

/* The key that every tree has, near its beginning. */
static int
claims(const char *text, size_t len)
{
	static const char key[] = "\"rolepress-tree\"";
	size_t i, most = len < 4096 ? len : 4096;

	if (text[strspn(text, " \t\r\n")] != '{')
		return 0;
	for (i = 0; i + sizeof(key) - 1 <= most; i++)
		if (memcmp(text + i, key, sizeof(key) - 1) == 0)
			return 1;
	return 0;
}

RP_FILTER(tree_json_reader) = {
	RP_HEAD("tree-json"),
	.summary = "a tree from JSON, as the format tree-json writes it",
	.role = RP_READER,
	.state_size = sizeof(struct reader),
	.run = run,
	.claims = claims,
	.extension = ".json",
};
