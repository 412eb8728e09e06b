/*
 * arena.c - memory that is freed all at once: one arena per document.
 *
 * Blocks double in size up to a bound, so that a small document costs one
 * allocation and a large one few.  A request too large for a block gets its own.
 *
 * What is handed out is zeroed then, not when its block is made: only memory that
 * is about to be used is touched, and a block can be used again.
 */
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "../run/run.h"

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

/* What follows it is aligned, as malloc() aligns this. */
struct arena_block {
	struct arena_block	*next;
	size_t			 size;		/* with this */
};

_Static_assert(sizeof(struct arena_block) % ARENA_ALIGN == 0, "what follows a block's head is aligned");

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

static char *
add_block(struct rp_arena *a, size_t payload)
{
	size_t size = sizeof(struct arena_block) + payload;
	struct arena_block *b;

	if (size < payload)
		rp_out_of_memory();
	b = a->region != NULL ? region_take(a->region, size) : xrealloc(NULL, size);
	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
	a->total += size;
	return (char *)(b + 1);
}

static size_t
next_size(const struct rp_arena *a)
{
	if (a->total < FIRST_BLOCK)
		return FIRST_BLOCK;
	return a->total < LARGEST_BLOCK ? a->total : LARGEST_BLOCK;
}

char *
arena_take(struct rp_arena *a, size_t size)
{
	size_t block = next_size(a) - sizeof(struct arena_block);
	char *p;

	if (size > block / 4)		/* its own; the current one stays in use */
		return add_block(a, size);
	p = add_block(a, block);
	a->end = p + block;
	a->at = p + size;
	return p;
}

/* Strings stand as close as they can: most are shorter than ARENA_ALIGN. */
char *
arena_dup(struct rp_arena *a, const char *s, size_t len)
{
	char *p = a->at;

	if (len == SIZE_MAX)
		rp_out_of_memory();
	if ((size_t)(a->end - a->at) > len)
		a->at += len + 1;
	else
		p = arena_take(a, len + 1);
	if (len > 0)
		memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

/* Its largest block but those made for one request stays, so that who uses an arena
 * over and over works in the same, warm memory. */
void
arena_reset(struct rp_arena *a)
{
	struct arena_block *b, *next, *keep = NULL;

	for (b = a->blocks; b != NULL; b = next) {
		next = b->next;
		if (b->size <= LARGEST_BLOCK && (keep == NULL || b->size > keep->size)) {
			free(keep);
			keep = b;
		} else
			free(b);
	}
	memset(a, 0, sizeof(*a));
	if (keep == NULL)
		return;
	keep->next = NULL;
	a->blocks = keep;
	a->total = keep->size;
	a->at = (char *)(keep + 1);
	a->end = (char *)keep + keep->size;
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
