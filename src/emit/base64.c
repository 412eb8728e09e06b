/* base64.c - base64, RFC 4648 section 4. */
#include "../core/core.h"

void
rp_put_base64(struct rp_sink *out, const char *bytes, size_t len)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)bytes;

	for (; len > 0; s += 3) {
		size_t n = len < 3 ? len : 3;
		uint32_t bits = (uint32_t)s[0] << 16;
		char four[4];

		if (n > 1)
			bits |= (uint32_t)s[1] << 8;
		if (n > 2)
			bits |= s[2];
		four[0] = digits[bits >> 18];
		four[1] = digits[bits >> 12 & 63];
		four[2] = n > 1 ? digits[bits >> 6 & 63] : '=';
		four[3] = n > 2 ? digits[bits & 63] : '=';
		rp_put(out, four, sizeof(four));
		len -= n;
	}
}
