/*
 * note.c - footnotes.  pandoc's stand in the text; ours at the end, with a reference in
 * the text, each with an id.
 */
#include <string.h>

#include "reader.h"

struct rp_node *
pr_add_footnote(struct reader *r)
{
	struct rp_node *n = rp_new(r->doc, RP_FOOTNOTE);

	rp_append(r->notes, n);
	r->note_count++;
	return n;
}

static void
content(struct reader *r, const struct at *at, const json_t *c, struct rp_node *note)
{
	r->depth++;
	if (r->depth < 200)
		pr_read_blocks(r, at, c, note);
	r->depth--;
}

/* A note that says nothing of itself: one of another program. */
void
pr_read_note(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *note, *ref;
	const char *n;

	if (r->plain) {
		pr_kept(r, KEPT_NOTE);
		return;
	}
	ref = rp_new(r->doc, RP_FOOTNOTE_REF);
	rp_append(into, ref);
	note = pr_add_footnote(r);
	n = rp_join(r->doc, r->side != NULL ? "new-" : "", pr_number(r->doc, r->note_count), NULL);
	rp_set(r->doc, note, RP_A_ID, rp_join(r->doc, "fn-", n, NULL));
	rp_set(r->doc, ref, RP_A_ID, rp_join(r->doc, "fnref-", n, NULL));
	rp_set(r->doc, ref, RP_A_FRAGMENT, rp_get(note, RP_A_ID));
	rp_set_int(r->doc, note, RP_A_NUMBER, (long)r->note_count);
	rp_set_int(r->doc, ref, RP_A_NUMBER, (long)r->note_count);
	json_object_set_new(r->note_ids, rp_get(note, RP_A_ID), json_true());
	r->new_notes = 1;
	content(r, at, c, note);
}

/* One of ours: the footnote, or the number of one that stands elsewhere. */
void
pr_read_note_ref(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at attr_at = pr_below(at, 0), inlines_at = pr_below(at, 1),
		  note_at = pr_below(&inlines_at, 0);
	struct at content_at = { &note_at, "c", 0 };
	const json_t *attr = json_array_get(c, 0), *inside = json_array_get(json_array_get(c, 1), 0);
	const char *type = json_string_value(json_object_get(inside, "t"));
	struct rp_node *ref = rp_new(r->doc, RP_FOOTNOTE_REF), *note;

	if (r->plain)
		return;
	pr_attr_apply(r, &attr_at, attr, ref, "rolepress-footnote-ref");
	rp_append(into, ref);
	if (type == NULL || strcmp(type, "Note") != 0)
		return;
	note = pr_add_footnote(r);
	rp_set(r->doc, note, RP_A_ID, rp_get(ref, RP_A_FRAGMENT));
	pr_attr_prefixed(r, attr, note, "note-");
	if (rp_get(note, RP_A_ID) == NULL) {
		rp_set(r->doc, note, RP_A_ID,
		    rp_join(r->doc, "fn-lost-", pr_number(r->doc, r->note_count), NULL));
		rp_set(r->doc, ref, RP_A_FRAGMENT, rp_get(note, RP_A_ID));
	}
	json_object_set_new(r->note_ids, rp_get(note, RP_A_ID), json_true());
	content(r, &content_at, json_object_get(inside, "c"), note);
}

/* ---- At the end ---- */

/* A reference to a footnote that is gone shows its number. */
static void
to_number(struct reader *r, struct rp_node *ref)
{
	const char *n = pr_number(r->doc, (size_t)rp_get_int(ref, RP_A_NUMBER, 0));

	rp_set_kind(ref, RP_SUPERSCRIPT);
	rp_unset(ref, RP_A_FRAGMENT);
	rp_unset(ref, RP_A_NUMBER);
	rp_append(ref, rp_new_text(r->doc, n));
}

static void
check_refs(struct reader *r, struct rp_node *root)
{
	struct rp_walk w = rp_walk(root);
	const char *id;

	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER || rp_kind(w.node) != RP_FOOTNOTE_REF)
			continue;
		id = rp_get(w.node, RP_A_FRAGMENT);
		if (id != NULL && json_object_get(r->note_ids, id) == NULL)
			to_number(r, w.node);
	}
}

/* Where a filter has added some, all are counted anew, in the order of their references. */
static void
count_again(struct reader *r)
{
	struct rp_walk w = rp_walk(r->job->root);
	json_t *numbers = json_object();
	struct rp_node *n;
	json_int_t count = 0;
	const json_t *known;
	const char *id;

	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER || rp_kind(w.node) != RP_FOOTNOTE_REF)
			continue;
		id = rp_get(w.node, RP_A_FRAGMENT);
		if (id == NULL)
			continue;
		known = json_object_get(numbers, id);
		if (known == NULL)
			json_object_set_new(numbers, id, json_integer(++count));
		rp_set_int(r->doc, w.node, RP_A_NUMBER,
		    known != NULL ? (long)json_integer_value(known) : (long)count);
	}
	for (n = rp_first(r->job->root); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_FOOTNOTE || (id = rp_get(n, RP_A_ID)) == NULL)
			continue;
		known = json_object_get(numbers, id);
		rp_set_int(r->doc, n, RP_A_NUMBER,
		    known != NULL ? (long)json_integer_value(known) : (long)++count);
	}
	json_decref(numbers);
}

void
pr_notes_place(struct reader *r)
{
	rp_move_children(r->job->root, r->notes);
	check_refs(r, r->job->root);
	if (r->new_notes && r->side != NULL)
		count_again(r);
}
