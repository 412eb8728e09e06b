/*
 * parse.c - cmark-gfm: a text to cmark's tree.
 *
 * cmark allocates from an arena that one document after another uses: it makes ten
 * times the text, and memory that is warm costs next to nothing.  Its memory hook
 * carries no context, hence the one static pointer here; it is set only while cmark
 * runs.  cmark-gfm has global state of its own (what characters are special while a
 * parser works), so one lock is around both: threads parse one after another.
 *
 * What cmark is not asked for costs nothing: an extension is attached only where the
 * text has a mark that it reacts to.  The tree is the same as with all of them.
 */
#include <pthread.h>
#include <string.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <node.h>
#include <parser.h>

#include "read.h"

static pthread_mutex_t cmark_lock = PTHREAD_MUTEX_INITIALIZER;

/* Zeroed memory, which is handed out piece by piece: cmark asks for very many small ones,
 * and zeroing them in stretches costs a third. */
static struct pool {
	struct rp_arena	*arena;		/* NULL: nobody parses */
	char		*at, *end;
} pool;				/* under the lock */

enum { STRETCH = 2048 };	/* less than an arena would make a block of its own for */

/* Before each piece is its size, as realloc must know how much to copy.  cmark asks for
 * nothing that has to stand better than its pointers do. */
enum { HEADER = sizeof(size_t) };

_Static_assert(HEADER % sizeof(void *) == 0, "what follows a size is aligned");

static inline void *
sized(char *p, size_t size)
{
	*(size_t *)(void *)p = size;
	return p + HEADER;
}

/* With its header, and up to where the next piece may stand. */
static inline size_t
whole_of(size_t size)
{
	return HEADER + ((size + HEADER - 1) & ~(size_t)(HEADER - 1));
}

/*
 * A new stretch; a large piece has memory of its own.  What the last stretch has left is lost,
 * unless the next one begins where it ends.  Not inlined: nearly all calls do without it.
 */
__attribute__((noinline)) static void *
pool_take(size_t size)
{
	size_t whole = whole_of(size), stretch = whole > STRETCH / 2 ? whole : STRETCH;
	char *p;

	if (size > SIZE_MAX / 2)
		rp_out_of_memory();
	p = arena_alloc(pool.arena, stretch);
	if (stretch == whole)
		return sized(p, size);
	if (p != pool.end)
		pool.at = p;
	pool.end = p + stretch;
	p = pool.at;
	pool.at += whole;
	return sized(p, size);
}

static inline void *
piece(size_t size)
{
	size_t whole = whole_of(size), room = (size_t)(pool.end - pool.at);
	char *p = pool.at;

	if (size > room || whole > room)
		return pool_take(size);
	pool.at += whole;
	return sized(p, size);
}

static void *
mem_calloc(size_t n, size_t size)
{
	size_t bytes;

	return piece(__builtin_mul_overflow(n, size, &bytes) ? SIZE_MAX : bytes);
}

static void *
mem_realloc(void *old, size_t size)
{
	size_t had = old != NULL ? ((size_t *)old)[-1] : 0;
	void *p;

	if (size <= had)
		return old;
	p = piece(size);
	if (had > 0)
		memcpy(p, old, had);
	return p;
}

static void
mem_free(void *p)
{
	(void)p;	/* goes with the arena */
}

static cmark_mem mem = { mem_calloc, mem_realloc, mem_free };

/* ---- What a text may need ---- */

enum { TABLE = 1, STRIKETHROUGH = 2, TASKLIST = 4, FOOTNOTES = 8, URL = 16, WWW = 32, EMAIL = 64,
       AUTOLINK = URL | WWW | EMAIL };

static int
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A delimiter row of more than one column has a bar; one of a single column without a
 * colon is the underline of a heading. */
static unsigned
at_colon(const char *text, const char *p)
{
	return (p[1] == '-' || (p > text && p[-1] == '-') ? TABLE : 0u) |
	    (p[1] == '/' && p[2] == '/' ? URL : 0u);
}

/* A reference to a footnote is a bracket followed by text that begins with ^, which may be
 * escaped, or an entity. */
static unsigned
at_bracket(const char *p)
{
	if (p[1] == '^' || (p[1] == '\\' && p[2] == '^') || p[1] == '&')
		return FOOTNOTES;
	return (p[1] == ' ' || p[1] == 'x' || p[1] == 'X') && p[2] == ']' ? TASKLIST : 0u;
}

/* White space or punctuation is before the host, or nothing. */
static unsigned
at_www(const char *text, const char *p)
{
	return p == text || (!is_word(p[-1]) && p[-1] != '/') ? WWW : 0u;
}

/* A name is before the sign, and its last character may be an entity; the sign may be
 * escaped. */
static unsigned
at_sign(const char *text, const char *p)
{
	return p > text && (is_word(p[-1]) || strchr(".+-_:;\\", p[-1]) != NULL) ? EMAIL : 0u;
}

/* The sign may be an entity, too: &commat; or a number. */
static unsigned
at_ampersand(const char *p)
{
	return p[1] == '#' || p[1] == 'c' ? EMAIL : 0u;
}

/* Each is looked for until it is found, or at all. */
static unsigned
needs_of(const char *text, size_t len)
{
	const char *p, *end = text + len;
	unsigned needs = 0;

	if (memchr(text, '|', len) != NULL)
		needs |= TABLE;
	if (memchr(text, '~', len) != NULL)
		needs |= STRIKETHROUGH;
	for (p = text; (p = memchr(p, '[', (size_t)(end - p))) != NULL; p++)
		needs |= at_bracket(p);
	for (p = text; ~needs & (TABLE | URL) && (p = memchr(p, ':', (size_t)(end - p))) != NULL; p++)
		needs |= at_colon(text, p);
	for (p = text; !(needs & WWW) && (p = strstr(p, "www.")) != NULL; p++)
		needs |= at_www(text, p);
	for (p = text; !(needs & EMAIL) && (p = memchr(p, '@', (size_t)(end - p))) != NULL; p++)
		needs |= at_sign(text, p);
	for (p = text; !(needs & EMAIL) && (p = memchr(p, '&', (size_t)(end - p))) != NULL; p++)
		needs |= at_ampersand(p);
	return needs;
}

/* ---- Autolinks ---- */

/*
 * Every w and every colon is special to the extension, which costs an eighth of the time, and
 * most of what looks like a link is one without it or is code.  So a text is first parsed
 * without it, and once more if the tree then has text that the extension might take.
 */
static int
may_link(const cmark_chunk *c, unsigned needs)
{
	const char *text = (const char *)c->data, *end = text + c->len, *p;

	if (needs & URL)
		for (p = text; (p = memchr(p, ':', (size_t)(end - p))) != NULL; p++)
			if (end - p > 3 && p[1] == '/' && p[2] == '/')
				return 1;
	if (needs & EMAIL)
		for (p = text; (p = memchr(p, '@', (size_t)(end - p))) != NULL; p++)
			if (p > text && end - p > 1 && (is_word(p[-1]) || strchr(".+-_:", p[-1])))
				return 1;
	if (needs & WWW)
		for (p = text; (p = memchr(p, 'w', (size_t)(end - p))) != NULL; p++)
			if (end - p >= 4 && !memcmp(p, "www.", 4) && (p == text || !is_word(p[-1])))
				return 1;
	return 0;
}

/*
 * The extension leaves texts in a link alone, up to the end of the innermost: the second of
 * "[<http://a> b@c.d](e)" is taken.  Here a text counts as one in a link only if nothing before
 * it in there could hold another.  Nobody looks far for that: a link of very many texts would
 * be gone through for each of them.
 */
static int
is_in_link(const cmark_node *n)
{
	enum { FAR = 256 };
	const cmark_node *before;
	int steps = 0;

	for (; n->type != CMARK_NODE_LINK; n = n->parent) {
		for (before = n->prev; before != NULL; before = before->prev)
			if (before->first_child != NULL || before->type == CMARK_NODE_LINK || ++steps > FAR)
				return 0;
		if (!CMARK_NODE_TYPE_INLINE_P((cmark_node_type)n->type) || ++steps > FAR)
			return 0;
	}
	return 1;
}

int
parse_missed(const cmark_node *text, unsigned unsure)
{
	return may_link(&text->as.literal, unsure) && !is_in_link(text);
}

/* ---- Parsing ---- */

/*
 * cmark looks for the end of a line byte by byte.  So it gets each line as if that had
 * been fed before, in a buffer that it only reads, and then the line's end.
 */
static void
feed(cmark_parser *parser, const char *text, size_t len)
{
	const char *end = text + len, *eol;

	if (memchr(text, '\r', len) != NULL) {
		cmark_parser_feed(parser, text, len);
		return;
	}
	for (; text < end; text = eol + 1) {
		eol = memchr(text, '\n', (size_t)(end - text));
		if (eol == NULL)
			eol = end;
		parser->linebuf.ptr = (unsigned char *)(uintptr_t)text;
		parser->linebuf.size = (bufsize_t)(eol - text);
		cmark_parser_feed(parser, "\n", 1);
	}
	cmark_strbuf_init(&mem, &parser->linebuf, 0);
}

static cmark_node *
parse_with(const char *text, size_t len, unsigned needs)
{
	static const struct { const char *name; unsigned need; } extensions[] = {
		{ "table", TABLE }, { "strikethrough", STRIKETHROUGH }, { "autolink", AUTOLINK },
		{ "tasklist", TASKLIST },
	};
	cmark_parser *parser;
	cmark_node *root;
	size_t i;

	parser = cmark_parser_new_with_mem(CMARK_OPT_UNSAFE |
	    (needs & FOOTNOTES ? CMARK_OPT_FOOTNOTES : 0), &mem);
	for (i = 0; i < LEN(extensions); i++)
		if (needs & extensions[i].need)
			cmark_parser_attach_syntax_extension(parser,
			    cmark_find_syntax_extension(extensions[i].name));
	feed(parser, text, len);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

static cmark_node *
parse_locked(struct rp_arena *arena, const char *text, size_t len, unsigned needs)
{
	cmark_node *root;

	pthread_mutex_lock(&cmark_lock);
	pool.arena = arena;
	cmark_gfm_core_extensions_ensure_registered();
	root = parse_with(text, len, needs);
	memset(&pool, 0, sizeof(pool));
	pthread_mutex_unlock(&cmark_lock);
	return root;
}

cmark_node *
parse_markdown(struct rp_arena *arena, const char *text, size_t len, unsigned *unsure)
{
	unsigned needs = needs_of(text, len);

	/* What is in a footnote's label is not in the tree. */
	*unsure = needs & FOOTNOTES ? 0 : needs & AUTOLINK;
	return parse_locked(arena, text, len, needs & ~*unsure);
}

cmark_node *
parse_autolinks(struct rp_arena *arena, const char *text, size_t len)
{
	arena_reset(arena);
	return parse_locked(arena, text, len, needs_of(text, len));
}
