/* files.c - which files a run was made of, and which it made. */
#include <string.h>

#include "run.h"

static void
name_outputs(struct rp_run *run, size_t o, rp_each_file *each, void *arg)
{
	size_t i;

	if (run->outputs[o].layout == RP_ONE_FILE) {
		if (strcmp(run->outputs[o].out, "-") != 0)
			each(RP_FILE_WRITTEN, run->outputs[o].out, arg);
		return;
	}
	for (i = 0; i < run->input_count; i++)
		if (run->facts[i].parts[o].good && run->facts[i].parts[o].path != NULL)
			each(RP_FILE_WRITTEN, run->facts[i].parts[o].path, arg);
}

static void
name_filter(struct rp_run *run, const struct rp_filter *f, rp_each_file *each, void *arg)
{
	const char *file = f != NULL ? registry_file(&run->registry, f) : NULL;

	if (file != NULL)
		each(RP_FILE_READ, file, arg);
}

static void
name_filters(struct rp_run *run, rp_each_file *each, void *arg)
{
	size_t i;

	name_filter(run, run->reader.filter, each, arg);
	for (i = 0; i < run->chain.count; i++)
		name_filter(run, run->chain.links[i].filter, each, arg);
	for (i = 0; i < run->output_count; i++)
		name_filter(run, run->outputs[i].writer.filter, each, arg);
}

void
rp_run_files(struct rp_run *run, rp_each_file *each, void *arg)
{
	const struct rp_node *schema;
	const struct dep *d;
	size_t i, o;

	if (!run->executed)
		return;
	for (o = 0; o < run->output_count; o++)
		name_outputs(run, o, each, arg);
	if (run->config != NULL) {
		each(RP_FILE_READ, run->config->path, arg);
		schema = rp_meta_get(rp_meta(run->config), "schema");
		if (schema != NULL && schema->kind == RP_META_SCALAR)
			each(RP_FILE_READ, path_join(&run->arena, path_folder(&run->arena, run->config->path),
			    rp_text(schema)), arg);
	}
	name_filters(run, each, arg);
	for (i = 0; i < run->root_count; i++)
		each(RP_FOLDER_READ, *run->roots[i] != '\0' ? run->roots[i] : ".", arg);
	for (i = 0; i < run->input_count; i++) {
		if (run->inputs[i].text == NULL)
			each(RP_FILE_READ, run->inputs[i].path, arg);
		for (d = run->facts[i].deps; d != NULL; d = d->next)
			if (d->kind == DEP_FILE)
				each(RP_FILE_READ, d->a, arg);
	}
}
