/*
 * media.c - figures, what is shown elsewhere, links, buttons.
 */
#include <string.h>

#include "shortcodes.h"

static const char *const text_keys[] = { "title", "caption", "label", "alt", "text", "name", NULL };

/* An address in an argument, without a site's address in it. */
static const char *
address(struct shortcodes *s, const struct sc_marker *m, const struct sc_arg *a)
{
	const char *url;

	if (a == NULL)
		return NULL;
	url = strchr(a->value, '{') != NULL ? sc_url(s, a->value, m->node) : NULL;
	return url != NULL ? url : a->value;
}

static struct rp_node *
new_link(struct shortcodes *s, const struct sc_marker *m, const char *url)
{
	struct rp_node *link = sc_new(s, m, RP_LINK);

	rp_set(s->doc, link, RP_A_URL, url);
	return link;
}

/* ---- Pictures ---- */

static int
is_picture_file(const char *s)
{
	static const char *const ends[] = {
		".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"
	};
	size_t n = strcspn(s, "?#"), k, i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		k = strlen(ends[i]);
		if (n > k && rp_ascii_same(s + n - k, ends[i], k))
			return 1;
	}
	return 0;
}

static const struct sc_arg *
source_of(const struct sc_marker *m)
{
	static const char *const keys[] = {
		"src", "image_path", "image", "img", "file", "path", "source", "url", NULL
	};
	static const char *const link_keys[] = { "link", "href", NULL };
	const struct sc_arg *a = sc_named(m, keys);

	if (a == NULL)
		a = sc_nth(m, 0);
	if (a == NULL)
		a = sc_named(m, link_keys);
	return a != NULL && *a->value != '\0' ? a : NULL;
}

int
sc_is_picture(const struct sc_marker *m)
{
	const struct sc_arg *a = source_of(m);

	return a != NULL && is_picture_file(a->value);
}

/* By key, or the last thing in quotes: {% image "a.png" "class" "What it shows" %}. */
static const struct sc_arg *
alternative(const struct sc_marker *m, const struct sc_arg *source)
{
	static const char *const keys[] = { "alt", "alttext", "alt_text", "alt-text", NULL };
	const struct sc_arg *a = sc_named(m, keys), *last = NULL;

	if (a != NULL)
		return a;
	for (a = m->args; a != NULL; a = a->next)
		if (a->key == NULL && a->quoted && a != source && *a->value != '\0')
			last = a;
	return last;
}

static void
add_inlines(struct shortcodes *s, const struct sc_marker *m, struct rp_node *to,
    const struct sc_arg *a, const char *before)
{
	if (a == NULL)
		return;
	if (rp_first(to) != NULL)
		rp_append(to, sc_new_text(s, m, before));
	rp_move_children(to, sc_inlines(s, m, a));
}

/* The title, in bold if there is a caption too. */
static struct rp_node *
caption_of(struct shortcodes *s, const struct sc_marker *m)
{
	static const char *const titles[] = { "title", NULL };
	static const char *const captions[] = {
		"caption", "figcaption", "description", "text", NULL
	};
	const struct sc_arg *title = sc_named(m, titles), *caption = sc_named(m, captions);
	struct rp_node *c = sc_new(s, m, RP_CAPTION), *strong;

	if (title != NULL && caption != NULL) {
		strong = sc_new(s, m, RP_STRONG);
		add_inlines(s, m, strong, title, "");
		rp_append(c, strong);
	} else {
		add_inlines(s, m, c, title, "");
	}
	add_inlines(s, m, c, caption, " ");
	return rp_first(c) != NULL ? c : NULL;
}

/* Whom the picture is from. */
static struct rp_node *
add_author(struct shortcodes *s, const struct sc_marker *m, struct rp_node *caption)
{
	static const char *const keys[] = { "attr", "credit", "attribution", NULL };
	const struct sc_arg *author = sc_named(m, keys);

	if (author == NULL)
		return caption;
	if (caption == NULL)
		caption = sc_new(s, m, RP_CAPTION);
	add_inlines(s, m, caption, author, " \xE2\x80\x94 ");
	return caption;
}

static void
set_length(struct shortcodes *s, const struct sc_marker *m, struct rp_node *image,
    enum rp_attr attr)
{
	const char *keys[] = { rp_attr_name(attr), NULL };
	const struct sc_arg *a = sc_named(m, keys);
	size_t n = a != NULL ? strspn(a->value, "0123456789") : 0;

	if (n > 0)
		rp_set(s->doc, image, attr, rp_dup(s->doc, a->value, n + (a->value[n] == '%')));
}

/* The picture, in a link if it has one.  Like Hugo's, it is described by its caption
 * where nothing else does it. */
static struct rp_node *
picture(struct shortcodes *s, const struct sc_marker *m, const struct sc_arg *source,
    const struct rp_node *caption)
{
	static const char *const keys[] = { "link", "href", NULL };
	const struct sc_arg *alt = alternative(m, source), *href = sc_named(m, keys);
	struct rp_node *image = sc_new(s, m, RP_IMAGE), *link;

	rp_set(s->doc, image, RP_A_URL, address(s, m, source));
	if (alt != NULL)
		rp_append(image, sc_new_text(s, m, alt->value));
	else if (caption != NULL)
		rp_append(image, sc_new_text(s, m, rp_plain_text(s->doc, caption)));
	set_length(s, m, image, RP_A_WIDTH);
	set_length(s, m, image, RP_A_HEIGHT);
	if (href == NULL || href == source || rp_ancestor(m->node, RP_LINK) != NULL)
		return image;
	link = new_link(s, m, address(s, m, href));
	rp_append(link, image);
	return link;
}

/* A figure around blocks: {{< figure >}} with an image or text inside. */
static void
figure_around(struct shortcodes *s, struct sc_marker *m, struct rp_node *image,
    struct rp_node *caption)
{
	struct rp_node *figure = sc_enclose(s, m, RP_FIGURE), *text, *para;

	if (image != NULL) {
		text = caption != NULL ? caption : sc_new(s, m, RP_CAPTION);
		if (rp_first(figure) != NULL && rp_first(text) == NULL)
			rp_move_children(text, figure);
		para = sc_new(s, m, RP_PARAGRAPH);
		rp_append(para, image);
		rp_prepend(figure, para);
		caption = rp_first(text) != NULL ? text : NULL;
	}
	if (caption != NULL)
		rp_append(figure, caption);
	else
		rp_set_kind(figure, RP_DIV);
}

void
sc_make_figure(struct shortcodes *s, struct sc_marker *m)
{
	const struct sc_arg *source = source_of(m);
	struct rp_node *caption, *image, *block, *para;

	if (source == NULL && m->partner == NULL) {
		sc_lacks(s, m, "which picture");
		return;
	}
	caption = caption_of(s, m);
	image = source != NULL ? picture(s, m, source, caption) : NULL;
	caption = add_author(s, m, caption);
	if (m->partner != NULL) {
		figure_around(s, m, image, caption);
		return;
	}
	if (caption == NULL) {
		rp_replace(m->node, image);
		return;
	}
	block = sc_new(s, m, RP_FIGURE);
	if (sc_on_own_line(m->node) && sc_stand(s, m, block)) {
		para = sc_new(s, m, RP_PARAGRAPH);
		rp_append(para, image);
		rp_append(block, para);
		rp_append(block, caption);
	} else {
		rp_set(s->doc, rp_kind(image) == RP_LINK ? rp_first(image) : image, RP_A_TITLE,
		    rp_plain_text(s->doc, caption));
		rp_replace(m->node, image);
	}
}

/* ---- What is shown elsewhere: a link ---- */

/* An address to read: without what goes without saying. */
static const char *
readable(const char *url)
{
	static const char *const starts[] = { "https://", "http://", "//", "www." };
	size_t i;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncmp(url, starts[i], strlen(starts[i])) == 0)
			url += strlen(starts[i]);
	return url;
}

static void
place_link(struct shortcodes *s, struct sc_marker *m, const char *url, const struct sc_arg *text)
{
	struct rp_node *link = new_link(s, m, url);

	if (text != NULL)
		rp_move_children(link, sc_inlines(s, m, text));
	else
		rp_append(link, sc_new_text(s, m, readable(url)));
	rp_replace(m->node, link);
}

static int
is_address(const char *s)
{
	return strncmp(s, "//", 2) == 0 || strstr(s, "://") != NULL;
}

void
sc_make_media(struct shortcodes *s, struct sc_marker *m)
{
	static const char *const keys[] = {
		"id", "video", "video_id", "videoid", "url", "src", "href", "link", "file", "code",
		"key", NULL
	};
	const struct sc_arg *a = sc_named(m, keys);
	const char *url;

	if (a == NULL)
		a = sc_nth(m, 0);
	url = address(s, m, a);
	if (url == NULL || *url == '\0' || url[strcspn(url, " \t\n")] != '\0') {
		sc_lacks(s, m, "where it is");
		return;
	}
	if (!is_address(url))
		url = rp_join(s->doc, m->code->what, url, NULL);
	place_link(s, m, url, sc_named(m, text_keys));
	if (m->partner != NULL)
		rp_detach(m->partner->node);
}

/* Whose it is and its number: {{< gist user id >}}, {{< x user="u" id="1" >}}. */
void
sc_make_post(struct shortcodes *s, struct sc_marker *m)
{
	static const char *const user_keys[] = { "user", "username", NULL };
	static const char *const id_keys[] = { "id", "url", NULL };
	const struct sc_arg *user = sc_named(m, user_keys), *id = sc_named(m, id_keys);
	int is_gist = strcmp(m->code->name, "gist") == 0;
	const char *url;

	if (id == NULL && user == NULL && (id = sc_nth(m, 1)) != NULL)
		user = sc_nth(m, 0);
	if (id == NULL)
		id = sc_nth(m, 0);
	if (id == NULL || *id->value == '\0') {
		sc_lacks(s, m, "which one");
		return;
	}
	if (is_address(id->value))
		url = id->value;
	else if (is_gist)
		url = rp_join(s->doc, m->code->what, user != NULL ? user->value : "",
		    user != NULL ? "/" : "", id->value, NULL);
	else
		url = rp_join(s->doc, m->code->what, user != NULL ? user->value : "i", "/status/",
		    id->value, NULL);
	place_link(s, m, url, NULL);
	if (m->partner != NULL)
		rp_detach(m->partner->node);
}

/* ---- References that stand in text ---- */

void
sc_make_link(struct shortcodes *s, struct sc_marker *m)
{
	const char *url = sc_address(s, m);

	if (url == NULL)
		sc_lacks(s, m, "where it leads");
	else
		place_link(s, m, url, sc_named(m, text_keys));
}

void
sc_make_button(struct shortcodes *s, struct sc_marker *m)
{
	static const char *const keys[] = {
		"href", "url", "link", "relref", "page", "to", "src", NULL
	};
	const struct sc_arg *a = sc_named(m, keys), *text = sc_named(m, text_keys);
	const char *url;
	struct rp_node *end = m->partner != NULL ? m->partner->node : NULL, *link;

	if (a == NULL)
		a = sc_nth(m, 0);
	url = address(s, m, a);
	if (url == NULL || *url == '\0') {
		if (end != NULL)
			sc_remove(m);
		else
			sc_lacks(s, m, "where it leads");
	} else if (end == NULL) {
		if (text == NULL && a->key == NULL)
			text = sc_nth(m, 1);
		place_link(s, m, url, text);
	} else if (rp_parent(end) == rp_parent(m->node) && rp_next(m->node) != end) {
		link = sc_wrap(s->doc, rp_next(m->node), rp_prev(end), RP_LINK);
		rp_set(s->doc, link, RP_A_URL, url);
		sc_remove(m);
	} else {
		rp_detach(end);
		place_link(s, m, url, text);
	}
}
