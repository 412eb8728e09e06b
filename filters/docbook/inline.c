/*
 * inline.c - rules for what stands in a line, images and footnotes.
 */
#include <string.h>

#include "docbook.h"

enum rp_next
db_text_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	rp_xml_text(s->x, rp_text(n));
	return RP_SKIP;
}

enum rp_next
db_soft_break_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	(void)n;
	rp_xml_markup(s->x, "\n", 1);
	return RP_SKIP;
}

/* DocBook has no line break.  This is what asciidoc, dblatex and pandoc take for
 * one; others find white space. */
enum rp_next
db_line_break_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	(void)n;
	rp_xml_pi(s->x, "asciidoc-br", NULL);
	rp_xml_text(s->x, "\n");
	return RP_SKIP;
}

/* ---- Styles ---- */

static const struct { const char *name, *role; } styles[RP_KIND_MAX] = {
	[RP_CODE] =		{ "literal", NULL },
	[RP_RAW_INLINE] =	{ "literal", "raw" },
	[RP_EMPHASIS] =		{ "emphasis", NULL },
	[RP_STRONG] =		{ "emphasis", "strong" },
	[RP_STRIKETHROUGH] =	{ "emphasis", "strikethrough" },
	[RP_UNDERLINE] =	{ "emphasis", "underline" },
	[RP_MARK] =		{ "emphasis", "highlight" },
	[RP_SUBSCRIPT] =	{ "subscript", NULL },
	[RP_SUPERSCRIPT] =	{ "superscript", NULL },
	[RP_KEYBOARD] =		{ "keycap", NULL },
	[RP_ABBREVIATION] =	{ "abbrev", NULL },
	[RP_QUOTE] =		{ "quote", NULL },
	[RP_SPAN] =		{ "phrase", NULL },
};

/* Keys within a key combination are the keys; it is only around them. */
static int
is_combination(struct rp_node *n)
{
	return rp_kind(n) == RP_KEYBOARD && db_holds(n, RP_KEYBOARD);
}

/* Elements of the schema's db._text: words, links, phrases, and no emphasis. */
static int
is_narrow(struct rp_node *n)
{
	switch (rp_kind(n)) {
	case RP_SUBSCRIPT:
	case RP_SUPERSCRIPT:
	case RP_ABBREVIATION:
		return 1;
	case RP_KEYBOARD:
		return !is_combination(n);
	default:
		return 0;
	}
}

/* A SPAN that says nothing of its words needs no element. */
static int
is_bare(const struct rp_node *n)
{
	return rp_kind(n) == RP_SPAN && !rp_has(n, RP_A_ID) && !rp_has(n, RP_A_CLASS) &&
	    !rp_has(n, RP_A_LANG) && !rp_has(n, RP_A_DIR);
}

static int
fits_narrow(enum rp_kind kind)
{
	return kind == RP_SUBSCRIPT || kind == RP_SUPERSCRIPT || kind == RP_SPAN;
}

enum rp_next
db_style_in(struct rp_job *job, struct rp_node *n, void *state)
{
	enum rp_kind kind = rp_kind(n);
	const char *name = styles[kind].name, *role = styles[kind].role;
	struct docbook *s = state;

	(void)job;
	if (is_bare(n))
		return RP_CHILDREN;
	if ((s->narrow > 0 && !fits_narrow(kind)) || is_combination(n)) {
		name = "phrase";
		role = role != NULL ? role : rp_kind_name(kind);
	}
	db_inline(s, name, n, role);
	if (kind == RP_ABBREVIATION && rp_get(n, RP_A_TITLE) != NULL)
		rp_xml_element(s->x, "alt", rp_get(n, RP_A_TITLE));
	rp_xml_text(s->x, rp_text(n));
	s->narrow += is_narrow(n);
	return RP_CHILDREN;
}

void
db_style_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;

	(void)job;
	if (is_bare(n))
		return;
	s->narrow -= is_narrow(n);
	rp_xml_end(s->x);
}

/* ---- Links ---- */

enum rp_next
db_link_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const char *target = rp_get(n, RP_A_TARGET), *url = rp_get(n, RP_A_URL);
	const char *title = rp_get(n, RP_A_TITLE);
	struct docbook *s = state;

	db_inline(s, target != NULL || url != NULL ? "link" : "phrase", n, NULL);
	if (target != NULL) {
		db_link_to(s, target, rp_get(n, RP_A_FRAGMENT));
		if (title != NULL)
			rp_xml_element(s->x, "alt", title);
	} else if (url != NULL) {
		rp_xml_attr(s->x, "xlink:href", db_uri(job->doc, url));
		rp_xml_attr(s->x, "xlink:title", title);
	}
	return RP_CHILDREN;
}

/* ---- Images ---- */

static const struct rp_node *
resource(struct docbook *s, const char *name)
{
	const struct rp_node *n;

	for (n = rp_first(rp_info(s->job->doc)); n != NULL; n = rp_next(n))
		if (rp_kind(n) == RP_RESOURCE && strcmp(rp_text(n), name) == 0)
			return n;
	return NULL;
}

static void
image_data(struct docbook *s, const struct rp_node *image, const struct rp_node *file)
{
	const char *path = rp_get(file, RP_A_PATH);

	path = path != NULL ? rp_path_from_output(s->job, path) : rp_text(file);
	rp_xml_block(s->x, "imageobject");
	rp_xml_start(s->x, "imagedata");
	rp_xml_attr(s->x, "fileref", db_file(s->job->doc, path));
	rp_xml_attr(s->x, "contentwidth", rp_get(image, RP_A_WIDTH));
	rp_xml_attr(s->x, "contentdepth", rp_get(image, RP_A_HEIGHT));
	rp_xml_end(s->x);
	rp_xml_end(s->x);
}

/* The title is what a mouse shows over the image: a second text, or under a block
 * its caption. */
static void
text_object(struct docbook *s, const char *role, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	rp_xml_block(s->x, "textobject");
	rp_xml_attr(s->x, "role", role);
	rp_xml_element(s->x, "phrase", text);
	rp_xml_end(s->x);
}

void
db_image(struct docbook *s, const struct rp_node *n, int block)
{
	const char *name = rp_get(n, RP_A_RESOURCE), *alt = rp_plain_text(s->job->doc, n);
	const struct rp_node *file = name != NULL ? resource(s, name) : NULL;

	if (file == NULL) {
		rp_xml_text(s->x, alt);
		return;
	}
	if (block)
		db_block(s, "mediaobject", n, NULL);
	else
		db_inline(s, "inlinemediaobject", n, NULL);
	image_data(s, n, file);
	text_object(s, NULL, alt);
	text_object(s, "title", rp_get(n, RP_A_TITLE));
	rp_xml_end(s->x);
}

enum rp_next
db_image_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	db_image(state, n, 0);
	return RP_SKIP;
}

/* ---- Footnotes: written out where they are first referred to ---- */

struct note *
db_note(const struct docbook *s, const struct rp_node *reference)
{
	const char *id = rp_get(reference, RP_A_FRAGMENT), *other;
	struct note *note;

	for (note = s->notes; note != NULL && id != NULL; note = note->next) {
		other = rp_get(note->node, RP_A_ID);
		if (other != NULL && strcmp(other, id) == 0)
			return note;
	}
	return NULL;
}

/* Not in another note, not where only words may stand, not where nothing is
 * written. */
static int
takes_note(const struct rp_node *reference)
{
	const struct rp_node *n = reference;

	while ((n = rp_parent(n)) != NULL) {
		switch (rp_kind(n)) {
		case RP_FOOTNOTE:
		case RP_SUBSCRIPT:
		case RP_SUPERSCRIPT:
		case RP_ABBREVIATION:
		case RP_KEYBOARD:
		case RP_IMAGE:
			return 0;
		default:
			break;
		}
	}
	return 1;
}

void
db_find_notes(struct docbook *s)
{
	struct rp_walk w = rp_walk(s->job->root);
	struct note *note, **end = &s->notes;
	struct rp_node *n;

	for (n = rp_first(s->job->root); n != NULL; n = rp_next(n)) {
		if (rp_kind(n) != RP_FOOTNOTE)
			continue;
		*end = rp_alloc(s->job->doc, sizeof(**end));
		(*end)->node = n;
		end = &(*end)->next;
	}
	while (s->notes != NULL && rp_walk_next(&w)) {
		if (w.event == RP_LEAVE || rp_kind(w.node) != RP_FOOTNOTE_REF)
			continue;
		note = db_note(s, w.node);
		if (note != NULL && note->place == NULL && takes_note(w.node))
			note->place = w.node;
	}
}

static void
number(struct docbook *s, const struct rp_node *n)
{
	unsigned long v = (unsigned long)rp_get_int(n, RP_A_NUMBER, 0);
	char digits[24], *p = digits + sizeof(digits);

	*--p = '\0';
	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	rp_xml_text(s->x, p);
}

/* A number that leads to a note that is written out elsewhere. */
static void
note_number(struct docbook *s, const struct rp_node *n, const char *id)
{
	rp_xml_start(s->x, "superscript");
	if (id != NULL) {
		rp_xml_start(s->x, "link");
		rp_xml_attr(s->x, "linkend", id);
	}
	number(s, n);
	if (id != NULL)
		rp_xml_end(s->x);
	rp_xml_end(s->x);
}

static void
write_note(struct docbook *s, struct rp_node *n)
{
	db_inline(s, "footnote", n, NULL);
	s->inside[FOOTNOTE]++;
	db_inside(s, n);
	db_fill(s, n);
	s->inside[FOOTNOTE]--;
	rp_xml_end(s->x);
}

enum rp_next
db_footnote_ref_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct docbook *s = state;
	const struct note *note = db_note(s, n);
	const char *id = note != NULL ? db_place(s, rp_get(note->node, RP_A_ID)) : NULL;

	(void)job;
	if (note != NULL && note->place == n) {
		write_note(s, note->node);
	} else if (note != NULL && note->place != NULL && s->narrow == 0) {
		rp_xml_start(s->x, "footnoteref");
		rp_xml_attr(s->x, "linkend", id);
		rp_xml_end(s->x);
	} else
		note_number(s, n, id);
	return RP_SKIP;
}

static void
note_at_end(struct docbook *s, struct rp_node *n)
{
	db_block(s, "varlistentry", n, NULL);
	rp_xml_block(s->x, "term");
	number(s, n);
	rp_xml_end(s->x);
	rp_xml_block(s->x, "listitem");
	db_inside(s, n);
	db_fill(s, n);
	rp_xml_end(s->x);
	rp_xml_end(s->x);
}

int
db_notes_at_end(struct docbook *s)
{
	const struct note *note;
	int any = 0;

	for (note = s->notes; note != NULL; note = note->next) {
		if (note->place != NULL)
			continue;
		if (!any) {
			rp_xml_block(s->x, "simplesect");
			rp_xml_attr(s->x, "role", "footnotes");
			db_title(s, "title", NULL, RP_L_FOOTNOTES);
			rp_xml_block(s->x, "variablelist");
		}
		any = 1;
		note_at_end(s, note->node);
	}
	if (any) {
		rp_xml_end(s->x);
		rp_xml_end(s->x);
	}
	return any;
}
