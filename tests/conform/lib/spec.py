"""The examples of a Markdown specification, rendered by rolepress."""

import json
import re

from lib.htmltree import normal
from lib.tap import NPM, ROLEPRESS, equal, note, ok, run, says, scratch

# What a specification does not know of is switched off: every link stays as it is written.
ARGUMENTS = ["-t", "html=fragment", "-q"]

# Prints the package's list of examples.
LOAD = """
import(process.argv[1]).then(({default: spec}) => console.log(JSON.stringify(
    spec.tests ?? spec.testCases)));
"""


class Example:
    """number, section, markdown and html, as the specification has them."""

    def __init__(self, entry):
        self.number = entry.get("number") or entry["example"]
        self.section = re.sub(r"^[0-9. ]+", "", entry["section"])
        self.markdown = entry["markdown"].replace("→", "\t")
        self.html = entry["html"].replace("→", "\t")

    def __str__(self):
        return f"{self.section}: example {self.number}"


def examples(package):
    """All examples of an npm package that holds a specification."""
    result = run("node", "-e", LOAD, NPM / package / "index.js")
    found = [Example(entry) for entry in json.loads(result.stdout or "[]")]
    ok(found, f"{package} has examples", says(result))
    return found


def has_raw_html(example):
    """Whether HTML is passed through, which rolepress turns into its own or drops."""
    return "<html_" in run("cmark-gfm", "-t", "xml", input=example.markdown).stdout


def hold(chosen, otherwise):
    """One test for each example chosen.  Those that GitHub's dialect defines otherwise are named
    with the reason, and must be rendered otherwise indeed."""
    folder = scratch()
    for example in chosen:
        # A blank line first: the thematic break on line 1 is not the beginning of front matter.
        first = "\n" if example.markdown.startswith("---\n") else ""
        (folder / f"example-{example.number:03}.md").write_text(first + example.markdown, newline="")
    result = run(ROLEPRESS, *sorted(folder.glob("*.md")), *ARGUMENTS, "-o", f"{folder}/out/")
    equal(result.returncode, 0, "all examples are written", says(result))
    for example in chosen:
        written = folder / f"out/example-{example.number:03}.html"
        html = written.read_text() if written.exists() else "(nothing is written)"
        same = normal(html) == normal(example.html)
        if example.number in otherwise:
            ok(not same, f"{example} differs: {otherwise[example.number]}")
        elif not ok(same, example):
            note(example.markdown, "expected", normal(example.html), "got", normal(html))
