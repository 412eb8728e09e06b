#!/usr/bin/python3 -B
"""Filters made for pandoc run as they are, and do what they do under pandoc; one that stays costs less."""

import os
import pathlib
import time

from lib.tap import DATA, ENV, ROLEPRESS, ROOT, done, equal, note, ok, rolepress, run, samples, says, scratch

# Debian's python, for which Debian's modules are.
ENV["PATH"] = "/usr/bin:/bin:" + os.environ["PATH"]
EXAMPLES = pathlib.Path("/usr/share/doc/python3-pandocfilters/examples")
TREE = "tree=meta:positions=no"
folder = scratch()


def program(name, text):
    file = folder / name
    file.write_text("#!/usr/bin/python3\n" + text)
    file.chmod(0o755)
    return file


def under_pandoc(document, file):
    """The tree when pandoc has run the filter: out as its JSON, and back."""
    plain = rolepress(document, "-q", "-t", "pandoc").stdout
    result = run("pandoc", "-f", "json", "--filter", file, "-t", "json", input=plain)
    return rolepress("-", "-q", "-t", TREE, input=result.stdout).stdout, result


# ---- Every example of Debian's package that needs no other program ----

names = [name for name in ("caps", "comments", "deemph", "deflists", "metavars", "myemph", "theorem", "latexdivs")
         if (EXAMPLES / f"{name}.py").exists()]
ok(names, "there are examples")
documents = [*samples(), ROOT / "content/handbook/en/ciso.md", ROOT / "content/handbook/ja/ciso.md"]
changed = set()
for name in names:
    file = EXAMPLES / f"{name}.py"
    for document in documents if name in ("caps", "deemph") else [DATA / "role.md", DATA / "html.md"]:
        ours = rolepress(document, "-q", "-t", TREE, "-f", f"{file}=pandoc:format=json")
        theirs, result = under_pandoc(document, file)
        same = ours.stdout != "" and ours.stdout == theirs
        ok(same, f"{name}.py on {document.name} does what it does under pandoc", says(ours)[-500:] + says(result)[-500:])
        if ours.stdout != rolepress(document, "-q", "-t", TREE).stdout:
            changed.add(name)
ok({"caps", "deemph"} <= changed, "and they do something", str(changed))

# comments.py hides what stands between two comments; theorem.py and myemph.py write LaTeX.
(folder / "hidden.md").write_text("# A\n\nshown\n\n<!-- BEGIN COMMENT -->\n\nhidden\n\n<!-- END COMMENT -->\n\nand *shown*\n\n"
                                  '<div class="theorem"><p>Two is two</p></div>\n')
if (EXAMPLES / "comments.py").exists():
    result = rolepress(folder / "hidden.md", "-q", "-f", f"{EXAMPLES}/comments.py=pandoc", "-t", "html=fragment")
    ok("shown" in result.stdout and "hidden" not in result.stdout, "comments.py hides what it hides under pandoc", says(result))
for name, wanted in ("myemph", "\\myemph{shown}"), ("theorem", "\\begin{theorem}"):
    if (EXAMPLES / f"{name}.py").exists():
        result = rolepress(folder / "hidden.md", "-q", "-t", "pandoc", "-f", f"{EXAMPLES}/{name}.py=pandoc:format=latex")
        latex = run("pandoc", "-f", "json", "-t", "latex", input=result.stdout).stdout
        ok(wanted in latex, f"what {name}.py writes in LaTeX is LaTeX at the end", latex)

# ---- What they are told ----

tell = program("tell", """
import json, os, sys
document = json.load(sys.stdin)
print(sys.argv[1:], os.environ["PANDOC_VERSION"], len(json.loads(os.environ["PANDOC_READER_OPTIONS"])),
      document["pandoc-api-version"][:2], file=sys.stderr)
json.dump(document, sys.stdout)
""")
for options, output, said in [
    ("pandoc", ["-t", "html"], "['html'] 2.17.1.1 9 [1, 22]"),
    ("pandoc", ["-t", "man"], "['man'] 2.17.1.1 9 [1, 22]"),
    ("pandoc", ["-t", "tree"], "['native'] 2.17.1.1 9 [1, 22]"),
    ("pandoc", ["-t", "docbook", "-o", folder / "out.xml"], "['docbook'] 2.17.1.1 9 [1, 22]"),
    ("pandoc", ["-o", folder / "out.epub"], "['epub'] 2.17.1.1 9 [1, 22]"),
    ("pandoc:format=latex:args=a b", ["-t", "html"], "['latex', 'a', 'b'] 2.17.1.1 9 [1, 22]"),
    ("pandoc:api=1.23", ["-t", "html"], "['html'] 3.1.3 9 [1, 23]"),
]:
    result = rolepress(DATA / "role.md", "-f", f"{tell}={options}", *output)
    ok(f"note: {said} [tell]" in result.stderr, f"a filter is told: {said}", says(result)[-500:])
result = rolepress("check", DATA / "role.md", "-f", f"{tell}=pandoc")
ok("['json']" in result.stderr, "and without an output, json", says(result)[-500:])

# ---- What goes wrong ----

for text, why in [("print('{\"blocks\": 7}')", "error: "), ("", "wrote nothing"), ("raise SystemExit(3)", "exit status 3"),
                  ("print('{\"pandoc-api-version\":[1,22],\"meta\":{},\"blocks\":[{\"t\":\"Prra\",\"c\":[]}]}')", "Prra")]:
    broken = program("broken", f"import sys\nsys.stdin.read()\n{text}\n")
    result = rolepress(DATA / "role.md", "-t", "tree", "-f", f"{broken}=pandoc")
    ok(result.returncode == 1 and result.stdout == "" and why in result.stderr, f"{why}: the document fails", says(result))
    result = rolepress(DATA / "role.md", "-t", "tree", "-f", f"{broken}=pandoc:on-error=keep")
    ok(result.returncode == 0 and "error: " not in result.stderr and
       result.stdout == rolepress(DATA / "role.md", "-t", "tree").stdout, f"{why}: or stays as it was", says(result))

# ---- One that stays ----

SHOUT = """
import json, sys
from pandocfilters import Str, applyJSONFilters, toJSONFilter

def shout(key, value, format, meta):
    if key == "Str":
        return Str(value.upper())

if len(sys.argv) > 2:
    for line in sys.stdin:
        print(applyJSONFilters([shout], line, sys.argv[1]), flush=True)
else:
    toJSONFilter(shout)
"""
shout = program("shout", SHOUT)
many = folder / "many"
many.mkdir()
text = (DATA / "role.md").read_text()
for number in range(200):
    (many / f"{number:03}.md").write_text(text.replace("slug: ", f"slug: d{number}"))
once = rolepress(many / "000.md", "-q", "-t", TREE, "-f", f"{shout}=pandoc").stdout
kept = rolepress(many / "000.md", "-q", "-t", TREE, "-f", f"{shout}=pandoc:keep=yes:args=stay").stdout
equal(kept, once, "a pandoc filter that stays does the same")
ok(once != rolepress(many / "000.md", "-q", "-t", TREE).stdout, "which is something")


def seconds(*command):
    start = time.monotonic()
    result = run(*command)
    ok(result.returncode == 0, f"{command[0]} runs", says(result)[-300:])
    return time.monotonic() - start


def of_rolepress(*options):
    return seconds(ROLEPRESS, many, "-q", "-o", folder / "out/", "-t", "pandoc", *options)


plain = min(of_rolepress() for _ in range(2))
stays = min(of_rolepress("-f", f"{shout}=pandoc:keep=yes:args=stay") for _ in range(2)) - plain
pandoc = sum(seconds("pandoc", "-f", "gfm", many / f"{n:03}.md", "--filter", shout, "-t", "json", "-o", folder / "x")
             for n in range(10)) * 20
note(f"200 documents: a filter that stays adds {stays:.2f} s to {plain:.2f} s; pandoc takes {pandoc:.2f} s")
ok(pandoc > 10 * stays, "a filter that stays is at least ten times cheaper than under pandoc")
done()
