/*
 * resource.c - files that outputs embed: found beside the document, inside the
 * input folders only, and named by their content.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run.h"

static const struct {
	const char	*magic;
	size_t		 len;
	const char	*media_type, *extension;
} formats[] = {
	{ "\x89PNG\r\n\x1A\n", 8, "image/png", "png" },
	{ "\xFF\xD8\xFF", 3, "image/jpeg", "jpg" },
	{ "GIF87a", 6, "image/gif", "gif" },
	{ "GIF89a", 6, "image/gif", "gif" },
};

/* SVG has no magic: its root element is looked for where files have it. */
static int
is_svg(const char *p, size_t len)
{
	char head[4096];

	len = len < sizeof(head) - 1 ? len : sizeof(head) - 1;
	memcpy(head, p, len);
	head[len] = '\0';
	return strstr(head, "<svg") != NULL;
}

static int
sniff(const char *p, size_t len, const char **media_type, const char **extension)
{
	size_t i;

	for (i = 0; i < LEN(formats); i++) {
		if (len < formats[i].len || memcmp(p, formats[i].magic, formats[i].len) != 0)
			continue;
		*media_type = formats[i].media_type;
		*extension = formats[i].extension;
		return 1;
	}
	if (!is_svg(p, len))
		return 0;
	*media_type = "image/svg+xml";
	*extension = "svg";
	return 1;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *
path_from_url(struct rp_arena *a, const char *url)
{
	size_t n, i, out = 0;
	char *p;

	n = strcspn(url, "?#");
	p = arena_dup(a, url, n);
	if (memchr(p, '%', n) == NULL)
		return p;
	for (i = 0; i < n; i++) {
		if (p[i] == '%' && i + 2 < n && hex(p[i + 1]) >= 0 && hex(p[i + 2]) >= 0) {
			p[out++] = (char)(hex(p[i + 1]) * 16 + hex(p[i + 2]));
			i += 2;
		} else {
			p[out++] = p[i];
		}
	}
	p[out] = '\0';
	return p;
}

/* The file itself, links followed, if it is below a root (links followed too). */
static int
is_inside(struct rp_run *run, const char *path)
{
	char *real = realpath(path, NULL);
	size_t i;
	int inside = 0;

	if (run->real_roots == NULL) {
		run->real_roots = xcalloc(run->root_count, sizeof(char *));
		for (i = 0; i < run->root_count; i++)
			run->real_roots[i] = realpath(*run->roots[i] != '\0' ? run->roots[i] : ".", NULL);
	}
	for (i = 0; real != NULL && !inside && i < run->root_count; i++)
		inside = run->real_roots[i] != NULL && path_is_below(real, run->real_roots[i]);
	free(real);
	return inside;
}

/* Name for all outputs: what the file is called, in ASCII, and what is in it. */
static const char *
name_of(struct rp_doc *doc, const char *path, const char *bytes, size_t len, const char *extension)
{
	const char *base = path_base(path);
	char *stem = rp_dup(doc, base, strcspn(base, ".")), *p;
	uint64_t h = 14695981039346656037u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * 1099511628211u;
	for (p = stem; *p != '\0'; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		    (*p >= '0' && *p <= '9') || *p == '-' || *p == '_'))
			*p = '-';
	return str_format(&doc->arena, "images/%.40s-%010llx.%s", *stem != '\0' ? stem : "image",
	    (unsigned long long)(h & 0xFFFFFFFFFFu), extension);
}

static const char *
find_file(struct rp_job *job, const char *url)
{
	struct rp_doc *doc = job->doc;
	const char *path = path_from_url(&doc->arena, url);

	if (*path == '/')
		return path_join(&doc->arena, doc->root_path, path + strspn(path, "/"));
	return path_join(&doc->arena, path_folder(&doc->arena, doc->path), path);
}

const char *
rp_resource_add(struct rp_job *job, const char *url, const char **why)
{
	struct rp_doc *doc = job->doc;
	const char *path = find_file(job, url), *media_type, *extension, *name, *dropped;
	struct rp_node *r, *info = rp_info(doc);
	unsigned w, h;
	size_t len;
	char *bytes;

	if (strncmp(url, "data:", 5) == 0) {
		*why = "data in an address is not taken; put it into a file";
		return NULL;
	}
	deps_file(doc, path);
	if (access(path, F_OK) == -1) {
		*why = "there is no such file";
		return NULL;
	}
	if (!is_inside(job->run, path)) {
		*why = "it lies outside the input folders";
		return NULL;
	}
	for (r = info->first; r != NULL; r = r->next)
		if (r->kind == RP_RESOURCE && strcmp(rp_get(r, RP_A_PATH), path) == 0)
			return rp_text(r);
	bytes = read_file(&doc->arena, path, &len, why);
	if (bytes == NULL)
		return NULL;
	if (!sniff(bytes, len, &media_type, &extension)) {
		*why = "it is no PNG, JPEG, GIF or SVG, which every reader shows";
		return NULL;
	}
	if (strcmp(extension, "svg") == 0) {
		bytes = svg_clean(&doc->arena, bytes, &len, &dropped);
		if (bytes == NULL) {
			*why = "it is no well-formed SVG";
			return NULL;
		}
		if (dropped != NULL)
			rp_report(job, RP_D_IMAGE_CLEANED, NULL, url, dropped, NULL);
	}
	name = name_of(doc, path, bytes, len, extension);
	r = rp_new(doc, RP_RESOURCE);
	rp_set_text(doc, r, name);
	rp_set(doc, r, RP_A_PATH, path);
	rp_set(doc, r, RP_A_MEDIA_TYPE, media_type);
	if (image_size(media_type, bytes, len, &w, &h) == 0) {
		rp_set(doc, r, RP_A_WIDTH, str_format(&doc->arena, "%u", w));
		rp_set(doc, r, RP_A_HEIGHT, str_format(&doc->arena, "%u", h));
	}
	rp_append(info, r);
	return rp_text(r);
}

const char *
rp_resource_bytes(struct rp_job *job, const struct rp_node *r, size_t *len)
{
	const char *path = rp_get(r, RP_A_PATH), *why = "", *dropped, *bytes;

	if (path != NULL)
		deps_file(job->doc, path);
	bytes = path != NULL ? read_file(&job->doc->arena, path, len, &why) : NULL;

	if (bytes != NULL && strcmp(rp_get(r, RP_A_MEDIA_TYPE), "image/svg+xml") == 0)
		bytes = svg_clean(&job->doc->arena, bytes, len, &dropped);
	if (bytes == NULL)
		rp_report(job, RP_D_FILE_UNREADABLE, NULL, rp_join(job->doc, path != NULL ? path : rp_text(r), ": ",
		    *why != '\0' ? why : "it is no well-formed SVG any more", NULL), NULL);
	return bytes;
}
