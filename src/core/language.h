/* language.h - what the files that know languages tell each other. */
#ifndef RP_LANGUAGE_H
#define RP_LANGUAGE_H

#include <stddef.h>

/* The two-letter code of a language in lower case (deu gives de), as a
 * string that stays; NULL if it has none. */
const char	*lang_code(const char *code);
/* The primary language of any tag, by its code in use; buf may hold it. */
const char	*lang_primary(const char *tag, char buf[9]);

/* ---- textcat.c ---- */

enum { TEXTCAT_ANSWER = 1024 };		/* bytes: libexttextcat's own bound */

/* "[sv--utf8][nb--utf8]", or UNKNOWN, or SHORT. */
void	textcat_ask(const char *text, size_t len, char answer[TEXTCAT_ANSWER]);
/* Is the language with this code in the answer? */
int	textcat_names(const char *answer, const char *code);
/* The code that is first in it; 0, or -1 if it has none. */
int	textcat_first(const char *answer, char code[4]);

#endif
