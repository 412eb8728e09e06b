/* A tree as bytes, and back: the same tree; bytes that are cut off are told from whole ones. */
#include "unit.h"

static struct rp_doc *
make(struct rp_run *run)
{
	static const char text[] = "---\na: [1, x]\n---\n\n# T\n\n> - *b* `c`\n>   日本\n\n[l](u \"t\")\n";
	struct rp_doc *doc = doc_of(run, text);
	struct rp_node *n;

	assert_non_null(doc);
	n = rp_new(doc, RP_TEXT);
	rp_set_text(doc, n, "");
	rp_set_pos(n, (struct rp_pos){ UINT32_MAX, 1, 1, UINT32_MAX });
	rp_set_int(doc, n, RP_A_START, -1);
	rp_set(doc, n, RP_A_ID, "");
	rp_set_int(doc, n, RP_A_LEVEL, 1L << 40);
	rp_set_named(doc, n, "z", "1");
	rp_set_named(doc, n, "a", "");
	rp_append(doc->root, n);
	rp_append(doc->root, rp_new(doc, RP_PARAGRAPH));
	return doc;
}

/* A document, its tree as bytes, and another to thaw them in. */
struct frozen {
	struct rp_run	*run;
	struct rp_doc	*doc, *other;
	struct str	 s;
};

static struct frozen
begin(void)
{
	struct rp_run *run = rp_run_new();
	struct frozen f = { .run = run, .doc = make(run), .other = doc_new(run, "other") };

	freeze(&f.s, f.doc->root);
	return f;
}

static void
end(struct frozen *f)
{
	str_free(&f->s);
	doc_free(f->other);
	doc_free(f->doc);
	rp_run_free(f->run);
}

static struct rp_node *
thaw_bytes(struct rp_doc *doc, const char *bytes, size_t len)
{
	struct unpack u = { .p = bytes, .end = bytes + len };

	return thaw(doc, &u);
}

static void
there_and_back(void **state)
{
	struct frozen f = begin();
	struct str again = { 0 };
	struct rp_node *root, *n;
	const char *name, *value;

	(void)state;
	root = thaw_bytes(f.other, f.s.p, f.s.len);
	assert_non_null(root);
	freeze(&again, root);
	assert_int_equal(f.s.len, again.len);
	assert_memory_equal(f.s.p, again.p, f.s.len + 1);
	n = rp_prev(rp_last(root));
	assert_string_equal(rp_text(n), "");
	assert_int_equal(rp_get_int(n, RP_A_START, 0), -1);
	assert_int_equal(rp_get_int(n, RP_A_LEVEL, 0), 1L << 40);
	assert_int_equal(rp_pos(n).end_col, UINT32_MAX);
	assert_true(rp_named_at(n, 0, &name, &value));
	assert_string_equal(name, "z");
	node_become(f.other->root, root);
	assert_true(node_never_had(f.other->root, RP_IMAGE));
	assert_false(node_never_had(f.other->root, RP_LINK));
	str_free(&again);
	end(&f);
}

/* Only the number of a kind says where a tree ends: all that is cut off is missed. */
static void
cut_off(void **state)
{
	struct frozen f = begin();
	char *part;
	size_t len;

	(void)state;
	for (len = 0; len < f.s.len; len++) {
		part = xrealloc(NULL, len);	/* so that a read past its end is seen */
		memcpy(part, f.s.p, len);
		assert_null(thaw_bytes(f.other, part, len));
		free(part);
	}
	end(&f);
}

/* Broken bytes may say anything: a tree or none, but no step outside. */
static void
broken(void **state)
{
	struct frozen f = begin();
	char *bytes;
	size_t i;
	int bit;

	(void)state;
	for (i = 0; i < f.s.len; i++) {
		for (bit = 0; bit < 8; bit++) {
			bytes = memcpy(xrealloc(NULL, f.s.len), f.s.p, f.s.len);
			bytes[i] = (char)(bytes[i] ^ 1 << bit);
			thaw_bytes(f.other, bytes, f.s.len);
			free(bytes);
		}
	}
	end(&f);
}

/* The same attributes are the same bytes. */
static void
any_order(void **state)
{
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = doc_new(run, "test.md");
	struct rp_node *a = rp_new(doc, RP_LINK), *b = rp_new(doc, RP_LINK);
	struct str s = { 0 }, t = { 0 };

	(void)state;
	rp_set(doc, a, RP_A_URL, "u");
	rp_set_named(doc, a, "n", "1");
	rp_set(doc, a, RP_A_ID, "i");
	rp_set_int(doc, a, RP_A_LEVEL, 2);
	rp_set_int(doc, b, RP_A_LEVEL, 2);
	rp_set(doc, b, RP_A_ID, "i");
	rp_set(doc, b, RP_A_URL, "u");
	rp_set_named(doc, b, "n", "1");
	freeze(&s, a);
	freeze(&t, b);
	assert_int_equal(s.len, t.len);
	assert_memory_equal(s.p, t.p, s.len + 1);
	str_free(&s);
	str_free(&t);
	doc_free(doc);
	rp_run_free(run);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(there_and_back),
	cmocka_unit_test(cut_off),
	cmocka_unit_test(broken),
	cmocka_unit_test(any_order),
};

UNIT_MAIN(tests)
