/* Front matter: types, spelling, positions, and what is refused. */
#include "unit.h"

static void
types(void **state)
{
	static const struct { const char *value, *type, *text; } cases[] = {
		{ "1.10", "float", "1.10" },	{ "0123", "int", "0123" },
		{ "no", "string", "no" },	{ "yes", "string", "yes" },
		{ "True", "bool", "True" },	{ "~", "null", "~" },
		{ "", "null", "" },		{ "Null", "null", "Null" },
		{ "0x1F", "int", "0x1F" },	{ "0o17", "int", "0o17" },
		{ "+12", "int", "+12" },	{ "-1e3", "float", "-1e3" },
		{ ".5", "float", ".5" },	{ "5.", "float", "5." },
		{ ".", "string", "." },		{ "-.INF", "float", "-.INF" },
		{ ".nan", "float", ".nan" },	{ "1e", "string", "1e" },
		{ "2024-01-01", "string", "2024-01-01" },
		{ "12:30", "string", "12:30" },	{ "1_000", "string", "1_000" },
		{ "\"1\"", "string", "1" },	{ "'true'", "string", "true" },
		{ "!!str 1", "string", "1" },	{ "!!int \"7\"", "int", "7" },
		{ "! 1", "string", "1" },	{ "a\xE2\x80\xA8""b", "string", "a\xE2\x80\xA8""b" },
	};
	struct rp_run *run = rp_run_new();
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct rp_doc *doc;
		const struct rp_node *v;

		snprintf(text, sizeof(text), "---\nk: %s\n---\n", cases[i].value);
		doc = doc_of(run, text);
		assert_non_null(doc);
		v = rp_meta_get(rp_meta(doc), "k");
		assert_string_equal(rp_get(v, RP_A_TYPE), cases[i].type);
		assert_string_equal(rp_text(v), cases[i].text);
		doc_free(doc);
	}
	rp_run_free(run);
}

static void
refused(void **state)
{
	static const struct { const char *text, *codes; } cases[] = {
		{ "---\na: 1\nb: 2\na: 3\n---\n", "yaml-duplicate-key@4:1" },
		{ "---\nx: {b: 1, b: 2}\n---\n", "yaml-duplicate-key@2:11" },
		{ "---\na: 1\n", "yaml-unclosed@1:1" },
		{ "---\n- a\n---\n", "yaml-not-a-map@2:1" },
		{ "---\n'just text'\n---\n", "yaml-not-a-map@2:1" },
		{ "---\njust text\n", "yaml-unclosed@1:1" },
		{ "---\na: [1\nb: 2\n---\n", "yaml-syntax@3:2" },
		{ "---\na: *x\n---\n", "yaml-alias@2:4" },
		{ "---\na: &x [*x]\n---\n", "yaml-alias@2:8" },
		{ "---\n[a]: 1\n---\n", "yaml-key@2:1" },
		{ "---\na: !!int x\n---\n", "yaml-value@2:4" },
		/* What libyaml overlooks. */
		{ "---\nk: [a,\nb]\n---\n", "yaml-syntax@3:1" },
		{ "---\nk:\n  - x: {a: 1,\n   b: 2}\n  - y: [1,\n  2]\n---\n", "yaml-syntax@4:4" },
		{ "---\nk: !!map\n    x: 'a\n    b'\n---\n", "yaml-syntax@4:5" },
		{ "---\nk: \"a\n\tb\"\n---\n", "yaml-syntax@3:2" },
		{ "---\nk: \"a\"# b\n---\n", "yaml-syntax@2:7" },
		{ "---\n\xC3\xA9: [\xC3\xA9]# b\n---\n", "yaml-syntax@2:7" },
		{ "---\nk: |-# b\n  a\n---\n", "yaml-syntax@2:6" },
		{ "---\nk: >\n \n   \n # b\n---\n", "yaml-syntax@4:4" },
		/* libfyaml 0.7.12 uses freed memory here, in its child. */
		{ "---\nb: {x: :x}\n? a\t:\t: \n---\n", "yaml-syntax@2:8" },
		/* Neither parser takes it: libyaml says why. */
		{ "---\na: b: c\n---\n", "yaml-syntax@2:5" },
		{ "a\n\n\xFFz\n", "not-utf8@3:1" },
		{ "\xC3\xA9\xC3\n", "not-utf8@1:2" },
	};
	struct rp_run *run = rp_run_new();
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct codes codes = { "" };

		rp_run_listen(run, note_code, &codes);
		assert_null(doc_of(run, cases[i].text));
		assert_string_equal(codes.text, cases[i].codes);
	}
	rp_run_free(run);
}

/* The value of k, and where it stands: read by libyaml, or by libfyaml for it. */
static void
accepted(void **state)
{
	static const struct { const char *text, *value; uint32_t line, col; } cases[] = {
		{ "---\nl: [\n  a,\n]\nm: {\n}\nk: 'v\n'\n---\n", "v ", 7, 4 },
		{ "---\nl: [a,\n # c\n\n  b] # c\nk: \"#\" # c\n---\n", "#", 6, 4 },
		{ "---\nl: |\n\n  a\n # c\nk: v\n---\n", "v", 6, 4 },
		{ "---\n\xC3\xA9: {\xC3\xA9: :x, k: y}\nk:\t\xC3\xA9\n---\n", "\xC3\xA9", 3, 4 },
		{ "---\nl: !x {a: :x}\nk: |-\n \tbar\n---\n", "\tbar", 4, 1 },
		{ "---\nl: {a: :x}\nk: \"v\"\n---\n", "v", 3, 4 },
		{ "---\nk: &an:chor v\n---\n", "v", 2, 13 },
	};
	struct rp_run *run = rp_run_new();
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct codes codes = { "" };
		struct rp_doc *doc;
		const struct rp_node *v;

		rp_run_listen(run, note_code, &codes);
		doc = doc_of(run, cases[i].text);
		assert_non_null(doc);
		v = rp_meta_get(rp_meta(doc), "k");
		assert_string_equal(rp_text(v), cases[i].value);
		assert_int_equal(rp_pos(v).line, cases[i].line);
		assert_int_equal(rp_pos(v).col, cases[i].col);
		doc_free(doc);
	}
	rp_run_free(run);
}

/* Nesting and aliases are bounded before they cost anything. */
static void
bombs(void **state)
{
	struct rp_run *run = rp_run_new();
	struct codes codes = { "" };
	char text[4096] = "---\na: ";
	int i;

	(void)state;
	rp_run_listen(run, note_code, &codes);
	memset(text + strlen(text), '[', 1000);
	strcat(text, "\n---\n");
	assert_null(doc_of(run, text));
	assert_non_null(strstr(codes.text, "yaml-too-deep"));

	strcpy(text, "---\nk0: &k0 [x,x,x,x,x,x,x,x,x,x]\n");
	for (i = 1; i < 9; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    "k%d: &k%d [*k%d,*k%d,*k%d,*k%d,*k%d,*k%d,*k%d,*k%d,*k%d,*k%d]\n", i, i, i - 1, i - 1,
		    i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	strcat(text, "---\n");
	codes.text[0] = '\0';
	assert_null(doc_of(run, text));
	assert_non_null(strstr(codes.text, "yaml-alias"));
	rp_run_free(run);
}

static void
where_it_ends(void **state)
{
	static const struct { const char *text; int keys, blocks; } cases[] = {
		{ "---\na: 1\n---\nx\n", 1, 1 },
		{ "---\r\na: 1\r\n---\r\nx\r\n", 1, 1 },
		{ "---\ra: 1\r---\rx\r", 1, 1 },
		{ "\xEF\xBB\xBF---\na: 1\n---\nx\n", 1, 1 },
		{ "---\na: 1\n...\nx\n", 1, 1 },
		{ "---  \n---\nx\n", 0, 1 },
		{ "---\n---\n", 0, 2 },
		{ "---\nFoo\n---\nBar\n---\nBaz\n", 0, 4 },	/* CommonMark 0.31.2, example 96 */
		{ "---\n# only a comment\n---\nx\n", 0, 1 },
		{ "---\n\nx\n", 0, 2 },		/* a thematic break and a paragraph */
		{ "---\n\na: 1\n---\nx\n", 1, 1 },
		{ "----\nx\n", 0, 2 },
		{ "", 0, 0 },
	};
	struct rp_run *run = rp_run_new();
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct rp_doc *doc = doc_of(run, cases[i].text);
		const struct rp_node *n;
		int keys = 0, blocks = -1;	/* the META_MAP is no block */

		assert_non_null(doc);
		for (n = rp_first(rp_meta(doc)); n != NULL; n = rp_next(n))
			keys++;
		for (n = rp_first(doc->root); n != NULL; n = rp_next(n))
			blocks++;
		assert_int_equal(keys, cases[i].keys);
		assert_int_equal(blocks, cases[i].blocks);
		doc_free(doc);
	}
	rp_run_free(run);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(types),
	cmocka_unit_test(refused),
	cmocka_unit_test(accepted),
	cmocka_unit_test(bombs),
	cmocka_unit_test(where_it_ends),
};

UNIT_MAIN(tests)
