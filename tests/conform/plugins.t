#!/usr/bin/python3 -B
"""Filters from outside: built with pkg-config alone, found, and refused with the reason and their file."""

import shutil

from lib.installed import BINARY, FILTERS, PREFIX, compile, flags, make
from lib.tap import ENV, ROOT, done, equal, ok, run, says, scratch

GOOD = ROOT / "tests/conform/samples"
place = scratch()
samples = place / "filters"
document = place / "role.md"
document.write_text("---\ntitle: A role\nlang: en\n---\n\nSome words here.\n")
for sample in (ROOT / "samples/filters").glob("*.c"):
    ok(len(sample.read_text().splitlines()) < 100, f"{sample.name} has under 100 lines")
shutil.copytree(ROOT / "samples/filters", samples, ignore=shutil.ignore_patterns("*.so"))
make(samples)


def rolepress(*words, folder=samples):
    return run(BINARY, *words, cwd=folder)


# ---- What the samples make of a document

shutil.copy(GOOD / "in.md", samples)
for name, words in {
        "gemini.gmi": ("-t", "./gemini.so"),
        "redact.tree": ("-t", "tree=meta:positions=no", "-f", "./redact.so=texts=Jane.Doe"),
        "reading-time.tree": ("-t", "tree=positions=no", "-f", "./reading-time.so=words=10:unit=minutes"),
}.items():
    result = rolepress("in.md", "-q", *words)
    equal(result.stdout, (GOOD / name).read_text(), f"{name} is made", says(result))
    equal(result.returncode, 0, "and all is well")
result = rolepress("in.md", "-q", "-t", "json", "-f", "./redact.so=texts=Jane.Doe", "-t", "json")
ok("jane" not in result.stdout.lower(), "no format tells what was redacted", result.stdout)
result = rolepress("in.md", "-q", "-t", "tree", "-f", "./redact.so=texts=x*")
equal((result.returncode, result.stdout), (1, ""), "a redactor that would hide nothing fails the document")
japanese = ROOT / "tests/conform/data/japanese.ja.md"
minutes = rolepress(japanese, "-q", "-t", "tree=positions=no", "-f", "./reading-time.so=characters=1").stdout
ok('"Reading time: 1 min"' not in minutes and "Reading time:" in minutes, "characters count where there are no words")

# ---- Where they are found

ok("words [wordcount]" in rolepress("check", document, "-f", "wordcount.so").stderr, "a bare file name is a file")
ok("no filter is named" in rolepress("check", document, "-f", "wordcount").stderr, "a name alone is looked for elsewhere")
ENV["ROLEPRESS_FILTER_PATH"] = f"/nowhere:{samples}"
ok("words [wordcount]" in rolepress("check", document, "-f", "wordcount", folder=place).stderr,
   "by name, from ROLEPRESS_FILTER_PATH")
ok(rolepress(document, "-t", "gemini").stdout.startswith("# A role\n"), "a writer too")
ok("gemini" in rolepress("list").stdout, "and they are listed")
del ENV["ROLEPRESS_FILTER_PATH"]
make(samples, "install")
ok((FILTERS / "gemini.so").exists(), "make install puts a plugin into rolepress's folder")
ok(rolepress(document, "-t", "gemini", folder=place).stdout.startswith("# A role\n"), "where it is found by its name")
rolepress(document, "-o", "out.gmi", folder=place)
ok((place / "out.gmi").exists(), "and by its extension")
moved = PREFIX.with_name("moved")
PREFIX.rename(moved)
ok(run(moved / "bin/rolepress", document, "-t", "gemini").stdout.startswith("# A role\n"),
   "also when the whole tree is moved")
moved.rename(PREFIX)

# ---- What cannot be used

PLUGIN = """#include <rolepress/emit.h>
struct state { long number; };
static int run(struct rp_job *job, void *state) { (void)job; (void)state; %(body)s }
static const struct rp_option options[] = {
	{ "number", RP_INT, %(offset)s, %(default)s, "1..9", "a number" }, { 0 }
};
RP_FILTER(broken) = {
	%(head)s, .summary = "not well", .role = %(role)s, .state_size = sizeof(struct state),
	.options = options, .run = %(run)s %(more)s
};
"""
WELL = {"body": "return 0;", "offset": "0", "default": '"1"', "head": 'RP_HEAD("broken")', "role": "RP_TRANSFORM",
        "run": "run", "more": ""}


def build(name, text=None, **parts):
    """Makes NAME.so of the plugin with some parts of it changed."""
    source = place / f"{name}.c"
    source.write_text(text if text is not None else PLUGIN % {**WELL, **parts})
    compile("-Wno-override-init", "-Wno-unused-function", "-shared", "-fPIC", *flags("--cflags"), source, "-o", place / f"{name}.so")
    return f"./{name}.so"


def refused(what, spec, *says_so, status=2, option="-f", names=None):
    """A run with it fails with these words and the file's name, and writes nothing."""
    out = place / "out"
    shutil.rmtree(out, ignore_errors=True)
    words = (option, spec) if option == "-t" else (option, spec, "-t", "tree")
    result = rolepress(document, *words, "-o", f"{out}/", folder=place)
    equal(result.returncode, status, f"{what}: exit status {status}", says(result))
    for text in (*says_so, names or spec.split("=")[0]):
        ok(text in result.stderr, f"{what}: it says {text!r}", says(result))
    ok(not out.exists() or not any(out.iterdir()), f"{what}: nothing is written")


equal(rolepress(document, "-t", "tree", "-f", build("well"), folder=place).returncode, 0, "the plugin itself is well")
refused("newer interface", build("newer", head='.abi = 99, .size = sizeof(struct rp_filter), .name = "broken"'),
        "made for plugin interface 99", "loads 1 to")
refused("older interface", build("older", head='.abi = 0, .size = sizeof(struct rp_filter), .name = "broken"'),
        "made for plugin interface 0")
refused("no symbol", build("none", text="int nothing(void); int nothing(void) { return 0; }\n"), "defines no rp_plugin")
refused("unresolved symbol", build("unresolved", body="extern int rp_does_not_exist(void); return rp_does_not_exist();"),
        "undefined symbol: rp_does_not_exist")
refused("no such file", "./missing.so", "No such file")
refused("short descriptor", build("short", head='.abi = RP_ABI, .size = 16, .name = "broken"'), "too small")
refused("bad name", build("name", head='RP_HEAD("Bro ken")'), 'not "Bro ken"')
refused("nothing to run", build("idle", run="NULL"), "it has no run()")
refused("option outside of the state", build("outside", offset="4096"), "option number lies outside of its state")
refused("wrong default", build("default", **{"default": '"many"'}), "option number wants a whole number 1..9")
refused("unknown option", "./well.so=numbr=2", 'no option "numbr"', 'did you mean "number"?')
refused("bad value", "./well.so=number=ten", "option number wants a whole number 1..9, not \"ten\"")
refused("transform as format", "./well.so", "is a filter, not a format", option="-t")
refused("format as filter", "filters/gemini.so", "is a format, not a filter")
refused("failing silently", build("fails", body="return -1;"), "filter broken (./fails.so) failed", status=1)
refused("failing with a reason", build("says", body='rp_say(job, RP_ERROR, NULL, "no luck"); return -1;'),
        "no luck [broken]", "filter broken (./says.so) failed", status=1)
refused("failing writer", build("writer", role="RP_WRITER", body='rp_puts(job->out, "half"); return -1;'),
        "filter broken (./writer.so) failed", status=1, option="-t")
(place / "folder").mkdir()
(place / "newer.so").rename(place / "folder/newer.so")
ENV["ROLEPRESS_FILTER_PATH"] = str(place / "folder")
refused("found by name, but not to be used", "newer", "made for plugin interface 99", names="folder/newer.so")
ok(rolepress("list").returncode == 0, "which keeps nobody from listing the others")

# ---- A writer that knows fewer kinds than the host

FEW = """#include <rolepress/emit.h>
static enum rp_next in(struct rp_job *job, struct rp_node *n, void *state)
{ (void)state; rp_puts(job->out, rp_text(n)); return RP_CHILDREN; }
enum { KNOWN = RP_TEXT + 1 };
static const struct rp_rule rules[KNOWN] = { [RP_TITLE] = { in, NULL }, [RP_PARAGRAPH] = { in, NULL }, [RP_TEXT] = { in, NULL } };
RP_FILTER(few) = { RP_HEAD("few"), .summary = "few kinds", .role = RP_WRITER, .rules = rules, .kinds = KNOWN };
"""
build("few", text=FEW.replace('.kinds = KNOWN', '.extension = ".few"').replace(
    'RP_HEAD("few")', '.abi = RP_ABI, .size = sizeof(struct rp_filter), .kinds = KNOWN, .name = "few"'))
(place / "code.md").write_text("Text, `code` and *more*.\n")
result = rolepress("code.md", "-t", "./few.so", folder=place)
equal(result.stdout.strip(), "codeText,  and more.", "kinds that it does not know are passed through", says(result))
ok("code is not rendered by few" in result.stderr, "and told", says(result))
done()
