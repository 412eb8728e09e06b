/*
 * ncname.c - XML names, and names made of any text (Namespaces in XML 1.0, 3: NCName).
 * utf8proc has no table of what a name may have.
 */
#include <string.h>

#include "core.h"
#include "unicode.h"

enum { LONG_VOWEL = 0x30FC };	/* of katakana: a name has it, but does not begin with it */

enum name_class { START = 1, CHAR };

static const struct range names[] = {
#define RP_NAME(first, last, class) { first, last, class },
#include "xml_names.def"
};

/* What cp is in an XML name; 0: nothing. */
static inline int
name_class(uint32_t cp)
{
	const struct range *r;

	if (((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') || is_common_letter(cp))
		return START;
	if (cp == '-' || (cp >= '0' && cp <= '9'))
		return CHAR;
	r = range_of(names, LEN(names), cp);
	return r != NULL ? r->is : 0;
}

int
is_xml_name(const char *s)
{
	const char *p = s;
	uint32_t cp;

	while ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')
		p++;	/* as in nearly all names up to their end */
	if (*p == '\0')
		return p > s;
	cp = rp_utf8_next(&s);
	if (cp != ':' && name_class(cp) != START)
		return 0;
	while ((cp = rp_utf8_next(&s)) != 0)
		if (cp != ':' && name_class(cp) == 0)
			return 0;
	return 1;
}

/* The letter below cp's marks if names have just that; or 0. */
static uint32_t
name_base(uint32_t cp)
{
	utf8proc_int32_t parts[8];
	int boundary = 0;
	utf8proc_ssize_t n;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, LEN(parts), UTF8PROC_DECOMPOSE,
	    &boundary);
	return n > 1 && name_class((uint32_t)parts[0]) != 0 ? (uint32_t)parts[0] : 0;
}

/* The length of a slug that is a name already, of characters that most are made of; else 0. */
static size_t
plain_name_len(const char *s)
{
	const char *p = s;

	while (*p != '\0') {
		if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_' ||
		    (*p == '-' && p[1] != '-' && p[1] != '\0'))
			p++;
		else if (is_common_letter(three_bytes(p)) || (p > s && three_bytes(p) == LONG_VOWEL))
			p += 3;
		else
			return 0;
	}
	return (size_t)(p - s);
}

/* Puts what a name can have of the slug's next characters. */
struct naming {
	char	*name, *end;
	int	 changed;	/* the letter before, so that its marks go too */
};

static void
put_name(struct naming *n, uint32_t cp)
{
	int class;
	uint32_t point;

	if (n->changed && is_mark(cp))
		return;
	class = name_class(cp);
	n->changed = class == 0;
	point = n->changed ? name_base(cp) : cp;
	if (point == 0 || (n->end == n->name && (n->changed ? name_class(point) : class) != START))
		return;
	if (point != '-' || n->end[-1] != '-')
		n->end += rp_utf8_put(n->end, point);
}

char *
rp_ncname(struct rp_doc *doc, const char *s)
{
	const char *slug = s;
	struct naming n = { 0 };
	size_t len;
	uint32_t cp;

	while (*slug == '-' || (*slug >= '0' && *slug <= '9'))
		slug++;		/* no name begins with these */
	if ((len = plain_name_len(slug)) > 0)
		return rp_dup(doc, slug, len);
	slug = rp_slug(doc, s);
	n.name = n.end = rp_alloc(doc, strlen(slug) + 1);
	while ((cp = rp_utf8_next(&slug)) != 0)
		put_name(&n, cp);
	if (n.end > n.name && n.end[-1] == '-')
		n.end--;
	*n.end = '\0';
	return n.name;
}
