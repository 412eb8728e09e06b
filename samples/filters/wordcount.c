/*
 * wordcount - a transform from outside: says how many words a document has.
 *
 *	cc -shared -fPIC wordcount.c $(pkg-config --cflags rolepress) -o wordcount.so
 *	rolepress check roles/ -f ./wordcount.so
 */
#include <string.h>

#include <rolepress/plugin.h>

struct wordcount {
	long	least;		/* option */
};

static long
words_in(const char *s)
{
	long n = 0;

	while (*(s += strspn(s, " \t\n")) != '\0') {
		n++;
		s += strcspn(s, " \t\n");
	}
	return n;
}

static int
run(struct rp_job *job, void *state)
{
	const struct wordcount *st = state;
	struct rp_walk w = rp_walk(job->root);
	long n = 0;

	while (rp_walk_next(&w)) {
		if (rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
			rp_walk_skip(&w);
		else if (w.event == RP_ENTER && rp_kind(w.node) == RP_TEXT)
			n += words_in(rp_text(w.node));
	}
	if (n < st->least)
		rp_say(job, RP_WARNING, NULL, "%ld words; at least %ld are wanted", n, st->least);
	else
		rp_say(job, RP_NOTE, NULL, "%ld words", n);
	return 0;
}

static const struct rp_option options[] = {
	{ "least", RP_INT, offsetof(struct wordcount, least), "0", "0..", "warn below this many words" },
	{ 0 }
};

RP_FILTER(wordcount) = {
	RP_HEAD("wordcount"),
	.summary = "say how many words a document has",
	.role = RP_TRANSFORM,
	.state_size = sizeof(struct wordcount),
	.options = options,
	.run = run,
};
