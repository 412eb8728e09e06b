/*
 * facts.c - what a run keeps of a document when its tree has gone: its entry in
 * the index, where it links to, its messages.  All of it lies in memory that
 * every process of the run sees.
 */
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* ---- From the document ---- */

static void
take_links(struct facts *f, struct rp_doc *doc, struct rp_arena *a)
{
	const char *url;

	f->links = arena_alloc(a, doc->link_count * sizeof(char *));
	for (f->link_count = 0; f->link_count < doc->link_count; f->link_count++) {
		url = rp_get(doc->links[f->link_count], RP_A_URL);
		f->links[f->link_count] = arena_dup(a, url, strlen(url));
	}
}

static void
take_keys(struct facts *f, struct rp_doc *doc, struct rp_arena *a)
{
	const struct rp_node *v;
	size_t n = 0;

	for (v = rp_meta(doc)->first; v != NULL; v = v->next)
		n++;
	f->keys = arena_alloc(a, n * sizeof(*f->keys));
	for (v = rp_meta(doc)->first; v != NULL; v = v->next) {
		const char *name = rp_get(v, RP_A_KEY);

		f->keys[f->key_count].name = arena_dup(a, name, strlen(name));
		f->keys[f->key_count++].pos = v->pos;
	}
}

void
facts_take(struct facts *f, struct rp_doc *doc, struct rp_doc *to)
{
	f->entry = index_cut(to, doc);		/* which meets the links */
	take_links(f, doc, &to->arena);
	take_keys(f, doc, &to->arena);
}

void
facts_add(struct facts *f, struct message *m)
{
	m->next = NULL;
	if (f->last_message != NULL)
		f->last_message->next = m;
	else
		f->messages = m;
	f->last_message = m;
}

void
facts_publish(struct facts *f, struct rp_doc *doc, struct rp_arena *a)
{
	struct message *copy;
	size_t n, i;
	/* Sorted, since columns are counted on from the last one of the line. */
	struct message **all = diag_sort(doc->messages, &n);

	for (i = 0; i < n; i++) {
		diag_place(doc, all[i]);
		copy = arena_alloc(a, sizeof(*copy));
		*copy = *all[i];
		/* A tree may be of another file than the one that was read. */
		if (copy->path == NULL && strcmp(doc->path, doc->input->path) != 0)
			copy->path = arena_dup(a, doc->path, strlen(doc->path));
		copy->code = arena_dup(a, copy->code, strlen(copy->code));
		copy->text = arena_dup(a, copy->text, strlen(copy->text));
		copy->source = NULL;	/* read again when it is told: it takes more than all else */
		if (f->stage == READ && f->late == NULL)
			f->late = copy;
		facts_add(f, copy);
	}
	free(all);
	doc->messages = doc->last_message = NULL;
}

/* ---- To the document ---- */

void
facts_say(struct rp_run *run, struct facts *f, enum rp_diag d, struct rp_pos pos, ...)
{
	struct message *m, **at;
	va_list ap;

	if (diag_info(d)->severity != RP_ERROR && diag_is_off(run, diag_info(d)->code))
		return;
	m = arena_alloc(&run->index_doc->arena, sizeof(*m));
	m->pos = pos;
	m->severity = diag_info(d)->severity;
	m->code = diag_info(d)->code;
	va_start(ap, pos);
	m->text = diag_fill(&run->index_doc->arena, d, ap);
	va_end(ap);
	for (at = &f->pending; *at != NULL; at = &(*at)->next)
		;
	*at = m;
}

/* The index found who else there is: id, translations, who links here. */
void
facts_adopt(const struct facts *f, struct rp_doc *doc)
{
	const struct rp_node *info = rp_child(f->entry, RP_INFO), *r;
	const struct message *m;
	const char *type;

	rp_set(doc, doc->root, RP_A_ID, rp_get(f->entry, RP_A_ID));
	for (r = info->first; r != NULL; r = r->next) {
		type = r->kind == RP_REFERENCE ? rp_get(r, RP_A_TYPE) : NULL;
		if (type != NULL && (strcmp(type, "translation") == 0 || strcmp(type, "backlink") == 0))
			rp_append(rp_info(doc), rp_copy(doc, r));
	}
	for (m = f->pending; m != NULL; m = m->next)
		diag_queue(doc, m->severity, m->code, m->pos, m->text);
}

/* ---- To the user ---- */

/* The lines that messages are of, from the file as it is now. */
static struct rp_doc *
open_source(struct rp_run *run, size_t i)
{
	struct rp_doc *doc = doc_new(run, run->inputs[i].path);

	doc->input = &run->inputs[i];
	doc->source = NULL;
	return doc;
}

void
facts_tell(struct rp_run *run, size_t i)
{
	struct facts *f = &run->facts[i];
	struct rp_doc *doc = NULL;
	struct message **all;
	struct message *m, line;
	size_t n, k;

	for (m = f->messages; m != NULL; m = m->next)
		m->serial = (unsigned)f->told++;
	all = diag_sort(f->messages, &n);
	for (k = 0; k < n; k++) {
		line = *all[k];
		if (!run->no_sources && line.path == NULL && line.pos.line > 0) {
			doc = doc != NULL ? doc : open_source(run, i);
			line.source = rp_doc_line(doc, line.pos.line, &line.source_len);
		}
		diag_show(run, run->inputs[i].path, &line);
	}
	free(all);
	doc_free(doc);
}
