/* Paths, and the two containers that everything stands on. */
#include "unit.h"

static void
normal(void **state)
{
	static const struct { const char *path, *normal; } cases[] = {
		{ "a/b/../c", "a/c" },	{ "./a//b/.", "a/b" },	{ "../a", "../a" },
		{ "a/../../b", "../b" }, { "/../a", "/a" },	{ "/", "/" },
		{ "a/..", "" },		{ "../../x/..", "../.." }, { "", "" },
		{ "/a/b/../..", "/" },	{ "a/b/..", "a" },	{ "/x/../y/", "/y" },
	};
	struct rp_arena a = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++)
		assert_string_equal(path_normal(&a, cases[i].path), cases[i].normal);
	assert_string_equal(path_join(&a, "a", "b"), "a/b");
	assert_string_equal(path_join(&a, "a/", "b"), "a/b");
	assert_string_equal(path_join(&a, "a", "/b"), "/b");
	assert_string_equal(path_folder(&a, "a/b/c"), "a/b");
	assert_string_equal(path_folder(&a, "/c"), "/");
	assert_string_equal(path_folder(&a, "c"), "");
	assert_string_equal(path_from_url(&a, "a%20b%2Fc%zz?q#f"), "a b/c%zz");
	assert_string_equal(path_from(&a, "out", "in/a.svg"), "../in/a.svg");
	assert_string_equal(path_from(&a, "a/b", "a/c/d.svg"), "../c/d.svg");
	assert_string_equal(path_from(&a, "", "in/a.svg"), "in/a.svg");
	assert_string_equal(path_from(&a, "/x/y", "/x/a.svg"), "../a.svg");
	assert_string_equal(path_from(&a, "/", "/x/a.svg"), "x/a.svg");
	assert_string_equal(path_from(&a, "../o", "../in/a.svg"), "../in/a.svg");
	assert_string_equal(path_from(&a, "in", "in/a.svg"), "a.svg");
	arena_free(&a);
}

static void
below(void **state)
{
	(void)state;
	assert_true(path_is_below("a/b", "a"));
	assert_false(path_is_below("ab", "a"));
	assert_true(path_is_below("/a", "/"));
	assert_true(path_is_below("x/y", ""));
	assert_false(path_is_below("../y", ""));
}

static void
many_keys(void **state)
{
	struct rp_arena a = { 0 };
	struct map m = { 0 };
	int i;

	(void)state;
	assert_null(map_get(&m, "0"));
	for (i = 1; i <= 10000; i++)
		map_add(&m, str_format(&a, "%d", i), (void *)(intptr_t)i);
	assert_int_equal((intptr_t)map_add(&m, "7", (void *)(intptr_t)1), 7);	/* the first stays */
	for (i = 1; i <= 10000; i++)
		assert_int_equal((intptr_t)map_get(&m, str_format(&a, "%d", i)), i);
	assert_int_equal(m.count, 10000);
	map_free(&m);
	arena_free(&a);
}

static void
large_and_small(void **state)
{
	struct rp_arena a = { 0 };
	char *small = arena_dup(&a, "abc", 3), *p;
	size_t i, k;

	(void)state;
	for (i = 1; i < 5000000; i = i * 3 + 1) {
		p = arena_alloc(&a, i);
		assert_int_equal((uintptr_t)p % 16, 0);
		for (k = 0; k < i; k += 511)
			assert_int_equal(p[k], 0);
		memset(p, 0xAA, i);
	}
	assert_string_equal(small, "abc");
	arena_free(&a);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(normal),
	cmocka_unit_test(below),
	cmocka_unit_test(many_keys),
	cmocka_unit_test(large_and_small),
};

UNIT_MAIN(tests)
