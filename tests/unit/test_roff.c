/*
 * emit/roff: what is written at a time, words, lines or a paragraph of them, does not tell from
 * the page.  A text in one piece comes out as one does whose words come one by one, and what is not
 * ASCII character by character.
 */
#include "unit.h"

#include <stdio.h>

#include "emit/roff.h"

static const char *const words[] = {
	"a", "of", "the", "words", "sentence.", "quoted.\"", "\"and", "(so)", "end!)*", "what?", "it's",
	"'so", "dogs'", "end.'", "well-known", "--option", "-5", ".dot", "...", "T}", "T", "A}", "x]",
	"a_b", "/usr/bin", "50%",
	"a-rather-long-one-with-hyphens", "internationalization",
	"ofmorethanfortycharacters0123456789abcdefg",
	"https://example.org/an/address/of/many/columns.html?and=more&of=it", "\\", "~", "^", "`",
	"\u5F79\u5272", "\u5F79\u5272\u3001\u5F79\u5272\u3001\u3001\u5F79\u5272\u5F79\u5272\u3002",
	"\u307E\u3059\u3002", "(\u5F79)", "\u300C\u5F79\u300D", "caf\u00E9", "\u2060[1]",
};

/* Where it stands. */
enum place { BODY, INDENTED, NO_ROOM, TAGGED, TABLE, NAME, TITLE, PLACES };

static unsigned
chance(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % n;
}

/* How much of a text is one piece: a stretch of spaces or of ASCII, or another character. */
static size_t
piece(const char *s)
{
	const char *end = s;

	if (*s == ' ')
		return strspn(s, " ");
	if ((signed char)*s < 0)
		rp_utf8_next(&end);
	while ((signed char)*s > ' ' && (signed char)*end > ' ')
		end++;
	return (size_t)(end - s);
}

/* The text, or each piece of it; in memory of its own. */
static void
put(struct rp_roff *r, const char *s, int whole)
{
	size_t n;
	char *copy;

	for (; *s != '\0'; s += n) {
		n = whole ? strlen(s) : piece(s);
		copy = strndup(s, n);
		rp_roff_text(r, copy);
		free(copy);
	}
}

static char *
page_of(const char *s, enum place place, int whole)
{
	struct fixture f;
	struct rp_roff *r;
	char *page;

	fixture_begin(&f);
	r = rp_roff_open(&f.job.pub, &f.sink);
	rp_roff_macro(r, "SH", "NAME", NULL);
	if (place == TITLE)
		rp_roff_macro(r, "SH", NULL);
	else if (place != NAME)
		rp_roff_macro(r, "SH", "BODY", NULL);
	if (place == INDENTED || place == NO_ROOM)
		rp_roff_macro(r, "RS", "40", NULL);
	if (place == NO_ROOM)
		rp_roff_macro(r, "RS", "40", NULL);
	if (place == TAGGED)
		rp_roff_macro(r, "TP", "4", NULL);
	if (place == TABLE)
		rp_roff_macro(r, "TS", NULL);
	put(r, s, whole);
	/* Where their first line ends tells how much of one there was before. */
	for (int i = 0; i < 40; i++)
		rp_roff_text(r, "\u5F79");
	rp_roff_line(r);
	if (place == TABLE)
		rp_roff_macro(r, "TE", NULL);
	assert_int_equal(rp_roff_close(r), 0);
	page = strdup(f.sink.buf.p);
	fixture_end(&f, "");
	return page;
}

static void
one_by_one(void **state)
{
	char text[4096], *got, *expected;
	unsigned seed = 1, most, common;
	size_t len;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		most = 1 + chance(&seed, 60);
		common = 1 + chance(&seed, LEN(words));	/* only the first of them, or more */
		for (len = 0; most-- > 0; )
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
			    words[chance(&seed, common)], chance(&seed, 20) == 0 ? "  " : " ");
		text[len - chance(&seed, 2)] = '\0';
		for (enum place place = BODY; place < PLACES; place++) {
			got = page_of(text, place, 1);
			expected = page_of(text, place, 0);
			assert_string_equal(got, expected);
			free(got);
			free(expected);
		}
	}
}

/* A quotation mark stands as it is but in an argument or heading. */
static void
quotation_marks(void **state)
{
	struct fixture f;
	struct rp_roff *r;

	(void)state;
	fixture_begin(&f);
	r = rp_roff_open(&f.job.pub, &f.sink);
	rp_roff_macro(r, "SH", "NAME", NULL);
	rp_roff_macro(r, "SH", "a\"b", NULL);
	rp_roff_text(r, "\"many of these \"words\" are \"quoted\"\"");
	rp_roff_macro(r, "SS", NULL);
	rp_roff_text(r, "\"many of these \"words\" are \"quoted\"\"");
	assert_int_equal(rp_roff_close(r), 0);
	assert_string_equal(f.sink.buf.p, ".SH NAME\n.SH \"a\\(dqb\"\n"
	    "\"many of these \"words\" are \"quoted\"\"\n.SS "
	    "\"\\(dqmany of these \\(dqwords\\(dq are \\(dqquoted\\(dq\\(dq\"\n");
	fixture_end(&f, "");
}

/* A character's kind is the same by its bytes. */
static void
kinds(void **state)
{
	static const struct { uint32_t cp; int kind; } edges[] = {
		{ 0x3000, ROFF_OTHER }, { 0x3002, ROFF_COMMA }, { 0x3040, ROFF_OTHER },
		{ 0x3041, ROFF_IDEOGRAPH }, { 0x3096, ROFF_IDEOGRAPH }, { 0x3097, ROFF_OTHER },
		{ 0x30FA, ROFF_IDEOGRAPH }, { 0x30FB, ROFF_OTHER }, { 0x30FC, ROFF_IDEOGRAPH },
		{ 0x30FD, ROFF_OTHER }, { 0x4DFF, ROFF_OTHER }, { 0x9FFF, ROFF_IDEOGRAPH },
	};
	char utf8[5] = "";

	(void)state;
	for (uint32_t cp = 1; cp < 0x20000; cp++) {
		utf8[rp_utf8_put(utf8, cp)] = '\0';
		assert_int_equal(roff_kind_at(utf8), roff_kind(cp));
	}
	for (size_t i = 0; i < LEN(edges); i++)
		assert_int_equal(roff_kind(edges[i].cp), edges[i].kind);
	/* Cut off, or with what belongs to none. */
	for (size_t n = 0; n < 3; n++) {
		memcpy(utf8, "\u5F79", 3);
		utf8[n] = '\0';
		assert_int_equal(roff_kind_at(utf8), ROFF_OTHER);
		utf8[n] = 'a';
		assert_int_equal(roff_kind_at(utf8), ROFF_OTHER);
	}
}

/* An address has the breaks that it has where something beyond ASCII, which cannot be seen,
 * forbids to take it for one. */
static void
addresses(void **state)
{
	static const char common[] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH";
	static const char signs[] = "/-._?&=#:;,+%@!~()<>\\";
	unsigned char columns[161];
	char got[160], expected[161];
	uint32_t cps[161];
	unsigned seed = 7, often;
	size_t count, i;

	(void)state;
	for (int k = 0; k < 20000; k++) {
		count = 1 + chance(&seed, LEN(got));
		often = 1 + chance(&seed, 50);
		for (i = 0; i < count; i++) {
			columns[i] = 1;
			cps[i] = (unsigned char)(chance(&seed, often) == 0 ?
			    signs[chance(&seed, sizeof(signs) - 1)] : common[chance(&seed, sizeof(common) - 1)]);
		}
		cps[count] = 0x2060;
		columns[count] = 0;
		roff_breaks(cps, columns, count, got);
		roff_breaks(cps, columns, count + 1, expected);
		assert_memory_equal(got, expected, count);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(kinds),
	cmocka_unit_test(addresses),
	cmocka_unit_test(one_by_one),
	cmocka_unit_test(quotation_marks),
};

UNIT_MAIN(tests)
