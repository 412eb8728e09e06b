/*
 * pack.c - entries of an archive, made small before there is one.
 *
 * A packed entry is a head and the bytes as they will stand in the archive: deflated
 * by libdeflate, whose level 6 is more than twice as fast as zlib's and makes as
 * little of them, or as they were, where that is no longer.
 */
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "../run/run.h"
#include "pack.h"

enum { LEVEL = 6, HEAD = 1 + 4 + 8 };	/* is it deflated; CRC-32; bytes */

/* Little-endian, so that the same entry is the same on every machine. */
static void
put_number(char *p, uint64_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		*p++ = (char)(n & 0xFF);
}

static uint64_t
get_number(const char *p, int bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | (unsigned char)p[bytes];
	return n;
}

char *
pack_deflate(struct rp_run *run, const char *bytes, size_t len, size_t *n)
{
	char *to;

	*n = 0;
	if (len < 2)
		return NULL;
	/* It is large, and new pages take as long as what is written on them. */
	if (run->compressor == NULL)
		run->compressor = libdeflate_alloc_compressor(LEVEL);
	to = malloc(len - 1);
	if (run->compressor == NULL || to == NULL)
		rp_out_of_memory();
	*n = libdeflate_deflate_compress(run->compressor, bytes, len, to, len - 1);
	if (*n > 0)
		return to;
	free(to);
	return NULL;
}

void
rp_zip_pack(struct rp_job *job, struct rp_sink *out, const char *bytes, size_t len)
{
	char head[HEAD], *small;
	size_t n;

	small = pack_deflate(job->run, bytes, len, &n);
	head[0] = small != NULL;
	put_number(head + 1, libdeflate_crc32(0, bytes, len), 4);
	put_number(head + 5, len, 8);
	rp_put(out, head, HEAD);
	rp_put(out, small != NULL ? small : bytes, small != NULL ? n : len);
	free(small);
}

void
pack_dispose(struct rp_run *run)
{
	libdeflate_free_compressor(run->compressor);
}

int
pack_open(struct packed *p, const char *bytes, size_t len)
{
	if (len < HEAD)
		return -1;
	p->deflated = bytes[0] != 0;
	p->crc = (uint32_t)get_number(bytes + 1, 4);
	p->size = get_number(bytes + 5, 8);
	p->bytes = bytes + HEAD;
	p->len = len - HEAD;
	return 0;
}

void
pack_stored(struct packed *p, const char *bytes, size_t len)
{
	*p = (struct packed){ .crc = libdeflate_crc32(0, bytes, len), .size = len, .bytes = bytes, .len = len };
}
