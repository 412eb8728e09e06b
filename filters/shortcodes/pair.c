/*
 * pair.c - which marker closes which.
 *
 * What is between the markers of code and comments is not looked at; all else
 * nests.  A marker that needs a partner and has none is shown as it was written.
 */
#include <string.h>

#include "shortcodes.h"

enum { DEEPEST = 20 };

struct pairing {
	struct shortcodes *s;
	struct sc_marker **stack;	/* that have been opened */
	size_t		 depth;
	size_t		*open;		/* how many of each code */
	size_t		*ends;		/* of each code: no end that matters comes before */
};

static int
is_end_of(const struct sc_marker *m, const struct sc_code *c)
{
	return m->form == SC_CLOSE && m->code == c;
}

/* The end of code or a comment that begins at i; the last marker's place + 1: none. */
static size_t
find_end(struct pairing *p, size_t i)
{
	const struct sc_code *c = p->s->markers[i]->code;
	size_t *end = &p->ends[sc_code_index(c)];

	if (*end <= i)
		*end = i + 1;
	while (*end < p->s->count && !is_end_of(p->s->markers[*end], c))
		++*end;
	return *end;
}

/* Returns the place of the last marker that is settled. */
static size_t
pair_verbatim(struct pairing *p, size_t i)
{
	struct sc_marker *m = p->s->markers[i];
	size_t end = find_end(p, i), k;

	if (end == p->s->count) {
		sc_unbalanced(p->s, m, "is never closed");
		return i;
	}
	m->partner = p->s->markers[end];
	m->partner->partner = m;
	for (k = i + 1; k < end; k++) {
		p->s->markers[k]->code = NULL;
		p->s->markers[k]->hushed = 1;
	}
	return end;
}

/* An opened one that nothing closes. */
static void
leave_open(struct pairing *p, struct sc_marker *m)
{
	p->open[sc_code_index(m->code)]--;
	if (m->code->body == SC_PAIR)
		sc_unbalanced(p->s, m, "is never closed");
}

static void
close_marker(struct pairing *p, struct sc_marker *m)
{
	struct sc_marker *o;

	if (m->code->body == SC_NO || p->open[sc_code_index(m->code)] == 0) {
		sc_unbalanced(p->s, m, "closes nothing");
		return;
	}
	while ((o = p->stack[--p->depth])->code != m->code)
		leave_open(p, o);
	p->open[sc_code_index(m->code)]--;
	o->partner = m;
	m->partner = o;
}

/* Of pairs that are nested too deep only the content stays. */
static void
flatten(struct shortcodes *s)
{
	size_t i, depth = 0;
	int told = 0;

	for (i = 0; i < s->count; i++) {
		struct sc_marker *m = s->markers[i];

		if (m->partner == NULL || m->code == NULL)
			continue;
		if (m->form == SC_CLOSE) {
			depth--;
			continue;
		}
		if (++depth <= DEEPEST)
			continue;
		m->flat = m->partner->flat = 1;
		if (!told++)
			rp_report(s->job, RP_D_TOO_DEEP, m->node, "20", NULL);
	}
}

void
sc_pair(struct shortcodes *s)
{
	struct pairing p = { .s = s };
	size_t i;

	p.stack = rp_alloc(s->doc, (s->count + 1) * sizeof(struct sc_marker *));
	p.open = rp_alloc(s->doc, sc_code_count() * sizeof(size_t));
	p.ends = rp_alloc(s->doc, sc_code_count() * sizeof(size_t));
	for (i = 0; i < s->count; i++) {
		struct sc_marker *m = s->markers[i];

		if (m->code == NULL || m->code->body == SC_LOOSE)
			continue;
		if (m->form == SC_CLOSE) {
			close_marker(&p, m);
		} else if (m->form == SC_OPEN && sc_is_verbatim(m->code)) {
			i = pair_verbatim(&p, i);
		} else if (m->form == SC_OPEN && m->code->body != SC_NO) {
			p.stack[p.depth++] = m;
			p.open[sc_code_index(m->code)]++;
		}
	}
	while (p.depth > 0)
		leave_open(&p, p.stack[--p.depth]);
	flatten(s);
}
