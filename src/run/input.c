/* input.c - what a run reads: files, folders with all Markdown below, "-". */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "run.h"

enum { MAX_FOLDERS_DEEP = 64 };

struct input *
input_append(struct rp_run *run)
{
	run->inputs = xrealloc(run->inputs, (run->input_count + 1) * sizeof(*run->inputs));
	memset(&run->inputs[run->input_count], 0, sizeof(*run->inputs));
	return &run->inputs[run->input_count++];
}

void
input_add_root(struct rp_run *run, const char *folder)
{
	const char *normal = path_normal(&run->arena, folder);
	size_t i;

	for (i = 0; i < run->root_count; i++)
		if (strcmp(run->roots[i], normal) == 0)
			return;
	run->roots = xrealloc(run->roots, (run->root_count + 1) * sizeof(char *));
	run->roots[run->root_count++] = normal;
}

static int
is_markdown(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && (strcasecmp(dot, ".md") == 0 || strcasecmp(dot, ".markdown") == 0);
}

/* What tells whether two paths are of one file; of a text without a file, its name. */
static const char *
identity(struct rp_run *run, const char *path, const struct stat *st)
{
	if (st == NULL)
		return path_normal(&run->arena, path);
	return str_format(&run->arena, "\n%ju %ju", (uintmax_t)st->st_dev, (uintmax_t)st->st_ino);
}

/* root and st NULL: it is no file. */
static void
add_file(struct rp_run *run, const char *path, const char *root, const char *site_path,
    const struct stat *st)
{
	const char *name;
	struct input *in;

	if (run->executed)
		return;
	/* A file that is named again stands at its first place: so a user orders chapters. */
	name = identity(run, path, st);
	if (strcmp(path, "-") != 0 && map_get(&run->by_file, name) != NULL)
		return;
	map_add(&run->by_file, name, run);
	in = input_append(run);
	in->path = arena_dup(&run->arena, path, strlen(path));
	in->root = root != NULL ? arena_dup(&run->arena, root, strlen(root)) : "";
	in->site_path = arena_dup(&run->arena, site_path, strlen(site_path));
}

struct listing {
	char	**paths;
	size_t	 count;
};

/* Names of a folder, but hidden ones; sorted by their bytes. */
static int
list(struct rp_run *run, const char *folder, struct listing *l)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	if (d == NULL)
		return -1;
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		l->paths = xrealloc(l->paths, (l->count + 1) * sizeof(char *));
		l->paths[l->count++] = path_join(&run->arena, folder, e->d_name);
	}
	closedir(d);
	return 0;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folders above, by what they are: a symbolic link may lead back to one. */
struct above {
	const struct above	*up;
	dev_t			 dev;
	ino_t			 ino;
};

static int
is_above(const struct above *a, const struct stat *st)
{
	for (; a != NULL; a = a->up)
		if (a->dev == st->st_dev && a->ino == st->st_ino)
			return 1;
	return 0;
}

static int
add_folder(struct rp_run *run, const char *folder, const char *root, int depth, const struct above *up)
{
	struct listing l = { 0 };
	struct above here = { .up = up };
	struct stat st;
	const char *below;
	size_t i;
	int rc = 0;

	if (stat(folder, &st) == 0) {
		here.dev = st.st_dev;
		here.ino = st.st_ino;
	}
	if (depth > MAX_FOLDERS_DEEP || list(run, folder, &l) == -1) {
		diag_run(run, RP_D_FILE_UNREADABLE, folder, rp_nowhere,
		    depth > MAX_FOLDERS_DEEP ? "folders nested too deep" : strerror(errno), NULL);
		return -1;
	}
	if (l.count > 0)
		qsort(l.paths, l.count, sizeof(char *), by_bytes);
	for (i = 0; i < l.count; i++) {
		if (stat(l.paths[i], &st) == -1) {
			if (errno == ENOENT && !is_markdown(l.paths[i]))
				continue;	/* a dangling symbolic link to no document */
			diag_run(run, RP_D_FILE_UNREADABLE, l.paths[i], rp_nowhere, strerror(errno), NULL);
			rc = -1;
		} else if (S_ISDIR(st.st_mode)) {
			if (!is_above(&here, &st) &&
			    add_folder(run, l.paths[i], root, depth + 1, &here) == -1)
				rc = -1;
		} else if (S_ISREG(st.st_mode) && is_markdown(l.paths[i])) {
			below = l.paths[i] + strlen(root);
			add_file(run, l.paths[i], root, below + strspn(below, "/"), &st);
		}
	}
	free(l.paths);
	return rc;
}

int
input_add(struct rp_run *run, const char *path)
{
	size_t before = run->input_count;
	struct stat st;
	char *folder;
	int rc = 0;

	if (strcmp(path, "-") == 0) {
		/* What comes in stands in the working directory, with its images. */
		input_add_root(run, "");
		add_file(run, path, NULL, path, NULL);
		return 0;
	}
	if (stat(path, &st) == -1) {
		diag_run(run, RP_D_FILE_UNREADABLE, path, rp_nowhere, strerror(errno), NULL);
		return -1;
	}
	if (!S_ISDIR(st.st_mode)) {
		folder = path_folder(&run->arena, path);
		input_add_root(run, folder);
		add_file(run, path, folder, path_base(path), &st);
		return 0;
	}
	input_add_root(run, path);
	rc = add_folder(run, path, path, 0, NULL);
	if (rc == 0 && run->input_count == before)
		diag_run(run, RP_D_NO_DOCUMENTS, path, rp_nowhere, NULL);
	return rc;
}

int
rp_run_input(struct rp_run *run, const char *path)
{
	return input_add(run, path);
}

int
rp_run_input_text(struct rp_run *run, const char *name, const char *text, size_t len)
{
	size_t before = run->input_count;
	struct input *in;

	add_file(run, name, NULL, name, NULL);
	if (run->input_count == before)
		return -1;
	in = &run->inputs[run->input_count - 1];
	in->text = arena_dup(&run->arena, text, len);
	in->text_len = len;
	return 0;
}
