/*
 * stamp.c - whether a file is still the one that was read: where it lies, its size
 * and its times, as make(1) does it, with the time of its last change of status,
 * which nobody can set.
 */
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "run.h"

/* Clocks of file systems tick ten milliseconds at most: what was changed so shortly ago could be
 * changed again without a trace. */
enum { TICK = 20 * 1000 * 1000 };

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct stamp
stamp_of(const char *path)
{
	struct stamp s = { 0 };
	struct stat st;

	if (stat(path, &st) == -1)
		return s;
	s.dev = (uint64_t)st.st_dev;
	s.ino = (uint64_t)st.st_ino;
	s.size = (uint64_t)st.st_size;
	s.modified = nanoseconds(st.st_mtim);
	s.changed = nanoseconds(st.st_ctim);
	return s;
}

int
stamp_same(const struct stamp *a, const struct stamp *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	    a->modified == b->modified && a->changed == b->changed;
}

int
stamp_holds(const struct stamp *was, const char *path)
{
	struct stamp now = stamp_of(path);

	return stamp_same(was, &now);
}

int
stamp_is_firm(const struct stamp *s)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return s->changed + TICK < nanoseconds(now);
}
