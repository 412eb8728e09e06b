/*
 * rolepress/plugin.h - all that a filter may use; the built-in ones use no more.
 *
 * A filter is one descriptor, struct rp_filter, at the end of its file.  It is
 * a transform, which changes a document's tree, a writer, which turns the tree
 * into bytes, a reader, which makes a tree of bytes, or a loader, which makes a
 * filter of some file (a script).  emit.h and text.h, beside this file, hold the
 * emitters that writers write with and the Unicode helpers.
 *
 * Memory.  Every node and string belongs to its document and lives as long as
 * it does; a filter frees nothing.  Strings that go in are copied.  No function
 * returns NULL for want of memory; where NULL can come back, it means "there
 * is none" and the declaration says so.
 *
 * Strings are UTF-8, checked by the reader, and end in NUL.
 *
 * Positions are 1-based lines and 1-based columns in bytes; 0 means unknown.
 * (Diagnostics are shown with columns in characters.)
 */
#ifndef ROLEPRESS_PLUGIN_H
#define ROLEPRESS_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RP_ABI		1	/* the interface that this header describes */
#define RP_ABI_OLDEST	1	/* the oldest one that the host still loads */

#if defined(__GNUC__)
# define RP_API			__attribute__((visibility("default")))
# define RP_SENTINEL		__attribute__((sentinel))
# define RP_PRINTF(a, b)	__attribute__((format(printf, a, b)))
#else
# define RP_API
# define RP_SENTINEL
# define RP_PRINTF(a, b)
#endif

/* ---- Kinds, attributes, diagnostics, labels: each from its one list ---- */

enum rp_kind {
#define RP_KIND(id, name, class, holds) RP_##id,
#include <rolepress/node.def>
	RP_KIND_MAX
};

enum rp_attr {
#define RP_ATTR(id, name, type) RP_A_##id,
#include <rolepress/node.def>
	RP_ATTR_MAX
};

enum rp_class { RP_CLASS_ROOT, RP_CLASS_META, RP_CLASS_BLOCK, RP_CLASS_INLINE, RP_CLASS_PART };

enum rp_attr_type { RP_TYPE_STRING, RP_TYPE_INT, RP_TYPE_BOOL };

enum rp_severity { RP_NOTE, RP_WARNING, RP_ERROR };

enum rp_diag {
#define RP_DIAG(id, code, severity, wording) RP_D_##id,
#include <rolepress/diag.def>
	RP_DIAG_MAX
};

enum rp_label {
#define RP_LABEL(id, name, english) RP_L_##id,
#include <rolepress/label.def>
#undef RP_LABEL
	RP_LABEL_MAX
};

struct rp_node;		/* a node of a tree */
struct rp_doc;		/* a document: its tree, its source, its memory */
struct rp_sink;		/* where bytes go; see emit.h */
struct rp_filter;
struct rp_run;

struct rp_pos {
	uint32_t line, col;		/* first byte; 0, 0: nowhere in the source */
	uint32_t end_line, end_col;	/* last byte; 0, 0: unknown */
};

/* ---- Reading the tree ---- */

RP_API enum rp_kind	 rp_kind(const struct rp_node *);
RP_API const char	*rp_kind_name(enum rp_kind);
RP_API enum rp_class	 rp_kind_class(enum rp_kind);
/* May a node of that kind stand right below one of that kind, by node.def? */
RP_API int		 rp_may_hold(enum rp_kind parent, enum rp_kind child);
RP_API const char	*rp_attr_name(enum rp_attr);
RP_API enum rp_attr_type rp_attr_type(enum rp_attr);

/* Relatives; NULL where there is none. */
RP_API struct rp_node	*rp_parent(const struct rp_node *);
RP_API struct rp_node	*rp_first(const struct rp_node *);
RP_API struct rp_node	*rp_last(const struct rp_node *);
RP_API struct rp_node	*rp_next(const struct rp_node *);
RP_API struct rp_node	*rp_prev(const struct rp_node *);
/* The first child of that kind, or NULL. */
RP_API struct rp_node	*rp_child(const struct rp_node *, enum rp_kind);
/* The nearest ancestor of that kind (not the node itself), or NULL. */
RP_API struct rp_node	*rp_ancestor(const struct rp_node *, enum rp_kind);

/* The node's own text; "" if it has none.  The length saves a strlen. */
RP_API const char	*rp_text(const struct rp_node *);
RP_API size_t		 rp_text_len(const struct rp_node *);

/* An attribute's value; NULL, or dflt, if it is not set. */
RP_API const char	*rp_get(const struct rp_node *, enum rp_attr);
RP_API long		 rp_get_int(const struct rp_node *, enum rp_attr, long dflt);
RP_API int		 rp_has(const struct rp_node *, enum rp_attr);
/* The first attribute, in node.def's order and from this number on, that the node has;
 * RP_ATTR_MAX: there is none. */
RP_API enum rp_attr	 rp_attr_from(const struct rp_node *, int number);
/* An attribute that node.def does not know, by name; NULL if not set. */
RP_API const char	*rp_get_named(const struct rp_node *, const char *name);
/* The n-th (from 0) of those; returns 0 past the last one. */
RP_API int		 rp_named_at(const struct rp_node *, size_t n, const char **name,
			     const char **value);
/* Does "class" hold this word? */
RP_API int		 rp_has_class(const struct rp_node *, const char *word);

RP_API struct rp_pos	 rp_pos(const struct rp_node *);

/* All text below the node, soft breaks as spaces, images as their alternative
 * text; white space at both ends is cut.  The string belongs to doc. */
RP_API const char	*rp_plain_text(struct rp_doc *doc, const struct rp_node *);

/* ---- Changing the tree ---- */

RP_API struct rp_node	*rp_new(struct rp_doc *, enum rp_kind);
/* A TEXT node. */
RP_API struct rp_node	*rp_new_text(struct rp_doc *, const char *);
/* A copy of the node and all below it, in doc's memory. */
RP_API struct rp_node	*rp_copy(struct rp_doc *doc, const struct rp_node *);

/* These detach the node that they place from where it was. */
RP_API void		 rp_append(struct rp_node *parent, struct rp_node *child);
RP_API void		 rp_prepend(struct rp_node *parent, struct rp_node *child);
RP_API void		 rp_insert_before(struct rp_node *at, struct rp_node *);
RP_API void		 rp_insert_after(struct rp_node *at, struct rp_node *);
/* Moves all children of from to the end of to. */
RP_API void		 rp_move_children(struct rp_node *to, struct rp_node *from);
RP_API void		 rp_detach(struct rp_node *);
/* Puts the node's children in its place, and detaches it. */
RP_API void		 rp_unwrap(struct rp_node *);
/* Puts a node in the place of another, and detaches that. */
RP_API void		 rp_replace(struct rp_node *old, struct rp_node *with);

RP_API void	rp_set_kind(struct rp_node *, enum rp_kind);	/* keeps the rest */
RP_API void	rp_set_text(struct rp_doc *, struct rp_node *, const char *);
RP_API void	rp_set_text_n(struct rp_doc *, struct rp_node *, const char *, size_t len);
/* NULL unsets. */
RP_API void	rp_set(struct rp_doc *, struct rp_node *, enum rp_attr, const char *);
RP_API void	rp_set_int(struct rp_doc *, struct rp_node *, enum rp_attr, long);
RP_API void	rp_unset(struct rp_node *, enum rp_attr);
RP_API void	rp_set_named(struct rp_doc *, struct rp_node *, const char *name, const char *value);
RP_API void	rp_add_class(struct rp_doc *, struct rp_node *, const char *word);
RP_API void	rp_set_pos(struct rp_node *, struct rp_pos);

/* Memory of the document, for what a filter builds; never NULL. */
RP_API void	*rp_alloc(struct rp_doc *, size_t);	/* zeroed, aligned for anything */
RP_API char	*rp_dup(struct rp_doc *, const char *, size_t len);
RP_API char	*rp_join(struct rp_doc *, const char *, ...) RP_SENTINEL;	/* ends with a NULL */
RP_API char	*rp_decimal(struct rp_doc *, unsigned long long);	/* a number's digits */

/* ---- Walking ----
 *
 *	struct rp_walk w = rp_walk(root);
 *	while (rp_walk_next(&w))
 *		if (w.event == RP_ENTER && rp_kind(w.node) == RP_HEADING) ...
 *
 * Every node is entered and left, leaves too; root is first and last.  Never
 * recurses.  On ENTER, children may be added or removed, and the node changed,
 * but it must stay where it is.  On LEAVE, the node may be detached, replaced
 * or unwrapped, and siblings may be put before it.
 */
enum rp_event { RP_ENTER = 1, RP_LEAVE };

struct rp_walk {
	struct rp_node	*root, *node;
	enum rp_event	 event;
	int		 depth;		/* of node below root; 0 for root */
	struct rp_node	*next_;		/* private */
	struct rp_node	*up_;		/* private */
};

RP_API struct rp_walk	 rp_walk(struct rp_node *root);
RP_API int		 rp_walk_next(struct rp_walk *);
/* On ENTER: goes on with the LEAVE of this node, past all below it. */
RP_API void		 rp_walk_skip(struct rp_walk *);
/*
 * The next node of a kind, in the order of the text: below root, and behind at, if that
 * is not NULL; NULL: there is none.  Much cheaper than a walk; what looks for one kind,
 * and most documents have none of it, asks this first.
 */
RP_API struct rp_node	*rp_find(const struct rp_node *root, const struct rp_node *at, enum rp_kind);
/* The same for a node of any kind: a walk that only enters, for what changes nothing. */
RP_API struct rp_node	*rp_find_any(const struct rp_node *root, const struct rp_node *at);

/* ---- Front matter ----
 *
 * The first child of a document is its META_MAP (always there, empty if there
 * was no front matter).  A scalar's text is its spelling; its type, by the core
 * schema of YAML 1.2 (section 10.3), is the "type" attribute: null, bool, int,
 * float or string.
 */
RP_API struct rp_node	*rp_meta(const struct rp_doc *);
/* The value of a key of a META_MAP; NULL if there is none, or map is NULL. */
RP_API struct rp_node	*rp_meta_get(const struct rp_node *map, const char *key);
/* The text of a scalar that is not null, or NULL. */
RP_API const char	*rp_meta_string(const struct rp_node *map, const char *key);

/* ---- The document ---- */

RP_API struct rp_node	*rp_root(const struct rp_doc *);	/* the DOCUMENT */
RP_API struct rp_node	*rp_info(struct rp_doc *);		/* its INFO, made if missing */
/* The path as the user gave it, or "-" for standard input. */
RP_API const char	*rp_doc_path(const struct rp_doc *);
/* The path below the input root (the folder named on the command line), with /
 * between its parts: what site-absolute links are compared with. */
RP_API const char	*rp_doc_site_path(const struct rp_doc *);
/* Text of the source line (1-based) without its end; NULL past the last one. */
RP_API const char	*rp_doc_line(const struct rp_doc *, uint32_t line, size_t *len);

/* ---- One run of one filter ---- */

enum rp_layout {
	RP_ONE_FILE,		/* all documents in one output file */
	RP_FILE_EACH		/* one file per document, in a folder */
};

struct rp_job {
	struct rp_doc	*doc;		/* the document; in bind: what strings are made in */
	struct rp_node	*root;		/* its DOCUMENT; in bind: the INDEX */
	struct rp_node	*index;		/* NULL until every document has been read */
	struct rp_sink	*out;		/* NULL for a transform */
	enum rp_layout	 layout;	/* of the output; writers only */
	const struct rp_filter *filter;	/* the one that runs */
	struct rp_run	*run;
};

/*
 * Reports a diagnostic at a node (NULL: the document as a whole), with one
 * string for each %s of its wording, and a NULL to end.
 */
RP_API void	rp_report(struct rp_job *, enum rp_diag, const struct rp_node *at, ...) RP_SENTINEL;
/* Likewise at a position. */
RP_API void	rp_report_at(struct rp_job *, enum rp_diag, struct rp_pos, ...) RP_SENTINEL;
/* Would anybody be told of it?  For who has to search for what to say with it. */
RP_API int	rp_is_heard(const struct rp_job *, enum rp_diag);
/* What diag.def has no entry for: text of a filter from outside.  Its code is
 * the filter's name. */
RP_API void	rp_say(struct rp_job *, enum rp_severity, const struct rp_node *at,
		    const char *fmt, ...) RP_PRINTF(4, 5);

/*
 * From here on, errors that are reported on the document are told as that severity
 * and do not fail it; RP_ERROR: as usual.  For a filter that goes on when what it
 * called (rp_read_by() …) has failed.
 */
RP_API void	rp_errors_as(struct rp_job *, enum rp_severity);

/* The name of the run's n-th output format (from 0), for a transform; NULL past the
 * last one. */
RP_API const char *rp_output_format(const struct rp_job *, size_t n);
/* The output as the user named it: a file, a folder ending in '/', or "-". */
RP_API const char *rp_output(const struct rp_job *);
/*
 * The path of a file (as RP_A_PATH has it) as seen from the folder in which the
 * job's output file stands; with "-" as output, from the working directory.
 */
RP_API const char *rp_path_from_output(struct rp_job *, const char *path);

/*
 * A setting of the run as a whole ("title", "lang", "author", "base-url", …:
 * a key of rolepress.yaml, or --set KEY=VALUE); NULL if nobody set it.
 */
RP_API const char	*rp_setting(const struct rp_job *, const char *key);
/* The same as a node (lists, maps); NULL if there is none. */
RP_API struct rp_node	*rp_setting_node(const struct rp_job *, const char *key);
RP_API const char	*rp_version(void);
/* Seconds since 1970 that stand for "now" in outputs: SOURCE_DATE_EPOCH, or the time of
 * change of the document's file; in bind, of the newest one. */
RP_API long long	 rp_epoch(const struct rp_job *);

/*
 * The index has, in input order, one DOCUMENT per document of the run, cut down
 * to attributes (id, slug, lang, title, description, category, path …), INFO, and the
 * SECTIONs (id, alias, title, role), other places with an id being SPANs (of type
 * "figure", with a title, for a FIGURE).
 */
RP_API struct rp_node	*rp_index_find(const struct rp_job *, const char *id);
/* The place with this id or alias in an entry of the index, or NULL. */
RP_API struct rp_node	*rp_index_place(const struct rp_job *, const struct rp_node *entry,
			     const char *fragment);

/* Does this entry introduce the others, and so stand before them?  By its slug, which
 * translations share: introduction, preface, foreword. */
RP_API int	rp_is_introduction(const struct rp_node *entry);

/*
 * The entry that a reference of job->doc leads to, by (in this order) path,
 * site-absolute path, or slug, the document's own language first; NULL if it
 * leads to no document of the run.  *fragment: what follows #, percent-decoded,
 * or NULL.  url must have no scheme.
 */
RP_API struct rp_node	*rp_index_resolve(const struct rp_job *, const char *url,
			     const char **fragment);
/* The slug of the run that is nearest to what was written, or NULL. */
RP_API const char	*rp_index_nearest(const struct rp_job *, const char *url);

/* Bytes of a RESOURCE (an image …), from its file; NULL and a diagnostic if they
 * cannot be read. */
RP_API const char	*rp_resource_bytes(struct rp_job *, const struct rp_node *resource, size_t *len);
/*
 * Finds the file that url names beside the document and below an input folder,
 * and makes it known as a RESOURCE of the document's INFO.  Returns its name for
 * RP_A_RESOURCE, or NULL with *why in words.  Name: safe in every output, made
 * of what the file is called and what is in it.
 */
RP_API const char	*rp_resource_add(struct rp_job *, const char *url, const char **why);

/*
 * Raw HTML to nodes, by an HTML parser: parses all RAW_BLOCK or RAW_INLINE
 * children of parent together, with parent's other children standing in their
 * places, and gives the elements to take() from the innermost outwards.  take()
 * gets the element's name, its attributes (name, value, …, NULL), and a node of
 * kind DIV (there are blocks in it; loose inlines among them stand in PARAGRAPHs
 * already) or SPAN that has its content; it returns the node to put in place,
 * which may be that one, another, or NULL to put the content there without the
 * element.  An attribute without a value has "".  For comments, name is "!--"
 * and the text is the node's; for an element that its author never closed, the
 * text is the start tag as the source has it.
 */
typedef struct rp_node *rp_html_take(struct rp_job *, const char *name, const char *const *attrs,
    struct rp_node *content, void *arg);
RP_API int	rp_html_parse(struct rp_job *, struct rp_node *parent, rp_html_take *take, void *arg);

/* ---- Options: declared once; parser, help, manual and completion read them ---- */

enum rp_option_type {
	RP_BOOL,		/* int: 0 or 1 */
	RP_INT,			/* long */
	RP_STRING,		/* const char *; NULL if the default is NULL */
	RP_ENUM			/* const char *: one of the range's words */
};

struct rp_option {
	const char		*name;
	enum rp_option_type	 type;
	size_t			 offset;	/* into the filter's state */
	const char		*dflt;		/* in the user's own notation; NULL: 0, or no string */
	const char		*range;		/* RP_INT "1..6", RP_ENUM "a|b"; else what to call the value, or NULL */
	const char		*help;		/* one line, lower case, no full stop */
};

/* ---- Rules: a writer is a table of them ---- */

enum rp_next { RP_CHILDREN, RP_SKIP };

struct rp_rule {
	/* RP_SKIP passes over the children.  NULL: nothing to write, walk on. */
	enum rp_next	(*enter)(struct rp_job *, struct rp_node *, void *state);
	void		(*leave)(struct rp_job *, struct rp_node *, void *state);
};

/* For a kind that writes nothing of its own, its children as they are. */
RP_API enum rp_next	rp_pass(struct rp_job *, struct rp_node *, void *state);
/* For a kind that is left out with all below it, on purpose. */
RP_API enum rp_next	rp_leave_out(struct rp_job *, struct rp_node *, void *state);

/*
 * Walks node by the rules of job->filter.  Kinds of class META are passed over
 * unless they have a rule; another kind without one is reported once
 * ("not rendered") and its children are walked.  0, or -1 if a rule failed.
 */
RP_API int	rp_render(struct rp_job *, struct rp_node *, void *state);
/* Marks the job as failed, from a rule; the document is left out. */
RP_API void	rp_fail(struct rp_job *);

/*
 * Renders node (the job's document, or a part of it) by another writer, given as
 * on the command line ("html=fragment"), into out.  0 or -1.
 */
RP_API int	rp_render_by(struct rp_job *, const char *writer, struct rp_node *, struct rp_sink *out);

/* In bind: the bytes that rendering an entry of the index gave; NULL if it failed. */
RP_API const char	*rp_part(struct rp_job *, const struct rp_node *entry, size_t *len);

/* ---- Readers ---- */

/* What a reader reads: UTF-8, checked, NUL-terminated. */
RP_API const char	*rp_source(const struct rp_job *, size_t *len);
/*
 * Reads bytes by a reader, given as on the command line ("pandoc"), to a DOCUMENT
 * in job->doc's memory that stands nowhere yet.  NULL after a diagnostic.
 */
RP_API struct rp_node	*rp_read_by(struct rp_job *, const char *reader, const char *bytes, size_t len);
/*
 * What has been done to the document's tree, by the names that filters give; NULL
 * past the last one.  A writer of a tree that is to be read again puts them down.
 */
RP_API const char	*rp_given(const struct rp_doc *, size_t n);
/*
 * Readers only: the tree has been through what gives this name.  A transform is not
 * run on a document whose reader says so of all that the transform gives.  Within
 * rp_read_by() it says nothing about job->doc.
 */
RP_API void	rp_give(struct rp_job *, const char *name);
/*
 * Readers only: the file that the tree was once made from, when what is read now
 * was written by a program in between.  References and diagnostics are those of that
 * file.  Within rp_read_by(), nothing.
 */
RP_API void	rp_set_origin(struct rp_job *, const char *path, const char *site_path);

/* ---- Loaders: a filter made from a file, such as a script ---- */

struct rp_loading {
	const char	*path;		/* the file, as the user named it */
	struct rp_filter *made;		/* to be filled in; RP_HEAD()'s fields but name are set */
};

/* Memory that lives as long as the filter that is made; zeroed, never NULL. */
RP_API void	*rp_loading_alloc(struct rp_loading *, size_t);
/* Says why no filter can be made of the file; returns -1. */
RP_API int	 rp_loading_fail(struct rp_loading *, const char *fmt, ...) RP_PRINTF(2, 3);

/* ---- The filter itself ---- */

enum rp_role { RP_TRANSFORM, RP_WRITER, RP_READER, RP_LOADER };

struct rp_filter {
	uint32_t		 abi, size;	/* RP_HEAD() */
	const char		*name;		/* lower case, digits, hyphens */
	const char		*summary;	/* one line, lower case, no full stop */
	enum rp_role		 role;
	/*
	 * Names of what must have been done before, and of what this one does:
	 * the chain is checked by them.  A transform that needs "index" runs when
	 * every document has been read.  Each ends with a NULL; NULL: none.
	 */
	const char *const	*needs, *const *gives;
	/* Zeroed, filled from the options, and then new for every document. */
	size_t			 state_size;
	const struct rp_option	*options;	/* ends with a NULL name; may be NULL */
	/*
	 * A transform's work, or a writer's for one document.  0, or -1 after a
	 * diagnostic: the document is left out.  NULL in a writer: its rules are
	 * run on the document.
	 */
	int			(*run)(struct rp_job *, void *state);

	/* Writers only. */
	const struct rp_rule	*rules;		/* [RP_KIND_MAX], by kind; may be NULL */
	/*
	 * Puts the rendered documents of a run together into job->out.  NULL:
	 * the format is one file per document.
	 */
	int			(*bind)(struct rp_job *, void *state);
	const char		*extension;	/* ".xml"; several: ".xml .dbk" */
	const char		*media_type;
	int			 binary;	/* not for a terminal */
	/*
	 * The path of the document's file below the output folder, without a
	 * leading slash; job->root is the document's entry of the index.  NULL:
	 * its id and the first extension.
	 */
	const char		*(*path)(struct rp_job *, void *state);
	int			 kinds;		/* RP_HEAD(): how many kinds the rules know */

	/*
	 * Readers only: is this text in the reader's format?  Asked where several
	 * readers have an input's extension, and of standard input.  A reader's
	 * run() makes job->root, which is empty, of rp_source().
	 */
	int			(*claims)(const char *text, size_t len);

	/*
	 * Loaders only: makes a filter of a file that ends in one of the loader's
	 * extensions; one that names "*" among them, or has none, is given any other
	 * executable file.  0, or what rp_loading_fail() returned.
	 */
	int			(*load)(struct rp_loading *);
	/* In a filter that was made: what load() left for run(), and the end of it. */
	void			*context;
	void			(*unload)(const struct rp_filter *);

	/* Of a transform that is asked for: the one of the default chain before which it
	 * runs.  NULL: after those, but before the index unless it needs that. */
	const char		*before;
};

#define RP_HEAD(nm)	.abi = RP_ABI, .size = sizeof(struct rp_filter), .kinds = RP_KIND_MAX, .name = nm

/*
 * One source, two homes: linked in (the build defines RP_BUILTIN), or loaded
 * from a file, whose name means nothing.
 */
#ifdef RP_BUILTIN
# define RP_FILTER(id)	extern const struct rp_filter rp_filter_##id; \
			const struct rp_filter rp_filter_##id
#else
# define RP_FILTER(id)	extern RP_API const struct rp_filter rp_plugin; \
			RP_API const struct rp_filter rp_plugin
#endif

/*
 * RP_EMBED(css, "filters/epub/style.css") makes `const char css[]`, with a NUL
 * at the end, from a file named from the directory of the build.
 */
#define RP_EMBED(var, file) \
	__asm__(".pushsection .rodata\n" #var "_at_rp:\n\t.incbin \"" file "\"\n\t.byte 0\n.popsection\n"); \
	extern __attribute__((visibility("hidden"))) const char var[] __asm__(#var "_at_rp")

#ifdef __cplusplus
}
#endif
#endif
