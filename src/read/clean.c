/*
 * clean.c - what may stand in a document: UTF-8, and of the control characters
 * only tab and line ends (XML 1.0 section 2.2 allows no others, so no output
 * could hold them).
 */
#include <string.h>

#include <utf8proc.h>

#include "read.h"

static int
is_forbidden(utf8proc_int32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	/* Noncharacters are for use inside a program, and ours uses them. */
	return (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/* Length of the run from p that is printable ASCII, tab or line end. */
static size_t
plain_run(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *s = p;

	while (p < end && ((*p >= 0x20 && *p < 0x7F) || *p == '\n' || *p == '\t' || *p == '\r'))
		p++;
	return (size_t)(p - s);
}

enum clean_result
clean_next(const char *text, size_t len, size_t *at, size_t *width, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)text + *at;
	const unsigned char *end = (const unsigned char *)text + len;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (;;) {
		p += plain_run(p, end);
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
