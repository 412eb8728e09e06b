/* scalar.h - what a YAML scalar is. */
#ifndef RP_SCALAR_H
#define RP_SCALAR_H

#include "../core/core.h"

/* The type by the core schema: null, bool, int, float, string; NULL if the tag is
 * not known, or a core tag that the text does not fit. */
const char *scalar_type(const char *text, int plain, const char *tag);
int	    scalar_is_core_tag(const char *tag);

#endif
