/*
 * block.c - paragraphs, headings, boxes, and blocks with a line of their own.
 */
#include <string.h>

#include "rawhtml.h"

static void
pass_align_on(struct rawhtml *h, struct rp_node *content, const char *align)
{
	struct rp_node *n;

	for (n = rp_first(content); align != NULL && n != NULL; n = rp_next(n))
		if ((rp_kind(n) == RP_PARAGRAPH || rp_kind(n) == RP_HEADING) &&
		    rp_get(n, RP_A_ALIGN) == NULL)
			rp_set(h->doc, n, RP_A_ALIGN, align);
}

/* What a word of a class says a box is ("alert-danger", "note"); NULL: nothing.
 * "note" and the like say it alone, "info" only of what is called a box. */
static const char *
type_of_word(const char *word, int *box)
{
	static const struct { const char *word, *type; int alone; } types[] = {
		{ "note", "note", 1 }, { "tip", "tip", 1 }, { "important", "important", 1 },
		{ "warning", "warning", 1 }, { "caution", "caution", 1 },
		{ "danger", "caution", 1 }, { "info", "note", 0 }, { "hint", "tip", 0 },
		{ "success", "tip", 0 }, { "attention", "important", 0 },
		{ "warn", "warning", 0 }, { "error", "caution", 0 },
	};
	const char *last = strrchr(word, '-');
	int in_box = strstr(word, "alert-") != NULL || strstr(word, "admonition-") != NULL ||
	    strstr(word, "callout-") != NULL;
	size_t i;

	last = last != NULL ? last + 1 : word;
	*box |= rp_ascii_same(last, "alert", SIZE_MAX) || rp_ascii_same(last, "admonition", SIZE_MAX) ||
	    rp_ascii_same(last, "callout", SIZE_MAX);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (rp_ascii_same(types[i].word, last, SIZE_MAX) &&
		    (in_box || *box || (last == word && types[i].alone)))
			return types[i].type;
	return NULL;
}

static const char *
admonition_of(struct rawhtml *h, const char *classes)
{
	const char *type = NULL, *p = classes;
	int box = 0;
	size_t n;

	for (; p != NULL && type == NULL && p[strspn(p, " \t\n")] != '\0'; p += n) {
		p += strspn(p, " \t\n");
		n = strcspn(p, " \t\n");
		type = type_of_word(rp_dup(h->doc, p, n), &box);
	}
	return type != NULL ? type : box ? "note" : NULL;
}

/* The outputs write the type above it: what says only that goes. */
static void
make_admonition(struct rawhtml *h, struct rp_node *n, const char *type)
{
	struct rp_node *first = rp_first(n);

	if (rp_next(first) != NULL && rp_ascii_same(rp_plain_text(h->doc, first), type, SIZE_MAX))
		rp_detach(first);
	rp_set_kind(n, RP_ADMONITION);
	rp_set(h->doc, n, RP_A_TYPE, type);
}

struct rp_node *
rawhtml_make_div(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *type = admonition_of(h, rp_get(content, RP_A_CLASS));

	if (rp_kind(content) == RP_SPAN)
		rawhtml_blocks(h, content, RP_KIND_MAX);
	pass_align_on(h, content, e->arg ? "center" : rawhtml_align(attrs));
	if (rawhtml_shell(content) == NULL)
		return NULL;
	rawhtml_blocks(h, content, RP_KIND_MAX);
	if (type != NULL && rp_first(content) != NULL)
		make_admonition(h, content, type);
	return content;
}

/* A paragraph that was never closed may have swallowed blocks; then it is none. */
struct rp_node *
rawhtml_make_paragraph(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *align = rawhtml_align(attrs);

	if (rp_kind(content) == RP_DIV ||
	    admonition_of(h, rp_get(content, RP_A_CLASS)) != NULL)
		return rawhtml_make_div(h, e, attrs, content);
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

struct rp_node *
rawhtml_make_heading(struct rawhtml *h, const struct element *e, const char *const *attrs,
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

struct rp_node *
rawhtml_make_block(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)attrs;
	rawhtml_blocks(h, content, RP_KIND_MAX);
	if (rp_first(content) == NULL)
		return rawhtml_shell(content);
	rp_set_kind(content, e->kind);
	return content;
}

/* ---- Blocks with a line of their own: figure, details, fieldset ---- */

struct rp_node *
rawhtml_make_caption(struct rawhtml *h, const struct element *e, const char *const *attrs,
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

struct rp_node *
rawhtml_make_summary(struct rawhtml *h, const struct element *e, const char *const *attrs,
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
struct rp_node *
rawhtml_make_captioned(struct rawhtml *h, const struct element *e, const char *const *attrs,
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
