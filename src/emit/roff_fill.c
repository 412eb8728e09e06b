/*
 * roff_fill.c - where the lines of a page end on a terminal of 80 columns.
 *
 * groff finds the end of a line by itself, at any width.  mandoc, up to 1.14.6 at
 * least, takes no notice of \: when it writes UTF-8: a Japanese paragraph is one
 * line, and so is an address.  For mandoc alone, such words get breaks where they
 * would reach the edge at its usual width; so this has to know what a line holds.
 * Where mandoc breaks after a hyphen, it holds less than is counted here.
 */
#include "roff.h"

void
roff_fill_outermost(struct roff_fill *f)
{
	f->margin = f->hang = 0;
	f->depth = 0;
}

void
roff_fill_in(struct roff_fill *f, int n)
{
	if (f->depth == sizeof(f->margins) / sizeof(f->margins[0]))
		return;
	f->margins[f->depth++] = n;
	f->margin += n;
	f->hang = 0;
}

void
roff_fill_out(struct roff_fill *f)
{
	if (f->depth == 0)
		return;
	f->margin -= f->margins[--f->depth];
	f->hang = 0;
}

void
roff_fill_words(struct roff_fill *f, const char *s, size_t len)
{
	long room = roff_fill_room(f), end = (long)len, at;
	long word = 0, line = f->shown > 0 ? -(long)f->shown - 1 : 0;	/* where both begin */

	while (end - line > room) {
		at = line + room;
		while (at > word && s[at] != ' ')
			at--;
		if (at <= word && line < word) {
			line = word;
			continue;
		}
		for (at = at > word ? at : word; at < end && s[at] != ' '; at++)
			;	/* a word that has no room anywhere */
		if (at == end)
			break;
		line = word = at + 1;
	}
	f->shown = (size_t)(end - line);
}
