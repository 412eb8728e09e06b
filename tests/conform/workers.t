#!/usr/bin/python3 -B
"""Several processes write what one would, and one that dies takes one document with it."""

import filecmp
import os
import sys

from lib.tap import ROOT, done, equal, ok, rolepress, run, says, scratch

DOCUMENTS = 40

# Dies at a document that says so: before the barrier, or behind it.
DEADLY = """
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <rolepress/plugin.h>

static int
run(struct rp_job *job, void *state)
{
	const char *how = rp_meta_string(rp_meta(job->doc), "die");

	(void)state;
	if (how == NULL || strcmp(how, WHEN) != 0)
		return 0;
	if (rp_meta_string(rp_meta(job->doc), "quietly") != NULL)
		_exit(7);
	abort();
}

static const char *const index_[] = { "index", NULL };

RP_FILTER(deadly) = {
	RP_HEAD("deadly-" WHEN),
	.summary = "die where the front matter says",
	.role = RP_TRANSFORM,
	.needs = WHEN[0] == 'e' ? NULL : index_,
	.run = run,
};
"""

folder = scratch()
texts = folder / "in"
texts.mkdir()
for n in range(DOCUMENTS):
    links = "".join(f"- [{k}](role-{k:02}.md)\n- [dead](none-{k}.md)\n" for k in (n * 7 % DOCUMENTS, (n + 1) % DOCUMENTS))
    (texts / f"role-{n:02}.md").write_text(
        f"---\ntitle: Role {n}\nkind_{'a' if n % 9 else 'b'}: x\nslug: role-{n if n != 5 else 4}\n---\n\n"
        f"# Role {n}\n\nText & *more* of it.\n\n## Links\n\n{links}\n<b>bold\n")


def convert(name, *options, source=texts):
    """All formats of a folder, and what was said."""
    out = folder / name
    said = ""
    for to in "epub", "docbook", "json", "man/", "json/":
        target = out / (to if to.endswith("/") else f"all.{to}")
        target.parent.mkdir(parents=True, exist_ok=True)
        result = rolepress(source, "-t", to.rstrip("/"), "-o", f"{target}{'/' if to.endswith('/') else ''}", *options)
        said += f"{result.returncode}\n{result.stderr}"
    return out, said


def same(a, b):
    """The files that are not the same in two folders."""
    names = sorted({str(p.relative_to(f)) for f in (a, b) for p in f.rglob("*") if p.is_file()})
    return names, filecmp.cmpfiles(a, b, names, shallow=False)[1:]


alone, said_alone = convert("alone", "-j1")
ok("dangling-link" in said_alone and "duplicate-id" in said_alone, "there is something to say", said_alone)
for options in ("-j2",), ("-j8",), ("-j1", "--memory=0"), ("-j3", "--memory=0"):
    name = " ".join(options)
    many, said = convert(name.replace(" ", ""), *options)
    names, different = same(alone, many)
    ok(len(names) > 2 * DOCUMENTS and different == ([], []), f"{name}: the same files", different)
    equal(said, said_alone, f"{name}: the same is said")

result = rolepress("-", texts, "-j4", "-t", "json=lines", "-q", input="# From standard input\n")
ok("From standard input" in result.stdout.splitlines()[0], "standard input is read with workers", says(result))

# ---- Death ----

for when in "early", "late":
    (folder / f"{when}.c").write_text(f'#define WHEN "{when}"\n{DEADLY}')
    built = run("cc", "-shared", "-fPIC", "-I", ROOT / "include", "-o", folder / f"{when}.so", folder / f"{when}.c")
    equal(built.returncode, 0, f"the plugin that dies {when} is built", says(built))
    for quietly in "", "quietly: yes\n":
        for victim in (3, 17, 30):
            path = texts / f"role-{victim:02}.md"
            whole = path.read_text()
            path.write_text(whole.replace("---\n", f"---\ndie: {when}\n{quietly}", 1))
        out = folder / f"{when}.jsonl"
        result = rolepress(texts, "-j2", "-f", folder / f"{when}.so", "-o", out)
        name = f"a process that {'exits' if quietly else 'crashes'} {when}"
        equal(result.returncode, 1, f"{name} fails the run", says(result))
        for victim in (3, 17, 30):
            path = texts / f"role-{victim:02}.md"
            ok(f"{path}: error: the process that worked on this ended by "
               f"{'exit status 7' if quietly else 'signal 6'}" in result.stderr, f"{name}: {victim} is named", says(result))
            path.write_text(path.read_text().replace(f"die: {when}\n{quietly}", ""))
        equal(len(out.read_text().splitlines()), DOCUMENTS - 3, f"{name}: all others are written", says(result))
        equal([p.name for p in folder.glob(".rolepress-*")], [], f"{name}: nothing half-written is left")
done()
