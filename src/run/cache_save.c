/* cache_save.c - writes down what a run has made. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cache.h"

static void
pack_front(struct str *s, struct rp_run *run, const struct facts *f)
{
	size_t i;

	/* What was said of the run is not the document's to say again. */
	pack_number(s, !f->unsure && f->messages == NULL && stamp_is_firm(&f->stamp));
	record_stamp(s, &f->stamp);
	pack_number(s, (uint64_t)f->spoilt);
	record_blob(run, s, &f->said[0]);
	record_blob(run, s, &f->said[1]);
	record_deps(s, f);
	for (i = 0; i < run->output_count; i++) {
		pack_number(s, (uint64_t)f->parts[i].good);
		pack_number(s, f->parts[i].written);
		pack_text(s, f->parts[i].path);
		if (f->parts[i].path != NULL)
			record_stamp(s, &f->parts[i].stamp);
	}
}

static void
pack_back(struct str *s, struct rp_run *run, const struct facts *f)
{
	size_t o;

	pack_number(s, f->failed ? 0 : cache_own_hash(run, f));
	for (o = 0; o < run->output_count; o++) {
		pack_number(s, f->parts[o].hash);
		pack_number(s, f->parts[o].kept.at);
		pack_number(s, f->parts[o].kept.len);
	}
}

/* Old parts that nobody wants any more are left behind when they are more than half. */
static int
is_wasteful(struct rp_run *run)
{
	size_t i, o, live = packed_size(run->cache);

	for (i = 0; i < run->input_count; i++)
		for (o = 0; o < run->output_count; o++)
			live += run->facts[i].parts[o].kept.len;
	return run->stores[run->cache->store].size > 2 * live + (4 << 20);
}

static int
save_part(struct rp_run *run, struct part *part, struct store *data)
{
	const char *bytes;
	struct kept kept;

	if (!part->good || part->path != NULL || (part->hash != 0 && data == &run->stores[part->store]))
		return 0;
	bytes = store_get(&run->stores[part->store], &part->kept);
	if (bytes == NULL || store_put(data, bytes, part->kept.len, &kept) == -1)
		return -1;
	part->hash = hash_bytes(bytes, part->kept.len);
	store_drop(&run->stores[part->store], &part->kept);
	part->kept = kept;
	return 0;
}

static int
save_parts(struct rp_run *run, unsigned *number)
{
	struct cache *c = run->cache;
	struct store fresh, *data = &run->stores[c->store];
	size_t i, o;
	int rc = 0;

	*number = c->number;
	if (is_wasteful(run)) {
		if (cache_open_parts(run, &fresh, ++*number) == -1)
			return -1;
		data = &fresh;
	}
	for (i = 0; i < run->input_count; i++)
		for (o = 0; o < run->output_count && rc == 0; o++)
			rc = save_part(run, &run->facts[i].parts[o], data);
	if (data == &fresh) {
		rc = rc == 0 ? packed_move(run, &fresh) : rc;
		store_close(&fresh);
	}
	return rc;
}

static void
pack_tail(struct str *s, struct rp_run *run, int status)
{
	const struct message *m;
	struct stamp stamp;
	size_t i, n = 0;

	pack_number(s, (uint64_t)status);
	for (i = 0; i < run->output_count; i++) {
		stamp = stamp_of(run->outputs[i].out);
		record_stamp(s, &stamp);
	}
	for (m = run->told; m != NULL; m = m->next)
		n++;
	pack_number(s, n);
	for (m = run->told; m != NULL; m = m->next)
		record_message(s, m);
}

static void
copy(struct str *s, const struct unpack *u)
{
	pack_bytes(s, u->p, (size_t)(u->end - u->p));
}

/* What has been taken as it was is written down as it was; moved: not where it stands. */
static void
pack_input(struct str *s, struct rp_run *run, size_t i, int moved)
{
	struct cache *c = run->cache;
	struct str part = { 0 };
	struct facts *f = &run->facts[i];

	pack_text(s, run->inputs[i].path);
	pack_text(s, run->inputs[i].root);
	pack_text(s, run->inputs[i].site_path);
	if (f->reused)
		copy(s, &c->old[i]->front);
	else {
		pack_front(&part, run, f);
		pack_bytes(s, part.p, part.len);
	}
	if (f->cached)
		copy(s, &c->old[i]->core);
	else
		pack_bytes(s, c->cores[i].p, c->cores[i].len);
	if (f->reused && c->same && !moved)
		copy(s, &c->old[i]->back);
	else {
		part.len = 0;
		pack_back(&part, run, f);
		pack_bytes(s, part.p, part.len);
	}
	str_free(&part);
}

/* The hash is of all that stands behind it. */
static int
write_manifest(struct rp_run *run, struct str *s)
{
	size_t at = sizeof(CACHE_MAGIC) - 1, head = at + sizeof(uint64_t);
	uint64_t hash = hash_bytes(s->p + head, s->len - head);

	memcpy(s->p + at, &hash, sizeof(hash));
	return write_file(&run->arena, cache_file(run, "manifest"), s->p, s->len);
}

/* A cache that cannot be written is none: nothing is said of it. */
void
cache_save(struct rp_run *run, int status)
{
	struct cache *c = run->cache;
	struct str s = { 0 }, tail = { 0 };
	uint64_t hash = 0;
	unsigned number;
	size_t i;

	if (save_parts(run, &number) == -1) {
		unlink(cache_file(run, "manifest"));
		return;
	}
	str_puts(&s, CACHE_MAGIC);
	str_add(&s, (const char *)&hash, sizeof(hash));
	pack_number(&s, number);
	pack_number(&s, c->key);
	pack_number(&s, run->input_count);
	for (i = 0; i < run->input_count; i++)
		pack_input(&s, run, i, number != c->number);
	pack_bytes(&s, c->links_now.p, c->links_now.len);
	record_packed(&s, c);
	pack_tail(&tail, run, status);
	pack_bytes(&s, tail.p, tail.len);
	if (write_manifest(run, &s) == 0 && number != c->number)
		unlink(cache_file(run, str_format(&run->arena, "parts.%u", c->number)));
	str_free(&tail);
	str_free(&s);
}
