/* attr.c - what a node has besides text: attributes of node.def, and named ones. */
#include <stdlib.h>
#include <string.h>

#include "core.h"

static const struct {
	const char		*name;
	enum rp_attr_type	 type;
} attrs[RP_ATTR_MAX] = {
#define RP_ATTR(id, nm, ty) [RP_A_##id] = { nm, RP_TYPE_##ty },
#include <rolepress/node.def>
};

const char *
rp_attr_name(enum rp_attr a)
{
	return (unsigned)a < RP_ATTR_MAX ? attrs[a].name : "unknown";
}

enum rp_attr_type
rp_attr_type(enum rp_attr a)
{
	return (unsigned)a < RP_ATTR_MAX ? attrs[a].type : RP_TYPE_STRING;
}

static struct attr *
find(const struct rp_node *n, enum rp_attr id)
{
	struct attr *a;

	for (a = n->attrs; a != NULL; a = a->next)
		if (a->id == id)
			return a;
	return NULL;
}

static struct attr *
find_named(const struct rp_node *n, const char *name)
{
	struct attr *a;

	for (a = n->attrs; a != NULL; a = a->next)
		if (a->id == ATTR_NAMED && strcmp(a->name, name) == 0)
			return a;
	return NULL;
}

/* Appended, so that named ones keep the order they came in. */
static struct attr *
add(struct rp_doc *doc, struct rp_node *n, unsigned id)
{
	struct attr *a = arena_alloc(&doc->arena, sizeof(*a)), **at;

	for (at = &n->attrs; *at != NULL; at = &(*at)->next)
		;
	*at = a;
	a->id = (uint8_t)id;
	return a;
}

static struct attr *
find_or_add(struct rp_doc *doc, struct rp_node *n, enum rp_attr id)
{
	struct attr *a = find(n, id);

	return a != NULL ? a : add(doc, n, id);
}

const char *
rp_get(const struct rp_node *n, enum rp_attr id)
{
	const struct attr *a = find(n, id);

	return a != NULL ? a->str : NULL;
}

long
rp_get_int(const struct rp_node *n, enum rp_attr id, long dflt)
{
	const struct attr *a = find(n, id);

	if (a == NULL)
		return dflt;
	return a->str != NULL ? strtol(a->str, NULL, 10) : a->num;
}

int
node_has_attrs(const struct rp_node *n)
{
	return n->attrs != NULL;
}

int
rp_has(const struct rp_node *n, enum rp_attr id)
{
	return find(n, id) != NULL;
}

enum rp_attr
rp_attr_from(const struct rp_node *n, int number)
{
	enum rp_attr next = RP_ATTR_MAX;

	for (const struct attr *a = n->attrs; a != NULL; a = a->next)
		if (a->id != ATTR_NAMED && a->id >= number && a->id < next)
			next = (enum rp_attr)a->id;
	return next;
}

const char *
rp_get_named(const struct rp_node *n, const char *name)
{
	const struct attr *a = find_named(n, name);

	return a != NULL ? a->str : NULL;
}

int
rp_named_at(const struct rp_node *n, size_t i, const char **name, const char **value)
{
	const struct attr *a;

	for (a = n->attrs; a != NULL; a = a->next) {
		if (a->id != ATTR_NAMED || i-- > 0)
			continue;
		*name = a->name;
		*value = a->str;
		return 1;
	}
	return 0;
}

int
rp_has_class(const struct rp_node *n, const char *word)
{
	const char *p = rp_get(n, RP_A_CLASS);
	size_t len = strlen(word), k;

	for (; p != NULL && *p != '\0'; p += k) {
		p += strspn(p, " ");
		k = strcspn(p, " ");
		if (k == len && strncmp(p, word, len) == 0)
			return 1;
	}
	return 0;
}

void
node_borrow_attr(struct rp_doc *doc, struct rp_node *n, enum rp_attr id, const char *v)
{
	find_or_add(doc, n, id)->str = v;
}

void
rp_set(struct rp_doc *doc, struct rp_node *n, enum rp_attr id, const char *v)
{
	if (v == NULL)
		rp_unset(n, id);
	else
		node_borrow_attr(doc, n, id, arena_dup(&doc->arena, v, strlen(v)));
}

void
rp_set_int(struct rp_doc *doc, struct rp_node *n, enum rp_attr id, long v)
{
	struct attr *a = find_or_add(doc, n, id);

	a->str = NULL;
	a->num = v;
}

void
rp_unset(struct rp_node *n, enum rp_attr id)
{
	struct attr **at;

	for (at = &n->attrs; *at != NULL; at = &(*at)->next) {
		if ((*at)->id != id)
			continue;
		*at = (*at)->next;
		return;
	}
}

static void
unset_named(struct rp_node *n, const char *name)
{
	struct attr **at;

	for (at = &n->attrs; *at != NULL; at = &(*at)->next) {
		if ((*at)->id != ATTR_NAMED || strcmp((*at)->name, name) != 0)
			continue;
		*at = (*at)->next;
		return;
	}
}

void
rp_set_named(struct rp_doc *doc, struct rp_node *n, const char *name, const char *v)
{
	struct attr *a;

	if (v == NULL) {
		unset_named(n, name);
		return;
	}
	a = find_named(n, name);
	if (a == NULL) {
		a = add(doc, n, ATTR_NAMED);
		a->name = arena_dup(&doc->arena, name, strlen(name));
	}
	a->str = arena_dup(&doc->arena, v, strlen(v));
}

void
attrs_copy(struct rp_doc *doc, struct rp_node *n, const struct rp_node *from)
{
	struct attr **at = &n->attrs;
	const struct attr *a;

	for (a = from->attrs; a != NULL; a = a->next, at = &(*at)->next) {
		*at = arena_alloc(&doc->arena, sizeof(**at));
		**at = *a;
		(*at)->next = NULL;
		if (a->id == ATTR_NAMED)
			(*at)->name = arena_dup(&doc->arena, a->name, strlen(a->name));
		if (a->str != NULL)
			(*at)->str = arena_dup(&doc->arena, a->str, strlen(a->str));
	}
}

void
rp_add_class(struct rp_doc *doc, struct rp_node *n, const char *word)
{
	const char *old = rp_get(n, RP_A_CLASS);

	if (old == NULL || *old == '\0')
		rp_set(doc, n, RP_A_CLASS, word);
	else if (!rp_has_class(n, word))
		rp_set(doc, n, RP_A_CLASS, rp_join(doc, old, " ", word, NULL));
}
