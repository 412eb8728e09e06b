/*
 * end.c - the last sections: what the page is filed under, and where to go from it.
 */
#include <string.h>

#include "man.h"

/* ---- Categories and tags ---- */

static int
is_category(const struct rp_node *keyword)
{
	return man_is(rp_get(keyword, RP_A_TYPE), "category");
}

/* Has one of the n said the same? */
static int
is_among(const char *const *said, size_t n, const char *s)
{
	while (n > 0)
		if (strcmp(said[--n], s) == 0)
			return 1;
	return 0;
}

/* The categories, or the tags and keywords; letter case makes no new word. */
static void
put_keywords(struct man *m, const struct rp_node *info, int categories, enum rp_label label)
{
	const struct rp_node *n;
	const char **said, *s;
	size_t count = 0;

	for (n = rp_first(info); n != NULL; n = rp_next(n))
		count++;
	said = rp_alloc(m->job->doc, count * sizeof(*said) + 1);
	count = 0;
	for (n = rp_first(info); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_KEYWORD || is_category(n) != categories)
			continue;
		s = rp_fold(m->job->doc, rp_text(n));
		if (!man_is_visible(s) || is_among(said, count, s))
			continue;
		if (count == 0)
			man_section(m, rp_label(label, m->lang));
		else
			man_text(m, ", ");
		man_text(m, rp_text(n));
		said[count++] = s;
	}
	if (count > 0)
		man_line(m);
}

/* ---- References ---- */

enum group { RELATED, REPORTS_TO, TRANSLATIONS, BACKLINKS, GROUPS };

static enum group
group_of(const struct rp_node *reference)
{
	const char *type = rp_get(reference, RP_A_TYPE);

	if (man_is(type, "translation"))
		return TRANSLATIONS;
	if (man_is(type, "backlink"))
		return BACKLINKS;
	return man_is(type, "reports_to") || man_is(type, "reports-to") ? REPORTS_TO : RELATED;
}

/* Has the group named this document before?  Others than an author make no such slip. */
static int
is_named(const struct rp_node *n)
{
	const struct rp_node *p;

	if (group_of(n) >= TRANSLATIONS)
		return 0;
	for (p = rp_prev(n); p != NULL; p = rp_prev(p))
		if (rp_kind(p) == RP_REFERENCE && group_of(p) == group_of(n) &&
		    man_is(rp_get(p, RP_A_TARGET), rp_get(n, RP_A_TARGET)))
			return 1;
	return 0;
}

static struct rp_node *
next_of(struct rp_node *n, enum group group)
{
	while (n != NULL && (rp_kind(n) != RP_REFERENCE || group_of(n) != group || is_named(n)))
		n = rp_next(n);
	return n;
}

/* Informationssäkerhetschef (svenska, ciso(7)); what is in one's own language has no
 * need of words. */
static void
put_page(struct man *m, const struct rp_node *n, const char *name, const char *comma)
{
	const char *lang = rp_get(n, RP_A_LANG), *title = rp_get(n, RP_A_TITLE);

	if (lang == NULL || m->lang == NULL || rp_lang_same(lang, m->lang)) {
		rp_roff_macro(m->r, "BR", name,
		    rp_join(m->job->doc, "(", m->section, ")", comma, NULL), NULL);
		return;
	}
	if (title != NULL)
		man_text(m, rp_join(m->job->doc, title, " (", rp_lang_name(lang), ", ", NULL));
	man_page_ref(m, name);
	man_text(m, title != NULL ? ")" : "");
	man_text(m, comma);
	man_line(m);
}

static void
put_reference(struct man *m, const struct rp_node *n, const char *comma)
{
	const char *target = rp_get(n, RP_A_TARGET), *title = rp_get(n, RP_A_TITLE);
	const struct rp_node *entry = target != NULL ? rp_index_find(m->job, target) : NULL;

	if (entry != NULL) {
		put_page(m, n, man_name(m->job, entry), comma);
		return;
	}
	if (title == NULL && (title = rp_get(n, RP_A_URL)) == NULL)
		title = target != NULL ? target : "?";
	man_text(m, title);
	man_text(m, comma);
	man_line(m);
}

static void
put_group(struct man *m, struct rp_node *info, enum group group)
{
	static const enum rp_label labels[GROUPS] = {
		RP_L_SEE_ALSO, RP_L_REPORTS_TO, RP_L_TRANSLATIONS, RP_L_BACKLINKS
	};
	struct rp_node *n = next_of(rp_first(info), group), *after;

	if (n == NULL)
		return;
	if (!m->in_section)
		man_section(m, rp_label(RP_L_MAN_SEE_ALSO, m->lang));
	man_begin(m);
	if (group != RELATED) {
		man_font(m, 'B');
		man_text(m, rp_join(m->job->doc, rp_label(labels[group], m->lang), ":", NULL));
		man_font_end(m);
		man_line(m);
	}
	for (; n != NULL; n = after) {
		after = next_of(rp_next(n), group);
		put_reference(m, n, after != NULL ? "," : "");
	}
}

void
man_document_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	struct rp_node *info = rp_child(n, RP_INFO);
	int group;

	(void)job;
	if (info == NULL)
		return;
	put_keywords(m, info, 1, RP_L_CATEGORY);
	put_keywords(m, info, 0, RP_L_TAGS);
	m->in_section = 0;
	for (group = RELATED; group < GROUPS; group++)
		put_group(m, info, (enum group)group);
}
