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

/* Nothing but its place. */
static struct rp_node *
make_sign(struct rawhtml *h, const struct element *e, const char *const *attrs,
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
	{ "address",    rawhtml_make_div,         RP_DIV, 0 },
	{ "applet",     drop,                     RP_DIV, 0 },
	{ "area",       rawhtml_make_link,        RP_LINK, 0 },
	{ "article",    rawhtml_make_div,         RP_DIV, 0 },
	{ "aside",      rawhtml_make_div,         RP_DIV, 0 },
	{ "audio",      rawhtml_make_media,       RP_LINK, 0 },
	{ "b",          make_inline,              RP_STRONG, 0 },
	{ "base",       drop,                     RP_SPAN, 0 },
	{ "basefont",   skip,                     RP_SPAN, 0 },
	{ "bdi",        make_span,                RP_SPAN, 0 },
	{ "bdo",        make_span,                RP_SPAN, 0 },
	{ "big",        make_span,                RP_SPAN, 0 },
	{ "blink",      make_span,                RP_SPAN, 0 },
	{ "blockquote", rawhtml_make_block,       RP_BLOCK_QUOTE, 0 },
	{ "body",       rawhtml_make_div,         RP_SPAN, 0 },
	{ "br",         make_sign,                RP_LINE_BREAK, 0 },
	{ "button",     make_span,                RP_SPAN, 0 },
	{ "canvas",     make_span,                RP_SPAN, 0 },
	{ "caption",    rawhtml_make_caption,     RP_CAPTION, 0 },
	{ "center",     rawhtml_make_div,         RP_DIV, 1 },
	{ "cite",       make_inline,              RP_EMPHASIS, 0 },
	{ "code",       rawhtml_make_code,        RP_CODE, 0 },
	{ "col",        skip,                     RP_SPAN, 0 },
	{ "colgroup",   skip,                     RP_SPAN, 0 },
	{ "data",       make_span,                RP_SPAN, 0 },
	{ "datalist",   drop,                     RP_SPAN, 0 },
	{ "dd",         rawhtml_make_definition,  RP_DEFINITION, 0 },
	{ "del",        make_inline,              RP_STRIKETHROUGH, 0 },
	{ "details",    rawhtml_make_captioned,   RP_DETAILS, 0 },
	{ "dfn",        make_inline,              RP_EMPHASIS, 0 },
	{ "dialog",     rawhtml_make_div,         RP_DIV, 0 },
	{ "dir",        rawhtml_make_list,        RP_LIST, 0 },
	{ "div",        rawhtml_make_div,         RP_DIV, 0 },
	{ "dl",         rawhtml_make_definitions, RP_DEFINITION_LIST, 0 },
	{ "dt",         rawhtml_make_term,        RP_TERM, 0 },
	{ "em",         make_inline,              RP_EMPHASIS, 0 },
	{ "embed",      rawhtml_make_media,       RP_LINK, 0 },
	{ "fieldset",   rawhtml_make_div,         RP_DIV, 0 },
	{ "figcaption", rawhtml_make_caption,     RP_CAPTION, 0 },
	{ "figure",     rawhtml_make_captioned,   RP_FIGURE, 0 },
	{ "font",       make_span,                RP_SPAN, 0 },
	{ "footer",     rawhtml_make_div,         RP_DIV, 0 },
	{ "form",       rawhtml_make_div,         RP_DIV, 0 },
	{ "frame",      rawhtml_make_media,       RP_LINK, 0 },
	{ "frameset",   rawhtml_make_div,         RP_DIV, 0 },
	{ "h1",         rawhtml_make_heading,     RP_HEADING, 1 },
	{ "h2",         rawhtml_make_heading,     RP_HEADING, 2 },
	{ "h3",         rawhtml_make_heading,     RP_HEADING, 3 },
	{ "h4",         rawhtml_make_heading,     RP_HEADING, 4 },
	{ "h5",         rawhtml_make_heading,     RP_HEADING, 5 },
	{ "h6",         rawhtml_make_heading,     RP_HEADING, 6 },
	{ "head",       rawhtml_make_div,         RP_SPAN, 0 },
	{ "header",     rawhtml_make_div,         RP_DIV, 0 },
	{ "hgroup",     rawhtml_make_div,         RP_DIV, 0 },
	{ "hr",         make_sign,                RP_THEMATIC_BREAK, 0 },
	{ "html",       rawhtml_make_div,         RP_SPAN, 0 },
	{ "i",          make_inline,              RP_EMPHASIS, 0 },
	{ "iframe",     rawhtml_make_media,       RP_LINK, 0 },
	{ "img",        rawhtml_make_image,       RP_IMAGE, 0 },
	{ "input",      rawhtml_make_input,       RP_SPAN, 0 },
	{ "ins",        make_inline,              RP_UNDERLINE, 0 },
	{ "kbd",        make_inline,              RP_KEYBOARD, 0 },
	{ "label",      make_span,                RP_SPAN, 0 },
	{ "legend",     rawhtml_make_paragraph,   RP_PARAGRAPH, 0 },
	{ "li",         rawhtml_make_item,        RP_ITEM, 0 },
	{ "link",       drop,                     RP_SPAN, 0 },
	{ "listing",    rawhtml_make_pre,         RP_CODE_BLOCK, 0 },
	{ "main",       rawhtml_make_div,         RP_DIV, 0 },
	{ "map",        make_span,                RP_SPAN, 0 },
	{ "mark",       make_inline,              RP_MARK, 0 },
	{ "marquee",    make_span,                RP_SPAN, 0 },
	{ "math",       rawhtml_make_drawing,     RP_SPAN, 1 },
	{ "menu",       rawhtml_make_list,        RP_LIST, 0 },
	{ "meta",       drop,                     RP_SPAN, 0 },
	{ "meter",      make_span,                RP_SPAN, 0 },
	{ "nav",        rawhtml_make_div,         RP_DIV, 0 },
	{ "nobr",       make_span,                RP_SPAN, 0 },
	{ "noembed",    make_span,                RP_SPAN, 0 },
	{ "noframes",   make_span,                RP_SPAN, 0 },
	{ "noscript",   make_span,                RP_SPAN, 0 },
	{ "object",     rawhtml_make_media,       RP_LINK, 1 },
	{ "ol",         rawhtml_make_list,        RP_LIST, 1 },
	{ "optgroup",   make_span,                RP_SPAN, 0 },
	{ "option",     make_option,              RP_SPAN, 0 },
	{ "output",     make_span,                RP_SPAN, 0 },
	{ "p",          rawhtml_make_paragraph,   RP_PARAGRAPH, 0 },
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
	{ "search",     rawhtml_make_div,         RP_DIV, 0 },
	{ "section",    rawhtml_make_div,         RP_DIV, 0 },
	{ "select",     make_span,                RP_SPAN, 0 },
	{ "slot",       make_span,                RP_SPAN, 0 },
	{ "small",      make_span,                RP_SPAN, 0 },
	{ "source",     rawhtml_make_source,      RP_SPAN, 0 },
	{ "span",       make_span,                RP_SPAN, 0 },
	{ "strike",     make_inline,              RP_STRIKETHROUGH, 0 },
	{ "strong",     make_inline,              RP_STRONG, 0 },
	{ "style",      drop,                     RP_SPAN, 0 },
	{ "sub",        make_inline,              RP_SUBSCRIPT, 0 },
	{ "summary",    rawhtml_make_summary,     RP_SUMMARY, 0 },
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
