/*
 * script.h - what the files of the Lua loader know of each other.
 *
 * A script is a lua_State of its own with the file's compiled chunk in it.  The
 * chunk is run once when it is loaded, to see what it declares, and then anew for
 * every document, with new globals: what a script does to one document depends on
 * nothing that it did to another, whatever their order and number.
 *
 *	lua.c       the loader: a script to a filter
 *	state.c     the lua_State: bounds of memory and steps, protected calls
 *	blame.c     errors: whose line, in the script and in the document
 *	library.c   the standard library, as far as a filter may have it
 *	ordered.c   pairs() in an order that is always the same
 *	require.c   modules, beside the script and in the plugin folders
 *	declare.c   name, summary, options, needs: from the script's table
 *	passes.c    functions by the names of kinds
 *	walk.c      typewise and topdown
 *	result.c    what a function returned, put into the tree
 *	write.c     formats: texts made of nodes
 *	node.c      nodes as Lua values
 *	member.c    what their names stand for
 *	field.c     their attributes
 *	change.c    their methods that change the tree
 *	children.c  their children as a list
 *	make.c      new nodes
 *	meta.c      front matter as Lua values
 *	metaset.c   Lua values as front matter
 *	host.c      the rest of the table rolepress
 */
#ifndef RP_LUA_SCRIPT_H
#define RP_LUA_SCRIPT_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include <rolepress/plugin.h>

/* Levels of a tree that a script may make: writers and readers of outputs bear that. */
enum { RP_LUA_DEEPEST = 300 };

#define LEN(a)	(sizeof(a) / sizeof((a)[0]))

/* What every Lua filter's state begins with; the script's own options follow. */
struct limits {
	int	io;		/* options */
	long	memory;		/* MB */
	long	steps;		/* millions of instructions */
};

/* What has run out. */
enum spent { SPENT_NOTHING, SPENT_MEMORY, SPENT_STEPS };

struct script {
	lua_State	*L;
	const char	*path;		/* of the file */
	struct rp_job	*job;		/* NULL while the script is loaded */
	const void	*state;		/* the job's options */
	const struct rp_node *at;	/* the node whose function runs, for messages */
	int		 writes;	/* it is a format: the tree is not changed */
	uint32_t	 stamp;		/* nodes of other documents have another one */
	uint32_t	 edits;		/* changes of the tree, so far */
	struct limits	 limits;
	size_t		 used;		/* bytes of the Lua state */
	size_t		 built;		/* bytes that the script added to the document */
	unsigned long long ticks;	/* instructions, for this document */
	enum spent	 spent;
	char		 spent_at[256];	/* where memory ran out: the file */
	int		 spent_line;	/* and its line; 0: unknown */
	char		 giver[256];	/* the function whose result is put into the tree: its file */
	int		 giver_line;
	const char	*giver_name;
	const char	*late;		/* what must be given before one of its functions makes sense */
	char		 kinds[RP_KIND_MAX][24];	/* their names here */
	/* References into Lua's registry. */
	int		 chunk, modules, nodes, base, names;
	const void	*node_mt, *meta_mt, *children_mt;
};

/* ---- state.c ---- */

/* Zeroed but for path: opens the state.  -1: there is no memory for it. */
int	state_open(struct script *);
void	state_close(struct script *);
/* The script that a state belongs to. */
struct script *script_of(lua_State *);
/* Bounds for what comes next. */
void	state_begin(struct script *, const struct limits *);
/* Calls f(arg) protected: NULL, or what went wrong, in words (valid until the state
 * is used again). */
const char *state_call(struct script *, lua_CFunction f, void *arg);
/* Counts bytes that go into the document; a Lua error past the bound. */
void	state_charge(lua_State *, size_t bytes);

/* ---- blame.c ---- */

/* A message handler: adds the Lua line if it is missing, and who called. */
int	blame_handler(lua_State *);
/* What to tell of an error value on top of the stack, on one line. */
const char *blame_text(struct script *, int status);
/* A Lua error about the function on top of the stack, by the line where it begins. */
int	blame_function(lua_State *, int function, const char *fmt, ...) RP_PRINTF(3, 4);
/* What comes next is about what a function returned: there is no line of the script
 * that runs, so the one where the function begins is told. */
void	blame_giver(lua_State *, int function, const char *name);
void	blame_copy(char *to, size_t size, const char *from);	/* as much as fits */
/* The nearest node with a position. */
const struct rp_node *blame_node(const struct rp_node *);

/* ---- library.c, ordered.c, require.c ---- */

void	library_open(lua_State *);
/* New globals for a document. */
void	library_renew(lua_State *);
int	ordered_pairs(lua_State *);
int	require_module(lua_State *);
/* Compiles a file of Lua text; pushes the function.  A Lua error if it cannot. */
void	require_compile(lua_State *, const char *path);

/* ---- declare.c: what the table on top says of the filter ---- */

void	declare_filter(lua_State *, struct rp_loading *);
/* Pushes the options' values as a table. */
void	declare_push_options(lua_State *);

/* ---- passes.c ---- */

/* Places of functions: by kind, then these. */
enum {
	SLOT_BULLET = RP_KIND_MAX, SLOT_ORDERED, SLOT_PLAIN, SLOT_BLOCK, SLOT_INLINE, SLOT_BLOCKS,
	SLOT_INLINES, SLOT_META, SLOT_NEVER, SLOT_MAX
};

/* A table of functions, ready to be looked up by node. */
struct pass {
	unsigned char	 has[SLOT_MAX];
	int		 functions;	/* stack index of the table of them, by slot + 1 */
	int		 topdown, inlines, blocks, metas;	/* are there any? */
};

void	passes_open(lua_State *);
/* Is a name that means nothing an error?  In a member of a list of filters, what only
 * the list as a whole may say is one too. */
enum { LENIENT, STRICT, STRICT_MEMBER };
/* The functions in the table at index; pushes a table of them.  Returns how many. */
int	pass_read(lua_State *, int index, struct pass *, int strict);
/* The function for a node; SLOT_MAX: none. */
int	pass_slot(const struct pass *, const struct rp_node *);
/* Calls the function of a slot with what is on top of the stack; leaves two results. */
void	pass_call(lua_State *, const struct pass *, int slot, const struct rp_node *at);
const char *pass_name(lua_State *, int slot);
/* Runs what the chunk returned (or its globals) on the document. */
void	passes_run(lua_State *);
/* The filter tables in the value at index, checked but not run: how many functions. */
int	passes_check(lua_State *, int index);

/* ---- walk.c, result.c ---- */

/* Runs a pass over what is below root; with root itself if whole. */
void	walk_pass(lua_State *, const struct pass *, struct rp_node *root, int whole);
/* Where a node stands before its function runs: the function may put it elsewhere,
 * into what it returns, say. */
struct place {
	struct rp_node	*node, *parent, *prev, *next;
};
struct place place_of(struct rp_node *);
/*
 * Puts a function's result (at index) in the node's place; pushes a list of what
 * now stands there if list is set.
 */
void	result_put(lua_State *, const struct pass *, int slot, struct place, int index, int list);
/* Puts a list of nodes in the place of parent's children, but those of front matter. */
void	result_fill(lua_State *, struct rp_node *parent, int index);

/* ---- write.c ---- */

/* Writes the document by the functions of the table at index. */
void	write_document(lua_State *, int table);

/* ---- node.c, member.c, field.c, change.c, children.c, make.c ---- */

void	node_open(lua_State *);
/* What stands at a place of the stack if it has this metatable, else NULL. */
void	*node_userdata(lua_State *, int index, const void *metatable);
void	node_push(lua_State *, struct rp_node *);	/* NULL: nil */
/* The node at a place of the stack; a Lua error if it is none, or of another document. */
struct rp_node *node_check(lua_State *, int index);
/* NULL if the value is no node at all. */
struct rp_node *node_test(lua_State *, int index);
/* The same, of the document that is worked on, and so to be changed. */
struct rp_node *node_check_own(lua_State *, int index);
struct rp_doc *node_doc(lua_State *);		/* a Lua error while there is none */
const char *node_kind(lua_State *, enum rp_kind);	/* "CodeBlock" */
/* Text that may stand in a document; a Lua error if it may not. */
const char *node_text(lua_State *, int index, size_t *len);

/* Is the node one of the index? */
int	node_foreign(const struct script *, const struct rp_node *);

/* Metamethods; their upvalue is the table that member_names() pushes. */
int	member_index(lua_State *);
int	member_newindex(lua_State *);
void	member_names(lua_State *);

void	field_push(lua_State *, const struct rp_node *, enum rp_attr);
void	field_set(lua_State *, struct rp_node *, enum rp_attr, int value);
void	field_push_named(lua_State *, struct rp_node *);
void	field_set_named(lua_State *, struct rp_node *, int value);

/* Methods, and where they are registered. */
void	change_methods(lua_State *, int table);
/* A Lua error unless child may be put below parent. */
void	change_allow(lua_State *, const struct rp_node *parent, const struct rp_node *child);
/* A Lua error if the node must stay where it is. */
void	change_allow_out(lua_State *, const struct rp_node *);
/* The node that the value at index is, or makes, about to go below parent: both of these. */
struct rp_node *change_incoming(lua_State *, const struct rp_node *parent, int index);
void	children_open(lua_State *);
void	children_push(lua_State *, struct rp_node *);
/* If the value at index is a list of children: puts a table of them in its place. */
void	children_flatten(lua_State *, int index);

void	make_open(lua_State *, int table);
/* The node that a value is below parent: itself, or made of a string. */
struct rp_node *make_child(lua_State *, const struct rp_node *parent, int index);
void	make_children(lua_State *, struct rp_node *parent, int list);

/* ---- meta.c, metaset.c, host.c ---- */

void	meta_open(lua_State *);
/* The map or list that a value shows; NULL if it shows none. */
struct rp_node *meta_test(lua_State *, int index);
/* A new node of the value at index; depth is 0. */
struct rp_node *meta_make(lua_State *, int index, int depth);
void	meta_set_key(lua_State *, struct rp_node *, int key);
/* Maps and lists as they are, to be read and set; scalars as Lua values. */
void	meta_push(lua_State *, struct rp_node *);
/* A map's or list's new content: a Lua value. */
void	meta_assign(lua_State *, struct rp_node *, int value);
/* A copy as plain Lua values. */
void	meta_push_copy(lua_State *, const struct rp_node *);

void	host_open(lua_State *, int table);
int	host_print(lua_State *);

#endif
