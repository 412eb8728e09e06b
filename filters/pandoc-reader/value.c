/* value.c - values of JSON: checked, and their place said if they are not what they should be. */
#include <string.h>

#include "reader.h"

struct at
pr_below(const struct at *up, size_t index)
{
	return (struct at){ up, NULL, index };
}

const char *
pr_number(struct rp_doc *doc, size_t n)
{
	char buf[24], *p = buf + sizeof(buf) - 1;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	return rp_dup(doc, p, strlen(p));
}

enum { LONGEST_PATH = 24 };	/* parts; of a longer one, the last */

static const char *
path_of(struct rp_doc *doc, const struct at *at)
{
	const char *s = "";
	int n;

	for (n = 0; at != NULL && n < LONGEST_PATH; at = at->up, n++) {
		if (at->key == NULL)
			s = rp_join(doc, "[", pr_number(doc, at->index), "]", s, NULL);
		else
			s = rp_join(doc, at->up != NULL ? "." : "", at->key, s, NULL);
	}
	return at != NULL ? rp_join(doc, "...", s, NULL) : s;
}

void
pr_wrong(struct reader *r, const struct at *at, const char *what)
{
	if (r->failed)
		return;
	r->failed = 1;
	rp_report(r->job, RP_D_PANDOC_SHAPE, NULL, path_of(r->doc, at), what, NULL);
}

void
pr_kept(struct reader *r, enum kept k)
{
	static const char *const texts[KEPT_MAX][2] = {
		[KEPT_CITE] = { "citation", "its text" },
		[KEPT_MATH] = { "formula", "code of class math, in TeX" },
		[KEPT_SMALL_CAPS] = { "small capitals", "a span of class smallcaps" },
		[KEPT_NUMBERING] = { "numbering by letters or Roman numerals", "a list's type; most formats show numbers" },
		[KEPT_RAW] = { "raw text of another format", "code" },
		[KEPT_META] = { "markup in metadata", "text" },
		[KEPT_NOTE] = { "footnote in metadata", "nothing: it is left out" },
		[KEPT_LINES] = { "line block", "a paragraph with line breaks" },
		[KEPT_SHORT_CAPTION] = { "short caption", "the caption's title; most formats do not show it" },
	};

	if (r->told >> k & 1)
		return;
	r->told |= 1u << k;
	rp_report(r->job, RP_D_PANDOC_KEPT, NULL, texts[k][0], texts[k][1], NULL);
}

const json_t *
pr_list_of(struct reader *r, const struct at *at, const json_t *v, size_t least)
{
	if (r->failed)
		return NULL;
	if (!json_is_array(v)) {
		pr_wrong(r, at, "a list is expected");
		return NULL;
	}
	if (json_array_size(v) >= least)
		return v;
	pr_wrong(r, at, rp_join(r->doc, "a list of ", pr_number(r->doc, least), " is expected", NULL));
	return NULL;
}

/* What no output can hold (XML 1.0, 2.2), and noncharacters. */
static int
is_forbidden(uint32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	return (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static const char *
hex(struct rp_doc *doc, uint32_t c)
{
	char buf[9], *p = buf + sizeof(buf) - 1;
	int n = 0;

	*p = '\0';
	for (; c != 0 || n < 4; c >>= 4, n++)
		*--p = "0123456789ABCDEF"[c & 15];
	return rp_dup(doc, p, strlen(p));
}

const char *
pr_clean(struct reader *r, const char *s)
{
	const char *p = s, *from, *done = s;
	struct rp_sink *out = NULL;
	uint32_t c;
	size_t len;

	for (; *p >= 0x20 && *p < 0x7F; p++)	/* most are plain */
		;
	while (from = p, (c = rp_utf8_next(&p)) != 0) {
		if (!is_forbidden(c))
			continue;
		if (out == NULL) {
			rp_report(r->job, RP_D_CONTROL_CHARACTER, NULL, hex(r->doc, c), NULL);
			out = rp_sink_new(r->job);
		}
		rp_put(out, done, (size_t)(from - done));
		rp_puts(out, "\xEF\xBF\xBD");
		done = p;
	}
	if (out == NULL)
		return s;
	rp_put(out, done, (size_t)(from - done));
	done = rp_sink_bytes(out, &len);
	return rp_dup(r->doc, done, len);
}

const char *
pr_string_of(struct reader *r, const struct at *at, const json_t *v)
{
	if (r->failed)
		return "";
	if (!json_is_string(v)) {
		pr_wrong(r, at, "a string is expected");
		return "";
	}
	return pr_clean(r, json_string_value(v));
}

long
pr_int_of(struct reader *r, const struct at *at, const json_t *v)
{
	json_int_t n;

	if (r->failed)
		return 0;
	if (!json_is_integer(v)) {
		pr_wrong(r, at, "a whole number is expected");
		return 0;
	}
	n = json_integer_value(v);
	return n > 999999999 ? 999999999 : n < -999999999 ? -999999999 : (long)n;
}

int
pr_is_type(const json_t *v, const char *type)
{
	const char *t = json_string_value(json_object_get(v, "t"));

	return t != NULL && strcmp(t, type) == 0;
}

const char *
pr_element_of(struct reader *r, const struct at *at, const json_t *v, const json_t **content)
{
	const json_t *t;

	if (r->failed)
		return NULL;
	t = json_is_object(v) ? json_object_get(v, "t") : NULL;
	if (!json_is_string(t)) {
		pr_wrong(r, at, "an object with a type \"t\" is expected");
		return NULL;
	}
	*content = json_object_get(v, "c");
	return json_string_value(t);
}
