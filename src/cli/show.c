/*
 * show.c - diagnostics to standard error: file:line:col: warning: text [code],
 * with the source line and a caret on a terminal; or a JSON object a line.
 */
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char *const words[] = { "note", "warning", "error" };

/* Longer lines are not shown: the caret would stand nowhere near. */
enum { WIDEST = 160 };

/* What can be shown as it is: UTF-8 that moves no cursor.  Names of files may be anything. */
static int
is_harmless(const char *p, const char *next, uint32_t cp)
{
	if (cp == 0xFFFD && next - p == 1)
		return 0;	/* no UTF-8 */
	return cp >= 0x20 && (cp < 0x7F || cp > 0x9F);
}

/* The rest is shown as \xE9. */
static void
put_text(const char *p, const char *end)
{
	while (p < end) {
		const char *next = p;
		uint32_t cp = rp_utf8_next(&next);

		if (is_harmless(p, next, cp) || cp == '\t')
			fprintf(stderr, "%.*s", (int)(next - p), p);
		else
			for (; p < next; p++)
				fprintf(stderr, "\\x%02X", (unsigned)(unsigned char)*p);
		p = next;
	}
}

static void
show_source(const struct rp_message *m)
{
	const char *p = m->source, *end = p + m->source_len;
	uint32_t col;

	if (m->source == NULL || m->col == 0 || m->source_len > WIDEST)
		return;
	fputs("  ", stderr);
	put_text(p, end);
	fputs("\n  ", stderr);
	for (col = 1; col < m->col && p < end; col++) {
		uint32_t c = rp_utf8_next(&p);
		int w = rp_columns(c);

		if (c == '\t')
			fputc('\t', stderr);
		else
			fprintf(stderr, "%*s", w, "");
	}
	fputs("^\n", stderr);
}

static void
put_json_string(const char *p)
{
	fputc('"', stderr);
	while (*p != '\0') {
		const char *next = p;
		uint32_t cp = rp_utf8_next(&next);

		if (*p == '"' || *p == '\\')
			fprintf(stderr, "\\%c", *p);
		else if (cp == 0xFFFD && next - p == 1)
			fprintf(stderr, "\\\\x%02X", (unsigned)(unsigned char)*p);
		else if (!is_harmless(p, next, cp))
			fprintf(stderr, "\\u%04x", (unsigned)cp);
		else
			fprintf(stderr, "%.*s", (int)(next - p), p);
		p = next;
	}
	fputc('"', stderr);
}

static void
show_json(const struct rp_message *m)
{
	fputc('{', stderr);
	if (m->path != NULL) {
		fputs("\"file\":", stderr);
		put_json_string(m->path);
		fputc(',', stderr);
	}
	if (m->line > 0)
		fprintf(stderr, "\"line\":%u,\"column\":%u,", (unsigned)m->line, (unsigned)m->col);
	fprintf(stderr, "\"severity\":\"%s\",\"code\":\"%s\",\"text\":", words[m->severity], m->code);
	put_json_string(m->text);
	fputs("}\n", stderr);
}

/* With -q, of the warnings that fail the run the first one is shown. */
static int
is_hushed(struct cli *cli, const struct rp_message *m)
{
	if (!cli->quiet || m->severity == RP_ERROR)
		return 0;
	return m->severity != RP_WARNING || cli->warnings++ > 0 || !cli->strict;
}

void
show_verdict(const struct cli *cli)
{
	if (cli->quiet && cli->strict && cli->warnings > 1 && !cli->json)
		fprintf(stderr, "rolepress: %zu warnings fail the run (-W error); with -q the first one is shown\n",
		    cli->warnings);
}

int
shows_sources(const struct cli *cli)
{
	return !cli->json && (cli->verbose || isatty(STDERR_FILENO));
}

void
show_message(const struct rp_message *m, void *arg)
{
	struct cli *cli = arg;

	if (is_hushed(cli, m))
		return;
	progress_erase(&cli->progress);
	if (cli->json) {
		show_json(m);
		return;
	}
	if (m->path == NULL) {
		fputs("rolepress: ", stderr);
	} else {
		put_text(m->path, m->path + strlen(m->path));
		if (m->line > 0)
			fprintf(stderr, ":%u:%u", (unsigned)m->line, (unsigned)m->col);
		fputs(": ", stderr);
	}
	fprintf(stderr, "%s: ", words[m->severity]);
	put_text(m->text, m->text + strlen(m->text));
	fprintf(stderr, " [%s]\n", m->code);
	if (shows_sources(cli))
		show_source(m);
}
