/*
 * block.c - blocks.  A node that has more to say than pandoc's block can hold stands in
 * a Div of its kind that says it.
 */
#include <string.h>

#include <rolepress/text.h>

#include "pandoc.h"

typedef void block_fn(struct pandoc *, const struct rp_node *);

static const char *
class_of(struct rp_doc *doc, const struct rp_node *n)
{
	return rp_join(doc, "rolepress-", rp_kind_name(rp_kind(n)), NULL);
}

static int
has_nothing_to_say(const struct pandoc *p, const struct rp_node *n, const char *class)
{
	const char *name, *value;

	return !rp_has(n, RP_A_ID) && !rp_has(n, RP_A_CLASS) && !rp_has(n, RP_A_LANG) &&
	       !rp_has(n, RP_A_DIR) && !rp_named_at(n, 0, &name, &value) &&
	       (class == NULL || pd_is_hidden(p, class));
}

void
pd_box_open(struct pandoc *p, const char *type, const struct rp_node *n, const char *class, attr_set said,
    attr_set unset)
{
	int bare = p->clean && p->boxes < MOST_BOXES && has_nothing_to_say(p, n, class);

	if (p->boxes < MOST_BOXES)
		p->bare[p->boxes] = bare;
	p->boxes++;
	if (bare)
		return;
	pd_el_open(p, type);
	rp_json_array(p->j);
	pd_attr_put(p, n, class, said, unset);
	rp_json_array(p->j);
}

void
pd_box_close(struct pandoc *p)
{
	p->boxes--;
	if (p->boxes < MOST_BOXES && p->bare[p->boxes])
		return;
	rp_json_end(p->j);
	rp_json_end(p->j);
	pd_el_close(p);
}

void
pd_div_open(struct pandoc *p, const struct rp_node *n, attr_set said)
{
	pd_box_open(p, "Div", n, class_of(p->job->doc, n), said, 0);
}

/* ---- Kinds ---- */

void
pd_para(struct pandoc *p, const struct rp_node *n, const char *type)
{
	pd_el_open(p, type);
	rp_json_array(p->j);
	pd_inlines(p, n);
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
paragraph(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *up = rp_parent(n);
	int tight = rp_kind(up) == RP_ITEM && rp_kind(rp_parent(up)) == RP_LIST &&
	    rp_get_int(rp_parent(up), RP_A_TIGHT, 0);

	pd_para(p, n, tight ? "Plain" : "Para");
}

static long
level_of(const struct pandoc *p, const struct rp_node *heading)
{
	const struct rp_node *up = rp_parent(heading);

	/* In a book of documents, level 1 is the document. */
	if (p->prefix != NULL && rp_kind(up) == RP_SECTION)
		return rp_get_int(up, RP_A_LEVEL, 1) + 1;
	return rp_get_int(heading, RP_A_LEVEL, 1);
}

/* A heading, and what its section says if nobody else does. */
static void
header(struct pandoc *p, const struct rp_node *n, const struct rp_node *section)
{
	pd_el_open(p, "Header");
	rp_json_array(p->j);
	rp_json_int(p->j, level_of(p, n));
	if (section != NULL) {
		pd_attr_begin(p, rp_get(section, RP_A_ID), NULL, rp_get(n, RP_A_CLASS));
		pd_attr_pairs(p, n, "", ATTR(LEVEL) | ATTR(ID));
		pd_attr_pair(p, "rolepress-heading-id", rp_get(n, RP_A_ID));
		pd_attr_pairs(p, section, "section-", ATTR(LEVEL) | ATTR(ID));
		pd_attr_end(p);
	} else {
		pd_attr_put(p, n, NULL, ATTR(LEVEL), 0);
	}
	rp_json_array(p->j);
	pd_inlines(p, n);
	rp_json_end(p->j);
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
heading(struct pandoc *p, const struct rp_node *n)
{
	header(p, n, NULL);
}

static void
section(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *first = rp_first(n);

	/* In a clean export a heading is enough, but for a section in another language. */
	int boxed = p->clean ? rp_has(n, RP_A_LANG) || rp_has(n, RP_A_DIR) : !p->flat;

	if (boxed) {
		pd_div_open(p, n, 0);
		pd_blocks(p, n);
		pd_box_close(p);
		return;
	}
	if (first != NULL && rp_kind(first) == RP_HEADING) {
		header(p, first, n);
		first = rp_next(first);
	}
	pd_blocks_from(p, first);
}

static void
block_quote(struct pandoc *p, const struct rp_node *n)
{
	pd_el_open(p, "BlockQuote");
	rp_json_array(p->j);
	pd_blocks(p, n);
	rp_json_end(p->j);
	pd_el_close(p);
}

/* What stands in <!-- --> and is one comment to every reader of HTML. */
static int
is_safe_comment(const char *s, size_t len)
{
	return *s != '>' && strncmp(s, "->", 2) != 0 && strstr(s, "--") == NULL &&
	       (len == 0 || s[len - 1] != '-');
}

/* As pandoc's own comments are, for its filters; else by a name that no format of its has. */
static void
comment(struct pandoc *p, const struct rp_node *n)
{
	const char *text = rp_text(n);

	if (p->clean)		/* it is not for readers */
		return;
	if (is_safe_comment(text, rp_text_len(n)))
		pd_raw_el(p, "RawBlock", "html", rp_join(p->job->doc, "<!--", text, "-->", NULL));
	else
		pd_raw_el(p, "RawBlock", "rolepress-comment", text);
}

static void
raw(struct pandoc *p, const struct rp_node *n)
{
	const char *format = rp_get(n, RP_A_FORMAT), *text = rp_text(n);
	size_t len = rp_text_len(n);

	if (format == NULL)
		format = "html";
	/* A comment that nobody has taken for one: "html" would make it one on its way back. */
	if (strcmp(format, "html") == 0 && len >= 7 && strncmp(text, "<!--", 4) == 0 &&
	    strcmp(text + len - 3, "-->") == 0)
		format = "html5";
	pd_raw_el(p, "RawBlock", format, text);
}

/* The language is a class; a longer info string, or none beside a class, is said. */
static void
code_block(struct pandoc *p, const struct rp_node *n)
{
	const char *info = rp_get(n, RP_A_INFO), *class = rp_get(n, RP_A_CLASS), *text = rp_text(n);
	size_t len = rp_text_len(n), word = info != NULL ? strcspn(info, " \t") : 0;
	int line_end = len > 1 && text[len - 1] == '\n';
	const char *raw = pd_raw_format(p->job->doc, n);

	if (raw != NULL && len > 0 && text[len - 1] == '\n') {
		pd_raw_el(p, "RawBlock", raw, rp_dup(p->job->doc, text, len - 1));
		return;
	}
	pd_el_open(p, "CodeBlock");
	rp_json_array(p->j);
	pd_attr_begin(p, rp_get(n, RP_A_ID), word > 0 ? rp_dup(p->job->doc, info, word) : NULL, class);
	pd_attr_pairs(p, n, "", ATTR(INFO));
	if (info != NULL ? info[word] != '\0' || word == 0 : class != NULL && *class != '\0')
		pd_attr_pair(p, "rolepress-info", info != NULL ? info : "");
	if (info == NULL && class != NULL && *class != '\0')
		pd_attr_pair(p, "rolepress-unset", "info");
	if (!line_end && len > 0)	/* the reader adds one */
		pd_attr_pair(p, "rolepress-end", text[len - 1] == '\n' ? "line" : "none");
	pd_attr_end(p);
	rp_json_string(p->j, line_end ? rp_dup(p->job->doc, text, len - 1) : text);
	rp_json_end(p->j);
	pd_el_close(p);
}

static void
thematic_break(struct pandoc *p, const struct rp_node *n)
{
	(void)n;
	pd_el_alone(p, "HorizontalRule");
}

/* A class that would be taken for something else than a plain Div. */
static int
is_special(const struct rp_node *n)
{
	static const char *const words[] = { "section", "note", "tip", "important", "warning", "caution",
		"line-block", "figure" };
	const char *class = rp_get(n, RP_A_CLASS);
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (rp_has_class(n, words[i]))
			return 1;
	return class != NULL && strstr(class, "rolepress-") != NULL;
}

static void
div(struct pandoc *p, const struct rp_node *n)
{
	pd_box_open(p, "Div", n, is_special(n) ? "rolepress-div" : NULL, 0, 0);
	pd_blocks(p, n);
	pd_box_close(p);
}

/* What a user of another format sees that it is: pandoc's own alerts have a title too. */
static void
admonition(struct pandoc *p, const struct rp_node *n)
{
	static const struct { const char *type; enum rp_label label; } labels[] = {
		{ "note", RP_L_NOTE }, { "tip", RP_L_TIP }, { "important", RP_L_IMPORTANT },
		{ "warning", RP_L_WARNING }, { "caution", RP_L_CAUTION },
	};
	const char *type = rp_get(n, RP_A_TYPE), *title = rp_get(n, RP_A_TITLE), *lang;
	size_t i;

	lang = rp_get(p->job->root, RP_A_LANG);
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]) && type != NULL && title == NULL; i++)
		if (strcmp(labels[i].type, type) == 0)
			title = rp_label(labels[i].label, lang != NULL ? lang : "en");
	if (p->clean && type != NULL)	/* as pandoc's own alerts are */
		pd_box_open(p, "Div", n, rp_has_class(n, type) ? NULL : type, ATTR(TYPE), 0);
	else
		pd_div_open(p, n, 0);
	if (title != NULL) {
		pd_el_open(p, "Div");
		rp_json_array(p->j);
		pd_attr_begin(p, NULL, "rolepress-label", "title");
		pd_attr_end(p);
		rp_json_array(p->j);
		pd_el_open(p, "Para");
		rp_json_array(p->j);
		pd_el_open(p, "Strong");
		rp_json_array(p->j);
		pd_str_el(p, title);
		rp_json_end(p->j);
		pd_el_close(p);
		rp_json_end(p->j);
		pd_el_close(p);
		rp_json_end(p->j);
		rp_json_end(p->j);
		pd_el_close(p);
	}
	pd_blocks(p, n);
	pd_box_close(p);
}

static void
boxed(struct pandoc *p, const struct rp_node *n)
{
	pd_div_open(p, n, 0);
	pd_blocks(p, n);
	pd_box_close(p);
}

static void
footnote(struct pandoc *p, const struct rp_node *n)
{
	if (pd_note_is_loose(p, n))
		boxed(p, n);
}

static void
nothing(struct pandoc *p, const struct rp_node *n)
{
	(void)p, (void)n;
}

/* ---- All of them ---- */

/* said: what the form holds; a node with more than that stands in a Div. */
static const struct form {
	block_fn	*put;
	attr_set	 said;
	int		 whole;		/* the form holds every attribute */
} forms[RP_KIND_MAX] = {
	[RP_META_MAP] = { nothing, 0, 1 },	[RP_META_LIST] = { nothing, 0, 1 },
	[RP_META_SCALAR] = { nothing, 0, 1 },	[RP_INFO] = { nothing, 0, 1 },
	[RP_KEYWORD] = { nothing, 0, 1 },	[RP_REFERENCE] = { nothing, 0, 1 },
	[RP_RESOURCE] = { nothing, 0, 1 },	[RP_TITLE] = { nothing, 0, 1 },
	[RP_SUBTITLE] = { nothing, 0, 1 },
	[RP_SECTION] = { section, 0, 1 },	[RP_HEADING] = { heading, 0, 1 },
	[RP_PARAGRAPH] = { paragraph, 0, 0 },	[RP_BLOCK_QUOTE] = { block_quote, 0, 0 },
	[RP_LIST] = { pd_list, 0, 1 },		[RP_CODE_BLOCK] = { code_block, 0, 1 },
	[RP_THEMATIC_BREAK] = { thematic_break, 0, 0 },
	[RP_TABLE] = { pd_table, 0, 1 },		[RP_FIGURE] = { pd_figure, 0, 1 },
	[RP_DEFINITION_LIST] = { pd_definition_list, 0, 1 },
	[RP_QUESTION_LIST] = { pd_question_list, 0, 1 },
	[RP_ADMONITION] = { admonition, 0, 1 },	[RP_DETAILS] = { boxed, 0, 1 },
	[RP_DIV] = { div, 0, 1 },		[RP_FOOTNOTE] = { footnote, 0, 1 },
	[RP_COMMENT] = { comment, 0, 0 },		[RP_RAW_BLOCK] = { raw, ATTR(FORMAT), 0 },
};

void
pd_block(struct pandoc *p, const struct rp_node *n)
{
	const struct form *f = &forms[rp_kind(n)];

	if (f->put == NULL) {		/* a part of something, or of a kind from elsewhere */
		boxed(p, n);
	} else if (f->whole || !pd_attr_more(n, f->said)) {
		f->put(p, n);
	} else {
		pd_div_open(p, n, f->said);
		f->put(p, n);
		pd_box_close(p);
	}
}

void
pd_blocks_from(struct pandoc *p, const struct rp_node *n)
{
	const struct rp_node *end;

	for (; n != NULL; n = end) {
		end = rp_next(n);
		if (!pd_is_inline(n)) {
			pd_block(p, n);
			continue;
		}
		while (end != NULL && pd_is_inline(end))
			end = rp_next(end);
		pd_el_open(p, "Plain");
		rp_json_array(p->j);
		pd_inlines_run(p, n, end);
		rp_json_end(p->j);
		pd_el_close(p);
	}
}

void
pd_blocks(struct pandoc *p, const struct rp_node *parent)
{
	pd_blocks_from(p, rp_first(parent));
}
