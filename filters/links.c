/*
 * links - every reference leads to a document of the run, to the outside, or
 * nowhere; the last is kept as text and reported.
 *
 * A link that leads nowhere becomes a SPAN of type "dangling-link" that keeps the
 * url, so that html=fragment can put back what the source said.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

struct links {
	const char	*base;		/* option */
	const struct rp_node **relations;	/* a set, by hash; half of it is free */
	size_t		 count, room;
};

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What else a scheme may have, behind its first letter. */
static int
is_other(char c)
{
	return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* Length of the scheme before its colon (RFC 3986, 3.1), or 0. */
static size_t
scheme(const char *url)
{
	size_t n = 0;

	while (is_letter(url[n]) || (n > 0 && is_other(url[n])))
		n++;
	return n > 1 && url[n] == ':' ? n : 0;
}

/* Addresses that a reader would execute. */
static int
is_active(const char *url, size_t n)
{
	static const char *const names[] = { "javascript", "vbscript", "data", "livescript", "mocha" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == n && rp_ascii_same(url, names[i], n))
			return 1;
	return 0;
}

/* "; did you mean "ciso"?" or nothing. */
static const char *
hint(struct rp_job *job, enum rp_diag d, const char *url)
{
	const char *near = rp_is_heard(job, d) ? rp_index_nearest(job, url) : NULL;

	return near != NULL ? rp_join(job->doc, "; did you mean \"", near, "\"?", NULL) : "";
}

static void
to_text(struct rp_job *job, struct rp_node *link, const char *type)
{
	rp_set_kind(link, RP_SPAN);
	rp_set(job->doc, link, RP_A_TYPE, type);
}

/* The place in the target; without it, the document as a whole (of one's own, nothing). */
static int
set_place(struct rp_job *job, struct rp_node *link, const struct rp_node *entry, const char *fragment)
{
	const struct rp_node *place;
	int own = rp_index_find(job, rp_get(job->root, RP_A_ID)) == entry;

	if (fragment == NULL)
		return 0;
	place = rp_index_place(job, entry, fragment);
	if (place == NULL)	/* letter case is often off */
		place = rp_index_place(job, entry, rp_slug(job->doc, fragment));
	if (place != NULL) {
		rp_set(job->doc, link, RP_A_FRAGMENT, rp_get(place, RP_A_ID));
		return 0;
	}
	if (strcmp(fragment, "top") == 0)	/* HTML's name for the beginning */
		return 0;
	if (own)
		return -1;
	rp_report(job, RP_D_FRAGMENT_DANGLING, link, fragment, rp_get(entry, RP_A_PATH), "", NULL);
	return 0;
}

static void
resolve(struct rp_job *job, struct rp_node *link, const char *url, const struct links *st)
{
	const char *fragment = NULL;
	struct rp_node *entry = rp_index_resolve(job, url, &fragment);

	if (entry != NULL && set_place(job, link, entry, fragment) == 0) {
		rp_set(job->doc, link, RP_A_TARGET, rp_get(entry, RP_A_ID));
		return;
	}
	if (entry == NULL && st->base != NULL && *url == '/') {
		rp_set(job->doc, link, RP_A_URL, rp_join(job->doc, st->base, url, NULL));
		return;
	}
	rp_report(job, RP_D_LINK_DANGLING, link, *url != '\0' ? url : "an empty address",
	    entry == NULL ? hint(job, RP_D_LINK_DANGLING, url) : "", NULL);
	to_text(job, link, "dangling-link");
}

static void
take_link(struct rp_job *job, struct rp_node *link, const struct links *st)
{
	const char *url = rp_get(link, RP_A_URL);
	size_t n;

	if (url == NULL)
		url = "";
	url += strspn(url, " \t\r\n");
	n = scheme(url);
	if (n > 0 && is_active(url, n)) {
		rp_report(job, RP_D_URL_SCHEME, link, url, NULL);
		rp_unset(link, RP_A_URL);
		to_text(job, link, "active-link");
	} else if (n == 0 && strncmp(url, "//", 2) != 0) {
		resolve(job, link, url, st);
	}
}

/* Where the relation is in the set, or would be. */
static const struct rp_node **
place_of(const struct links *st, const struct rp_node *r)
{
	const char *target = rp_get(r, RP_A_TARGET), *type = rp_get(r, RP_A_TYPE), *p;
	size_t hash = 5381, i;

	for (p = target; *p != '\0'; p++)
		hash = 33 * hash + (unsigned char)*p;
	for (i = hash & (st->room - 1); st->relations[i] != NULL; i = (i + 1) & (st->room - 1))
		if (strcmp(rp_get(st->relations[i], RP_A_TARGET), target) == 0 &&
		    strcmp(rp_get(st->relations[i], RP_A_TYPE), type) == 0)
			break;
	return &st->relations[i];
}

static void
make_room(struct rp_doc *doc, struct links *st)
{
	const struct rp_node **old = st->relations;
	size_t room = st->room, i;

	st->room = room > 0 ? 2 * room : 64;
	st->relations = rp_alloc(doc, st->room * sizeof(*st->relations));
	for (i = 0; i < room; i++)
		if (old[i] != NULL)
			*place_of(st, old[i]) = old[i];
}

/* The same relation written twice is one. */
static int
is_repeated(struct rp_doc *doc, struct links *st, const struct rp_node *r)
{
	const struct rp_node **place;

	if (2 * st->count >= st->room)
		make_room(doc, st);
	place = place_of(st, r);
	if (*place != NULL)
		return 1;
	*place = r;
	st->count++;
	return 0;
}

static void
take_relation(struct rp_job *job, struct links *st, struct rp_node *r)
{
	const char *url = rp_get(r, RP_A_URL), *fragment;
	struct rp_node *entry;

	if (rp_has(r, RP_A_TARGET)) {
		is_repeated(job->doc, st, r);	/* later ones may repeat it */
		return;
	}
	if (url == NULL)
		return;
	entry = scheme(url) == 0 ? rp_index_resolve(job, url, &fragment) : NULL;
	if (entry == NULL) {
		rp_report(job, RP_D_RELATION_DANGLING, r, rp_get(r, RP_A_TYPE), url,
		    hint(job, RP_D_RELATION_DANGLING, url), NULL);
		return;
	}
	rp_set(job->doc, r, RP_A_TARGET, rp_get(entry, RP_A_ID));
	rp_set(job->doc, r, RP_A_TITLE, rp_get(entry, RP_A_TITLE));
	rp_set(job->doc, r, RP_A_LANG, rp_get(entry, RP_A_LANG));
	if (is_repeated(job->doc, st, r))
		rp_detach(r);
}

static int
run(struct rp_job *job, void *state)
{
	struct rp_node *link = NULL, *r, *next;
	struct links *st = state;

	if (st->base == NULL)
		st->base = rp_setting(job, "base-url");
	if (st->base != NULL && *st->base == '\0')
		st->base = NULL;
	for (r = rp_first(rp_info(job->doc)); r != NULL; r = next) {
		next = rp_next(r);
		if (rp_kind(r) == RP_REFERENCE)
			take_relation(job, st, r);
	}
	while ((link = rp_find(job->root, link, RP_LINK)) != NULL)
		if (!rp_has(link, RP_A_TARGET))
			take_link(job, link, st);
	return 0;
}

static const char *const needs[] = { "index", NULL };
static const char *const gives[] = { "links", NULL };

static const struct rp_option options[] = {
	{ "base", RP_STRING, offsetof(struct links, base), NULL, "URL",
	    "put before site-absolute links that leave the handbook" },
	{ 0 }
};

RP_FILTER(links) = {
	RP_HEAD("links"),
	.summary = "resolve references between documents, report those that lead nowhere",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.state_size = sizeof(struct links),
	.options = options,
	.run = run,
};
