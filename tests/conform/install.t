#!/usr/bin/python3 -B
"""What is installed is enough: for the library's users, for plugins, and to be taken away again."""

from lib.tap import ENV, ROOT, done, equal, ok, run, says, scratch

place = scratch()
prefix = place / "usr"
document = place / "role.md"
document.write_text("---\ntitle: A role\nlang: en\n---\n\nSome words here.\n")

def make(*targets):
    result = run("env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "-u", "MFLAGS", "-u", "MODE",
                 "make", "-C", ROOT, f"DESTDIR={place}", "PREFIX=/usr", *targets)
    equal(result.returncode, 0, f"make {' '.join(targets)}", says(result))

def compile(*arguments):
    result = run("cc", "-std=c11", "-Wall", "-Werror", *arguments)
    equal(result.returncode, 0, f"cc {arguments[-1]}", says(result))

def flags(*what):
    ENV["PKG_CONFIG_PATH"] = str(prefix / "lib/pkgconfig")
    return run("pkg-config", f"--define-variable=prefix={prefix}", *what, "rolepress").stdout.split()

make("install")
installed = {str(path.relative_to(prefix)) for path in prefix.rglob("*") if not path.is_dir()}
for file in ("bin/rolepress", "lib/librolepress.so", "lib/librolepress.a", "include/rolepress/plugin.h",
             "lib/pkgconfig/rolepress.pc", "share/man/man1/rolepress.1", "share/rolepress/schema.json",
             "share/rolepress/tree-schema.json", "share/man/man1/rolepress-programs.1"):
    ok(file in installed, f"{file} is installed")

compile(ROOT / "samples/embed/handbook.c", *flags("--cflags", "--libs"), "-o", place / "handbook")
ENV["LD_LIBRARY_PATH"] = str(prefix / "lib")
result = run(place / "handbook", document, place / "out.epub")
equal(result.returncode, 0, "a program on the library makes a book", says(result))
ok((place / "out.epub").exists(), "which is there")

compile("-shared", "-fPIC", ROOT / "samples/filters/wordcount.c", *flags("--cflags"), "-o",
        place / "wordcount.so")
result = run(prefix / "bin/rolepress", "check", document, "-f", f"{place}/wordcount.so=least=9")
ok("5 words; at least 9 are wanted [wordcount]" in result.stderr, "a plugin from outside runs", says(result))
result = run(prefix / "bin/rolepress", "check", document, "-f", f"{place}/wordcount.so=leest=9")
equal(result.returncode, 2, "an option that it does not have is wrong usage")
ok('did you mean "least"?' in result.stderr, "and what was meant is said", says(result))

header = place / "all.c"
header.write_text("".join(f"#include <rolepress/{name}.h>\n" for name in ("rolepress", "plugin", "emit", "text")))
for compiler in (("cc", "-std=c11"), ("cc", "-std=c17"), ("c++", "-x", "c++", "-std=c++11")):
    result = run(*compiler, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", *flags("--cflags"), header)
    equal(result.returncode, 0, f"the headers compile: {' '.join(compiler)}", says(result))

make("uninstall")
left = [path for path in prefix.rglob("*") if not path.is_dir()]
equal(left, [], "nothing is left after make uninstall")
done()
