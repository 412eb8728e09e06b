/*
 * run.h - a run: documents in, through the chain, out by writers.
 *
 *	input.c   what to read: files, folders, standard input
 *	config.c  rolepress.yaml
 *	index.c   what every document may know of the others
 *	resolve.c which document a reference leads to
 *	nearest.c the one that was meant, if it leads to none
 *	drift.c   front matter keys that drift apart
 *	backlinks.c who links to a document
 *	resource.c files that outputs embed
 *	image.c   the size of a raster image
 *	svg.c     a drawing made fit for a book
 *	job.c     one filter on one document
 *	output.c  files that are there whole or not at all
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

struct part {
	char	*bytes;
	size_t	 len;
	int	 good;
};

struct rp_run {
	struct rp_arena	 arena;		/* strings that live as long as the run */
	struct rp_arena	 scratch;	/* what one step on one document needs */
	struct registry	 registry;
	struct diag_settings diag;
	rp_written	*written;
	void		*written_arg;

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
	struct rp_doc	**docs;		/* by input; NULL where reading failed */
	struct rp_doc	*index_doc;	/* owns the index */
	int		 indexed;	/* every document is in it: filters may see it */
	struct rp_node	**entries;	/* of the index, by input; NULL where there is none */
	struct map	 by_id, by_place;
	struct map	 by_path;	/* normal path without extension: entry */
	struct map	 by_address;	/* what front matter says of redirects: entry */
	struct map	 by_number;	/* slug that is taken: int, the number to try next */
	struct map	 by_guess;	/* what was written: the slug nearest to it, "" if none */
	struct slugs	*slugs;		/* of nearest.c; made when first needed */
	struct map	 by_name;	/* slug, or last part of the path: struct namesake */
	struct part	*parts;		/* of the output being written, by input */
	size_t		 good, failed;
	int		 executed;
	long long	 newest;	/* time of change of the newest input */
};

extern const struct rp_pos rp_nowhere;

/* input.c */
int	input_add(struct rp_run *, const char *path);
void	input_add_root(struct rp_run *, const char *folder);

/* index.c */
void	index_begin(struct rp_run *);
/* Adds input i, which has just gone through the chain up to the barrier. */
void	index_add(struct rp_run *, size_t i);
/* All have been added: gives ids, and learns who is who. */
void	index_make(struct rp_run *);
struct rp_node *index_root(const struct rp_run *);
struct rp_node *index_entry(const struct rp_run *, size_t input);

/* image.c: 0, or -1 if the bytes do not tell */
int	image_size(const char *media_type, const char *bytes, size_t len, unsigned *w, unsigned *h);

/* svg.c: the drawing without what no book may hold; NULL if it is no SVG.  *dropped:
 * what was left out, or NULL. */
char	*svg_clean(struct rp_arena *, const char *bytes, size_t *len, const char **dropped);

/* resolve.c */
void	resolve_prepare(struct rp_run *);
/* Cuts what sites leave off a path: the extension, /index, a slash at the end. */
char	*path_bare(struct rp_arena *, const char *path);

/* drift.c */
void	drift_report(struct rp_run *);

/* backlinks.c */
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

int	job_transform(struct rp_run *, struct rp_doc *, const struct link *);
/* The document's source to its tree, by a reader; 0 or -1. */
int	job_read(struct rp_run *, struct rp_doc *, const struct link *);
/* Renders a document into out; 0 or -1. */
int	job_render(struct rp_run *, struct rp_doc *, const struct output *, struct rp_sink *out);
int	job_bind(struct rp_run *, const struct output *, struct rp_sink *out);
/* Path below the output folder; NULL if the writer gave none. */
const char *job_path(struct rp_run *, struct rp_doc *, const struct output *);

/* The path of a document's own file, where an output is a folder. */
const char *output_path(struct rp_run *, struct rp_doc *, const struct output *);

/* output.c: 0 or -1 after a diagnostic */
int	output_write(struct rp_run *, const char *path, const char *bytes, size_t len);

/* path.c: lexical work on paths; strings belong to the arena */
char	*path_join(struct rp_arena *, const char *folder, const char *name);
char	*path_folder(struct rp_arena *, const char *path);	/* "" if none */
const char *path_base(const char *path);
char	*path_normal(struct rp_arena *, const char *path);	/* without . and .. */
char	*path_from(struct rp_arena *, const char *folder, const char *path);	/* relative, if both are */
int	 path_is_below(const char *path, const char *folder);
char	*path_from_url(struct rp_arena *, const char *url);	/* percent-decoded, without query and fragment */

#endif
