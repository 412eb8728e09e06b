/*
 * html_text.c - text between tags: white space as HTML has it, and the characters
 * that the parser does not know by name.
 */
#include <string.h>

#include <houdini.h>

#include "html.h"

void
html_flush(struct html *h)
{
	struct rp_node *n;

	if (h->text.len == 0)
		return;
	n = rp_new(h->job->doc, RP_TEXT);
	rp_set_text_n(h->job->doc, n, h->text.p, h->text.len);
	rp_set_pos(n, h->text_pos);
	rp_append(html_top(h)->content, n);
	h->text.len = 0;
}

void
html_add_text(struct html *h, const char *s, size_t len, struct rp_pos pos)
{
	if (h->text.len == 0)
		h->text_pos = pos;
	h->text_pos.end_line = pos.end_line;
	h->text_pos.end_col = pos.end_col;
	str_add(&h->text, s, len);
}

/* The white space that was put off, now that something follows.  A line's end is
 * one of the source's, as in Markdown. */
void
html_fill_gap(struct html *h)
{
	struct rp_node *n;

	if (h->gap == '\n') {
		html_flush(h);
		n = rp_new(h->job->doc, RP_SOFT_BREAK);
		rp_set_pos(n, h->gap_pos);
		rp_append(html_top(h)->content, n);
	} else if (h->gap == ' ') {
		html_add_text(h, " ", 1, h->gap_pos);
	}
	if (h->gap != '\0')
		h->at_space = 1;
	h->gap = '\0';
}

int
html_is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Text of which the white space says nothing but that words end. */
static void
add_words(struct html *h, const char *s, size_t len, size_t from)
{
	size_t i = 0, start;

	while (i < len) {
		start = i;
		if (html_is_white(s[i])) {
			for (; i < len && html_is_white(s[i]); i++)
				if (!h->at_space && h->gap != '\n')
					h->gap = s[i] == '\n' ? '\n' : ' ';
			if (h->gap != '\0')
				h->gap_pos = html_pos(h, from + start, from + start);
			continue;
		}
		while (i < len && !html_is_white(s[i]))
			i++;
		html_fill_gap(h);
		html_add_text(h, s + start, i - start, html_pos(h, from + start, from + i));
		h->at_space = 0;
	}
}

/*
 * The parser has the entities of HTML 4.  Of "&check;" it makes three texts: "&",
 * "check", and what begins with ";".  At the first one, puts the character in
 * the place of all three.
 */
static int
take_entity(struct html *h, size_t from, size_t end)
{
	const char *p = h->source.text.p + from;
	cmark_strbuf out;
	bufsize_t n = 0;

	cmark_strbuf_init(cmark_get_default_mem_allocator(), &out, 0);
	if (end > from + 1 && *p == '&' && p[end - from] == ';' && p[1] != '#')
		n = houdini_unescape_ent(&out, (const uint8_t *)p + 1, (bufsize_t)(end - from));
	if (n > 0) {
		html_fill_gap(h);
		html_add_text(h, (const char *)out.ptr, (size_t)out.size, html_pos(h, from, end + 1));
		h->at_space = 0;
		h->swallow = end - from;
	}
	cmark_strbuf_free(&out);
	return n > 0;
}

void
html_on_text(void *arg, const xmlChar *text, int length)
{
	struct html *h = arg;
	const char *s = (const char *)text;
	size_t len = (size_t)length, end, from, skip;

	if (h->resume != 0)
		return;
	end = html_here(h);
	from = end - h->at >= len ? end - len : h->at;	/* an entity is longer than its text */
	if (len == 1 && *s == '&' && strncmp(h->source.text.p + h->at, "&amp", 4) != 0 &&
	    take_entity(h, h->at, end)) {
		h->at = end;
		return;
	}
	h->at = end;
	skip = h->swallow < len ? h->swallow : len;
	h->swallow -= skip;
	s += skip;
	from += skip;
	len -= skip;
	if (len == 0)
		return;
	if (h->verbatim == 0) {
		add_words(h, s, len, from);
		return;
	}
	/* The line's end after <pre> is none of the content's. */
	if (h->text.len == 0 && rp_first(html_top(h)->content) == NULL && *s == '\n') {
		s++;
		from++;
		len--;
	}
	if (len > 0)
		html_add_text(h, s, len, html_pos(h, from, end));
}
