/*
 * cache_packed.c - large entries of archives, as the last run packed them.
 *
 * The contents of a book are made of all documents, so they are made in each run;
 * but mostly they come out the same, and packing them is most of the work.  They
 * are known by a digest of 128 bits: two that differ will not have the same by chance.
 */
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "cache.h"

struct digest
digest_of(const char *bytes, size_t len)
{
	XXH128_hash_t h = XXH3_128bits(bytes, len);

	return (struct digest){ h.low64, h.high64 };
}

static struct packed_entry *
add(struct cache *c)
{
	c->packed = xrealloc(c->packed, (c->packed_count + 1) * sizeof(*c->packed));
	c->packed[c->packed_count] = (struct packed_entry){ 0 };
	return &c->packed[c->packed_count++];
}

static struct packed_entry *
find(const struct cache *c, const struct digest *of)
{
	struct packed_entry *e;

	for (e = c->packed; e < c->packed + c->packed_count; e++)
		if (e->of.low == of->low && e->of.high == of->high)
			return e;
	return NULL;
}

const char *
cache_packed(struct rp_run *run, const struct digest *of, size_t *len)
{
	struct packed_entry *e = find(run->cache, of);
	const char *bytes = e != NULL ? cache_bytes(run, &e->kept, e->hash) : NULL;

	if (bytes == NULL)
		return NULL;
	e->used = 1;
	*len = e->kept.len;
	return bytes;
}

void
cache_keep_packed(struct rp_run *run, const struct digest *of, const char *bytes, size_t len)
{
	struct cache *c = run->cache;
	struct packed_entry *e = find(c, of);
	struct kept kept;

	if (e == NULL)
		e = add(c);
	if (e->used || store_put(&run->stores[c->store], bytes, len, &kept) == -1)
		return;
	*e = (struct packed_entry){ .of = *of, .kept = kept, .hash = hash_bytes(bytes, len), .used = 1 };
}

/* ---- In the manifest ---- */

void
unrecord_packed(struct cache *c, struct unpack *u)
{
	size_t n = (size_t)unpack_number(u);
	struct packed_entry *e;

	for (; n > 0 && !u->bad; n--) {
		e = add(c);
		e->of.low = unpack_number(u);
		e->of.high = unpack_number(u);
		e->kept.at = (size_t)unpack_number(u);
		e->kept.len = (size_t)unpack_number(u);
		e->hash = unpack_number(u);
	}
}

void
record_packed(struct str *s, const struct cache *c)
{
	const struct packed_entry *e, *end = c->packed + c->packed_count;
	size_t n = 0;

	for (e = c->packed; e < end; e++)
		n += (size_t)e->used;
	pack_number(s, n);
	for (e = c->packed; e < end; e++) {
		if (!e->used)
			continue;
		pack_number(s, e->of.low);
		pack_number(s, e->of.high);
		pack_number(s, e->kept.at);
		pack_number(s, e->kept.len);
		pack_number(s, e->hash);
	}
}

size_t
packed_size(const struct cache *c)
{
	const struct packed_entry *e;
	size_t size = 0;

	for (e = c->packed; e < c->packed + c->packed_count; e++)
		size += e->used ? e->kept.len : 0;
	return size;
}

int
packed_move(struct rp_run *run, struct store *to)
{
	struct cache *c = run->cache;
	struct packed_entry *e;
	const char *bytes;
	struct kept kept;

	for (e = c->packed; e < c->packed + c->packed_count; e++) {
		if (!e->used)
			continue;
		bytes = store_get(&run->stores[c->store], &e->kept);
		if (bytes == NULL || store_put(to, bytes, e->kept.len, &kept) == -1)
			return -1;
		e->kept = kept;
	}
	return 0;
}
