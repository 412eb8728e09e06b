/*
 * pack.c - numbers and strings as bytes, and back: what freezing, the cache and
 * shards are written in.  Numbers are LEB128, strings have their length before
 * them and a NUL behind, so that they can be used where they lie.
 */
#include <string.h>

#include "core.h"

/* What was written up to there belongs to the string now. */
static void
end_at(struct str *s, char *p)
{
	*p = '\0';
	s->len = (size_t)(p - s->p);
}

void
pack_number(struct str *s, uint64_t n)
{
	end_at(s, pack_number_at(str_room(s, PACKED_NUMBER), n));
}

void
pack_signed(struct str *s, int64_t n)
{
	end_at(s, pack_signed_at(str_room(s, PACKED_NUMBER), n));
}

void
pack_bytes(struct str *s, const char *p, size_t len)
{
	end_at(s, pack_bytes_at(str_room(s, PACKED_NUMBER + len + 1), p, len));
}

/* NULL is told from "". */
void
pack_text(struct str *s, const char *p)
{
	pack_number(s, p != NULL);
	if (p != NULL)
		pack_bytes(s, p, strlen(p));
}

uint64_t
unpack_large(struct unpack *u)
{
	uint64_t n = 0;
	int shift;

	for (shift = 0; u->p < u->end && shift < 64; shift += 7) {
		n |= (uint64_t)(*u->p & 0x7F) << shift;
		if (!(*u->p++ & 0x80))
			return n;
	}
	u->bad = 1;
	return 0;
}

const char *
unpack_bytes(struct unpack *u, size_t *len)
{
	const char *p;

	*len = (size_t)unpack_number(u);
	if (u->bad || *len >= (size_t)(u->end - u->p) || u->p[*len] != '\0') {
		u->bad = 1;
		*len = 0;
		return "";
	}
	p = u->p;
	u->p += *len + 1;
	return p;
}

const char *
unpack_text(struct unpack *u)
{
	size_t len;

	return unpack_number(u) != 0 ? unpack_bytes(u, &len) : NULL;
}

struct unpack
unpack_part(struct unpack *u)
{
	struct unpack part = { 0 };
	size_t len;

	part.p = unpack_bytes(u, &len);
	part.end = part.p + len;
	return part;
}
