/* entry.c - what every writer asks of an entry of the index. */
#include <string.h>

#include "run.h"

int
rp_is_introduction(const struct rp_node *entry)
{
	static const char *const slugs[] = { "introduction", "preface", "foreword" };
	const char *slug = rp_get(entry, RP_A_SLUG);
	size_t i;

	for (i = 0; slug != NULL && i < LEN(slugs); i++)
		if (strcmp(slug, slugs[i]) == 0)
			return 1;
	return 0;
}
