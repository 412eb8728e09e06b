/*
 * tree - the tree as it is, a node a line: for those who write filters, and for
 * tests of transforms.
 *
 *	section 5:1 id="why" level=1
 *	  heading 5:1 level=2
 *	    text 5:4 "Why"
 */
#include <string.h>

#include <rolepress/emit.h>

struct tree {
	int	positions;	/* options */
	int	meta;
	int	depth;
};

static void
quoted(struct rp_sink *out, const char *s)
{
	size_t n;

	rp_puts(out, "\"");
	for (;; s += n + 1) {
		n = strcspn(s, "\"\\\n\t");
		rp_put(out, s, n);
		if (s[n] == '\0')
			break;
		rp_puts(out, s[n] == '\n' ? "\\n" : s[n] == '\t' ? "\\t" : s[n] == '"' ? "\\\"" : "\\\\");
	}
	rp_puts(out, "\"");
}

static void
number(struct rp_sink *out, long n)
{
	char buf[24], *p = buf + sizeof(buf) - 1;
	unsigned long u = n < 0 ? 0UL - (unsigned long)n : (unsigned long)n;

	*p = '\0';
	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (n < 0)
		*--p = '-';
	rp_puts(out, p);
}

static void
attributes(struct rp_sink *out, const struct rp_node *n)
{
	const char *name, *value;
	enum rp_attr a;
	size_t i;

	for (a = rp_attr_from(n, 0); a < RP_ATTR_MAX; a = rp_attr_from(n, (int)a + 1)) {
		rp_puts(out, " ");
		rp_puts(out, rp_attr_name(a));
		rp_puts(out, "=");
		if (rp_attr_type(a) == RP_TYPE_STRING)
			quoted(out, rp_get(n, a));
		else
			number(out, rp_get_int(n, a, 0));
	}
	for (i = 0; rp_named_at(n, i, &name, &value); i++) {
		rp_puts(out, " ");
		rp_puts(out, name);
		rp_puts(out, "=");
		quoted(out, value);
	}
}

static enum rp_next
enter(struct rp_job *job, struct rp_node *n, void *state)
{
	struct tree *st = state;
	struct rp_pos pos = rp_pos(n);
	int i;

	if (!st->meta && rp_kind_class(rp_kind(n)) == RP_CLASS_META)
		return RP_SKIP;
	for (i = 0; i < st->depth; i++)
		rp_puts(job->out, "  ");
	rp_puts(job->out, rp_kind_name(rp_kind(n)));
	if (st->positions && pos.line > 0) {
		rp_puts(job->out, " ");
		number(job->out, (long)pos.line);
		rp_puts(job->out, ":");
		number(job->out, (long)pos.col);
	}
	attributes(job->out, n);
	if (rp_text_len(n) > 0) {
		rp_puts(job->out, " ");
		quoted(job->out, rp_text(n));
	}
	rp_puts(job->out, "\n");
	st->depth++;
	return RP_CHILDREN;
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_walk w = rp_walk(job->root);
	struct tree *st = state;

	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER && enter(job, w.node, st) == RP_SKIP) {
			rp_walk_skip(&w);
			st->depth++;	/* its LEAVE comes all the same */
		} else if (w.event == RP_LEAVE) {
			st->depth--;
		}
	}
	return 0;
}

static int
bind(struct rp_job *job, void *state)
{
	const struct rp_node *e;
	const char *bytes;
	size_t len;

	(void)state;
	for (e = rp_first(job->root); e != NULL; e = rp_next(e))
		if ((bytes = rp_part(job, e, &len)) != NULL)
			rp_put(job->out, bytes, len);
	return 0;
}

static const struct rp_option options[] = {
	{ "positions", RP_BOOL, offsetof(struct tree, positions), "yes", NULL,
	    "show line:column of each node" },
	{ "meta", RP_BOOL, offsetof(struct tree, meta), "no", NULL,
	    "show front matter and what was derived from it" },
	{ 0 }
};

RP_FILTER(tree) = {
	RP_HEAD("tree"),
	.summary = "the tree as it is, a node a line",
	.role = RP_WRITER,
	.state_size = sizeof(struct tree),
	.options = options,
	.run = run,
	.bind = bind,
	.extension = ".tree",
	.media_type = "text/plain",
};
