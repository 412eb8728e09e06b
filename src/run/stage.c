/*
 * stage.c - what is done to each document, in two stages with the index between
 * them:
 *
 *	read	source to tree, the chain up to the barrier
 *	write	the rest of the chain, then every output
 *
 * Between them a tree stays in the memory of the process that made it, or, when
 * that is full, frozen in its store; what has been lost with a process is read
 * again.
 */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* ---- From a file to a tree ---- */

static int
load(struct rp_doc *doc, struct facts *f)
{
	const struct input *in = doc->input;
	const char *why = "";
	int young = 0;

	doc->root_path = in->root;
	doc->site_path = in->site_path;
	if (in->text != NULL) {
		doc->source = in->text;
		doc->source_len = in->text_len;
		return 0;
	}
	if (f != NULL) {
		f->stamp = stamp_of(in->path);
		young = doc->run->cache != NULL && !stamp_is_firm(&f->stamp);
	}
	doc->source = read_file(&doc->arena, in->path, &doc->source_len, &why);
	if (young)
		f->young = hash_bytes(doc->source != NULL ? doc->source : "", doc->source_len) | 1;
	if (doc->source != NULL)
		return 0;
	doc->source = "";
	diag_doc(doc, RP_D_FILE_UNREADABLE, rp_nowhere, why, NULL);
	return -1;
}

/* What there was to say of it has been said, and most files need no cleaning. */
void
doc_reload(struct rp_doc *doc)
{
	struct message *last = doc->last_message;
	int unheard = doc->unheard;

	doc->source = "";
	if (doc->input != NULL && load(doc, NULL) == 0 && !doc->is_plain)
		read_encoding(doc);
	diag_forget(doc, last);
	doc->unheard = unheard;
}

/* By the reader that was asked for, or the one that knows the text, or as Markdown. */
static int
read_source(struct rp_run *run, struct rp_doc *doc)
{
	struct link l = run->reader;

	if (read_encoding(doc) == -1)
		return -1;
	if (l.filter == NULL && !run->from_markdown) {
		l.filter = registry_reader(&run->registry, doc->path, doc->source, doc->source_len);
		if (l.filter != NULL && link_make(run, &run->arena, l.filter->name, RP_READER, &l) == -1)
			return -1;
	}
	return l.filter != NULL ? job_read(run, doc, &l) : read_document(doc);
}

static int
transform(struct rp_run *run, struct rp_doc *doc, size_t from, size_t to)
{
	uint64_t since = timing_now();
	size_t i;

	for (i = from; i < to; i++) {
		if (job_transform(run, doc, &run->chain.links[i]) == -1 || doc->failed)
			return -1;
		since = timing_add(run, STEP_CHAIN + i, since);
	}
	return 0;
}

static struct rp_doc *
open_doc(struct rp_run *run, size_t i)
{
	struct rp_doc *doc = doc_new(run, run->inputs[i].path);

	doc->input = &run->inputs[i];
	doc->scratch = &run->scratch;
	doc->root->pos = (struct rp_pos){ .line = 1, .col = 1 };
	return doc;
}

static int
read_doc(struct rp_run *run, struct rp_doc *doc, struct facts *f)
{
	uint64_t since = timing_now();
	int rc = load(doc, f) == -1 ? -1 : read_source(run, doc);

	timing_add(run, STEP_READ, since);
	if (rc == -1 || transform(run, doc, 0, run->chain.barrier) == -1)
		doc->failed = 1;
	/* Always there, says plugin.h: also when a filter took it away. */
	if (rp_meta(doc) == NULL)
		rp_prepend(doc->root, rp_new(doc, RP_META_MAP));
	return doc->failed ? -1 : 0;
}

/* ---- Waiting for the others ---- */

static void
hold(struct rp_run *run, size_t i, struct rp_doc *doc)
{
	run->docs[i] = doc;
	doc->held = doc->arena.total;
	run->held += doc->held;
	if (i < run->first_held)
		run->first_held = i;
}

enum { WORTH_GIVING_BACK = 4 << 20 };	/* bytes: the system takes them all together */

/* It held that many bytes. */
static size_t
let_go(struct rp_run *run, size_t i)
{
	struct rp_doc *doc = run->docs[i];
	size_t size = doc != NULL ? doc->held : 0;

	run->held -= size;
	doc_free(doc);
	run->docs[i] = NULL;
	return size;
}

/* To the system. */
static void
give_back(struct rp_run *run, size_t size)
{
	run->let_go += size;
	if (run->let_go < WORTH_GIVING_BACK)
		return;
	(void)malloc_trim(0);
	run->let_go = 0;
}

enum { LARGEST_PAGE = 1024 * 1024 };	/* that is kept for the next document */

/* One document's bytes after another's are in the same memory: it has grown, and is warm. */
static struct str
borrow_page(struct rp_run *run)
{
	struct str page = run->page;

	run->page = (struct str){ 0 };
	page.len = 0;
	if (page.p != NULL)
		page.p[0] = '\0';
	return page;
}

static void
return_page(struct rp_run *run, struct str *page)
{
	str_free(&run->page);
	if (page->cap <= LARGEST_PAGE)
		run->page = *page;
	else
		str_free(page);
}

/* Whose it is, what has been done to it, and the tree. */
static void
freeze_doc(struct str *s, const struct rp_doc *doc)
{
	size_t i;

	pack_text(s, doc->path);
	pack_text(s, doc->site_path);
	pack_number(s, doc->given_count);
	pack_number(s, doc->given_by_reader);
	pack_number(s, (uint64_t)doc->is_plain);
	for (i = 0; i < doc->given_count; i++)
		pack_text(s, doc->given[i]);
	freeze(s, doc->root);
}

static int
thaw_into(struct rp_doc *doc, struct unpack *u)
{
	struct rp_node *tree;
	size_t n, by_reader;

	doc->path = unpack_text(u);
	doc->site_path = unpack_text(u);
	doc->root_path = doc->input->root;
	n = (size_t)unpack_number(u);
	by_reader = (size_t)unpack_number(u);
	doc->is_plain = unpack_number(u) != 0;
	for (; n > 0 && !u->bad; n--)
		doc_give(doc, unpack_text(u));
	doc->given_by_reader = by_reader;
	tree = u->bad ? NULL : thaw(doc, u);
	if (tree == NULL)
		return -1;
	node_become(doc->root, tree);
	/* Its lines are read again when somebody asks, unless it is of another file. */
	doc->source = doc->path != NULL && strcmp(doc->path, doc->input->path) == 0 ? NULL : "";
	return 0;
}

/* A tree that can be put nowhere is read again. */
static void
put_in_store(struct rp_run *run, size_t i, const struct rp_doc *doc)
{
	struct facts *f = &run->facts[i];
	struct str s = borrow_page(run);

	freeze_doc(&s, doc);
	if (store_put(&run->stores[run->worker], s.p, s.len, &f->tree) == -1)
		f->worker = -1;
	return_page(run, &s);
}

/* What is known of the documents waits in memory, too. */
static int
has_room(const struct rp_run *run, size_t more)
{
	size_t known = run->pool != NULL ? pool_shared(run) : run->index_doc->arena.total;

	return run->held + known + more <= run->share;
}

/* It grows with their number: trees that were held make room for it. */
static void
make_room(struct rp_run *run)
{
	size_t i;

	while (run->held > 0 && !has_room(run, 0)) {
		i = run->first_held++;
		if (run->docs[i] == NULL)
			continue;
		put_in_store(run, i, run->docs[i]);
		give_back(run, let_go(run, i));
	}
}

static void
put_away(struct rp_run *run, size_t i, struct rp_doc *doc)
{
	run->facts[i].worker = run->worker;
	if (run->keep || has_room(run, doc->arena.total)) {
		hold(run, i, doc);
		return;
	}
	put_in_store(run, i, doc);
	doc_free(doc);
	make_room(run);
}

static void
do_read(struct rp_run *run, size_t i)
{
	struct facts *f = &run->facts[i];
	struct rp_doc *doc = open_doc(run, i);
	uint64_t since;

	run->telling = run->pool != NULL ? f : NULL;
	read_doc(run, doc, f);
	since = timing_now();
	f->failed = doc->failed;
	if (!f->failed)
		facts_take(run, f, doc, run->index_doc);
	facts_publish(run, f, doc);
	deps_publish(f, doc, &run->index_doc->arena);
	if (!f->failed)
		put_away(run, i, doc);
	else if (run->keep)
		hold(run, i, doc);
	else
		doc_free(doc);
	timing_add(run, STEP_WAIT, since);
	f->stage = READ;
	run->telling = NULL;
}

static struct rp_doc *
thaw_doc(struct rp_run *run, size_t i)
{
	const struct facts *f = &run->facts[i];
	struct rp_doc *doc = open_doc(run, i);
	char *bytes = arena_raw(&doc->arena, f->tree.len + 1);
	struct unpack u = { .p = bytes, .end = bytes + f->tree.len };

	if (store_read(&run->stores[f->worker], &f->tree, bytes) == -1 || thaw_into(doc, &u) == -1) {
		doc_free(doc);
		return NULL;
	}
	return doc;
}

/* Said already, the first time. */
static struct rp_doc *
read_again(struct rp_run *run, size_t i)
{
	struct rp_doc *doc = open_doc(run, i);

	if (read_doc(run, doc, NULL) == -1) {
		doc_free(doc);
		return NULL;
	}
	doc->messages = doc->last_message = NULL;
	doc->deps = NULL;
	return doc;
}

static struct rp_doc *
fetch(struct rp_run *run, size_t i)
{
	struct facts *f = &run->facts[i];
	struct rp_doc *doc = run->docs[i];

	if (doc != NULL)
		return doc;
	if (f->worker >= 0 && f->tree.len > 0)
		doc = thaw_doc(run, i);
	store_drop(&run->stores[run->worker], &f->tree);
	if (doc == NULL)
		doc = read_again(run, i);
	if (doc != NULL)
		hold(run, i, doc);
	return doc;
}

/* ---- Outputs ---- */

/* One part as a file of its own.  A format that binds is bound alone: for this one
 * file, the index has this one entry, a copy of that which all processes see. */
static int
write_own(struct rp_run *run, size_t i, size_t o, const char *bytes, size_t len)
{
	struct facts *f = &run->facts[i];
	const struct output *out = &run->outputs[o];
	struct rp_doc *doc = run->docs[i];
	struct rp_node *root, *entry;
	struct rp_sink sink = { 0 };
	int rc = 0;

	if (out->writer.filter->bind != NULL) {
		root = rp_new(doc, RP_INDEX);
		entry = rp_copy(doc, f->entry);
		rp_append(root, entry);
		run->lone = &(struct lone){ .entry = entry, .bytes = bytes, .len = len };
		rc = job_bind(run, doc, root, out, &sink);
		run->lone = NULL;
		bytes = rp_sink_bytes(&sink, &len);
	}
	if (rc == 0)
		rc = output_write(run, f->paths[o], bytes, len);
	if (rc == 0) {
		f->parts[o].written = len;
		f->parts[o].path = f->paths[o];
		f->parts[o].stamp = run->cache != NULL ? stamp_of(f->paths[o]) : (struct stamp){ 0 };
	}
	str_free(&sink.buf);
	return rc;
}

static int
keep_part(struct rp_run *run, struct part *part, const char *bytes, size_t len)
{
	part->store = run->worker;
	if (store_put(&run->stores[run->worker], bytes, len, &part->kept) == 0)
		return 0;
	diag_run(run, RP_D_WRITE_FAILED, "a temporary file", rp_nowhere, strerror(errno), NULL);
	part->lost = 1;
	return -1;
}

static void
write_output(struct rp_run *run, struct rp_doc *doc, size_t i, size_t o)
{
	struct facts *f = &run->facts[i];
	struct rp_sink sink = { .buf = borrow_page(run) };
	const char *bytes;
	uint64_t since = timing_now();
	size_t len;
	int rc;

	/* What fails in one output is left out of that one only. */
	doc->failed = 0;
	rc = job_render(run, doc, &run->outputs[o], &sink);
	bytes = rp_sink_bytes(&sink, &len);
	if (rc == 0 && !doc->failed) {
		if (f->paths[o] != NULL)
			rc = write_own(run, i, o, bytes, len);
		else if (run->outputs[o].layout == RP_ONE_FILE)
			rc = keep_part(run, &f->parts[o], bytes, len);
		else
			rc = -1;	/* its path is another document's */
		/* What was in the way may be gone the next time. */
		f->unsure |= rc == -1 && (f->paths[o] != NULL || f->parts[o].lost);
	}
	f->parts[o].good = rc == 0 && !doc->failed;
	return_page(run, &sink.buf);
	timing_add(run, timing_render(run, o), since);
}

static void
do_write(struct rp_run *run, size_t i)
{
	struct facts *f = &run->facts[i];
	uint64_t since = timing_now();
	struct rp_doc *doc;
	size_t o;

	run->telling = run->pool != NULL ? f : NULL;
	doc = f->failed ? NULL : fetch(run, i);
	timing_add(run, STEP_WAIT, since);
	if (doc != NULL) {
		facts_adopt(f, doc);
		doc->failed = 0;
		if (transform(run, doc, run->chain.barrier, run->chain.count) == -1)
			f->spoilt = 1;
		for (o = 0; o < run->output_count && !f->spoilt; o++)
			write_output(run, doc, i, o);
		facts_publish(run, f, doc);
		deps_publish(f, doc, &run->index_doc->arena);
	} else if (!f->failed) {
		f->spoilt = f->unsure = 1;
		diag_run(run, RP_D_FILE_UNREADABLE, run->inputs[i].path, rp_nowhere,
		    "it has changed while it was read", NULL);
	}
	/* The memory of a tree that was thawed is the next one's. */
	if (!run->keep && f->tree.len == 0)
		give_back(run, let_go(run, i));
	else if (!run->keep)
		let_go(run, i);
	f->stage = DONE;
	run->telling = NULL;
}

/* ---- Both ---- */

void
stage_do(struct rp_run *run, size_t i, enum stage upto)
{
	if (upto == READ)
		do_read(run, i);
	else
		do_write(run, i);
}

enum rp_step
stage_step(enum stage upto)
{
	return upto == READ ? RP_STEP_READ : RP_STEP_WRITE;
}

void
stage_alone(struct rp_run *run, enum stage upto)
{
	size_t i;

	for (i = 0; i < run->input_count; i++) {
		if (run->facts[i].stage >= upto)
			continue;
		stage_do(run, i, upto);
		run_progress(run, stage_step(upto), i + 1, run->input_count);
	}
}
