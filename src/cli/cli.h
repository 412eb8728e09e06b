/* cli.h - the command line: argv only; it knows no format and no filter by name. */
#ifndef RP_CLI_H
#define RP_CLI_H

#include <stdio.h>

#include <rolepress/rolepress.h>
#include <rolepress/text.h>

enum { EXIT_USAGE = 2 };

/* A line of how far the run is. */
struct progress {
	double		 began, step_began, drawn;	/* seconds */
	enum rp_step	 step;
	int		 shown;
};

struct cli {
	const char	*to, *out, *folder;
	int		 quiet, verbose, json, stats, markdown, timings;
	const char	*cache;		/* NULL: where the user's caches are */
	char		*own_cache;	/* that, to be freed */
	const char	*config;	/* that a build reads */
	const char	*depfile;	/* NULL: none is asked for */
	int		 watching;
	int		 filters;	/* the command line names some */
	int		 no_cache;
	long		 shard, shards;	/* 0: not asked for */
	int		 jobs;		/* 0: one per processor */
	enum language { LANGUAGE_NONE, LANGUAGE_C, LANGUAGE_LUA, LANGUAGE_PYTHON } language;
	int		 strict;	/* warnings fail the run */
	size_t		 warnings;	/* that were told, with -q; the first is shown if strict */
	size_t		 line_limit;	/* bytes of a line that stream reads */
	struct rp_run	*run;
	struct progress	 progress;
	size_t		 written;
};

/* ---- options.c: what getopt, --help and completion read ---- */

enum takes {
	TAKES_NOTHING, TAKES_FORMAT, TAKES_READER, TAKES_FILE, TAKES_FILTER, TAKES_DEFAULT_FILTER,
	TAKES_SETTING, TAKES_WARNING, TAKES_NUMBER
};

struct cli_option {
	const char	*name;		/* long */
	int		 c;		/* short, or a number above 255 */
	enum takes	 takes;
	const char	*value;		/* what to call it; NULL: it takes none */
	const char	*help;
};

enum {
	OPT_JSON = 256, OPT_STATS, OPT_FROM, OPT_MARKDOWN, OPT_C, OPT_LUA, OPT_PYTHON, OPT_MEMORY, OPT_TIMINGS,
	OPT_CACHE, OPT_NO_CACHE, OPT_SHARD, OPT_DEPFILE, OPT_WATCH, OPT_LINE_LIMIT
};

/* Ends with a NULL name. */
extern const struct cli_option cli_options[];

struct cli_command {
	const char	*name;
	int		 (*run)(struct cli *, char **argv);
	const char	*arguments;
	const char	*help;
};

/* main.c; ends with a NULL name */
extern const struct cli_command cli_commands[];

/* getopt_long() on the table: an option's c, -1 at the end, or '?'. */
int	next_option(int argc, char **argv);

/* show.c: diagnostics to standard error */
int	shows_sources(const struct cli *);	/* are source lines shown too? */
void	show_message(const struct rp_message *, void *cli);
/* Says why the run failed, if nothing that was shown does. */
void	show_verdict(const struct cli *);

/* progress.c: on a terminal only; whoever writes to it erases the line before */
void	progress_begin(struct progress *, struct rp_run *);
void	progress_erase(struct progress *);

/* help.c */
void	show_help(FILE *);
void	show_hint(const char *wrong, const char *what);	/* one line, and where help is */

/* stats.c */
void	show_stats(struct rp_run *);

/* cache.c: where a build keeps what it made; NULL if nobody says where caches are.  The
 * caller's to free. */
char	*cache_folder(const char *config, const char *out);

/* depfile.c: 0 or -1 after a message */
int	write_depfile(struct rp_run *, const char *path);

/* watch.c */
struct watch;
struct watch *watch_open(void);		/* NULL after a message */
/* Watches what a run was made of, and its configuration. */
void	watch_add(struct watch *, struct rp_run *, const char *config, const char *depfile);
int	watch_wait(struct watch *);	/* until something has changed; -1: it cannot */
void	watch_close(struct watch *);

/* timings.c */
void	show_timings(struct rp_run *);

/* stream.c */
int	stream(struct cli *, char **argv);

/* list.c */
int	list_all(struct rp_run *);
int	list_one(struct rp_run *, const char *name);

/* manual.c: the built-in filters as a manual page in Markdown */
int	list_markdown(struct rp_run *);

/* complete.c */
int	completion(struct cli *, char **argv);

/* new.c */
int	new_thing(struct cli *, char **argv);

#endif
