/* inline.c - rules for inlines, footnotes aside. */
#include <string.h>

#include "html.h"

enum rp_next
html_text(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	(void)job;
	rp_xml_text(h->x, rp_text(n));
	return RP_SKIP;
}

enum rp_next
html_soft_break(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	(void)job;
	(void)n;
	rp_xml_markup(h->x, "\n", 1);
	return RP_SKIP;
}

enum rp_next
html_line_break(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	(void)job;
	(void)n;
	rp_xml_start(h->x, "br");
	rp_xml_end(h->x);
	rp_xml_text(h->x, "\n");
	return RP_SKIP;
}

static void
open(struct html *h, struct rp_job *job, const struct rp_node *n, const char *element)
{
	rp_xml_start(h->x, element);
	html_attrs(h, job, n, NULL);
}

/* Code, and markup that no transform has taken: shown, never obeyed. */
enum rp_next
html_code(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;

	open(h, job, n, "code");
	html_ltr(h, n);
	rp_xml_text(h->x, rp_text(n));
	rp_xml_end(h->x);
	return RP_SKIP;
}

/* Kinds that are an element, and nothing more to it. */
enum rp_next
html_plain_inline_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const char *const names[RP_KIND_MAX] = {
		[RP_EMPHASIS]		= "em",
		[RP_STRONG]		= "strong",
		[RP_STRIKETHROUGH]	= "del",
		[RP_UNDERLINE]		= "u",
		[RP_MARK]		= "mark",
		[RP_SUBSCRIPT]		= "sub",
		[RP_SUPERSCRIPT]	= "sup",
		[RP_KEYBOARD]		= "kbd",
		[RP_ABBREVIATION]	= "abbr",
		[RP_QUOTE]		= "q",
	};
	struct html *h = state;

	open(h, job, n, names[rp_kind(n)]);
	if (rp_kind(n) == RP_ABBREVIATION)
		rp_xml_attr(h->x, "title", rp_get(n, RP_A_TITLE));
	return RP_CHILDREN;
}

/* ---- Images ---- */

static void
image(struct html *h, struct rp_job *job, const struct rp_node *n, const char *address,
    const struct rp_node *resource)
{
	rp_xml_start(h->x, "img");
	rp_xml_attr(h->x, "src", address);
	rp_xml_attr(h->x, "alt", rp_plain_text(job->doc, n));
	rp_xml_attr(h->x, "title", rp_get(n, RP_A_TITLE));
	/* Its size keeps its place while it loads. */
	if (resource != NULL) {
		rp_xml_attr(h->x, "width", rp_get(resource, RP_A_WIDTH));
		rp_xml_attr(h->x, "height", rp_get(resource, RP_A_HEIGHT));
	}
	html_attrs(h, job, n, NULL);
	rp_xml_end(h->x);
}

enum rp_next
html_image_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const struct rp_node *resource;
	const char *address = html_image(h, job, n, &resource);

	if (address == NULL)
		return RP_CHILDREN;	/* the alternative text */
	image(h, job, n, address, resource);
	return RP_SKIP;
}

/* ---- Links, and spans ---- */

/*
 * Transforms turn links that lead nowhere into spans, and images that they cannot
 * embed into spans or links, and leave a note of it.  Where addresses stay as
 * written, these are again what they were.
 */
static int
was(const struct html *h, const struct rp_node *n, const char *what)
{
	const char *type = rp_get(n, RP_A_TYPE);

	return h->as_written && type != NULL && strcmp(type, what) == 0 &&
	    rp_get(n, RP_A_URL) != NULL;
}

static int
was_image(const struct html *h, const struct rp_node *n)
{
	return was(h, n, "remote-image") || was(h, n, "missing-image");
}

static const char *
link_address(const struct html *h, struct rp_job *job, const struct rp_node *n)
{
	const char *target = rp_get(n, RP_A_TARGET), *fragment = rp_get(n, RP_A_FRAGMENT);
	const char *url = rp_get(n, RP_A_URL), *address;

	if ((target != NULL || fragment != NULL) && (url == NULL || !h->as_written))
		return html_address(h, job, target, fragment);
	if (url == NULL)
		url = "";
	address = html_url(h, job, url);
	if (address == NULL)
		rp_report(job, RP_D_URL_UNKNOWN, n, url, NULL);
	return address;
}

/* On paper, the address needs no repeating then. */
static int
shows_itself(struct rp_job *job, const struct rp_node *n)
{
	const char *url = rp_get(n, RP_A_URL);

	return url != NULL && strcmp(rp_plain_text(job->doc, n), url) == 0;
}

enum rp_next
html_link_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct html *h = state;
	const char *address;

	if (was_image(h, n)) {
		image(h, job, n, html_url(h, job, rp_get(n, RP_A_URL)), NULL);
		return RP_SKIP;
	}
	address = link_address(h, job, n);
	rp_xml_start(h->x, address != NULL ? "a" : "span");
	rp_xml_attr(h->x, "href", address);
	rp_xml_attr(h->x, "title", rp_get(n, RP_A_TITLE));
	html_attrs(h, job, n, !h->fragment && shows_itself(job, n) ? "url" : NULL);
	return RP_CHILDREN;
}

void
html_link_out(struct rp_job *job, struct rp_node *n, void *state)
{
	if (!was_image(state, n))
		html_end(job, n, state);
}

/* A span that says nothing is nothing. */
static int
is_marked(const struct rp_node *n)
{
	return rp_get(n, RP_A_ID) != NULL || rp_get(n, RP_A_CLASS) != NULL ||
	    rp_get(n, RP_A_LANG) != NULL || rp_get(n, RP_A_DIR) != NULL;
}

/* The filter "images" shows the title of an image that is not there: here the image
 * itself has it. */
static int
is_shown_title(const struct html *h, const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_TYPE);

	return h->as_written && type != NULL && strcmp(type, "image-title") == 0;
}

enum rp_next
html_span_in(struct rp_job *job, struct rp_node *n, void *state)
{
	if (was_image(state, n) || was(state, n, "dangling-link"))
		return html_link_in(job, n, state);
	if (is_shown_title(state, n))
		return RP_SKIP;
	if (is_marked(n))
		open(state, job, n, "span");
	return RP_CHILDREN;
}

void
html_span_out(struct rp_job *job, struct rp_node *n, void *state)
{
	if (was(state, n, "dangling-link") || (!was_image(state, n) && is_marked(n)))
		html_end(job, n, state);
}
