/*
 * place.c - ids, and addresses of documents, places and images.
 *
 * Ids stay as they are, in any script, since an address names them letter by
 * letter.
 */
#include <string.h>

#include "html.h"

/* ---- Documents and places ---- */

const char *
html_id(const struct html *h, struct rp_job *job, const char *id)
{
	if (id == NULL || h->id_prefix[0] == '\0')
		return id;
	return rp_join(job->doc, h->id_prefix, id, NULL);
}

/* The document's address by the pattern; those within the page ("#…") are ids. */
static const char *
document(const struct html *h, struct rp_job *job, const char *id)
{
	const char *mark = strchr(h->href, '%');

	if (mark == NULL)
		return h->href;
	if (h->href[0] != '#')
		id = html_escape(job, id, "-._~");
	return rp_join(job->doc, rp_dup(job->doc, h->href, (size_t)(mark - h->href)), id, mark + 1,
	    NULL);
}

const char *
html_address(const struct html *h, struct rp_job *job, const char *target, const char *fragment)
{
	const char *own = h->doc != NULL ? rp_get(h->doc, RP_A_ID) : NULL;
	const char *address;

	if (target == NULL || (own != NULL && strcmp(target, own) == 0)) {
		if (fragment != NULL)
			return rp_join(job->doc, "#", html_id(h, job, fragment), NULL);
		/* By itself, a document has no id in the page. */
		if (own == NULL || (h->href[0] == '#' && !h->together))
			return "#";
	} else if (h->alone) {
		return NULL;
	}
	address = document(h, job, target != NULL ? target : own);
	if (fragment == NULL)
		return address;
	return rp_join(job->doc, address, h->href[0] == '#' ? "." : "#", fragment, NULL);
}

/* ---- Images ---- */

static const struct rp_node *
find_resource(struct rp_job *job, const char *name)
{
	const struct rp_node *n = rp_first(rp_info(job->doc));

	while (n != NULL && !(rp_kind(n) == RP_RESOURCE && strcmp(rp_text(n), name) == 0))
		n = rp_next(n);
	return n;
}

static const char *
data_url(struct rp_job *job, const struct rp_node *resource)
{
	const char *type = rp_get(resource, RP_A_MEDIA_TYPE);
	struct rp_sink *url;
	const char *bytes;
	size_t len;

	if ((bytes = rp_resource_bytes(job, resource, &len)) == NULL)
		return NULL;
	url = rp_sink_new(job);
	rp_puts(url, "data:");
	rp_puts(url, type != NULL ? type : "");
	rp_puts(url, ";base64,");
	rp_put_base64(url, bytes, len);
	return rp_sink_bytes(url, &len);
}

const char *
html_image(const struct html *h, struct rp_job *job, const struct rp_node *image,
    const struct rp_node **resource)
{
	const char *name = rp_get(image, RP_A_RESOURCE);
	const char *url = rp_get(image, RP_A_URL);

	*resource = name != NULL ? find_resource(job, name) : NULL;
	if (*resource != NULL && strcmp(h->resources, "data") == 0)
		return data_url(job, *resource);
	if (*resource != NULL)
		return rp_join(job->doc, h->resource_prefix, html_escape(job, name, "-._~/"), NULL);
	return h->fragment && url != NULL ? html_url(h, job, url) : NULL;
}
