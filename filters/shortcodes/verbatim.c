/*
 * verbatim.c - code that Markdown read as if it were text, comments, and text that
 * only has to be kept from the template language.
 *
 * The lines between two markers are taken from the source, since Markdown has
 * made lists and emphasis of them.
 */
#include <string.h>

#include "shortcodes.h"

int
sc_spans_lines(const struct sc_marker *m)
{
	return rp_pos(m->partner->node).line > sc_end_pos(m).line;
}

/* A line without the indentation and quote marks that the first line has too. */
static void
add_line(struct sc_string *t, const char *line, size_t len, uint32_t col)
{
	size_t i = 0;

	while (i + 1 < col && i < len && strchr(" \t>", line[i]) != NULL)
		i++;
	sc_put(t, line + i, len - i);
	sc_put(t, "\n", 1);
}

static int
is_blank(const char *s, size_t len)
{
	while (len > 0 && strchr(" \t>", s[len - 1]) != NULL)
		len--;
	return len == 0;
}

/* What follows a marker in its last line; NULL: nothing. */
static const char *
rest_of_line(struct shortcodes *s, const struct sc_marker *m, size_t *len)
{
	struct rp_pos pos = sc_end_pos(m);
	size_t n = m->len < 2 ? m->len : 2;
	const char *line = rp_doc_line(s->doc, pos.line, len), *from, *end;
	char close[3] = { 0 };

	if (line == NULL)
		return NULL;
	memcpy(close, m->text + m->len - n, n);		/* as the marker ends */
	from = line;
	if (pos.line == rp_pos(m->node).line && pos.col > 0 && pos.col <= *len)
		from += pos.col - 1;
	for (end = line + *len; from + n <= end; from++)
		if (memcmp(from, close, n) == 0)
			break;
	if (from + n > end || is_blank(from + n, (size_t)(end - from) - n))
		return NULL;
	*len = (size_t)(end - from) - n;
	return from + n;
}

/* What stands before a marker in its line.  Positions of inlines are not always
 * exact: no character is cut in two. */
static size_t
start_of_line(const char *line, size_t len, uint32_t col)
{
	size_t n = col > 0 && col - 1 < len ? col - 1 : 0;

	while (n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80)
		n--;
	return is_blank(line, n) ? 0 : n;
}

static const char *
source_between(struct shortcodes *s, const struct sc_marker *m)
{
	struct rp_pos from = sc_end_pos(m), to = rp_pos(m->partner->node);
	uint32_t col = rp_pos(m->node).col, line;
	struct sc_string t = { .doc = s->doc };
	const char *p;
	size_t len;

	sc_put(&t, "", 0);
	p = rest_of_line(s, m, &len);
	if (p != NULL)
		add_line(&t, p, len, 0);
	for (line = from.line + 1; line < to.line; line++) {
		p = rp_doc_line(s->doc, line, &len);
		if (p != NULL)
			add_line(&t, p, len, col);
	}
	p = rp_doc_line(s->doc, to.line, &len);
	len = p != NULL ? start_of_line(p, len, to.col) : 0;
	if (len > 0)
		add_line(&t, p, len, col);
	return t.p;
}

/* ---- Code ---- */

static const char *
language(const struct sc_marker *m)
{
	static const char *const keys[] = { "lang", "language", "type", NULL };
	const struct sc_arg *a = sc_named(m, keys);

	if (*m->code->what != '\0')
		return m->code->what;
	if (a == NULL)
		a = sc_nth(m, 0);
	return a != NULL && *a->value != '\0' && strchr(a->value, '=') == NULL ? a->value : NULL;
}

static void
code_in_line(struct shortcodes *s, struct sc_marker *m)
{
	struct rp_node *first = rp_next(m->node), *end = m->partner->node, *code;
	const char *text;

	if (first != end) {
		code = sc_wrap(s->doc, first, rp_prev(end), RP_CODE);
		text = sc_flat(s->doc, code).text;
		while (rp_first(code) != NULL)
			rp_detach(rp_first(code));
		rp_set_text(s->doc, code, text);
	}
	sc_remove(m);
}

void
sc_make_code(struct shortcodes *s, struct sc_marker *m)
{
	struct rp_node *code, *around;
	const char *text;

	if (rp_parent(m->node) == rp_parent(m->partner->node) && !sc_spans_lines(m)) {
		code_in_line(s, m);
		return;
	}
	text = source_between(s, m);
	around = sc_enclose(s, m, RP_DIV);
	code = sc_new(s, m, RP_CODE_BLOCK);
	rp_set_text(s->doc, code, text);
	rp_set(s->doc, code, RP_A_INFO, language(m));
	rp_replace(around, code);
}

/* ---- Comments ---- */

static size_t
count_words(const char *p, const char *end)
{
	static const char white[] = " \t\r\n";
	size_t n = 0;

	for (; p < end; p++)
		n += memchr(white, *p, 4) == NULL && (p + 1 == end || memchr(white, p[1], 4) != NULL);
	return n;
}

size_t
sc_comment_words(struct shortcodes *s, const struct sc_marker *m)
{
	struct sc_string t = { .doc = s->doc };
	struct rp_node *n, *end;
	const char *text;

	if (m->partner == NULL)		/* its marks are of two bytes */
		return m->len > 4 ? count_words(m->text + 2, m->text + m->len - 2) : 0;
	end = m->partner->node;
	if (rp_parent(m->node) != rp_parent(end)) {
		text = source_between(s, m);
		return count_words(text, text + strlen(text));
	}
	sc_put(&t, "", 0);
	for (n = rp_next(m->node); n != NULL && n != end; n = rp_next(n)) {
		struct rp_walk w = rp_walk(n);

		while (rp_walk_next(&w))
			if (w.event == RP_ENTER && rp_text_len(w.node) > 0)
				sc_put(&t, rp_text(w.node), rp_text_len(w.node));
			else if (rp_kind(w.node) == RP_SOFT_BREAK || rp_kind(w.node) == RP_LINE_BREAK)
				sc_put(&t, " ", 1);
	}
	return count_words(t.p, t.p + t.len);
}

void
sc_make_comment(struct shortcodes *s, struct sc_marker *m)
{
	struct rp_node *end = m->partner->node, *comment, *around;
	const char *text;

	if (rp_parent(m->node) == rp_parent(end)) {
		while (rp_next(m->node) != end)
			rp_detach(rp_next(m->node));
		sc_remove(m);
		return;
	}
	text = source_between(s, m);
	around = sc_enclose(s, m, RP_DIV);
	comment = sc_new(s, m, RP_COMMENT);
	rp_set_text(s->doc, comment, text);
	rp_replace(around, comment);
}

/* What is between is shown as it is: pairing has seen to that. */
void
sc_make_raw(struct shortcodes *s, struct sc_marker *m)
{
	(void)s;
	sc_remove(m);
}
