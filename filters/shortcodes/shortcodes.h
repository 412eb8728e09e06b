/*
 * shortcodes.h - what the files of this transform share.
 *
 *	shortcodes.c	the phases, what is told
 *	names.c		which name means what, by names.def
 *	read.c		a marker's text: its name and arguments
 *	flat.c		the inlines of a block as one string, and back
 *	mend.c		blocks that Markdown made only because of a marker
 *	scan.c		markers in text become nodes, addresses of links are settled
 *	raw.c		markers in raw HTML
 *	value.c		what a marker stands for in an address or in text
 *	pair.c		which marker closes which
 *	place.c		out of inlines into blocks
 *	make.c		boxes, folds, wrappers, small inlines
 *	media.c		figures, films, links, buttons
 *	verbatim.c	code, comments, text that is no template
 *	tidy.c		white space and empty blocks that markers leave behind
 */
#ifndef SHORTCODES_H
#define SHORTCODES_H

#include <rolepress/plugin.h>
#include <rolepress/text.h>

/* {{< Hugo >}}, {{% Hugo %}}, {% Liquid %}, {# Nunjucks #}, {{ a variable }} */
enum sc_syntax { SC_ANGLE, SC_PERCENT, SC_TAG, SC_REMARK, SC_VALUE, SC_SYNTAX_MAX };

/* LITERAL: commented out between its braces, which is how Hugo shows a marker. */
enum sc_form { SC_OPEN, SC_CLOSE, SC_ALONE, SC_LITERAL };

/* Does it need an end?  LOOSE: every marker of the name stands for itself. */
enum sc_body { SC_NO, SC_LOOSE, SC_MAY, SC_PAIR };

struct sc_arg {
	struct sc_arg	*next;
	const char	*key;		/* NULL: known by its place */
	const char	*value;
	size_t		 from, to;	/* of the value in the marker's text */
	int		 quoted;
};

struct sc_code;

struct sc_marker {
	struct rp_node		*node;		/* a SPAN with what Markdown made of it */
	const struct sc_code	*code;		/* NULL: it is shown as it is */
	struct sc_marker	*partner;
	enum sc_syntax		 syntax;
	enum sc_form		 form;
	const char		*name;		/* "" of a value that begins with no name */
	const char		*text;		/* as written */
	size_t			 len;
	const char		*inner;		/* a value's expression; a literal's text */
	struct sc_arg		*args;
	char			 next;		/* the byte after it */
	int			 included;	/* it was an {% include note.html %} */
	int			 flat;		/* nested too deep: only its content stays */
	int			 hushed;	/* shown as it is, and nothing to tell */
};

struct shortcodes {
	const char		*unknown;	/* option: keep or drop */
	struct rp_job		*job;
	struct rp_doc		*doc;
	struct sc_marker	**markers;	/* in the order of the text */
	size_t			 count, room;
	const struct rp_node	*split_list;	/* the latest, and how many items it has left */
	long			 split_items;
	struct rp_node		*emptied;	/* the latest block that has lost a block */
};

typedef void sc_maker(struct shortcodes *, struct sc_marker *);

struct sc_code {
	const char	*name;
	sc_maker	*make;
	enum sc_body	 body;
	const char	*what;		/* for the maker: a type, an address, a reason */
};

/* shortcodes.c */
void	sc_add(struct shortcodes *, struct sc_marker *, struct rp_node *);
void	sc_unknown(struct shortcodes *, const struct sc_marker *, struct rp_pos at);
void	sc_unbalanced(struct shortcodes *, struct sc_marker *, const char *why);
void	sc_lacks(struct shortcodes *, struct sc_marker *, const char *what);
void	sc_dropped(struct shortcodes *, const struct sc_marker *, const char *why);
/* Shows a marker as it was written. */
void	sc_keep(struct shortcodes *, struct sc_marker *);

/* names.c */
const struct sc_code *sc_code_named(const char *name, size_t len);
size_t	sc_code_count(void);
size_t	sc_code_index(const struct sc_code *);
int	sc_is_verbatim(const struct sc_code *);
int	sc_is_box(const struct sc_code *);	/* a block around blocks */
/* Finds the meaning of a marker; includes are looked up by the file's name. */
void	sc_resolve(struct sc_marker *);

/* read.c */
struct sc_text {		/* a string that is searched from left to right */
	const char	*text, *end;
	const char	*close[SC_SYNTAX_MAX];	/* the next one of each; end: none */
};
struct sc_text	 sc_text(const char *, size_t len);
/* The marker that begins at p; NULL if there is none. */
struct sc_marker *sc_read(struct shortcodes *, struct sc_text *, const char *p);
/* The first argument with one of these keys (a list that ends with a NULL). */
const struct sc_arg *sc_named(const struct sc_marker *, const char *const *keys);
const struct sc_arg *sc_nth(const struct sc_marker *, size_t);	/* among those without a key */

/* flat.c */
struct sc_piece {		/* a TEXT node, and where it begins in the string */
	struct rp_node	*node;
	size_t		 from;
};
struct sc_string {		/* one that grows */
	struct rp_doc	*doc;
	char		*p;		/* never NULL after the first sc_put() */
	size_t		 len, room;
};
struct sc_flat {
	struct rp_doc	*doc;
	const char	*text;
	size_t		 len;
	struct sc_piece	*pieces;
	size_t		 count, room;
};
struct sc_cut {			/* a place where TEXT is cut in two */
	size_t		 at;
	struct rp_node	*before, *after;	/* NULL: no TEXT ends or begins there */
};
void		 sc_put(struct sc_string *, const char *, size_t len);
struct sc_flat	 sc_flat(struct rp_doc *, struct rp_node *);
int		 sc_in_text(const struct sc_flat *, size_t at);
/* cuts: in order, no two at one place. */
void		 sc_cut(struct sc_flat *, struct sc_cut *cuts, size_t n);
/* Makes both stand in one parent: what ends between them becomes text again. */
void		 sc_level(struct rp_doc *, struct rp_node *, struct rp_node *);
/* Puts all from first to last into a new node. */
struct rp_node	*sc_wrap(struct rp_doc *, struct rp_node *first, struct rp_node *last,
		     enum rp_kind);

/* mend.c, scan.c, raw.c, pair.c, tidy.c: a phase each */
void	sc_mend(struct shortcodes *);
void	sc_scan(struct shortcodes *, struct rp_node *block);
void	sc_scan_raw(struct shortcodes *, struct rp_node *raw_block);
void	sc_scan_raw_inline(struct shortcodes *, struct rp_node *raw);
void	sc_pair(struct shortcodes *);
void	sc_tidy(struct shortcodes *);

/* value.c */
enum sc_where { SC_IN_TEXT, SC_IN_URL, SC_STARTS_URL };
/* What a marker stands for; NULL: it stands for no text. */
const char	*sc_value(struct shortcodes *, const struct sc_marker *, enum sc_where);
/* The string with the values of all markers in it; NULL if there are none, or one
 * has no value (which is told at a node). */
const char	*sc_url(struct shortcodes *, const char *, const struct rp_node *at);
const char	*sc_address(struct shortcodes *, const struct sc_marker *);

/* place.c */
struct rp_pos	 sc_end_pos(const struct sc_marker *);
int		 sc_on_own_line(const struct rp_node *);
int		 sc_holds_blocks(const struct rp_node *);
/* Where a block around both can stand; NULL: nowhere. */
struct rp_node	*sc_home(struct shortcodes *, struct rp_node *, struct rp_node *);
void		 sc_lift(struct shortcodes *, struct rp_node *, struct rp_node *home);
/* Puts a block in the place of a marker; 0: there is no place for one. */
int		 sc_stand(struct shortcodes *, struct sc_marker *, struct rp_node *block);
/* The block around all from a marker to its partner (which has been lifted). */
struct rp_node	*sc_enclose(struct shortcodes *, struct sc_marker *, enum rp_kind);

/* make.c */
/* The inlines of an argument, in a SPAN of no parent. */
struct rp_node	*sc_inlines(struct shortcodes *, const struct sc_marker *, const struct sc_arg *);
struct rp_node	*sc_new(struct shortcodes *, const struct sc_marker *, enum rp_kind);
struct rp_node	*sc_new_text(struct shortcodes *, const struct sc_marker *, const char *);
/* Takes a marker and its partner away, leaving what is between them. */
void		 sc_remove(struct sc_marker *);
sc_maker	 sc_make_box, sc_make_details, sc_make_quote, sc_make_layout, sc_make_kbd,
		 sc_make_mark, sc_make_sub, sc_make_sup, sc_make_abbr, sc_make_break,
		 sc_make_text, sc_make_drop, sc_make_include, sc_make_value;

/* media.c */
sc_maker	 sc_make_figure, sc_make_media, sc_make_post, sc_make_link, sc_make_button;
int		 sc_is_picture(const struct sc_marker *);

/* verbatim.c */
int		 sc_spans_lines(const struct sc_marker *);
/* How many words go with a comment or a remark. */
size_t		 sc_comment_words(struct shortcodes *, const struct sc_marker *);
sc_maker	 sc_make_code, sc_make_comment, sc_make_raw;

/* How many nodes are above this one. */
int sc_depth(const struct rp_node *);

#endif
