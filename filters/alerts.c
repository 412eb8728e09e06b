/*
 * alerts - a block quote that begins with [!NOTE] is a note, as GitHub, Obsidian and
 * Microsoft Learn have it: the mark alone on the first line, in any letter case.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

static const struct {
	const char	*mark, *type;
} marks[] = {
	{ "[!NOTE]",	  "note" },	{ "[!INFO]",	"note" },
	{ "[!TIP]",	  "tip" },	{ "[!HINT]",	"tip" },
	{ "[!IMPORTANT]", "important" },
	{ "[!WARNING]",	  "warning" },	{ "[!ATTENTION]", "warning" },
	{ "[!CAUTION]",	  "caution" },	{ "[!DANGER]",	"caution" },
};

/* The type that the text's mark stands for, or NULL; a mark may be escaped by no one. */
static const char *
type_of(const struct rp_node *text)
{
	size_t i, n;

	if (text == NULL || rp_kind(text) != RP_TEXT)
		return NULL;
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		n = strlen(marks[i].mark);
		if (rp_ascii_same(rp_text(text), marks[i].mark, n) &&
		    rp_text(text)[n + strspn(rp_text(text) + n, " ")] == '\0')
			return marks[i].type;
	}
	return NULL;
}

static void
take(struct rp_job *job, struct rp_node *quote)
{
	struct rp_node *first = rp_first(quote), *mark, *after;
	const char *type;

	if (first == NULL || rp_kind(first) != RP_PARAGRAPH)
		return;
	mark = rp_first(first);
	type = type_of(mark);
	after = mark != NULL ? rp_next(mark) : NULL;
	if (type == NULL || (after != NULL && rp_kind(after) != RP_SOFT_BREAK &&
	    rp_kind(after) != RP_LINE_BREAK))
		return;
	if (after == NULL && rp_next(first) == NULL)
		return;		/* a mark and nothing to mark */
	rp_detach(mark);
	if (after != NULL)
		rp_detach(after);
	if (rp_first(first) == NULL)
		rp_detach(first);
	rp_set_kind(quote, RP_ADMONITION);
	rp_set(job->doc, quote, RP_A_TYPE, type);
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_node *quote = NULL;

	(void)state;
	while ((quote = rp_find(job->root, quote, RP_BLOCK_QUOTE)) != NULL)
		take(job, quote);
	return 0;
}

static const char *const gives[] = { "alerts", NULL };

RP_FILTER(alerts) = {
	RP_HEAD("alerts"),
	.summary = "block quotes marked [!NOTE], [!WARNING] … become notes and warnings",
	.role = RP_TRANSFORM,
	.gives = gives,
	.run = run,
};
