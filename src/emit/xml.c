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

#include "plain.h"
#include "sink.h"
#include "utf8.h"

struct element {
	const char	*name;
	size_t		 len;
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

/* All that put_slowly() has to look at; the NUL is one. */
static const char stops[0x100] = { ASCII_CONTROLS, ['"'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1, BEYOND_ASCII };

/* Past a character that is to be escaped, or a stretch of those that are seldom.  In
 * attributes tabs and line breaks are escaped too: by themselves they would be spaces (3.3.3). */
static const char *
put_slowly(struct rp_xml *x, const char *s, const char *end, int attribute)
{
	const char *run = s, *escape;
	size_t len;

	if (end - s > PLAIN_STRETCH)
		end = s + PLAIN_STRETCH;
	for (; (s = ascii_skip(s, stops)) < end; s += len) {
		escape = escape_of(s, &len);
		if (attribute && (*s == '\t' || *s == '\n'))
			escape = *s == '\t' ? "&#9;" : "&#10;";
		if (escape != NULL) {
			sink_put(x->out, run, (size_t)(s - run));
			sink_puts(x->out, escape);
			return s + len;
		}
		if (len == 1)	/* a line break: what follows is plain again */
			end = s;
	}
	sink_put(x->out, run, (size_t)(s - run));
	return s;
}

static void
put_escaped(struct rp_xml *x, const char *s, size_t len, int attribute)
{
	const char *end = s + len;

	while ((s = plain_copy(x->out, s, end, PLAIN_XML)) < end)
		s = put_slowly(x, s, end, attribute);
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

enum {
	NAME	= 24,		/* bytes of a name that is put while it is looked at */
	VALUE	= 80		/* of ="value", the same */
};

/* Letters, digits, and "-", ".", ":", by which a name goes on. */
static const char in_names[0x100] = {
	['-'] = 1, 1, ['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

/* Puts a name that has nothing else in it, as nearly all, and returns its end; NULL: it is another. */
static inline char *
put_name(char *to, const char *name)
{
	size_t n = 0;

	if ((unsigned char)name[0] < 'A')
		return NULL;
	for (; n < NAME && in_names[(unsigned char)name[n]]; n++)
		to[n] = name[n];
	return name[n] == '\0' ? to + n : NULL;
}

/* Any name, behind what has been put up to there. */
static char *
put_other_name(struct rp_xml *x, char *to, const char *name)
{
	size_t len = strlen(name);

	sink_till(x->out, to);
	return (char *)memcpy(sink_room(x->out, len + VALUE), name, len) + len;
}

static void
push(struct rp_xml *x, const char *name, size_t len, int block)
{
	if (x->depth == x->room) {
		struct element *more;

		x->room = x->room ? 2 * x->room : 32;
		more = rp_alloc(x->job->doc, (size_t)x->room * sizeof(*more));
		if (x->depth > 0)
			memcpy(more, x->open, (size_t)x->depth * sizeof(*more));
		x->open = more;
	}
	x->open[x->depth++] = (struct element){ name, len, block };
}

static void
start(struct rp_xml *x, const char *name, int block)
{
	char *to, *end;

	if (x->error != NULL)
		return;
	to = sink_room(x->out, NAME + 3);
	if (x->in_tag)
		*to++ = '>';
	if (block && !x->at_line_start)
		*to++ = '\n';
	*to++ = '<';
	if ((end = put_name(to, name)) == NULL) {
		if (!is_xml_name(name)) {
			fail(x, "not a name: ", name);
			return;
		}
		end = put_other_name(x, to, name);
		to = end - strlen(name);
	}
	sink_till(x->out, end);
	push(x, name, (size_t)(end - to), block);
	x->in_tag = 1;
	x->at_line_start = 0;
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

/* What ends the element, whose start tag may be open still. */
static char *
put_end(const struct rp_xml *x, const struct element *e, char *to)
{
	if (x->in_tag && !(x->flags & RP_XML_HTML))
		return (char *)memcpy(to, "/>", 2) + 2;
	if (x->in_tag && is_void(e->name))
		return (char *)memcpy(to, " />", 3) + 3;
	if (x->in_tag)
		*to++ = '>';
	*to++ = '<';
	*to++ = '/';
	to = (char *)memcpy(to, e->name, e->len) + e->len;
	*to++ = '>';
	return to;
}

void
rp_xml_end(struct rp_xml *x)
{
	struct element *e;
	char *to;

	if (x->error != NULL)
		return;
	if (x->depth == 0) {
		fail(x, "nothing is open", "");
		return;
	}
	e = &x->open[--x->depth];
	to = put_end(x, e, sink_room(x->out, e->len + 5));
	if (e->block)
		*to++ = '\n';
	sink_till(x->out, to);
	x->in_tag = 0;
	x->at_line_start = e->block;
}

/* ---- Attributes ---- */

static int
is_new(struct rp_xml *x, const char *name)
{
	for (int i = 0; i < x->nattrs; i++)
		if (x->attrs[i][0] == name[0] && strcmp(x->attrs[i], name) == 0)
			return 0;
	if (x->nattrs < (int)(sizeof(x->attrs) / sizeof(x->attrs[0])))
		x->attrs[x->nattrs++] = name;
	return 1;
}

/* A value that stands as it is, if it is short; NULL: it is another. */
static inline char *
put_plain_value(char *to, const char *value)
{
	size_t n = 0;

	for (; n < VALUE - 3 && !stops[(unsigned char)value[n]]; n++)
		to[n] = value[n];
	if (value[n] != '\0')
		return NULL;
	to[n] = '"';
	return to + n + 1;
}

/* The value, and the quotation marks around it. */
static void
put_value(struct rp_xml *x, char *to, const char *value)
{
	char *end;

	*to++ = '=';
	*to++ = '"';
	if ((end = put_plain_value(to, value)) != NULL) {
		sink_till(x->out, end);
		return;
	}
	sink_till(x->out, to);
	put_escaped(x, value, strlen(value), 1);
	sink_put(x->out, "\"", 1);
}

void
rp_xml_attr(struct rp_xml *x, const char *name, const char *value)
{
	char *to, *end;

	if (x->error != NULL || value == NULL)
		return;
	if (!x->in_tag) {
		fail(x, "no start tag for attribute ", name);
		return;
	}
	to = sink_room(x->out, NAME + VALUE + 1);
	*to++ = ' ';
	if ((end = put_name(to, name)) == NULL && !is_xml_name(name))
		fail(x, "not a name: ", name);
	else if (!is_new(x, name))
		fail(x, "given twice: attribute ", name);
	else
		put_value(x, end != NULL ? end : put_other_name(x, to, name), value);
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
	size_t len = strlen(text);

	if (len == 0 || !begin(x))
		return;
	put_escaped(x, text, len, 0);
	x->at_line_start = text[len - 1] == '\n';
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
