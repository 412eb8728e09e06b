/*
 * exchange.c - bytes to and from a program, both at the same time: a program may
 * answer, or complain, before it has read all, and a pipe holds little.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pipe.h"

enum {
	CHUNK	= 65536,
	MOST	= 256 << 20	/* bytes of an answer: more is a program gone wild */
};

struct state {
	struct process	*p;
	const char	*send;
	size_t		 left;
	struct rp_sink	*got;
	size_t		 got_len;
	struct told	*told;
	int		 one_line, broken;	/* broken: it reads no more */
	int		 complete, stray;	/* of a line: its end has come; and more */
};

/*
 * Writes without the signal that a library must not let loose on its program: held
 * back in this thread only, and taken away unless it was waiting already.
 */
static ssize_t
put(int fd, const char *bytes, size_t len)
{
	static const struct timespec at_once;
	sigset_t sigpipe, before, waiting;
	ssize_t k;
	int e;

	sigemptyset(&sigpipe);
	sigaddset(&sigpipe, SIGPIPE);
	sigemptyset(&waiting);
	sigpending(&waiting);
	pthread_sigmask(SIG_BLOCK, &sigpipe, &before);
	k = write(fd, bytes, len);
	e = errno;
	if (k == -1 && e == EPIPE && !sigismember(&waiting, SIGPIPE))
		while (sigtimedwait(&sigpipe, NULL, &at_once) == -1 && errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = e;
	return k;
}

static int
is_later(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static void
send_some(struct state *s)
{
	ssize_t k = put(s->p->in, s->send, s->left < CHUNK ? s->left : CHUNK);

	if (k == -1 && is_later())
		return;
	if (k == -1) {
		s->broken = 1;
		s->left = 0;
	} else {
		s->send += k;
		s->left -= (size_t)k;
	}
	/* Once per document: the end of the input is the end of the document. */
	if (s->left == 0 && (s->broken || !s->one_line))
		process_close_in(s->p);
}

static void
take(struct state *s, const char *bytes, size_t len)
{
	const char *end = s->one_line ? memchr(bytes, '\n', len) : NULL;
	size_t part = end != NULL ? (size_t)(end - bytes) : len;

	if (s->complete) {
		s->stray = 1;
		return;
	}
	rp_put(s->got, bytes, part);
	s->got_len += part;
	if (end == NULL)
		return;
	s->complete = 1;
	s->stray = part + 1 < len;
}

/* 1: something came, or may come later; 0: the program's output has ended. */
static int
receive(struct state *s)
{
	char buf[CHUNK];
	ssize_t k = read(s->p->out, buf, sizeof(buf));

	if (k > 0)
		take(s, buf, (size_t)k);
	return k > 0 || (k == -1 && is_later());
}

/* What it has said so far; 0: it will say no more. */
static int
listen_to(struct process *p, struct told *told)
{
	char buf[4096];
	ssize_t k;

	while ((k = read(p->err, buf, sizeof(buf))) > 0)
		told_bytes(told, buf, (size_t)k);
	return k == -1 && is_later();
}

/* Waits for the program to end, listening: it may have much to say. */
static enum outcome
finish(struct state *s, long long until)
{
	while (!process_has_ended(s->p, clock_now() + 5)) {
		listen_to(s->p, s->told);
		if (clock_now() >= until)
			return TIMED_OUT;
	}
	return ANSWERED;
}

/* A program that is kept has nothing to say before it is asked. */
static int
speaks_early(struct process *p)
{
	struct pollfd fd = { .fd = p->out, .events = POLLIN };

	return poll(&fd, 1, 0) == 1 && (fd.revents & POLLIN);
}

enum outcome
exchange(struct process *p, const char *bytes, size_t len, struct rp_sink *got, struct told *told,
    int one_line, long long until)
{
	struct state s = { .p = p, .send = bytes, .left = len, .got = got, .told = told, .one_line = one_line };
	enum outcome outcome = ANSWERED;
	struct pollfd fds[3];
	long long wait;
	int hears = 1;

	if (one_line && speaks_early(p))
		return STRAY;
	while (!s.complete || s.left > 0) {
		fds[0] = (struct pollfd){ .fd = s.left > 0 ? p->in : -1, .events = POLLOUT };
		fds[1] = (struct pollfd){ .fd = p->out, .events = POLLIN };
		fds[2] = (struct pollfd){ .fd = hears ? p->err : -1, .events = POLLIN };
		wait = until - clock_now();
		if (wait <= 0) {
			outcome = TIMED_OUT;
			break;
		}
		if (poll(fds, 3, wait < 60000 ? (int)wait : 60000) == -1)
			continue;	/* a signal; there is no other reason */
		if (fds[2].revents != 0)
			hears = listen_to(p, told);
		if (fds[0].revents != 0)
			send_some(&s);
		if (fds[1].revents != 0 && !receive(&s)) {
			outcome = one_line ? ENDED : finish(&s, until);
			break;
		}
		if (s.got_len > MOST) {
			outcome = TOO_MUCH;
			break;
		}
	}
	/* What was said before the answer is there by now. */
	listen_to(p, told);
	return outcome == ANSWERED && s.stray ? STRAY : outcome;
}
