/*
 * Front matter: types, spelling, positions, and what is refused.  That every example of the
 * YAML test suite comes out right is for tests/conform/yaml.t.
 */
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

/* A value in short: {key:value}, [item], text, and ~ for null. */
static void
shape(const struct rp_node *n, struct str *s)
{
	int map = n->kind == RP_META_MAP;

	if (n->kind == RP_META_SCALAR) {
		str_puts(s, strcmp(rp_get(n, RP_A_TYPE), "null") == 0 ? "~" : rp_text(n));
		return;
	}
	str_puts(s, map ? "{" : "[");
	for (n = n->first; n != NULL; n = n->next) {
		if (map)
			str_printf(s, "%s:", rp_get(n, RP_A_KEY));
		shape(n, s);
		str_puts(s, n->next != NULL ? "," : "");
	}
	str_puts(s, map ? "}" : "]");
}

static void
syntax(void **state)
{
	static const struct { const char *text, *shape; } cases[] = {
		/* Blocks. */
		{ "a:\nb: 1\n", "{a:~,b:1}" },
		{ "a:\n- b\n-\n- - c\n  - d\n- e: f\n  g: h\n", "{a:[b,~,[c,d],{e:f,g:h}]}" },
		{ "a:\n  - b\nc:\n d: e\n", "{a:[b],c:{d:e}}" },
		{ "? a\n: b\n? c\n: - d\n  - e\n? |\n f\n: g\n", "{a:b,c:[d,e],f\n:g}" },
		{ "a: b\n  c\n\n  d # e\n", "{a:b c\nd}" },
		{ "a:\n \tb\n\t\nc:\td\n", "{a:b,c:d}" },
		{ "a#b: c#d\ne : f:g\n", "{a#b:c#d,e:f:g}" },
		{ ":a: -b\n?c: :d\n", "{:a:-b,?c::d}" },
		{ ": a\n", "{:a}" },
		/* Between brackets. */
		{ "a: [b, 'c', \"d\",]\nb: []\nc: {}\n", "{a:[b,c,d],b:[],c:{}}" },
		{ "{a: b, c, \"d\":e, f: , ? g : h, : i}\n", "{a:b,c:~,d:e,f:~,g:h,:i}" },
		{ "a: [b: c, ? d : e, : f, \"g\":h, i]\n", "{a:[{b:c},{d:e},{:f},{g:h},i]}" },
		{ "{a\n: b, \"c\"\n :d, e\n f: g}\n", "{a:b,c:d,e f:g}" },
		{ "a: [\n  b, # c\n  d\n]\n", "{a:[b,d]}" },
		{ "{a: :b, ?c: d, -e: f}\n", "{a::b,?c:d,-e:f}" },
		{ "a: [http://b/?c=d#e, f: g]\n", "{a:[http://b/?c=d#e,{f:g}]}" },
		/* Quotes. */
		{ "a: 'b''c'\nd: \"e\\\"f\"\n'g': h\n", "{a:b'c,d:e\"f,g:h}" },
		{ "a: \"b \n  c\n\n  d\\\n  e\\ \\\n  f\"\n", "{a:b c\nde f}" },
		{ "a: '  b\n\n   c  '\n", "{a:  b\nc  }" },
		{ "a: \"\\x41\\u00e5\\U0001F600\\t\\/\\_\\L\"\n",
		  "{a:A\xC3\xA5\xF0\x9F\x98\x80\t/\xC2\xA0\xE2\x80\xA8}" },
		/* Blocks of text. */
		{ "a: |\n b\n\n  c\n\n\nd: |-\n e\n\nf: |+\n g\n\nh: i\n", "{a:b\n\n c\n,d:e,f:g\n\n,h:i}" },
		{ "a: >\n b\n c\n\n d\n  e\n f\n", "{a:b c\nd\n e\nf\n}" },
		{ "a: |2- # c\n   b\n  #d\n# e\nf: >+\n\n", "{a: b\n#d,f:\n}" },
		{ "a: |\n \tb\n", "{a:\tb\n}" },
		/* Anchors, aliases, tags. */
		{ "a: &x b\nc: *x\n*x : d\n", "{a:b,c:b,b:d}" },
		{ "&k a: &x b\nc: *k\n", "{a:b,c:a}" },
		{ "a: &x\n  b: c\nd: *x\ne: &\xC3\xA5:@ f\ng: *\xC3\xA5:@\n", "{a:{b:c},d:{b:c},e:f,g:f}" },
		{ "a: !!str\nb: !!str 1\nc: !<tag:yaml.org,2002:str> 2\nd: &x !!map\n  e: f\n",
		  "{a:,b:1,c:2,d:{e:f}}" },
		/* Nothing of a text is a line break that YAML 1.2 does not say is one, or is lost. */
		{ "a: b\xE2\x80\xA8""c d\xC2\xA0\n", "{a:b\xE2\x80\xA8""c d\xC2\xA0}" },
		{ "a: \xE2\x80\x8B""b\xE2\x80\xAE""c\xEF\xBB\xBF""d\n",
		  "{a:\xE2\x80\x8B""b\xE2\x80\xAE""c\xEF\xBB\xBF""d}" },
		{ "a: |\r\n b\r\n c\r\nd: e\r\n  f\r\n", "{a:b\nc\n,d:e f}" },
		{ "a: |\r b\r c\rd: e\r", "{a:b\nc\n,d:e}" },
		/* What a file may have besides. */
		{ "%YAML 1.2 # a\n---\na: b\n...\n# c\n", "{a:b}" },
		{ "--- # a\na: b", "{a:b}" },
		{ "\xEF\xBB\xBF""a: |\n b", "{a:b\n}" },
		{ "# a\n", "{}" },
		{ "", "{}" },
	};
	struct rp_run *run = rp_run_new();
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct rp_doc *doc = doc_new(run, "test.yaml");
		const struct rp_node *map;
		struct str s = { 0 };

		doc->source = cases[i].text;
		doc->source_len = strlen(cases[i].text);
		map = read_yaml(doc, doc->source, doc->source_len, 1);
		str_puts(&s, "");
		if (map != NULL)
			shape(map, &s);
		assert_string_equal(s.p, cases[i].shape);
		str_free(&s);
		doc_free(doc);
	}
	rp_run_free(run);
}

/* Where each value begins and ends. */
static void
positions(void **state)
{
	static const char text[] = "---\nkey: [1, {two: 'x'}]\nempty:\nlist:\n  - a\n  - &b b\n    c\n"
	    "text: |\n  d\n  e\n\n\xC3\xA5: \xC3\xA5\n---\n";
	static const char *const want[] = {
		"2:1-12:6", "2:6-2:20", "2:7-2:7", "2:10-2:19", "2:16-2:18", "3:7-3:6", "5:3-7:5", "5:5-5:5",
		"6:5-7:5", "8:7-10:3", "12:5-12:6",
	};
	struct rp_run *run = rp_run_new();
	struct rp_doc *doc = doc_of(run, text);
	struct rp_walk w = rp_walk(rp_meta(doc));
	char got[64];
	size_t i = 0;

	(void)state;
	while (rp_walk_next(&w)) {
		struct rp_pos p = rp_pos(w.node);

		if (w.event == RP_LEAVE)
			continue;
		snprintf(got, sizeof(got), "%u:%u-%u:%u", (unsigned)p.line, (unsigned)p.col,
		    (unsigned)p.end_line, (unsigned)p.end_col);
		assert_string_equal(got, want[i++]);
	}
	assert_int_equal(i, LEN(want));
	doc_free(doc);
	rp_run_free(run);
}

static void
refused(void **state)
{
	static const struct { const char *text, *codes; } cases[] = {
		{ "---\na: 1\nb: 2\na: 3\n---\n", "yaml-duplicate-key@4:1" },
		{ "---\nx: {b: 1, b: 2}\n---\n", "yaml-duplicate-key@2:11" },
		{ "---\na: &k b\nb: 1\n*k : 2\n---\n", "yaml-duplicate-key@4:1" },
		{ "---\na: 1\n", "yaml-unclosed@1:1" },
		{ "---\n- a\n---\n", "yaml-not-a-map@2:1" },
		{ "---\n'just text'\n---\n", "yaml-not-a-map@2:1" },
		{ "---\njust text\n", "yaml-unclosed@1:1" },
		{ "---\na: *x\n---\n", "yaml-alias@2:4" },
		{ "---\na: &x [*x]\n---\n", "yaml-alias@2:8" },
		{ "---\n[a]: 1\n---\n", "yaml-key@2:1" },
		{ "---\na: {[b]: 1}\n---\n", "yaml-key@2:5" },
		{ "---\n? - a\n: b\n---\n", "yaml-key@2:3" },
		{ "---\na: &x [b]\n*x : c\n---\n", "yaml-key@3:1" },
		{ "---\na: !!int x\n---\n", "yaml-value@2:4" },
		{ "a\n\n\xFFz\n", "not-utf8@3:1" },
		{ "\xC3\xA9\xC3\n", "not-utf8@1:2" },
		/* Brackets and quotes. */
		{ "---\na: [1\nb: 2\n---\n", "yaml-syntax@3:2" },
		{ "---\na: [1\n---\n", "yaml-syntax@2:4" },
		{ "---\na: [1}\n---\n", "yaml-syntax@2:6" },
		{ "---\na: [1,\n2]\n---\n", "yaml-syntax@3:1" },
		{ "---\na: ['b' 1]\n---\n", "yaml-syntax@2:9" },
		{ "---\na: [1,,2]\n---\n", "yaml-syntax@2:7" },
		{ "---\na: [b\n c: d]\n---\n", "yaml-syntax@3:3" },
		{ "---\na: 'b\nc: d\n---\n", "yaml-syntax@2:4" },
		{ "---\na: \"b\n c: d\n---\n", "yaml-syntax@2:4" },
		{ "---\na: 'b' c\n---\n", "yaml-syntax@2:8" },
		{ "---\na: 'b'# c\n---\n", "yaml-syntax@2:7" },
		{ "---\na: \"\\d\"\n---\n", "yaml-syntax@2:5" },
		{ "---\na: \"\\xz1\"\n---\n", "yaml-syntax@2:5" },
		{ "---\na: \"\\uD83D\"\n---\n", "yaml-syntax@2:5" },
		/* Keys and indentation. */
		{ "---\na: b: c\n---\n", "yaml-syntax@2:5" },
		{ "---\na: - b\n---\n", "yaml-syntax@2:4" },
		{ "---\na: b\n c: d\n---\n", "yaml-syntax@3:3" },
		{ "---\na: b\nc\n---\n", "yaml-syntax@3:1" },
		{ "---\na:b\nc: d\n---\n", "yaml-syntax@3:2" },
		{ "---\na: 1\n- b\n---\n", "yaml-syntax@3:1" },
		{ "---\na:\n  b: 1\n c: 2\n---\n", "yaml-syntax@4:2" },
		{ "---\na:\n  b: 1\n\tc: 2\n---\n", "yaml-syntax@4:1" },
		{ "---\n\ta: b\n---\n", "yaml-syntax@2:1" },
		{ "---\na: |\n\tb\n---\n", "yaml-syntax@3:1" },
		{ "---\na: |\n   \n b\n---\n", "yaml-syntax@3:4" },
		{ "---\na: | b\n---\n", "yaml-syntax@2:6" },
		/* What text cannot begin with. */
		{ "---\na: @b\n---\n", "yaml-syntax@2:4" },
		{ "---\na: %b\n---\n", "yaml-syntax@2:4" },
		{ "---\na: *b c\n---\n", "yaml-syntax@2:4" },
		{ "---\na: !b!c d\n---\n", "yaml-syntax@2:4" },
		{ "---\na: &b &c d\n---\n", "yaml-syntax@2:7" },
		{ "---\na: &b c\nd: &e *b\n---\n", "yaml-syntax@3:7" },
		{ "---\n%YAML 1.2\na: b\n---\n", "yaml-syntax@3:1" },
		{ "---\na: b\n--- c\n---\n", "yaml-syntax@3:1" },
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

/* Escapes make characters that no output can hold, in keys as in values. */
static void
controls(void **state)
{
	struct rp_run *run = rp_run_new();
	struct codes codes = { "" };
	struct rp_doc *doc;

	(void)state;
	rp_run_listen(run, note_code, &codes);
	doc = doc_of(run, "---\na: \"b\\b\\0c\"\n\"d\\e\": 1\n---\n");
	assert_non_null(doc);
	assert_string_equal(rp_meta_string(rp_meta(doc), "a"), "b\xEF\xBF\xBD\xEF\xBF\xBD""c");
	assert_string_equal(rp_meta_string(rp_meta(doc), "d\xEF\xBF\xBD"), "1");
	diag_flush(doc);
	assert_string_equal(codes.text,
	    "control-character@2:4 control-character@2:4 control-character@3:1");
	doc_free(doc);
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

/* Time grows with the length, whatever there is much of. */
static void
lengths(void **state)
{
	static const struct { const char *first, *before, *after; } cases[] = {
		{ "", "k", ": v\n" },		{ "", "? k", "\n" },		{ "x:\n", "- &a", " v\n" },
		{ "x: [ ", "v", ", " },		{ "x: { ", "k", ": v, " },	{ "x: ", "v", "\n\n\n " },
		{ "x: \"", "\n\n ", "" },	{ "", "# ", "\n" },		{ "x: |\n", "\n ", "\n\n" },
		{ "x: >\n", "\n ", "\n\n" },
	};
	struct rp_run *run = rp_run_new();
	unsigned n;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		struct str s = { 0 };
		struct rp_doc *doc;

		str_printf(&s, "---\n%s", cases[i].first);
		for (n = 0; n < 100000; n++)
			str_printf(&s, "%s%u%s", cases[i].before, n, cases[i].after);
		str_puts(&s, "\n---\n");
		doc = doc_of(run, s.p);
		doc_free(doc);
		str_free(&s);
	}
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
	cmocka_unit_test(syntax),
	cmocka_unit_test(positions),
	cmocka_unit_test(refused),
	cmocka_unit_test(controls),
	cmocka_unit_test(bombs),
	cmocka_unit_test(lengths),
	cmocka_unit_test(where_it_ends),
};

UNIT_MAIN(tests)
