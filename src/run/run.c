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

enum { DEFAULT_MEMORY = 64 << 20 };

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
		store_drop(&run->stores[0], &run->facts[i].links.kept);
		store_drop(&run->stores[0], &run->facts[i].said[0].kept);
		store_drop(&run->stores[0], &run->facts[i].said[1].kept);
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
	places_free(run);
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
	run->slugs = NULL;
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
	str_free(&run->page);
	arena_free(&run->setup);
	free(run);
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
		if (!path_is_below(path_normal(&run->arena, path), path_normal(&run->arena, run->outputs[o].out))) {
			facts_say(run, f, RP_D_NAME_OUTSIDE, rp_nowhere, path, NULL);
			continue;
		}
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
bind_all(struct rp_run *run, size_t o)
{
	const struct output *out = &run->outputs[o];
	struct rp_sink sink = { 0 };
	struct half half;
	int rc;

	run->binding = o;
	run->lent = NULL;
	rc = output_begin(run, out->out, &half, &sink);
	if (rc == 0) {
		rc = job_bind(run, run->index_doc, run->index->root, out, &sink);
		diag_flush(run->index_doc);
		rc = output_end(run, out->out, &half, &sink, rc);
	}
	if (rc == 0)
		output_tell(run, out->out, sink.gone + sink.buf.len);
	str_free(&sink.buf);
	return rc;
}

static int
write_whole(struct rp_run *run, size_t o)
{
	const struct output *out = &run->outputs[o];
	size_t i;

	if (out->writer.filter->bind != NULL)
		return bind_all(run, o);
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
	int rc = 0, lost = 0;

	for (i = 0; i < run->input_count; i++) {
		struct facts *f = &run->facts[i];

		if (f->entry == NULL || f->spoilt)
			continue;
		if (!f->parts[o].good)
			rc = -1;
		lost |= f->parts[o].lost;
		if (f->parts[o].written > 0)
			output_tell(run, f->paths[o], f->parts[o].written);
	}
	/* A book without what there was no room for would be a bad one in a good one's place. */
	if (run->outputs[o].layout == RP_ONE_FILE && !lost && write_whole(run, o) == -1)
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

int
run_uses(const struct rp_run *run, size_t from, int (*is)(const struct rp_filter *))
{
	size_t i;
	int found = 0;

	for (i = from; i < run->chain.count; i++)
		found |= is(run->chain.links[i].filter);
	for (i = 0; i < run->output_count; i++)
		found |= is(run->outputs[i].writer.filter);
	return found;
}

/* A process alone has half of the memory for trees, and an eighth of that for what its store
 * holds; the stores of workers are files, for others to read. */
static int
prepare_workers(struct rp_run *run)
{
	size_t most = run->input_count / WORTH_A_WORKER;
	int w, count = 1, foreign;

	run->workers = most < (size_t)run->jobs ? (int)most : run->jobs;
	/* A plugin may take its process along: then that is not this one. */
	foreign = run_uses(run, 0, registry_is_foreign);
	if (foreign && run->workers < 1)
		run->workers = 1;
	/* What a worker writes, it could not hand to the program. */
	if (run->workers > !foreign && !run->keep && run->take == NULL && pool_open(run) == 0)
		count = run->workers + 1;
	run->share = run->memory / (size_t)(count > 2 ? count - 1 : 2);
	if (run->shard.of > 0 && !run->shard.merges)
		run->share = 0;		/* every tree goes into the shard */
	run->stores = xcalloc((size_t)count, sizeof(*run->stores));
	for (w = 0; w < count; w++, run->store_count++)
		if (store_open(&run->stores[w], w == 0 ? run->share / 8 : 0) == -1)
			break;
	if (w > 0 && w < count) {	/* no room for so many: this process does all */
		while (run->store_count > 1)
			store_close(&run->stores[--run->store_count]);
		pool_close(run);
		run->share = run->memory / 2;
		run->stores[0].bound = run->share / 8;
	}
	return w > 0 ? 0 : -1;
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
	if (run->pool != NULL)
		pool_run(run, upto);
	else
		stage_alone(run, upto);
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
		facts_tell(run, i);
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
