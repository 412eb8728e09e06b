/* help.c - help that teaches: the whole of it fits a screen. */
#include <string.h>

#include "cli.h"

enum { HELP_AT = 25, COMMAND_HELP_AT = 55 };	/* columns */

static const char head[] =
"rolepress turns role documents (Markdown with YAML front matter) into a handbook.\n"
"\n";

static const char between[] =
"\n"
"INPUT is a file, a folder (every .md below it), or - for standard input.\n"
"OUT is a file, a folder ending in / (one file per document), or - for standard output.\n"
"\n";

static const char tail[] =
"\n"
"Options of a format or filter: NAME=option=value:option=value (\\ takes : as it is).\n"
"\n"
"  rolepress ciso.md -t man | man -l -            read a role in the terminal\n"
"  rolepress roles/ -o handbook.epub              a book of all roles\n"
"  rolepress roles/ -o man/ -t man                one manual page per role\n"
"  rolepress roles/ -t json | jq '.documents[].title'\n"
"  rolepress check roles/ -W error                for CI: fails on a dead link\n"
"\n"
"Exit status: 0 all written, 1 some document failed, 2 wrong usage.\n"
"The manual: man rolepress\n";

static void
show_command(FILE *f, const char *name, const char *arguments, const char *help)
{
	int n = fprintf(f, "  rolepress %s%s%s", name, *name != '\0' ? " " : "", arguments);

	fprintf(f, "%*s%s\n", n < COMMAND_HELP_AT ? COMMAND_HELP_AT - n : 2, "", help);
}

static void
show_option(FILE *f, const struct cli_option *o)
{
	int n = o->c < 256 ? fprintf(f, "  -%c, --%s", o->c, o->name) : fprintf(f, "      --%s", o->name);

	if (o->value != NULL)
		n += fprintf(f, " %s", o->value);
	fprintf(f, "%*s%s\n", n < HELP_AT ? HELP_AT - n : 2, "", o->help);
}

void
show_help(FILE *f)
{
	const struct cli_command *c;
	const struct cli_option *o;

	fputs(head, f);
	show_command(f, "", "INPUT... [-t FORMAT[=OPTIONS]] [-o OUT]", "convert documents");
	for (c = cli_commands; c->name != NULL; c++)
		show_command(f, c->name, c->arguments, c->help);
	fputs(between, f);
	for (o = cli_options; o->name != NULL; o++)
		if (o->help != NULL)
			show_option(f, o);
	fputs(tail, f);
}

void
show_hint(const char *wrong, const char *what)
{
	fprintf(stderr, "rolepress: %s%s%s\nTry: rolepress --help\n", wrong, what != NULL ? " " : "",
	    what != NULL ? what : "");
}
