/*
 * spawn.c - one process with pipes on its standard streams, in a group of its own, so
 * that what it starts ends with it.  It is killed if we are.
 */
#define _GNU_SOURCE	/* pipe2, execvpe: no other process must inherit the pipes */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pipe.h"

enum { READ, WRITE };

long long
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/* A pipe whose ends are no standard streams, even if we have none of those. */
static int
make_pipe(int fd[2])
{
	int i, high;

	if (pipe2(fd, O_CLOEXEC) == -1) {
		fd[READ] = fd[WRITE] = -1;
		return -1;
	}
	for (i = 0; i < 2; i++) {
		if (fd[i] > STDERR_FILENO)
			continue;
		high = fcntl(fd[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		close(fd[i]);
		fd[i] = high;
		if (high == -1)
			return -1;
	}
	return 0;
}

/* In the new process; only what a signal handler may call. */
static _Noreturn void
become(int pipes[4][2], pid_t parent, const char *file, char *const argv[], char *const envp[])
{
	struct sigaction dflt = { .sa_handler = SIG_DFL };
	sigset_t none;
	int e;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	sigemptyset(&none);
	sigaction(SIGPIPE, &dflt, NULL);
	pthread_sigmask(SIG_SETMASK, &none, NULL);
	if (dup2(pipes[0][READ], STDIN_FILENO) != -1 && dup2(pipes[1][WRITE], STDOUT_FILENO) != -1 &&
	    dup2(pipes[2][WRITE], STDERR_FILENO) != -1) {
		if (strchr(file, '/') != NULL)
			execve(file, argv, envp);
		else
			execvpe(file, argv, envp);
	}
	e = errno;
	while (write(pipes[3][WRITE], &e, sizeof(e)) == -1 && errno == EINTR)
		;
	_exit(127);
}

/* What exec said: the fourth pipe closes without a word if all went well. */
static int
started(struct process *p, int fd)
{
	int e;
	ssize_t k;

	while ((k = read(fd, &e, sizeof(e))) == -1 && errno == EINTR)
		;
	if (k != (ssize_t)sizeof(e))
		return 0;
	process_end(p, 0, 1);
	errno = e;
	return -1;
}

int
process_start(struct process *p, const char *file, char *const argv[], char *const envp[])
{
	int pipes[4][2] = { { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } }, i, e, rc = -1;
	pid_t parent = getpid();

	*p = (struct process){ .in = -1, .out = -1, .err = -1, .owner = parent };
	for (i = 0; i < 4; i++)
		if (make_pipe(pipes[i]) == -1)
			goto out;
	p->pid = fork();
	if (p->pid == 0)
		become(pipes, parent, file, argv, envp);
	if (p->pid == -1) {
		p->pid = 0;
		goto out;
	}
	setpgid(p->pid, p->pid);	/* whoever comes first */
	p->in = pipes[0][WRITE];
	p->out = pipes[1][READ];
	p->err = pipes[2][READ];
	pipes[0][WRITE] = pipes[1][READ] = pipes[2][READ] = -1;
	close_fd(&pipes[3][WRITE]);
	rc = started(p, pipes[3][READ]);
	if (rc == 0 && (fcntl(p->in, F_SETFL, O_NONBLOCK) == -1 || fcntl(p->out, F_SETFL, O_NONBLOCK) == -1 ||
	    fcntl(p->err, F_SETFL, O_NONBLOCK) == -1))
		rc = -1;
out:
	e = errno;
	for (i = 0; i < 4; i++) {
		close_fd(&pipes[i][READ]);
		close_fd(&pipes[i][WRITE]);
	}
	errno = e;
	return rc;
}

void
process_close_in(struct process *p)
{
	close_fd(&p->in);
}

/* It stays a zombie, so that its number, which is its group's too, is nobody else's. */
int
process_has_ended(const struct process *p, long long until)
{
	struct timespec pause = { .tv_nsec = 200000 };
	siginfo_t info = { 0 };

	for (;;) {
		if (waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT) == -1)
			return 1;	/* somebody else waits for our children */
		if (info.si_pid == p->pid)
			return 1;
		if (clock_now() >= until)
			return 0;
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < 10000000)
			pause.tv_nsec *= 2;
	}
}

int
process_end(struct process *p, long long until, int now)
{
	int status = -1;
	pid_t k = 0;

	close_fd(&p->in);
	close_fd(&p->out);
	close_fd(&p->err);
	if (p->pid > 0 && p->owner == getpid()) {
		if (!now)
			process_has_ended(p, until);
		kill(-p->pid, SIGKILL);
		while ((k = waitpid(p->pid, &status, 0)) == -1 && errno == EINTR)
			;
	}
	p->pid = 0;
	return k > 0 ? status : -1;
}
