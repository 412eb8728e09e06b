/*
 * run.h - a run: documents in, through the chain, out by writers.
 *
 *	input.c   what to read: files, folders, standard input
 *	config.c  rolepress.yaml
 *	index.c   what every document may know of the others
 *	places.c  and which places it has
 *	resolve.c which document a reference leads to
 *	nearest.c the one that was meant, if it leads to none
 *	drift.c   front matter keys that drift apart
 *	backlinks.c who links to a document
 *	resource.c files that outputs embed
 *	image.c   the size of a raster image
 *	svg.c     a drawing made fit for a book
 *	job.c     one filter on one document
 *	facts.c   what a run keeps of a document
 *	blob.c    and nobody needs soon
 *	stage.c   what is done to each document, in two stages
 *	timing.c  where the time goes
 *	stamp.c   whether a file has changed
 *	deps.c    what a document asked of the world
 *	record.c  facts as bytes
 *	cache.c   what the last run made
 *	cache_key.c  what all of that depends on
 *	cache_packed.c large entries of archives
 *	cache_save.c and how it is written down
 *	shard.c   a run spread over machines
 *	pool.c    the same by several processes
 *	region.c  memory that they share
 *	store.c   bytes that wait
 *	output.c  files that are there whole or not at all
 *	describe.c what is known of every filter, as JSON
 *	caller.c  what a caller sets, and asks
 *	files.c   of which files a run was made, and which it made
 *	run.c     the order in which it all happens
 */
#ifndef RP_RUN_H
#define RP_RUN_H

#include "../core/core.h"

struct input {
	const char	*path;		/* "-": standard input */
	const char	*root;		/* the folder it was found below; "": none */
	const char	*site_path;
	const char	*text;		/* not NULL: a text in memory */
	size_t		 text_len;
};

struct output {
	struct link	 writer;
	const char	*out;		/* file, folder with a slash at its end, or "-" */
	enum rp_layout	 layout;
};

/* region.c: NULL if there is no such memory; taken bytes are zeroed once. */
struct region;
struct region *region_new(size_t size);
void	 region_free(struct region *);
void	*region_take(struct region *, size_t size);
size_t	 region_used(const struct region *);

/* store.c */

/* Bytes that a store has: in this process's memory, or in its file. */
struct kept {
	char	*bytes;
	size_t	 at, len;
};

struct store {
	int	 fd;		/* -1: nothing has gone to a file yet */
	size_t	 size;		/* of the file, as this process wrote it */
	size_t	 bound, held;	/* bytes of memory that it may take, and takes */
	char	*map;
	size_t	 mapped;
	size_t	 touched;	/* bytes of it that have been read since it was given back */
};

/* bound 0: all goes to a file that processes share.  0, or -1 with errno. */
int	store_open(struct store *, size_t bound);
void	store_close(struct store *);
void	store_resume(struct store *);	/* in a process that did not open it */
/* bytes[len] is a NUL, as behind all strings here. */
int	store_put(struct store *, const char *bytes, size_t len, struct kept *);
/* NULL if it cannot be mapped; NUL-terminated; good until the store is closed or written. */
const char *store_get(struct store *, const struct kept *);
int	store_read(const struct store *, const struct kept *, char *to);
/* Bytes that some store gave, if it did, need not stay in memory: they have been read. */
void	stores_release(struct rp_run *, const char *bytes, size_t len);
void	store_drop(struct store *, struct kept *);		/* is not wanted any more */

/* blob.c */
struct blob {
	const char	*bytes;		/* NULL: in the store */
	size_t		 len;
	int		 store;
	struct kept	 kept;
};

void	blob_put(struct rp_run *, struct blob *, const struct str *);	/* in this process's store */
void	blob_borrow(struct blob *, const char *bytes, size_t len);
struct unpack blob_get(struct rp_run *, const struct blob *, struct rp_arena *);

/* stamp.c: all zero: there is no such file */
struct stamp {
	uint64_t dev, ino, size;
	int64_t	 modified, changed;	/* nanoseconds since 1970 */
};

struct stamp	stamp_of(const char *path);
int		stamp_same(const struct stamp *, const struct stamp *);
int		stamp_holds(const struct stamp *was, const char *path);	/* is it the same now? */
/* Asked before it is read: would a change from now on be seen? */
int		stamp_is_firm(const struct stamp *);

/* deps.c */
enum dep_kind { DEP_FILE, DEP_FIND, DEP_PLACE, DEP_RESOLVE, DEP_NEAREST };

/* A question, and what the answer was. */
struct dep {
	struct dep	*next;
	enum dep_kind	 kind;
	const char	*a, *b;
	uint64_t	 result;
	struct stamp	 stamp;		/* DEP_FILE */
};

/* What rendering a document for one output gave. */
struct part {
	struct kept	 kept;		/* in the store of the process that rendered */
	int		 store;
	int		 good;
	int		 lost;		/* it was made, and there was no room for it */
	size_t		 written;	/* bytes of the document's own file; 0: none */
	const char	*path;		/* of that file; NULL: it has none */
	struct stamp	 stamp;
	uint64_t	 hash;		/* of a part that is cached; 0: it is not */
};

enum stage { WAITING, READ, DONE };

/* What a run knows of a document besides its tree; shared by all processes. */
struct facts {
	enum stage	 stage;
	int		 failed;	/* could not be read: no other document sees it */
	int		 spoilt;	/* could not be finished: it is in no output */
	struct rp_node	*entry;		/* in the index; NULL: it could not be read */
	int		 cached;	/* known from the last run */
	int		 reused;	/* and what was made of it too */
	int		 unsure;	/* what is known must not be cached */
	uint64_t	 young;		/* hash of a file that had just changed when it was read; 0: it had not */
	struct dep	*deps;
	uint64_t	 entry_hash;	/* 0: not asked for yet */
	struct blob	 links;		/* urls that may lead to another document */
	struct metakey	*keys;		/* of its front matter */
	size_t		 key_count;
	struct blob	 said[2];	/* messages of the two stages, to be told when all is done */
	struct message	*messages, *last_message;	/* of the run, while it was at this document */
	struct message	*pending;	/* what the index has to say of it */
	const struct rp_filter *in;	/* that works on it now, if one does */
	int		 worker;	/* who has the tree; -1: nobody, read it again */
	struct kept	 tree;		/* frozen; len 0: it is not */
	struct part	*parts;		/* by output */
	const char	**paths;	/* by output: of its own file; NULL: it has none */
	struct stamp	 stamp;		/* of the file it was read from */
};

/* A document that is bound alone. */
struct lone {
	const struct rp_node	*entry;
	const char		*bytes;
	size_t			 len;
};

struct metakey {
	const char	*name;
	struct rp_pos	 pos;
};

/* What every document may know of the others; shared by all processes. */
struct index {
	struct rp_node	*root;
	struct map	 by_id;
	struct map	 by_path;	/* normal path without extension: entry */
	struct map	 by_address;	/* what front matter says of redirects: entry */
	struct map	 by_name;	/* slug, or last part of the path: struct namesake */
	time_t		 newest;	/* time of change of the newest input */
};

/* A run that is spread over machines. */
struct shard {
	const char	*folder;
	long		 number, of;	/* 1/3 ...; 0/0: all documents are this run's */
	int		 merges;	/* documents have been read by other runs */
	struct file	*files, *parts;
	long		 file_count;
	uint64_t	 cores;		/* hash of what the index is made of */
};

struct rp_run {
	struct rp_arena	 setup;		/* of what the caller set: lives as long as the run */
	struct rp_arena	 arena;		/* of inputs and documents: until rp_run_clear() */
	struct rp_arena	 scratch;	/* what one step on one document needs */
	struct str	 page;		/* likewise, the bytes that one makes */
	struct registry	 registry;
	struct diag_settings diag;
	rp_written	*written;
	void		*written_arg;
	rp_take		*take;		/* NULL: outputs are files */
	void		*take_arg;
	rp_progress	*progress;
	void		*progress_arg;

	struct input	*inputs;
	size_t		 input_count;
	struct map	 by_file;	/* normal paths of the inputs */
	const char	**roots;	/* folders below which files may be embedded */
	char		**real_roots;	/* the same with links followed; made when first needed */
	size_t		 root_count;
	struct link	 reader;	/* the one asked for; filter NULL: by each input */
	int		 from_markdown;	/* asked for by name */
	const char	**filters, **without;
	size_t		 filter_count, without_count;
	struct output	*outputs;
	size_t		 output_count;
	const char	*output_folder;
	struct rp_doc	*settings;	/* its META_MAP is what rp_setting() reads */
	struct rp_doc	*config;	/* NULL: none */
	const struct rp_node *blame;	/* the place in it that is being worked on, or NULL */

	struct chain	 chain;
	enum rp_severity least;		/* that anybody is told of */
	int		 no_sources;	/* nobody wants the lines that messages are of */
	int		 keep;		/* trees stay for rp_run_document() */
	int		 jobs;		/* how many processes may work */
	size_t		 memory;	/* bytes of trees that may wait in all of them */
	size_t		 share;		/* and in each, with what is known of all documents */
	struct facts	*facts;		/* by input */
	uint64_t	*inodes;	/* theirs, sorted; made when first needed */
	struct index	*index;		/* NULL until every document has been read */
	struct rp_doc	*index_doc;	/* owns the entries' memory; a worker has its own */
	struct map	 by_number;	/* slug that is taken: int, the number to try next */
	struct map	 by_guess;	/* what was written: the slug nearest to it, "" if none */

	struct pool	*pool;		/* NULL: this process does all */
	int		 workers;	/* how many it has */
	int		 worker;	/* which one this process is; 0: the only one, or the parent */
	struct rp_doc	**docs;		/* trees that this process holds, by input */
	size_t		 held;		/* bytes of them */
	size_t		 first_held;	/* none before this input */
	size_t		 let_go;	/* and of those freed, since any were given back */
	struct store	*stores;	/* by worker */
	int		 store_count;
	struct facts	*telling;	/* a worker's messages about the run go here */
	size_t		 binding;	/* the output being put together */
	const struct lone *lone;	/* or the one document that is */
	const char	*lent;		/* the part that was asked for last */
	size_t		 lent_len;
	struct shard	 shard;
	const char	*cache_folder;	/* NULL: no cache */
	struct cache	*cache;
	struct message	*told, *last_told;	/* about the run as a whole, while it has a cache */
	uint64_t	*spent;		/* nanoseconds by process and step */
	size_t		 step_count;
	int		 process_count;
	struct libdeflate_compressor *compressor;	/* emit/pack.c's; NULL until it is needed */
	struct map	**places;	/* of places.c, by input */
	struct slugs	*slugs;		/* of nearest.c; made when first needed */
	size_t		 good, failed;
	int		 executed;
};

extern const struct rp_pos rp_nowhere;

/* input.c */
int	input_add(struct rp_run *, const char *path);
void	input_add_root(struct rp_run *, const char *folder);
struct input *input_append(struct rp_run *);

/* config.c: the setting "schema" from a file; 0 or -1 after a diagnostic */
int	config_read_schema(struct rp_run *, const char *path);

/* schema.c: is a schema well-formed?  0, or -1 after diagnostics on the document it is in */
int	schema_check(struct rp_doc *, const struct rp_node *schema);

/* index.c */
/* Of all documents that have been read: gives ids, and learns who is who. */
void	index_make(struct rp_run *);
struct rp_node *index_root(const struct rp_run *);	/* NULL: not made yet */
/* The document, cut down to what others may know of it, in to's memory. */
struct rp_node *index_cut(struct rp_doc *to, struct rp_doc *);
/* A reference in the entry's INFO, to another one. */
void	index_refer(struct rp_run *, struct rp_node *entry, const char *type, const struct rp_node *to);
/* The input that an entry is of. */
size_t	index_input(const struct rp_node *entry);

/* places.c */
void	places_free(struct rp_run *);

/* image.c: 0, or -1 if the bytes do not tell */
int	image_size(const char *media_type, const char *bytes, size_t len, unsigned *w, unsigned *h);

/* svg.c: the drawing without what no book may hold; NULL if it is no SVG.  *dropped:
 * what was left out, or NULL. */
char	*svg_clean(struct rp_arena *, const char *bytes, size_t *len, const char **dropped);

/* resolve.c */
void	resolve_prepare(struct rp_run *);
/* What rp_index_resolve() says, without a note of the question. */
struct rp_node *index_resolve(const struct rp_job *, const char *url, const char **fragment);
/* Cuts what sites leave off a path: the extension, /index, a slash at the end. */
char	*path_bare(struct rp_arena *, const char *path);

/* drift.c */
void	drift_report(struct rp_run *);

/* backlinks.c */
int	leads_outside(const char *url);
/* Notes a link of the document, for backlinks_make(). */
void	backlinks_note(struct rp_doc *, struct rp_node *link);
void	backlinks_make(struct rp_run *);

/* job.c */

/* A sink that a filter asked for: freed with the job. */
struct own_sink {
	struct own_sink	*next;
	struct rp_sink	 sink;
};

struct job {
	struct rp_job	 pub;		/* first: what filters see */
	void		*state;
	int		 failed;
	unsigned char	 told[RP_KIND_MAX];	/* "not rendered" has been said */
	struct own_sink	*sinks;
	const struct output *output;	/* NULL for a transform */
	const char	*source;	/* what a reader reads */
	size_t		 source_len;
};

/* A job as the document's own, of which only the entry is there; *asking has the memory
 * that answers take, to be freed with arena_free(). */
struct rp_job job_asking(struct rp_run *, size_t input, struct rp_doc *asking);
int	job_transform(struct rp_run *, struct rp_doc *, const struct link *);
/* The document's source to its tree, by a reader; 0 or -1. */
int	job_read(struct rp_run *, struct rp_doc *, const struct link *);
/* Renders a document into out; 0 or -1. */
int	job_render(struct rp_run *, struct rp_doc *, const struct output *, struct rp_sink *out);
/* doc: what strings are made in; root: an INDEX. */
int	job_bind(struct rp_run *, struct rp_doc *, struct rp_node *root, const struct output *,
	    struct rp_sink *out);
/* Path below the output folder of an entry of the index; NULL if the writer gave none. */
const char *job_path(struct rp_run *, struct rp_doc *, struct rp_node *entry, const struct output *);

/* facts.c */
/* What others may know of a document, in to's memory. */
void	facts_take(struct rp_run *, struct facts *, struct rp_doc *, struct rp_doc *to);
/* May a message of that severity be dropped as soon as it is said? */
int	facts_are_unheard(const struct rp_doc *, enum rp_severity);
/* Moves a document's messages to its facts. */
void	facts_publish(struct rp_run *, struct facts *, struct rp_doc *);
/* Gives the document what the index decided. */
void	facts_adopt(const struct facts *, struct rp_doc *);
/* What the index has to say of a document. */
void	facts_say(struct rp_run *, struct facts *, enum rp_diag, struct rp_pos, ...) RP_SENTINEL;
/* Tells the listener, sorted. */
void	facts_tell(struct rp_run *, size_t input);

/* stage.c */
void	stage_do(struct rp_run *, size_t input, enum stage upto);
enum rp_step stage_step(enum stage upto);	/* what a caller is told it is */
/* All that is left, in this process. */
void	stage_alone(struct rp_run *, enum stage upto);

/* timing.c: a step, or STEP_CHAIN and a filter's place in the chain, or timing_render()
 * of an output, plus one for its binding */
enum { STEP_READ, STEP_INDEX, STEP_WAIT, STEP_CHAIN };
void	 timing_prepare(struct rp_run *);
uint64_t timing_now(void);
uint64_t timing_add(struct rp_run *, size_t step, uint64_t since);	/* the time now */
size_t	 timing_render(const struct rp_run *, size_t output);

/* deps.c: they note what a filter asked, and what it was told, if the run has a cache */
void	deps_file(struct rp_doc *, const char *path);
void	deps_answer(struct rp_doc *, enum dep_kind, const char *a, const char *b,
	    const struct rp_node *answer);
void	deps_text(struct rp_doc *, enum dep_kind, const char *a, const char *answer);
void	deps_publish(struct facts *, struct rp_doc *, struct rp_arena *);
/* Are the answers the same now? */
int	deps_files_hold(struct rp_run *, const struct facts *);
/* What was recorded of the input, but files. */
int	deps_hold(struct rp_run *, size_t input, struct unpack recorded);
uint64_t deps_entry(struct rp_run *, const struct rp_node *entry);
uint64_t hash_bytes(const char *, size_t);

/* record.c: facts as bytes; strings stay where the bytes are */
void	record_message(struct str *, const struct message *);
struct message *unrecord_message(struct rp_arena *, struct unpack *);
void	record_blob(struct rp_run *, struct str *, const struct blob *);
void	unrecord_blob(struct blob *, struct unpack *);
void	record_stamp(struct str *, const struct stamp *);
struct stamp unrecord_stamp(struct unpack *);
/* What the index is made of; before it is made. */
void	record_core(struct rp_run *, struct str *, const struct facts *);
int	unrecord_core(struct facts *, struct rp_doc *to, struct unpack *);
void	record_deps(struct str *, const struct facts *);
struct dep unrecord_dep(struct unpack *);
/* Of all that were recorded, the files. */
void	unrecord_files(struct facts *, struct rp_arena *, struct unpack *);

/* shard.c */
int	shard_has(const struct rp_run *, size_t input);	/* is it this run's to do? */
int	shard_load(struct rp_run *);		/* what other runs have read */
int	shard_load_parts(struct rp_run *);	/* what they have rendered */
int	shard_write_read(struct rp_run *);
int	shard_write_parts(struct rp_run *);
void	shard_close(struct rp_run *);

/* cache.c */
/* Opens it; 1: nothing has changed since the last run, and all of it has been told. */
int	cache_open(struct rp_run *, int *status);
/* Before documents are read, before the index is made, and after: what need not be done
 * again is marked as done. */
void	cache_remember(struct rp_run *);
void	cache_compare(struct rp_run *);
void	cache_reuse(struct rp_run *);
void	cache_save(struct rp_run *, int status);
void	cache_close(struct rp_run *);

/* Who links to whom, if that is as it was: pairs of inputs. */
int	cache_backlinks(const struct rp_run *, struct unpack *pairs);
void	cache_keep_backlink(struct rp_run *, size_t from, size_t to);

/* cache_packed.c: large entries of archives, known by what was packed */
struct digest {
	uint64_t	 low, high;
};

struct digest	 digest_of(const char *, size_t);
/* As the last run packed it; NULL: it did not.  Good until the run is closed. */
const char	*cache_packed(struct rp_run *, const struct digest *of, size_t *len);
void		 cache_keep_packed(struct rp_run *, const struct digest *of, const char *, size_t len);

/* pool.c: processes that work for the run; -1: none could be had, go on alone */
int	pool_open(struct rp_run *);
/* Runs a stage on every document. */
void	pool_run(struct rp_run *, enum stage upto);
void	pool_dismiss(struct rp_run *);	/* ends the processes */
void	pool_close(struct rp_run *);	/* and gives back what they shared */
struct region *pool_region(const struct rp_run *);	/* the parent's; NULL: the heap will do */
size_t	pool_shared(const struct rp_run *);	/* bytes of what all processes see */

/* run.c: is a filter of the chain, from this one on, or of an output of that kind? */
int	run_uses(const struct rp_run *, size_t from, int (*is)(const struct rp_filter *));

/* caller.c: tells how far it is */
void	run_progress(struct rp_run *, enum rp_step, size_t done, size_t total);

/* output.c: 0 or -1 after a diagnostic */
int	output_write(struct rp_run *, const char *path, const char *bytes, size_t len);
/* The same without a word: 0, or -1 with errno. */
int	write_file(struct rp_arena *, const char *path, const char *bytes, size_t len);
int	make_folders(struct rp_arena *, const char *path);	/* those above path */
/* A file that is not in its place yet. */
struct half {
	struct rp_arena	*arena;
	const char	*path;
	char		*temp;		/* beside it; NULL: it has no name yet */
	mode_t		 mode;		/* of what stands there; 0: nothing does */
	int		 fd;
};
/* The sink goes to the output as it fills, where that can be.  output_end(): rc -1, and there
 * is none. */
int	output_begin(struct rp_run *, const char *path, struct half *, struct rp_sink *);
int	output_end(struct rp_run *, const char *path, struct half *, struct rp_sink *, int rc);
/* Tells the embedder. */
void	output_tell(struct rp_run *, const char *path, size_t len);

/* path.c: lexical work on paths; strings belong to the arena */
char	*path_join(struct rp_arena *, const char *folder, const char *name);
char	*path_folder(struct rp_arena *, const char *path);	/* "" if none */
const char *path_base(const char *path);
char	*path_normal(struct rp_arena *, const char *path);	/* without . and .. */
char	*path_from(struct rp_arena *, const char *folder, const char *path);	/* relative, if both are */
int	 path_is_below(const char *path, const char *folder);
char	*path_from_url(struct rp_arena *, const char *url);	/* percent-decoded, without query and fragment */

#endif
