/* deflate.c - compresses a file by libdeflate at level 6, in memory, in pieces as an
 * EPUB's pages are; prints the size. */
#include <stdio.h>
#include <stdlib.h>

#include <libdeflate.h>

enum { PIECE = 16 * 1024 };

int
main(int argc, char **argv)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	static char in[PIECE], out[2 * PIECE];
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	size_t n, all = 0;

	if (f == NULL || c == NULL)
		return 1;
	while ((n = fread(in, 1, sizeof(in), f)) > 0)
		all += libdeflate_deflate_compress(c, in, n, out, sizeof(out));
	printf("%zu\n", all);
	fclose(f);
	libdeflate_free_compressor(c);
	return 0;
}
