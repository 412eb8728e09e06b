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
	size_t		 count;		/* of names put */
};

/*
 * A name as a word of a makefile, as GNU make and ninja read it: blanks and # with a
 * backslash, backslashes before those doubled, $ twice.
 */
static void
put_word(FILE *f, const char *path)
{
	size_t n;

	for (; *path != '\0'; path++) {
		n = strspn(path, "\\");
		if (n > 0 && path[n] != '\0' && strchr(" #\t", path[n]) != NULL)
			fputc('\\', f);
		if (*path == '$')
			fputc('$', f);
		else if (strchr(" #\t", *path) != NULL)
			fputc('\\', f);
		fputc(*path, f);
	}
}

/* What no escaping can say to both of them. */
static int
cannot_be_said(const char *path)
{
	return strpbrk(path, ";|=:*?[%\n") != NULL;
}

static void
put(enum rp_file what, const char *path, void *arg)
{
	struct list *l = arg;

	if (what != l->want)
		return;
	if (cannot_be_said(path)) {
		fprintf(stderr, "rolepress: %s is left out of the depfile: make cannot read such a name\n", path);
		return;
	}
	l->count++;
	fputs(what == RP_FILE_WRITTEN ? "" : " \\\n  ", l->out);
	put_word(l->out, path);
	if (what == RP_FILE_WRITTEN)
		fputc(' ', l->out);
}

static void
put_rule(enum rp_file what, const char *path, void *arg)
{
	struct list *l = arg;

	if (what != RP_FILE_READ || cannot_be_said(path))
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
		if (l.count == 0)		/* nothing but standard output */
			fputs("standard-output ", l.out);
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
