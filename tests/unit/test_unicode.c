/* The Unicode helpers of text.h: UTF-8, categories, forms, slugs, names, distance. */
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "unit.h"

static struct rp_doc *
new_doc(void)
{
	return doc_new(NULL, "test.md");
}

static void
utf8(void **state)
{
	static const uint32_t points[] = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF };
	/* A lone continuation, an overlong form, a surrogate, cut-off sequences. */
	static const char *const bad[] = { "\x80", "\xC0\xAF", "\xED\xA0\x80", "\xE3\x81", "\xF0\x9F", "\xFF" };
	char buf[5];
	const char *s;
	size_t i, n;

	(void)state;
	for (i = 0; i < LEN(points); i++) {
		n = rp_utf8_put(buf, points[i]);
		buf[n] = '\0';
		s = buf;
		assert_int_equal(rp_utf8_next(&s), points[i]);
		assert_ptr_equal(s, buf + n);
		assert_int_equal(rp_utf8_next(&s), 0);
		assert_ptr_equal(s, buf + n);
	}
	for (i = 0; i < LEN(bad); i++) {
		s = bad[i];
		assert_int_equal(rp_utf8_next(&s), 0xFFFD);
		assert_ptr_equal(s, bad[i] + 1);
	}
	assert_int_equal(rp_utf8_put(buf, 0xD800), 3);
	assert_memory_equal(buf, "\xEF\xBF\xBD", 3);
}

/* East Asian characters pass by utf8proc's tables: these have no other form, and no case. */
static void
settled(void **state)
{
	static const struct { uint32_t first, last; } ranges[] = {
		{ 0x20, 0x7E }, { 0x3001, 0x3020 }, { 0x3041, 0x3096 }, { 0x30A1, 0x30FE }, { 0x4E00, 0x9FFF },
	};
	utf8proc_category_t category;
	utf8proc_uint8_t *form;
	char text[16];
	uint32_t cp;
	size_t i, n;

	(void)state;
	for (i = 0; i < LEN(ranges); i++) {
		for (cp = ranges[i].first; cp <= ranges[i].last; cp++) {
			memcpy(text, "\xE3\x81\x8B", 3);	/* か, which a mark could change */
			n = 3 + rp_utf8_put(text + 3, cp);
			memcpy(text + n, "a", 2);
			assert_true(utf8proc_map((utf8proc_uint8_t *)text, 0, &form, UTF8PROC_NULLTERM |
			    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE |
			    (cp >= 0x80 ? UTF8PROC_CASEFOLD : 0)) > 0);
			assert_string_equal(form, text);
			free(form);
			if (cp >= 0x80)
				assert_int_equal(utf8proc_tolower((utf8proc_int32_t)cp), cp);
			category = utf8proc_category((utf8proc_int32_t)cp);
			assert_int_equal(rp_is_letter(cp), category >= UTF8PROC_CATEGORY_LU &&
			    category <= UTF8PROC_CATEGORY_ME);
		}
	}
}

/* What is made of settled text byte by byte is what is made of it beside an é, which goes
 * the long way. */
static void
settled_ways(void **state)
{
	static const struct { uint32_t first, last; } ranges[] = {
		{ 0x01, 0x7F }, { 0x3000, 0x3100 }, { 0x4E00, 0x4E20 }, { 0x9F90, 0xA000 }, { 0xFF00, 0xFF70 },
	};
	static char *(*const ways[])(struct rp_doc *, const char *) = { rp_fold, rp_nfc, rp_slug, rp_ncname };
	char text[16];
	struct rp_doc *doc = new_doc();
	const char *quick, *slow;
	uint32_t cp;
	size_t i, n, k;

	(void)state;
	for (i = 0; i < LEN(ranges); i++) {
		for (cp = ranges[i].first; cp <= ranges[i].last; cp++) {
			memcpy(text, "Aか", 4);
			n = 4 + rp_utf8_put(text + 4, cp);
			strcpy(text + n, "字b");
			for (k = 0; k < LEN(ways); k++) {
				quick = ways[k](doc, text);
				slow = ways[k](doc, rp_join(doc, text, "é", NULL));
				assert_int_equal(strlen(slow), strlen(quick) + 2);
				assert_memory_equal(slow, quick, strlen(quick));
			}
		}
	}
	doc_free(doc);
}

static void
categories(void **state)
{
	static const struct { uint32_t cp; int letter, number, space, punct, upper, cjk, columns; } cases[] = {
		{ 'a',     1, 0, 0, 0, 0, 0, 1 },
		{ 'Z',     1, 0, 0, 0, 1, 0, 1 },
		{ '7',     0, 1, 0, 0, 0, 0, 1 },
		{ ' ',     0, 0, 1, 0, 0, 0, 1 },
		{ '\t',    0, 0, 1, 0, 0, 0, 0 },
		{ '_',     0, 0, 0, 1, 0, 0, 1 },
		{ '@',     0, 0, 0, 1, 0, 0, 1 },
		{ '`',     0, 0, 0, 1, 0, 0, 1 },
		{ '{',     0, 0, 0, 1, 0, 0, 1 },
		{ 0x7F,    0, 0, 0, 0, 0, 0, 0 },
		{ 0xA0,    0, 0, 1, 0, 0, 0, 1 },
		{ 0xC5,    1, 0, 0, 0, 1, 0, 1 },	/* Å */
		{ 0x301,   1, 0, 0, 0, 0, 0, 0 },	/* combining acute */
		{ 0x663,   0, 1, 0, 0, 0, 0, 1 },	/* Arabic three */
		{ 0x3000,  0, 0, 1, 0, 0, 1, 2 },	/* ideographic space */
		{ 0x3002,  0, 0, 0, 1, 0, 1, 2 },	/* 。 */
		{ 0x30AB,  1, 0, 0, 0, 0, 1, 2 },	/* カ */
		{ 0x6F22,  1, 0, 0, 0, 0, 1, 2 },	/* 漢 */
		{ 0xD55C,  1, 0, 0, 0, 0, 1, 2 },	/* 한 */
		{ 0xFF08,  0, 0, 0, 1, 0, 1, 2 },	/* （ */
		{ 0x1F50D, 0, 0, 0, 1, 0, 0, 2 },	/* 🔍 */
		{ 0x20BB7, 1, 0, 0, 0, 0, 1, 2 },	/* 𠮷 */
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		uint32_t cp = cases[i].cp;

		assert_int_equal(rp_is_letter(cp), cases[i].letter);
		assert_int_equal(rp_is_number(cp), cases[i].number);
		assert_int_equal(rp_is_space(cp), cases[i].space);
		assert_int_equal(rp_is_punct(cp), cases[i].punct);
		assert_int_equal(rp_is_upper(cp), cases[i].upper);
		assert_int_equal(rp_is_cjk(cp), cases[i].cjk);
		assert_int_equal(rp_columns(cp), cases[i].columns);
	}
	assert_int_equal(rp_columns_of("CSO:s 役割"), 10);
}

/* What ASCII takes a short way for is what the tables say. */
static void
ascii(void **state)
{
	char quick[] = "?", slow[] = "é?";
	struct rp_doc *doc = new_doc();
	int c;

	(void)state;
	for (c = 1; c < 0x80; c++) {
		quick[0] = slow[2] = (char)c;
		assert_string_equal(rp_fold(doc, quick), rp_fold(doc, slow) + 2);
		if (c != '-')		/* alone it is no slug */
			assert_string_equal(rp_slug(doc, quick), rp_slug(doc, slow) + 2);
	}
	doc_free(doc);
}

typedef char *text_function(struct rp_doc *, const char *);

static void
check(text_function *f, const char *const (*cases)[2], size_t n)
{
	struct rp_doc *doc = new_doc();
	size_t i;

	for (i = 0; i < n; i++)
		assert_string_equal(f(doc, cases[i][0]), cases[i][1]);
	doc_free(doc);
}

static void
forms(void **state)
{
	static const char *const nfc[][2] = {
		{ "", "" },
		{ "plain  text\n", "plain  text\n" },
		{ "A\xCC\x8Angstro\xCC\x88m", "Ångström" },
		{ "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한" },
		{ "か\xE3\x82\x99", "が" },
		{ "ﬁ ①", "ﬁ ①" },		/* compatibility stays */
		{ "\xFF", "\xFF" },
	};
	static const char *const fold[][2] = {
		{ "", "" }, { " \t\n", "" },
		{ "  Key   Responsibilities\t", "key responsibilities" },
		{ "ＣＩＳＯとは？", "cisoとは?" },
		{ "\xE3\x80\x80主な　業務 ", "主な 業務" },
		{ "STRASSE Straße", "strasse strasse" },
		{ "ÅNGSTRÖM", "ångström" },
		{ "co\xC2\xADoperate", "cooperate" },	/* soft hyphen */
	};

	(void)state;
	check(rp_nfc, nfc, LEN(nfc));
	check(rp_fold, fold, LEN(fold));
}

/* As GitHub's anchors are. */
static void
slugs(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" }, { "!?", "" }, { "---", "" }, { " \n", "" },
		{ "Hello, World", "hello-world" },
		{ "  1. Why & how? ", "1-why--how" },
		{ "snake_case and kebab-case", "snake_case-and-kebab-case" },
		{ "CSO:s ansvar", "csos-ansvar" },
		{ "Förstå CSO (VD)", "förstå-cso-vd" },
		{ "ÅÄÖ", "åäö" },
		{ "5. キャリアパスと成長の方向性（CISO）", "5-キャリアパスと成長の方向性ciso" },
		{ "🔍 ストーリー：現場", "-ストーリー現場" },
		{ "مسؤوليات CISO", "مسؤوليات-ciso" },
		{ "ＣＩＳＯ", "ciso" },
		{ "\xE2\x9A\x99\xEF\xB8\x8F", "" },	/* ⚙ with its variation selector */
		{ "e\xCC\x81t\xC3\xA9", "été" },
		{ "a\xC2\xA0" "b\tc", "a-b-c" },
	};

	(void)state;
	check(rp_slug, cases, LEN(cases));
}

/* Names that XML 1.0 has in every edition. */
static void
ncnames(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" }, { "2024", "" }, { "!", "" }, { "1. 2. 3", "" },
		{ "1. Why", "why" },
		{ "30-60-90 day plan", "day-plan" },
		{ "Why & how", "why-how" },
		{ "_private", "_private" },
		{ "第2章 役割", "第2章-役割" },
		{ "８．面接", "面接" },
		{ "-- x --", "x" },
		{ "1-x-", "x" }, { "x--y", "x-y" }, { "2-_y-3", "_y-3" }, { "7-", "" },
		{ "サービス", "サービス" },		/* a sign that no name begins with */
		{ "ー", "" }, { "3-ーa", "a" },
		{ "Instrucțiuni", "instructiuni" },	/* ț came with Unicode 3 */
		{ "ភាសា", "" },				/* as did Khmer */
		{ "𠮷野", "野" },			/* and all planes but the first */
		{ "가나다", "가나다" },
		{ "\xCC\x81" "a", "a" },		/* a mark begins no name */
	};

	(void)state;
	check(rp_ncname, cases, LEN(cases));
}

static void
long_text(void **state)
{
	enum { TIMES = 1000 };
	struct rp_doc *doc = new_doc();
	char *text = arena_alloc(&doc->arena, 7 * TIMES + 1), *slug;
	size_t i;

	(void)state;
	for (i = 0; i < TIMES; i++)
		memcpy(text + 7 * i, "Å b C ", 7);
	slug = rp_slug(doc, text);
	assert_int_equal(strlen(slug), strlen("å-b-c-") * TIMES - 1);
	assert_memory_equal(slug, "å-b-c-å-b-c-", 14);
	assert_int_equal(strlen(rp_fold(doc, text)), strlen("å b c ") * TIMES - 1);
	doc_free(doc);
}

static void
distances(void **state)
{
	static const struct { const char *a, *b; int max, distance; } cases[] = {
		{ "", "", 2, 0 }, { "a", "", 2, 1 }, { "", "abc", 2, 3 }, { "same", "same", 0, 0 },
		{ "docbok", "docbook", 2, 1 }, { "docboko", "docbook", 2, 1 }, { "epbu", "epub", 2, 1 },
		{ "ca", "abc", 3, 3 },		/* no change inside a swap */
		{ "json", "man", 2, 3 }, { "json", "man", 9, 3 },
		{ "säkerhet", "sakerhet", 1, 1 }, { "役割", "役目", 1, 1 },
		{ "abcdef", "fedcba", 3, 4 }, { "ab", "ba", 0, 1 },
	};
	char longer[200];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		assert_int_equal(rp_distance(cases[i].a, cases[i].b, cases[i].max), cases[i].distance);
		assert_int_equal(rp_distance(cases[i].b, cases[i].a, cases[i].max), cases[i].distance);
	}
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(rp_distance(longer, longer, 3), 0);
	assert_int_equal(rp_distance(longer, longer + 1, 3), 4);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(utf8),
	cmocka_unit_test(settled),
	cmocka_unit_test(settled_ways),
	cmocka_unit_test(categories),
	cmocka_unit_test(ascii),
	cmocka_unit_test(forms),
	cmocka_unit_test(slugs),
	cmocka_unit_test(ncnames),
	cmocka_unit_test(long_text),
	cmocka_unit_test(distances),
};

UNIT_MAIN(tests)
