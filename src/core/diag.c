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

static int
is_off(const struct rp_run *run, const char *code)
{
	size_t i;

	for (i = 0; i < RP_DIAG_MAX; i++)
		if (strcmp(infos[i].code, code) == 0)
			return run->diag.off[i];
	return 0;
}

static void
tell(struct rp_run *run, const struct rp_message *m)
{
	if (m->severity == RP_WARNING)
		run->diag.warnings++;
	else if (m->severity == RP_ERROR)
		run->diag.errors++;
	if (run->diag.listen != NULL)
		run->diag.listen(m, run->diag.arg);
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
	if (doc->last_message != NULL)
		doc->last_message->next = m;
	else
		doc->messages = m;
	doc->last_message = m;
}

void
diag_queue(struct rp_doc *doc, enum rp_severity severity, const char *code, struct rp_pos pos,
    const char *text)
{
	if (severity == RP_ERROR || !is_off(doc->run, code))
		queue(doc, severity, arena_dup(&doc->arena, code, strlen(code)), pos, text);
}

static void
queue_filled(struct rp_doc *doc, enum rp_diag d, struct rp_pos pos, va_list ap)
{
	struct str s = { 0 };

	if (infos[d].severity != RP_ERROR && doc->run->diag.off[d])
		return;
	fill(&s, infos[d].wording, ap);
	queue(doc, infos[d].severity, infos[d].code, pos, s.p != NULL ? s.p : "");
	str_free(&s);
}

void
diag_doc(struct rp_doc *doc, enum rp_diag d, struct rp_pos pos, ...)
{
	va_list ap;

	va_start(ap, pos);
	queue_filled(doc, d, pos, ap);
	va_end(ap);
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

void
diag_flush(struct rp_doc *doc)
{
	struct message *m, **all;
	size_t n = 0, i = 0;

	for (m = doc->messages; m != NULL; m = m->next)
		n++;
	if (n == 0)
		return;
	all = xcalloc(n, sizeof(struct message *));
	for (m = doc->messages; m != NULL; m = m->next)
		all[i++] = m;
	qsort(all, n, sizeof(struct message *), by_position);
	for (i = 0; i < n; i++) {
		struct rp_message out = { .path = doc->path, .line = all[i]->pos.line,
		    .severity = all[i]->severity, .code = all[i]->code, .text = all[i]->text };

		out.col = doc_column(doc, out.line, all[i]->pos.col);
		out.source = rp_doc_line(doc, out.line, &out.source_len);
		tell(doc->run, &out);
	}
	free(all);
	doc->messages = doc->last_message = NULL;
}

void
diag_run(struct rp_run *run, enum rp_diag d, const char *path, struct rp_pos pos, ...)
{
	struct rp_message m = { .path = path, .line = pos.line, .col = pos.col,
	    .severity = infos[d].severity, .code = infos[d].code };
	struct str s = { 0 };
	va_list ap;

	if (m.severity != RP_ERROR && run->diag.off[d])
		return;
	if (path == NULL && run->blame != NULL) {
		m.path = run->config->path;
		m.line = run->blame->pos.line;
		m.col = run->blame->pos.col;
	}
	va_start(ap, pos);
	fill(&s, infos[d].wording, ap);
	va_end(ap);
	m.text = s.p != NULL ? s.p : "";
	tell(run, &m);
	str_free(&s);
}

/* ---- What filters call ---- */

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
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	diag_queue(job->doc, severity, job->filter->name, at != NULL ? at->pos : none, text);
}
