/*
 * diag.c - diagnostics: queued on their document, shown in the order of the
 * source when the document is done.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"
#include "../run/run.h"

static const struct diag_info infos[RP_DIAG_MAX] = {
#define RP_DIAG(id, cd, sev, text) [RP_D_##id] = { cd, RP_##sev, text },
#include <rolepress/diag.def>
};

const struct diag_info *
diag_info(enum rp_diag d)
{
	return &infos[d];
}

/* The wording with its arguments in the places of %s. */
static void
fill(struct str *s, const char *wording, va_list ap)
{
	const char *p, *arg;

	while ((p = strstr(wording, "%s")) != NULL) {
		str_add(s, wording, (size_t)(p - wording));
		arg = va_arg(ap, const char *);
		if (arg == NULL)	/* fewer than the wording wants: the rest stays empty */
			return;
		str_puts(s, arg);
		wording = p + 2;
	}
	str_puts(s, wording);
}

char *
diag_fill(struct rp_arena *a, enum rp_diag d, va_list ap)
{
	struct str s = { 0 };
	char *text;

	fill(&s, infos[d].wording, ap);
	text = arena_dup(a, s.p != NULL ? s.p : "", s.len);
	str_free(&s);
	return text;
}

int
diag_is_off(const struct rp_run *run, const char *code)
{
	size_t i;

	for (i = 0; i < RP_DIAG_MAX; i++)
		if (strcmp(infos[i].code, code) == 0)
			return run->diag.off[i];
	return 0;
}

void
diag_tell(struct rp_run *run, const struct rp_message *m)
{
	if (m->severity == RP_WARNING)
		run->diag.warnings++;
	else if (m->severity == RP_ERROR)
		run->diag.errors++;
	if (run->diag.listen != NULL)
		run->diag.listen(m, run->diag.arg);
}

void
message_append(struct message **first, struct message **last, struct message *m)
{
	m->next = NULL;
	if (*last != NULL)
		(*last)->next = m;
	else
		*first = m;
	*last = m;
}

/* Without its line, which takes more than all else. */
static struct message *
copy_message(struct rp_arena *a, const struct message *m)
{
	struct message *copy = arena_alloc(a, sizeof(*copy));

	*copy = *m;
	copy->text = arena_dup(a, m->text, strlen(m->text));
	copy->code = arena_dup(a, m->code, strlen(m->code));
	copy->path = m->path != NULL ? arena_dup(a, m->path, strlen(m->path)) : NULL;
	copy->source = NULL;
	return copy;
}

/* Shows it; a cache has to say it again, when nothing has changed. */
static void
show_and_keep(struct rp_run *run, const struct message *m)
{
	diag_show(run, m->path, m);
	if (run->cache != NULL)
		message_append(&run->told, &run->last_told, copy_message(&run->arena, m));
}

/* Most are warnings, and with -q nobody hears those: then their texts are not made. */
static int
is_unheard(struct rp_doc *doc, enum rp_severity severity)
{
	doc->unheard = facts_are_unheard(doc, severity);
	return doc->unheard;
}

static enum rp_severity
lenient(const struct rp_doc *doc, enum rp_severity severity)
{
	return severity == RP_ERROR ? (enum rp_severity)(RP_ERROR - doc->lenient) : severity;
}

/* The code is one that stays. */
static void
queue(struct rp_doc *doc, enum rp_severity severity, const char *code, struct rp_pos pos,
    const char *text)
{
	struct message *m = arena_alloc(&doc->arena, sizeof(*m));

	if (severity == RP_ERROR)
		doc->failed = 1;
	m->severity = severity;
	m->code = code;
	m->pos = pos;
	m->text = arena_dup(&doc->arena, text, strlen(text));
	m->serial = doc->serial++;
	message_append(&doc->messages, &doc->last_message, m);
}

void
diag_queue(struct rp_doc *doc, enum rp_severity severity, const char *code, struct rp_pos pos,
    const char *text)
{
	enum rp_severity as = lenient(doc, severity);

	if (severity != RP_ERROR && diag_is_off(doc->run, code))
		return;
	if (!is_unheard(doc, as))
		queue(doc, as, arena_dup(&doc->arena, code, strlen(code)), pos, text);
}

static int
is_off(const struct rp_run *run, enum rp_diag d)
{
	return infos[d].severity != RP_ERROR && run->diag.off[d];
}

static void
queue_filled(struct rp_doc *doc, enum rp_diag d, struct rp_pos pos, va_list ap)
{
	enum rp_severity as = lenient(doc, infos[d].severity);

	if (is_off(doc->run, d))
		return;
	if (!is_unheard(doc, as))
		queue(doc, as, infos[d].code, pos, diag_fill(&doc->arena, d, ap));
}

void
diag_doc(struct rp_doc *doc, enum rp_diag d, struct rp_pos pos, ...)
{
	va_list ap;

	va_start(ap, pos);
	queue_filled(doc, d, pos, ap);
	va_end(ap);
}

void
diag_forget(struct rp_doc *doc, struct message *last)
{
	if (last != NULL)
		last->next = NULL;
	else
		doc->messages = NULL;
	doc->last_message = last;
	doc->unheard = 0;
}

static int
by_position(const void *a, const void *b)
{
	const struct message *x = *(const struct message *const *)a;
	const struct message *y = *(const struct message *const *)b;

	if (x->pos.line != y->pos.line)
		return x->pos.line < y->pos.line ? -1 : 1;
	if (x->pos.col != y->pos.col)
		return x->pos.col < y->pos.col ? -1 : 1;
	return x->serial < y->serial ? -1 : 1;
}

/* By the order of the source, and of their making. */
struct message **
diag_sort(struct message *list, size_t *count)
{
	struct message *m, **all;
	size_t n = 0;

	for (m = list; m != NULL; m = m->next)
		n++;
	*count = n;
	if (n == 0)
		return NULL;
	all = xcalloc(n, sizeof(struct message *));
	for (m = list, n = 0; m != NULL; m = m->next)
		all[n++] = m;
	qsort(all, n, sizeof(struct message *), by_position);
	return all;
}

void
diag_show(struct rp_run *run, const char *path, const struct message *m)
{
	struct rp_message out = { .path = m->path != NULL ? m->path : path, .line = m->pos.line,
	    .col = m->col, .severity = m->severity, .code = m->code, .text = m->text,
	    .source = m->source, .source_len = m->source_len };

	diag_tell(run, &out);
}

void
diag_flush(struct rp_doc *doc)
{
	size_t n, i;
	struct message **all = diag_sort(doc->messages, &n);
	/* What binds documents has no file of its own. */
	const char *path = doc == doc->run->index_doc ? NULL : doc->path;

	for (i = 0; i < n; i++) {
		all[i]->col = doc_column(doc, all[i]->pos.line, all[i]->pos.col);
		all[i]->source = rp_doc_line(doc, all[i]->pos.line, &all[i]->source_len);
		all[i]->path = path;
		show_and_keep(doc->run, all[i]);
	}
	free(all);
	doc->messages = doc->last_message = NULL;
}

void
diag_run(struct rp_run *run, enum rp_diag d, const char *path, struct rp_pos pos, ...)
{
	struct message m = { .path = path, .pos = pos, .severity = infos[d].severity, .code = infos[d].code };
	struct str s = { 0 };
	va_list ap;

	if (is_off(run, d))
		return;
	if (path == NULL && run->blame != NULL) {
		m.path = run->config->path;
		m.pos = run->blame->pos;
	}
	m.col = m.pos.col;
	va_start(ap, pos);
	fill(&s, infos[d].wording, ap);
	va_end(ap);
	m.text = s.p != NULL ? s.p : "";
	/* A worker has nobody to tell: its parent does that, with what is told of the document. */
	if (run->telling != NULL)
		message_append(&run->telling->messages, &run->telling->last_message,
		    copy_message(&run->index_doc->arena, &m));
	else
		show_and_keep(run, &m);
	str_free(&s);
}

/* ---- What filters call ---- */

void
rp_errors_as(struct rp_job *job, enum rp_severity severity)
{
	job->doc->lenient = RP_ERROR - (int)severity;
}

int
rp_is_heard(const struct rp_job *job, enum rp_diag d)
{
	const struct rp_doc *doc = job->doc;

	return !is_off(doc->run, d) && !facts_are_unheard(doc, lenient(doc, infos[d].severity));
}

void
rp_report(struct rp_job *job, enum rp_diag d, const struct rp_node *at, ...)
{
	struct rp_pos none = { 0 };
	va_list ap;

	va_start(ap, at);
	queue_filled(job->doc, d, at != NULL ? at->pos : none, ap);
	va_end(ap);
}

void
rp_report_at(struct rp_job *job, enum rp_diag d, struct rp_pos pos, ...)
{
	va_list ap;

	va_start(ap, pos);
	queue_filled(job->doc, d, pos, ap);
	va_end(ap);
}

void
rp_say(struct rp_job *job, enum rp_severity severity, const struct rp_node *at, const char *fmt, ...)
{
	struct rp_pos none = { 0 };
	char *text = NULL;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0) {
		text = arena_alloc(&job->doc->arena, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(text, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	diag_queue(job->doc, severity, job->filter->name, at != NULL ? at->pos : none,
	    text != NULL ? text : fmt);
}
