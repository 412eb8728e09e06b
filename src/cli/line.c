/*
 * line.c - lines of standard input, given as soon as they are there: who writes
 * them may wait for the answer before the next one.  One that is longer than the
 * bound is passed over, so that memory stays bounded too.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stream.h"

enum { CHUNK = 64 * 1024 };

/* Bytes read, 0 at the end, -1. */
static ssize_t
fill(struct lines *l)
{
	ssize_t k;

	if (l->at > 0) {
		memmove(l->buf, l->buf + l->at, l->end - l->at);
		l->end -= l->at;
		l->at = 0;
	}
	if (l->cap - l->end < CHUNK) {
		l->cap = l->cap * 2 + CHUNK;
		l->buf = xrealloc(l->buf, l->cap);
	}
	do
		k = read(l->fd, l->buf + l->end, l->cap - l->end);
	while (k == -1 && errno == EINTR);
	if (k > 0)
		l->end += (size_t)k;
	else if (k == 0)
		l->ended = 1;
	return k;
}

/* Forgets what there is of a line that is too long, but for its end. */
static void
pass_over(struct lines *l, size_t *seen)
{
	l->at = l->end;
	*seen = 0;
}

static const char *
find_end(const struct lines *l, size_t from)
{
	size_t n = l->end - l->at - from;

	return n > 0 ? memchr(l->buf + l->at + from, '\n', n) : NULL;
}

enum line
line_next(struct lines *l, const char **text, size_t *len)
{
	enum line rc = LINE;
	size_t seen = 0;	/* bytes of the line that hold no line end */
	const char *nl = NULL;

	while (!l->ended && (nl = find_end(l, seen)) == NULL) {
		seen = l->end - l->at;
		if (seen > l->longest) {
			rc = LINE_TOO_LONG;
			pass_over(l, &seen);
		}
		if (fill(l) == -1)
			return LINE_FAILED;
	}
	if (nl == NULL)
		nl = find_end(l, 0);
	if (nl == NULL && l->at == l->end && rc == LINE)
		return LINE_END;
	*text = l->buf + l->at;
	*len = nl != NULL ? (size_t)(nl - *text) : l->end - l->at;
	l->at += *len + (nl != NULL);
	l->number++;
	return *len > l->longest ? LINE_TOO_LONG : rc;
}

void
lines_free(struct lines *l)
{
	free(l->buf);
}
