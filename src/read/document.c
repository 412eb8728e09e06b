/* document.c - from a source text to a tree: front matter, then the body. */
#include <string.h>

#include "read.h"

/* Of the control characters in a document, so many are told; the rest is counted. */
enum { MOST_TOLD = 10 };

/* Where a text is being cleaned. */
struct cleaning {
	struct rp_doc	*doc;
	struct str	 out;		/* what is clean so far */
	size_t		 from;		/* what of the source is not in it yet */
	struct rp_pos	 pos;		/* in the clean text */
	size_t		 line_start;	/* likewise */
	size_t		 count;
	struct rp_pos	 last;		/* of those told, the last one, not told yet */
	char		 last_hex[12];
};

/* Takes what stands before at; CR, LF and both together end a line. */
static void
take_clean(struct cleaning *c, size_t at)
{
	const char *source = c->doc->source;

	for (size_t i = c->from; i < at; i++)
		if (source[i] == '\n' || (source[i] == '\r' && source[i + 1] != '\n')) {
			c->pos.line++;
			c->line_start = c->out.len + i + 1 - c->from;
		}
	str_add(&c->out, source + c->from, at - c->from);
	c->from = at;
	c->pos.col = (uint32_t)(c->out.len - c->line_start + 1);
}

static void
tell_control(struct cleaning *c, uint32_t cp)
{
	char hex[12];

	snprintf(hex, sizeof(hex), "%04X", (unsigned)cp);
	if (++c->count < MOST_TOLD) {
		diag_doc(c->doc, RP_D_CONTROL_CHARACTER, c->pos, hex, "", NULL);
	} else if (c->count == MOST_TOLD) {
		c->last = c->pos;
		memcpy(c->last_hex, hex, sizeof(hex));
	}
}

static void
tell_rest(struct cleaning *c)
{
	char more[48] = "";

	if (c->count > MOST_TOLD)
		snprintf(more, sizeof(more), ", as %zu more after it", c->count - MOST_TOLD);
	if (c->count >= MOST_TOLD)
		diag_doc(c->doc, RP_D_CONTROL_CHARACTER, c->last, c->last_hex, more, NULL);
}

static int
not_utf8(struct cleaning *c, uint32_t byte)
{
	char hex[8];

	snprintf(hex, sizeof(hex), "%02X", (unsigned)byte);
	diag_doc(c->doc, RP_D_NOT_UTF8, c->pos, hex, NULL);
	str_free(&c->out);
	return -1;
}

static int
check_encoding(struct rp_doc *doc)
{
	struct cleaning c = { .doc = doc, .pos = { .line = 1 } };
	size_t at = 0, width;
	enum clean_result r;
	uint32_t cp;

	while ((r = clean_next(doc->source, doc->source_len, &at, &width, &cp)) != CLEAN_END) {
		take_clean(&c, at);
		/* A NUL is the mark of another encoding, or of no text at all. */
		if (r == CLEAN_NOT_UTF8 || cp == 0)
			return not_utf8(&c, cp);
		tell_control(&c, cp);
		str_puts(&c.out, "\xEF\xBF\xBD");
		at += width;
		c.from = at;
	}
	if (c.count > 0) {
		str_add(&c.out, doc->source + c.from, doc->source_len - c.from);
		doc->source = arena_dup(&doc->arena, c.out.p, c.out.len);
		doc->source_len = c.out.len;
		doc->lines = NULL;	/* columns have moved */
		doc->line_count = 0;
		tell_rest(&c);
	}
	str_free(&c.out);
	return 0;
}

/* The start of the next line after p. */
static const char *
next_line(const char *p)
{
	p += strcspn(p, "\r\n");
	if (p[0] == '\r' && p[1] == '\n')
		return p + 2;
	return *p != '\0' ? p + 1 : p;
}

/* Is this line the mark (--- or ...), and nothing else but white space? */
static int
is_mark(const char *p, const char *mark)
{
	if (strncmp(p, mark, 3) != 0)
		return 0;
	p += 3;
	p += strspn(p, " \t");
	return *p == '\0' || *p == '\r' || *p == '\n';
}

static int
is_blank(const char *p)
{
	p += strspn(p, " \t");
	return *p == '\r' || *p == '\n' || *p == '\0';
}

/* Could this line be of a map, a list, or anything else that YAML has a mark for? */
static int
is_yaml_like(const char *p)
{
	const char *end = p + strcspn(p, "\r\n");

	p += strspn(p, " \t");
	if (p < end && strchr("-[]{}#!&*|>%@\"'?", *p) != NULL)
		return 1;
	for (; p < end; p++)
		if (*p == ':' && (p + 1 == end || strchr(" \t", p[1]) != NULL))
			return 1;
	return 0;
}

/*
 * A text may also begin with a thematic break, and what seems to be front matter
 * be a setext heading (CommonMark 4.3): if no line before the next --- looks like
 * YAML.  That is said aloud: front matter must never become text by mistake.
 */
static int
opens_front_matter(struct rp_doc *doc)
{
	const char *text = doc->source, *p = next_line(text);
	struct rp_pos at = { .line = 1, .col = 1 };
	int blank = is_blank(p) && !is_mark(p, "---");

	if (!is_mark(text, "---"))
		return 0;
	if (is_mark(p, "---") && next_line(p)[strspn(next_line(p), " \t\r\n")] == '\0')
		return 0;	/* no key, no body: two thematic breaks */
	if (is_mark(p, "---"))
		return 1;
	for (; *p != '\0' && !is_mark(p, "---") && !is_mark(p, "..."); p = next_line(p))
		if (is_yaml_like(p))
			return 1;
	if (*p == '\0')
		return !blank;	/* unclosed */
	if (!blank)
		diag_doc(doc, RP_D_YAML_NO_KEY, at, NULL);
	return 0;
}

int
read_encoding(struct rp_doc *doc)
{
	const char *held = doc->source;

	if (doc->source_len >= 3 && memcmp(doc->source, "\xEF\xBB\xBF", 3) == 0) {
		doc->source += 3;
		doc->source_len -= 3;
	}
	if (check_encoding(doc) == -1)
		return -1;
	doc->is_plain = doc->source == held;
	return 0;
}

int
read_document(struct rp_doc *doc)
{
	const char *text, *body, *p;
	struct rp_node *meta = NULL;
	struct rp_pos at = { .line = 1, .col = 1 };
	uint32_t line = 1;

	text = body = doc->source;
	if (opens_front_matter(doc)) {
		for (p = next_line(text), line = 2; *p != '\0'; p = next_line(p), line++)
			if (is_mark(p, "---") || is_mark(p, "..."))
				break;
		if (*p == '\0') {
			diag_doc(doc, RP_D_YAML_UNCLOSED, at, NULL);
			return -1;
		}
		body = next_line(text);
		meta = read_yaml(doc, body, (size_t)(p - body), 2);
		if (meta == NULL)
			return -1;
		body = next_line(p);
		line++;
	}
	if (meta == NULL)
		meta = rp_new(doc, RP_META_MAP);
	rp_append(doc->root, meta);
	return read_markdown(doc, body, doc->source_len - (size_t)(body - doc->source), line);
}
