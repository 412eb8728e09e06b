/*
 * progress.c - how far a run is, as one line on a terminal: after half a second, at
 * most ten times a second, and gone when anything else is to be shown.
 */
#define _DEFAULT_SOURCE		/* TIOCGWINSZ */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A line that can be drawn over, and that is ours to draw on. */
static int
has_terminal(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
}

/* A program in the background leaves the terminal to the others. */
static int
in_foreground(void)
{
	pid_t group = tcgetpgrp(STDERR_FILENO);

	return group == -1 || group == getpgrp();
}

static size_t
columns(void)
{
	struct winsize w;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 ? w.ws_col : 80;
}

static void
draw(struct progress *p, const char *text)
{
	size_t n = strlen(text), most = columns() - 1;

	fprintf(stderr, "\r%.*s\033[K", (int)(n < most ? n : most), text);
	fflush(stderr);
	p->shown = 1;
}

void
progress_erase(struct progress *p)
{
	if (!p->shown)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	p->shown = 0;
}

/* Writing is taken to last as long as reading, until it is known better. */
static void
draw_documents(struct progress *p, enum rp_step step, size_t done, size_t total, double at)
{
	size_t passed = step == RP_STEP_READ ? done : total + done;
	char text[160];
	size_t n;
	long left;

	n = (size_t)snprintf(text, sizeof(text), "%zu of %zu documents %s", done, total,
	    step == RP_STEP_READ ? "read" : "finished");
	if (done > 0 && at > p->step_began)
		n += (size_t)snprintf(text + n, sizeof(text) - n, ", %.0f/s", (double)done / (at - p->step_began));
	if (passed > 0) {
		left = (long)((at - p->began) * (double)(2 * total - passed) / (double)passed + 0.5);
		snprintf(text + n, sizeof(text) - n, ", %ld:%02ld left", left / 60, left % 60);
	}
	draw(p, text);
}

static void
show(enum rp_step step, size_t done, size_t total, void *arg)
{
	struct progress *p = arg;
	double at = now();
	char text[80];

	if (step != p->step) {
		p->step = step;
		p->step_began = at;
	}
	/* An output may be on the terminal too. */
	if (step == RP_STEP_BIND && isatty(STDOUT_FILENO)) {
		progress_erase(p);
		return;
	}
	if (at - p->began < 0.5 || (at - p->drawn < 0.1 && step != RP_STEP_BIND) || !in_foreground())
		return;
	p->drawn = at;
	if (step != RP_STEP_BIND) {
		draw_documents(p, step, done, total, at);
		return;
	}
	snprintf(text, sizeof(text), "putting output %zu of %zu together", done + 1, total);
	draw(p, text);
}

void
progress_begin(struct progress *p, struct rp_run *run)
{
	memset(p, 0, sizeof(*p));
	if (!has_terminal())
		return;
	p->began = p->step_began = now();
	p->step = RP_STEP_READ;
	rp_run_on_progress(run, show, p);
}
