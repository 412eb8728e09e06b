/* The walk: its order, and what may be done to the tree on the way. */
#include "unit.h"

/* document(a(b c) d), named by their text */
static struct rp_doc *
sample(struct rp_run *run)
{
	struct rp_doc *doc = doc_new(run, "test.md");
	struct rp_node *a = rp_new(doc, RP_DIV);

	rp_set_text(doc, doc->root, "r");
	rp_set_text(doc, a, "a");
	rp_append(doc->root, a);
	rp_append(a, rp_new_text(doc, "b"));
	rp_append(a, rp_new_text(doc, "c"));
	rp_append(doc->root, rp_new_text(doc, "d"));
	return doc;
}

enum todo { NOTHING_TO_DO, SKIP, DETACH, UNWRAP, ADD_CHILD, ADD_BEFORE };

/* Walks, does something at the node of that name, and writes down what it met. */
static void
trace(struct rp_doc *doc, const char *at, enum rp_event when, enum todo what, char *out)
{
	struct rp_walk w = rp_walk(doc->root);

	while (rp_walk_next(&w)) {
		*out++ = w.event == RP_ENTER ? '+' : '-';
		*out++ = rp_text(w.node)[0];
		if (w.event != when || strcmp(rp_text(w.node), at) != 0)
			continue;
		switch (what) {
		case SKIP:	 rp_walk_skip(&w); break;
		case DETACH:	 rp_detach(w.node); break;
		case UNWRAP:	 rp_unwrap(w.node); break;
		case ADD_CHILD:	 rp_append(w.node, rp_new_text(doc, "n")); break;
		case ADD_BEFORE: rp_insert_before(w.node, rp_new_text(doc, "n")); break;
		default:	 break;
		}
	}
	*out = '\0';
}

static void
each_way(void **state)
{
	static const struct {
		const char	*at;
		enum rp_event	 when;
		enum todo	 what;
		const char	*first, *again;
	} cases[] = {
		{ "", RP_ENTER, NOTHING_TO_DO, "+r+a+b-b+c-c-a+d-d-r", "+r+a+b-b+c-c-a+d-d-r" },
		{ "a", RP_ENTER, SKIP,      "+r+a-a+d-d-r",             "+r+a+b-b+c-c-a+d-d-r" },
		{ "b", RP_LEAVE, DETACH,    "+r+a+b-b+c-c-a+d-d-r",     "+r+a+c-c-a+d-d-r" },
		{ "c", RP_LEAVE, DETACH,    "+r+a+b-b+c-c-a+d-d-r",     "+r+a+b-b-a+d-d-r" },
		{ "a", RP_LEAVE, UNWRAP,    "+r+a+b-b+c-c-a+d-d-r",     "+r+b-b+c-c+d-d-r" },
		{ "d", RP_LEAVE, DETACH,    "+r+a+b-b+c-c-a+d-d-r",     "+r+a+b-b+c-c-a-r" },
		{ "b", RP_ENTER, ADD_CHILD, "+r+a+b+n-n-b+c-c-a+d-d-r", "+r+a+b+n-n-b+c-c-a+d-d-r" },
		{ "c", RP_LEAVE, ADD_BEFORE, "+r+a+b-b+c-c-a+d-d-r",    "+r+a+b-b+n-n+c-c-a+d-d-r" },
	};
	struct rp_run *run = rp_run_new();
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct rp_doc *doc = sample(run);
		char got[64];

		trace(doc, cases[i].at, cases[i].when, cases[i].what, got);
		assert_string_equal(got, cases[i].first);
		trace(doc, "", RP_ENTER, NOTHING_TO_DO, got);
		assert_string_equal(got, cases[i].again);
		doc_free(doc);
	}
	rp_run_free(run);
}

/* A tree as deep as no stack is. */
static void
depth(void **state)
{
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = doc_new(run, "test.md");
	struct rp_node *n = doc->root, *copy;
	struct rp_walk w;
	long i, met = 0;

	(void)state;
	for (i = 0; i < 1000000; i++) {
		struct rp_node *q = rp_new(doc, RP_BLOCK_QUOTE);

		rp_append(n, q);
		n = q;
	}
	rp_append(n, rp_new_text(doc, "deep"));
	copy = rp_copy(doc, doc->root);
	for (w = rp_walk(copy); rp_walk_next(&w); )
		met += w.event == RP_ENTER;
	assert_int_equal(met, 1000002);
	assert_string_equal(rp_plain_text(doc, copy), "deep");
	doc_free(doc);
	rp_run_free(run);
}

static void
replacing(void **state)
{
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = sample(run);
	struct rp_node *a = rp_first(doc->root), *n = rp_new_text(doc, "n");
	char got[64];

	(void)state;
	rp_replace(a, n);
	rp_move_children(n, a);
	assert_null(rp_parent(a));
	trace(doc, "", RP_ENTER, NOTHING_TO_DO, got);
	assert_string_equal(got, "+r+n+b-b+c-c-n+d-d-r");
	rp_prepend(doc->root, rp_last(doc->root));
	trace(doc, "", RP_ENTER, NOTHING_TO_DO, got);
	assert_string_equal(got, "+r+d-d+n+b-b+c-c-n-r");
	doc_free(doc);
	rp_run_free(run);
}

static void
attributes(void **state)
{
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = doc_new(run, "test.md");
	struct rp_node *n = doc->root;
	const char *name, *value;

	(void)state;
	assert_null(rp_get(n, RP_A_ID));
	assert_int_equal(rp_get_int(n, RP_A_LEVEL, 7), 7);
	rp_set(doc, n, RP_A_ID, "x");
	rp_set_int(doc, n, RP_A_LEVEL, 3);
	rp_set_named(doc, n, "data-b", "2");
	rp_set_named(doc, n, "data-a", "1");
	rp_set_named(doc, n, "data-b", "3");
	assert_string_equal(rp_get(n, RP_A_ID), "x");
	assert_int_equal(rp_get_int(n, RP_A_LEVEL, 7), 3);
	assert_true(rp_named_at(n, 0, &name, &value));
	assert_string_equal(name, "data-b");
	assert_string_equal(value, "3");
	assert_true(rp_named_at(n, 1, &name, &value));
	assert_false(rp_named_at(n, 2, &name, &value));
	rp_set(doc, n, RP_A_ID, NULL);
	assert_false(rp_has(n, RP_A_ID));
	rp_add_class(doc, n, "a");
	rp_add_class(doc, n, "bc");
	rp_add_class(doc, n, "a");
	assert_string_equal(rp_get(n, RP_A_CLASS), "a bc");
	assert_true(rp_has_class(n, "bc"));
	assert_false(rp_has_class(n, "b"));
	doc_free(doc);
	rp_run_free(run);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_way),
	cmocka_unit_test(depth),
	cmocka_unit_test(replacing),
	cmocka_unit_test(attributes),
};

UNIT_MAIN(tests)
