/*
 * language - in which language a document is, and which way that runs.
 *
 * The first of these that says so counts: front matter, the file's name
 * (ciso.ja.md) or a folder (ja/), the setting of the whole handbook, the text.
 * Folders have names for other reasons too: hr/ may hold human resources.  So a
 * folder counts only if the text does not speak against it.
 */
#include <string.h>

#include <rolepress/plugin.h>
#include <rolepress/text.h>

enum {
	TEXT_SIZE = 2048,	/* bytes of the text that are looked at */
	ENOUGH_LETTERS = 40	/* for the text to tell; shorter ones raise no warning */
};

struct language {
	char		 text[TEXT_SIZE + 1];
	size_t		 len;
	int		 gathered;
	const char	*detected;	/* NULL: not known */
};

/* ---- The text ---- */

static void
add(struct language *st, const char *s, size_t len)
{
	if (len > TEXT_SIZE - st->len)
		len = TEXT_SIZE - st->len;
	memcpy(st->text + st->len, s, len);
	st->len += len;
}

/* Up to the next white space; *at: is there an @ in it? */
static const char *
end_of_word(const char *s, int *at)
{
	for (*at = 0;; s++) {
		while ((unsigned char)*s > '@')		/* as letters are */
			s++;
		if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\0')
			return s;
		*at |= *s == '@';
	}
}

/* Words, but not addresses; each sign of white space as a space. */
static void
add_words(struct language *st, const char *s)
{
	const char *from = s, *word;	/* from: what has not been added */
	int address;

	for (; *s != '\0' && st->len + (size_t)(s - from) < TEXT_SIZE; s += *s != '\0') {
		word = s;
		s = end_of_word(s, &address);
		address = address || (*word == 'h' && strncmp(word, "http", 4) == 0) ||
		    (*word == 'w' && strncmp(word, "www.", 4) == 0);
		if (!address && *s == ' ')
			continue;
		add(st, from, (size_t)((address ? word : s) - from));
		if (*s != '\0')
			add(st, " ", 1);
		from = s + (*s != '\0');
	}
	add(st, from, (size_t)(s - from));
}

/* No text of the document's language. */
static int
is_foreign(const struct rp_node *n)
{
	enum rp_kind k = rp_kind(n);

	return k == RP_CODE || k == RP_CODE_BLOCK || k == RP_RAW_BLOCK || k == RP_RAW_INLINE ||
	    k == RP_COMMENT || k == RP_KEYBOARD || rp_kind_class(k) == RP_CLASS_META ||
	    (k != RP_DOCUMENT && rp_get(n, RP_A_LANG) != NULL);
}

/* Words are looked at one by one where the text ends, or all of it is known to need that. */
static void
add_text(struct language *st, const struct rp_node *text, int by_words)
{
	const char *s = rp_text(text);

	if (by_words || rp_text_len(text) >= TEXT_SIZE - st->len)
		add_words(st, s);
	else
		add(st, s, rp_text_len(text));
}

/* May there be an address, or a tab?  (Line feeds are wherever a block ends.) */
static int
may_need_words(const struct language *st)
{
	return strpbrk(st->text, "@\t") != NULL || strstr(st->text, "http") != NULL ||
	    strstr(st->text, "www.") != NULL;
}

static void
gather(struct rp_job *job, struct language *st, int by_words)
{
	struct rp_walk w = rp_walk(job->root);
	const char *given = rp_get_named(job->root, "description-from");

	st->len = 0;
	if (given != NULL && strcmp(given, "meta") == 0) {
		add_words(st, rp_get(job->root, RP_A_DESCRIPTION));
		add(st, "\n", 1);
	}
	while (rp_walk_next(&w) && st->len < TEXT_SIZE) {
		if (w.event == RP_LEAVE) {
			if (rp_kind_class(rp_kind(w.node)) != RP_CLASS_INLINE)
				add(st, "\n", 1);
		} else if (is_foreign(w.node)) {
			rp_walk_skip(&w);
		} else if (rp_kind(w.node) == RP_TEXT) {
			add_text(st, w.node, by_words);
		} else if (rp_kind(w.node) == RP_SOFT_BREAK || rp_kind(w.node) == RP_LINE_BREAK)
			add(st, " ", 1);
	}
	st->text[st->len] = '\0';
}

static const char *
detect(struct rp_job *job, struct language *st)
{
	if (!st->gathered) {
		gather(job, st, 0);
		if (may_need_words(st))
			gather(job, st, 1);
		st->detected = rp_lang_detect(st->text, st->len);
		st->gathered = 1;
	}
	return st->detected;
}

static int
has_letters(const char *s, int enough)
{
	uint32_t cp;

	while (enough > 0 && (cp = rp_utf8_next(&s)) != 0)
		enough -= rp_is_letter(cp);
	return enough <= 0;
}

/* ---- Front matter ---- */

static const char *
from_meta(struct rp_job *job)
{
	static const char *const keys[] = { "lang", "language", "locale" };
	const struct rp_node *meta = rp_meta(job->doc), *at;
	const char *value, *tag;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		at = rp_meta_get(meta, keys[i]);
		value = rp_meta_string(meta, keys[i]);
		if (at != NULL && rp_kind(at) != RP_META_SCALAR)
			rp_report(job, RP_D_META_TYPE, at, keys[i], "a language tag",
			    rp_kind(at) == RP_META_MAP ? "a map" : "a list", NULL);
		if (value == NULL || *value == '\0')
			continue;
		tag = rp_lang_canonical(job->doc, value);
		if (tag != NULL)
			return tag;
		rp_report(job, RP_D_LANG_INVALID, at, value, NULL);
	}
	return NULL;
}

/* ---- Path ---- */

/*
 * The tag that a part of a path is: a language of two letters, with its script or
 * region at most.  What else BCP 47 allows is a name of something: api, it-support.
 */
static const char *
tag_of(struct rp_doc *doc, const char *part, size_t len)
{
	static const char scripts[] = "Arab Cyrl Hans Hant Latn";
	const char *tag, *rest;

	part = rp_dup(doc, part, len);
	if (strcspn(part, "-_") != 2 || part[0] < 'a')
		return NULL;
	tag = rp_lang_canonical(doc, part);
	if (tag == NULL || strcspn(tag, "-") != 2)
		return NULL;
	rest = tag + 2;
	if (strcspn(rest, "-") == 0 && strlen(rest) >= 5 && strcspn(rest + 1, "-") == 4) {
		if (strstr(scripts, rp_dup(doc, rest + 1, 4)) == NULL)
			return NULL;
		rest += 5;
	}
	return *rest == '\0' || (strlen(rest) == 3 && *rest == '-') ? tag : NULL;
}

/* ciso.ja.md: ja. */
static const char *
from_file_name(struct rp_doc *doc)
{
	const char *path = rp_doc_path(doc), *name = strrchr(path, '/'), *dot, *end;

	name = name != NULL ? name + 1 : path;
	end = strrchr(name, '.');
	if (end == NULL)
		return NULL;
	for (dot = end; dot > name && dot[-1] != '.'; dot--)
		;
	return dot > name + 1 ? tag_of(doc, dot, (size_t)(end - dot)) : NULL;
}

/* Languages so close that the text is no proof against a folder's name. */
static const char *const near[] = { " da nb nn no sv ", " es ca gl pt ", " cs sk ", " bs hr sl sr ",
	" id ms ", " be bg mk ru sr uk ", " af nl ", " fa ur ", " et fi " };

static int
has_word(const char *list, const char *tag)
{
	char word[] = "    ";

	memcpy(word + 1, tag, strcspn(tag, "-") == 2 ? 2 : 0);
	return strstr(list, word) != NULL;
}

static int
are_close(const char *a, const char *b)
{
	size_t i;

	for (i = 0; i < sizeof(near) / sizeof(near[0]); i++)
		if (has_word(near[i], a) && has_word(near[i], b))
			return 1;
	return rp_lang_same(a, b);
}

/* Does the text bear out that a folder is named for the language tag? */
static int
is_borne_out(struct rp_job *job, struct language *st, const char *tag)
{
	/* Words and abbreviations; they need a text that says the same. */
	static const char other[] = " am as be hr id in io is it my or so to ";
	const char *detected = detect(job, st);

	if (detected == NULL)
		return !has_word(other, tag);
	return are_close(detected, tag);
}

/*
 * The folders below the input folder, the nearest first, and that folder itself;
 * what lies above has nothing to do with the document.
 */
static const char *
from_folder(struct rp_job *job, struct language *st)
{
	const char *path = rp_doc_path(job->doc), *site = rp_doc_site_path(job->doc);
	const char *end = strrchr(path, '/'), *start, *root, *tag;
	size_t below = strlen(site), all = strlen(path);

	root = below <= all && strcmp(path + all - below, site) == 0 ? path + all - below : path;
	while (end != NULL && end > path) {
		for (start = end; start > path && start[-1] != '/'; start--)
			;
		tag = tag_of(job->doc, start, (size_t)(end - start));
		if (tag != NULL && is_borne_out(job, st, tag))
			return tag;
		if (start < root || start == path)
			break;
		end = start - 1;
	}
	return NULL;
}

/* ---- All together ---- */

static const char *
from_setting(struct rp_job *job)
{
	const char *value = rp_setting(job, "lang"), *tag;

	if (value == NULL || *value == '\0')
		return NULL;
	tag = rp_lang_canonical(job->doc, value);
	if (tag == NULL)
		rp_report(job, RP_D_LANG_INVALID, NULL, value, NULL);
	return tag;
}

static int
run(struct rp_job *job, void *state)
{
	struct language *st = state;
	const char *tag, *from;

	if ((tag = from_meta(job)) != NULL)
		from = "meta";
	else if ((tag = from_file_name(job->doc)) != NULL || (tag = from_folder(job, st)) != NULL)
		from = "path";
	else if ((tag = from_setting(job)) != NULL)
		from = "setting";
	else if ((tag = detect(job, st)) != NULL)
		from = "text";
	else {
		from = NULL;
		tag = "und";
		if (has_letters(st->text, ENOUGH_LETTERS))
			rp_report(job, RP_D_LANG_UNKNOWN, NULL, NULL);
	}
	rp_set(job->doc, job->root, RP_A_LANG, tag);
	rp_set(job->doc, job->root, RP_A_DIR, rp_lang_dir(tag));
	if (from != NULL)
		rp_set_named(job->doc, job->root, "lang-from", from);
	return 0;
}

static const char *const needs[] = { "identity", NULL };
static const char *const gives[] = { "language", NULL };

RP_FILTER(language) = {
	RP_HEAD("language"),
	.summary = "find out the language of a document",
	.role = RP_TRANSFORM,
	.needs = needs,
	.gives = gives,
	.state_size = sizeof(struct language),
	.run = run,
};
