/*
 * rolepress/rolepress.h - the library, for programs that embed it.
 *
 *	struct rp_run *run = rp_run_new();
 *	rp_run_input(run, "roles/");
 *	rp_run_output(run, "epub", "handbook.epub");
 *	int status = rp_run_execute(run);
 *	rp_run_free(run);
 *
 * Functions that can fail return 0, or -1 after a diagnostic.
 *
 * Text goes in and out without the file system too: rp_run_input_text() reads what
 * is in memory, rp_run_on_output() hands over what would have been written.
 *
 * Threads.  A run keeps all of its state to itself: two threads may work on two runs
 * at the same time; one run belongs to one thread at a time.  Where a library below
 * has state of its own, a lock is around it: Markdown is parsed (cmark-gfm), and an
 * unclear language told (libexttextcat), by one thread after another.  libxml2 and
 * libunibreak are made ready once.  Plugins are loaded by each run, and share what
 * they keep in static variables; calling setenv() or xmlCleanupParser() beside a
 * run is the program's own risk.
 *
 * A program that loads the library itself (dlopen, ctypes) does so with RTLD_GLOBAL,
 * for plugins find rp_ functions in it.
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
/* Whether messages come with their source line, which is read again for that; default: yes. */
RP_API void	rp_run_sources(struct rp_run *, int wanted);
/* The least severity that the listener wants to hear of; default: all.  It may be told of
 * less; most of that takes no time then.  Warnings that fail the run do so as before. */
RP_API void	rp_run_least(struct rp_run *, enum rp_severity);
/* -W: "error", "no-CODE", "CODE"; -1 if there is no such code. */
RP_API int	rp_run_warn(struct rp_run *, const char *what);

/* What is written, as it is written. */
typedef void rp_written(const char *path, size_t bytes, void *arg);
RP_API void	rp_run_on_written(struct rp_run *, rp_written *, void *arg);

/*
 * Hands outputs to the program instead of writing them: called for each file that
 * would have been written, with its path below what rp_run_output() was told (which
 * then names no file; "-" and "book.epub" are both fine).  The bytes live during the
 * call; 0, or -1 to fail the run.  Set before rp_run_output().
 */
typedef int rp_take(const char *path, const char *bytes, size_t len, void *arg);
RP_API void	rp_run_on_output(struct rp_run *, rp_take *, void *arg);

/*
 * How far the run is: so many documents of all have been read, or finished, or
 * outputs put together.  Called by the process that executes the run, at least ten
 * times a second where there are workers, and after each document where there are none.
 */
enum rp_step { RP_STEP_READ, RP_STEP_WRITE, RP_STEP_BIND };
typedef void rp_progress(enum rp_step, size_t done, size_t total, void *arg);
RP_API void	rp_run_on_progress(struct rp_run *, rp_progress *, void *arg);

/*
 * How many processes may work, 0: as many as there are processors.  Default 1: this
 * one alone, which forks none and keeps every tree for rp_run_document().  The outputs
 * are the same, whatever the number.
 */
RP_API int	rp_run_jobs(struct rp_run *, int jobs);
/* How many bytes of trees may wait in memory for the others to be read, after
 * rp_run_jobs(), with what is known of all documents; what is more waits in a temporary
 * file.  Default: 64 MB. */
RP_API void	rp_run_memory(struct rp_run *, size_t bytes);

/*
 * A folder that keeps what a run made, after rp_run_jobs(), so that the next run with
 * the same settings does only what has changed.  It is made if missing, and may be
 * deleted at any time.  NULL, the default: none.
 */
RP_API void	rp_run_cache(struct rp_run *, const char *folder);

/*
 * A run spread over machines that share a folder, after rp_run_jobs().  Each reads the
 * documents number, number + of ... (number from 1) of the same inputs into the folder;
 * then rp_run_merge() stands for inputs, filters and settings: as it is, it makes the
 * outputs of all, byte for byte those of one run; with rp_run_shard() again (folder
 * NULL), it renders so many of the documents for another merge to bind.
 */
RP_API void	rp_run_shard(struct rp_run *, long number, long of, const char *folder);
RP_API int	rp_run_merge(struct rp_run *, const char *folder);

/* Reads, filters, writes.  0: all written; 1: some document failed, all others
 * are written; 2: nothing could be begun. */
RP_API int	rp_run_execute(struct rp_run *);
/*
 * Forgets the inputs, and all that came of them, so that the run can be executed once
 * more, with others.  All that was set stays: filters and their options, outputs,
 * settings; so does what they have loaded.
 */
RP_API void	rp_run_clear(struct rp_run *);
/* How many documents were read well, and how many were not. */
RP_API size_t	rp_run_documents(const struct rp_run *, size_t *failed);

/* How many inputs there are, and the n-th one's tree after rp_run_execute(); NULL if
 * it could not be read, or after rp_run_jobs().  It lives as long as the run. */
RP_API size_t	rp_run_inputs(const struct rp_run *);
RP_API const struct rp_node *rp_run_document(const struct rp_run *, size_t n);

/*
 * Names every file of a run that has been executed: those it was made of, also those it
 * looked for in vain, and those it made.
 */
enum rp_file { RP_FILE_READ, RP_FOLDER_READ, RP_FILE_WRITTEN };
typedef void rp_each_file(enum rp_file, const char *path, void *arg);
RP_API void	rp_run_files(struct rp_run *, rp_each_file *, void *arg);

/* Where the time went: the seconds of the n-th step, summed over all processes, and its
 * name; NULL past the last one. */
RP_API double	rp_run_timing(struct rp_run *, size_t n, const char **name);

/* The n-th filter known (built in, or in the plugin folder); NULL past the last. */
RP_API const struct rp_filter *rp_run_known(struct rp_run *, size_t n);
/* The file that it was loaded from; NULL: it is built in. */
RP_API const char *rp_run_known_file(struct rp_run *, size_t n);
/* All of them with their options as JSON (share/rolepress/filters.schema.json); lives as
 * long as the run.  NULL after a diagnostic. */
RP_API const char *rp_run_known_json(struct rp_run *);
/* The filter that a file is (.so) or makes (a script, a program); NULL after a diagnostic. */
RP_API const struct rp_filter *rp_run_load(struct rp_run *, const char *file);
/* Its place in the default chain from 1; 0: it has none. */
RP_API int	rp_run_default_place(const struct rp_filter *);

#ifdef __cplusplus
}
#endif
#endif
