/*
 * url.c - addresses outside of the handbook, as URLs (RFC 3986): what cannot
 * stand in one is written as the %XX of its bytes, and a host in Punycode.
 *
 * A fragment has them as CommonMark wants them, be they right or wrong.
 */
#include <string.h>

#include "html.h"

static int
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static int
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static char *
put_escape(char *p, char c)
{
	static const char digits[] = "0123456789ABCDEF";

	*p++ = '%';
	*p++ = digits[(unsigned char)c >> 4];
	*p++ = digits[(unsigned char)c & 15];
	return p;
}

char *
html_escape(struct rp_job *job, const char *s, const char *keep)
{
	char *url = rp_alloc(job->doc, 3 * strlen(s) + 1), *p = url;

	for (; *s != '\0'; s++) {
		if (is_alnum(*s) || strchr(keep, *s) != NULL)
			*p++ = *s;
		else
			p = put_escape(p, *s);
	}
	return url;
}

/* CommonMark leaves a % alone that begins no escape; RFC 3986 (2.1) forbids it. */
static const char *
fix_percent(struct rp_job *job, const char *s)
{
	char *fixed, *p;

	if (strchr(s, '%') == NULL)
		return s;
	fixed = p = rp_alloc(job->doc, 3 * strlen(s) + 1);
	for (; *s != '\0'; s++) {
		if (*s == '%' && !(is_hex(s[1]) && is_hex(s[2])))
			p = put_escape(p, *s);
		else
			*p++ = *s;
	}
	return fixed;
}

/* What CommonMark's reference implementation does not escape. */
static const char kept[] = "!#$%&'()*+,-./:;=?@_~";

/* Of these, all but the %, which has to be looked at. */
static const char settled[0x100] = {
	['!'] = 1, ['#'] = 1, 1,
	['&'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,	/* to ; */
	['='] = 1, ['?'] = 1, 1, ['_'] = 1, ['~'] = 1,
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

/* Does the URL stand as it is, with nothing in it to be looked at?  Most do. */
static int
is_settled(const char *s)
{
	if (s[0] == '/' && s[1] == '/')
		return 0;
	while (settled[(unsigned char)*s])
		s++;
	return *s == '\0';
}

/* ---- Hosts ---- */

static int
is_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

/* The host in ASCII, label by label (RFC 3490, 4); as it is where that fails. */
static const char *
host(struct rp_job *job, const char *name)
{
	const char *ascii = "";
	size_t n;

	if (is_ascii(name))
		return name;
	for (name = rp_fold(job->doc, name); ; name += n + 1) {
		const char *label = rp_dup(job->doc, name, n = strcspn(name, "."));

		if (!is_ascii(label) && (label = html_punycode(job->doc, label)) == NULL)
			return name;
		ascii = rp_join(job->doc, ascii, label, name[n] == '.' ? "." : "", NULL);
		if (name[n] == '\0')
			return ascii;
	}
}

/* Length of the scheme (RFC 3986, 3.1), or 0. */
static size_t
scheme(const char *url)
{
	size_t n = 0;

	while (is_alnum(url[n]) || (n > 0 && url[n] != '\0' && strchr("+-.", url[n]) != NULL))
		n++;
	return url[n] == ':' ? n : 0;
}

/* ---- What a book may lead to ---- */

static int
is_host(const char *s)
{
	size_t n = 0;

	while (is_alnum(s[n]) || (s[n] != '\0' && strchr("-._", s[n]) != NULL))
		n++;
	return n > 0 && (s[n] == '\0' || strchr(":/?#", s[n]) != NULL);
}

/* Does the URL begin with that scheme, in whatever case (RFC 3986, 3.1)? */
static int
has_scheme(const char *url, const char *name)
{
	for (; *name != '\0'; url++, name++)
		if ((*url | 0x20) != *name)
			return 0;
	return *url == ':';
}

/*
 * Reading systems hand other addresses to the system around them, which knows
 * what to do with these; of any other, it is a typing error ("hhttps:") that is
 * most likely.
 */
static int
is_known(const char *url)
{
	static const char *const hosts[] = { "http", "https", "ftp" };
	static const char *const others[] = { "mailto", "tel", "xmpp", "sip", "sips", "irc", "news",
	    "urn" };
	size_t n = scheme(url);

	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		if (has_scheme(url, hosts[i]))
			return strncmp(url + n, "://", 3) == 0 && is_host(url + n + 3);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (has_scheme(url, others[i]))
			return 1;
	return 0;
}

const char *
html_url(const struct html *h, struct rp_job *job, const char *url)
{
	const char *name, *end;

	if (is_settled(url))
		return h->fragment || !h->chapter || is_known(url) ? url : NULL;
	if (h->fragment)
		return html_escape(job, url, kept);
	if (strncmp(url, "//", 2) == 0)		/* whatever brought the page: a file, perhaps */
		url = rp_join(job->doc, "https:", url, NULL);
	name = url + scheme(url);
	if (name > url && strncmp(name, "://", 3) == 0) {
		name += 3;
		end = name + strcspn(name, "/?#");
		url = rp_join(job->doc, rp_dup(job->doc, url, (size_t)(name - url)),
		    host(job, rp_dup(job->doc, name, (size_t)(end - name))), end, NULL);
	}
	url = html_escape(job, fix_percent(job, url), kept);
	return h->chapter && !is_known(url) ? NULL : url;
}
