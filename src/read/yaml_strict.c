/*
 * yaml_strict.c - errors of YAML 1.2 that libyaml, a parser of YAML 1.1, overlooks,
 * and what it may have misread: seen from its events and their marks.
 *
 * One thing is allowed that the specification forbids: a closing bracket or quotation
 * mark that begins a line may stand in the column of the key, as everybody writes it.
 */
#include <string.h>

#include "yaml_strict.h"

static const char indent_wanted[] = "a continuation line must be indented more than what it belongs to";
static const char space_wanted[] = "a comment must have white space before it";
static const char too_many_spaces[] = "a blank line at the start of a block has more spaces than its first line";

size_t
yaml_byte(struct rp_doc *doc, struct yaml_count *c, uint32_t line, size_t chars)
{
	size_t len, i = 0, n = 0;
	const char *p = rp_doc_line(doc, line, &len);

	if (c->line == line && c->chars <= chars) {
		i = c->bytes;
		n = c->chars;
	}
	for (; p != NULL && i < len && n < chars; n++)
		for (i++; i < len && ((unsigned char)p[i] & 0xC0) == 0x80; i++)
			;
	*c = (struct yaml_count){ line, n, i };
	return i;
}

static int
wrong(struct rp_pos *pos, const char **why, uint32_t line, size_t byte, const char *text)
{
	*pos = (struct rp_pos){ .line = line, .col = (uint32_t)byte + 1 };
	*why = text;
	return -1;
}

/* What follows a mark on its line; "" if nothing does.  It ends in a NUL or a line end. */
static const char *
text_at(struct yaml_strict *s, struct yaml_count *c, const yaml_mark_t *m, size_t *byte)
{
	uint32_t line = (uint32_t)m->line + s->line;
	size_t len;
	const char *p = rp_doc_line(s->doc, line, &len);

	*byte = 0;
	if (p == NULL)
		return "";
	*byte = yaml_byte(s->doc, c, line, m->column);
	return p + *byte;
}

static size_t
spaces(const char *p, size_t len)
{
	size_t n = 0;

	while (n < len && p[n] == ' ')
		n++;
	return n;
}

/* The lines after the first one up to the last one are indented more than that (6.1). */
static int
check_lines(struct yaml_strict *s, uint32_t line, uint32_t last, int indent, const char *closing,
    struct rp_pos *pos, const char **why)
{
	const char *p;
	size_t len, n, white;

	while (indent >= 0 && ++line <= last && (p = rp_doc_line(s->doc, line, &len)) != NULL) {
		n = spaces(p, len);
		for (white = n; white < len && (p[white] == ' ' || p[white] == '\t'); white++)
			;
		if (n <= (size_t)indent && white < len && p[white] != '#' && strchr(closing, p[white]) == NULL)
			return wrong(pos, why, line, white, indent_wanted);
	}
	return 0;
}

/* The end of a flow collection or quoted scalar: is what follows a comment by mistake (6.6)? */
static int
check_after(struct yaml_strict *s, const yaml_event_t *e, struct rp_pos *pos, const char **why)
{
	size_t byte;

	if (*text_at(s, &s->ends, &e->end_mark, &byte) != '#')
		return 0;
	return wrong(pos, why, (uint32_t)e->end_mark.line + s->line, byte, space_wanted);
}

/* Past the anchor and the tag that stand before a value on its line. */
static const char *
skip_properties(const char *p)
{
	while (*p == '&' || *p == '!') {
		p += strcspn(p, " \t\r\n");
		p += strspn(p, " \t");
	}
	return p;
}

/* A block scalar that is empty to libyaml, but has a line less indented than its blank ones (8.1.1.1). */
static int
check_block(struct yaml_strict *s, const yaml_event_t *e, int indent, struct rp_pos *pos, const char **why)
{
	size_t byte, len, n, most = 0;
	const char *from = text_at(s, &s->starts, &e->start_mark, &byte);
	const char *p = skip_properties(from);
	uint32_t line = (uint32_t)e->start_mark.line + s->line, worst = 0;
	const char *header = p + 1;

	if (*p != '|' && *p != '>')	/* its properties stand on a line before */
		return 0;
	p = header + strspn(header, "+-0123456789");
	if (*p == '#')
		return wrong(pos, why, line, byte + (size_t)(p - from), space_wanted);
	if (e->data.scalar.length > 0 || strcspn(header, "123456789") < (size_t)(p - header))
		return 0;
	while ((p = rp_doc_line(s->doc, ++line, &len)) != NULL && (n = spaces(p, len)) == len)
		if (n > most) {
			most = n;
			worst = line;
		}
	if (p == NULL || n >= most || (int)n <= indent)
		return 0;
	return wrong(pos, why, worst, most, too_many_spaces);
}

/*
 * libyaml ends a name at ':' and the like, and takes '?' in a flow collection for the
 * mark of a key whatever follows; both go on in YAML 1.2 (6.9.2, 7.3.3).
 */
static int
is_doubtful(struct yaml_strict *s, const yaml_event_t *e, const yaml_char_t *anchor)
{
	size_t byte, len;
	const char *p;

	if (anchor == NULL && s->flow == 0)
		return 0;
	p = text_at(s, &s->starts, &e->start_mark, &byte);
	if (s->flow > 0 && byte > 0 && p[-1] == '?')
		return 1;
	if (anchor == NULL)
		return 0;
	p += *p == '!' ? strcspn(p, "&\r\n") : 0;
	len = strlen((const char *)anchor);
	return (*p == '&' || *p == '*') && strncmp(p + 1, (const char *)anchor, len) == 0 &&
	    p[1 + len] != '\0' && strchr(" \t\r\n,[]{}", p[1 + len]) == NULL;
}

/* The column of the innermost block collection; -1: there is none. */
static int
indent_of(const struct yaml_strict *s)
{
	return s->depth > 0 ? s->levels[s->depth - 1].indent : -1;
}

/* A block collection that has properties begins where its first entry does. */
static void
settle_indent(struct yaml_strict *s, const yaml_event_t *e)
{
	const char *p;
	size_t len;

	if (s->depth == 0 || !s->levels[s->depth - 1].wants_indent)
		return;
	p = rp_doc_line(s->doc, (uint32_t)e->start_mark.line + s->line, &len);
	s->levels[s->depth - 1].indent = p != NULL ? (int)spaces(p, len) : 0;
	s->levels[s->depth - 1].wants_indent = 0;
}

static void
open_collection(struct yaml_strict *s, const yaml_event_t *e, int is_flow, int has_properties)
{
	if (is_flow && s->flow++ == 0)
		s->flow_line = (uint32_t)e->start_mark.line + s->line;
	if (s->depth == LEN(s->levels))
		return;		/* deeper than is read */
	s->levels[s->depth].indent = is_flow ? indent_of(s) : (int)e->start_mark.column;
	s->levels[s->depth].wants_indent = !is_flow && has_properties;
	s->levels[s->depth++].is_flow = is_flow;
}

static int
close_collection(struct yaml_strict *s, const yaml_event_t *e, struct rp_pos *pos, const char **why)
{
	int is_flow;

	if (s->depth == 0)
		return 0;
	is_flow = s->levels[--s->depth].is_flow;
	if (!is_flow)
		return 0;
	if (--s->flow == 0 && check_lines(s, s->flow_line, (uint32_t)e->end_mark.line + s->line,
	    indent_of(s), "]}", pos, why) == -1)
		return -1;
	return check_after(s, e, pos, why);
}

static int
check_scalar(struct yaml_strict *s, const yaml_event_t *e, struct rp_pos *pos, const char **why)
{
	uint32_t line = (uint32_t)e->start_mark.line + s->line, last = (uint32_t)e->end_mark.line + s->line;
	yaml_scalar_style_t style = e->data.scalar.style;

	s->doubt |= is_doubtful(s, e, e->data.scalar.anchor);
	switch (style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		if (s->flow == 0 && check_lines(s, line, last, indent_of(s),
		    style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? "'" : "\"", pos, why) == -1)
			return -1;
		return check_after(s, e, pos, why);
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		return check_block(s, e, indent_of(s), pos, why);
	default:
		return 0;
	}
}

int
yaml_strict(struct yaml_strict *s, const yaml_event_t *e, struct rp_pos *pos, const char **why)
{
	switch (e->type) {
	case YAML_MAPPING_START_EVENT:
		settle_indent(s, e);
		s->doubt |= is_doubtful(s, e, e->data.mapping_start.anchor);
		open_collection(s, e, e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
		    e->data.mapping_start.anchor != NULL || e->data.mapping_start.tag != NULL);
		return 0;
	case YAML_SEQUENCE_START_EVENT:
		settle_indent(s, e);
		s->doubt |= is_doubtful(s, e, e->data.sequence_start.anchor);
		open_collection(s, e, e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
		    e->data.sequence_start.anchor != NULL || e->data.sequence_start.tag != NULL);
		return 0;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return close_collection(s, e, pos, why);
	case YAML_ALIAS_EVENT:
		settle_indent(s, e);
		s->doubt |= is_doubtful(s, e, e->data.alias.anchor);
		return 0;
	case YAML_SCALAR_EVENT:
		settle_indent(s, e);
		return check_scalar(s, e, pos, why);
	default:
		return 0;
	}
}
