/*
 * new.c - rolepress new filter NAME: a folder with a filter that works, and a test that
 * passes, to be changed into what is wanted.  The files are in src/cli/new/.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

RP_EMBED(document, "src/cli/new/in.md");
RP_EMBED(expected, "src/cli/new/expected.tree");
RP_EMBED(test, "src/cli/new/test.sh");
RP_EMBED(test_only, "src/cli/new/Makefile");
RP_EMBED(in_c, "src/cli/new/c/filter.c");
RP_EMBED(make_c, "src/cli/new/c/Makefile");
RP_EMBED(in_lua, "src/cli/new/lua/filter.lua");
RP_EMBED(in_python, "src/cli/new/python/filter.py");

enum { LONGEST_NAME = 64 };

static const struct language_files {
	const char	*suffix;	/* of the source */
	const char	*loaded;	/* of what rolepress loads */
	const char	*source, *makefile;
	const char	*options;	/* that the test sets */
	mode_t		 mode;
} languages[] = {
	[LANGUAGE_C] = { "c", "so", in_c, make_c, "=class=abroad", 0666 },
	[LANGUAGE_LUA] = { "lua", "lua", in_lua, test_only, "=class=abroad", 0666 },
	[LANGUAGE_PYTHON] = { "py", "py", in_python, test_only, "", 0777 },
};

/* What @WORD@ stands for; *p is moved past it.  NULL: it is no such word. */
static const char *
meaning(const char **p, const char *name, const char *symbol, const struct language_files *l)
{
	const struct { const char *word, *text; } words[] = {
		{ "@NAME@", name }, { "@SYMBOL@", symbol }, { "@SUFFIX@", l->loaded }, { "@OPTIONS@", l->options },
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strncmp(*p, words[i].word, strlen(words[i].word)) == 0) {
			*p += strlen(words[i].word);
			return words[i].text;
		}
	}
	return NULL;
}

static int
write_file(const char *name, const char *base, const char *text, mode_t mode, const struct language_files *l)
{
	char path[2 * LONGEST_NAME + 16], symbol[LONGEST_NAME + 1], *p;
	const char *word;
	FILE *f = NULL;
	int fd, bad;

	snprintf(symbol, sizeof(symbol), "%s", name);
	while ((p = strchr(symbol, '-')) != NULL)
		*p = '_';
	snprintf(path, sizeof(path), "%s/%s", name, base);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, mode);
	if (fd != -1 && (f = fdopen(fd, "w")) == NULL)
		close(fd);
	if (f != NULL) {
		while (*text != '\0') {
			if (*text == '@' && (word = meaning(&text, name, symbol, l)) != NULL)
				fputs(word, f);
			else
				fputc(*text++, f);
		}
		bad = ferror(f);
		if (fclose(f) == 0 && !bad)
			return 0;
	}
	fprintf(stderr, "rolepress: error: %s: %s\n", path, strerror(errno));
	return -1;
}

static int
make_filter(const char *name, const struct language_files *l)
{
	char source[LONGEST_NAME + 8];

	if (mkdir(name, 0777) == -1) {
		fprintf(stderr, "rolepress: error: %s: %s\n", name, errno == EEXIST
		    ? "it is there already; nothing is overwritten" : strerror(errno));
		return 1;
	}
	snprintf(source, sizeof(source), "%s.%s", name, l->suffix);
	if (write_file(name, source, l->source, l->mode, l) == -1 ||
	    write_file(name, "Makefile", l->makefile, 0666, l) == -1 ||
	    write_file(name, "in.md", document, 0666, l) == -1 ||
	    write_file(name, "expected.tree", expected, 0666, l) == -1 ||
	    write_file(name, "test.sh", test, 0777, l) == -1)
		return 1;
	printf("%s/%s is a filter that works; its test: make -C %s check\n", name, source, name);
	return 0;
}

/* One of its own would stand before it. */
static int
is_built_in(struct rp_run *run, const char *name)
{
	const struct rp_filter *f;
	size_t i;

	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		if (strcmp(f->name, name) == 0 && rp_run_known_file(run, i) == NULL)
			return 1;
	return 0;
}

int
new_thing(struct cli *cli, char **argv)
{
	const char *name = *argv != NULL ? argv[1] : NULL;
	size_t n;

	if (name == NULL || strcmp(*argv, "filter") != 0 || argv[2] != NULL) {
		show_hint("new wants: new filter NAME [--c|--lua|--python]", NULL);
		return EXIT_USAGE;
	}
	n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
	if (name[n] != '\0' || n == 0 || n > LONGEST_NAME || *name < 'a') {
		show_hint("a filter's name begins with a letter, and has lower case letters, digits and hyphens; not", name);
		return EXIT_USAGE;
	}
	if (is_built_in(cli->run, name)) {
		show_hint("a built-in filter, format or reader has this name, and would be found first; not", name);
		return EXIT_USAGE;
	}
	return make_filter(name, &languages[cli->language != LANGUAGE_NONE ? cli->language : LANGUAGE_C]);
}
