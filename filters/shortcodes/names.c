/* names.c - what a name means. */
#include <string.h>

#include "shortcodes.h"

static const struct sc_code codes[] = {
#define SC(name, maker, body, what) { name, sc_make_##maker, SC_##body, what },
#include "names.def"
};

static const unsigned char lengths[] = {
#define SC(name, maker, body, what) sizeof(name) - 1,
#include "names.def"
};

enum { CODES = sizeof(codes) / sizeof(codes[0]) };

/* The two mean the same: letters in either case, _ as -. */
static int
is_same(char a, char b)
{
	if (a == '_')
		a = '-';
	return a == b || (a >= 'A' && a <= 'Z' && a + ('a' - 'A') == b);
}

const struct sc_code *
sc_code_named(const char *name, size_t len)
{
	size_t i, k;

	for (i = 0; i < CODES; i++) {
		const char *n = codes[i].name;

		if (lengths[i] != len)
			continue;
		for (k = 0; k < len && is_same(name[k], n[k]); k++)
			;
		if (k == len)
			return &codes[i];
	}
	return NULL;
}

size_t
sc_code_count(void)
{
	return CODES;
}

size_t
sc_code_index(const struct sc_code *c)
{
	return (size_t)(c - codes);
}

int
sc_is_verbatim(const struct sc_code *c)
{
	return c->make == sc_make_code || c->make == sc_make_raw || c->make == sc_make_comment;
}

int
sc_is_box(const struct sc_code *c)
{
	return c->make == sc_make_box || c->make == sc_make_details || c->make == sc_make_quote ||
	    c->make == sc_make_figure;
}

/* "handbook/note" is a note of somebody's own, "@figma/embed" an embed. */
static const struct sc_code *
find(const char *name)
{
	const struct sc_code *c = sc_code_named(name, strlen(name));
	const char *base = strrchr(name, '/');

	return c == NULL && base != NULL ? sc_code_named(base + 1, strlen(base + 1)) : c;
}

/* {% include alerts/note.html content="..." %}: the file's name tells the rest. */
static void
resolve_include(struct sc_marker *m)
{
	const struct sc_arg *file = sc_nth(m, 0);
	const struct sc_code *c;
	const char *base;

	if (file == NULL)
		return;
	base = strrchr(file->value, '/');
	base = base != NULL ? base + 1 : file->value;
	c = sc_code_named(base, strcspn(base, "."));
	if (c == NULL || c->body == SC_LOOSE || sc_is_verbatim(c) || c->make == sc_make_layout)
		return;
	m->code = c;
	m->included = 1;
	m->form = SC_ALONE;
	if (m->args == file)
		m->args = file->next;
}

void
sc_resolve(struct sc_marker *m)
{
	const char *name = m->name;

	if (m->form == SC_LITERAL || m->syntax == SC_VALUE)
		return;
	if (m->syntax == SC_TAG && m->form == SC_CLOSE && strncmp(name, "end", 3) == 0)
		name += 3 + strspn(name + 3, "_-");
	m->code = find(name);
	/* GitBook's stands around a fence, Hugo's around the code itself. */
	if (m->code != NULL && m->syntax < SC_TAG && strcmp(m->code->name, "code") == 0)
		m->code = sc_code_named("codeblock", strlen("codeblock"));
	if (m->code != NULL && m->code->make == sc_make_include && m->form != SC_CLOSE)
		resolve_include(m);
	if (m->code == NULL && m->form == SC_OPEN && sc_is_picture(m))
		m->code = sc_code_named("image", strlen("image"));
}
