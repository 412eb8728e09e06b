/* main.c - from argv to a run. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { LINE_LIMIT = 256 << 20 };

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

/* The words of the command line stay whole: --watch reads them again. */
static int
set(struct cli *cli, const char *pair)
{
	const char *eq = strchr(pair, '=');
	char *key;
	int rc;

	if (eq == NULL || eq == pair) {
		show_hint("-s wants KEY=VALUE, not", pair);
		return -1;
	}
	key = strndup(pair, (size_t)(eq - pair));
	rc = key != NULL ? rp_run_set(cli->run, key, eq + 1) : -1;
	free(key);
	return rc;
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

static int
set_shard(struct cli *cli, const char *arg)
{
	int end = 0;

	if (sscanf(arg, "%ld/%ld%n", &cli->shard, &cli->shards, &end) == 2 && arg[end] == '\0' &&
	    cli->shard >= 1 && cli->shard <= cli->shards && cli->shards <= 100000)
		return 0;
	show_hint("--shard wants its number and how many there are, such as 1/4, not", arg);
	return -1;
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
set_warning(struct cli *cli, const char *what)
{
	char hide[64];
	int n = snprintf(hide, sizeof(hide), "no-%s", what);

	cli->strict |= strcmp(what, "error") == 0;
	/* "no-title" is the name of a diagnostic, not a wish to hide one called "title". */
	if (strncmp(what, "no-", 3) == 0 && n < (int)sizeof(hide) && rp_run_warn(cli->run, hide) == 0)
		fprintf(stderr, "rolepress: -W %s shows the diagnostic of that name; -W %s hides it\n", what, hide);
	if (rp_run_warn(cli->run, what) == 0)
		return 0;
	show_hint("-W: there is no diagnostic named", what);
	return -1;
}

static int
set_language(struct cli *cli, enum language language)
{
	if (cli->language != LANGUAGE_NONE && cli->language != language) {
		show_hint("a new filter is in one language: --c, --lua or --python", NULL);
		return -1;
	}
	cli->language = language;
	return 0;
}

static int
take(struct cli *cli, int c)
{
	switch (c) {
	case 't': cli->to = optarg; return 0;
	case 'o': cli->out = optarg; return 0;
	case 'f': cli->filters = 1; return rp_run_filter(cli->run, optarg);
	case 'x': cli->filters = 1; return rp_run_without(cli->run, optarg);
	case 's': return set(cli, optarg);
	case 'j': return set_jobs(cli, optarg);
	case 'q': cli->quiet = 1; return 0;
	case 'v': cli->verbose = 1; return 0;
	case OPT_JSON: cli->json = 1; return 0;
	case OPT_SHARD: return set_shard(cli, optarg);
	case OPT_DEPFILE: cli->depfile = optarg; return 0;
	case OPT_WATCH: cli->watching = 1; return 0;
	case OPT_CACHE: cli->cache = optarg; return 0;
	case OPT_NO_CACHE: cli->no_cache = 1; return 0;
	case OPT_TIMINGS: cli->timings = 1; return 0;
	case OPT_STATS: cli->stats = 1; return 0;
	case OPT_MEMORY: return set_memory(cli, optarg);
	case OPT_MARKDOWN: cli->markdown = 1; return 0;
	case OPT_C: return set_language(cli, LANGUAGE_C);
	case OPT_LUA: return set_language(cli, LANGUAGE_LUA);
	case OPT_PYTHON: return set_language(cli, LANGUAGE_PYTHON);
	case OPT_LINE_LIMIT:
		return megabytes(optarg, 1, "--line-limit wants a number of megabytes, not", &cli->line_limit);
	case OPT_FROM: cli->filters = 1; return rp_run_from(cli->run, optarg);
	case 'W': return set_warning(cli, optarg);
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

	if (cli->cache != NULL && !cli->no_cache)
		rp_run_cache(cli->run, cli->cache);
	if (!cli->stats)
		rp_run_jobs(cli->run, cli->jobs);
	rp_run_sources(cli->run, shows_sources(cli));
	if (cli->quiet)
		rp_run_least(cli->run, RP_ERROR);
	if (!cli->quiet && !cli->json)
		progress_begin(&cli->progress, cli->run);
	status = rp_run_execute(cli->run);
	progress_erase(&cli->progress);
	if (cli->depfile != NULL && status != EXIT_USAGE && write_depfile(cli->run, cli->depfile) == -1)
		status = 1;
	if (cli->timings)
		show_timings(cli->run);
	return status;
}

/* ---- Commands ---- */

/* Reads this machine's share of the documents, for "rolepress merge". */
static int
shard(struct cli *cli, char **argv)
{
	int missing, status;

	if (cli->out == NULL || *cli->out == '\0' || cli->to != NULL) {
		show_hint("--shard writes to a folder for rolepress merge: name it with -o, and leave -t "
		    "to the merge", NULL);
		return EXIT_USAGE;
	}
	missing = add_inputs(cli, argv);
	if (missing && *argv == NULL)
		return EXIT_USAGE;
	rp_run_shard(cli->run, cli->shard, cli->shards, cli->out);
	status = execute(cli);
	return status == 0 && missing ? 1 : status;
}

static int
merge(struct cli *cli, char **argv)
{
	if (*argv == NULL || **argv == '\0' || argv[1] != NULL) {
		show_hint("merge takes the folder that --shard wrote to", NULL);
		return EXIT_USAGE;
	}
	if (cli->filters) {
		show_hint("merge takes no -f, -x or --from: the shards have been through their filters", NULL);
		return EXIT_USAGE;
	}
	if (cli->to == NULL && cli->out == NULL) {
		show_hint("name a format (-t) or an output (-o) to merge into", NULL);
		return EXIT_USAGE;
	}
	if (rp_run_merge(cli->run, *argv) == -1 ||
	    rp_run_output(cli->run, cli->to, cli->out != NULL ? cli->out : "-") == -1)
		return EXIT_USAGE;
	if (cli->shards > 0)
		rp_run_shard(cli->run, cli->shard, cli->shards, NULL);
	return execute(cli);
}

static int
convert(struct cli *cli, char **argv)
{
	int missing, status;

	if (cli->shards > 0)
		return shard(cli, argv);
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
	cli->config = path;
	if (cli->out != NULL)
		rp_run_output_folder(cli->run, cli->out);
	if (rp_run_config(cli->run, path) == -1)
		return EXIT_USAGE;
	if (cli->cache == NULL)
		cli->cache = cli->own_cache = cache_folder(path, cli->out);
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
	const char *text;
	int rc = 0;

	if ((cli->json || cli->markdown) && *argv != NULL) {
		show_hint("list --json and list --markdown take no name, not", *argv);
		return EXIT_USAGE;
	}
	if (cli->json) {
		text = rp_run_known_json(cli->run);
		return text != NULL && puts(text) != EOF ? 0 : 1;
	}
	if (cli->markdown)
		return list_markdown(cli->run);
	if (*argv == NULL)
		return list_all(cli->run);
	for (; *argv != NULL; argv++)
		if (list_one(cli->run, *argv) != 0)
			rc = EXIT_USAGE;
	return rc;
}

const struct cli_command cli_commands[] = {
	{ "build", build, "[rolepress.yaml]", "make all outputs of a handbook" },
	{ "check", check, "INPUT...", "read and resolve, write nothing" },
	{ "merge", merge, "FOLDER [-t FORMAT] [-o OUT]", "bind what --shard K/N -o FOLDER/ has read" },
	{ "stream", stream, "-t FORMAT", "JSON Lines in, JSON Lines out" },
	{ "list", list, "[NAME]", "filters and formats, and their options" },
	{ "new", new_thing, "filter NAME [--c|--lua|--python]", "begin a filter of your own" },
	{ "completion", completion, "bash|zsh|fish", "completion for a shell" },
	{ NULL, NULL, NULL, NULL }
};

/* What an option means to one command, it does not mean to all. */
static int
fits(const struct cli *cli, const struct cli_command *c)
{
	if (cli->watching && c->run != build)
		show_hint("--watch is for rolepress build, not", c->name);
	else if (cli->shards > 0 && c->run != merge)
		show_hint("--shard is for reading documents, and for merge, not", c->name);
	else if ((cli->cache != NULL || cli->depfile != NULL) &&
	    (c->run == check || c->run == stream || c->run == list))
		show_hint("--cache and --depfile are for what writes files, not", c->name);
	else
		return 1;
	return 0;
}

static int
command(struct cli *cli, char **argv)
{
	const struct cli_command *c;

	for (c = cli_commands; *argv != NULL && c->name != NULL; c++)
		if (strcmp(*argv, c->name) == 0)
			return fits(cli, c) ? c->run(cli, argv + 1) : EXIT_USAGE;
	if (*argv == NULL) {
		show_help(stderr);
		return EXIT_USAGE;
	}
	if (cli->watching) {
		show_hint("--watch is for rolepress build", NULL);
		return EXIT_USAGE;
	}
	return convert(cli, argv);
}

/* Reads the command line, and does what it says. */
static int
once(struct cli *cli, int argc, char **argv)
{
	int c, status = -1;

	optind = 1;
	cli->run = rp_run_new();
	rp_run_listen(cli->run, show_message, cli);
	rp_run_on_written(cli->run, written, cli);
	while (status == -1 && (c = next_option(argc, argv)) != -1) {
		if (c == 'h') {
			show_help(stdout);
			status = 0;
		} else if (c == 'V') {
			printf("rolepress %s\n", rp_version());
			status = 0;
		} else if (take(cli, c) == -1) {
			status = EXIT_USAGE;
		}
	}
	if (status == -1)
		status = command(cli, argv + optind);
	show_verdict(cli);
	return status;
}

static void
dispose(struct cli *cli)
{
	rp_run_free(cli->run);
	free(cli->own_cache);
	*cli = (struct cli){ .line_limit = LINE_LIMIT };
}

/* Builds again and again; ends with a signal. */
static int
keep_watching(struct cli *cli, int argc, char **argv, struct watch *w)
{
	int status;

	do {
		dispose(cli);
		status = once(cli, argc, argv);
		/* What has changed meanwhile is seen: the folders of the last build are watched still. */
		watch_add(w, cli->run, cli->config, cli->depfile);
		if (!cli->quiet)
			fputs("rolepress: watching\n", stderr);
	} while (watch_wait(w) == 0);
	return status;
}

int
main(int argc, char **argv)
{
	struct cli cli = { .line_limit = LINE_LIMIT };
	struct watch *w;
	int status = once(&cli, argc, argv);

	if (cli.watching && cli.config != NULL && (w = watch_open()) != NULL) {
		/* What changed while the first build ran is built once more, from the cache. */
		watch_add(w, cli.run, cli.config, cli.depfile);
		status = keep_watching(&cli, argc, argv, w);
		watch_close(w);
	}
	if (fflush(stdout) == EOF && status == 0)
		status = 1;
	dispose(&cli);
	return status;
}
