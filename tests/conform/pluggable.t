#!/usr/bin/python3 -B
"""A format is one file: added to filters/ it is there, removed it is gone, nothing else touched."""

import pathlib
import shutil

from lib.tap import ROLEPRESS, ROOT, done, equal, ok, run, says, scratch

HELLO = """/* hello - greets a document by its title. */
#include <rolepress/emit.h>

static int
run(struct rp_job *job, void *state)
{
	(void)state;
	rp_puts(job->out, "Hello, ");
	rp_puts(job->out, rp_get(job->root, RP_A_TITLE));
	rp_puts(job->out, "\\n");
	return 0;
}

RP_FILTER(hello) = {
	RP_HEAD("hello"),
	.summary = "greet a document by its title",
	.role = RP_WRITER,
	.extension = ".hello",
	.run = run,
};
"""

tree = scratch() / "tree"
shutil.copytree(ROOT, tree, symlinks=True, ignore=lambda folder, names: {
    str(ROOT): [".git"], str(ROOT / "build"): ["npm", "handbook"]}.get(str(folder), []))
hello = tree / "filters/hello.c"
binary = tree / pathlib.Path(ROLEPRESS).relative_to(ROOT)      # of the mode that is being tested
document = "---\ntitle: World\n---\n\nText.\n"


def make():
    result = run("env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "-u", "MFLAGS", "make", "-C", tree)
    equal(result.returncode, 0, "make builds", says(result))


def greet():
    return run(binary, "-", "-t", "hello", "-q", input=document)


make()
equal(greet().returncode, 2, "an unknown format is wrong usage", says(greet()))
hello.write_text(HELLO)
make()
equal(greet().stdout, "Hello, World\n", "a file added is a format", says(greet()))
ok("hello" in run(binary, "list").stdout, "and it is listed")
hello.unlink()
make()
equal(greet().returncode, 2, "a file removed is none", says(greet()))
done()
