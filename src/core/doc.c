/* doc.c - a document: its tree, its source, its memory. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core.h"

struct rp_doc *
doc_new(struct rp_run *run, const char *path)
{
	return doc_new_in(run, path, NULL);
}

struct rp_doc *
doc_new_in(struct rp_run *run, const char *path, struct region *region)
{
	struct rp_doc *doc = xcalloc(1, sizeof(*doc));

	doc->run = run;
	doc->arena.region = region;
	doc->path = arena_dup(&doc->arena, path, strlen(path));
	doc->site_path = doc->path;
	doc->root_path = "";
	doc->source = "";
	doc->root = &doc->top.node;
	doc->root->kind = RP_DOCUMENT;
	doc->root->top = 1;
	return doc;
}

void
doc_free(struct rp_doc *doc)
{
	if (doc == NULL)
		return;
	arena_free(&doc->arena);
	free(doc);
}

void
doc_give(struct rp_doc *doc, const char *name)
{
	const char **more;

	if (doc->given_count == doc->given_cap) {
		doc->given_cap = doc->given_cap > 0 ? 2 * doc->given_cap : 32;
		more = arena_alloc(&doc->arena, doc->given_cap * sizeof(*more));
		if (doc->given_count > 0)
			memcpy(more, doc->given, doc->given_count * sizeof(*more));
		doc->given = more;
	}
	doc->given[doc->given_count++] = name;
}

const char *
rp_given(const struct rp_doc *doc, size_t n)
{
	return n < doc->given_count ? doc->given[n] : NULL;
}

int
doc_came_with(const struct rp_doc *doc, const char *name)
{
	size_t i;

	for (i = 0; i < doc->given_by_reader; i++)
		if (strcmp(doc->given[i], name) == 0)
			return 1;
	return 0;
}

void *
rp_alloc(struct rp_doc *doc, size_t n)
{
	return arena_alloc(&doc->arena, n);
}

char *
rp_dup(struct rp_doc *doc, const char *s, size_t len)
{
	return arena_dup(&doc->arena, s, len);
}

char *
rp_join(struct rp_doc *doc, const char *first, ...)
{
	size_t len = 0;
	const char *p;
	va_list ap;
	char *r, *end;

	va_start(ap, first);
	for (p = first; p != NULL; p = va_arg(ap, const char *))
		len += strlen(p);
	va_end(ap);
	r = end = arena_alloc(&doc->arena, len + 1);
	va_start(ap, first);
	for (p = first; p != NULL; p = va_arg(ap, const char *))
		end = stpcpy(end, p);
	va_end(ap);
	return r;
}

char *
rp_decimal(struct rp_doc *doc, unsigned long long n)
{
	char buf[24], *end = buf + sizeof(buf), *digits = str_decimal(end, n);

	return arena_dup(&doc->arena, digits, (size_t)(end - 1 - digits));
}

struct rp_node *
rp_root(const struct rp_doc *doc)
{
	return doc->root;
}

struct rp_node *
rp_meta(const struct rp_doc *doc)
{
	return rp_child(doc->root, RP_META_MAP);
}

struct rp_node *
rp_info(struct rp_doc *doc)
{
	struct rp_node *info = rp_child(doc->root, RP_INFO), *meta;

	if (info != NULL)
		return info;
	info = rp_new(doc, RP_INFO);
	meta = rp_meta(doc);
	if (meta != NULL)
		rp_insert_after(meta, info);
	else
		rp_prepend(doc->root, info);
	return info;
}

struct rp_node *
rp_meta_get(const struct rp_node *map, const char *key)
{
	struct rp_node *c;
	const char *k;

	for (c = map != NULL ? map->first : NULL; c != NULL; c = c->next)
		if ((k = rp_get(c, RP_A_KEY)) != NULL && *k == *key && strcmp(k, key) == 0)
			return c;
	return NULL;
}

const char *
rp_meta_string(const struct rp_node *map, const char *key)
{
	const struct rp_node *v = rp_meta_get(map, key);
	const char *type;

	if (v == NULL || v->kind != RP_META_SCALAR)
		return NULL;
	type = rp_get(v, RP_A_TYPE);
	return type != NULL && strcmp(type, "null") == 0 ? NULL : rp_text(v);
}

const char *rp_doc_path(const struct rp_doc *doc) { return doc->path; }
const char *rp_doc_site_path(const struct rp_doc *doc) { return doc->site_path; }

/* The start of the line after p's; NULL: that is the last.  A line ends in LF, CR LF
 * or CR (CommonMark 2.1). */
static const char *
line_after(const char *p, const char *end, int has_cr)
{
	p = has_cr ? p + strcspn(p, "\r\n") : memchr(p, '\n', (size_t)(end - p));
	if (p == NULL || p == end)
		return NULL;
	return p + 1 + (p[0] == '\r' && p[1] == '\n');
}

/* The table grows as lines are found: to count them first would be as much work again. */
static void
find_lines(struct rp_doc *doc)
{
	const char *s = doc->source, *end = s + doc->source_len, *p;
	int has_cr = memchr(s, '\r', doc->source_len) != NULL;
	size_t room = doc->source_len / 32 + 16;
	uint32_t *more;

	doc->lines = arena_raw(&doc->arena, room * sizeof(*doc->lines));
	for (p = s; p != NULL; p = line_after(p, end, has_cr)) {
		if (doc->line_count == room) {
			room *= 2;
			more = arena_raw(&doc->arena, room * sizeof(*more));
			memcpy(more, doc->lines, doc->line_count * sizeof(*more));
			doc->lines = more;
		}
		doc->lines[doc->line_count++] = (uint32_t)(p - s);
	}
}

const char *
rp_doc_line(const struct rp_doc *cdoc, uint32_t line, size_t *len)
{
	struct rp_doc *doc = (struct rp_doc *)(uintptr_t)cdoc;	/* the table is made late */
	const char *p;

	*len = 0;
	if (doc->source == NULL)
		doc_reload(doc);
	if (doc->lines == NULL)
		find_lines(doc);
	if (line == 0 || line > doc->line_count)
		return NULL;
	p = doc->source + doc->lines[line - 1];
	if (line < doc->line_count)
		*len = doc->lines[line] - doc->lines[line - 1];
	else
		*len = doc->source_len - doc->lines[line - 1];
	while (*len > 0 && (p[*len - 1] == '\n' || p[*len - 1] == '\r'))
		(*len)--;
	return p;
}

/* Messages are shown in the order of the source, so the count goes on from the last
 * one: a line of a megabyte with a message at every word is counted once. */
uint32_t
doc_column(struct rp_doc *doc, uint32_t line, uint32_t byte_col)
{
	size_t len, i = 0;
	const char *p = rp_doc_line(doc, line, &len);
	uint32_t col = 1;

	if (p == NULL || byte_col == 0)
		return byte_col;
	if (doc->counted.line == line && doc->counted.byte < byte_col) {
		i = doc->counted.byte;
		col = doc->counted.col;
	}
	for (; i + 1 < byte_col && i < len; i++)
		col += ((unsigned char)p[i + 1] & 0xC0) != 0x80;
	doc->counted.line = line;
	doc->counted.byte = (uint32_t)i;
	doc->counted.col = col;
	return col;
}
