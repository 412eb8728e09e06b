/*
 * config.c - rolepress.yaml: the settings, inputs, filters and outputs of a
 * handbook.  Paths in it start from its own folder.
 */
#include <string.h>

#include "run.h"

static int
bad(struct rp_run *run, const struct rp_node *at, const char *text)
{
	diag_doc(run->config, RP_D_CONFIG, at != NULL ? at->pos : rp_nowhere, text, NULL);
	return -1;
}

/* What goes wrong in it is said of this place. */
static int
call(struct rp_run *run, const struct rp_node *at, int (*each)(struct rp_run *, const char *))
{
	int rc;

	run->blame = at;
	rc = each(run, rp_text(at));
	run->blame = NULL;
	return rc;
}

/* Calls each() with every text of a scalar or a list of scalars. */
static int
each_text(struct rp_run *run, const char *key, int (*each)(struct rp_run *, const char *))
{
	struct rp_node *v = rp_meta_get(rp_meta(run->config), key), *c;

	if (v == NULL)
		return 0;
	if (v->kind == RP_META_SCALAR)
		return call(run, v, each);
	for (c = v->first; c != NULL; c = c->next) {
		if (c->kind != RP_META_SCALAR)
			return bad(run, c, str_format(&run->arena, "%s: a text is wanted here", key));
		if (call(run, c, each) == -1)
			return -1;
	}
	return 0;
}

static const char *
folder_of(struct rp_run *run)
{
	return path_folder(&run->arena, run->config->path);
}

static int
add_input(struct rp_run *run, const char *path)
{
	const char *whole = path_normal(&run->arena, path_join(&run->arena, folder_of(run), path));

	return input_add(run, *whole != '\0' ? whole : ".");
}

/* A character of a name or value in a spec, with the backslash that it may need. */
static void
add_escaped(struct str *s, const char *text, const char *special)
{
	for (; *text != '\0'; text++) {
		if (strchr(special, *text) != NULL)
			str_add(s, "\\", 1);
		str_add(s, text, 1);
	}
}

/* A filter that is named by its file: the path starts from this folder. */
static const char *
located(struct rp_run *run, const char *spec)
{
	const char *why = "", *path, *rest = spec;
	struct spec parsed;
	struct str s = { 0 };
	char *whole;

	if (spec_parse(&run->arena, spec, &parsed, &why) == -1 ||
	    (strchr(parsed.name, '.') == NULL && !registry_is_file(&run->registry, parsed.name)))
		return spec;
	path = path_join(&run->arena, folder_of(run), parsed.name);
	/* The rest as it is: up to the first = that no backslash takes. */
	for (; *rest != '\0' && *rest != '='; rest++)
		if (*rest == '\\' && rest[1] != '\0')
			rest++;
	if (strchr(path, '/') == NULL)
		str_puts(&s, "./");
	add_escaped(&s, path, "=\\");
	str_puts(&s, rest);
	whole = arena_dup(&run->arena, s.p, s.len);
	str_free(&s);
	return whole;
}

/* What is wrong with a filter is told where it stands, so not at the start of the run. */
static int
add_filter(struct rp_run *run, const char *spec)
{
	const char *where = located(run, spec);
	struct link l;

	return link_make(run, &run->arena, where, RP_TRANSFORM, &l) == 0 ? rp_run_filter(run, where) : -1;
}

static int
add_without(struct rp_run *run, const char *name)
{
	return chain_check_without(run, name) == 0 ? rp_run_without(run, name) : -1;
}

/* "json" with options {lines: true} is the spec "json=lines=true". */
static const char *
spec_of(struct rp_run *run, const struct rp_node *output, const char *out)
{
	const struct rp_node *options = rp_meta_get(output, "options"), *o;
	const char *to = rp_meta_string(output, "to");
	const struct rp_filter *f;
	struct str s = { 0 };
	char *spec;

	if (to == NULL && options != NULL && (f = registry_by_extension(&run->registry, out)) != NULL)
		to = f->name;
	if (to == NULL)
		return NULL;
	to = located(run, to);
	str_puts(&s, to);
	for (o = options != NULL ? options->first : NULL; o != NULL; o = o->next) {
		str_puts(&s, strchr(s.p, '=') == NULL ? "=" : ":");
		str_printf(&s, "%s=", rp_get(o, RP_A_KEY));
		add_escaped(&s, rp_text(o), ":\\");
	}
	spec = arena_dup(&run->arena, s.p, s.len);
	str_free(&s);
	return spec;
}

/* A folder may take several formats; a file takes one. */
static int
is_taken(const struct rp_run *run, const char *out)
{
	size_t i;

	for (i = 0; i < run->output_count; i++)
		if (run->outputs[i].layout == RP_ONE_FILE && strcmp(run->outputs[i].out, out) == 0)
			return 1;
	return 0;
}

static int
add_outputs(struct rp_run *run)
{
	struct rp_node *list = rp_meta_get(rp_meta(run->config), "outputs"), *c, *options;
	const char *folder = run->output_folder != NULL ? run->output_folder : folder_of(run), *out;

	if (list == NULL || list->kind != RP_META_LIST || list->first == NULL)
		return bad(run, list, "outputs: a list such as [{to: epub, out: handbook.epub}] is wanted");
	for (c = list->first; c != NULL; c = c->next) {
		out = c->kind == RP_META_MAP ? rp_meta_string(c, "out") : NULL;
		if (out == NULL)
			return bad(run, c, "outputs: each one needs \"out\", and \"to\" unless its extension tells");
		options = rp_meta_get(c, "options");
		if (options != NULL && options->kind != RP_META_MAP)
			return bad(run, options, "options: a map of names to values is wanted");
		run->blame = c;
		if (strcmp(out, "-") != 0)
			out = path_join(&run->arena, folder, out);
		if (is_taken(run, out))
			return bad(run, c, str_format(&run->arena, "outputs: %s would be written twice",
			    rp_meta_string(c, "out")));
		if (rp_run_output(run, spec_of(run, c, out), out) == -1)
			return -1;
		run->blame = NULL;
	}
	return 0;
}

enum { TEXT = 1 << RP_META_SCALAR, LIST = 1 << RP_META_LIST, MAP = 1 << RP_META_MAP };

static const struct { const char *key; unsigned kinds; const char *wanted; } known[] = {
	{ "title", TEXT, "a text" },		{ "description", TEXT, "a text" },
	{ "lang", TEXT, "a text" },		{ "author", TEXT | LIST, "a text or a list of them" },
	{ "publisher", TEXT, "a text" },	{ "rights", TEXT, "a text" },
	{ "identifier", TEXT, "a text" },	{ "base-url", TEXT, "a text" },
	{ "inputs", TEXT | LIST, "a path or a list of them" },
	{ "filters", TEXT | LIST, "a name or a list of them" },
	{ "without", TEXT | LIST, "a name or a list of them" },
	{ "outputs", TEXT | LIST | MAP, NULL },	{ "roles", MAP, "a map" },
	{ "schema", TEXT | MAP, "a file's name or a map" },
};

/* A key may be any setting that some filter reads; one that is nearly a known key is
 * most likely a slip. */
static int
check_key(struct rp_run *run, const struct rp_node *c)
{
	const char *near = NULL, *key = rp_get(c, RP_A_KEY);
	int d, least = 2;
	size_t i;

	for (i = 0; i < LEN(known) && least > 0; i++) {
		if (strcmp(known[i].key, key) == 0) {
			if (known[i].kinds & (1u << c->kind))
				return 0;
			return bad(run, c, str_format(&run->arena, "%s: %s is wanted, not %s", key,
			    known[i].wanted, c->kind == RP_META_MAP ? "a map" :
			    c->kind == RP_META_LIST ? "a list" : "a single value"));
		}
		d = rp_distance(known[i].key, key, least);
		if (d <= least) {
			least = d - 1;
			near = known[i].key;
		}
	}
	if (near != NULL && strlen(key) > 3)
		diag_doc(run->config, RP_D_CONFIG_KEY, c->pos, key, near, NULL);
	return 0;
}

static int
check_keys(struct rp_run *run)
{
	const struct rp_node *c;
	int rc = 0;

	for (c = rp_meta(run->config)->first; c != NULL; c = c->next)
		if (check_key(run, c) == -1)
			rc = -1;
	return rc;
}

static void
take_settings(struct rp_run *run)
{
	struct rp_node *to = rp_meta(run->settings), *c, *copy;

	for (c = rp_meta(run->config)->first; c != NULL; c = c->next) {
		if (rp_meta_get(to, rp_get(c, RP_A_KEY)) != NULL)
			continue;	/* the command line is stronger */
		copy = rp_copy(run->settings, c);
		rp_append(to, copy);
	}
}

/* A YAML file as a map in a document of its own; NULL after a diagnostic. */
static struct rp_doc *
read_map(struct rp_run *run, const char *path)
{
	struct rp_doc *doc = doc_new(run, path);
	const char *why = "";
	struct rp_node *map = NULL;

	doc->source = read_file(&doc->arena, path, &doc->source_len, &why);
	if (doc->source == NULL) {
		doc->source = "";
		diag_doc(doc, RP_D_FILE_UNREADABLE, rp_nowhere, why, NULL);
	} else {
		map = read_yaml(doc, doc->source, doc->source_len, 1);
	}
	if (map != NULL) {
		rp_append(doc->root, map);
		return doc;
	}
	diag_flush(doc);
	doc_free(doc);
	return NULL;
}

/* The schema in a file becomes the setting, in the place of what is there. */
int
config_read_schema(struct rp_run *run, const char *path)
{
	struct rp_node *map = rp_meta(run->settings), *old = rp_meta_get(map, "schema"), *copy;
	struct rp_doc *doc = read_map(run, path);
	int rc;

	if (doc == NULL)
		return -1;
	rc = schema_check(doc, rp_meta(doc));
	copy = rp_copy(run->settings, rp_meta(doc));
	rp_set(run->settings, copy, RP_A_KEY, "schema");
	if (old != NULL)
		rp_replace(old, copy);
	else
		rp_append(map, copy);
	diag_flush(doc);
	doc_free(doc);
	return rc;
}

/* "schema: roles.schema.yaml" names a file beside this one. */
static int
load_schema(struct rp_run *run)
{
	const struct rp_node *own = rp_meta_get(rp_meta(run->config), "schema");
	const struct rp_node *v = rp_meta_get(rp_meta(run->settings), "schema");

	if (own != NULL && own->kind == RP_META_MAP && schema_check(run->config, own) == -1)
		return -1;
	if (v == NULL || v->kind == RP_META_MAP)	/* the command line's has been read */
		return 0;
	return config_read_schema(run, path_join(&run->arena, folder_of(run), rp_text(v)));
}

int
rp_run_config(struct rp_run *run, const char *path)
{
	int rc = -1;

	run->config = read_map(run, path);
	if (run->config == NULL)
		return -1;
	if (check_keys(run) == -1)
		goto out;
	take_settings(run);
	if (load_schema(run) == -1)
		goto out;
	input_add_root(run, folder_of(run));
	if (rp_meta_get(rp_meta(run->config), "inputs") == NULL)
		rc = add_input(run, ".");
	else
		rc = each_text(run, "inputs", add_input);
	if (rc == 0)
		rc = each_text(run, "filters", add_filter);
	if (rc == 0)
		rc = each_text(run, "without", add_without);
	if (rc == 0)
		rc = add_outputs(run);
out:
	diag_flush(run->config);
	return rc;
}
