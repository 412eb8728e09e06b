/*
 * make.c - boxes, folds, wrappers, and what is small enough for a line.
 */
#include <string.h>

#include "shortcodes.h"

static const char *const title_keys[] = {
	"title", "heading", "header", "summary", "label", "name", "caption", NULL
};
static const char *const content_keys[] = { "content", "text", "body", "message", NULL };

/* ---- Parts ---- */

struct rp_node *
sc_new(struct shortcodes *s, const struct sc_marker *m, enum rp_kind kind)
{
	struct rp_node *n = rp_new(s->doc, kind);

	rp_set_pos(n, rp_pos(m->node));
	return n;
}

struct rp_node *
sc_new_text(struct shortcodes *s, const struct sc_marker *m, const char *text)
{
	struct rp_node *n = rp_new_text(s->doc, text);

	rp_set_pos(n, rp_pos(m->node));
	return n;
}

void
sc_remove(struct sc_marker *m)
{
	rp_detach(m->node);
	if (m->partner != NULL)
		rp_detach(m->partner->node);
}

/* The quotes around it are text, whatever is between them. */
struct rp_node *
sc_inlines(struct shortcodes *s, const struct sc_marker *m, const struct sc_arg *a)
{
	struct sc_flat f = sc_flat(s->doc, m->node);
	struct sc_cut cuts[2] = { { .at = a->from }, { .at = a->to } };
	struct rp_node *r = sc_new(s, m, RP_SPAN), *n;

	if (f.len == m->len && a->from < a->to)
		sc_cut(&f, cuts, 2);
	if (cuts[0].before != NULL && cuts[1].after != NULL) {
		sc_level(s->doc, cuts[0].before, cuts[1].after);
		for (n = rp_next(cuts[0].before); n != cuts[1].after; n = rp_next(n))
			rp_append(r, rp_copy(s->doc, n));
	} else {
		rp_append(r, sc_new_text(s, m, a->value));
	}
	return r;
}

/* A node of a kind with an argument's inlines. */
static struct rp_node *
node_of(struct shortcodes *s, const struct sc_marker *m, enum rp_kind kind, const struct sc_arg *a)
{
	struct rp_node *n = sc_new(s, m, kind);

	rp_move_children(n, sc_inlines(s, m, a));
	return n;
}

static struct rp_node *
bold_line(struct shortcodes *s, const struct sc_marker *m, const struct sc_arg *a)
{
	struct rp_node *para = sc_new(s, m, RP_PARAGRAPH), *strong = node_of(s, m, RP_STRONG, a);
	struct rp_node *only = rp_first(strong);

	if (only != NULL && rp_kind(only) == RP_STRONG)		/* title="**Bold**" */
		rp_unwrap(only);
	rp_append(para, strong);
	return para;
}

static int
is_flag(const char *word)
{
	static const char *const flags[] = { "open", "closed", "close", "true", "false", NULL };
	size_t i;

	for (i = 0; flags[i] != NULL; i++)
		if (rp_ascii_same(word, flags[i], SIZE_MAX))
			return 1;
	return 0;
}

/* Words without quotes, {% details What this is %}: one argument of them all. */
static const struct sc_arg *
all_words(struct shortcodes *s, const struct sc_marker *m)
{
	const struct sc_arg *a, *first = NULL, *last = NULL;
	struct sc_arg *all;

	for (a = m->args; a != NULL; a = a->next) {
		if (a->key != NULL || a->quoted || is_flag(a->value))
			continue;
		if (first == NULL)
			first = a;
		last = a;
	}
	if (first == NULL)
		return NULL;
	all = rp_alloc(s->doc, sizeof(*all));
	all->from = first->from;
	all->to = last->to;
	all->value = rp_dup(s->doc, m->text + all->from, all->to - all->from);
	return all;
}

/* The first from a on that is in quotes, and known by its place. */
static const struct sc_arg *
first_quoted(const struct sc_arg *a)
{
	for (; a != NULL; a = a->next)
		if (a->key == NULL && a->quoted && *a->value != '\0')
			return a;
	return NULL;
}

/* ---- Boxes ---- */

/* What the word says of a box: "danger", "alert-danger", "is-warning". */
static const char *
type_of(const char *word)
{
	static const struct { const char *word, *type; } types[] = {
		{ "note", "note" }, { "info", "note" }, { "information", "note" },
		{ "default", "note" }, { "primary", "note" }, { "secondary", "note" },
		{ "light", "note" }, { "dark", "note" }, { "blue", "note" }, { "abstract", "note" },
		{ "question", "note" }, { "example", "note" },
		{ "tip", "tip" }, { "hint", "tip" }, { "success", "tip" }, { "check", "tip" },
		{ "green", "tip" },
		{ "important", "important" }, { "attention", "important" },
		{ "warning", "warning" }, { "warn", "warning" }, { "orange", "warning" },
		{ "yellow", "warning" },
		{ "caution", "caution" }, { "danger", "caution" }, { "error", "caution" },
		{ "critical", "caution" }, { "failure", "caution" }, { "bug", "caution" },
		{ "red", "caution" },
	};
	const char *base = strrchr(word, '-');
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (rp_ascii_same(types[i].word, base != NULL ? base + 1 : word, SIZE_MAX))
			return types[i].type;
	return NULL;
}

static const char *
box_type(const struct sc_marker *m)
{
	static const char *const keys[] = {
		"type", "style", "level", "color", "kind", "variant", "class", "intent", "status",
		"header-bg", "bg", NULL
	};
	const struct sc_arg *a = sc_named(m, keys);
	const char *type = a != NULL ? type_of(a->value) : NULL;

	if (type == NULL && m->code->what != NULL)
		return m->code->what;
	for (a = m->args; a != NULL && type == NULL; a = a->next)
		if (a->key == NULL)
			type = type_of(a->value);
	return type != NULL ? type : "note";
}

/* "Note:", "**Note**": does the title say no more than the label of its box? */
static int
is_label(const char *title, const char *type)
{
	size_t n = strlen(type);

	title += strspn(title, "*_ ");
	return rp_ascii_same(title, type, n) && title[n + strspn(title + n, "*_: ")] == '\0';
}

/* NULL: it has none, or one that the box's label says already. */
static const struct sc_arg *
box_title(struct shortcodes *s, const struct sc_marker *m, const char *type)
{
	const struct sc_arg *a = sc_named(m, title_keys);

	if (a != NULL)
		return is_label(a->value, type) ? NULL : a;
	for (a = first_quoted(m->args); a != NULL; a = first_quoted(a->next))
		if (type_of(a->value) == NULL && !is_label(a->value, type))
			return a;
	if (m->syntax != SC_TAG || first_quoted(m->args) != NULL)
		return NULL;
	a = all_words(s, m);
	return a == NULL || type_of(a->value) != NULL ? NULL : a;
}

/* A paragraph of what a marker without an end says in an argument. */
static struct rp_node *
content_line(struct shortcodes *s, const struct sc_marker *m)
{
	const struct sc_arg *a = sc_named(m, content_keys);

	return a != NULL ? node_of(s, m, RP_PARAGRAPH, a) : NULL;
}

/* The block of a kind around what the marker opens; NULL: it opens nothing, which is
 * told. */
static struct rp_node *
open_block(struct shortcodes *s, struct sc_marker *m, enum rp_kind kind)
{
	struct rp_node *line, *block;

	if (m->partner != NULL)
		return sc_enclose(s, m, kind);
	line = content_line(s, m);
	if (line == NULL) {
		if (!m->included) {
			sc_unbalanced(s, m, "is never closed");
			return NULL;
		}
		sc_dropped(s, m, "brings in another file");
		rp_detach(m->node);
		return NULL;
	}
	block = sc_new(s, m, kind);
	rp_append(block, line);
	if (sc_stand(s, m, block))
		return block;
	rp_set_kind(line, RP_SPAN);
	rp_replace(m->node, line);
	return NULL;
}

void
sc_make_box(struct shortcodes *s, struct sc_marker *m)
{
	const char *type = box_type(m);
	const struct sc_arg *title = box_title(s, m, type);
	struct rp_node *box = open_block(s, m, RP_ADMONITION);

	if (box == NULL)
		return;
	rp_set(s->doc, box, RP_A_TYPE, type);
	if (title != NULL)
		rp_prepend(box, bold_line(s, m, title));
}

void
sc_make_details(struct shortcodes *s, struct sc_marker *m)
{
	const struct sc_arg *title = sc_named(m, title_keys);
	struct rp_node *box;

	if (title == NULL)
		title = first_quoted(m->args);
	if (title == NULL)
		title = all_words(s, m);
	if (title == NULL && m->partner != NULL && rp_ascii_same(m->name, "accordion", SIZE_MAX)) {
		sc_remove(m);		/* it holds the folds */
		return;
	}
	box = open_block(s, m, RP_DETAILS);
	if (box != NULL && title != NULL)
		rp_prepend(box, node_of(s, m, RP_SUMMARY, title));
}

void
sc_make_quote(struct shortcodes *s, struct sc_marker *m)
{
	static const char *const keys[] = { "author", "source", "cite", "attribution", NULL };
	const struct sc_arg *author = sc_named(m, keys);
	struct rp_node *box = open_block(s, m, RP_BLOCK_QUOTE), *line;

	if (box == NULL || author == NULL)
		return;
	line = node_of(s, m, RP_PARAGRAPH, author);
	rp_prepend(line, sc_new_text(s, m, "\xE2\x80\x94 "));
	rp_append(box, line);
}

/* ---- Wrappers ---- */

/* A tab without a name of its own may have it from the marker around all tabs:
 * {{< tabs items="A,B" >}}, {{< tabs "A" "B" >}}.  (One quoted word is an id.) */
static const struct sc_marker *
tabs_around(struct shortcodes *s, const struct sc_marker *m, size_t *number)
{
	size_t i = 0, n;

	while (i < s->count && s->markers[i] != m)
		i++;
	for (*number = 0, n = i; n-- > 0; ) {
		const struct sc_marker *o = s->markers[n];

		if (o->code == m->code && o->form != SC_CLOSE)
			++*number;
		else if (o->code != NULL && o->partner != NULL && o->form != SC_CLOSE &&
		    strncmp(o->code->name, "tab", 3) == 0 && o->code->make == sc_make_layout)
			return o;
	}
	return NULL;
}

static const struct sc_arg *
tab_name(struct shortcodes *s, const struct sc_marker *m)
{
	static const char *const keys[] = { "items", "names", "tabs", NULL };
	const struct sc_marker *around;
	const struct sc_arg *list;
	struct sc_arg *name;
	const char *p, *end;
	size_t n;

	if (strncmp(m->code->name, "tab", 3) != 0 || (around = tabs_around(s, m, &n)) == NULL)
		return NULL;
	list = sc_named(around, keys);
	if (list == NULL)
		return sc_nth(around, 1) != NULL ? sc_nth(around, n) : NULL;
	for (p = list->value; n > 0 && (p = strchr(p, ',')) != NULL; n--)
		p++;
	if (p == NULL)
		return NULL;
	p += strspn(p, " ");
	for (end = p + strcspn(p, ","); end > p && end[-1] == ' '; end--)
		;
	name = rp_alloc(s->doc, sizeof(*name));
	name->value = rp_dup(s->doc, p, (size_t)(end - p));
	return *name->value != '\0' ? name : NULL;
}

void
sc_make_layout(struct shortcodes *s, struct sc_marker *m)
{
	const struct sc_arg *title = sc_named(m, title_keys);
	struct rp_node *line;

	if (title == NULL && m->code->what != NULL) {
		title = first_quoted(m->args);
		if (title == NULL)
			title = all_words(s, m);
		if (title == NULL)
			title = tab_name(s, m);
	}
	if (m->partner != NULL)
		rp_detach(m->partner->node);
	if (title == NULL || m->flat) {
		rp_detach(m->node);
		return;
	}
	line = bold_line(s, m, title);
	rp_add_class(s->doc, line, "part-title");	/* no heading: nothing ends the part */
	if (sc_stand(s, m, line))
		return;
	rp_insert_after(m->node, sc_new_text(s, m, " "));
	rp_replace(m->node, rp_first(line));
}

/* ---- In a line ---- */

static void
make_inline(struct shortcodes *s, struct sc_marker *m, enum rp_kind kind)
{
	const struct sc_arg *a = sc_named(m, content_keys);
	struct rp_node *end = m->partner != NULL ? m->partner->node : NULL;

	if (end != NULL) {
		if (rp_parent(end) == rp_parent(m->node) && rp_next(m->node) != end)
			sc_wrap(s->doc, rp_next(m->node), rp_prev(end), kind);
		sc_remove(m);
		return;
	}
	if (a == NULL)
		a = sc_nth(m, 0);
	if (a == NULL)
		sc_lacks(s, m, "what");
	else
		rp_replace(m->node, node_of(s, m, kind, a));
}

void
sc_make_kbd(struct shortcodes *s, struct sc_marker *m)
{
	make_inline(s, m, RP_KEYBOARD);
}

void
sc_make_mark(struct shortcodes *s, struct sc_marker *m)
{
	make_inline(s, m, RP_MARK);
}

void
sc_make_sub(struct shortcodes *s, struct sc_marker *m)
{
	make_inline(s, m, RP_SUBSCRIPT);
}

void
sc_make_sup(struct shortcodes *s, struct sc_marker *m)
{
	make_inline(s, m, RP_SUPERSCRIPT);
}

void
sc_make_abbr(struct shortcodes *s, struct sc_marker *m)
{
	static const char *const keys[] = { "title", "full", "description", NULL };
	const struct sc_arg *full = sc_named(m, keys), *a = sc_named(m, content_keys);
	struct rp_node *n;

	if (full == NULL)
		full = sc_nth(m, m->partner == NULL && a == NULL ? 1 : 0);
	if (a == NULL)
		a = sc_nth(m, 0);
	if (full == NULL || m->partner != NULL || a == NULL) {
		make_inline(s, m, RP_SPAN);
		return;
	}
	n = node_of(s, m, RP_ABBREVIATION, a);
	rp_set(s->doc, n, RP_A_TITLE, full->value);
	rp_replace(m->node, n);
}

void
sc_make_break(struct shortcodes *s, struct sc_marker *m)
{
	rp_replace(m->node, sc_new(s, m, RP_LINE_BREAK));
}

void
sc_make_text(struct shortcodes *s, struct sc_marker *m)
{
	const struct sc_arg *a = sc_named(m, content_keys);

	if (m->partner != NULL) {
		sc_remove(m);
		return;
	}
	if (a == NULL)
		a = sc_named(m, title_keys);
	if (a == NULL)
		a = sc_nth(m, 0);
	if (a == NULL) {
		sc_lacks(s, m, "what");
		return;
	}
	rp_insert_before(m->node, sc_inlines(s, m, a));
	rp_unwrap(rp_prev(m->node));
	rp_detach(m->node);
}

/* ---- What a site's program is to do ---- */

void
sc_make_drop(struct shortcodes *s, struct sc_marker *m)
{
	(void)s;
	rp_detach(m->node);
}

/* The file is not read, but what it was given to say is said. */
void
sc_make_include(struct shortcodes *s, struct sc_marker *m)
{
	const struct sc_arg *a = sc_named(m, content_keys);

	if (a == NULL)
		a = sc_named(m, title_keys);
	if (a != NULL && strchr(a->value, ' ') != NULL) {
		rp_insert_before(m->node, sc_inlines(s, m, a));
		rp_unwrap(rp_prev(m->node));
	}
	rp_detach(m->node);
}

void
sc_make_value(struct shortcodes *s, struct sc_marker *m)
{
	const char *value = sc_value(s, m, SC_IN_TEXT);

	if (value == NULL)
		sc_keep(s, m);
	else if (*value == '\0')
		rp_detach(m->node);
	else
		rp_replace(m->node, sc_new_text(s, m, value));
}
