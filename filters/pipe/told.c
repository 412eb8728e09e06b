/*
 * told.c - what a program says on standard error, as diagnostics of the document.
 * A line as compilers write it has a place and a severity:
 *
 *	12:3: warning: this is so       12:3 is a position as the tree has it
 *	error: this cannot be           the document is left out
 *	anything else                   a note
 */
#include <string.h>

#include <rolepress/text.h>

#include "pipe.h"

enum { MOST_LINES = 200 };	/* of one document; the rest is counted */

/* A number up to a colon, which *s is moved past; 0 if there is none. */
static uint32_t
number(const char **s)
{
	const char *p = *s;
	uint32_t n = 0;

	while (*p >= '0' && *p <= '9' && n < 100000000)
		n = n * 10 + (uint32_t)(*p++ - '0');
	if (p == *s || *p != ':')
		return 0;
	*s = p + 1;
	return n;
}

static struct rp_pos
position(const char **s)
{
	struct rp_pos pos = { 0 };
	const char *p = *s;

	if ((pos.line = number(&p)) == 0 || (pos.col = number(&p)) == 0 || *p != ' ')
		return (struct rp_pos){ 0 };
	*s = p + 1;
	return pos;
}

static enum rp_severity
severity(const char **s)
{
	static const char *const words[] = { "note: ", "warning: ", "error: " };
	int i;

	for (i = RP_NOTE; i <= RP_ERROR; i++) {
		if (strncmp(*s, words[i], strlen(words[i])) != 0)
			continue;
		*s += strlen(words[i]);
		return (enum rp_severity)i;
	}
	return RP_NOTE;
}

static void
say(struct told *t, const char *line)
{
	struct rp_pos pos = position(&line);
	enum rp_severity how = severity(&line);
	struct rp_node *at = rp_new(t->job->doc, RP_TEXT);

	rp_set_pos(at, pos);
	rp_say(t->job, how, at, "%s", line);
}

/* A line of text: no control characters, which a terminal might obey, and UTF-8. */
static void
tidy(char *out, size_t size, const char *line)
{
	char *end = out + size - 5;
	uint32_t cp;

	while ((cp = rp_utf8_next(&line)) != 0 && out < end)
		out += rp_utf8_put(out, cp == '\t' ? ' ' : cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ? 0xfffd : cp);
	*out = '\0';
}

static void
line(struct told *t)
{
	char *last = t->last[t->count % TOLD_LAST];

	if (t->len > 0 && t->line[t->len - 1] == '\r')
		t->len--;
	memcpy(t->line + t->len, t->cut ? "\xE2\x80\xA6" : "", t->cut ? 4 : 1);
	t->len = 0;
	t->cut = 0;
	if (t->line[strspn(t->line, " \t")] == '\0')
		return;
	tidy(last, sizeof(t->last[0]), t->line);
	if (t->count++ < MOST_LINES)
		say(t, last);
}

void
told_bytes(struct told *t, const char *bytes, size_t len)
{
	for (; len > 0; len--, bytes++) {
		if (*bytes == '\n')
			line(t);
		else if (t->len < TOLD_LINE)
			t->line[t->len++] = *bytes != '\0' ? *bytes : ' ';
		else
			t->cut = 1;
	}
}

void
told_end(struct told *t)
{
	if (t->len > 0)
		line(t);
	if (t->count > MOST_LINES)
		rp_say(t->job, RP_WARNING, NULL, "said %u lines more than the %d that are shown",
		    t->count - MOST_LINES, (int)MOST_LINES);
}

const char *
told_last(struct told *t)
{
	unsigned n = t->count < TOLD_LAST ? t->count : TOLD_LAST, i;
	const char *s = "";

	for (i = t->count - n; i < t->count; i++)
		s = rp_join(t->job->doc, s, *s != '\0' ? " / " : "", t->last[i % TOLD_LAST], NULL);
	return s;
}
