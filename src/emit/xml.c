/*
 * xml.c - the XML emitter, on libxml2's xmlTextWriter.
 *
 * xmlTextWriter knows what is open and when a start tag ends.  What it does not
 * give is done here:
 *
 * - It escapes text by where the text stands, and text outside any element not
 *   at all; so everything is escaped by one function, and then written raw.
 * - Its indentation goes into mixed content and changes what a text says; so
 *   lines are broken here, and only at block elements.
 * - It takes any name, and one attribute twice; both are refused.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlwriter.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "../core/core.h"

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

/* ---- Characters ---- */

/* XML 1.0, production 2, for what UTF-8 can say. */
static int
is_char(uint32_t cp)
{
	return (cp >= 0x20 && cp < 0xFFFE) || cp > 0xFFFF || cp == '\t' || cp == '\n' || cp == '\r';
}

static const char *
first_bad(const char *s)
{
	for (;;) {
		const char *at;
		char buf[4];
		uint32_t cp;

		while ((unsigned char)*s >= 0x20 && (unsigned char)*s < 0x80)
			s++;
		at = s;
		if ((cp = rp_utf8_next(&s)) == 0)
			return NULL;
		/* What is not UTF-8 counts as U+FFFD, but is not as long. */
		if (!is_char(cp) || rp_utf8_put(buf, cp) != (size_t)(s - at))
			return at;
	}
}

/*
 * The last guard: the reader has replaced what XML forbids and has said so; what
 * filters make of texts has passed nobody.
 */
static const char *
legal(struct rp_xml *x, const char *s)
{
	const char *bad = first_bad(s);
	char *copy, *p;
	uint32_t cp;

	if (bad == NULL)
		return s;
	/* A bad byte becomes the three of U+FFFD. */
	p = copy = rp_alloc(x->job->doc, 3 * strlen(s) + 1);
	while ((cp = rp_utf8_next(&s)) != 0)
		p += rp_utf8_put(p, is_char(cp) ? cp : 0xFFFD);
	*p = '\0';
	return copy;
}

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

void
xml_prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, xmlInitParser);
}

struct rp_xml *
rp_xml_open(struct rp_job *job, struct rp_sink *out, int flags)
{
	struct rp_xml *x = rp_alloc(job->doc, sizeof(*x));

	xml_prepare();
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

/* XML 1.0, 3.3.3: a tab or line break in a value is a space, unless it is
 * referred to by number. */
static void
put_value(struct rp_xml *x, const char *s)
{
	size_t n;

	for (; s[n = strcspn(s, "\t\n")] != '\0'; s += n + 1) {
		raw(x, s, n);
		if (s[n] == '\t')
			raw(x, "&#9;", 4);
		else
			raw(x, "&#10;", 5);
	}
	raw(x, s, n);
}

void
rp_xml_attr(struct rp_xml *x, const char *name, const char *value)
{
	xmlChar *escaped;

	if (x->error != NULL || value == NULL)
		return;
	if (!x->in_tag) {
		fail(x, "no start tag for attribute ", name);
	} else if (xmlValidateName((const xmlChar *)name, 0) != 0) {
		fail(x, "not a name: ", name);
	} else if (!is_new(x, name)) {
		fail(x, "given twice: attribute ", name);
	} else if ((escaped = xmlEncodeSpecialChars(NULL, (const xmlChar *)legal(x, value))) == NULL) {
		fail(x, "out of memory", "");
	} else {
		check(x, xmlTextWriterStartAttribute(x->writer, (const xmlChar *)name));
		put_value(x, (const char *)escaped);
		check(x, xmlTextWriterEndAttribute(x->writer));
		xmlFree(escaped);
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
	xmlChar *escaped;

	if (x->error != NULL || *text == '\0')
		return;
	if ((escaped = xmlEncodeSpecialChars(NULL, (const xmlChar *)legal(x, text))) == NULL) {
		fail(x, "out of memory", "");
		return;
	}
	raw(x, (const char *)escaped, strlen((const char *)escaped));
	xmlFree(escaped);
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
