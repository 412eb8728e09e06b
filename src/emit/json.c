/*
 * json.c - the JSON emitter (RFC 8259).
 *
 * One byte per open container is all that it remembers.  What would not be JSON
 * (a value without a key, an end too many) fails the emitter: from then on it
 * swallows everything, so that a writer asks once, at close.
 */
#include <stdio.h>
#include <string.h>

#include <rolepress/emit.h>
#include <rolepress/text.h>

#include "plain.h"
#include "sink.h"
#include "utf8.h"

enum {
	OBJECT	= 1,	/* else an array */
	FILLED	= 2,	/* something stands in it: the next one needs a comma */
	KEYED	= 4,	/* a key waits for its value */
	PARTED	= 8	/* holds rendered parts, each on a line of its own */
};

struct rp_json {
	struct rp_job	*job;
	struct rp_sink	*out;
	const char	*wrong;		/* the first misuse; NULL: none */
	unsigned char	*open;		/* [0] is the text as a whole */
	int		 depth, cap;
	int		 indent;
};

struct rp_json *
rp_json_open(struct rp_job *job, struct rp_sink *out, int indent)
{
	struct rp_json *j = rp_alloc(job->doc, sizeof(*j));

	j->job = job;
	j->out = out;
	j->indent = indent;
	j->cap = 32;
	j->open = rp_alloc(job->doc, (size_t)j->cap);
	return j;
}

static void
misuse(struct rp_json *j, const char *what)
{
	if (j->wrong == NULL)
		j->wrong = what;
}

static void
new_line(struct rp_json *j)
{
	static const char blanks[] = "                                ";
	size_t n = (size_t)j->indent * (size_t)j->depth, k;

	sink_put(j->out, "\n", 1);
	for (; n > 0; n -= k) {
		k = n < sizeof(blanks) - 1 ? n : sizeof(blanks) - 1;
		sink_put(j->out, blanks, k);
	}
}

/* What must stand at to, between the value or key that comes and what went before; returns
 * where there is room for it, and for a sign after it. */
static inline char *
separate(struct rp_json *j, char *to, size_t room)
{
	unsigned char *top = &j->open[j->depth];

	if (*top & FILLED)
		*to++ = ',';
	*top |= FILLED;
	if (j->indent == 0 || j->depth == 0)
		return to;
	sink_till(j->out, to);
	new_line(j);
	return sink_room(j->out, room + 1);
}

/* Where a value of so many bytes is to be put; NULL if none can stand here. */
static inline char *
begin(struct rp_json *j, size_t room)
{
	unsigned char *top = &j->open[j->depth];
	char *to;

	if (j->wrong != NULL)
		return NULL;
	to = sink_room(j->out, room + 1);
	if (*top & KEYED) {
		*top &= (unsigned char)~KEYED;
		return to;
	}
	if (*top & OBJECT)
		misuse(j, "JSON: a value without a key in an object");
	else if (j->depth == 0 && (*top & FILLED))
		misuse(j, "JSON: more than one value");
	else
		return separate(j, to, room);
	return NULL;
}

static void
push(struct rp_json *j, char bracket, unsigned char kind)
{
	unsigned char *old = j->open;
	char *to = begin(j, 1);

	if (to == NULL)
		return;
	*to++ = bracket;
	sink_till(j->out, to);
	if (++j->depth == j->cap) {
		j->open = rp_alloc(j->job->doc, (size_t)j->cap * 2);
		memcpy(j->open, old, (size_t)j->cap);
		j->cap *= 2;
	}
	j->open[j->depth] = kind;
}

void
rp_json_object(struct rp_json *j)
{
	push(j, '{', OBJECT);
}

void
rp_json_array(struct rp_json *j)
{
	push(j, '[', 0);
}

void
rp_json_end(struct rp_json *j)
{
	unsigned char top = j->open[j->depth];

	if (j->wrong != NULL)
		return;
	if (j->depth == 0 || (top & KEYED)) {
		misuse(j, j->depth == 0 ? "JSON: an end of nothing" : "JSON: a key without a value");
		return;
	}
	j->depth--;
	if ((top & PARTED) || ((top & FILLED) && j->indent > 0))
		new_line(j);
	sink_put(j->out, top & OBJECT ? "}" : "]", 1);
}

/* ---- Strings ---- */

/* The escape of an ASCII character; NULL if it needs none. */
static const char *
short_escape(unsigned char c)
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\b':
		return "\\b";
	case '\f':
		return "\\f";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		return NULL;
	}
}

/* A character that cannot stand as it is. */
static void
escape(struct rp_json *j, uint32_t cp)
{
	const char *s = cp < 0x80 ? short_escape((unsigned char)cp) : NULL;
	char buf[8];

	if (s == NULL) {
		snprintf(buf, sizeof(buf), "\\u%04x", (unsigned)cp & 0xffff);
		s = buf;
	}
	sink_put(j->out, s, strlen(s));
}

static const char stops[0x100] = { ASCII_CONTROLS, ['"'] = 1, ['\\'] = 1, [0x7F] = 1, BEYOND_ASCII };

/* To the first character that has to be looked at. */
static const char *
skip_plain(const char *s)
{
	size_t n;

	for (s = ascii_skip(s, stops); (unsigned char)*s >= 0x80; s = ascii_skip(s + n, stops))
		if (*s == '\xE2' || (n = utf8_length(s)) == 0)	/* U+2028 begins so */
			break;
	return s;
}

/* Is the character at *s, which is moved past it, one to be escaped? */
static int
special(const char **s, uint32_t *cp)
{
	const char *at = *s;

	*cp = rp_utf8_next(s);
	/* U+2028 and U+2029 end a line in JavaScript before 2019, and in many line
	 * readers; a byte that is no UTF-8 comes as a U+FFFD one byte long. */
	return *cp < 0x80 || *cp == 0x2028 || *cp == 0x2029 || (*cp == 0xfffd && *s - at == 1);
}

/* Past a character that is to be escaped, or a stretch of those that are seldom. */
static const char *
put_slowly(struct rp_json *j, const char *s, const char *end)
{
	const char *run = s, *at = s;
	uint32_t cp;

	if (end - s > PLAIN_STRETCH)
		end = s + PLAIN_STRETCH;
	while ((at = s = skip_plain(s)) < end)
		if (special(&s, &cp)) {
			sink_put(j->out, run, (size_t)(at - run));
			escape(j, cp);
			return s;
		}
	sink_put(j->out, run, (size_t)(s - run));
	return s;
}

enum { WORD = 16 };		/* bytes of what can be put as one */

/* A short string that needs no look at what it is of: all keys are, and names of kinds.  NULL:
 * it is none. */
static inline char *
put_word(char *to, const char *s)
{
	size_t i;

	*to++ = '"';
	for (i = 0; !stops[(unsigned char)s[i]] && i < WORD; i++)
		to[i] = s[i];
	if (s[i] != '\0')
		return NULL;
	to[i] = '"';
	return to + i + 1;
}

/* Any string; room is left for what comes after a key. */
static char *
put_text(struct rp_json *j, char *to, const char *s)
{
	const char *end = s + strlen(s);

	*to++ = '"';
	sink_till(j->out, to);
	while ((s = plain_copy(j->out, s, end, PLAIN_JSON)) < end)
		s = put_slowly(j, s, end);
	to = sink_room(j->out, 3 + WORD + 2);
	*to++ = '"';
	return to;
}

/* A key, and its colon, which the caller has yet to say of that it is there; NULL: it cannot be.
 * Behind it there is room for a short value. */
static inline char *
put_key(struct rp_json *j, const char *key)
{
	enum { ROOM = 1 + WORD + 4 + WORD + 2 };
	unsigned char *top = &j->open[j->depth];
	char *to, *end;

	if (j->wrong != NULL)
		return NULL;
	if (!(*top & OBJECT) || (*top & KEYED)) {
		misuse(j, *top & KEYED ? "JSON: a key after a key" : "JSON: a key outside an object");
		return NULL;
	}
	to = separate(j, sink_room(j->out, ROOM), ROOM);
	if ((end = put_word(to, key)) == NULL)
		end = put_text(j, to, key);
	*end++ = ':';
	if (j->indent > 0)
		*end++ = ' ';
	return end;
}

void
rp_json_key(struct rp_json *j, const char *key)
{
	char *end = put_key(j, key);

	if (end == NULL)
		return;
	sink_till(j->out, end);
	j->open[j->depth] |= KEYED;
}

void
rp_json_string(struct rp_json *j, const char *s)
{
	char *to, *end;

	if (s == NULL) {
		rp_json_null(j);
		return;
	}
	if ((to = begin(j, WORD + 2)) == NULL)
		return;
	if ((end = put_word(to, s)) == NULL)
		end = put_text(j, to, s);
	sink_till(j->out, end);
}

void
rp_json_member(struct rp_json *j, const char *key, const char *value)
{
	char *to, *end;

	if (value == NULL || (to = put_key(j, key)) == NULL)
		return;
	if ((end = put_word(to, value)) == NULL)
		end = put_text(j, to, value);
	sink_till(j->out, end);
}

/* ---- What is no string ---- */

static void
literal(struct rp_json *j, const char *s)
{
	size_t len = strlen(s);
	char *to = begin(j, len);

	if (to != NULL)
		sink_till(j->out, (char *)memcpy(to, s, len) + len);
}

void
rp_json_null(struct rp_json *j)
{
	literal(j, "null");
}

void
rp_json_bool(struct rp_json *j, int v)
{
	literal(j, v ? "true" : "false");
}

void
rp_json_int(struct rp_json *j, long long v)
{
	char buf[24];
	unsigned long long n = v < 0 ? 0 - (unsigned long long)v : (unsigned long long)v;
	char *p = str_decimal(buf + sizeof(buf), n);

	if (v < 0)
		*--p = '-';
	literal(j, p);
}

static const char *
digits(const char *s)
{
	return s + strspn(s, "0123456789");
}

/* RFC 8259, section 6. */
static int
is_number(const char *s)
{
	const char *p;

	s += *s == '-';
	p = digits(s);
	if (p == s || (*s == '0' && p - s > 1))
		return 0;
	if (*p == '.') {
		s = p + 1;
		if ((p = digits(s)) == s)
			return 0;
	}
	if (*p == 'e' || *p == 'E') {
		s = p + 1 + (p[1] == '+' || p[1] == '-');
		if ((p = digits(s)) == s)
			return 0;
	}
	return *p == '\0';
}

void
rp_json_number(struct rp_json *j, const char *spelling)
{
	if (is_number(spelling))
		literal(j, spelling);
	else
		rp_json_string(j, spelling);
}

/*
 * In an array a part stands on a line of its own even in compact output, so that one
 * document is one line, for diff and for line tools.  Its own lines are moved
 * in as deep as it stands; a string cannot hold a line break, so this changes
 * white space only.
 */
void
rp_json_value(struct rp_json *j, const char *bytes, size_t len)
{
	int listed = j->depth > 0 && !(j->open[j->depth] & OBJECT);
	const char *nl;
	char *to;

	if ((to = begin(j, 0)) == NULL)
		return;
	sink_till(j->out, to);
	if (listed)
		j->open[j->depth] |= PARTED;
	if (listed && j->indent == 0)
		new_line(j);
	while (j->indent > 0 && (nl = memchr(bytes, '\n', len)) != NULL) {
		sink_put(j->out, bytes, (size_t)(nl - bytes));
		new_line(j);
		len -= (size_t)(nl + 1 - bytes);
		bytes = nl + 1;
	}
	sink_put(j->out, bytes, len);
}

int
rp_json_close(struct rp_json *j)
{
	if (j->depth > 0)
		misuse(j, "JSON: an object or array is not ended");
	else if (!(j->open[0] & FILLED))
		misuse(j, "JSON: nothing was written");
	if (j->wrong == NULL)
		return 0;
	rp_report(j->job, RP_D_EMITTER, NULL, j->wrong, NULL);
	return -1;
}
