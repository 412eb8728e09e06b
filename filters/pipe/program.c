/*
 * program.c - programs: found when a filter is loaded, started when the first document
 * comes (a run may have been spread over several processes by then, and each needs
 * a program of its own), ended with the filter.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pipe.h"

extern char **environ;

enum {
	GRACE	= 2000,		/* milliseconds to end in, once there is nothing more to read */
	WORDS	= 64		/* arguments at most */
};

/* What runs a script that cannot run itself, as pandoc has it. */
static const struct {
	const char	*extension, *interpreter;
} interpreters[] = {
	{ ".py",  "python3" },
	{ ".pl",  "perl" },
	{ ".rb",  "ruby" },
	{ ".js",  "node" },
	{ ".php", "php" },
	{ ".R",   "Rscript" },
	{ ".sh",  "sh" },
};

/* ---- Finding ---- */

static const char *
interpreter_for(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t i;

	for (i = 0; dot != NULL && i < sizeof(interpreters) / sizeof(interpreters[0]); i++)
		if (strcmp(dot, interpreters[i].extension) == 0)
			return interpreters[i].interpreter;
	return NULL;
}

static int
is_in_path(const char *name)
{
	const char *p = getenv("PATH");
	char file[4096];
	size_t n, len = strlen(name);

	for (; p != NULL && *p != '\0'; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (n + len + 2 > sizeof(file))
			continue;
		memcpy(file, p, n);
		file[n] = '/';
		memcpy(file + n + 1, name, len + 1);
		if (access(n > 0 ? file : name, X_OK) == 0)
			return 1;
	}
	return 0;
}

/* The kernel would say of a missing interpreter that the script is not there. */
static const char *
check_hash_bang(struct rp_loading *l, const char *path)
{
	char line[256], *word;
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return NULL;	/* it may be run all the same */
	n = fread(line, 1, sizeof(line) - 1, f);
	fclose(f);
	line[n] = '\0';
	if (strncmp(line, "#!", 2) != 0)
		return NULL;
	word = line + 2 + strspn(line + 2, " \t");
	word[strcspn(word, " \t\r\n")] = '\0';
	if (access(word, X_OK) == 0)
		return NULL;
	n = strlen(word);
	return memcpy(rp_loading_alloc(l, n + 1), word, n + 1);
}

int
program_find(struct source *s, struct rp_loading *l)
{
	struct stat st;
	const char *missing;

	if (stat(s->path, &st) == -1)
		return rp_loading_fail(l, "%s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return rp_loading_fail(l, "it is no file");
	if (access(s->path, X_OK) == 0) {
		missing = check_hash_bang(l, s->path);
		return missing == NULL ? 0 : rp_loading_fail(l,
		    "the interpreter that its first line names is not there: %s", missing);
	}
	s->interpreter = interpreter_for(s->path);
	if (s->interpreter == NULL)
		return rp_loading_fail(l, "it is not executable");
	if (!is_in_path(s->interpreter))
		return rp_loading_fail(l, "it is not executable, and %s, which would run it, is not in PATH",
		    s->interpreter);
	return access(s->path, R_OK) == 0 ? 0 : rp_loading_fail(l, "%s", strerror(errno));
}

/* ---- Starting ---- */

/* [interpreter,] path, [format,] the user's words */
static char **
arguments(struct source *s, struct rp_job *job, const struct pipe *o)
{
	char **argv = rp_alloc(job->doc, (WORDS + 4) * sizeof(char *));
	const char *p = o->args;
	size_t n = 0, k;

	if (s->interpreter != NULL)
		argv[n++] = rp_join(job->doc, s->interpreter, NULL);
	argv[n++] = rp_join(job->doc, s->path, NULL);
	if (is_pandoc(o))
		argv[n++] = rp_join(job->doc, pandoc_format(job, o), NULL);
	for (; p != NULL && *(p += strspn(p, " ")) != '\0' && n < WORDS; p += k) {
		k = strcspn(p, " ");
		argv[n++] = rp_dup(job->doc, p, k);
	}
	return argv;
}

/* Ours, with these in the place of what they were. */
static char **
environment(struct rp_job *job, const struct pipe *o)
{
	/* What pandoc says of its JSON reader. */
	static const char options[] = "PANDOC_READER_OPTIONS={\"extensions\":[\"auto_identifiers\"],"
	    "\"standalone\":true,\"columns\":72,\"tab-stop\":4,\"indented-code-classes\":[],"
	    "\"abbreviations\":[],\"default-image-extension\":\"\",\"track-changes\":\"accept-changes\","
	    "\"strip-comments\":false}";
	const char *version = o->api != NULL && strcmp(o->api, "1.23") == 0 ? "3.1.3" : "2.17.1.1";
	char *set[3] = { rp_join(job->doc, "ROLEPRESS_VERSION=", rp_version(), NULL) }, **envp;
	size_t n, i, k, count = 1;

	if (is_pandoc(o)) {
		set[count++] = rp_join(job->doc, "PANDOC_VERSION=", version, NULL);
		set[count++] = rp_join(job->doc, options, NULL);
	}
	for (n = 0; environ[n] != NULL; n++)
		;
	envp = rp_alloc(job->doc, (n + count + 1) * sizeof(char *));
	for (n = i = 0; environ[i] != NULL; i++) {
		for (k = 0; k < count && strncmp(environ[i], set[k], strcspn(set[k], "=") + 1) != 0; k++)
			;
		if (k == count)
			envp[n++] = environ[i];
	}
	memcpy(envp + n, set, count * sizeof(char *));
	return envp;
}

static void
forget(struct program *p, int now)
{
	process_end(&p->process, clock_now() + GRACE, now);
	free(p->key);
	p->key = NULL;
}

/* Is it one that can be asked again? */
static int
is_running(struct source *s, struct rp_job *job, struct program *p)
{
	if (p->process.owner != getpid() || p->process.pid == 0 || p->process.in == -1)
		return 0;
	if (!process_has_ended(&p->process, 0))
		return 1;
	rp_say(job, RP_NOTE, NULL, "%s ended after its last answer; it is started again", s->path);
	return 0;
}

struct process *
program_get(struct source *s, struct rp_job *job, const struct pipe *o)
{
	const char *key = rp_join(job->doc, o->protocol, " ", is_pandoc(o) ? pandoc_format(job, o) : "", " ",
	    o->api != NULL ? o->api : "", " ", is_kept(o) ? "kept" : "once", " ", o->args, NULL);
	struct program *p = &s->programs[0];
	int i;

	for (i = 0; i < PROGRAMS; i++) {
		if (s->programs[i].key != NULL && strcmp(s->programs[i].key, key) == 0) {
			p = &s->programs[i];
			break;
		}
		if (s->programs[i].used < p->used)
			p = &s->programs[i];
	}
	p->used = ++s->uses;
	if (i < PROGRAMS && is_running(s, job, p))
		return &p->process;
	if (p->key != NULL)
		forget(p, i < PROGRAMS);
	p->key = strdup(key);
	if (p->key == NULL || process_start(&p->process, s->interpreter != NULL ? s->interpreter : s->path,
	    arguments(s, job, o), environment(job, o)) == -1)
		return NULL;
	return &p->process;
}

void
program_end_all(struct source *s)
{
	int i;

	/* All of them are told first, so that they end at the same time. */
	for (i = 0; i < PROGRAMS; i++)
		if (s->programs[i].key != NULL)
			process_close_in(&s->programs[i].process);
	for (i = 0; i < PROGRAMS; i++)
		if (s->programs[i].key != NULL)
			forget(&s->programs[i], 0);
}
