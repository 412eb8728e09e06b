/*
 * flat.c - whether sections come back from their headings alone, as pandoc's documents
 * have it; if not, each becomes a Div.  The rule is that of the transform "sections".
 */
#include "pandoc.h"

enum { DEEPEST = 6 };

static int
is_aside(const struct rp_node *n)
{
	enum rp_kind k = rp_kind(n);

	return k == RP_TITLE || k == RP_SUBTITLE || k == RP_FOOTNOTE || rp_kind_class(k) == RP_CLASS_META;
}

/* The level of the heading that a section begins with; 0 if it has none. */
static long
heading_level(const struct rp_node *section)
{
	const struct rp_node *h = rp_first(section);

	return h != NULL && rp_kind(h) == RP_HEADING ? rp_get_int(h, RP_A_LEVEL, 0) : 0;
}

/* From this child on, of what stands below depth sections. */
static int
is_flat_from(const struct rp_node *n, long above, int depth)
{
	long level, last = DEEPEST + 1;
	int sections = 0;

	for (; n != NULL; n = rp_next(n)) {
		if (depth == 0 && is_aside(n))
			continue;
		if (rp_kind(n) == RP_HEADING || (sections && rp_kind(n) != RP_SECTION) || is_aside(n))
			return 0;
		if (rp_kind(n) != RP_SECTION)
			continue;
		level = heading_level(n);
		if (level <= above || level > last || depth == DEEPEST ||
		    rp_get_int(n, RP_A_LEVEL, 0) != depth + 1 ||
		    !is_flat_from(rp_next(rp_first(n)), level, depth + 1))
			return 0;
		last = level;
		sections = 1;
	}
	return 1;
}

int
pd_is_flat(const struct rp_node *root)
{
	return rp_child(root, RP_SECTION) != NULL && is_flat_from(rp_first(root), 0, 0);
}
