/* help.c - help that teaches: the whole of it fits a screen. */
#include "cli.h"

static const char text[] =
"rolepress turns role documents (Markdown with YAML front matter) into a handbook.\n"
"\n"
"  rolepress INPUT... [-t FORMAT[=OPTIONS]] [-o OUT]    convert documents\n"
"  rolepress build [rolepress.yaml]                     make all outputs of a handbook\n"
"  rolepress check INPUT...                             read and resolve, write nothing\n"
"  rolepress list [NAME]                                filters and formats, and their options\n"
"  rolepress stream -t FORMAT                           JSON Lines in, JSON Lines out\n"
"\n"
"INPUT is a file, a folder (every .md below it), or - for standard input.\n"
"OUT is a file, a folder ending in / (one file per document), or - for standard output.\n"
"\n"
"  -t, --to FORMAT        output format; silent, it follows from OUT's extension\n"
"      --from FORMAT      input format, markdown or a reader; silent, each input tells\n"
"  -o, --output OUT       where to write; silent, standard output\n"
"  -f, --filter FILTER    add a filter, or set the options of one that runs anyway\n"
"  -x, --without FILTER   leave a filter of the default chain out\n"
"  -s, --set KEY=VALUE    a setting of the handbook: title, lang, author, base-url ...\n"
"  -W, --warn WHAT        error: warnings fail the run; no-CODE: hide one kind\n"
"  -j, --jobs N           how many processes may work (default: one per processor)\n"
"      --memory MB        how much may wait in memory (default 48); the rest waits on disk\n"
"      --line-limit MB    with stream: the longest line it reads (default 256)\n"
"  -q, --quiet            errors only      -v, --verbose   show source lines too\n"
"      --json             diagnostics as JSON, one a line\n"
"      --stats            with check: languages, keys, sections, and how many have a known role\n"
"      --timings          where the time went\n"
"  -h, --help             this             -V, --version   the version\n"
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

void
show_help(FILE *f)
{
	fputs(text, f);
}

void
show_hint(const char *wrong, const char *what)
{
	fprintf(stderr, "rolepress: %s%s%s\nTry: rolepress --help\n", wrong, what != NULL ? " " : "",
	    what != NULL ? what : "");
}
