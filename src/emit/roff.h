/*
 * roff.h - what the roff emitter has in a file of its own.
 */
#ifndef RP_ROFF_H
#define RP_ROFF_H

#include <stddef.h>

/*
 * Where a formatter that breaks lines at spaces needs help: sets breaks[i] to 1
 * if a line may end before the character at s[i], and there is to be a mark, and
 * all others of the len bytes to 0.  s: a word, without white space.  0: there is
 * no such place, and breaks is as it was.
 */
int	roff_breaks(const char *s, size_t len, char *breaks);

#endif
