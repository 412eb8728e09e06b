/*
 * image.c - the size of a raster image in pixels, from the first bytes of its
 * file: readers keep its place with it while it loads.
 */
#include <string.h>

#include "run.h"

static unsigned
big_endian(const unsigned char *p, int bytes)
{
	unsigned v = 0;

	while (bytes-- > 0)
		v = v << 8 | *p++;
	return v;
}

/* PNG 1.2, section 4.1.1: IHDR comes first. */
static int
png_size(const unsigned char *p, size_t len, unsigned *w, unsigned *h)
{
	if (len < 24 || memcmp(p + 12, "IHDR", 4) != 0)
		return -1;
	*w = big_endian(p + 16, 4);
	*h = big_endian(p + 20, 4);
	return 0;
}

/* GIF89a, section 18: the logical screen descriptor, little-endian. */
static int
gif_size(const unsigned char *p, size_t len, unsigned *w, unsigned *h)
{
	if (len < 10)
		return -1;
	*w = p[6] | (unsigned)p[7] << 8;
	*h = p[8] | (unsigned)p[9] << 8;
	return 0;
}

/* A frame header: SOF0 to SOF15, but for DHT, JPG and DAC (ITU T.81, table B.1). */
static int
is_frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* ITU T.81, section B.2.2: segment by segment up to the frame header. */
static int
jpeg_size(const unsigned char *p, size_t len, unsigned *w, unsigned *h)
{
	size_t i = 2, n;

	while (i + 9 <= len && p[i] == 0xFF) {
		if (p[i + 1] == 0xFF) {		/* fill bytes */
			i++;
			continue;
		}
		if (is_frame(p[i + 1])) {
			*h = big_endian(p + i + 5, 2);
			*w = big_endian(p + i + 7, 2);
			return 0;
		}
		n = big_endian(p + i + 2, 2);
		if (n < 2)
			return -1;
		i += 2 + n;
	}
	return -1;
}

int
image_size(const char *media_type, const char *bytes, size_t len, unsigned *w, unsigned *h)
{
	const unsigned char *p = (const unsigned char *)bytes;

	if (strcmp(media_type, "image/png") == 0)
		return png_size(p, len, w, h);
	if (strcmp(media_type, "image/gif") == 0)
		return gif_size(p, len, w, h);
	return strcmp(media_type, "image/jpeg") == 0 ? jpeg_size(p, len, w, h) : -1;
}
