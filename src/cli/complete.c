/*
 * complete.c - rolepress completion bash|zsh|fish: the words that may stand somewhere,
 * from the tables of options and filters, and then the shell's own part, a file in
 * src/cli/completion/.
 *
 * Words are kept by a key:  commands; options; value/-t, what an option takes: t; then
 * t, the formats; t/json, its options; t/json/content, the values of one.
 */
#include <string.h>

#include "cli.h"

RP_EMBED(for_bash, "src/cli/completion/rolepress.bash");
RP_EMBED(for_zsh, "src/cli/completion/rolepress.zsh");
RP_EMBED(for_fish, "src/cli/completion/rolepress.fish");

static const char *const codes[] = {
#define RP_DIAG(id, code, severity, wording) code,
#include <rolepress/diag.def>
};

/* How a shell wants a key and its words. */
struct shell {
	const char	*begin, *before_key, *after_key, *end_key, *end;
};

static const struct shell arrays = { "typeset -gA _rolepress_words=(\n", "\t[", "]=\"", "\"\n", ")\n\n" };
static const struct shell cases = { "function __rolepress_words\n\tswitch $argv[1]\n", "\tcase '",
	"'\n\t\tprintf '%s\\n' ", "\n", "\tend\nend\n\n" };

/* The letter that completion knows the values of an option by; by enum takes. */
static const char *const kinds[] = { "", "t", "from", "file", "f", "x", "set", "warn", "number" };

static void
open_key(const struct shell *sh, const char *key)
{
	printf("%s%s%s", sh->before_key, key, sh->after_key);
}

static void
option_words(const struct shell *sh)
{
	const struct cli_option *o;
	char key[64];

	open_key(sh, "options");
	for (o = cli_options; o->name != NULL; o++)
		printf(o->c < 256 ? "--%s -%c " : "--%s ", o->name, o->c);
	fputs(sh->end_key, stdout);
	for (o = cli_options; o->name != NULL; o++) {
		if (o->takes == TAKES_NOTHING)
			continue;
		snprintf(key, sizeof(key), "value/--%s", o->name);
		open_key(sh, key);
		printf("%s%s", kinds[o->takes], sh->end_key);
		if (o->c > 255)
			continue;
		snprintf(key, sizeof(key), "value/-%c", o->c);
		open_key(sh, key);
		printf("%s%s", kinds[o->takes], sh->end_key);
	}
}

static void
fixed_words(const struct shell *sh)
{
	const struct cli_command *c;
	size_t i;

	open_key(sh, "commands");
	for (c = cli_commands; c->name != NULL; c++)
		printf("%s ", c->name);
	fputs(sh->end_key, stdout);
	open_key(sh, "set");
	printf("title= lang= description= author= publisher= rights= identifier= base-url=%s", sh->end_key);
	open_key(sh, "warn");
	fputs("error", stdout);
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		printf(" no-%s", codes[i]);
	fputs(sh->end_key, stdout);
}

/* The names of all filters of a role; with those of the default chain only, or all. */
static void
name_words(const struct shell *sh, struct rp_run *run, const char *key, enum rp_role role, int defaults)
{
	const struct rp_filter *f;
	size_t i;

	open_key(sh, key);
	if (role == RP_READER)
		fputs("markdown ", stdout);
	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		if (f->role == role && (!defaults || rp_run_default_place(f) > 0))
			printf("%s ", f->name);
	fputs(sh->end_key, stdout);
}

static void
value_words(const struct shell *sh, const char *prefix, const struct rp_option *o)
{
	char key[128];
	const char *p;

	if (o->type != RP_ENUM && o->type != RP_BOOL)
		return;
	snprintf(key, sizeof(key), "%s/%s", prefix, o->name);
	open_key(sh, key);
	for (p = o->type == RP_BOOL ? "yes|no" : o->range; *p != '\0'; p++)
		putchar(*p == '|' ? ' ' : *p);
	fputs(sh->end_key, stdout);
}

static void
filter_words(const struct shell *sh, const struct rp_filter *f)
{
	static const char *const roles[] = { "f", "t", "from", NULL };
	const struct rp_option *o;
	char key[64];

	if (roles[f->role] == NULL || f->options == NULL)
		return;
	snprintf(key, sizeof(key), "%s/%s", roles[f->role], f->name);
	open_key(sh, key);
	for (o = f->options; o->name != NULL; o++)
		printf("%s= ", o->name);
	fputs(sh->end_key, stdout);
	for (o = f->options; o->name != NULL; o++)
		value_words(sh, key, o);
}

static void
all_words(const struct shell *sh, struct rp_run *run)
{
	const struct rp_filter *f;
	size_t i;

	fputs(sh->begin, stdout);
	fixed_words(sh);
	option_words(sh);
	name_words(sh, run, "t", RP_WRITER, 0);
	name_words(sh, run, "f", RP_TRANSFORM, 0);
	name_words(sh, run, "x", RP_TRANSFORM, 1);
	name_words(sh, run, "from", RP_READER, 0);
	for (i = 0; (f = rp_run_known(run, i)) != NULL; i++)
		filter_words(sh, f);
	fputs(sh->end, stdout);
}

/* fish shows what an option is for; a text of ours has no backslash in it. */
static void
fish_text(const char *s)
{
	putchar('\'');
	for (; *s != '\0'; s++)
		printf(*s == '\'' ? "\\%c" : "%c", *s);
	putchar('\'');
}

static void
fish_options(void)
{
	const struct cli_command *c;
	const struct cli_option *o;

	for (c = cli_commands; c->name != NULL; c++) {
		printf("complete -c rolepress -n __fish_use_subcommand -a %s -d ", c->name);
		fish_text(c->help);
		putchar('\n');
	}
	for (o = cli_options; o->name != NULL; o++) {
		printf("complete -c rolepress -l %s", o->name);
		if (o->c < 256)
			printf(" -s %c", o->c);
		if (o->takes == TAKES_FILE)
			fputs(" -r", stdout);
		else if (o->takes != TAKES_NOTHING)
			printf(" -%c -a '(__rolepress_spec %s)'", o->takes == TAKES_FILTER ? 'r' : 'x', kinds[o->takes]);
		fputs(" -d ", stdout);
		fish_text(o->help != NULL ? o->help : "");
		putchar('\n');
	}
}

int
completion(struct cli *cli, char **argv)
{
	static const struct { const char *name, *first; const struct shell *words; const char *script; } shells[] = {
		{ "bash", "# rolepress(1) completion for bash.\n", &arrays, for_bash },
		{ "zsh", "#compdef rolepress\n# rolepress(1) completion for zsh.\n", &arrays, for_zsh },
		{ "fish", "# rolepress(1) completion for fish.\n", &cases, for_fish },
	};
	size_t i;

	for (i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (*argv == NULL || argv[1] != NULL || strcmp(*argv, shells[i].name) != 0)
			continue;
		printf("%s# Made by: rolepress completion %s\n\n", shells[i].first, shells[i].name);
		all_words(shells[i].words, cli->run);
		fputs(shells[i].script, stdout);
		if (shells[i].words == &cases)
			fish_options();
		return 0;
	}
	show_hint("completion wants bash, zsh or fish", NULL);
	return EXIT_USAGE;
}
