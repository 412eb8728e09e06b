/*
 * identity - what a document is: slug, title, purpose, category, tags, relations.
 *
 * Front matter says it under many names; what it leaves open the text tells: the
 * first heading, the first sentence, the file's name.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum { LONGEST_PURPOSE = 300 };		/* bytes of a first sentence that serves as purpose */

struct identity {
	int	title_heading;		/* option: the leading H1 is the title */
};

/* The first of the keys (a list that ends with a NULL) that has a text. */
static const char *
first_of(const struct rp_node *meta, const char *const *keys)
{
	const char *v;

	for (; *keys != NULL; keys++)
		if ((v = rp_meta_string(meta, *keys)) != NULL && *v != '\0')
			return v;
	return NULL;
}

/* One line: white space runs become a space. */
static char *
one_line(struct rp_doc *doc, const char *s)
{
	char *r = rp_dup(doc, s, strlen(s)), *out = r;
	const char *p;

	for (p = r; *p != '\0'; p++) {
		if (*p != ' ' && *p != '\t' && *p != '\r' && *p != '\n')
			*out++ = *p;
		else if (out > r && out[-1] != ' ')
			*out++ = ' ';
	}
	if (out > r && out[-1] == ' ')
		out--;
	*out = '\0';
	return r;
}

/* ---- Slug ---- */

static const char *
last_part(const char *path)
{
	const char *p = strrchr(path, '/');

	return p != NULL ? p + 1 : path;
}

/* ciso.ja.md: ciso; team/index.md: team. */
static const char *
file_slug(struct rp_doc *doc)
{
	static const char *const own[] = { "index", "_index", "README", "readme" };
	const char *path = rp_doc_path(doc), *base = last_part(path), *dot;
	size_t n = strlen(base), i;
	char *stem, *folder;

	if (strcmp(path, "-") == 0)
		return "document";
	dot = strrchr(base, '.');
	if (dot != NULL && dot > base)
		n = (size_t)(dot - base);
	stem = rp_dup(doc, base, n);
	dot = strrchr(stem, '.');
	/* Of three letters it is as likely a word: notes.old.md. */
	if (dot != NULL && dot > stem && strcspn(dot + 1, "-_") == 2 && rp_lang_canonical(doc, dot + 1) != NULL)
		stem[dot - stem] = '\0';
	for (i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if (strcmp(stem, own[i]) != 0 || base == path)
			continue;
		folder = rp_dup(doc, path, (size_t)(base - path - 1));
		if (*last_part(folder) != '\0' && strcmp(last_part(folder), ".") != 0)
			return last_part(folder);
	}
	return stem;
}

/* A slug is a name for files, addresses and ids: what they all can hold stays. */
static const char *
safe(struct rp_doc *doc, const char *s)
{
	const char *p = s, *from;
	uint32_t c;
	char *r = rp_alloc(doc, 3 * strlen(s) + 1), *out = r;

	while ((from = p, c = rp_utf8_next(&p)) != 0) {
		if (rp_is_letter(c) || rp_is_number(c) || c == '_' || c == '-' || c == '.') {
			memcpy(out, from, (size_t)(p - from));
			out += p - from;
		} else if (out > r && out[-1] != '-') {
			*out++ = '-';
		}
	}
	while (out > r && (out[-1] == '-' || out[-1] == '.'))
		out--;
	*out = '\0';
	return rp_nfc(doc, r + strspn(r, ".-"));
}

static void
set_slug(struct rp_doc *doc, struct rp_node *root)
{
	const char *slug = rp_meta_string(rp_meta(doc), "slug");
	char *given;
	size_t n;

	if (slug != NULL) {		/* some give it as an address: /roles/ciso/ */
		n = strlen(slug);
		while (n > 0 && slug[n - 1] == '/')
			n--;
		given = rp_dup(doc, slug, n);
		slug = safe(doc, last_part(given));
	}
	if (slug == NULL || *slug == '\0') {
		slug = safe(doc, file_slug(doc));
		/* Of two files with one name, the folder tells which is which. */
		rp_set_named(doc, root, "slug-from", "file");
	}
	rp_set(doc, root, RP_A_SLUG, *slug != '\0' ? slug : "document");
}

/* ---- Title ---- */

/* The heading that begins the body, if it is an H1. */
static struct rp_node *
leading_heading(struct rp_node *root)
{
	struct rp_node *n = rp_first(root);

	while (n != NULL && (rp_kind_class(rp_kind(n)) == RP_CLASS_META || rp_kind(n) == RP_COMMENT))
		n = rp_next(n);
	if (n == NULL || rp_kind(n) != RP_HEADING || rp_get_int(n, RP_A_LEVEL, 0) != 1)
		return NULL;
	return n;
}

static struct rp_node *
first_heading(struct rp_node *root)
{
	struct rp_node *n;

	for (n = rp_first(root); n != NULL && rp_kind(n) != RP_HEADING; n = rp_next(n))
		;
	return n;
}

static struct rp_node *
new_title(struct rp_job *job, const char *text)
{
	struct rp_node *t = rp_new(job->doc, RP_TITLE);

	rp_append(t, rp_new_text(job->doc, text));
	rp_insert_after(rp_info(job->doc), t);
	return t;
}

static void
take_heading(struct rp_node *info, struct rp_node *h, enum rp_kind as)
{
	rp_set_kind(h, as);
	rp_insert_after(info, h);
}

static void
set_title(struct rp_job *job, const struct identity *st)
{
	static const char *const keys[] = { "title", "name", "role", "roles", NULL };
	struct rp_doc *doc = job->doc;
	const char *given = first_of(rp_meta(doc), keys), *slug = rp_get(job->root, RP_A_SLUG);
	struct rp_node *h = st->title_heading ? leading_heading(job->root) : NULL, *info = rp_info(doc), *t;

	if (h != NULL && *rp_plain_text(doc, h) == '\0')
		h = NULL;
	if (given != NULL)
		given = one_line(doc, given);
	if (h != NULL && (given == NULL ||
	    strcmp(rp_fold(doc, given), rp_fold(doc, rp_plain_text(doc, h))) == 0)) {
		take_heading(info, h, RP_TITLE);
		given = given != NULL ? given : rp_plain_text(doc, h);
	} else if (given != NULL) {
		t = new_title(job, given);
		if (h != NULL) {
			rp_report(job, RP_D_TITLE_DIFFERS, h, given, NULL);
			take_heading(t, h, RP_SUBTITLE);
		}
	} else {
		h = first_heading(job->root);
		given = h != NULL ? rp_plain_text(doc, h) : "";
		if (*given == '\0') {
			given = slug;
			rp_report(job, RP_D_NO_TITLE, NULL, slug, NULL);
		}
		new_title(job, given);
	}
	rp_set(doc, job->root, RP_A_TITLE, one_line(doc, given));
}

/* ---- Purpose ---- */

/* Bytes up to the end of the first sentence, or 0 if none ends. */
static size_t
sentence(const char *s)
{
	const char *p = s, *at;
	uint32_t c, before = 0;

	while ((at = p, c = rp_utf8_next(&p)) != 0) {
		if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x061F || c == 0x0964)
			return (size_t)(p - s);
		/* "e.g. " and "J. Smith" end no sentence. */
		if ((c == '.' || c == '!' || c == '?') && (*p == ' ' || *p == '\0') &&
		    at - s > 2 && strchr(" .", at[-2]) == NULL && before != ' ')
			return (size_t)(p - s);
		before = c;
	}
	return 0;
}

static void
set_description(struct rp_job *job)
{
	static const char *const keys[] = { "description", "meta_description", "summary", "purpose",
	    "excerpt", "tagline", NULL };
	const char *d = first_of(rp_meta(job->doc), keys), *text;
	struct rp_node *n;
	size_t len;

	if (d != NULL && *(d = one_line(job->doc, d)) != '\0') {
		rp_set(job->doc, job->root, RP_A_DESCRIPTION, d);
		rp_set_named(job->doc, job->root, "description-from", "meta");
		return;
	}
	for (n = rp_first(job->root); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_PARAGRAPH)
			continue;
		text = one_line(job->doc, rp_plain_text(job->doc, n));
		len = sentence(text);
		if (len == 0)
			len = strlen(text);
		if (len == 0 || len > LONGEST_PURPOSE)
			continue;
		rp_set(job->doc, job->root, RP_A_DESCRIPTION, rp_dup(job->doc, text, len));
		rp_set_named(job->doc, job->root, "description-from", "text");
		return;
	}
}

/* ---- Keywords and relations ---- */

/* A value as a list of texts: a sequence, or one scalar with commas. */
struct texts {
	const struct rp_node	*value, *item;
	const char		*rest;
	int			 split;
};

static struct texts
texts_of(const struct rp_node *value, int split)
{
	struct texts t = { .value = value, .split = split };

	if (value != NULL && rp_kind(value) == RP_META_LIST)
		t.item = rp_first(value);
	else if (value != NULL && rp_kind(value) == RP_META_SCALAR)
		t.rest = rp_text(value);
	return t;
}

static size_t
to_comma(const char *s)
{
	const char *p = s, *at;
	uint32_t c;

	while ((at = p, c = rp_utf8_next(&p)) != 0)
		if (c == ',' || c == 0x3001 || c == 0xFF0C || c == 0x060C)
			break;
	return (size_t)(at - s);
}

/* The next text, or NULL; *at is the node it stands in. */
static const char *
next_text(struct rp_doc *doc, struct texts *t, const struct rp_node **at)
{
	const char *s, *from;
	size_t n;

	for (; t->item != NULL; ) {
		*at = t->item;
		t->item = rp_next(t->item);
		s = rp_kind(*at) == RP_META_SCALAR ? rp_text(*at) : rp_meta_string(*at, "slug");
		if (s == NULL)
			s = rp_meta_string(*at, "title");
		if (s != NULL && *(s = one_line(doc, s)) != '\0')
			return s;
	}
	while (t->rest != NULL && *t->rest != '\0') {
		*at = t->value;
		from = t->rest;
		n = t->split ? to_comma(from) : strlen(from);
		t->rest = from + n;
		if (*t->rest != '\0')
			rp_utf8_next(&t->rest);
		if (*(s = one_line(doc, rp_dup(doc, from, n))) != '\0')
			return s;
	}
	return NULL;
}

static void
add_keywords(struct rp_job *job, const char *key, const char *type)
{
	struct texts t = texts_of(rp_meta_get(rp_meta(job->doc), key), 1);
	const struct rp_node *at;
	struct rp_node *k;
	const char *s;

	while ((s = next_text(job->doc, &t, &at)) != NULL) {
		k = rp_new(job->doc, RP_KEYWORD);
		rp_set_pos(k, rp_pos(at));
		rp_set(job->doc, k, RP_A_TYPE, type);
		rp_set_text(job->doc, k, s);
		rp_append(rp_info(job->doc), k);
	}
}

static void
add_relations(struct rp_job *job, const char *key, const char *type)
{
	struct texts t = texts_of(rp_meta_get(rp_meta(job->doc), key), 1);
	const struct rp_node *at;
	struct rp_node *r;
	const char *s;

	while ((s = next_text(job->doc, &t, &at)) != NULL) {
		r = rp_new(job->doc, RP_REFERENCE);
		rp_set_pos(r, rp_pos(at));
		rp_set(job->doc, r, RP_A_TYPE, type);
		rp_set(job->doc, r, RP_A_URL, s);
		rp_set(job->doc, r, RP_A_TITLE, s);
		rp_append(rp_info(job->doc), r);
	}
}

/* Lines, as they grow. */
struct lines {
	char	*text;
	size_t	 len, room;
};

static void
add_line(struct rp_doc *doc, struct lines *l, const char *s)
{
	size_t n = strlen(s), need = l->len + n + 2;
	char *more;

	if (need > l->room) {
		l->room = 2 * need;
		more = rp_alloc(doc, l->room);
		if (l->len > 0)
			memcpy(more, l->text, l->len);
		l->text = more;
	}
	if (l->len > 0)
		l->text[l->len++] = '\n';
	memcpy(l->text + l->len, s, n + 1);
	l->len += n;
}

/* Where the document's site shows it too (Jekyll's and Hugo's keys): links may say so. */
static void
set_addresses(struct rp_job *job)
{
	static const char *const keys[] = { "permalink", "url", "redirect_from", "aliases", NULL };
	const struct rp_node *at;
	struct lines all = { 0 };
	const char *s;
	size_t i;

	for (i = 0; keys[i] != NULL; i++) {
		struct texts t = texts_of(rp_meta_get(rp_meta(job->doc), keys[i]), 0);

		while ((s = next_text(job->doc, &t, &at)) != NULL)
			if (*s == '/')
				add_line(job->doc, &all, s);
	}
	rp_set_named(job->doc, job->root, "addresses", all.text);
}

static void
set_info(struct rp_job *job)
{
	static const struct { const char *key, *type; } keywords[] = {
		{ "tags", "tag" }, { "tag", "tag" }, { "keywords", "keyword" },
		{ "categories", "category" }, { "category", "category" },
	};
	static const struct { const char *key, *type; } relations[] = {
		{ "related_jobs", "related" }, { "related_roles", "related" }, { "related", "related" },
		{ "see_also", "related" }, { "reports_to", "reports_to" },
	};
	static const char *const dates[] = { "date", "updated", "last_updated", "lastmod", "modified", NULL };
	static const char *const same[] = { "translationKey", "translation_key", "translationkey", NULL };
	static const char *const authors[] = { "author", "authors", NULL };
	struct rp_doc *doc = job->doc;
	const struct rp_node *k;
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		add_keywords(job, keywords[i].key, keywords[i].type);
	for (i = 0; i < sizeof(relations) / sizeof(relations[0]); i++)
		add_relations(job, relations[i].key, relations[i].type);
	for (k = rp_first(rp_info(doc)); k != NULL; k = rp_next(k))
		if (rp_kind(k) == RP_KEYWORD && strcmp(rp_get(k, RP_A_TYPE), "category") == 0 &&
		    !rp_has(job->root, RP_A_CATEGORY))
			rp_set(doc, job->root, RP_A_CATEGORY, rp_text(k));
	rp_set(doc, job->root, RP_A_DATE, first_of(rp_meta(doc), dates));
	rp_set_named(doc, job->root, "translation-key", first_of(rp_meta(doc), same));
	rp_set(doc, job->root, RP_A_AUTHOR, first_of(rp_meta(doc), authors));
}

static int
run(struct rp_job *job, void *state)
{
	rp_info(job->doc);
	set_slug(job->doc, job->root);
	set_title(job, state);
	set_description(job);
	set_info(job);
	set_addresses(job);
	return 0;
}

static const char *const needs[] = { "html", NULL };
static const char *const gives[] = { "identity", NULL };

static const struct rp_option options[] = {
	{ "title-heading", RP_BOOL, offsetof(struct identity, title_heading), "yes", NULL,
	    "take the heading of level 1 that begins the body as the title" },
	{ 0 }
};

RP_FILTER(identity) = {
	RP_HEAD("identity"),
	.summary = "slug, title, purpose, tags and relations of a document",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.state_size = sizeof(struct identity),
	.options = options,
	.run = run,
};
