/* yaml_token.c - what collections in blocks and between brackets are made of. */
#include <string.h>

#include "yaml.h"

/* ---- Positions and errors ---- */

void
yaml_to_here(const struct yaml *y, struct rp_pos *pos)
{
	pos->end_line = y->line;
	pos->end_col = y->p > y->line_start ? (uint32_t)(y->p - y->line_start) : 1;
}

struct rp_pos
yaml_here(const struct yaml *y)
{
	struct rp_pos pos = { .line = y->line, .col = (uint32_t)(y->p - y->line_start) + 1 };

	yaml_to_here(y, &pos);
	return pos;
}

int
yaml_column(const struct yaml *y)
{
	return (int)(y->p - y->line_start);
}

/* Only spaces indent (6.1). */
int
yaml_indent(const struct yaml *y)
{
	return (int)strspn(y->line_start, " ");
}

int
yaml_fail(struct yaml *y, struct rp_pos pos, const char *why)
{
	diag_doc(y->doc, RP_D_YAML_SYNTAX, pos, why, NULL);
	return -1;
}

int
yaml_fail_here(struct yaml *y, const char *why)
{
	return yaml_fail(y, yaml_here(y), why);
}

int
yaml_refuse_key(struct yaml *y, struct rp_pos pos, char bracket)
{
	diag_doc(y->doc, RP_D_YAML_KEY, pos, bracket == '[' ? "a list" : "a map", NULL);
	return -1;
}

/* ---- Lines and white space ---- */

void
yaml_next_line(struct yaml *y)
{
	y->line_start = ++y->p;
	y->line++;
	y->tab = NULL;
}

void
yaml_skip_blanks(struct yaml *y)
{
	y->p += strspn(y->p, " \t");
}

/* A comment begins a line or follows white space (6.6). */
static int
at_comment(const struct yaml *y)
{
	return *y->p == '#' && (y->p == y->line_start || yaml_is_blank(y->p[-1]));
}

void
yaml_skip(struct yaml *y)
{
	for (y->tab = NULL;; yaml_next_line(y)) {
		for (; yaml_is_blank(*y->p); y->p++)
			if (*y->p == '\t' && y->tab == NULL)
				y->tab = y->p;
		if (at_comment(y))
			y->p += strcspn(y->p, "\n");
		if (*y->p != '\n')
			return;
	}
}

int
yaml_at_line_end(struct yaml *y)
{
	yaml_skip_blanks(y);
	return *y->p == '\n' || *y->p == '\0' || at_comment(y);
}

/* Is a line --- or ... here, with or without something after it (9.1.2)? */
int
yaml_at_marker(const struct yaml *y)
{
	return y->p == y->line_start && (strncmp(y->p, "---", 3) == 0 || strncmp(y->p, "...", 3) == 0) &&
	    yaml_is_space(y->p[3]);
}

int
yaml_is_mark(const char *p, char mark)
{
	return *p == mark && yaml_is_space(p[1]);
}

/* ---- Properties (6.9) and aliases (7.1) ---- */

static const char *
name(struct yaml *y)
{
	const char *from = ++y->p;

	while (!yaml_is_space(*y->p) && !yaml_is_flow_mark(*y->p))
		y->p++;
	if (y->p > from)
		return arena_dup(&y->doc->arena, from, (size_t)(y->p - from));
	yaml_fail_here(y, "a name must follow & or *; put text that begins so in quotes");
	return NULL;
}

/* A tag, in full: of handles, only ! and !! are ever declared here. */
static const char *
tag(struct yaml *y)
{
	struct rp_pos at = yaml_here(y);
	const char *from = y->p, *mark, *s;

	if (from[1] == '<') {
		y->p += strcspn(y->p, "> \t\n");
		if (*y->p++ == '>')
			return arena_dup(&y->doc->arena, from + 2, (size_t)(y->p - from) - 3);
		yaml_fail(y, at, "this tag wants a > at its end");
		return NULL;
	}
	while (!yaml_is_space(*y->p) && !yaml_is_flow_mark(*y->p))
		y->p++;
	s = arena_dup(&y->doc->arena, from, (size_t)(y->p - from));
	mark = strchr(s + 1, '!');
	if (mark == NULL)
		return s;
	if (mark == s + 1 && mark[1] != '\0' && strchr(mark + 1, '!') == NULL)
		return str_format(&y->doc->arena, "tag:yaml.org,2002:%s", mark + 1);
	yaml_fail(y, at, str_format(&y->doc->arena, "nothing declares the tag %s", s));
	return NULL;
}

int
yaml_properties(struct yaml *y, struct yaml_props *props)
{
	for (; *y->p == '&' || *y->p == '!'; yaml_skip_blanks(y)) {
		struct rp_pos at = yaml_here(y);
		const char **what = *y->p == '&' ? &props->anchor : &props->tag;

		if (*what != NULL)
			return yaml_fail_here(y, "a value has one anchor and one tag only");
		*what = *y->p == '&' ? name(y) : tag(y);
		if (*what == NULL)
			return -1;
		if (props->pos.line == 0)
			props->pos = at;
		yaml_to_here(y, &props->pos);
		if (!yaml_is_space(*y->p) && !(y->flow && yaml_is_flow_mark(*y->p)))
			return yaml_fail_here(y, "an anchor or a tag needs a space after it");
	}
	return 0;
}

/* ---- What may be a key ---- */

int
yaml_is_colon(const struct yaml *y, const struct yaml_event *key)
{
	if (*y->p != ':' || !y->flow)
		return yaml_is_mark(y->p, ':');
	return yaml_is_space(y->p[1]) || yaml_is_flow_mark(y->p[1]) ||
	    (key->type == YAML_SCALAR && key->style != YAML_PLAIN);	/* 7.4.2: as in JSON */
}

int
yaml_scalar(struct yaml *y, int indent, int one_line, const struct yaml_props *props,
    struct yaml_event *e)
{
	*e = (struct yaml_event){ .type = YAML_SCALAR, .text = "", .pos = yaml_here(y) };
	if (*y->p == '*') {
		if (props->pos.line > 0)
			return yaml_fail_here(y, "an alias has no anchor and no tag of its own");
		e->type = YAML_ALIAS;
		e->anchor = name(y);
		yaml_to_here(y, &e->pos);
		return e->anchor != NULL ? 0 : -1;
	}
	if (*y->p == '"' || *y->p == '\'')
		return yaml_quoted(y, indent, e);
	if (yaml_begins_plain(y))
		return yaml_plain(y, indent, one_line, e);
	if (yaml_is_colon(y, e))
		return 0;
	return yaml_fail_here(y, str_format(&y->doc->arena,
	    "text cannot begin with %c here; put it in quotes", *y->p));
}

/* ---- Events ---- */

int
yaml_emit(struct yaml *y, struct yaml_event *e, const struct yaml_props *props)
{
	if (props != NULL && props->pos.line > 0) {
		e->anchor = props->anchor;
		e->tag = props->tag;
		e->pos.line = props->pos.line;
		e->pos.col = props->pos.col;
	}
	y->last = e->pos;
	return y->take(y->arg, e);
}

/* A collection ends with what stands last in it, be it a bracket. */
int
yaml_emit_end(struct yaml *y)
{
	struct yaml_event e = { .type = YAML_END, .pos = y->last };

	return y->take(y->arg, &e);
}

/* A scalar that has no text at all (7.2). */
int
yaml_emit_empty(struct yaml *y, struct rp_pos at, const struct yaml_props *props)
{
	struct yaml_event e = { .type = YAML_SCALAR, .style = YAML_PLAIN, .text = "", .pos = at };

	if (props != NULL && props->pos.line > 0)
		e.pos = props->pos;
	return yaml_emit(y, &e, props);
}
