/*
 * headings - a paragraph that is one bold phrase, and stands over a text, is a
 * heading.
 *
 * Authors write **Responsibilities** where a heading is meant, and all that works
 * with sections would miss it.  But bold phrases have other uses: a sentence that
 * must not be missed, a title and its subtitle, a label.  So a phrase has to look
 * like a heading and stand like one, and one that only does that needs others of
 * its kind in the document.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum {
	WIDEST = 80,		/* columns of a heading */
	DEEPEST = 6,		/* level */
	MOST_BETWEEN = 8	/* blocks between two parts of one ordered list */
};

struct candidate {
	struct candidate *next;
	struct rp_node	*para;
	struct rp_node	*bold;		/* what its text is in */
	long		 level;		/* of the heading above; 0: there is none */
	int		 sure;		/* needs no others */
};

struct headings {
	long		 words;		/* option: most words of one */
	struct rp_job	*job;
	struct rp_doc	*doc;
};

/* ---- What it is made of ---- */

static int
is_blank(const struct rp_node *n)
{
	return rp_kind(n) == RP_TEXT && rp_text(n)[strspn(rp_text(n), " \t")] == '\0';
}

static int
is_colon(uint32_t c)
{
	return c == ':' || c == 0xFF1A;
}

/* A colon, maybe with a space before it, as in French. */
static int
is_colon_text(const struct rp_node *n)
{
	const char *p = rp_text(n);
	uint32_t c;
	int colons = 0;

	while ((c = rp_utf8_next(&p)) != 0) {
		if (is_colon(c))
			colons++;
		else if (!rp_is_space(c))
			return 0;
	}
	return rp_kind(n) == RP_TEXT && colons == 1;
}

static struct rp_node *
only_child(const struct rp_node *n)
{
	return rp_first(n) != NULL && rp_first(n) == rp_last(n) ? rp_first(n) : NULL;
}

/* The bold node that is all of a paragraph, but for a colon; or NULL. */
static struct rp_node *
bold_of(const struct rp_node *para)
{
	struct rp_node *n = rp_first(para), *bold = n, *inner;

	if (n == NULL)
		return NULL;
	for (n = rp_next(n); n != NULL; n = rp_next(n))
		if (!is_blank(n) && !is_colon_text(n))
			return NULL;
	if (rp_kind(bold) == RP_EMPHASIS && (inner = only_child(bold)) != NULL)
		bold = inner;
	return rp_kind(bold) == RP_STRONG ? bold : NULL;
}

static int
is_of_one_line(struct rp_node *bold)
{
	struct rp_walk w = rp_walk(bold);

	while (rp_walk_next(&w)) {
		switch (rp_kind(w.node)) {
		case RP_SOFT_BREAK:
		case RP_LINE_BREAK:
		case RP_IMAGE:
		case RP_FOOTNOTE_REF:
			return 0;
		default:
			break;
		}
	}
	return 1;
}

/* ---- What it says ---- */

/* A letter of a script that has capitals, but none itself. */
static int
is_lower(uint32_t c)
{
	return rp_is_letter(c) && !rp_is_upper(c) && (c < 0x0590 || (c >= 0x1E00 && c < 0x2000));
}

/* A capital, a number, or a sign that Spanish, Japanese or friends of emoji put before
 * a heading; but no quote and no bracket. */
static int
may_begin(const char *s)
{
	uint32_t c = rp_utf8_next(&s);

	if (!rp_is_punct(c))
		return !is_lower(c);
	return c == '#' || c == 0xBF || c == 0xA1 || (c >= 0x2190 && c <= 0x2BFF) || c == 0x3010 ||
	    c >= 0x1F000;
}

static uint32_t
last_of(const char *s)
{
	uint32_t c, last = 0;

	while ((c = rp_utf8_next(&s)) != 0)
		if (!rp_is_space(c))
			last = c;
	return last;
}

static int
ends_sentence(uint32_t c)
{
	static const uint32_t ends[] = {
		'.', '!', ',', ';', 0x2013, 0x2014, 0x2026,	/* also of other scripts: */
		0x3001, 0x3002, 0xFF01, 0xFF0C, 0x060C, 0x061B, 0x06D4, 0x0964
	};
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (c == ends[i])
			return 1;
	return 0;
}

static long
count_words(const char *s)
{
	long words = 0;
	int in_word = 0;
	uint32_t c;

	while ((c = rp_utf8_next(&s)) != 0) {
		if (rp_is_space(c))
			in_word = 0;
		else if (!in_word && (rp_is_letter(c) || rp_is_number(c)))
			in_word = (int)(words++, 1);
	}
	return words;
}

static int
has_letter(const char *s)
{
	uint32_t c;

	while ((c = rp_utf8_next(&s)) != 0)
		if (rp_is_letter(c))
			return 1;
	return 0;
}

/* Can the label be this when it is folded?  By their first bytes: folding makes one of ASCII
 * lower case, and changes another one of the labels' by a bit at most. */
static int
may_be(const char *label, const char *folded)
{
	unsigned char a = (unsigned char)*label, b = (unsigned char)*folded;

	return a < 0x80 ? (a | 0x20) == b : (a | 1) == (b | 1);
}

/* "Note:", "Exemple :": it begins a remark, in any of the languages. */
static int
is_label(struct rp_doc *doc, const char *text)
{
	static const char *const langs[] = {
		"en", "ar", "da", "de", "es", "fr", "it", "ja", "ko", "nb", "nl", "pt", "ru", "sv",
		"zh"
	};
	static const enum rp_label labels[] = {
		RP_L_NOTE, RP_L_TIP, RP_L_IMPORTANT, RP_L_WARNING, RP_L_CAUTION, RP_L_EXAMPLE
	};
	const char *p = text, *end = text, *folded, *label;
	uint32_t c;
	size_t i, k;

	while ((c = rp_utf8_next(&p)) != 0)
		if (!rp_is_space(c) && !is_colon(c))
			end = p;
	folded = rp_fold(doc, rp_dup(doc, text, (size_t)(end - text)));
	for (i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		for (k = 0; k < sizeof(labels) / sizeof(labels[0]); k++) {
			label = rp_label(labels[k], langs[i]);
			if (may_be(label, folded) && strcmp(folded, rp_fold(doc, label)) == 0)
				return 1;
		}
	return 0;
}

static int
looks_like_heading(struct headings *st, const struct rp_node *para)
{
	const char *text = rp_plain_text(st->doc, para);

	return has_letter(text) && may_begin(text) && !ends_sentence(last_of(text)) &&
	    count_words(text) <= st->words && rp_columns_of(text) <= WIDEST && !is_label(st->doc, text);
}

/* ---- Where it stands ---- */

static int
is_list(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_LIST;
}

static struct rp_node *
next_block(const struct rp_node *n)
{
	struct rp_node *next = rp_next(n);

	while (next != NULL && rp_kind(next) == RP_COMMENT)
		next = rp_next(next);
	return next;
}

static int
is_bold(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_PARAGRAPH && bold_of(n) != NULL;
}

/* In the middle of a numbered list that its author did not indent. */
static int
is_in_list(const struct rp_node *para)
{
	const struct rp_node *n = rp_next(para);
	int i;

	for (i = 0; n != NULL && i < MOST_BETWEEN && rp_kind(n) != RP_HEADING; n = rp_next(n), i++)
		if (is_list(n) && rp_get_int(n, RP_A_ORDERED, 0))
			return rp_get_int(n, RP_A_START, 1) > 1;
	return 0;
}

static int
has_body(const struct rp_node *para)
{
	const struct rp_node *next = next_block(para);

	if (next == NULL || is_bold(next))
		return 0;
	switch (rp_kind(next)) {
	case RP_LIST:
	case RP_PARAGRAPH:
	case RP_TABLE:
	case RP_CODE_BLOCK:
	case RP_DEFINITION_LIST:
		return 1;
	default:
		return 0;
	}
}

/* Over a list, or with a colon, or over a line with a colon that announces a list. */
static int
is_sure(struct rp_doc *doc, const struct rp_node *para)
{
	const struct rp_node *next = next_block(para);

	if (is_list(next))
		return 1;
	if (rp_kind(next) != RP_PARAGRAPH)
		return 0;
	return is_colon(last_of(rp_plain_text(doc, para))) ||
	    (is_list(next_block(next)) && is_colon(last_of(rp_plain_text(doc, next))));
}

/* ---- Candidates ---- */

static struct candidate *
candidate(struct headings *st, struct rp_node *para, long level)
{
	struct rp_node *bold = bold_of(para), *only;
	struct candidate *c;

	if (bold == NULL || rp_has(para, RP_A_CLASS) || level >= DEEPEST ||
	    is_bold(rp_prev(para)) || !has_body(para) || is_in_list(para) ||
	    !is_of_one_line(bold) || !looks_like_heading(st, para))
		return NULL;
	/* A link alone is something to click, unless it has a list of its own. */
	only = only_child(bold);
	if (only != NULL && rp_kind(only) == RP_LINK && !is_list(next_block(para)))
		return NULL;
	c = rp_alloc(st->doc, sizeof(*c));
	c->para = para;
	c->bold = bold;
	c->level = level;
	c->sure = is_sure(st->doc, para);
	return c;
}

static struct candidate *
find(struct headings *st)
{
	struct candidate *all = NULL, **last = &all;
	struct rp_node *n;
	long level = 0;

	for (n = rp_first(st->job->root); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) == RP_HEADING)
			level = rp_get_int(n, RP_A_LEVEL, 1);
		if (rp_kind(n) != RP_PARAGRAPH)
			continue;
		*last = candidate(st, n, level);
		if (*last != NULL)
			last = &(*last)->next;
	}
	return all;
}

/* Leaves out those that would need others of their kind. */
static struct candidate *
settle(struct candidate *all)
{
	struct candidate *c, **at;
	int unsure = 0;

	for (c = all; c != NULL; c = c->next)
		unsure += !c->sure;
	for (at = &all; unsure == 1 && *at != NULL; )
		if ((*at)->sure)
			at = &(*at)->next;
		else
			*at = (*at)->next;
	return all;
}

/* ---- Making them ---- */

/* "Office" and ":" are one text, now that nothing stands between them. */
static void
join_last(struct rp_doc *doc, struct rp_node *heading)
{
	struct rp_node *last = rp_last(heading), *before = rp_prev(last);

	if (before == NULL || rp_kind(last) != RP_TEXT || rp_kind(before) != RP_TEXT)
		return;
	rp_set_text(doc, before, rp_join(doc, rp_text(before), rp_text(last), NULL));
	rp_detach(last);
}

static void
make_heading(struct headings *st, const struct candidate *c, long level)
{
	struct rp_node *outer = rp_parent(c->bold);

	rp_set_kind(c->para, RP_HEADING);
	rp_set_int(st->doc, c->para, RP_A_LEVEL, level);
	rp_unwrap(c->bold);
	if (outer != c->para)
		rp_unwrap(outer);
	join_last(st->doc, c->para);
}

static int
run(struct rp_job *job, void *state)
{
	struct headings *st = state;
	struct candidate *all, *c;
	long level = 1;
	unsigned count = 0;

	st->job = job;
	st->doc = job->doc;
	all = settle(find(st));
	if (all == NULL)
		return 0;
	for (c = all; c != NULL; c = c->next) {
		level = c->level > level ? c->level : level;
		count++;
	}
	level++;
	rp_report(job, RP_D_BOLD_HEADING, all->para, rp_decimal(st->doc, count),
	    rp_decimal(st->doc, (unsigned long)level), NULL);
	for (c = all; c != NULL; c = c->next)
		make_heading(st, c, level);
	return 0;
}

static const char *const gives[] = { "headings", NULL };

static const struct rp_option options[] = {
	{ "words", RP_INT, offsetof(struct headings, words), "12", "1..40",
	    "most words that a bold paragraph may have to be a heading" },
	{ 0 }
};

RP_FILTER(headings) = {
	RP_HEAD("headings"),
	.summary = "bold paragraphs that stand over a text become headings",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct headings),
	.options = options,
	.run = run,
};
