/*
 * breaks - a line break in the source between East Asian letters is no space.
 *
 * CSS Text 3, section 4.1.3 (segment break transformation): it is removed if what
 * stands on both sides is East Asian Fullwidth, Wide or Halfwidth, and neither
 * side is Hangul, since Korean puts spaces between words.  So is one beside a
 * zero-width space.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

struct breaks {
	struct rp_node	*pending;	/* a SOFT_BREAK that waits for what follows */
	uint32_t	 before;	/* the character before it, or before the next one */
};

static int
is_hangul(uint32_t c)
{
	return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3130 && c <= 0x318F) ||
	    (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF);
}

static int
is_east_asian(uint32_t c)
{
	if (c >= 0xFF61 && c <= 0xFF9F)		/* halfwidth punctuation and katakana */
		return 1;
	return rp_columns(c) == 2 && rp_is_cjk(c) && !is_hangul(c);
}

static int
is_no_space(uint32_t before, uint32_t after)
{
	return before == 0x200B || after == 0x200B || (is_east_asian(before) && is_east_asian(after));
}

static uint32_t
last_of(const char *s, size_t len)
{
	const char *p = s + len;

	do
		p--;
	while (p > s && ((unsigned char)*p & 0xC0) == 0x80);
	return rp_utf8_next(&p);
}

/* Is it TEXT or CODE that has any? */
static int
has_text(const struct rp_node *n)
{
	return n != NULL && (rp_kind(n) == RP_TEXT || rp_kind(n) == RP_CODE) && rp_text_len(n) > 0;
}

/* Is it a break between two, as nearly all are, that is no space? */
static int
is_nothing(const struct rp_node *before, const struct rp_node *after)
{
	const char *s = rp_text(before), *p = rp_text(after);
	size_t len = rp_text_len(before);

	/* No ASCII is East Asian, nor a zero-width space. */
	if ((signed char)s[len - 1] >= 0 && (signed char)*p >= 0)
		return 0;
	return is_no_space(last_of(s, len), rp_utf8_next(&p));
}

static void
take_text(struct breaks *st, const struct rp_node *n)
{
	const char *s = rp_text(n), *p = s;

	if (*s == '\0')
		return;
	if (st->pending != NULL && is_no_space(st->before, rp_utf8_next(&p)))
		rp_detach(st->pending);
	st->pending = NULL;
	st->before = last_of(s, rp_text_len(n));
}

/* What stands between two pieces of text, if it is no text and no mere style. */
static void
interrupt(struct breaks *st)
{
	st->pending = NULL;
	st->before = 0;
}

/* All that stands in a block, which nothing goes on from. */
static void
take_block(struct breaks *st, struct rp_node *block)
{
	struct rp_walk w = rp_walk(block);

	while (rp_walk_next(&w)) {
		if (rp_kind_class(rp_kind(w.node)) != RP_CLASS_INLINE) {
			interrupt(st);
			continue;
		}
		if (w.event != RP_LEAVE)
			continue;
		switch (rp_kind(w.node)) {
		case RP_TEXT:
		case RP_CODE:
			take_text(st, w.node);
			break;
		case RP_SOFT_BREAK:
			st->pending = w.node;
			break;
		case RP_LINE_BREAK:
		case RP_IMAGE:
		case RP_FOOTNOTE_REF:
		case RP_RAW_INLINE:
			interrupt(st);
			break;
		default:
			break;
		}
	}
}

static struct rp_node *
block_of(struct rp_node *n, const struct rp_node *root)
{
	while (n != root && rp_kind_class(rp_kind(n)) == RP_CLASS_INLINE)
		n = rp_parent(n);
	return n;
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_node *n = NULL, *before, *after;

	while ((n = rp_find(job->root, n, RP_SOFT_BREAK)) != NULL) {
		before = rp_prev(n);
		after = rp_next(n);
		if (has_text(before) && has_text(after)) {
			if (is_nothing(before, after))
				rp_detach(n);
			n = after;
			continue;
		}
		n = block_of(n, job->root);
		take_block(state, n);
		while (rp_last(n) != NULL)
			n = rp_last(n);
	}
	return 0;
}

static const char *const gives[] = { "breaks", NULL };

RP_FILTER(breaks) = {
	RP_HEAD("breaks"),
	.summary = "line breaks between East Asian letters are no spaces",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct breaks),
	.run = run,
};
