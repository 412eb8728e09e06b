/*
 * roles - what each section of a role document is about.
 *
 * A section's heading is compared with the vocabulary of the document's language,
 * and with the English one, for many texts mix them: first as a whole, then by
 * the longest phrase that stands in it.  What no phrase is in stays as it is.
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
	MOST_OWN = 255		/* roles of the setting */
};

struct roles {
	struct vocabulary	 own;
	const char		*own_names[MOST_OWN];
};

/* ---- Matching ---- */

/* A heading, and where in it a phrase can begin. */
struct heading {
	const char	*text;
	size_t		 len;
	size_t		 bare_len;	/* without a tail in parentheses */
	unsigned char	 starts[LONGEST_HEADING], ends[LONGEST_HEADING + 1];
	unsigned char	 first_bytes[256];
};

struct match {
	int		found, whole;
	unsigned	role;
	size_t		len;
};

/* Words end between two letters only where one of them is East Asian. */
static int
is_joined(uint32_t a, uint32_t b)
{
	return (rp_is_letter(a) || rp_is_number(a)) && (rp_is_letter(b) || rp_is_number(b)) &&
	    !rp_is_cjk(a) && !rp_is_cjk(b);
}

static void
prepare(struct heading *h, const char *text)
{
	const char *s = text, *at = text, *open = strrchr(text, '(');
	uint32_t cp, before = ' ';

	memset(h, 0, sizeof(*h));
	h->text = text;
	while ((cp = rp_utf8_next(&s)) != 0 && (size_t)(s - text) < LONGEST_HEADING) {
		if (!is_joined(before, cp)) {
			h->starts[at - text] = 1;
			h->ends[at - text] = 1;
			h->first_bytes[(unsigned char)*at] = 1;
		}
		before = cp;
		at = s;
	}
	h->len = (size_t)(at - text);
	h->ends[h->len] = 1;
	h->bare_len = h->len;
	if (open != NULL && open > text && open < at && at[-1] == ')') {
		h->bare_len = (size_t)(open - text);
		if (text[h->bare_len - 1] == ' ')
			h->bare_len--;
	}
}

static int
stands_in(const struct heading *h, const char *phrase, size_t len)
{
	size_t i;

	for (i = 0; i + len <= h->len; i++)
		if (h->starts[i] && h->ends[i + len] && memcmp(h->text + i, phrase, len) == 0)
			return 1;
	return 0;
}

static struct match
match(const struct vocabulary *v, const struct heading *h)
{
	struct match m = { 0, 0, 0, 0 };
	const struct phrase *p;
	const char *text = v->text;

	for (p = v->phrases; p < v->phrases + v->count; text += p->len + 1, p++) {
		if (p->len > h->len || !h->first_bytes[(unsigned char)*text])
			continue;
		if ((p->len == h->len || p->len == h->bare_len) &&
		    memcmp(h->text, text, p->len) == 0) {
			m.found = m.whole = 1;
			m.role = p->role;
			return m;
		}
		if (!p->exact && p->len > m.len && stands_in(h, text, p->len)) {
			m.found = 1;
			m.role = p->role;
			m.len = p->len;
		}
	}
	return m;
}

/* The role of a heading, or NULL.  What is first in vocabularies goes before. */
static const char *
role_of(struct rp_job *job, const struct roles *st, const struct vocabulary *const *vocabularies,
    const struct rp_node *heading)
{
	struct heading h;
	struct match m, best = { 0, 0, 0, 0 };
	const struct vocabulary *from = NULL;

	prepare(&h, roles_heading(job->doc, rp_plain_text(job->doc, heading)));
	for (; *vocabularies != NULL && !best.whole; vocabularies++) {
		m = match(*vocabularies, &h);
		if (m.found && (m.whole || !best.found)) {
			best = m;
			from = *vocabularies;
		}
	}
	if (!best.found)
		return NULL;
	return from == &st->own ? st->own_names[best.role] : roles_name(best.role);
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
	o->phrases[o->count] = (struct phrase){ (uint8_t)o->roles, 0, (uint8_t)len };
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
	for (role = rp_first(map); role != NULL && o.roles < MOST_OWN; role = rp_next(role)) {
		st->own_names[o.roles] = rp_get(role, RP_A_KEY);
		add_phrase(&o, role);
		for (value = rp_first(role); value != NULL; value = rp_next(value))
			add_phrase(&o, value);
		o.roles++;
	}
	st->own = (struct vocabulary){ "", o.phrases, o.count, one_text(&o) };
}

static int
run(struct rp_job *job, void *state)
{
	struct roles *st = state;
	const struct vocabulary *vocabularies[4] = { NULL }, *v;
	const char *lang = rp_get(job->root, RP_A_LANG);
	struct rp_walk w = rp_walk(job->root);
	const struct rp_node *heading;
	size_t n = 0;

	read_setting(job, st);
	if (st->own.count > 0)
		vocabularies[n++] = &st->own;
	v = roles_vocabulary(lang != NULL ? lang : "und");
	if (v != NULL)
		vocabularies[n++] = v;
	if (v != roles_vocabulary("en"))
		vocabularies[n] = roles_vocabulary("en");
	while (rp_walk_next(&w)) {
		if (w.event != RP_ENTER || rp_kind(w.node) != RP_SECTION ||
		    rp_has(w.node, RP_A_ROLE))
			continue;
		heading = rp_first(w.node);
		if (heading != NULL && rp_kind(heading) == RP_HEADING)
			rp_set(job->doc, w.node, RP_A_ROLE,
			    role_of(job, st, vocabularies, heading));
	}
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
