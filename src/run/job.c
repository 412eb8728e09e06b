/* job.c - one filter on one document, and what a filter may ask of its host. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../core/walk.h"
#include "run.h"

static void
job_init(struct job *j, struct rp_run *run, struct rp_doc *doc, const struct rp_filter *f)
{
	memset(j, 0, sizeof(*j));
	j->pub.doc = doc;
	j->pub.root = doc->root;
	j->pub.index = index_root(run);
	j->pub.filter = f;
	j->pub.run = run;
}

struct rp_job
job_asking(struct rp_run *run, size_t input, struct rp_doc *asking)
{
	struct rp_node *entry = run->facts[input].entry;

	*asking = (struct rp_doc){ .run = run, .path = rp_get(entry, RP_A_PATH), .root_path = run->inputs[input].root,
	    .site_path = rp_get_named(entry, "site-path"), .root = entry };
	return (struct rp_job){ .doc = asking, .root = entry, .index = run->index->root, .run = run };
}

static void
job_dispose(struct job *j)
{
	struct own_sink *s, *next;

	free(j->state);
	for (s = j->sinks; s != NULL; s = next) {
		next = s->next;
		str_free(&s->sink.buf);
		free(s);
	}
}

/* A state of its own for this document; it ends with the job. */
static void *
state_of(struct job *j, const struct link *l)
{
	size_t size = l->filter->state_size;

	if (l->state == NULL || size == 0)
		return j->state = xcalloc(1, size);
	j->state = xrealloc(NULL, size);
	return memcpy(j->state, l->state, size);
}

static int
finish(struct job *j, int rc)
{
	const struct rp_filter *f = j->pub.filter;
	const struct message *last;
	const char *file;

	if (rc == 0 && j->failed)
		rc = -1;
	file = rc != 0 ? registry_file(&j->pub.run->registry, f) : NULL;
	/* Behind the reason, if one was said. */
	last = j->pub.doc != NULL && !j->pub.doc->unheard ? j->pub.doc->last_message : NULL;
	if (rc != 0 && j->pub.doc != NULL)
		diag_doc(j->pub.doc, RP_D_FILTER_FAILED, last != NULL && last->severity == RP_ERROR
		    ? last->pos : rp_nowhere, file != NULL
		    ? str_format(&j->pub.doc->arena, "%s (%s)", f->name, file) : f->name, NULL);
	job_dispose(j);
	return rc == 0 ? 0 : -1;
}

/* Has what read the document said that all this gives is there already? */
static int
is_done(const struct rp_doc *doc, const struct rp_filter *f)
{
	const char *const *g = f->gives;

	if (doc->given_by_reader == 0 || g == NULL || *g == NULL)
		return 0;
	while (*g != NULL && doc_came_with(doc, *g))
		g++;
	return *g == NULL;
}

/* So that the parent can name the filter that a process died in. */
static void
enter(struct rp_run *run, const struct rp_doc *doc, const struct rp_filter *f)
{
	if (run->facts != NULL && doc->input != NULL)
		run->facts[doc->input - run->inputs].in = f;
}

int
job_transform(struct rp_run *run, struct rp_doc *doc, const struct link *l)
{
	const char *const *g;
	struct job j;

	if (l->filter->run == NULL || is_done(doc, l->filter))
		return 0;
	job_init(&j, run, doc, l->filter);
	enter(run, doc, l->filter);
	if (finish(&j, l->filter->run(&j.pub, state_of(&j, l))) == -1)
		return -1;
	for (g = l->filter->gives; g != NULL && *g != NULL; g++)
		if (!doc_came_with(doc, *g))
			doc_give(doc, *g);
	return 0;
}

/* A reader gives a META_MAP too, or gets one. */
static int
read_into(struct job *j, void *state)
{
	if (j->pub.filter->run == NULL || j->pub.filter->run(&j->pub, state) != 0 || j->failed)
		return -1;
	if (rp_child(j->pub.root, RP_META_MAP) == NULL)
		rp_prepend(j->pub.root, rp_new(j->pub.doc, RP_META_MAP));
	return 0;
}

int
job_read(struct rp_run *run, struct rp_doc *doc, const struct link *l)
{
	struct job j;

	job_init(&j, run, doc, l->filter);
	j.source = doc->source;
	j.source_len = doc->source_len;
	return finish(&j, read_into(&j, state_of(&j, l)));
}

struct rp_node *
rp_read_by(struct rp_job *pub, const char *reader, const char *bytes, size_t len)
{
	struct rp_doc *doc = pub->doc;
	struct link l;
	struct job j;
	int rc;

	if (link_make(pub->run, &doc->arena, reader, RP_READER, &l) == -1)
		return NULL;
	job_init(&j, pub->run, doc, l.filter);
	j.pub.root = rp_new(doc, RP_DOCUMENT);
	j.source = arena_dup(&doc->arena, bytes, len);
	j.source_len = len;
	rc = read_into(&j, state_of(&j, &l));
	job_dispose(&j);
	return rc == 0 ? j.pub.root : NULL;
}

/* The job reads its document, not a part of another filter's work. */
static int
reads_document(const struct rp_job *pub)
{
	return pub->filter->role == RP_READER && pub->root == pub->doc->root;
}

void
rp_give(struct rp_job *pub, const char *name)
{
	if (!reads_document(pub))
		return;
	doc_give(pub->doc, arena_dup(&pub->doc->arena, name, strlen(name)));
	pub->doc->given_by_reader = pub->doc->given_count;
}

void
rp_set_origin(struct rp_job *pub, const char *path, const char *site_path)
{
	struct rp_doc *doc = pub->doc;

	if (!reads_document(pub))
		return;
	doc->path = arena_dup(&doc->arena, path, strlen(path));
	doc->site_path = arena_dup(&doc->arena, site_path, strlen(site_path));
	/* Positions are of the origin, so its lines are not those of what was read. */
	doc->source = "";
	doc->source_len = 0;
	doc->lines = NULL;
	doc->line_count = 0;
}

const char *
rp_source(const struct rp_job *pub, size_t *len)
{
	const struct job *j = (const struct job *)pub;

	*len = j->source_len;
	return j->source != NULL ? j->source : "";
}

static int
render(struct job *j, const struct link *l)
{
	void *state = state_of(j, l);

	if (l->filter->run != NULL)
		return l->filter->run(&j->pub, state);
	return rp_render(&j->pub, j->pub.root, state);
}

int
job_render(struct rp_run *run, struct rp_doc *doc, const struct output *o, struct rp_sink *out)
{
	struct job j;

	job_init(&j, run, doc, o->writer.filter);
	j.pub.out = out;
	j.pub.layout = o->layout;
	j.output = o;
	enter(run, doc, o->writer.filter);
	return finish(&j, render(&j, &o->writer));
}

int
job_bind(struct rp_run *run, struct rp_doc *doc, struct rp_node *root, const struct output *o,
    struct rp_sink *out)
{
	struct job j;

	job_init(&j, run, doc, o->writer.filter);
	j.pub.root = j.pub.index = root;
	j.pub.out = out;
	j.pub.layout = o->layout;
	j.output = o;
	return finish(&j, o->writer.filter->bind(&j.pub, state_of(&j, &o->writer)));
}

const char *
job_path(struct rp_run *run, struct rp_doc *doc, struct rp_node *entry, const struct output *o)
{
	struct job j;
	const char *path;

	if (o->writer.filter->path == NULL)
		return NULL;
	job_init(&j, run, doc, o->writer.filter);
	j.pub.root = entry;
	j.pub.layout = o->layout;
	j.output = o;
	path = o->writer.filter->path(&j.pub, state_of(&j, &o->writer));
	job_dispose(&j);
	return path;
}

/* ---- Rules ---- */

enum rp_next
rp_pass(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job, (void)n, (void)state;
	return RP_CHILDREN;
}

enum rp_next
rp_leave_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job, (void)n, (void)state;
	return RP_SKIP;
}

void
rp_fail(struct rp_job *pub)
{
	((struct job *)pub)->failed = 1;
}

static enum rp_next
without_rule(struct job *j, const struct rp_node *n)
{
	if (rp_kind_class(rp_kind(n)) == RP_CLASS_META)
		return RP_SKIP;
	if (n->kind != RP_DOCUMENT && !j->told[n->kind]) {
		j->told[n->kind] = 1;
		rp_report(&j->pub, RP_D_NOT_RENDERED, n, rp_kind_name(rp_kind(n)),
		    j->pub.filter->name, NULL);
	}
	return RP_CHILDREN;
}

int
rp_render(struct rp_job *pub, struct rp_node *node, void *state)
{
	static const struct rp_rule none[RP_KIND_MAX];
	struct job *j = (struct job *)pub;
	const struct rp_rule *rules = pub->filter->rules != NULL ? pub->filter->rules : none;
	int kinds = pub->filter->kinds;
	struct rp_walk w = walk_from(node);
	const struct rp_rule *r;

	while (!j->failed && walk_next(&w)) {
		r = w.node->kind < kinds ? &rules[w.node->kind] : &none[0];
		if (w.event == RP_LEAVE) {
			if (r->leave != NULL)
				r->leave(pub, w.node, state);
		} else if (r->enter != NULL) {
			if (r->enter(pub, w.node, state) == RP_SKIP)
				walk_skip(&w);
		} else if (r->leave == NULL && without_rule(j, w.node) == RP_SKIP) {
			walk_skip(&w);
		}
	}
	return j->failed ? -1 : 0;
}

int
rp_render_by(struct rp_job *pub, const char *writer, struct rp_node *node, struct rp_sink *out)
{
	struct link l;
	struct job j;
	int rc;

	if (link_make(pub->run, &pub->doc->arena, writer, RP_WRITER, &l) == -1)
		return -1;
	job_init(&j, pub->run, pub->doc, l.filter);
	j.pub.root = node;
	j.pub.out = out;
	/* For a transform, a document is rendered by itself, whatever the outputs. */
	j.pub.layout = pub->out != NULL ? pub->layout : RP_FILE_EACH;
	j.output = ((struct job *)pub)->output;
	rc = render(&j, &l);
	if (j.failed)
		rc = -1;
	job_dispose(&j);
	return rc;
}

/* ---- What a filter may ask ---- */

const char *
rp_part(struct rp_job *job, const struct rp_node *entry, size_t *len)
{
	struct rp_run *run = job->run;
	const struct part *part;

	*len = 0;
	if (run->lone != NULL) {
		*len = run->lone->len;
		return run->lone->entry == entry ? run->lone->bytes : NULL;
	}
	/* The one before has been looked at. */
	if (run->lent != NULL)
		stores_release(run, run->lent, run->lent_len);
	part = &run->facts[index_input(entry)].parts[run->binding];
	if (!part->good)
		return run->lent = NULL;
	*len = run->lent_len = part->kept.len;
	return run->lent = store_get(&run->stores[part->store], &part->kept);
}

struct rp_node *
rp_setting_node(const struct rp_job *job, const char *key)
{
	return rp_meta_get(rp_meta(job->run->settings), key);
}

const char *
rp_setting(const struct rp_job *job, const char *key)
{
	return rp_meta_string(rp_meta(job->run->settings), key);
}

const char *
rp_output_format(const struct rp_job *job, size_t n)
{
	return n < job->run->output_count ? job->run->outputs[n].writer.filter->name : NULL;
}

const char *
rp_output(const struct rp_job *pub)
{
	const struct output *o = ((const struct job *)pub)->output;

	return o != NULL ? o->out : "-";
}

const char *
rp_path_from_output(struct rp_job *pub, const char *path)
{
	const struct output *o = ((struct job *)pub)->output;
	struct rp_arena *a = &pub->doc->arena;
	const char *out = rp_output(pub);

	if (o == NULL || strcmp(out, "-") == 0)
		return path;
	if (o->layout == RP_FILE_EACH && pub->doc->input != NULL)
		out = pub->run->facts[pub->doc->input - pub->run->inputs].paths[o - pub->run->outputs];
	return path_from(a, path_folder(a, out), path);
}

const char *
rp_version(void)
{
	return RP_VERSION;
}

/* Of the year 9999: formats have four digits for it. */
#define LAST_SECOND	253402300799

long long
rp_epoch(const struct rp_job *job)
{
	const char *e = getenv("SOURCE_DATE_EPOCH");
	char *end;
	long long t;

	if (e != NULL && *e != '\0') {
		errno = 0;
		t = strtoll(e, &end, 10);
		if (*end == '\0' && t >= 0 && t <= LAST_SECOND && errno == 0)
			return t;
	}
	if (job->doc->input != NULL)
		return job->run->facts[job->doc->input - job->run->inputs].stamp.modified / 1000000000;
	return job->run->index != NULL ? job->run->index->newest : 0;
}
