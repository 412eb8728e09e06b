/*
 * record.c - what a run knows of a document as bytes: for the cache, and for
 * other machines.
 */
#include "run.h"

void
record_stamp(struct str *s, const struct stamp *stamp)
{
	pack_number(s, stamp->dev);
	pack_number(s, stamp->ino);
	pack_number(s, stamp->size);
	pack_signed(s, stamp->modified);
	pack_signed(s, stamp->changed);
}

struct stamp
unrecord_stamp(struct unpack *u)
{
	struct stamp s;

	s.dev = unpack_number(u);
	s.ino = unpack_number(u);
	s.size = unpack_number(u);
	s.modified = unpack_signed(u);
	s.changed = unpack_signed(u);
	return s;
}

void
record_message(struct str *s, const struct message *m)
{
	pack_text(s, m->path);
	pack_number(s, m->pos.line);
	pack_number(s, m->pos.col);
	pack_number(s, m->col);
	pack_number(s, m->severity);
	pack_text(s, m->code);
	pack_text(s, m->text);
}

struct message *
unrecord_message(struct rp_arena *a, struct unpack *u)
{
	struct message *m = arena_alloc(a, sizeof(*m));

	m->path = unpack_text(u);
	m->pos.line = (uint32_t)unpack_number(u);
	m->pos.col = (uint32_t)unpack_number(u);
	m->col = (uint32_t)unpack_number(u);
	m->severity = (enum rp_severity)unpack_number(u);
	m->code = unpack_text(u);
	m->text = unpack_text(u);
	return m;
}

void
record_blob(struct rp_run *run, struct str *s, const struct blob *b)
{
	struct rp_arena a = { 0 };
	struct unpack u = blob_get(run, b, &a);
	int lost = u.p == NULL || u.bad;

	pack_bytes(s, lost ? "" : u.p, lost ? 0 : b->len);
	arena_free(&a);
}

void
unrecord_blob(struct blob *b, struct unpack *u)
{
	size_t len;
	const char *bytes = unpack_bytes(u, &len);

	blob_borrow(b, bytes, len);
}

void
record_core(struct rp_run *run, struct str *s, const struct facts *f)
{
	size_t i;

	pack_number(s, (uint64_t)f->failed);
	if (f->failed)
		return;
	record_blob(run, s, &f->links);
	pack_number(s, f->key_count);
	for (i = 0; i < f->key_count; i++) {
		pack_text(s, f->keys[i].name);
		pack_number(s, f->keys[i].pos.line);
		pack_number(s, f->keys[i].pos.col);
	}
	freeze(s, f->entry);
}

int
unrecord_core(struct facts *f, struct rp_doc *to, struct unpack *u)
{
	size_t i, n;

	f->failed = unpack_number(u) != 0;
	if (f->failed)
		return u->bad ? -1 : 0;
	unrecord_blob(&f->links, u);
	n = (size_t)unpack_number(u);
	if (n > (size_t)(u->end - u->p))
		return -1;
	f->keys = arena_alloc(&to->arena, n * sizeof(*f->keys));
	for (f->key_count = n, i = 0; i < n; i++) {
		f->keys[i].name = unpack_text(u);
		f->keys[i].pos.line = (uint32_t)unpack_number(u);
		f->keys[i].pos.col = (uint32_t)unpack_number(u);
	}
	f->entry = thaw(to, u);
	return f->entry != NULL && !u->bad ? 0 : -1;
}

void
record_deps(struct str *s, const struct facts *f)
{
	const struct dep *d;
	size_t n = 0;

	for (d = f->deps; d != NULL; d = d->next)
		n++;
	pack_number(s, n);
	for (d = f->deps; d != NULL; d = d->next) {
		pack_number(s, d->kind);
		pack_text(s, d->a);
		pack_text(s, d->b);
		pack_number(s, d->result);
		if (d->kind == DEP_FILE)
			record_stamp(s, &d->stamp);
	}
}

struct dep
unrecord_dep(struct unpack *u)
{
	struct dep d = { .kind = (enum dep_kind)unpack_number(u) };

	d.a = unpack_text(u);
	d.b = unpack_text(u);
	d.result = unpack_number(u);
	if (d.kind == DEP_FILE)
		d.stamp = unrecord_stamp(u);
	return d;
}

void
unrecord_files(struct facts *f, struct rp_arena *a, struct unpack *u)
{
	size_t n = (size_t)unpack_number(u);
	struct dep d, *file;

	for (; n > 0 && !u->bad; n--) {
		d = unrecord_dep(u);
		if (d.kind != DEP_FILE)
			continue;
		file = arena_alloc(a, sizeof(*file));
		*file = d;
		file->next = f->deps;
		f->deps = file;
	}
}
