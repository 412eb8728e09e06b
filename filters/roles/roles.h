/* roles.h - what the files of this folder know of each other. */
#ifndef ROLES_H
#define ROLES_H

#include <rolepress/plugin.h>

/* A phrase of a vocabulary; its text follows that of the one before it. */
struct phrase {
	uint8_t	role;		/* enum section_role */
	uint8_t	exact;		/* counts only as the whole heading */
	uint8_t	len;		/* bytes */
	uint16_t bucket;	/* of its first bytes: ROLES_BUCKET() */
};

/*
 * Phrases and the places in headings are sorted by three bytes: in most scripts a letter,
 * or half of one's words.  Bucket 0 is for what is shorter; so it is in every heading.
 */
enum { ROLES_HEAD = 3, ROLES_BUCKETS = 1024 };
#define ROLES_BUCKET(s)	(1 + ((unsigned char)(s)[0] + 7u * (unsigned char)(s)[1] + \
	37u * (unsigned char)(s)[2]) % (ROLES_BUCKETS - 1))

/* The phrases of a language: all texts in one, each with a NUL at its end. */
struct vocabulary {
	const char		*lang;
	const struct phrase	*phrases;
	size_t			 count;
	const char		*text;
};

/* NULL: there is none for the language. */
const struct vocabulary	*roles_vocabulary(const char *lang);
/* The role's name, as in roles.def. */
const char		*roles_name(unsigned role);

/* A heading as the vocabularies have it: folded, and without its numbering, the
 * symbols around it and the marks at its end. */
char	*roles_heading(struct rp_doc *, const char *text);

#endif
