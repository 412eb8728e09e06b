/*
 * sink.c - where bytes go: memory that grows, or the memory before a file, for an
 * output that may be larger than anybody wants to hold.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../run/run.h"
#include "sink.h"

enum {
	LEAST		= 4096,		/* bytes that a buffer has */
	MOST_HELD	= 256 * 1024	/* before they go to the file */
};

static void
to_file(struct rp_sink *s, size_t at, const char *bytes, size_t len)
{
	ssize_t k;

	for (; len > 0 && s->error == 0; bytes += k, at += (size_t)k, len -= (size_t)k) {
		k = pwrite(s->file - 1, bytes, len, (off_t)at);
		if (k == -1 && errno != EINTR)
			s->error = errno;
		if (k == -1)
			k = 0;
	}
}

int
sink_flush(struct rp_sink *s)
{
	to_file(s, s->gone, s->buf.p, s->buf.len);
	s->gone += s->buf.len;
	s->buf.len = 0;
	errno = s->error;
	return s->error == 0 ? 0 : -1;
}

/* By doubling: what a document becomes is written in a few steps. */
static void
reserve(struct str *buf, size_t more)
{
	size_t need = buf->len + more + 1, cap = buf->cap < LEAST ? LEAST : buf->cap;

	if (need <= more || need > SIZE_MAX / 2)
		rp_out_of_memory();
	while (cap < need)
		cap *= 2;
	if (cap > buf->cap)
		buf->p = xrealloc(buf->p, cap);
	buf->cap = cap;
}

void
sink_widen(struct rp_sink *s, size_t more)
{
	if (s->file != 0 && s->buf.len + more >= MOST_HELD)
		sink_flush(s);
	reserve(&s->buf, more);
}

void
sink_grow(struct rp_sink *s, const char *bytes, size_t len)
{
	if (s->file != 0 && s->buf.len + len >= MOST_HELD) {
		sink_flush(s);
		to_file(s, s->gone, bytes, len);
		s->gone += len;
		return;
	}
	reserve(&s->buf, len);
	if (len > 0)
		memcpy(s->buf.p + s->buf.len, bytes, len);
	sink_till(s, s->buf.p + s->buf.len + len);
}

void
sink_write_at(struct rp_sink *s, size_t at, const char *bytes, size_t len)
{
	size_t in_file = at >= s->gone ? 0 : s->gone - at, over;

	if (in_file > len)
		in_file = len;
	to_file(s, at, bytes, in_file);
	bytes += in_file;
	len -= in_file;
	over = sink_len(s) - (at + in_file);
	if (over > len)
		over = len;
	if (over > 0)
		memcpy(s->buf.p + (at + in_file - s->gone), bytes, over);
	sink_put(s, bytes + over, len - over);
}

void
rp_put(struct rp_sink *s, const char *bytes, size_t len)
{
	sink_put(s, bytes, len);
}

void
rp_puts(struct rp_sink *s, const char *p)
{
	sink_puts(s, p);
}

const char *
rp_sink_bytes(struct rp_sink *s, size_t *len)
{
	*len = s->buf.len;
	return s->buf.p != NULL ? s->buf.p : "";
}

struct rp_sink *
rp_sink_new(struct rp_job *pub)
{
	struct job *job = (struct job *)pub;
	struct own_sink *own = xcalloc(1, sizeof(*own));

	own->next = job->sinks;
	job->sinks = own;
	return &own->sink;
}
