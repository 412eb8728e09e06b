/*
 * yaml.h - between the files that read YAML.
 *
 * yaml_token.c knows white space, properties and keys, yaml_scalar.c scalars, yaml_flow.c
 * and yaml_block.c collections.  What they find goes to yaml.c as events, in the order of
 * the text.  Numbers in their comments are sections of the specification of YAML 1.2.2.
 */
#ifndef RP_READ_YAML_H
#define RP_READ_YAML_H

#include "read.h"

enum yaml_type { YAML_SCALAR, YAML_ALIAS, YAML_MAP, YAML_LIST, YAML_END };
enum yaml_style { YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE, YAML_LITERAL, YAML_FOLDED };

struct yaml_event {
	enum yaml_type	 type;
	enum yaml_style	 style;		/* of a scalar */
	const char	*anchor;	/* of an alias: what it names; NULL: none */
	const char	*tag;		/* in full; NULL: none */
	const char	*text;		/* of a scalar; its escapes may have made NULs */
	size_t		 len;
	struct rp_pos	 pos;		/* of YAML_END: where the end is */
};

/* Gets an event; 0, or -1 after a diagnostic: no more. */
typedef int yaml_taker(void *, const struct yaml_event *);

/* line: of the text's first one.  0, or -1 after a diagnostic. */
int	yaml_parse(struct rp_doc *, const char *text, size_t len, uint32_t line, yaml_taker *,
	    void *arg);

/*
 * The state of reading.  "indent" is always the column of the block collection that a
 * node stands in, -1 at the top: the node's lines are indented more.  Functions give 0, or
 * -1 after a diagnostic.
 */
struct yaml {
	struct rp_doc	*doc;
	yaml_taker	*take;
	void		*arg;
	const char	*p;		/* here, in a text that ends in \n and NUL */
	const char	*line_start;
	uint32_t	 line;		/* in the source */
	const char	*tab;		/* first one in the white space before p; NULL: none */
	int		 flow;		/* brackets open */
	struct str	 text;		/* of the scalar being read */
	struct rp_pos	 last;		/* of the last event */
};

/* What may stand before a node (6.9). */
struct yaml_props {
	const char	*anchor, *tag;
	struct rp_pos	 pos;		/* line 0: none */
};

static inline int
yaml_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline int
yaml_is_space(char c)
{
	return yaml_is_blank(c) || c == '\n' || c == '\0';
}

static inline int
yaml_is_flow_mark(char c)
{
	return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/* ---- yaml_token.c ---- */

struct rp_pos	 yaml_here(const struct yaml *);	/* as of something empty */
void		 yaml_to_here(const struct yaml *, struct rp_pos *);	/* pos ends before p */
int		 yaml_column(const struct yaml *);
int		 yaml_indent(const struct yaml *);	/* of the line */
int		 yaml_fail(struct yaml *, struct rp_pos, const char *why);
int		 yaml_fail_here(struct yaml *, const char *why);
/* A collection in the place of a key, by its bracket. */
int		 yaml_refuse_key(struct yaml *, struct rp_pos, char bracket);

void	yaml_next_line(struct yaml *);
void	yaml_skip_blanks(struct yaml *);
void	yaml_skip(struct yaml *);	/* to the next token: also past comments and lines */
int	yaml_at_marker(const struct yaml *);
int	yaml_at_line_end(struct yaml *);	/* nothing but a comment follows on the line */
int	yaml_is_mark(const char *, char mark);	/* that one, with white space after it */

int	yaml_properties(struct yaml *, struct yaml_props *);	/* those on this line */
/* An alias or a scalar that is no block, or nothing if a colon comes. */
int	yaml_scalar(struct yaml *, int indent, int one_line, const struct yaml_props *,
	    struct yaml_event *);
/* Does a colon here make that a key? */
int	yaml_is_colon(const struct yaml *, const struct yaml_event *);

int	yaml_emit(struct yaml *, struct yaml_event *, const struct yaml_props *);	/* NULL: none */
int	yaml_emit_empty(struct yaml *, struct rp_pos, const struct yaml_props *);
int	yaml_emit_end(struct yaml *);

/* ---- yaml_scalar.c: with the event's pos set to the start ---- */

int	yaml_begins_plain(const struct yaml *);
int	yaml_plain(struct yaml *, int indent, int one_line, struct yaml_event *);
int	yaml_quoted(struct yaml *, int indent, struct yaml_event *);
int	yaml_block(struct yaml *, int indent, struct yaml_event *);

/* ---- yaml_flow.c ---- */

int	yaml_flow(struct yaml *, int indent, const struct yaml_props *);

#endif
