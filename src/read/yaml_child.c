/*
 * yaml_child.c - what runs in the child: libfyaml's events, written to a pipe.
 *
 * libfyaml 0.7.12 reads YAML 1.2 as it is written, but uses freed memory on some
 * inputs and is quadratic in blank lines; so it gets a process of its own, which
 * may fall over, with little time and memory.  It is loaded here and nowhere else:
 * who needs no second opinion neither pays for it nor has to have it.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libfyaml.h>

#include "yaml_second.h"

/* A sanitizer's own memory is more than any limit. */
#if defined(__SANITIZE_ADDRESS__)
# define IS_SANITIZED 1
#elif defined(__has_feature)
# define IS_SANITIZED __has_feature(address_sanitizer)
#else
# define IS_SANITIZED 0
#endif

struct fyaml {
	struct fy_parser	*(*create)(const struct fy_parse_cfg *);
	int			 (*set_string)(struct fy_parser *, const char *, size_t);
	struct fy_event		*(*parse)(struct fy_parser *);
	void			 (*event_free)(struct fy_parser *, struct fy_event *);
	const struct fy_mark	*(*start_mark)(struct fy_event *);
	const struct fy_mark	*(*end_mark)(struct fy_event *);
	enum fy_node_style	 (*node_style)(struct fy_event *);
	const char		*(*text)(struct fy_token *, size_t *);
};

static int
load(struct fyaml *f)
{
	void *h = dlopen("libfyaml.so.0", RTLD_NOW | RTLD_LOCAL);
	const struct { const char *name; void *to; } wanted[] = {
		{ "fy_parser_create", &f->create }, { "fy_parser_set_string", &f->set_string },
		{ "fy_parser_parse", &f->parse }, { "fy_parser_event_free", &f->event_free },
		{ "fy_event_start_mark", &f->start_mark }, { "fy_event_end_mark", &f->end_mark },
		{ "fy_event_get_node_style", &f->node_style }, { "fy_token_get_text", &f->text },
	};
	void *found;
	size_t i;

	for (i = 0; h != NULL && i < LEN(wanted); i++) {
		if ((found = dlsym(h, wanted[i].name)) == NULL)
			return -1;
		memcpy(wanted[i].to, &found, sizeof(found));	/* C has no cast for it, POSIX has the bits */
	}
	return h != NULL ? 0 : -1;
}

static void
limit(int what, rlim_t most)
{
	struct rlimit r = { most, most };

	if (setrlimit(what, &r) == -1)
		_exit(1);
}

/* Little time, little memory, no core, nothing to say. */
static void
confine(void)
{
	int null = open("/dev/null", O_RDWR);

	if (null == -1 || dup2(null, STDERR_FILENO) == -1 || dup2(null, STDOUT_FILENO) == -1)
		_exit(1);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, 1);
	/* Not all of its addresses: what processes of a run share may be vast. */
	if (!IS_SANITIZED)
		limit(RLIMIT_DATA, (rlim_t)1 << 30);
}

static void
put(int fd, const void *p, size_t len)
{
	const char *from = p;
	ssize_t n;

	for (; len > 0; from += n, len -= (size_t)n)
		if ((n = write(fd, from, len)) <= 0)
			_exit(1);
}

/* The event's type as libyaml has it, and the tokens that it stands on. */
static int
describe(const struct fy_event *e, struct fy_token *tokens[YAML_STRINGS])
{
	switch (e->type) {
	case FYET_STREAM_START:
		return YAML_STREAM_START_EVENT;
	case FYET_STREAM_END:
		return YAML_STREAM_END_EVENT;
	case FYET_DOCUMENT_START:
		return YAML_DOCUMENT_START_EVENT;
	case FYET_DOCUMENT_END:
		return YAML_DOCUMENT_END_EVENT;
	case FYET_MAPPING_START:
		tokens[YAML_ANCHOR] = e->mapping_start.anchor;
		tokens[YAML_TAG] = e->mapping_start.tag;
		return YAML_MAPPING_START_EVENT;
	case FYET_MAPPING_END:
		return YAML_MAPPING_END_EVENT;
	case FYET_SEQUENCE_START:
		tokens[YAML_ANCHOR] = e->sequence_start.anchor;
		tokens[YAML_TAG] = e->sequence_start.tag;
		return YAML_SEQUENCE_START_EVENT;
	case FYET_SEQUENCE_END:
		return YAML_SEQUENCE_END_EVENT;
	case FYET_ALIAS:
		tokens[YAML_ANCHOR] = e->alias.anchor;
		return YAML_ALIAS_EVENT;
	case FYET_SCALAR:
		tokens[YAML_VALUE] = e->scalar.value;
		tokens[YAML_ANCHOR] = e->scalar.anchor;
		tokens[YAML_TAG] = e->scalar.tag;
		return YAML_SCALAR_EVENT;
	default:
		_exit(1);
	}
}

static uint32_t
style_of(const struct fyaml *f, struct fy_event *e)
{
	enum fy_node_style style = f->node_style(e);

	if (e->type != FYET_SCALAR)
		return style == FYNS_FLOW ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
	if (style < FYNS_PLAIN || style > FYNS_FOLDED)
		return YAML_PLAIN_SCALAR_STYLE;
	return (uint32_t)(style - FYNS_PLAIN) + YAML_PLAIN_SCALAR_STYLE;
}

static void
send_event(int fd, const struct fyaml *f, struct fy_event *e)
{
	struct fy_token *tokens[YAML_STRINGS] = { 0 };
	struct yaml_record r = { .type = (uint32_t)describe(e, tokens), .style = style_of(f, e) };
	const struct fy_mark *from = f->start_mark(e), *end = f->end_mark(e);
	const char *strings[YAML_STRINGS];
	size_t len;
	int i;

	r.from = from != NULL ? (uint32_t)from->input_pos : YAML_NONE;
	r.end = end != NULL ? (uint32_t)end->input_pos : YAML_NONE;
	for (i = 0; i < YAML_STRINGS; i++) {
		strings[i] = tokens[i] != NULL ? f->text(tokens[i], &len) : NULL;
		if (strings[i] == NULL && i == YAML_VALUE && e->type == FYET_SCALAR) {
			strings[i] = "";	/* nothing between two marks */
			len = 0;
		}
		r.len[i] = strings[i] != NULL ? (uint32_t)len : YAML_NONE;
	}
	put(fd, &r, sizeof(r));
	for (i = 0; i < YAML_STRINGS; i++)
		if (strings[i] != NULL)
			put(fd, strings[i], r.len[i]);
}

void
yaml_child(int fd, const char *text, size_t len)
{
	static const struct fy_parse_cfg config = { .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 };
	struct fy_parser *parser;
	struct fy_event *e;
	struct fyaml f;

	confine();
	if (load(&f) == -1 || (parser = f.create(&config)) == NULL || f.set_string(parser, text, len) != 0)
		_exit(1);
	while ((e = f.parse(parser)) != NULL) {	/* NULL before the end of the stream: an error */
		send_event(fd, &f, e);
		f.event_free(parser, e);
	}
	_exit(0);
}
