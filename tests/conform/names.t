#!/usr/bin/python3 -B
"""Writers write through the emitters: nothing in filters/ prints, or pastes strings together."""

import re

from lib.tap import ROOT, done, ok

FORBIDDEN = re.compile(r"\b(v?[fds]?n?printf|v?snprintf|v?asprintf|f?puts|f?putw?c|putw?char|fwrite|write"
                       r"|st[rp]n?cat|st[rp]n?cpy)\s*\(")

SENT = re.compile(r"\bwrite\s*\(")     # to a program: filters/pipe/ is no writer


def code(text):
    """A source with its comments and strings blanked, line for line."""
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(\\.|[^"\\\n])*"', lambda m: re.sub(r"[^\n]", " ", m[0]), text,
                  flags=re.S)


for source in sorted((ROOT / "filters").rglob("*.[ch]")):
    lines = code(source.read_text()).splitlines()
    found = [f"{source.relative_to(ROOT)}:{number}: {line.strip()}"
             for number, line in enumerate(lines, 1)
             if FORBIDDEN.search(SENT.sub("", line) if source.parent.name == "pipe" else line)]
    ok(not found, source.relative_to(ROOT), found)
for line, wrong in [('printf("x");', True), ("vsnprintf (a, n, f, v);", True), ("strcat(a, b);", True),
                    ("fputs(s, stdout);", True), ("rp_puts(sink, s);", False), ("/* printf() */", False),
                    ('say("printf(");', False), ("xml_write(x);", False)]:
    ok(bool(FORBIDDEN.search(code(line))) == wrong, f"{line} is {'found' if wrong else 'no fault'}")
done()
