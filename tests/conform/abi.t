#!/usr/bin/python3 -B
"""What was built against an older version's headers loads for ever (tests/abi/README.md), and the headers compile
wherever a plugin's author may include them."""

import os
import re
import shutil
import subprocess

from lib.tap import ROOT, done, equal, ok, rolepress, run, says, scratch

place = scratch()
HEADERS = ("rolepress", "plugin", "emit", "text")
TODAY = ROOT / "include"


def compile(*words):
    result = run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", *words)
    return equal(result.returncode, 0, f"cc {os.path.relpath(words[0], ROOT)}", says(result))


def numbers(source, include):
    """What is compiled into plugins, a fact a line."""
    compile(source, f"-I{include}", "-o", place / "numbers")
    return run(place / "numbers").stdout.splitlines()


def prototypes(include):
    """Every function of the headers, in one spelling."""
    text = "".join((include / f"rolepress/{name}.h").read_text() for name in HEADERS)
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    found = re.findall(r"^RP_API\s+((?!const struct rp_filter rp_plugin)[^;{]+);", text, flags=re.M)
    return {re.sub(r"\s*([(),*])\s*", r"\1", re.sub(r"\s+", " ", one)).strip() for one in found}


# ---- Plugins of each interface

versions = sorted((ROOT / "tests/abi").glob("v*"))
ok(versions, "there is a frozen interface")
for frozen in versions:
    made = []
    for name in ("plugin", "writer"):
        made.append(place / f"{frozen.name}-{name}.so")
        compile(frozen / f"{name}.c", "-shared", "-fPIC", f"-I{frozen}", "-o", made[-1])
    plugin, writer = made
    for good, words in {
            "out.tree": ("-t", "tree=meta:positions=no", "-f", f"{plugin}=shout:style=fancy"),
            "out.frozen": ("-t", writer), "out.frozen.json": ("-t", f"{writer}=json", "-f", plugin)}.items():
        result = rolepress(frozen / "in.md", *words)
        equal(result.stdout, (frozen / good).read_text(), f"{frozen.name}: {good}", says(result))
        equal(result.returncode, 0, "and all is well", says(result))
        if "-f" in words:
            ok("short by 6 [frozen]" in result.stderr and "[image-no-alt]" in result.stderr, "and its diagnostics",
               says(result))
    result = rolepress(frozen / "in.md", "-t", writer, "-o", f"{place}/out/", "-q")
    ok((place / "out/deep/in.frozen").exists(), "a path of its own", says(result))
    missing = set(numbers(frozen / "numbers.c", frozen)) - set(numbers(frozen / "numbers.c", TODAY))
    equal(missing, set(), f"{frozen.name}: no number and no offset has changed")
    equal(prototypes(frozen) - prototypes(TODAY), set(), f"{frozen.name}: no function has changed")
ok(len(prototypes(TODAY)) > 150, "the functions are found")

# The judge itself: a kind put in where it does not belong, and a field.
bent = place / "bent"
shutil.copytree(TODAY, bent)
node = bent / "rolepress/node.def"
node.write_text(node.read_text().replace("RP_KIND(TITLE,", 'RP_KIND(NEW, "new", BLOCK, BLOCKS)\nRP_KIND(TITLE,', 1))
plugin = bent / "rolepress/plugin.h"
plugin.write_text(plugin.read_text().replace("struct rp_node\t*root;\t\t/* its", "int more; struct rp_node\t*root;\t\t/* its", 1))
source = versions[0] / "numbers.c"
changed = set(numbers(source, TODAY)) - set(numbers(source, bent))
ok(any(line.startswith("RP_TITLE ") for line in changed), "a kind in the middle of the list is noticed")
ok(any(line.startswith("rp_job.root ") for line in changed), "a field in the middle of a structure too", str(changed))

# ---- What the library shows

listed = (ROOT / "tests/abi/symbols").read_text().split()
shown = run("nm", "-D", "--defined-only", os.environ.get("BUILD", ROOT / "build/release") + "/librolepress.so").stdout
shown = [line.split()[-1].replace("@@", "@") for line in shown.splitlines() if line.split()[-2] != "A"]
equal(sorted(set(listed) - set(shown)), [], "every symbol of tests/abi/symbols is in librolepress.so")
equal(sorted(set(shown) - set(listed)), [], "and no other: make abi lists new ones")
ok(all(name.startswith("rp_") and name.endswith("@ROLEPRESS_0") for name in shown), "each with its version")
names = {re.search(r"(\w+)\(", one)[1] for one in prototypes(TODAY)}
equal(sorted(names ^ {name.split("@")[0] for name in shown}), [], "the headers declare these and no others")

# ---- Headers

compilers = [("cc", "-std=c11"), ("cc", "-std=c17"), ("c++", "-x", "c++", "-std=c++11")]
if shutil.which("clang"):
    compilers += [("clang", "-std=c11"), ("clang", "-std=c17"), ("clang", "-x", "c++", "-std=c++11")]
for compiler in compilers:
    for name in HEADERS:
        source = place / f"{name}.c"
        source.write_text(f"#include <rolepress/{name}.h>\n#include <rolepress/{name}.h>\nextern int one;\n")
        result = run(*compiler, "-pedantic-errors", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", f"-I{TODAY}", source)
        equal(result.returncode, 0, f"{' '.join(compiler)}: {name}.h alone", says(result))
done()
