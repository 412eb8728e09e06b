/* libzip.c - see lazy.h.  Needed for EPUB. */
#define ZIP_EXTERN	/* what is defined here is for this program alone */
#include <zip.h>

#include "lazy.h"

static struct lazy_library library = { RP_SONAME, NULL };

LAZY(zip_t *, zip_open_from_source, (zip_source_t *source, int flags, zip_error_t *e),
    (source, flags, e));
LAZY(int, zip_close, (zip_t *z), (z));
LAZY_VOID(zip_discard, (zip_t *z), (z));
LAZY(const char *, zip_strerror, (zip_t *z), (z));
LAZY_VOID(zip_error_init, (zip_error_t *e), (e));
LAZY_VOID(zip_error_fini, (zip_error_t *e), (e));
LAZY(const char *, zip_error_strerror, (zip_error_t *e), (e));
LAZY(zip_int64_t, zip_file_add, (zip_t *z, const char *name, zip_source_t *source, zip_flags_t flags),
    (z, name, source, flags));
LAZY(int, zip_file_set_mtime, (zip_t *z, zip_uint64_t i, time_t time, zip_flags_t flags),
    (z, i, time, flags));
LAZY(int, zip_set_file_compression, (zip_t *z, zip_uint64_t i, zip_int32_t method, zip_uint32_t flags),
    (z, i, method, flags));
LAZY(zip_source_t *, zip_source_function, (zip_t *z, zip_source_callback f, void *arg), (z, f, arg));
LAZY(zip_source_t *, zip_source_function_create, (zip_source_callback f, void *arg, zip_error_t *e),
    (f, arg, e));
LAZY_VOID(zip_source_free, (zip_source_t *source), (source));
LAZY_VOID(zip_stat_init, (zip_stat_t *st), (st));
