/*
 * roff_fill.c - where the lines of a page end on a terminal of 80 columns.
 *
 * groff finds the end of a line by itself, at any width.  mandoc, up to 1.14.6 at
 * least, takes no notice of \: when it writes UTF-8: a Japanese paragraph is one
 * line, and so is an address.  For mandoc alone, such words get breaks where they
 * would reach the edge at its usual width; so this has to know what a line holds.
 * Where mandoc breaks after a hyphen, it holds less than is counted here.
 */
#include <stdlib.h>
#include <string.h>

#include "roff.h"

static int
is(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

void
roff_fill_macro(struct roff_fill *f, const char *name, const char *arg)
{
	int n = arg != NULL ? atoi(arg) : 0;

	f->shown = 0;
	if (is(name, "SH") || is(name, "SS")) {
		f->margin = f->hang = 0;
		f->depth = 0;
	} else if (is(name, "PP")) {
		f->hang = 0;
	} else if (is(name, "IP") || is(name, "TP")) {
		f->hang = n;
	} else if (is(name, "RS") && f->depth < sizeof(f->margins) / sizeof(f->margins[0])) {
		f->margins[f->depth++] = n;
		f->margin += n;
		f->hang = 0;
	} else if (is(name, "RE") && f->depth > 0) {
		f->margin -= f->margins[--f->depth];
		f->hang = 0;
	}
}
