/*
 * name.c - what pages are called, and where they lie.
 *
 * man(1) finds translations by name: the page of one role has the same name in
 * every language's folder, as far as it is the only one there.
 */
#include <string.h>

#include "man.h"

/* ---- Languages' folders ---- */

struct tag {
	char	language[9], script[5], region[4];
};

static size_t
copy(char *to, const char *from, size_t n)
{
	memcpy(to, from, n);
	to[n] = '\0';
	return n;
}

/* The parts of a canonical tag that folders are named by (RFC 5646, section 2.1). */
static struct tag
split(const char *lang)
{
	static const char region[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	struct tag t = { "", "", "" };
	size_t n;

	for (; *lang != '\0'; lang += n + (lang[n] == '-')) {
		n = strcspn(lang, "-");
		if (t.language[0] == '\0' && n <= 8)
			copy(t.language, lang, n);
		else if (n == 4 && t.script[0] == '\0' && t.region[0] == '\0')
			copy(t.script, lang, n);
		else if ((n == 2 || n == 3) && t.region[0] == '\0' && strspn(lang, region) >= n)
			copy(t.region, lang, n);
		else
			break;
	}
	return t;
}

/*
 * As locales are called: pt_BR.  "" for English, which lies in the manual's own
 * folder, and for an unknown language.
 */
static const char *
folder(struct rp_job *job, const char *lang)
{
	struct tag t = split(lang != NULL ? lang : "und");

	if (strcmp(t.language, "en") == 0 || strcmp(t.language, "und") == 0 || t.language[0] == '\0')
		return "";
	if (strcmp(t.language, "zh") == 0 && t.region[0] == '\0' && t.script[0] != '\0')
		copy(t.region, strcmp(t.script, "Hant") == 0 ? "TW" : "CN", 2);
	if (t.region[0] == '\0')
		return rp_dup(job->doc, t.language, strlen(t.language));
	return rp_join(job->doc, t.language, "_", t.region, NULL);
}

/* ---- Names ---- */

/* Does a translation lie in the same folder? */
static int
has_company(struct rp_job *job, const struct rp_node *document, const char *own)
{
	const struct rp_node *info = rp_child(document, RP_INFO);
	const struct rp_node *n = info != NULL ? rp_first(info) : NULL;

	for (; n != NULL; n = rp_next(n))
		if (rp_kind(n) == RP_REFERENCE && man_is(rp_get(n, RP_A_TYPE), "translation") &&
		    strcmp(folder(job, rp_get(n, RP_A_LANG)), own) == 0)
			return 1;
	return 0;
}

/*
 * The slug, if the document has it to itself: its id is the slug then, or the
 * slug and its language.
 */
const char *
man_name(struct rp_job *job, const struct rp_node *document)
{
	const char *id = rp_get(document, RP_A_ID), *slug = rp_get(document, RP_A_SLUG);
	const char *lang = rp_get(document, RP_A_LANG);

	if (slug == NULL || *slug == '\0' || man_is(id, slug))
		return id;
	if (lang == NULL || !man_is(id, rp_join(job->doc, slug, "-", lang, NULL)))
		return id;
	return has_company(job, document, folder(job, lang)) ? id : slug;
}

const char *
man_path(struct rp_job *job, void *state)
{
	const struct man *m = state;
	const char *lang = folder(job, rp_get(job->root, RP_A_LANG));

	return rp_join(job->doc, lang, *lang != '\0' ? "/man" : "man", m->section, "/",
	    man_name(job, job->root), ".", m->section, NULL);
}
