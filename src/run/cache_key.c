/* cache_key.c - what every document of a run depends on: the program, the settings. */
#define _GNU_SOURCE		/* dl_iterate_phdr */
#include <link.h>
#include <stdlib.h>
#include <unistd.h>

#include "cache.h"

static int
add_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	const char *name = info->dlpi_name;
	struct stamp s;

	(void)size;
	if (name == NULL || *name == '\0')
		name = "/proc/self/exe";
	s = stamp_of(name);
	if (s.ino != 0)		/* not the kernel's own */
		record_stamp(arg, &s);
	return 0;
}

static void
add_links(struct str *s, const struct rp_run *run)
{
	size_t i;

	for (i = 0; i < run->chain.count; i++)
		pack_text(s, run->chain.links[i].spec);
	for (i = 0; i < run->output_count; i++) {
		pack_text(s, run->outputs[i].writer.spec);
		pack_text(s, run->outputs[i].out);
	}
	pack_text(s, run->reader.spec);
	for (i = 0; i < run->root_count; i++)
		pack_text(s, run->roots[i]);
}

uint64_t
cache_key(struct rp_run *run)
{
	struct str s = { 0 };
	char cwd[4096];
	uint64_t key;

	pack_text(&s, RP_VERSION);
	pack_text(&s, getcwd(cwd, sizeof(cwd)));
	pack_text(&s, getenv("SOURCE_DATE_EPOCH"));
	dl_iterate_phdr(add_object, &s);
	add_links(&s, run);
	freeze(&s, run->settings->root);
	str_add(&s, (const char *)run->diag.off, sizeof(run->diag.off));
	pack_number(&s, (uint64_t)run->diag.error);
	pack_number(&s, (uint64_t)run->from_markdown);
	key = hash_bytes(s.p, s.len);
	str_free(&s);
	return key;
}
