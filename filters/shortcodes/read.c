/*
 * read.c - a marker's text: which kind it is, its name and its arguments.
 *
 * What Markdown made of it is put back before (see flat.c), so this reads what
 * the author wrote, but for backslashes and entities, which are gone.
 */
#include <string.h>

#include "shortcodes.h"

enum { LONGEST = 8192 };	/* bytes of a marker: it is no text */

static const struct { const char *open, *close; } fences[SC_SYNTAX_MAX] = {
	[SC_ANGLE] = { "{{<", ">}}" },
	[SC_PERCENT] = { "{{%", "%}}" },
	[SC_TAG] = { "{%", "%}" },
	[SC_REMARK] = { "{#", "#}" },
	[SC_VALUE] = { "{{", "}}" },
};

struct sc_text
sc_text(const char *s, size_t len)
{
	struct sc_text t = { .text = s, .end = s + len };

	return t;
}

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
past_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

/* Letters (those beyond ASCII too) and digits. */
static int
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || (unsigned char)c >= 0x80;
}

static int
starts_name(char c)
{
	return is_word(c) && !(c >= '0' && c <= '9');
}

/* ---- Where it begins and ends ---- */

static enum sc_syntax
syntax_at(const struct sc_text *t, const char *p)
{
	char before = p > t->text ? p[-1] : ' ';
	enum sc_syntax x;

	if (before == '{')
		return SC_SYNTAX_MAX;
	for (x = 0; x < SC_VALUE; x++)
		if (strncmp(p, fences[x].open, strlen(fences[x].open)) == 0)
			return x;
	/* ${{ secrets.TOKEN }}, x^{{2}}: others use braces too. */
	return p[1] == '{' && strchr("$\\^_", before) == NULL ? SC_VALUE : SC_SYNTAX_MAX;
}

static const char *
find_close(struct sc_text *t, enum sc_syntax x, const char *from)
{
	if (t->close[x] == NULL || t->close[x] < from) {
		t->close[x] = strstr(from, fences[x].close);
		if (t->close[x] == NULL)
			t->close[x] = t->end;
	}
	return t->close[x] < t->end ? t->close[x] : NULL;
}

static int
holds(const char *from, const char *end, const char *what)
{
	size_t n = strlen(what);

	for (; from + n <= end; from++)
		if (memcmp(from, what, n) == 0)
			return 1;
	return 0;
}

/* ---- Arguments ---- */

/* The length of the opening quote at p; *close is what ends it. */
static size_t
quote_at(const char *p, const char *end, const char **close)
{
	static const struct { const char *open, *close; } quotes[] = {
		{ "\"", "\"" }, { "'", "'" }, { "`", "`" },
		{ "\xE2\x80\x9C", "\xE2\x80\x9D" },	/* editors make these of the plain ones */
	};
	size_t i;

	for (i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		if (p + strlen(quotes[i].open) > end ||
		    strncmp(p, quotes[i].open, strlen(quotes[i].open)) != 0)
			continue;
		*close = quotes[i].close;
		return strlen(quotes[i].open);
	}
	return 0;
}

/* Can the quote at q be the end: does it stand before what something else can follow? */
static int
can_end(const char *q, const char *end)
{
	return q == end || is_space(*q) || *q == ',' || *q == '|' || *q == ')';
}

/* Where the quoted text ends.  Markdown took the backslashes of inner quotes away: a
 * quote that opens one is at the beginning of a word, and has its own end. */
static const char *
quote_end(const char *p, const char *end, const char *close)
{
	size_t n = strlen(close);
	const char *q, *first = NULL, *fits = NULL;
	int inner = 0;

	for (q = p; q + n <= end; q++) {
		if (memcmp(q, close, n) != 0 || (q > p && q[-1] == '\\'))
			continue;
		if (first == NULL)
			first = q;
		if (fits == NULL && can_end(q + n, end))
			fits = q;
		if (inner == 0 && can_end(q + n, end))
			return q;
		if ((q == p || is_space(q[-1])) && !can_end(q + n, end))
			inner++;
		else if (inner > 0)
			inner--;
	}
	return fits != NULL ? fits : first != NULL ? first : end;
}

/* In raw HTML the backslashes are still there. */
static const char *
unescape(struct rp_doc *doc, const char *s, size_t len)
{
	char *r = rp_dup(doc, s, len), *out = r;
	const char *p;

	if (strchr(r, '\\') == NULL)
		return r;
	for (p = r; *p != '\0'; p++)
		if (*p != '\\' || (p[1] != '"' && p[1] != '\''))
			*out++ = *p;
	*out = '\0';
	return r;
}

/* key=value, or "key: value" as Liquid has it; returns what follows the sign. */
static const char *
past_key(const char *p, const char *end, size_t *key_len)
{
	const char *from = p;

	while (p < end && (is_word(*p) || *p == '-' || *p == '.' || *p == '@'))
		p++;
	*key_len = (size_t)(p - from);
	p = past_space(p, end);
	if (*key_len == 0 || p == end)
		return NULL;
	if (*p == '=' && p + 1 < end && p[1] != '=')
		return past_space(p + 1, end);
	if (*p == ':' && p + 1 < end && is_space(p[1]))
		return past_space(p + 1, end);
	return NULL;
}

static struct sc_arg *
read_arg(struct rp_doc *doc, const struct sc_marker *m, const char **at, const char *end)
{
	struct sc_arg *a = rp_alloc(doc, sizeof(*a));
	const char *p = *at, *value, *close, *to;
	size_t n;

	value = past_key(p, end, &n);
	if (value != NULL) {
		a->key = rp_dup(doc, p, n);
		p = value;
	}
	n = quote_at(p, end, &close);
	if (n > 0) {
		a->quoted = 1;
		p += n;
		to = quote_end(p, end, close);
		*at = to < end ? to + strlen(close) : end;
	} else {
		for (to = p; to < end && !is_space(*to); to++)
			;
		*at = to;
		if (to > p && to[-1] == ',')
			to--;
	}
	a->from = (size_t)(p - m->text);
	a->to = (size_t)(to - m->text);
	a->value = unescape(doc, p, (size_t)(to - p));
	return a;
}

static void
read_args(struct rp_doc *doc, struct sc_marker *m, const char *p, const char *end)
{
	struct sc_arg **last = &m->args;

	for (;;) {
		while (p < end && (is_space(*p) || *p == ','))
			p++;
		if (p >= end)
			return;
		*last = read_arg(doc, m, &p, end);
		last = &(*last)->next;
	}
}

const struct sc_arg *
sc_named(const struct sc_marker *m, const char *const *keys)
{
	const struct sc_arg *a;

	for (; *keys != NULL; keys++)
		for (a = m->args; a != NULL; a = a->next)
			if (a->key != NULL && *a->value != '\0' &&
			    rp_ascii_same(a->key, *keys, SIZE_MAX))
				return a;
	return NULL;
}

const struct sc_arg *
sc_nth(const struct sc_marker *m, size_t n)
{
	const struct sc_arg *a;

	for (a = m->args; a != NULL; a = a->next)
		if (a->key == NULL && n-- == 0)
			return a;
	return NULL;
}

/* ---- The whole ---- */

/* Hugo shows {{< name >}} where its inside is a C comment. */
static int
read_literal(struct rp_doc *doc, struct sc_marker *m, const char *p, const char *end)
{
	if (end - p < 4 || strncmp(p, "/*", 2) != 0 || strncmp(end - 2, "*/", 2) != 0)
		return 0;
	m->form = SC_LITERAL;
	m->inner = rp_join(doc, fences[m->syntax].open, rp_dup(doc, p + 2, (size_t)(end - p - 4)),
	    fences[m->syntax].close, NULL);
	return 1;
}

static size_t
name_len(const char *p, const char *end)
{
	const char *from = p;

	if (p == end || !(starts_name(*p) || *p == '@'))
		return 0;
	for (p++; p < end && (is_word(*p) || strchr("-./@:", *p) != NULL); p++)
		;
	if (p > from + 1 && (p[-1] == '/' || p[-1] == ':'))
		p--;
	return p == end || is_space(*p) || strchr("/\"'=:|(", *p) != NULL ? (size_t)(p - from) : 0;
}

/* {{< name args />}}: what is before the slash shows that it is no address. */
static const char *
cut_slash(struct sc_marker *m, const char *p, const char *end)
{
	if (end - p < 2 || end[-1] != '/')
		return end;
	if (strchr(" \t\n\"'", end[-2]) == NULL && memchr(p, ' ', (size_t)(end - p)) != NULL)
		return end;
	m->form = SC_ALONE;
	for (end--; end > p && is_space(end[-1]); )
		end--;
	return end;
}

static int
read_call(struct shortcodes *s, struct sc_marker *m, const char *p, const char *end)
{
	size_t n;

	if (*p == '/') {
		m->form = SC_CLOSE;
		p = past_space(p + 1, end);
	} else {
		end = cut_slash(m, p, end);
	}
	if (m->syntax == SC_TAG && end - p > 1 && *p == '#' && is_space(p[1]))
		n = 1;			/* a remark */
	else
		n = name_len(p, end);
	if (n == 0)
		return 0;
	m->name = rp_dup(s->doc, p, n);
	if (m->syntax == SC_TAG && n > 3 && m->form == SC_OPEN && strncmp(p, "end", 3) == 0)
		m->form = SC_CLOSE;
	if (m->form != SC_CLOSE && *p != '#')
		read_args(s->doc, m, p + n, end);
	return 1;
}

static int
read_value(struct shortcodes *s, struct sc_marker *m, const char *p, const char *end)
{
	const char *from = p, *close, *rest;

	m->inner = rp_dup(s->doc, p, (size_t)(end - p));
	m->form = SC_ALONE;
	if (p < end && (starts_name(*p) || *p == '$' || *p == '.')) {
		while (p < end && (is_word(*p) || strchr("$.-", *p) != NULL))
			p++;
		rest = past_space(p, end);
		/* What is no expression may be a blank to be filled in: {{Company Name}}. */
		m->name = rest == end || strchr("|([", *rest) != NULL
		    ? rp_dup(s->doc, from, (size_t)(p - from)) : m->inner;
		return 1;
	}
	m->name = "";
	return quote_at(p, end, &close) > 0;
}

/* Between the fences, without white space and Liquid's signs for it. */
static int
read_inside(struct shortcodes *s, struct sc_marker *m, const char *p, const char *end)
{
	if (m->syntax == SC_REMARK) {
		m->name = "#";
		m->form = SC_ALONE;
		return p < end && is_space(*p);
	}
	if (m->syntax >= SC_TAG && p < end && (*p == '-' || *p == '+'))
		p++;
	if (m->syntax >= SC_TAG && p < end && end[-1] == '-')
		end--;
	p = past_space(p, end);
	while (end > p && is_space(end[-1]))
		end--;
	if (m->syntax == SC_VALUE)
		return read_value(s, m, p, end);
	if (m->syntax != SC_TAG && read_literal(s->doc, m, p, end))
		return 1;
	return p < end && read_call(s, m, p, end);
}

struct sc_marker *
sc_read(struct shortcodes *s, struct sc_text *t, const char *p)
{
	enum sc_syntax x = syntax_at(t, p);
	struct sc_marker *m;
	const char *from, *close;

	if (x == SC_SYNTAX_MAX)
		return NULL;
	from = p + strlen(fences[x].open);
	close = find_close(t, x, from);
	if (close == NULL || close - p > LONGEST || holds(from, close, fences[x].open))
		return NULL;
	m = rp_alloc(s->doc, sizeof(*m));
	m->syntax = x;
	m->len = (size_t)(close - p) + strlen(fences[x].close);
	m->text = rp_dup(s->doc, p, m->len);
	m->next = p[m->len];
	if (!read_inside(s, m, m->text + (from - p), m->text + (close - p)))
		return NULL;
	sc_resolve(m);
	return m;
}
