/*
 * rolepress/rolepress.h - the library, for programs that embed it.
 *
 *	struct rp_run *run = rp_run_new();
 *	rp_run_input(run, "roles/");
 *	rp_run_output(run, "epub", "handbook.epub");
 *	int status = rp_run_execute(run);
 *	rp_run_free(run);
 *
 * Functions that can fail return 0, or -1 after a diagnostic.  No global state,
 * but for cmark-gfm's own: never execute two runs at the same time in one
 * process.
 */
#ifndef ROLEPRESS_H
#define ROLEPRESS_H

#include <rolepress/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

RP_API struct rp_run	*rp_run_new(void);
RP_API void		 rp_run_free(struct rp_run *);	/* NULL is fine */

/* A file, a folder (every Markdown file below it, sorted), or "-".  A file that has
 * been named before stays where it was. */
RP_API int	rp_run_input(struct rp_run *, const char *path);
/* A text in memory, copied; name stands for its path in diagnostics and links.  -1 if
 * the name is taken. */
RP_API int	rp_run_input_text(struct rp_run *, const char *name, const char *text, size_t len);
/* How every input is read: "markdown", or a reader's spec.  Default: by the extension
 * and the text of each. */
RP_API int	rp_run_from(struct rp_run *, const char *spec);
/* A filter of the chain, "name" or "name=option=value:…", or the path of a .so, of a
 * script or of a program; a filter of the default chain gets the options where it stands. */
RP_API int	rp_run_filter(struct rp_run *, const char *spec);
/* Leaves a filter of the default chain out. */
RP_API int	rp_run_without(struct rp_run *, const char *name);
/*
 * An output: a writer's spec (NULL: by out's extension), and a file, a folder
 * ending in '/', or "-" for standard output.
 */
RP_API int	rp_run_output(struct rp_run *, const char *spec, const char *out);
/* A setting, as in rolepress.yaml. */
RP_API int	rp_run_set(struct rp_run *, const char *key, const char *value);
/* Reads a rolepress.yaml: settings, inputs, filters and outputs, all paths from
 * the file's folder. */
RP_API int	rp_run_config(struct rp_run *, const char *path);
/* Where the outputs of a configuration go, instead of the file's folder. */
RP_API void	rp_run_output_folder(struct rp_run *, const char *folder);

/* A diagnostic that is told to a caller; strings live during the call. */
struct rp_message {
	const char	*path;		/* NULL: no file */
	uint32_t	 line, col;	/* col in characters; 0: unknown */
	enum rp_severity severity;
	const char	*code, *text;
	const char	*source;	/* the source line, or NULL */
	size_t		 source_len;
};
typedef void rp_listener(const struct rp_message *, void *arg);
/* Default: nobody is told. */
RP_API void	rp_run_listen(struct rp_run *, rp_listener *, void *arg);
/* -W: "error", "no-CODE", "CODE"; -1 if there is no such code. */
RP_API int	rp_run_warn(struct rp_run *, const char *what);

/* What is written, as it is written. */
typedef void rp_written(const char *path, size_t bytes, void *arg);
RP_API void	rp_run_on_written(struct rp_run *, rp_written *, void *arg);

/* Reads, filters, writes.  0: all written; 1: some document failed, all others
 * are written; 2: nothing could be begun. */
RP_API int	rp_run_execute(struct rp_run *);
/* How many documents were read well, and how many were not. */
RP_API size_t	rp_run_documents(const struct rp_run *, size_t *failed);

/* How many inputs there are, and the n-th one's tree after rp_run_execute(); NULL if
 * it could not be read.  It lives as long as the run. */
RP_API size_t	rp_run_inputs(const struct rp_run *);
RP_API const struct rp_node *rp_run_document(const struct rp_run *, size_t n);

/* The n-th filter known (built in, or in the plugin folder); NULL past the last. */
RP_API const struct rp_filter *rp_run_known(struct rp_run *, size_t n);
/* The filter that a file is (.so) or makes (a script, a program); NULL after a diagnostic. */
RP_API const struct rp_filter *rp_run_load(struct rp_run *, const char *file);
/* Its place in the default chain from 1; 0: it has none. */
RP_API int	rp_run_default_place(const struct rp_filter *);

#ifdef __cplusplus
}
#endif
#endif
