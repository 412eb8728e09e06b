/*
 * shortcodes - {{< Hugo >}}, {% Liquid %} and {{ variables }} become nodes, or are
 * left out: what programs of web sites put into Markdown means nothing to a reader.
 *
 * It runs before raw HTML is read, since <  > stand in markers too.  Every marker
 * becomes a SPAN that holds what Markdown made of it; then those that belong
 * together are found, and from the last to the first each is made what it means.
 * In that order, what follows a marker has its shape already, and splitting a
 * paragraph moves no more than what is between two markers.
 *
 * A marker that is not known, or makes no sense, is put back as it was.
 */
#include <string.h>

#include "shortcodes.h"

/* ---- What is told ---- */

/* A marker in few words: {{< name >}}. */
static const char *
short_form(struct shortcodes *s, const struct sc_marker *m)
{
	static const struct { const char *open, *close; } fences[SC_SYNTAX_MAX] = {
		[SC_ANGLE] = { "{{< ", " >}}" }, [SC_PERCENT] = { "{{% ", " %}}" },
		[SC_TAG] = { "{% ", " %}" }, [SC_REMARK] = { "{", " … #}" },
		[SC_VALUE] = { "{{ ", " }}" },
	};
	int close = m->form == SC_CLOSE && strncmp(m->name, "end", 3) != 0;

	return rp_join(s->doc, fences[m->syntax].open, close ? "/" : "",
	    m->syntax == SC_VALUE ? m->inner : m->name, fences[m->syntax].close, NULL);
}

void
sc_unknown(struct shortcodes *s, const struct sc_marker *m, struct rp_pos at)
{
	if (strcmp(s->unknown, "drop") == 0 && m->node != NULL)
		rp_report_at(s->job, RP_D_SHORTCODE_DROPPED, at, m->text, "is not known", NULL);
	else
		rp_report_at(s->job, RP_D_SHORTCODE_UNKNOWN, at, short_form(s, m), NULL);
}

void
sc_unbalanced(struct shortcodes *s, struct sc_marker *m, const char *why)
{
	rp_report(s->job, RP_D_SHORTCODE_UNBALANCED, m->node, short_form(s, m), why, NULL);
	m->code = NULL;
	m->hushed = 1;
	sc_keep(s, m);
}

void
sc_lacks(struct shortcodes *s, struct sc_marker *m, const char *what)
{
	rp_report(s->job, RP_D_SHORTCODE_ARGUMENT, m->node, short_form(s, m), what, NULL);
	m->hushed = 1;
	sc_keep(s, m);
	if (m->partner != NULL)
		sc_keep(s, m->partner);
}

/* How much goes with a comment: ", with its 12 words up to line 20". */
static const char *
extent(struct shortcodes *s, const struct sc_marker *m)
{
	size_t words = sc_comment_words(s, m);
	uint32_t line = m->partner != NULL ? rp_pos(m->partner->node).line : 0;
	const char *text = rp_join(s->doc, ", with its ", rp_decimal(s->doc, words),
	    words == 1 ? " word" : " words", NULL);

	if (line > rp_pos(m->node).line)
		text = rp_join(s->doc, text, " up to line ", rp_decimal(s->doc, line), NULL);
	return text;
}

void
sc_dropped(struct shortcodes *s, const struct sc_marker *m, const char *why)
{
	const char *what = short_form(s, m);

	if (m->included || m->code->make == sc_make_include)
		what = m->text;
	if (m->code->make == sc_make_comment || m->syntax == SC_REMARK)
		why = rp_join(s->doc, why, extent(s, m), NULL);
	rp_report(s->job, RP_D_SHORTCODE_DROPPED, m->node, what, why, NULL);
}

/* Every place is told: a reader of the source can look at each. */
static void
tell(struct shortcodes *s, const struct sc_marker *m)
{
	if (m->hushed || m->form == SC_LITERAL)
		return;
	if (m->code == NULL ? m->syntax != SC_VALUE || sc_value(s, m, SC_IN_TEXT) == NULL
	    : m->code->make == sc_make_value && sc_value(s, m, SC_IN_TEXT) == NULL)
		sc_unknown(s, m, rp_pos(m->node));
	else if (m->code != NULL && m->form != SC_CLOSE && (m->code->make == sc_make_drop ||
	    m->code->make == sc_make_include || m->code->make == sc_make_comment))
		sc_dropped(s, m, m->code->what);
}

/* ---- Markers ---- */

void
sc_add(struct shortcodes *s, struct sc_marker *m, struct rp_node *node)
{
	struct sc_marker **more;

	if (s->count == s->room) {
		s->room = s->room > 0 ? 2 * s->room : 64;
		more = rp_alloc(s->doc, s->room * sizeof(struct sc_marker *));
		if (s->count > 0)
			memcpy(more, s->markers, s->count * sizeof(struct sc_marker *));
		s->markers = more;
	}
	s->markers[s->count++] = m;
	m->node = node;
}

void
sc_keep(struct shortcodes *s, struct sc_marker *m)
{
	if (rp_parent(m->node) == NULL)
		return;
	if (!m->hushed && strcmp(s->unknown, "drop") == 0)
		rp_detach(m->node);
	else
		rp_unwrap(m->node);
}

/* Will the pair become a block?  Code and comments may stand within a line. */
static int
is_block(const struct sc_marker *m)
{
	int in_line = rp_parent(m->node) == rp_parent(m->partner->node);

	if (m->flat)
		return 0;
	if (m->code->make == sc_make_code)
		return !in_line || sc_spans_lines(m);
	if (m->code->make == sc_make_comment)
		return !in_line;
	return sc_is_box(m->code);
}

/* The end of a block: it is put where the block can end, for the beginning to find
 * it there. */
static void
prepare_end(struct shortcodes *s, struct sc_marker *end)
{
	struct sc_marker *m = end->partner;
	struct rp_node *home;

	if (!is_block(m))
		return;
	home = sc_home(s, m->node, end->node);
	if (home != NULL) {
		sc_lift(s, end->node, home);
		return;
	}
	m->partner = end->partner = NULL;
	end->hushed = 1;
	sc_keep(s, end);
	sc_unbalanced(s, m, "cannot be closed from where its end is");
}

static void
make(struct shortcodes *s, struct sc_marker *m)
{
	if (rp_parent(m->node) == NULL)		/* settled with another one */
		return;
	if (m->hushed)
		sc_keep(s, m);
	else if (m->form == SC_LITERAL)
		rp_replace(m->node, sc_new_text(s, m, m->inner));
	else if (m->syntax == SC_VALUE)
		sc_make_value(s, m);
	else if (m->code == NULL)
		sc_keep(s, m);
	else if (m->form == SC_CLOSE && m->partner != NULL)
		prepare_end(s, m);
	else if (m->flat)
		sc_remove(m);
	else
		m->code->make(s, m);
}

/* ---- The document ---- */

static int
holds_inlines(const struct rp_node *n)
{
	return rp_first(n) != NULL && rp_kind_class(rp_kind(rp_first(n))) == RP_CLASS_INLINE &&
	    rp_kind_class(rp_kind(n)) != RP_CLASS_INLINE;
}

static void
settle_address(struct shortcodes *s, struct rp_node *n)
{
	const char *url = rp_get(n, RP_A_URL);

	if (url == NULL || strchr(url, '{') == NULL)
		return;
	url = sc_url(s, url, n);
	if (url != NULL)
		rp_set(s->doc, n, RP_A_URL, url);
}

/* Most documents have nothing that could be a marker. */
static int
has_braces(const char *s)
{
	for (s = strchr(s, '{'); s != NULL; s = strchr(s + 1, '{'))
		if (s[1] == '{' || s[1] == '%' || s[1] == '#')
			return 1;
	return 0;
}

static int
may_have_markers(const struct rp_node *root)
{
	const struct rp_node *n = NULL, *meta = rp_child(root, RP_META_MAP);
	const char *url;

	while ((n = rp_find_any(root, n)) != NULL) {
		if (n == meta)
			while (rp_last(n) != NULL)
				n = rp_last(n);		/* past all of it */
		else if ((rp_text_len(n) > 1 && has_braces(rp_text(n))) ||
		    ((url = rp_get(n, RP_A_URL)) != NULL && has_braces(url)))
			return 1;
	}
	return 0;
}

/* Has a block no marker and no address in it, and nothing but single texts and breaks? */
static int
is_plain(const struct rp_node *block)
{
	const struct rp_node *n;

	for (n = rp_first(block); n != NULL; n = rp_next(n))
		switch (rp_kind(n)) {
		case RP_TEXT:
			if (has_braces(rp_text(n)))
				return 0;
			break;
		case RP_CODE:
		case RP_SOFT_BREAK:
			break;
		default:
			return 0;
		}
	return 1;
}

static void
scan(struct shortcodes *s)
{
	struct rp_walk w = rp_walk(s->job->root);

	while (rp_walk_next(&w)) {
		if (w.event == RP_LEAVE) {
			if (rp_kind(w.node) == RP_RAW_BLOCK)
				sc_scan_raw(s, w.node);
		} else if (rp_kind_class(rp_kind(w.node)) == RP_CLASS_META) {
			rp_walk_skip(&w);
		} else if (holds_inlines(w.node)) {
			if (is_plain(w.node))
				rp_walk_skip(&w);
			else
				sc_scan(s, w.node);
		} else if (rp_kind(w.node) == RP_LINK || rp_kind(w.node) == RP_IMAGE) {
			settle_address(s, w.node);
		} else if (rp_kind(w.node) == RP_RAW_INLINE) {
			sc_scan_raw_inline(s, w.node);
		}
	}
}

static int
run(struct rp_job *job, void *state)
{
	struct shortcodes *s = state;
	size_t i;

	s->job = job;
	s->doc = job->doc;
	if (!may_have_markers(job->root))
		return 0;
	sc_mend(s);
	scan(s);
	if (s->count == 0)
		return 0;
	sc_pair(s);
	for (i = 0; i < s->count; i++)
		tell(s, s->markers[i]);
	for (i = s->count; i-- > 0; )
		make(s, s->markers[i]);
	sc_tidy(s);
	return 0;
}

static const char *const gives[] = { "shortcodes", NULL };

static const struct rp_option options[] = {
	{ "unknown", RP_ENUM, offsetof(struct shortcodes, unknown), "keep", "keep|drop",
	    "what becomes of a marker whose name is not known" },
	{ 0 }
};

RP_FILTER(shortcodes) = {
	RP_HEAD("shortcodes"),
	.summary = "shortcodes and template tags become boxes, figures, links, or go",
	.role = RP_TRANSFORM,
	.gives = gives,
	.state_size = sizeof(struct shortcodes),
	.options = options,
	.run = run,
};
