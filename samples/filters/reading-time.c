/*
 * reading-time - a transform that says at a document's beginning how long it takes to read:
 * words are counted, and the characters of Chinese and Japanese, which has no spaces.
 *
 *	rolepress roles/ -o roles.epub -f ./reading-time.so
 *	rolepress ciso.ja.md -t html -f './reading-time.so=label=読了時間:unit=分'
 */
#include <stdio.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

struct reading_time {
	long		 words, characters;	/* options: a minute's worth of each */
	const char	*label, *unit;
};

struct count {
	long	words, characters;
};

static void
count(struct count *n, const char *s)
{
	int in_word = 0;
	uint32_t c;

	while ((c = rp_utf8_next(&s)) != 0) {
		if (rp_is_cjk(c)) {
			n->characters += rp_is_letter(c) || rp_is_number(c);
			in_word = 0;
		} else if (rp_is_letter(c) || rp_is_number(c)) {
			n->words += !in_word;
			in_word = 1;
		} else if (rp_is_space(c)) {
			in_word = 0;
		}
	}
}

/* The first node of the body: what comes after front matter, title and subtitle. */
static struct rp_node *
body(struct rp_node *root)
{
	struct rp_node *n = rp_first(root);

	while (n != NULL && (rp_kind_class(rp_kind(n)) == RP_CLASS_META || rp_kind(n) == RP_TITLE ||
	    rp_kind(n) == RP_SUBTITLE))
		n = rp_next(n);
	return n;
}

static int
run(struct rp_job *job, void *state)
{
	const struct reading_time *st = state;
	struct count n = { 0, 0 };
	struct rp_node *at, *paragraph = rp_new(job->doc, RP_PARAGRAPH);
	char minutes[32];
	double least;

	for (at = body(job->root); at != NULL; at = rp_next(at))
		count(&n, rp_plain_text(job->doc, at));
	least = (double)n.words / (double)st->words + (double)n.characters / (double)st->characters;
	snprintf(minutes, sizeof(minutes), "%ld", least > 1 ? (long)(least + 0.5) : 1);
	rp_append(paragraph, rp_new_text(job->doc, rp_join(job->doc, st->label, ": ", minutes, " ", st->unit, NULL)));
	rp_add_class(job->doc, paragraph, "reading-time");
	if ((at = body(job->root)) != NULL)
		rp_insert_before(at, paragraph);
	else
		rp_append(job->root, paragraph);
	return 0;
}

static const struct rp_option options[] = {
	{ "words", RP_INT, offsetof(struct reading_time, words), "220", "1..", "words a minute" },
	{ "characters", RP_INT, offsetof(struct reading_time, characters), "500", "1..",
	    "characters of Chinese or Japanese a minute" },
	{ "label", RP_STRING, offsetof(struct reading_time, label), "Reading time", "TEXT", "what stands before the number" },
	{ "unit", RP_STRING, offsetof(struct reading_time, unit), "min", "TEXT", "what stands after it" },
	{ 0 }
};

RP_FILTER(reading_time) = {
	RP_HEAD("reading-time"),
	.summary = "say how long a document takes to read",
	.role = RP_TRANSFORM,
	.state_size = sizeof(struct reading_time),
	.options = options,
	.run = run,
};
