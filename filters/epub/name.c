/* name.c - names of files, and other identifiers. */
#include <string.h>

#include "epub.h"

#define FNV_START	14695981039346656037u	/* FNV-1a, 64 bits */
#define FNV_PRIME	1099511628211u

static uint64_t
hash(uint64_t h, const char *s)
{
	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * FNV_PRIME;
	return h * FNV_PRIME;	/* the NUL: "a", "b" is not "ab", "" */
}

static char *
put_hex(char *p, uint64_t bits, int digits)
{
	while (digits-- > 0)
		*p++ = "0123456789abcdef"[bits >> 4 * digits & 15];
	return p;
}

/* ---- Files (4.2.3) ---- */

/*
 * EPUB allows any script in file names, and not every reader and unpacker copes;
 * names that differ by letter case alone are not allowed.
 */
static int
is_plain(const char *id)
{
	size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_.");

	return id[n] == '\0' && n > 0 && n <= 80 && id[0] != '.' && id[0] != '-';
}

const char *
epub_name(struct rp_doc *doc, const char *id)
{
	char *name;

	if (is_plain(id))
		return id;
	name = rp_alloc(doc, 2 + 12 + 1);
	memcpy(name, "c-", 2);
	put_hex(name + 2, hash(FNV_START, id), 12);
	return name;
}

/* A reference to another document whose file is not called by its id. */
static int
needs_name(const struct rp_node *n, const char *own)
{
	const char *target = rp_get(n, RP_A_TARGET);

	return target != NULL && strcmp(target, own) != 0 && !is_plain(target);
}

struct rp_node *
epub_with_names(struct rp_job *job)
{
	const char *own = rp_get(job->root, RP_A_ID);
	struct rp_node *n = job->root, *copy;

	while (n != NULL && !needs_name(n, own))
		n = rp_find_any(job->root, n);
	if (n == NULL)
		return job->root;
	copy = rp_copy(job->doc, job->root);
	for (n = copy; n != NULL; n = rp_find_any(copy, n))
		if (needs_name(n, own))
			rp_set(job->doc, n, RP_A_TARGET, epub_name(job->doc, rp_get(n, RP_A_TARGET)));
	return copy;
}

/* ---- The book (5.5.3.1.1) ---- */

/*
 * The identifier stays when the text is revised, and changes when the book
 * becomes another one.  RFC 9562, 5.8: version 8 is for hashes of one's own.
 */
const char *
epub_uuid(const struct book *b)
{
	uint64_t high = hash(FNV_START, b->title), low = hash(~FNV_START, b->title);
	char *uuid, *p;

	for (const struct place *place = b->places; place < b->places + b->place_count; place++) {
		high = hash(hash(high, place->file), place->title);
		low = hash(hash(low, place->title), place->file);
	}
	high = (high & ~(uint64_t)0xF000) | 0x8000;
	low = (low & ~((uint64_t)3 << 62)) | (uint64_t)2 << 62;
	uuid = rp_alloc(b->job->doc, sizeof("urn:uuid:") + 36);
	memcpy(uuid, "urn:uuid:", 9);
	p = put_hex(uuid + 9, high >> 32, 8);
	*p++ = '-';
	p = put_hex(p, high >> 16, 4);
	*p++ = '-';
	p = put_hex(p, high, 4);
	*p++ = '-';
	p = put_hex(p, low >> 48, 4);
	*p++ = '-';
	put_hex(p, low, 12);
	return uuid;
}
