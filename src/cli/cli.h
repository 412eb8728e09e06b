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
	int		 quiet, verbose, json, stats, timings;
	int		 jobs;		/* 0: one per processor */
	size_t		 line_limit;	/* bytes of a line that stream reads */
	struct rp_run	*run;
	struct progress	 progress;
	size_t		 written;
};

/* show.c: diagnostics to standard error */
void	show_message(const struct rp_message *, void *cli);

/* progress.c: on a terminal only; whoever writes to it erases the line before */
void	progress_begin(struct progress *, struct rp_run *);
void	progress_erase(struct progress *);

/* help.c */
void	show_help(FILE *);
void	show_hint(const char *wrong, const char *what);	/* one line, and where help is */

/* stats.c */
void	show_stats(struct rp_run *);

/* timings.c */
void	show_timings(struct rp_run *);

/* stream.c */
int	stream(struct cli *, char **argv);

/* list.c */
int	list_all(struct rp_run *);
int	list_one(struct rp_run *, const char *name);

#endif
