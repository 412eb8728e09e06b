/*
 * cache.c - where a build keeps what it made: below $XDG_CACHE_HOME (XDG Base
 * Directory Specification), in a folder of its own for each configuration and
 * output folder.
 */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static uint64_t
mix(uint64_t h, const char *s)
{
	for (; *s != '\0'; s++)		/* FNV-1a */
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (h ^ 0xFF) * 1099511628211u;
}

char *
cache_folder(const char *config, const char *out)
{
	const char *home = getenv("XDG_CACHE_HOME"), *below = "";
	char *real = realpath(config, NULL), *path = NULL;
	uint64_t h = 14695981039346656037u;
	int n;

	if (home == NULL || *home != '/') {
		home = getenv("HOME");
		below = "/.cache";
	}
	if (home == NULL || *home != '/' || real == NULL)
		goto out;
	h = mix(mix(h, real), out != NULL ? out : "");
	n = snprintf(NULL, 0, "%s%s/rolepress/%016llx", home, below, (unsigned long long)h);
	path = malloc((size_t)n + 1);
	if (path != NULL)
		snprintf(path, (size_t)n + 1, "%s%s/rolepress/%016llx", home, below, (unsigned long long)h);
out:
	free(real);
	return path;
}
