/* yaml_strict.h - what YAML 1.2 says beyond libyaml. */
#ifndef RP_YAML_STRICT_H
#define RP_YAML_STRICT_H

#include <yaml.h>

#include "read.h"

/* How far a line's characters have been counted; marks come in the order of the text. */
struct yaml_count { uint32_t line; size_t chars, bytes; };

struct yaml_strict {
	struct rp_doc	*doc;
	uint32_t	 line;		/* of the text's first line in the source */
	struct { int indent, is_flow, wants_indent; } levels[128];
	int		 depth, flow;	/* levels open; flow collections among them */
	uint32_t	 flow_line;	/* where the outermost of these began */
	struct yaml_count starts, ends;
	int		 doubt;		/* libyaml may have misread something */
};

/* The byte (from 0) in that line of the source of a column in characters. */
size_t	yaml_byte(struct rp_doc *, struct yaml_count *, uint32_t line, size_t chars);
/* 0, or -1 with *pos and *why: YAML 1.2 does not allow what libyaml made this event of. */
int	yaml_strict(struct yaml_strict *, const yaml_event_t *, struct rp_pos *pos, const char **why);

#endif
