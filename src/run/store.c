/*
 * store.c - bytes that wait: frozen trees and rendered parts.
 *
 * A store keeps them in memory up to its bound, and then in an unlinked file of
 * the temporary folder, which every process of the run can read.
 */
#define _GNU_SOURCE		/* mkostemp, madvise */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

enum { MOST_TOUCHED = 512 * 1024 };	/* bytes of a mapping, before it is given back */

static int
spill(struct store *s)
{
	const char *folder = getenv("TMPDIR");
	struct str name = { 0 };

	str_printf(&name, "%s/rolepress.XXXXXX", folder != NULL && *folder != '\0' ? folder : "/tmp");
	s->fd = mkostemp(name.p, O_CLOEXEC);
	if (s->fd != -1)
		unlink(name.p);
	str_free(&name);
	return s->fd == -1 ? -1 : 0;
}

/* Another process may have written before. */
void
store_resume(struct store *s)
{
	struct stat st;

	if (s->fd != -1 && fstat(s->fd, &st) == 0)
		s->size = (size_t)st.st_size;
}

static int
append(struct store *s, const char *bytes, size_t len)
{
	size_t done;
	ssize_t k;

	for (done = 0; done < len; done += (size_t)k) {
		k = pwrite(s->fd, bytes + done, len - done, (off_t)(s->size + done));
		if (k == -1 && errno == EINTR)
			k = 0;
		if (k == -1)
			return -1;
	}
	return 0;
}

int
store_open(struct store *s, size_t bound)
{
	memset(s, 0, sizeof(*s));
	s->fd = -1;
	s->bound = bound;
	return bound > 0 ? 0 : spill(s);
}

/* It has a length when all of it is there: a process may die before that. */
int
store_put(struct store *s, const char *bytes, size_t len, struct kept *kept)
{
	memset(kept, 0, sizeof(*kept));
	if (s->fd == -1 && s->held + len <= s->bound) {
		kept->bytes = memcpy(xrealloc(NULL, len + 1), bytes, len + 1);
		kept->len = len;
		s->held += len;
		return 0;
	}
	if (s->fd == -1 && spill(s) == -1)
		return -1;
	kept->at = s->size;
	if (append(s, bytes, len + 1) == -1)
		return -1;
	s->size += len + 1;
	kept->len = len;
	return 0;
}

/* Maps all that has been written by now, by any process. */
static int
map_all(struct store *s)
{
	struct stat st;
	char *p;

	if (fstat(s->fd, &st) == -1)
		return -1;
	if (s->map != NULL)
		munmap(s->map, s->mapped);
	s->mapped = (size_t)st.st_size;
	p = mmap(NULL, s->mapped, PROT_READ, MAP_SHARED, s->fd, 0);
	s->map = p != MAP_FAILED ? p : NULL;
	return s->map != NULL ? 0 : -1;
}

const char *
store_get(struct store *s, const struct kept *kept)
{
	if (kept->bytes != NULL)
		return kept->bytes;
	if ((s->map == NULL || kept->at + kept->len > s->mapped) && map_all(s) == -1)
		return NULL;
	return s->map + kept->at;
}

int
store_read(const struct store *s, const struct kept *kept, char *to)
{
	size_t done;
	ssize_t k;

	if (kept->bytes != NULL) {
		memcpy(to, kept->bytes, kept->len);
		return 0;
	}
	for (done = 0; done < kept->len; done += (size_t)k) {
		k = pread(s->fd, to + done, kept->len - done, (off_t)(kept->at + done));
		if (k == -1 && errno == EINTR)
			k = 0;
		else if (k <= 0)
			return -1;
	}
	return 0;
}

/*
 * The kernel maps many pages around the one that is touched, so they are given back
 * all together, now and then; whoever looks again gets them again.
 */
void
stores_release(struct rp_run *run, const char *bytes, size_t len)
{
	int w;

	for (w = 0; w < run->store_count; w++) {
		struct store *s = &run->stores[w];

		if (s->map == NULL || bytes < s->map || bytes >= s->map + s->mapped)
			continue;
		s->touched += len;
		if (s->touched < MOST_TOUCHED)
			continue;
		(void)madvise(s->map, s->mapped, MADV_DONTNEED);
		s->touched = 0;
	}
}

void
store_drop(struct store *s, struct kept *kept)
{
	if (kept->bytes != NULL)
		s->held -= kept->len;
	free(kept->bytes);
	kept->bytes = NULL;
}

void
store_close(struct store *s)
{
	if (s->map != NULL)
		munmap(s->map, s->mapped);
	if (s->fd != -1)
		close(s->fd);
	memset(s, 0, sizeof(*s));
	s->fd = -1;
}
