/* map.c - strings to pointers: open addressing, never more than half full. */
#include <stdlib.h>
#include <string.h>

#include "core.h"

static size_t
hash(const char *s)
{
	uint64_t h = 14695981039346656037u;	/* FNV-1a */

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ (h >> 32));
}

static struct slot *
find(struct slot *slots, size_t cap, const char *key, size_t h)
{
	size_t i;

	for (i = h & (cap - 1); slots[i].key != NULL; i = (i + 1) & (cap - 1))
		if (slots[i].hash == h && strcmp(slots[i].key, key) == 0)
			break;
	return &slots[i];
}

static void
grow(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : 64, i;
	struct slot *slots = m->arena != NULL ? arena_alloc(m->arena, cap * sizeof(*slots)) :
	    xcalloc(cap, sizeof(*slots));

	for (i = 0; i < m->cap; i++)
		if (m->slots[i].key != NULL)
			*find(slots, cap, m->slots[i].key, m->slots[i].hash) = m->slots[i];
	if (m->arena == NULL)
		free(m->slots);
	m->slots = slots;
	m->cap = cap;
}

void *
map_get(const struct map *m, const char *key)
{
	return m->cap > 0 ? find(m->slots, m->cap, key, hash(key))->value : NULL;
}

void *
map_add(struct map *m, const char *key, void *value)
{
	size_t h = hash(key);
	struct slot *s;

	if (m->count * 2 >= m->cap)
		grow(m);
	s = find(m->slots, m->cap, key, h);
	if (s->key == NULL) {
		s->key = key;
		s->hash = h;
		s->value = value;
		m->count++;
	}
	return s->value;
}

void
map_free(struct map *m)
{
	if (m->arena == NULL)
		free(m->slots);
	memset(m, 0, sizeof(*m));
}
