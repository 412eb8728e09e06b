/* read.h - between the files of src/read/. */
#ifndef RP_READ_H
#define RP_READ_H

#include "../core/core.h"

enum clean_result { CLEAN_END, CLEAN_CONTROL, CLEAN_NOT_UTF8 };

/*
 * From *at on, the next thing that may not stand in a document: *at is moved to
 * it, *width is its length in bytes and *cp its code point (or byte).
 */
enum clean_result clean_next(const char *text, size_t len, size_t *at, size_t *width, uint32_t *cp);

/* The text with every forbidden control character as U+FFFD, each reported at
 * pos; the text itself if there is none. */
const char *clean_text(struct rp_doc *, const char *, size_t *len, struct rp_pos pos);

/* ---- prepare.c: the text as cmark gets it ---- */

struct cover { uint32_t line, col; };	/* in the prepared text */

struct prepared {
	const char	*text;
	size_t		 len;
	struct str	 made;		/* the text, if it is not the source's */
	struct cover	*covers;	/* by line */
	size_t		 cover_count, cover_cap;
	uint32_t	 head_lines;	/* 2 if a first paragraph refers to every footnote */
	uint32_t	 line;		/* of the text, that was asked for last, */
	size_t		 line_cover;	/* the first cover in it, or after it, */
	int		 is_covered;	/* and whether it has one */
};

/* line0: lines of the source before the text. */
void	prepare(struct rp_doc *, const char *text, size_t len, uint32_t line0, struct prepared *);
void	prepared_free(struct prepared *);
void	prepared_find_line(struct prepared *, uint32_t line);

/* Places are asked for in order, many in one line, and few lines have covers. */
static inline int
prepared_is_covered(struct prepared *t, uint32_t line)
{
	if (line != t->line)
		prepared_find_line(t, line);
	return t->is_covered;
}

/* The column of the source that a column of the prepared text was; there must be covers. */
uint32_t prepared_column(struct prepared *, uint32_t line, uint32_t col);
/* A string of cmark's without what prepare() put in. */
const char *prepared_strip(const struct prepared *, struct rp_doc *, const char *, size_t *len);

/* Are these two characters in the text, which ends with a NUL? */
static inline int
has_pair(const char *p, const char *end, const char pair[2])
{
	for (; (p = memchr(p, pair[0], (size_t)(end - p))) != NULL; p++)
		if (p[1] == pair[1])
			return 1;
	return 0;
}

/* ---- parse.c: cmark ---- */

/*
 * cmark's tree of a text that is clean and ends with a NUL.  It is in the arena, and may
 * point into the text.  Autolinks are missing if parse_missed() says so of any TEXT in it:
 * then parse_autolinks() makes another tree in its place.
 */
struct cmark_node *parse_markdown(struct rp_arena *, const char *text, size_t len, unsigned *unsure);
/* To be asked only if unsure is not 0. */
int	parse_missed(const struct cmark_node *text, unsigned unsure);
struct cmark_node *parse_autolinks(struct rp_arena *, const char *text, size_t len);

#endif
