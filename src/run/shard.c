/*
 * shard.c - a run spread over machines that share a folder.
 *
 *	--shard K/N	reads every N-th document: "read-K-of-N" has what the index
 *			is made of, and the trees
 *	render K/N	makes the index of all of those and renders every N-th
 *			document: "part-K-of-N" (may be left out)
 *	merge		makes the index, renders what no part has, and binds
 *
 * Each file is written whole or not at all, and has a hash over all but the
 * trees and parts behind it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run.h"

static const char magic[] = "rolepress shard 1\n";

/* A file of this kind that is being read. */
struct file {
	const char	*path;
	char		*map;
	size_t		 size;
	struct unpack	 head;		/* what the hash is of */
	size_t		 data;		/* where trees or parts begin */
};

static int
bad(struct rp_run *run, const char *path, const char *why)
{
	diag_run(run, RP_D_SHARD, path, rp_nowhere, why, NULL);
	return -1;
}

static char *
name_of(struct rp_run *run, const char *what, long k, long n)
{
	return path_join(&run->arena, run->shard.folder, str_format(&run->arena, "%s-%ld-of-%ld", what, k, n));
}

int
shard_has(const struct rp_run *run, size_t input)
{
	return run->shard.of == 0 || (long)(input % (size_t)run->shard.of) == run->shard.number - 1;
}

/* ---- Writing ---- */

/* Head and data go to the file as one. */
static int
write_shard(struct rp_run *run, const char *path, const struct str *head, const struct str *data)
{
	struct str whole = { 0 };
	uint64_t hash = hash_bytes(head->p, head->len), len = head->len;
	int rc;

	str_add(&whole, magic, sizeof(magic) - 1);
	str_add(&whole, (const char *)&hash, sizeof(hash));
	str_add(&whole, (const char *)&len, sizeof(len));
	str_add(&whole, head->p, head->len);
	str_add(&whole, data->p != NULL ? data->p : "", data->len);
	rc = write_file(&run->arena, path, whole.p, whole.len);
	str_free(&whole);
	if (rc == -1)
		diag_run(run, RP_D_WRITE_FAILED, path, rp_nowhere, strerror(errno), NULL);
	return rc;
}

static void
pack_list(struct str *s, const char *const *list, size_t count)
{
	size_t i;

	pack_number(s, count);
	for (i = 0; i < count; i++)
		pack_text(s, list[i]);
}

/* What must be the same in all shards: the run but for its outputs. */
static void
pack_run(struct str *s, const struct rp_run *run)
{
	size_t i;

	pack_text(s, RP_VERSION);
	pack_number(s, FREEZE_FORMAT);
	pack_list(s, run->filters, run->filter_count);
	pack_list(s, run->without, run->without_count);
	pack_list(s, run->roots, run->root_count);
	pack_text(s, run->from_markdown ? "markdown" : run->reader.spec);
	freeze(s, run->settings->root);
	pack_number(s, run->input_count);
	for (i = 0; i < run->input_count; i++) {
		pack_text(s, run->inputs[i].path);
		pack_text(s, run->inputs[i].root);
		pack_text(s, run->inputs[i].site_path);
	}
}

static int
pack_kept(struct str *head, struct str *data, struct store *store, const struct kept *kept)
{
	const char *bytes = store_get(store, kept);

	if (bytes == NULL)
		return -1;
	pack_number(head, data->len);
	pack_number(head, kept->len);
	pack_number(head, hash_bytes(bytes, kept->len));
	str_add(data, bytes, kept->len);
	str_add(data, "", 1);
	return 0;
}

int
shard_write_read(struct rp_run *run)
{
	char *path = name_of(run, "read", run->shard.number, run->shard.of);
	struct str head = { 0 }, data = { 0 }, own = { 0 };
	size_t i;
	int rc = 0;

	pack_run(&own, run);
	pack_bytes(&head, own.p, own.len);
	str_free(&own);
	for (i = 0; i < run->input_count && rc == 0; i++) {
		struct facts *f = &run->facts[i];

		if (!shard_has(run, i))
			continue;
		record_stamp(&head, &f->stamp);
		record_core(run, &head, f);
		if (!f->failed)
			rc = f->worker >= 0 ? pack_kept(&head, &data, &run->stores[f->worker], &f->tree) : -1;
	}
	if (rc == -1)
		bad(run, path, "a tree was lost");
	else
		rc = write_shard(run, path, &head, &data);
	str_free(&head);
	str_free(&data);
	return rc;
}

/* What a part stands for: everything that rendering depends on. */
static uint64_t
part_key(const struct rp_run *run)
{
	struct str s = { 0 };
	uint64_t key;
	size_t i;

	pack_run(&s, run);
	for (i = 0; i < run->output_count; i++) {
		pack_text(&s, run->outputs[i].writer.spec);
		pack_text(&s, run->outputs[i].out);
	}
	pack_number(&s, run->shard.cores);
	key = hash_bytes(s.p, s.len);
	str_free(&s);
	return key;
}

int
shard_write_parts(struct rp_run *run)
{
	char *path = name_of(run, "part", run->shard.number, run->shard.of);
	struct str head = { 0 }, data = { 0 };
	size_t i, o;
	int rc = 0;

	pack_number(&head, part_key(run));
	for (i = 0; i < run->input_count; i++) {
		struct facts *f = &run->facts[i];

		if (!shard_has(run, i) || f->failed)
			continue;
		pack_number(&head, (uint64_t)f->spoilt);
		for (o = 0; o < run->output_count && rc == 0; o++) {
			struct part *part = &f->parts[o];

			pack_number(&head, (uint64_t)part->good);
			pack_number(&head, part->path != NULL);
			if (part->good && part->path == NULL)
				rc = pack_kept(&head, &data, &run->stores[part->store], &part->kept);
		}
	}
	if (rc == -1)
		bad(run, path, "a part was lost");
	else
		rc = write_shard(run, path, &head, &data);
	str_free(&head);
	str_free(&data);
	return rc;
}

/* ---- Reading ---- */

static int
open_file(struct rp_run *run, struct file *f, const char *path)
{
	size_t fixed = sizeof(magic) - 1 + 2 * sizeof(uint64_t);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint64_t hash, len;
	struct stat st;

	f->path = path;
	if (fd == -1 || fstat(fd, &st) == -1) {
		if (fd != -1)
			close(fd);
		return bad(run, path, strerror(errno));
	}
	f->size = (size_t)st.st_size;
	f->map = f->size > fixed ? mmap(NULL, f->size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
	close(fd);
	if (f->map == MAP_FAILED) {
		f->map = NULL;
		return bad(run, path, "it is no shard of rolepress");
	}
	memcpy(&hash, f->map + sizeof(magic) - 1, sizeof(hash));
	memcpy(&len, f->map + sizeof(magic) - 1 + sizeof(hash), sizeof(len));
	if (memcmp(f->map, magic, sizeof(magic) - 1) != 0)
		return bad(run, path, "it is no shard of rolepress");
	if (len > f->size - fixed || hash_bytes(f->map + fixed, (size_t)len) != hash)
		return bad(run, path, "it is damaged");
	f->head.p = f->map + fixed;
	f->head.end = f->head.p + len;
	f->data = fixed + (size_t)len;
	return 0;
}

/* A store that is a shard's file, mapped already. */
static int
add_store(struct rp_run *run, const struct file *f)
{
	struct store *s;

	run->stores = xrealloc(run->stores, (size_t)(run->store_count + 1) * sizeof(*run->stores));
	s = &run->stores[run->store_count];
	memset(s, 0, sizeof(*s));
	s->fd = open(f->path, O_RDONLY | O_CLOEXEC);
	s->size = f->size;
	return run->store_count++;
}

static int
unpack_kept(struct unpack *u, const struct file *f, struct kept *kept, uint64_t *hash)
{
	kept->at = f->data + (size_t)unpack_number(u);
	kept->len = (size_t)unpack_number(u);
	*hash = unpack_number(u);
	return !u->bad && kept->at < f->size && kept->len < f->size - kept->at &&
	    hash_bytes(f->map + kept->at, kept->len) == *hash ? 0 : -1;
}

/* Strings are copied: the settings outlive the shards' files. */
static int
unpack_settings(struct rp_run *run, struct unpack *u)
{
	struct rp_doc *doc = doc_new(run, "shard");
	const struct rp_node *root = thaw(doc, u), *c;
	int rc = root != NULL ? 0 : -1;

	/* What the command line says now is stronger. */
	for (c = rc == 0 ? rp_child(root, RP_META_MAP)->first : NULL; c != NULL; c = c->next)
		if (rp_meta_get(rp_meta(run->settings), rp_get(c, RP_A_KEY)) == NULL)
			rp_append(rp_meta(run->settings), rp_copy(run->settings, c));
	doc_free(doc);
	return rc;
}

static const char *
unpack_copy(struct rp_run *run, struct unpack *u)
{
	const char *p = unpack_text(u);

	return p != NULL ? arena_dup(&run->arena, p, strlen(p)) : NULL;
}

static int
unpack_chain(struct rp_run *run, struct unpack *u)
{
	const char *from;
	size_t n;
	int rc = 0;

	for (n = (size_t)unpack_number(u); n > 0 && !u->bad; n--)
		rp_run_filter(run, unpack_copy(run, u));
	for (n = (size_t)unpack_number(u); n > 0 && !u->bad; n--)
		rp_run_without(run, unpack_copy(run, u));
	for (n = (size_t)unpack_number(u); n > 0 && !u->bad; n--)
		input_add_root(run, unpack_copy(run, u));
	from = unpack_text(u);
	if (from != NULL && !u->bad)
		rc = rp_run_from(run, from);
	return rc;
}

/* The run that the shards were made by becomes this one. */
static int
unpack_run(struct rp_run *run, const struct file *f, struct unpack u)
{
	const char *version = unpack_text(&u);
	size_t n;

	if (version == NULL || strcmp(version, RP_VERSION) != 0 || unpack_number(&u) != FREEZE_FORMAT)
		return bad(run, f->path, "it was made by another version of rolepress");
	if (unpack_chain(run, &u) == -1)
		return -1;
	if (unpack_settings(run, &u) == -1)
		return bad(run, f->path, "it is damaged");
	for (n = (size_t)unpack_number(&u); n > 0 && !u.bad; n--) {
		struct input *in = input_append(run);

		in->path = unpack_copy(run, &u);
		in->root = unpack_copy(run, &u);
		in->site_path = unpack_copy(run, &u);
	}
	return u.bad ? bad(run, f->path, "it is damaged") : 0;
}

/* How many shards there are: the folder has the first of so many. */
static long
count_shards(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	long n = 0, k, of;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (sscanf(e->d_name, "read-%ld-of-%ld", &k, &of) == 2 && k == 1 && of > n)
			n = of;
	if (d != NULL)
		closedir(d);
	return n;
}

int
rp_run_merge(struct rp_run *run, const char *folder)
{
	struct shard *sh = &run->shard;
	struct unpack first = { 0 }, own;
	long n = count_shards(folder), k;

	sh->folder = arena_dup(&run->setup, folder, strlen(folder));
	sh->merges = 1;
	if (n == 0)
		return bad(run, folder, "there is no read-1-of-N in it: make it with --shard 1/N");
	sh->files = xcalloc((size_t)n, sizeof(*sh->files));
	sh->file_count = n;
	for (k = 0; k < n; k++) {
		struct file *f = &sh->files[k];

		if (open_file(run, f, name_of(run, "read", k + 1, n)) == -1)
			return -1;
		own = unpack_part(&f->head);
		if (k == 0 && unpack_run(run, f, first = own) == -1)
			return -1;
		if (own.end - own.p != first.end - first.p || memcmp(own.p, first.p, (size_t)(own.end - own.p)) != 0)
			return bad(run, f->path, "it is of another run: other inputs, filters or settings");
		sh->cores = sh->cores * 31 + hash_bytes(f->head.p, (size_t)(f->head.end - f->head.p));
	}
	return 0;
}

static int
load_reads(struct rp_run *run, struct file *f, size_t k)
{
	struct unpack *u = &f->head;
	int store = add_store(run, f);
	uint64_t hash;
	size_t i;

	for (i = k; i < run->input_count; i += (size_t)run->shard.file_count) {
		struct facts *facts = &run->facts[i];

		facts->stamp = unrecord_stamp(u);
		if (unrecord_core(facts, run->index_doc, u) == -1 || (!facts->failed &&
		    unpack_kept(u, f, &facts->tree, &hash) == -1))
			return bad(run, f->path, "it is damaged");
		facts->worker = facts->failed ? -1 : store;
		facts->stage = READ;
	}
	return 0;
}

int
shard_load(struct rp_run *run)
{
	long k;

	for (k = 0; k < run->shard.file_count; k++)
		if (load_reads(run, &run->shard.files[k], (size_t)k) == -1)
			return -1;
	return 0;
}

static int
load_parts(struct rp_run *run, struct file *f, size_t k)
{
	struct unpack *u = &f->head;
	int store = add_store(run, f), own, there;
	size_t i, o;

	for (i = k; i < run->input_count; i += (size_t)run->shard.file_count) {
		struct facts *facts = &run->facts[i];

		there = 1;
		if (facts->failed)
			continue;
		facts->spoilt = unpack_number(u) != 0;
		for (o = 0; o < run->output_count; o++) {
			struct part *part = &facts->parts[o];

			part->good = unpack_number(u) != 0;
			own = unpack_number(u) != 0;
			part->path = own ? facts->paths[o] : NULL;
			part->store = store;
			/* Written where this machine does not see it: rendered once more. */
			there &= !own || !part->good || (part->path != NULL && access(part->path, F_OK) == 0);
			if (part->good && !own && unpack_kept(u, f, &part->kept, &part->hash) == -1)
				return bad(run, f->path, "it is damaged");
		}
		if (u->bad)
			return bad(run, f->path, "it is damaged");
		if (there)
			facts->stage = DONE;
	}
	return 0;
}

/* Parts that fit this run; what has none is rendered. */
int
shard_load_parts(struct rp_run *run)
{
	struct shard *sh = &run->shard;
	uint64_t key = part_key(run);
	long k;
	int rc = 0;

	sh->parts = xcalloc((size_t)sh->file_count, sizeof(*sh->parts));
	for (k = 0; k < sh->file_count && rc == 0; k++) {
		char *path = name_of(run, "part", k + 1, sh->file_count);

		if (access(path, F_OK) == -1)
			continue;
		rc = open_file(run, &sh->parts[k], path);
		if (rc == 0 && unpack_number(&sh->parts[k].head) == key)
			rc = load_parts(run, &sh->parts[k], (size_t)k);
	}
	return rc;
}

void
shard_close(struct rp_run *run)
{
	struct shard *sh = &run->shard;
	long k;

	for (k = 0; k < sh->file_count; k++) {
		if (sh->files[k].map != NULL)
			munmap(sh->files[k].map, sh->files[k].size);
		if (sh->parts != NULL && sh->parts[k].map != NULL)
			munmap(sh->parts[k].map, sh->parts[k].size);
	}
	free(sh->files);
	free(sh->parts);
	memset(sh, 0, sizeof(*sh));
}

void
rp_run_shard(struct rp_run *run, long number, long of, const char *folder)
{
	run->shard.number = number;
	run->shard.of = of;
	if (folder != NULL)
		run->shard.folder = arena_dup(&run->setup, folder, strlen(folder));
}
