/*
 * zip.c - the ZIP emitter, on libzip.
 *
 * The archive is made in memory and goes to the sink when it is whole: libzip
 * goes back to write sizes, and a sink only ever grows.  The same entries give
 * the same bytes: times are fixed, and libzip adds no extra fields of its own.
 */
#include <zip.h>

#include <rolepress/emit.h>

/* APPNOTE 4.4.6: the first day that a ZIP can name, 1980-01-01, and midnight. */
#define DOS_DATE	((0 << 9) | (1 << 5) | 1)
#define DOS_TIME	0

struct rp_zip {
	struct rp_job	*job;
	struct rp_sink	*out;
	zip_source_t	*memory;	/* what the archive is written to */
	zip_t		*archive;
	const char	*error;		/* what failed first, or NULL */
};

static void
fail(struct rp_zip *z, const char *what, const char *why)
{
	if (z->error == NULL)
		z->error = rp_join(z->job->doc, "ZIP: ", what, ": ", why, NULL);
}

struct rp_zip *
rp_zip_open(struct rp_job *job, struct rp_sink *out)
{
	struct rp_zip *z = rp_alloc(job->doc, sizeof(*z));
	zip_error_t error;

	z->job = job;
	z->out = out;
	zip_error_init(&error);
	z->memory = zip_source_buffer_create(NULL, 0, 0, &error);
	if (z->memory != NULL)
		z->archive = zip_open_from_source(z->memory, ZIP_TRUNCATE, &error);
	if (z->archive != NULL)
		zip_source_keep(z->memory);	/* beyond zip_close() */
	else
		fail(z, "new archive", zip_error_strerror(&error));
	zip_error_fini(&error);
	return z;
}

static void
add(struct rp_zip *z, const char *name, const char *bytes, size_t len, int method)
{
	zip_source_t *source;
	zip_int64_t i = -1;

	if (z->error != NULL)
		return;
	if ((source = zip_source_buffer(z->archive, bytes, len, 0)) != NULL &&
	    (i = zip_file_add(z->archive, name, source, ZIP_FL_ENC_UTF_8)) < 0)
		zip_source_free(source);
	if (i < 0 ||
	    zip_set_file_compression(z->archive, (zip_uint64_t)i, method, 0) < 0 ||
	    zip_file_set_dostime(z->archive, (zip_uint64_t)i, DOS_TIME, DOS_DATE, 0) < 0)
		fail(z, name, zip_strerror(z->archive));
}

void
rp_zip_add(struct rp_zip *z, const char *name, const char *bytes, size_t len)
{
	add(z, name, bytes, len, ZIP_CM_DEFLATE);
}

void
rp_zip_store(struct rp_zip *z, const char *name, const char *bytes, size_t len)
{
	add(z, name, bytes, len, ZIP_CM_STORE);
}

static void
to_sink(struct rp_zip *z)
{
	char part[1 << 14];
	zip_int64_t n = -1;

	if (zip_source_open(z->memory) == 0) {
		while ((n = zip_source_read(z->memory, part, sizeof(part))) > 0)
			rp_put(z->out, part, (size_t)n);
		zip_source_close(z->memory);
	}
	if (n < 0)
		fail(z, "reading back", zip_error_strerror(zip_source_error(z->memory)));
}

int
rp_zip_close(struct rp_zip *z)
{
	if (z->archive != NULL && z->error == NULL && zip_close(z->archive) == 0)
		z->archive = NULL;
	if (z->archive != NULL) {
		fail(z, "closing", zip_strerror(z->archive));
		zip_discard(z->archive);
	} else if (z->error == NULL) {
		to_sink(z);
	}
	if (z->memory != NULL)
		zip_source_free(z->memory);
	if (z->error == NULL)
		return 0;
	rp_report(z->job, RP_D_EMITTER, NULL, z->error, NULL);
	return -1;
}
