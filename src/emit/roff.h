/*
 * roff.h - what the roff emitter has in files of its own.
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

/* Where text stands on a terminal of 80 columns. */
struct roff_fill {
	int	margins[32];		/* of .RS, each from the one around it */
	size_t	depth;
	int	margin, hang;		/* all of them; of the paragraph: .IP, .TP */
	size_t	shown;			/* columns of the line so far */
};

/* arg: the macro's last one, or NULL. */
void	roff_fill_macro(struct roff_fill *, const char *name, const char *arg);
/* Adds text to the line, after a space unless it is glued.  1: it has no room
 * there, and begins the next one. */
int	roff_fill_add(struct roff_fill *, size_t columns, int glued);

#endif
