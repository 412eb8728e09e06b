/*
 * describe.c - what is known of every filter, as JSON: all that its table says, its
 * place in the chain, and its file.  src/run/filters.schema.json describes it.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

static void
put_words(struct rp_json *j, const char *key, const char *const *words)
{
	rp_json_key(j, key);
	rp_json_array(j);
	for (; words != NULL && *words != NULL; words++)
		rp_json_string(j, *words);
	rp_json_end(j);
}

/* The parts of a list in one string, as an array. */
static void
put_split(struct rp_json *j, struct rp_doc *doc, const char *key, const char *s, const char *by)
{
	size_t n;

	rp_json_key(j, key);
	rp_json_array(j);
	for (; s != NULL && *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, by);
		rp_json_string(j, rp_dup(doc, s, n));
	}
	rp_json_end(j);
}

static void
put_default(struct rp_json *j, const struct rp_option *o)
{
	rp_json_key(j, "default");
	if (o->type == RP_BOOL)
		rp_json_bool(j, o->dflt != NULL && strchr("yt1o", *o->dflt) != NULL && strcmp(o->dflt, "off") != 0);
	else if (o->type == RP_INT)
		rp_json_number(j, o->dflt != NULL ? o->dflt : "0");
	else
		rp_json_string(j, o->dflt);
}

static void
put_range(struct rp_json *j, struct rp_doc *doc, const struct rp_option *o)
{
	const char *dots = o->range != NULL ? strstr(o->range, "..") : NULL;

	if (o->type == RP_ENUM) {
		put_split(j, doc, "values", o->range, "|");
	} else if (o->type == RP_INT && dots != NULL) {
		if (dots > o->range) {
			rp_json_key(j, "minimum");
			rp_json_number(j, rp_dup(doc, o->range, (size_t)(dots - o->range)));
		}
		if (dots[2] != '\0') {
			rp_json_key(j, "maximum");
			rp_json_number(j, dots + 2);
		}
	} else if (o->type == RP_STRING) {
		rp_json_member(j, "value", o->range);
	}
}

static void
put_options(struct rp_json *j, struct rp_doc *doc, const struct rp_filter *f)
{
	static const char *const types[] = { "bool", "int", "string", "enum" };
	const struct rp_option *o;

	rp_json_key(j, "options");
	rp_json_array(j);
	for (o = f->options; o != NULL && o->name != NULL; o++) {
		rp_json_object(j);
		rp_json_member(j, "name", o->name);
		rp_json_member(j, "type", types[o->type]);
		put_default(j, o);
		put_range(j, doc, o);
		rp_json_member(j, "help", o->help);
		rp_json_end(j);
	}
	rp_json_end(j);
}

static void
put_filter(struct rp_json *j, struct rp_doc *doc, const struct rp_filter *f, const char *file)
{
	static const char *const roles[] = { "transform", "writer", "reader", "loader" };

	rp_json_object(j);
	rp_json_member(j, "name", f->name);
	rp_json_member(j, "role", roles[f->role]);
	rp_json_member(j, "summary", f->summary);
	rp_json_member(j, "file", file);
	if (rp_run_default_place(f) > 0) {
		rp_json_key(j, "place");
		rp_json_int(j, rp_run_default_place(f));
	}
	put_words(j, "needs", f->needs);
	put_words(j, "gives", f->gives);
	if (f->role != RP_TRANSFORM)
		put_split(j, doc, "extensions", f->extension, " ");
	if (f->role == RP_WRITER) {
		rp_json_member(j, "mediaType", f->media_type);
		rp_json_key(j, "binary");
		rp_json_bool(j, f->binary);
		rp_json_key(j, "oneFile");	/* can it put several documents into one? */
		rp_json_bool(j, f->bind != NULL);
	}
	put_options(j, doc, f);
	rp_json_end(j);
}

const char *
rp_run_known_json(struct rp_run *run)
{
	struct job job = { .pub = { .doc = run->settings, .run = run } };
	struct rp_sink sink = { 0 };
	struct rp_json *j = rp_json_open(&job.pub, &sink, 2);
	const struct rp_filter *f;
	const char *text;
	size_t i;

	rp_json_object(j);
	rp_json_member(j, "rolepress", rp_version());
	rp_json_key(j, "abi");
	rp_json_int(j, RP_ABI);
	rp_json_key(j, "filters");
	rp_json_array(j);
	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		put_filter(j, run->settings, f, rp_run_known_file(run, i));
	rp_json_end(j);
	rp_json_end(j);
	text = rp_json_close(j) == 0 ? arena_dup(&run->arena, sink.buf.p, sink.buf.len) : NULL;
	str_free(&sink.buf);
	return text;
}
