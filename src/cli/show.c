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

static void
show_source(const struct rp_message *m)
{
	const char *p = m->source, *end = p + m->source_len;
	uint32_t col;

	if (m->source == NULL || m->col == 0 || m->source_len > WIDEST)
		return;
	fprintf(stderr, "  %.*s\n  ", (int)m->source_len, m->source);
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
put_json_string(const char *s)
{
	fputc('"', stderr);
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			fprintf(stderr, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			fprintf(stderr, "\\u%04x", (unsigned)(unsigned char)*s);
		else
			fputc(*s, stderr);
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

void
show_message(const struct rp_message *m, void *arg)
{
	struct cli *cli = arg;

	if (cli->quiet && m->severity != RP_ERROR)
		return;
	progress_erase(&cli->progress);
	if (cli->json) {
		show_json(m);
		return;
	}
	if (m->path == NULL)
		fputs("rolepress: ", stderr);
	else if (m->line == 0)
		fprintf(stderr, "%s: ", m->path);
	else
		fprintf(stderr, "%s:%u:%u: ", m->path, (unsigned)m->line, (unsigned)m->col);
	fprintf(stderr, "%s: %s [%s]\n", words[m->severity], m->text, m->code);
	if (cli->verbose || isatty(STDERR_FILENO))
		show_source(m);
}
