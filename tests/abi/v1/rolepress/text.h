/*
 * rolepress/text.h - what filters need of Unicode and of languages.
 *
 * Strings that come back belong to the document given.
 */
#ifndef ROLEPRESS_TEXT_H
#define ROLEPRESS_TEXT_H

#include <rolepress/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The code point at *s, which is moved past it; 0 at the end.  What is not UTF-8
 * counts as U+FFFD, a byte at a time.
 */
RP_API uint32_t	rp_utf8_next(const char **s);
RP_API size_t	rp_utf8_put(char buf[4], uint32_t cp);	/* its length */

RP_API int	rp_is_letter(uint32_t cp);	/* categories L and M */
RP_API int	rp_is_number(uint32_t cp);	/* category N */
RP_API int	rp_is_space(uint32_t cp);	/* categories Z, and the white controls */
RP_API int	rp_is_punct(uint32_t cp);	/* categories P and S */
RP_API int	rp_is_upper(uint32_t cp);	/* category Lu or Lt */
/* Han, kana, Hangul and the punctuation that goes with them. */
RP_API int	rp_is_cjk(uint32_t cp);
RP_API int	rp_columns(uint32_t cp);	/* on a terminal: 0, 1 or 2 */
RP_API size_t	rp_columns_of(const char *);

/* Are both alike in their first n bytes (or up to their ends), ASCII letters in
 * either case?  n = SIZE_MAX: as a whole. */
RP_API int	rp_ascii_same(const char *a, const char *b, size_t n);

RP_API char	*rp_nfc(struct rp_doc *, const char *);
/* NFKC, case folded, white space runs as one space, ends cut: for comparing. */
RP_API char	*rp_fold(struct rp_doc *, const char *);
/*
 * An identifier as GitHub makes it of a heading (letters and digits of any
 * script, lower case, spaces as hyphens), in NFKC; "" if nothing is left.
 */
RP_API char	*rp_slug(struct rp_doc *, const char *);
/* The same without what an XML NCName cannot begin with: "1. Why" gives "why". */
RP_API char	*rp_ncname(struct rp_doc *, const char *);

/* The words with a capital at their beginning, for names that are written small
 * within a text. */
RP_API char	*rp_capital(struct rp_doc *, const char *);

/* How far apart two strings are (insertions, deletions, changes, swaps), in
 * code points; more than max counts as max + 1.  For did-you-mean. */
RP_API int	rp_distance(const char *a, const char *b, int max);

/* ---- Languages ---- */

/* The tag in its canonical spelling (pt-br: pt-BR), or NULL if it is no BCP 47
 * tag. */
RP_API char	*rp_lang_canonical(struct rp_doc *, const char *tag);
/* The language of a text by its letters and words: a tag, or NULL if unsure. */
RP_API const char *rp_lang_detect(const char *text, size_t len);
RP_API const char *rp_lang_dir(const char *tag);	/* "ltr" or "rtl" */
/* Do both tags name the same primary language? */
RP_API int	rp_lang_same(const char *a, const char *b);
/* The language's own name for itself ("svenska"), or the tag. */
RP_API const char *rp_lang_name(const char *tag);

/* A fixed word of the outputs in a language; English if it has none. */
RP_API const char *rp_label(enum rp_label, const char *lang);

#ifdef __cplusplus
}
#endif
#endif
