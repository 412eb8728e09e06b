/* cache_save.c - writes down what a run has made. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cache.h"

/* What was read so soon after it had changed is looked at again, now that another change
 * would be seen. */
static int
is_settled(struct rp_run *run, const struct facts *f)
{
	const char *path = run->inputs[f - run->facts].path, *text, *why;
	struct rp_arena a = { 0 };
	size_t len;
	int same;

	if (f->young == 0)
		return 1;
	if (!stamp_is_firm(&f->stamp) || !stamp_holds(&f->stamp, path))
		return 0;
	text = read_file(&a, path, &len, &why);
	same = text != NULL && (hash_bytes(text, len) | 1) == f->young;
	arena_free(&a);
	return same;
}

static void
pack_front(struct str *s, struct rp_run *run, const struct facts *f)
{
	size_t i;

	/* What was said of the run is not the document's to say again. */
	pack_number(s, !f->unsure && f->messages == NULL && is_settled(run, f));
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

static void
remove_parts(struct rp_run *run, unsigned number)
{
	unlink(cache_file(run, str_format(&run->arena, "parts.%u", number)));
}

/* There are two files in turn: one that a crash has left is not there for ever. */
static int
save_parts(struct rp_run *run, unsigned *number)
{
	struct cache *c = run->cache;
	struct store fresh, *data = &run->stores[c->store];
	size_t i, o;
	int rc = 0;

	*number = c->number;
	if (is_wasteful(run)) {
		*number = c->number == 0;
		remove_parts(run, *number);
		if (cache_open_parts(run, &fresh, *number) == -1)
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

/* No room, a process that was killed: that may be over, so it is not said again unasked. */
static int
has_erred(const struct rp_run *run)
{
	const struct message *m;

	for (m = run->told; m != NULL; m = m->next)
		if (m->severity == RP_ERROR)
			return 1;
	return 0;
}

static void
pack_tail(struct str *s, struct rp_run *run, int status)
{
	const struct message *m;
	struct stamp stamp;
	size_t i, n = 0;

	pack_number(s, !has_erred(run));
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
pack_facts(struct str *s, struct rp_run *run, size_t i, int moved)
{
	struct cache *c = run->cache;
	struct str part = { 0 };
	struct facts *f = &run->facts[i];

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

/* What is of the run as a whole. */
static void
pack_rest(struct str *s, struct rp_run *run, int status)
{
	struct str tail = { 0 };

	pack_bytes(s, run->cache->links_now.p, run->cache->links_now.len);
	record_packed(s, run->cache);
	pack_tail(&tail, run, status);
	pack_bytes(s, tail.p, tail.len);
	str_free(&tail);
}

/* Room for a hash of all that will stand behind it. */
static void
begin(struct str *s)
{
	static const char room[sizeof(uint64_t)];

	str_puts(s, CACHE_MAGIC);
	str_add(s, room, sizeof(room));
}

static int
write_down(struct rp_run *run, const char *name, struct str *s)
{
	uint64_t hash = hash_bytes(s->p + CACHE_HEAD, s->len - CACHE_HEAD);
	int rc;

	memcpy(s->p + CACHE_HASH_AT, &hash, sizeof(hash));
	rc = write_file(&run->arena, cache_file(run, name), s->p, s->len);
	str_free(s);
	return rc;
}

static int
write_manifest(struct rp_run *run, int status, unsigned number)
{
	struct cache *c = run->cache;
	struct str s = { 0 };
	size_t i;

	begin(&s);
	pack_number(&s, number);
	pack_number(&s, c->key);
	pack_number(&s, run->input_count);
	for (i = 0; i < run->input_count; i++) {
		pack_text(&s, run->inputs[i].path);
		pack_text(&s, run->inputs[i].root);
		pack_text(&s, run->inputs[i].site_path);
		pack_facts(&s, run, i, number != c->number);
	}
	pack_rest(&s, run, status);
	return write_down(run, "manifest", &s);
}

/* Since the manifest was written. */
static int
has_changed(const struct rp_run *run, size_t i)
{
	return !run->facts[i].reused || run->cache->old[i]->changed;
}

static size_t
count_changes(const struct rp_run *run)
{
	size_t i, n = 0;

	for (i = 0; i < run->input_count; i++)
		n += (size_t)has_changed(run, i);
	return n;
}

static int
write_changes(struct rp_run *run, int status, size_t count)
{
	struct cache *c = run->cache;
	struct str s = { 0 };
	size_t i;

	begin(&s);
	str_add(&s, c->manifest.p + CACHE_HASH_AT, sizeof(uint64_t));
	pack_number(&s, count);
	for (i = 0; i < run->input_count; i++) {
		if (!has_changed(run, i))
			continue;
		pack_number(&s, i);
		pack_facts(&s, run, i, 0);
	}
	pack_rest(&s, run, status);
	return write_down(run, "changes", &s);
}

/* A cache that cannot be written is none: nothing is said of it. */
void
cache_save(struct rp_run *run, int status)
{
	struct cache *c = run->cache;
	unsigned number;
	size_t changes;
	int rc;

	if (save_parts(run, &number) == -1) {
		unlink(cache_file(run, "manifest"));
		remove_parts(run, c->number);
		remove_parts(run, number);
		return;
	}
	/* A few changes are written beside a manifest of thousands, which stays. */
	if (number == c->number && c->same && (changes = count_changes(run)) < run->input_count / 8) {
		write_changes(run, status, changes);
		return;
	}
	rc = write_manifest(run, status, number);
	if (number != c->number)
		remove_parts(run, rc == 0 ? c->number : number);
	unlink(cache_file(run, "changes"));
}
