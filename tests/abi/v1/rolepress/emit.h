/*
 * rolepress/emit.h - the emitters: how writers write.
 *
 * A writer never pastes markup together; it tells an emitter what it means, and
 * the emitter escapes, nests and breaks lines.  Emitters are sticky: after a
 * first failure they swallow everything, and close() returns -1, once.
 *
 * An emitter belongs to the sink's job; close() flushes it into the sink.
 */
#ifndef ROLEPRESS_EMIT_H
#define ROLEPRESS_EMIT_H

#include <rolepress/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Sinks: bytes, as they are ---- */

RP_API void	rp_put(struct rp_sink *, const char *bytes, size_t len);
RP_API void	rp_puts(struct rp_sink *, const char *);
RP_API void	rp_put_base64(struct rp_sink *, const char *bytes, size_t len);	/* RFC 4648 */
/* Memory to write into before it is used elsewhere; belongs to the job. */
RP_API struct rp_sink *rp_sink_new(struct rp_job *);
/* What has been written to a sink of rp_sink_new(), and a NUL after it; valid until the next
 * write. */
RP_API const char *rp_sink_bytes(struct rp_sink *, size_t *len);

/* ---- XML 1.0 (and XHTML): well-formed whatever happens ---- */

struct rp_xml;

enum {
	RP_XML_DECLARATION	= 1,	/* begin with <?xml version="1.0" encoding="UTF-8"?> */
	RP_XML_INDENT		= 2,	/* line breaks between block elements: see rp_xml_block() */
	RP_XML_HTML		= 4	/* empty elements but HTML's void ones get an end tag */
};

RP_API struct rp_xml *rp_xml_open(struct rp_job *, struct rp_sink *, int flags);
RP_API int	rp_xml_close(struct rp_xml *);		/* 0 or -1; closes what is open */
RP_API void	rp_xml_doctype(struct rp_xml *, const char *name);	/* <!DOCTYPE name> */
/* Opens an element; its attributes follow before anything else. */
RP_API void	rp_xml_start(struct rp_xml *, const char *name);
/* The same on a line of its own. */
RP_API void	rp_xml_block(struct rp_xml *, const char *name);
RP_API void	rp_xml_end(struct rp_xml *);
/* An attribute of the element just opened; nothing if value is NULL. */
RP_API void	rp_xml_attr(struct rp_xml *, const char *name, const char *value);
RP_API void	rp_xml_attr_int(struct rp_xml *, const char *name, long value);
RP_API void	rp_xml_text(struct rp_xml *, const char *);
/* An element with nothing but text: start, text, end. */
RP_API void	rp_xml_element(struct rp_xml *, const char *name, const char *text);
/* A line break between elements, for the reader of the source. */
RP_API void	rp_xml_newline(struct rp_xml *);
/* Well-formed markup that an emitter has made (a rendered part). */
RP_API void	rp_xml_markup(struct rp_xml *, const char *bytes, size_t len);
RP_API void	rp_xml_comment(struct rp_xml *, const char *);
/* A processing instruction, <?target data?>; data may be NULL. */
RP_API void	rp_xml_pi(struct rp_xml *, const char *target, const char *data);
/* How many elements are open. */
RP_API int	rp_xml_depth(const struct rp_xml *);

/* ---- JSON (RFC 8259) ---- */

struct rp_json;

/* indent: spaces a level, 0 for everything on one line. */
RP_API struct rp_json *rp_json_open(struct rp_job *, struct rp_sink *, int indent);
RP_API int	rp_json_close(struct rp_json *);
RP_API void	rp_json_object(struct rp_json *);	/* { */
RP_API void	rp_json_array(struct rp_json *);	/* [ */
RP_API void	rp_json_end(struct rp_json *);		/* } or ] */
RP_API void	rp_json_key(struct rp_json *, const char *);
RP_API void	rp_json_string(struct rp_json *, const char *);	/* NULL: null */
RP_API void	rp_json_int(struct rp_json *, long long);
RP_API void	rp_json_bool(struct rp_json *, int);
RP_API void	rp_json_null(struct rp_json *);
/*
 * A number in the spelling it has, if JSON's grammar allows that spelling (1.10
 * does), else a string of it (0123, .inf, 0x1F): nothing is lost either way.
 */
RP_API void	rp_json_number(struct rp_json *, const char *spelling);
/* A value that an emitter has made (a rendered part). */
RP_API void	rp_json_value(struct rp_json *, const char *bytes, size_t len);
/* key and string; nothing at all if value is NULL. */
RP_API void	rp_json_member(struct rp_json *, const char *key, const char *value);

/* ---- roff, for man(7) ---- */

struct rp_roff;

RP_API struct rp_roff *rp_roff_open(struct rp_job *, struct rp_sink *);
RP_API int	rp_roff_close(struct rp_roff *);
/* A request or macro on a line of its own with quoted arguments: .SH "NAME" */
RP_API void	rp_roff_macro(struct rp_roff *, const char *name, ...) RP_SENTINEL;
/* Running text; never taken as a request, whatever it begins with. */
RP_API void	rp_roff_text(struct rp_roff *, const char *);
/* Text whose line breaks and spaces stand (inside .nf or .EX). */
RP_API void	rp_roff_verbatim(struct rp_roff *, const char *);
/* Changes the font until the matching pop; fonts nest (R, B, I, BI, CR). */
RP_API void	rp_roff_font(struct rp_roff *, char font);	/* 'B', 'I', 'C' */
RP_API void	rp_roff_font_end(struct rp_roff *);
/* Ends the output's line if it has begun. */
RP_API void	rp_roff_line(struct rp_roff *);
/* An escape sequence as it is ("\\c"); written by a writer, never from a text. */
RP_API void	rp_roff_escape(struct rp_roff *, const char *);
RP_API void	rp_roff_comment(struct rp_roff *, const char *);

/* ---- ZIP ---- */

struct rp_zip;

RP_API struct rp_zip *rp_zip_open(struct rp_job *, struct rp_sink *);
RP_API int	rp_zip_close(struct rp_zip *);
/*
 * Adds an entry, deflated if that makes it smaller.  Names and bytes of entries must
 * stay where they are until close.  Times are fixed, so that the same entries give
 * the same bytes.
 */
RP_API void	rp_zip_add(struct rp_zip *, const char *name, const char *bytes, size_t len);
/* Adds what a sink of rp_sink_new() has; nothing is to be written to it after that. */
RP_API void	rp_zip_add_sink(struct rp_zip *, const char *name, struct rp_sink *);
/* The same without compression (EPUB's mimetype). */
RP_API void	rp_zip_store(struct rp_zip *, const char *name, const char *bytes, size_t len);
/*
 * In two steps, for what render makes and bind puts together: compression, which takes
 * time, and adding, which does not.  What is packed is known to these two alone.
 */
RP_API void	rp_zip_pack(struct rp_job *, struct rp_sink *, const char *bytes, size_t len);
RP_API void	rp_zip_add_packed(struct rp_zip *, const char *name, const char *packed, size_t len);

#ifdef __cplusplus
}
#endif
#endif
