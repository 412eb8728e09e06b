/*
 * list.c - an attribute list: #id, .class, key="value", and words that name other
 * lists, in braces.
 */
#include <string.h>

#include "attributes.h"

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	    (unsigned char)c >= 0x80;
}

static int
is_key(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

static const char *
past_space(const char *p)
{
	return p + strspn(p, " \t\n");
}

static struct item
item(enum item_kind kind, const char *value, size_t len)
{
	struct item it = { .kind = len > 0 ? kind : ITEM_BAD, .value = value, .len = len };

	return it;
}

/* key="value", key='value', key=value; or a word. */
static struct item
pair(const char **at)
{
	const char *p = *at, *end;
	struct item it;

	while (is_key(*p) || *p == ':')
		p++;
	if (p > *at && p[-1] == ':')
		p--;
	if (*p != '=') {
		it = item(ITEM_WORD, *at, (size_t)(p - *at));
		*at = p;
		return it;
	}
	it = item(ITEM_PAIR, NULL, (size_t)(p - *at));
	it.key = *at;
	it.key_len = it.len;
	p++;
	if (*p == '"' || *p == '\'') {
		end = strchr(p + 1, *p);
		if (end == NULL)
			return item(ITEM_BAD, p, 0);
		it.value = p + 1;
		*at = end + 1;
	} else {
		end = p + strcspn(p, " \t\n}\"'{");
		it.value = p;
		*at = end;
	}
	it.len = (size_t)(end - it.value);
	return it;
}

struct item
list_next(const char **at)
{
	const char *p = past_space(*at);
	struct item it;

	switch (*p) {
	case '}':
		*at = p + 1;
		it = item(ITEM_END, p, 1);
		return it;
	case '#':
		it = item(ITEM_ID, p + 1, strcspn(p + 1, " \t\n}{\"'"));
		break;
	case '.':
		it = item(ITEM_CLASS, p + 1, strcspn(p + 1, " \t\n}{\"'=#.,;"));
		if (!is_letter(p[1]) && p[1] != '-')
			it.kind = ITEM_BAD;
		break;
	default:
		*at = p;
		if (*p == '-' && p[1] == '}') {		/* pandoc: no number */
			*at = p + 1;
			return item(ITEM_WORD, p, 1);
		}
		return is_letter(*p) ? pair(at) : item(ITEM_BAD, p, 0);
	}
	*at = it.value + it.len;
	return it;
}

const char *
list_items(const struct list *l)
{
	const char *p = l->text + 1 + l->colon;

	if (l->definition)		/* past its name */
		p += 1 + strcspn(p + 1, ": \t}");
	return p;
}

/* {:name: .class}: a list to be used elsewhere; {::options key="value" /}. */
static size_t
definition(const char *s)
{
	const char *p = s + 2;

	if (*p == ':') {
		p += 1 + strcspn(p + 1, "{}");
		return *p == '}' ? (size_t)(p + 1 - s) : 0;
	}
	while (is_key(*p))
		p++;
	if (p == s + 2 || *p != ':')
		return 0;
	p += strcspn(p, "{}");
	return *p == '}' ? (size_t)(p + 1 - s) : 0;
}

static void
count(struct list *l, const struct item *it)
{
	l->ids += it->kind == ITEM_ID;
	l->classes += it->kind == ITEM_CLASS;
	l->pairs += it->kind == ITEM_PAIR;
	l->words += it->kind == ITEM_WORD;
	l->toc |= it->kind == ITEM_WORD && it->len == 3 && rp_ascii_same(it->value, "toc", 3);
}

int
list_read(const char *s, struct list *l)
{
	const char *p = s + 1;
	struct item it;

	memset(l, 0, sizeof(*l));
	l->text = s;
	if (*s != '{')
		return 0;
	l->colon = s[1] == ':';
	p += l->colon;
	if (l->colon && (l->len = definition(s)) > 0) {
		l->definition = 1;
		return 1;
	}
	while ((it = list_next(&p)).kind != ITEM_END) {
		if (it.kind == ITEM_BAD || p - s > LONGEST_LIST)
			return 0;
		count(l, &it);
		/* One item ends where the next begins, or at a space. */
		if (strchr(" \t\n}.#", *p) == NULL || *p == '\0')
			return 0;
	}
	l->len = (size_t)(p - s);
	/* Several words in a row are no attributes but somebody's text. */
	return l->words <= 1 && (l->colon || l->words == 0 || s[1] == '-') &&
	    l->ids + l->classes + l->pairs + l->words > 0;
}
