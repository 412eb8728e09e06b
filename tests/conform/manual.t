#!/usr/bin/python3 -B
"""The library's manual pages, made of its headers: nothing is missing, and man's programs read them."""

import re
import subprocess

from lib.tap import ROOT, done, equal, ok, rolepress, run, says, scratch

place = scratch()
pages = {}
for header in sorted((ROOT / "include/rolepress").glob("*.h")):
    made = run("awk", "-f", ROOT / "content/manual/api.awk", header)
    equal((made.returncode, made.stderr), (0, ""), f"{header.name} is taken apart", says(made))
    source = place / f"{header.stem}.md"
    source.write_text(made.stdout)
    result = rolepress(source, "-t", "man=section=3", "-W", "error")
    equal(result.returncode, 0, f"{header.name}: rolepress reads it without a warning", says(result))
    page = place / f"{header.stem}.3"
    page.write_text(result.stdout)
    lint = run("mandoc", "-T", "lint", "-W", "warning", page)
    equal(lint.stdout + lint.stderr, "", f"{header.name}: mandoc finds nothing wrong")
    name = "librolepress" if header.stem == "rolepress" else f"rolepress-{header.stem}"
    ok(run("lexgrog", page).stdout.startswith(f'{page}: "{name} - '), f"{header.name}: lexgrog finds its name")
    shown = re.sub(".\b", "", run("mandoc", "-T", "utf8", page).stdout)
    pages[header] = shown
    ok("*/" not in re.sub(r"/\*.*?\*/", "", shown, flags=re.S), f"{header.name}: no comment is cut open")

for header, shown in pages.items():
    text = re.sub(r"/\*.*?\*/", " ", header.read_text(), flags=re.S)
    functions = re.findall(r"^RP_API[^;]*?\b(rp_\w+)\(", text, flags=re.M)
    for function in functions:
        ok(re.search(rf"\b{function}\(", shown), f"{header.name}: {function}")
    for structure in re.findall(r"^(?:struct|enum) (rp_\w+) \{", text, flags=re.M):
        ok(f"{structure} {{" in shown, f"{header.name}: {structure}")
    for section in re.findall(r"/\* ---- (.*?) ----", header.read_text()):
        ok(re.search(rf"^{re.escape(section[:40])}", shown, flags=re.M), f"{header.name}: section {section}")
    words = re.findall(r"[A-Za-z]{4,}", " ".join(re.findall(r"^(?:/\*| \*).*", header.read_text(), flags=re.M)))
    missing = {word for word in words if word not in shown.replace("-\n", "")} - {"Wpedantic"}
    ok(len(missing) < 6, f"{header.name}: every word of its comments", sorted(missing))

ok("RP_FILTER(id)" in pages[ROOT / "include/rolepress/plugin.h"], "the page of plugin.h shows RP_FILTER")

# ---- The pages that are written by hand: clean, and their plugins work

result = rolepress(ROOT / "content/manual", "-t", "man", "-o", f"{place}/all/", "-W", "error", "-W", "no-lang-unknown")
equal(result.returncode, 0, "the pages together: no link leads nowhere", says(result))
for source in sorted((ROOT / "content/manual").glob("*.md")):
    page = place / f"{source.stem}.7"
    result = rolepress(source, "-t", "man", "-W", "error", "-W", "no-lang-unknown", "-W", "no-dangling-relation",
                       "-W", "no-dangling-link")
    equal(result.returncode, 0, f"{source.name} is read without a warning", says(result))
    page.write_text(result.stdout)
    lint = run("mandoc", "-T", "lint", "-W", "warning", page)
    equal(lint.stdout + lint.stderr, "", f"{source.name}: mandoc finds nothing wrong")
text = (ROOT / "content/manual/rolepress-plugins.md").read_text()
plugins = [code for code in re.findall(r"^```c\n(.*?)^```", text, flags=re.M | re.S) if "RP_FILTER" in code]
(place / "in.md").write_text("# T\n\nSome *emphasis*.\n")
for code, option, expected in zip(plugins, (("-t", "tree", "-f"), ("-t",)), ("strong", "T\nSome emphasis.\n"), strict=True):
    (place / "p.c").write_text(code)
    built = run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", f"-I{ROOT}/include", place / "p.c",
                "-o", place / "p.so")
    equal(built.returncode, 0, "a plugin of the manual compiles", says(built))
    result = rolepress("in.md", "-q", *option, "./p.so", cwd=place)
    ok(expected in result.stdout, "and works", says(result))
    (place / "p.so").unlink()
done()
