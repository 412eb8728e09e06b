/* block.c - blocks. */
#include <string.h>

#include "reader.h"

/* As deep as Markdown's reader lets nodes nest, and what transforms put around them. */
enum { MAX_DEPTH = 120 };

typedef void block_fn(struct reader *, const struct at *, const json_t *, struct rp_node *);

/* ---- Nesting ---- */

static int
is_too_deep(struct reader *r)
{
	if (r->depth < MAX_DEPTH)
		return 0;
	if (!r->told_deep)
		rp_report(r->job, RP_D_TOO_DEEP, NULL, "120", NULL);
	r->told_deep = 1;
	return 1;
}

/* What a part may only stand in; RP_KIND_MAX: anywhere. */
static enum rp_kind
whole_of(enum rp_kind part)
{
	switch (part) {
	case RP_ITEM:
		return RP_LIST;
	case RP_ROW:
		return RP_TABLE;
	case RP_CELL:
		return RP_ROW;
	case RP_TERM:
	case RP_DEFINITION:
		return RP_DEFINITION_LIST;
	case RP_QUESTION:
	case RP_ANSWER:
		return RP_QUESTION_LIST;
	case RP_SUMMARY:
		return RP_DETAILS;
	default:
		return RP_KIND_MAX;
	}
}

struct rp_node *
pr_enter(struct reader *r, enum rp_kind kind, struct rp_node *into)
{
	enum rp_kind whole = whole_of(kind);
	struct rp_node *n;

	if (whole != RP_KIND_MAX ? rp_kind(into) != whole : is_too_deep(r))
		return into;
	n = rp_new(r->doc, kind);
	rp_append(into, n);
	r->depth++;
	return n;
}

void
pr_leave(struct reader *r, const struct rp_node *made, const struct rp_node *into)
{
	if (made != into)
		r->depth--;
}

/* ---- Types ---- */

static int
is_figure_image(const json_t *inlines)
{
	const json_t *image = json_array_get(inlines, 0), *t = json_object_get(image, "t");
	const char *title;

	if (json_array_size(inlines) != 1 || !json_is_string(t) ||
	    strcmp(json_string_value(t), "Image") != 0)
		return 0;
	title = json_string_value(json_array_get(json_array_get(json_object_get(image, "c"), 2), 1));
	return title != NULL && strncmp(title, "fig:", 4) == 0;
}

/* Up to API 1.22, an image alone in a paragraph, its title marked, is a figure, and what
 * stands for the alternative text is the caption. */
static void
figure_paragraph(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *figure = pr_enter(r, RP_FIGURE, into), *para = rp_new(r->doc, RP_PARAGRAPH);
	struct rp_node *caption = rp_new(r->doc, RP_CAPTION), *image;
	const json_t *attr = json_array_get(json_object_get(json_array_get(c, 0), "c"), 0);
	const char *alt = pr_attr_value(attr, "rolepress-alt"), *title;

	rp_append(figure, para);
	pr_read_inlines(r, at, c, para);
	image = rp_first(para);
	if (r->failed || image == NULL || rp_kind(image) != RP_IMAGE)
		return;
	title = rp_get(image, RP_A_TITLE) + 4;
	rp_set(r->doc, image, RP_A_TITLE, *title != '\0' ? title : NULL);
	rp_move_children(caption, image);
	if (alt != NULL)
		rp_append(image, rp_new_text(r->doc, pr_clean(r, alt)));
	else if (r->side == NULL)
		rp_append(image, rp_new_text(r->doc, rp_plain_text(r->doc, caption)));
	if (rp_first(caption) != NULL && rp_kind(figure) == RP_FIGURE)
		rp_append(figure, caption);
	pr_leave(r, figure, into);
}

static void
para(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n;

	if (r->minor <= 22 && is_figure_image(c)) {
		figure_paragraph(r, at, c, into);
		return;
	}
	n = rp_new(r->doc, RP_PARAGRAPH);
	rp_append(into, n);
	pr_read_inlines(r, at, c, n);
}

static void
line_block(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n = rp_new(r->doc, RP_PARAGRAPH);
	const json_t *v;
	struct at here;
	size_t i;

	if (pr_list_of(r, at, c, 0) == NULL)
		return;
	pr_kept(r, KEPT_LINES);
	rp_set(r->doc, n, RP_A_CLASS, "line-block");
	rp_append(into, n);
	json_array_foreach(c, i, v) {
		if (i > 0)
			rp_append(n, rp_new(r->doc, RP_LINE_BREAK));
		here = pr_below(at, i);
		pr_read_inlines(r, &here, v, n);
	}
}

/* The first class is the language; the text's last line ends like others. */
static void
code_block(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n = rp_new(r->doc, RP_CODE_BLOCK);
	const char *text, *end, *lang, *info;
	struct at attr_at = pr_below(at, 0), text_at = pr_below(at, 1);
	const json_t *attr;

	if (pr_list_of(r, at, c, 2) == NULL || !pr_attr_check(r, &attr_at, attr = json_array_get(c, 0)))
		return;
	text = pr_string_of(r, &text_at, json_array_get(c, 1));
	end = pr_attr_value(attr, "rolepress-end");
	lang = pr_attr_class(attr, 0);
	info = pr_attr_value(attr, "rolepress-info");
	if (info != NULL && *info == '\0')
		lang = NULL;
	pr_attr_apply(r, &attr_at, attr, n, lang);
	/* A longer info string counts as long as it begins with the language. */
	if (lang != NULL && (info == NULL || strncmp(info, lang, strlen(lang)) != 0))
		rp_set(r->doc, n, RP_A_INFO, pr_clean(r, lang));
	else if (lang == NULL && (info == NULL || pr_attr_value(attr, "rolepress-unset") != NULL))
		rp_unset(n, RP_A_INFO);
	if (*text != '\0' && end == NULL)
		text = rp_join(r->doc, text, "\n", NULL);
	rp_set_text(r->doc, n, text);
	rp_append(into, n);
}

/* What stands in a text that is one comment of HTML; NULL if it is more, or none. */
static const char *
comment_in(struct reader *r, const char *text)
{
	size_t len = strlen(text);
	const char *inner;

	if (len < 7 || strncmp(text, "<!--", 4) != 0 || strcmp(text + len - 3, "-->") != 0)
		return NULL;
	inner = rp_dup(r->doc, text + 4, len - 7);
	if (*inner == '>' || strncmp(inner, "->", 2) == 0 || strstr(inner, "--") != NULL ||
	    (len > 7 && inner[len - 8] == '-'))
		return NULL;
	return inner;
}

static void
raw_block(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at format_at = pr_below(at, 0), text_at = pr_below(at, 1);
	struct rp_node *n = rp_new(r->doc, RP_RAW_BLOCK);
	const char *format, *text;

	if (pr_list_of(r, at, c, 2) == NULL)
		return;
	format = pr_string_of(r, &format_at, json_array_get(c, 0));
	text = pr_string_of(r, &text_at, json_array_get(c, 1));
	if (strcmp(format, "rolepress-comment") == 0) {
		rp_set_kind(n, RP_COMMENT);
	} else if (strcmp(format, "html") == 0 && comment_in(r, text) != NULL) {
		rp_set_kind(n, RP_COMMENT);
		text = comment_in(r, text);
	} else if (strncmp(format, "html", 4) == 0) {
		rp_set(r->doc, n, RP_A_FORMAT, "html");
		r->has_raw = 1;
	} else {
		pr_kept(r, KEPT_RAW);
		rp_set_kind(n, RP_CODE_BLOCK);
		rp_set(r->doc, n, RP_A_CLASS, rp_join(r->doc, "raw ", pr_clean(r, format), NULL));
		text = rp_join(r->doc, text, "\n", NULL);
	}
	rp_set_text(r->doc, n, text);
	rp_append(into, n);
}

static void
block_quote(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct rp_node *n = pr_enter(r, RP_BLOCK_QUOTE, into);

	pr_read_blocks(r, at, c, n);
	pr_leave(r, n, into);
}

static void
rule(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	(void)at, (void)c;
	rp_append(into, rp_new(r->doc, RP_THEMATIC_BREAK));
}

static void
null(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	(void)r, (void)at, (void)c, (void)into;
}

static void
short_caption(struct reader *r, const struct at *at, const json_t *v, struct rp_node *caption)
{
	struct rp_node *text = rp_new(r->doc, RP_SPAN);
	struct at here = pr_below(at, 0);

	if (v == NULL || json_is_null(v))
		return;
	pr_kept(r, KEPT_SHORT_CAPTION);
	r->plain++;
	pr_read_inlines(r, &here, v, text);
	r->plain--;
	rp_set(r->doc, caption, RP_A_TITLE, rp_plain_text(r->doc, text));
}

/* [short caption, blocks] */
void
pr_read_caption(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at blocks_at = pr_below(at, 1);
	const json_t *blocks;
	struct rp_node *n;

	if (pr_list_of(r, at, c, 2) == NULL ||
	    (blocks = pr_list_of(r, &blocks_at, json_array_get(c, 1), 0)) == NULL)
		return;
	if (json_array_size(blocks) == 0)
		return;
	n = rp_new(r->doc, RP_CAPTION);
	rp_append(into, n);
	short_caption(r, at, json_array_get(c, 0), n);
	pr_read_flow(r, &blocks_at, blocks, n);
	/* One that has attributes stands in a Div of its own. */
	if (rp_first(n) != NULL && rp_kind(rp_first(n)) == RP_CAPTION && rp_first(n) == rp_last(n))
		rp_replace(n, rp_first(n));
}

static void
figure(struct reader *r, const struct at *at, const json_t *c, struct rp_node *into)
{
	struct at attr_at = pr_below(at, 0), caption_at = pr_below(at, 1), blocks_at = pr_below(at, 2);
	struct rp_node *n;

	if (pr_list_of(r, at, c, 3) == NULL)
		return;
	n = pr_enter(r, RP_FIGURE, into);
	if (n != into)
		pr_attr_apply(r, &attr_at, json_array_get(c, 0), n, NULL);
	pr_read_blocks(r, &blocks_at, json_array_get(c, 2), n);
	if (n != into)
		pr_read_caption(r, &caption_at, json_array_get(c, 1), n);
	pr_leave(r, n, into);
}

static const struct {
	const char	*type;
	block_fn	*read;
} types[] = {
	{ "Para", para },		{ "Plain", para },
	{ "BulletList", pr_read_bullets },	{ "Header", pr_read_header },
	{ "Div", pr_read_div },		{ "OrderedList", pr_read_numbers },
	{ "CodeBlock", code_block },	{ "BlockQuote", block_quote },
	{ "Table", pr_read_table },	{ "HorizontalRule", rule },
	{ "DefinitionList", pr_read_definitions }, { "RawBlock", raw_block },
	{ "LineBlock", line_block },	{ "Figure", figure },
	{ "Null", null },
};

void
pr_read_block(struct reader *r, const struct at *at, const json_t *v, struct rp_node *into)
{
	const json_t *c = NULL;
	const char *type = pr_element_of(r, at, v, &c);
	struct at content = { at, "c", 0 };
	size_t i;

	if (type == NULL)
		return;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].type, type) == 0) {
			types[i].read(r, &content, c, into);
			return;
		}
	}
	pr_wrong(r, at, rp_join(r->doc, "no block is of type \"", pr_clean(r, type), "\"", NULL));
}

void
pr_read_blocks(struct reader *r, const struct at *at, const json_t *list, struct rp_node *into)
{
	const json_t *v;
	struct at here;
	size_t i;

	if (pr_list_of(r, at, list, 0) == NULL)
		return;
	json_array_foreach(list, i, v) {
		here = pr_below(at, i);
		pr_read_block(r, &here, v, into);
		if (r->failed)
			return;
	}
}

void
pr_read_flow(struct reader *r, const struct at *at, const json_t *list, struct rp_node *into)
{
	const json_t *v;
	struct at here, content;
	size_t i;

	if (pr_list_of(r, at, list, 0) == NULL)
		return;
	json_array_foreach(list, i, v) {
		here = pr_below(at, i);
		content = (struct at){ &here, "c", 0 };
		if (!pr_is_type(v, "Plain")) {
			pr_read_block(r, &here, v, into);
			continue;
		}
		/* Two that follow one another are two lines. */
		if (i > 0 && pr_is_type(json_array_get(list, i - 1), "Plain"))
			rp_append(into, rp_new(r->doc, RP_LINE_BREAK));
		pr_read_inlines(r, &content, json_object_get(v, "c"), into);
	}
}

void
pr_read_as_inlines(struct reader *r, const struct at *at, const json_t *list, struct rp_node *into)
{
	struct rp_node *all = rp_new(r->doc, RP_DIV), *n, *next;

	pr_read_flow(r, at, list, all);
	for (n = rp_first(all); n != NULL && !r->failed; n = next) {
		next = rp_next(n);
		if (rp_kind_class(rp_kind(n)) == RP_CLASS_INLINE) {
			rp_append(into, n);
			continue;
		}
		if (rp_first(into) != NULL)
			rp_append(into, rp_new(r->doc, RP_SOFT_BREAK));
		if (rp_kind(n) == RP_PARAGRAPH)
			rp_move_children(into, n);
		else
			rp_append(into, rp_new_text(r->doc, rp_plain_text(r->doc, n)));
	}
}
