/* pack.h - an entry as it will stand in an archive. */
#ifndef RP_EMIT_PACK_H
#define RP_EMIT_PACK_H

#include "../core/core.h"

struct packed {
	int		 deflated;
	uint32_t	 crc;
	uint64_t	 size;		/* before it was deflated */
	const char	*bytes;
	size_t		 len;
};

enum { PACK_HEAD = 1 + 4 + 8 };		/* bytes: is it deflated; CRC-32; size */

/* An entry of the bytes, in room, which has PACK_HEAD + len; how many of them it takes. */
size_t	pack_into(struct rp_run *, char *room, const char *bytes, size_t len);
/* Opens it; 0, or -1 if it is no such thing. */
int	pack_open(struct packed *, const char *bytes, size_t len);
/* Bytes as they are. */
struct packed pack_stored(const char *bytes, size_t len);

/* aside.c */
enum { PACK_LARGE = 256 * 1024 };	/* bytes: packing them takes longer than starting a process */

struct aside;
/* Begins to pack bytes, which are not needed any more; NULL: it cannot be. */
struct aside *aside_begin(struct rp_job *, const char *bytes, size_t len);
/* Waits for what has become of them; NULL: the process has died. */
const char *aside_end(struct aside *, size_t *len);
void	aside_free(struct aside *);

#endif
