/*
 * manual.c - rolepress list --markdown: the built-in filters' manual page, as the role
 * document that rolepress makes it of.
 */
#include <string.h>

#include "cli.h"

/* Text, whatever signs are in it. */
static void
text(const char *s)
{
	for (; *s != '\0'; s++) {
		if (strchr("\\`*_{}[]<>#|&~$", *s) != NULL)
			putchar('\\');
		putchar(*s);
	}
}

static void
words(const char *head, const char *const *list)
{
	if (list == NULL || *list == NULL)
		return;
	printf("%s", head);
	for (; *list != NULL; list++)
		printf(" `%s`%s", *list, list[1] != NULL ? "," : ".");
	puts("");
}

static void
option(const struct rp_option *o)
{
	static const char *const types[] = { "yes|no", "NUMBER", "TEXT", "" };

	printf("\n`%s`=*", o->name);
	text(o->range != NULL && o->type != RP_BOOL ? o->range : types[o->type]);
	printf("*\\\n");
	text(o->help);
	if (o->dflt != NULL && *o->dflt != '\0') {
		fputs(" (default: ", stdout);
		text(o->dflt);
		putchar(')');
	}
	puts("");
}

static void
filter(const struct rp_filter *f)
{
	const struct rp_option *o;
	int place = rp_run_default_place(f);

	printf("\n### %s\n\n", f->name);
	text(f->summary);
	puts(".");
	if (place > 0)
		printf("Number %d of the default chain.\n", place);
	words("Needs:", f->needs);
	words("Gives:", f->gives);
	if (f->extension != NULL)
		printf("Extensions: `%s`.\n", f->extension);
	if (f->role == RP_WRITER && f->bind == NULL)
		puts("One file per document.");
	for (o = f->options; o != NULL && o->name != NULL; o++)
		option(o);
}

static void
role(struct rp_run *run, const char *head, enum rp_role which, int in_chain)
{
	const struct rp_filter *f;
	int place, any = 0;
	size_t i;

	/* The chain's in its order; place 0: the others, by name. */
	for (place = in_chain; place == in_chain || (in_chain && place < 100); place++) {
		for (i = 0; (f = rp_run_known(run, i)) != NULL; i++) {
			if (f->role != which || rp_run_known_file(run, i) != NULL || rp_run_default_place(f) != place)
				continue;
			if (any++ == 0)
				printf("\n## %s\n", head);
			filter(f);
		}
	}
}

int
list_markdown(struct rp_run *run)
{
	puts("---\ntitle: rolepress-filters\nslug: rolepress-filters\nlang: en\n"
	    "description: filters and formats of rolepress, and their options\n"
	    "---\n\n"
	    "# rolepress-filters\n\n## Description\n\n"
	    "Everything between reading and writing is a filter. Each has a name and options of its own:\n"
	    "`-f NAME=option=value:option=value` for a filter, `-t` likewise for a format.\n"
	    "A yes-or-no option may stand alone (`json=lines`), and so may a word that only one option knows.\n"
	    "`rolepress list` shows these with the plugins that are installed; `rolepress list --json` for programs.");
	role(run, "Filters that run on every document", RP_TRANSFORM, 1);
	role(run, "Filters that run when asked for", RP_TRANSFORM, 0);
	role(run, "Formats", RP_WRITER, 0);
	role(run, "Inputs besides Markdown", RP_READER, 0);
	role(run, "Files that are filters", RP_LOADER, 0);
	puts("\n## See also\n\n**rolepress**(1), **rolepress-plugin**(3)");
	return 0;
}
