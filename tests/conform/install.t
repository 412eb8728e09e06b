#!/usr/bin/python3 -B
"""What is installed is enough: for the library's users, for plugins, and to be taken away again."""

import re

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
             "share/man/man3/librolepress.3", "share/man/man3/rolepress-plugin.3", "share/man/man7/rolepress-filters.7",
             "share/man/man7/rolepress-plugins.7", "share/rolepress/filters.schema.json",
             "share/bash-completion/completions/rolepress", "share/zsh/site-functions/_rolepress",
             "share/fish/vendor_completions.d/rolepress.fish",
             "share/rolepress/tree-schema.json", "share/man/man7/rolepress-programs.7"):
    ok(file in installed, f"{file} is installed")
for file in (ROOT / "samples").rglob("*"):
    if file.is_file() and "__pycache__" not in file.parts:
        there = prefix / "share/rolepress" / file.relative_to(ROOT)
        ok(there.exists() and there.stat().st_mode & 0o111 == (0o111 if file.stat().st_mode & 0o100 else 0),
           f"{file.relative_to(ROOT)} is installed, and can be run if it could")

compile(ROOT / "samples/embed/handbook.c", *flags("--cflags", "--libs"), "-o", place / "handbook")
ENV["LD_LIBRARY_PATH"] = str(prefix / "lib")
result = run(place / "handbook", document, place / "out.epub")
equal(result.returncode, 0, "a program on the library makes a book", says(result))
ok((place / "out.epub").exists(), "which is there")

embed = place / "embed"
linked = {"shared": flags("--cflags", "--libs"),
          "static": [f if f != "-lrolepress" else "-l:librolepress.a" for f in flags("--static", "--cflags", "--libs")]}
for how, words in linked.items():
    compile(ROOT / "samples/embed/embed.c", *words, "-o", embed)
    result = run(embed, document)
    ok(result.stdout.startswith('roles.json: ') and "1 documents, 0 warnings" in result.stdout,
       f"{how}: a program takes JSON in memory", says(result))
    equal(result.returncode, 0, "and all is well")
    result = run(embed, place / "nothing")
    ok("nothing, line 0: cannot read" in result.stdout, "it hears what is wrong", says(result))
    equal(result.returncode, 2, "and is told so")
ok("librolepress" not in run("ldd", embed).stdout, "which needs no librolepress.so where it is linked in")

compile("-shared", "-fPIC", ROOT / "samples/filters/wordcount.c", *flags("--cflags"), "-o",
        place / "wordcount.so")
result = run(prefix / "bin/rolepress", "check", document, "-f", f"{place}/wordcount.so=least=9")
ok("5 words; at least 9 are wanted [wordcount]" in result.stderr, "a plugin from outside runs", says(result))
result = run(prefix / "bin/rolepress", "check", document, "-f", f"{place}/wordcount.so=leest=9")
equal(result.returncode, 2, "an option that it does not have is wrong usage")
ok('did you mean "least"?' in result.stderr, "and what was meant is said", says(result))

# The manual's own program, linked as the manual says.
text = (ROOT / "content/manual/rolepress-embedding.md").read_text()
(place / "program.c").write_text(re.search(r"^```c\n(.*?)^```", text, flags=re.M | re.S)[1])
command = re.search(r"^    (cc .*?-o program)$", text, flags=re.M | re.S)[1]
command = command.replace("pkg-config", f"pkg-config --define-variable=prefix={prefix}")
result = run("sh", "-ec", command, cwd=place)
equal(result.returncode, 0, "the manual's program is linked with the library inside", says(result))
ok("librolepress" not in run("ldd", place / "program").stdout, "and needs no other file of ours")
(place / "roles").mkdir()
(place / "roles/role.md").write_text(document.read_text())
result = run(place / "program", cwd=place)
ok(result.returncode == 0 and (place / "handbook.epub").exists(), "it makes its book", says(result))

make("uninstall")
left = [path for path in prefix.rglob("*") if not path.is_dir()]
equal(left, [], "nothing is left after make uninstall")
done()
