/*
 * attr.c - what pandoc calls Attr: an id, classes, and pairs of key and value.
 *
 * An attribute that pandoc has a name for keeps it (id, class, lang, dir); another one
 * of node.def becomes "rolepress-NAME", and a filter's own keeps its name.
 */
#include <string.h>

#include "pandoc.h"

const char *
pd_class_word(const char **at, size_t *len)
{
	const char *p;

	if (*at == NULL)
		return NULL;
	p = *at + strspn(*at, " ");
	*len = strcspn(p, " ");
	*at = p + *len;
	return *len > 0 ? p : NULL;
}

/* Words with one space between: they come back from their list. */
static int
is_plain_list(const char *words)
{
	size_t n = strlen(words);

	return n > 0 && words[0] != ' ' && words[n - 1] != ' ' && strstr(words, "  ") == NULL;
}

const char *
pd_raw_format(struct rp_doc *doc, const struct rp_node *n)
{
	const char *class = rp_get(n, RP_A_CLASS), *format;

	if (class == NULL || strncmp(class, "raw ", 4) != 0 || pd_attr_more(n, ATTR(CLASS)))
		return NULL;
	format = class + 4;
	/* Those of HTML are no code when they come back. */
	if (*format == '\0' || strpbrk(format, " \t\n") != NULL || strncmp(format, "html", 4) == 0 ||
	    strncmp(format, "rolepress-", 10) == 0)
		return NULL;
	return rp_dup(doc, format, strlen(format));
}

const char *
pd_number_text(struct rp_doc *doc, long n)
{
	char buf[24], *p = buf + sizeof(buf) - 1;
	unsigned long u = n < 0 ? 0UL - (unsigned long)n : (unsigned long)n;

	*p = '\0';
	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (n < 0)
		*--p = '-';
	return rp_dup(doc, p, strlen(p));
}

const char *
pd_attr_text(struct rp_doc *doc, const struct rp_node *n, enum rp_attr a)
{
	const char *s;

	if (!rp_has(n, a))
		return NULL;
	s = rp_get(n, a);
	return s != NULL ? s : pd_number_text(doc, rp_get_int(n, a, 0));
}

const char *
pd_id_of(struct pandoc *p, const char *id)
{
	return p->prefix != NULL ? rp_join(p->job->doc, p->prefix, id, NULL) : id;
}

int
pd_attr_more(const struct rp_node *n, attr_set said)
{
	const char *name, *value;
	enum rp_attr a;

	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1))
		if (!(said >> a & 1))
			return 1;
	return rp_named_at(n, 0, &name, &value);
}

int
pd_is_hidden(const struct pandoc *p, const char *word)
{
	return p->clean && strncmp(word, "rolepress-", 10) == 0;
}

void
pd_attr_empty(struct pandoc *p)
{
	pd_attr_begin(p, NULL, NULL, NULL);
	pd_attr_end(p);
}

/* [id, [classes], [ ...; pairs follow. */
void
pd_attr_begin(struct pandoc *p, const char *id, const char *first_class, const char *classes)
{
	const char *w;
	size_t len;

	rp_json_array(p->j);
	rp_json_string(p->j, id != NULL && *id != '\0' ? pd_id_of(p, id) : "");
	rp_json_array(p->j);
	if (first_class != NULL && !pd_is_hidden(p, first_class))
		rp_json_string(p->j, first_class);
	while ((w = pd_class_word(&classes, &len)) != NULL)
		if (!pd_is_hidden(p, w))
			rp_json_string(p->j, rp_dup(p->job->doc, w, len));
	rp_json_end(p->j);
	rp_json_array(p->j);
}

void
pd_attr_pair(struct pandoc *p, const char *key, const char *value)
{
	if (value == NULL || pd_is_hidden(p, key))
		return;
	rp_json_array(p->j);
	rp_json_string(p->j, key);
	rp_json_string(p->j, value);
	rp_json_end(p->j);
}

static int
is_ours(const char *name)
{
	static const char *const names[] = { "lang", "dir", "id", "class", "width", "height", "title",
		"startFrom", "start" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return 1;
	return strncmp(name, "rolepress-", 10) == 0 || *name == '\0';
}

static void
own_pair(struct pandoc *p, const struct rp_node *n, const char *prefix, enum rp_attr a)
{
	const char *value = pd_attr_text(p->job->doc, n, a);

	/* What Attr has a place for. */
	if (*prefix == '\0' &&
	    ((a == RP_A_ID && *value != '\0') || (a == RP_A_CLASS && is_plain_list(value))))
		return;
	if (*prefix == '\0' && *value != '\0' && (a == RP_A_LANG || a == RP_A_DIR ||
	    (a == RP_A_TITLE && rp_kind(n) == RP_ABBREVIATION)))
		pd_attr_pair(p, rp_attr_name(a), value);
	else
		pd_attr_pair(p, rp_join(p->job->doc, "rolepress-", prefix, rp_attr_name(a), NULL),
		    a == RP_A_FRAGMENT && rp_kind(n) == RP_FOOTNOTE_REF ? pd_id_of(p, value) : value);
}

void
pd_attr_pairs(struct pandoc *p, const struct rp_node *n, const char *prefix, attr_set said)
{
	const char *name, *value;
	enum rp_attr a;
	size_t i;

	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1))
		if (!(said >> a & 1))
			own_pair(p, n, prefix, a);
	for (i = 0; rp_named_at(n, i, &name, &value); i++) {
		if (is_ours(name) || *prefix != '\0')
			name = rp_join(p->job->doc, "rolepress-", prefix, "named-", name, NULL);
		pd_attr_pair(p, name, value);
	}
}

void
pd_attr_end(struct pandoc *p)
{
	rp_json_end(p->j);
	rp_json_end(p->j);
}

static const char *
names_of(struct rp_doc *doc, attr_set set)
{
	const char *s = "";
	int a;

	for (a = 0; a < RP_ATTR_MAX; a++)
		if (set >> a & 1)
			s = rp_join(doc, s, *s != '\0' ? " " : "", rp_attr_name((enum rp_attr)a), NULL);
	return s;
}

void
pd_attr_put(
    struct pandoc *p, const struct rp_node *n, const char *first_class, attr_set said, attr_set unset)
{
	pd_attr_begin(p, rp_get(n, RP_A_ID), first_class, rp_get(n, RP_A_CLASS));
	pd_attr_pairs(p, n, "", said);
	if (unset != 0)
		pd_attr_pair(p, "rolepress-unset", names_of(p->job->doc, unset));
	pd_attr_end(p);
}
