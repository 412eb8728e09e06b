/*
 * xml.c - the XML emitter (XML 1.0, fifth edition).
 *
 * What is written is well-formed by what it takes: elements are opened and closed, texts
 * are escaped, names are names, and no attribute stands twice.  Lines are broken at
 * block elements only, since everywhere else white space is text.
 *
 * libxml2's xmlTextWriter would add to this the brackets, and to every run the loading of
 * ICU and libstdc++, which takes twice as long as the rest of a small document.
 */
#include <stdio.h>
#include <string.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "sink.h"
#include "utf8.h"

struct element {
	const char	*name;
	int		 block;
};

struct rp_xml {
	struct rp_job	*job;
	struct rp_sink	*out;
	int		 flags;
	struct element	*open;		/* from the outermost */
	int		 depth, room;
	int		 in_tag;	/* the start tag still takes attributes */
	const char	*attrs[16];	/* that it has, as far as they fit */
	int		 nattrs;
	int		 at_line_start;
	const char	*error;		/* what failed first, or NULL */
};

static void
fail(struct rp_xml *x, const char *why, const char *name)
{
	if (x->error == NULL)
		x->error = rp_join(x->job->doc, "XML: ", why, name, NULL);
}

/* ---- Characters ---- */

static const char bad[] = "\uFFFD";

/* Escapes of ASCII characters.  XML 1.0, production 2, has no control characters but
 * three; what filters make of texts has passed nobody who would have seen to that. */
static const char *const escapes[0x80] = {
	[0x01] = bad, bad, bad, bad, bad, bad, bad, bad,
	[0x0B] = bad, bad,
	[0x0E] = bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad,
	['\r'] = "&#13;", ['"'] = "&quot;", ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
};

/*
 * What the character at s has to be replaced by, or NULL; *len: its bytes.  What is
 * not UTF-8 counts as U+FFFD, a byte at a time.
 */
static const char *
escape_of(const char *s, size_t *len)
{
	unsigned char c = (unsigned char)*s;

	*len = 1;
	if (c < 0x80)
		return escapes[c];
	*len = utf8_length(s);
	if (*len == 0) {
		*len = 1;
		return bad;
	}
	return strncmp(s, "\uFFFE", 3) == 0 || strncmp(s, "\uFFFF", 3) == 0 ? bad : NULL;
}

/* In attributes tabs and line breaks are escaped too: by themselves they would be
 * spaces (3.3.3). */
static void
put_escaped(struct rp_xml *x, const char *s, int attribute)
{
	static const char stops[0x80] = { ASCII_CONTROLS, ['"'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1 };
	const char *run = s, *escape;	/* run: what can be copied as it is */
	size_t len;

	for (; *(s = ascii_skip(s, stops)) != '\0'; s += len) {
		escape = escape_of(s, &len);
		if (attribute && (*s == '\t' || *s == '\n'))
			escape = *s == '\t' ? "&#9;" : "&#10;";
		if (escape == NULL)
			continue;
		sink_put(x->out, run, (size_t)(s - run));
		sink_puts(x->out, escape);
		run = s + len;
	}
	sink_put(x->out, run, (size_t)(s - run));
}

/* For where nothing can be escaped: only what XML forbids is replaced. */
static const char *
legal(struct rp_xml *x, const char *s)
{
	char *copy = rp_alloc(x->job->doc, 3 * strlen(s) + 1), *p = copy;
	size_t len;

	for (; *s != '\0'; s += len) {
		int is_bad = escape_of(s, &len) == bad;
		size_t n = is_bad ? strlen(bad) : len;

		memcpy(p, is_bad ? bad : s, n);
		p += n;
	}
	return copy;
}

/* ---- The document ---- */

struct rp_xml *
rp_xml_open(struct rp_job *job, struct rp_sink *out, int flags)
{
	struct rp_xml *x = rp_alloc(job->doc, sizeof(*x));

	x->job = job;
	x->out = out;
	x->flags = flags;
	x->at_line_start = 1;
	if (flags & RP_XML_DECLARATION)
		sink_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	return x;
}

int
rp_xml_close(struct rp_xml *x)
{
	while (x->error == NULL && x->depth > 0)
		rp_xml_end(x);
	if (x->flags & RP_XML_INDENT)
		rp_xml_newline(x);
	if (x->error == NULL)
		return 0;
	rp_report(x->job, RP_D_EMITTER, NULL, x->error, NULL);
	return -1;
}

/* Something else than an attribute comes: the start tag ends.  0: it cannot. */
static int
begin(struct rp_xml *x)
{
	if (x->error != NULL)
		return 0;
	if (x->in_tag)
		sink_put(x->out, ">", 1);
	x->in_tag = x->at_line_start = 0;
	return 1;
}

void
rp_xml_doctype(struct rp_xml *x, const char *name)
{
	if (!begin(x))
		return;
	sink_puts(x->out, "<!DOCTYPE ");
	sink_puts(x->out, name);
	sink_puts(x->out, ">\n");
	x->at_line_start = 1;
}

/* ---- Elements ---- */

static void
push(struct rp_xml *x, const char *name, int block)
{
	if (x->depth == x->room) {
		struct element *more;

		x->room = x->room ? 2 * x->room : 32;
		more = rp_alloc(x->job->doc, (size_t)x->room * sizeof(*more));
		if (x->depth > 0)
			memcpy(more, x->open, (size_t)x->depth * sizeof(*more));
		x->open = more;
	}
	x->open[x->depth++] = (struct element){ name, block };
}

static void
start(struct rp_xml *x, const char *name, int block)
{
	if (x->error != NULL)
		return;
	if (!is_xml_name(name)) {
		fail(x, "not a name: ", name);
		return;
	}
	if (block)
		rp_xml_newline(x);
	begin(x);
	sink_put(x->out, "<", 1);
	sink_puts(x->out, name);
	push(x, name, block);
	x->in_tag = 1;
	x->nattrs = 0;
}

void
rp_xml_start(struct rp_xml *x, const char *name)
{
	start(x, name, 0);
}

void
rp_xml_block(struct rp_xml *x, const char *name)
{
	start(x, name, (x->flags & RP_XML_INDENT) != 0);
}

/* HTML, 13.1.2: elements that have no end tag. */
static int
is_void(const char *name)
{
	static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img",
	    "input", "link", "meta", "source", "track", "wbr", NULL };

	for (const char *const *p = names; *p != NULL; p++)
		if (strcmp(*p, name) == 0)
			return 1;
	return 0;
}

void
rp_xml_end(struct rp_xml *x)
{
	struct element *e;

	if (x->error != NULL)
		return;
	if (x->depth == 0) {
		fail(x, "nothing is open", "");
		return;
	}
	e = &x->open[--x->depth];
	if (x->in_tag && !(x->flags & RP_XML_HTML)) {
		sink_put(x->out, "/>", 2);
	} else if (x->in_tag && is_void(e->name)) {
		sink_put(x->out, " />", 3);
	} else {
		begin(x);
		sink_put(x->out, "</", 2);
		sink_puts(x->out, e->name);
		sink_put(x->out, ">", 1);
	}
	x->in_tag = x->at_line_start = 0;
	if (e->block)
		rp_xml_newline(x);
}

/* ---- Attributes ---- */

static int
is_new(struct rp_xml *x, const char *name)
{
	for (int i = 0; i < x->nattrs; i++)
		if (strcmp(x->attrs[i], name) == 0)
			return 0;
	if (x->nattrs < (int)(sizeof(x->attrs) / sizeof(x->attrs[0])))
		x->attrs[x->nattrs++] = name;
	return 1;
}

void
rp_xml_attr(struct rp_xml *x, const char *name, const char *value)
{
	if (x->error != NULL || value == NULL)
		return;
	if (!x->in_tag) {
		fail(x, "no start tag for attribute ", name);
	} else if (!is_xml_name(name)) {
		fail(x, "not a name: ", name);
	} else if (!is_new(x, name)) {
		fail(x, "given twice: attribute ", name);
	} else {
		sink_put(x->out, " ", 1);
		sink_puts(x->out, name);
		sink_put(x->out, "=\"", 2);
		put_escaped(x, value, 1);
		sink_put(x->out, "\"", 1);
	}
}

void
rp_xml_attr_int(struct rp_xml *x, const char *name, long value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%ld", value);
	rp_xml_attr(x, name, digits);
}

/* ---- Content ---- */

void
rp_xml_text(struct rp_xml *x, const char *text)
{
	if (*text == '\0' || !begin(x))
		return;
	put_escaped(x, text, 0);
	x->at_line_start = text[strlen(text) - 1] == '\n';
}

void
rp_xml_element(struct rp_xml *x, const char *name, const char *text)
{
	rp_xml_start(x, name);
	rp_xml_text(x, text);
	rp_xml_end(x);
}

void
rp_xml_newline(struct rp_xml *x)
{
	if (!x->at_line_start)
		rp_xml_markup(x, "\n", 1);
}

void
rp_xml_markup(struct rp_xml *x, const char *bytes, size_t len)
{
	if (len == 0 || !begin(x))
		return;
	sink_put(x->out, bytes, len);
	x->at_line_start = bytes[len - 1] == '\n';
}

/* XML 1.0, 2.5: "--" cannot stand in a comment, nor "-" at its end. */
void
rp_xml_comment(struct rp_xml *x, const char *text)
{
	const char *s = legal(x, text);

	if (!begin(x))
		return;
	sink_puts(x->out, "<!--");
	for (; *s != '\0'; s++) {
		sink_put(x->out, s, 1);
		if (*s == '-' && (s[1] == '-' || s[1] == '\0'))
			sink_put(x->out, " ", 1);
	}
	sink_puts(x->out, "-->");
}

int
rp_xml_depth(const struct rp_xml *x)
{
	return x->depth;
}

/* XML 1.0, 2.6: "?>" would end it. */
void
rp_xml_pi(struct rp_xml *x, const char *target, const char *data)
{
	if (x->error == NULL && (!is_xml_name(target) || rp_ascii_same(target, "xml", SIZE_MAX)))
		fail(x, "not a name of an instruction: ", target);
	else if (x->error == NULL && data != NULL && strstr(data, "?>") != NULL)
		fail(x, "an instruction cannot hold ", "?>");
	if (!begin(x))
		return;
	sink_puts(x->out, "<?");
	sink_puts(x->out, target);
	if (data != NULL) {
		sink_put(x->out, " ", 1);
		sink_puts(x->out, legal(x, data));
	}
	sink_puts(x->out, "?>");
}
