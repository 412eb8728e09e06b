/* The JSON emitter: what it writes, and what it refuses to. */
#include "unit.h"

static void
begin(struct fixture *f, int indent)
{
	fixture_begin(f);
	f->j = rp_json_open(&f->job.pub, &f->sink, indent);
}

/* Closes the emitter; its bytes must be these, or it must fail and say so once. */
static void
ends_as(struct fixture *f, const char *expected)
{
	size_t len;

	assert_int_equal(rp_json_close(f->j), expected != NULL ? 0 : -1);
	if (expected != NULL) {
		const char *bytes = rp_sink_bytes(&f->sink, &len);

		assert_int_equal(len, strlen(expected));
		assert_memory_equal(bytes, expected, len);
	}
	fixture_end(f, expected != NULL ? "" : "emitter@0:0");
}

static void
values(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 0);
	rp_json_object(f.j);
	rp_json_member(f.j, "left out", NULL);
	rp_json_member(f.j, "a\"b", "x");
	rp_json_key(f.j, "n");
	rp_json_string(f.j, NULL);
	rp_json_key(f.j, "l");
	rp_json_array(f.j);
	rp_json_int(f.j, -9223372036854775807LL - 1);
	rp_json_bool(f.j, 7);
	rp_json_bool(f.j, 0);
	rp_json_object(f.j);
	rp_json_end(f.j);
	rp_json_end(f.j);
	rp_json_end(f.j);
	ends_as(&f, "{\"a\\\"b\":\"x\",\"n\":null,\"l\":[-9223372036854775808,true,false,{}]}");
}

static void
strings(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "\"\"" },
		{ "a\\b\"c/", "\"a\\\\b\\\"c/\"" },
		{ "\b\f\n\r\t\x01\x1f\x7f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"" },
		{ "r\xc3\xb6\xe6\xbc\xa2\xf0\x9f\x98\x80", "\"r\xc3\xb6\xe6\xbc\xa2\xf0\x9f\x98\x80\"" },
		{ "a\xe2\x80\xa8" "b\xe2\x80\xa9", "\"a\\u2028b\\u2029\"" },
		{ "\xef\xbf\xbd", "\"\xef\xbf\xbd\"" },		/* a real U+FFFD */
		{ "x\xff\xc3y", "\"x\\ufffd\\ufffdy\"" },
		{ "\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"" },	/* a surrogate */
		{ "\xc0\xaf", "\"\\ufffd\\ufffd\"" },		/* longer than need be */
	};
	struct fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		begin(&f, 0);
		rp_json_string(f.j, cases[i].in);
		ends_as(&f, cases[i].out);
	}
}

static void
numbers(void **state)
{
	static const char *const good[] = { "0", "-0", "12", "1.10", "1e5", "-1.5E+07", "0.0", "1E-2" };
	static const char *const bad[] = { "", "-", "0123", "+1", "1.", ".5", "0x1F", ".inf", "1e",
	    "1e+", "1_000", "NaN", "1 ", "--1", "01.5" };
	struct fixture f;
	char quoted[32];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(good); i++) {
		begin(&f, 0);
		rp_json_number(f.j, good[i]);
		ends_as(&f, good[i]);
	}
	for (i = 0; i < LEN(bad); i++) {
		snprintf(quoted, sizeof(quoted), "\"%s\"", bad[i]);
		begin(&f, 0);
		rp_json_number(f.j, bad[i]);
		ends_as(&f, quoted);
	}
}

static void
layout(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, 2);
	rp_json_object(f.j);
	rp_json_key(f.j, "a");
	rp_json_array(f.j);
	rp_json_value(f.j, "{\n  \"x\": 1\n}", 12);
	rp_json_int(f.j, 2);
	rp_json_end(f.j);
	rp_json_key(f.j, "b");
	rp_json_array(f.j);
	rp_json_end(f.j);
	rp_json_end(f.j);
	ends_as(&f, "{\n  \"a\": [\n    {\n      \"x\": 1\n    },\n    2\n  ],\n  \"b\": []\n}");

	/* Parts are lines of their own, else there is no white space. */
	begin(&f, 0);
	rp_json_object(f.j);
	rp_json_key(f.j, "a");
	rp_json_array(f.j);
	rp_json_value(f.j, "{}", 2);
	rp_json_value(f.j, "{}", 2);
	rp_json_end(f.j);
	rp_json_end(f.j);
	ends_as(&f, "{\"a\":[\n{},\n{}\n]}");
}

static void
deep(void **state)
{
	struct fixture f;
	size_t len;
	int i;

	(void)state;
	begin(&f, 0);
	for (i = 0; i < 10000; i++)
		rp_json_array(f.j);
	for (i = 0; i < 10000; i++)
		rp_json_end(f.j);
	rp_sink_bytes(&f.sink, &len);
	assert_int_equal(len, 20000);
	assert_int_equal(rp_json_close(f.j), 0);
	fixture_end(&f, "");
}

static void value_without_key(struct rp_json *j) { rp_json_object(j); rp_json_int(j, 1); rp_json_end(j); }
static void key_in_array(struct rp_json *j) { rp_json_array(j); rp_json_key(j, "k"); rp_json_end(j); }
static void key_alone(struct rp_json *j) { rp_json_key(j, "k"); }
static void key_key(struct rp_json *j) { rp_json_object(j); rp_json_key(j, "a"); rp_json_key(j, "b"); }
static void key_end(struct rp_json *j) { rp_json_object(j); rp_json_key(j, "a"); rp_json_end(j); }
static void end_alone(struct rp_json *j) { rp_json_end(j); }
static void end_too_many(struct rp_json *j) { rp_json_array(j); rp_json_end(j); rp_json_end(j); }
static void open_left(struct rp_json *j) { rp_json_array(j); }
static void nothing(struct rp_json *j) { (void)j; }
static void two(struct rp_json *j) { rp_json_int(j, 1); rp_json_int(j, 2); }

static void
misuse(void **state)
{
	static void (*const cases[])(struct rp_json *) = { value_without_key, key_in_array, key_alone,
	    key_key, key_end, end_alone, end_too_many, open_left, nothing, two };
	struct fixture f;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(cases); i++) {
		begin(&f, 0);
		cases[i](f.j);
		ends_as(&f, NULL);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(values),
	cmocka_unit_test(strings),
	cmocka_unit_test(numbers),
	cmocka_unit_test(layout),
	cmocka_unit_test(deep),
	cmocka_unit_test(misuse),
};

UNIT_MAIN(tests)
