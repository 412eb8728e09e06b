/*
 * media.c - links and images, and all that is neither text nor picture: films,
 * frames, drawings, forms.
 */
#include <string.h>

#include "rawhtml.h"

/* ---- Addresses ---- */

/* As browsers read them: without control characters and outer spaces. */
static char *
clean_url(struct rawhtml *h, const char *s)
{
	char *url = rp_dup(h->doc, s, strlen(s)), *end = url;

	for (; *s != '\0'; s++)
		if ((unsigned char)*s > ' ' || (*s == ' ' && end > url))
			*end++ = *s;
	while (end > url && end[-1] == ' ')
		end--;
	*end = '\0';
	return url;
}

static int
is_active(const char *url, int image)
{
	static const char *const schemes[] = { "javascript:", "vbscript:", "data:" };
	size_t i;

	if (image && rp_ascii_same(url, "data:image/", strlen("data:image/")))
		return 0;
	for (i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (rp_ascii_same(url, schemes[i], strlen(schemes[i])))
			return 1;
	return 0;
}

/* The address in an attribute; NULL if there is none that may be followed. */
static const char *
url_of(struct rawhtml *h, const struct rp_node *at, const char *const *attrs, const char *name)
{
	const char *s = rawhtml_attr(attrs, name), *url;

	if (s == NULL)
		return NULL;
	url = clean_url(h, s);
	if (!is_active(url, strcmp(name, "href") != 0))
		return url;
	rp_report(h->job, RP_D_URL_SCHEME, at, url, NULL);
	return NULL;
}

static struct rp_node *
add_text(struct rawhtml *h, struct rp_node *n, const char *s)
{
	struct rp_node *text = rp_new_text(h->doc, s);

	rp_set_pos(text, rp_pos(n));
	rp_append(n, text);
	return n;
}

/* ---- a, area ---- */

/* <a name> is what ids were before there were any. */
static void
take_name(struct rawhtml *h, struct rp_node *n, const char *name)
{
	const char *id = rp_get(n, RP_A_ID);

	if (name == NULL || *name == '\0')
		return;
	if (id == NULL)
		rp_set(h->doc, n, RP_A_ID, name);
	else if (strcmp(id, name) != 0)
		rawhtml_alias(h, n, name);
}

static const char *
label_of(const char *const *attrs, const struct rp_node *content)
{
	const char *label = rawhtml_attr(attrs, "aria-label");

	if (label == NULL || *label == '\0')
		label = rawhtml_attr(attrs, "alt");
	if (label == NULL || *label == '\0')
		label = rp_get(content, RP_A_TITLE);
	return label;
}

struct rp_node *
rawhtml_make_link(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *url = url_of(h, content, attrs, "href");
	struct rp_node *link;

	take_name(h, content, rawhtml_attr(attrs, "name"));
	if (url == NULL)
		return rawhtml_shell(content);
	if (rp_first(content) == NULL) {
		if (label_of(attrs, content) == NULL)
			return rawhtml_shell(content);
		add_text(h, content, label_of(attrs, content));
	}
	link = rp_new(h->doc, e->kind);
	rp_set_pos(link, rp_pos(content));
	rp_set(h->doc, link, RP_A_URL, url);
	if (rp_get(content, RP_A_TITLE) != NULL)
		rp_set(h->doc, link, RP_A_TITLE, rp_get(content, RP_A_TITLE));
	rp_unset(content, RP_A_TITLE);
	rawhtml_spread(h, content, link);
	return rawhtml_shell(content);
}

/* ---- img ---- */

static void
set_length(struct rawhtml *h, struct rp_node *n, enum rp_attr a, const char *s)
{
	size_t digits;

	if (s == NULL)
		return;
	s += strspn(s, " \t\n");
	digits = strspn(s, "0123456789.");
	if (digits > 0)
		rp_set(h->doc, n, a, rp_dup(h->doc, s, digits + (s[digits] == '%')));
}

struct rp_node *
rawhtml_make_image(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *url = url_of(h, content, attrs, "src"), *alt = rawhtml_attr(attrs, "alt");

	if (url == NULL || *url == '\0')
		url = url_of(h, content, attrs, "data-src");
	if (alt != NULL && *alt != '\0')
		add_text(h, content, alt);
	if (url == NULL || *url == '\0')
		return rawhtml_shell(content);
	rp_set(h->doc, content, RP_A_URL, url);
	set_length(h, content, RP_A_WIDTH, rawhtml_attr(attrs, "width"));
	set_length(h, content, RP_A_HEIGHT, rawhtml_attr(attrs, "height"));
	rp_set_kind(content, e->kind);
	return content;
}

/* ---- video, iframe, object ... ---- */

/* A shell for what the element around it looks for; tidying takes it away. */
static struct rp_node *
mark(struct rawhtml *h, struct rp_node *content, const char *type)
{
	rp_set_kind(content, RP_SPAN);
	rp_set(h->doc, content, RP_A_TYPE, type);
	return content;
}

static struct rp_node *
find_mark(struct rp_node *content, const char *type)
{
	struct rp_walk w = rp_walk(content);

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && w.node != content && rp_kind(w.node) == RP_SPAN &&
		    rp_get(w.node, RP_A_TYPE) != NULL &&
		    strcmp(rp_get(w.node, RP_A_TYPE), type) == 0)
			return w.node;
	return NULL;
}

struct rp_node *
rawhtml_make_source(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *url = url_of(h, content, attrs, "src");

	(void)e;
	if (url != NULL)
		rp_set(h->doc, content, RP_A_URL, url);
	return mark(h, content, "source");
}

/* Its own content is for those who cannot see it; that is better than a link if
 * it leads somewhere or shows something. */
static int
says_more(struct rp_node *content)
{
	struct rp_walk w = rp_walk(content);

	while (rp_walk_next(&w))
		if (w.event == RP_ENTER && (rp_kind(w.node) == RP_LINK || rp_kind(w.node) == RP_IMAGE))
			return 1;
	return 0;
}

struct rp_node *
rawhtml_make_media(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *url = url_of(h, content, attrs, e->arg ? "data" : "src"), *label;
	const struct rp_node *source = find_mark(content, "source");
	struct rp_node *link;

	if (url == NULL && source != NULL)
		url = rp_get(source, RP_A_URL);
	if (url == NULL || *url == '\0' || says_more(content))
		return rawhtml_shell(content);
	label = label_of(attrs, content);
	link = rp_new(h->doc, e->kind);
	rp_set_pos(link, rp_pos(content));
	rp_set(h->doc, link, RP_A_URL, url);
	if (rp_get(content, RP_A_ID) != NULL)
		rp_set(h->doc, link, RP_A_ID, rp_get(content, RP_A_ID));
	rp_report(h->job, RP_D_HTML_LINKED, link, e->name, url, NULL);
	return add_text(h, link, label != NULL && *label != '\0' ? label : url);
}

/* ---- svg, math ---- */

struct rp_node *
rawhtml_make_title(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	(void)e;
	(void)attrs;
	rawhtml_inlines(h, content);
	return mark(h, content, "title");
}

/* Of a drawing its name remains, of a formula its text. */
struct rp_node *
rawhtml_make_drawing(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *text = rawhtml_attr(attrs, e->arg ? "alttext" : "aria-label");
	const struct rp_node *title = find_mark(content, "title");

	rawhtml_forget(h, rp_pos(content));
	if (text == NULL && (e->arg || title != NULL))
		text = rp_plain_text(h->doc, e->arg ? content : title);
	rawhtml_drop(h, e, content);
	if (text != NULL && *text != '\0')
		add_text(h, content, text);
	rp_set_kind(content, RP_SPAN);
	return rawhtml_shell(content);
}

/* ---- input ---- */

struct rp_node *
rawhtml_make_input(struct rawhtml *h, const struct element *e, const char *const *attrs,
    struct rp_node *content)
{
	const char *type = rawhtml_attr(attrs, "type"), *value = rawhtml_attr(attrs, "value");
	int checked = rawhtml_attr(attrs, "checked") != NULL;

	type = type != NULL ? type : "text";
	if (rp_ascii_same(type, "checkbox", SIZE_MAX) || rp_ascii_same(type, "radio", SIZE_MAX)) {
		rp_set_int(h->doc, content, RP_A_CHECKED, checked);
		add_text(h, content, checked ? "\xE2\x98\x91" : "\xE2\x98\x90");
		return mark(h, content, "box");
	}
	if (rp_ascii_same(type, "hidden", SIZE_MAX))
		return rawhtml_shell(content);
	if (rp_ascii_same(type, "image", SIZE_MAX))
		return rawhtml_make_image(h, rawhtml_element("img"), attrs, content);
	if (value != NULL && *value != '\0') {
		add_text(h, content, value);
		return rawhtml_shell(content);
	}
	rawhtml_drop(h, e, content);
	return rawhtml_shell(content);
}
