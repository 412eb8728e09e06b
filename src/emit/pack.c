/*
 * pack.c - entries of an archive, made small before there is one.
 *
 * A packed entry is a head and the bytes as they will stand in the archive: deflated
 * by libdeflate, whose level 6 is more than twice as fast as zlib's and makes as
 * little of them, or as they were, where that is no longer.
 */
#include <string.h>

#include <libdeflate.h>

#include "../run/run.h"
#include "pack.h"
#include "sink.h"

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

struct packed
pack_stored(const char *bytes, size_t len)
{
	return (struct packed){ .crc = libdeflate_crc32(0, bytes, len), .size = len, .bytes = bytes, .len = len };
}

struct packed
pack_into(struct rp_run *run, char *room, const char *bytes, size_t len)
{
	struct packed p = pack_stored(bytes, len);
	size_t n;

	/* It is large, and new pages take as long as what is written on them. */
	if (run->compressor == NULL && (run->compressor = libdeflate_alloc_compressor(LEVEL)) == NULL)
		rp_out_of_memory();
	n = len < 2 ? 0 : libdeflate_deflate_compress(run->compressor, bytes, len, room, len - 1);
	if (n > 0) {
		p.deflated = 1;
		p.bytes = room;
		p.len = n;
	}
	return p;
}

void
rp_zip_pack(struct rp_job *job, struct rp_sink *out, const char *bytes, size_t len)
{
	char *head = sink_room(out, HEAD + len);
	struct packed p = pack_into(job->run, head + HEAD, bytes, len);

	head[0] = (char)p.deflated;
	put_number(head + 1, p.crc, 4);
	put_number(head + 5, p.size, 8);
	if (!p.deflated && len > 0)
		memcpy(head + HEAD, bytes, len);
	sink_till(out, head + HEAD + p.len);
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
