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
take_links(struct rp_run *run, struct facts *f, struct rp_doc *doc)
{
	struct str s = { 0 };
	size_t i;

	for (i = 0; i < doc->link_count; i++)
		pack_text(&s, rp_get(doc->links[i], RP_A_URL));
	blob_put(run, &f->links, &s);
	str_free(&s);
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
facts_take(struct rp_run *run, struct facts *f, struct rp_doc *doc, struct rp_doc *to)
{
	f->entry = index_cut(to, doc);		/* which meets the links */
	take_links(run, f, doc);
	take_keys(f, doc, &to->arena);
}

/* What nobody is told of need not wait for it, unless it counts, or others keep it.  What is
 * no input tells for itself. */
int
facts_are_unheard(const struct rp_doc *doc, enum rp_severity severity)
{
	const struct rp_run *run = doc->run;

	return severity < run->least && !run->diag.error && run->cache == NULL &&
	    run->shard.folder == NULL && run->facts != NULL && doc->input != NULL;
}

void
facts_publish(struct rp_run *run, struct facts *f, struct rp_doc *doc)
{
	struct str s = { 0 };
	struct message **all;
	size_t n, i;

	/* Sorted, since columns are counted on from the last one of the line. */
	all = diag_sort(doc->messages, &n);
	for (i = 0; i < n; i++) {
		/* Its line is read again when it is told: it takes more than all else. */
		all[i]->col = doc_column(doc, all[i]->pos.line, all[i]->pos.col);
		/* A tree may be of another file than the one that was read. */
		if (all[i]->path == NULL && strcmp(doc->path, doc->input->path) != 0)
			all[i]->path = doc->path;
		record_message(&s, all[i]);
	}
	blob_put(run, &f->said[f->stage == WAITING ? 0 : 1], &s);
	str_free(&s);
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

/* All of them, in the order of their making. */
static struct message *
recall(struct rp_run *run, const struct facts *f, struct rp_arena *a)
{
	struct message *first = f->messages, **at = &first, *m;
	unsigned serial = 0;
	struct unpack u;
	int stage;

	for (; *at != NULL; at = &(*at)->next)
		(*at)->serial = UINT32_MAX;
	for (stage = 0; stage < 2; stage++) {
		for (u = blob_get(run, &f->said[stage], a); u.p < u.end && !u.bad; at = &m->next) {
			*at = m = unrecord_message(a, &u);
			m->serial = serial++;
		}
	}
	return first;
}

void
facts_tell(struct rp_run *run, size_t i)
{
	struct facts *f = &run->facts[i];
	struct rp_doc *doc = NULL;
	struct rp_arena a = { 0 };
	struct message **all, line;
	size_t n, k;

	all = diag_sort(recall(run, f, &a), &n);
	for (k = 0; k < n; k++) {
		line = *all[k];
		if (!run->no_sources && line.path == NULL && line.pos.line > 0) {
			doc = doc != NULL ? doc : open_source(run, i);
			line.source = rp_doc_line(doc, line.pos.line, &line.source_len);
		}
		diag_show(run, run->inputs[i].path, &line);
	}
	if (f->last_message != NULL)
		f->last_message->next = NULL;
	free(all);
	doc_free(doc);
	arena_free(&a);
}
