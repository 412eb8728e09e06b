/*
 * output.c - files that are there whole or not at all: written beside their
 * place under another name, then renamed.
 */
#define _GNU_SOURCE		/* O_TMPFILE */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../emit/sink.h"
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
half_open(struct rp_arena *a, const char *path, struct half *h)
{
	h->arena = a;
	h->path = through_links(a, path);
	h->temp = NULL;
	h->fd = make_folders(a, h->path) == 0 ? open_beside(a, h->path, &h->temp) : -1;
	return h->fd == -1 ? -1 : 0;
}

/* A file without a name is gone with its process, however that ends; where a file system
 * has none, one with a name will do. */
static int
half_open_unnamed(struct rp_arena *a, const char *path, struct half *h)
{
	const char *folder;

	h->arena = a;
	h->path = through_links(a, path);
	h->temp = NULL;
	folder = path_folder(a, h->path);
	h->fd = make_folders(a, h->path) == 0
	    ? open(*folder != '\0' ? folder : ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666) : -1;
	return h->fd == -1 ? half_open(a, path, h) : 0;
}

static int
give_name(struct half *h)
{
	char self[64];
	unsigned n;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", h->fd);
	for (n = 0; n < 10000; n++) {
		h->temp = str_format(h->arena, "%s.%ld-%u", h->path, (long)getpid(), n);
		if (linkat(AT_FDCWD, self, AT_FDCWD, h->temp, AT_SYMLINK_FOLLOW) == 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	h->temp = NULL;
	return -1;
}

int
half_close(struct half *h, int rc)
{
	int e;

	if (rc == 0)
		rc = keep_mode(h->fd, h->path);
	if (rc == 0 && h->temp == NULL)
		rc = give_name(h);
	e = errno;
	if (close(h->fd) == -1 && rc == 0) {
		rc = -1;
		e = errno;
	}
	errno = e;
	if (rc == 0 && rename(h->temp, h->path) == 0)
		return 0;
	e = errno;
	if (h->temp != NULL)
		unlink(h->temp);
	errno = e;
	return -1;
}

int
write_file(struct rp_arena *a, const char *path, const char *bytes, size_t len)
{
	struct half h;

	if (half_open(a, path, &h) == -1)
		return -1;
	return half_close(&h, write_all(h.fd, bytes, len));
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
		if (run->facts[i].stamp.dev == (uint64_t)st.st_dev && run->facts[i].stamp.ino == (uint64_t)st.st_ino)
			return 1;
	return 0;
}

static int
refuse(struct rp_run *run, const char *path)
{
	struct stat st;

	if (is_input(run, path))
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, "it is one of the inputs", NULL);
	else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere,
		    "it is a folder; with a / at its end, each document gets a file in it", NULL);
	else
		return 0;
	return -1;
}

static int
failed(struct rp_run *run, const char *path)
{
	diag_run(run, RP_D_WRITE_FAILED, strcmp(path, "-") == 0 ? "standard output" : path,
	    rp_nowhere, strerror(errno), NULL);
	return -1;
}

int
output_write(struct rp_run *run, const char *path, const char *bytes, size_t len)
{
	int rc;

	if (run->take != NULL) {
		if (run->take(path, bytes != NULL ? bytes : "", len, run->take_arg) == 0)
			return 0;
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, "the program did not take it", NULL);
		return -1;
	}
	if (refuse(run, path) == -1)
		return -1;
	if (strcmp(path, "-") == 0)
		rc = write_all(STDOUT_FILENO, bytes, len);
	else if (is_stream(path))
		rc = write_stream(path, bytes, len);
	else
		rc = write_file(&run->arena, path, bytes, len);
	return rc == -1 ? failed(run, path) : 0;
}

/* ---- An output that is written while it is made ---- */

int
output_begin(struct rp_run *run, const char *path, struct half *h, struct rp_sink *sink)
{
	h->fd = -1;
	if (run->take != NULL || strcmp(path, "-") == 0 || is_stream(path))
		return 0;	/* whole or not at all: so not before it is made */
	if (refuse(run, path) == -1)
		return -1;
	if (half_open_unnamed(&run->arena, path, h) == -1)
		return failed(run, path);
	sink->file = h->fd + 1;
	return 0;
}

int
output_end(struct rp_run *run, const char *path, struct half *h, struct rp_sink *sink, int rc)
{
	if (h->fd == -1)
		return rc == 0 ? output_write(run, path, sink->buf.p, sink->buf.len) : -1;
	if (rc == -1) {
		half_close(h, -1);
		return -1;
	}
	return half_close(h, sink_flush(sink)) == -1 ? failed(run, path) : 0;
}

void
output_tell(struct rp_run *run, const char *path, size_t len)
{
	if (run->written != NULL && strcmp(path, "-") != 0)
		run->written(path, len, run->written_arg);
}
