/*
 * pool.c - a run's stages by several processes.
 *
 * Processes, not threads: cmark-gfm's tables are global, the author of a plugin
 * need not think of threads, and a document that crashes its process takes that
 * one along and nothing else.  Workers are forked before anything is read, so
 * that what follows is at the same address in all of them: facts, the index and
 * its strings lie in regions that they share, one region per process that
 * writes.  A worker takes the next document that nobody has; between the stages
 * it keeps the trees that it has read, and the parent makes the index.
 *
 * Parent and worker say one byte to each other: "do this stage", "it is done".
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run.h"

enum { NOBODY = -1, PROGRESS_EVERY = 50 /* ms */ };

struct worker {
	pid_t		 pid;		/* 0: it is gone */
	int		 fd;		/* the parent's end */
	struct region	*region;
};

/* What all processes write to, in the parent's region. */
struct board {
	pid_t		 parent;
	struct index	*index;		/* when it has been made */
	atomic_size_t	 next;		/* document that nobody has begun */
	atomic_size_t	 done;		/* how many are done with the stage */
	atomic_long	 at[];		/* by worker: the document it is at, or NOBODY */
};

struct pool {
	struct region	*region;
	struct board	*board;
	struct worker	*workers;	/* from 1; 0 is the parent */
	int		 count;
};

/* ---- In the worker ---- */

static int
is_mine(const struct rp_run *run, const struct facts *f, enum stage upto)
{
	if (f->stage >= upto)
		return 0;
	if (f->failed)
		return 1;
	/* Another one holds its tree. */
	return upto == READ || f->worker == NOBODY || f->tree.len > 0 || f->worker == run->worker;
}

static void
work_on(struct rp_run *run, size_t i, enum stage upto)
{
	struct pool *p = run->pool;

	if (!is_mine(run, &run->facts[i], upto) || getppid() != p->board->parent)
		return;
	atomic_store(&p->board->at[run->worker], (long)i);
	stage_do(run, i, upto);
	atomic_store(&p->board->at[run->worker], NOBODY);
	atomic_fetch_add(&p->board->done, 1);
}

static void
work(struct rp_run *run, enum stage upto)
{
	struct pool *p = run->pool;
	size_t i;

	/* First the trees that only this process has. */
	for (i = 0; upto == DONE && i < run->input_count; i++)
		if (run->docs[i] != NULL)
			work_on(run, i, upto);
	while ((i = atomic_fetch_add(&p->board->next, 1)) < run->input_count)
		work_on(run, i, upto);
}

/* Never returns to what the embedder has on its stack. */
static void
serve(struct rp_run *run, int fd)
{
	char order;
	ssize_t k;

	for (;;) {
		k = read(fd, &order, 1);
		if (k == -1 && errno == EINTR)
			continue;
		if (k != 1)
			_exit(0);	/* the parent is gone, or done */
		run->index = run->pool->board->index;
		work(run, order == 'r' ? READ : DONE);
		if (send(fd, "d", 1, MSG_NOSIGNAL) != 1)
			_exit(0);
	}
}

/* ---- In the parent ---- */

static int
start(struct rp_run *run, int w)
{
	struct pool *p = run->pool;
	int fd[2], i;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) == -1)
		return -1;
	pid = fork();
	if (pid == -1) {
		close(fd[0]);
		close(fd[1]);
		return -1;
	}
	if (pid > 0) {
		close(fd[1]);
		p->workers[w].pid = pid;
		p->workers[w].fd = fd[0];
		return 0;
	}
	close(fd[0]);
	for (i = 1; i < p->count; i++)
		if (p->workers[i].pid != 0)
			close(p->workers[i].fd);
	run->worker = w;
	run->index_doc = doc_new_in(run, "index", p->workers[w].region);
	store_resume(&run->stores[w]);
	serve(run, fd[1]);
	return -1;
}

/* In which filter; built-in ones are not what a user would look into, but may be told. */
static const char *
where(struct rp_run *run, const struct facts *f)
{
	const char *file;

	if (f->in == NULL)
		return "";
	file = registry_file(&run->registry, f->in);
	return str_format(&run->arena, ", in filter %s%s%s%s", f->in->name, file != NULL ? " (" : "",
	    file != NULL ? file : "", file != NULL ? ")" : "");
}

/* Says which document its process died of, and what that was. */
static void
report_death(struct rp_run *run, int w, int status, enum stage upto)
{
	long at = atomic_exchange(&run->pool->board->at[w], NOBODY);
	char what[64];
	struct facts *f;
	size_t i;

	if (WIFSIGNALED(status))
		snprintf(what, sizeof(what), "signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(what, sizeof(what), "exit status %d", WEXITSTATUS(status));
	for (i = 0; i < run->input_count; i++)
		if (run->facts[i].worker == w && run->facts[i].tree.len == 0)
			run->facts[i].worker = NOBODY;
	if (at == NOBODY) {
		diag_run(run, RP_D_WORKER_DIED, NULL, rp_nowhere, what, "", NULL);
		return;
	}
	f = &run->facts[at];
	diag_run(run, RP_D_WORKER_DIED, run->inputs[at].path, rp_nowhere, what, where(run, f), NULL);
	if (upto == READ)
		f->failed = 1;
	else
		f->spoilt = 1;
	f->entry = upto == READ ? NULL : f->entry;
	f->stage = upto;
	f->unsure = 1;
}

/* Waits for its end, which closing brings about; how it ended. */
static int
end(struct worker *k)
{
	int status = 0;

	close(k->fd);
	while (waitpid(k->pid, &status, 0) == -1 && errno == EINTR)
		;
	k->pid = 0;
	return status;
}

static void
bury(struct rp_run *run, int w, enum stage upto)
{
	report_death(run, w, end(&run->pool->workers[w]), upto);
}

static void
order(struct rp_run *run, int w, enum stage upto)
{
	struct worker *k = &run->pool->workers[w];

	if (k->pid != 0 && send(k->fd, upto == READ ? "r" : "w", 1, MSG_NOSIGNAL) != 1)
		bury(run, w, upto);
}

/* While the worker is at it, the caller is told how far all of them are. */
static void
tell_progress(struct rp_run *run, int fd, enum stage upto)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t done;

	while (poll(&p, 1, PROGRESS_EVERY) <= 0) {
		done = atomic_load(&run->pool->board->done);
		run_progress(run, stage_step(upto), done < run->input_count ? done : run->input_count,
		    run->input_count);
	}
}

static void
await(struct rp_run *run, int w, enum stage upto)
{
	struct worker *k = &run->pool->workers[w];
	ssize_t n;
	char done;

	if (k->pid == 0)
		return;
	if (run->progress != NULL)
		tell_progress(run, k->fd, upto);
	do
		n = read(k->fd, &done, 1);
	while (n == -1 && errno == EINTR);
	if (n != 1)
		bury(run, w, upto);
}

static size_t
left(const struct rp_run *run, enum stage upto)
{
	size_t i, n = 0;

	for (i = 0; i < run->input_count; i++)
		n += run->facts[i].stage < upto;
	return n;
}

/* What a dead process leaves is done by a new one, until nothing is left: each death
 * costs one document at least. */
void
pool_run(struct rp_run *run, enum stage upto)
{
	struct pool *p = run->pool;
	size_t before, after = left(run, upto);
	int w;

	p->board->index = run->index;
	atomic_store(&p->board->done, 0);
	while ((before = after) > 0) {
		atomic_store(&p->board->next, 0);
		for (w = 1; w < p->count; w++)
			if (p->workers[w].pid == 0)
				start(run, w);	/* if it cannot, the others do its work */
		for (w = 1; w < p->count; w++)
			order(run, w, upto);
		for (w = 1; w < p->count; w++)
			await(run, w, upto);
		after = left(run, upto);
		if (after == before) {		/* no process could be had */
			stage_alone(run, upto);
			return;
		}
	}
}

/* Regions are address space, not memory: large enough for any index. */
static size_t
region_size(const struct rp_run *run)
{
	return ((size_t)1 << 30) + run->input_count * ((size_t)256 << 10);
}

int
pool_open(struct rp_run *run)
{
	struct pool *p = xcalloc(1, sizeof(*p));
	int w;

	run->pool = p;
	p->count = run->workers + 1;
	p->workers = xcalloc((size_t)p->count, sizeof(*p->workers));
	p->region = region_new(region_size(run));
	if (p->region == NULL)
		goto fail;
	for (w = 1; w < p->count; w++)
		if ((p->workers[w].region = region_new(region_size(run))) == NULL)
			goto fail;
	p->board = region_take(p->region, sizeof(*p->board) + (size_t)p->count * sizeof(atomic_long));
	p->board->parent = getpid();
	for (w = 0; w < p->count; w++)
		atomic_init(&p->board->at[w], NOBODY);
	return 0;
fail:
	pool_close(run);
	return -1;
}

struct region *
pool_region(const struct rp_run *run)
{
	return run->pool != NULL ? run->pool->region : NULL;
}

size_t
pool_shared(const struct rp_run *run)
{
	const struct pool *p = run->pool;
	size_t bytes = region_used(p->region);
	int w;

	for (w = 1; w < p->count; w++)
		bytes += region_used(p->workers[w].region);
	return bytes;
}

void
pool_dismiss(struct rp_run *run)
{
	struct pool *p = run->pool;
	int w;

	for (w = 1; p != NULL && w < p->count; w++)
		if (p->workers[w].pid != 0)
			end(&p->workers[w]);
}

void
pool_close(struct rp_run *run)
{
	struct pool *p = run->pool;
	int w;

	if (p == NULL)
		return;
	pool_dismiss(run);
	for (w = 1; w < p->count; w++)
		region_free(p->workers[w].region);
	region_free(p->region);
	free(p->workers);
	free(p);
	run->pool = NULL;
}
