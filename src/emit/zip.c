/*
 * zip.c - the ZIP emitter, on libzip.
 *
 * Entries come deflated, or are stored; libzip only puts them together, straight
 * into the sink, so that no byte of the archive is in memory twice.  The same entries
 * give the same bytes: times are fixed, and libzip adds no extra fields of its own.
 */
#include <string.h>
#include <time.h>

#include <zip.h>

#include <rolepress/emit.h>

#include "../run/run.h"
#include "pack.h"
#include "sink.h"

struct rp_zip {
	struct rp_job	*job;
	struct rp_sink	*out;
	size_t		 start, at;	/* of the archive in the sink; of what is written next */
	zip_t		*archive;
	time_t		 day;
	struct entry	*entries, *last;
	const char	*error;		/* what failed first, or NULL */
};

static void
fail(struct rp_zip *z, const char *what, const char *why)
{
	if (z->error == NULL)
		z->error = rp_join(z->job->doc, "ZIP: ", what, ": ", why, NULL);
}

/* ---- The archive, as libzip writes it: it goes back to complete an entry's head ---- */

static void
write_at(struct rp_zip *z, const char *bytes, size_t len)
{
	sink_write_at(z->out, z->at, bytes, len);
	z->at += len;
}

static zip_int64_t
seek(struct rp_zip *z, const zip_source_args_seek_t *to)
{
	size_t from = to->whence == SEEK_SET ? z->start : to->whence == SEEK_CUR ? z->at : sink_len(z->out);
	zip_int64_t at = (zip_int64_t)from + to->offset;

	if (at < (zip_int64_t)z->start || at > (zip_int64_t)sink_len(z->out))
		return -1;
	z->at = (size_t)at;
	return 0;
}

/* An empty file, until there is something in it; what was written is never read. */
static zip_int64_t
archive(void *arg, void *data, zip_uint64_t len, zip_source_cmd_t what)
{
	struct rp_zip *z = arg;

	switch (what) {
	case ZIP_SOURCE_SUPPORTS:
		return ZIP_SOURCE_SUPPORTS_WRITABLE;
	case ZIP_SOURCE_STAT:
		zip_stat_init(data);
		((zip_stat_t *)data)->valid = ZIP_STAT_SIZE;
		((zip_stat_t *)data)->size = 0;
		return sizeof(zip_stat_t);
	case ZIP_SOURCE_WRITE:
		write_at(z, data, (size_t)len);
		return (zip_int64_t)len;
	case ZIP_SOURCE_SEEK_WRITE:
		return seek(z, data);
	case ZIP_SOURCE_TELL_WRITE:
		return (zip_int64_t)(z->at - z->start);
	case ZIP_SOURCE_ERROR:
		memset(data, 0, 2 * sizeof(int));
		return 2 * sizeof(int);
	default:
		return 0;
	}
}

/* APPNOTE 4.4.6: the first day that a ZIP can name, which it does in local time. */
static time_t
first_day(void)
{
	struct tm tm = { .tm_year = 80, .tm_mon = 0, .tm_mday = 1, .tm_isdst = -1 };

	return mktime(&tm);
}

struct rp_zip *
rp_zip_open(struct rp_job *job, struct rp_sink *out)
{
	struct rp_zip *z = rp_alloc(job->doc, sizeof(*z));
	zip_source_t *source;
	zip_error_t error;

	z->job = job;
	z->out = out;
	z->day = first_day();
	z->start = z->at = sink_len(out);
	zip_error_init(&error);
	source = zip_source_function_create(archive, z, &error);
	if (source != NULL && (z->archive = zip_open_from_source(source, ZIP_TRUNCATE, &error)) == NULL)
		zip_source_free(source);
	if (z->archive == NULL)
		fail(z, "new archive", zip_error_strerror(&error));
	zip_error_fini(&error);
	return z;
}

/* ---- Entries, as libzip reads them ---- */

struct entry {
	struct entry	*next;
	struct rp_run	*run;
	const char	*name;
	struct aside	*aside;		/* not NULL: another process packs it */
	struct digest	*of;		/* what is packed, if the cache is to know it; else NULL */
	struct packed	 packed;
	size_t		 at;
};

static void
tell(const struct packed *p, zip_stat_t *st)
{
	zip_stat_init(st);
	st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
	st->size = p->size;
	st->comp_size = p->len;
	st->crc = p->crc;
	st->comp_method = p->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
}

static zip_int64_t
entry(void *arg, void *data, zip_uint64_t len, zip_source_cmd_t what)
{
	struct entry *e = arg;

	switch (what) {
	case ZIP_SOURCE_SUPPORTS:
		return ZIP_SOURCE_SUPPORTS_READABLE;
	case ZIP_SOURCE_OPEN:
		e->at = 0;
		return 0;
	case ZIP_SOURCE_STAT:
		tell(&e->packed, data);
		return sizeof(zip_stat_t);
	case ZIP_SOURCE_READ:
		if (len > e->packed.len - e->at)
			len = e->packed.len - e->at;
		if (len > 0)
			memcpy(data, e->packed.bytes + e->at, (size_t)len);
		e->at += (size_t)len;
		return (zip_int64_t)len;
	case ZIP_SOURCE_CLOSE:
		/* Once is all it is read. */
		stores_release(e->run, e->packed.bytes, e->packed.len);
		return 0;
	case ZIP_SOURCE_ERROR:
		memset(data, 0, 2 * sizeof(int));
		return 2 * sizeof(int);
	default:
		return 0;
	}
}

static void
add(struct rp_zip *z, struct entry *e)
{
	zip_source_t *source;
	zip_int64_t i = -1;

	if ((source = zip_source_function(z->archive, entry, e)) != NULL &&
	    (i = zip_file_add(z->archive, e->name, source, ZIP_FL_ENC_UTF_8)) < 0)
		zip_source_free(source);
	if (i < 0 || zip_set_file_compression(z->archive, (zip_uint64_t)i,
	    e->packed.deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) < 0 ||
	    zip_file_set_mtime(z->archive, (zip_uint64_t)i, z->day, 0) < 0)
		fail(z, e->name, zip_strerror(z->archive));
}

/* ---- Entries, as they come ---- */

static struct entry *
entry_new(struct rp_zip *z, const char *name)
{
	struct entry *e = rp_alloc(z->job->doc, sizeof(*e));

	e->run = z->job->run;
	e->name = name;
	if (z->last != NULL)
		z->last->next = e;
	else
		z->entries = e;
	return z->last = e;
}

static void
set_packed(struct rp_zip *z, struct entry *e, const char *bytes, size_t len)
{
	if (pack_open(&e->packed, bytes, len) == -1)
		fail(z, e->name, "not packed");
}

void
rp_zip_add_packed(struct rp_zip *z, const char *name, const char *bytes, size_t len)
{
	set_packed(z, entry_new(z, name), bytes, len);
	/* Only its head has been looked at, but more than that is mapped now. */
	stores_release(z->job->run, bytes, len);
}

void
rp_zip_store(struct rp_zip *z, const char *name, const char *bytes, size_t len)
{
	entry_new(z, name)->packed = pack_stored(bytes, len);
}

/* Has the last run packed the same? */
static int
was_packed(struct rp_zip *z, struct entry *e, const char *bytes, size_t len)
{
	struct rp_run *run = z->job->run;
	size_t n;

	if (len < PACK_LARGE || run->cache == NULL || run->worker != 0)
		return 0;
	e->of = rp_alloc(z->job->doc, sizeof(*e->of));
	*e->of = digest_of(bytes, len);
	bytes = cache_packed(run, e->of, &n);
	if (bytes == NULL)
		return 0;
	set_packed(z, e, bytes, n);
	return 1;
}

static void
take_packed(struct rp_zip *z, struct entry *e, const char *bytes, size_t len)
{
	set_packed(z, e, bytes, len);
	if (e->of != NULL)
		cache_keep_packed(z->job->run, e->of, bytes, len);
}

/* Deflated if that makes it smaller. */
void
rp_zip_add(struct rp_zip *z, const char *name, const char *bytes, size_t len)
{
	struct entry *e = entry_new(z, name);
	struct rp_sink *kept;

	if (was_packed(z, e, bytes, len) || (e->aside = aside_begin(z->job, bytes, len)) != NULL)
		return;
	kept = rp_sink_new(z->job);
	rp_zip_pack(z->job, kept, bytes, len);
	take_packed(z, e, kept->buf.p, kept->buf.len);
}

void
rp_zip_add_sink(struct rp_zip *z, const char *name, struct rp_sink *sink)
{
	size_t len;
	const char *bytes = rp_sink_bytes(sink, &len);

	rp_zip_add(z, name, bytes, len);
	str_free(&sink->buf);
}

static void
wait_for(struct rp_zip *z, struct entry *e)
{
	size_t len;
	const char *packed = aside_end(e->aside, &len);

	if (packed != NULL)
		take_packed(z, e, packed, len);
	else
		fail(z, e->name, "the process that packed it has died");
}

int
rp_zip_close(struct rp_zip *z)
{
	struct entry *e;

	for (e = z->entries; e != NULL; e = e->next) {
		if (e->aside != NULL)
			wait_for(z, e);
		if (z->error == NULL)
			add(z, e);
	}
	if (z->archive != NULL && z->error == NULL && zip_close(z->archive) == 0)
		z->archive = NULL;
	if (z->archive != NULL) {
		fail(z, "closing", zip_strerror(z->archive));
		zip_discard(z->archive);
	}
	for (e = z->entries; e != NULL; e = e->next)
		if (e->aside != NULL)
			aside_free(e->aside);
	if (z->error == NULL)
		return 0;
	rp_report(z->job, RP_D_EMITTER, NULL, z->error, NULL);
	return -1;
}
