/*
 * aside.c - a large entry of an archive is packed by a process of its own, where the run
 * has several, while this one makes the next.  The contents of a book of thousands of
 * documents would else be all that any processor has to do for a while.
 */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../run/run.h"
#include "pack.h"

struct aside {
	pid_t		 pid;
	struct region	*region;	/* where the other process puts what it makes */
	char		*room;
	size_t		*len;
};

struct aside *
aside_begin(struct rp_job *job, const char *bytes, size_t len)
{
	enum { ROUNDING = 64 };
	struct rp_run *run = job->run;
	struct aside *a;
	pid_t pid;

	if (run->pool == NULL || run->worker != 0 || len < PACK_LARGE)
		return NULL;
	a = rp_alloc(job->doc, sizeof(*a));
	if ((a->region = region_new(sizeof(*a->len) + PACK_HEAD + len + ROUNDING)) == NULL)
		return NULL;
	a->len = region_take(a->region, sizeof(*a->len));
	a->room = region_take(a->region, PACK_HEAD + len);
	if ((pid = fork()) == 0) {
		*a->len = pack_into(run, a->room, bytes, len);
		_exit(0);
	}
	if (pid == -1) {
		region_free(a->region);
		return NULL;
	}
	a->pid = pid;	/* here only: a document may lie in memory that is shared */
	return a;
}

const char *
aside_end(struct aside *a, size_t *len)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(a->pid, &status, 0)) == -1 && errno == EINTR)
		;
	*len = *a->len;
	return pid == a->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? a->room : NULL;
}

void
aside_free(struct aside *a)
{
	region_free(a->region);
}
