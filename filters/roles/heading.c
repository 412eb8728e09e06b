/*
 * heading.c - the words of a heading, without what only decorates them: numbering
 * ("3.2", "IV.", "第2章", "(a)"), emoji and other symbols, colons, question marks.
 */
#include <string.h>

#include <rolepress/text.h>

#include "roles.h"

static uint32_t
peek(const char *s)
{
	return rp_utf8_next(&s);
}

static int
is_mark(uint32_t cp)
{
	return cp != 0 && !rp_is_letter(cp) && !rp_is_number(cp);
}

/* Numbers in circles and discs; folding would make them plain ones. */
static int
is_circled(uint32_t cp)
{
	return (cp >= 0x2460 && cp <= 0x249B) || (cp >= 0x24EA && cp <= 0x24FF) ||
	    (cp >= 0x2776 && cp <= 0x2793);
}

static const char *
skip_marks(const char *s)
{
	const char *next = s;
	uint32_t cp;

	while ((cp = rp_utf8_next(&next)) != 0 && (is_mark(cp) || is_circled(cp)))
		s = next;
	return s;
}

static int
is_one_of(uint32_t cp, const char *ascii)
{
	return cp != 0 && cp < 0x80 && strchr(ascii, (int)cp) != NULL;
}

static int
is_roman_digit(uint32_t cp)
{
	return is_one_of(cp, "ivxlc");
}

static int
is_han_digit(uint32_t cp)
{
	static const uint32_t digits[] = { 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
		0x516B, 0x4E5D, 0x5341, 0x767E, 0 };	/* 一 to 十, 百 */
	size_t i;

	for (i = 0; digits[i] != 0; i++)
		if (cp == digits[i])
			return 1;
	return 0;
}

/* "第2章", "제 1 장": past the unit; NULL if there is no such numbering. */
static const char *
skip_chapter(const char *s)
{
	/* 章 節 节 部 編 编 条 回 項 项, 장 절 부 */
	static const char units[] = "章節节部編编条回項项장절부";
	const char *unit;
	size_t n = 0;
	uint32_t ordinal = rp_utf8_next(&s);

	if (ordinal != 0x7B2C && ordinal != 0xC81C)	/* 第 제 */
		return NULL;
	for (; *s == ' ' || rp_is_number(peek(s)) || is_han_digit(peek(s)); n += *s != ' ')
		rp_utf8_next(&s);
	for (unit = units; n > 0 && *unit != '\0'; rp_utf8_next(&unit))
		if (peek(unit) == peek(s)) {
			rp_utf8_next(&s);
			return s;
		}
	return NULL;
}

/* Past digits of one kind: 12, iv, 十二; s if it begins with none. */
static const char *
skip_digits(const char *s)
{
	int (*const kinds[])(uint32_t) = { rp_is_number, is_roman_digit, is_han_digit };
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i](peek(s))) {
			while (kinds[i](peek(s)))
				rp_utf8_next(&s);
			break;
		}
	return s;
}

/*
 * "3.", "1-2)", "iv.", "a)", "二、": past the mark that ends it.  Numbers with no
 * mark may be words of the heading ("30-60-90 day plan"), but for "3.1 Tasks".
 */
static const char *
skip_number(const char *s)
{
	const char *end = skip_digits(s), *past;
	int points = 0;
	uint32_t cp;

	while (end > s && is_one_of(peek(end), ".-") && rp_is_number(peek(end + 1))) {
		points += *end == '.';
		end = skip_digits(end + 1);
	}
	if (end == s && *s >= 'a' && *s <= 'z')
		end++;
	if (end == s)
		return s;
	past = end;
	cp = rp_utf8_next(&past);
	if (cp == 0x3001 || is_one_of(cp, ".):"))
		return past;
	return points > 0 && cp == ' ' ? end : s;
}

/* One numbering, or s. */
static const char *
skip_numbering(const char *s)
{
	const char *past = skip_chapter(s);

	return past != NULL ? past : skip_number(s);
}

/* The last character is found from the end: nearly always, that is the one to keep. */
static void
cut_end(char *s)
{
	char *end = s + strlen(s), *at;
	uint32_t cp;

	for (; end > s; end = at) {
		at = end;
		do
			at--;
		while (at > s && ((unsigned char)*at & 0xC0) == 0x80);
		cp = peek(at);
		if (!is_mark(cp) || cp == ')' || cp == '+' || cp == '#')
			break;
	}
	*end = '\0';
}

/* An ASCII one for spellings of apostrophe and hyphen; a keycap (1️⃣) is a numbering. */
static uint32_t
plain_mark(uint32_t cp)
{
	if (cp == 0x2019 || cp == 0x2018 || cp == 0x02BC || cp == '`')
		return '\'';
	if (cp >= 0x2010 && cp <= 0x2015)
		return '-';
	return cp == 0x20E3 ? '.' : cp;
}

/* Those begin with one of three bytes, which few headings have. */
static char *
plain_marks(struct rp_doc *doc, char *folded)
{
	const char *s = folded;
	char *plain, *end;
	uint32_t cp;

	if (strchr(s, '\xE2') == NULL && strchr(s, '`') == NULL && strchr(s, '\xCA') == NULL)
		return folded;
	plain = end = rp_alloc(doc, 3 * strlen(s) + 1);
	while ((cp = rp_utf8_next(&s)) != 0)
		end += rp_utf8_put(end, plain_mark(cp));
	*end = '\0';
	return plain;
}

char *
roles_heading(struct rp_doc *doc, const char *text)
{
	char *folded = plain_marks(doc, rp_fold(doc, skip_marks(text)));
	const char *s = skip_marks(folded), *past;

	while ((past = skip_numbering(s)) != s)
		s = skip_marks(past);
	if (*s == '\0')			/* a number is all there is */
		s = folded;
	folded += s - folded;
	cut_end(folded);
	return folded;
}
