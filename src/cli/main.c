/* main.c - from argv to a run. */
#define _GNU_SOURCE	/* getopt_long */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { OPT_JSON = 256, OPT_STATS, OPT_FROM, OPT_MEMORY, OPT_TIMINGS, OPT_LINE_LIMIT };

enum { LINE_LIMIT = 256 << 20 };

static const struct option options[] = {
	{ "to",      required_argument, NULL, 't' },
	{ "from",    required_argument, NULL, OPT_FROM },
	{ "output",  required_argument, NULL, 'o' },
	{ "filter",  required_argument, NULL, 'f' },
	{ "without", required_argument, NULL, 'x' },
	{ "set",     required_argument, NULL, 's' },
	{ "warn",    required_argument, NULL, 'W' },
	{ "jobs",    required_argument, NULL, 'j' },
	{ "memory",  required_argument, NULL, OPT_MEMORY },
	{ "line-limit", required_argument, NULL, OPT_LINE_LIMIT },
	{ "quiet",   no_argument,       NULL, 'q' },
	{ "verbose", no_argument,       NULL, 'v' },
	{ "json",    no_argument,       NULL, OPT_JSON },
	{ "stats",   no_argument,       NULL, OPT_STATS },
	{ "timings", no_argument,       NULL, OPT_TIMINGS },
	{ "help",    no_argument,       NULL, 'h' },
	{ "version", no_argument,       NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static void
written(const char *path, size_t bytes, void *arg)
{
	struct cli *cli = arg;

	cli->written++;
	if (!cli->verbose)
		return;
	progress_erase(&cli->progress);
	fprintf(stderr, "%s: %zu bytes\n", path, bytes);
}

static int
set(struct cli *cli, char *pair)
{
	char *eq = strchr(pair, '=');

	if (eq == NULL || eq == pair) {
		show_hint("-s wants KEY=VALUE, not", pair);
		return -1;
	}
	*eq = '\0';
	return rp_run_set(cli->run, pair, eq + 1);
}

static int
set_jobs(struct cli *cli, const char *arg)
{
	char *end;
	long n = strtol(arg, &end, 10);

	if (*arg == '\0' || *end != '\0' || n < 1 || n > 256) {
		show_hint("-j wants a number of processes from 1 to 256, not", arg);
		return -1;
	}
	cli->jobs = (int)n;
	return 0;
}

/* Bytes of a number of megabytes. */
static int
megabytes(const char *arg, long least, const char *wrong, size_t *bytes)
{
	char *end;
	long mb = strtol(arg, &end, 10);

	if (*arg == '\0' || *end != '\0' || mb < least || mb > 1 << 20) {
		show_hint(wrong, arg);
		return -1;
	}
	*bytes = (size_t)mb << 20;
	return 0;
}

static int
set_memory(struct cli *cli, const char *arg)
{
	size_t bytes;

	if (megabytes(arg, 0, "--memory wants a number of megabytes, not", &bytes) == -1)
		return -1;
	rp_run_memory(cli->run, bytes);
	return 0;
}

static int
take(struct cli *cli, int c)
{
	switch (c) {
	case 't': cli->to = optarg; return 0;
	case 'o': cli->out = optarg; return 0;
	case 'f': return rp_run_filter(cli->run, optarg);
	case 'x': return rp_run_without(cli->run, optarg);
	case 's': return set(cli, optarg);
	case 'j': return set_jobs(cli, optarg);
	case 'q': cli->quiet = 1; return 0;
	case 'v': cli->verbose = 1; return 0;
	case OPT_JSON: cli->json = 1; return 0;
	case OPT_TIMINGS: cli->timings = 1; return 0;
	case OPT_STATS: cli->stats = 1; return 0;
	case OPT_MEMORY: return set_memory(cli, optarg);
	case OPT_LINE_LIMIT:
		return megabytes(optarg, 1, "--line-limit wants a number of megabytes, not", &cli->line_limit);
	case OPT_FROM: return rp_run_from(cli->run, optarg);
	case 'W':
		if (rp_run_warn(cli->run, optarg) == 0)
			return 0;
		show_hint("-W: there is no diagnostic named", optarg);
		return -1;
	default:
		fputs("Try: rolepress --help\n", stderr);
		return -1;
	}
}

static int
add_inputs(struct cli *cli, char **argv)
{
	int rc = 0;

	if (*argv == NULL) {
		show_hint("name a file or folder to read", NULL);
		return -1;
	}
	for (; *argv != NULL; argv++)
		if (rp_run_input(cli->run, *argv) == -1)
			rc = -1;
	return rc;
}

/* Statistics look at the trees, which only a run in one process keeps. */
static int
execute(struct cli *cli)
{
	int status;

	if (!cli->stats)
		rp_run_jobs(cli->run, cli->jobs);
	if (!cli->quiet && !cli->json)
		progress_begin(&cli->progress, cli->run);
	status = rp_run_execute(cli->run);
	progress_erase(&cli->progress);
	if (cli->timings)
		show_timings(cli->run);
	return status;
}

/* ---- Commands ---- */

static int
convert(struct cli *cli, char **argv)
{
	int missing, status;

	if (cli->to == NULL && cli->out == NULL) {
		show_hint("name a format (-t epub, docbook, json, man, html ...) or an output (-o)", NULL);
		return EXIT_USAGE;
	}
	missing = add_inputs(cli, argv);
	if (missing && *argv == NULL)
		return EXIT_USAGE;
	if (rp_run_output(cli->run, cli->to, cli->out != NULL ? cli->out : "-") == -1)
		return EXIT_USAGE;
	status = execute(cli);
	return status == 0 && missing ? 1 : status;
}

static int
build(struct cli *cli, char **argv)
{
	const char *path = *argv != NULL ? *argv : "rolepress.yaml";

	if (*argv != NULL && argv[1] != NULL) {
		show_hint("build takes one file; what is", argv[1]);
		return EXIT_USAGE;
	}
	if (cli->to != NULL) {
		show_hint("build takes its formats from the configuration: leave -t out", NULL);
		return EXIT_USAGE;
	}
	if (cli->out != NULL)
		rp_run_output_folder(cli->run, cli->out);
	if (rp_run_config(cli->run, path) == -1)
		return EXIT_USAGE;
	return execute(cli);
}

static int
check(struct cli *cli, char **argv)
{
	size_t good, failed;
	int missing, status;

	if (cli->to != NULL || cli->out != NULL) {
		show_hint("check writes nothing: leave -t and -o out", NULL);
		return EXIT_USAGE;
	}
	missing = add_inputs(cli, argv);

	if (missing && *argv == NULL)
		return EXIT_USAGE;
	status = execute(cli);
	good = rp_run_documents(cli->run, &failed);
	if (!cli->quiet && !cli->json)
		fprintf(stderr, "%zu document%s read, %zu failed\n", good + failed,
		    good + failed == 1 ? "" : "s", failed);
	if (cli->stats)
		show_stats(cli->run);
	return status == 0 && missing ? 1 : status;
}

static int
list(struct cli *cli, char **argv)
{
	int rc = 0;

	if (*argv == NULL)
		return list_all(cli->run);
	for (; *argv != NULL; argv++)
		if (list_one(cli->run, *argv) != 0)
			rc = EXIT_USAGE;
	return rc;
}

static int
command(struct cli *cli, char **argv)
{
	static const struct { const char *name; int (*run)(struct cli *, char **); } commands[] = {
		{ "build", build }, { "check", check }, { "list", list },
		{ "stream", stream },
	};
	size_t i;

	for (i = 0; *argv != NULL && i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(*argv, commands[i].name) == 0)
			return commands[i].run(cli, argv + 1);
	if (*argv == NULL) {
		show_help(stderr);
		return EXIT_USAGE;
	}
	return convert(cli, argv);
}

int
main(int argc, char **argv)
{
	struct cli cli = { .line_limit = LINE_LIMIT };
	int c, status = -1;

	cli.run = rp_run_new();
	rp_run_listen(cli.run, show_message, &cli);
	rp_run_on_written(cli.run, written, &cli);
	while (status == -1 && (c = getopt_long(argc, argv, "t:o:f:x:s:W:j:qvhV", options, NULL)) != -1) {
		if (c == 'h') {
			show_help(stdout);
			status = 0;
		} else if (c == 'V') {
			printf("rolepress %s\n", rp_version());
			status = 0;
		} else if (take(&cli, c) == -1) {
			status = EXIT_USAGE;
		}
	}
	if (status == -1)
		status = command(&cli, argv + optind);
	if (fflush(stdout) == EOF && status == 0)
		status = 1;
	rp_run_free(cli.run);
	return status;
}
