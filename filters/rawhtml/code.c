/*
 * code.c - code in a line, and preformatted blocks.
 */
#include <ctype.h>
#include <string.h>

#include "rawhtml.h"

/* ---- The text of a tree, its line ends kept ---- */

static const char *
text_of(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_TEXT:
	case RP_CODE:
	case RP_CODE_BLOCK:
		return rp_text(n);
	case RP_SOFT_BREAK:
	case RP_LINE_BREAK:
		return "\n";
	default:
		return "";
	}
}

static int
ends_line(const struct rp_node *n)
{
	return rp_kind_class(rp_kind(n)) != RP_CLASS_INLINE;
}

static char *
verbatim(struct rawhtml *h, struct rp_node *content)
{
	struct rp_walk w;
	size_t len = 1;
	char *s, *end;

	for (w = rp_walk(content); rp_walk_next(&w); )
		len += w.event == RP_ENTER ? strlen(text_of(w.node)) : 1;
	s = end = rp_alloc(h->doc, len);
	for (w = rp_walk(content); rp_walk_next(&w); ) {
		if (w.event == RP_ENTER) {
			len = strlen(text_of(w.node));
			memcpy(end, text_of(w.node), len);
			end += len;
		} else if (ends_line(w.node) && end > s && end[-1] != '\n') {
			*end++ = '\n';
		}
	}
	return s;
}

/* ---- Languages ---- */

/* As highlighters mark it: class="language-c", lang="c" on GitHub. */
static const char *
language_in(struct rawhtml *h, const char *classes)
{
	static const char *const marks[] = { "language-", "lang-", "highlight-source-", "brush:" };
	const char *s;
	size_t i;

	for (i = 0; classes != NULL && i < sizeof(marks) / sizeof(marks[0]); i++) {
		s = strstr(classes, marks[i]);
		if (s == NULL || (s > classes && !isspace((unsigned char)s[-1])))
			continue;
		s += strlen(marks[i]);
		s += strspn(s, " ");
		if (strcspn(s, " \t\n;") > 0)
			return rp_dup(h->doc, s, strcspn(s, " \t\n;"));
	}
	return NULL;
}

static const char *
language_of(struct rawhtml *h, const char *const *attrs, struct rp_node *content)
{
	const char *language = language_in(h, rp_get(content, RP_A_CLASS));
	struct rp_walk w = rp_walk(content);

	if (language == NULL)
		language = rawhtml_attr(attrs, "lang");
	while ((language == NULL || *language == '\0') && rp_walk_next(&w))
		if (w.event == RP_ENTER && rp_kind(w.node) == RP_CODE)
			language = language_in(h, rp_get(w.node, RP_A_CLASS));
	return language;
}

/* ---- Elements ---- */

/* A block of code is text alone. */
static void
tell_links(struct rawhtml *h, struct rp_node *content)
{
	struct rp_walk w;
	const char *url;

	for (w = rp_walk(content); rp_walk_next(&w); ) {
		url = rp_kind(w.node) == RP_LINK ? rp_get(w.node, RP_A_URL) : NULL;
		if (w.event == RP_ENTER && url != NULL && strcmp(url, rp_plain_text(h->doc, w.node)) != 0)
			rp_report(h->job, RP_D_LINK_IN_CODE, w.node, url, NULL);
	}
}

struct rp_node *
rawhtml_make_pre(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *language = language_of(h, attrs, content), *text = verbatim(h, content);
	size_t len = strlen(text);

	tell_links(h, content);
	while (rp_first(content) != NULL)
		rp_detach(rp_first(content));
	if (text[strspn(text, " \t\r\n")] == '\0')
		return NULL;
	rp_set_kind(content, e->kind);
	rp_set_text(h->doc, content, text[len - 1] == '\n' ? text : rp_join(h->doc, text, "\n", NULL));
	if (language != NULL)
		rp_set(h->doc, content, RP_A_INFO, language);
	return content;
}

/* Code holds text alone: with a link in it, what is in the link is code. */
struct rp_node *
rawhtml_make_code(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	struct rp_node *n;
	struct rp_walk w;
	int plain = rp_kind(content) == RP_SPAN;

	(void)attrs;
	for (n = rp_first(content); n != NULL; n = rp_next(n))
		plain &= *text_of(n) != '\0';
	if (rp_first(content) != NULL && plain) {
		rp_set_text(h->doc, content, verbatim(h, content));
		while (rp_first(content) != NULL)
			rp_detach(rp_first(content));
		rp_set_kind(content, e->kind);
		return content;
	}
	for (w = rp_walk(content); rp_walk_next(&w); )
		if (w.event == RP_ENTER && rp_kind(w.node) == RP_TEXT)
			rp_set_kind(w.node, e->kind);
	return rawhtml_shell(content);
}
