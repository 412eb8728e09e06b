/*
 * core.h - what the rooms of src/ know of each other's structures.  Filters see
 * none of this: they are compiled with include/ only.
 */
#ifndef RP_CORE_H
#define RP_CORE_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <rolepress/emit.h>
#include <rolepress/plugin.h>
#include <rolepress/rolepress.h>
#include <rolepress/text.h>

#define LEN(a)	(sizeof(a) / sizeof((a)[0]))

/* ---- arena.c: memory that is freed all at once ---- */

struct arena_block;
struct region;
struct input;

struct rp_arena {
	struct region		*region;	/* where blocks come from; NULL: the heap */
	struct arena_block	*blocks;
	char			*at, *end;	/* free part of the newest block */
	size_t			 total;		/* bytes asked of the system */
};

enum { ARENA_ALIGN = 16 };

/* Memory, not zeroed, that the free part of the newest block cannot hold. */
char	*arena_take(struct rp_arena *, size_t);

/* Not zeroed, for who fills all of it; never NULL. */
static inline void *
arena_raw(struct rp_arena *a, size_t size)
{
	size_t room = (size_t)(a->end - a->at), pad = -(uintptr_t)a->at % ARENA_ALIGN;

	if (size == 0 || room < pad || room - pad < size)
		return arena_take(a, size + (size == 0));
	a->at += pad + size;
	return a->at - size;
}

/* Zeroed; never NULL.  Here, since most sizes are known where it is called. */
static inline void *
arena_alloc(struct rp_arena *a, size_t size)
{
	return memset(arena_raw(a, size), 0, size);
}

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
void	str_grow(struct str *, size_t more);

/* Its end, with room for so many bytes and a NUL, and for whoever adds to len what he wrote. */
static inline char *
str_room(struct str *s, size_t more)
{
	if (s->cap - s->len <= more)
		str_grow(s, more);
	return s->p + s->len;
}

void	str_puts(struct str *, const char *);
void	str_printf(struct str *, const char *, ...) RP_PRINTF(2, 3);
void	str_free(struct str *);
/* Puts a number's digits and a NUL before an end, 21 bytes at most, and returns where they begin. */
char	*str_decimal(char *end, unsigned long long);
char	*str_format(struct rp_arena *, const char *, ...) RP_PRINTF(2, 3);

/* ---- pack.c: numbers and strings as bytes ---- */

struct unpack {
	const char	*p, *end;
	int		 bad;		/* the bytes are not what they should be */
};

/* In room that is there: no number takes more bytes than this. */
enum { PACKED_NUMBER = 10 };

static inline char *
pack_number_at(char *p, uint64_t n)
{
	for (; n > 0x7F; n >>= 7)
		*p++ = (char)(n | 0x80);
	*p++ = (char)n;
	return p;
}

/* Small numbers of both signs stay small. */
static inline char *
pack_signed_at(char *p, int64_t n)
{
	return pack_number_at(p, ((uint64_t)n << 1) ^ (n < 0 ? ~(uint64_t)0 : 0));
}

static inline char *
pack_bytes_at(char *p, const char *bytes, size_t len)
{
	p = pack_number_at(p, len);
	if (len > 0)
		memcpy(p, bytes, len);
	p[len] = '\0';
	return p + len + 1;
}

void	 pack_number(struct str *, uint64_t);
void	 pack_signed(struct str *, int64_t);
void	 pack_bytes(struct str *, const char *, size_t);
void	 pack_text(struct str *, const char *);		/* may be NULL */
/* A number of more than one byte. */
uint64_t unpack_large(struct unpack *);

static inline uint64_t
unpack_number(struct unpack *u)
{
	return u->p < u->end && !(*u->p & 0x80) ? (uint64_t)*u->p++ : unpack_large(u);
}

static inline int64_t
unpack_signed(struct unpack *u)
{
	uint64_t n = unpack_number(u);

	return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

/* Where they lie, NUL-terminated; never NULL. */
const char *unpack_bytes(struct unpack *, size_t *len);
const char *unpack_text(struct unpack *);		/* NULL as it was */
/* What pack_bytes() wrote, to be taken apart itself. */
struct unpack unpack_part(struct unpack *);

/* ---- ncname.c, besides text.h ---- */

int	is_xml_name(const char *);

/* ---- map.c: strings to pointers; both must outlive it ---- */

struct map {
	struct rp_arena	*arena;		/* where the slots are; NULL: the heap */
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

/* What a walk looks at comes first, so that it mostly lies in one line of the cache. */
struct rp_node {
	struct rp_node	*first, *next;
	uint8_t		 kind;		/* enum rp_kind */
	uint8_t		 top;		/* it is the beginning of a struct top */
	uint8_t		 reshaped;	/* a kind was changed here or below, and no top was near */
	uint8_t		 below;		/* node_groups of what is, or was, below it */
	uint32_t	 text_len;
	const char	*text;		/* NULL: none */
	struct rp_node	*parent;
	struct attr	*attrs;
	struct rp_node	*last, *prev;
	struct rp_pos	 pos;
};

/*
 * The root of a document, with the kinds (a bit for each) that any node of it ever had:
 * rp_find() asks them first, for most documents lack most kinds.  rp_new() notes what is
 * made (thaw() too), rp_set_kind() what is changed; in a tree that has yet to come into the
 * document that marks the path, and the document is said to have all kinds when it gets what
 * is marked.
 */
struct top {
	struct rp_node	 node;
	uint64_t	 kinds;
};

enum holds { NOTHING, METAS, BLOCKS, INLINES, FLOW, PARTS };
enum holds	 kind_holds(enum rp_kind);
/* Text and attribute values that are known to live as long as the document. */
void		 node_borrow_text(struct rp_node *, const char *, size_t);
void		 node_borrow_attr(struct rp_doc *, struct rp_node *, enum rp_attr, const char *);
/* All of from's attributes, for a node that has none. */
void		 attrs_copy(struct rp_doc *, struct rp_node *, const struct rp_node *from);

int		 node_has_attrs(const struct rp_node *);
/* A kind's bit in struct top. */
static inline uint64_t
node_bit(enum rp_kind k)
{
	return (uint64_t)1 << (k & 63);
}

/*
 * A bit for each kind that transforms look for but most nodes have none of below them, so that
 * rp_find() passes over those; 0: for other kinds it goes everywhere.  A bit is put down all the
 * way up, so whoever has one has it from below.
 */
extern const uint8_t node_groups[UINT8_MAX + 1];

static inline void
node_note_below(struct rp_node *p, unsigned groups)
{
	for (; p != NULL && (p->below & groups) != groups; p = p->parent)
		p->below = (uint8_t)(p->below | groups);
}

static inline void
node_set_parent(struct rp_node *n, struct rp_node *p)
{
	node_note_below(p, n->below | (unsigned)node_groups[n->kind]);
	n->parent = p;
}

/* Puts a node that has no parent last into another. */
static inline void
node_link_last(struct rp_node *p, struct rp_node *n)
{
	node_set_parent(n, p);
	n->prev = p->last;
	if (p->last != NULL)
		p->last->next = n;
	else
		p->first = n;
	p->last = n;
}

/* Gives an empty node all that another one is and has. */
void		 node_become(struct rp_node *, struct rp_node *from);
/* Was no node of this kind ever below the root?  (It may not know.) */
int		 node_never_had(const struct rp_node *root, enum rp_kind);

/* ---- freeze.c: a tree as bytes ---- */

enum { FREEZE_FORMAT = 3 };	/* goes up when the bytes mean something else */

void		 freeze(struct str *, const struct rp_node *root);
/* Strings stay where they are: the bytes must live as long as doc.  NULL: broken bytes. */
struct rp_node	*thaw(struct rp_doc *, struct unpack *);

/* ---- doc.c ---- */

struct message {
	struct message	*next;
	const char	*path;		/* NULL: the document's */
	struct rp_pos	 pos;
	enum rp_severity severity;
	const char	*code, *text;
	unsigned	 serial;
	uint32_t	 col;		/* in characters; these when it leaves the document */
	const char	*source;
	size_t		 source_len;
};

struct rp_doc {
	struct rp_arena	 arena;
	struct rp_arena	*scratch;	/* of the run, for one step of the work; NULL: there is none */
	struct rp_run	*run;
	struct rp_node	*root;		/* the node of top */
	struct top	 top;
	const char	*path;		/* as given */
	const struct input *input;	/* where it can be read again; NULL: nowhere */
	const char	*root_path;	/* the input folder it was found below */
	const char	*site_path;	/* below root_path */
	/* UTF-8 without BOM, line ends as they were; NUL-terminated; NULL: to be read again */
	const char	*source;
	size_t		 source_len;
	int		 is_plain;	/* the source is known to be what the file holds, byte by byte */
	uint32_t	*lines;		/* offsets of line starts; made when first asked for */
	uint32_t	 line_count;
	struct { uint32_t line, byte, col; } counted;	/* by doc_column() */
	struct message	*messages, *last_message;
	unsigned	 serial;
	int		 unheard;	/* the last one was dropped at once */
	int		 failed;
	size_t		 held;		/* bytes that the run counts for it */
	struct dep	*deps;		/* what its filters asked */
	const char	**given;	/* what filters gave, first what the reader said */
	size_t		 given_count, given_cap, given_by_reader;
	int		 lenient;	/* errors are told as this many severities less */
	struct rp_node	**links;	/* that may lead to another document */
	size_t		 link_count;
};

struct rp_doc	*doc_new(struct rp_run *, const char *path);
/* The same with its nodes and strings in a region; NULL: the heap. */
struct rp_doc	*doc_new_in(struct rp_run *, const char *path, struct region *);
void		 doc_free(struct rp_doc *);
/* Column in characters of a byte column. */
uint32_t	 doc_column(struct rp_doc *, uint32_t line, uint32_t byte_col);
/* Notes what a filter gave; the string must live as long as the document. */
void		 doc_give(struct rp_doc *, const char *name);
/* Did its reader say that this has been done? */
int		 doc_came_with(const struct rp_doc *, const char *name);

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
/* Forgets what was queued after that message (NULL: all of it), which was no error. */
void	diag_forget(struct rp_doc *, struct message *last);
/* Shows what is queued, and forgets it. */
void	diag_flush(struct rp_doc *);
/* The wording with its arguments in the places of %s; in the arena. */
char	*diag_fill(struct rp_arena *, enum rp_diag, va_list);
void	diag_tell(struct rp_run *, const struct rp_message *);
int	diag_is_off(const struct rp_run *, const char *code);
/* A list's messages in the order of the source; the array is the caller's to free. */
struct message **diag_sort(struct message *, size_t *count);
/* Puts it at the end of a list. */
void	message_append(struct message **first, struct message **last, struct message *);
void	diag_show(struct rp_run *, const char *path, const struct message *);
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
	const char		**files;	/* that they came from; NULL: built in */
	size_t			 count, cap;
	void			**handles;	/* of dlopen */
	size_t			 handle_count;
	struct made		*made;		/* by loaders */
	struct map		 by_file;	/* paths that have been loaded */
	struct map		 refused;	/* names of plugins in the folders: why they were not loaded */
	int			 scanned;	/* plugin folders have been read */
};

void	registry_init(struct registry *);
void	registry_dispose(struct registry *);
int	registry_is_builtin(const struct rp_filter *);
/* Is it somebody's machine code?  (What a loader made is run by the loader.) */
int	registry_is_foreign(const struct rp_filter *);
/* By name, or the path of a .so or of what a loader takes; NULL with *why. */
const struct rp_filter *registry_find(struct registry *, const char *name, enum rp_role,
	    const char **why);
/* Does the name stand for a file (a .so, or what a loader takes)? */
int	registry_is_file(struct registry *, const char *name);
/* The filter of a file, whatever its role; NULL with *why. */
const struct rp_filter *registry_load(struct registry *, const char *path, const char **why);
/* The loader whose extensions a file has; NULL: none. */
const struct rp_filter *registry_loader(const struct registry *, const char *path);
/* What a role is called in messages: "filter", "format" ... */
const char	*role_name(enum rp_role);
const struct rp_filter *registry_by_extension(struct registry *, const char *path);
/* The reader that an input wants; NULL: Markdown. */
const struct rp_filter *registry_reader(struct registry *, const char *path, const char *text, size_t len);
/* The file that the user named a filter by; NULL: it was found by its name. */
const char	*registry_file(const struct registry *, const struct rp_filter *);
void	registry_add(struct registry *, const struct rp_filter *, const char *file);

/* ---- plugin.c ---- */

/* NULL with *why. */
const struct rp_filter *plugin_load(struct registry *, const char *path, const char **why);
/* NULL if the descriptor is one that this host can run, else what is wrong with it. */
const char *plugin_fault(struct registry *, const struct rp_filter *);
/* Loads what the plugin folders hold, once. */
void	registry_scan(struct registry *);

/* ---- chain.c ---- */

/* A filter with its options, ready to be run on any number of documents. */
struct link {
	const struct rp_filter	*filter;
	const char		*spec;		/* as the user wrote it */
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
/* Is there a filter of the default chain to leave out? */
int	chain_check_without(struct rp_run *, const char *name);
int	chain_check_writer(struct rp_run *, const struct chain *, const struct rp_filter *);

/* ---- run/input.c ---- */

/* Reads the document's source, as its tree was made of it, once more. */
void	doc_reload(struct rp_doc *);

/* ---- read/ ---- */

int	read_encoding(struct rp_doc *);		/* leaves UTF-8 that outputs can hold; 0 or -1 */
int	read_document(struct rp_doc *);		/* source, after that, to tree; 0 or -1 */
/* Front matter (or a whole YAML file) to a META_MAP; line: of its first line. */
struct rp_node *read_yaml(struct rp_doc *, const char *text, size_t len, uint32_t line);
int	read_markdown(struct rp_doc *, const char *text, size_t len, uint32_t first_line);
/* A file's bytes, NUL-terminated, in the arena; NULL with *why. */
char	*read_file(struct rp_arena *, const char *path, size_t *len, const char **why);

/* ---- emit/ ---- */

/* To be called before libxml2 is used: its tables are made once, by one thread. */
void	xml_prepare(void);

struct rp_sink {
	struct str	 buf;		/* what has not gone to the file, if there is one */
	int		 file;		/* its descriptor + 1; 0: memory keeps all */
	size_t		 gone;		/* bytes that are in the file */
	int		 error;		/* errno of what could not be written there */
};

void	pack_dispose(struct rp_run *);		/* what emit/pack.c keeps in a run */

#endif
