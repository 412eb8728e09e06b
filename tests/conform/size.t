#!/usr/bin/python3 -B
"""A file over 600 lines is a design question, and ARCHITECTURE.md answers it by naming the file."""

from lib.tap import ROOT, done, ok

LINES = 600

architecture = (ROOT / "ARCHITECTURE.md").read_text()
sources = sorted(path for folder in ("include", "src", "filters") for path in (ROOT / folder).rglob("*")
                 if path.suffix in (".c", ".h", ".def"))
ok(sources, "there are sources")
for source in sources:
    name, lines = source.relative_to(ROOT), len(source.read_text().splitlines())
    ok(lines <= LINES or str(name) in architecture, name, f"{lines} lines")
done()
