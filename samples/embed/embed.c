/*
 * A program on the library: role documents of a folder in, JSON in memory out, and
 * what there is to say about them in the program's own words.
 *
 *	cc embed.c $(pkg-config --cflags --libs rolepress) -o embed
 *	./embed roles/
 */
#include <stdio.h>

#include <rolepress/rolepress.h>

static void
show(const struct rp_message *m, void *arg)
{
	int *warnings = arg;

	*warnings += m->severity != RP_NOTE;
	printf("%s, line %u: %s\n", m->path != NULL ? m->path : "(run)", (unsigned)m->line, m->text);
}

static int
take(const char *name, const char *bytes, size_t len, void *arg)
{
	(void)arg;
	printf("%s: %zu bytes that begin with %.12s\n", name, len, bytes);
	return 0;
}

int
main(int argc, char **argv)
{
	struct rp_run *run = rp_run_new();
	int status = 2, warnings = 0;

	rp_run_listen(run, show, &warnings);
	rp_run_on_output(run, take, NULL);
	if (argc == 2 && rp_run_input(run, argv[1]) == 0 && rp_run_output(run, "json", "roles.json") == 0)
		status = rp_run_execute(run);
	printf("%zu documents, %d warnings\n", rp_run_documents(run, NULL), warnings);
	rp_run_free(run);
	return status;
}
