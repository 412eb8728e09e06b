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
/* Deflated bytes, to be freed, if they are fewer; NULL otherwise. */
char	*pack_deflate(struct rp_run *, const char *bytes, size_t len, size_t *n);
/* Bytes as they are. */
void	pack_stored(struct packed *, const char *bytes, size_t len);

#endif
