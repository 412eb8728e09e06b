/*
 * html_source.c - the pieces of raw HTML below one parent as one text, and the
 * way back from it to the document's lines and columns.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html.h"

int
html_is_raw(const struct rp_node *n)
{
	const char *format;

	if (rp_kind(n) != RP_RAW_BLOCK && rp_kind(n) != RP_RAW_INLINE)
		return 0;
	format = rp_get(n, RP_A_FORMAT);
	return format != NULL && strcmp(format, "html") == 0;
}

/* ---- What a piece leaves open ---- */

static int
is_name(const char *p, const char *name)
{
	size_t n = strlen(name);

	return strncasecmp(p, name, n) == 0 && strchr(" \t\r\n\f/>", p[n]) != NULL;
}

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A tag with more marks than that between its words is no tag that anybody wrote,
 * and the parser compares each attribute with all others. */
enum { MOST_MARKS = 2000 };

static void
blank_out(char *from, const char *end)
{
	for (; from < end; from++)
		if (*from != '\n')
			*from = ' ';
}

/* The > of the tag that p is in, or the end of the text: then with *missing. */
static char *
end_of_tag(char *p, const char **missing)
{
	char *cut = NULL;
	int marks = 0;

	*missing = ">";
	while (*p != '\0' && *p != '>') {
		if (!is_letter(*p) && ++marks == MOST_MARKS)
			cut = p;
		if (*p++ != '=')
			continue;
		p += strspn(p, " \t\r\n\f");
		if (*p == '"' || *p == '\'') {
			char quote = *p++;

			p += strcspn(p, quote == '"' ? "\"" : "'");
			if (*p == '\0')
				*missing = quote == '"' ? "\">" : "'>";
			else
				p++;
		}
	}
	if (cut != NULL) {
		*missing = ">";
		blank_out(cut, p);
	}
	return p;
}

/* The end tag of an element whose content is no markup; NULL: there is none. */
static char *
end_of_script(char *p, const char *name)
{
	for (; (p = strstr(p, "</")) != NULL; p += 2)
		if (strncasecmp(p + 2, name, strlen(name)) == 0)
			break;
	return p;
}

/* Past the end of a comment, of which p is at the --; NULL: it has none. */
static char *
end_of_comment(char *p)
{
	while ((p = strstr(p, "--")) != NULL) {
		p += 2;
		p += strspn(p, "-");
		if (*p == '>' || (*p == '!' && p[1] == '>'))
			break;
	}
	return p;
}

static const char *
script_name(const char *p)
{
	return is_name(p, "script") ? "script" : is_name(p, "style") ? "style" : NULL;
}

/*
 * What has to follow a piece, so that nothing it opens swallows what stands
 * between it and the next one: it may end in a tag, a comment or a script.
 */
static const char *
missing_end(char *p)
{
	const char *missing = "", *name;
	char *tag;

	while ((p = strchr(p, '<')) != NULL) {
		tag = ++p;
		if (strncmp(p, "!-->", 4) == 0 || strncmp(p, "!--->", 5) == 0) {
			/* An empty comment, of which the parser would seek the end. */
			p = strchr(p, '>') + 1;
			blank_out(tag - 1, p);
		} else if (strncmp(p, "!--", 3) == 0) {
			missing = "-->";
			p = end_of_comment(p + 1);
		} else if (*p == '?' || strncasecmp(p, "!doctype", 8) == 0) {
			missing = ">";
			p = strchr(p, '>');
		} else if (is_letter(*p) || (*p == '/' && is_letter(p[1]))) {
			p = end_of_tag(p, &missing);
			name = script_name(tag);
			if (*p == '\0')
				return missing;
			if (name != NULL && p[-1] != '/') {
				missing = *name == 's' && name[1] == 'c' ? "</script>" : "</style>";
				p = end_of_script(p, name);
			}
		}
		if (p == NULL)
			return missing;
	}
	return "";
}

/* Among inlines, the sibling with the end tag that a script is missing. */
static const struct rp_node *
closed_by(const struct rp_node *n, const struct rp_node *stop, const char *missing)
{
	size_t len = strlen(missing) - 1;

	if (rp_kind(n) != RP_RAW_INLINE || missing[0] != '<')
		return NULL;
	while ((n = rp_next(n)) != NULL && n != stop)
		if (html_is_raw(n) && strncasecmp(rp_text(n), missing, len) == 0)
			return n;
	return NULL;
}

/* ---- Joining ---- */

static struct html_piece *
add_piece(struct html_source *s, struct rp_node *n)
{
	struct html_piece *p;

	if (s->count == s->cap) {
		s->cap = s->cap > 0 ? 2 * s->cap : 32;
		s->pieces = xrealloc(s->pieces, s->cap * sizeof(*s->pieces));
	}
	p = &s->pieces[s->count++];
	memset(p, 0, sizeof(*p));
	p->node = n;
	p->from = s->text.len;
	p->raw = html_is_raw(n);
	return p;
}

void
html_source_init(struct html_source *s, struct rp_doc *doc, struct rp_node *first,
    const struct rp_node *stop)
{
	const struct rp_node *closer = NULL;	/* of the script that is open */
	const char *missing;
	struct html_piece *p;
	struct rp_node *n;
	int search = 1;

	memset(s, 0, sizeof(*s));
	s->doc = doc;
	str_puts(&s->text, "<" HTML_ROOT ">");
	for (n = first; n != stop; n = rp_next(n)) {
		p = add_piece(s, n);
		if (!p->raw) {
			str_printf(&s->text, "<" HTML_NODE " n=%zu />", s->count - 1);
		} else {
			str_add(&s->text, rp_text(n), rp_text_len(n));
			missing = missing_end(s->text.p + p->from);
			if (n == closer)
				closer = NULL;
			if (missing[0] == '<' && closer == NULL && search) {
				closer = closed_by(n, stop, missing);
				search = closer != NULL;
			}
			if (closer == NULL)
				str_puts(&s->text, missing);
		}
		p->end = s->text.len;
	}
}

void
html_source_dispose(struct html_source *s)
{
	str_free(&s->text);
	free(s->pieces);
}

/* ---- The way back ---- */

static const struct html_piece *
piece_at(const struct html_source *s, size_t offset)
{
	size_t low = 0, high = s->count;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (s->pieces[mid].from <= offset)
			low = mid;
		else
			high = mid;
	}
	return &s->pieces[low];
}

int
html_is_mended(const struct html_source *s, size_t offset)
{
	const struct html_piece *p = piece_at(s, offset);

	return p->raw && offset >= p->from + rp_text_len(p->node);
}

/*
 * The column at which the current line of a piece begins.  The first line of an
 * inline begins where that does; every other one is the end of a source line, of
 * which the indentation and the marks of quotes and lists were cut.
 */
static long
column_of_line(const struct html_source *s)
{
	/* As its author wrote it: the copy in the source has been mended. */
	const char *p = rp_text(s->at->node) + (s->line_from - s->at->from), *source;
	size_t len = s->line_end - s->line_from, source_len;

	if (rp_kind(s->at->node) == RP_RAW_INLINE && s->line_from == s->at->from)
		return (long)rp_pos(s->at->node).col;
	if (len > 0 && p[len - 1] == '\r')
		len--;
	source = rp_doc_line(s->doc, s->line, &source_len);
	if (source == NULL || len > source_len ||
	    memcmp(source + source_len - len, p, len) != 0)
		return 0;
	return (long)(source_len - len) + 1;
}

static void
set_line(struct html_source *s, size_t from)
{
	size_t end = s->at->from + rp_text_len(s->at->node);
	const char *nl = from < end ? memchr(s->text.p + from, '\n', end - from) : NULL;

	s->line_from = from;
	s->line_end = nl != NULL ? (size_t)(nl - s->text.p) : end;
	s->col = column_of_line(s);
}

void
html_locate(struct html_source *s, size_t offset, uint32_t *line, uint32_t *col)
{
	const struct html_piece *p = piece_at(s, offset);
	struct rp_pos pos = rp_pos(p->node);
	size_t end = p->from + rp_text_len(p->node);

	*line = pos.line;
	*col = pos.col;
	if (!p->raw || pos.line == 0)
		return;
	if (offset >= end)
		offset = end > p->from ? end - 1 : p->from;
	if (s->at != p || offset < s->line_from) {
		s->at = p;
		s->line = pos.line;
		set_line(s, p->from);
	}
	while (offset > s->line_end) {
		s->line++;
		set_line(s, s->line_end + 1);
	}
	*line = s->line;
	*col = s->col > 0 ? (uint32_t)((size_t)s->col + offset - s->line_from) : 0;
}
