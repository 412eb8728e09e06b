/*
 * xml.c - the XML emitter, on libxml2's xmlTextWriter.
 *
 * xmlTextWriter knows what is open and when a start tag ends.  What it does not
 * give is done here:
 *
 * - It escapes text by where the text stands, and text outside any element not
 *   at all; so everything is escaped by one function, and written raw.
 * - Its indentation goes into mixed content and changes what a text says; so
 *   lines are broken here, and only at block elements.
 * - It takes any name, and one attribute twice; both are refused.
 */
#include <stdio.h>
#include <string.h>
#include <libxml/tree.h>
#include <libxml/xmlwriter.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "utf8.h"

struct element {
	const char	*name;
	int		 block;
};

struct rp_xml {
	struct rp_job		*job;
	struct rp_sink		*out;
	xmlTextWriterPtr	 writer;
	xmlOutputBufferPtr	 buffer;	/* the writer's */
	int			 flags;
	struct element		*open;		/* from the outermost */
	int			 depth, room;
	int			 in_tag;	/* the start tag still takes attributes */
	const char		*attrs[16];	/* that it has, as far as they fit */
	int			 nattrs;
	int			 at_line_start;
	const char		*error;		/* what failed first, or NULL */
};

/* ---- Writing ---- */

static int
to_sink(void *arg, const char *bytes, int len)
{
	struct rp_xml *x = arg;

	rp_put(x->out, bytes, (size_t)len);
	return len;
}

static void
fail(struct rp_xml *x, const char *why, const char *name)
{
	if (x->error == NULL)
		x->error = rp_join(x->job->doc, "XML: ", why, name, NULL);
}

static void
check(struct rp_xml *x, int result)
{
	if (result < 0)
		fail(x, "out of memory", "");
}

static void
raw(struct rp_xml *x, const char *bytes, size_t len)
{
	if (x->error != NULL || len == 0)
		return;
	x->in_tag = 0;
	x->at_line_start = bytes[len - 1] == '\n';
	/* libxml2 counts in int. */
	while (len > 0) {
		int n = len < 1 << 30 ? (int)len : 1 << 30;

		check(x, xmlTextWriterWriteRawLen(x->writer, (const xmlChar *)bytes, n));
		bytes += n;
		len -= (size_t)n;
	}
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
		raw(x, run, (size_t)(s - run));
		raw(x, escape, strlen(escape));
		run = s + len;
	}
	raw(x, run, (size_t)(s - run));
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

struct rp_xml *
rp_xml_open(struct rp_job *job, struct rp_sink *out, int flags)
{
	struct rp_xml *x = rp_alloc(job->doc, sizeof(*x));

	x->job = job;
	x->out = out;
	x->flags = flags;
	x->at_line_start = 1;
	x->buffer = xmlOutputBufferCreateIO(to_sink, NULL, x, NULL);
	if (x->buffer != NULL && (x->writer = xmlNewTextWriter(x->buffer)) == NULL)
		xmlOutputBufferClose(x->buffer);
	if (x->writer == NULL)
		fail(x, "out of memory", "");
	else if (flags & RP_XML_DECLARATION)
		check(x, xmlTextWriterStartDocument(x->writer, NULL, "UTF-8", NULL));
	return x;
}

int
rp_xml_close(struct rp_xml *x)
{
	while (x->error == NULL && x->depth > 0)
		rp_xml_end(x);
	if (x->flags & RP_XML_INDENT)
		rp_xml_newline(x);
	if (x->writer != NULL) {
		check(x, xmlTextWriterFlush(x->writer));
		xmlFreeTextWriter(x->writer);	/* and its buffer */
		x->writer = NULL;
	}
	if (x->error == NULL)
		return 0;
	rp_report(x->job, RP_D_EMITTER, NULL, x->error, NULL);
	return -1;
}

void
rp_xml_doctype(struct rp_xml *x, const char *name)
{
	if (x->error != NULL)
		return;
	check(x, xmlTextWriterWriteDTD(x->writer, (const xmlChar *)name, NULL, NULL, NULL));
	raw(x, "\n", 1);
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
	if (xmlValidateName((const xmlChar *)name, 0) != 0) {
		fail(x, "not a name: ", name);
		return;
	}
	if (block)
		rp_xml_newline(x);
	check(x, xmlTextWriterStartElement(x->writer, (const xmlChar *)name));
	push(x, name, block);
	x->in_tag = 1;
	x->nattrs = 0;
	x->at_line_start = 0;
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
	if (!(x->flags & RP_XML_HTML)) {
		check(x, xmlTextWriterEndElement(x->writer));
	} else if (is_void(e->name)) {
		if (x->in_tag)
			check(x, xmlOutputBufferWrite(x->buffer, 1, " "));
		check(x, xmlTextWriterEndElement(x->writer));
	} else {
		check(x, xmlTextWriterFullEndElement(x->writer));
	}
	x->in_tag = 0;
	x->at_line_start = 0;
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
	} else if (xmlValidateName((const xmlChar *)name, 0) != 0) {
		fail(x, "not a name: ", name);
	} else if (!is_new(x, name)) {
		fail(x, "given twice: attribute ", name);
	} else {
		check(x, xmlTextWriterStartAttribute(x->writer, (const xmlChar *)name));
		put_escaped(x, value, 1);
		check(x, xmlTextWriterEndAttribute(x->writer));
		x->in_tag = 1;
		x->at_line_start = 0;
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
	put_escaped(x, text, 0);
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
		raw(x, "\n", 1);
}

void
rp_xml_markup(struct rp_xml *x, const char *bytes, size_t len)
{
	raw(x, bytes, len);
}

/* XML 1.0, 2.5: "--" cannot stand in a comment, nor "-" at its end. */
void
rp_xml_comment(struct rp_xml *x, const char *text)
{
	const char *s = legal(x, text);
	char *safe = rp_alloc(x->job->doc, 2 * strlen(s) + 1), *p = safe;

	if (x->error != NULL)
		return;
	for (; *s != '\0'; s++) {
		*p++ = *s;
		if (*s == '-' && (s[1] == '-' || s[1] == '\0'))
			*p++ = ' ';
	}
	check(x, xmlTextWriterWriteComment(x->writer, (const xmlChar *)safe));
	x->in_tag = 0;
	x->at_line_start = 0;
}

int
rp_xml_depth(const struct rp_xml *x)
{
	return x->depth;
}

void
rp_xml_pi(struct rp_xml *x, const char *target, const char *data)
{
	if (x->error != NULL)
		return;
	check(x, xmlTextWriterWritePI(x->writer, (const xmlChar *)target,
	    (const xmlChar *)(data != NULL ? legal(x, data) : NULL)));
	x->in_tag = 0;
	x->at_line_start = 0;
}
