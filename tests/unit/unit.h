/* unit.h - what every unit test includes: cmocka speaking TAP, and a document. */
#ifndef RP_UNIT_H
#define RP_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
	if (read_document(doc) == 0 && !doc->failed)
		return doc;
	diag_flush(doc);
	doc_free(doc);
	return NULL;
}

#endif
