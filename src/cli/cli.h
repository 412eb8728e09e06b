/* cli.h - the command line: argv only; it knows no format and no filter by name. */
#ifndef RP_CLI_H
#define RP_CLI_H

#include <stdio.h>

#include <rolepress/rolepress.h>
#include <rolepress/text.h>

enum { EXIT_USAGE = 2 };

struct cli {
	const char	*to, *out, *folder;
	int		 quiet, verbose, json, stats, timings;
	const char	*cache;		/* NULL: where the user's caches are */
	char		*own_cache;	/* that, to be freed */
	int		 no_cache;
	int		 jobs;		/* 0: one per processor */
	int		 strict;	/* warnings fail the run */
	size_t		 warnings;	/* that were told, with -q; the first is shown if strict */
	struct rp_run	*run;
	size_t		 written;
};

/* show.c: diagnostics to standard error */
void	show_message(const struct rp_message *, void *cli);
/* Says why the run failed, if nothing that was shown does. */
void	show_verdict(const struct cli *);

/* help.c */
void	show_help(FILE *);
void	show_hint(const char *wrong, const char *what);	/* one line, and where help is */

/* stats.c */
void	show_stats(struct rp_run *);

/* cache.c: where a build keeps what it made; NULL if nobody says where caches are.  The
 * caller's to free. */
char	*cache_folder(const char *config, const char *out);

/* timings.c */
void	show_timings(struct rp_run *);

/* list.c */
int	list_all(struct rp_run *);
int	list_one(struct rp_run *, const char *name);

#endif
