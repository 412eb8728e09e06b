/*
 * region.c - memory that a run and its workers share: mapped before they are
 * forked, so that an address means the same in all of them.
 *
 * Pages are the kernel's to give when they are touched; a region that is asked
 * for large costs nothing.
 */
#define _DEFAULT_SOURCE		/* MAP_ANONYMOUS, MAP_NORESERVE */
#include <sys/mman.h>

#include "run.h"

enum { ALIGN = 16 };		/* as malloc(3) does */

struct region {
	size_t	size, used;
};

struct region *
region_new(size_t size)
{
	struct region *r = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (r == MAP_FAILED)
		return NULL;
	r->size = size;
	r->used = sizeof(*r);
	return r;
}

void
region_free(struct region *r)
{
	if (r != NULL)
		munmap(r, r->size);
}

void *
region_take(struct region *r, size_t size)
{
	char *p = (char *)r + r->used;

	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (size > r->size - r->used)
		rp_out_of_memory();
	r->used += size;
	return p;
}

size_t
region_used(const struct region *r)
{
	return r->used;
}
