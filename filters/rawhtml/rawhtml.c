/*
 * rawhtml - raw HTML in Markdown becomes nodes, so that no output has to know it.
 *
 * The parser hands every element over as it ends, with its content already made
 * into nodes (rp_html_parse); the table of elements says what becomes of it.
 * What an element means here is settled, and nothing of its text is lost: what
 * has no meaning dissolves into its content, and what may not stand in a document
 * is dropped with a diagnostic.
 */
#include <string.h>

#include "rawhtml.h"

struct rawhtml_name {
	struct rawhtml_name	*next;
	const char		*name;
	const char		*tag;		/* of an element that is never closed, or "" */
	struct rp_pos		 pos;
};

/* ---- Attributes ---- */

const char *
rawhtml_attr(const char *const *attrs, const char *name)
{
	for (; attrs[0] != NULL; attrs += 2)
		if (strcmp(attrs[0], name) == 0)
			return attrs[1];
	return NULL;
}

static int
is_word(const char *s, const char *word)
{
	size_t n = strlen(word);

	s += strspn(s, " \t\n");
	return rp_ascii_same(s, word, n) && strchr(" \t\n;!", s[n]) != NULL;
}

const char *
rawhtml_align(const char *const *attrs)
{
	static const struct { const char *word, *align; } map[] = {
		{ "left", "left" }, { "center", "center" }, { "middle", "center" },
		{ "right", "right" }, { "start", "left" }, { "end", "right" },
	};
	const char *s = rawhtml_attr(attrs, "align"), *style = rawhtml_attr(attrs, "style");
	size_t i;

	if (style != NULL && (style = strstr(style, "text-align")) != NULL) {
		style += strlen("text-align");
		style += strspn(style, " \t\n");
		s = *style == ':' ? style + 1 : s;
	}
	for (i = 0; s != NULL && i < sizeof(map) / sizeof(map[0]); i++)
		if (is_word(s, map[i].word))
			return map[i].align;
	return NULL;
}

/* A count as HTML has it: what is no number says nothing. */
void
rawhtml_number(struct rawhtml *h, struct rp_node *n, enum rp_attr a, const char *s)
{
	long value = 0;

	if (s == NULL)
		return;
	s += strspn(s, " \t\n");
	if (*s < '0' || *s > '9')
		return;
	for (; *s >= '0' && *s <= '9' && value < 1000000; s++)
		value = 10 * value + (*s - '0');
	rp_set_int(h->doc, n, a, value);
}

void
rawhtml_alias(struct rawhtml *h, struct rp_node *n, const char *id)
{
	const char *old = rp_get(n, RP_A_ALIAS);

	if (*id == '\0' || strpbrk(id, " \t\n\r\f") != NULL)
		return;		/* no address can name it */
	rp_set(h->doc, n, RP_A_ALIAS, old != NULL ? rp_join(h->doc, old, " ", id, NULL) : id);
}

/* Runs of white space as one space, none at the ends. */
static char *
one_line(struct rawhtml *h, const char *s)
{
	char *line = rp_alloc(h->doc, strlen(s) + 1), *end = line;

	for (; *s != '\0'; s++) {
		if (strchr(" \t\r\n\f", *s) == NULL)
			*end++ = *s;
		else if (end > line && end[-1] != ' ')
			*end++ = ' ';
	}
	if (end > line && end[-1] == ' ')
		*--end = '\0';
	return line;
}

static void
set_lang(struct rawhtml *h, const char *element, struct rp_node *n, const char *tag)
{
	const char *lang;

	if (*tag == '\0' || strcmp(element, "pre") == 0)	/* GitHub's: of the code */
		return;
	lang = rp_lang_canonical(h->doc, tag);
	if (lang == NULL)
		rp_report(h->job, RP_D_LANG_INVALID, n, tag, NULL);
	else
		rp_set(h->doc, n, RP_A_LANG, lang);
}

/* What any element may say; styles are the outputs' own affair. */
static void
set_common(struct rawhtml *h, const char *element, const char *const *attrs, struct rp_node *n)
{
	for (; attrs[0] != NULL; attrs += 2) {
		const char *name = attrs[0], *value = attrs[1];

		if (strncmp(name, "on", 2) == 0)
			rp_report(h->job, RP_D_HTML_ATTRIBUTE, n, name, element, NULL);
		else if (strcmp(name, "id") == 0 && *value != '\0')
			rp_set(h->doc, n, RP_A_ID, value);
		else if (strcmp(name, "class") == 0 && *one_line(h, value) != '\0')
			rp_set(h->doc, n, RP_A_CLASS, one_line(h, value));
		else if (strcmp(name, "title") == 0 && *value != '\0')
			rp_set(h->doc, n, RP_A_TITLE, value);
		else if (strcmp(name, "lang") == 0 || strcmp(name, "xml:lang") == 0)
			set_lang(h, element, n, value);
		else if (strcmp(name, "dir") == 0 &&
		    (rp_ascii_same(value, "ltr", SIZE_MAX) || rp_ascii_same(value, "rtl", SIZE_MAX)))
			rp_set(h->doc, n, RP_A_DIR, *value == 'l' || *value == 'L' ? "ltr" : "rtl");
	}
}

struct rp_node *
rawhtml_shell(struct rp_node *n)
{
	if (rp_get(n, RP_A_ID) != NULL)
		return n;
	if (rp_first(n) == NULL)
		return NULL;
	return rp_get(n, RP_A_CLASS) != NULL || rp_get(n, RP_A_LANG) != NULL ||
	    rp_get(n, RP_A_DIR) != NULL || rp_get(n, RP_A_TITLE) != NULL ? n : NULL;
}

void
rawhtml_drop(struct rawhtml *h, const struct element *e, struct rp_node *content)
{
	rp_report(h->job, RP_D_HTML_DROPPED, content, e->name, NULL);
	while (rp_first(content) != NULL)
		rp_detach(rp_first(content));
}

/* ---- Unknown elements ---- */

void
rawhtml_forget(struct rawhtml *h, struct rp_pos pos)
{
	while (h->unknown != NULL && (h->unknown->pos.line > pos.line ||
	    (h->unknown->pos.line == pos.line && h->unknown->pos.col >= pos.col)))
		h->unknown = h->unknown->next;
}

static struct rawhtml_name **
told_place(const struct rawhtml *h, const char *name)
{
	size_t hash = 5381, i;
	const char *s;

	for (s = name; *s != '\0'; s++)
		hash = 33 * hash + (unsigned char)*s;
	for (i = hash & (h->told_room - 1); h->told[i] != NULL; i = (i + 1) & (h->told_room - 1))
		if (strcmp(h->told[i]->name, name) == 0)
			break;
	return &h->told[i];
}

static void
make_room(struct rawhtml *h)
{
	struct rawhtml_name **old = h->told;
	size_t room = h->told_room, i;

	h->told_room = room > 0 ? 2 * room : 64;
	h->told = rp_alloc(h->doc, h->told_room * sizeof(struct rawhtml_name *));
	for (i = 0; i < room; i++)
		if (old[i] != NULL)
			*told_place(h, old[i]->name) = old[i];
}

/* Each name once in a document: most come in numbers. */
static int
is_first_time(struct rawhtml *h, struct rawhtml_name *u)
{
	struct rawhtml_name **place;

	if (2 * h->told_count >= h->told_room)
		make_room(h);
	place = told_place(h, u->name);
	if (*place != NULL)
		return 0;
	*place = u;
	h->told_count++;
	return 1;
}

static void
tell_unknown(struct rawhtml *h)
{
	struct rawhtml_name *u, *next, *list = NULL;

	for (u = h->unknown; u != NULL; u = next) {
		next = u->next;
		u->next = list;
		list = u;
	}
	for (u = list; u != NULL; u = u->next) {
		if (!is_first_time(h, u))
			continue;
		if (*u->tag != '\0')
			rp_report_at(h->job, RP_D_HTML_LITERAL, u->pos, u->tag, NULL);
		else
			rp_report_at(h->job, RP_D_HTML_UNKNOWN, u->pos, u->name, NULL);
	}
	h->unknown = NULL;
}

/*
 * An element of no known name.  If it is never closed, it is most likely none at
 * all, but "<your name>": then it is text.
 */
static struct rp_node *
make_unknown(struct rawhtml *h, const char *name, const char *tag, struct rp_node *content)
{
	struct rawhtml_name *u = rp_alloc(h->doc, sizeof(*u));
	struct rp_node *text, *into = content;

	u->name = name;
	u->tag = one_line(h, tag);
	u->pos = rp_pos(content);
	u->next = h->unknown;
	h->unknown = u;
	if (*tag == '\0')
		return rawhtml_shell(content);
	text = rp_new_text(h->doc, one_line(h, tag));
	rp_set_pos(text, u->pos);
	if (rp_kind(content) == RP_DIV) {
		into = rp_first(content);
		if (rp_kind(into) != RP_PARAGRAPH) {
			into = rp_new(h->doc, RP_PARAGRAPH);
			rp_set_pos(into, u->pos);
			rp_prepend(content, into);
		}
	}
	rp_prepend(into, text);
	return NULL;
}

/* ---- Elements ---- */

/* The first few say it for all of a document. */
enum { MOST_UNCLOSED = 20 };

/* Whatever follows is in it, which its author will not have meant.  Of inlines,
 * and where HTML lets the end tag be left out, the parser knows better. */
static void
tell_unclosed(struct rawhtml *h, const struct element *e, const struct rp_node *content)
{
	switch (e->kind) {
	case RP_BLOCK_QUOTE:
	case RP_DEFINITION_LIST:
	case RP_DETAILS:
	case RP_DIV:
	case RP_FIGURE:
	case RP_LIST:
	case RP_TABLE:
		if (h->unclosed++ >= MOST_UNCLOSED)
			break;
		rp_report(h->job, RP_D_HTML_SYNTAX, content,
		    rp_join(h->doc, "<", e->name, "> is never closed", NULL), NULL);
		break;
	default:
		break;
	}
}

/* "12 words", for whoever wonders how much goes with a comment. */
static const char *
words_of(struct rp_doc *doc, const char *text)
{
	static const char white[] = " \t\r\n";
	size_t n;

	for (n = 0; *(text += strspn(text, white)) != '\0'; n++)
		text += strcspn(text, white);
	return rp_join(doc, rp_decimal(doc, n), n == 1 ? " word" : " words", NULL);
}

static struct rp_node *
take(struct rp_job *job, const char *name, const char *const *attrs, struct rp_node *content,
    void *arg)
{
	struct rawhtml *h = arg;
	const struct element *e;
	struct rp_node *n;
	const char *tag;

	if (rp_kind(content) == RP_COMMENT) {
		rp_report(job, RP_D_HTML_COMMENT, content, words_of(h->doc, rp_text(content)), NULL);
		return content;
	}
	tag = rp_text(content);
	if (*tag != '\0')
		rp_set_text(h->doc, content, "");
	set_common(h, name, attrs, content);
	e = rawhtml_element(name);
	if (e != NULL && *tag != '\0')
		tell_unclosed(h, e, content);
	n = e != NULL ? e->make(h, e, attrs, content) : make_unknown(h, name, tag, content);
	if (n != NULL && rp_kind(n) == RP_DIV)
		rawhtml_blocks(h, n, RP_KIND_MAX);
	return n;
}

/* ---- The walk ---- */

static int
has_raw(const struct rp_node *n)
{
	const struct rp_node *c;
	const char *format;

	for (c = rp_first(n); c != NULL; c = rp_next(c)) {
		if (rp_kind(c) != RP_RAW_BLOCK && rp_kind(c) != RP_RAW_INLINE)
			continue;
		format = rp_get(c, RP_A_FORMAT);
		if (format != NULL && strcmp(format, "html") == 0)
			return 1;
	}
	return 0;
}

/* HTML may have brought blocks to where only inlines can be, or list items to
 * where there is no list.  n is being left. */
static void
settle(struct rawhtml *h, struct rp_node *n)
{
	enum rawhtml_holds holds = rawhtml_holds(n);

	if (holds == RAWHTML_INLINES && rp_kind(n) == RP_LINK)
		rawhtml_unnest(h, n);
	if (!rawhtml_has_blocks(n))
		return;
	if (holds == RAWHTML_BLOCKS || holds == RAWHTML_FLOW)
		rawhtml_blocks(h, n, rp_kind(n) == RP_FIGURE ? RP_CAPTION :
		    rp_kind(n) == RP_DETAILS ? RP_SUMMARY : RP_KIND_MAX);
	else if (rp_kind(n) == RP_PARAGRAPH)
		rp_unwrap(n);
	else if (holds == RAWHTML_INLINES)
		rawhtml_inlines(h, n);
}

static int
run(struct rp_job *job, void *state)
{
	struct rawhtml *h = state;
	struct rp_walk w = rp_walk(job->root);
	int found = 0;

	h->job = job;
	h->doc = job->doc;
	if (rp_find(job->root, NULL, RP_RAW_BLOCK) == NULL && rp_find(job->root, NULL, RP_RAW_INLINE) == NULL)
		return 0;
	/* From the innermost parent outwards: an outer one finds clean children. */
	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER && rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
			rp_walk_skip(&w);
		if (w.event == RP_ENTER)
			continue;
		if (has_raw(w.node)) {
			if (rp_html_parse(job, w.node, take, h) == -1)
				return -1;
			tell_unknown(h);
			found = 1;
		}
		if (found)
			settle(h, w.node);
	}
	if (found)
		rawhtml_tidy(h);
	return 0;
}

static const char *const gives[] = { "html", NULL };

RP_FILTER(rawhtml) = {
	RP_HEAD("html"),
	.summary = "turn raw HTML into headings, lists, tables, images",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct rawhtml),
	.run = run,
};
