/*
 * svg.c - a drawing made fit for a book: only what SVG 1.1 knows, nothing that runs,
 * nothing that is fetched from elsewhere.  Drawing programs leave metadata of their
 * own in a file, for which EPUBCheck refuses the whole book.
 */
#define _GNU_SOURCE	/* strcasestr */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "run.h"

#define SVG_NS		"http://www.w3.org/2000/svg"
#define XLINK_NS	"http://www.w3.org/1999/xlink"

static const char *const elements[] = {
#define SVG_ELEMENT(name) name,
#include "svg_names.def"
};

static const char *const attributes[] = {
#define SVG_ATTRIBUTE(name) name,
#include "svg_names.def"
};

struct cleaning {
	struct rp_arena	*arena;
	struct str	 dropped;	/* names, for the diagnostic */
	size_t		 count;
	xmlNsPtr	 xlink;
};

static int
by_name(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

static int
is_known(const char *name, const char *const *list, size_t n)
{
	return bsearch(name, list, n, sizeof(*list), by_name) != NULL;
}

enum { NAMED = 6 };	/* so many names of what was dropped are told */

static void
drop(struct cleaning *c, const char *name)
{
	if (c->count++ < NAMED && (c->dropped.len == 0 || strstr(c->dropped.p, name) == NULL)) {
		str_puts(&c->dropped, c->dropped.len > 0 ? ", " : "");
		str_puts(&c->dropped, name);
	}
}

/* Does a style fetch something, or an address lead out of the file? */
static int
fetches(const char *value)
{
	const char *p;

	if (strcasestr(value, "@import") != NULL || strcasestr(value, "javascript:") != NULL)
		return 1;
	for (p = value; (p = strcasestr(p, "url(")) != NULL; ) {
		p += 4;
		p += strspn(p, " \"'");
		if (*p != '#' && strncasecmp(p, "data:image/", 11) != 0)
			return 1;
	}
	return 0;
}

static int
is_inside(const char *href)
{
	return *href == '#' || strncasecmp(href, "data:image/", 11) == 0;
}

static int
keeps_attribute(const xmlAttr *a, const char *value)
{
	const char *name = (const char *)a->name, *ns = a->ns != NULL ? (const char *)a->ns->href : "";

	if (strcmp(ns, XLINK_NS) == 0)
		return strcmp(name, "href") != 0 ? strcmp(name, "type") == 0 || strcmp(name, "title") == 0
		    : is_inside(value);
	if (strcmp(ns, "http://www.w3.org/XML/1998/namespace") == 0)
		return 1;
	if (*ns != '\0')
		return 0;
	return is_known(name, attributes, LEN(attributes)) && !fetches(value);
}

/* SVG 2 writes href without its namespace. */
static void
give_namespace(struct cleaning *c, xmlNode *root, xmlAttr *a)
{
	if (a->ns != NULL || strcmp((const char *)a->name, "href") != 0)
		return;
	if (c->xlink == NULL)
		c->xlink = xmlNewNs(root, (const xmlChar *)XLINK_NS, (const xmlChar *)"xlink");
	xmlSetNs((xmlNode *)a, c->xlink);
}

/* xmlFree() is a variable, which src/lazy/ has none of. */
static void
release(void *p)
{
	xmlFreeFunc f;

	xmlMemGet(&f, NULL, NULL, NULL);
	f(p);
}

static void
clean_attributes(struct cleaning *c, xmlNode *root, xmlNode *n)
{
	xmlAttr *a, *next;
	xmlChar *value;

	for (a = n->properties; a != NULL; a = next) {
		next = a->next;
		give_namespace(c, root, a);
		value = xmlNodeListGetString(n->doc, a->children, 1);
		if (!keeps_attribute(a, value != NULL ? (const char *)value : "")) {
			drop(c, (const char *)a->name);
			xmlRemoveProp(a);
		}
		release(value);
	}
}

static int
keeps_element(const xmlNode *n)
{
	return n->ns != NULL && strcmp((const char *)n->ns->href, SVG_NS) == 0 &&
	    is_known((const char *)n->name, elements, LEN(elements));
}

/* A link in a picture leads nowhere in a book: its content stays, as a group. */
static int
is_link(const xmlNode *n)
{
	return n->ns != NULL && strcmp((const char *)n->ns->href, SVG_NS) == 0 &&
	    strcmp((const char *)n->name, "a") == 0;
}

static int
is_empty_image(const xmlNode *n)
{
	return strcmp((const char *)n->name, "image") == 0 &&
	    xmlHasNsProp((xmlNode *)(uintptr_t)n, (const xmlChar *)"href", (const xmlChar *)XLINK_NS) == NULL;
}

static void
unlink_node(xmlNode *n)
{
	xmlUnlinkNode(n);
	xmlFreeNode(n);
}

/* 0: the node went. */
static int
clean_node(struct cleaning *c, xmlNode *root, xmlNode *n)
{
	xmlChar *text;
	int bad;

	if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
		return 1;
	if (n->type != XML_ELEMENT_NODE) {
		unlink_node(n);		/* comments, instructions, entities */
		return 0;
	}
	if (is_link(n))
		xmlNodeSetName(n, (const xmlChar *)"g");
	if (keeps_element(n)) {
		clean_attributes(c, root, n);
		text = strcmp((const char *)n->name, "style") == 0 ? xmlNodeGetContent(n) : NULL;
		bad = (text != NULL && fetches((const char *)text)) || is_empty_image(n);
		release(text);
		if (!bad)
			return 1;
	}
	drop(c, (const char *)n->name);
	unlink_node(n);
	return 0;
}

/* In document order.  Where to go on is known before a node may go. */
static void
clean_tree(struct cleaning *c, xmlNode *root)
{
	xmlNode *n = root->children, *next, *up;

	clean_attributes(c, root, root);
	while (n != NULL) {
		next = n->next;
		up = n->parent;
		if (clean_node(c, root, n) && n->type == XML_ELEMENT_NODE && n->children != NULL) {
			n = n->children;
			continue;
		}
		while (next == NULL && up != root) {
			next = up->next;
			up = up->parent;
		}
		n = next;
	}
}

static char *
serialise(struct rp_arena *a, xmlDoc *doc, size_t *len)
{
	xmlChar *out = NULL;
	char *r;
	int n = 0;

	xmlDocDumpMemoryEnc(doc, &out, &n, "UTF-8");
	if (out == NULL)
		rp_out_of_memory();
	r = arena_dup(a, (const char *)out, (size_t)n);
	*len = (size_t)n;
	release(out);
	return r;
}

char *
svg_clean(struct rp_arena *a, const char *bytes, size_t *len, const char **dropped)
{
	struct cleaning c = { .arena = a };
	xmlDoc *doc;
	xmlNode *root;
	char *r = NULL;

	*dropped = NULL;
	xml_prepare();
	doc = xmlReadMemory(bytes, (int)*len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
	root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	if (root == NULL || root->ns == NULL || strcmp((const char *)root->ns->href, SVG_NS) != 0 ||
	    strcmp((const char *)root->name, "svg") != 0)
		goto out;
	if (doc->intSubset != NULL)
		unlink_node((xmlNode *)doc->intSubset);
	c.xlink = xmlSearchNsByHref(doc, root, (const xmlChar *)XLINK_NS);
	clean_tree(&c, root);
	r = serialise(a, doc, len);
	if (c.count > 0)
		*dropped = str_format(a, "%s%s", c.dropped.p, c.count > NAMED ? " and more" : "");
	str_free(&c.dropped);
out:
	xmlFreeDoc(doc);
	return r;
}
