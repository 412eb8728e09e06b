/*
 * ids - every heading and figure gets an id, and every id can be written in every
 * output.
 *
 * An id is an XML name without colons, made of the heading's words.  The address
 * that GitHub gives the same heading ("1-why") need not be one; it becomes an
 * alias, so that links written for GitHub lead where they did.
 *
 * Ids that the author gave come first: footnotes', then those of raw HTML, and a
 * heading never takes one of them.  Then come headings whose id is GitHub's
 * address itself, for no other one may stand in their way.  Figures are counted.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

/* ---- A set of names: open addressing, never more than half full ---- */

struct name {
	const char	*s;		/* NULL: free */
	long		 next;		/* the number to try for another one like it */
};

struct names {
	struct name	*slots;
	size_t		 count, cap;
};

static struct name *
slot_of(const struct names *set, const char *s)
{
	size_t hash = 5381, i;
	const char *p;

	for (p = s; *p != '\0'; p++)
		hash = 33 * hash + (unsigned char)*p;
	hash ^= hash >> 16;
	for (i = hash & (set->cap - 1); set->slots[i].s != NULL; i = (i + 1) & (set->cap - 1))
		if (strcmp(set->slots[i].s, s) == 0)
			break;
	return &set->slots[i];
}

static void
grow(struct rp_doc *doc, struct names *set)
{
	struct names old = *set;
	size_t i;

	set->cap = old.cap > 0 ? 2 * old.cap : 64;
	set->slots = rp_alloc(doc, set->cap * sizeof(*set->slots));
	for (i = 0; i < old.cap; i++)
		if (old.slots[i].s != NULL)
			*slot_of(set, old.slots[i].s) = old.slots[i];
}

/* The name's slot; *found tells whether it was there before. */
static struct name *
add_name(struct rp_doc *doc, struct names *set, const char *s, int *found)
{
	struct name *n;

	if (2 * set->count >= set->cap)
		grow(doc, set);
	n = slot_of(set, s);
	*found = n->s != NULL;
	if (!*found) {
		n->s = s;
		n->next = 1;
		set->count++;
	}
	return n;
}

static const char *
numbered(struct rp_doc *doc, const char *s, long n)
{
	return rp_join(doc, s, "-", rp_decimal(doc, (unsigned long long)n), NULL);
}

/* The name, or the first free one of name-1, name-2 ... */
static const char *
take_name(struct rp_doc *doc, struct names *set, const char *s)
{
	const char *try = s;
	long n;
	int found;

	add_name(doc, set, s, &found);
	while (found) {
		n = slot_of(set, s)->next++;
		try = numbered(doc, s, n);
		add_name(doc, set, try, &found);
	}
	return try;
}

/* ---- Names that XML has ---- */

static int
is_ncname(struct rp_doc *doc, const char *s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
	static const char others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789.-";

	if (*s == '\0')
		return 0;
	if (strspn(s, letters) > 0 && s[strspn(s, others)] == '\0')
		return 1;
	return strcmp(rp_ncname(doc, s), s) == 0;
}

/* The words (or their slug) as a name; of a number alone, "s-2024". */
static const char *
name_of(struct rp_doc *doc, const char *words)
{
	const char *s = rp_ncname(doc, words);

	if (*s != '\0')
		return s;
	s = rp_slug(doc, words);
	return *s != '\0' ? rp_ncname(doc, rp_join(doc, "s-", s, NULL)) : "section";
}

/* ---- The document's ids ---- */

/* A node that has an id, or an alias, or gets one. */
struct place {
	struct place	*next;
	struct rp_node	*node;
	int		 heading;	/* then the rest is there: */
	const char	*name;		/* from its words */
	const char	*github;	/* with GitHub's number; "" if it has none */
	int		 same;		/* both are made of the same words */
};

struct ids {
	const char	*prefix;	/* option */
	struct rp_job	*job;
	struct rp_doc	*doc;
	struct names	 ids, aliases, slugs;
	struct place	*places;	/* in the order of the text */
};

static int
is_note(const struct rp_node *n)
{
	return rp_kind(n) == RP_FOOTNOTE || rp_kind(n) == RP_FOOTNOTE_REF;
}

static int
is_heading(const struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_SECTION:
		return 1;
	case RP_HEADING:
		return rp_kind(rp_parent(n)) != RP_SECTION;
	case RP_TITLE:
	case RP_SUBTITLE:
		return rp_has(n, RP_A_LEVEL);
	default:
		return 0;
	}
}

/* The words of a heading as a name, and as GitHub's. */
static void
name_heading(struct ids *st, struct place *p)
{
	const struct rp_node *text = rp_kind(p->node) == RP_SECTION ?
	    rp_child(p->node, RP_HEADING) : p->node;
	const char *words = text != NULL ? rp_plain_text(st->doc, text) : "";
	const char *slug = rp_slug(st->doc, words);

	p->heading = 1;
	p->name = name_of(st->doc, slug);
	p->same = strcmp(p->name, slug) == 0;
	p->github = *slug != '\0' ? take_name(st->doc, &st->slugs, slug) : "";
}

static struct rp_node *
last_below(struct rp_node *n)
{
	while (rp_last(n) != NULL)
		n = rp_last(n);
	return n;
}

/* The document itself has an id among documents; its front matter has none. */
static void
find_places(struct ids *st)
{
	struct rp_node *n = NULL;
	struct place **end = &st->places;
	int heading;

	while ((n = rp_find_any(st->job->root, n)) != NULL) {
		heading = is_heading(n);
		if (!heading && rp_attr_from(n, 0) == RP_ATTR_MAX)
			continue;	/* as most are */
		if (rp_kind_class(rp_kind(n)) == RP_CLASS_META) {
			n = last_below(n);
			continue;
		}
		if (!heading && !rp_has(n, RP_A_ID) && !rp_has(n, RP_A_ALIAS))
			continue;
		*end = rp_alloc(st->doc, sizeof(**end));
		(*end)->node = n;
		if (heading)
			name_heading(st, *end);
		end = &(*end)->next;
	}
}

/* Ids that stand already.  Notes come first: their references name them. */
static void
keep_ids(struct ids *st, int notes)
{
	struct place *p;

	for (p = st->places; p != NULL; p = p->next) {
		const char *id = rp_get(p->node, RP_A_ID), *name, *free;

		if (id == NULL || is_note(p->node) != notes)
			continue;
		name = is_ncname(st->doc, id) ? id : name_of(st->doc, id);
		free = take_name(st->doc, &st->ids, name);
		if (free != name)
			rp_report(st->job, RP_D_DUPLICATE_ANCHOR, p->node, id, free, NULL);
		if (free == id)
			continue;
		rp_set(st->doc, p->node, RP_A_ID, free);
		if (name != id && strpbrk(id, " \t\n\r\f") == NULL)
			rp_set(st->doc, p->node, RP_A_ALIAS, rp_get(p->node, RP_A_ALIAS) == NULL ? id
			    : rp_join(st->doc, id, " ", rp_get(p->node, RP_A_ALIAS), NULL));
	}
}

static const char *
prefixed(const struct ids *st, const char *name)
{
	return *st->prefix != '\0' ? rp_join(st->doc, st->prefix, name, NULL) : name;
}

/* same: those whose name is GitHub's, or the others. */
static void
give_ids(struct ids *st, int same)
{
	struct place *p;
	const char *id;
	int found;

	for (p = st->places; p != NULL; p = p->next) {
		if (!p->heading || p->same != same || rp_has(p->node, RP_A_ID))
			continue;
		id = prefixed(st, same ? p->github : p->name);
		add_name(st->doc, &st->ids, id, &found);
		if (found)
			id = take_name(st->doc, &st->ids, prefixed(st, p->name));
		rp_set(st->doc, p->node, RP_A_ID, id);
	}
}

static void
give_figures_ids(struct ids *st)
{
	const char *name = prefixed(st, "figure"), *id;
	struct rp_node *figure = NULL;
	long n = 0;
	int found;

	while ((figure = rp_find(st->job->root, figure, RP_FIGURE)) != NULL) {
		if (rp_has(figure, RP_A_ID))
			continue;
		do
			add_name(st->doc, &st->ids, id = numbered(st->doc, name, ++n), &found);
		while (found);
		rp_set(st->doc, figure, RP_A_ID, id);
	}
}

/* Adds an alias, unless it is the name of a place already. */
static const char *
add_alias(struct ids *st, const char *aliases, const char *s)
{
	int found;

	if (*s == '\0' || (st->ids.cap > 0 && slot_of(&st->ids, s)->s != NULL))
		return aliases;
	add_name(st->doc, &st->aliases, s, &found);
	if (found)
		return aliases;
	return aliases != NULL ? rp_join(st->doc, aliases, " ", s, NULL) : s;
}

static const char *
own_aliases(struct ids *st, const struct rp_node *n)
{
	const char *s = rp_get(n, RP_A_ALIAS), *aliases = NULL;
	size_t len;

	for (; s != NULL && *s != '\0'; s += len) {
		s += strspn(s, " ");
		len = strcspn(s, " ");
		aliases = add_alias(st, aliases, rp_dup(st->doc, s, len));
	}
	return aliases;
}

/* Is its id GitHub's, as most are?  Then that is no alias, and there is no other name. */
static int
has_github_name(const struct ids *st, const struct place *p)
{
	const char *id = rp_get(p->node, RP_A_ID);

	return *st->prefix == '\0' && id != NULL && strcmp(id, p->github) == 0;
}

/* The author's aliases are stronger than the ones made here. */
static void
give_aliases(struct ids *st)
{
	struct place *p;

	for (p = st->places; p != NULL; p = p->next)
		if (rp_has(p->node, RP_A_ALIAS))
			rp_set(st->doc, p->node, RP_A_ALIAS, own_aliases(st, p->node));
	for (p = st->places; p != NULL; p = p->next) {
		const char *aliases = rp_get(p->node, RP_A_ALIAS);

		if (!p->heading || (aliases == NULL && has_github_name(st, p)))
			continue;
		aliases = add_alias(st, aliases, p->github);
		if (*st->prefix != '\0')
			aliases = add_alias(st, aliases, p->name);
		rp_set(st->doc, p->node, RP_A_ALIAS, aliases);
	}
}

static int
run(struct rp_job *job, void *state)
{
	struct ids *st = state;

	st->job = job;
	st->doc = job->doc;
	if (*st->prefix != '\0' && !is_ncname(st->doc, st->prefix)) {
		rp_say(job, RP_ERROR, NULL, "\"%s\" cannot begin an id", st->prefix);
		return -1;
	}
	find_places(st);
	keep_ids(st, 1);
	keep_ids(st, 0);
	give_ids(st, 1);
	give_ids(st, 0);
	give_figures_ids(st);
	give_aliases(st);
	return 0;
}

static const struct rp_option options[] = {
	{ "prefix", RP_STRING, offsetof(struct ids, prefix), "", NULL,
	    "what the id of each heading and figure begins with" },
	{ 0 }
};

static const char *const needs[] = { "sections", NULL }, *const gives[] = { "ids", NULL };

RP_FILTER(ids) = {
	RP_HEAD("ids"),
	.summary = "give every heading and figure an id, and every id a form that all outputs can write",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.state_size = sizeof(struct ids),
	.options = options,
	.run = run,
};
