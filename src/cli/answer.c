/*
 * answer.c - what a line is answered with: an object on one line.
 *
 *	{"path":…, members passed through, "file":…, "output":…, "diagnostics":[…], "status":0}
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"

static const char *const own_names[] = { "file", "output", "encoding", "diagnostics", "status", "line" };

static void
empty(struct rp_sink *s)
{
	s->buf.len = 0;
}

void
answer_begin(struct answer *a, struct cli *cli, size_t line)
{
	a->cli = cli;
	a->line = line;
	a->doc = doc_new(cli->run, "standard input");
	a->job = (struct rp_job){ .doc = a->doc, .run = cli->run };
	empty(&a->out);
	empty(&a->told);
	a->json = rp_json_open(&a->job, &a->out, 0);
	a->messages = rp_json_open(&a->job, &a->told, 0);
	rp_json_object(a->json);
	rp_json_array(a->messages);
}

/* ---- Members passed through ---- */

/* The shortest spelling that has the same value. */
static void
put_real(struct rp_json *j, double d)
{
	char buf[32];
	int digits = 15;

	do
		snprintf(buf, sizeof(buf), "%.*g", digits, d);
	while (fabs(strtod(buf, NULL) - d) > 0 && ++digits <= 17);
	rp_json_number(j, buf);
}

/* As deep as the parser lets values be nested. */
static void
put_value(struct rp_json *j, json_t *v)
{
	const char *key;
	json_t *member;
	size_t i;

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		rp_json_object(j);
		json_object_foreach(v, key, member) {
			rp_json_key(j, key);
			put_value(j, member);
		}
		rp_json_end(j);
		break;
	case JSON_ARRAY:
		rp_json_array(j);
		json_array_foreach(v, i, member)
			put_value(j, member);
		rp_json_end(j);
		break;
	case JSON_STRING: rp_json_string(j, json_string_value(v)); break;
	case JSON_INTEGER: rp_json_int(j, json_integer_value(v)); break;
	case JSON_REAL: put_real(j, json_real_value(v)); break;
	case JSON_TRUE: rp_json_bool(j, 1); break;
	case JSON_FALSE: rp_json_bool(j, 0); break;
	case JSON_NULL: rp_json_null(j); break;
	}
}

void
answer_pass(struct answer *a, json_t *object)
{
	const char *key;
	json_t *member;
	size_t i;

	json_object_foreach(object, key, member) {
		for (i = 0; i < LEN(own_names) && strcmp(key, own_names[i]) != 0; i++)
			;
		if (i < LEN(own_names) || strcmp(key, "text") == 0)
			continue;
		rp_json_key(a->json, key);
		put_value(a->json, member);
	}
}

const char *
answer_clash(json_t *object)
{
	size_t i;

	for (i = 0; i < LEN(own_names); i++)
		if (json_object_get(object, own_names[i]) != NULL)
			return own_names[i];
	return NULL;
}

/* ---- What the run gave ---- */

/* JSON can hold it as a string: UTF-8 without a NUL. */
static int
is_text(const char *s, size_t len)
{
	const char *end = s + len, *at;

	if (memchr(s, '\0', len) != NULL)
		return 0;
	while (s < end) {
		at = s;
		if (rp_utf8_next(&s) == 0xfffd && s - at == 1)
			return 0;
	}
	return 1;
}

int
answer_output(const char *path, const char *bytes, size_t len, void *arg)
{
	struct answer *a = arg;
	int text = is_text(bytes, len);

	rp_json_member(a->json, "file", strncmp(path, "./", 2) == 0 ? path + 2 : path);
	if (!text) {
		empty(&a->coded);
		rp_put_base64(&a->coded, bytes, len);
		bytes = rp_sink_bytes(&a->coded, &len);
		rp_json_member(a->json, "encoding", "base64");
	}
	rp_json_member(a->json, "output", bytes);
	return 0;
}

static void
put_message(struct answer *a, const struct rp_message *m)
{
	static const char *const words[] = { "note", "warning", "error" };

	rp_json_object(a->messages);
	if (m->line > 0) {
		rp_json_key(a->messages, "line");
		rp_json_int(a->messages, m->line);
		rp_json_key(a->messages, "column");
		rp_json_int(a->messages, m->col);
	}
	rp_json_member(a->messages, "severity", words[m->severity]);
	rp_json_member(a->messages, "code", m->code);
	rp_json_member(a->messages, "text", m->text);
	rp_json_end(a->messages);
}

void
answer_message(const struct rp_message *m, void *arg)
{
	struct answer *a = arg;

	if (a->cli->quiet && m->severity != RP_ERROR)
		return;
	put_message(a, m);
	if (a->cli->verbose)
		show_message(m, a->cli);
}

void
answer_fault(struct answer *a, size_t col, const char *why)
{
	struct rp_message m = { .severity = RP_ERROR, .code = "input-line", .text = why };

	rp_json_key(a->json, "line");
	rp_json_int(a->json, (long long)a->line);
	put_message(a, &m);
	m.path = "standard input";
	m.line = (uint32_t)a->line;
	m.col = col > 0 ? (uint32_t)col : 1;
	show_message(&m, a->cli);
}

int
answer_end(struct answer *a, int status)
{
	const char *bytes;
	size_t len;
	int rc = -1;

	rp_json_end(a->messages);
	bytes = rp_sink_bytes(&a->told, &len);
	rp_json_key(a->json, "diagnostics");
	rp_json_value(a->json, bytes, len);
	rp_json_key(a->json, "status");
	rp_json_int(a->json, status);
	rp_json_end(a->json);
	if (rp_json_close(a->messages) == 0 && rp_json_close(a->json) == 0) {
		rp_put(&a->out, "\n", 1);
		bytes = rp_sink_bytes(&a->out, &len);
		/* Whoever reads may wait for this line before writing the next one. */
		if (fwrite(bytes, 1, len, stdout) == len && fflush(stdout) == 0)
			rc = 0;
	}
	doc_free(a->doc);
	a->doc = NULL;
	return rc;
}

void
answer_free(struct answer *a)
{
	str_free(&a->out.buf);
	str_free(&a->told.buf);
	str_free(&a->coded.buf);
}
