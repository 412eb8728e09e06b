/*
 * resolve.c - which document a reference leads to.
 *
 * People write the same reference as a path (../cto.md), as the address that
 * their site makes of it (/roles/cto/, cto.html), or as a bare slug; a handbook
 * has no site, so all of them are tried, the most exact first.
 */
#include <string.h>
#include <strings.h>

#include "run.h"

/* Documents that share a slug or a file name. */
struct namesake {
	struct namesake	*next, *last;	/* last: in the first one of them */
	struct namesake	*next_lang;	/* the first one in a language that none before is in */
	struct rp_node	*entry;
	const char	*path;		/* normal, without extension */
};

/* Letters of either case; most differ in the first. */
static int
is_same(const char *a, const char *b)
{
	return (*a | 0x20) == (*b | 0x20) && strcasecmp(a, b) == 0;
}

/* Cuts one of the tails, each of which begins with this character and has no other. */
static void
cut_tail(char *path, char first, const char *const *tails, size_t n)
{
	char *tail = strrchr(path, first);

	if (tail == NULL || tail == path)
		return;
	while (n-- > 0)
		if (is_same(tail + 1, tails[n] + 1))
			*tail = '\0';
}

/* Files that stand for their folder. */
static const char *const own[] = { "/index", "/_index", "/README" };

char *
path_bare(struct rp_arena *a, const char *path)
{
	static const char *const extensions[] = { ".md", ".markdown", ".html", ".htm" };
	char *p = path_normal(a, path);

	cut_tail(p, '.', extensions, LEN(extensions));
	cut_tail(p, '/', own, LEN(own));
	return p;
}

static int
same_lang(const struct rp_node *a, const struct rp_node *b)
{
	const char *x = rp_get(a, RP_A_LANG), *y = rp_get(b, RP_A_LANG);

	return x == y || (x != NULL && y != NULL && strcmp(x, y) == 0);
}

static void
know_name(struct rp_run *run, const char *name, struct rp_node *entry, const char *path)
{
	struct namesake *n = arena_alloc(&run->index_doc->arena, sizeof(*n)), *at;

	n->entry = entry;
	n->path = path;
	n->last = n;
	at = map_add(&run->index->by_name, name, n);
	if (at == n || at->entry == entry)
		return;
	at->last->next = n;
	at->last = n;
	for (; !same_lang(at->entry, entry); at = at->next_lang)
		if (at->next_lang == NULL)
			at->next_lang = n;
}

static const char *
last_two(const char *path)
{
	const char *p = path_base(path);

	for (p -= p > path; p > path && p[-1] != '/'; p--)
		;
	return p;
}

/* By the last two parts of its path, where many have the same last one. */
static void
know_tail(struct rp_run *run, struct rp_node *entry, const char *path)
{
	if (strchr(path, '/') != NULL)
		know_name(run, last_two(path), entry, path);
}

/* Addresses that front matter gives the document, one a line. */
static void
know_addresses(struct rp_run *run, struct rp_node *entry)
{
	const char *p = rp_get_named(entry, "addresses");
	size_t n;

	for (; p != NULL && *p != '\0'; p += n + (p[n] == '\n')) {
		n = strcspn(p, "\n");
		map_add(&run->index->by_address, path_bare(&run->index_doc->arena,
		    arena_dup(&run->arena, p + 1, n - 1)), entry);
	}
}

void
resolve_prepare(struct rp_run *run)
{
	struct rp_node *e;
	const char *path;

	for (e = index_root(run)->first; e != NULL; e = e->next) {
		path = path_bare(&run->index_doc->arena, rp_get(e, RP_A_PATH));
		map_add(&run->index->by_path, path, e);
		if (rp_has(e, RP_A_SLUG))
			know_name(run, rp_get(e, RP_A_SLUG), e, path);
		know_name(run, path_base(path), e, path);
		know_tail(run, e, path);
		know_addresses(run, e);
	}
}

/* Does path end in tail, at a slash? */
static int
ends_in(const char *path, const char *tail)
{
	size_t n = strlen(path), k = strlen(tail);

	return k <= n && strcmp(path + n - k, tail) == 0 && (k == n || path[n - k - 1] == '/');
}

/* Of those with that name: in the document's own language, else the first one.
 * tail: the end that its path must have, or NULL. */
static struct rp_node *
by_name(const struct rp_job *job, const char *name, const char *tail)
{
	const struct namesake *n;
	struct rp_node *first = NULL;
	const char *lang = rp_get(job->root, RP_A_LANG);

	for (n = map_get(&job->run->index->by_name, name); n != NULL; n = tail != NULL ? n->next : n->next_lang) {
		const char *l = rp_get(n->entry, RP_A_LANG);

		if (tail != NULL && !ends_in(n->path, tail))
			continue;
		if (lang != NULL && l != NULL && strcmp(lang, l) == 0)
			return n->entry;
		if (first == NULL)
			first = n->entry;
	}
	return first;
}

static struct rp_node *
by_path(const struct rp_job *job, const char *folder, const char *path)
{
	struct rp_arena *a = &job->doc->arena;

	return map_get(&job->run->index->by_path, path_bare(a, path_join(a, folder, path)));
}

/* /roles/cto: below the input folder; an address that front matter gives; a path that
 * ends so; or a slug. */
static struct rp_node *
site_absolute(const struct rp_job *job, const char *path)
{
	const char *tail = path_bare(&job->doc->arena, path + strspn(path, "/"));
	struct rp_node *e = NULL;

	if (*job->doc->root_path != '\0')
		e = by_path(job, job->doc->root_path, tail);
	if (e == NULL)
		e = map_get(&job->run->index->by_address, tail);
	if (e == NULL && strchr(tail, '/') != NULL)
		e = by_name(job, last_two(tail), tail);
	if (e == NULL && strchr(tail, '/') == NULL)
		e = by_name(job, tail, NULL);
	return e;
}

/*
 * Is there no document whose path could end in this one?  All are known by the last part
 * of theirs.  bare: of the path; more than an extension may have been cut from it, or will
 * be below a folder: then nobody can tell.
 */
static int
is_nowhere(const struct rp_job *job, const char *path, const char *bare)
{
	const char *base = path_base(path), *name = path_base(bare);
	size_t i;

	if (*base == '.' || *name == '\0' || strncmp(base, name, strlen(name)) != 0)
		return 0;
	for (i = 0; i < LEN(own); i++)
		if (is_same(name, own[i] + 1))
			return 0;
	return map_get(&job->run->index->by_name, name) == NULL;
}

static struct rp_node *
relative(const struct rp_job *job, const char *path)
{
	struct rp_arena *a = &job->doc->arena;
	const char *name = path_bare(a, path);
	struct rp_node *e;

	if (is_nowhere(job, path, name))
		return NULL;
	e = by_path(job, path_folder(a, job->doc->path), path);
	if (e == NULL)		/* a site shows cto.md as the folder cto/ */
		e = by_path(job, path_bare(a, job->doc->path), path);
	if (e == NULL && strchr(name, '/') == NULL)
		e = by_name(job, name, NULL);
	return e;
}

struct rp_node *
index_resolve(const struct rp_job *job, const char *url, const char **fragment)
{
	struct rp_arena *a = &job->doc->arena;
	const char *hash = strchr(url, '#'), *path;

	*fragment = hash != NULL && hash[1] != '\0' ? path_from_url(a, hash + 1) : NULL;
	if (*url == '#' || *url == '\0')
		return rp_index_find(job, rp_get(job->root, RP_A_ID));
	path = path_from_url(a, url);
	if (*path == '\0')
		return rp_index_find(job, rp_get(job->root, RP_A_ID));
	return *path == '/' ? site_absolute(job, path) : relative(job, path);
}

struct rp_node *
rp_index_resolve(const struct rp_job *job, const char *url, const char **fragment)
{
	struct rp_node *e = index_resolve(job, url, fragment);

	deps_answer(job->doc, DEP_RESOLVE, url, NULL, e);
	return e;
}
