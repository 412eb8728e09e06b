/*
 * pipe.h - filters in any language: programs at the other end of pipes.
 *
 *	pipe.c		the loader, the options, and the run on one document
 *	protocol.c	a document's tree to bytes, and back
 *	program.c	programs: found, started, ended
 *	spawn.c		one process with pipes on its standard streams
 *	exchange.c	bytes to and from a program, both at the same time
 *	told.c		what a program says on standard error, as diagnostics
 */
#ifndef PIPE_H
#define PIPE_H

#include <sys/types.h>

#include <rolepress/emit.h>

/* ---- A process (spawn.c) ---- */

struct process {
	pid_t	pid;		/* 0: none */
	pid_t	owner;		/* who started it: a fork of that one leaves it alone */
	int	in, out, err;	/* our ends of its standard streams; -1: closed */
};

/* file: a path, or a name to be looked for in PATH.  0, or -1 with errno. */
int	process_start(struct process *, const char *file, char *const argv[], char *const envp[]);
/* Tells it that no more will come. */
void	process_close_in(struct process *);
/*
 * Waits until it has ended, up to that time; then, or if now is set, ends it, and
 * all of its group.  What waitpid() says of it, or -1 if that is not known.
 */
int	process_end(struct process *, long long until, int now);
/* Did it end within that time?  It can still be asked how. */
int	process_has_ended(const struct process *, long long until);
/* Milliseconds of a clock that nobody sets. */
long long clock_now(void);

/* ---- Programs (program.c) ---- */

enum { PROGRAMS = 4 };	/* at a time, for one file: one for each way of being started */

struct program {
	struct process	 process;
	char		*key;		/* how it was started; on the heap */
	unsigned	 used;		/* when, by a count of uses */
};

/* What a loaded filter knows of its file; lives as long as the filter. */
struct source {
	const char	*path;
	const char	*interpreter;	/* NULL: the file itself is run */
	struct program	 programs[PROGRAMS];
	unsigned	 uses;
};

struct pipe;

/* What runs the file; 0, or what rp_loading_fail() returned. */
int	program_find(struct source *, struct rp_loading *);
/* The program, started if it is not running; NULL with errno. */
struct process *program_get(struct source *, struct rp_job *, const struct pipe *);
void	program_end_all(struct source *);

/* ---- Options (pipe.c) ---- */

struct pipe {
	const char	*protocol;	/* tree, pandoc */
	const char	*keep;		/* yes, no; NULL: as the protocol has it */
	const char	*on_error;	/* fail, keep */
	long		 timeout;	/* seconds */
	const char	*format;	/* pandoc: what the filter is told; NULL: of the first output */
	const char	*api;		/* pandoc: 1.22, 1.23 */
	const char	*args;
};

int	is_pandoc(const struct pipe *);
int	is_kept(const struct pipe *);
/* The format's name in pandoc's words. */
const char *pandoc_format(struct rp_job *, const struct pipe *);

/* ---- What a program says (told.c) ---- */

enum { TOLD_LAST = 3, TOLD_LINE = 400 };

struct told {
	struct rp_job	*job;
	char		 line[TOLD_LINE + 4];	/* as far as it has come */
	size_t		 len;
	int		 cut;			/* the rest of a line too long */
	char		 last[TOLD_LAST][TOLD_LINE + 16];
	unsigned	 count;
};

void	told_bytes(struct told *, const char *, size_t);
void	told_end(struct told *);
/* The last lines, for the diagnostic of a failure; "" if there are none. */
const char *told_last(struct told *);

/* ---- The exchange (exchange.c) ---- */

enum outcome {
	ANSWERED,
	ENDED,		/* the program ended, or closed its standard output */
	TIMED_OUT,
	TOO_MUCH,
	STRAY		/* there is more than the answer */
};

/*
 * Sends the bytes, and takes the answer into got: one line, without its end, or all
 * up to the end of the program's output.  Never waits longer than until.
 */
enum outcome exchange(struct process *, const char *bytes, size_t len, struct rp_sink *got,
	    struct told *, int one_line, long long until);

/* ---- The tree in the program's form (protocol.c) ---- */

/* 0 or -1 after a diagnostic */
int	protocol_write(struct rp_job *, const struct pipe *, struct rp_sink *);
/* The tree of an answer in the place of the document's; 0 or -1 after a diagnostic. */
int	protocol_read(struct rp_job *, const struct pipe *, const char *bytes, size_t len);

#endif
