/*
 * lang_detect.c - the language of a text, by its letters and words.
 *
 * Most scripts tell the language at once, or with a few letters that only some
 * languages have.  Latin text is told by the words that run through it (of, och,
 * und), each counting the more the fewer languages have it; libexttextcat is
 * asked only where those leave it open, for it takes 20 ms to read its data.
 *
 * Handbooks are full of English terms, in every language.  So the scripts of a
 * text are compared by the running words they may stand for, and Latin letters
 * count only as far as words like those above show that they are sentences.
 */
#include <string.h>

#include <utf8proc.h>

#include "core.h"
#include "language.h"
#include "unicode.h"

enum {
	ENOUGH = 2048,		/* bytes to look at */
	ENOUGH_SIGNS = 768,	/* the same, for single letters */
	LONGEST_WORD = 20,	/* bytes, with a NUL */
	LONGEST_ENDING = 8, SHORTEST_ENDING = 3,
	MOST_OF_WORD = 52,	/* bytes of a word that are looked at */
	FEW_LETTERS = 16,	/* of a script that several languages share */
	FEW_LATIN = 60,		/* too few for libexttextcat */
	CLEAR_LEAD = 24,	/* a word that the second language lacks */
	CLEAR_SHARE = 4		/* of a word's weight that an average word of the text has */
};

/* ---- What the tables say ---- */

enum script {
#define RP_SCRIPT(id, per_word, code) id,
#include "lang_scripts.def"
	SCRIPT_MAX
};

static const struct { size_t per_word; const char *code; } scripts[] = {
#define RP_SCRIPT(id, per_word, code) { per_word, code },
#include "lang_scripts.def"
};

static const struct range blocks[] = {
#define RP_BLOCK(first, last, script) { first, last, script },
#include "lang_scripts.def"
};

static const struct { enum script script; const char *code, *letters; } signs[] = {
#define RP_SIGNS(script, code, letters) { script, code, letters },
#include "lang_scripts.def"
};

enum latin {
#define RP_WORD_LANG(id, code, prior) LATIN_##id,
#include "lang_words.def"
	LATIN_MAX
};

enum latin_bit {
#define RP_WORD_LANG(id, code, prior) id = 1 << LATIN_##id,
#include "lang_words.def"
};

static const struct { const char *code; int prior; } latin[] = {
#define RP_WORD_LANG(id, code, prior) { code, prior },
#include "lang_words.def"
};

static const struct entry { char word[LONGEST_WORD]; uint32_t langs; } words[] = {
#define RP_WORD(word, langs) { word, langs },
#include "lang_words.def"
};

static const struct ending {
	char		text[LONGEST_ENDING + 1];
	uint8_t		len;
	uint32_t	langs;
} endings[] = {
#define RP_ENDING(ending, langs) { ending, sizeof(ending) - 1, langs },
#include "lang_words.def"
};

static const struct { uint32_t cp, langs; } letters[] = {
#define RP_LETTER(cp, langs) { cp, langs },
#include "lang_words.def"
};

/* What a word weighs that so many languages have. */
static const int weights[] = { 0, 24, 14, 9, 6, 4, 3, 2, 1 };

/* ---- Counting ---- */

struct evidence {
	size_t	letters[SCRIPT_MAX + 1];	/* the last: what is no letter */
	long	score[LATIN_MAX];
	size_t	hits[LATIN_MAX];	/* words, without endings and letters */
	size_t	words;			/* Latin ones */
};

static enum script
script_of(uint32_t cp)
{
	const struct range *r;

	if (cp <= blocks[0].last)
		return LATIN;
	r = range_of(blocks, LEN(blocks), cp);
	return r != NULL ? (enum script)r->is : SCRIPT_MAX;
}

static inline int
is_ascii_letter(unsigned char c)
{
	return (c | 0x20u) - 'a' < 26;
}

/* The script of a letter; SCRIPT_MAX: it is none.  Most are of ASCII, or these. */
static inline enum script
script_of_letter(uint32_t cp)
{
	if (cp < 0x80)
		return is_ascii_letter((unsigned char)cp) ? LATIN : SCRIPT_MAX;
	if ((cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x30A1 && cp <= 0x30FE && cp != 0x30FB))
		return KANA;
	if (cp >= 0x4E00 && cp <= 0x9FA5)
		return HAN;
	return rp_is_letter(cp) ? script_of(cp) : SCRIPT_MAX;
}

/* The first eight bytes as a number, in the order of strcmp(). */
static inline uint64_t
head(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
	    (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
	    (uint64_t)p[6] << 8 | p[7];
}

/* The word ends in eight NULs.  The search has no branch to guess wrong: it goes to the
 * first entry whose head is not below the word's. */
static uint32_t
langs_of_word(const char *word)
{
	const struct entry *at = words, *end = words + LEN(words);
	size_t n = LEN(words), half;
	uint64_t key = head(word);

	for (; n > 0; n -= half) {
		half = n - n / 2;
		at = head(at[half - 1].word) < key ? at + half : at;
	}
	for (; at < end && head(at->word) == key; at++)
		if (strcmp(at->word, word) == 0)
			return at->langs;
	return 0;
}

/* The last three bytes, the last one first. */
static inline uint32_t
tail(const char *end)
{
	const unsigned char *p = (const unsigned char *)end;

	return (uint32_t)p[-1] << 16 | (uint32_t)p[-2] << 8 | p[-3];
}

/* The longest ending in the table, which is sorted by tails and has longer ones first.
 * Two bytes of the word stand before it, at least. */
static uint32_t
langs_of_ending(const char *word, size_t len)
{
	const struct ending *at = endings, *end = endings + LEN(endings);
	size_t n = LEN(endings), half;
	uint32_t key = tail(word + len);

	for (; n > 0; n -= half) {
		half = n - n / 2;
		at = tail(at[half - 1].text + at[half - 1].len) < key ? at + half : at;
	}
	for (; at < end && tail(at->text + at->len) == key; at++)
		if (at->len + 2u <= len && memcmp(word + len - at->len, at->text, at->len) == 0)
			return at->langs;
	return 0;
}

static uint32_t
langs_of_letter(uint32_t cp)
{
	size_t i;

	for (i = 0; i < LEN(letters); i++)
		if (letters[i].cp == cp)
			return letters[i].langs;
	return 0;
}

/* Counts for all langs; share: a part of what a word would weigh. */
static void
count(struct evidence *e, uint32_t langs, int share, int hit)
{
	uint32_t rest;
	size_t i, n = 0;
	long weight;

	for (rest = langs; rest != 0; rest &= rest - 1)
		n++;
	if (n >= LEN(weights))
		n = LEN(weights) - 1;
	weight = weights[n] / share;
	for (rest = langs; rest != 0; rest &= rest - 1) {
		i = (size_t)__builtin_ctz(rest);
		e->score[i] += weight;
		e->hits[i] += (size_t)hit;
	}
}

/* A word in lower case, as it grows. */
struct word {
	char	buf[MOST_OF_WORD + 12];
	size_t	len;			/* bytes */
	size_t	letters, capitals;
};

static void
end_word(struct evidence *e, struct word *w)
{
	uint32_t langs;

	memset(w->buf + w->len, 0, sizeof(uint64_t));
	if (w->letters > 0)
		e->words++;
	/* IT, OR and the like are no words of any language. */
	if (w->letters > 0 && (w->letters == 1 || w->capitals < w->letters)) {
		langs = langs_of_word(w->buf);
		if (langs != 0)
			count(e, langs, 1, 1);
		else if (w->len >= 2 + SHORTEST_ENDING)
			count(e, langs_of_ending(w->buf, w->len), 2, 0);
	}
	w->len = w->letters = w->capitals = 0;
}

static void
add_letter(struct evidence *e, struct word *w, uint32_t cp)
{
	w->letters++;
	w->capitals += cp < 0x80 ? cp <= 'Z' : (size_t)rp_is_upper(cp);
	if (cp >= 0x80) {
		cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
		count(e, langs_of_letter(cp), 4, 0);
	} else
		cp |= 0x20;
	if (w->len >= MOST_OF_WORD)
		return;
	if (cp < 0x80)
		w->buf[w->len++] = (char)cp;
	else
		w->len += rp_utf8_put(w->buf + w->len, cp);
}

/* The code point at text, which is not past end; bytes that are none are U+FFFD. */
static inline uint32_t
next_point(const char **text, const char *end)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)*text;
	utf8proc_int32_t cp = *p;
	utf8proc_ssize_t n = 1;
	uint32_t wide;

	if (cp < 0x80) {
		++*text;
		return (uint32_t)cp;
	}
	if (end - *text >= 3 && (wide = three_bytes(*text)) != 0) {
		*text += 3;
		return wide;
	}
	n = utf8proc_iterate(p, end - *text, &cp);
	*text += n > 0 ? n : 1;
	return n > 0 ? (uint32_t)cp : 0xFFFD;
}

/* Is it one of the most common ideographs (U+5000 to U+8FFF), by its first byte? */
static inline int
is_plain_han(const char *text, const char *end)
{
	const unsigned char *p = (const unsigned char *)text;

	return *p >= 0xE5 && *p <= 0xE8 && end - text >= 3 && continues(p[1]) && continues(p[2]);
}

/* Words are counted, not looked up.  Nearly all text is runs of ASCII and of what is not. */
static void
count_letters(const char *text, const char *end, struct evidence *e)
{
	enum script script;
	int before = 0, is_latin;

	while (text < end) {
		for (; text < end && (signed char)*text >= 0; text++, before = is_latin) {
			is_latin = is_ascii_letter((unsigned char)*text);
			e->letters[LATIN] += (size_t)is_latin;
			e->words += (size_t)(is_latin & ~before);
		}
		for (; text < end && (signed char)*text < 0; before = is_latin) {
			if (is_plain_han(text, end)) {
				e->letters[HAN]++;
				is_latin = 0;
				text += 3;
				continue;
			}
			script = script_of_letter(next_point(&text, end));
			is_latin = script == LATIN;
			e->letters[script]++;
			e->words += (size_t)(is_latin & ~before);
		}
	}
}

/* The bytes of a word if all of it is ASCII; else 0. */
static size_t
ascii_word(const char *text, const char *end, struct word *w)
{
	size_t n, most = (size_t)(end - text), room = most < MOST_OF_WORD ? most : MOST_OF_WORD;
	size_t capitals = 0;

	for (n = 0; n < room && is_ascii_letter((unsigned char)text[n]); n++) {
		w->buf[n] = (char)(text[n] | 0x20);
		capitals += text[n] <= 'Z';
	}
	if (n == MOST_OF_WORD)
		for (; n < most && is_ascii_letter((unsigned char)text[n]); n++)
			capitals += text[n] <= 'Z';
	w->capitals = capitals;
	if (text + n < end && (signed char)text[n] < 0)
		n = w->capitals = 0;
	w->len = n < MOST_OF_WORD ? n : MOST_OF_WORD;
	w->letters = n;
	return n;
}

/* Words are looked up: most are ASCII as a whole, and taken at once. */
static void
look_up_words(const char *text, const char *end, struct evidence *e)
{
	struct word w = { .len = 0 };
	enum script script;
	uint32_t cp;
	size_t i, n;

	while (text < end) {
		if (w.letters == 0 && is_ascii_letter((unsigned char)*text) &&
		    (n = ascii_word(text, end, &w)) > 0) {
			text += n;
			e->letters[LATIN] += n;
			end_word(e, &w);
			continue;
		}
		cp = next_point(&text, end);
		script = script_of_letter(cp);
		e->letters[script]++;
		if (script == LATIN)
			add_letter(e, &w, cp);
		else if (w.letters > 0)
			end_word(e, &w);
	}
	end_word(e, &w);
	for (i = 0; i < LATIN_MAX; i++)
		e->score[i] = e->score[i] * latin[i].prior / 16;
}

/* ---- Judging: scripts ---- */

/* The script that most running words of the text are written in. */
static enum script
main_script(const struct evidence *e, size_t latin_words)
{
	enum script script, best = LATIN;
	size_t n, most = latin_words;

	for (script = LATIN + 1; script < SCRIPT_MAX; script++) {
		n = e->letters[script];
		if (script == KANA)
			continue;
		if (script == HAN)
			n += e->letters[KANA];
		if (n > 0 && n / scripts[script].per_word >= most) {
			most = n / scripts[script].per_word;
			best = script;
		}
	}
	return best;
}

/* How many letters of the text stand in the list. */
static size_t
count_signs(const char *text, const char *end, const char *list)
{
	char letter[5] = "";
	const char *at;
	size_t n = 0;

	end = end - text < ENOUGH_SIGNS ? end : text + ENOUGH_SIGNS;
	while (text < end) {
		at = text;
		if (next_point(&text, end) < 0x80 || text - at > 4)
			continue;
		memcpy(letter, at, (size_t)(text - at));
		letter[text - at] = '\0';
		n += strstr(list, letter) != NULL;
	}
	return n;
}

static const char *
by_signs(const char *text, const char *end, enum script script, size_t script_letters)
{
	const char *code = scripts[script].code;
	size_t i, n, most = 0, rivals = 0;

	for (i = 0; i < LEN(signs); i++) {
		if (signs[i].script != script)
			continue;
		rivals++;
		n = count_signs(text, end, signs[i].letters);
		if (n > most) {
			most = n;
			code = signs[i].code;
		}
	}
	if (rivals > 1 && most == 0 && script_letters < FEW_LETTERS)
		return NULL;
	return code;
}

/* ---- Judging: Latin ---- */

struct verdict {
	size_t	best, second;		/* enum latin */
	long	lead;
};

static struct verdict
compare(const struct evidence *e)
{
	struct verdict v = { 0, 1, 0 };
	size_t i;

	if (e->score[1] > e->score[0])
		v.best = 1, v.second = 0;
	for (i = 2; i < LATIN_MAX; i++) {
		if (e->score[i] > e->score[v.best])
			v.second = v.best, v.best = i;
		else if (e->score[i] > e->score[v.second])
			v.second = i;
	}
	v.lead = e->score[v.best] - e->score[v.second];
	return v;
}

/* The first language in textcat's answer, if it is none that words[] knows. */
static const char *
other_language(const char *answer)
{
	char code[4];
	size_t i;

	if (textcat_first(answer, code) == -1)
		return NULL;
	for (i = 0; i < LATIN_MAX; i++)
		if (strcmp(latin[i].code, code) == 0)
			return NULL;
	return lang_code(code);
}

/* Of the languages that words speak for nearly as well as for the best, the one
 * that textcat names; LATIN_MAX: it names none. */
static size_t
settle(const struct evidence *e, size_t best, const char *answer)
{
	size_t i, named = LATIN_MAX;

	for (i = 0; i < LATIN_MAX; i++)
		if (e->score[i] * 8 >= e->score[best] * 7 && textcat_names(answer, latin[i].code) &&
		    (named == LATIN_MAX || e->score[i] > e->score[named]))
			named = i;
	return named;
}

static const char *
by_words(const char *text, size_t len, const struct evidence *e)
{
	struct verdict v = compare(e);
	/* Words of other languages stand in every text: the best must have its share. */
	long share = e->score[v.best] / (long)(e->words + 1);
	char answer[TEXTCAT_ANSWER];
	const char *other;
	size_t named;

	if (v.lead >= CLEAR_LEAD && share >= CLEAR_SHARE)
		return latin[v.best].code;
	if (e->letters[LATIN] < FEW_LATIN)
		return NULL;
	textcat_ask(text, len, answer);
	named = settle(e, v.best, answer);
	if (named != LATIN_MAX)
		return latin[named].code;
	other = other_language(answer);
	if (other != NULL && share < CLEAR_SHARE / 2)
		return other;
	return v.lead >= CLEAR_LEAD / 2 && share > 0 ? latin[v.best].code : NULL;
}

/*
 * How many of the Latin words run on as sentences do.  Of those, nearly half are in
 * the table; of terms and names strung together, one in seven.
 */
static size_t
running_words(const struct evidence *e)
{
	size_t hits = e->hits[compare(e).best] * 20, terms = e->words * 3;

	if (hits <= terms)
		return 0;
	return (hits - terms) / 6 < e->words ? (hits - terms) / 6 : e->words;
}

/* Are there so many characters of three bytes that they may be most of the text?  The bytes
 * that begin them have three bits set; eight are looked at in one step. */
static int
may_be_wide(const char *text, const char *end)
{
	const uint64_t ones = 0x0101010101010101;
	const char *p = text;
	size_t n = 0;
	uint64_t x;

	for (; end - p >= (ptrdiff_t)sizeof(x); p += sizeof(x)) {
		memcpy(&x, p, sizeof(x));
		x = x & x << 1 & x << 2 & ones << 7;
		n += (x >> 7) * ones >> 56;
	}
	for (; p < end; p++)
		n += (unsigned char)*p >= 0xE0;
	return n > (size_t)(end - text) / 8;
}

/*
 * The script that tells the language; LATIN: words must.  They are many, and to look
 * them up takes the most time: so not where there would be too few of them even if all
 * were sentences.
 */
static enum script
find_script(const char *text, const char *end, struct evidence *e)
{
	enum script script = LATIN;

	if (may_be_wide(text, end)) {
		count_letters(text, end, e);
		script = main_script(e, e->words);
	}
	if (script != LATIN)
		return script;
	memset(e, 0, sizeof(*e));
	look_up_words(text, end, e);
	return main_script(e, running_words(e));
}

const char *
rp_lang_detect(const char *text, size_t len)
{
	struct evidence e = { .words = 0 };
	const char *end;
	enum script script;

	if (len > ENOUGH)
		for (len = ENOUGH; len > 0 && (text[len] & 0xC0) == 0x80; len--)
			;	/* libexttextcat must not meet half a character */
	end = text + len;
	script = find_script(text, end, &e);
	if (script == LATIN)
		return e.letters[LATIN] > 0 ? by_words(text, len, &e) : NULL;
	if (script == HAN && e.letters[KANA] * 20 >= e.letters[HAN])
		return "ja";
	return by_signs(text, end, script, e.letters[script]);
}
