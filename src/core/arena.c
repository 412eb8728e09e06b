/*
 * arena.c - memory that is freed all at once: one arena per document.
 *
 * Blocks double in size up to a bound, so that a small document costs one
 * allocation and a large one few.  A request too large for a block gets its own.
 */
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "../run/run.h"

enum { ALIGN = 16, FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct arena_block {
	struct arena_block	*next;
	size_t			 size;
};

static void
die(void)
{
	static const char msg[] = "rolepress: out of memory\n";

	fwrite(msg, 1, sizeof(msg) - 1, stderr);
	_Exit(70);
}

void (*rp_out_of_memory)(void) = die;

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (p == NULL)
		rp_out_of_memory();
	return p;
}

void *
xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (p == NULL)
		rp_out_of_memory();
	return p;
}

char *
xstrdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(xcalloc(1, n), s, n);
}

static struct arena_block *
add_block(struct rp_arena *a, size_t payload)
{
	size_t size = sizeof(struct arena_block) + ALIGN + payload;
	struct arena_block *b;

	if (size < payload)
		rp_out_of_memory();
	b = a->region != NULL ? region_take(a->region, size) : xcalloc(1, size);
	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
	a->total += size;
	return b;
}

static char *
payload_of(struct arena_block *b)
{
	uintptr_t p = (uintptr_t)(b + 1);

	return (char *)b + (((p + ALIGN - 1) & ~(uintptr_t)(ALIGN - 1)) - (uintptr_t)b);
}

void *
arena_alloc(struct rp_arena *a, size_t size)
{
	size_t want = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	size_t block;
	char *p;

	if (want < size)
		rp_out_of_memory();
	if (want == 0)
		want = ALIGN;
	if ((size_t)(a->end - a->at) < want) {
		block = a->total < FIRST_BLOCK ? FIRST_BLOCK : a->total;
		if (block > LARGEST_BLOCK)
			block = LARGEST_BLOCK;
		if (want > block / 4) {		/* its own; the current one stays in use */
			struct arena_block *b = add_block(a, want);

			return payload_of(b);
		}
		a->at = payload_of(add_block(a, block));
		a->end = a->at + block;
	}
	p = a->at;
	a->at += want;
	return p;
}

char *
arena_dup(struct rp_arena *a, const char *s, size_t len)
{
	char *p = arena_alloc(a, len + 1);

	if (len > 0)
		memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

void
arena_free(struct rp_arena *a)
{
	struct arena_block *b, *next;

	for (b = a->region != NULL ? NULL : a->blocks; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	memset(a, 0, sizeof(*a));
}
