/*
 * html.c - raw HTML to nodes, by libxml2's HTML parser.
 *
 * CommonMark does not know where an element ends: it cuts HTML into pieces, with
 * Markdown between them.  So all pieces below one parent are parsed as one text,
 * in which every other child has a placeholder: an empty element of a name that
 * HTML does not have, which the parser leaves where it stands.
 *
 * The parser is run as a stream.  It repairs the nesting; here every element
 * becomes a node as soon as it ends, so that nothing recurses.  An element that
 * is nested too deeply ends the parse: a new one begins with it, below the parent
 * itself.  That bounds the tree, and it bounds what the parser spends, which for
 * an end tag looks through all the elements that are open.
 */
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>

#include <houdini.h>
#include <libxml/parserInternals.h>

#include "html.h"

enum {
	AT_LEAST = 16,		/* levels of HTML wherever it stands */
	COMPLAINTS = 5		/* of the parser that are told, for one parent */
};

/* ---- Places ---- */

size_t
html_here(const struct html *h)
{
	return h->base + (size_t)xmlByteConsumed(h->parser);
}

struct rp_pos
html_pos(struct html *h, size_t from, size_t end)
{
	struct rp_pos pos;

	html_locate(&h->source, from, &pos.line, &pos.col);
	html_locate(&h->source, end > from ? end - 1 : from, &pos.end_line, &pos.end_col);
	return pos;
}

struct html_frame *
html_top(struct html *h)
{
	return &h->stack[h->depth];
}

/* The start tag that the parser has just read. */
static size_t
tag_from(const struct html *h, size_t end)
{
	const char *p = h->source.text.p + h->at, *last = h->source.text.p + end;

	for (; p + 1 < last; p++)
		if (*p == '<' && p[1] != '/')
			return (size_t)(p - h->source.text.p);
	return h->at;
}

/* ---- Elements ---- */

static int
is_one_of(const char *name, const char *const *names)
{
	while (*names != NULL && strcmp(name, *names) != 0)
		names++;
	return *names != NULL;
}

static int
keeps_white_space(const char *name)
{
	static const char *const names[] = { "pre", "textarea", "listing", "xmp", "plaintext", NULL };

	return is_one_of(name, names);
}

/* Elements without content that came after the parser's HTML 4: it waits for
 * their end tags. */
static int
is_empty(const char *name)
{
	static const char *const names[] = { "source", "track", "wbr", "keygen", "bgsound", NULL };

	return is_one_of(name, names);
}

/* Was the element ended by a tag of its own?  end: where the parser is. */
static int
is_closed(const struct html *h, const struct html_frame *f, size_t end)
{
	const htmlElemDesc *known = htmlTagLookup((const xmlChar *)f->name);
	const char *text = h->source.text.p, *p = text + end;
	size_t len = strlen(f->name);

	if (end <= f->to || p[-1] != '>')
		return 0;
	if (end <= f->to + 2 && text[f->to] == '/')
		return 1;
	if (end <= f->to + 1)
		return known != NULL && known->empty;
	while (p > text + f->to && *--p != '<')
		;
	return p[0] == '<' && p[1] == '/' && strncasecmp(p + 2, f->name, len) == 0 &&
	    strchr(" \t\r\n\f/>", p[2 + len]) != NULL;
}

static void
put(struct rp_node *into, struct rp_node *n, struct rp_node *content)
{
	if (n != NULL)
		rp_append(into, n);
	else
		rp_move_children(into, content);
}

/* Ends the innermost element: its content is whole. */
static void
close_frame(struct html *h, size_t end)
{
	struct html_frame *f = html_top(h);
	struct rp_node *n, *last;
	int empty;

	html_flush(h);
	if (end > f->to && h->source.text.p[end - 1] != '>')
		end = h->at;
	f->pos = html_pos(h, f->from, end);
	rp_set_pos(f->content, f->pos);
	if (!is_empty(f->name) && !is_closed(h, f, end))
		rp_set_text_n(h->job->doc, f->content, h->source.text.p + f->from, f->to + 1 - f->from);
	html_settle(h->job->doc, f->content, 0);
	h->verbatim -= keeps_white_space(f->name);
	empty = rp_first(f->content) == NULL;
	n = h->take(h->job, f->name, f->attrs, f->content, h->arg);
	h->depth--;
	last = rp_last(html_top(h)->content);
	put(html_top(h)->content, n, f->content);
	if (n != NULL && html_is_block(n))
		h->gap = '\0';
	if (empty && rp_last(html_top(h)->content) != last)
		h->at_space = rp_kind(rp_last(html_top(h)->content)) == RP_LINE_BREAK;
}

/* The node that a placeholder stands for.  A number that its author made up
 * moves nothing but the author's own text. */
static void
place(struct html *h, const xmlChar **attrs)
{
	size_t i = 0;
	const char *s = attrs != NULL && attrs[1] != NULL ? (const char *)attrs[1] : "";
	struct html_piece *p;

	for (; *s >= '0' && *s <= '9' && i < h->source.count; s++)
		i = 10 * i + (size_t)(*s - '0');
	if (i >= h->source.count || h->source.pieces[i].raw || h->source.pieces[i].placed)
		return;
	p = &h->source.pieces[i];
	p->placed = 1;
	rp_append(html_top(h)->content, p->node);
	h->at_space = rp_kind(p->node) == RP_SOFT_BREAK || rp_kind(p->node) == RP_LINE_BREAK;
}

/* The parser has the entities of HTML 4 and leaves those that came later. */
static const char *
unescape(struct rp_doc *doc, const char *value)
{
	cmark_strbuf out;

	cmark_strbuf_init(cmark_get_default_mem_allocator(), &out, 0);
	houdini_unescape_html_f(&out, (const uint8_t *)value, (bufsize_t)strlen(value));
	value = rp_dup(doc, (const char *)out.ptr, (size_t)out.size);
	cmark_strbuf_free(&out);
	return value;
}

static int
holds(const char *p, size_t len, const char *what)
{
	size_t n = strlen(what);

	for (; len >= n; p++, len--)
		if (memcmp(p, what, n) == 0)
			return 1;
	return 0;
}

/* Where a tag has an "&amp;", nobody knows any more which & is just one. */
static const char *const *
copy_attrs(struct html *h, const xmlChar **attrs, size_t from, size_t end)
{
	int is_clear = !holds(h->source.text.p + from, end - from, "&amp");
	size_t n = 0, i;
	const char **copy, *s;

	while (attrs != NULL && attrs[n] != NULL)
		n += 2;
	copy = rp_alloc(h->job->doc, (n + 1) * sizeof(*copy));
	for (i = 0; i < n; i++) {
		s = attrs[i] != NULL ? (const char *)attrs[i] : "";
		copy[i] = is_clear && strchr(s, '&') != NULL ? unescape(h->job->doc, s)
		    : rp_dup(h->job->doc, s, strlen(s));
	}
	return copy;
}

/* Everything from here on is for the next parser. */
static void
start_again(struct html *h, size_t from, size_t end)
{
	char most[16];

	if (!h->told_deep) {
		h->told_deep = 1;
		snprintf(most, sizeof(most), "%d", h->deepest);
		rp_report_at(h->job, RP_D_TOO_DEEP, html_pos(h, from, end), most, NULL);
	}
	h->resume = from;
	xmlStopParser(h->parser);
}

/* Past the tag that the parser has read up to its end mark. */
static size_t
after_tag(const struct html *h, size_t end)
{
	const char *p = h->source.text.p + end;

	return end + (*p == '/' && p[1] == '>' ? 2 : *p == '>');
}

static void
on_start(void *arg, const xmlChar *xname, const xmlChar **attrs)
{
	struct html *h = arg;
	const char *name = (const char *)xname;
	size_t end, from;
	struct html_frame *f;

	if (h->resume != 0)
		return;
	end = html_here(h);
	from = tag_from(h, end);
	if (strcmp(name, HTML_ROOT) == 0) {
		h->at = after_tag(h, end);
		return;
	}
	if (strcmp(name, "br") == 0)
		h->gap = '\0';
	html_fill_gap(h);
	html_flush(h);
	if (strcmp(name, HTML_NODE) == 0) {
		h->at = after_tag(h, end);
		place(h, attrs);
		return;
	}
	if (h->depth == h->deepest) {
		start_again(h, from, end);
		return;
	}
	h->at = after_tag(h, end);
	h->depth++;
	f = html_top(h);
	memset(f, 0, sizeof(*f));
	f->name = rp_dup(h->job->doc, name, strlen(name));
	f->attrs = copy_attrs(h, attrs, from, end);
	f->content = rp_new(h->job->doc, RP_SPAN);
	f->from = from;
	f->to = end;
	h->verbatim += keeps_white_space(f->name);
	if (is_empty(f->name))
		close_frame(h, end);
}

static void
on_end(void *arg, const xmlChar *name)
{
	struct html *h = arg;
	size_t end;

	if (h->resume != 0 || strcmp((const char *)name, HTML_ROOT) == 0)
		return;
	end = html_here(h);
	if (strcmp((const char *)name, HTML_NODE) != 0 && !is_empty((const char *)name) && h->depth > 0)
		close_frame(h, end);
	h->at = end;
}

/* What stands in a script is its own, Markdown too. */
static void
on_script(void *arg, const xmlChar *text, int len)
{
	struct html *h = arg;
	struct html_piece *p;
	size_t end;

	if (h->resume != 0)
		return;
	end = html_here(h);
	html_add_text(h, (const char *)text, (size_t)len, html_pos(h, h->at, end));
	html_flush(h);
	for (; h->next_piece < h->source.count; h->next_piece++) {
		p = &h->source.pieces[h->next_piece];
		if (p->from >= end)
			break;
		if (p->from >= h->at && !p->raw && !p->placed) {
			p->placed = 1;
			rp_append(html_top(h)->content, p->node);
		}
	}
	h->at = end;
}

static void
add_comment(struct html *h, const char *text)
{
	static const char *const none[] = { NULL };
	struct rp_node *n;
	size_t end;

	if (h->resume != 0)
		return;
	end = html_here(h);
	html_fill_gap(h);
	html_flush(h);
	n = rp_new(h->job->doc, RP_COMMENT);
	rp_set_text(h->job->doc, n, text);
	rp_set_pos(n, html_pos(h, tag_from(h, end), end));
	if (html_is_mended(&h->source, end - 1))
		rp_report(h->job, RP_D_HTML_SYNTAX, n, "comment is never closed", NULL);
	h->at = end;
	n = h->take(h->job, "!--", none, n, h->arg);
	if (n != NULL && kind_holds(rp_kind(h->parent)) == BLOCKS)
		rp_append(html_top(h)->content, n);
}

static void
on_comment(void *arg, const xmlChar *text)
{
	add_comment(arg, (const char *)text);
}

/* HTML has none: a browser takes <?php ... > as a comment. */
static void
on_instruction(void *arg, const xmlChar *target, const xmlChar *data)
{
	struct html *h = arg;

	add_comment(h, rp_join(h->job->doc, "?", (const char *)target, " ",
	    data != NULL ? (const char *)data : "", NULL));
}

/* ---- What the parser complains about ---- */

/* What nobody needs to mend: elements that came after HTML 4, an & that is just
 * one, and what the placeholders and the root bring. */
static int
is_fine(const xmlError *e)
{
	const char *s = e->message;

	return e->code == XML_HTML_UNKNOWN_TAG || e->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
	    (e->code == XML_ERR_NAME_REQUIRED && strstr(s, "EntityRef") != NULL) ||
	    strstr(s, HTML_ROOT) != NULL || strstr(s, HTML_NODE) != NULL ||
	    (e->str2 != NULL && is_empty(e->str2));
}

static void
on_error(void *arg, xmlErrorPtr e)
{
	struct html *h = arg;
	const char *s = e->message;
	size_t len, at;

	if (h->resume != 0 || h->complaints == COMPLAINTS || s == NULL || is_fine(e))
		return;
	h->complaints++;
	if (strncmp(s, "html", 4) == 0 && strstr(s, ": ") != NULL)
		s = strstr(s, ": ") + 2;	/* the name of the parser's function */
	len = strcspn(s, "\n");
	while (len > 0 && html_is_white(s[len - 1]))
		len--;
	at = html_here(h);
	rp_report_at(h->job, RP_D_HTML_SYNTAX, html_pos(h, at > 0 ? at - 1 : at, at),
	    rp_dup(h->job->doc, s, len), NULL);
}

/* ---- One parent ---- */

static const htmlSAXHandler handler = {
	.startElement = on_start,
	.endElement = on_end,
	.characters = html_on_text,
	.ignorableWhitespace = html_on_text,
	.cdataBlock = on_script,
	.comment = on_comment,
	.processingInstruction = on_instruction,
	.serror = on_error,
	.initialized = XML_SAX2_MAGIC,
};

static int
parse_from(struct html *h, size_t from)
{
	h->parser = htmlCreateMemoryParserCtxt(h->source.text.p + from,
	    (int)(h->source.text.len - from));
	if (h->parser == NULL)
		return -1;
	h->base = h->at = from;
	h->resume = 0;
	htmlCtxtUseOptions(h->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
	    HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(h->parser, XML_CHAR_ENCODING_UTF8);
	*h->parser->sax = handler;
	h->parser->userData = h;
	htmlParseDocument(h->parser);
	while (h->depth > 0)
		close_frame(h, h->resume != 0 ? h->resume : h->source.text.len);
	html_flush(h);
	htmlFreeParserCtxt(h->parser);
	return 0;
}

/* Its tables are all threads'. */
void
xml_prepare(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, xmlInitParser);
}

static int
parse(struct html *h)
{
	size_t from = 0, root = strlen("<" HTML_ROOT ">");

	xml_prepare();
	do {
		if (parse_from(h, from) == -1)
			return -1;
		if (h->resume != 0) {
			/* What has been read gives room for a new root. */
			from = h->resume - root;
			memcpy(h->source.text.p + from, "<" HTML_ROOT ">", root);
		}
	} while (h->resume != 0);
	return 0;
}

/* The new children, and whatever the parser had no place for, before stop. */
static void
finish(struct html *h, struct rp_node *stop)
{
	struct rp_node *content = h->stack[0].content, *n;
	enum holds holds = kind_holds(rp_kind(h->parent));
	size_t i;

	for (i = 0; i < h->source.count; i++) {
		if (h->source.pieces[i].raw)
			rp_detach(h->source.pieces[i].node);
		else if (!h->source.pieces[i].placed)
			rp_append(content, h->source.pieces[i].node);
	}
	html_settle(h->job->doc, content, holds == BLOCKS);
	while ((n = rp_first(content)) != NULL) {
		if (stop != NULL)
			rp_insert_before(stop, n);
		else
			rp_append(h->parent, n);
	}
}

/* Footnotes at the end of a document belong to no element that was left open. */
static struct rp_node *
end_of_text(struct rp_node *parent)
{
	struct rp_node *stop = NULL, *n;

	for (n = rp_last(parent); n != NULL && rp_kind(n) == RP_FOOTNOTE; n = rp_prev(n))
		stop = n;
	return stop;
}

int
rp_html_parse(struct rp_job *job, struct rp_node *parent, rp_html_take *take, void *arg)
{
	struct html h = { .job = job, .parent = parent, .take = take, .arg = arg };
	struct rp_node *first, *stop = end_of_text(parent), *p;
	int rc = -1;

	for (first = rp_first(parent); first != NULL && !html_is_raw(first); )
		first = rp_next(first);
	if (first == NULL)
		return 0;
	/* An element cannot change what is before it, unless it brings blocks. */
	if (kind_holds(rp_kind(parent)) != BLOCKS)
		first = rp_first(parent);
	for (h.deepest = HTML_DEEPEST, p = rp_parent(parent); p != NULL; p = rp_parent(p))
		h.deepest--;
	if (h.deepest < AT_LEAST)
		h.deepest = AT_LEAST;
	html_source_init(&h.source, job->doc, first, stop);
	h.stack[0].content = rp_new(job->doc, RP_SPAN);
	if (h.source.text.len <= INT_MAX && parse(&h) == 0) {
		finish(&h, stop);
		rc = 0;
	}
	html_source_dispose(&h.source);
	str_free(&h.text);
	return rc;
}
