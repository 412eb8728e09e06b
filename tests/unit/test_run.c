/* A run as programs use it: texts in, outputs in memory, and once more with others. */
#include "unit.h"

/* Paths and bytes that were handed over, and how far the run was said to be. */
struct taken {
	char	text[4096];
	int	refuse;
	size_t	read, written, bound;
};

static int
take(const char *path, const char *bytes, size_t len, void *arg)
{
	struct taken *t = arg;
	size_t n = strlen(t->text);

	snprintf(t->text + n, sizeof(t->text) - n, "%s: %.*s", path, (int)len, bytes);
	return t->refuse ? -1 : 0;
}

static void
count(enum rp_step step, size_t done, size_t total, void *arg)
{
	struct taken *t = arg;

	assert_true(done <= total);
	if (step == RP_STEP_BIND)
		t->bound++;
	else if (step == RP_STEP_READ)
		assert_int_equal(done, ++t->read);
	else
		assert_int_equal(done, ++t->written);
}

static struct rp_run *
run_to(struct taken *t, struct codes *codes, const char *format, const char *out)
{
	struct rp_run *run = rp_run_new();

	memset(t, 0, sizeof(*t));
	memset(codes, 0, sizeof(*codes));
	rp_run_listen(run, note_code, codes);
	rp_run_on_output(run, take, t);
	rp_run_on_progress(run, count, t);
	assert_int_equal(rp_run_output(run, format, out), 0);
	return run;
}

static void
input(struct rp_run *run, const char *name, const char *text)
{
	assert_int_equal(rp_run_input_text(run, name, text, strlen(text)), 0);
}

static void
in_memory(void **state)
{
	struct taken t;
	struct codes c;
	struct rp_run *run = run_to(&t, &c, "html=fragment", "pages/");

	(void)state;
	input(run, "a.md", "[b](b.md)\n");
	input(run, "b.md", "B\n");
	assert_int_equal(rp_run_execute(run), 0);
	assert_string_equal(t.text, "pages/a.html: <p><a href=\"b.md\">b</a></p>\npages/b.html: <p>B</p>\n");
	assert_int_equal(t.read, 2);
	assert_int_equal(t.written, 2);
	assert_int_equal(t.bound, 1);
	rp_run_free(run);
}

static void
refused(void **state)
{
	struct taken t;
	struct codes c;
	struct rp_run *run = run_to(&t, &c, "json=lines", "all.jsonl");

	(void)state;
	t.refuse = 1;
	input(run, "a.md", "# A\n");
	assert_int_equal(rp_run_execute(run), 1);
	assert_non_null(strstr(c.text, "write-failed@0:0"));
	rp_run_free(run);
}

/* What was said of the first inputs, and what they were, is forgotten; filters are not. */
static void
once_more(void **state)
{
	struct taken t;
	struct codes c;
	struct rp_run *run = run_to(&t, &c, "html=fragment", "./");
	size_t failed;
	int i;

	(void)state;
	assert_int_equal(rp_run_execute(run), 1);	/* nothing to read */
	assert_int_equal(rp_run_filter(run, "links=base=https\\://example.org"), 0);
	assert_int_equal(rp_run_warn(run, "error"), 0);
	for (i = 0; i < 3; i++) {
		rp_run_clear(run);
		t.text[0] = c.text[0] = '\0';
		input(run, "a.md", i == 1 ? "---\na: b: c\n---\n" : "---\ntitle: A\nlang: en\n---\n\n[x](/x)\n");
		assert_int_equal(rp_run_execute(run), i == 1);
		assert_int_equal(rp_run_documents(run, &failed), i != 1);
		assert_int_equal(failed, i == 1);
		assert_string_equal(c.text, i == 1 ? "yaml-syntax@2:5" : "");
		assert_string_equal(t.text, i == 1 ? "" : "./a.html: <p><a href=\"https://example.org/x\">x</a></p>\n");
		assert_int_equal(rp_run_execute(run), 2);	/* not without rp_run_clear() */
		t.read = t.written = 0;
	}
	rp_run_clear(run);
	assert_int_equal(rp_run_inputs(run), 0);
	assert_null(rp_run_document(run, 0));
	rp_run_free(run);
}

/* Workers could not hand anything over: the run does all itself. */
static void
no_workers(void **state)
{
	char name[16];
	struct taken t;
	struct codes c;
	struct rp_run *run = run_to(&t, &c, "html=fragment", "./");
	int i;

	(void)state;
	rp_run_jobs(run, 4);
	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "%d.md", i);
		input(run, name, "x\n");
	}
	assert_int_equal(rp_run_execute(run), 0);
	assert_non_null(strstr(t.text, "./39.html: <p>x</p>\n"));
	rp_run_free(run);
}

/* A link that leads nowhere is a warning, of the second stage. */
static int
execute_quietly(struct codes *c, int fails)
{
	struct taken t;
	struct rp_run *run = run_to(&t, c, "html=fragment", "./");
	int status;

	rp_run_least(run, RP_ERROR);
	if (fails)
		rp_run_warn(run, "error");
	input(run, "a.md", "[x](gone.md)\n");
	status = rp_run_execute(run);
	rp_run_free(run);
	return status;
}

/* Warnings that nobody wants to hear of are dropped, unless they count. */
static void
quietly(void **state)
{
	struct codes c;

	(void)state;
	assert_int_equal(execute_quietly(&c, 0), 0);
	assert_null(strstr(c.text, "dangling-link"));
	assert_int_equal(execute_quietly(&c, 1), 1);
	assert_non_null(strstr(c.text, "dangling-link@1:1"));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(in_memory), cmocka_unit_test(refused), cmocka_unit_test(once_more),
	cmocka_unit_test(no_workers), cmocka_unit_test(quietly),
};

UNIT_MAIN(tests)
