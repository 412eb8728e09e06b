/* options.c - the options of the command line: getopt, --help and completion read them. */
#define _GNU_SOURCE	/* getopt_long */
#include <getopt.h>

#include "cli.h"

const struct cli_option cli_options[] = {
	{ "to", 't', TAKES_FORMAT, "FORMAT", "output format; silent, it follows from OUT's extension" },
	{ "from", OPT_FROM, TAKES_READER, "FORMAT", "input format, markdown or a reader; silent, each input tells" },
	{ "output", 'o', TAKES_FILE, "OUT", "where to write; silent, standard output" },
	{ "filter", 'f', TAKES_FILTER, "FILTER", "add a filter, or set the options of one that runs anyway" },
	{ "without", 'x', TAKES_DEFAULT_FILTER, "FILTER", "leave a filter of the default chain out" },
	{ "set", 's', TAKES_SETTING, "KEY=VALUE", "a setting of the handbook: title, lang, author, base-url ..." },
	{ "warn", 'W', TAKES_WARNING, "WHAT", "error: warnings fail the run; no-CODE: hide one kind, CODE: show it" },
	{ "jobs", 'j', TAKES_NUMBER, "N", "how many processes may work (default: one per processor)" },
	{ "memory", OPT_MEMORY, TAKES_NUMBER, "MB", "how much may wait in memory (default 64); the rest waits on disk" },
	{ "line-limit", OPT_LINE_LIMIT, TAKES_NUMBER, "MB", "with stream: the longest line it reads (default 256)" },
	{ "cache", OPT_CACHE, TAKES_FILE, "FOLDER", "what is the same as last time is not made again (build: in ~/.cache)" },
	{ "no-cache", OPT_NO_CACHE, TAKES_NOTHING, NULL, "make all of it" },
	{ "depfile", OPT_DEPFILE, TAKES_FILE, "FILE", "what the outputs are made of, for make and ninja" },
	{ "watch", OPT_WATCH, TAKES_NOTHING, NULL, "with build: build again whenever something changes" },
	{ "shard", OPT_SHARD, TAKES_NUMBER, "K/N", "read every N-th document into the folder OUT; with merge, render it" },
	{ "timings", OPT_TIMINGS, TAKES_NOTHING, NULL, "where the time went" },
	{ "quiet", 'q', TAKES_NOTHING, NULL, "errors only" },
	{ "verbose", 'v', TAKES_NOTHING, NULL, "source lines and what is written, too" },
	{ "json", OPT_JSON, TAKES_NOTHING, NULL, "diagnostics as JSON, one a line; with list: all of it as JSON" },
	{ "stats", OPT_STATS, TAKES_NOTHING, NULL, "with check: languages, keys, sections, known roles" },
	{ "markdown", OPT_MARKDOWN, TAKES_NOTHING, NULL, "with list: the built-in filters' manual, as Markdown" },
	{ "c", OPT_C, TAKES_NOTHING, NULL, "with new filter: one in C (or --lua, --python)" },
	{ "lua", OPT_LUA, TAKES_NOTHING, NULL, NULL },
	{ "python", OPT_PYTHON, TAKES_NOTHING, NULL, NULL },
	{ "help", 'h', TAKES_NOTHING, NULL, "this" },
	{ "version", 'V', TAKES_NOTHING, NULL, "the version" },
	{ NULL, 0, TAKES_NOTHING, NULL, NULL }
};

enum { COUNT = sizeof(cli_options) / sizeof(cli_options[0]) };

int
next_option(int argc, char **argv)
{
	struct option longs[COUNT] = { { 0 } };
	char shorts[2 * COUNT + 1], *p = shorts;
	int i;

	for (i = 0; i < COUNT - 1; i++) {
		const struct cli_option *o = &cli_options[i];

		longs[i] = (struct option){ o->name, o->value != NULL ? required_argument : no_argument, NULL, o->c };
		if (o->c > 255)
			continue;
		*p++ = (char)o->c;
		if (o->value != NULL)
			*p++ = ':';
	}
	*p = '\0';
	return getopt_long(argc, argv, shorts, longs, NULL);
}
