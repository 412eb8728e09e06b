/* libxml2.c - see lazy.h.  Needed for raw HTML, and for drawings. */
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

#include "lazy.h"

static struct lazy_library library = { RP_SONAME, NULL };

/* ---- Memory; xmlFree itself is a variable ---- */

LAZY(int, xmlMemGet, (xmlFreeFunc *f, xmlMallocFunc *m, xmlReallocFunc *r, xmlStrdupFunc *s), (f, m, r, s));

LAZY_VOID(xmlInitParser, (void), ());

/* ---- Reading HTML ---- */

LAZY(const htmlElemDesc *, htmlTagLookup, (const xmlChar *name), (name));
LAZY(htmlParserCtxtPtr, htmlCreateMemoryParserCtxt, (const char *bytes, int len), (bytes, len));
LAZY(int, htmlCtxtUseOptions, (htmlParserCtxtPtr p, int options), (p, options));
LAZY(int, xmlSwitchEncoding, (xmlParserCtxtPtr p, xmlCharEncoding encoding), (p, encoding));
LAZY(int, htmlParseDocument, (htmlParserCtxtPtr p), (p));
LAZY(long, xmlByteConsumed, (xmlParserCtxtPtr p), (p));
LAZY_VOID(xmlStopParser, (xmlParserCtxtPtr p), (p));
LAZY_VOID(htmlFreeParserCtxt, (htmlParserCtxtPtr p), (p));

/* ---- Trees of XML ---- */

LAZY(xmlDocPtr, xmlReadMemory,
    (const char *bytes, int len, const char *url, const char *encoding, int options),
    (bytes, len, url, encoding, options));
LAZY_VOID(xmlFreeDoc, (xmlDocPtr doc), (doc));
LAZY(xmlNodePtr, xmlDocGetRootElement, (const xmlDoc *doc), (doc));
LAZY_VOID(xmlDocDumpMemoryEnc, (xmlDocPtr doc, xmlChar **bytes, int *len, const char *encoding),
    (doc, bytes, len, encoding));
LAZY_VOID(xmlNodeSetName, (xmlNodePtr n, const xmlChar *name), (n, name));
LAZY(xmlChar *, xmlNodeGetContent, (const xmlNode *n), (n));
LAZY_VOID(xmlUnlinkNode, (xmlNodePtr n), (n));
LAZY_VOID(xmlFreeNode, (xmlNodePtr n), (n));
LAZY(xmlChar *, xmlNodeListGetString, (xmlDocPtr doc, const xmlNode *list, int in_line),
    (doc, list, in_line));
LAZY(xmlAttrPtr, xmlHasNsProp, (const xmlNode *n, const xmlChar *name, const xmlChar *ns), (n, name, ns));
LAZY(int, xmlRemoveProp, (xmlAttrPtr a), (a));
LAZY(xmlNsPtr, xmlNewNs, (xmlNodePtr n, const xmlChar *href, const xmlChar *prefix), (n, href, prefix));
LAZY(xmlNsPtr, xmlSearchNsByHref, (xmlDocPtr doc, xmlNodePtr n, const xmlChar *href), (doc, n, href));
LAZY_VOID(xmlSetNs, (xmlNodePtr n, xmlNsPtr ns), (n, ns));
