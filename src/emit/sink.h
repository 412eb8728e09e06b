/* sink.h - rp_put() for those who write a few bytes at a time. */
#ifndef RP_EMIT_SINK_H
#define RP_EMIT_SINK_H

#include <string.h>

#include "../core/core.h"

/* sink.c */
void	sink_grow(struct rp_sink *, const char *bytes, size_t len);
void	sink_widen(struct rp_sink *, size_t more);
/* Writes over what stands at an offset, and on. */
void	sink_write_at(struct rp_sink *, size_t at, const char *bytes, size_t len);
/* All to the file; 0, or -1 with errno if any of it could not be written. */
int	sink_flush(struct rp_sink *);

static inline size_t
sink_len(const struct rp_sink *s)
{
	return s->gone + s->buf.len;
}

/* Where to write that many bytes at most; then sink_till() says where they end. */
static inline char *
sink_room(struct rp_sink *s, size_t most)
{
	if (s->buf.cap - s->buf.len <= most)
		sink_widen(s, most);
	return s->buf.p + s->buf.len;
}

static inline void
sink_till(struct rp_sink *s, char *end)
{
	*end = '\0';
	s->buf.len = (size_t)(end - s->buf.p);
}

static inline void
sink_put(struct rp_sink *s, const char *bytes, size_t len)
{
	struct str *buf = &s->buf;

	if (buf->cap - buf->len <= len) {	/* a NUL stands at its end */
		sink_grow(s, bytes, len);
		return;
	}
	memcpy(buf->p + buf->len, bytes, len);
	sink_till(s, buf->p + buf->len + len);
}

static inline void
sink_puts(struct rp_sink *s, const char *p)
{
	sink_put(s, p, strlen(p));
}

#endif
