/*
 * yaml_block.c - documents (9), and collections by indentation (8.2).
 *
 * One pass: whether a scalar is a key shows by the colon after it.  Whoever gets the
 * events bounds the depth, and with it the recursion.
 */
#include <string.h>

#include "yaml.h"

/* Where a block node may begin. */
enum {
	COMPACT	= 1,	/* a block collection, on the line of the indicator before */
	FLUSH	= 2	/* a list, at indent itself: as a key's value */
};

static int block_node(struct yaml *, int indent, int how);

static int
at_end(const struct yaml *y)
{
	return *y->p == '\0' || yaml_at_marker(y);
}

/* After a value in a block. */
static int
end_line(struct yaml *y)
{
	if (yaml_at_line_end(y))
		return 0;
	return yaml_fail_here(y, *y->p == '#' ? "a comment needs a space before it" :
	    "this value ends here; only a comment can follow on its line");
}

/* A tab (NULL: none) before an entry of a collection. */
static int
refuse_tab(struct yaml *y, const char *tab)
{
	struct rp_pos at = { .line = y->line };

	if (tab == NULL)
		return 0;
	at.col = (uint32_t)(tab - y->line_start) + 1;
	return yaml_fail(y, at, "a tab cannot indent a line; use spaces");
}

/* Those of several lines are of one value. */
static int
join(struct yaml *y, struct yaml_props *to, const struct yaml_props *more)
{
	if (more->pos.line == 0)
		return 0;
	if ((to->anchor != NULL && more->anchor != NULL) || (to->tag != NULL && more->tag != NULL))
		return yaml_fail(y, more->pos, "a value has one anchor and one tag only");
	to->anchor = more->anchor != NULL ? more->anchor : to->anchor;
	to->tag = more->tag != NULL ? more->tag : to->tag;
	to->pos = to->pos.line == 0 ? more->pos : to->pos;
	return 0;
}

/* To the next entry of the collection at this column.  0: there is none; or -1. */
static int
next_entry(struct yaml *y, int col)
{
	yaml_skip(y);
	if (at_end(y))
		return 0;
	if (refuse_tab(y, y->tab) == -1)
		return -1;
	if (yaml_column(y) > col)
		return yaml_fail_here(y, "the indentation of this line fits nothing above it");
	return yaml_column(y) == col;
}

static int
block_list(struct yaml *y, const struct yaml_props *props)
{
	struct yaml_event e = { .type = YAML_LIST, .pos = yaml_here(y) };
	int col = yaml_column(y), more;

	if (yaml_emit(y, &e, props) == -1)
		return -1;
	do {
		y->p++;
		if (block_node(y, col, COMPACT) == -1 || (more = next_entry(y, col)) == -1)
			return -1;
	} while (more && yaml_is_mark(y->p, '-'));
	return yaml_emit_end(y);
}

/* A key up to its colon; it stands on one line (8.2.2). */
static int
block_key(struct yaml *y, int col, struct yaml_event *key, struct yaml_props *own)
{
	struct rp_pos at = yaml_here(y);

	if (yaml_is_mark(y->p, '-'))
		return yaml_fail_here(y, "this list item stands where a key should; indent the list");
	if (yaml_properties(y, own) == -1)
		return -1;
	if (*y->p == '[' || *y->p == '{')
		return yaml_refuse_key(y, at, *y->p);
	if (yaml_at_line_end(y) || *y->p == '|' || *y->p == '>')
		return yaml_fail(y, at, "a key should stand here: text, a colon and a space");
	if (yaml_scalar(y, col, 1, own, key) == -1)
		return -1;
	yaml_skip_blanks(y);
	if (yaml_is_mark(y->p, ':') && y->line == at.line)
		return 0;
	return yaml_fail(y, at, y->line != at.line ? "a key must stand on one line" :
	    "a key should stand here: text, a colon and a space");
}

/* "? key", and ": value" on a line of its own. */
static int
block_explicit(struct yaml *y, int col)
{
	struct rp_pos at;
	int more;

	y->p++;
	if (block_node(y, col, COMPACT | FLUSH) == -1)
		return -1;
	at = yaml_here(y);
	if ((more = next_entry(y, col)) == -1)
		return -1;
	if (!more || !yaml_is_mark(y->p, ':'))
		return yaml_emit_empty(y, at, NULL);
	y->p++;
	return block_node(y, col, COMPACT | FLUSH);
}

static int
block_value(struct yaml *y, int col, struct yaml_event *key, const struct yaml_props *own)
{
	if (yaml_emit(y, key, own) == -1)
		return -1;
	y->p++;
	return block_node(y, col, FLUSH);
}

static int
block_pair(struct yaml *y, int col)
{
	struct yaml_props own = { 0 };
	struct yaml_event key;

	if (yaml_is_mark(y->p, '?'))
		return block_explicit(y, col);
	return block_key(y, col, &key, &own) == -1 ? -1 : block_value(y, col, &key, &own);
}

/* col: of its keys.  The first one has been read if key is not NULL. */
static int
block_map(struct yaml *y, int col, const struct yaml_props *props, struct yaml_event *key,
    const struct yaml_props *own)
{
	struct yaml_event e = { .type = YAML_MAP, .pos = yaml_here(y) };
	int rc, more = 0;

	if (key != NULL)
		e.pos = own->pos.line > 0 ? own->pos : key->pos;
	if (yaml_emit(y, &e, props) == -1)
		return -1;
	rc = key != NULL ? block_value(y, col, key, own) : block_pair(y, col);
	while (rc == 0 && (more = next_entry(y, col)) == 1)
		rc = block_pair(y, col);
	return rc == -1 || more == -1 ? -1 : yaml_emit_end(y);
}

/* A node whose properties have been read. */
struct node {
	int			 indent;
	int			 opens;		/* a block collection may begin here, */
	const char		*tab;		/* but not after this one */
	int			 col;		/* of the first thing on the line */
	struct yaml_props	 props;		/* of lines before */
	struct yaml_props	 own;		/* of this line: a key's if it is one */
};

static int
block_flow(struct yaml *y, struct node *n)
{
	struct rp_pos at = yaml_here(y);
	char c = *y->p;

	if (join(y, &n->props, &n->own) == -1 || yaml_flow(y, n->indent, &n->props) == -1)
		return -1;
	yaml_skip_blanks(y);
	return yaml_is_mark(y->p, ':') ? yaml_refuse_key(y, at, c) : end_line(y);
}

static int
block_text(struct yaml *y, struct node *n)
{
	struct yaml_event e = { .type = YAML_SCALAR, .pos = yaml_here(y) };

	if (join(y, &n->props, &n->own) == -1 || yaml_block(y, n->indent, &e) == -1)
		return -1;
	return yaml_emit(y, &e, &n->props);
}

/* The colon after what was read as a scalar: it is the first key of a map. */
static int
block_first_key(struct yaml *y, struct node *n, struct yaml_event *key)
{
	if (y->line != key->pos.line)
		return yaml_fail_here(y, str_format(&y->doc->arena, "a key cannot have several lines, "
		    "and the text before this colon begins on line %u", (unsigned)key->pos.line));
	if (!n->opens)
		return yaml_fail_here(y, "mapping values are not allowed in this context");
	if (refuse_tab(y, n->tab) == -1)
		return -1;
	return block_map(y, n->col, &n->props, key, &n->own);
}

static int
block_scalar(struct yaml *y, struct node *n)
{
	struct yaml_event e;

	if (yaml_scalar(y, n->indent, 0, &n->own, &e) == -1)
		return -1;
	yaml_skip_blanks(y);
	if (yaml_is_mark(y->p, ':'))
		return block_first_key(y, n, &e);
	if (e.type == YAML_ALIAS && n->props.pos.line > 0)
		return yaml_fail(y, e.pos, "an alias has no anchor and no tag of its own");
	if (e.type == YAML_ALIAS && !yaml_at_line_end(y))
		return yaml_fail(y, e.pos, "text cannot begin with * here; put it in quotes");
	if (end_line(y) == -1 || join(y, &n->props, &n->own) == -1)
		return -1;
	return yaml_emit(y, &e, &n->props);
}

static int
block_content(struct yaml *y, struct node *n)
{
	if (*y->p == '[' || *y->p == '{')
		return block_flow(y, n);
	if (*y->p == '|' || *y->p == '>')
		return block_text(y, n);
	if (!yaml_is_mark(y->p, '-') && !yaml_is_mark(y->p, '?'))
		return block_scalar(y, n);
	if (!n->opens || n->own.pos.line > 0)
		return yaml_fail_here(y, "this must begin on a line of its own, below its key, "
		    "anchor or tag");
	if (refuse_tab(y, n->tab) == -1)
		return -1;
	return *y->p == '-' ? block_list(y, &n->props) : block_map(y, n->col, &n->props, NULL, NULL);
}

/* Is what yaml_skip() came to part of the node that began on this line? */
static int
belongs(const struct yaml *y, uint32_t line, int indent, int how)
{
	if (at_end(y))
		return 0;
	if (y->line == line || yaml_indent(y) > indent)
		return 1;
	return (how & FLUSH) && yaml_column(y) == indent && yaml_is_mark(y->p, '-');
}

static int
block_node(struct yaml *y, int indent, int how)
{
	struct rp_pos start = yaml_here(y);
	struct node n = { .indent = indent };

	for (;;) {
		yaml_skip(y);
		if (!belongs(y, start.line, indent, how))
			return yaml_emit_empty(y, start, &n.props);
		n.opens = (how & COMPACT) || y->line != start.line;
		n.tab = y->tab;
		n.col = yaml_column(y);
		n.own = (struct yaml_props){ 0 };
		if (yaml_properties(y, &n.own) == -1)
			return -1;
		if (n.own.pos.line == 0 || !yaml_at_line_end(y))
			return block_content(y, &n);
		if (join(y, &n.props, &n.own) == -1)
			return -1;
	}
}

/* ---- Documents ---- */

/* %YAML, which says nothing new; 0 if there is none (6.8). */
static int
directive(struct yaml *y)
{
	if (*y->p != '%' || y->p != y->line_start)
		return 0;
	if (strncmp(y->p, "%YAML", 5) == 0 && yaml_is_blank(y->p[5])) {
		y->p += 5;
		yaml_skip_blanks(y);
		y->p += strspn(y->p, "0123456789.");
		if (yaml_at_line_end(y))
			return 1;
	}
	return yaml_fail_here(y, "of lines that begin with %, only %YAML 1.2 is known");
}

/* One document, with or without its markers.  Nothing at all gives no event. */
static int
document(struct yaml *y)
{
	int how = COMPACT, has_directive;

	yaml_skip(y);
	if ((has_directive = directive(y)) == -1)
		return -1;
	yaml_skip(y);
	if (*y->p == '-' && yaml_at_marker(y)) {
		y->p += 3;
		how = 0;
	} else if (has_directive) {
		return yaml_fail_here(y, "a line --- must follow %YAML");
	} else if (*y->p == '\0') {
		return 0;
	} else {
		y->p = y->line_start;	/* for block_node() to see what is before */
	}
	if (block_node(y, -1, how) == -1)
		return -1;
	yaml_skip(y);
	if (*y->p == '.' && yaml_at_marker(y)) {
		y->p += 3;
		if (end_line(y) == -1)
			return -1;
		yaml_skip(y);
	}
	if (*y->p == '\0')
		return 0;
	return yaml_fail_here(y, yaml_at_marker(y) ? "a second document begins here; there can be one" :
	    "this belongs to nothing above it");
}

/* The text with \n at the end of every line. */
static char *
even_lines(struct rp_doc *doc, const char *text, size_t len)
{
	char *copy = arena_alloc(&doc->arena, len + 2), *to = copy;
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] != '\r')
			*to++ = text[i];
		else if (i + 1 == len || text[i + 1] != '\n')
			*to++ = '\n';
	if (to > copy && to[-1] != '\n')
		*to = '\n';
	return copy;
}

/* Front matter has been looked through with its document; a file of YAML has not. */
static int
check_characters(struct rp_doc *doc, const char *text, size_t len, uint32_t line)
{
	struct rp_pos pos = { .line = line, .col = 1 };
	size_t at = 0, width, i;
	enum clean_result found;
	char hex[8];
	uint32_t cp;

	found = clean_next(text, len, &at, &width, &cp);
	if (found == CLEAN_END)
		return 0;
	for (i = 0; i < at; i++, pos.col++)
		if (text[i] == '\n') {
			pos.line++;
			pos.col = 0;
		}
	snprintf(hex, sizeof(hex), found == CLEAN_CONTROL ? "%04X" : "%02X", (unsigned)cp);
	if (found == CLEAN_NOT_UTF8)
		diag_doc(doc, RP_D_NOT_UTF8, pos, hex, NULL);
	else
		diag_doc(doc, RP_D_YAML_SYNTAX, pos,
		    str_format(&doc->arena, "control character U+%s cannot stand here", hex), NULL);
	return -1;
}

int
yaml_parse(struct rp_doc *doc, const char *text, size_t len, uint32_t line, yaml_taker *take,
    void *arg)
{
	struct yaml y = { .doc = doc, .take = take, .arg = arg, .line = line };
	int rc;

	if (check_characters(doc, text, len, line) == -1)
		return -1;
	y.p = even_lines(doc, text, len);
	if (strncmp(y.p, "\xEF\xBB\xBF", 3) == 0)
		y.p += 3;
	y.line_start = y.p;
	rc = document(&y);
	str_free(&y.text);
	return rc;
}
