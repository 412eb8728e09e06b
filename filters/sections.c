/*
 * sections - headings nest: each opens a section, which holds all up to the next
 * heading of its level or above.
 *
 * Levels that a text skips (an h4 below an h2) make no sections of their own:
 * what counts is which heading stands below which.  Only headings of the document
 * itself take part: one in a quote, a list or a fold belongs to that.
 */
#include <stdlib.h>
#include <string.h>

#include <rolepress/plugin.h>

/* Levels are 1 to 6, and sections nest only with levels that rise. */
enum { DEEPEST = 6 };

struct sections {
	struct rp_job	*job;
	struct rp_node	*open[DEEPEST];
	int		 depth;
};

/* ---- Headings ---- */

static int
has_pictures(struct rp_node *heading)
{
	struct rp_walk w = rp_walk(heading);

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && (rp_kind(w.node) == RP_IMAGE ||
		    rp_kind(w.node) == RP_FOOTNOTE_REF))
			return 1;
	return 0;
}

/* A section has a name: 0 if the heading has none, and is no heading any more. */
static int
has_title(struct rp_job *job, struct rp_node *heading)
{
	struct rp_node *para;

	if (*rp_plain_text(job->doc, heading) != '\0')
		return 1;
	if (has_pictures(heading)) {
		rp_set_kind(heading, RP_PARAGRAPH);
		rp_unset(heading, RP_A_LEVEL);
		return 0;
	}
	rp_report(job, RP_D_EMPTY_HEADING, heading, NULL);
	rp_set_kind(heading, RP_DIV);	/* html=fragment shows what the source had */
	rp_set(job->doc, heading, RP_A_TYPE, "empty-heading");
	if (rp_first(heading) != NULL) {
		para = rp_new(job->doc, RP_PARAGRAPH);
		rp_set_pos(para, rp_pos(heading));
		rp_move_children(para, heading);
		rp_append(heading, para);
	}
	return 0;
}

static void
move_attr(struct rp_doc *doc, struct rp_node *from, struct rp_node *to, enum rp_attr a)
{
	if (rp_get(from, a) != NULL)
		rp_set(doc, to, a, rp_get(from, a));
	rp_unset(from, a);
}

/* ---- Nesting ---- */

static void
close_to(struct sections *st, int depth)
{
	while (st->depth > depth) {
		struct rp_node *section = st->open[--st->depth];
		struct rp_pos pos = rp_pos(section), last = rp_pos(rp_last(section));

		pos.end_line = last.end_line;
		pos.end_col = last.end_col;
		rp_set_pos(section, pos);
	}
}

static void
open_section(struct sections *st, struct rp_node *heading)
{
	struct rp_doc *doc = st->job->doc;
	struct rp_node *section = rp_new(doc, RP_SECTION), *above;
	long level = rp_get_int(heading, RP_A_LEVEL, 1);
	int depth = st->depth;

	while (depth > 0 && rp_get_int(rp_first(st->open[depth - 1]), RP_A_LEVEL, 1) >= level)
		depth--;
	close_to(st, depth);
	if (depth == DEEPEST)
		close_to(st, --depth);
	rp_set_pos(section, rp_pos(heading));
	rp_insert_before(heading, section);
	rp_append(section, heading);
	rp_set_int(doc, section, RP_A_LEVEL, depth + 1);
	move_attr(doc, heading, section, RP_A_ID);
	move_attr(doc, heading, section, RP_A_ALIAS);
	above = depth > 0 ? st->open[depth - 1] : NULL;
	if (above != NULL)
		rp_append(above, section);
	st->open[st->depth++] = section;
}

static void
nest(struct sections *st)
{
	struct rp_node *n, *next;

	for (n = rp_first(st->job->root); n != NULL; n = next) {
		next = rp_next(n);
		if (rp_kind(n) == RP_HEADING && has_title(st->job, n))
			open_section(st, n);
		else if (st->depth > 0 && rp_parent(n) != NULL)
			rp_append(st->open[st->depth - 1], n);
	}
	close_to(st, 0);
}

/* ---- Footnotes ---- */

static int
by_number(const void *a, const void *b)
{
	const struct rp_node *const *x = a, *const *y = b;
	long m = rp_get_int(*x, RP_A_NUMBER, 0), n = rp_get_int(*y, RP_A_NUMBER, 0);

	return m < n ? -1 : m > n;
}

/* Out of whatever they stand in; in order, and back when the rest has its place. */
static struct rp_node **
take_footnotes(struct rp_job *job, size_t *count)
{
	struct rp_node **notes = NULL, *at = NULL;
	struct rp_walk w;
	size_t n = 0;

	while ((at = rp_find(job->root, at, RP_FOOTNOTE)) != NULL)
		n++;
	*count = n;
	if (n == 0)
		return NULL;
	notes = rp_alloc(job->doc, n * sizeof(*notes));
	n = 0;
	for (w = rp_walk(job->root); rp_walk_next(&w); ) {
		if (w.event == RP_LEAVE && rp_kind(w.node) == RP_FOOTNOTE) {
			notes[n++] = w.node;
			rp_detach(w.node);
		}
	}
	qsort(notes, n, sizeof(*notes), by_number);
	return notes;
}

static int
run(struct rp_job *job, void *state)
{
	struct sections *st = state;
	struct rp_node **notes;
	size_t count, i;

	st->job = job;
	notes = take_footnotes(job, &count);
	nest(st);
	for (i = 0; i < count; i++)
		rp_append(job->root, notes[i]);
	return 0;
}

static const char *const gives[] = { "sections", NULL };

RP_FILTER(sections) = {
	RP_HEAD("sections"),
	.summary = "nest the text below its headings",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct sections),
	.run = run,
};
