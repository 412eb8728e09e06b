/* list.c - rolepress list: what there is, read from the filters' own tables. */
#include <string.h>

#include "cli.h"

static void
list_place(struct rp_run *run, int place)
{
	const struct rp_filter *f;
	size_t i;

	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		if (f->role == RP_TRANSFORM && rp_run_default_place(f) == place)
			printf("  %-14s %s\n", f->name, f->summary);
}

static int
last_place(struct rp_run *run)
{
	const struct rp_filter *f;
	int last = 0, p;
	size_t i;

	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		if ((p = rp_run_default_place(f)) > last)
			last = p;
	return last;
}

static void
list_role(struct rp_run *run, enum rp_role role, const char *head)
{
	const struct rp_filter *f;
	size_t i;

	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++) {
		if (f->role != role)
			continue;
		if (head != NULL)
			puts(head);
		head = NULL;
		printf("  %-14s %s%s%s%s\n", f->name, f->summary, f->extension ? " (" : "",
		    f->extension ? f->extension : "", f->extension ? ")" : "");
	}
}

int
list_all(struct rp_run *run)
{
	const struct rp_filter *f;
	int p, last = last_place(run), others = 0;
	size_t i;

	puts("Filters that run on every document, in this order (-x NAME leaves one out):");
	for (p = 1; p <= last; p++)
		list_place(run, p);
	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		others += f->role == RP_TRANSFORM && rp_run_default_place(f) == 0;
	if (others > 0) {
		puts("\nFilters that run when asked for (-f NAME):");
		list_place(run, 0);
	}
	list_role(run, RP_WRITER, "\nFormats (-t NAME, or by the extension of -o):");
	list_role(run, RP_READER, "\nInputs besides Markdown (--from NAME, or by the input itself):");
	list_role(run, RP_LOADER, "\nWhat -f FILE takes besides plugins (.so):");
	puts("\nOptions of one: rolepress list NAME");
	return 0;
}

static void
show_option(const struct rp_option *o)
{
	static const char *const types[] = { "yes|no", "NUMBER", "TEXT", "" };
	const char *value = o->range != NULL && o->type != RP_BOOL ? o->range : types[o->type];

	printf("  %s=%s\n      %s", o->name, value, o->help);
	if (o->dflt != NULL)
		printf(" (default: %s)", o->dflt);
	putchar('\n');
}

static void
show_words(const char *head, const char *const *words)
{
	if (words == NULL || *words == NULL)
		return;
	printf("%s", head);
	for (; *words != NULL; words++)
		printf(" %s", *words);
	putchar('\n');
}

static void
show_filter(const struct rp_filter *f, const char *file)
{
	static const char *const roles[] = { "a filter", "a format", "a reader", "a loader of filters" };
	const struct rp_option *o;
	int place = rp_run_default_place(f);

	printf("%s - %s\n", f->name, f->summary);
	printf("%s", roles[f->role]);
	if (place > 0)
		printf(", number %d of the default chain", place);
	putchar('\n');
	if (file != NULL)
		printf("from: %s\n", file);
	show_words("needs:", f->needs);
	show_words("gives:", f->gives);
	if (f->before != NULL)
		printf("runs before: %s\n", f->before);
	if (f->extension != NULL)
		printf("extension: %s\n", f->extension);
	if (f->bind == NULL && f->role == RP_WRITER)
		puts("one file per document");
	for (o = f->options; o != NULL && o->name != NULL; o++)
		show_option(o);
}

int
list_one(struct rp_run *run, const char *name)
{
	const struct rp_filter *f;
	int found = 0;
	size_t i;

	if (strpbrk(name, "/.") != NULL) {	/* no name, but a file */
		if ((f = rp_run_load(run, name)) == NULL)
			return EXIT_USAGE;
		show_filter(f, NULL);
		return 0;
	}
	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++) {
		if (strcmp(f->name, name) != 0)
			continue;
		if (found++)
			putchar('\n');
		show_filter(f, rp_run_known_file(run, i));
	}
	if (found)
		return 0;
	show_hint("there is no filter or format named", name);
	return EXIT_USAGE;
}
