/*
 * bullets - lines that begin with a typed bullet are a list.
 *
 * Word processors put • and ◦ before lines, and Markdown takes those for text; so
 * it does the en dash that an editor made of a hyphen.  Two in a row make a list,
 * as lines of a paragraph or as paragraphs; right behind a real list they go on
 * with it.  Another sign than the first begins a list inside the item.
 *
 * A dash also begins a line of talk, or stands at the start of a line by chance:
 * dashes have to look more like a list than dots do.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum { DEEPEST = 4 };

/* How sure a sign is: a DOT needs no space, a POINT does, a DASH needs more. */
enum surety { NO_BULLET, DASH, POINT, DOT };

/* The lines of a paragraph. */
struct line {
	struct rp_node	*first;		/* inline that begins it */
	uint32_t	 bullet;	/* 0: it has none */
};

/* Paragraphs, one after another, of which each but the first begins with a bullet. */
struct group {
	struct rp_node	*first, *last;
	struct rp_node	*start;		/* the inline with the first bullet */
	long		 items, paragraphs;
	enum surety	 surety;	/* the least */
	uint32_t	 bullet;	/* the first */
	int		 exclaims;	/* one asks or calls: it may be talk */
	int		 wraps;		/* a line without a bullet stands in between */
};

struct bullets {
	struct rp_job	*job;
	struct rp_doc	*doc;
	struct rp_pos	 first;		/* where the first one stands, and its sign */
	uint32_t	 first_sign;
	/* While a list is made: the open lists, each in the last item of the one before. */
	struct rp_node	*lists[DEEPEST];
	uint32_t	 signs[DEEPEST];
	int		 depth;
	int		 tight;
};

/* ---- Lines ---- */

static enum surety
surety_of(uint32_t c)
{
	static const struct { uint32_t c; enum surety surety; } bullets[] = {
		{ 0x2022, DOT }, { 0x25E6, DOT }, { 0x25AA, DOT }, { 0x2023, DOT }, { 0x30FB, DOT },
		{ 0xFF65, DOT }, { 0x25CF, POINT }, { 0x25CB, POINT }, { 0x00B7, POINT },
		{ 0x27A2, POINT }, { 0x25BA, POINT }, { 0x2043, POINT }, { 0x2219, POINT },
		{ 0xF0B7, DOT }, { 0xF0A7, DOT }, { 0xF02D, DOT },	/* of symbol fonts */
		{ 0x2013, DASH }, { 0x2212, DASH },
	};
	size_t i;

	if (c > 0x27A2 && c < 0xF02D && c != 0x30FB)
		return NO_BULLET;	/* East Asian, mostly */
	for (i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++)
		if (bullets[i].c == c)
			return bullets[i].surety;
	return NO_BULLET;
}

/* The bullet that an inline begins with, or 0; *rest is the text behind it. */
static uint32_t
bullet_of(const struct rp_node *n, const char **rest)
{
	const char *p, *q;
	uint32_t c;
	enum surety surety;
	int spaces = 0;

	if (n == NULL || rp_kind(n) != RP_TEXT)
		return 0;
	p = rp_text(n);
	c = rp_utf8_next(&p);
	surety = c != 0 ? surety_of(c) : NO_BULLET;
	if (surety == NO_BULLET)
		return 0;
	for (q = p; rp_is_space(rp_utf8_next(&q)); p = q)
		spaces++;
	*rest = p;
	if (spaces == 0 && (surety != DOT || *p == '\0'))
		return 0;
	return *p != '\0' || rp_next(n) != NULL ? c : 0;
}

static int
is_break(const struct rp_node *n)
{
	return rp_kind(n) == RP_SOFT_BREAK || rp_kind(n) == RP_LINE_BREAK;
}

/* The inline that begins the next line after n's; NULL: n's is the last. */
static struct rp_node *
next_line(struct rp_node *n)
{
	while (n != NULL && !is_break(n))
		n = rp_next(n);
	return n != NULL ? rp_next(n) : NULL;
}

static const struct rp_node *
last_of_line(const struct rp_node *n)
{
	while (rp_next(n) != NULL && !is_break(rp_next(n)))
		n = rp_next(n);
	return n;
}

/* The last character of a line's text. */
static uint32_t
ending(const struct rp_node *line)
{
	const struct rp_node *n = last_of_line(line);
	const char *p;
	uint32_t c, last = 0;

	while (rp_last(n) != NULL)
		n = rp_last(n);
	for (p = rp_text(n); (c = rp_utf8_next(&p)) != 0; )
		if (!rp_is_space(c))
			last = c;
	return last;
}

static int
is_colon(uint32_t c)
{
	return c == ':' || c == 0xFF1A;
}

static int
is_exclamation(uint32_t c)
{
	return c == '?' || c == '!' || c == 0xFF1F || c == 0xFF01 || c == 0x061F;
}

/* ---- Groups ---- */

static void
count_lines(struct group *g, struct rp_node *line)
{
	const char *rest;
	uint32_t c;

	for (; line != NULL; line = next_line(line)) {
		c = bullet_of(line, &rest);
		if (c == 0) {
			g->wraps = 1;
			continue;
		}
		if (g->items++ == 0) {
			g->bullet = c;
			g->start = line;
			g->surety = surety_of(c);
		}
		if (surety_of(c) < g->surety)
			g->surety = surety_of(c);
		g->exclaims |= is_exclamation(ending(line));
	}
}

static struct group
group_from(struct rp_node *para)
{
	struct group g = { .first = para, .last = para, .paragraphs = 1 };
	struct rp_node *line = rp_first(para), *next;
	const char *rest;

	while (line != NULL && bullet_of(line, &rest) == 0)
		line = next_line(line);
	count_lines(&g, line);
	if (g.items == 0)
		return g;
	while ((next = rp_next(g.last)) != NULL && rp_kind(next) == RP_PARAGRAPH &&
	    bullet_of(rp_first(next), &rest) != 0) {
		count_lines(&g, rp_first(next));
		g.last = next;
		g.paragraphs++;
	}
	return g;
}

static int
is_plain_list(const struct rp_node *n)
{
	return n != NULL && rp_kind(n) == RP_LIST && !rp_get_int(n, RP_A_ORDERED, 0);
}

/* Does what stands before the group announce a list? */
static int
is_announced(const struct group *g)
{
	const struct rp_node *before = rp_prev(g->first);

	if (g->start != rp_first(g->first)) {
		before = rp_prev(g->start);
		return rp_kind(before) == RP_LINE_BREAK ||
		    (rp_prev(before) != NULL && is_colon(ending(rp_prev(before))));
	}
	if (before == NULL)
		return 0;
	if (rp_kind(before) == RP_PARAGRAPH)
		return rp_last(before) != NULL && is_colon(ending(rp_last(before)));
	return is_plain_list(before) || rp_kind(before) == RP_HEADING;
}

static int
is_list(const struct group *g)
{
	int joins = g->start == rp_first(g->first) && is_plain_list(rp_prev(g->first));

	if (g->surety != DASH)
		return g->items > 1 || (g->items == 1 && joins);
	if (g->items < 2 || g->wraps || g->exclaims)
		return 0;
	return is_announced(g) || (g->items > 2 && g->start == rp_first(g->first));
}

/* ---- Making the list ---- */

static struct rp_node *
new_list(struct bullets *st, const struct rp_node *at)
{
	struct rp_node *list = rp_new(st->doc, RP_LIST);

	rp_set_int(st->doc, list, RP_A_TIGHT, st->tight);
	rp_set_pos(list, rp_pos(at));
	return list;
}

/* Opens or closes lists, until the last one has items with this sign. */
static void
go_to_level(struct bullets *st, uint32_t bullet, const struct rp_node *at)
{
	int i;

	for (i = 0; i < st->depth; i++)
		if (st->signs[i] == bullet)
			break;
	if (i < st->depth) {
		st->depth = i + 1;
	} else if (st->depth < DEEPEST && rp_last(st->lists[st->depth - 1]) != NULL) {
		st->lists[st->depth] = new_list(st, at);
		st->signs[st->depth] = bullet;
		rp_append(rp_last(st->lists[st->depth - 1]), st->lists[st->depth]);
		st->depth++;
	}
}

/* An item that begins with this inline; returns the paragraph in it. */
static struct rp_node *
add_item(struct bullets *st, struct rp_node *line, uint32_t bullet, const char *rest)
{
	struct rp_node *item = rp_new(st->doc, RP_ITEM), *para = rp_new(st->doc, RP_PARAGRAPH);
	struct rp_pos pos = rp_pos(line), after = pos;

	go_to_level(st, bullet, line);
	after.col += (uint32_t)(rest - rp_text(line));
	rp_set_pos(item, pos);
	rp_set_pos(para, after);
	rp_set_pos(line, after);
	rp_append(st->lists[st->depth - 1], item);
	rp_append(item, para);
	rp_set_text(st->doc, line, rp_dup(st->doc, rest, strlen(rest)));
	return para;
}

/* Moves all from line on into items. */
static void
take_lines(struct bullets *st, struct rp_node *line)
{
	struct rp_node *n, *next, *into = NULL;
	const char *rest;
	uint32_t bullet;
	int starts = 1;

	for (n = line; n != NULL; n = next) {
		next = rp_next(n);
		bullet = starts ? bullet_of(n, &rest) : 0;
		starts = is_break(n);
		if (bullet != 0)
			into = add_item(st, n, bullet, rest);
		if (starts && next != NULL && bullet_of(next, &rest) != 0)
			rp_detach(n);
		else if (rp_kind(n) == RP_TEXT && rp_text_len(n) == 0)
			rp_detach(n);
		else
			rp_append(into, n);
	}
}

/* A group's list is the one before it, or a new one behind its first paragraph. */
static void
open_list(struct bullets *st, const struct group *g)
{
	struct rp_node *before = rp_prev(g->first);

	st->depth = 1;
	st->signs[0] = g->bullet;
	st->tight = g->paragraphs == 1;
	if (g->start == rp_first(g->first) && is_plain_list(before)) {
		st->lists[0] = before;
		return;
	}
	st->lists[0] = new_list(st, g->start);
	rp_insert_after(g->first, st->lists[0]);
}

static const char *
sign(struct rp_doc *doc, uint32_t c)
{
	char *s = rp_alloc(doc, 5);

	rp_utf8_put(s, c);
	return s;
}

/* The first in the document is told; inner lists are made before outer ones. */
static void
remember(struct bullets *st, const struct group *g)
{
	struct rp_pos pos = rp_pos(g->start);

	if (st->first_sign != 0 && st->first.line <= pos.line)
		return;
	st->first = pos;
	st->first_sign = g->bullet;
}

/* Puts the list in the place of the group; returns it. */
static struct rp_node *
convert(struct bullets *st, const struct group *g)
{
	struct rp_node *para = g->first, *next = NULL, *before = rp_prev(g->start);

	remember(st, g);
	if (para != g->last)
		next = rp_next(para);
	open_list(st, g);
	take_lines(st, g->start);
	if (before != NULL)
		rp_detach(before);		/* the break before the first item */
	else
		rp_detach(para);
	while ((para = next) != NULL) {
		next = para != g->last ? rp_next(para) : NULL;
		take_lines(st, rp_first(para));
		rp_detach(para);
	}
	return st->lists[0];
}

static void
look_through(struct bullets *st, struct rp_node *parent)
{
	struct rp_node *n;
	struct group g;

	for (n = rp_first(parent); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_PARAGRAPH)
			continue;
		g = group_from(n);
		if (g.items > 0 && is_list(&g))
			n = convert(st, &g);
		else
			n = g.last;
	}
}

/* In most documents, no text begins with any. */
static int
has_bullets(const struct rp_node *root)
{
	const struct rp_node *text = NULL;
	const char *rest;

	while ((text = rp_find(root, text, RP_TEXT)) != NULL)
		if ((signed char)*rp_text(text) < 0 && bullet_of(text, &rest) != 0)
			return 1;
	return 0;
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_walk w = rp_walk(job->root);
	struct bullets *st = state;

	st->job = job;
	st->doc = job->doc;
	if (!has_bullets(job->root))
		return 0;
	while (rp_walk_next(&w)) {
		if (w.event == RP_ENTER && rp_kind_class(rp_kind(w.node)) == RP_CLASS_META)
			rp_walk_skip(&w);
		else if (w.event == RP_LEAVE && rp_child(w.node, RP_PARAGRAPH) != NULL)
			look_through(st, w.node);
	}
	if (st->first_sign != 0)
		rp_report_at(job, RP_D_PSEUDO_BULLETS, st->first, sign(st->doc, st->first_sign),
		    NULL);
	return 0;
}

static const char *const gives[] = { "bullets", NULL };

RP_FILTER(bullets) = {
	RP_HEAD("bullets"),
	.summary = "lines that begin with a typed bullet become lists",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct bullets),
	.run = run,
};
