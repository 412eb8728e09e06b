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

/* Is there one, by a look and by a walk? */
static int
has(const struct rp_node *root, enum rp_kind k)
{
	struct rp_node *n = NULL;

	while ((n = rp_find_any(root, n)) != NULL && rp_kind(n) != k)
		;
	assert_ptr_equal(rp_find(root, NULL, k), n);
	return n != NULL;
}

/* Whatever way a kind comes into a document, it is found there. */
static void
kinds(void **state)
{
	enum way { APPENDED, BEFORE, PREPENDED, MOVED, REPLACED, UNWRAPPED, WAYS };
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc;
	struct rp_node *home, *tree, *in, *n;
	int way, late, i;

	(void)state;
	for (way = 0; way < WAYS; way++) {
		for (late = 0; late < 3; late++) {
			doc = sample(run);
			home = rp_first(doc->root);
			tree = rp_new(doc, RP_DIV);
			in = rp_new(doc, RP_SPAN);
			n = rp_new_text(doc, "n");
			rp_append(tree, in);
			rp_append(in, n);
			assert_false(has(doc->root, RP_CODE));
			if (late == 0)		/* in a tree of its own */
				rp_set_kind(n, RP_CODE);
			else if (late == 1)	/* before it stands there */
				rp_detach(n), rp_set_kind(n, RP_CODE), rp_append(in, n);
			switch ((enum way)way) {
			case BEFORE:	rp_insert_before(home, tree); break;
			case PREPENDED:	rp_prepend(home, in); break;
			case MOVED:	rp_move_children(home, tree); break;
			case REPLACED:	rp_replace(rp_first(home), tree); break;
			case UNWRAPPED:	rp_unwrap(in), rp_unwrap(tree), rp_append(home, n); break;
			case APPENDED:
			case WAYS:
			default:	rp_append(home, tree); break;
			}
			if (late == 2)		/* in the document */
				rp_set_kind(n, RP_CODE);
			assert_true(has(doc->root, RP_CODE));
			rp_detach(n);
			assert_false(has(doc->root, RP_CODE));
			doc_free(doc);
		}
	}
	/* Far below the root. */
	doc = sample(run);
	for (i = 0, in = doc->root; i < 1000; i++, in = n)
		rp_append(in, n = rp_new(doc, RP_DIV));
	rp_set_kind(n, RP_CODE);
	assert_true(has(doc->root, RP_CODE));
	assert_false(has(doc->root, RP_IMAGE));
	doc_free(doc);
	rp_run_free(run);
}

/* Inlines are passed over, and nothing else. */
static void
sections(void **state)
{
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = doc_new(run, "test.md");
	struct rp_node *para = rp_new(doc, RP_PARAGRAPH), *quote = rp_new(doc, RP_BLOCK_QUOTE);
	struct rp_node *a = rp_new(doc, RP_SECTION), *b = rp_new(doc, RP_SECTION);

	(void)state;
	rp_append(para, rp_new_text(doc, "t"));
	rp_append(doc->root, para);
	rp_append(doc->root, quote);
	rp_append(quote, a);
	rp_append(a, rp_copy(doc, para));
	rp_append(doc->root, b);
	assert_ptr_equal(rp_find(doc->root, NULL, RP_SECTION), a);
	assert_ptr_equal(rp_find(doc->root, a, RP_SECTION), b);
	assert_null(rp_find(doc->root, b, RP_SECTION));
	assert_null(rp_find(a, NULL, RP_SECTION));
	assert_null(rp_find(para, NULL, RP_SECTION));
	doc_free(doc);
	rp_run_free(run);
}

static void
plain_text(void **state)
{
	static const char *const cases[][2] = {
		{ "a b", "a b" }, { "  a b", "a b" }, { "a b\n\t ", "a b" }, { " a ", "a" }, { " \n", "" }, { "", "" },
	};
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = doc_new(run, "test.md");
	struct rp_node *para;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {	/* one text, and two */
		para = rp_new(doc, RP_PARAGRAPH);
		rp_append(para, rp_new_text(doc, cases[i][0]));
		assert_string_equal(rp_plain_text(doc, para), cases[i][1]);
		rp_append(para, rp_new_text(doc, ""));
		assert_string_equal(rp_plain_text(doc, para), cases[i][1]);
	}
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

/* rp_find() passes over what cannot hold a kind, whatever has been done to the tree. */
static void
finds_all(const struct rp_node *root)
{
	const struct rp_node *at, *n;
	int k;

	for (k = 0; k < RP_KIND_MAX; k++) {
		for (at = n = NULL; (n = rp_find_any(root, n)) != NULL; )
			if (rp_kind(n) == (enum rp_kind)k) {
				at = rp_find(root, at, (enum rp_kind)k);
				assert_ptr_equal(at, n);
			}
		assert_null(rp_find(root, at, (enum rp_kind)k));
	}
}

static int
is_below(const struct rp_node *n, const struct rp_node *p)
{
	while (n != NULL && n != p)
		n = rp_parent(n);
	return n != NULL;
}

static void
changed_trees(void **state)
{
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc;
	struct rp_node *all[40], *a, *b;
	unsigned seed = 1, i, step;

	(void)state;
	for (i = 0; i < 3000; i++) {
		unsigned count = 1;

		doc = doc_new(run, "test.md");
		all[0] = doc->root;
		for (step = 0; step < 60; step++) {
			seed = seed * 1103515245 + 12345;
			a = all[(seed >> 16) % count];
			b = all[(seed >> 8) % count];
			if (count < LEN(all) && step % 2 == 0) {
				b = all[count++] = rp_new(doc, (enum rp_kind)((seed >> 12) % RP_KIND_MAX));
				if (seed >> 31 && a != doc->root && rp_parent(a) != NULL)
					rp_insert_before(a, b);
				else
					rp_append(a, b);
				continue;
			}
			if (b == doc->root || is_below(a, b))
				continue;
			switch (seed >> 28 & 7) {
			case 0: rp_append(a, b); break;
			case 1: rp_set_kind(b, (enum rp_kind)((seed >> 4) % RP_KIND_MAX)); break;
			case 2: if (!is_below(b, a)) rp_move_children(a, b); break;
			case 3: if (rp_parent(b) != NULL) rp_unwrap(b); break;
			case 4: if (a != doc->root && rp_parent(a) != NULL) rp_insert_after(a, b); break;
			case 5: rp_detach(b); break;
			case 6: rp_append(a, rp_copy(doc, b)); break;
			default: if (rp_first(a) == NULL && a != doc->root) node_become(a, b); break;
			}
			finds_all(doc->root);
		}
		finds_all(doc->root);
		doc_free(doc);
	}
	rp_run_free(run);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(changed_trees),
	cmocka_unit_test(each_way),
	cmocka_unit_test(depth),
	cmocka_unit_test(replacing),
	cmocka_unit_test(kinds),
	cmocka_unit_test(sections),
	cmocka_unit_test(plain_text),
	cmocka_unit_test(attributes),
};

UNIT_MAIN(tests)
