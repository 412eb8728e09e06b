/*
 * page.c - the page as a whole: its header, NAME, headings, notes, and what it
 * says of itself at its end.
 */
#include <string.h>
#include <time.h>

#include "man.h"

/* ---- Header ---- */

static int
is_date(const char *s, const char *form)
{
	for (; *form != '\0'; s++, form++)
		if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
			return 0;
	return 1;
}

/* A whole day, or mandoc complains; the first one, of a month or year. */
static const char *
day(struct rp_job *job, const char *s)
{
	if (s == NULL)
		return NULL;
	if (is_date(s, "0000-00-00"))
		return rp_dup(job->doc, s, 10);
	if (is_date(s, "0000-00") && s[7] == '\0')
		return rp_join(job->doc, s, "-01", NULL);
	if (is_date(s, "0000") && s[4] == '\0')
		return rp_join(job->doc, s, "-01-01", NULL);
	return NULL;
}

static const char *
date_of(struct man *m, struct rp_job *job, const struct rp_node *doc)
{
	const char *s = day(job, rp_get(doc, RP_A_DATE));
	time_t now = (time_t)rp_epoch(job);
	char *buf;
	struct tm tm;

	if (s == NULL)
		s = day(job, m->date);
	if (s != NULL || gmtime_r(&now, &tm) == NULL)
		return s != NULL ? s : "";
	buf = rp_alloc(job->doc, 16);
	strftime(buf, 16, "%Y-%m-%d", &tm);
	return buf;
}

/* a, if there is something to be seen in it. */
static const char *
either(const char *a, const char *b)
{
	return a != NULL && man_is_visible(a) ? a : b;
}

/*
 * One line that lexgrog(1) reads: the name, which is one word, a \-, and the
 * purpose.
 */
static void
name_section(struct man *m, const struct rp_node *doc)
{
	const char *title = either(rp_get(doc, RP_A_TITLE), rp_label(RP_L_UNTITLED, m->lang));

	man_section(m, rp_label(RP_L_MAN_NAME, m->lang));
	man_literal(m, m->name);
	man_text(m, " ");
	rp_roff_escape(m->r, "\\-");
	man_text(m, " ");
	man_text(m, either(rp_get(doc, RP_A_DESCRIPTION), title));
	man_line(m);
	m->in_section = 0;
}

enum rp_next
man_document_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	const char *manual = either(m->manual, rp_setting(job, "title"));
	const char *source = either(rp_setting(job, "publisher"), rp_get(n, RP_A_AUTHOR));

	rp_roff_macro(m->r, "TH", m->name, m->section, date_of(m, job, n), either(source, ""),
	    either(manual, rp_label(RP_L_ROLES, m->lang)), NULL);
	/* groff stretches spaces, and hyphenates every language as if it were English,
	 * in text blocks of tables even after .nh; mandoc does neither. */
	rp_roff_macro(m->r, "nh", NULL);
	rp_roff_macro(m->r, "hla", "none", NULL);
	rp_roff_macro(m->r, "ad", "l", NULL);
	name_section(m, n);
	return RP_CHILDREN;
}

/* ---- Title and headings ---- */

void
man_section(struct man *m, const char *heading)
{
	man_space(m, 1);
	rp_roff_macro(m->r, "SH", heading, NULL);
	m->in_section = 1;
	m->start = HEADED;
}

/* Unless NAME says it already. */
static int
shows_title(const struct man *m, const struct rp_node *n)
{
	const char *title = rp_plain_text(m->job->doc, n);

	return man_is_visible(title) && strcmp(title, m->name) != 0 &&
	    *either(rp_get(rp_parent(n), RP_A_DESCRIPTION), "") != '\0';
}

enum rp_next
man_title_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	if (!shows_title(state, n))
		return RP_SKIP;
	man_begin(state);
	man_font(state, 'B');
	return RP_CHILDREN;
}

void
man_title_out(struct rp_job *job, struct rp_node *n, void *state)
{
	if (shows_title(state, n))
		man_subtitle_out(job, n, state);
}

enum rp_next
man_subtitle_in(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	if (man_is_empty(n))
		return RP_SKIP;
	man_begin(state);
	man_font(state, 'I');
	return RP_CHILDREN;
}

void
man_subtitle_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	if (man_is_empty(n))
		return;
	man_font_end(state);
	man_line(state);
}

/* 1 and 2 have macros; 3 is everything deeper, and headings within other blocks. */
static int
depth(const struct rp_node *heading)
{
	const struct rp_node *section = rp_parent(heading);
	long level = rp_kind(section) == RP_SECTION ? rp_get_int(section, RP_A_LEVEL, 1) : 3;

	return level < 3 ? (int)level : 3;
}

enum rp_next
man_heading_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	if (depth(n) == 3) {
		if (man_is_empty(n))
			return RP_SKIP;
		man_begin(m);
		man_font(m, 'B');
		return RP_CHILDREN;
	}
	man_space(m, 1);
	rp_roff_macro(m->r, depth(n) == 1 ? "SH" : "SS", NULL);
	m->one_line = m->in_section = 1;
	m->addresses = "";
	if (!man_is_empty(n))
		return RP_CHILDREN;
	man_text(m, rp_label(RP_L_UNTITLED, m->lang));
	return RP_SKIP;
}

/* Headings are short: where their links lead stands below. */
static void
end_heading(struct man *m)
{
	const char *addresses = m->addresses;

	man_line(m);
	m->one_line = 0;
	m->start = HEADED;
	m->addresses = NULL;
	if (*addresses == '\0')
		return;
	man_begin(m);
	man_literal(m, addresses);
	man_line(m);
}

void
man_heading_out(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;

	(void)job;
	if (depth(n) < 3) {
		end_heading(m);
	} else if (!man_is_empty(n)) {
		man_font_end(m);
		man_line(m);
		m->start = LABELLED;
	}
}

/* ---- Notes ---- */

enum rp_next
man_footnote_in(struct rp_job *job, struct rp_node *n, void *state)
{
	struct man *m = state;
	const struct rp_node *before = rp_prev(n);
	const char *mark = rp_join(job->doc, "[", man_number(job, rp_get_int(n, RP_A_NUMBER, 0)), "]",
	    NULL);

	if (before == NULL || rp_kind(before) != RP_FOOTNOTE)
		man_section(m, rp_label(RP_L_FOOTNOTES, m->lang));
	man_tag(m, 1, mark, (int)strlen(mark) + 1);
	return RP_CHILDREN;
}

void
man_footnote_out(struct rp_job *job, struct rp_node *n, void *state)
{
	(void)job;
	(void)n;
	man_close(state);
}
