/* image.c - images, each of them once: equal files have equal names. */
#include <string.h>

#include "epub.h"

static const struct rp_node *
resource(const struct rp_node *n)
{
	while (n != NULL && rp_kind(n) != RP_RESOURCE)
		n = rp_next(n);
	return n;
}

static const struct rp_node *
first_resource(const struct place *place)
{
	const struct rp_node *info = place->doc != NULL ? rp_child(place->doc, RP_INFO) : NULL;

	return info != NULL ? resource(rp_first(info)) : NULL;
}

static void
add(struct book *b, const struct rp_node *n)
{
	const char *type = rp_get(n, RP_A_MEDIA_TYPE);
	struct image *image;

	for (image = b->images; image < b->images + b->image_count; image++)
		if (strcmp(image->name, rp_text(n)) == 0)
			return;
	image->name = rp_text(n);
	image->media_type = type != NULL ? type : "application/octet-stream";
	image->bytes = rp_resource_bytes(b->job, n, &image->len);
	if (image->bytes != NULL)
		b->image_count++;
	else
		b->failed = 1;
}

void
epub_find_images(struct book *b)
{
	const struct place *end = b->places + b->place_count;
	size_t count = 0;

	for (const struct place *place = b->places; place < end; place++)
		for (const struct rp_node *n = first_resource(place); n != NULL; n = resource(rp_next(n)))
			count++;
	b->images = rp_alloc(b->job->doc, (count + 1) * sizeof(*b->images));
	for (const struct place *place = b->places; place < end; place++)
		for (const struct rp_node *n = first_resource(place); n != NULL; n = resource(rp_next(n)))
			add(b, n);
}

void
epub_add_images(struct book *b)
{
	for (size_t i = 0; i < b->image_count; i++)
		rp_zip_add(b->zip, rp_join(b->job->doc, "EPUB/", b->images[i].name, NULL),
		    b->images[i].bytes, b->images[i].len);
}
