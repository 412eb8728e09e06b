/* path.c - paths as texts: joined, cut, and freed of . and .. */
#include <string.h>
#include <unistd.h>

#include "run.h"

char *
path_join(struct rp_arena *a, const char *folder, const char *name)
{
	size_t n = strlen(folder), k = strlen(name);
	char *path;

	if (n == 0 || *name == '/')
		return arena_dup(a, name, k);
	path = arena_raw(a, n + k + 2);
	memcpy(path, folder, n);
	if (folder[n - 1] != '/')
		path[n++] = '/';
	memcpy(path + n, name, k + 1);
	return path;
}

const char *
path_base(const char *path)
{
	const char *p = strrchr(path, '/');

	return p != NULL ? p + 1 : path;
}

char *
path_folder(struct rp_arena *a, const char *path)
{
	const char *p = strrchr(path, '/');

	if (p == path)
		return arena_dup(a, "/", 1);
	return arena_dup(a, path, p != NULL ? (size_t)(p - path) : 0);
}

char *
path_normal(struct rp_arena *a, const char *path)
{
	size_t n = strlen(path), k, out = 0;
	char *r = arena_raw(a, n + 2);
	const char *end = path + n, *next;
	int absolute = *path == '/';

	if (absolute)
		r[out++] = '/';
	for (; *path != '\0'; path += k + (path[k] == '/')) {
		next = strchr(path, '/');
		k = (size_t)((next != NULL ? next : end) - path);
		if (k == 0 || (k == 1 && path[0] == '.'))
			continue;
		if (k == 2 && path[0] == '.' && path[1] == '.') {
			char *slash, *from = r + absolute;

			r[out] = '\0';
			slash = strrchr(from, '/');
			slash = slash != NULL ? slash + 1 : from;
			if (out > (size_t)absolute && strcmp(slash, "..") != 0) {
				out = (size_t)(slash - r);
				if (slash > from)
					out--;
				continue;
			}
			if (absolute)	/* above the root is the root */
				continue;
		}
		if (out > (size_t)absolute)
			r[out++] = '/';
		memcpy(r + out, path, k);
		out += k;
	}
	r[out] = '\0';
	return r;
}

/* The path from the root; as it is, if nobody knows where we are. */
static const char *
absolute(struct rp_arena *a, const char *path)
{
	char here[4096];

	if (*path == '/' || getcwd(here, sizeof(here)) == NULL)
		return path_normal(a, path);
	return path_normal(a, path_join(a, here, path));
}

char *
path_from(struct rp_arena *a, const char *folder, const char *path)
{
	const char *f = absolute(a, folder), *p = absolute(a, path);
	struct str s = { 0 };
	size_t n, k;
	char *r;

	f += *f == '/';
	p += *p == '/';
	/* Past the folders that both begin with. */
	while ((n = strcspn(f, "/"), k = strcspn(p, "/"), n == k) && p[k] == '/' &&
	    *f != '\0' && strncmp(f, p, n) == 0) {
		p += k + 1;
		f += n + (f[n] == '/');
	}
	for (; *f != '\0'; f += n + (f[n] == '/')) {
		n = strcspn(f, "/");
		str_puts(&s, "../");
	}
	str_puts(&s, p);
	r = arena_dup(a, s.p, s.len);
	str_free(&s);
	return r;
}

int
path_is_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	if (n == 0 || strcmp(folder, ".") == 0)
		return *path != '/' && strncmp(path, "../", 3) != 0 && strcmp(path, "..") != 0;
	return strncmp(path, folder, n) == 0 && (path[n] == '/' || folder[n - 1] == '/');
}
