/* nest.c - which kind may stand in which: the rules of node.def, and its remarks. */
#include "reader.h"

enum holds { NOTHING, METAS, BLOCKS, INLINES, FLOW, PARTS };

static const enum holds holds[RP_KIND_MAX] = {
#define RP_KIND(id, name, class, ho) [RP_##id] = ho,
#include <rolepress/node.def>
};

/* A PART stands in certain parents only, whatever else those hold. */
static const struct {
	enum rp_kind	part, in, or;
} parts[] = {
	{ RP_ITEM,		RP_LIST,		RP_LIST },
	{ RP_ROW,		RP_TABLE,		RP_TABLE },
	{ RP_CELL,		RP_ROW,			RP_ROW },
	{ RP_CAPTION,		RP_TABLE,		RP_FIGURE },
	{ RP_TERM,		RP_DEFINITION_LIST,	RP_DEFINITION_LIST },
	{ RP_DEFINITION,	RP_DEFINITION_LIST,	RP_DEFINITION_LIST },
	{ RP_QUESTION,		RP_QUESTION_LIST,	RP_QUESTION_LIST },
	{ RP_ANSWER,		RP_QUESTION_LIST,	RP_QUESTION_LIST },
	{ RP_SUMMARY,		RP_DETAILS,		RP_DETAILS },
};

static int
is_part_of(enum rp_kind part, enum rp_kind parent)
{
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].part == part)
			return parts[i].in == parent || parts[i].or == parent;
	return 0;
}

int
may_hold(enum rp_kind parent, enum rp_kind child)
{
	enum holds h = holds[parent];

	switch (rp_kind_class(child)) {
	case RP_CLASS_META:
		if (child == RP_INFO || parent == RP_DOCUMENT)
			return parent == RP_DOCUMENT && (child == RP_INFO || child == RP_META_MAP);
		return h == METAS;
	case RP_CLASS_BLOCK:
		return h == BLOCKS || h == FLOW;
	case RP_CLASS_INLINE:
		return h == INLINES || h == FLOW;
	case RP_CLASS_PART:
		return is_part_of(child, parent);
	case RP_CLASS_ROOT:
	default:
		return 0;
	}
}
