#!/usr/bin/python3 -B
"""The benchmark: its documents are what they are said to be, and it runs through."""

import json
import shutil
import subprocess
import sys

from lib.tap import ENV, ROLEPRESS, ROOT, done, equal, ok, rolepress, run, says, scratch

BENCH = ROOT / "tests/bench"
sys.path.insert(0, str(BENCH))
import generate

folder = scratch()
writer = generate.Writer(ROOT / "content/handbook")
sizes = [len(writer.text(n).encode()) for n in range(200)]
mean = sum(sizes) / len(sizes)
ok(abs(mean - generate.BYTES) < generate.BYTES / 20, "documents are as large as said, in the mean", mean)
equal(writer.text(7), generate.Writer(ROOT / "content/handbook").text(7), "each is always the same")
ok(len({writer.text(n) for n in range(50)}) == 50, "no two are")
generate.folder(writer, folder / "documents", 40)
result = rolepress("check", folder / "documents", "-W", "error")
equal(result.returncode, 0, "rolepress finds nothing wrong with them", says(result))

if shutil.which("cmark-gfm"):
    def ends(text):
        """The last line of what cmark-gfm makes of a text with another paragraph behind it."""
        made = subprocess.run(["cmark-gfm", "-e", "table", "-t", "html"], input=text + "\nThe end.\n",
                              capture_output=True, encoding="utf-8", env=ENV)
        return made.stdout.splitlines()[-1]

    left_open = [n for n in range(40) if ends(writer.text(n)) != "<p>The end.</p>"]
    equal(left_open, [], "none leaves a block open")
    ok(ends("```\nopen\n") != "<p>The end.</p>", "which would be seen")

result = run(BENCH / "run", "--rolepress", ROLEPRESS, "--documents", 12, "--rounds", 1, "--largest", 2, "--out", folder / "out")
equal(result.returncode, 0, "it runs through", says(result))
table = json.loads((folder / "out/bench.json").read_text())
equal((folder / "out/bench.md").read_text() + "\n", result.stdout, "the table is shown and kept")
rows = {row["what"]: row for row in table["rows"]}
ok(len(rows) > 8 and all(row["measured"] for row in rows.values()), "with its rows", list(rows))
ok(any(row.get("same") is True for row in rows.values()), "bytes are the same whatever the number of processes")
ok(table["machine"]["cpu"] and table["machine"]["versions"]["rolepress"].startswith("rolepress "), "and the machine", table["machine"])
result = run(BENCH / "run", "--rolepress", ROLEPRESS, "--folder", folder / "nothing", "--out", folder)
ok(result.returncode != 0 and "no .md file" in result.stderr, "a folder without documents is refused", says(result))
done()
