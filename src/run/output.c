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

/* A short name of its own: a long one with something behind it may be too long. */
static char *
beside(struct rp_arena *a, const char *path, unsigned n)
{
	return path_join(a, path_folder(a, path), str_format(a, ".rolepress-%ld-%u", (long)getpid(), n));
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
		*temp = beside(a, path, n);
		fd = open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd == -1 && errno != EEXIST)
			return -1;
	}
	return fd;
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

/* Where an output goes, and what stands there. */
struct place {
	const char	*path;
	struct stat	 st;		/* st_mode 0: nothing does */
};

static struct place
look_at(struct rp_arena *a, const char *path)
{
	struct place p = { .path = path };
	int rc = lstat(path, &p.st);

	if (rc == 0 && S_ISLNK(p.st.st_mode)) {
		p.path = through_links(a, path);
		rc = stat(path, &p.st);	/* what is no file may have no name: /dev/stdout, a pipe */
	}
	if (rc == -1)
		p.st.st_mode = 0;
	return p;
}

static void
half_init(struct half *h, struct rp_arena *a, const struct place *p)
{
	h->arena = a;
	h->path = p->path;
	h->mode = p->st.st_mode;
	h->temp = NULL;
}

static int
half_open(struct rp_arena *a, const struct place *p, struct half *h)
{
	half_init(h, a, p);
	h->fd = open_beside(a, h->path, &h->temp);
	if (h->fd == -1 && errno == ENOENT && make_folders(a, h->path) == 0)
		h->fd = open_beside(a, h->path, &h->temp);
	return h->fd == -1 ? -1 : 0;
}

/* A file without a name is gone with its process, however that ends; where a file system
 * has none, one with a name will do. */
static int
half_open_unnamed(struct rp_arena *a, const struct place *p, struct half *h)
{
	const char *folder = path_folder(a, p->path);

	half_init(h, a, p);
	h->fd = make_folders(a, h->path) == 0
	    ? open(*folder != '\0' ? folder : ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666) : -1;
	return h->fd == -1 ? half_open(a, p, h) : 0;
}

static int
give_name(struct half *h)
{
	char self[64];
	unsigned n;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", h->fd);
	for (n = 0; n < 10000; n++) {
		h->temp = beside(h->arena, h->path, n);
		if (linkat(AT_FDCWD, self, AT_FDCWD, h->temp, AT_SYMLINK_FOLLOW) == 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	h->temp = NULL;
	return -1;
}

/* Puts it there if rc is 0, else removes it; 0, or -1 with errno. */
static int
half_close(struct half *h, int rc)
{
	int e;

	if (rc == 0 && h->mode != 0)	/* what stood there keeps its mode */
		rc = fchmod(h->fd, h->mode & 07777);
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

static int
replace(struct rp_arena *a, const struct place *p, const char *bytes, size_t len)
{
	struct half h;

	if (half_open(a, p, &h) == -1)
		return -1;
	return half_close(&h, write_all(h.fd, bytes, len));
}

int
write_file(struct rp_arena *a, const char *path, const char *bytes, size_t len)
{
	struct place p = look_at(a, path);
	struct half h;

	if (half_open_unnamed(a, &p, &h) == -1)
		return -1;
	return half_close(&h, write_all(h.fd, bytes, len));
}

static int
has_bytes(int fd, const char *bytes, size_t len)
{
	char have[16 * 1024];
	ssize_t n;

	for (; len > 0; bytes += n, len -= (size_t)n) {
		n = read(fd, have, len < sizeof(have) ? len : sizeof(have));
		if (n <= 0 || memcmp(have, bytes, (size_t)n) != 0)
			return 0;
	}
	return 1;
}

/* Is that what stands there already?  Then it is as new as if it had been written: make(1)
 * looks at its time.  A file that is made anew costs a file system ten times as much, most of all
 * where another one goes for it. */
static int
is_there(const struct place *p, const char *bytes, size_t len)
{
	int fd, same;

	if (p->st.st_mode == 0 || (size_t)p->st.st_size != len || (fd = open(p->path, O_RDWR | O_CLOEXEC)) == -1)
		return 0;
	same = has_bytes(fd, bytes, len) && futimens(fd, NULL) == 0;
	close(fd);
	return same;
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

/* Why what stands there cannot be written over; NULL: it can be. */
static const char *
obstacle(struct rp_run *run, const struct stat *st)
{
	if (st->st_mode != 0 && is_input(run, st))
		return "it is one of the inputs";
	return S_ISDIR(st->st_mode) ?
	    "it is a folder; with a / at its end, each document gets a file in it" : NULL;
}

static int
failed(struct rp_run *run, const char *path)
{
	diag_run(run, RP_D_WRITE_FAILED, strcmp(path, "-") == 0 ? "standard output" : path,
	    rp_nowhere, strerror(errno), NULL);
	return -1;
}

static int
refuse(struct rp_run *run, const char *path, struct place *p)
{
	const char *why;

	*p = look_at(&run->arena, path);
	why = obstacle(run, &p->st);
	if (why != NULL)
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, why, NULL);
	return why != NULL ? -1 : 0;
}

/* A device or pipe has no place to rename to. */
static int
is_stream(const char *path, mode_t mode)
{
	return strcmp(path, "-") == 0 || (mode != 0 && !S_ISREG(mode));
}

int
output_write(struct rp_run *run, const char *path, const char *bytes, size_t len)
{
	struct place p;
	int rc;

	if (run->take != NULL) {
		if (run->take(path, bytes != NULL ? bytes : "", len, run->take_arg) == 0)
			return 0;
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, "the program did not take it", NULL);
		return -1;
	}
	if (refuse(run, path, &p) == -1)
		return -1;
	if (strcmp(path, "-") == 0)
		rc = write_all(STDOUT_FILENO, bytes, len);
	else if (is_stream(path, p.st.st_mode))
		rc = write_stream(path, bytes, len);
	else
		rc = is_there(&p, bytes, len) ? 0 : replace(&run->arena, &p, bytes, len);
	return rc == -1 ? failed(run, path) : 0;
}

/* ---- An output that is written while it is made ---- */

int
output_begin(struct rp_run *run, const char *path, struct half *h, struct rp_sink *sink)
{
	struct place p = { 0 };

	h->fd = -1;
	if (run->take == NULL && refuse(run, path, &p) == -1)
		return -1;
	if (run->take != NULL || is_stream(path, p.st.st_mode))
		return 0;	/* whole or not at all: so not before it is made */
	if (half_open_unnamed(&run->arena, &p, h) == -1)
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
