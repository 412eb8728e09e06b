/* cmark is asked for what a text needs: its tree must be the one that all extensions make. */
#include "unit.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <node.h>

#include "read/read.h"

static void
put_chunk(struct str *s, const cmark_chunk *c)
{
	str_puts(s, " <");
	str_add(s, (const char *)c->data, (size_t)c->len);
	str_puts(s, ">");
}

static void
put_node(struct str *s, cmark_node *n)
{
	str_printf(s, "(%s %d %d:%d-%d:%d", cmark_node_get_type_string(n), n->type, n->start_line,
	    n->start_column, n->end_line, n->end_column);
	switch (n->type) {
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_FOOTNOTE_DEFINITION:
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		put_chunk(s, &n->as.literal);
		break;
	case CMARK_NODE_CODE_BLOCK:
		put_chunk(s, &n->as.code.literal);
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		put_chunk(s, &n->as.link.url);
		break;
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
		str_printf(s, " %d %d", n->as.list.tight, n->as.list.checked);
		break;
	default:
		str_printf(s, " %d", cmark_gfm_extensions_get_table_columns(n));
	}
}

static void
put_tree(struct str *s, cmark_node *root)
{
	cmark_node *n = root;

	s->len = 0;
	for (;;) {
		put_node(s, n);
		if (n->first_child != NULL) {
			n = n->first_child;
			continue;
		}
		for (str_puts(s, ")"); n != root && n->next == NULL; str_puts(s, ")"))
			n = n->parent;
		if (n == root)
			return;
		n = n->next;
	}
}

/* All of it, in one piece. */
static cmark_node *
parse_whole(const char *text, size_t len)
{
	static const char *const names[] = { "table", "strikethrough", "autolink", "tasklist" };
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE);
	cmark_node *root;
	size_t i;

	for (i = 0; i < LEN(names); i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(parser, text, len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* As the reader does it, which asks of each text that it takes over. */
static cmark_node *
parse(struct rp_arena *arena, const char *text)
{
	unsigned unsure;
	cmark_node *root = parse_markdown(arena, text, strlen(text), &unsure), *n = root;

	while (n != NULL) {
		if (n->type == CMARK_NODE_TEXT && unsure != 0 && parse_missed(n, unsure))
			return parse_autolinks(arena, text, strlen(text));
		if (n->first_child != NULL) {
			n = n->first_child;
			continue;
		}
		while (n != NULL && n->next == NULL)
			n = n->parent;
		n = n != NULL ? n->next : NULL;
	}
	return root;
}

static void
check(const char *text)
{
	static struct rp_arena arena;
	struct str ours = { 0 }, whole = { 0 };
	cmark_node *root;

	cmark_gfm_core_extensions_ensure_registered();
	root = parse_whole(text, strlen(text));
	put_tree(&whole, root);
	put_tree(&ours, parse(&arena, text));
	if (strcmp(ours.p, whole.p) != 0)
		print_message("# of: %s\n", text);
	assert_string_equal(ours.p, whole.p);
	cmark_node_free(root);
	arena_free(&arena);
	str_free(&ours);
	str_free(&whole);
}

static void
borders(void **state)
{
	static const char *const cases[] = {
		"", "a", "\n", "a\n", "a\n\n\nb", "a\r\nb\r\n", "a\rb", "\xEF\xBB\xBF" "a\n",
		/* tables */
		"a\n:-\n", "a\n-:\nb\n", "a\n:-:\n", "a\n-\n", "a|b\n-|-\n", "a\n|-\n",
		"|a|\n|-|\n|b|\n", "a|b\n--\n",
		"> a\n> :-\n", "- a\n  :-\n",
		/* strikethrough */
		"~a~", "~~a~~", "&#126;a&#126;", "*~a~*", "a~", "~~~\na\n~~~\n",
		/* task lists */
		"- [ ] a", "- [x] a", "- [X] a", "1. [x] a", "- [y] a [x]", "- [ ]", "- [x]a",
		"-\t[x]\ta", "- a\n- [ ] b",
		/* footnotes */
		"a[^b]\n\n[^b]: c", "a[^b]", "[\\^b]", "[\\^b]\n\n[^b]: c", "![\\^b]", "[&Hat;]",
		"[\\a^b]", "[^]",
		"[^a]:www.b.c\n\na[^a]", "[^www.a.b]: c\n\nx[^www.a.b]",
		/* links: what is one without the extension, and what is code */
		"[a](http://b.c)", "<http://b.c>", "`http://b.c`", "    http://b.c",
		"[a]: http://b.c\n\n[a]",
		"[http://a.b *c* http://d.e](f)", "[*c* http://d.e](f)", "[*a* [b](c) http://d.e](f)",
		"*[a](b) http://c.d*", "[![a](b) http://c.d](e)", "![[a](b) http://c.d](e)",
		"![http://a.b](c)", "[<http://a> b@c.d](e)", "[http://a.b](c) d",
		"<a href=\"http://b.c\">",
		/* and what is not */
		"http://b.c", "HTTP://b.c", "xhttp://b.c", "a:http://b.c", "(https://b.c)",
		"ftp://b", "http://", "http://*a*",
		"a](http://b.c)", "\\[a](http://b.c)", "\\<http://b.c>",
		"[a [b](c) d](http://e.f)",
		"[a][b](http://c.d)\n\n[b]: e", "| [a | b](http://c.d) |\n|-|-|\n",
		"`a` http://b.c", "www.", "**www.**",
		"www.a.b", "_www.a.b_", "a www.b.c", "awww.b.c", "a/www.b.c", ">www.a.b",
		"|www.a|\n|-|", "WWW.a.b", "www.\n",
		"a@b.c", "a\\@b.c", "a&commat;b.c", "a&#64;b.c", "a&#x40;b.c", "@b.c", "a@b",
		"mailto:a@b.c", "xmpp:a@b.c/d",
		"\\_@b.c", "*a*@b.c", "[a@b.c](d)", "![a@b.c](d)", "`a@b.c`", "a@b.c@d.e f@g.h",
	};
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++)
		check(cases[i]);
}

/* More texts in a link than are looked through: it is parsed again, and is the same. */
static void
long_link(void **state)
{
	struct str s = { 0 };
	int i;

	(void)state;
	str_puts(&s, "[");
	for (i = 0; i < 20000; i++)
		str_puts(&s, "http://a * b\n");
	str_puts(&s, "](c) http://d.e");
	check(s.p);
	str_free(&s);
}

static void
many(void **state)
{
	static const char *const pieces[] = {
		"a", "b", " ", "  ", "\n", "\n\n", "- ", "> ", "# ", "|", "|-|", ":-", "-", "*",
		"**", "_", "`", "~", "~~", "\\",
		"[", "]", "(", ")", "](u)", "[x] ", "[ ]", "![", "[^a]", "[^a]: ", "www.",
		"www.a.b", "w", "http://", "https://a.b",
		"://", ":", "a@b.c", "@", "mailto:", "&commat;", "&amp;", "<", ">",
		"<http://a.b>", "<b>", "[b]: /u", "\r\n", "\t",
		"\xE6\x97\xA5",
	};
	uint32_t seed = 1;
	char text[512];
	int i, k;

	(void)state;
	for (i = 0; i < 20000; i++) {
		text[0] = '\0';
		for (k = 2 + i % 20; k > 0; k--) {
			seed = seed * 1664525 + 1013904223;
			strcat(text, pieces[(seed >> 8) % LEN(pieces)]);
		}
		check(text);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(borders),
	cmocka_unit_test(long_link),
	cmocka_unit_test(many),
};

UNIT_MAIN(tests)
