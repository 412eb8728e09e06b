/* unit.h - what every unit test includes: cmocka speaking TAP, and a document. */
#ifndef RP_UNIT_H
#define RP_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/core.h"
#include "run/run.h"

#define UNIT_MAIN(tests) \
	int main(void) \
	{ \
		cmocka_set_message_output(CM_OUTPUT_TAP); \
		return cmocka_run_group_tests(tests, NULL, NULL); \
	}

/* The codes of the diagnostics of a run, in order, by spaces. */
struct codes {
	char	text[4096];
};

static inline void
note_code(const struct rp_message *m, void *arg)
{
	struct codes *c = arg;
	size_t n = strlen(c->text);

	snprintf(c->text + n, sizeof(c->text) - n, "%s%s@%u:%u", n ? " " : "", m->code,
	    (unsigned)m->line, (unsigned)m->col);
}

/* A document read from a text, not yet filtered; NULL if it was refused. */
static inline struct rp_doc *
doc_of(struct rp_run *run, const char *text)
{
	struct rp_doc *doc = doc_new(run, "test.md");

	doc->source = arena_dup(&doc->arena, text, strlen(text));
	doc->source_len = strlen(text);
	if (read_encoding(doc) == 0 && read_document(doc) == 0 && !doc->failed)
		return doc;
	diag_flush(doc);
	doc_free(doc);
	return NULL;
}

/* A job on an empty document, for what writes. */
struct fixture {
	struct rp_run	*run;
	struct rp_doc	*doc;
	struct job	 job;
	struct rp_sink	 sink;
	struct rp_json	*j;		/* test_json.c's */
	struct codes	 codes;
};

static inline void
fixture_begin(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->run = rp_run_new();
	rp_run_listen(f->run, note_code, &f->codes);
	f->doc = doc_new(f->run, "test.md");
	f->job.pub.doc = f->doc;
	f->job.pub.run = f->run;
}

/* These diagnostics, and no others, have come. */
static inline void
fixture_end(struct fixture *f, const char *codes)
{
	diag_flush(f->doc);
	assert_string_equal(f->codes.text, codes);
	while (f->job.sinks != NULL) {
		struct own_sink *s = f->job.sinks;

		f->job.sinks = s->next;
		str_free(&s->sink.buf);
		free(s);
	}
	str_free(&f->sink.buf);
	doc_free(f->doc);
	rp_run_free(f->run);
}

#endif
