/*
 * pandoc.c - the writer "pandoc": the JSON of pandoc's document type, so that its
 * formats and filters are within reach.
 *
 * What pandoc has a form for is in that form.  What it has none for is a Div or Span
 * with the class "rolepress-KIND" and attributes "rolepress-NAME"; filters and formats
 * see what is in it.  The key "rolepress" of the metadata holds the rest.
 *
 * Several documents in one file are one document for pandoc, so that it can make a book of a
 * folder: then each begins with a heading of level 1, ids get the document's before
 * them, and links lead from one to the other.
 */
#include <string.h>

#include <rolepress/text.h>

#include "pandoc.h"

void
pd_el_open(struct pandoc *p, const char *type)
{
	rp_json_object(p->j);
	rp_json_key(p->j, "t");
	rp_json_string(p->j, type);
	rp_json_key(p->j, "c");
}

void
pd_el_close(struct pandoc *p)
{
	rp_json_end(p->j);
}

void
pd_el_alone(struct pandoc *p, const char *type)
{
	rp_json_object(p->j);
	rp_json_key(p->j, "t");
	rp_json_string(p->j, type);
	rp_json_end(p->j);
}

void
pd_str_el(struct pandoc *p, const char *text)
{
	pd_el_open(p, "Str");
	rp_json_string(p->j, text);
	pd_el_close(p);
}

void
pd_raw_el(struct pandoc *p, const char *type, const char *format, const char *text)
{
	pd_el_open(p, type);
	rp_json_array(p->j);
	rp_json_string(p->j, format);
	rp_json_string(p->j, text);
	rp_json_end(p->j);
	pd_el_close(p);
}

/* ---- The document ---- */

static void
version(struct pandoc *p)
{
	rp_json_key(p->j, "pandoc-api-version");
	rp_json_array(p->j);
	rp_json_int(p->j, 1);
	rp_json_int(p->j, p->minor);
	rp_json_int(p->j, p->minor == 22 ? 2 : 1);
	rp_json_end(p->j);
}

static void
whole(struct pandoc *p)
{
	rp_json_object(p->j);
	version(p);
	rp_json_key(p->j, "meta");
	pd_meta(p);
	rp_json_key(p->j, "blocks");
	rp_json_array(p->j);
	pd_blocks(p, p->job->root);
	rp_json_end(p->j);
	rp_json_end(p->j);
}

/* A document among others: a Div, with its title as a heading. */
static void
chapter(struct pandoc *p)
{
	const struct rp_node *root = p->job->root, *title = rp_child(root, RP_TITLE);
	const char *id = rp_get(root, RP_A_ID), *lang = rp_get(root, RP_A_LANG);
	const struct rp_node *subtitle = rp_child(root, RP_SUBTITLE);

	pd_el_open(p, "Div");
	rp_json_array(p->j);
	pd_attr_begin(p, NULL, "rolepress-document", NULL);
	if (lang != NULL && strcmp(lang, "und") != 0)
		pd_attr_pair(p, "lang", lang);
	pd_attr_pair(p, "dir", rp_get(root, RP_A_DIR));
	pd_attr_end(p);
	rp_json_array(p->j);
	pd_el_open(p, "Header");
	rp_json_array(p->j);
	rp_json_int(p->j, 1);
	rp_json_array(p->j);
	rp_json_string(p->j, id != NULL ? id : "");
	rp_json_array(p->j);
	rp_json_end(p->j);
	rp_json_array(p->j);
	rp_json_end(p->j);
	rp_json_end(p->j);
	rp_json_array(p->j);
	if (title != NULL)
		pd_inlines(p, title);
	rp_json_end(p->j);
	rp_json_end(p->j);
	pd_el_close(p);
	if (subtitle != NULL)
		pd_para(p, subtitle, "Para");
	pd_blocks(p, root);
	rp_json_end(p->j);
	rp_json_end(p->j);
	pd_el_close(p);
}

static int
is_among_others(const struct rp_job *job)
{
	const struct rp_node *index = job->index;

	return job->layout == RP_ONE_FILE && index != NULL && rp_first(index) != rp_last(index) &&
	    rp_get(job->root, RP_A_ID) != NULL;
}

static int
run(struct rp_job *job, void *state)
{
	struct pandoc *p = state;

	p->job = job;
	p->minor = strcmp(p->api, "1.22") == 0 ? 22 : 23;
	p->j = rp_json_open(job, job->out, 0);
	pd_notes_find(p);
	if (is_among_others(job)) {
		p->prefix = rp_join(job->doc, rp_get(job->root, RP_A_ID), "--", NULL);
		p->flat = 1;
		chapter(p);
	} else {
		p->flat = pd_is_flat(job->root);
		whole(p);
	}
	return rp_json_close(p->j);
}

/* ---- All together ---- */

static void
setting(struct pandoc *p, const char *key, const char *dflt)
{
	const char *value = rp_setting(p->job, key);

	if (value == NULL || *value == '\0')
		value = dflt;
	if (value == NULL)
		return;
	rp_json_key(p->j, key);
	pd_el_open(p, "MetaString");
	rp_json_string(p->j, value);
	pd_el_close(p);
}

/* The language of all documents; NULL if they have several. */
static const char *
common_lang(const struct rp_node *index)
{
	const struct rp_node *e = rp_first(index);
	const char *lang = rp_get(e, RP_A_LANG), *other;

	for (; e != NULL; e = rp_next(e)) {
		other = rp_get(e, RP_A_LANG);
		if (lang == NULL || other == NULL || strcmp(lang, other) != 0)
			return NULL;
	}
	return strcmp(lang, "und") != 0 ? lang : NULL;
}

static int
bind(struct rp_job *job, void *state)
{
	struct pandoc *p = state;
	const struct rp_node *e = rp_first(job->root);
	const char *bytes, *lang;
	size_t len;

	if (e == rp_last(job->root)) {
		if (e != NULL && (bytes = rp_part(job, e, &len)) != NULL)
			rp_put(job->out, bytes, len);
		rp_puts(job->out, "\n");
		return 0;
	}
	p->job = job;
	p->minor = strcmp(p->api, "1.22") == 0 ? 22 : 23;
	p->j = rp_json_open(job, job->out, 0);
	rp_json_object(p->j);
	version(p);
	rp_json_key(p->j, "meta");
	rp_json_object(p->j);
	lang = common_lang(job->root);
	setting(p, "title", rp_label(RP_L_ROLES, lang != NULL ? lang : "en"));
	setting(p, "lang", lang);
	setting(p, "author", NULL);
	setting(p, "date", NULL);
	setting(p, "description", NULL);
	rp_json_end(p->j);
	rp_json_key(p->j, "blocks");
	rp_json_array(p->j);
	for (; e != NULL; e = rp_next(e))
		if ((bytes = rp_part(job, e, &len)) != NULL)
			rp_json_value(p->j, bytes, len);
	rp_json_end(p->j);
	rp_json_end(p->j);
	rp_puts(job->out, "\n");
	return rp_json_close(p->j);
}

static const struct rp_option options[] = {
	{ "api", RP_ENUM, offsetof(struct pandoc, api), "1.22", "1.22|1.23",
	    "pandoc-api-version: 1.22 for pandoc 2.11 to 2.19, 1.23 for pandoc 3" },
	{ "clean", RP_BOOL, offsetof(struct pandoc, clean), "no", NULL,
	    "for publishing: nothing that only rolepress reads" },
	{ "positions", RP_BOOL, offsetof(struct pandoc, positions), "yes", NULL,
	    "keep where in the source each node stands" },
	{ 0 }
};

RP_FILTER(pandoc) = {
	RP_HEAD("pandoc"),
	.summary = "the JSON that pandoc and its filters read",
	.role = RP_WRITER,
	.state_size = sizeof(struct pandoc),
	.options = options,
	.run = run,
	.bind = bind,
	.extension = ".pandoc.json .pandoc",
	.media_type = "application/json",
};
