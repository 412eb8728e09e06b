/*
 * measure.c - runs a command and prints "wall user sys kilobytes status", seconds
 * with six digits; the memory is that of the largest process.
 *
 *	measure OUT COMMAND...		what the command prints goes to the file OUT
 *
 * A program of its own, as small as can be: the kernel counts as a process's memory
 * also what it had before exec(2), and a large one takes long to fork.
 */
#define _DEFAULT_SOURCE		/* wait4 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
begin(const char *out, char **command)
{
	int in = open("/dev/null", O_RDONLY), to = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	int null = open("/dev/null", O_WRONLY);

	if (in == -1 || to == -1 || null == -1)
		_exit(126);
	dup2(in, 0);
	dup2(to, 1);
	dup2(null, 2);
	execvp(command[0], command);
	_exit(127);
}

int
main(int argc, char **argv)
{
	struct rusage used;
	double since, wall;
	int status;
	pid_t pid;

	if (argc < 3)
		return 2;
	since = now();
	pid = fork();
	if (pid == 0)
		begin(argv[1], argv + 2);
	if (pid == -1 || wait4(pid, &status, 0, &used) == -1)
		return 1;
	wall = now() - since;
	printf("%.6f %ld.%06ld %ld.%06ld %ld %d\n", wall, (long)used.ru_utime.tv_sec, (long)used.ru_utime.tv_usec,
	    (long)used.ru_stime.tv_sec, (long)used.ru_stime.tv_usec, used.ru_maxrss,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
