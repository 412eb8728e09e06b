/* scalar.h - what a YAML scalar is. */
#ifndef RP_SCALAR_H
#define RP_SCALAR_H

#include "../core/core.h"

/* The type by the core schema: null, bool, int, float, string; NULL if the tag is
 * not known, or a core tag that the text does not fit. */
const char *scalar_type(const char *text, int plain, const char *tag);
int	    scalar_is_core_tag(const char *tag);

/*
 * YAML 1.1, and so libyaml, takes U+0085, U+2028 and U+2029 as line breaks; YAML
 * 1.2 does not (5.4).  They are put under cover for libyaml and restored.
 */
const char *scalar_protect(struct rp_doc *, const char *text, size_t *len);
const char *scalar_restore(struct rp_doc *, const char *text, size_t len);

#endif
