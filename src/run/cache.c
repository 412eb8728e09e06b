/*
 * cache.c - what the last run made, so that the next one does only what has
 * changed.
 *
 * A folder with three files.  "manifest" says of each input what its file was
 * (stamp.c), what the index knew of it (record.c), what it asked of the world and
 * was told (deps.c), and what was said of it; "changes" says that anew of a few of
 * them; "parts.N" has the rendered parts of outputs that put all documents together.
 * The first two are written last, by renaming, and have a hash over all of it; changes
 * have that of their manifest, too; a part is checked by its own.  What is
 * missing, broken, or of another program or other settings is as if it were not
 * there: a cache may be deleted at any time.
 *
 * A document is not read again if its file and the files it named are the same.
 * It is not written again if, besides, the index has the same to say to it: either
 * since nothing that the index is made of has changed, or since each of its
 * questions has the same answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cache.h"

/* ---- Reading the manifest ---- */

char *
cache_file(struct rp_run *run, const char *name)
{
	return path_join(&run->arena, run->cache_folder, name);
}

/* The file's bytes behind its head, if that is right. */
static struct unpack
map_file(struct rp_run *run, const char *name, struct mapping *m)
{
	int fd = open(cache_file(run, name), O_RDONLY | O_CLOEXEC);
	struct stat st;
	char *p = MAP_FAILED;
	uint64_t hash;

	if (fd != -1 && fstat(fd, &st) == 0 && st.st_size > CACHE_HEAD)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (fd != -1)
		close(fd);
	if (p == MAP_FAILED)
		return (struct unpack){ .bad = 1 };
	m->p = p;
	m->size = (size_t)st.st_size;
	memcpy(&hash, p + CACHE_HASH_AT, sizeof(hash));
	if (memcmp(p, CACHE_MAGIC, CACHE_HASH_AT) != 0 || hash != hash_bytes(p + CACHE_HEAD, m->size - CACHE_HEAD))
		return (struct unpack){ .bad = 1 };
	return (struct unpack){ .p = p + CACHE_HEAD, .end = p + m->size };
}

static void
unmap(struct mapping *m)
{
	if (m->p != NULL)
		munmap(m->p, m->size);
	m->p = NULL;
}

static void
unpack_old(struct old *o, struct unpack *u)
{
	o->front = unpack_part(u);
	o->core = unpack_part(u);
	o->back = unpack_part(u);
}

/* What is of the run as a whole. */
static void
unpack_rest(struct cache *c, struct unpack *u)
{
	c->links = unpack_part(u);
	c->packed_count = 0;
	unrecord_packed(c, u);
	c->tail = unpack_part(u);
}

/* What has been written since the manifest; 0, or -1 if it cannot be trusted. */
static int
parse_changes(struct rp_run *run, struct cache *c)
{
	struct unpack u = map_file(run, "changes", &c->changes);
	struct old *o;
	size_t n;

	if (u.bad || (size_t)(u.end - u.p) < sizeof(uint64_t) ||
	    memcmp(u.p, c->manifest.p + CACHE_HASH_AT, sizeof(uint64_t)) != 0)
		return 0;	/* none, or of another manifest */
	u.p += sizeof(uint64_t);
	for (n = (size_t)unpack_number(&u); n > 0 && !u.bad; n--) {
		size_t i = (size_t)unpack_number(&u);

		if (i >= c->old_count)
			return -1;
		o = &c->olds[i];
		unpack_old(o, &u);
		o->changed = 1;
	}
	unpack_rest(c, &u);
	return u.bad ? -1 : 0;
}

static int
parse_manifest(struct rp_run *run, struct cache *c)
{
	struct unpack u = map_file(run, "manifest", &c->manifest);
	size_t i;

	if (u.bad)
		return -1;
	c->number = (unsigned)unpack_number(&u);
	if (unpack_number(&u) != c->key)
		return -1;
	c->old_count = (size_t)unpack_number(&u);
	if (c->old_count > c->manifest.size)
		return -1;
	c->olds = arena_alloc(&run->arena, c->old_count * sizeof(*c->olds));
	for (i = 0; i < c->old_count && !u.bad; i++) {
		struct old *o = &c->olds[i];

		o->path = unpack_text(&u);
		o->root = unpack_text(&u);
		o->site_path = unpack_text(&u);
		unpack_old(o, &u);
		if (!u.bad)
			map_add(&c->by_path, o->path, o);
	}
	unpack_rest(c, &u);
	return u.bad ? -1 : parse_changes(run, c);
}

/* Is the input one that the last run had, and in which place? */
static struct old *
old_of(struct cache *c, const struct input *in)
{
	struct old *o = in->text == NULL ? map_get(&c->by_path, in->path) : NULL;

	if (o == NULL || strcmp(o->root, in->root) != 0 || strcmp(o->site_path, in->site_path) != 0)
		return NULL;
	return o;
}

/* ---- Front: what is looked at even when nothing has changed ---- */

/* Fills facts; 0 if the file is not what it was. */
static int
unpack_front(struct rp_run *run, struct facts *f, struct old *o)
{
	struct rp_arena *a = &run->index_doc->arena;
	struct unpack u = o->front;
	int firm = unpack_number(&u) != 0;
	struct stamp was = unrecord_stamp(&u);
	size_t i;

	if (!firm || !stamp_same(&was, &f->stamp))
		return 0;
	f->spoilt = unpack_number(&u) != 0;
	unrecord_blob(&f->said[0], &u);
	unrecord_blob(&f->said[1], &u);
	o->deps = u;
	unrecord_files(f, a, &u);
	for (i = 0; i < run->output_count; i++) {
		f->parts[i].good = unpack_number(&u) != 0;
		f->parts[i].written = (size_t)unpack_number(&u);
		f->parts[i].path = unpack_text(&u);
		if (f->parts[i].path != NULL)
			f->parts[i].stamp = unrecord_stamp(&u);
	}
	return !u.bad && deps_files_hold(run, f);
}

static void
forget_facts(struct rp_run *run, struct facts *f)
{
	struct facts none = { .parts = f->parts, .paths = f->paths, .worker = -1 };

	memset(f->parts, 0, run->output_count * sizeof(*f->parts));
	*f = none;
}

/* ---- Has anything changed at all? ---- */

static int
files_stand(const struct rp_run *run, const struct facts *f)
{
	size_t i;

	for (i = 0; i < run->output_count; i++)
		if (f->parts[i].path != NULL && !stamp_holds(&f->parts[i].stamp, f->parts[i].path))
			return 0;
	return 1;
}

/* How the run ended, outputs of all documents, then what was said of it. */
static int
tail_holds(struct rp_run *run, struct unpack *u, int *status)
{
	int firm = unpack_number(u) != 0;
	struct stamp was;
	size_t i, n;

	if (!firm)
		return 0;
	*status = (int)unpack_number(u);
	for (i = 0; i < run->output_count; i++) {
		was = unrecord_stamp(u);
		if (run->outputs[i].layout == RP_FILE_EACH)
			continue;
		if (was.ino == 0 || !stamp_holds(&was, run->outputs[i].out))
			return 0;
	}
	n = (size_t)unpack_number(u);
	for (i = 0; i < n && !u->bad; i++)
		message_append(&run->told, &run->last_told, unrecord_message(&run->arena, u));
	return !u->bad;
}

static int
nothing_changed(struct rp_run *run, struct cache *c, int *status)
{
	struct unpack tail = c->tail;
	size_t i;

	if (c->old_count != run->input_count || !tail_holds(run, &tail, status))
		return 0;
	for (i = 0; i < run->input_count; i++)
		if (!run->facts[i].cached || c->old[i] != &c->olds[i] || !files_stand(run, &run->facts[i]))
			return 0;
	return 1;
}

static void
tell_again(struct rp_run *run)
{
	const struct message *m;
	size_t i;

	for (i = 0; i < run->input_count; i++) {
		struct unpack core = run->cache->old[i]->core;

		run->facts[i].failed = unpack_number(&core) != 0;
		run->failed += (size_t)(run->facts[i].failed || run->facts[i].spoilt);
		facts_tell(run, i);
	}
	run->good = run->input_count - run->failed;
	for (m = run->told; m != NULL; m = m->next)
		diag_show(run, m->path, m);
}

/* ---- Opening ---- */

/* It may ask anything of anybody; plugins are known by their files. */
static int
is_script(const struct rp_filter *f)
{
	return f->unload != NULL;
}

static int
is_stranger(const struct rp_filter *f)
{
	return !registry_is_builtin(f);
}

/* Is there anything that a cache could not make again? */
static int
is_beyond(const struct rp_run *run)
{
	size_t i;
	int found = run->keep || run->shard.folder != NULL || run->output_count == 0 ||
	    run_uses(run, 0, is_script) || (run->reader.filter != NULL && is_script(run->reader.filter));

	for (i = 0; i < run->output_count; i++)
		found |= strcmp(run->outputs[i].out, "-") == 0;
	return found;
}

/* One run at a time has the cache; another one goes without. */
static int
take_lock(struct rp_run *run)
{
	int fd;

	if (make_folders(&run->arena, cache_file(run, "lock")) == -1)
		return -1;
	fd = open(cache_file(run, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd != -1 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd != -1)
		close(fd);
	return -1;
}

static void
drop_manifest(struct cache *c)
{
	unmap(&c->manifest);
	unmap(&c->changes);
	c->old_count = 0;
	free(c->packed);
	c->packed = NULL;
	c->packed_count = 0;
	map_free(&c->by_path);
	map_free(&c->looked_at);
}

static void
remember(struct rp_run *run)
{
	struct cache *c = run->cache;
	size_t i;

	c->old = arena_alloc(&run->arena, run->input_count * sizeof(struct old *));
	c->cores = arena_alloc(&run->arena, run->input_count * sizeof(struct str));
	for (i = 0; i < run->input_count; i++) {
		struct facts *f = &run->facts[i];

		c->old[i] = old_of(c, &run->inputs[i]);
		if (c->old[i] == NULL)
			continue;
		f->stamp = stamp_of(run->inputs[i].path);
		f->cached = unpack_front(run, f, c->old[i]);
		if (!f->cached)
			forget_facts(run, f);
	}
}

int
cache_open(struct rp_run *run, int *status)
{
	struct cache *c;
	int lock;

	if (run->cache_folder == NULL || is_beyond(run))
		return 0;
	lock = take_lock(run);
	if (lock == -1)
		return 0;
	c = run->cache = xcalloc(1, sizeof(*c));
	c->lock = lock;
	c->key = cache_key(run);
	c->strangers = run_uses(run, run->chain.barrier, is_stranger);
	if (parse_manifest(run, c) == -1)
		drop_manifest(c);
	remember(run);
	if (!nothing_changed(run, c, status)) {
		run->told = run->last_told = NULL;
		return 0;
	}
	tell_again(run);
	return 1;
}

int
cache_open_parts(struct rp_run *run, struct store *data, unsigned number)
{
	memset(data, 0, sizeof(*data));
	data->fd = open(cache_file(run, str_format(&run->arena, "parts.%u", number)),
	    O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	store_resume(data);
	return data->fd == -1 ? -1 : 0;
}

/* ---- Core: what the index is made of ---- */

void
cache_remember(struct rp_run *run)
{
	struct cache *c = run->cache;
	size_t i;

	for (i = 0; i < run->input_count; i++) {
		struct facts *f = &run->facts[i];
		struct unpack core;

		if (!f->cached)
			continue;
		core = c->old[i]->core;
		if (unrecord_core(f, run->index_doc, &core) == -1)
			forget_facts(run, f);
		else
			f->stage = READ;
	}
	c->store = run->store_count++;
	run->stores = xrealloc(run->stores, (size_t)run->store_count * sizeof(*run->stores));
	cache_open_parts(run, &run->stores[c->store], c->number);
	c->kept = run->stores[c->store].size;
}

void
cache_compare(struct rp_run *run)
{
	struct cache *c = run->cache;
	size_t i;

	c->same = c->old_count == run->input_count;
	for (i = 0; i < run->input_count; i++) {
		const struct old *o = c->old[i];

		if (!run->facts[i].cached)
			record_core(run, &c->cores[i], &run->facts[i]);
		if (o == NULL || o != &c->olds[i])
			c->same = 0;
		else if (c->cores[i].p != NULL && (c->cores[i].len != (size_t)(o->core.end - o->core.p) ||
		    memcmp(c->cores[i].p, o->core.p, c->cores[i].len) != 0))
			c->same = 0;
	}
}

int
cache_backlinks(const struct rp_run *run, struct unpack *pairs)
{
	*pairs = run->cache->links;
	return run->cache->same;
}

void
cache_keep_backlink(struct rp_run *run, size_t from, size_t to)
{
	pack_number(&run->cache->links_now, from);
	pack_number(&run->cache->links_now, to);
}

/* ---- Back: what was rendered ---- */

/* The entry, and what the index has to say of it. */
uint64_t
cache_own_hash(struct rp_run *run, const struct facts *f)
{
	const struct rp_node *first = run->index->root->first;
	/* Some writers make one document alone something else than one of many. */
	uint64_t h = deps_entry(run, f->entry) * 31 + (first == run->index->root->last);
	const struct message *m;

	for (m = f->pending; m != NULL; m = m->next)
		h = h * 31 + hash_bytes(m->text, strlen(m->text));
	return h;
}

/* To look at what this run has put there would move the map that others look at. */
const char *
cache_bytes(struct rp_run *run, const struct kept *kept, uint64_t hash)
{
	const struct cache *c = run->cache;
	const char *bytes;

	if (kept->at >= c->kept || kept->len >= c->kept - kept->at)
		return NULL;
	bytes = store_get(&run->stores[c->store], kept);
	return bytes != NULL && hash_bytes(bytes, kept->len) == hash ? bytes : NULL;
}

static int
has_part(struct rp_run *run, struct part *part)
{
	part->store = run->cache->store;
	return cache_bytes(run, &part->kept, part->hash) != NULL;
}

/* May the document's parts be taken as they were? */
static int
is_good(struct rp_run *run, size_t i)
{
	struct facts *f = &run->facts[i];
	struct cache *c = run->cache;
	struct unpack u = c->old[i]->back;
	uint64_t own = unpack_number(&u);
	size_t o;

	for (o = 0; o < run->output_count; o++) {
		f->parts[o].hash = unpack_number(&u);
		f->parts[o].kept.at = (size_t)unpack_number(&u);
		f->parts[o].kept.len = (size_t)unpack_number(&u);
		if (!f->parts[o].good)
			continue;
		if (run->outputs[o].layout == RP_FILE_EACH ? f->parts[o].path == NULL || f->paths[o] == NULL ||
		    strcmp(f->parts[o].path, f->paths[o]) != 0 : !has_part(run, &f->parts[o]))
			return 0;
	}
	if (u.bad || !files_stand(run, f))
		return 0;
	return c->same || (!c->strangers && own == cache_own_hash(run, f) && deps_hold(run, i, c->old[i]->deps));
}

/* Of what was known, the files that it named stay. */
static void
redo(struct rp_run *run, struct facts *f)
{
	blob_borrow(&f->said[1], NULL, 0);
	f->spoilt = 0;
	memset(f->parts, 0, run->output_count * sizeof(*f->parts));
}

void
cache_reuse(struct rp_run *run)
{
	size_t i;

	for (i = 0; i < run->input_count; i++) {
		struct facts *f = &run->facts[i];

		if (!f->cached)
			continue;
		f->reused = f->failed || is_good(run, i);
		if (f->reused)
			f->stage = DONE;
		else
			redo(run, f);
	}
}

/* ---- Closing ---- */

void
cache_close(struct rp_run *run)
{
	struct cache *c = run->cache;
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < run->input_count; i++)
		str_free(&c->cores[i]);
	str_free(&c->links_now);
	drop_manifest(c);
	close(c->lock);
	free(c);
	run->cache = NULL;
}
