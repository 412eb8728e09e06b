/* lazy.c - opens a library, and finds what is in it. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lazy.h"

static _Noreturn void
die(const char *soname)
{
	const char *why = dlerror();

	fprintf(stderr, "rolepress: %s\n", why != NULL ? why : soname);
	_Exit(70);
}

/* Two threads may both open it: the loader counts, and gives both the same. */
lazy_function *
lazy_find(struct lazy_library *library, const char *name)
{
	lazy_function *function;
	void *symbol;

	if (library->handle == NULL)
		library->handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);
	if (library->handle == NULL || (symbol = dlsym(library->handle, name)) == NULL)
		die(library->soname);
	/* ISO C converts no object pointer to a function pointer; POSIX does. */
	memcpy(&function, &symbol, sizeof(function));
	return function;
}
