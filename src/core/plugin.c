/*
 * plugin.c - filters from .so files: which of them this program can run, and where
 * they are looked for.
 */
#define _GNU_SOURCE	/* dladdr */
#include <dirent.h>
#include <dlfcn.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core.h"

/* Of each option type, in the filter's state. */
static const size_t sizes[] = {
	[RP_BOOL] = sizeof(int), [RP_INT] = sizeof(long),
	[RP_STRING] = sizeof(char *), [RP_ENUM] = sizeof(char *),
};

static const char *
option_fault(struct registry *r, const struct rp_filter *f)
{
	const struct rp_option *o;

	for (o = f->options; o != NULL && o->name != NULL; o++) {
		if ((unsigned)o->type >= LEN(sizes))
			return str_format(&r->arena, "its option %s has no type that this rolepress knows", o->name);
		if (o->offset + sizes[o->type] > f->state_size)
			return str_format(&r->arena, "its option %s lies outside of its state", o->name);
		if (o->help == NULL || (o->type == RP_ENUM && o->range == NULL))
			return str_format(&r->arena, "its option %s has no help or no range", o->name);
	}
	return NULL;
}

static int
is_name(const char *s)
{
	return *s != '\0' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

const char *
plugin_fault(struct registry *r, const struct rp_filter *f)
{
	if (f->abi < RP_ABI_OLDEST || f->abi > RP_ABI)
		return str_format(&r->arena, "made for plugin interface %u; this rolepress (%s) loads %d to %d",
		    (unsigned)f->abi, rp_version(), RP_ABI_OLDEST, RP_ABI);
	if (f->size < offsetof(struct rp_filter, rules))
		return "its descriptor is too small";
	if (f->name == NULL || f->summary == NULL)
		return "its descriptor has no name or summary";
	if (!is_name(f->name))
		return str_format(&r->arena, "a name is lower case letters, digits and hyphens, not \"%s\"", f->name);
	if (f->role < RP_TRANSFORM || f->role > RP_LOADER)
		return "it has no role that this rolepress knows";
	return option_fault(r, f);
}

/* Is there what its role calls for?  Of a whole descriptor only. */
static const char *
lack(const struct rp_filter *f)
{
	switch (f->role) {
	case RP_TRANSFORM:
	case RP_READER:
		return f->run == NULL ? "it has no run()" : NULL;
	case RP_WRITER:
		return f->run == NULL && f->rules == NULL ? "it has neither run() nor rules" : NULL;
	case RP_LOADER:
	default:
		return f->load == NULL ? "it has no load()" : NULL;
	}
}

/* What dlerror() says, without the path that it may begin with. */
static const char *
linker_says(const char *path)
{
	const char *s = dlerror();
	size_t n = strlen(path);

	if (s == NULL)
		return "no reason is given";
	return strncmp(s, path, n) == 0 && strncmp(s + n, ": ", 2) == 0 ? s + n + 2 : s;
}

/* dlopen(3) maps what the head of the file promises, and dies of a file that is cut. */
static int
is_cut(const char *path)
{
	Elf64_Ehdr head;
	struct stat st;
	FILE *f = fopen(path, "re");
	int cut;

	if (f == NULL)
		return 0;
	cut = fread(&head, sizeof(head), 1, f) == 1 && memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 &&
	    head.e_ident[EI_CLASS] == ELFCLASS64 && fstat(fileno(f), &st) == 0 &&
	    (uint64_t)st.st_size < head.e_shoff + (uint64_t)head.e_shnum * head.e_shentsize;
	fclose(f);
	return cut;
}

const struct rp_filter *
plugin_load(struct registry *r, const char *path, const char **why)
{
	/* dlopen(3) takes a bare name for a library of the system. */
	const char *file = strchr(path, '/') != NULL ? path : str_format(&r->arena, "./%s", path);
	void *h = is_cut(file) ? NULL : dlopen(file, RTLD_NOW | RTLD_LOCAL);
	const struct rp_filter *f;
	struct rp_filter *copy = arena_alloc(&r->arena, sizeof(*copy));
	const char *wrong;

	if (h == NULL) {
		*why = str_format(&r->arena, "cannot load filter %s: %s", path,
		    is_cut(file) ? "the file is cut short" : linker_says(file));
		return NULL;
	}
	f = dlsym(h, "rp_plugin");
	wrong = f == NULL ? "it defines no rp_plugin: no rolepress filter" : plugin_fault(r, f);
	if (wrong == NULL) {
		/* Fields that the plugin's header did not have yet stay zero. */
		memcpy(copy, f, f->size < sizeof(*copy) ? f->size : sizeof(*copy));
		wrong = lack(copy);
	}
	if (wrong != NULL) {
		*why = str_format(&r->arena, "cannot use filter %s: %s", path, wrong);
		dlclose(h);
		return NULL;
	}
	r->handles = xrealloc(r->handles, (r->handle_count + 1) * sizeof(void *));
	r->handles[r->handle_count++] = h;
	registry_add(r, copy, arena_dup(&r->arena, path, strlen(path)));
	return copy;
}

/* ---- Plugin folders ---- */

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Why one cannot be used is told when somebody names it. */
static void
load_quietly(struct registry *r, const char *path, const struct rp_filter *loader)
{
	const char *why, *base = strrchr(path, '/') + 1;

	if (loader != NULL ? registry_load(r, path, &why) == NULL : plugin_load(r, path, &why) == NULL)
		map_add(&r->refused, arena_dup(&r->arena, base, strcspn(base, ".")), (void *)(uintptr_t)why);
}

static int
is_shared_object(const char *path)
{
	size_t len = strlen(path);

	return len > 3 && strcmp(path + len - 3, ".so") == 0;
}

/* First plugins, then what loaders take, which may be among those plugins. */
static void
load_all(struct registry *r, char **paths, size_t count)
{
	const struct rp_filter *loader;
	size_t i;

	for (i = 0; i < count; i++)
		if (is_shared_object(paths[i]))
			load_quietly(r, paths[i], NULL);
	for (i = 0; i < count; i++)
		if (!is_shared_object(paths[i]) && (loader = registry_loader(r, paths[i])) != NULL)
			load_quietly(r, paths[i], loader);
}

static void
scan_folder(struct registry *r, const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char **paths = NULL;
	size_t n = 0;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		if (*e->d_name == '.')
			continue;
		paths = xrealloc(paths, (n + 1) * sizeof(char *));
		paths[n++] = str_format(&r->arena, "%s/%s", folder, e->d_name);
	}
	closedir(d);
	if (n > 0)
		qsort(paths, n, sizeof(char *), by_name);
	load_all(r, paths, n);
	free(paths);
}

/* The folder above the one that this program, or library, is in: what was installed
 * may have been moved.  NULL: nobody knows. */
static char *
own_prefix(void)
{
	Dl_info info;
	char *path, *slash;
	int i;

	/* A program's own name is what its caller said. */
	if (dladdr((const void *)&sizes, &info) == 0 || strstr(info.dli_fname, ".so") == NULL)
		info.dli_fname = "/proc/self/exe";
	path = realpath(info.dli_fname, NULL);
	for (i = 0; path != NULL && i < 2 && (slash = strrchr(path, '/')) != NULL; i++)
		*slash = '\0';
	return path;
}

void
registry_scan(struct registry *r)
{
	const char *p = getenv("ROLEPRESS_FILTER_PATH");
	char *prefix;
	DIR *d = NULL;
	size_t n;

	if (r->scanned)
		return;
	r->scanned = 1;
	for (; p != NULL && *p != '\0'; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (n > 0)
			scan_folder(r, arena_dup(&r->arena, p, n));
	}
	prefix = own_prefix();
	p = prefix != NULL ? str_format(&r->arena, "%s/lib/rolepress/filters", prefix) : RP_PLUGIN_DIR;
	if ((d = opendir(p)) != NULL)
		closedir(d);
	scan_folder(r, d != NULL ? p : RP_PLUGIN_DIR);
	free(prefix);
}
