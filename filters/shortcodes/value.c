/*
 * value.c - what a marker stands for in an address or in text.
 *
 * A handbook has no site: what only says where the site lies is nothing, and what
 * is asked of the page is in its front matter.
 */
#include <string.h>

#include "shortcodes.h"

enum {
	MOST_VALUES = 16,	/* in one address */
	LONGEST_VALUE = 1000	/* bytes: a value may stand often */
};

/* ---- Variables ---- */

static int
is_one_of(const char *const *words, const char *s)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, s) == 0)
			return 1;
	return 0;
}

/* Where the site lies: what follows is a path from its root. */
static int
is_base(const char *name)
{
	static const char *const names[] = {
		"site.baseurl", "site.base_url", "site.baseUrl", "site.url", "site.root",
		"site.root_url", "site.github.url", "base.baseurl", "baseurl", "base_url",
		"baseUrl", "BASE_URL", "BASE_PATH", "base_path", "root_url", "rootUrl",
		".Site.BaseURL", NULL
	};

	return is_one_of(names, name);
}

/* The scalar at the end of a path of keys. */
static const char *
dig(struct rp_doc *doc, const struct rp_node *map, const char *path)
{
	const char *dot;

	while (map != NULL && rp_kind(map) == RP_META_MAP) {
		dot = strchr(path, '.');
		if (dot == NULL)
			return rp_meta_string(map, path);
		map = rp_meta_get(map, rp_dup(doc, path, (size_t)(dot - path)));
		path = dot + 1;
	}
	return NULL;
}

static const char *
find_variable(struct shortcodes *s, const char *name)
{
	static const char *const prefixes[] = {
		"page.data.", "page.", "frontmatter.", "$frontmatter.", "$page.", ".Params.",
		".Page.Params.",
	};
	const struct rp_node *meta = rp_meta(s->doc);
	size_t i, n;

	if (strncmp(name, "site.", 5) == 0)
		return rp_setting(s->job, name + 5);
	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		n = strlen(prefixes[i]);
		if (strncmp(name, prefixes[i], n) == 0)
			return dig(s->doc, meta, name + n);
	}
	if (strcmp(name, ".Title") == 0)
		return rp_meta_string(meta, "title");
	return dig(s->doc, meta, name);
}

static const char *
variable(struct shortcodes *s, const char *name)
{
	const char *v = find_variable(s, name);

	return v != NULL && strlen(v) <= LONGEST_VALUE ? v : NULL;
}

/* A base is nothing, where a path follows; else the root. */
static const char *
base(const struct sc_marker *m, enum sc_where where)
{
	if (m->next == '/' || (m->next == '{' && where != SC_IN_TEXT))
		return "";
	if (where == SC_IN_TEXT)
		return NULL;
	return where == SC_STARTS_URL ? "/" : "";
}

/* ---- Expressions: a variable or a string, and filters ---- */

static const char *
past_space(const char *p)
{
	return p + strspn(p, " \t\n");
}

/* The filters that change nothing for us: 1 if all of them are such. */
static int
are_harmless(struct rp_doc *doc, const char *p)
{
	static const char *const harmless[] = {
		"relative_url", "absolute_url", "url", "relURL", "absURL", "relLangURL",
		"absLangURL", "locale_url", "escape", "escape_once", "xml_escape", "strip",
		"strip_newlines", "trim", "safe", "safeHTML", "safeURL", "markdownify",
		"htmlBaseUrl", NULL
	};
	size_t n;
	int adds;

	while (*(p = past_space(p)) == '|') {
		p = past_space(p + 1);
		n = strspn(p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
		adds = n == 7 && strncmp(p, "prepend", n) == 0;
		if (!adds && !is_one_of(harmless, rp_dup(doc, p, n)))
			return 0;
		p = past_space(p + n);
		if (!adds)
			continue;
		if (*p != ':')
			return 0;
		p = past_space(p + 1);
		n = strcspn(p, " \t\n|");
		if (!is_base(rp_dup(doc, p, n)))
			return 0;
		p += n;
	}
	return *p == '\0';
}

static const char *
expression(struct shortcodes *s, const struct sc_marker *m, enum sc_where where)
{
	const char *p = m->inner, *end;

	if (*p == '"' || *p == '\'') {
		end = strchr(p + 1, *p);
		return end != NULL && are_harmless(s->doc, end + 1)
		    ? rp_dup(s->doc, p + 1, (size_t)(end - p - 1)) : NULL;
	}
	if (!are_harmless(s->doc, p + strlen(m->name)))
		return NULL;
	return is_base(m->name) ? base(m, where) : variable(s, m->name);
}

/* ---- Markers that are addresses ---- */

static int
is_whole(const char *url)
{
	return strchr("/.#?{", *url) != NULL || url[strcspn(url, ":/?#")] == ':';
}

static const char *
from_root(struct shortcodes *s, const char *path)
{
	return is_whole(path) ? path : rp_join(s->doc, "/", path, NULL);
}

/* An unknown one in an address, {% page_path "a/b" %}: its argument must be it. */
static const char *
guess(struct shortcodes *s, const struct sc_marker *m)
{
	const struct sc_arg *a = m->args;

	if (a == NULL || a->next != NULL || a->key != NULL ||
	    a->value[strcspn(a->value, " \t\n")] != '\0')
		return NULL;
	return from_root(s, a->value);
}

const char *
sc_address(struct shortcodes *s, const struct sc_marker *m)
{
	static const char *const keys[] = { "path", "url", "href", "src", "to", "link", NULL };
	const struct sc_arg *a = sc_named(m, keys);
	const char *url;

	if (a == NULL)
		a = sc_nth(m, 0);
	if (a == NULL || *a->value == '\0')
		return NULL;
	url = strchr(a->value, '{') != NULL ? sc_url(s, a->value, m->node) : NULL;
	url = url != NULL ? url : a->value;
	return *m->code->what == '/' ? from_root(s, url) : url;
}

static const char *
param(struct shortcodes *s, const struct sc_marker *m)
{
	const struct sc_arg *a = sc_nth(m, 0);

	return a != NULL ? variable(s, a->value) : NULL;
}

const char *
sc_value(struct shortcodes *s, const struct sc_marker *m, enum sc_where where)
{
	if (m->syntax == SC_VALUE)
		return expression(s, m, where);
	if (m->form == SC_CLOSE || m->form == SC_LITERAL)
		return NULL;
	if (m->code != NULL && m->code->make == sc_make_value)
		return param(s, m);
	if (is_base(m->name) && m->args == NULL)
		return base(m, where);
	if (where == SC_IN_TEXT)
		return NULL;
	if (m->code != NULL && m->code->make == sc_make_link)
		return sc_address(s, m);
	return m->code == NULL ? guess(s, m) : NULL;
}

const char *
sc_url(struct shortcodes *s, const char *url, const struct rp_node *at)
{
	struct sc_text t = sc_text(url, strlen(url));
	const char *p = url, *from = url, *r = "", *value;
	struct sc_marker *m;
	int count = 0;

	while ((p = strchr(p, '{')) != NULL) {
		m = sc_read(s, &t, p);
		if (m == NULL) {
			p++;
			continue;
		}
		value = sc_value(s, m, p == url ? SC_STARTS_URL : SC_IN_URL);
		if (value == NULL)
			sc_unknown(s, m, rp_pos(at));
		if (value == NULL || count++ == MOST_VALUES)
			return NULL;
		r = rp_join(s->doc, r, rp_dup(s->doc, from, (size_t)(p - from)), value, NULL);
		p = from = p + m->len;
	}
	return count > 0 ? rp_join(s->doc, r, from, NULL) : NULL;
}
