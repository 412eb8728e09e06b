/*
 * deps.c - what a document asked of the world beside its own text, and what the
 * answers were: with the same answers, it comes out the same.
 *
 * Filters ask through the functions of plugin.h; each of them notes the question
 * here: which files always, what the index said while the run has a cache.
 */
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "cache.h"

uint64_t
hash_bytes(const char *bytes, size_t len)
{
	return XXH3_64bits(bytes, len);
}

static uint64_t
hash_node(const struct rp_node *n)
{
	struct str s = { 0 };
	uint64_t h;

	freeze(&s, n);
	h = hash_bytes(s.p, s.len);
	str_free(&s);
	return h | 1;
}

/* All of an entry but its number: other documents may come before it. */
static uint64_t
hash_entry(const struct rp_node *entry)
{
	const struct rp_node *c;
	const char *name, *value;
	struct str s = { 0 };
	uint64_t h;
	enum rp_attr a;
	size_t i;

	for (a = rp_attr_from(entry, 0); a < RP_ATTR_MAX; a = rp_attr_from(entry, (int)a + 1)) {
		if (a == RP_A_NUMBER)
			continue;
		pack_number(&s, a);
		pack_text(&s, rp_get(entry, a));
		pack_signed(&s, rp_get_int(entry, a, 0));
	}
	for (i = 0; rp_named_at(entry, i, &name, &value); i++) {
		pack_text(&s, name);
		pack_text(&s, value);
	}
	for (c = entry->first; c != NULL; c = c->next)
		freeze(&s, c);
	h = hash_bytes(s.p, s.len);
	str_free(&s);
	return h | 1;
}

uint64_t
deps_entry(struct rp_run *run, const struct rp_node *entry)
{
	struct facts *f;

	if (entry == NULL)
		return 0;
	f = &run->facts[index_input(entry)];
	if (f->entry_hash == 0)
		f->entry_hash = hash_entry(f->entry);
	return f->entry_hash;
}

static struct dep *
add(struct rp_doc *doc, enum dep_kind kind, const char *a, const char *b)
{
	struct dep *d = arena_alloc(&doc->arena, sizeof(*d));

	d->kind = kind;
	d->a = arena_dup(&doc->arena, a, strlen(a));
	d->b = b != NULL ? arena_dup(&doc->arena, b, strlen(b)) : NULL;
	d->next = doc->deps;
	doc->deps = d;
	return d;
}

void
deps_file(struct rp_doc *doc, const char *path)
{
	struct dep *d = add(doc, DEP_FILE, path, NULL);

	if (doc->run->cache != NULL)
		d->stamp = stamp_of(path);
}

void
deps_answer(struct rp_doc *doc, enum dep_kind kind, const char *a, const char *b,
    const struct rp_node *answer)
{
	if (doc->run->cache == NULL)
		return;
	if (kind == DEP_PLACE)
		add(doc, kind, a, b)->result = answer != NULL ? hash_node(answer) : 0;
	else
		add(doc, kind, a, b)->result = deps_entry(doc->run, answer);
}

void
deps_text(struct rp_doc *doc, enum dep_kind kind, const char *a, const char *answer)
{
	if (doc->run->cache != NULL)
		add(doc, kind, a, NULL)->result = answer != NULL ? hash_bytes(answer, strlen(answer)) : 0;
}

/* Asks again, as the document would; what that notes goes with the asking document. */
static uint64_t
answer_now(struct rp_job *job, const struct dep *d)
{
	const struct rp_node *n;
	const char *text;

	switch (d->kind) {
	case DEP_FIND:
		return deps_entry(job->run, map_get(&job->run->index->by_id, d->a));
	case DEP_RESOLVE:
		return deps_entry(job->run, index_resolve(job, d->a, &text));
	case DEP_PLACE:
		n = map_get(&job->run->index->by_id, d->a);
		n = n != NULL ? rp_index_place(job, n, d->b) : NULL;
		return n != NULL ? hash_node(n) : 0;
	case DEP_NEAREST:
		text = rp_index_nearest(job, d->a);
		return text != NULL ? hash_bytes(text, strlen(text)) : 0;
	case DEP_FILE:
	default:
		return 0;
	}
}

int
deps_hold(struct rp_run *run, size_t i, struct unpack recorded)
{
	size_t n = (size_t)unpack_number(&recorded);
	struct rp_doc asking;
	struct rp_job job = job_asking(run, i, &asking);
	struct dep d;

	for (; n > 0 && !recorded.bad; n--) {
		d = unrecord_dep(&recorded);
		if (d.kind != DEP_FILE && answer_now(&job, &d) != d.result)
			break;
	}
	arena_free(&asking.arena);
	return n == 0;
}

/* Many documents name the same files, which are there or not. */
static int
file_holds(struct rp_run *run, const struct dep *d)
{
	struct map *looked_at = &run->cache->looked_at;
	struct stamp *now = map_get(looked_at, d->a);

	if (now == NULL) {
		now = arena_alloc(&run->arena, sizeof(*now));
		*now = stamp_of(d->a);
		map_add(looked_at, d->a, now);
	}
	return stamp_same(&d->stamp, now);
}

int
deps_files_hold(struct rp_run *run, const struct facts *f)
{
	const struct dep *d;

	for (d = f->deps; d != NULL; d = d->next)
		if (d->kind == DEP_FILE && !file_holds(run, d))
			return 0;
	return 1;
}

/* Files are few; a document asks for the same ones in both stages. */
static int
knows_file(const struct facts *f, const char *path)
{
	const struct dep *d;

	for (d = f->deps; d != NULL; d = d->next)
		if (d->kind == DEP_FILE && strcmp(d->a, path) == 0)
			return 1;
	return 0;
}

void
deps_publish(struct facts *f, struct rp_doc *doc, struct rp_arena *a)
{
	struct dep *d, *copy;

	for (d = doc->deps; d != NULL; d = d->next) {
		if (d->kind == DEP_FILE && knows_file(f, d->a))
			continue;
		f->unsure |= d->kind == DEP_FILE && !stamp_is_firm(&d->stamp);
		copy = arena_alloc(a, sizeof(*copy));
		*copy = *d;
		copy->a = arena_dup(a, d->a, strlen(d->a));
		copy->b = d->b != NULL ? arena_dup(a, d->b, strlen(d->b)) : NULL;
		copy->next = f->deps;
		f->deps = copy;
	}
	doc->deps = NULL;
}
