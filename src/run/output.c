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
int
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

/*
 * A new file beside path, *temp its name; -1 if there can be none.  mkstemp(3)
 * would make it private, and what mode it should have instead nobody can ask for
 * without changing the umask, which belongs to all threads.
 */
static int
open_beside(struct rp_arena *a, const char *path, char **temp)
{
	unsigned n;
	int fd = -1;

	for (n = 0; fd == -1 && n < 10000; n++) {
		*temp = str_format(a, "%s.%ld-%u", path, (long)getpid(), n);
		fd = open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd == -1 && errno != EEXIST)
			return -1;
	}
	return fd;
}

/* An existing file keeps its mode. */
static int
keep_mode(int fd, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? fchmod(fd, st.st_mode & 07777) : 0;
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

/* A symbolic link stays one: what it leads to is written, there or not. */
static const char *
through_links(struct rp_arena *a, const char *path)
{
	enum { MOST_LINKS = 40 };
	char to[4096];
	ssize_t n;
	int i;

	for (i = 0; i < MOST_LINKS && (n = readlink(path, to, sizeof(to) - 1)) > 0; i++) {
		to[n] = '\0';
		path = path_join(a, path_folder(a, path), to);
	}
	return path;
}

int
write_file(struct rp_arena *a, const char *path, const char *bytes, size_t len)
{
	char *temp = NULL;
	int fd, e, rc;

	path = through_links(a, path);
	fd = open_beside(a, path, &temp);
	if (fd == -1 && errno == ENOENT && make_folders(a, path) == 0)
		fd = open_beside(a, path, &temp);
	if (fd == -1)
		return -1;
	rc = write_all(fd, bytes, len);
	if (rc == 0)
		rc = keep_mode(fd, path);
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

static int
by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Those of all inputs, sorted: many outputs are looked for among many inputs. */
static const uint64_t *
input_inodes(struct rp_run *run)
{
	size_t i;

	if (run->inodes == NULL) {
		run->inodes = arena_alloc(&run->arena, run->input_count * sizeof(*run->inodes));
		for (i = 0; i < run->input_count; i++)
			run->inodes[i] = run->facts[i].stamp.ino;
		qsort(run->inodes, run->input_count, sizeof(*run->inodes), by_size);
	}
	return run->inodes;
}

/* A source must survive a slip of the hand. */
static int
is_input(struct rp_run *run, const struct stat *st)
{
	uint64_t ino = st->st_ino;
	size_t i;

	if (!S_ISREG(st->st_mode) ||
	    bsearch(&ino, input_inodes(run), run->input_count, sizeof(ino), by_size) == NULL)
		return 0;
	for (i = 0; i < run->input_count; i++)
		if (run->facts[i].stamp.dev == (uint64_t)st->st_dev && run->facts[i].stamp.ino == ino)
			return 1;
	return 0;
}

/* What stands at the path, and why it cannot be written over; NULL: it can be. */
static const char *
obstacle(struct rp_run *run, const char *path, mode_t *mode)
{
	struct stat st;

	*mode = 0;
	if (stat(path, &st) == -1)
		return NULL;
	*mode = st.st_mode;
	if (is_input(run, &st))
		return "it is one of the inputs";
	return S_ISDIR(st.st_mode) ?
	    "it is a folder; with a / at its end, each document gets a file in it" : NULL;
}

int
output_write(struct rp_run *run, const char *path, const char *bytes, size_t len)
{
	const char *why;
	mode_t mode;
	int rc;

	if (run->take != NULL) {
		if (run->take(path, bytes != NULL ? bytes : "", len, run->take_arg) == 0)
			return 0;
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, "the program did not take it", NULL);
		return -1;
	}
	if ((why = obstacle(run, path, &mode)) != NULL) {
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, why, NULL);
		return -1;
	}
	if (strcmp(path, "-") == 0)
		rc = write_all(STDOUT_FILENO, bytes, len);
	else if (mode != 0 && !S_ISREG(mode))	/* a device or pipe has no place to rename to */
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
