/*
 * stream.h - JSON Lines in, JSON Lines out: a document a line.
 *
 *	stream.c	the command
 *	line.c		lines of standard input
 *	answer.c	what a line is answered with
 */
#ifndef RP_STREAM_H
#define RP_STREAM_H

#include <jansson.h>

#include "../core/core.h"
#include "cli.h"

/* ---- line.c ---- */

struct lines {
	int	 fd;
	char	*buf;
	size_t	 cap, at, end;		/* what has been read and not yet given: from at to end */
	size_t	 longest;		/* bytes of a line */
	size_t	 number;		/* of the line given last, from 1 */
	int	 ended;
};

enum line { LINE_END, LINE, LINE_TOO_LONG, LINE_FAILED /* errno says why */ };

/* The next line, without its end; it stays until the next call. */
enum line	line_next(struct lines *, const char **text, size_t *len);
void		lines_free(struct lines *);

/* ---- answer.c ---- */

struct answer {
	struct cli	*cli;
	size_t		 line;		/* of standard input */
	struct rp_doc	*doc;		/* whose memory the emitters use */
	struct rp_job	 job;
	struct rp_json	*json, *messages;
	struct rp_sink	 out, told, coded;	/* kept from line to line */
};

/* The answer to one line: begun, told things in any order but messages, ended. */
void	answer_begin(struct answer *, struct cli *, size_t line);
/* The object's own members, but its text. */
void	answer_pass(struct answer *, json_t *object);
/* A name of a member that an answer has, among those of the object; NULL: none. */
const char *answer_clash(json_t *object);
/* An rp_take. */
int	answer_output(const char *path, const char *bytes, size_t len, void *answer);
/* An rp_listener. */
void	answer_message(const struct rp_message *, void *answer);
/* The line itself is at fault. */
void	answer_fault(struct answer *, size_t col, const char *why);
/* Prints it; 0, or -1 if that failed. */
int	answer_end(struct answer *, int status);
void	answer_free(struct answer *);

#endif
