/*
 * A program on the library: a folder of role documents in, an EPUB out.
 *
 *	cc handbook.c $(pkg-config --cflags --libs rolepress) -o handbook
 *	./handbook roles/ handbook.epub
 */
#include <stdio.h>

#include <rolepress/rolepress.h>

static void
show(const struct rp_message *m, void *arg)
{
	static const char *const words[] = { "note", "warning", "error" };

	(void)arg;
	fprintf(stderr, "%s:%u:%u: %s: %s\n", m->path != NULL ? m->path : "-", m->line, m->col,
	    words[m->severity], m->text);
}

int
main(int argc, char **argv)
{
	struct rp_run *run;
	int status = 2;

	if (argc != 3) {
		fprintf(stderr, "usage: handbook FOLDER OUT.epub\n");
		return status;
	}
	run = rp_run_new();
	rp_run_listen(run, show, NULL);
	if (rp_run_input(run, argv[1]) == 0 && rp_run_output(run, "epub", argv[2]) == 0)
		status = rp_run_execute(run);
	rp_run_free(run);
	return status;
}
