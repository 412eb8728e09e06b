/*
 * core.h - what the rooms of src/ know of each other's structures.  Filters see
 * none of this: they are compiled with include/ only.
 */
#ifndef RP_CORE_H
#define RP_CORE_H

#include <stdio.h>
#include <sys/types.h>

#include <rolepress/emit.h>
#include <rolepress/plugin.h>
#include <rolepress/rolepress.h>
#include <rolepress/text.h>

#define LEN(a)	(sizeof(a) / sizeof((a)[0]))

/* ---- arena.c: memory that is freed all at once ---- */

struct arena_block;

struct rp_arena {
	struct arena_block	*blocks;
	char			*at, *end;	/* free part of the newest block */
	size_t			 total;		/* bytes asked of the system */
};

void	*arena_alloc(struct rp_arena *, size_t);	/* zeroed; never NULL */
char	*arena_dup(struct rp_arena *, const char *, size_t);
/* Forgets all, and keeps memory for the next use. */
void	 arena_reset(struct rp_arena *);
void	 arena_free(struct rp_arena *);

/* What the heap gives outside arenas; never NULL either. */
void	*xcalloc(size_t n, size_t size);
void	*xrealloc(void *, size_t);
char	*xstrdup(const char *);
/* Called when memory is out; must not return.  Tests replace it. */
extern void (*rp_out_of_memory)(void);

/* ---- str.c: a growing string ---- */

struct str {
	char	*p;		/* NUL-terminated once anything was added */
	size_t	 len, cap;
};

void	str_add(struct str *, const char *, size_t);
void	str_puts(struct str *, const char *);
void	str_printf(struct str *, const char *, ...) RP_PRINTF(2, 3);
void	str_free(struct str *);
char	*str_format(struct rp_arena *, const char *, ...) RP_PRINTF(2, 3);

/* ---- map.c: strings to pointers; both must outlive it ---- */

struct map {
	struct slot { const char *key; void *value; size_t hash; } *slots;
	size_t	 count, cap;
};

void	*map_get(const struct map *, const char *key);		/* NULL: not there */
/* Keeps what is there; returns the value that the key now has. */
void	*map_add(struct map *, const char *key, void *value);
void	 map_free(struct map *);

/* ---- node.c ---- */

/* There are many of both: their sizes are most of what a document costs. */
struct attr {
	struct attr	*next;
	const char	*str;		/* NULL: a number */
	union {
		long		 num;
		const char	*name;	/* if id is ATTR_NAMED */
	};
	uint8_t		 id;		/* enum rp_attr, or ATTR_NAMED: node.def does not know it */
};

enum { ATTR_NAMED = RP_ATTR_MAX };

struct rp_node {
	struct rp_node	*parent, *first, *last, *next, *prev;
	struct attr	*attrs;
	const char	*text;		/* NULL: none */
	struct rp_pos	 pos;
	uint32_t	 text_len;
	uint8_t		 kind;		/* enum rp_kind */
};

enum holds { NOTHING, METAS, BLOCKS, INLINES, FLOW, PARTS };
enum holds	 kind_holds(enum rp_kind);
/* Text and attribute values that are known to live as long as the document. */
void		 node_borrow_text(struct rp_node *, const char *, size_t);
void		 node_borrow_attr(struct rp_doc *, struct rp_node *, enum rp_attr, const char *);
/* All of from's attributes, for a node that has none. */
void		 attrs_copy(struct rp_doc *, struct rp_node *, const struct rp_node *from);

/* ---- doc.c ---- */

struct message {
	struct message	*next;
	struct rp_pos	 pos;
	enum rp_severity severity;
	const char	*code, *text;
	unsigned	 serial;
};

struct rp_doc {
	struct rp_arena	 arena;
	struct rp_arena	*scratch;	/* of the run, for one step of the work; NULL: there is none */
	struct rp_run	*run;
	struct rp_node	*root;
	const char	*path;		/* as given */
	const char	*root_path;	/* the input folder it was found below */
	const char	*site_path;	/* below root_path */
	const char	*source;	/* UTF-8 without BOM, line ends as they were; NUL-terminated */
	size_t		 source_len;
	uint32_t	*lines;		/* offsets of line starts; made when first asked for */
	uint32_t	 line_count;
	struct { uint32_t line, byte, col; } counted;	/* by doc_column() */
	struct message	*messages, *last_message;
	unsigned	 serial;
	int		 failed;
	struct rp_node	**links;	/* that may lead to another document */
	size_t		 link_count;
	dev_t		 dev;		/* of the file it was read from; 0, 0: none */
	ino_t		 ino;
};

struct rp_doc	*doc_new(struct rp_run *, const char *path);
void		 doc_free(struct rp_doc *);
/* Column in characters of a byte column. */
uint32_t	 doc_column(struct rp_doc *, uint32_t line, uint32_t byte_col);

/* ---- diag.c ---- */

struct diag_info { const char *code; enum rp_severity severity; const char *wording; };
const struct diag_info *diag_info(enum rp_diag);

/* -W settings and who is told. */
struct diag_settings {
	unsigned char	 off[RP_DIAG_MAX];
	int		 error;		/* warnings fail the run */
	rp_listener	*listen;
	void		*arg;
	size_t		 warnings, errors;
};

/* Queues a message on the document: shown sorted by position when it is done. */
void	diag_doc(struct rp_doc *, enum rp_diag, struct rp_pos, ...) RP_SENTINEL;
void	diag_queue(struct rp_doc *, enum rp_severity, const char *code, struct rp_pos, const char *text);
/* Shows what is queued, and forgets it. */
void	diag_flush(struct rp_doc *);
/* Of the run as a whole, or a file that is no document; path may be NULL. */
void	diag_run(struct rp_run *, enum rp_diag, const char *path, struct rp_pos, ...) RP_SENTINEL;

/* ---- option.c ---- */

/* "name=a=b:c" taken apart. */
struct spec {
	const char	*name;
	struct { const char *key, *value; } opt[32];	/* value NULL: a bare word */
	size_t		 count;
};

/* 0, or -1 with *why.  Strings belong to the arena. */
int	spec_parse(struct rp_arena *, const char *text, struct spec *, const char **why);
/* Fills a filter's state; strings belong to the arena.  0, or -1 with *why. */
int	option_fill(struct rp_arena *, const struct rp_filter *, const struct spec *, void *state,
	    const char **why);

/* ---- registry.c ---- */

struct registry {
	struct rp_arena		 arena;
	const struct rp_filter	**known;
	size_t			 count, cap;
	void			**handles;	/* of dlopen */
	size_t			 handle_count;
	struct made		*made;		/* by loaders */
	struct map		 by_file;	/* paths that have been loaded */
	int			 scanned;	/* plugin folders have been read */
};

void	registry_init(struct registry *);
void	registry_dispose(struct registry *);
/* By name, or the path of a .so or of what a loader takes; NULL with *why. */
const struct rp_filter *registry_find(struct registry *, const char *name, enum rp_role,
	    const char **why);
/* What a role is called in messages: "filter", "format" ... */
const char	*role_name(enum rp_role);
const struct rp_filter *registry_by_extension(struct registry *, const char *path);
/* The reader that an input wants; NULL: Markdown. */
const struct rp_filter *registry_reader(struct registry *, const char *path, const char *text, size_t len);
void	registry_scan(struct registry *);

/* ---- chain.c ---- */

/* A filter with its options, ready to be run on any number of documents. */
struct link {
	const struct rp_filter	*filter;
	const void		*state;		/* what each document's copy starts from */
};

struct chain {
	struct link	*links;
	size_t		 count;
	size_t		 barrier;	/* the first one that needs the index */
};

int	link_make(struct rp_run *, struct rp_arena *, const char *spec, enum rp_role, struct link *);
/* The default chain with the user's filters in it; 0, or -1 after a diagnostic. */
int	chain_make(struct rp_run *, struct chain *);
int	chain_check_writer(struct rp_run *, const struct chain *, const struct rp_filter *);

/* ---- read/ ---- */

int	read_encoding(struct rp_doc *);		/* leaves UTF-8 that outputs can hold; 0 or -1 */
int	read_document(struct rp_doc *);		/* source, after that, to tree; 0 or -1 */
/* Front matter (or a whole YAML file) to a META_MAP; line: of its first line. */
struct rp_node *read_yaml(struct rp_doc *, const char *text, size_t len, uint32_t line);
int	read_markdown(struct rp_doc *, const char *text, size_t len, uint32_t first_line);
/* A file's bytes, NUL-terminated, in the arena; NULL with *why. */
char	*read_file(struct rp_arena *, const char *path, size_t *len, const char **why);

/* ---- emit/ ---- */

struct rp_sink {
	struct str	 buf;
};

#endif
