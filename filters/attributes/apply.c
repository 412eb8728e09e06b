/*
 * apply.c - what an attribute list says of a node.
 *
 * What has a meaning in a handbook is set; what is for a browser only is left out
 * with a note.
 */
#include <string.h>

#include "attributes.h"

void
apply_dropped(struct attributes *st, const char *key, const struct rp_node *at)
{
	size_t i;

	for (i = 0; i < ATTRIBUTES_TOLD && st->told[i] != NULL; i++)
		if (strcmp(st->told[i], key) == 0)
			return;
	if (i == ATTRIBUTES_TOLD)
		return;
	st->told[i] = key;
	rp_report(st->job, RP_D_ATTRIBUTE_DROPPED, at, key, NULL);
}

/* ---- Keys ---- */

static void
set_lang(struct attributes *st, struct rp_node *n, const char *value, const struct rp_node *at)
{
	const char *lang = rp_lang_canonical(st->doc, value);

	if (lang == NULL)
		rp_report(st->job, RP_D_LANG_INVALID, at, value, NULL);
	else
		rp_set(st->doc, n, RP_A_LANG, lang);
}

static int
is_number(const char *s)
{
	return *s != '\0' && s[strspn(s, "0123456789")] == '\0' && strlen(s) < 9;
}

/* Digits, and a percent sign or "px". */
static int
set_length(struct attributes *st, struct rp_node *n, enum rp_attr a, const char *value)
{
	size_t digits = strspn(value, "0123456789.");

	const char *unit = value + digits;

	if (rp_kind(n) != RP_IMAGE || digits == 0 ||
	    (*unit != '\0' && strcmp(unit, "%") != 0 && strcmp(unit, "px") != 0))
		return 0;
	rp_set(st->doc, n, a, rp_dup(st->doc, value, digits + (value[digits] == '%')));
	return 1;
}

static int
set_alternative(struct attributes *st, struct rp_node *n, const char *value)
{
	if (rp_kind(n) != RP_IMAGE || rp_first(n) != NULL)
		return 0;
	rp_append(n, rp_new_text(st->doc, value));
	return 1;
}

static int
set_start(struct attributes *st, struct rp_node *n, const char *value)
{
	long start = 0;

	if (!rp_get_int(n, RP_A_ORDERED, 0) || !is_number(value))
		return 0;
	for (; *value != '\0'; value++)
		start = 10 * start + (*value - '0');
	rp_set_int(st->doc, n, RP_A_START, start);
	return 1;
}

static int
set_align(struct attributes *st, struct rp_node *n, const char *value)
{
	if (rp_kind(n) != RP_PARAGRAPH && rp_kind(n) != RP_HEADING)
		return 0;
	if (strcmp(value, "left") != 0 && strcmp(value, "center") != 0 &&
	    strcmp(value, "right") != 0)
		return 0;
	rp_set(st->doc, n, RP_A_ALIGN, value);
	return 1;
}

/* Lists may follow one another without end; a node keeps so much of what they say. */
static int
is_full(const struct rp_node *n, enum rp_attr a)
{
	const char *value = rp_get(n, a);

	return value != NULL && strlen(value) > 1024;
}

static void
add_id(struct attributes *st, struct rp_node *n, const char *id, const struct rp_node *at)
{
	const char *alias = rp_get(n, RP_A_ALIAS);

	if (is_full(n, RP_A_ALIAS))
		apply_dropped(st, "id", at);
	else if (rp_get(n, RP_A_ID) == NULL)
		rp_set(st->doc, n, RP_A_ID, id);
	else
		rp_set(st->doc, n, RP_A_ALIAS,
		    alias == NULL ? id : rp_join(st->doc, alias, " ", id, NULL));
}

/* kramdown's way to name the language of code that has no info string. */
static void
add_class(struct attributes *st, struct rp_node *n, const char *class, const struct rp_node *at)
{
	if (is_full(n, RP_A_CLASS))
		apply_dropped(st, "class", at);
	else if (rp_kind(n) == RP_CODE_BLOCK && strncmp(class, "language-", 9) == 0 &&
	    rp_get(n, RP_A_INFO) == NULL)
		rp_set(st->doc, n, RP_A_INFO, class + 9);
	else
		rp_add_class(st->doc, n, class);
}

static void
add_classes(struct attributes *st, struct rp_node *n, const char *value, const struct rp_node *at)
{
	size_t len;

	for (value += strspn(value, " "); *value != '\0'; value += strspn(value, " ")) {
		len = strcspn(value, " ");
		add_class(st, n, rp_dup(st->doc, value, len), at);
		value += len;
	}
}

static void
set_key(struct attributes *st, struct rp_node *n, const char *key, const char *value,
    const struct rp_node *at)
{
	int done = 1;

	if (strcmp(key, "id") == 0 && *value != '\0')
		add_id(st, n, value, at);
	else if (strcmp(key, "class") == 0)
		add_classes(st, n, value, at);
	else if (strcmp(key, "lang") == 0 || strcmp(key, "xml:lang") == 0)
		set_lang(st, n, value, at);
	else if (strcmp(key, "dir") == 0 &&
	    (strcmp(value, "ltr") == 0 || strcmp(value, "rtl") == 0))
		rp_set(st->doc, n, RP_A_DIR, value);
	else if (strcmp(key, "title") == 0 && *value != '\0')
		rp_set(st->doc, n, RP_A_TITLE, value);
	else if (strcmp(key, "width") == 0)
		done = set_length(st, n, RP_A_WIDTH, value);
	else if (strcmp(key, "height") == 0)
		done = set_length(st, n, RP_A_HEIGHT, value);
	else if (strcmp(key, "alt") == 0)
		done = set_alternative(st, n, value);
	else if (strcmp(key, "start") == 0)
		done = set_start(st, n, value);
	else if (strcmp(key, "align") == 0)
		done = set_align(st, n, value);
	else
		done = 0;
	if (!done)
		apply_dropped(st, key, at);
}

void
apply_list(struct attributes *st, const struct list *l, struct rp_node *to,
    const struct rp_node *at)
{
	const char *p = list_items(l), *value;
	struct item it;

	while ((it = list_next(&p)).kind != ITEM_END && it.kind != ITEM_BAD) {
		value = rp_dup(st->doc, it.value, it.len);
		if (it.kind == ITEM_ID)
			add_id(st, to, value, at);
		else if (it.kind == ITEM_CLASS)
			add_class(st, to, value, at);
		else if (it.kind == ITEM_PAIR)
			set_key(st, to, rp_dup(st->doc, it.key, it.key_len), value, at);
		else if (!l->toc && *value != '-')
			apply_dropped(st, value, at);
	}
}

/* ---- Boxes ---- */

/* "note", "alert-info", "panel-warning", "note-title"; NULL: no box. */
static const char *
type_of(const char *word, size_t len)
{
	static const struct { const char *word, *type; int alone; } types[] = {
		{ "note", "note", 1 }, { "tip", "tip", 1 }, { "important", "important", 1 },
		{ "warning", "warning", 1 }, { "caution", "caution", 1 },
		{ "danger", "caution", 1 }, { "info", "note", 0 }, { "hint", "tip", 0 },
		{ "success", "tip", 0 }, { "attention", "important", 0 }, { "error", "caution", 0 },
	};
	static const char *const boxes[] = {
		"alert-", "panel-", "callout-", "admonition-", "notice--"
	};
	size_t i, n;
	int boxed = 0;

	for (i = 0; i < sizeof(boxes) / sizeof(boxes[0]) && !boxed; i++) {
		n = strlen(boxes[i]);
		if (len > n && rp_ascii_same(word, boxes[i], n)) {
			boxed = 1;
			word += n;
			len -= n;
		}
	}
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		n = strlen(types[i].word);
		if ((boxed || types[i].alone) && len >= n &&
		    rp_ascii_same(word, types[i].word, n) &&
		    (len == n || (len == n + 6 && rp_ascii_same(word + n, "-title", 6))))
			return types[i].type;
	}
	return NULL;
}

/* The type by the classes; *titled: its first paragraph is a title. */
static const char *
box_type(const struct rp_node *n, int *titled)
{
	const char *p = rp_get(n, RP_A_CLASS), *type = NULL;
	size_t len;

	for (; p != NULL && *p != '\0'; p += len + strspn(p + len, " ")) {
		len = strcspn(p, " ");
		type = type_of(p, len);
		if (type != NULL) {
			*titled = len > 6 && rp_ascii_same(p + len - 6, "-title", 6);
			return type;
		}
	}
	return NULL;
}

int
apply_is_box(const struct rp_node *n)
{
	int titled;

	if (rp_kind(n) != RP_PARAGRAPH && rp_kind(n) != RP_BLOCK_QUOTE && rp_kind(n) != RP_LIST)
		return 0;
	return rp_parent(n) != NULL && box_type(n, &titled) != NULL;
}

void
apply_box(struct attributes *st, struct rp_node *n)
{
	struct rp_node *box = n, *strong;
	int titled = 0;
	const char *type = box_type(n, &titled);

	if (rp_kind(n) != RP_BLOCK_QUOTE) {
		box = rp_new(st->doc, RP_ADMONITION);
		rp_set_pos(box, rp_pos(n));
		rp_replace(n, box);
		rp_append(box, n);
		rp_set(st->doc, box, RP_A_CLASS, rp_get(n, RP_A_CLASS));
		rp_unset(n, RP_A_CLASS);
	}
	rp_set_kind(box, RP_ADMONITION);
	rp_set(st->doc, box, RP_A_TYPE, type);
	n = rp_first(box);
	if (!titled || n == NULL || rp_kind(n) != RP_PARAGRAPH)
		return;
	strong = rp_new(st->doc, RP_STRONG);
	rp_set_pos(strong, rp_pos(n));
	rp_move_children(strong, n);
	rp_append(n, strong);
}
