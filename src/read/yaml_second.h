/* yaml_second.h - a second opinion on YAML, by libfyaml, in a process of its own. */
#ifndef RP_YAML_SECOND_H
#define RP_YAML_SECOND_H

#include <yaml.h>

#include "read.h"

struct yaml_second {
	struct str	 got;		/* the records that came */
	size_t		 at;		/* the next one */
	const char	*text;		/* what was asked about */
	size_t		 len;
	size_t		 counted, line, column;	/* how far marks have been told */
	struct rp_arena	*arena;
};

/* 0, or -1 if libfyaml refuses the text, or is not there, or anything went wrong. */
int	yaml_second_ask(struct yaml_second *, struct rp_arena *, const char *text, size_t len);
/* The next event; its strings belong to the arena.  0 past the last one. */
int	yaml_second_next(struct yaml_second *, yaml_event_t *);
void	yaml_second_free(struct yaml_second *);

/* ---- Between yaml_second.c and yaml_child.c ---- */

enum { YAML_VALUE, YAML_ANCHOR, YAML_TAG, YAML_STRINGS };
#define YAML_NONE	UINT32_MAX	/* as a length: there is no such string */

/* An event as it goes over the pipe; its strings follow it. */
struct yaml_record {
	uint32_t	type;		/* yaml_event_type_t */
	uint32_t	style;		/* of that kind, as libyaml has it */
	uint32_t	from, end;	/* bytes of the text */
	uint32_t	len[YAML_STRINGS];
};

/* In the child: parses the text with libfyaml, and writes what it says.  Never returns. */
void	yaml_child(int fd, const char *text, size_t len);

#endif
