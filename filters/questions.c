/*
 * questions - lists of questions, with their answers, where a section holds such:
 * of an interview, or what is asked often.
 *
 * An item's first paragraph is the question, and what follows in it the answer.
 * Authors forget to indent answers, which breaks the list; where the numbers go
 * on after the break, it is one list all the same:
 *
 *	10. **How do you lead in a crisis?**
 *
 *	* Points: calm, clear roles
 *
 *	11. **What did you fail at?**
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum { MOST_BETWEEN = 8 };	/* blocks of an answer that is not indented */

/* Lists that are one: from the first to the last, siblings, with answers between. */
struct group {
	struct rp_node	*first, *last;
	long		 items, questions, asked;	/* asked: with a question mark */
	int		 joined;			/* more than one list */
	int		 single;			/* each has one item, and then its answer */
};

/* ---- What is a question ---- */

static int
ends_with(const char *s, size_t len, const char *tail)
{
	size_t n = strlen(tail);

	return len >= n && memcmp(s + len - n, tail, n) == 0;
}

/* Does it ask?  By its mark, or as Japanese and Chinese ask without one. */
static int
asks(const char *s)
{
	static const char *const marks[] = { "?", "？", "؟", "՞", "か", "か。", "ください", "ください。",
		"下さい", "下さい。", "吗", "呢" };
	const char *tail = strrchr(s, '('), *wide = strstr(s, "（");
	size_t i, len = strlen(s);

	for (;;) {
		for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
			if (ends_with(s, len, marks[i]))
				return 1;
		/* What stands behind the mark: a quote's end, a remark. */
		if (ends_with(s, len, "\"") || ends_with(s, len, "'") || ends_with(s, len, " "))
			len--;
		else if (ends_with(s, len, "」") || ends_with(s, len, "”"))
			len -= strlen("」");
		else if (tail != NULL && ends_with(s, len, ")") && (size_t)(tail - s) < len)
			len = (size_t)(tail - s);
		else if (wide != NULL && ends_with(s, len, "）") && (size_t)(wide - s) < len)
			len = (size_t)(wide - s);
		else
			return 0;
	}
}

static int
is_break(const struct rp_node *n)
{
	return rp_kind(n) == RP_SOFT_BREAK || rp_kind(n) == RP_LINE_BREAK;
}

static int
is_punctuation(const char *s)
{
	uint32_t cp;

	while ((cp = rp_utf8_next(&s)) != 0)
		if (!rp_is_space(cp) && !rp_is_punct(cp))
			return 0;
	return 1;
}

/* Is its first line strong, as a whole?  Then *line_end is the break after it. */
static int
has_strong_line(const struct rp_node *paragraph, struct rp_node **line_end)
{
	struct rp_node *n = rp_first(paragraph);

	*line_end = NULL;
	if (n == NULL || rp_kind(n) != RP_STRONG)
		return 0;
	for (n = rp_next(n); n != NULL && !is_break(n); n = rp_next(n))
		if (rp_kind(n) != RP_TEXT || !is_punctuation(rp_text(n)))
			return 0;
	*line_end = n;
	return 1;
}

static void
count_item(struct rp_job *job, struct group *g, const struct rp_node *item)
{
	const struct rp_node *paragraph = rp_first(item);
	struct rp_node *line_end;
	int strong;

	g->items++;
	if (paragraph == NULL || rp_kind(paragraph) != RP_PARAGRAPH || rp_has(item, RP_A_CHECKED))
		return;
	strong = has_strong_line(paragraph, &line_end);
	if (asks(rp_plain_text(job->doc, line_end != NULL ? rp_first(paragraph) : paragraph)))
		g->asked++;
	else if (!strong)
		return;
	g->questions++;
}

static int
is_question_list(const struct group *g)
{
	return g->items > 1 && g->questions * 3 >= g->items * 2 && g->asked * 4 >= g->items;
}

/* ---- Which lists are one ---- */

static void
count_list(struct rp_job *job, struct group *g, const struct rp_node *list)
{
	const struct rp_node *item;

	for (item = rp_first(list); item != NULL; item = rp_next(item))
		count_item(job, g, item);
}

static int
is_ordered(const struct rp_node *n)
{
	return rp_kind(n) == RP_LIST && rp_get_int(n, RP_A_ORDERED, 0);
}

static int
ends_answer(enum rp_kind k)
{
	return k == RP_SECTION || k == RP_HEADING || k == RP_THEMATIC_BREAK;
}

static int
has_one_item(const struct rp_node *list)
{
	return rp_first(list) == rp_last(list);
}

/* The list that goes on with this number, behind an answer to the last question. */
static struct rp_node *
continuation(struct rp_node *list, long number)
{
	struct rp_node *n = rp_next(list);
	int i;

	for (i = 0; n != NULL && i < MOST_BETWEEN; n = rp_next(n), i++) {
		if (is_ordered(n))
			return rp_get_int(n, RP_A_START, 1) == number ? n : NULL;
		if (ends_answer(rp_kind(n)))
			return NULL;
	}
	return NULL;
}

static struct group
group_from(struct rp_job *job, struct rp_node *list)
{
	struct group g = { .first = list, .last = list, .single = 1 };
	long start = rp_get_int(list, RP_A_START, 1);
	struct rp_node *next;

	count_list(job, &g, list);
	while (is_ordered(list) && (next = continuation(g.last, start + g.items)) != NULL) {
		if (rp_next(g.last) == next || !has_one_item(g.last))
			g.single = 0;
		g.last = next;
		g.joined = 1;
		count_list(job, &g, next);
	}
	g.single = g.single && g.joined && has_one_item(g.last);
	return g;
}

/* ---- Making the nodes ---- */

static void
move_attr(struct rp_doc *doc, struct rp_node *to, struct rp_node *from, enum rp_attr a)
{
	rp_set(doc, to, a, rp_get(from, a));
	rp_unset(from, a);
}

/* Where what belongs to the last question goes. */
static struct rp_node *
answer_in(struct rp_job *job, struct rp_node *questions, const struct rp_node *first)
{
	struct rp_node *answer = rp_last(questions);

	if (answer == NULL || rp_kind(answer) != RP_ANSWER) {
		answer = rp_new(job->doc, RP_ANSWER);
		rp_set_pos(answer, rp_pos(first));
		rp_append(questions, answer);
	}
	return answer;
}

static void
answer_with(struct rp_job *job, struct rp_node *questions, struct rp_node *block)
{
	struct rp_node *answer = answer_in(job, questions, block);
	struct rp_pos pos = rp_pos(answer), last = rp_pos(block);

	pos.end_line = last.end_line;
	pos.end_col = last.end_col;
	rp_set_pos(answer, pos);
	rp_append(answer, block);
}

/* A strong line and more in one paragraph: the rest is a paragraph of the answer. */
static struct rp_node *
split(struct rp_job *job, struct rp_node *paragraph)
{
	struct rp_node *line_end, *rest, *n, *next;
	struct rp_pos pos = rp_pos(paragraph);

	if (!has_strong_line(paragraph, &line_end) || line_end == NULL || rp_next(line_end) == NULL)
		return NULL;
	rest = rp_new(job->doc, RP_PARAGRAPH);
	pos.line = rp_pos(rp_next(line_end)).line;
	pos.col = rp_pos(rp_next(line_end)).col;
	rp_set_pos(rest, pos);
	for (n = rp_next(line_end); n != NULL; n = next) {
		next = rp_next(n);
		rp_append(rest, n);
	}
	rp_detach(line_end);
	return rest;
}

static void
take_item(struct rp_job *job, struct rp_node *questions, struct rp_node *item, long number)
{
	struct rp_node *paragraph = rp_first(item), *rest = NULL, *n, *next;

	if (paragraph != NULL && rp_kind(paragraph) == RP_PARAGRAPH)
		rest = split(job, paragraph);
	rp_set_kind(item, RP_QUESTION);
	if (number > 0)
		rp_set_int(job->doc, item, RP_A_NUMBER, number);
	rp_append(questions, item);
	if (rest != NULL)
		answer_with(job, questions, rest);
	for (n = paragraph != NULL ? rp_next(paragraph) : NULL; n != NULL; n = next) {
		next = rp_next(n);
		answer_with(job, questions, n);
	}
}

static void
take_list(struct rp_job *job, struct rp_node *questions, struct rp_node *list)
{
	int ordered = is_ordered(list);
	long number = rp_get_int(list, RP_A_START, 1);
	struct rp_node *item, *next;

	for (item = rp_first(list); item != NULL; item = next) {
		next = rp_next(item);
		take_item(job, questions, item, ordered ? number++ : 0);
	}
	rp_detach(list);
}

/*
 * Where each question has had its answer behind it, so has the last one: as many
 * blocks, of the same kinds, as the one before.
 */
static void
take_last_answer(struct rp_job *job, struct rp_node *questions, const struct rp_node *like)
{
	struct rp_node *n = rp_next(questions), *next;

	like = like != NULL ? rp_first(like) : NULL;
	while (like != NULL && n != NULL && rp_kind(n) == rp_kind(like)) {
		next = rp_next(n);
		answer_with(job, questions, n);
		n = next;
		like = rp_next(like);
	}
}

static struct rp_node *
convert(struct rp_job *job, const struct group *g)
{
	struct rp_node *questions = rp_new(job->doc, RP_QUESTION_LIST), *n, *next;
	struct rp_node *answer = NULL;
	struct rp_pos pos = rp_pos(g->first), last = rp_pos(g->last);

	pos.end_line = last.end_line;
	pos.end_col = last.end_col;
	rp_set_pos(questions, pos);
	move_attr(job->doc, questions, g->first, RP_A_ID);
	move_attr(job->doc, questions, g->first, RP_A_CLASS);
	rp_insert_before(g->first, questions);
	for (n = g->first; n != NULL; n = next) {
		next = n != g->last ? rp_next(n) : NULL;
		if (n == g->first || is_ordered(n)) {
			take_list(job, questions, n);
		} else {
			answer_with(job, questions, n);
			answer = rp_last(questions);
		}
	}
	if (g->single)
		take_last_answer(job, questions, answer);
	return questions;
}

/* ---- Where ---- */

static int
is_about_questions(const struct rp_node *section)
{
	const char *role;

	for (; section != NULL; section = rp_ancestor(section, RP_SECTION)) {
		role = rp_get(section, RP_A_ROLE);
		if (role != NULL && (strcmp(role, "interview") == 0 || strcmp(role, "faq") == 0))
			return 1;
	}
	return 0;
}

static void
look_through(struct rp_job *job, struct rp_node *section)
{
	struct rp_node *n;
	struct group g;

	for (n = rp_first(section); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_LIST)
			continue;
		g = group_from(job, n);
		if (is_question_list(&g))
			n = convert(job, &g);
	}
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_node *section = NULL;

	(void)state;
	while ((section = rp_find(job->root, section, RP_SECTION)) != NULL)
		if (is_about_questions(section))
			look_through(job, section);
	return 0;
}

static const char *const needs[] = { "roles", NULL };
static const char *const gives[] = { "questions", NULL };

RP_FILTER(questions) = {
	RP_HEAD("questions"),
	.summary = "questions with their answers, in interview and FAQ sections",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.run = run,
};
