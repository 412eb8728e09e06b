/*
 * run.c - the order in which it all happens:
 *
 *	read, then the chain up to the barrier	per document
 *	index					once
 *	the rest of the chain			per document
 *	render, then bind			per output
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

const struct rp_pos rp_nowhere;

struct rp_run *
rp_run_new(void)
{
	struct rp_run *run = xcalloc(1, sizeof(*run));

	registry_init(&run->registry);
	run->settings = doc_new(run, "settings");
	rp_append(run->settings->root, rp_new(run->settings, RP_META_MAP));
	return run;
}

void
rp_run_free(struct rp_run *run)
{
	size_t i;

	if (run == NULL)
		return;
	for (i = 0; run->docs != NULL && i < run->input_count; i++)
		doc_free(run->docs[i]);
	doc_free(run->index_doc);
	doc_free(run->settings);
	doc_free(run->config);
	map_free(&run->by_file);
	map_free(&run->by_id);
	map_free(&run->by_place);
	map_free(&run->by_path);
	map_free(&run->by_name);
	map_free(&run->by_address);
	map_free(&run->by_guess);
	map_free(&run->by_number);
	for (i = 0; run->real_roots != NULL && i < run->root_count; i++)
		free(run->real_roots[i]);
	free(run->real_roots);
	free(run->docs);
	free(run->entries);
	free(run->inputs);
	free(run->roots);
	free(run->filters);
	free(run->without);
	free(run->outputs);
	free(run->chain.links);
	registry_dispose(&run->registry);
	arena_free(&run->scratch);
	arena_free(&run->arena);
	free(run);
}

/* ---- What the caller sets ---- */

static void
add_string(struct rp_run *run, const char ***list, size_t *count, const char *s)
{
	*list = xrealloc(*list, (*count + 1) * sizeof(char *));
	(*list)[(*count)++] = arena_dup(&run->arena, s, strlen(s));
}

int
rp_run_filter(struct rp_run *run, const char *spec)
{
	add_string(run, &run->filters, &run->filter_count, spec);
	return 0;
}

int
rp_run_without(struct rp_run *run, const char *name)
{
	add_string(run, &run->without, &run->without_count, name);
	return 0;
}

int
rp_run_from(struct rp_run *run, const char *spec)
{
	run->from_markdown = strcmp(spec, "markdown") == 0;
	if (run->from_markdown)
		return 0;
	return link_make(run, &run->arena, spec, RP_READER, &run->reader);
}

int
rp_run_set(struct rp_run *run, const char *key, const char *value)
{
	struct rp_doc *s = run->settings;
	struct rp_node *map = rp_meta(s), *old = rp_meta_get(map, key), *n = rp_new(s, RP_META_SCALAR);

	rp_set(s, n, RP_A_KEY, key);
	rp_set(s, n, RP_A_TYPE, "string");
	rp_set_text(s, n, value);
	if (old != NULL)
		rp_replace(old, n);
	else
		rp_append(map, n);
	return 0;
}

void
rp_run_output_folder(struct rp_run *run, const char *folder)
{
	run->output_folder = arena_dup(&run->arena, folder, strlen(folder));
}

void
rp_run_listen(struct rp_run *run, rp_listener *listen, void *arg)
{
	run->diag.listen = listen;
	run->diag.arg = arg;
}

void
rp_run_on_written(struct rp_run *run, rp_written *written, void *arg)
{
	run->written = written;
	run->written_arg = arg;
}

int
rp_run_warn(struct rp_run *run, const char *what)
{
	int off = strncmp(what, "no-", 3) == 0, found = 0, d;

	if (strcmp(what, "error") == 0) {
		run->diag.error = 1;
		return 0;
	}
	for (d = 0; d < RP_DIAG_MAX; d++) {
		/* A code may itself begin with "no-". */
		if (strcmp(diag_info((enum rp_diag)d)->code, what) == 0) {
			run->diag.off[d] = 0;
			return 0;
		}
		if (off && strcmp(diag_info((enum rp_diag)d)->code, what + 3) == 0) {
			run->diag.off[d] = 1;
			found = 1;
		}
	}
	return found ? 0 : -1;
}

int
rp_run_output(struct rp_run *run, const char *spec, const char *out)
{
	size_t n = strlen(out);
	struct output o = { 0 };
	const struct rp_filter *f;

	o.out = arena_dup(&run->arena, out, n);
	o.layout = n > 0 && out[n - 1] == '/' ? RP_FILE_EACH : RP_ONE_FILE;
	if (spec == NULL) {
		f = registry_by_extension(&run->registry, out);
		if (f == NULL) {
			diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, str_format(&run->arena,
			    "no format has the extension of \"%s\"; name one with -t", out), NULL);
			return -1;
		}
		spec = f->name;
	}
	if (link_make(run, &run->arena, spec, RP_WRITER, &o.writer) == -1)
		return -1;
	if (o.writer.filter->binary && strcmp(out, "-") == 0 && isatty(STDOUT_FILENO)) {
		diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, str_format(&run->arena,
		    "%s is not for a terminal; name a file with -o", o.writer.filter->name), NULL);
		return -1;
	}
	run->outputs = xrealloc(run->outputs, (run->output_count + 1) * sizeof(o));
	run->outputs[run->output_count++] = o;
	return 0;
}

const struct rp_node *
rp_run_document(const struct rp_run *run, size_t n)
{
	if (run->docs == NULL || n >= run->input_count || run->entries[n] == NULL)
		return NULL;
	return run->docs[n]->root;
}

size_t
rp_run_inputs(const struct rp_run *run)
{
	return run->input_count;
}

const struct rp_filter *
rp_run_known(struct rp_run *run, size_t n)
{
	registry_scan(&run->registry);
	return n < run->registry.count ? run->registry.known[n] : NULL;
}

size_t
rp_run_documents(const struct rp_run *run, size_t *failed)
{
	if (failed != NULL)
		*failed = run->failed;
	return run->good;
}

/* ---- Reading and filtering ---- */

static int
load(struct rp_run *run, struct rp_doc *doc, const struct input *in)
{
	const char *why = "";
	struct stat st;

	doc->root_path = in->root;
	doc->site_path = in->site_path;
	if (in->text != NULL) {
		doc->source = in->text;
		doc->source_len = in->text_len;
		return 0;
	}
	if (strcmp(in->path, "-") != 0 && stat(in->path, &st) == 0) {
		doc->dev = st.st_dev;
		doc->ino = st.st_ino;
		if (st.st_mtime > run->newest)
			run->newest = st.st_mtime;
	}
	doc->source = read_file(&doc->arena, in->path, &doc->source_len, &why);
	if (doc->source != NULL && strlen(doc->source) == doc->source_len)
		return 0;
	if (doc->source == NULL) {
		doc->source = "";
		diag_doc(doc, RP_D_FILE_UNREADABLE, rp_nowhere, why, NULL);
	} else {
		diag_doc(doc, RP_D_NOT_UTF8, rp_nowhere, "00", NULL);
	}
	return -1;
}

static int
transform(struct rp_run *run, struct rp_doc *doc, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (job_transform(run, doc, &run->chain.links[i]) == -1 || doc->failed)
			return -1;
	return 0;
}

/* By the reader that was asked for, or the one that knows the text, or as Markdown. */
static int
read_source(struct rp_run *run, struct rp_doc *doc)
{
	struct link l = run->reader;

	if (read_encoding(doc) == -1)
		return -1;
	if (l.filter == NULL && !run->from_markdown) {
		l.filter = registry_reader(&run->registry, doc->path, doc->source, doc->source_len);
		if (l.filter != NULL && link_make(run, &run->arena, l.filter->name, RP_READER, &l) == -1)
			return -1;
	}
	return l.filter != NULL ? job_read(run, doc, &l) : read_document(doc);
}

static void
read_one(struct rp_run *run, size_t i)
{
	struct rp_doc *doc = run->docs[i] = doc_new(run, run->inputs[i].path);

	doc->scratch = &run->scratch;
	doc->root->pos = (struct rp_pos){ .line = 1, .col = 1 };
	if (load(run, doc, &run->inputs[i]) == -1 || read_source(run, doc) == -1 ||
	    transform(run, doc, 0, run->chain.barrier) == -1)
		doc->failed = 1;
	else
		index_add(run, i);
}

static void
read_all(struct rp_run *run)
{
	size_t i;

	run->docs = xcalloc(run->input_count, sizeof(struct rp_doc *));
	index_begin(run);
	for (i = 0; i < run->input_count; i++)
		read_one(run, i);
	index_make(run);
	drift_report(run);
	for (i = 0; i < run->input_count; i++)
		if (!run->docs[i]->failed &&
		    transform(run, run->docs[i], run->chain.barrier, run->chain.count) == -1)
			run->entries[i] = NULL;
}

/* ---- Writing ---- */

const char *
output_path(struct rp_run *run, struct rp_doc *doc, const struct output *o)
{
	const char *p = job_path(run, doc, o), *ext = o->writer.filter->extension;

	if (p == NULL) {
		ext = ext != NULL ? ext : "";
		p = str_format(&run->arena, "%s%.*s", rp_get(doc->root, RP_A_ID),
		    (int)strcspn(ext, " "), ext);
	}
	return path_join(&run->arena, o->out, p);
}

/* One part, as a file of its own.  A format that binds is bound alone. */
static int
write_each(struct rp_run *run, const struct output *o, size_t i, struct map *taken)
{
	struct rp_doc *doc = run->docs[i];
	const char *path = output_path(run, doc, o);
	struct rp_sink sink = { 0 };
	struct rp_node *index = index_root(run), *entry = run->entries[i], was = *index, own = *entry;
	size_t len;
	const char *bytes;
	int rc;

	if (map_get(taken, path) != NULL) {
		diag_doc(doc, RP_D_NAME_TAKEN, rp_nowhere, path, NULL);
		return -1;
	}
	map_add(taken, path, doc);
	if (o->writer.filter->bind == NULL)
		return output_write(run, path, run->parts[i].bytes, run->parts[i].len);
	/* For this one file, the index has this one entry. */
	index->first = index->last = entry;
	entry->prev = entry->next = NULL;
	rc = job_bind(run, o, &sink);
	index->first = was.first;
	index->last = was.last;
	entry->prev = own.prev;
	entry->next = own.next;
	bytes = rp_sink_bytes(&sink, &len);
	if (rc == 0)
		rc = output_write(run, path, bytes, len);
	str_free(&sink.buf);
	return rc;
}

static int
write_one(struct rp_run *run, const struct output *o)
{
	struct rp_sink sink = { 0 };
	const char *bytes;
	size_t i, len;
	int rc = 0;

	if (o->writer.filter->bind != NULL) {
		rc = job_bind(run, o, &sink);
		bytes = rp_sink_bytes(&sink, &len);
		if (rc == 0)
			rc = output_write(run, o->out, bytes, len);
		str_free(&sink.buf);
		return rc;
	}
	for (i = 0; i < run->input_count; i++)
		if (run->parts[i].good)
			return output_write(run, o->out, run->parts[i].bytes, run->parts[i].len);
	return 0;
}

static int
write_output(struct rp_run *run, const struct output *o)
{
	struct map taken = { 0 };
	size_t i;
	int rc = 0;

	run->parts = xcalloc(run->input_count, sizeof(*run->parts));
	for (i = 0; i < run->input_count; i++) {
		struct rp_sink sink = { 0 };

		if (run->entries[i] == NULL)
			continue;
		/* What fails in one output is left out of that one only. */
		run->docs[i]->failed = 0;
		if (job_render(run, run->docs[i], o, &sink) == -1 || run->docs[i]->failed) {
			str_free(&sink.buf);
			rc = -1;
			continue;
		}
		run->parts[i].bytes = sink.buf.p;
		run->parts[i].len = sink.buf.len;
		run->parts[i].good = 1;
	}
	if (o->layout == RP_ONE_FILE && write_one(run, o) == -1)
		rc = -1;
	for (i = 0; o->layout == RP_FILE_EACH && i < run->input_count; i++)
		if (run->parts[i].good && write_each(run, o, i, &taken) == -1)
			rc = -1;
	for (i = 0; i < run->input_count; i++)
		free(run->parts[i].bytes);
	free(run->parts);
	run->parts = NULL;
	map_free(&taken);
	return rc;
}

/* ---- All of it ---- */

/* A format of one file per document cannot put several into one. */
static int
check_outputs(struct rp_run *run)
{
	size_t i;

	for (i = 0; i < run->output_count; i++) {
		const struct output *o = &run->outputs[i];

		if (chain_check_writer(run, &run->chain, o->writer.filter) == -1)
			return -1;
		if (o->layout == RP_FILE_EACH || o->writer.filter->bind != NULL || run->input_count <= 1)
			continue;
		diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, str_format(&run->arena,
		    "%s makes one file per document: with several, name a folder (-o folder/)",
		    o->writer.filter->name), NULL);
		return -1;
	}
	return 0;
}

int
rp_run_execute(struct rp_run *run)
{
	size_t i;
	int rc = 0;

	if (run->executed) {
		diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, "a run is executed once", NULL);
		return 2;
	}
	if (chain_make(run, &run->chain) == -1 || check_outputs(run) == -1)
		return 2;
	run->executed = 1;
	read_all(run);
	for (i = 0; i < run->input_count; i++)
		run->failed += (size_t)(run->entries[i] == NULL);
	run->good = run->input_count - run->failed;
	for (i = 0; run->good > 0 && i < run->output_count; i++)
		if (write_output(run, &run->outputs[i]) == -1)
			rc = 1;
	for (i = 0; i < run->input_count; i++)
		diag_flush(run->docs[i]);
	/* Asked for an output, and there is none. */
	if (run->failed > 0 || run->diag.errors > 0 || (run->good == 0 && run->output_count > 0))
		rc = 1;
	return run->diag.error && run->diag.warnings > 0 ? 1 : rc;
}
