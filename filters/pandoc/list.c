/*
 * list.c - bullets, numbers, definitions and questions.
 *
 * Whether a list is tight is told by its paragraphs (Plain or Para), and the state of a
 * task by a box before its text, as pandoc's own readers and writers have it.
 */
#include <string.h>

#include "pandoc.h"

/* What the reader takes a list's tightness to be: loose if a paragraph says so. */
static int
tight_as_read(const struct rp_node *list)
{
	const struct rp_node *item, *n;

	if (rp_get_int(list, RP_A_TIGHT, 0))
		return 1;
	for (item = rp_first(list); item != NULL; item = rp_next(item))
		for (n = rp_first(item); n != NULL; n = rp_next(n))
			if (rp_kind(n) == RP_PARAGRAPH && !pd_attr_more(n, 0))
				return 0;
	return 1;
}

/* ---- Items ---- */

static int
has_box(const struct rp_node *item)
{
	const struct rp_node *first = rp_first(item);

	return rp_has(item, RP_A_CHECKED) && first != NULL && rp_kind(first) == RP_PARAGRAPH &&
	    !pd_attr_more(first, 0);
}

static void
task_paragraph(struct pandoc *p, const struct rp_node *n, int checked)
{
	pd_el_open(p, rp_get_int(rp_parent(rp_parent(n)), RP_A_TIGHT, 0) ? "Plain" : "Para");
	rp_json_array(p->j);
	pd_str_el(p, checked ? "\xE2\x98\x92" : "\xE2\x98\x90");
	pd_el_alone(p, "Space");
	pd_inlines(p, n);
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
item_content(struct pandoc *p, const struct rp_node *item)
{
	const struct rp_node *first = rp_first(item);

	if (has_box(item)) {
		task_paragraph(p, first, (int)rp_get_int(item, RP_A_CHECKED, 0));
		first = rp_next(first);
	}
	pd_blocks_from(p, first);
}

static void
item(struct pandoc *p, const struct rp_node *n)
{
	attr_set said = has_box(n) ? ATTR(CHECKED) : 0;
	int boxed = pd_attr_more(n, said) || rp_kind(n) != RP_ITEM;

	rp_json_array(p->j);
	if (boxed)
		pd_div_open(p, n, said);
	item_content(p, n);
	if (boxed)
		pd_box_close(p);
	rp_json_end(p->j);
}

/* ---- Lists ---- */

static const char *
style_of(const struct rp_node *list)
{
	static const struct { const char *type, *style;
	} styles[] = {
		{ "lower-alpha", "LowerAlpha" },
		{ "upper-alpha", "UpperAlpha" },
		{ "lower-roman", "LowerRoman" },
		{ "upper-roman", "UpperRoman" },
		{ "example", "Example" },
	};
	const char *type = rp_get(list, RP_A_TYPE);
	size_t i;

	for (i = 0; i < sizeof(styles) / sizeof(styles[0]) && type != NULL; i++)
		if (strcmp(styles[i].type, type) == 0)
			return styles[i].style;
	return "Decimal";
}

static void
numbering(struct pandoc *p, const struct rp_node *n)
{
	const char *d = rp_get(n, RP_A_DELIMITER);

	rp_json_array(p->j);
	rp_json_int(p->j, rp_get_int(n, RP_A_START, 1));
	pd_el_alone(p, style_of(n));
	pd_el_alone(p, d == NULL ? "DefaultDelim" : strcmp(d, ")") == 0 ? "OneParen" :
	    strcmp(d, "()") == 0 ? "TwoParens" : "Period");
	rp_json_end(p->j);
}

static void
items(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *c;

	rp_json_array(p->j);
	for (c = rp_first(n); c != NULL; c = rp_next(c))
		item(p, c);
	rp_json_end(p->j);
}

static void
bare_list(struct pandoc *p, const struct rp_node *n)
{
	int ordered = rp_get_int(n, RP_A_ORDERED, 0) != 0;

	pd_el_open(p, ordered ? "OrderedList" : "BulletList");
	if (ordered) {
		rp_json_array(p->j);
		numbering(p, n);
	}
	items(p, n);
	if (ordered)
		rp_json_end(p->j);
	pd_el_close(p);
}

/* What the form says of it, and what it says too much. */
static attr_set
said_by_list(const struct rp_node *n, attr_set *unset)
{
	const char *d = rp_get(n, RP_A_DELIMITER);
	attr_set said = 0;

	*unset = 0;
	if (!rp_has(n, RP_A_TIGHT))
		*unset |= ATTR(TIGHT);
	else if (rp_get_int(n, RP_A_TIGHT, 0) == tight_as_read(n))
		said |= ATTR(TIGHT);
	if (!rp_get_int(n, RP_A_ORDERED, 0))
		return said;
	if (!rp_has(n, RP_A_START))
		*unset |= ATTR(START);
	if (strcmp(style_of(n), "Decimal") != 0)
		said |= ATTR(TYPE);
	if (d != NULL && (strcmp(d, ".") == 0 || strcmp(d, ")") == 0 || strcmp(d, "()") == 0))
		said |= ATTR(DELIMITER);
	return said | ATTR(ORDERED) | ATTR(START);
}

void
pd_list(struct pandoc *p, const struct rp_node *n)
{
	attr_set unset, said = said_by_list(n, &unset);

	if (!pd_attr_more(n, said) && unset == 0) {
		bare_list(p, n);
		return;
	}
	pd_box_open(p, "Div", n, "rolepress-list", said, unset);
	bare_list(p, n);
	pd_box_close(p);
}

/* ---- Definitions: a term, then any number of them ---- */

static void
term(struct pandoc *p, const struct rp_node *n)
{
	int boxed = pd_attr_more(n, 0);

	rp_json_array(p->j);
	if (boxed)
		pd_box_open(p, "Span", n, "rolepress-term", 0, 0);
	pd_inlines(p, n);
	if (boxed)
		pd_box_close(p);
	rp_json_end(p->j);
}

static void
definition(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *first = rp_first(n);

	rp_json_array(p->j);
	if (pd_attr_more(n, 0))
		pd_block(p, n);
	else if (first != NULL && first == rp_last(n) && rp_kind(first) == RP_PARAGRAPH &&
		 !pd_attr_more(first, 0))
		pd_para(p, first, "Plain");
	else
		pd_blocks(p, n);
	rp_json_end(p->j);
}

static int
is_plain_definition_list(const struct rp_node *n)
{
	const struct rp_node *c = rp_first(n);

	if (c == NULL || rp_kind(c) != RP_TERM)
		return 0;
	for (; c != NULL; c = rp_next(c))
		if (rp_kind(c) != RP_TERM && rp_kind(c) != RP_DEFINITION)
			return 0;
	return 1;
}

static void
bare_definition_list(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *c = rp_first(n);

	pd_el_open(p, "DefinitionList");
	rp_json_array(p->j);
	while (c != NULL) {
		rp_json_array(p->j);
		term(p, c);
		rp_json_array(p->j);
		for (c = rp_next(c); c != NULL && rp_kind(c) == RP_DEFINITION; c = rp_next(c))
			definition(p, c);
		rp_json_end(p->j);
		rp_json_end(p->j);
	}
	rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_definition_list(struct pandoc *p, const struct rp_node *n)
{
	int plain = is_plain_definition_list(n), boxed = !plain || pd_attr_more(n, 0);

	if (boxed)
		pd_div_open(p, n, 0);
	if (plain)
		bare_definition_list(p, n);
	else
		pd_blocks(p, n);
	if (boxed)
		pd_box_close(p);
}

/* ---- Questions: a list, in which each item is a question and its answers ---- */

static int
is_plain_question_list(const struct rp_node *n)
{
	const struct rp_node *c = rp_first(n);
	long number = c != NULL ? rp_get_int(c, RP_A_NUMBER, 0) : 0;

	if (c == NULL || rp_kind(c) != RP_QUESTION)
		return 0;
	for (; c != NULL; c = rp_next(c)) {
		if (rp_kind(c) == RP_ANSWER)
			continue;
		if (rp_kind(c) != RP_QUESTION || rp_get_int(c, RP_A_NUMBER, 0) != number)
			return 0;
		number += number > 0;
	}
	return 1;
}

static void
bare_question_list(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *c = rp_first(n);
	long number = rp_get_int(c, RP_A_NUMBER, 0);

	pd_el_open(p, number > 0 ? "OrderedList" : "BulletList");
	if (number > 0) {
		rp_json_array(p->j);
		rp_json_array(p->j);
		rp_json_int(p->j, number);
		pd_el_alone(p, "Decimal");
		pd_el_alone(p, "Period");
		rp_json_end(p->j);
	}
	rp_json_array(p->j);
	while (c != NULL) {
		rp_json_array(p->j);
		pd_block(p, c);
		for (c = rp_next(c); c != NULL && rp_kind(c) == RP_ANSWER; c = rp_next(c))
			pd_block(p, c);
		rp_json_end(p->j);
	}
	rp_json_end(p->j);
	if (number > 0)
		rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_question_list(struct pandoc *p, const struct rp_node *n)
{
	pd_div_open(p, n, 0);
	if (is_plain_question_list(n))
		bare_question_list(p, n);
	else
		pd_blocks(p, n);
	pd_box_close(p);
}
