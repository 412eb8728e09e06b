/* punycode.c - Punycode, RFC 3492: hosts in other scripts, for the DNS. */
#include <string.h>

#include "html.h"

enum { BASE = 36, TMIN = 1, TMAX = 26, SKEW = 38, DAMP = 700, BIAS = 72, FIRST = 0x80 };
enum { LABEL_MAX = 63 };	/* RFC 1035, 2.3.4 */

static char
digit(uint32_t d)
{
	return (char)(d < 26 ? 'a' + d : '0' + (d - 26));
}

/* 6.1 */
static uint32_t
adapt(uint32_t delta, uint32_t count, int first)
{
	uint32_t k = 0;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / count;
	for (; delta > (BASE - TMIN) * TMAX / 2; k += BASE)
		delta /= BASE - TMIN;
	return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

/* A number in digits of varying weight (3.3). */
static char *
put_number(char *p, uint32_t q, uint32_t bias)
{
	for (uint32_t k = BASE; ; k += BASE) {
		uint32_t t = k <= bias ? TMIN : k >= bias + TMAX ? TMAX : k - bias;

		if (q < t)
			break;
		*p++ = digit(t + (q - t) % (BASE - t));
		q = (q - t) / (BASE - t);
	}
	*p++ = digit(q);
	return p;
}

/* The least of the code points that is not below n. */
static uint32_t
least(const uint32_t *cp, uint32_t count, uint32_t n)
{
	uint32_t min = UINT32_MAX;

	for (uint32_t i = 0; i < count; i++)
		if (cp[i] >= n && cp[i] < min)
			min = cp[i];
	return min;
}

/* 6.3: all but the ASCII letters, which stand at the beginning. */
static void
put_others(char *p, const uint32_t *cp, uint32_t count, uint32_t ascii)
{
	uint32_t n = FIRST, delta = 0, bias = BIAS, done = ascii;

	while (done < count) {
		uint32_t next = least(cp, count, n);

		/* At most 63 times 0x10FFFF: no overflow. */
		delta += (next - n) * (done + 1);
		n = next;
		for (uint32_t i = 0; i < count; i++) {
			if (cp[i] < n)
				delta++;
			if (cp[i] != n)
				continue;
			p = put_number(p, delta, bias);
			bias = adapt(delta, done + 1, done == ascii);
			delta = 0;
			done++;
		}
		delta++;
		n++;
	}
}

/* "xn--…", or NULL if the label is too long. */
const char *
html_punycode(struct rp_doc *doc, const char *label)
{
	uint32_t cp[LABEL_MAX], count = 0, ascii = 0;
	/* A number has at most seven digits of BASE, since BASE ** 7 > 2 ** 32. */
	char *text = rp_alloc(doc, 4 + 8 * LABEL_MAX + 2), *p = text + 4;

	memcpy(text, "xn--", 4);
	while (count < LABEL_MAX && (cp[count] = rp_utf8_next(&label)) != 0) {
		if (cp[count] < FIRST) {
			*p++ = (char)cp[count];
			ascii++;
		}
		count++;
	}
	if (*label != '\0')
		return NULL;
	if (ascii > 0)
		*p++ = '-';
	put_others(p, cp, count, ascii);
	return strlen(text) <= LABEL_MAX ? text : NULL;
}
