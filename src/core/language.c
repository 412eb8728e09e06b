/*
 * language.c - language tags (BCP 47): their canonical spelling, which way the
 * writing runs, what the language calls itself.
 *
 * A tag is checked by the grammar of RFC 5646, section 2.1, and its language by
 * ISO 639 as far as two letters go; three letters are too many to list.
 */
#include <string.h>

#include "core.h"
#include "language.h"

enum { LONGEST_TAG = 63, MOST_SUBTAGS = 16 };

static const struct lang { char code[4], longer[4]; const char *name; } langs[] = {
#define RP_LANG(code, longer, name) { code, longer, name },
#include "lang_names.def"
};

static const struct { char alias[4], code[4]; } aliases[] = {
#define RP_LANG_ALIAS(alias, code) { alias, code },
#include "lang_names.def"
};

static const struct { const char *tag, *name; } names[] = {
#define RP_LANG_NAME(tag, name) { tag, name },
#include "lang_names.def"
};

/* ---- Letters, whatever the locale ---- */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_alpha(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* ---- Languages by code ---- */

/* Two bytes as a number, in the order of strcmp(). */
static int
letters_of(const char *code)
{
	return (unsigned char)code[0] << 8 | (unsigned char)code[1];
}

static const struct lang *
find_code(const char *code)
{
	size_t low = 0, high = LEN(langs);
	int key;

	if (strlen(code) != 2)
		return NULL;
	key = letters_of(code);
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (key < letters_of(langs[mid].code))
			high = mid;
		else
			low = mid;
	}
	return key == letters_of(langs[low].code) ? &langs[low] : NULL;
}

/* The language of a primary subtag in lower case, under its shortest code now in
 * use (RFC 5646, section 4.5); NULL: it has no two-letter code. */
static const struct lang *
find_lang(const char *code)
{
	const struct lang *l = find_code(code);
	size_t i;

	if (l != NULL)
		return l;
	for (i = 0; i < LEN(aliases); i++)
		if (strcmp(code, aliases[i].alias) == 0)
			return find_code(aliases[i].code);
	for (i = 0; i < LEN(langs); i++)
		if (strcmp(code, langs[i].longer) == 0)
			return &langs[i];
	return NULL;
}

const char *
lang_primary(const char *tag, char buf[9])
{
	const struct lang *l;
	size_t n = 0;

	for (; n < 8 && is_alpha(tag[n]); n++)
		buf[n] = lower(tag[n]);
	buf[n] = '\0';
	l = find_lang(buf);
	return l != NULL ? l->code : buf;
}

/* ---- Tags ---- */

/* A tag taken apart at its hyphens, in lower case. */
struct subtags {
	char	 buf[LONGEST_TAG + 1];
	char	*at[MOST_SUBTAGS];
	size_t	 len[MOST_SUBTAGS], count, used;
};

/* 0, or -1 if these cannot be subtags.  POSIX spells locales sv_SE.UTF-8. */
static int
split(const char *tag, struct subtags *t)
{
	size_t i, n = strcspn(tag, ".@");

	memset(t, 0, sizeof(*t));
	if (n > LONGEST_TAG)
		return -1;
	t->at[0] = t->buf;
	for (i = 0; i < n; i++) {
		t->buf[i] = lower(tag[i]);
		if (tag[i] == '-' || tag[i] == '_') {
			t->buf[i] = '\0';
			if (++t->count == MOST_SUBTAGS)
				return -1;
			t->at[t->count] = t->buf + i + 1;
		} else if (!is_alpha(tag[i]) && !is_digit(tag[i]))
			return -1;
	}
	t->count++;
	for (i = 0; i < t->count; i++) {
		t->len[i] = strlen(t->at[i]);
		if (t->len[i] == 0 || t->len[i] > 8)
			return -1;
	}
	return 0;
}

/* The next subtag, if it is all letters and min to max of them; else NULL. */
static char *
take_letters(struct subtags *t, size_t min, size_t max)
{
	size_t i, n = t->used < t->count ? t->len[t->used] : 0;

	if (n < min || n > max || n == 0)
		return NULL;
	for (i = 0; i < n; i++)
		if (!is_alpha(t->at[t->used][i]))
			return NULL;
	return t->at[t->used++];
}

static int
is_among(const char *s, const char *const *list, size_t n)
{
	while (n-- > 0)
		if (strcmp(s, list[n]) == 0)
			return 1;
	return 0;
}

static const char *
take_language(struct subtags *t)
{
	/* Those that the registry has extended language subtags for. */
	static const char *const extensible[] = { "ar", "kok", "lv", "ms", "sgn", "sw", "uz",
		"zh" };
	const char *code = take_letters(t, 2, 3), *extended;
	const struct lang *l;

	if (code == NULL)
		return NULL;
	if (is_among(code, extensible, LEN(extensible)) &&
	    (extended = take_letters(t, 3, 3)) != NULL)
		code = extended;	/* zh-yue is yue */
	l = find_lang(code);
	if (l != NULL)
		return l->code;
	return strlen(code) == 3 ? code : NULL;
}

static const char *
take_script(struct subtags *t)
{
	char *script = take_letters(t, 4, 4);

	if (script != NULL)
		script[0] = upper(script[0]);
	return script;
}

static const char *
take_region(struct subtags *t)
{
	char *region = take_letters(t, 2, 2);
	const char *p;

	if (region != NULL) {
		region[0] = upper(region[0]);
		region[1] = upper(region[1]);
		return strcmp(region, "UK") == 0 ? "GB" : region;
	}
	p = t->used < t->count ? t->at[t->used] : "";
	if (strlen(p) == 3 && is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]))
		return t->at[t->used++];
	return NULL;
}

/*
 * What follows the region: variants, then extensions (one letter or digit, and
 * subtags of two and more), then private use (x, and anything).
 */
static int
rest_is_valid(const struct subtags *t)
{
	size_t i, least = 0;	/* how long a subtag must be; 0: still variants */

	for (i = t->used; i < t->count; i++) {
		if (t->len[i] == 1 && least != 1) {
			least = *t->at[i] == 'x' ? 1 : 2;
			if (i + 1 == t->count || t->len[i + 1] < least)
				return 0;
		} else if (least == 0 && t->len[i] < 5) {
			if (t->len[i] != 4 || !is_digit(*t->at[i]))
				return 0;
		} else if (t->len[i] < least)
			return 0;
	}
	return 1;
}

char *
rp_lang_canonical(struct rp_doc *doc, const char *tag)
{
	struct subtags t;
	const char *language, *script, *region;
	char *canonical;

	if (split(tag, &t) != 0)
		return NULL;
	language = take_language(&t);
	script = take_script(&t);
	region = take_region(&t);
	if (language == NULL || !rest_is_valid(&t))
		return NULL;
	canonical = rp_join(doc, language, script ? "-" : "", script ? script : "",
	    region ? "-" : "", region ? region : "", NULL);
	for (; t.used < t.count; t.used++)
		canonical = rp_join(doc, canonical, "-", t.at[t.used], NULL);
	return canonical;
}

/* ---- What is known of a language ---- */

/* Those written from right to left, and the scripts that are. */
static const char *const rtl[] = { "ar", "arc", "arz", "ckb", "dv", "fa", "he", "ks", "mzn",
	"nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi" };
static const char *const rtl_scripts[] = { "adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa" };

const char *
rp_lang_dir(const char *tag)
{
	struct subtags t;
	const char *script;
	char buf[9];

	if (strpbrk(tag, "-_") != NULL && split(tag, &t) == 0 && take_language(&t) != NULL &&
	    t.used < t.count) {
		script = take_letters(&t, 4, 4);
		if (script != NULL)
			return is_among(script, rtl_scripts, LEN(rtl_scripts)) ? "rtl" : "ltr";
	}
	return is_among(lang_primary(tag, buf), rtl, LEN(rtl)) ? "rtl" : "ltr";
}

/* Norwegian that does not say which is Bokmål. */
static const char *
spoken(const char *code)
{
	return strcmp(code, "no") == 0 ? "nb" : code;
}

int
rp_lang_same(const char *a, const char *b)
{
	char buf_a[9], buf_b[9];

	return strcmp(a, b) == 0 ||
	    strcmp(spoken(lang_primary(a, buf_a)), spoken(lang_primary(b, buf_b))) == 0;
}

const char *
rp_lang_name(const char *tag)
{
	const struct lang *l;
	char buf[9];
	size_t i;

	for (i = 0; i < LEN(names); i++)
		if (strcmp(tag, names[i].tag) == 0)
			return names[i].name;
	lang_primary(tag, buf);
	l = find_lang(buf);
	return l != NULL && l->name != NULL ? l->name : tag;
}

const char *
lang_code(const char *code)
{
	const struct lang *l = find_lang(code);

	return l != NULL ? l->code : NULL;
}
