/* cache.h - between the files of the cache. */
#ifndef RP_CACHE_H
#define RP_CACHE_H

#include "run.h"

/* Manifest and changes begin with this and a hash of all that stands behind both. */
#define CACHE_MAGIC	"rolepress cache 3\n"

enum {
	CACHE_HASH_AT	= sizeof(CACHE_MAGIC) - 1,
	CACHE_HEAD	= CACHE_HASH_AT + sizeof(uint64_t)
};

/* An input of the last run. */
struct old {
	const char	*path, *root, *site_path;
	struct unpack	 front;		/* stamp, messages, questions */
	struct unpack	 core;		/* what the index is made of */
	struct unpack	 back;		/* what was rendered */
	struct unpack	 deps;		/* in front; where that has been looked at */
	int		 changed;	/* since the manifest was written */
};

/* A large entry of an archive, in the parts' file. */
struct packed_entry {
	struct digest	 of;
	struct kept	 kept;
	uint64_t	 hash;		/* of its own bytes */
	int		 used;		/* by this run */
};

struct mapping {
	char		*p;		/* NULL: there is none */
	size_t		 size;
};

struct cache {
	int		 lock;
	uint64_t	 key;
	struct mapping	 manifest, changes;
	struct old	*olds;
	size_t		 old_count;
	struct map	 by_path;
	struct map	 looked_at;	/* files that documents name: their stamps now */
	struct unpack	 links;		/* who links to whom; of the last run, and of this one */
	struct str	 links_now;
	struct packed_entry *packed;
	size_t		 packed_count;
	struct unpack	 tail;		/* status, outputs, messages of the run */
	struct old	**old;		/* by input of this run; NULL: it is new */
	struct str	*cores;		/* by input: of those that were read now */
	int		 same;		/* the index is made of the same, and the inputs are */
	int		 strangers;	/* filters from outside may ask what nobody notes */
	unsigned	 number;	/* of the parts' file */
	int		 store;		/* which of the run's stores that file is */
	size_t		 kept;		/* bytes that the last run left in it */
};

/* cache_key.c: all that every document depends on, as a number */
uint64_t	 cache_key(struct rp_run *);

/* cache_packed.c */
void		 unrecord_packed(struct cache *, struct unpack *);
void		 record_packed(struct str *, const struct cache *);
/* Bytes that are still wanted; and copies them, where the parts' file is made anew. */
size_t		 packed_size(const struct cache *);
int		 packed_move(struct rp_run *, struct store *to);

/* cache.c */
char		*cache_file(struct rp_run *, const char *name);
int		 cache_open_parts(struct rp_run *, struct store *, unsigned number);
/* What the last run kept; NULL: it is not there, or not what it was. */
const char	*cache_bytes(struct rp_run *, const struct kept *, uint64_t hash);
/* The entry of a document, and what the index has to say of it. */
uint64_t	 cache_own_hash(struct rp_run *, const struct facts *);

#endif
