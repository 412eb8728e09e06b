/* resource.c - the files that images show, by name: pandoc looks for them from the working
 * directory. */
#include <stdlib.h>
#include <string.h>

#include "pandoc.h"

static int
by_name(const void *a, const void *b)
{
	const struct rp_node *const *x = a, *const *y = b;

	return strcmp(rp_text(*x), rp_text(*y));
}

static void
find_all(struct pandoc *p)
{
	const struct rp_node *info = rp_child(p->job->root, RP_INFO), *r;
	size_t n = 0;

	for (r = info != NULL ? rp_first(info) : NULL; r != NULL; r = rp_next(r))
		n += rp_kind(r) == RP_RESOURCE;
	p->resources = rp_alloc(p->job->doc, (n + 1) * sizeof(*p->resources));
	for (r = info != NULL ? rp_first(info) : NULL; r != NULL; r = rp_next(r))
		if (rp_kind(r) == RP_RESOURCE)
			p->resources[p->resource_count++] = r;
	qsort(p->resources, n, sizeof(*p->resources), by_name);
}

/* The path as an address: what that cannot hold is escaped. */
static const char *
path_url(struct rp_doc *doc, const char *path)
{
	static const char hex[] = "0123456789ABCDEF";
	char *r = rp_alloc(doc, 3 * strlen(path) + 1), *out = r;

	for (; *path != '\0'; path++) {
		if (strchr(" %?#<>\"", *path) == NULL) {
			*out++ = *path;
			continue;
		}
		*out++ = '%';
		*out++ = hex[(unsigned char)*path >> 4];
		*out++ = hex[(unsigned char)*path & 15];
	}
	*out = '\0';
	return r;
}

const char *
pd_resource_path(struct pandoc *p, const char *name)
{
	size_t low = 0, high, middle;
	int order;

	if (name == NULL)
		return NULL;
	if (p->resources == NULL)
		find_all(p);
	for (high = p->resource_count; low < high; ) {
		middle = low + (high - low) / 2;
		order = strcmp(rp_text(p->resources[middle]), name);
		if (order == 0) {
			name = rp_get(p->resources[middle], RP_A_PATH);
			return name != NULL ? path_url(p->job->doc, name) : NULL;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
