/*
 * yaml_scalar.c - scalars in all five styles, from their spelling to their text.
 */
#include <stdlib.h>
#include <string.h>

#include "yaml.h"

static int
finish(struct yaml *y, struct yaml_event *e)
{
	str_add(&y->text, "", 0);
	e->text = arena_dup(&y->doc->arena, y->text.p, y->text.len);
	e->len = y->text.len;
	return 0;
}

/* Takes line breaks and the white space around them; how many there were. */
static size_t
take_breaks(struct yaml *y)
{
	size_t n = 0;

	while (*y->p == '\n') {
		yaml_next_line(y);
		yaml_skip_blanks(y);
		n++;
	}
	return n;
}

static void
add_breaks(struct yaml *y, size_t n)
{
	for (; n > 0; n--)
		str_add(&y->text, "\n", 1);
}

/* One line break is a space; of more, the first counts for nothing (6.5). */
static void
add_folded(struct yaml *y, size_t breaks)
{
	if (breaks == 1)
		str_add(&y->text, " ", 1);
	else if (breaks > 1)
		add_breaks(y, breaks - 1);
}

/* ---- Plain (7.3.3) ---- */

int
yaml_begins_plain(const struct yaml *y)
{
	char c = *y->p, next = y->p[1];

	if (c == '-' || c == '?' || c == ':')
		return !yaml_is_space(next) && !(y->flow && yaml_is_flow_mark(next));
	return strchr(",[]{}#&*!|>'\"%@`", c) == NULL;
}

static int
ends_plain(const struct yaml *y, const char *p)
{
	if (*p == ':')
		return yaml_is_space(p[1]) || (y->flow && yaml_is_flow_mark(p[1]));
	if (*p == '#')
		return yaml_is_space(p[-1]);
	return *p == '\n' || (y->flow && yaml_is_flow_mark(*p));
}

static void
plain_line(struct yaml *y)
{
	const char *p, *end = y->p;

	for (p = y->p; !ends_plain(y, p); p++)
		if (!yaml_is_blank(*p))
			end = p + 1;
	str_add(&y->text, y->p, (size_t)(end - y->p));
	y->p = end;
}

/*
 * Goes to the next line if the scalar does.  Between brackets its indentation is left to
 * whoever reads them: if one is missing, the next key's colon tells more.
 */
static int
plain_goes_on(struct yaml *y, int indent)
{
	struct yaml before = *y;
	size_t breaks;

	yaml_skip_blanks(y);
	breaks = take_breaks(y);
	if (breaks == 0 || *y->p == '\0' || ends_plain(y, y->p) || yaml_at_marker(y) ||
	    (!y->flow && yaml_indent(y) <= indent)) {
		*y = before;
		return 0;
	}
	add_folded(y, breaks);
	return 1;
}

int
yaml_plain(struct yaml *y, int indent, int one_line, struct yaml_event *e)
{
	e->style = YAML_PLAIN;
	y->text.len = 0;
	do
		plain_line(y);
	while (!one_line && plain_goes_on(y, indent));
	yaml_to_here(y, &e->pos);
	return finish(y, e);
}

/* ---- In quotes (7.3.1, 7.3.2) ---- */

static int
escaped_code(struct yaml *y, int digits)
{
	struct rp_pos at = yaml_here(y);
	char hex[9] = "", utf8[4];
	unsigned long cp;

	memcpy(hex, y->p + 2, strnlen(y->p + 2, (size_t)digits));
	if (strspn(hex, "0123456789abcdefABCDEF") != (size_t)digits)
		return yaml_fail(y, at, str_format(&y->doc->arena, "\\%c wants %d hexadecimal digits",
		    y->p[1], digits));
	cp = strtoul(hex, NULL, 16);
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return yaml_fail(y, at, str_format(&y->doc->arena, "\\%c%s is no character", y->p[1], hex));
	str_add(&y->text, utf8, rp_utf8_put(utf8, (uint32_t)cp));
	y->p += 2 + digits;
	return 0;
}

/* A backslash and what follows (5.7). */
static int
escape(struct yaml *y)
{
	static const struct { char c; const char *text; } known[] = {
		{ 'a', "\a" }, { 'b', "\b" }, { 't', "\t" }, { '\t', "\t" }, { 'n', "\n" }, { 'v', "\v" },
		{ 'f', "\f" }, { 'r', "\r" }, { 'e', "\x1B" }, { ' ', " " }, { '"', "\"" }, { '/', "/" },
		{ '\\', "\\" }, { 'N', "\xC2\x85" }, { '_', "\xC2\xA0" }, { 'L', "\xE2\x80\xA8" },
		{ 'P', "\xE2\x80\xA9" },	{ '0', "" },
	};
	char c = y->p[1];
	size_t i;

	if (c == 'x' || c == 'u' || c == 'U')
		return escaped_code(y, c == 'x' ? 2 : c == 'u' ? 4 : 8);
	for (i = 0; known[i].c != c; )
		if (++i == LEN(known))
			return yaml_fail(y, yaml_here(y), "unknown escape; write \\\\ for a backslash, "
			    "or use single quotes");
	str_add(&y->text, known[i].text, c == '0' ? 1 : strlen(known[i].text));
	y->p += 2;
	return 0;
}

/* Line breaks in quotes, which a backslash may stand before. */
static int
quoted_breaks(struct yaml *y, int indent, int escaped, struct rp_pos open)
{
	size_t breaks = take_breaks(y);

	if (!escaped)
		add_folded(y, breaks);
	else
		add_breaks(y, breaks - 1);
	if (*y->p == '\0' || yaml_at_marker(y))
		return yaml_fail(y, open, "this quote is never closed");
	if (yaml_indent(y) <= indent)
		return yaml_fail(y, open, "this quote is not closed on its line, "
		    "and the next line is not indented");
	return 0;
}

int
yaml_quoted(struct yaml *y, int indent, struct yaml_event *e)
{
	const char quote = *y->p, *stops = quote == '"' ? "\" \t\n\\" : "' \t\n";
	size_t solid = 0, n;		/* length without white space at the end */
	int rc = 0;

	e->style = quote == '"' ? YAML_DOUBLE : YAML_SINGLE;
	y->text.len = 0;
	for (y->p++; rc == 0; solid = y->text.len) {
		n = strcspn(y->p, stops);
		str_add(&y->text, y->p, n);
		y->p += n;
		if (n > 0)
			solid = y->text.len;
		n = strspn(y->p, " \t");
		str_add(&y->text, y->p, n);
		y->p += n;
		if (*y->p == '\n') {
			y->text.len = solid;
			rc = quoted_breaks(y, indent, 0, e->pos);
		} else if (*y->p == '\\' && quote == '"' && y->p[1] == '\n') {
			y->p++;
			rc = quoted_breaks(y, indent, 1, e->pos);
		} else if (*y->p == '\\' && quote == '"') {
			rc = escape(y);
		} else if (*y->p == quote && quote == '\'' && y->p[1] == quote) {
			str_add(&y->text, y->p, 1);
			y->p += 2;
		} else if (*y->p == quote) {
			break;
		}
	}
	if (rc == -1)
		return -1;
	y->p++;
	yaml_to_here(y, &e->pos);
	return finish(y, e);
}

/* ---- In blocks (8.1) ---- */

/*
 * A block's lines are indented as its first that is not blank, or else as its widest; blank
 * lines before may not be wider (8.1.1.1).  -1 after a diagnostic.
 */
static int
block_indent(struct yaml *y, int indent)
{
	struct yaml at = *y, widest = *y;
	int width = 0, n;

	for (;; yaml_next_line(&at)) {
		n = yaml_indent(&at);
		at.p += n;
		if (*at.p != '\n')
			break;
		if (n > width) {
			width = n;
			widest = at;
		}
	}
	if (*at.p == '\t' && n <= indent)
		return yaml_fail(y, yaml_here(&at), "a tab cannot indent a line; use spaces");
	if (*at.p == '\0' || n <= indent)
		return width > indent ? width : indent + 1;
	if (width > n)
		return yaml_fail(y, yaml_here(&widest), "this line has more spaces than the first line "
		    "of the text below it");
	return n;
}

/* The lines, and the line breaks at their end, which are not yet added. */
static size_t
block_lines(struct yaml *y, int indent, struct yaml_event *e)
{
	int wide, was_wide = 1, n;	/* wide: more indented, not folded (8.1.3) */
	size_t breaks = 0;

	for (; *y->p != '\0'; yaml_next_line(y)) {
		n = yaml_indent(y);
		y->p += n < indent ? n : indent;
		if (*y->p == '\n') {
			breaks++;
			continue;
		}
		if (n < indent || yaml_at_marker(y))
			break;
		wide = yaml_is_blank(*y->p);
		if (e->style == YAML_FOLDED && !wide && !was_wide)
			add_folded(y, breaks);
		else
			add_breaks(y, breaks);
		was_wide = wide;
		breaks = 1;
		n = (int)strcspn(y->p, "\n");
		str_add(&y->text, y->p, (size_t)n);
		y->p += n;
		yaml_to_here(y, &e->pos);
	}
	return breaks;
}

int
yaml_block(struct yaml *y, int indent, struct yaml_event *e)
{
	int given = 0, any;
	char chomp = '\0';
	size_t breaks;

	e->style = *y->p == '|' ? YAML_LITERAL : YAML_FOLDED;
	y->text.len = 0;
	for (y->p++;; y->p++)
		if ((*y->p == '+' || *y->p == '-') && chomp == '\0')
			chomp = *y->p;
		else if (*y->p >= '1' && *y->p <= '9' && given == 0)
			given = *y->p - '0';
		else
			break;
	yaml_to_here(y, &e->pos);
	if (!yaml_at_line_end(y))
		return yaml_fail(y, yaml_here(y), "the text of | or > begins on the next line; "
		    "only a comment can follow here");
	y->p += strcspn(y->p, "\n");
	yaml_next_line(y);
	if (given > 0)
		indent = (indent > 0 ? indent : 0) + given;
	else if ((indent = block_indent(y, indent)) == -1)
		return -1;
	breaks = block_lines(y, indent, e);
	any = y->text.len > 0;
	if (chomp == '+')
		add_breaks(y, breaks);
	else if (chomp == '\0' && any && breaks > 0)
		add_breaks(y, 1);
	return finish(y, e);
}
