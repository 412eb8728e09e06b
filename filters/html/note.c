/*
 * note.c - footnotes.
 *
 * A page ends with its notes, and each note with a way back to every place that
 * refers to it.  References are found before anything is written, since notes
 * may refer to notes.
 */
#include "html.h"

struct ref {
	const struct rp_node	*node;
	struct ref		*next;
};

struct html_notes {
	long	count;
	struct { struct ref *first, *last; } of[];	/* by number, from 1 */
};

static int
is_note(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_FOOTNOTE;
}

static void
add(struct rp_job *job, struct html_notes *notes, const struct rp_node *node)
{
	long i = rp_get_int(node, RP_A_NUMBER, 0);
	struct ref *ref;

	if (i < 1 || i > notes->count || rp_get(node, RP_A_ID) == NULL)
		return;
	ref = rp_alloc(job->doc, sizeof(*ref));
	ref->node = node;
	if (notes->of[i].last != NULL)
		notes->of[i].last->next = ref;
	else
		notes->of[i].first = ref;
	notes->of[i].last = ref;
}

void
html_find_notes(struct html *h, struct rp_job *job, struct rp_node *doc)
{
	struct rp_walk w = rp_walk(doc);
	long count = 0;

	for (const struct rp_node *n = rp_last(doc); is_note(n); n = rp_prev(n))
		count++;
	if (count == 0)
		return;
	h->notes = rp_alloc(job->doc, sizeof(*h->notes) +
	    (size_t)(count + 1) * sizeof(h->notes->of[0]));
	h->notes->count = count;
	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && rp_kind(w.node) == RP_FOOTNOTE_REF)
			add(job, h->notes, w.node);
}

/* The decimal digits of a number that is not negative. */
static const char *
decimal(struct rp_job *job, long n)
{
	char *p = (char *)rp_alloc(job->doc, 24) + 23;

	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return p;
}

/* ---- A reference ---- */

enum rp_next
html_note_ref(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	rp_xml_start(h->x, "sup");
	rp_xml_attr(h->x, "class", "footnote-ref");
	rp_xml_start(h->x, "a");
	rp_xml_attr(h->x, "href", html_address(h, job, NULL, rp_get(n, RP_A_FRAGMENT)));
	html_attrs(h, job, n, NULL);
	if (h->chapter)
		rp_xml_attr(h->x, "epub:type", "noteref");
	rp_xml_attr(h->x, "role", "doc-noteref");
	rp_xml_text(h->x, decimal(job, rp_get_int(n, RP_A_NUMBER, 0)));
	rp_xml_end(h->x);
	rp_xml_end(h->x);
	return RP_SKIP;
}

/* ---- The notes ---- */

static void
back_link(struct html *h, struct rp_job *job, const struct rp_node *ref, long count)
{
	rp_xml_start(h->x, "a");
	rp_xml_attr(h->x, "href", html_address(h, job, NULL, rp_get(ref, RP_A_ID)));
	rp_xml_attr(h->x, "class", "footnote-backref");
	rp_xml_attr(h->x, "role", "doc-backlink");
	rp_xml_attr(h->x, "aria-label", rp_label(RP_L_FOOTNOTE_BACK, h->lang));
	rp_xml_text(h->x, "\u21A9\uFE0E");	/* as a text, not as a picture */
	if (count > 1)
		rp_xml_element(h->x, "sup", decimal(job, count));
	rp_xml_end(h->x);
}

void
html_back_links(struct html *h, struct rp_job *job, const struct rp_node *note)
{
	long i = rp_get_int(note, RP_A_NUMBER, 0), count = 0;

	if (h->notes == NULL || i < 1 || i > h->notes->count)
		return;
	for (const struct ref *ref = h->notes->of[i].first; ref != NULL; ref = ref->next) {
		rp_xml_text(h->x, " ");
		back_link(h, job, ref->node, ++count);
	}
}

enum rp_next
html_note_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	if (!is_note(rp_prev(n))) {
		rp_xml_block(h->x, "section");
		rp_xml_attr(h->x, "class", "footnotes");
		if (h->chapter)
			rp_xml_attr(h->x, "epub:type", "endnotes");
		rp_xml_attr(h->x, "role", "doc-endnotes");
		if (!h->fragment) {
			html_heading(h, h->title_level + 1);
			rp_xml_text(h->x, rp_label(RP_L_FOOTNOTES, h->lang));
			rp_xml_end(h->x);
		}
		rp_xml_block(h->x, "ol");
	}
	html_block(h, job, n, "li", NULL);
	return RP_CHILDREN;
}

void
html_note_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct rp_node *last = rp_last(n);

	/* Otherwise they stand at the end of the last paragraph. */
	if (last == NULL || rp_kind(last) != RP_PARAGRAPH) {
		rp_xml_block(h->x, "p");
		html_back_links(h, job, n);
		rp_xml_end(h->x);
	}
	rp_xml_end(h->x);
	if (!is_note(rp_next(n))) {
		rp_xml_end(h->x);
		rp_xml_end(h->x);
	}
}
