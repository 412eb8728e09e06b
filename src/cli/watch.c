/*
 * watch.c - --watch: builds again whenever something that the last build was made of
 * changes.  Folders are watched, not files: editors write beside a file and rename,
 * and a new document is a change of its folder.
 */
#define _DEFAULT_SOURCE		/* strdup */
#include <errno.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "cli.h"

enum { SETTLE = 60 };	/* milliseconds: what saves one file often changes more */

static const uint32_t changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
    IN_DELETE_SELF | IN_MOVE_SELF;

struct watch {
	int	 fd;
	char	**own;		/* names of files that a build writes itself */
	size_t	 own_count;
};

struct watch *
watch_open(void)
{
	struct watch *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd != -1)
		return w;
	perror("rolepress: --watch");
	free(w);
	return NULL;
}

static void
add_own(struct watch *w, const char *name)
{
	char **more = realloc(w->own, (w->own_count + 1) * sizeof(char *));

	if (more == NULL)
		return;
	w->own = more;
	w->own[w->own_count] = strdup(name);
	w->own_count += w->own[w->own_count] != NULL;
}

/* And the folder it is in: it may go, and come back.  The same folder is watched once,
 * however often it is added. */
static void
add_folder(struct watch *w, const char *path)
{
	char *above = strdup(path);

	inotify_add_watch(w->fd, path, changes);
	if (above != NULL)
		inotify_add_watch(w->fd, dirname(above), changes);
	free(above);
}

static void
add(enum rp_file what, const char *path, void *arg)
{
	struct watch *w = arg;
	char *copy = strdup(path);

	if (copy == NULL)
		return;
	if (what == RP_FILE_WRITTEN)
		add_own(w, basename(copy));
	else
		add_folder(w, what == RP_FOLDER_READ ? copy : dirname(copy));
	free(copy);
}

void
watch_add(struct watch *w, struct rp_run *run, const char *config, const char *depfile)
{
	static const char *const cache[] = { "manifest", "lock", "parts" };
	size_t i;

	while (w->own_count > 0)
		free(w->own[--w->own_count]);
	for (i = 0; i < sizeof(cache) / sizeof(cache[0]); i++)
		add_own(w, cache[i]);
	if (depfile != NULL)
		add(RP_FILE_WRITTEN, depfile, w);
	rp_run_files(run, add, w);
	if (config != NULL)
		add(RP_FILE_READ, config, w);
}

/* An output, or what becomes it: the name that outputs have before they are whole. */
static int
is_own(const struct watch *w, const char *name)
{
	size_t i, n;

	for (i = 0; i < w->own_count; i++) {
		n = strlen(w->own[i]);
		if (strncmp(name, w->own[i], n) != 0)
			continue;
		if (name[n] == '\0' || strcmp(name + n, ".new") == 0 || strcmp(w->own[i], "parts") == 0)
			return 1;
	}
	return strncmp(name, ".rolepress-", strlen(".rolepress-")) == 0;
}

/* Takes what has happened: 1 if any of it matters. */
static int
take(struct watch *w)
{
	_Alignas(struct inotify_event) char buf[4096];
	const struct inotify_event *e;
	int matters = 0;
	ssize_t n, at;

	while ((n = read(w->fd, buf, sizeof(buf))) > 0) {
		for (at = 0; at < n; at += (ssize_t)(sizeof(*e) + e->len)) {
			e = (const struct inotify_event *)(const void *)(buf + at);
			matters |= e->len == 0 || !is_own(w, e->name);
		}
	}
	return matters;
}

int
watch_wait(struct watch *w)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	int matters = 0, n;

	for (;;) {
		n = poll(&p, 1, matters ? SETTLE : -1);
		if (n == -1 && errno != EINTR)
			return -1;
		if (n == 0)
			return 0;
		if (n > 0)
			matters |= take(w);
	}
}

void
watch_close(struct watch *w)
{
	if (w == NULL)
		return;
	while (w->own_count > 0)
		free(w->own[--w->own_count]);
	free(w->own);
	close(w->fd);
	free(w);
}
