/*
 * inline.c - text, and what stands in it.
 *
 * A terminal has bold and italic, and no more: what is stronger stands in bold;
 * what is named, defined or spoken differently in italics; what cannot be seen
 * at all (struck out, a picture, where a link leads) is said in words or signs.
 */
#include <string.h>

#include "man.h"

/* ---- Ways out ---- */

/* A line may end before it, even within a word; Korean is broken at spaces. */
static int
is_ideograph(uint32_t cp)
{
	int hangul = (cp >= 0xAC00 && cp <= 0xD7FF) || (cp >= 0x1100 && cp <= 0x11FF);

	return rp_is_cjk(cp) && !rp_is_punct(cp) && !hangul;
}

/* As groff counts: a combining mark has a column too. */
static void
measure_character(struct measure *m, uint32_t cp)
{
	int space = cp == ' ' || cp == '\t' || cp == '\n', common = man_is_common(cp);
	size_t columns = common ? 2 : (size_t)rp_columns(cp);

	if (columns == 0)
		columns = 1;
	m->total += columns;
	if (space || common || (cp >= 0x80 && is_ideograph(cp)))
		m->word = 0;
	if (!space)
		m->word += columns;
	if (m->word > m->longest)
		m->longest = m->word;
}

/* What can be seen of ASCII, from s on; returns its end. */
static const char *
measure_plain(struct measure *m, const char *s)
{
	size_t n = 0;

	while (s[n] > ' ' && s[n] < 0x7F)
		n++;
	m->total += n;
	m->word += n;
	if (m->word > m->longest)
		m->longest = m->word;
	return s + n;
}

static void
measure_text(struct measure *m, const char *s)
{
	while (*(s = measure_plain(m, s)) != '\0')
		measure_character(m, rp_utf8_next(&s));
}

/* Something of the text has been seen: hard breaks count only between texts. */
static void
end_breaks(struct man *m)
{
	if (m->breaks > 0 && m->measure != NULL)
		m->measure->broken = 1;
	else if (m->breaks > 0)
		rp_roff_macro(m->r, m->breaks > 1 ? "sp" : "br", NULL);
	m->breaks = 0;
	m->printed = 1;
}

/* Before text.  0: it is not for the page. */
static int
ready(struct man *m, const char *s)
{
	if ((m->breaks > 0 || !m->printed) && man_is_visible(s))
		end_breaks(m);
	if (m->measure != NULL)
		measure_text(m->measure, s);
	return m->measure == NULL;
}

void
man_text(struct man *m, const char *s)
{
	if (ready(m, s))
		rp_roff_text(m->r, s);
}

void
man_literal(struct man *m, const char *s)
{
	if (ready(m, s))
		rp_roff_verbatim(m->r, s);
}

void
man_font(struct man *m, char font)
{
	if (m->measure == NULL)
		rp_roff_font(m->r, font);
}

void
man_font_end(struct man *m)
{
	if (m->measure == NULL)
		rp_roff_font_end(m->r);
}

/* ---- Text and breaks ---- */

enum rp_next
man_text_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	man_text(state, rp_text(n));
	return RP_SKIP;
}

enum rp_next
man_soft_break(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_text(state, " ");
	return RP_SKIP;
}

enum rp_next
man_line_break(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	(void)n;
	if (m->one_line)
		man_text(m, " ");
	else if (m->hanging)
		man_line(m);
	else if (m->printed)
		m->breaks++;
	m->hanging = 0;
	return RP_SKIP;
}

enum rp_next
man_code(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	man_font(state, 'C');
	man_literal(state, rp_text(n));
	man_font_end(state);
	return RP_SKIP;
}

/* ---- Fonts ---- */

enum rp_next
man_bold_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_font(state, 'B');
	return RP_CHILDREN;
}

enum rp_next
man_italic_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_font(state, 'I');
	return RP_CHILDREN;
}

void
man_font_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_font_end(state);
}

/* ---- Signs ---- */

enum rp_next
man_strike_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_text(state, "~~");
	return RP_CHILDREN;
}

void
man_strike_out(struct rp_job *job, struct rp_node *n, void *state)
{
	man_strike_in(job, n, state);
}

/* Digits have raised and lowered forms; letters (1st) are read as well without. */
enum rp_next
man_script_in(struct rp_job *job, struct rp_node *n, void *state)
{
	static const char *const digits[2][10] = {
		{ "\u2080", "\u2081", "\u2082", "\u2083", "\u2084",
		  "\u2085", "\u2086", "\u2087", "\u2088", "\u2089" },
		{ "\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
		  "\u2075", "\u2076", "\u2077", "\u2078", "\u2079" }
	};
	const char *s = rp_plain_text(job->doc, n);

	if (*s == '\0' || s[strspn(s, "0123456789")] != '\0')
		return RP_CHILDREN;
	for (; *s != '\0'; s++)
		man_text(state, digits[rp_kind(n) == RP_SUPERSCRIPT][*s - '0']);
	return RP_SKIP;
}

void
man_abbreviation_out(struct rp_job *job, struct rp_node *n, void *state)
{
	const char *title = rp_get(n, RP_A_TITLE);

	if (title != NULL && *title != '\0')
		man_text(state, rp_join(job->doc, " (", title, ")", NULL));
}

enum rp_next
man_quote_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_text(state, "\u201C");
	return RP_CHILDREN;
}

void
man_quote_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_text(state, "\u201D");
}

enum rp_next
man_note_ref(struct rp_job *job, struct rp_node *n, void *state)
{
	const char *number = man_number(job, rp_get_int(n, RP_A_NUMBER, 0));

	/* A word joiner keeps it on the line of what it belongs to. */
	man_text(state, rp_join(job->doc, "\u2060[", number, "]", NULL));
	return RP_SKIP;
}

/* A picture without words for it is taken for an ornament. */
enum rp_next
man_image_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	if (man_is_empty(n))
		return RP_SKIP;
	man_text(m, rp_join(job->doc, "[", rp_label(RP_L_IMAGE, m->lang), ": ", NULL));
	return RP_CHILDREN;
}

void
man_image_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	if (!man_is_empty(n))
		man_text(state, "]");
}

/* ---- Links ---- */

/* cto(7) */
void
man_page_ref(struct man *m, const char *name)
{
	man_font(m, 'C');
	man_literal(m, name);
	man_font_end(m);
	man_text(m, rp_join(m->job->doc, "(", m->section, ")", NULL));
}

/* The page that a link leads to, if it is another one, or NULL. */
static const char *
page_of(struct rp_job *job, const struct rp_node *link)
{
	const char *target = rp_get(link, RP_A_TARGET), *own = rp_get(job->root, RP_A_ID);
	const struct rp_node *entry;

	if (target == NULL || (own != NULL && strcmp(target, own) == 0))
		return NULL;
	entry = rp_index_find(job, target);
	return entry != NULL ? man_name(job, entry) : NULL;
}

/* Where it leads, as it is shown; NULL if to no outer address. */
static const char *
address_of(const struct rp_node *link)
{
	const char *url = rp_get(link, RP_A_URL);

	if (url == NULL || *url == '\0' || rp_get(link, RP_A_TARGET) != NULL ||
	    rp_get(link, RP_A_FRAGMENT) != NULL)
		return NULL;
	return strncmp(url, "mailto:", 7) == 0 ? url + 7 : url;
}

/* Is the text the address, but for its scheme and last slash? */
static int
is_same(const char *text, const char *url)
{
	size_t n = strlen(text), k;
	const char *path = strstr(url, "://");

	if (n == 0 || strcmp(text, url) == 0)
		return n > 0;
	if (path == NULL)
		return 0;
	if (strncmp(text, url, (size_t)(path - url)) != 0)
		url = path + 3;
	k = strlen(url);
	k -= k > 0 && url[k - 1] == '/';
	n -= text[n - 1] == '/';
	return n == k && strncmp(text, url, n) == 0;
}

/* The same for both ends of a link, as long as no other one stands in it. */
static const struct lead *
lead_of(struct rp_job *job, struct man *m, const struct rp_node *link)
{
	struct lead *l = &m->lead;

	if (l->link == link)
		return l;
	l->link = link;
	l->page = page_of(job, link);
	l->address = address_of(link);
	l->text = l->page != NULL || l->address != NULL ? rp_plain_text(job->doc, link) : "";
	return l;
}

enum rp_next
man_link_in(struct rp_job *job, struct rp_node *n, void *state)
{
	const struct lead *l = lead_of(job, state, n);

	if (l->page != NULL && strcmp(l->text, l->page) == 0) {
		man_page_ref(state, l->page);
		return RP_SKIP;
	}
	if (l->address != NULL && is_same(l->text, l->address)) {
		man_literal(state, l->text);
		return RP_SKIP;
	}
	return RP_CHILDREN;
}

void
man_link_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	const struct lead *l = lead_of(job, m, n);
	const char *address = l->address;

	if (l->page != NULL && strcmp(l->text, l->page) != 0) {
		man_text(m, *l->text != '\0' ? " (" : "(");
		man_page_ref(m, l->page);
		man_text(m, ")");
	}
	if (address == NULL || is_same(l->text, address))
		return;
	address = rp_join(job->doc, " <", address, ">", NULL);
	if (m->addresses != NULL)
		m->addresses = rp_join(job->doc, m->addresses, address, NULL);
	else
		man_literal(m, address);
}
