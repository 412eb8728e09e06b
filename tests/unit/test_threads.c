/*
 * Two threads, two runs at the same time: equal bytes.  `make check` runs this under
 * ThreadSanitizer too, which sees a race even where the bytes come out well.
 */
#include <pthread.h>
#include <stdio.h>

#include "unit.h"

enum { TIMES = 3, FORMATS = 5, THREADS = 2 };

static const char *const formats[FORMATS] = { "epub", "docbook", "json", "html=fragment", "man" };

/* The outputs of one run, one after another with their names. */
static int
take(const char *path, const char *bytes, size_t len, void *arg)
{
	struct str *all = arg;

	str_printf(all, "%s %zu\n", path, len);
	str_add(all, bytes, len);
	return 0;
}

static void
convert(struct str *all)
{
	struct rp_run *run = rp_run_new();
	size_t i;

	rp_run_on_output(run, take, all);
	assert_int_equal(rp_run_input(run, "content/handbook"), 0);
	/* One whose language only libexttextcat knows, and an image to clean. */
	assert_int_equal(rp_run_input_text(run, "x.md", "Ik weet niet wat dat zeggen moet.\n", 34), 0);
	for (i = 0; i < FORMATS; i++)
		assert_int_equal(rp_run_output(run, formats[i], "out/"), 0);
	assert_int_equal(rp_run_execute(run), 0);
	rp_run_free(run);
}

static void *
work(void *arg)
{
	const struct str *expected = arg;
	int i;

	for (i = 0; i < TIMES; i++) {
		struct str all = { 0 };
		int same;

		convert(&all);
		same = all.len == expected->len && memcmp(all.p, expected->p, all.len) == 0;
		str_free(&all);
		if (!same)
			return NULL;
	}
	return arg;
}

static void
two_threads_two_runs(void **unused)
{
	pthread_t threads[THREADS];
	struct str expected = { 0 };
	void *good;
	int i;

	(void)unused;
	for (i = 0; i < THREADS; i++)	/* the first use of everything is in a thread, too */
		assert_int_equal(pthread_create(&threads[i], NULL, work, &expected), 0);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], &good);
	convert(&expected);
	assert_true(expected.len > 100000);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work, &expected), 0);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], &good), 0);
		assert_non_null(good);
	}
	str_free(&expected);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_threads_two_runs),
	};

	/* What tzset(3) keeps, glibc guards by a lock that ThreadSanitizer cannot see, and makes
	 * anew with each call where TZ is not set: mktime(3), of ours and of libzip's, calls it. */
	setenv("TZ", "UTC", 1);
	tzset();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
