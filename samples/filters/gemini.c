/*
 * gemini - a writer of Gemini text (text/gemini), where a line is a paragraph, a heading, an item, a
 * quote or a link; so the links of a block stand after it.  rolepress roles/ -t ./gemini.so -o capsule/
 */
#include <stdio.h>
#include <string.h>
#include <rolepress/emit.h>

static void
put_links(struct rp_job *job, struct rp_node *n)
{
	struct rp_walk w = rp_walk(n);
	const char *url, *target;

	while (rp_walk_next(&w)) {
		target = rp_get(w.node, RP_A_TARGET);	/* a document of this run */
		url = target != NULL ? rp_join(job->doc, target, ".gmi", NULL) : rp_get(w.node, RP_A_URL);
		if (w.event == RP_ENTER && url != NULL && *url != '#' && rp_kind(w.node) != RP_SPAN)
			rp_puts(job->out, rp_join(job->doc, "=> ", url, " ", rp_plain_text(job->doc, w.node), "\n", NULL));
	}
}

/* What a line begins with, by its kind and by what it is the first line of. */
static enum rp_next
line_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct rp_node *of = rp_first(rp_parent(n)) == n ? rp_parent(n) : n;
	long level = rp_kind(n) == RP_TITLE ? 0 : rp_get_int(of, RP_A_LEVEL, 1), number = rp_get_int(of, RP_A_NUMBER, 0);
	char begin[32] = "";

	(void)state;
	if (rp_kind(n) == RP_TITLE || rp_kind(n) == RP_HEADING)
		strcpy(begin, level == 0 ? "# " : level == 1 ? "## " : "### ");
	else if (rp_kind(of) == RP_FOOTNOTE)
		snprintf(begin, sizeof(begin), "[%ld] ", number);
	else if (rp_kind(of) == RP_ITEM && rp_has(rp_parent(of), RP_A_ORDERED)) {
		for (number = rp_get_int(rp_parent(of), RP_A_START, 1); (of = rp_prev(of)) != NULL; number++)
			continue;
		snprintf(begin, sizeof(begin), "%ld. ", number);
	} else if (rp_kind(of) == RP_ITEM)
		strcpy(begin, !rp_has(of, RP_A_CHECKED) ? "* " : rp_get_int(of, RP_A_CHECKED, 0) ? "* [x] " : "* [ ] ");
	else if (rp_kind(of) == RP_ADMONITION)
		snprintf(begin, sizeof(begin), "%s: ", rp_get(of, RP_A_TYPE));
	else if (rp_ancestor(n, RP_BLOCK_QUOTE) != NULL)
		strcpy(begin, "> ");
	else if (strchr("#>*=`", *rp_plain_text(job->doc, n)) != NULL)
		strcpy(begin, " ");	/* else it would be taken for markup */
	rp_puts(job->out, begin);
	return RP_CHILDREN;
}

static void
line_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)state;
	rp_puts(job->out, rp_kind(n) == RP_TABLE || rp_kind(n) == RP_CODE_BLOCK ? "```\n"
	    : rp_kind(n) == RP_LIST && rp_ancestor(n, RP_LIST) != NULL ? "" : "\n");
	if (rp_kind(n) != RP_LIST && rp_kind(n) != RP_ROW)
		put_links(job, n);
	rp_puts(job->out, rp_ancestor(n, RP_LIST) == NULL && rp_kind(n) != RP_LIST && rp_kind(n) != RP_ROW ? "\n" : "");
}

static enum rp_next
text_in(struct rp_job *job, struct rp_node *n, void *state)
{
	char buf[32] = "";

	(void)state;
	if (rp_kind(n) == RP_FOOTNOTE_REF)
		snprintf(buf, sizeof(buf), "[%ld]", rp_get_int(n, RP_A_NUMBER, 0));
	rp_puts(job->out, rp_kind(n) == RP_SOFT_BREAK ? " " : rp_kind(n) == RP_LINE_BREAK ? "\n"
	    : rp_kind(n) == RP_TABLE || rp_kind(n) == RP_CODE_BLOCK
	    ? rp_join(job->doc, "```", rp_has(n, RP_A_INFO) ? rp_get(n, RP_A_INFO) : "", "\n", NULL)
	    : rp_kind(n) == RP_CELL && rp_prev(n) != NULL ? " | " : rp_kind(n) == RP_THEMATIC_BREAK ? "---" : buf);
	rp_puts(job->out, rp_text(n));
	return RP_CHILDREN;
}

#define LINE	{ line_in, line_out }
#define BLOCK	{ text_in, line_out }
#define TEXT	{ text_in, NULL }
static const struct rp_rule rules[RP_KIND_MAX] = {
	[RP_DOCUMENT] = TEXT, [RP_SECTION] = TEXT, [RP_BLOCK_QUOTE] = TEXT, [RP_ITEM] = TEXT, [RP_CELL] = TEXT,
	[RP_FIGURE] = TEXT, [RP_DEFINITION_LIST] = TEXT, [RP_DEFINITION] = TEXT, [RP_QUESTION_LIST] = TEXT,
	[RP_QUESTION] = TEXT, [RP_ANSWER] = TEXT, [RP_ADMONITION] = TEXT, [RP_DETAILS] = TEXT, [RP_DIV] = TEXT,
	[RP_FOOTNOTE] = TEXT, [RP_TEXT] = TEXT, [RP_SOFT_BREAK] = TEXT, [RP_LINE_BREAK] = TEXT, [RP_CODE] = TEXT,
	[RP_EMPHASIS] = TEXT, [RP_STRONG] = TEXT, [RP_STRIKETHROUGH] = TEXT, [RP_UNDERLINE] = TEXT, [RP_MARK] = TEXT,
	[RP_SUBSCRIPT] = TEXT, [RP_SUPERSCRIPT] = TEXT, [RP_KEYBOARD] = TEXT, [RP_ABBREVIATION] = TEXT,
	[RP_QUOTE] = TEXT, [RP_LINK] = TEXT, [RP_IMAGE] = TEXT, [RP_SPAN] = TEXT, [RP_FOOTNOTE_REF] = TEXT,
	[RP_RAW_INLINE] = TEXT, [RP_TITLE] = LINE, [RP_SUBTITLE] = LINE, [RP_HEADING] = LINE, [RP_PARAGRAPH] = LINE,
	[RP_SUMMARY] = LINE, [RP_CAPTION] = LINE, [RP_TERM] = LINE, [RP_LIST] = BLOCK, [RP_CODE_BLOCK] = BLOCK,
	[RP_ROW] = BLOCK, [RP_RAW_BLOCK] = BLOCK, [RP_THEMATIC_BREAK] = BLOCK, [RP_TABLE] = BLOCK,
	[RP_COMMENT] = { rp_leave_out, NULL },
};

RP_FILTER(gemini) = {
	RP_HEAD("gemini"), .summary = "Gemini text, one file per document", .role = RP_WRITER,
	.rules = rules, .extension = ".gmi .gemini", .media_type = "text/gemini",
};
