/*
 * clean.c - what may stand in a document: UTF-8, and of the control characters
 * only tab and line ends (XML 1.0 section 2.2 allows no others, so no output
 * could hold them).
 */
#include <string.h>

#include <utf8proc.h>

#include "../core/unicode.h"
#include "read.h"

static int
is_forbidden(utf8proc_int32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	/* Noncharacters are for use inside a program, and ours uses them. */
	return (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/* Eight bytes at once: are they all from 0x20 to 0x7E? */
static int
is_plain_word(const unsigned char *p)
{
	const uint64_t ones = UINT64_MAX / 0xFF;
	uint64_t w;

	memcpy(&w, p, sizeof(w));
	return ((w | (w - 0x20 * ones) | (w + ones)) & (0x80 * ones)) == 0;
}

/* Past printable ASCII, tabs and line ends. */
static const unsigned char *
skip_ascii(const unsigned char *p, const unsigned char *end)
{
	for (;;) {
		while (end - p >= 8 && is_plain_word(p))
			p += 8;
		while (p < end && *p >= 0x20 && *p < 0x7F)
			p++;
		if (p == end || (*p != '\n' && *p != '\t' && *p != '\r'))
			return p;
		p++;
	}
}

/* Does this first byte begin a character that may stand in a document whatever two
 * continuation bytes follow?  E0 begins what is overlong too, ED surrogates, EF
 * noncharacters. */
static int
begins_three(unsigned char c)
{
	return c >> 4 == 0xE && (0x5FFEu >> (c & 0xF) & 1);
}

/* Six bytes at once: are they two such characters?  Reads two bytes more. */
static int
are_two_of_three(const unsigned char *p)
{
	static const unsigned char mask[8] = { 0, 0xC0, 0xC0, 0, 0xC0, 0xC0 };
	static const unsigned char bits[8] = { 0, 0x80, 0x80, 0, 0x80, 0x80 };
	uint64_t w, m, b;

	memcpy(&w, p, sizeof(w));
	memcpy(&m, mask, sizeof(m));
	memcpy(&b, bits, sizeof(b));
	return (w & m) == b && begins_three(p[0]) && begins_three(p[3]);
}

/* Bytes of the character beyond ASCII that p begins, if it needs no closer look; else 0.
 * Fullwidth forms are EF, too; only EF B7 and EF BF begin noncharacters.  Other first bytes
 * begin U+0080 to 9F, surrogates, and what is overlong. */
static int
plain_width(const unsigned char *p, const unsigned char *end)
{
	if (end - p >= 3 && continues(p[1]) && continues(p[2]) &&
	    (begins_three(*p) || (*p == 0xEF && p[1] != 0xB7 && p[1] != 0xBF)))
		return 3;
	return end - p >= 2 && *p >= 0xC3 && *p <= 0xDF && continues(p[1]) ? 2 : 0;
}

/* Past all that needs no closer look. */
static const unsigned char *
skip_plain(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *from;

	for (from = NULL; p < end && p != from; ) {
		from = p;
		if (*p < 0x80) {
			p = skip_ascii(p, end);
			continue;
		}
		while (end - p >= 8 && are_two_of_three(p))
			p += 6;
		if (p < end && *p >= 0x80)
			p += plain_width(p, end);
	}
	return p;
}

enum { BLOCK = 128, FLIP = -0x80 };

/* A byte as a signed one. */
#define S(byte)	((signed char)(byte))

/*
 * A whole block at once, without a branch: does it go on as UTF-8 from the two bytes before it,
 * of characters that need no closer look?  Compilers take wide steps through this, fewer of
 * them with signed bytes: those from 0x80 on are less than the others, and flipped are not.
 */
static int
is_plain_block(const unsigned char *block)
{
	const signed char *p = (const signed char *)block;
	signed char bad = 0, a, b, c, x, y, z;
	int i;

	for (i = 0; i < BLOCK; i++) {
		a = p[i - 2];
		b = p[i - 1];
		c = p[i];
		x = S(a ^ FLIP);
		y = S(b ^ FLIP);
		z = S(c ^ FLIP);
		/* It continues a character where one has begun, and nowhere else. */
		bad |= ((c < S(0xC0)) != ((y >= S(0xC0 ^ 0x80)) | (x >= S(0xE0 ^ 0x80)))) |
		    /* What may be overlong or a surrogate, and what has four bytes. */
		    ((c & S(0xFE)) == S(0xC0)) | (c == S(0xE0)) | (c == S(0xED)) | (z >= S(0xF0 ^ 0x80)) |
		    /* U+0080 to 9F, and what may be a noncharacter. */
		    ((b == S(0xC2)) & (c < S(0xA0))) | ((b == S(0xEF)) & ((c & S(0xF7)) == S(0xB7))) |
		    /* Controls but line ends (0A, 0D) and tabs (09). */
		    (c == 0x7F) | ((z < S(0x20 ^ 0x80)) & (c != '\n') & ((c & S(0xFB)) != '\t')) ? -1 : 0;
	}
	return bad == 0;
}

/* Past whole blocks that need no closer look, to where a character begins. */
static const unsigned char *
skip_blocks(const unsigned char *text, const unsigned char *p, const unsigned char *end)
{
	const unsigned char *from = p;

	/* Texts begin with no block: nothing is before them. */
	while (end - p >= BLOCK && p - text >= 2 && is_plain_block(p))
		p += BLOCK;
	if (p == from)
		return p;
	return p[-1] >= 0xC0 ? p - 1 : p[-2] >= 0xE0 ? p - 2 : p;
}

enum clean_result
clean_next(const char *text, size_t len, size_t *at, size_t *width, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)text + *at;
	const unsigned char *end = (const unsigned char *)text + len, *stop;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (;;) {
		p = skip_blocks((const unsigned char *)text, p, end);
		stop = end - p > BLOCK ? p + BLOCK : end;
		p = skip_plain(p, stop);
		if (p == stop && p < end)
			continue;
		*at = (size_t)(p - (const unsigned char *)text);
		if (p == end)
			return CLEAN_END;
		n = utf8proc_iterate(p, end - p, &c);
		if (n <= 0) {
			*width = 1;
			*cp = *p;
			return CLEAN_NOT_UTF8;
		}
		if (is_forbidden(c)) {
			*width = (size_t)n;
			*cp = (uint32_t)c;
			return CLEAN_CONTROL;
		}
		p += n;
	}
}

const char *
clean_text(struct rp_doc *doc, const char *s, size_t *len, struct rp_pos pos)
{
	struct str out = { 0 };
	size_t at = 0, from = 0, width, count = 0;
	char hex[12], more[48] = "";
	uint32_t cp;
	const char *r;

	/* What is not UTF-8 cannot come here: the source was checked. */
	while (clean_next(s, *len, &at, &width, &cp) != CLEAN_END) {
		if (count++ == 0)
			snprintf(hex, sizeof(hex), "%04X", (unsigned)cp);
		str_add(&out, s + from, at - from);
		str_puts(&out, "\xEF\xBF\xBD");
		at += width;
		from = at;
	}
	if (from == 0)
		return s;
	if (count > 1)
		snprintf(more, sizeof(more), ", as %zu more in this value", count - 1);
	diag_doc(doc, RP_D_CONTROL_CHARACTER, pos, hex, more, NULL);
	str_add(&out, s + from, *len - from);
	*len = out.len;
	r = arena_dup(&doc->arena, out.p, out.len);
	str_free(&out);
	return r;
}
