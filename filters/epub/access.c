/*
 * access.c - what can be said of the book's accessibility (EPUB Accessibility
 * 1.1, 2.2), found in the book and never assumed: a claim that is not true does
 * more harm than none.
 */
#include <string.h>

#include "epub.h"

int
epub_has_bytes(const char *bytes, size_t len, const char *what)
{
	size_t n = strlen(what);
	const char *end = bytes + len;

	for (; (size_t)(end - bytes) >= n; bytes++) {
		bytes = memchr(bytes, what[0], (size_t)(end - bytes) - n + 1);
		if (bytes == NULL)
			return 0;
		if (memcmp(bytes, what, n) == 0)
			return 1;
	}
	return 0;
}

static int
has_all_alternatives(const struct book *b)
{
	for (size_t i = 0; i < b->place_count; i++)
		if (b->places[i].doc != NULL && b->places[i].bytes[0] != '+')
			return 0;
	return 1;
}

/* Can it be told that nothing in the image moves, and so nothing flashes? */
static int
is_still(const struct image *image)
{
	if (strcmp(image->media_type, "image/jpeg") == 0)
		return 1;
	if (strcmp(image->media_type, "image/png") == 0)
		return !epub_has_bytes(image->bytes, image->len, "acTL");	/* APNG */
	return strcmp(image->media_type, "image/svg+xml") == 0 &&
	    !epub_has_bytes(image->bytes, image->len, "<animate") &&
	    !epub_has_bytes(image->bytes, image->len, "<set") &&
	    !epub_has_bytes(image->bytes, image->len, "<script") &&
	    !epub_has_bytes(image->bytes, image->len, "animation");
}

static int
are_still(const struct book *b)
{
	for (size_t i = 0; i < b->image_count; i++)
		if (!is_still(&b->images[i]))
			return 0;
	return 1;
}

static void
say(struct rp_xml *x, const char *property, const char *value)
{
	rp_xml_block(x, "meta");
	rp_xml_attr(x, "property", property);
	rp_xml_text(x, value);
	rp_xml_end(x);
}

static void
summary(const struct book *b, struct rp_xml *x, int images, int alternatives)
{
	rp_xml_block(x, "meta");
	rp_xml_attr(x, "property", "schema:accessibilitySummary");
	rp_xml_attr(x, "xml:lang", "en");
	rp_xml_text(x, "Running text with nested headings, a table of contents and a fixed reading order");
	rp_xml_text(x, b->tag_count > 0 ? ", and an index." : ".");
	rp_xml_text(x, !images ? " There are no images." : alternatives ?
	    " Every image has an alternative text." : " Some images have no alternative text.");
	rp_xml_end(x);
}

void
epub_access(struct book *b, struct rp_xml *x)
{
	int images = b->image_count > 0, alternatives = images && has_all_alternatives(b);

	say(x, "schema:accessMode", "textual");
	if (images) {
		say(x, "schema:accessMode", "visual");
		say(x, "schema:accessModeSufficient", "textual,visual");
	}
	if (!images || alternatives)
		say(x, "schema:accessModeSufficient", "textual");
	say(x, "schema:accessibilityFeature", "structuralNavigation");
	say(x, "schema:accessibilityFeature", "tableOfContents");
	say(x, "schema:accessibilityFeature", "readingOrder");
	say(x, "schema:accessibilityFeature", "displayTransformability");
	if (b->tag_count > 0)
		say(x, "schema:accessibilityFeature", "index");
	if (alternatives)
		say(x, "schema:accessibilityFeature", "alternativeText");
	say(x, "schema:accessibilityHazard", are_still(b) ? "none" : "unknown");
	summary(b, x, images, alternatives);
}
