/*
 * blob.c - what a document leaves for later, and nobody reads until then: its
 * messages, where it links to.  It lies in the store of the process that read the
 * document, so that it takes no memory; or in bytes that live as long as the run.
 */
#include <string.h>

#include "run.h"

void
blob_put(struct rp_run *run, struct blob *b, const struct str *s)
{
	memset(b, 0, sizeof(*b));
	b->store = run->worker;
	if (s->len > 0 && store_put(&run->stores[b->store], s->p, s->len, &b->kept) == -1)
		b->bytes = arena_dup(&run->index_doc->arena, s->p, s->len);
	b->len = s->len;	/* now that it is there */
}

void
blob_borrow(struct blob *b, const char *bytes, size_t len)
{
	memset(b, 0, sizeof(*b));
	b->bytes = bytes;
	b->len = len;
}

/* Read, not mapped: a page of a mapping is more than most of them are. */
struct unpack
blob_get(struct rp_run *run, const struct blob *b, struct rp_arena *a)
{
	struct unpack u = { .p = b->bytes };
	char *copy;

	if (b->len > 0 && u.p == NULL) {
		u.p = copy = arena_alloc(a, b->len + 1);
		u.bad = store_read(&run->stores[b->store], &b->kept, copy) == -1;
	}
	u.end = u.p != NULL ? u.p + b->len : NULL;
	return u;
}
