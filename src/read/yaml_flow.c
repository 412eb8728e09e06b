/*
 * yaml_flow.c - collections between brackets (7.4).
 *
 * One pass: whether a scalar is a key shows by the colon after it.  Whoever gets the
 * events bounds the depth, and with it the recursion.
 */
#include "yaml.h"

struct flow {
	struct rp_pos	 open;		/* of its bracket */
	char		 close;
	int		 indent;
};

static int
fail_indent(struct yaml *y)
{
	return yaml_fail_here(y, "lines between brackets must be indented more than the key; "
	    "or a bracket is not closed");
}

static int
flow_skip(struct yaml *y, const struct flow *f)
{
	uint32_t line = y->line;

	yaml_skip(y);
	if (*y->p == '\0' || yaml_at_marker(y))
		return yaml_fail(y, f->open, f->close == ']' ? "this [ is never closed" :
		    "this { is never closed");
	if (*y->p == '#')
		return yaml_fail_here(y, "a comment needs a space before it");
	/* A closing bracket may stand below its key: many write it so. */
	if (y->line != line && yaml_indent(y) <= f->indent && *y->p != ']' && *y->p != '}')
		return fail_indent(y);
	return 0;
}

/* Properties may stand on lines of their own. */
static int
flow_properties(struct yaml *y, const struct flow *f, struct yaml_props *props)
{
	while (*y->p == '&' || *y->p == '!')
		if (yaml_properties(y, props) == -1 || flow_skip(y, f) == -1)
			return -1;
	return 0;
}

static int
flow_scalar(struct yaml *y, const struct flow *f, const struct yaml_props *props,
    struct yaml_event *e)
{
	if (yaml_scalar(y, f->indent, 0, props, e) == -1)
		return -1;
	return y->line != e->pos.line && yaml_indent(y) <= f->indent ? fail_indent(y) : 0;
}

static int
is_bracket(char c)
{
	return c == '[' || c == '{';
}

static int
ends_entry(char c)
{
	return c == ',' || c == ']' || c == '}';
}

/* After a colon. */
static int
flow_value(struct yaml *y, const struct flow *f)
{
	struct rp_pos at = yaml_here(y);
	struct yaml_props own = { 0 };
	struct yaml_event e;

	if (flow_skip(y, f) == -1 || flow_properties(y, f, &own) == -1)
		return -1;
	if (ends_entry(*y->p))
		return yaml_emit_empty(y, at, &own);
	if (is_bracket(*y->p))
		return yaml_flow(y, f->indent, &own);
	return flow_scalar(y, f, &own, &e) == -1 ? -1 : yaml_emit(y, &e, &own);
}

/* A key, and its value if there is one. */
static int
flow_pair(struct yaml *y, const struct flow *f)
{
	struct yaml_event key = { .type = YAML_SCALAR, .text = "", .pos = yaml_here(y) };
	struct yaml_props own = { 0 };

	if (flow_properties(y, f, &own) == -1)
		return -1;
	if (is_bracket(*y->p))
		return yaml_refuse_key(y, yaml_here(y), *y->p);
	if (!ends_entry(*y->p) && flow_scalar(y, f, &own, &key) == -1)
		return -1;
	if (yaml_emit(y, &key, &own) == -1 || flow_skip(y, f) == -1)
		return -1;
	if (!yaml_is_colon(y, &key))
		return yaml_emit_empty(y, yaml_here(y), NULL);
	y->p++;
	return flow_value(y, f);
}

/* A pair in a list is a map of its own (7.4.1). */
static int
flow_explicit_item(struct yaml *y, const struct flow *f)
{
	struct yaml_event map = { .type = YAML_MAP, .pos = yaml_here(y) };

	y->p++;
	if (yaml_emit(y, &map, NULL) == -1 || flow_skip(y, f) == -1 || flow_pair(y, f) == -1)
		return -1;
	return yaml_emit_end(y);
}

/* Without a question mark, its key stands on one line. */
static int
flow_item_pair(struct yaml *y, const struct flow *f, struct yaml_event *key,
    const struct yaml_props *own)
{
	struct yaml_event map = { .type = YAML_MAP, .pos = own->pos.line > 0 ? own->pos : key->pos };

	if (y->line != key->pos.line)
		return yaml_fail_here(y, "a key in [ ] must stand on one line; or a ] is missing");
	if (yaml_emit(y, &map, NULL) == -1 || yaml_emit(y, key, own) == -1)
		return -1;
	y->p++;
	return flow_value(y, f) == -1 ? -1 : yaml_emit_end(y);
}

static int
flow_item(struct yaml *y, const struct flow *f)
{
	struct rp_pos at = yaml_here(y);
	struct yaml_props own = { 0 };
	struct yaml_event e;
	char c;

	if (flow_properties(y, f, &own) == -1)
		return -1;
	c = *y->p;
	if (is_bracket(c)) {
		if (yaml_flow(y, f->indent, &own) == -1)
			return -1;
		yaml_skip_blanks(y);
		return *y->p == ':' ? yaml_refuse_key(y, at, c) : 0;
	}
	if (ends_entry(c))
		return yaml_emit_empty(y, at, &own);
	if (flow_scalar(y, f, &own, &e) == -1)
		return -1;
	yaml_skip_blanks(y);
	return yaml_is_colon(y, &e) ? flow_item_pair(y, f, &e, &own) : yaml_emit(y, &e, &own);
}

static int
flow_entry(struct yaml *y, const struct flow *f)
{
	int is_list = f->close == ']';

	if (*y->p == ',')
		return yaml_fail_here(y, "nothing stands before this comma");
	if (!yaml_is_mark(y->p, '?'))
		return is_list ? flow_item(y, f) : flow_pair(y, f);
	if (is_list)
		return flow_explicit_item(y, f);
	y->p++;
	return flow_skip(y, f) == -1 ? -1 : flow_pair(y, f);
}

int
yaml_flow(struct yaml *y, int indent, const struct yaml_props *props)
{
	struct flow f = { .open = yaml_here(y), .close = *y->p == '[' ? ']' : '}', .indent = indent };
	struct yaml_event e = { .type = f.close == ']' ? YAML_LIST : YAML_MAP, .pos = f.open };

	if (yaml_emit(y, &e, props) == -1)
		return -1;
	y->flow++;
	y->p++;
	if (flow_skip(y, &f) == -1)
		return -1;
	while (*y->p != f.close) {
		if (flow_entry(y, &f) == -1 || flow_skip(y, &f) == -1)
			return -1;
		if (*y->p == ',') {
			y->p++;
			if (flow_skip(y, &f) == -1)
				return -1;
		} else if (*y->p != f.close) {
			return yaml_fail_here(y, ends_entry(*y->p) ? "another bracket is to be closed here" :
			    "a comma is missing before this");
		}
	}
	y->flow--;
	y->p++;
	yaml_to_here(y, &y->last);
	return yaml_emit_end(y);
}
