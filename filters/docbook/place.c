/*
 * place.c - what DocBook's schema is strict about: names, addresses, and which
 * element may stand in which.
 */
#include <string.h>

#include <rolepress/text.h>

#include "docbook.h"

/* ---- Names ---- */

static const struct {
	uint16_t	first, last;
	int		begins;
} names[] = {
#define BEGINS(first, last)	{ first, last, 1 },
#define GOES_ON(first, last)	{ first, last, 0 },
#include "names.def"
#undef BEGINS
#undef GOES_ON
};

static int
is_ascii_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

/* May a name have this character, above ASCII, as its first (begins) or later? */
static int
is_listed(uint32_t cp, int begins)
{
	size_t low = 0, high = sizeof(names) / sizeof(names[0]), mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (cp > names[mid].last)
			low = mid + 1;
		else if (cp < names[mid].first)
			high = mid;
		else
			return names[mid].begins || !begins;
	}
	return 0;
}

#define ESCAPE	0xB7	/* a middle dot may stand in a name, and seldom does */

static int
is_name_char(uint32_t cp, int dots)
{
	if (cp >= 0x80)
		return cp != ESCAPE && is_listed(cp, 0);
	return is_ascii_letter(cp) || (cp >= '0' && cp <= '9') || cp == '-' || cp == '_' ||
	    (cp == '.' && dots);
}

static char *
put_escaped(char *to, uint32_t cp)
{
	static const char hex[] = "0123456789abcdef";
	int shift = 20;

	to += rp_utf8_put(to, ESCAPE);
	while (shift > 0 && cp >> shift == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*to++ = hex[cp >> shift & 15];
	return to + rp_utf8_put(to, ESCAPE);
}

static char *
put_name(char *to, const char *s, int dots)
{
	uint32_t cp;

	for (;;) {
		while ((unsigned char)*s < 0x80 && is_name_char((unsigned char)*s, dots))
			*to++ = *s++;
		if ((cp = rp_utf8_next(&s)) == 0)
			break;
		if (is_name_char(cp, dots))
			to += rp_utf8_put(to, cp);
		else
			to = put_escaped(to, cp);
	}
	return to;
}

/*
 * A document's id holds no dot, so that the first one divides: places of different
 * documents never share a name.  For the same reason a "_" that is put before a
 * digit is put before a "_" too.
 */
const char *
db_id(struct rp_doc *doc, const char *document, const char *fragment)
{
	size_t room = strlen(document) + (fragment != NULL ? strlen(fragment) : 0);
	const char *s = document;
	uint32_t first = rp_utf8_next(&s);
	char *id, *p;

	/* The longest escape of one byte is 2 + 2 + 2 long. */
	id = p = rp_alloc(doc, 10 * room + 4);
	if (!is_ascii_letter(first) && !(first >= 0x80 && is_listed(first, 1)))
		*p++ = '_';
	p = put_name(p, document, 0);
	if (fragment != NULL) {
		*p++ = '.';
		p = put_name(p, fragment, 1);
	}
	*p = '\0';
	return id;
}

const char *
db_place(const struct docbook *s, const char *id)
{
	return db_id(s->job->doc, rp_get(rp_root(s->job->doc), RP_A_ID), id);
}

/* ---- Addresses ---- */

static int
is_hex(char c)
{
	return c != '\0' && strchr("0123456789abcdefABCDEF", c) != NULL;
}

/* RFC 3986, 3.1: the length of "http:"; 0 if the address has no scheme. */
static size_t
scheme_length(const char *s)
{
	size_t n = 0;

	while (is_ascii_letter((unsigned char)s[n]) || (s[n] >= '0' && s[n] <= '9') || s[n] == '+' ||
	    s[n] == '-' || s[n] == '.')
		n++;
	return is_ascii_letter((unsigned char)*s) && s[n] == ':' ? n + 1 : 0;
}

static char *
put_percent(char *to, char c)
{
	static const char hex[] = "0123456789ABCDEF";

	*to++ = '%';
	*to++ = hex[(unsigned char)c >> 4];
	*to++ = hex[(unsigned char)c & 15];
	return to;
}

/* May the character stand in an address?  hash: not a second "#"; file: what is special in
 * an address is a letter of a name. */
static int
stands(const char *s, int hash, int file)
{
	switch (*s) {
	case ' ': case '"': case '<': case '>': case '[': case '\\': case ']': case '^':
	case '`': case '{': case '|': case '}': case '\t': case '\n':
		return 0;
	case '#':
		return !hash;
	case '?':
		return !file;
	case '%':
		return !file && is_hex(s[1]) && is_hex(s[2]);
	default:
		return 1;
	}
}

/* Copies from where no scheme can be any more. */
static void
put_uri(char *to, const char *s, int file)
{
	int hash = file;

	for (; *s != '\0'; s++) {
		if (stands(s, hash, file))
			*to++ = *s;
		else
			to = put_percent(to, *s);
		hash |= *s == '#';
	}
	*to = '\0';
}

/* An address that begins as one with a scheme or a host would, and is none. */
static char *
put_here(char *to, const char *s)
{
	if (strncmp(s, "//", 2) == 0 || strcspn(s, ":") < strcspn(s, "/?#")) {
		*to++ = '.';
		*to++ = '/';
	}
	return to;
}

/*
 * Text that only looks like an address ("http://", "note:", "1:2") stays what it
 * looks like, as a relative one.
 */
const char *
db_uri(struct rp_doc *doc, const char *s)
{
	size_t n = scheme_length(s), slashes = strspn(s + n, "/");
	int only_looks = n > 0 && (s[n] == '\0' || s[n] == '#' || (slashes == 2 && strchr("?#", s[n + 2])));
	char *uri, *p;

	/* Most are right as they are. */
	if (n > 0 && !only_looks && s[strcspn(s, " \"<>[\\]^`{|}\t\n#%")] == '\0')
		return s;
	uri = p = rp_alloc(doc, 3 * strlen(s) + 3);
	if (only_looks) {
		memcpy(p, s, n - 1);
		p = put_percent(p + n - 1, ':');
		s += n;
	} else if (n == 0 && (slashes == 2 || *s != '/')) {
		p = put_here(p, s);
	}
	put_uri(p, s, 0);
	return uri;
}

const char *
db_file(struct rp_doc *doc, const char *path)
{
	char *uri = rp_alloc(doc, 3 * strlen(path) + 3);

	put_uri(put_here(uri, path), path, 1);
	return uri;
}

void
db_link_to(struct docbook *s, const char *document, const char *fragment)
{
	struct rp_doc *doc = s->job->doc;
	const char *id = db_id(doc, document, fragment), *file;

	if (s->job->layout == RP_ONE_FILE ||
	    strcmp(document, rp_get(rp_root(doc), RP_A_ID)) == 0) {
		rp_xml_attr(s->x, "linkend", id);
		return;
	}
	file = db_file(doc, rp_join(doc, document, ".xml", NULL));
	rp_xml_attr(s->x, "xlink:href", rp_join(doc, file, "#", id, NULL));
}

/* ---- What may stand where ---- */

/* The Schematron rules of DocBook 5.0, "Element exclusion": a table of which box
 * must not have which other one around it. */
int
db_fits(const struct docbook *s, enum box box)
{
#define IN(box)	(1u << (box))
	static const unsigned banned[BOX_MAX] = {
		[ADMONITION] = IN(ADMONITION) | IN(CAPTION) | IN(FIGURE) | IN(FOOTNOTE) | IN(TABLE),
		[FIGURE] = IN(CAPTION) | IN(FIGURE) | IN(FOOTNOTE) | IN(TABLE),
		[FOOTNOTE] = IN(FOOTNOTE),
		[SIDEBAR] = IN(CAPTION) | IN(FOOTNOTE) | IN(SIDEBAR),
		[TABLE] = IN(CAPTION) | IN(FIGURE) | IN(FOOTNOTE),
	};
#undef IN
	int i;

	for (i = 0; i < BOX_MAX; i++)
		if (s->inside[i] > 0 && (banned[box] >> i & 1))
			return 0;
	return 1;
}

int
db_holds(struct rp_node *n, enum rp_kind kind)
{
	struct rp_walk w = rp_walk(n);

	while (rp_walk_next(&w))
		if (w.node != n && rp_kind(w.node) == kind)
			return 1;
	return 0;
}

struct rp_node *
db_heading(const struct rp_node *section)
{
	struct rp_node *n = rp_first(section);

	return n != NULL && rp_kind(n) == RP_HEADING && rp_kind(section) == RP_SECTION ? n : NULL;
}

/* Of a child: is it a block there? */
static int
is_block(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_TITLE:
	case RP_SUBTITLE:
	case RP_SUMMARY:
	case RP_CAPTION:
	case RP_FOOTNOTE:
	case RP_COMMENT:
		return 0;
	case RP_LIST:
	case RP_DEFINITION_LIST:
	case RP_QUESTION_LIST:
		return rp_first(n) != NULL;
	case RP_DIV:
		return rp_get(n, RP_A_ID) != NULL;
	case RP_HEADING:
		return db_heading(rp_parent(n)) != n;
	default:
		return rp_kind_class(rp_kind(n)) == RP_CLASS_BLOCK;
	}
}

int
db_has_blocks(struct rp_node *n)
{
	struct rp_walk w = rp_walk(n);

	while (rp_walk_next(&w)) {
		if (w.node == n || w.event == RP_LEAVE)
			continue;
		if (is_block(w.node))
			return 1;
		if (rp_kind(w.node) != RP_DIV)
			rp_walk_skip(&w);
	}
	return 0;
}
