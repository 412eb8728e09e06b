/*
 * label.c - the fixed words of the outputs, by language.
 *
 * English stands in label.def itself, every other language in a file of its own.
 */
#include <string.h>

#include "core.h"
#include "language.h"

static const char *const english[RP_LABEL_MAX] = {
#define RP_LABEL(id, name, text) [RP_L_##id] = text,
#include <rolepress/label.def>
#undef RP_LABEL
};

#define RP_LABEL_TEXT(id, text)	[RP_L_##id] = text,

static const struct {
	char		 lang[3];
	const char	*text[RP_LABEL_MAX];
} translations[] = {
	{ "ar", {
#include "labels/ar.def"
	} },
	{ "da", {
#include "labels/da.def"
	} },
	{ "de", {
#include "labels/de.def"
	} },
	{ "es", {
#include "labels/es.def"
	} },
	{ "fr", {
#include "labels/fr.def"
	} },
	{ "it", {
#include "labels/it.def"
	} },
	{ "ja", {
#include "labels/ja.def"
	} },
	{ "ko", {
#include "labels/ko.def"
	} },
	{ "nb", {
#include "labels/nb.def"
	} },
	{ "nl", {
#include "labels/nl.def"
	} },
	{ "pt", {
#include "labels/pt.def"
	} },
	{ "ru", {
#include "labels/ru.def"
	} },
	{ "sv", {
#include "labels/sv.def"
	} },
	{ "zh", {
#include "labels/zh.def"
	} },
};

/* NULL: there is none. */
static const char *
translation(enum rp_label label, const char *code)
{
	size_t i;

	if (code[0] == '\0' || code[1] == '\0' || code[2] != '\0')
		return NULL;	/* all have two letters */
	for (i = 0; i < LEN(translations); i++)
		if (code[0] == translations[i].lang[0] && code[1] == translations[i].lang[1])
			return translations[i].text[label];
	return NULL;
}

const char *
rp_label(enum rp_label label, const char *lang)
{
	const char *code, *text;
	char buf[9];

	if ((unsigned)label >= RP_LABEL_MAX)
		return "";
	if (lang == NULL || strcmp(lang, "en") == 0)
		return english[label];
	text = translation(label, lang);
	if (text == NULL) {
		code = lang_primary(lang, buf);
		/* A reader of one Norwegian reads the other. */
		if (strcmp(code, "nn") == 0 || strcmp(code, "no") == 0)
			code = "nb";
		text = translation(label, code);
	}
	return text != NULL ? text : english[label];
}
