#!/usr/bin/python3 -B
"""rolepress new filter: what it begins works and passes its own test, in each language that can be loaded."""

import json
import os
import re
import shutil

from lib.installed import BINARY, FILTERS, make
from lib.tap import ENV, done, equal, ok, run, says, scratch

place = scratch()
ENV["ROLEPRESS"] = str(BINARY)
loaded = {".so"}
for one in json.loads(run(BINARY, "list", "--json").stdout)["filters"]:
    if one["role"] == "loader":
        loaded.update(one["extensions"] or [".py"])
        loaded.update([".py"] if "*" in one["extensions"] else [])


def new(*words):
    return run(BINARY, "new", *words, cwd=place)


for language, suffix, extension in (("", "c", ".so"), ("--c", "c", ".so"), ("--lua", "lua", ".lua"), ("--python", "py", ".py")):
    name = "my-" + (language.strip("-") or "filter")
    result = new("filter", name, *([language] if language else []))
    equal(result.returncode, 0, f"new filter {name} {language}", says(result))
    folder = place / name
    equal({file.name for file in folder.iterdir()}, {f"{name}.{suffix}", "Makefile", "in.md", "expected.tree", "test.sh"},
          f"{name}: its files")
    ok(not any(re.search("@[A-Z]+@", file.read_text()) for file in folder.iterdir()), f"{name}: every name is filled in")
    ok(os.access(folder / "test.sh", os.X_OK), f"{name}: its test can be run")
    if extension not in loaded:
        print(f"# {extension} cannot be loaded here")
        continue
    ok(make(folder, "check").stdout.count("ok\n"), f"{name}: its test passes at once")
    expected = folder / "expected.tree"
    expected.write_text(expected.read_text().replace("abroad", "at-home"))
    result = run("env", "-u", "MAKEFLAGS", "make", "-C", folder, "check")
    ok(result.returncode != 0 and "at-home" in result.stdout, f"{name}: and can fail", says(result))

result = new("filter", "my-filter")
equal(result.returncode, 1, "what is there is not overwritten", says(result))
ok("my-filter: it is there already" in result.stderr, "and that is said")
make(place / "my-filter", "install")
ok((FILTERS / "my-filter.so").exists(), "its make install puts it where rolepress looks")
for words in ((), ("filter",), ("filter", "My"), ("filter", "../x"), ("filter", "1x"), ("filter", "-x"), ("filter", "x" * 65),
              ("format", "x"), ("filter", "x", "y"), ("filter", "links"), ("filter", "epub"),
              ("filter", "x", "--c", "--lua"), ("filter", "x", "--lua", "--python")):
    equal(new(*words).returncode, 2, f"new {' '.join(words)[:20]} is wrong usage")
equal(sorted(path.name for path in place.iterdir()), ["my-c", "my-filter", "my-lua", "my-python"], "and makes nothing")
done()
