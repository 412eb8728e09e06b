/* list.c - bullets, numbers, definitions, questions. */
#include <string.h>

#include "reader.h"

static int
is_div_of(const json_t *v, enum rp_kind kind)
{
	const char *t = json_string_value(json_object_get(v, "t"));

	return t != NULL && strcmp(t, "Div") == 0 &&
	    pr_attr_kind(json_array_get(json_object_get(v, "c"), 0)) == kind;
}

/* ---- Items ---- */

/* Does a paragraph of an item stand in a Para?  Then the list is loose. */
static int
is_loose(const json_t *item)
{
	const json_t *v;
	const char *t;
	size_t i;

	if (json_array_size(item) == 1 && is_div_of(json_array_get(item, 0), RP_ITEM))
		item = json_array_get(json_object_get(json_array_get(item, 0), "c"), 1);
	json_array_foreach(item, i, v) {
		t = json_string_value(json_object_get(v, "t"));
		if (t != NULL && strcmp(t, "Para") == 0)
			return 1;
	}
	return 0;
}

/* The box of a task, as pandoc's readers put it: taken off, and the state set. */
static void
take_box(struct reader *r, struct rp_node *item)
{
	struct rp_node *para = rp_first(item), *text = para != NULL ? rp_first(para) : NULL;
	const char *s = text != NULL ? rp_text(text) : "", *rest;

	if (text == NULL || rp_kind(para) != RP_PARAGRAPH || rp_kind(text) != RP_TEXT)
		return;
	if (strncmp(s, "\xE2\x98\x90", 3) != 0 && strncmp(s, "\xE2\x98\x92", 3) != 0)
		return;
	if (s[3] != ' ')
		return;
	rp_set_int(r->doc, item, RP_A_CHECKED, s[2] == '\x92');
	rest = s + 4;
	if (*rest != '\0')
		rp_set_text(r->doc, text, rest);
	else
		rp_detach(text);
}

/* A text in a Span of its own is meant as it is. */
static int
may_have_box(const json_t *blocks)
{
	const json_t *para = json_array_get(blocks, 0);
	const json_t *first = json_array_get(json_object_get(para, "c"), 0);
	const char *t = json_string_value(json_object_get(first, "t"));

	return t != NULL && strcmp(t, "Str") == 0;
}

static void
item(struct reader *r, const struct at *at, const json_t *v, struct rp_node *list)
{
	struct at div_at = pr_below(at, 0), c_at = { &div_at, "c", 0 }, attr_at = pr_below(&c_at, 0);
	struct at blocks_at = pr_below(&c_at, 1);
	struct rp_node *n = pr_enter(r, RP_ITEM, list);
	const json_t *div;

	if (pr_list_of(r, at, v, 0) == NULL)
		return;
	if (json_array_size(v) == 1 && is_div_of(json_array_get(v, 0), RP_ITEM)) {
		div = json_object_get(json_array_get(v, 0), "c");
		if (n != list)
			pr_attr_apply(r, &attr_at, json_array_get(div, 0), n, "rolepress-item");
		v = json_array_get(div, 1);
		at = &blocks_at;
	}
	pr_read_blocks(r, at, v, n);
	if (n != list && may_have_box(v))
		take_box(r, n);
	pr_leave(r, n, list);
}

static void
items(struct reader *r, const struct at *at, const json_t *c, struct rp_node *list)
{
	const json_t *v;
	struct at here;
	size_t i;
	int loose = 0;

	if (pr_list_of(r, at, c, 0) == NULL)
		return;
	json_array_foreach(c, i, v)
		loose |= is_loose(v);
	if (rp_kind(list) == RP_LIST)
		rp_set_int(r->doc, list, RP_A_TIGHT, !loose);
	json_array_foreach(c, i, v) {
		here = pr_below(at, i);
		item(r, &here, v, list);
	}
}

void
pr_read_bullets(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n = pr_enter(r, RP_LIST, into);

	items(r, at, c, n);
	pr_leave(r, n, into);
}

/* [start, style, delimiter] */
static void
numbering(struct reader *r, const struct at *at, const json_t *v, struct rp_node *n)
{
	static const char *const styles[][2] = {
		{ "LowerAlpha", "lower-alpha" },
		{ "UpperAlpha", "upper-alpha" },
		{ "LowerRoman", "lower-roman" },
		{ "UpperRoman", "upper-roman" },
		{ "Example", "example" },
	};
	static const char *const delimiters[][2] = {
		{ "Period", "." }, { "OneParen", ")" }, { "TwoParens", "()" },
	};
	struct at start_at = pr_below(at, 0), style_at = pr_below(at, 1), delimiter_at = pr_below(at, 2);
	const char *style, *delimiter;
	const json_t *none;
	size_t i;

	if (pr_list_of(r, at, v, 3) == NULL)
		return;
	rp_set_int(r->doc, n, RP_A_ORDERED, 1);
	rp_set_int(r->doc, n, RP_A_START, pr_int_of(r, &start_at, json_array_get(v, 0)));
	style = pr_element_of(r, &style_at, json_array_get(v, 1), &none);
	delimiter = pr_element_of(r, &delimiter_at, json_array_get(v, 2), &none);
	for (i = 0; style != NULL && i < sizeof(styles) / sizeof(styles[0]); i++) {
		if (strcmp(style, styles[i][0]) != 0)
			continue;
		rp_set(r->doc, n, RP_A_TYPE, styles[i][1]);
		if (r->side == NULL && i < 4)
			pr_kept(r, KEPT_NUMBERING);
	}
	for (i = 0; delimiter != NULL && i < sizeof(delimiters) / sizeof(delimiters[0]); i++)
		if (strcmp(delimiter, delimiters[i][0]) == 0)
			rp_set(r->doc, n, RP_A_DELIMITER, delimiters[i][1]);
}

void
pr_read_numbers(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at numbering_at = pr_below(at, 0), items_at = pr_below(at, 1);
	struct rp_node *n;

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	n = pr_enter(r, RP_LIST, into);
	if (n != into)
		numbering(r, &numbering_at, json_array_get(c, 0), n);
	items(r, &items_at, json_array_get(c, 1), n);
	pr_leave(r, n, into);
}

/* ---- Definitions ---- */

static void
term(struct reader *r, const struct at *at, const json_t *v, struct rp_node *list)
{
	enum rp_kind kind = rp_kind(list) == RP_DEFINITION_LIST ? RP_TERM : RP_PARAGRAPH;
	struct rp_node *n = rp_new(r->doc, kind), *only;
	const json_t *first = json_array_get(v, 0);
	struct at span_at = pr_below(at, 0), c_at = { &span_at, "c", 0 }, attr_at = pr_below(&c_at, 0);

	rp_append(list, n);
	pr_read_inlines(r, at, v, n);
	only = rp_first(n);
	/* One that has attributes stands in a Span of its own. */
	if (only == NULL || only != rp_last(n) || rp_kind(only) != RP_SPAN ||
	    pr_attr_kind(json_array_get(json_object_get(first, "c"), 0)) != RP_TERM)
		return;
	rp_unwrap(only);
	pr_attr_apply(r, &attr_at, json_array_get(json_object_get(first, "c"), 0), n, "rolepress-term");
}

static void
definition(struct reader *r, const struct at *at, const json_t *v, struct rp_node *list)
{
	struct at here = pr_below(at, 0);
	struct rp_node *n;

	if (pr_list_of(r, at, v, 0) == NULL)
		return;
	if (json_array_size(v) == 1 && is_div_of(json_array_get(v, 0), RP_DEFINITION)) {
		pr_read_block(r, &here, json_array_get(v, 0), list);
		return;
	}
	n = pr_enter(r, RP_DEFINITION, list);
	pr_read_blocks(r, at, v, n);
	pr_leave(r, n, list);
}

void
pr_read_definitions(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n = pr_enter(r, RP_DEFINITION_LIST, into);
	const json_t *v, *d;
	size_t i, k;

	if (pr_list_of(r, at, c, 0) == NULL)
		return;
	json_array_foreach(c, i, v) {
		struct at here = pr_below(at, i), term_at = pr_below(&here, 0), all_at = pr_below(&here, 1);

		if (pr_list_of(r, &here, v, 2) == NULL ||
		    pr_list_of(r, &all_at, json_array_get(v, 1), 0) == NULL)
			return;
		term(r, &term_at, json_array_get(v, 0), n);
		json_array_foreach(json_array_get(v, 1), k, d) {
			struct at one = pr_below(&all_at, k);

			definition(r, &one, d, n);
		}
	}
	pr_leave(r, n, into);
}

/* ---- Questions ---- */

/* What is neither question nor answer belongs to the answer before it. */
static void
question_part(struct reader *r, const struct at *at, const json_t *v, struct rp_node *list)
{
	struct rp_node *answer;

	if (is_div_of(v, RP_QUESTION) || is_div_of(v, RP_ANSWER)) {
		pr_read_block(r, at, v, list);
		return;
	}
	answer = rp_last(list);
	if (answer == NULL || rp_kind(answer) != RP_ANSWER) {
		answer = rp_new(r->doc, answer == NULL ? RP_QUESTION : RP_ANSWER);
		rp_append(list, answer);
	}
	pr_read_block(r, at, v, answer);
}

void
pr_read_questions(struct reader *r, const struct at *at, const json_t *blocks, struct rp_node *list)
{
	const json_t *v, *item, *part, *c;
	size_t i, k, m;

	json_array_foreach(blocks, i, v) {
		const char *t = json_string_value(json_object_get(v, "t"));
		struct at here = pr_below(at, i), c_at = { &here, "c", 0 }, numbered = pr_below(&c_at, 1);

		if (t == NULL || (strcmp(t, "BulletList") != 0 && strcmp(t, "OrderedList") != 0)) {
			question_part(r, &here, v, list);
			continue;
		}
		c = json_object_get(v, "c");
		if (strcmp(t, "OrderedList") == 0)
			c = json_array_get(c, 1);
		json_array_foreach(c, k, item) {
			struct at item_at = pr_below(strcmp(t, "OrderedList") == 0 ? &numbered : &c_at, k);

			if (pr_list_of(r, &item_at, item, 0) == NULL)
				return;
			json_array_foreach(item, m, part) {
				struct at part_at = pr_below(&item_at, m);

				question_part(r, &part_at, part, list);
			}
		}
	}
}
