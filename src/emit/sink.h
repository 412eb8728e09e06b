/* sink.h - rp_put() for those who write a few bytes at a time. */
#ifndef RP_EMIT_SINK_H
#define RP_EMIT_SINK_H

#include <string.h>

#include "../core/core.h"

static inline void
sink_put(struct rp_sink *s, const char *bytes, size_t len)
{
	struct str *buf = &s->buf;

	if (buf->cap - buf->len <= len) {	/* a NUL stands at its end */
		str_add(buf, bytes, len);
		return;
	}
	memcpy(buf->p + buf->len, bytes, len);
	buf->len += len;
	buf->p[buf->len] = '\0';
}

static inline void
sink_puts(struct rp_sink *s, const char *p)
{
	sink_put(s, p, strlen(p));
}

#endif
