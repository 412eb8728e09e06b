/* label.c - the fixed words of the outputs, by language. */
#include <string.h>

#include "core.h"

static const char *const english[RP_LABEL_MAX] = {
#define RP_LABEL(id, name, text) [RP_L_##id] = text,
#include <rolepress/label.def>
#undef RP_LABEL
};

const char *
rp_label(enum rp_label label, const char *lang)
{
	(void)lang;
	return (unsigned)label < RP_LABEL_MAX ? english[label] : "";
}
