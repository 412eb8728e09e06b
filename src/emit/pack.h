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

/* What rp_zip_pack() has made; 0, or -1 if it is no such thing. */
int	pack_open(struct packed *, const char *bytes, size_t len);
/* Makes them small in room, which has len bytes too; if that is no less, they are what is packed. */
struct packed pack_into(struct rp_run *, char *room, const char *bytes, size_t len);
/* Bytes as they are. */
struct packed pack_stored(const char *bytes, size_t len);

/* aside.c */
struct aside;
/* Begins to pack bytes, which are not needed any more; NULL: it is not worth it, or cannot be. */
struct aside *aside_begin(struct rp_job *, const char *bytes, size_t len);
/* Waits for what has become of them; NULL: the process has died. */
const struct packed *aside_end(struct aside *);
void	aside_free(struct aside *);

#endif
