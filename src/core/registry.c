/*
 * registry.c - every filter that can be named: the built-in ones, whose table is
 * made from the listing of filters/, and those loaded from files.  plugin.c loads
 * the .so files.
 */
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

void
registry_add(struct registry *r, const struct rp_filter *f, const char *file)
{
	if (r->count == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 32;
		r->known = xrealloc(r->known, r->cap * sizeof(const struct rp_filter *));
		r->files = xrealloc(r->files, r->cap * sizeof(const char *));
	}
	r->files[r->count] = file;
	r->known[r->count++] = f;
}

const char *
registry_file(const struct registry *r, const struct rp_filter *f)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->known[i] == f && r->files[i] != NULL && map_get(&r->by_file, r->files[i]) == f)
			return r->files[i];
	return NULL;
}

void
registry_init(struct registry *r)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	for (i = 0; rp_builtins[i] != NULL; i++)
		registry_add(r, rp_builtins[i], NULL);
}

int
registry_is_builtin(const struct rp_filter *f)
{
	size_t i;

	for (i = 0; rp_builtins[i] != NULL && rp_builtins[i] != f; i++)
		;
	return rp_builtins[i] != NULL;
}

int
registry_is_foreign(const struct rp_filter *f)
{
	return !registry_is_builtin(f) && f->unload == NULL;
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
	map_free(&r->refused);
	free(r->handles);
	free(r->known);
	free(r->files);
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

/* The length of the longest of the extensions (".xml .dbk") that path ends in, or 0. */
static size_t
ends_in(const char *path, const char *extensions)
{
	size_t n = strlen(path), k, longest = 0;
	const char *p = extensions;

	for (; p != NULL && *p != '\0'; p += k) {
		p += strspn(p, " ");
		k = strcspn(p, " ");
		if (k > longest && k < n && strncmp(path + n - k, p, k) == 0)
			longest = k;
	}
	return longest;
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

const struct rp_filter *
registry_loader(const struct registry *r, const char *path)
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
	const struct rp_filter *f = registry_loader(r, path);
	size_t i;

	if (f != NULL || strpbrk(path, "/.") == NULL)
		return f;
	registry_scan(r);
	f = registry_loader(r, path);
	if (f != NULL || strchr(path, '/') == NULL || access(path, X_OK) != 0)
		return f;
	for (i = 0; i < r->count; i++)
		if (r->known[i]->role == RP_LOADER && (r->known[i]->extension == NULL ||
		    strchr(r->known[i]->extension, '*') != NULL))
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
	wrong = plugin_fault(r, &m->filter);
	if (wrong != NULL) {
		*why = str_format(&r->arena, "cannot use filter %s: %s", path, wrong);
		return NULL;
	}
	registry_add(r, &m->filter, l.pub.path);
	return &m->filter;
}

/* A filter that is named by its file; what has been loaded is not loaded again. */
static const struct rp_filter *
from_file(struct registry *r, const char *path, const struct rp_filter *loader, const char **why)
{
	const struct rp_filter *f = map_get(&r->by_file, path);

	if (f != NULL)
		return f;
	f = loader != NULL ? make_by(r, loader, path, why) : plugin_load(r, path, why);
	if (f != NULL)
		map_add(&r->by_file, arena_dup(&r->arena, path, strlen(path)), (void *)(uintptr_t)f);
	return f;
}

/* A file that is neither a plugin nor a program: what the linker would say of it helps
 * nobody. */
static int
is_no_plugin(const char *path)
{
	char head[4] = { 0 };
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return 0;
	n = fread(head, 1, sizeof(head), f);
	fclose(f);
	return n < sizeof(head) || memcmp(head, "\177ELF", sizeof(head)) != 0;
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
		if (!ends_in(name, ".so") && loader_for(r, name) == NULL && is_no_plugin(name)) {
			*why = str_format(&r->arena, "cannot use filter %s: it is no plugin, and not executable", name);
			return NULL;
		}
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
		*why = map_get(&r->refused, name);
	if (f == NULL && *why == NULL)
		*why = not_known(r, name, role);
	return f;
}

const struct rp_filter *
registry_by_extension(struct registry *r, const char *path)
{
	const struct rp_filter *best = NULL;
	size_t i, pass, len, longest = 0;

	/* ".pandoc.json" is longer than ".json". */
	for (pass = 0; pass < 2 && best == NULL; pass++) {
		if (pass > 0)
			registry_scan(r);
		for (i = 0; i < r->count; i++) {
			if (r->known[i]->role != RP_WRITER)
				continue;
			len = ends_in(path, r->known[i]->extension);
			if (len > longest) {
				longest = len;
				best = r->known[i];
			}
		}
	}
	return best;
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
