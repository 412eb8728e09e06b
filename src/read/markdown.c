/*
 * markdown.c - the body: cmark-gfm's tree becomes ours.
 *
 * Only texts are copied out of it: the memory that cmark works in is used again by the
 * next document.
 */
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <footnotes.h>
#include <node.h>
#include <parser.h>

#include "read.h"

/* Deeper nesting of containers than this is flattened: no consumer downstream
 * has to survive what nobody can read. */
enum { MAX_DEPTH = 100 };

/* cmark's node types: a number, and whether it is a block's or an inline's. */
enum { MOST_TYPES = 32 };

struct reader {
	struct rp_doc	*doc;
	struct prepared	*text;
	uint32_t	 line0;		/* lines before the text */
	const cmark_node *block;	/* the innermost one around the inlines */
	int		 quotes;	/* block quotes around that one */
	int		 continued;	/* the line in it that a column was asked for last, */
	uint32_t	 stripped;	/* and what cmark took off that line */
	int		 depth;		/* of the node that is being filled, below DOCUMENT */
	int		 told_deep;
	struct map	 footnote_numbers; /* by label, in the order of the references */
	struct map	 footnote_ids;	/* by label */
	struct map	 ids_taken;	/* id: int, the number to try for another one like it */
	size_t		 column;	/* of the next cell in its row */
	struct rp_node	*into;
	int		 has_entities;	/* numeric ones: they can name what no document may hold */
	unsigned	 unsure;	/* what autolinks there may be */
	int		 missed;	/* there is one: the tree is to be made again */
	const struct mapping *mappings[2][MOST_TYPES];	/* by type, as they are met */
};

/* Bytes that a continuation line has before its text: indentation, and the marks of
 * the block quotes it is in (a lazy line leaves them off). */
__attribute__((noinline)) static void
set_continued(struct reader *r, int line)
{
	size_t len, i = 0;
	const char *p = rp_doc_line(r->doc, (uint32_t)line + r->line0, &len);
	int q;

	if (p != NULL)
		i = strspn(p, " \t");
	for (q = 0; p != NULL && q < r->quotes && p[i] == '>'; q++) {
		i++;
		i += strspn(p + i, " \t");
	}
	r->continued = line;
	r->stripped = (uint32_t)i;
}

/*
 * cmark counts the columns of an inline on a continuation line from the column
 * of its block, as if nothing had been stripped before the text.  To be added to each
 * that is not before that column.
 */
static inline uint32_t
continued(struct reader *r, int line)
{
	if (r->continued != line)
		set_continued(r, line);
	return r->stripped + 1 - (uint32_t)r->block->start_column;
}

static uint32_t
column(struct reader *r, int is_inline, int line, int col)
{
	uint32_t fixed = col > 0 ? (uint32_t)col : 1;

	if (is_inline && line > r->block->start_line && col >= r->block->start_column)
		fixed += continued(r, line);
	return r->text->cover_count > 0 ? prepared_column(r->text, (uint32_t)line, fixed) : fixed;
}

/* Of what goes over several lines, has covers in its line, or no place.  Not inlined: what it
 * needs would burden all the others. */
__attribute__((noinline)) static struct rp_pos
position_apart(struct reader *r, const cmark_node *c, int is_inline)
{
	struct rp_pos p = { 0 };

	if (c->start_line <= 0)
		return p;
	p.line = (uint32_t)c->start_line + r->line0;
	p.col = column(r, is_inline, c->start_line, c->start_column);
	if (c->end_line > 0) {
		p.end_line = (uint32_t)c->end_line + r->line0;
		p.end_col = c->end_column > 0 ? column(r, is_inline, c->end_line, c->end_column) : 0;
	}
	return p;
}

static inline struct rp_pos
position(struct reader *r, const cmark_node *c)
{
	int is_inline = r->block != NULL && CMARK_NODE_TYPE_INLINE_P((cmark_node_type)c->type);
	int line = c->start_line, col = c->start_column, end_col = c->end_column;
	struct rp_pos p;
	uint32_t more;

	if (line <= 0 || col <= 0 || end_col <= 0 || c->end_line != line ||
	    (r->text->cover_count > 0 && prepared_is_covered(r->text, (uint32_t)line)))
		return position_apart(r, c, is_inline);
	p.line = p.end_line = (uint32_t)line + r->line0;
	p.col = (uint32_t)col;
	p.end_col = (uint32_t)end_col;
	if (is_inline && line > r->block->start_line) {
		more = continued(r, line);
		p.col += col >= r->block->start_column ? more : 0;
		p.end_col += end_col >= r->block->start_column ? more : 0;
	}
	return p;
}

/* What cmark made, as it is kept: without covers, and clean. */
static const char *
string(struct reader *r, const char *s, size_t *len, struct rp_pos pos)
{
	if (r->text->cover_count > 0)
		s = prepared_strip(r->text, r->doc, s, len);
	return r->has_entities ? clean_text(r->doc, s, len, pos) : s;
}

static const char *
chunk(struct reader *r, const cmark_chunk *c, struct rp_pos pos, size_t *len)
{
	*len = (size_t)c->len;
	return string(r, arena_dup(&r->doc->arena, (const char *)c->data, *len), len, pos);
}

static void
set_chunk(struct reader *r, struct rp_node *n, enum rp_attr a, const cmark_chunk *c)
{
	size_t len;
	const char *s;

	if (c->len == 0)
		return;
	s = chunk(r, c, n->pos, &len);
	node_borrow_attr(r->doc, n, a, s);
}

static void
set_text(struct reader *r, struct rp_node *n, const cmark_chunk *c)
{
	size_t len;

	n->text = chunk(r, c, n->pos, &len);
	n->text_len = (uint32_t)len;	/* cmark's are no longer than an int */
}

/* ---- What each kind of cmark's nodes brings ---- */

typedef void fill_fn(struct reader *, struct rp_node *, cmark_node *);

static void
fill_heading(struct reader *r, struct rp_node *n, cmark_node *c)
{
	rp_set_int(r->doc, n, RP_A_LEVEL, c->as.heading.level);
}

static void
fill_list(struct reader *r, struct rp_node *n, cmark_node *c)
{
	const cmark_list *l = &c->as.list;

	if (l->list_type == CMARK_ORDERED_LIST) {
		rp_set_int(r->doc, n, RP_A_ORDERED, 1);
		rp_set_int(r->doc, n, RP_A_START, l->start);
		node_borrow_attr(r->doc, n, RP_A_DELIMITER, l->delimiter == CMARK_PAREN_DELIM ? ")" : ".");
	}
	rp_set_int(r->doc, n, RP_A_TIGHT, l->tight);
}

static void
fill_item(struct reader *r, struct rp_node *n, cmark_node *c)
{
	if (c->extension != NULL && strcmp(cmark_node_get_type_string(c), "tasklist") == 0)
		rp_set_int(r->doc, n, RP_A_CHECKED, cmark_gfm_extensions_get_tasklist_item_checked(c));
}

static void
fill_code_block(struct reader *r, struct rp_node *n, cmark_node *c)
{
	set_text(r, n, &c->as.code.literal);
	set_chunk(r, n, RP_A_INFO, &c->as.code.info);
}

static void
fill_literal(struct reader *r, struct rp_node *n, cmark_node *c)
{
	set_text(r, n, &c->as.literal);
}

static void
fill_text(struct reader *r, struct rp_node *n, cmark_node *c)
{
	r->missed |= r->unsure != 0 && parse_missed(c, r->unsure);
	set_text(r, n, &c->as.literal);
}

static void
fill_raw(struct reader *r, struct rp_node *n, cmark_node *c)
{
	set_text(r, n, &c->as.literal);
	node_borrow_attr(r->doc, n, RP_A_FORMAT, "html");
}

static void
fill_link(struct reader *r, struct rp_node *n, cmark_node *c)
{
	set_chunk(r, n, RP_A_URL, &c->as.link.url);
	if (!rp_has(n, RP_A_URL))
		node_borrow_attr(r->doc, n, RP_A_URL, "");
	set_chunk(r, n, RP_A_TITLE, &c->as.link.title);
}

static void
fill_table(struct reader *r, struct rp_node *n, cmark_node *c)
{
	rp_set_int(r->doc, n, RP_A_COLUMNS, cmark_gfm_extensions_get_table_columns(c));
}

static void
fill_row(struct reader *r, struct rp_node *n, cmark_node *c)
{
	if (cmark_gfm_extensions_get_table_row_is_header(c))
		rp_set_int(r->doc, n, RP_A_HEADER, 1);
	r->column = 0;
}

static void
fill_cell(struct reader *r, struct rp_node *n, cmark_node *c)
{
	cmark_node *row = c->parent;
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(row->parent);
	size_t i = r->column++;

	if (cmark_gfm_extensions_get_table_row_is_header(row))
		rp_set_int(r->doc, n, RP_A_HEADER, 1);
	if (align == NULL || i >= cmark_gfm_extensions_get_table_columns(row->parent))
		return;
	if (align[i] == 'l' || align[i] == 'c' || align[i] == 'r')
		node_borrow_attr(r->doc, n, RP_A_ALIGN,
		    align[i] == 'l' ? "left" : align[i] == 'c' ? "center" : "right");
}

/* cmark's label goes on to the text of the footnote: "a]: ". */
static const char *
footnote_label(struct reader *r, const cmark_chunk *c)
{
	const char *end = memchr(c->data, ']', (size_t)c->len);

	return arena_dup(&r->doc->arena, (const char *)c->data,
	    end != NULL ? (size_t)(end - (const char *)c->data) : (size_t)c->len);
}

/* Labels may hold anything; ids are made of what all outputs can name. */
static const char *
footnote_id(struct reader *r, const cmark_chunk *chunk)
{
	const char *label = footnote_label(r, chunk), *id = map_get(&r->footnote_ids, label), *slug, *plain;
	int *next;

	if (id != NULL)
		return id;
	slug = rp_slug(r->doc, label);
	id = plain = rp_join(r->doc, "fn-", *slug != '\0' ? slug : "note", NULL);
	for (next = map_get(&r->ids_taken, plain); map_get(&r->ids_taken, id) != NULL; ++*next)
		id = str_format(&r->doc->arena, "%s-%d", plain, *next);
	next = arena_alloc(&r->doc->arena, sizeof(*next));
	*next = 2;
	map_add(&r->ids_taken, id, next);
	return map_add(&r->footnote_ids, label, (void *)(uintptr_t)id);
}

/* cmark's own numbers count the paragraph that prepare() added. */
static long
footnote_number(struct reader *r, const char *label)
{
	return (long)(intptr_t)map_add(&r->footnote_numbers, label,
	    (void *)(intptr_t)(r->footnote_numbers.count + 1));
}

static void
fill_footnote(struct reader *r, struct rp_node *n, cmark_node *c)
{
	const char *label = footnote_label(r, &c->as.literal);
	size_t len = strlen(label);

	if (map_get(&r->footnote_numbers, label) == NULL)
		diag_doc(r->doc, RP_D_FOOTNOTE_UNUSED, n->pos,
		    prepared_strip(r->text, r->doc, label, &len), NULL);
	node_borrow_attr(r->doc, n, RP_A_ID, footnote_id(r, &c->as.literal));
	rp_set_int(r->doc, n, RP_A_NUMBER, footnote_number(r, label));
}

static void
fill_footnote_ref(struct reader *r, struct rp_node *n, cmark_node *c)
{
	const cmark_node *def = c->parent_footnote_def;
	int times = c->footnote.ref_ix - 1;	/* without the one that prepare() added */
	const char *id;

	if (def == NULL)
		return;
	id = footnote_id(r, &def->as.literal);
	node_borrow_attr(r->doc, n, RP_A_FRAGMENT, id);
	rp_set_int(r->doc, n, RP_A_NUMBER, footnote_number(r, footnote_label(r, &def->as.literal)));
	node_borrow_attr(r->doc, n, RP_A_ID, str_format(&r->doc->arena,
	    times > 1 ? "fnref-%s-%d" : "fnref-%s", id + 3, times));
}

struct mapping {
	enum rp_kind	 kind;
	fill_fn		*fill;
	int		 transparent;	/* may be left out where nesting is too deep */
};

/* cmark's own types are constants, but extensions' are numbered as they are
 * registered, so those go by name. */
static const struct mapping *
mapping_by_name(cmark_node *c)
{
	static const struct mapping none = { RP_KIND_MAX, NULL, 0 };
	static const struct { const char *name; struct mapping m; } map[] = {
		{ "text",          { RP_TEXT, fill_text, 0 } },
		{ "softbreak",     { RP_SOFT_BREAK, NULL, 0 } },
		{ "paragraph",     { RP_PARAGRAPH, NULL, 0 } },
		{ "item",          { RP_ITEM, fill_item, 0 } },
		{ "list",          { RP_LIST, fill_list, 1 } },
		{ "strong",        { RP_STRONG, NULL, 1 } },
		{ "emph",          { RP_EMPHASIS, NULL, 1 } },
		{ "link",          { RP_LINK, fill_link, 1 } },
		{ "code",          { RP_CODE, fill_literal, 0 } },
		{ "heading",       { RP_HEADING, fill_heading, 0 } },
		{ "table_cell",    { RP_CELL, fill_cell, 0 } },
		{ "table_row",     { RP_ROW, fill_row, 0 } },
		{ "table_header",  { RP_ROW, fill_row, 0 } },
		{ "table",         { RP_TABLE, fill_table, 0 } },
		{ "block_quote",   { RP_BLOCK_QUOTE, NULL, 1 } },
		{ "code_block",    { RP_CODE_BLOCK, fill_code_block, 0 } },
		{ "thematic_break", { RP_THEMATIC_BREAK, NULL, 0 } },
		{ "linebreak",     { RP_LINE_BREAK, NULL, 0 } },
		{ "html_block",    { RP_RAW_BLOCK, fill_raw, 0 } },
		{ "html_inline",   { RP_RAW_INLINE, fill_raw, 0 } },
		{ "image",         { RP_IMAGE, fill_link, 1 } },
		{ "strikethrough", { RP_STRIKETHROUGH, NULL, 1 } },
		{ "tasklist",      { RP_ITEM, fill_item, 0 } },
		{ "footnote_definition", { RP_FOOTNOTE, fill_footnote, 0 } },
		{ "footnote_reference",  { RP_FOOTNOTE_REF, fill_footnote_ref, 0 } },
	};
	const char *name = c->type == CMARK_NODE_FOOTNOTE_DEFINITION ? "footnote_definition"
	    : c->type == CMARK_NODE_FOOTNOTE_REFERENCE ? "footnote_reference"
	    : cmark_node_get_type_string(c);
	size_t i;

	for (i = 0; i < LEN(map); i++)
		if (strcmp(name, map[i].name) == 0)
			return &map[i].m;
	return &none;
}

static const struct mapping *
mapping_of(struct reader *r, cmark_node *c)
{
	const cmark_node_type type = (cmark_node_type)c->type;
	unsigned n = (unsigned)type & CMARK_NODE_VALUE_MASK;
	const struct mapping **m = &r->mappings[CMARK_NODE_TYPE_INLINE_P(type)][n];

	if (n >= MOST_TYPES)
		return mapping_by_name(c);
	if (*m == NULL)
		*m = mapping_by_name(c);
	return *m;
}

/* cmark splits text wherever markup might have begun; ours is whole. */
static cmark_node *
join_text(struct reader *r, struct rp_node *n, cmark_node *first)
{
	cmark_node *c, *last = first;
	struct rp_pos end;
	size_t len = 0;
	const char *text;
	char *at;

	for (c = first; c != NULL && c->type == CMARK_NODE_TEXT; c = c->next) {
		len += (size_t)c->as.literal.len;
		if (n->pos.line == 0)	/* a bracket that opened nothing has no position */
			n->pos = position(r, c);
		r->missed |= r->unsure != 0 && parse_missed(c, r->unsure);
		last = c;
	}
	end = position(r, last);
	n->pos.end_line = end.end_line;
	n->pos.end_col = end.end_col;
	text = at = arena_raw(&r->doc->arena, len + 1);
	for (c = first; c != last->next; c = c->next) {
		memcpy(at, c->as.literal.data, (size_t)c->as.literal.len);
		at += c->as.literal.len;
	}
	*at = '\0';
	text = string(r, text, &len, n->pos);
	node_borrow_text(n, text, len);
	return last;
}

static int
is_too_deep(struct reader *r, const cmark_node *c)
{
	char most[16];

	if (r->depth < MAX_DEPTH)
		return 0;
	if (!r->told_deep) {
		r->told_deep = 1;
		snprintf(most, sizeof(most), "%d", (int)MAX_DEPTH);
		diag_doc(r->doc, RP_D_TOO_DEEP, position(r, c), most, NULL);
	}
	return 1;
}

/* Makes our node for c below r->into; NULL if c is passed through.  *last is the
 * last of cmark's siblings that it stands for. */
static struct rp_node *
convert(struct reader *r, cmark_node *c, cmark_node **last)
{
	const struct mapping *m = mapping_of(r, c);
	struct rp_node *n;

	*last = c;
	if (m->kind == RP_KIND_MAX || (m->transparent && is_too_deep(r, c)) ||
	    (m->kind == RP_ITEM && r->into->kind != RP_LIST))
		return NULL;
	n = rp_new(r->doc, m->kind);
	n->pos = position(r, c);
	if (m->kind == RP_TEXT && c->next != NULL && c->next->type == CMARK_NODE_TEXT)
		*last = join_text(r, n, c);
	else if (m->fill != NULL)
		m->fill(r, n, c);
	node_link_last(r->into, n);
	return n;
}

/* Notes the block whose inlines come next. */
static void
enter_block(struct reader *r, const cmark_node *c)
{
	const cmark_node *p;

	if (c->first_child == NULL || !CMARK_NODE_TYPE_INLINE_P((cmark_node_type)c->first_child->type))
		return;
	r->block = c;
	r->continued = 0;
	r->quotes = 0;
	for (p = c->parent; p != NULL; p = p->parent)
		r->quotes += p->type == CMARK_NODE_BLOCK_QUOTE;
}

static void
convert_tree(struct reader *r, cmark_node *root)
{
	cmark_node *c = root->first_child, *last;
	struct rp_node *n;

	/* user_data holds our node of a container that has one. */
	while (c != NULL && !r->missed) {
		n = convert(r, c, &last);
		c->user_data = n;
		if (CMARK_NODE_TYPE_BLOCK_P((cmark_node_type)c->type))
			enter_block(r, c);
		if (c->first_child != NULL) {
			if (n != NULL) {
				r->into = n;
				r->depth++;
			}
			c = c->first_child;
			continue;
		}
		c = last;
		while (c != root && c->next == NULL) {
			c = c->parent;
			if (c != root && c->user_data != NULL) {
				r->into = r->into->parent;
				r->depth--;
			}
		}
		c = c != root ? c->next : NULL;
	}
}

/* All of a document's body.  -1: there are autolinks in it that this tree of cmark's lacks. */
static int
convert_body(struct rp_doc *doc, struct prepared *text, uint32_t line0, cmark_node *root,
    unsigned unsure)
{
	struct reader r = { .doc = doc, .text = text, .line0 = line0 - text->head_lines,
	    .into = doc->root, .unsure = unsure };

	r.has_entities = has_pair(text->text, text->text + text->len, "&#");
	if (text->head_lines > 0)
		cmark_node_unlink(root->first_child);
	convert_tree(&r, root);
	map_free(&r.footnote_numbers);
	map_free(&r.footnote_ids);
	map_free(&r.ids_taken);
	return r.missed ? -1 : 0;
}

int
read_markdown(struct rp_doc *doc, const char *text, size_t len, uint32_t first_line)
{
	struct rp_arena own = { 0 }, *arena = doc->scratch != NULL ? doc->scratch : &own;
	struct rp_node *before = doc->root->last;
	struct message *said;
	struct prepared t;
	unsigned unsure;
	cmark_node *root;

	prepare(doc, text, len, first_line - 1, &t);
	said = doc->last_message;
	root = parse_markdown(arena, t.text, t.len, &unsure);
	if (convert_body(doc, &t, first_line - 1, root, unsure) == -1) {
		while (doc->root->last != before)
			rp_detach(doc->root->last);
		diag_forget(doc, said);
		convert_body(doc, &t, first_line - 1, parse_autolinks(arena, t.text, t.len), 0);
	}
	arena_reset(arena);
	arena_free(&own);
	prepared_free(&t);
	return 0;
}
