/* libunibreak.c - see lazy.h.  Needed for words of East Asia, and for very long ones. */
#include <linebreak.h>

#include "lazy.h"

static struct lazy_library library = { RP_SONAME, NULL };

LAZY_VOID(init_linebreak, (void), ());
LAZY_VOID(set_linebreaks_utf32, (const utf32_t *s, size_t len, const char *lang, char *breaks),
    (s, len, lang, breaks));
