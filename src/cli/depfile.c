/*
 * depfile.c - --depfile: what the outputs are made of, as make and ninja read it:
 * "outputs: inputs", and an empty rule for each input, so that one that has gone
 * stops no make.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

struct list {
	enum rp_file	 want;
	FILE		*out;
};

/* A name as a word of a makefile. */
static void
put_word(FILE *f, const char *path)
{
	for (; *path != '\0'; path++) {
		if (*path == '$')
			fputc('$', f);
		else if (strchr(" #\t:%", *path) != NULL)
			fputc('\\', f);
		fputc(*path, f);
	}
}

static void
put(enum rp_file what, const char *path, void *arg)
{
	struct list *l = arg;

	if (what != l->want)
		return;
	fputs(what == RP_FILE_WRITTEN ? "" : " \\\n  ", l->out);
	put_word(l->out, path);
	if (what == RP_FILE_WRITTEN)
		fputc(' ', l->out);
}

static void
put_rule(enum rp_file what, const char *path, void *arg)
{
	struct list *l = arg;

	if (what != RP_FILE_READ)
		return;
	put_word(l->out, path);
	fputs(":\n", l->out);
}

int
write_depfile(struct rp_run *run, const char *path)
{
	struct list l = { .want = RP_FILE_WRITTEN };
	char *temp = malloc(strlen(path) + 5);
	int rc = -1;

	if (temp == NULL)
		return -1;
	sprintf(temp, "%s.new", path);
	l.out = fopen(temp, "w");
	if (l.out != NULL) {
		rp_run_files(run, put, &l);
		fputc(':', l.out);
		l.want = RP_FILE_READ;
		rp_run_files(run, put, &l);
		fputc('\n', l.out);
		rp_run_files(run, put_rule, &l);
		rc = ferror(l.out) ? -1 : 0;
		if (fclose(l.out) != 0 || (rc == 0 && rename(temp, path) != 0))
			rc = -1;
		if (rc == -1)
			remove(temp);
	}
	if (rc == -1)
		perror(path);
	free(temp);
	return rc;
}
