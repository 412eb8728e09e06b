/* language.h - what language.c tells the other files that know languages. */
#ifndef RP_LANGUAGE_H
#define RP_LANGUAGE_H

/* The two-letter code of a language in lower case (deu gives de), as a
 * string that stays; NULL if it has none. */
const char	*lang_code(const char *code);
/* The primary language of any tag, by its code in use; buf may hold it. */
const char	*lang_primary(const char *tag, char buf[9]);

#endif
