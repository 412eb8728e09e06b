/*
 * section.c - headings, and the sections that they open in a document that had its
 * sections when it was written; in others the transform "sections" makes them.
 */
#include "reader.h"

struct rp_node *
pr_section_now(struct reader *r)
{
	return r->open_count > 0 ? r->open[r->open_count - 1] : r->job->root;
}

static long
level_of(const struct rp_node *section)
{
	return rp_get_int(rp_first(section), RP_A_LEVEL, 1);
}

/* As the transform nests them. */
static void
open_section(struct reader *r, const json_t *attr, struct rp_node *heading)
{
	struct rp_node *n = rp_new(r->doc, RP_SECTION);
	long level = rp_get_int(heading, RP_A_LEVEL, 1);
	const char *id;

	while (r->open_count > 0 && level_of(r->open[r->open_count - 1]) >= level)
		r->open_count--;
	rp_append(pr_section_now(r), n);
	rp_append(n, heading);
	r->open[r->open_count++] = n;
	rp_set_int(r->doc, n, RP_A_LEVEL, r->open_count);
	id = rp_get(heading, RP_A_ID);
	if (id != NULL)
		rp_set(r->doc, n, RP_A_ID, id);
	rp_unset(heading, RP_A_ID);
	pr_attr_prefixed(r, attr, n, "section-");
	pr_attr_prefixed(r, attr, heading, "heading-");
}

void
pr_read_header(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at level_at = pr_below(at, 0), attr_at = pr_below(at, 1), inlines_at = pr_below(at, 2);
	struct rp_node *n = rp_new(r->doc, RP_HEADING);
	long level;

	if (pr_list_of(r, at, c, 3) == NULL)
		return;
	level = pr_int_of(r, &level_at, json_array_get(c, 0));
	rp_set_int(r->doc, n, RP_A_LEVEL, level < 1 ? 1 : level > 6 ? 6 : level);
	pr_attr_apply(r, &attr_at, json_array_get(c, 1), n, NULL);
	if (r->failed)
		return;
	if (r->flat && into == pr_section_now(r))
		open_section(r, json_array_get(c, 1), n);
	else
		rp_append(into, n);
	pr_read_inlines(r, &inlines_at, json_array_get(c, 2), n);
}
