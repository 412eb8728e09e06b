/*
 * pipe - a filter in any language: a program that reads a document's tree as JSON and
 * writes what it has made of it.  It is started once, and fed a document a line, or
 * once per document; it speaks our own JSON (the format tree-json) or pandoc's.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "pipe.h"

enum { LAST_BREATH = 1000 };	/* milliseconds between the end of its output and its own */

/* ---- What went wrong ---- */

/* How it ended, in words; status is waitpid()'s. */
static const char *
ending(struct rp_job *job, int status)
{
	char number[] = "000", *p = number;
	int n = WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (status == -1)
		return "ended, nobody knows how";
	number[0] = (char)('0' + n / 100);
	number[1] = (char)('0' + n / 10 % 10);
	number[2] = (char)('0' + n % 10);
	while (*p == '0' && p[1] != '\0')
		p++;
	if (WIFSIGNALED(status))
		return rp_join(job->doc, "was killed by signal ", p, " (", strsignal(n), ")", NULL);
	return rp_join(job->doc, "ended with exit status ", p, NULL);
}

/* NULL if there is an answer; else what happened instead, and the program is ended. */
static const char *
fault(struct rp_job *job, const struct pipe *o, struct process *p, enum outcome outcome, size_t answered)
{
	int status;

	switch (outcome) {
	case ANSWERED:
		if (is_kept(o))
			return answered > 0 ? NULL : "answered with an empty line";
		status = process_end(p, 0, 1);
		if (status != 0 && status != -1)
			return ending(job, status);
		return answered > 0 ? NULL : "wrote nothing";
	case ENDED:
		status = process_end(p, clock_now() + LAST_BREATH, 0);
		return rp_join(job->doc, ending(job, status), " without an answer", NULL);
	case TIMED_OUT:
		process_end(p, 0, 1);
		return is_kept(o) ? "did not answer in time, and was stopped (does it read all of its input "
		    "before it answers? then it wants keep=no)" : "did not end in time, and was stopped";
	case TOO_MUCH:
		process_end(p, 0, 1);
		return "wrote without end, and was stopped";
	case STRAY:
	default:
		process_end(p, 0, 1);
		return "wrote more than one line for a document";
	}
}

/* The document fails, or goes on as it was, as the user chose. */
static int
problem(struct rp_job *job, const struct pipe *o, const char *what, const char *last)
{
	const struct source *s = job->filter->context;
	int keep = strcmp(o->on_error, "keep") == 0;

	rp_say(job, RP_ERROR, NULL, "%s %s%s%s%s", s->path, what, *last != '\0' ? "; it said last: " : "", last,
	    keep ? "; the document stays as it was" : "");
	return keep ? 0 : -1;
}

/* ---- One document ---- */

/* Raw line ends stand between tokens only: a JSON string has none. */
static const char *
one_line(struct rp_job *job, const char *bytes, size_t *len)
{
	char *copy, *p;

	while (*len > 0 && bytes[*len - 1] == '\n')
		--*len;
	copy = rp_dup(job->doc, bytes, *len + 1);
	for (p = copy; (p = memchr(p, '\n', *len - (size_t)(p - copy))) != NULL; p++)
		*p = ' ';
	copy[(*len)++] = '\n';
	return copy;
}

static int
ask(struct rp_job *job, const struct pipe *o, const char *bytes, size_t len)
{
	struct source *s = job->filter->context;
	struct told *told = rp_alloc(job->doc, sizeof(*told));
	struct process *p = program_get(s, job, o);
	struct rp_sink *got = rp_sink_new(job);
	enum outcome outcome;
	const char *what, *answer;

	if (p == NULL)
		return problem(job, o, rp_join(job->doc, "cannot be started: ", strerror(errno), NULL), "");
	told->job = job;
	outcome = exchange(p, bytes, len, got, told, is_kept(o), clock_now() + o->timeout * 1000);
	told_end(told);
	answer = rp_sink_bytes(got, &len);
	what = fault(job, o, p, outcome, len);
	if (what != NULL)
		return problem(job, o, what, told_last(told));
	if (protocol_read(job, o, answer, len) == 0)
		return 0;
	/* One that is kept may well be out of step from here on. */
	process_end(p, 0, 1);
	return problem(job, o, "answered with what is no such tree", told_last(told));
}

static int
run(struct rp_job *job, void *state)
{
	const struct pipe *o = state;
	struct rp_sink *out = rp_sink_new(job);
	const char *bytes;
	size_t len;
	int rc;

	if (protocol_write(job, o, out) == -1)
		return -1;
	bytes = rp_sink_bytes(out, &len);
	if (is_kept(o))
		bytes = one_line(job, bytes, &len);
	if (strcmp(o->on_error, "keep") == 0)
		rp_errors_as(job, RP_WARNING);
	rc = ask(job, o, bytes, len);
	rp_errors_as(job, RP_ERROR);
	return rc;
}

/* ---- The loader ---- */

static void
unload(const struct rp_filter *f)
{
	program_end_all(f->context);
}

static const struct rp_option options[] = {
	{ "protocol", RP_ENUM, offsetof(struct pipe, protocol), "tree", "tree|pandoc",
	    "what the program reads and writes: rolepress's tree as JSON (the format tree-json), or pandoc's" },
	{ "keep", RP_ENUM, offsetof(struct pipe, keep), NULL, "yes|no",
	    "start it once and feed it a document a line, or start it for each document "
	    "(default: yes for tree, no for pandoc)" },
	{ "on-error", RP_ENUM, offsetof(struct pipe, on_error), "fail", "fail|keep",
	    "when the program fails: leave the document out, or go on with it as it was" },
	{ "timeout", RP_INT, offsetof(struct pipe, timeout), "30", "1..86400", "seconds that a document may take" },
	{ "format", RP_STRING, offsetof(struct pipe, format), NULL, "FORMAT",
	    "the output format that a pandoc filter is told (default: the first output's)" },
	{ "api", RP_ENUM, offsetof(struct pipe, api), "1.22", "1.22|1.23",
	    "the version of pandoc's tree that a pandoc filter is sent" },
	{ "args", RP_STRING, offsetof(struct pipe, args), NULL, "WORDS",
	    "arguments of the program, separated by spaces" },
	{ 0 }
};

/* Names have no capitals and dots: count-words for Count_words.py. */
static const char *
name_of(struct rp_loading *l)
{
	const char *slash = strrchr(l->path, '/'), *base = slash != NULL ? slash + 1 : l->path;
	const char *dot = strrchr(base, '.');
	size_t n = dot != NULL && dot > base ? (size_t)(dot - base) : strlen(base), i;
	char *name = rp_loading_alloc(l, n + 1);

	for (i = 0; i < n; i++) {
		if (base[i] >= 'A' && base[i] <= 'Z')
			name[i] = (char)(base[i] - 'A' + 'a');
		else if ((base[i] >= 'a' && base[i] <= 'z') || (base[i] >= '0' && base[i] <= '9'))
			name[i] = base[i];
		else
			name[i] = '-';
	}
	return name;
}

static int
load(struct rp_loading *l)
{
	struct source *s = rp_loading_alloc(l, sizeof(*s));
	size_t n = strlen(l->path);
	char *path = rp_loading_alloc(l, n + 3);

	/* A bare name would be looked for in PATH. */
	memcpy(path, "./", 2);
	memcpy(path + (strchr(l->path, '/') != NULL ? 0 : 2), l->path, n + 1);
	s->path = path;
	if (program_find(s, l) == -1)
		return -1;
	l->made->name = name_of(l);
	l->made->summary = "a program";
	l->made->role = RP_TRANSFORM;
	l->made->state_size = sizeof(struct pipe);
	l->made->options = options;
	l->made->run = run;
	l->made->context = s;
	l->made->unload = unload;
	return 0;
}

RP_FILTER(pipe) = {
	RP_HEAD("pipe"),
	.summary = "programs in any language, which read and write the tree as JSON",
	.role = RP_LOADER,
	.state_size = sizeof(struct pipe),
	.options = options,	/* of every program; here for those who look them up */
	.load = load,
	.extension = "* .py .pl .rb .js .php .R .sh",
};
