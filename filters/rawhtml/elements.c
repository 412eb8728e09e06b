/*
 * elements.c - the elements of HTML and what becomes of each.
 *
 * The table has every element of the HTML standard, those that it calls obsolete,
 * and what only means something in an element that is dropped.
 */
#include <stdlib.h>
#include <string.h>

#include "rawhtml.h"

/* ---- Inlines ---- */

static struct rp_node *
make_inline(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *like;

	(void)attrs;
	if (rp_first(content) == NULL)
		return rawhtml_shell(content);
	if (rp_kind(content) == RP_SPAN) {
		rp_set_kind(content, e->kind);
		return content;
	}
	like = rp_new(h->doc, e->kind);
	rp_set_pos(like, rp_pos(content));
	rawhtml_spread(h, content, like);
	return rawhtml_shell(content);
}

/* Without its long form, an abbreviation is a word like any other. */
static struct rp_node *
make_abbreviation(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	if (rp_get(content, RP_A_TITLE) == NULL || rp_kind(content) != RP_SPAN)
		return rawhtml_shell(content);
	return make_inline(h, e, attrs, content);
}

static struct rp_node *
make_span(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)h;
	(void)e;
	(void)attrs;
	return rawhtml_shell(content);
}

static struct rp_node *
make_break(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)h;
	(void)attrs;
	rp_set_kind(content, e->kind);
	return content;
}

/* U+200B is the character for it. */
static struct rp_node *
make_break_chance(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)attrs;
	rp_set_kind(content, e->kind);
	rp_set_text(h->doc, content, "\xE2\x80\x8B");
	return content;
}

/* Ruby's reading, in brackets, as <rp> would have it. */
static struct rp_node *
make_reading(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)e;
	(void)attrs;
	if (rp_first(content) != NULL && rp_kind(content) == RP_SPAN) {
		rp_prepend(content, rp_new_text(h->doc, "("));
		rp_append(content, rp_new_text(h->doc, ")"));
	}
	return rawhtml_shell(content);
}

/* ---- Blocks ---- */

static void
pass_align_on(struct rawhtml *h, struct rp_node *content, const char *align)
{
	struct rp_node *n;

	for (n = rp_first(content); align != NULL && n != NULL; n = rp_next(n))
		if ((rp_kind(n) == RP_PARAGRAPH || rp_kind(n) == RP_HEADING) &&
		    rp_get(n, RP_A_ALIGN) == NULL)
			rp_set(h->doc, n, RP_A_ALIGN, align);
}

/* What the word says that a box is: "alert-danger", "admonition", "note". */
static const char *
admonition_type(const char *word, size_t len, int *box)
{
	static const struct { const char *word, *type; int alone; } types[] = {
		{ "note", "note", 1 }, { "tip", "tip", 1 }, { "important", "important", 1 },
		{ "warning", "warning", 1 }, { "caution", "caution", 1 },
		{ "danger", "caution", 1 }, { "info", "note", 0 }, { "hint", "tip", 0 },
		{ "success", "tip", 0 }, { "attention", "important", 0 },
		{ "warn", "warning", 0 }, { "error", "caution", 0 },
	};
	static const char *const boxes[] = { "alert", "admonition", "callout" };
	size_t from = len, i;
	int in_box = 0;

	while (from > 0 && word[from - 1] != '-')
		from--;
	for (i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
		size_t n = strlen(boxes[i]);

		*box |= len - from == n && rp_ascii_same(word + from, boxes[i], n);
		in_box |= from > n && rp_ascii_same(word, boxes[i], n);
	}
	in_box |= from > 0 && strstr(word, "alert-") != NULL;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strlen(types[i].word) == len - from &&
		    rp_ascii_same(word + from, types[i].word, len - from) &&
		    (in_box || *box || (from == 0 && types[i].alone)))
			return types[i].type;
	return NULL;
}

static const char *
admonition_of(const char *classes)
{
	const char *type = NULL, *p;
	int box = 0, pass;

	if (classes == NULL)
		return NULL;
	/* The word for the box may follow the one for its type. */
	for (pass = 0; pass < 2 && type == NULL; pass++) {
		for (p = classes; *p != '\0' && type == NULL; p += strcspn(p, " \t\n")) {
			p += strspn(p, " \t\n");
			type = admonition_type(p, strcspn(p, " \t\n"), &box);
		}
	}
	return type != NULL ? type : box ? "note" : NULL;
}

static struct rp_node *
make_div(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *type = admonition_of(rp_get(content, RP_A_CLASS));

	if (rp_kind(content) == RP_SPAN)
		rawhtml_blocks(h, content, RP_KIND_MAX);
	pass_align_on(h, content, e->arg ? "center" : rawhtml_align(attrs));
	if (rawhtml_shell(content) == NULL)
		return NULL;
	rawhtml_blocks(h, content, RP_KIND_MAX);
	if (type != NULL && rp_first(content) != NULL) {
		rp_set_kind(content, RP_ADMONITION);
		rp_set(h->doc, content, RP_A_TYPE, type);
	}
	return content;
}

/* A paragraph that was never closed may have swallowed blocks; then it is none. */
static struct rp_node *
make_paragraph(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *align = rawhtml_align(attrs);

	if (rp_kind(content) == RP_DIV ||
	    admonition_of(rp_get(content, RP_A_CLASS)) != NULL)
		return make_div(h, e, attrs, content);
	rp_set_kind(content, e->kind);
	if (align != NULL)
		rp_set(h->doc, content, RP_A_ALIGN, align);
	return content;
}

/* Blocks in a heading: it holds lines, or it was never closed. */
static int
holds_lines(const struct rp_node *content)
{
	const struct rp_node *n;

	for (n = rp_first(content); n != NULL; n = rp_next(n))
		if (rp_kind(n) != RP_PARAGRAPH && rp_kind(n) != RP_HEADING && rp_kind(n) != RP_DIV &&
		    rp_kind(n) != RP_FIGURE && rp_kind(n) != RP_COMMENT)
			return 0;
	return 1;
}

static struct rp_node *
make_heading(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *align = rawhtml_align(attrs);
	struct rp_node *n = content;
	struct rp_pos pos;

	if (rp_kind(content) == RP_DIV && !holds_lines(content)) {
		n = rp_first(content);
		if (rp_kind(n) != RP_PARAGRAPH)
			return rawhtml_shell(content);
		pos = rp_pos(n);
		pos.line = rp_pos(content).line;
		pos.col = rp_pos(content).col;
		rp_set_pos(n, pos);
	} else if (rp_kind(content) == RP_DIV) {
		rawhtml_inlines(h, content);
	}
	rp_set_kind(n, e->kind);
	rp_set_int(h->doc, n, RP_A_LEVEL, e->arg);
	if (align != NULL)
		rp_set(h->doc, n, RP_A_ALIGN, align);
	return n == content ? n : rawhtml_shell(content);
}

static struct rp_node *
make_block(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)attrs;
	rawhtml_blocks(h, content, RP_KIND_MAX);
	if (rp_first(content) == NULL)
		return rawhtml_shell(content);
	rp_set_kind(content, e->kind);
	return content;
}

static struct rp_node *
make_rule(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)h;
	(void)attrs;
	rp_set_kind(content, e->kind);
	return content;
}

/* ---- Blocks with a line of their own: figure, details, fieldset ---- */

static struct rp_node *
make_caption(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)attrs;
	rawhtml_blocks(h, content, RP_KIND_MAX);
	if (rp_first(content) == NULL)
		return NULL;
	if (rp_next(rp_first(content)) == NULL && rp_kind(rp_first(content)) == RP_PARAGRAPH)
		rp_unwrap(rp_first(content));
	rp_set_kind(content, e->kind);
	return content;
}

static struct rp_node *
make_summary(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)attrs;
	rawhtml_inlines(h, content);
	if (rp_first(content) == NULL)
		return NULL;
	rp_set_kind(content, e->kind);
	return content;
}

/* Its first part of the kind stays one, and comes first or last. */
static struct rp_node *
make_captioned(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	enum rp_kind own = e->kind == RP_FIGURE ? RP_CAPTION : RP_SUMMARY;
	struct rp_node *n, *next, *part = rp_child(content, own);

	(void)attrs;
	for (n = part != NULL ? rp_next(part) : NULL; n != NULL; n = next) {
		next = rp_next(n);
		if (rp_kind(n) == own && rawhtml_has_blocks(n))
			rp_unwrap(n);
		else if (rp_kind(n) == own)
			rp_set_kind(n, RP_PARAGRAPH);
	}
	rawhtml_blocks(h, content, own);
	if (part != NULL && own == RP_SUMMARY)
		rp_prepend(content, part);
	if (rp_first(content) == NULL || (own == RP_CAPTION && rp_first(content) == part &&
	    rp_next(part) == NULL)) {
		rawhtml_blocks(h, content, RP_KIND_MAX);
		return rawhtml_shell(content);
	}
	rp_set_kind(content, e->kind);
	return content;
}

/* ---- What is left out ---- */

static struct rp_node *
drop(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)attrs;
	rawhtml_drop(h, e, content);
	return NULL;
}

/* What has no text and no meaning of its own. */
static struct rp_node *
skip(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)h;
	(void)e;
	(void)attrs;
	while (rp_first(content) != NULL)
		rp_detach(rp_first(content));
	return NULL;
}

static struct rp_node *
make_option(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)e;
	(void)attrs;
	if (rp_first(content) != NULL && rp_kind(content) == RP_SPAN)
		rp_append(content, rp_new_text(h->doc, " "));
	return NULL;
}

/* ---- The table, sorted by name ---- */

static const struct element elements[] = {
	{ "a",          rawhtml_make_link,        RP_LINK, 0 },
	{ "abbr",       make_abbreviation,        RP_ABBREVIATION, 0 },
	{ "acronym",    make_abbreviation,        RP_ABBREVIATION, 0 },
	{ "address",    make_div,                 RP_DIV, 0 },
	{ "applet",     drop,                     RP_DIV, 0 },
	{ "area",       rawhtml_make_link,        RP_LINK, 0 },
	{ "article",    make_div,                 RP_DIV, 0 },
	{ "aside",      make_div,                 RP_DIV, 0 },
	{ "audio",      rawhtml_make_media,       RP_LINK, 0 },
	{ "b",          make_inline,              RP_STRONG, 0 },
	{ "base",       drop,                     RP_SPAN, 0 },
	{ "basefont",   skip,                     RP_SPAN, 0 },
	{ "bdi",        make_span,                RP_SPAN, 0 },
	{ "bdo",        make_span,                RP_SPAN, 0 },
	{ "big",        make_span,                RP_SPAN, 0 },
	{ "blink",      make_span,                RP_SPAN, 0 },
	{ "blockquote", make_block,               RP_BLOCK_QUOTE, 0 },
	{ "body",       make_div,                 RP_SPAN, 0 },
	{ "br",         make_break,               RP_LINE_BREAK, 0 },
	{ "button",     make_span,                RP_SPAN, 0 },
	{ "canvas",     make_span,                RP_SPAN, 0 },
	{ "caption",    make_caption,             RP_CAPTION, 0 },
	{ "center",     make_div,                 RP_DIV, 1 },
	{ "cite",       make_inline,              RP_EMPHASIS, 0 },
	{ "code",       rawhtml_make_code,        RP_CODE, 0 },
	{ "col",        skip,                     RP_SPAN, 0 },
	{ "colgroup",   skip,                     RP_SPAN, 0 },
	{ "data",       make_span,                RP_SPAN, 0 },
	{ "datalist",   drop,                     RP_SPAN, 0 },
	{ "dd",         rawhtml_make_definition,  RP_DEFINITION, 0 },
	{ "del",        make_inline,              RP_STRIKETHROUGH, 0 },
	{ "details",    make_captioned,           RP_DETAILS, 0 },
	{ "dfn",        make_inline,              RP_EMPHASIS, 0 },
	{ "dialog",     make_div,                 RP_DIV, 0 },
	{ "dir",        rawhtml_make_list,        RP_LIST, 0 },
	{ "div",        make_div,                 RP_DIV, 0 },
	{ "dl",         rawhtml_make_definitions, RP_DEFINITION_LIST, 0 },
	{ "dt",         rawhtml_make_term,        RP_TERM, 0 },
	{ "em",         make_inline,              RP_EMPHASIS, 0 },
	{ "embed",      rawhtml_make_media,       RP_LINK, 0 },
	{ "fieldset",   make_div,                 RP_DIV, 0 },
	{ "figcaption", make_caption,             RP_CAPTION, 0 },
	{ "figure",     make_captioned,           RP_FIGURE, 0 },
	{ "font",       make_span,                RP_SPAN, 0 },
	{ "footer",     make_div,                 RP_DIV, 0 },
	{ "form",       make_div,                 RP_DIV, 0 },
	{ "frame",      rawhtml_make_media,       RP_LINK, 0 },
	{ "frameset",   make_div,                 RP_DIV, 0 },
	{ "h1",         make_heading,             RP_HEADING, 1 },
	{ "h2",         make_heading,             RP_HEADING, 2 },
	{ "h3",         make_heading,             RP_HEADING, 3 },
	{ "h4",         make_heading,             RP_HEADING, 4 },
	{ "h5",         make_heading,             RP_HEADING, 5 },
	{ "h6",         make_heading,             RP_HEADING, 6 },
	{ "head",       make_div,                 RP_SPAN, 0 },
	{ "header",     make_div,                 RP_DIV, 0 },
	{ "hgroup",     make_div,                 RP_DIV, 0 },
	{ "hr",         make_rule,                RP_THEMATIC_BREAK, 0 },
	{ "html",       make_div,                 RP_SPAN, 0 },
	{ "i",          make_inline,              RP_EMPHASIS, 0 },
	{ "iframe",     rawhtml_make_media,       RP_LINK, 0 },
	{ "img",        rawhtml_make_image,       RP_IMAGE, 0 },
	{ "input",      rawhtml_make_input,       RP_SPAN, 0 },
	{ "ins",        make_inline,              RP_UNDERLINE, 0 },
	{ "kbd",        make_inline,              RP_KEYBOARD, 0 },
	{ "label",      make_span,                RP_SPAN, 0 },
	{ "legend",     make_paragraph,           RP_PARAGRAPH, 0 },
	{ "li",         rawhtml_make_item,        RP_ITEM, 0 },
	{ "link",       drop,                     RP_SPAN, 0 },
	{ "listing",    rawhtml_make_pre,         RP_CODE_BLOCK, 0 },
	{ "main",       make_div,                 RP_DIV, 0 },
	{ "map",        make_span,                RP_SPAN, 0 },
	{ "mark",       make_inline,              RP_MARK, 0 },
	{ "marquee",    make_span,                RP_SPAN, 0 },
	{ "math",       rawhtml_make_drawing,     RP_SPAN, 1 },
	{ "menu",       rawhtml_make_list,        RP_LIST, 0 },
	{ "meta",       drop,                     RP_SPAN, 0 },
	{ "meter",      make_span,                RP_SPAN, 0 },
	{ "nav",        make_div,                 RP_DIV, 0 },
	{ "nobr",       make_span,                RP_SPAN, 0 },
	{ "noembed",    make_span,                RP_SPAN, 0 },
	{ "noframes",   make_span,                RP_SPAN, 0 },
	{ "noscript",   make_span,                RP_SPAN, 0 },
	{ "object",     rawhtml_make_media,       RP_LINK, 1 },
	{ "ol",         rawhtml_make_list,        RP_LIST, 1 },
	{ "optgroup",   make_span,                RP_SPAN, 0 },
	{ "option",     make_option,              RP_SPAN, 0 },
	{ "output",     make_span,                RP_SPAN, 0 },
	{ "p",          make_paragraph,           RP_PARAGRAPH, 0 },
	{ "param",      skip,                     RP_SPAN, 0 },
	{ "picture",    make_span,                RP_SPAN, 0 },
	{ "plaintext",  rawhtml_make_pre,         RP_CODE_BLOCK, 0 },
	{ "pre",        rawhtml_make_pre,         RP_CODE_BLOCK, 0 },
	{ "progress",   make_span,                RP_SPAN, 0 },
	{ "q",          make_inline,              RP_QUOTE, 0 },
	{ "rb",         make_span,                RP_SPAN, 0 },
	{ "rp",         skip,                     RP_SPAN, 0 },
	{ "rt",         make_reading,             RP_SPAN, 0 },
	{ "rtc",        make_span,                RP_SPAN, 0 },
	{ "ruby",       make_span,                RP_SPAN, 0 },
	{ "s",          make_inline,              RP_STRIKETHROUGH, 0 },
	{ "samp",       rawhtml_make_code,        RP_CODE, 0 },
	{ "script",     drop,                     RP_SPAN, 0 },
	{ "search",     make_div,                 RP_DIV, 0 },
	{ "section",    make_div,                 RP_DIV, 0 },
	{ "select",     make_span,                RP_SPAN, 0 },
	{ "slot",       make_span,                RP_SPAN, 0 },
	{ "small",      make_span,                RP_SPAN, 0 },
	{ "source",     rawhtml_make_source,      RP_SPAN, 0 },
	{ "span",       make_span,                RP_SPAN, 0 },
	{ "strike",     make_inline,              RP_STRIKETHROUGH, 0 },
	{ "strong",     make_inline,              RP_STRONG, 0 },
	{ "style",      drop,                     RP_SPAN, 0 },
	{ "sub",        make_inline,              RP_SUBSCRIPT, 0 },
	{ "summary",    make_summary,             RP_SUMMARY, 0 },
	{ "sup",        make_inline,              RP_SUPERSCRIPT, 0 },
	{ "svg",        rawhtml_make_drawing,     RP_SPAN, 0 },
	{ "table",      rawhtml_make_table,       RP_TABLE, 0 },
	{ "tbody",      rawhtml_make_rows,        RP_ROW, 0 },
	{ "td",         rawhtml_make_cell,        RP_CELL, 0 },
	{ "template",   drop,                     RP_DIV, 0 },
	{ "textarea",   rawhtml_make_pre,         RP_CODE_BLOCK, 0 },
	{ "tfoot",      rawhtml_make_rows,        RP_ROW, 0 },
	{ "th",         rawhtml_make_cell,        RP_CELL, 1 },
	{ "thead",      rawhtml_make_rows,        RP_ROW, 1 },
	{ "time",       make_span,                RP_SPAN, 0 },
	{ "title",      rawhtml_make_title,       RP_SPAN, 0 },
	{ "tr",         rawhtml_make_row,         RP_ROW, 0 },
	{ "track",      skip,                     RP_SPAN, 0 },
	{ "tt",         rawhtml_make_code,        RP_CODE, 0 },
	{ "u",          make_inline,              RP_UNDERLINE, 0 },
	{ "ul",         rawhtml_make_list,        RP_LIST, 0 },
	{ "var",        make_inline,              RP_EMPHASIS, 0 },
	{ "video",      rawhtml_make_media,       RP_LINK, 0 },
	{ "wbr",        make_break_chance,        RP_TEXT, 0 },
	{ "xmp",        rawhtml_make_pre,         RP_CODE_BLOCK, 0 },
};

static int
compare(const void *name, const void *element)
{
	return strcmp(name, ((const struct element *)element)->name);
}

const struct element *
rawhtml_element(const char *name)
{
	return bsearch(name, elements, sizeof(elements) / sizeof(elements[0]), sizeof(elements[0]),
	    compare);
}
