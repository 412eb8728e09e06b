/*
 * note.c - footnotes.  Ours stand at the end and are referred to by id, as often as one
 * likes; pandoc's stand where they are referred to, once.  So a footnote stands at the
 * first reference to it that is not in another footnote; other references are numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "pandoc.h"

struct note {
	const char		*id;
	const struct rp_node	*footnote;
	const struct rp_node	*home;		/* the FOOTNOTE_REF it stands at, or NULL */
};

static int
by_id(const void *a, const void *b)
{
	const struct note *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct note *
find(const struct pandoc *p, const char *id)
{
	struct note key = { .id = id };

	if (id == NULL || p->note_count == 0)
		return NULL;
	return bsearch(&key, p->notes, p->note_count, sizeof(key), by_id);
}

/* Of two that have the same id, neither can be told from the other: both are loose. */
static void
drop_twins(struct pandoc *p)
{
	size_t i, n = 0;

	for (i = 0; i < p->note_count; i++) {
		size_t k = i + 1;

		while (k < p->note_count && strcmp(p->notes[i].id, p->notes[k].id) == 0)
			k++;
		if (k == i + 1)
			p->notes[n++] = p->notes[i];
		i = k - 1;
	}
	p->note_count = n;
}

static void
find_homes(struct pandoc *p)
{
	struct rp_walk w = rp_walk(p->job->root);
	struct note *note;
	int inside = 0;

	while (rp_walk_next(&w)) {
		if (rp_kind(w.node) == RP_FOOTNOTE)
			inside += w.event == RP_ENTER ? 1 : -1;
		if (w.event != RP_ENTER || inside > 0 || rp_kind(w.node) != RP_FOOTNOTE_REF)
			continue;
		note = find(p, rp_get(w.node, RP_A_FRAGMENT));
		if (note != NULL && note->home == NULL)
			note->home = w.node;
	}
}

void
pd_notes_find(struct pandoc *p)
{
	struct rp_walk w;
	size_t n = 0;

	for (w = rp_walk(p->job->root); rp_walk_next(&w); )
		n += w.event == RP_ENTER && rp_kind(w.node) == RP_FOOTNOTE &&
		     rp_get(w.node, RP_A_ID) != NULL;
	if (n == 0)
		return;
	p->notes = rp_alloc(p->job->doc, n * sizeof(*p->notes));
	for (w = rp_walk(p->job->root); rp_walk_next(&w); )
		if (w.event == RP_ENTER && rp_kind(w.node) == RP_FOOTNOTE &&
		    rp_get(w.node, RP_A_ID) != NULL)
			p->notes[p->note_count++] = (struct note){ .id = rp_get(w.node, RP_A_ID),
			    .footnote = w.node };
	qsort(p->notes, p->note_count, sizeof(*p->notes), by_id);
	drop_twins(p);
	find_homes(p);
}

int
pd_note_is_loose(const struct pandoc *p, const struct rp_node *footnote)
{
	const struct note *note = find(p, rp_get(footnote, RP_A_ID));

	return note == NULL || note->footnote != footnote || note->home == NULL;
}

/* Its place in the text, for a reference that cannot hold the footnote. */
static void
number(struct pandoc *p, const struct rp_node *ref)
{
	pd_el_open(p, "Superscript");
	rp_json_array(p->j);
	pd_str_el(p, pd_number_text(p->job->doc, rp_get_int(ref, RP_A_NUMBER, 0)));
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
reference(struct pandoc *p, const struct rp_node *ref, const struct rp_node *footnote)
{
	if (footnote == NULL) {
		number(p, ref);
		return;
	}
	pd_el_open(p, "Note");
	rp_json_array(p->j);
	pd_blocks(p, footnote);
	rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_note_ref(struct pandoc *p, const struct rp_node *ref)
{
	const struct note *note = find(p, rp_get(ref, RP_A_FRAGMENT));
	int home = note != NULL && note->home == ref;

	if (p->clean) {
		reference(p, ref, home ? note->footnote : NULL);
		return;
	}
	pd_el_open(p, "Span");
	rp_json_array(p->j);
	pd_attr_begin(p, rp_get(ref, RP_A_ID), "rolepress-footnote-ref", rp_get(ref, RP_A_CLASS));
	pd_attr_pairs(p, ref, "", 0);
	if (home)
		pd_attr_pairs(p, note->footnote, "note-", ATTR(ID));
	pd_attr_end(p);
	rp_json_array(p->j);
	reference(p, ref, home ? note->footnote : NULL);
	rp_json_end(p->j);
	rp_json_end(p->j);
	pd_el_close(p);
}
