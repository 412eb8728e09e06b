/*
 * lazy.h - libraries that are loaded when a run first needs them.
 *
 * libxml2 brings ICU and libstdc++, libzip brings libcrypto: to link them costs
 * every run 3 ms, which is twice what a small document takes.  So each has a file
 * here with functions of its names; the first call opens the library, by the
 * name that the build found (its soname), and all calls are handed on to it.
 * Whoever calls them includes the library's own header and sees no difference.
 *
 * Where a library cannot be opened the program ends, with the words of the
 * system's loader, as it would have at its start had it been linked.
 */
#ifndef RP_LAZY_H
#define RP_LAZY_H

#include <stdatomic.h>

typedef void lazy_function(void);

struct lazy_library {
	const char	*soname;
	void		*_Atomic handle;	/* NULL: not yet open */
};

/* The function of this name; does not return without one. */
lazy_function	*lazy_find(struct lazy_library *, const char *name);

/*
 * LAZY(int, xmlTextWriterFlush, (xmlTextWriterPtr w), (w)) defines a function that
 * hands its arguments on to the one of the same name in the file's library.
 * LAZY_VOID: one that returns nothing.  The header's own declaration has to agree.
 */
#define LAZY(type, name, params, args)		LAZY_CALL(type, name, params, return, args)
#define LAZY_VOID(name, params, args)		LAZY_CALL(void, name, params, , args)
#define LAZY_CALL(type, name, params, hand_on, args)					\
	type										\
	name params									\
	{										\
		static __typeof__(name) *_Atomic found;					\
		__typeof__(name) *known = atomic_load(&found);				\
											\
		if (known == NULL) {							\
			known = (__typeof__(name) *)lazy_find(&library, #name);		\
			atomic_store(&found, known);					\
		}									\
		hand_on known args;							\
	}										\
	struct lazy_library	/* takes the semicolon */

#endif
