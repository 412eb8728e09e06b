/* caller.c - what a caller sets before a run, and asks after it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

enum { MOST_JOBS = 256 };

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
rp_run_sources(struct rp_run *run, int wanted)
{
	run->no_sources = !wanted;
}

void
rp_run_least(struct rp_run *run, enum rp_severity least)
{
	run->least = least;
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
