/*
 * phrases.c - the phrases of vocabulary/<language>.def as tables.
 *
 * All phrases of a language are one string, beside the numbers that tell them
 * apart: they are read from front to back, and thousands of pointers would cost
 * every start of the program their relocation.
 */
#include <string.h>

#include <rolepress/text.h>

#include "roles.h"

/* C promises literals of 4095 bytes; compilers of today take all that fits memory. */
#pragma GCC diagnostic ignored "-Woverlength-strings"

enum section_role {
#define RP_SECTION_ROLE(id, name, meaning) ROLE_##id,
#include "roles.def"
#undef RP_SECTION_ROLE
	ROLE_MAX
};

const char *
roles_name(unsigned role)
{
	static const char *const names[] = {
#define RP_SECTION_ROLE(id, name, meaning) name,
#include "roles.def"
#undef RP_SECTION_ROLE
	};

	return role < ROLE_MAX ? names[role] : NULL;
}

/* First pass over each file: the numbers.  To compilers of today, literals' bytes are constants. */
#define BUCKET(phrase)	(sizeof(phrase) > ROLES_HEAD ? ROLES_BUCKET(phrase "\0\0") : 0)
#define RP_PHRASE(role, phrase)		{ ROLE_##role, 0, sizeof(phrase) - 1, BUCKET(phrase) },
#define RP_PHRASE_EXACT(role, phrase)	{ ROLE_##role, 1, sizeof(phrase) - 1, BUCKET(phrase) },

static const struct phrase ar_phrases[] = {
#include "vocabulary/ar.def"
};
static const struct phrase da_phrases[] = {
#include "vocabulary/da.def"
};
static const struct phrase de_phrases[] = {
#include "vocabulary/de.def"
};
static const struct phrase en_phrases[] = {
#include "vocabulary/en.def"
};
static const struct phrase es_phrases[] = {
#include "vocabulary/es.def"
};
static const struct phrase fr_phrases[] = {
#include "vocabulary/fr.def"
};
static const struct phrase it_phrases[] = {
#include "vocabulary/it.def"
};
static const struct phrase ja_phrases[] = {
#include "vocabulary/ja.def"
};
static const struct phrase ko_phrases[] = {
#include "vocabulary/ko.def"
};
static const struct phrase nb_phrases[] = {
#include "vocabulary/nb.def"
};
static const struct phrase nl_phrases[] = {
#include "vocabulary/nl.def"
};
static const struct phrase pt_phrases[] = {
#include "vocabulary/pt.def"
};
static const struct phrase ru_phrases[] = {
#include "vocabulary/ru.def"
};
static const struct phrase sv_phrases[] = {
#include "vocabulary/sv.def"
};
static const struct phrase zh_phrases[] = {
#include "vocabulary/zh.def"
};

#undef RP_PHRASE
#undef RP_PHRASE_EXACT

/* Second pass: the texts. */
#define RP_PHRASE(role, phrase)		phrase "\0"
#define RP_PHRASE_EXACT(role, phrase)	phrase "\0"

static const char ar_text[] =
#include "vocabulary/ar.def"
;
static const char da_text[] =
#include "vocabulary/da.def"
;
static const char de_text[] =
#include "vocabulary/de.def"
;
static const char en_text[] =
#include "vocabulary/en.def"
;
static const char es_text[] =
#include "vocabulary/es.def"
;
static const char fr_text[] =
#include "vocabulary/fr.def"
;
static const char it_text[] =
#include "vocabulary/it.def"
;
static const char ja_text[] =
#include "vocabulary/ja.def"
;
static const char ko_text[] =
#include "vocabulary/ko.def"
;
static const char nb_text[] =
#include "vocabulary/nb.def"
;
static const char nl_text[] =
#include "vocabulary/nl.def"
;
static const char pt_text[] =
#include "vocabulary/pt.def"
;
static const char ru_text[] =
#include "vocabulary/ru.def"
;
static const char sv_text[] =
#include "vocabulary/sv.def"
;
static const char zh_text[] =
#include "vocabulary/zh.def"
;

#define VOCABULARY(lang) \
	{ #lang, lang##_phrases, sizeof(lang##_phrases) / sizeof(lang##_phrases[0]), lang##_text }

static const struct vocabulary vocabularies[] = {
	VOCABULARY(ar), VOCABULARY(da), VOCABULARY(de), VOCABULARY(en), VOCABULARY(es),
	VOCABULARY(fr), VOCABULARY(it), VOCABULARY(ja), VOCABULARY(ko), VOCABULARY(nb),
	VOCABULARY(nl), VOCABULARY(pt), VOCABULARY(ru), VOCABULARY(sv), VOCABULARY(zh),
};

const struct vocabulary *
roles_vocabulary(const char *lang)
{
	const size_t n = sizeof(vocabularies) / sizeof(vocabularies[0]);
	size_t i;

	for (i = 0; i < n; i++)		/* as most are written */
		if (strcmp(lang, vocabularies[i].lang) == 0)
			return &vocabularies[i];
	if (rp_lang_same(lang, "nn"))	/* close enough to read by */
		lang = "nb";
	for (i = 0; i < n; i++)
		if (rp_lang_same(lang, vocabularies[i].lang))
			return &vocabularies[i];
	return NULL;
}
