/*
 * output.c - files that are there whole or not at all: written beside their
 * place under another name, then renamed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

static int
write_all(int fd, const char *p, size_t n)
{
	ssize_t k;

	while (n > 0) {
		k = write(fd, p, n);
		if (k == -1 && errno == EINTR)
			continue;
		if (k == -1)
			return -1;
		p += k;
		n -= (size_t)k;
	}
	return 0;
}

/* Makes the folders above path. */
static int
make_folders(struct rp_arena *a, const char *path)
{
	char *p = arena_dup(a, path, strlen(path)), *s;

	for (s = p + 1; (s = strchr(s, '/')) != NULL; s++) {
		*s = '\0';
		if (mkdir(p, 0777) == -1 && errno != EEXIST)
			return -1;
		*s = '/';
	}
	return 0;
}

/* An existing file keeps its mode; a new one gets what open(2) would have given it. */
static mode_t
mode_for(const char *path)
{
	struct stat st;
	mode_t mask;

	if (stat(path, &st) == 0)
		return st.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* A device or pipe has no place to rename to. */
static int
is_stream(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static int
write_stream(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), rc, e;

	if (fd == -1)
		return -1;
	rc = write_all(fd, bytes, len);
	e = errno;
	if (close(fd) == -1 && rc == 0)
		return -1;
	errno = e;
	return rc;
}

static int
write_file(struct rp_arena *a, const char *path, const char *bytes, size_t len)
{
	char *temp = str_format(a, "%s.XXXXXX", path);
	int fd, e, rc;

	if (make_folders(a, path) == -1)
		return -1;
	fd = mkstemp(temp);
	if (fd == -1)
		return -1;
	rc = write_all(fd, bytes, len);
	if (rc == 0)
		rc = fchmod(fd, mode_for(path));
	e = errno;
	if (close(fd) == -1 && rc == 0) {
		rc = -1;
		e = errno;
	}
	errno = e;
	if (rc == 0 && rename(temp, path) == 0)
		return 0;
	e = errno;
	unlink(temp);
	errno = e;
	return -1;
}

/* A source must survive a slip of the hand. */
static int
is_input(const struct rp_run *run, const char *path)
{
	struct stat st;
	size_t i;

	if (stat(path, &st) == -1 || !S_ISREG(st.st_mode))
		return 0;
	for (i = 0; i < run->input_count; i++)
		if (run->facts[i].dev == st.st_dev && run->facts[i].ino == st.st_ino)
			return 1;
	return 0;
}

int
output_write(struct rp_run *run, const char *path, const char *bytes, size_t len)
{
	struct stat st;
	int rc;

	if (run->take != NULL) {
		if (run->take(path, bytes != NULL ? bytes : "", len, run->take_arg) == 0)
			return 0;
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, "the program did not take it", NULL);
		return -1;
	}
	if (is_input(run, path)) {
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, "it is one of the inputs", NULL);
		return -1;
	}
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere,
		    "it is a folder; with a / at its end, each document gets a file in it", NULL);
		return -1;
	}
	if (strcmp(path, "-") == 0)
		rc = write_all(STDOUT_FILENO, bytes, len);
	else if (is_stream(path))
		rc = write_stream(path, bytes, len);
	else
		rc = write_file(&run->arena, path, bytes, len);
	if (rc == -1) {
		diag_run(run, RP_D_WRITE_FAILED, strcmp(path, "-") == 0 ? "standard output" : path,
		    rp_nowhere, strerror(errno), NULL);
		return -1;
	}
	return 0;
}

void
output_tell(struct rp_run *run, const char *path, size_t len)
{
	if (run->written != NULL && strcmp(path, "-") != 0)
		run->written(path, len, run->written_arg);
}
