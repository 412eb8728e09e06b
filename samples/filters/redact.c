/*
 * redact - a transform that blacks texts out: in text, code, titles, addresses, alternative
 * texts, ids and front matter.  Where markup runs through one, its block loses the markup.
 *
 *	rolepress roles/ -o public.epub -f './redact.so=texts=Jane.Doe|Project [XY]'
 */
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <rolepress/plugin.h>

struct redact {
	const char	*texts, *mark;		/* options */
	regex_t		 re;
	const char	*ids[500];		/* that have another name now */
	int		 count;
};

/* s with all that matches covered; NULL if nothing does. */
static const char *
hide(struct rp_doc *doc, const struct redact *st, const char *s)
{
	const char *done = NULL;
	regmatch_t m;

	while (s != NULL && regexec(&st->re, s, 1, &m, done != NULL ? REG_NOTBOL : 0) == 0) {
		done = rp_join(doc, done != NULL ? done : "", rp_dup(doc, s, (size_t)m.rm_so), st->mark, NULL);
		s += m.rm_eo;
	}
	return done != NULL ? rp_join(doc, done, s, NULL) : NULL;
}

/* The other name of an id that tells: unique, and the same each time. */
static const char *
rename_id(struct rp_doc *doc, struct redact *st, const char *id)
{
	char name[32];
	int i = 0;

	while (i < st->count && strcmp(st->ids[i], id) != 0)
		i++;
	if (i == st->count && i < 500)
		st->ids[st->count++] = id;
	snprintf(name, sizeof(name), "redacted-%d", i + 1);
	return rp_dup(doc, name, strlen(name));
}

static void
enter(struct rp_doc *doc, struct redact *st, struct rp_node *n)
{
	static const enum rp_attr attrs[] = { RP_A_ID, RP_A_ALIAS, RP_A_SLUG, RP_A_FRAGMENT, RP_A_TITLE, RP_A_URL,
	    RP_A_DESCRIPTION, RP_A_KEY, RP_A_INFO, RP_A_CATEGORY, RP_A_AUTHOR, RP_A_DATE };
	const char *s = hide(doc, st, rp_text(n));
	size_t i;

	if (s != NULL)
		rp_set_text(doc, n, s);
	for (i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if ((s = hide(doc, st, rp_get(n, attrs[i]))) != NULL)
			rp_set(doc, n, attrs[i], i < 4 ? rename_id(doc, st, rp_get(n, attrs[i])) : s);
}

/* What is left has markup in its midst. */
static void
leave(struct rp_doc *doc, struct redact *st, struct rp_node *n)
{
	const char *s = rp_kind_class(rp_kind(n)) != RP_CLASS_INLINE && rp_first(n) != NULL &&
	    rp_kind_class(rp_kind(rp_first(n))) == RP_CLASS_INLINE ? hide(doc, st, rp_plain_text(doc, n)) : NULL;

	while (s != NULL && rp_first(n) != NULL)
		rp_detach(rp_first(n));
	if (s != NULL)
		rp_append(n, rp_new_text(doc, s));
}

static int
run(struct rp_job *job, void *state)
{
	struct redact *st = state;
	struct rp_walk w = rp_walk(job->root);
	int bad = st->texts == NULL || regcomp(&st->re, st->texts, REG_EXTENDED | REG_ICASE) != 0;
	int empty = !bad && regexec(&st->re, "", 0, NULL, 0) == 0;	/* x* is everywhere */

	if (bad || empty)
		rp_say(job, RP_ERROR, NULL, "texts= wants an expression such as Jane.Doe|Project [XY]");
	while (!bad && !empty && rp_walk_next(&w))
		(w.event == RP_ENTER ? enter : leave)(job->doc, st, w.node);
	if (!bad)
		regfree(&st->re);
	return bad || empty ? -1 : 0;
}

static const struct rp_option options[] = {
	{ "texts", RP_STRING, offsetof(struct redact, texts), NULL, "REGEX", "what to hide: an extended regular expression" },
	{ "mark", RP_STRING, offsetof(struct redact, mark), "████", "TEXT", "what stands in its place" }, { 0 }
};

RP_FILTER(redact) = { RP_HEAD("redact"), .summary = "black texts out", .role = RP_TRANSFORM,
	.state_size = sizeof(struct redact), .options = options, .run = run };
