/*
 * images - files to embed, or what stands in their place.
 *
 * A local image inside the input folders becomes a RESOURCE; a remote one a link;
 * one that is missing its alternative text.  Spans and links made here keep
 * "type" and "url", so that html=fragment can put back what the source said.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

static int
is_remote(const char *url)
{
	return strncmp(url, "//", 2) == 0 || rp_ascii_same(url, "http:", 5) ||
	    rp_ascii_same(url, "https:", 6);
}

static void
stand_in(struct rp_job *job, struct rp_node *image, enum rp_kind kind, const char *type)
{
	const char *url = rp_get(image, RP_A_URL);

	if (*rp_plain_text(job->doc, image) == '\0' && kind == RP_LINK)
		rp_append(image, rp_new_text(job->doc, url));
	rp_set_kind(image, kind);
	rp_set(job->doc, image, RP_A_TYPE, type);
}

/* The title of an image that is not there is text beside what stands in its place:
 * "chart (Who reports to whom)". */
static void
show_title(struct rp_job *job, struct rp_node *image)
{
	const char *title = rp_get(image, RP_A_TITLE), *alt = rp_plain_text(job->doc, image);
	struct rp_node *span;

	if (title == NULL || title[strspn(title, " \t\n")] == '\0' || strcmp(title, alt) == 0)
		return;
	span = rp_new(job->doc, RP_SPAN);
	rp_set_pos(span, rp_pos(image));
	rp_set(job->doc, span, RP_A_TYPE, "image-title");
	rp_append(span, rp_new_text(job->doc, *alt != '\0' ?
	    rp_join(job->doc, " (", title, ")", NULL) : title));
	rp_insert_after(image, span);
}

static void
take(struct rp_job *job, struct rp_node *image)
{
	const char *url = rp_get(image, RP_A_URL), *name, *why = "";

	if (url == NULL)
		url = "";
	if (is_remote(url)) {
		rp_report(job, RP_D_IMAGE_REMOTE, image, url, NULL);
		show_title(job, image);
		/* A link cannot stand inside a link. */
		stand_in(job, image, rp_ancestor(image, RP_LINK) != NULL ? RP_SPAN : RP_LINK,
		    "remote-image");
		return;
	}
	name = rp_resource_add(job, url, &why);
	if (name == NULL) {
		rp_report(job, RP_D_IMAGE_MISSING, image, *url != '\0' ? url : "without address", why, NULL);
		show_title(job, image);
		stand_in(job, image, RP_SPAN, "missing-image");
		return;
	}
	rp_set(job->doc, image, RP_A_RESOURCE, name);
	if (*rp_plain_text(job->doc, image) == '\0')
		rp_report(job, RP_D_IMAGE_NO_ALT, image, url, NULL);
}

/* An image, and before it those in its alternative text. */
static void
take_all(struct rp_job *job, struct rp_node *image)
{
	struct rp_walk w = rp_walk(image);

	while (rp_walk_next(&w))
		if (w.event == RP_LEAVE && rp_kind(w.node) == RP_IMAGE && !rp_has(w.node, RP_A_RESOURCE))
			take(job, w.node);
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_node *image = NULL;

	(void)state;
	while ((image = rp_find(job->root, image, RP_IMAGE)) != NULL) {
		take_all(job, image);
		while (rp_last(image) != NULL)
			image = rp_last(image);
	}
	return 0;
}

static const char *const needs[] = { "html", NULL };
static const char *const gives[] = { "images", NULL };

RP_FILTER(images) = {
	RP_HEAD("images"),
	.summary = "embed local images, link to remote ones, report missing ones",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.run = run,
};
