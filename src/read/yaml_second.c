/*
 * yaml_second.c - asks libfyaml, in a child, what it makes of a text that libyaml
 * refuses or may have misread.  What the child says is believed only if it is whole:
 * a stream to its end, with every collection closed.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "yaml_second.h"

enum { LONGEST_TEXT = 1 << 17, LONGEST_MS = 5000, MOST_BYTES = 1 << 26 };

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* All that comes until the other end closes; more than is sane, or later, is nothing. */
static int
collect(int fd, struct str *got)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	long end = now_ms() + LONGEST_MS, left;
	char buf[65536];
	ssize_t n;

	while ((left = end - now_ms()) > 0 && got->len < MOST_BYTES) {
		if (poll(&p, 1, (int)left) == -1 && errno != EINTR)
			return -1;
		if (p.revents == 0)
			continue;
		if ((n = read(fd, buf, sizeof(buf))) == 0)
			return 0;
		if (n > 0)
			str_add(got, buf, (size_t)n);
		else if (errno != EINTR)
			return -1;
		p.revents = 0;
	}
	return -1;
}

/* The record at *at, and *at moved past it and its strings; 0 if it is not all there. */
static int
record_at(const struct yaml_second *s, size_t *at, struct yaml_record *r)
{
	size_t left = s->got.len - *at;
	int i;

	if (left < sizeof(*r))
		return 0;
	memcpy(r, s->got.p + *at, sizeof(*r));
	left -= sizeof(*r);
	for (i = 0; i < YAML_STRINGS; i++) {
		if (r->len[i] == YAML_NONE)
			continue;
		if (r->len[i] > left)
			return 0;
		left -= r->len[i];
	}
	*at = s->got.len - left;
	return 1;
}

/* The child may have gone wrong in any way: is this what a parser says? */
static int
is_whole(const struct yaml_second *s)
{
	struct yaml_record r;
	size_t at = 0, depth = 0;

	while (record_at(s, &at, &r)) {
		switch (r.type) {
		case YAML_MAPPING_START_EVENT:
		case YAML_SEQUENCE_START_EVENT:
			depth++;
			break;
		case YAML_MAPPING_END_EVENT:
		case YAML_SEQUENCE_END_EVENT:
			if (depth-- == 0)
				return 0;
			break;
		case YAML_SCALAR_EVENT:
			if (r.style < YAML_PLAIN_SCALAR_STYLE || r.style > YAML_FOLDED_SCALAR_STYLE ||
			    r.len[YAML_VALUE] == YAML_NONE)
				return 0;
			break;
		case YAML_ALIAS_EVENT:
			if (r.len[YAML_ANCHOR] == YAML_NONE)
				return 0;
			break;
		case YAML_STREAM_END_EVENT:
			return depth == 0 && at == s->got.len;
		case YAML_STREAM_START_EVENT:
		case YAML_DOCUMENT_START_EVENT:
		case YAML_DOCUMENT_END_EVENT:
			break;
		default:
			return 0;
		}
	}
	return 0;
}

int
yaml_second_ask(struct yaml_second *s, struct rp_arena *arena, const char *text, size_t len)
{
	int ends[2], rc = -1;
	pid_t child;

	*s = (struct yaml_second){ .arena = arena, .text = text, .len = len };
	if (len > LONGEST_TEXT || pipe(ends) == -1)
		return -1;
	if ((child = fork()) == 0) {
		close(ends[0]);
		yaml_child(ends[1], text, len);
	}
	close(ends[1]);
	if (child != -1) {
		rc = collect(ends[0], &s->got);
		kill(child, SIGKILL);
		while (waitpid(child, NULL, 0) == -1 && errno == EINTR)
			;
	}
	close(ends[0]);
	if (rc == 0 && is_whole(s))
		return 0;
	yaml_second_free(s);
	return -1;
}

/* Lines and columns from 0, the latter in characters, as libyaml has them. */
static yaml_mark_t
mark(struct yaml_second *s, uint32_t byte)
{
	size_t at = byte < s->len ? byte : s->len;

	if (at < s->counted)
		s->counted = s->line = s->column = 0;
	for (; s->counted < at; s->counted++) {
		const char *p = s->text + s->counted;

		if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
			s->line++;
			s->column = 0;
		} else if ((*p & 0xC0) != 0x80 && *p != '\r')
			s->column++;
	}
	return (yaml_mark_t){ .index = at, .line = s->line, .column = s->column };
}

/* Where libyaml begins a quoted scalar: at its quotation mark. */
static uint32_t
begin(const struct yaml_second *s, const struct yaml_record *r)
{
	int is_quoted = r->type == YAML_SCALAR_EVENT && (r->style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
	    r->style == YAML_DOUBLE_QUOTED_SCALAR_STYLE);

	return is_quoted && r->from > 0 && r->from <= s->len ? r->from - 1 : r->from;
}

int
yaml_second_next(struct yaml_second *s, yaml_event_t *e)
{
	yaml_char_t *strings[YAML_STRINGS] = { 0 };
	struct yaml_record r;
	size_t from = s->at + sizeof(r);
	int i;

	if (!record_at(s, &s->at, &r))
		return 0;
	for (i = 0; i < YAML_STRINGS; i++)
		if (r.len[i] != YAML_NONE) {
			strings[i] = (yaml_char_t *)arena_dup(s->arena, s->got.p + from, r.len[i]);
			from += r.len[i];
		}
	*e = (yaml_event_t){ .type = r.type, .start_mark = mark(s, begin(s, &r)) };
	e->end_mark = r.end != YAML_NONE && r.end >= r.from ? mark(s, r.end) : e->start_mark;
	if (e->type == YAML_ALIAS_EVENT)
		e->data.alias.anchor = strings[YAML_ANCHOR];
	else if (e->type == YAML_MAPPING_START_EVENT)
		e->data.mapping_start.anchor = strings[YAML_ANCHOR];
	else if (e->type == YAML_SEQUENCE_START_EVENT)
		e->data.sequence_start.anchor = strings[YAML_ANCHOR];
	else if (e->type == YAML_SCALAR_EVENT) {
		e->data.scalar.anchor = strings[YAML_ANCHOR];
		e->data.scalar.tag = strings[YAML_TAG];
		e->data.scalar.style = (yaml_scalar_style_t)r.style;
		e->data.scalar.value = strings[YAML_VALUE];
		e->data.scalar.length = r.len[YAML_VALUE];
	}
	return 1;
}

void
yaml_second_free(struct yaml_second *s)
{
	str_free(&s->got);
	s->got = (struct str){ 0 };
}
