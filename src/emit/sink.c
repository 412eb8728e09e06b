/* sink.c - where bytes go: memory that grows. */
#include <string.h>

#include "../run/run.h"

void
rp_put(struct rp_sink *s, const char *bytes, size_t len)
{
	str_add(&s->buf, bytes, len);
}

void
rp_puts(struct rp_sink *s, const char *p)
{
	str_puts(&s->buf, p);
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
