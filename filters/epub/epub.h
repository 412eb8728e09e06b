/*
 * epub.h - what the files of the EPUB writer share.
 *
 *	epub.c		a chapter, and the book's container
 *	plan.c		what stands in the book, in which order and in which parts
 *	image.c		images, each of them once
 *	package.c	package.opf: metadata, manifest, spine
 *	access.c	what can be said of the book's accessibility
 *	nav.c		tables of contents: nav.xhtml, and toc.ncx for older readers
 *	figures.c	the list of figures, a part of nav.xhtml
 *	page.c		pages that no document has: title, parts
 *	index.c		the index of tags
 *	name.c		names of files, and other identifiers
 *
 * Numbers of sections in comments are those of EPUB 3.3.
 */
#ifndef EPUB_H
#define EPUB_H

#include <rolepress/emit.h>
#include <rolepress/text.h>

/* A page of the book's text: a document, or the page of a part above several. */
struct place {
	int			 depth;		/* in the contents, from 1 */
	const char		*id;		/* in the package */
	const char		*file;		/* from the package's folder */
	const char		*title, *lang, *dir;
	struct rp_node		*doc;		/* its entry in the index; NULL: a part */
	const char		*bytes;		/* what its rendering left: see epub.c */
	size_t			 len;
};

struct image {
	const char	*name;			/* also its file, from the package's folder */
	const char	*media_type;
	const char	*bytes;
	size_t		 len;
};

/* A tag, and where it is given. */
struct tag {
	const char	*text, *key;		/* key: the same for all its spellings */
	size_t		 order;
	const struct place *place;
};

struct book {
	struct rp_job	*job;
	struct rp_zip	*zip;
	long		 toc_depth;
	const char	*title, *lang, *description;
	const char	**langs;		/* of the documents, the book's first; NULL ends */
	struct place	*places;		/* in reading order */
	size_t		 place_count;
	struct image	*images;
	size_t		 image_count;
	struct tag	*tags;			/* sorted, one for every mention */
	size_t		 tag_count;
	int		 has_title_page, has_figures;
	int		 failed;
};

/* plan.c */
void	epub_plan(struct book *);

/* image.c */
void	epub_find_images(struct book *);
void	epub_add_images(struct book *);

/* package.c */
void	epub_package(struct book *);
/* A value of a setting, which may be a list, and then the next; NULL past the last. */
const char	*epub_setting(const struct rp_job *, const char *key, size_t n);
const char	*epub_identifier(const struct book *);

/* access.c */
int	epub_has_bytes(const char *bytes, size_t len, const char *what);
void	epub_access(struct book *, struct rp_xml *);

/* nav.c */
void	epub_nav(struct book *);
void	epub_ncx(struct book *);

/* figures.c */
int	epub_has_figures(const struct book *);
void	epub_figures(const struct book *, struct rp_xml *);

/* page.c */
/* An XHTML document up to its <body>, still open; root: the way to the package's folder. */
struct rp_xml *epub_page_open(struct rp_job *, struct rp_sink *, const char *title,
	    const char *lang, const char *root);
/* lang and dir where they are others than around. */
void	epub_lang(struct rp_xml *, const char *lang, const char *around);
/* A link to what is called so in that place's language (NULL: that around), on a page of the book's. */
void	epub_link(const struct book *, struct rp_xml *, const char *file, const char *fragment,
	    const char *title, const struct place *);
/* Ends the page, and puts it into the book. */
void	epub_page_close(struct book *, struct rp_xml *, struct rp_sink *, const char *file);
void	epub_title_page(struct book *);
void	epub_part_page(struct book *, const struct place *);

/* index.c */
void	epub_find_tags(struct book *);
void	epub_index(struct book *);

/* name.c */
/* A name for a document's file, in letters that any file system and reader takes. */
const char	*epub_name(struct rp_doc *, const char *id);
/* The same tree, or a copy in which references name documents so. */
struct rp_node	*epub_with_names(struct rp_job *);
/* A UUID made of the book's title and its documents' ids and titles. */
const char	*epub_uuid(const struct book *);

#endif
