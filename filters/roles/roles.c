/*
 * roles - what each section of a role document is about.
 *
 * A section's heading is compared with the vocabulary of the document's language,
 * and with the English one, for many texts mix them: first as a whole, then by
 * the longest phrase that stands in it.  What no phrase is in stays as it is.
 *
 * A vocabulary is long and a document's headings are few, so each phrase is looked
 * for in all of them at once, where its first three bytes stand.
 *
 * The setting "roles" adds phrases, and roles of one's own:
 *
 *	roles:
 *	  responsibilities: [Dina dagar hos oss]
 *	  oncall: [On-call duty, Jour]
 */
#include <string.h>

#include <rolepress/text.h>

#include "roles.h"

enum {
	LONGEST_HEADING = 240,	/* bytes that are looked at */
	MOST_OWN = 255,		/* roles of the setting */
	MOST_HEADINGS = 32, MOST_STARTS = 512	/* that are looked at together */
};

struct match {
	int		 found, whole;
	unsigned	 role;		/* by the vocabulary that it is from */
	size_t		 len;
};

struct heading {
	struct rp_node	*section;
	const char	*text;
	size_t		 len;
	size_t		 bare_len;	/* without a tail in parentheses */
	struct match	 best, now;	/* of all vocabularies; of the one that is read */
	const char	*role;		/* the best's, or NULL */
};

/* Where a phrase may begin. */
struct start {
	uint16_t	 next;		/* of the same bucket, + 1; 0: none */
	uint8_t		 heading, at;
};

struct roles {
	struct vocabulary	 own;
	const char		**own_names;
	const struct vocabulary	*vocabularies[4];	/* the strongest first; NULL ends them */
	struct heading		*headings;		/* MOST_HEADINGS; run() has them */
	struct start		*starts;		/* MOST_STARTS */
	size_t			 heading_count, start_count;
	/* A start + 1, by its first bytes; bucket 0: the last one of all */
	uint16_t		 buckets[ROLES_BUCKETS];
};

/* ---- Headings ---- */

/* Does it go on with a letter beside it?  Not in East Asia. */
static int
joins(uint32_t cp)
{
	return (rp_is_letter(cp) || rp_is_number(cp)) && !rp_is_cjk(cp);
}

static inline int
is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* Past the next character; *joined: as joins() says.  No character of three bytes joins
 * that begins with one of these: all letters of those are of East Asia. */
static inline const char *
past_character(const char *s, int *joined)
{
	unsigned char c = (unsigned char)*s;

	if (c < 0x80) {
		*joined = (c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10;
		return s + 1;
	}
	if (c >= 0xE3 && c <= 0xE9 && is_inside(s[1]) && is_inside(s[2])) {
		*joined = 0;
		return s + 3;
	}
	*joined = joins(rp_utf8_next(&s));
	return s;
}

static void
add_start(struct roles *st, size_t heading, const char *text, size_t at)
{
	struct start *s = &st->starts[st->start_count++];
	uint16_t *first;

	s->heading = (uint8_t)heading;
	s->at = (uint8_t)at;
	s->next = 0;
	st->buckets[0] = (uint16_t)st->start_count;
	text += at;
	if (text[0] == '\0' || text[1] == '\0' || text[2] == '\0')
		return;		/* short phrases are looked for everywhere */
	first = &st->buckets[ROLES_BUCKET(text)];
	s->next = *first;
	*first = (uint16_t)st->start_count;
}

static void
add_heading(struct roles *st, struct rp_node *section, const char *text)
{
	struct heading *h = &st->headings[st->heading_count];
	const char *s, *at = text, *open = strrchr(text, '(');
	int before = 0, joined;

	while (*at != '\0' && (size_t)((s = past_character(at, &joined)) - text) < LONGEST_HEADING) {
		if (!before || !joined)
			add_start(st, st->heading_count, text, (size_t)(at - text));
		before = joined;
		at = s;
	}
	memset(h, 0, sizeof(*h));
	h->section = section;
	h->text = text;
	h->len = (size_t)(at - text);
	h->bare_len = h->len;
	if (open != NULL && open > text && open < at && at[-1] == ')') {
		h->bare_len = (size_t)(open - text);
		if (text[h->bare_len - 1] == ' ')
			h->bare_len--;
	}
	st->heading_count++;
}

/* ---- Matching ---- */

static int
ends_at(const struct heading *h, size_t at)
{
	const char *p = h->text + at, *after = p;

	if (at == h->len)
		return 1;
	do
		p--;
	while (is_inside(*p));
	return !joins(rp_utf8_next(&p)) || !joins(rp_utf8_next(&after));
}

static void
compare(struct heading *h, size_t at, const struct phrase *p, const char *text)
{
	/* In most scripts, beginnings are often the same. */
	if (h->now.whole || at + p->len > h->len || h->text[at + p->len - 1] != text[p->len - 1] ||
	    memcmp(h->text + at, text, p->len) != 0)
		return;
	if (at == 0 && (p->len == h->len || p->len == h->bare_len))
		h->now = (struct match){ 1, 1, p->role, p->len };
	else if (!p->exact && p->len > h->now.len && ends_at(h, at + p->len))
		h->now = (struct match){ 1, 0, p->role, p->len };
}

static void
look_for(struct roles *st, const struct phrase *p, const char *text)
{
	const struct start *s;
	size_t i;

	for (i = st->buckets[p->bucket]; i != 0; i = p->bucket == 0 ? i - 1 : s->next) {
		s = &st->starts[i - 1];
		compare(&st->headings[s->heading], s->at, p, text);
	}
}

static void
read_through(struct roles *st, const struct vocabulary *v)
{
	const struct phrase *p;
	const char *text = v->text;

	for (p = v->phrases; p < v->phrases + v->count; text += p->len + 1, p++)
		if (st->buckets[p->bucket] != 0)
			look_for(st, p, text);
}

/* What is first in vocabularies goes before, but for a phrase that is a whole heading. */
static void
settle(struct roles *st, const struct vocabulary *v)
{
	struct heading *h;

	for (h = st->headings; h < st->headings + st->heading_count; h++) {
		if (!h->best.whole && h->now.found && (h->now.whole || !h->best.found)) {
			h->best = h->now;
			h->role = v == &st->own ? st->own_names[h->now.role] : roles_name(h->now.role);
		}
		memset(&h->now, 0, sizeof(h->now));
	}
}

/* Gives the headings that were added their roles, and forgets them. */
static void
give_roles(struct rp_job *job, struct roles *st)
{
	const struct vocabulary *const *v;
	struct heading *h;

	for (v = st->vocabularies; *v != NULL && st->heading_count > 0; v++) {
		read_through(st, *v);
		settle(st, *v);
	}
	for (h = st->headings; h < st->headings + st->heading_count; h++)
		rp_set(job->doc, h->section, RP_A_ROLE, h->role);
	st->heading_count = st->start_count = 0;
	memset(st->buckets, 0, sizeof(st->buckets));
}

/* ---- Phrases of one's own ---- */

struct own {
	struct rp_job	*job;
	struct phrase	*phrases;
	const char	**texts;
	size_t		 count, size;	/* of phrases; of their texts in all */
	size_t		 roles;
};

static void
add_phrase(struct own *o, const struct rp_node *value)
{
	const char *text;
	size_t len;

	if (rp_kind(value) != RP_META_SCALAR)
		return;
	text = roles_heading(o->job->doc, rp_text(value));
	len = strlen(text);
	if (len == 0 || len > LONGEST_HEADING)
		return;
	o->phrases[o->count] = (struct phrase){ (uint8_t)o->roles, 0, (uint8_t)len,
	    (uint16_t)(len < ROLES_HEAD ? 0 : ROLES_BUCKET(text)) };
	o->texts[o->count++] = text;
	o->size += len + 1;
}

static char *
one_text(const struct own *o)
{
	char *text = rp_alloc(o->job->doc, o->size + 1), *end = text;
	size_t i;

	for (i = 0; i < o->count; i++) {
		memcpy(end, o->texts[i], o->phrases[i].len);
		end += o->phrases[i].len + 1;
	}
	return text;
}

static size_t
count_values(const struct rp_node *map)
{
	const struct rp_node *role, *value;
	size_t n = 0;

	for (role = rp_first(map); role != NULL; role = rp_next(role)) {
		n++;
		for (value = rp_first(role); value != NULL; value = rp_next(value))
			n++;
	}
	return n;
}

/* The setting as a vocabulary. */
static void
read_setting(struct rp_job *job, struct roles *st)
{
	const struct rp_node *map = rp_setting_node(job, "roles"), *role, *value;
	struct own o = { .job = job };
	size_t most;

	if (map == NULL || rp_kind(map) != RP_META_MAP)
		return;
	most = count_values(map) + 1;
	o.phrases = rp_alloc(job->doc, most * sizeof(*o.phrases));
	o.texts = rp_alloc(job->doc, most * sizeof(*o.texts));
	st->own_names = rp_alloc(job->doc, most * sizeof(*st->own_names));
	for (role = rp_first(map); role != NULL && o.roles < MOST_OWN; role = rp_next(role)) {
		st->own_names[o.roles] = rp_get(role, RP_A_KEY);
		add_phrase(&o, role);
		for (value = rp_first(role); value != NULL; value = rp_next(value))
			add_phrase(&o, value);
		o.roles++;
	}
	st->own = (struct vocabulary){ "", o.phrases, o.count, one_text(&o) };
}

static void
choose_vocabularies(struct rp_job *job, struct roles *st)
{
	const char *lang = rp_get(job->root, RP_A_LANG);
	const struct vocabulary *v = roles_vocabulary(lang != NULL ? lang : "und");
	const struct vocabulary *english = roles_vocabulary("en");
	size_t n = 0;

	read_setting(job, st);
	if (st->own.count > 0)
		st->vocabularies[n++] = &st->own;
	if (v != NULL)
		st->vocabularies[n++] = v;
	if (v != english)
		st->vocabularies[n] = english;
}

static int
run(struct rp_job *job, void *state)
{
	struct heading headings[MOST_HEADINGS];
	struct start starts[MOST_STARTS];
	struct roles *st = state;
	struct rp_node *section = NULL;
	const struct rp_node *heading;

	st->headings = headings;
	st->starts = starts;
	choose_vocabularies(job, st);
	while ((section = rp_find(job->root, section, RP_SECTION)) != NULL) {
		heading = rp_first(section);
		if (rp_has(section, RP_A_ROLE) || heading == NULL || rp_kind(heading) != RP_HEADING)
			continue;
		if (st->heading_count == MOST_HEADINGS ||
		    st->start_count + LONGEST_HEADING > MOST_STARTS)
			give_roles(job, st);
		add_heading(st, section, roles_heading(job->doc, rp_plain_text(job->doc, heading)));
	}
	give_roles(job, st);
	return 0;
}

static const char *const needs[] = { "sections", "language", NULL };
static const char *const gives[] = { "roles", NULL };

RP_FILTER(roles) = {
	RP_HEAD("roles"),
	.summary = "find out what each section of a role document is about",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.state_size = sizeof(struct roles),
	.run = run,
};
