/* file.c - a file's bytes. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../core/core.h"

/* cmark counts bytes in int32; front matter and body share this bound. */
enum { LARGEST_FILE = 512 * 1024 * 1024 };

/* Of a pipe nobody knows the length. */
static char *
read_stream(struct rp_arena *a, int fd, size_t *len, const char **why)
{
	struct str s = { 0 };
	char buf[65536], *r = NULL;
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			*why = strerror(errno);
			goto out;
		}
		str_add(&s, buf, (size_t)n);
		if (s.len > LARGEST_FILE) {
			*why = "larger than 512 MiB, the most that one document may be";
			goto out;
		}
	}
	*len = s.len;
	r = arena_dup(a, s.p != NULL ? s.p : "", s.len);
out:
	str_free(&s);
	return r;
}

static char *
read_regular(struct rp_arena *a, int fd, size_t size, size_t *len, const char **why)
{
	char *p = arena_raw(a, size + 1);
	ssize_t n;

	for (*len = 0; *len < size; *len += (size_t)n) {
		n = read(fd, p + *len, size - *len);
		if (n == -1 && errno == EINTR) {
			n = 0;
			continue;
		}
		if (n == -1) {
			*why = strerror(errno);
			return NULL;
		}
		if (n == 0)	/* became shorter while we looked */
			break;
	}
	p[*len] = '\0';
	return p;
}

char *
read_file(struct rp_arena *a, const char *path, size_t *len, const char **why)
{
	struct stat st;
	char *p = NULL;
	int fd;

	*len = 0;
	if (strcmp(path, "-") == 0)
		return read_stream(a, STDIN_FILENO, len, why);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1) {
		*why = strerror(errno);
		if (fd != -1)
			close(fd);
		return NULL;
	}
	if (S_ISDIR(st.st_mode))
		*why = strerror(EISDIR);
	else if (!S_ISREG(st.st_mode))
		p = read_stream(a, fd, len, why);
	else if (st.st_size > LARGEST_FILE)
		*why = "larger than 512 MiB, the most that one document may be";
	else
		p = read_regular(a, fd, (size_t)st.st_size, len, why);
	close(fd);
	return p;
}
