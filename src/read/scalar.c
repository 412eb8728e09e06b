/* scalar.c - what a YAML scalar is: the core schema of YAML 1.2, section 10.3.2. */
#include <string.h>

#include "scalar.h"

static int
is_one_of(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(s, *list) == 0)
			return 1;
	return 0;
}

static int
is_null(const char *s)
{
	static const char *const words[] = { "", "~", "null", "Null", "NULL", NULL };

	return is_one_of(s, words);
}

static int
is_bool(const char *s)
{
	static const char *const words[] = { "true", "True", "TRUE", "false", "False", "FALSE", NULL };

	return is_one_of(s, words);
}

static int
all_of(const char *s, const char *set)
{
	return *s != '\0' && s[strspn(s, set)] == '\0';
}

/* [-+]? [0-9]+ | 0o [0-7]+ | 0x [0-9a-fA-F]+ */
static int
is_int(const char *s)
{
	if (s[0] == '0' && s[1] == 'o')
		return all_of(s + 2, "01234567");
	if (s[0] == '0' && s[1] == 'x')
		return all_of(s + 2, "0123456789abcdefABCDEF");
	return all_of(s + (*s == '-' || *s == '+'), "0123456789");
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?, and inf and nan */
static int
is_float(const char *s)
{
	static const char *const inf[] = { ".inf", ".Inf", ".INF", NULL };
	static const char *const nan[] = { ".nan", ".NaN", ".NAN", NULL };
	size_t before, after = 0;

	if (is_one_of(s, nan))
		return 1;
	s += *s == '-' || *s == '+';
	if (is_one_of(s, inf))
		return 1;
	before = strspn(s, "0123456789");
	s += before;
	if (*s == '.') {
		after = strspn(s + 1, "0123456789");
		s += 1 + after;
	}
	if (before + after == 0)
		return 0;
	if (*s == '\0')
		return 1;
	if (*s != 'e' && *s != 'E')
		return 0;
	s++;
	s += *s == '-' || *s == '+';
	return all_of(s, "0123456789");
}

static const struct {
	const char	*tag, *type;
	int		(*fits)(const char *);
} core[] = {
	{ "tag:yaml.org,2002:null",  "null",  is_null },
	{ "tag:yaml.org,2002:bool",  "bool",  is_bool },
	{ "tag:yaml.org,2002:int",   "int",   is_int },
	{ "tag:yaml.org,2002:float", "float", is_float },
	{ "tag:yaml.org,2002:str",   "string", NULL },
};

int
scalar_is_core_tag(const char *tag)
{
	size_t i;

	for (i = 0; i < LEN(core); i++)
		if (tag != NULL && strcmp(tag, core[i].tag) == 0)
			return 1;
	return 0;
}

const char *
scalar_type(const char *text, int plain, const char *tag)
{
	size_t i;

	if (tag != NULL && strcmp(tag, "!") != 0) {
		for (i = 0; i < LEN(core); i++)
			if (strcmp(tag, core[i].tag) == 0)
				return core[i].fits == NULL || core[i].fits(text) ? core[i].type : NULL;
		return NULL;
	}
	for (i = 0; plain && tag == NULL && i < LEN(core); i++)
		if (core[i].fits != NULL && core[i].fits(text))
			return core[i].type;
	return "string";
}

/* Unassigned code points and noncharacters of the same length in UTF-8. */
static const struct {
	const char	*real, *cover;
} covers[] = {
	{ "\xC2\x85",     "\xCD\xB8" },		/* U+0085: U+0378 */
	{ "\xE2\x80\xA8", "\xEF\xB7\x90" },	/* U+2028: U+FDD0 */
	{ "\xE2\x80\xA9", "\xEF\xB7\x91" },	/* U+2029: U+FDD1 */
};

static void
swap(char *text, const char *from, const char *to)
{
	size_t n = strlen(from);
	char *p;

	for (p = text; (p = strstr(p, from)) != NULL; p += n)
		memcpy(p, to, n);
}

const char *
scalar_protect(struct rp_doc *doc, const char *text, size_t *len)
{
	char *copy = rp_dup(doc, text, *len);
	size_t i;

	for (i = 0; i < LEN(covers); i++)
		swap(copy, covers[i].real, covers[i].cover);
	return copy;
}

const char *
scalar_restore(struct rp_doc *doc, const char *text, size_t len)
{
	char *copy = rp_dup(doc, text, len), *p;
	size_t i;

	/* An escape can make a NUL, which no string of ours holds. */
	for (p = copy; (p = memchr(p, '\0', len - (size_t)(p - copy))) != NULL; )
		*p = '\x01';
	for (i = 0; i < LEN(covers); i++)
		swap(copy, covers[i].cover, covers[i].real);
	return copy;
}
