/*
 * registry.c - every filter that can be named: the built-in ones, whose table is
 * made from the listing of filters/, and those loaded from files.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core.h"

extern const struct rp_filter *const rp_builtins[];	/* generated; ends with a NULL */

/* A filter that a loader made. */
struct made {
	struct made		*next;
	struct rp_filter	 filter;
	struct rp_arena		 arena;
};

struct loading {
	struct rp_loading	 pub;		/* first: what loaders see */
	struct made		*made;
	const char		*why;
};

const char *
role_name(enum rp_role role)
{
	static const char *const names[] = { "filter", "format", "reader", "loader" };

	return names[role];
}

static void
know(struct registry *r, const struct rp_filter *f)
{
	if (r->count == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 32;
		r->known = xrealloc(r->known, r->cap * sizeof(const struct rp_filter *));
	}
	r->known[r->count++] = f;
}

void
registry_init(struct registry *r)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	for (i = 0; rp_builtins[i] != NULL; i++)
		know(r, rp_builtins[i]);
}

void
registry_dispose(struct registry *r)
{
	struct made *m, *next;
	size_t i;

	for (m = r->made; m != NULL; m = next) {
		next = m->next;
		if (m->filter.unload != NULL)
			m->filter.unload(&m->filter);
		arena_free(&m->arena);
		free(m);
	}
	for (i = 0; i < r->handle_count; i++)
		dlclose(r->handles[i]);
	map_free(&r->by_file);
	free(r->handles);
	free(r->known);
	arena_free(&r->arena);
}

static const struct rp_filter *
look_up(const struct registry *r, const char *name, enum rp_role role)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->known[i]->role == role && strcmp(r->known[i]->name, name) == 0)
			return r->known[i];
	return NULL;
}

/* NULL if the descriptor is one that this host can run, else what is wrong with it. */
static const char *
fault(struct registry *r, const struct rp_filter *f)
{
	if (f->abi < RP_ABI_OLDEST || f->abi > RP_ABI)
		return str_format(&r->arena, "made for plugin interface %u; this rolepress loads %d to %d",
		    (unsigned)f->abi, RP_ABI_OLDEST, RP_ABI);
	if (f->size < offsetof(struct rp_filter, rules))
		return "its descriptor is too small";
	if (f->name == NULL || f->summary == NULL)
		return "its descriptor has no name or summary";
	if (f->role < RP_TRANSFORM || f->role > RP_LOADER)
		return "it has no role that this rolepress knows";
	return NULL;
}

static const struct rp_filter *
load(struct registry *r, const char *path, const char **why)
{
	void *h = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct rp_filter *f;
	struct rp_filter *copy;
	const char *wrong;

	if (h == NULL) {
		*why = str_format(&r->arena, "cannot load filter %s: %s", path, dlerror());
		return NULL;
	}
	f = dlsym(h, "rp_plugin");
	wrong = f == NULL ? "it defines no rp_plugin: no rolepress filter" : fault(r, f);
	if (wrong != NULL) {
		*why = str_format(&r->arena, "cannot use filter %s: %s", path, wrong);
		dlclose(h);
		return NULL;
	}
	r->handles = xrealloc(r->handles, (r->handle_count + 1) * sizeof(void *));
	r->handles[r->handle_count++] = h;
	/* Fields that the plugin's header did not have yet stay zero. */
	copy = arena_alloc(&r->arena, sizeof(*copy));
	memcpy(copy, f, f->size < sizeof(*copy) ? f->size : sizeof(*copy));
	know(r, copy);
	return copy;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int	 ends_in(const char *path, const char *extensions);
static const struct rp_filter *loader_by_extension(const struct registry *, const char *path);
static const struct rp_filter *from_file(struct registry *, const char *path, const struct rp_filter *loader,
	    const char **why);

/* First plugins, then what loaders take, which may be among those plugins. */
static void
scan_names(struct registry *r, char **names, size_t n)
{
	const struct rp_filter *loader;
	const char *why;
	size_t i;

	/* One that cannot be loaded is reported when somebody names it. */
	for (i = 0; i < n; i++)
		if (ends_in(names[i], ".so"))
			load(r, names[i], &why);
	for (i = 0; i < n; i++)
		if ((loader = loader_by_extension(r, names[i])) != NULL)
			from_file(r, names[i], loader, &why);
}

static void
scan_folder(struct registry *r, const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char **names = NULL;
	size_t n = 0;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL) {
		if (*e->d_name == '.')
			continue;
		names = xrealloc(names, (n + 1) * sizeof(char *));
		names[n++] = str_format(&r->arena, "%s/%s", folder, e->d_name);
	}
	closedir(d);
	if (n > 0)
		qsort(names, n, sizeof(char *), by_name);
	scan_names(r, names, n);
	free(names);
}

void
registry_scan(struct registry *r)
{
	const char *p = getenv("ROLEPRESS_FILTER_PATH");
	size_t n;

	if (r->scanned)
		return;
	r->scanned = 1;
	for (; p != NULL && *p != '\0'; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (n > 0)
			scan_folder(r, arena_dup(&r->arena, p, n));
	}
	scan_folder(r, RP_PLUGIN_DIR);
}

/* Does path end in one of the extensions (".xml .dbk")? */
static int
ends_in(const char *path, const char *extensions)
{
	size_t n = strlen(path), k;
	const char *p = extensions;

	for (; p != NULL && *p != '\0'; p += k) {
		p += strspn(p, " ");
		k = strcspn(p, " ");
		if (k > 0 && k < n && strncmp(path + n - k, p, k) == 0)
			return 1;
	}
	return 0;
}

static const char *
not_known(struct registry *r, const char *name, enum rp_role role)
{
	const char *best = NULL;
	size_t i;
	int d, least = 4;

	for (i = 0; i < r->count; i++) {
		if (r->known[i]->role != role)
			continue;
		d = rp_distance(r->known[i]->name, name, least);
		if (d < least && d < (int)strlen(name)) {
			least = d;
			best = r->known[i]->name;
		}
	}
	return str_format(&r->arena, "no %s is named \"%s\"%s%s%s", role_name(role), name,
	    best ? "; did you mean \"" : "; see: rolepress list", best ? best : "", best ? "\"?" : "");
}

/* ---- Loaders ---- */

void *
rp_loading_alloc(struct rp_loading *l, size_t n)
{
	return arena_alloc(&((struct loading *)l)->made->arena, n);
}

int
rp_loading_fail(struct rp_loading *pub, const char *fmt, ...)
{
	struct loading *l = (struct loading *)pub;
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	l->why = arena_dup(&l->made->arena, text, strlen(text));
	return -1;
}

static const struct rp_filter *
loader_by_extension(const struct registry *r, const char *path)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->known[i]->role == RP_LOADER && r->known[i]->extension != NULL &&
		    ends_in(path, r->known[i]->extension))
			return r->known[i];
	return NULL;
}

/* The loader for a file: by its extension, else the one for programs.  A filter's name
 * has neither slash nor dot. */
static const struct rp_filter *
loader_for(struct registry *r, const char *path)
{
	const struct rp_filter *f = loader_by_extension(r, path);
	size_t i;

	if (f != NULL || strpbrk(path, "/.") == NULL)
		return f;
	registry_scan(r);
	f = loader_by_extension(r, path);
	if (f != NULL || strchr(path, '/') == NULL || access(path, X_OK) != 0)
		return f;
	for (i = 0; i < r->count; i++)
		if (r->known[i]->role == RP_LOADER && r->known[i]->extension == NULL)
			f = r->known[i];
	return f;
}

static const struct rp_filter *
make_by(struct registry *r, const struct rp_filter *loader, const char *path, const char **why)
{
	struct made *m = xcalloc(1, sizeof(*m));
	struct loading l = { .made = m };
	const char *wrong;

	m->next = r->made;
	r->made = m;
	m->filter = (struct rp_filter){ RP_HEAD(NULL) };
	l.pub.path = arena_dup(&m->arena, path, strlen(path));
	l.pub.made = &m->filter;
	if (loader->load(&l.pub) != 0) {
		*why = str_format(&r->arena, "cannot use filter %s: %s", path,
		    l.why != NULL ? l.why : "its loader does not say why");
		return NULL;
	}
	wrong = fault(r, &m->filter);
	if (wrong != NULL) {
		*why = str_format(&r->arena, "cannot use filter %s: %s", path, wrong);
		return NULL;
	}
	know(r, &m->filter);
	return &m->filter;
}

/* A filter that is named by its file; what has been loaded is not loaded again. */
static const struct rp_filter *
from_file(struct registry *r, const char *path, const struct rp_filter *loader, const char **why)
{
	const struct rp_filter *f = map_get(&r->by_file, path);

	if (f != NULL)
		return f;
	f = loader != NULL ? make_by(r, loader, path, why) : load(r, path, why);
	if (f != NULL)
		map_add(&r->by_file, arena_dup(&r->arena, path, strlen(path)), (void *)(uintptr_t)f);
	return f;
}

int
registry_is_file(struct registry *r, const char *name)
{
	return strchr(name, '/') != NULL || ends_in(name, ".so") || loader_for(r, name) != NULL;
}

const struct rp_filter *
registry_load(struct registry *r, const char *path, const char **why)
{
	if (ends_in(path, ".so"))
		return from_file(r, path, NULL, why);
	return from_file(r, path, loader_for(r, path), why);
}

const struct rp_filter *
registry_find(struct registry *r, const char *name, enum rp_role role, const char **why)
{
	const struct rp_filter *f;

	if (registry_is_file(r, name)) {
		f = registry_load(r, name, why);
		if (f != NULL && f->role != role) {
			*why = str_format(&r->arena, "%s is a %s, not a %s", name, role_name(f->role),
			    role_name(role));
			return NULL;
		}
		return f;
	}
	f = look_up(r, name, role);
	if (f == NULL && !r->scanned) {
		registry_scan(r);
		f = look_up(r, name, role);
	}
	if (f == NULL)
		*why = not_known(r, name, role);
	return f;
}

const struct rp_filter *
registry_by_extension(struct registry *r, const char *path)
{
	size_t i, pass;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < r->count; i++)
			if (r->known[i]->role == RP_WRITER && ends_in(path, r->known[i]->extension))
				return r->known[i];
		registry_scan(r);
	}
	return NULL;
}

/* Markdown is read by src/read/: no filter, since everything else rests on it. */
const struct rp_filter *
registry_reader(struct registry *r, const char *path, const char *text, size_t len)
{
	const struct rp_filter *f;
	size_t i;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < r->count; i++) {
			f = r->known[i];
			if (f->role != RP_READER || (strcmp(path, "-") != 0 && !ends_in(path, f->extension)))
				continue;
			if (f->claims != NULL && f->claims(text, len))
				return f;
		}
		if (strrchr(path, '.') == NULL || ends_in(path, ".md .markdown"))
			return NULL;	/* no need to look into the plugin folders */
		registry_scan(r);
	}
	return NULL;
}
