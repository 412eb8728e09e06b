/*
 * stream.c - rolepress stream: a JSON object a line on standard input, one a line
 * on standard output, so that whatever spreads lines over machines can spread a
 * conversion.  Each document is a run of its own, with the filters and the format
 * of the first one.
 */
#include <errno.h>
#ifdef __GLIBC__
# include <malloc.h>
#endif
#include <string.h>

#include "stream.h"

/* What the line says is wrong with it, or NULL. */
static const char *
fault(json_t *object, struct rp_doc *doc)
{
	const json_t *path = json_object_get(object, "path");
	const char *clash;

	if (!json_is_object(object))
		return "not a JSON object, such as {\"path\": \"ciso.md\", \"text\": \"...\"}";
	if (json_string_length(path) == 0)
		return "the object has no \"path\" that is a string with something in it; documents are named by it";
	if (!json_is_string(json_object_get(object, "text")))
		return "the object has no \"text\" that is a string";
	clash = answer_clash(object);
	if (clash == NULL)
		return NULL;
	return rp_join(doc, "the answer has a member \"", clash, "\" of its own; give yours another name", NULL);
}

static int
convert(struct cli *cli, json_t *object)
{
	const json_t *text = json_object_get(object, "text");
	const char *path = json_string_value(json_object_get(object, "path"));

	rp_run_clear(cli->run);
	if (rp_run_input_text(cli->run, path, json_string_value(text), json_string_length(text)) == -1)
		return 1;
	return rp_run_execute(cli->run);
}

/* The status of the line, and what failed on the way out in *written. */
static int
answer_line(struct cli *cli, struct answer *a, const char *line, size_t len)
{
	json_error_t e;
	json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	const char *why = object != NULL ? fault(object, a->doc) : e.text;
	int status = 1;

	if (json_is_object(object))
		answer_pass(a, object);
	if (why != NULL)
		answer_fault(a, object != NULL ? 0 : (size_t)e.column, why);
	else
		status = convert(cli, object) == 0 ? 0 : 1;
	json_decref(object);
	return status;
}

/* A byte order mark, which some programs begin a file with. */
static void
skip_mark(const struct lines *l, const char **line, size_t *len)
{
	if (l->number > 1 || *len < 3 || memcmp(*line, "\xEF\xBB\xBF", 3) != 0)
		return;
	*line += 3;
	*len -= 3;
}

static int
answer_all(struct cli *cli, struct lines *l, struct answer *a)
{
	const char *line;
	size_t len;
	int status = 0, failed;
	enum line what;

	while ((what = line_next(l, &line, &len)) == LINE || what == LINE_TOO_LONG) {
		skip_mark(l, &line, &len);
		answer_begin(a, cli, l->number);
		failed = 1;
		if (what == LINE_TOO_LONG)
			answer_fault(a, 0, "longer than --line-limit allows; passed over");
		else
			failed = answer_line(cli, a, line, len);
		if (answer_end(a, failed) == -1) {
			fprintf(stderr, "rolepress: standard output: error: cannot write: %s [write-failed]\n", strerror(errno));
			return 1;
		}
		status |= failed;
	}
	if (what == LINE_END)
		return status;
	fprintf(stderr, "rolepress: standard input: error: cannot read: %s [file-unreadable]\n", strerror(errno));
	return 1;
}

/* Memory that one document has used is there for the next: giving it back to the
 * system after each takes half of the time where an EPUB is made. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
	enum { KEPT = 32 << 20 };

	mallopt(M_MMAP_THRESHOLD, KEPT);
	mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
}

int
stream(struct cli *cli, char **argv)
{
	struct lines l = { .fd = 0, .longest = cli->line_limit };
	struct answer a = { 0 };
	int status;

	if (*argv != NULL || cli->out != NULL) {
		show_hint("stream reads standard input and writes standard output: leave out",
		    *argv != NULL ? *argv : "-o");
		return EXIT_USAGE;
	}
	if (cli->to == NULL) {
		show_hint("name a format (-t epub, docbook, json, man, html ...)", NULL);
		return EXIT_USAGE;
	}
	keep_memory();
	rp_run_on_written(cli->run, NULL, NULL);
	rp_run_on_output(cli->run, answer_output, &a);
	rp_run_jobs(cli->run, 1);
	/* A run without documents shows whether filters and format fit. */
	if (rp_run_output(cli->run, cli->to, "./") == -1 || rp_run_execute(cli->run) == EXIT_USAGE)
		return EXIT_USAGE;
	rp_run_listen(cli->run, answer_message, &a);
	status = answer_all(cli, &l, &a);
	answer_free(&a);
	lines_free(&l);
	return status;
}
