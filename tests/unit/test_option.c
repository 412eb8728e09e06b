/* Filter options: the notation, the types, the errors. */
#include "unit.h"

struct state {
	int		 flag;
	long		 level;
	const char	*text, *form;
};

static const struct rp_option options[] = {
	{ "flag",  RP_BOOL,   offsetof(struct state, flag),  NULL, NULL,   "" },
	{ "level", RP_INT,    offsetof(struct state, level), "2",  "1..6", "" },
	{ "text",  RP_STRING, offsetof(struct state, text),  NULL, NULL,   "" },
	{ "form",  RP_ENUM,   offsetof(struct state, form),  "a",  "a|bc", "" },
	{ 0 }
};

static const struct rp_filter filter = {
	RP_HEAD("sample"), .summary = "", .state_size = sizeof(struct state), .options = options,
};

static int
fill(struct rp_arena *a, const char *text, struct state *st, const char **why)
{
	struct spec spec;

	memset(st, 0, sizeof(*st));
	return spec_parse(a, text, &spec, why) == 0 ? option_fill(a, &filter, &spec, st, why) : -1;
}

static void
good(void **state)
{
	struct rp_arena a = { 0 };
	const char *why = NULL;
	struct state st;

	(void)state;
	assert_int_equal(fill(&a, "sample", &st, &why), 0);
	assert_int_equal(st.level, 2);
	assert_string_equal(st.form, "a");
	assert_null(st.text);
	assert_int_equal(fill(&a, "sample=flag:level=6:text=a\\:b=\\\\c:form=bc", &st, &why), 0);
	assert_int_equal(st.flag, 1);
	assert_int_equal(st.level, 6);
	assert_string_equal(st.text, "a:b=\\c");
	assert_string_equal(st.form, "bc");
	assert_int_equal(fill(&a, "sample=bc:flag=no", &st, &why), 0);	/* a bare word of an enum */
	assert_string_equal(st.form, "bc");
	assert_int_equal(st.flag, 0);
	arena_free(&a);
}

static void
bad(void **state)
{
	static const struct { const char *text, *why; } cases[] = {
		{ "",               "a filter's name is missing" },
		{ "sample=level=7", "sample: option level wants a whole number 1..6, not \"7\"" },
		{ "sample=level=x", "sample: option level wants a whole number 1..6, not \"x\"" },
		{ "sample=level",   "sample: option level wants a whole number 1..6, but has no value" },
		{ "sample=flag=2",  "sample: option flag wants yes or no, not \"2\"" },
		{ "sample=form=b",  "sample: option form wants one of a|bc, not \"b\"" },
		{ "sample=levle=1", "sample has no option \"levle\"; did you mean \"level\"?" },
		{ "sample=zzzzzzz", "sample has no option \"zzzzzzz\"; see: rolepress list sample" },
	};
	struct rp_arena a = { 0 };
	struct state st;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		const char *why = NULL;

		assert_int_equal(fill(&a, cases[i].text, &st, &why), -1);
		assert_string_equal(why, cases[i].why);
	}
	arena_free(&a);
}

static const struct CMUnitTest tests[] = { cmocka_unit_test(good), cmocka_unit_test(bad) };

UNIT_MAIN(tests)
