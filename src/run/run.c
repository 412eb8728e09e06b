/*
 * run.c - the order in which it all happens:
 *
 *	read, then the chain up to the barrier	per document
 *	index					once
 *	the rest of the chain			per document
 *	render, then bind			per output
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

enum { DEFAULT_MEMORY = 48 << 20, MOST_JOBS = 256 };

const struct rp_pos rp_nowhere;

struct rp_run *
rp_run_new(void)
{
	struct rp_run *run = xcalloc(1, sizeof(*run));

	registry_init(&run->registry);
	run->keep = 1;
	run->jobs = 1;
	run->memory = DEFAULT_MEMORY;
	run->settings = doc_new(run, "settings");
	rp_append(run->settings->root, rp_new(run->settings, RP_META_MAP));
	return run;
}

/* What stores hold in memory. */
static void
forget(struct rp_run *run)
{
	size_t i, o;
	int w;

	for (i = 0; run->facts != NULL && i < run->input_count; i++) {
		store_drop(&run->stores[0], &run->facts[i].tree);
		for (o = 0; o < run->output_count; o++)
			store_drop(&run->stores[0], &run->facts[i].parts[o].kept);
	}
	for (w = 0; w < run->store_count; w++)
		store_close(&run->stores[w]);
	free(run->stores);
	run->stores = NULL;
	run->store_count = 0;
}

static void
forget_inputs(struct rp_run *run)
{
	size_t i;

	for (i = 0; run->real_roots != NULL && i < run->root_count; i++)
		free(run->real_roots[i]);
	free(run->real_roots);
	free(run->roots);
	free(run->inputs);
	map_free(&run->by_file);
	run->real_roots = NULL;
	run->roots = NULL;
	run->inputs = NULL;
	run->root_count = run->input_count = 0;
}

void
rp_run_clear(struct rp_run *run)
{
	size_t i;

	for (i = 0; run->docs != NULL && i < run->input_count; i++)
		doc_free(run->docs[i]);
	free(run->docs);
	cache_close(run);
	shard_close(run);
	forget(run);
	pool_close(run);
	doc_free(run->index_doc);
	map_free(&run->by_guess);
	map_free(&run->by_number);
	forget_inputs(run);
	arena_free(&run->arena);
	run->docs = NULL;
	run->index_doc = NULL;
	run->index = NULL;
	run->facts = NULL;
	run->inodes = NULL;
	run->spent = NULL;
	run->lent = NULL;
	run->told = run->last_told = NULL;
	run->held = run->good = run->failed = 0;
	run->diag.warnings = run->diag.errors = 0;
	run->executed = 0;
}

void
rp_run_free(struct rp_run *run)
{
	if (run == NULL)
		return;
	rp_run_clear(run);
	doc_free(run->settings);
	doc_free(run->config);
	free(run->filters);
	free(run->without);
	free(run->outputs);
	free(run->chain.links);
	pack_dispose(run);
	registry_dispose(&run->registry);
	arena_free(&run->scratch);
	arena_free(&run->setup);
	free(run);
}

/* ---- What the caller sets ---- */

static void
add_string(struct rp_run *run, const char ***list, size_t *count, const char *s)
{
	*list = xrealloc(*list, (*count + 1) * sizeof(char *));
	(*list)[(*count)++] = arena_dup(&run->setup, s, strlen(s));
	/* The chain is another one now. */
	free(run->chain.links);
	run->chain.links = NULL;
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
	return link_make(run, &run->setup, spec, RP_READER, &run->reader);
}

int
rp_run_jobs(struct rp_run *run, int jobs)
{
	long online = jobs == 0 ? sysconf(_SC_NPROCESSORS_ONLN) : jobs;

	run->keep = 0;
	run->jobs = online < 1 ? 1 : online > MOST_JOBS ? MOST_JOBS : (int)online;
	return 0;
}

void
rp_run_memory(struct rp_run *run, size_t bytes)
{
	run->memory = bytes;
}

int
rp_run_set(struct rp_run *run, const char *key, const char *value)
{
	struct rp_doc *s = run->settings;
	struct rp_node *map = rp_meta(s), *old = rp_meta_get(map, key), *n = rp_new(s, RP_META_SCALAR);

	if (strcmp(key, "schema") == 0)
		return config_read_schema(run, value);
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
	run->output_folder = arena_dup(&run->setup, folder, strlen(folder));
}

void
rp_run_cache(struct rp_run *run, const char *folder)
{
	run->cache_folder = folder != NULL ? arena_dup(&run->setup, folder, strlen(folder)) : NULL;
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

void
rp_run_on_output(struct rp_run *run, rp_take *take, void *arg)
{
	run->take = take;
	run->take_arg = arg;
}

void
rp_run_on_progress(struct rp_run *run, rp_progress *progress, void *arg)
{
	run->progress = progress;
	run->progress_arg = arg;
}

void
run_progress(struct rp_run *run, enum rp_step step, size_t done, size_t total)
{
	if (run->progress != NULL)
		run->progress(step, done, total, run->progress_arg);
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

	o.out = arena_dup(&run->setup, out, n);
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
	if (link_make(run, &run->setup, spec, RP_WRITER, &o.writer) == -1)
		return -1;
	if (run->take == NULL && o.writer.filter->binary && strcmp(out, "-") == 0 && isatty(STDOUT_FILENO)) {
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
	if (run->docs == NULL || n >= run->input_count || run->docs[n] == NULL || run->facts[n].failed ||
	    run->facts[n].spoilt)
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

const char *
rp_run_known_file(struct rp_run *run, size_t n)
{
	registry_scan(&run->registry);
	return n < run->registry.count ? run->registry.files[n] : NULL;
}

const struct rp_filter *
rp_run_load(struct rp_run *run, const char *file)
{
	const char *why = "";
	const struct rp_filter *f = registry_load(&run->registry, file, &why);

	if (f == NULL)
		diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, why, NULL);
	return f;
}

size_t
rp_run_documents(const struct rp_run *run, size_t *failed)
{
	if (failed != NULL)
		*failed = run->failed;
	return run->good;
}

/* ---- Paths ---- */

static const char *
path_of(struct rp_run *run, struct rp_node *entry, const struct output *o)
{
	struct rp_arena *a = &run->index_doc->arena;
	const char *p = job_path(run, run->index_doc, entry, o), *ext = o->writer.filter->extension;

	if (p == NULL) {
		ext = ext != NULL ? ext : "";
		p = str_format(a, "%s%.*s", rp_get(entry, RP_A_ID), (int)strcspn(ext, " "), ext);
	}
	return path_join(a, o->out, p);
}

/* Settled before anything is written: of two documents with one path, the first has it. */
static void
plan_paths(struct rp_run *run, size_t o)
{
	struct map taken = { 0 };
	struct rp_node *e;
	struct facts *f;
	const char *path;

	for (e = run->index->root->first; e != NULL; e = e->next) {
		f = &run->facts[index_input(e)];
		path = path_of(run, e, &run->outputs[o]);
		if (map_get(&taken, path) != NULL) {
			facts_say(run, f, RP_D_NAME_TAKEN, rp_nowhere, path, NULL);
			continue;
		}
		map_add(&taken, path, e);
		f->paths[o] = path;
	}
	map_free(&taken);
}

/* ---- Outputs of all documents ---- */

static int
put_output(struct rp_run *run, const char *path, const char *bytes, size_t len)
{
	if (output_write(run, path, bytes, len) == -1)
		return -1;
	output_tell(run, path, len);
	return 0;
}

static int
write_whole(struct rp_run *run, size_t o)
{
	const struct output *out = &run->outputs[o];
	struct rp_sink sink = { 0 };
	const char *bytes;
	size_t i, len;
	int rc = 0;

	run->binding = o;
	run->lent = NULL;
	if (out->writer.filter->bind != NULL) {
		rc = job_bind(run, run->index_doc, run->index->root, out, &sink);
		diag_flush(run->index_doc);
		bytes = rp_sink_bytes(&sink, &len);
		if (rc == 0)
			rc = put_output(run, out->out, bytes, len);
		str_free(&sink.buf);
		return rc;
	}
	for (i = 0; i < run->input_count; i++) {
		const struct part *part = &run->facts[i].parts[o];

		if (part->good)
			return put_output(run, out->out,
			    store_get(&run->stores[part->store], &part->kept), part->kept.len);
	}
	return 0;
}

/* Files of their own were written with the documents. */
static int
finish_output(struct rp_run *run, size_t o)
{
	uint64_t since = timing_now();
	size_t i;
	int rc = 0;

	for (i = 0; i < run->input_count; i++) {
		struct facts *f = &run->facts[i];

		if (f->entry == NULL || f->spoilt)
			continue;
		if (!f->parts[o].good)
			rc = -1;
		if (f->parts[o].written > 0)
			output_tell(run, f->paths[o], f->parts[o].written);
	}
	if (run->outputs[o].layout == RP_ONE_FILE && write_whole(run, o) == -1)
		rc = -1;
	timing_add(run, timing_render(run, o) + 1, since);
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

/* Processes cost something to start: they are for more documents than a few. */
enum { WORTH_A_WORKER = 8 };

static int
prepare_workers(struct rp_run *run)
{
	size_t most = run->input_count / WORTH_A_WORKER;
	int w, count = 1;

	run->workers = most < (size_t)run->jobs ? (int)most : run->jobs;
	/* What a worker writes, it could not hand to the program. */
	if (run->workers > 1 && !run->keep && run->take == NULL && pool_open(run) == 0)
		count = run->workers + 1;
	run->share = run->memory / (size_t)(count > 1 ? count - 1 : 1);
	if (run->shard.of > 0 && !run->shard.merges)
		run->share = 0;		/* every tree goes into the shard */
	run->stores = xcalloc((size_t)count, sizeof(*run->stores));
	for (w = 0; w < count; w++)
		if (store_open(&run->stores[w], w == 0 ? run->share : 0) == -1)
			return -1;
	run->store_count = count;
	return 0;
}

/* Standard input can be read once only, and by one process. */
static void
read_standard_input(struct rp_run *run)
{
	const char *why;
	size_t i;

	for (i = 0; i < run->input_count; i++)
		if (run->inputs[i].text == NULL && strcmp(run->inputs[i].path, "-") == 0)
			run->inputs[i].text = read_file(&run->arena, "-", &run->inputs[i].text_len, &why);
}

static int
prepare(struct rp_run *run)
{
	struct rp_arena *a;
	size_t i;

	read_standard_input(run);
	if (prepare_workers(run) == -1) {
		diag_run(run, RP_D_WRITE_FAILED, "a temporary file", rp_nowhere, strerror(errno), NULL);
		return -1;
	}
	run->index_doc = doc_new_in(run, "index", pool_region(run));
	a = &run->index_doc->arena;
	run->facts = arena_alloc(a, run->input_count * sizeof(*run->facts));
	for (i = 0; i < run->input_count; i++) {
		run->facts[i].worker = -1;
		run->facts[i].parts = arena_alloc(a, run->output_count * sizeof(struct part));
		run->facts[i].paths = arena_alloc(a, run->output_count * sizeof(char *));
	}
	run->docs = xcalloc(run->input_count, sizeof(struct rp_doc *));
	timing_prepare(run);
	return 0;
}

static void
do_stage(struct rp_run *run, enum stage upto)
{
	size_t i;

	if (run->pool != NULL) {
		pool_run(run, upto);
		return;
	}
	for (i = 0; i < run->input_count; i++) {
		if (run->facts[i].stage >= upto)
			continue;
		if (upto == READ)
			stage_read(run, i);
		else
			stage_write(run, i);
		run_progress(run, upto == READ ? RP_STEP_READ : RP_STEP_WRITE, i + 1, run->input_count);
	}
}

/* Documents of other shards are theirs to do. */
static void
leave_others(struct rp_run *run, enum stage stage)
{
	size_t i;

	for (i = 0; i < run->input_count; i++)
		if (!shard_has(run, i))
			run->facts[i].stage = stage;
}

/* Reads, for another run to go on. */
static int
read_shard(struct rp_run *run)
{
	leave_others(run, DONE);
	do_stage(run, READ);
	pool_dismiss(run);
	return shard_write_read(run);
}

static int
do_all(struct rp_run *run)
{
	uint64_t since;
	size_t o;

	if (run->cache != NULL)
		cache_remember(run);
	if (run->shard.merges && shard_load(run) == -1)
		return -1;
	do_stage(run, READ);
	since = timing_now();
	if (run->cache != NULL)
		cache_compare(run);
	index_make(run);
	drift_report(run);
	for (o = 0; o < run->output_count; o++)
		if (run->outputs[o].layout == RP_FILE_EACH)
			plan_paths(run, o);
	if (run->cache != NULL)
		cache_reuse(run);
	if (run->shard.merges && run->shard.of > 0)
		leave_others(run, DONE);
	else if (run->shard.merges && shard_load_parts(run) == -1)
		return -1;
	timing_add(run, STEP_INDEX, since);
	do_stage(run, DONE);
	pool_dismiss(run);
	return run->shard.merges && run->shard.of > 0 ? shard_write_parts(run) : 0;
}

static void
count(struct rp_run *run)
{
	size_t i, own = 0;

	for (i = 0; i < run->input_count; i++) {
		if (!shard_has(run, i))
			continue;
		own++;
		run->failed += (size_t)(run->facts[i].failed || run->facts[i].spoilt);
	}
	run->good = own - run->failed;
}

int
rp_run_execute(struct rp_run *run)
{
	size_t i, o;
	int rc = 0, last, whole, failed = 0;

	if (run->executed) {
		diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, "a run is executed once", NULL);
		return 2;
	}
	if (run->chain.links == NULL && chain_make(run, &run->chain) == -1)
		return 2;
	if (check_outputs(run) == -1 || prepare(run) == -1)
		return 2;
	run->executed = 1;
	if (cache_open(run, &last) == 1)
		return last;
	whole = run->shard.of == 0;
	if ((whole || run->shard.merges ? do_all(run) : read_shard(run)) == -1)
		rc = 1;
	count(run);
	for (o = 0; whole && rc == 0 && run->good > 0 && o < run->output_count; o++) {
		run_progress(run, RP_STEP_BIND, o, run->output_count);
		if (finish_output(run, o) == -1)
			failed = 1;
	}
	rc |= failed;
	for (i = 0; i < run->input_count; i++)
		facts_tell(run, &run->facts[i], run->inputs[i].path);
	/* Asked for an output, and there is none; a program that takes outputs knows that. */
	if (run->input_count == 0 && run->output_count > 0 && run->take == NULL)
		diag_run(run, RP_D_CONFIG, NULL, rp_nowhere, "there is no document to write", NULL);
	if (run->failed > 0 || run->diag.errors > 0 || (run->good == 0 && run->output_count > 0))
		rc = 1;
	if (run->diag.error && run->diag.warnings > 0)
		rc = 1;
	if (run->cache != NULL)
		cache_save(run, rc);
	return rc;
}
