/* base64.c - base64, RFC 4648 section 4. */
#include <string.h>

#include "html.h"

/* The bytes in base64, after the prefix. */
char *
html_base64(struct rp_doc *doc, const char *prefix, const char *bytes, size_t len)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)bytes;
	size_t start = strlen(prefix);
	char *text = rp_alloc(doc, start + (len + 2) / 3 * 4 + 1), *p = text + start;

	memcpy(text, prefix, start);
	for (; len > 0; s += 3, p += 4) {
		size_t n = len < 3 ? len : 3;
		uint32_t bits = (uint32_t)s[0] << 16;

		if (n > 1)
			bits |= (uint32_t)s[1] << 8;
		if (n > 2)
			bits |= s[2];
		p[0] = digits[bits >> 18];
		p[1] = digits[bits >> 12 & 63];
		p[2] = n > 1 ? digits[bits >> 6 & 63] : '=';
		p[3] = n > 2 ? digits[bits & 63] : '=';
		len -= n;
	}
	return text;
}
