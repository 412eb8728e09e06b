#!/usr/bin/python3 -B
"""pandoc reads what -t pandoc writes, and a document comes back from it as it was."""

import copy
import json
import zipfile

from lib.tap import DATA, ROOT, done, equal, ok, rolepress, run, samples, says, scratch

BOOK = ROOT / "content/handbook"
RICH = ROOT / "tests/golden/pandoc/everything"
work = scratch()


def tree(*arguments, **options):
    """A document's tree with all there is to it; what went wrong instead, if something did."""
    result = rolepress(*arguments, "-q", "-t", "tree=meta", **options)
    return result.stdout if result.returncode == 0 else says(result)


def difference(one, other):
    """The first lines that two trees differ in."""
    lines = [(a, b) for a, b in zip(one.splitlines(), other.splitlines()) if a != b]
    return f"{lines[:2]}; {len(one.splitlines())} and {len(other.splitlines())} lines"


def pandoc(text, *arguments, **options):
    return run("pandoc", "-f", "json", *arguments, input=text, **options)


# tree -> pandoc's JSON -> tree, by itself, through the newer API, and through pandoc.
documents = [(DATA, path.name) for path in samples()] + [(RICH, "in.md")]
documents += [(BOOK, str(path.relative_to(BOOK))) for path in sorted(BOOK.glob("*/*.md"))]
ok(len(documents) > 20, "there are documents to try")
for folder, name in documents:
    before = tree(name, cwd=folder)
    text = rolepress(name, "-q", "-t", "pandoc", cwd=folder).stdout
    after = tree("-", cwd=folder, input=text)
    ok(before == after, f"{name} comes back", difference(before, after))
    newer = rolepress(name, "-q", "-t", "pandoc=api=1.23", cwd=folder).stdout
    after = tree("-", cwd=folder, input=newer)
    ok(before == after, f"{name} comes back by API 1.23", difference(before, after))
    through = pandoc(text, "-t", "json")
    ok(through.returncode == 0 and not through.stderr, f"pandoc takes {name}", says(through))
    after = tree("-", "--from", "pandoc", cwd=folder, input=through.stdout)
    ok(before == after, f"{name} comes back from pandoc", difference(before, after))

# The comparison sees what is lost: without what is for the way back, it is another tree.
before = tree("role.md", cwd=DATA)
document = json.loads(rolepress("role.md", "-q", "-t", "pandoc", cwd=DATA).stdout)
for what, change in [("the side", lambda d: d["meta"].pop("rolepress")),
                     ("a block", lambda d: d["blocks"].pop(2)),
                     ("a value of front matter", lambda d: d["meta"].pop("version"))]:
    less = copy.deepcopy(document)
    change(less)
    ok(tree("-", cwd=DATA, input=json.dumps(less)) != before, f"without {what}, it is another tree")

# A file beside the source, found by its extension and what is in it.
(work / "role.md").write_text((DATA / "role.md").read_text())
rolepress("role.md", "-q", "-o", "role.pandoc.json", cwd=work)
equal(tree("role.pandoc.json", cwd=work), tree("role.md", cwd=work), "a .pandoc.json is written, and read")

# A folder is one document for pandoc, in all its formats, and it has nothing to say against it.
together = rolepress(BOOK, "-q", "-t", "pandoc").stdout
for target in "native", "html", "latex", "docx":
    result = pandoc(together, "-s", "-t", target, "-o", work / f"book.{target}")
    ok(result.returncode == 0 and not result.stderr, f"pandoc makes {target} of a folder", says(result))
names = zipfile.ZipFile(work / "book.docx").namelist()
ok(any(name.startswith("word/media/") for name in names), "the .docx holds the images", names)
text = (work / "book.html").read_text()
ok('id="ciso--' in text and 'href="#ciso' in text, "documents have ids of their own, and links to one another")
rolepress(BOOK / "en", "-q", "-t", "pandoc", "-o", f"{work}/each/")
each = sorted((work / "each").glob("*.json"))
equal(len(each), len(list((BOOK / "en").glob("*.md"))), "a folder as output has a file of each")
for path in each[:3]:
    result = pandoc(path.read_text(), "-s", "-t", "docx", "-o", work / "one.docx")
    ok(result.returncode == 0 and not result.stderr, f"pandoc makes a .docx of {path.name}", says(result))

# What pandoc reads, rolepress writes: a .docx and back, and the manual's own formats.
back = run("pandoc", work / "one.docx", "-t", "json").stdout
for target in "man", "html", "docbook", "json":
    result = rolepress("-", "-q", "-t", target, input=back)
    ok(result.returncode == 0 and len(result.stdout) > 1000, f"{target} of a .docx", says(result)[:500])
markdown = run("pandoc", DATA / "role.md", "-f", "gfm", "-t", "json").stdout
ok("section" in tree("-", input=markdown), "pandoc's own Markdown has sections")

# Raw text of another format is that again; a comment is one of HTML, if HTML can hold it.
tex = run("pandoc", "-t", "json", input="x `\\foo`{=latex}\n\n```{=latex}\n\\bar\n```\n").stdout
through = pandoc(rolepress("-", "-q", "-t", "pandoc", input=tex).stdout, "-t", "latex").stdout
equal(through, "x \\foo\n\n\\bar\n", "raw LaTeX goes through")
for text in "<!-- a -->", "<!---->", "<!-- a -- b -->", "<!-- a --->", "<!-- <b> -->\n\n<!-- - -->", "`a`{.raw .latex} `b`{.raw .html}":
    for more in (), ("-x", "html"):
        before = tree("-", *more, input=f"# A\n\n{text}\n")
        after = tree("-", *more, input=rolepress("-", "-q", "-t", "pandoc", *more, input=f"# A\n\n{text}\n").stdout)
        ok(before == after, f"{text} comes back {' '.join(more)}", difference(before, after))

# A clean export has nothing of ours, loses no word, and is Markdown as people write it.
for api in "1.22", "1.23":
    rich = {clean: rolepress("in.md", "-q", "-t", f"pandoc=api={api}:clean={clean}", cwd=RICH).stdout for clean in ("yes", "no")}
    ok("rolepress-" in rich["no"] and "rolepress" not in rich["yes"].replace('"rolepress":{"t":"MetaString","c":"mine"}', ""),
       f"nothing of ours is in a clean export, API {api}", rich["yes"][:300])
    if api == "1.23":      # the pandoc of these tests reads 1.22
        continue
    plain = {clean: pandoc(text, "-t", "plain", "--wrap=none").stdout.split() for clean, text in rich.items()}
    equal(plain["yes"], plain["no"], "it says the same")
    markdown = pandoc(rich["yes"], "-t", "markdown")
    ok(markdown.returncode == 0 and "rolepress" not in markdown.stdout and "::: {}" not in markdown.stdout and
       "<div>" not in markdown.stdout and "[]{" not in markdown.stdout, "and it is clean Markdown", markdown.stdout)
together = rolepress(BOOK, "-q", "-t", "pandoc=clean=yes").stdout
ok("rolepress-" not in together and pandoc(together, "-t", "docx", "-o", work / "clean.docx").returncode == 0,
   "a folder is clean too")

# Neither pandoc nor rolepress takes what is broken.
whole = json.dumps(document)
broken = {"a cut": whole[:-40], "no version": whole.replace("pandoc-api-version", "version"),
          "version 2": whole.replace('"pandoc-api-version": [1', '"pandoc-api-version": [2'),
          "an unknown block": whole.replace('"t": "Para"', '"t": "Pear"', 1),
          "a word that is a number": whole.replace('{"t": "Str", "c": "Leads"}', '{"t": "Str", "c": 5}'),
          "a heading without attributes": json.dumps({**document, "blocks": [{"t": "Header", "c": [1, []]}]}),
          "a list": "[]"}
for what, text in broken.items():
    ok(text != whole and pandoc(text, "-t", "native").returncode != 0, f"pandoc rejects {what}")
    result = rolepress("-", "--from", "pandoc", "-t", "tree", input=text)
    ok(result.returncode == 1 and "[pandoc-" in result.stderr and not result.stdout,
       f"so does rolepress: {what}", says(result)[:500])
ok(pandoc(whole, "-t", "native").returncode == 0, "pandoc takes it unbroken")
done()
