#!/usr/bin/python3 -B
"""Eight times the input takes about eight times as long, whatever it is made of."""

import os
import subprocess

from lib.tap import ENV, ROLEPRESS, done, ok, scratch

SMALL, TIMES = 40_000, 8

# What a document repeats: a text, or a function of how often it has been before.
PIECES = {
    "equal headings": "# A\n\n",
    "headings": lambda n: f"{'#' * (n % 6 + 1)} Heading {n}\n\nText.\n\n",
    "setext headings": "A\n===\n\n",
    "headings in bold": "**A**\n\n",
    "dangling links": lambda n: f"[a](x{n}.md) ",
    "links to places": lambda n: f"[a](#heading-{n}) ",
    "equal links": "[a](b.md) ",
    "references": lambda n: f"[a][r{n}]\n\n[r{n}]: u{n}\n\n",
    "references to nothing": "[a][b] ",
    "brackets": "[",
    "links that do not close": "[a](",
    "parentheses in addresses": "[a](b(c ",
    "footnotes": lambda n: f"a[^{n}]\n\n[^{n}]: Note.\n\n",
    "one footnote": "a[^1] ",
    "ids": lambda n: f'<a id="x{n}"></a> ',
    "one id": '<a id="x"></a> ',
    "attributes": "## A {#b .c}\n\n",
    "braces": "{ } ",
    "tables": "| a | b |\n|---|---|\n| 1 | 2 |\n\n",
    "bars": "| a ",
    "tables of HTML": "<table><tr><td>a</td></tr></table>\n\n",
    "emphasis": "*a* **b** _c_ ",
    "emphasis that does not close": "*a **b _c ",
    "strikethrough that does not close": "~~a ",
    "backticks": lambda n: "`" * (n % 50 + 1) + "a ",
    "images": "![a](b.png) ",
    "figures": '![a](b.png "T")\n\n',
    "elements": "<b>a</b> ",
    "elements that do not close": "<b>",
    "blocks that do not close": "<div>\n\n",
    "paragraphs that do not close": "<p>a",
    "comments": "<!-- a -->\n\n",
    "comments that do not close": "<!-- a ",
    "details": "<details><summary>S</summary>\n\nA\n\n</details>\n\n",
    "addresses": "http://a.b/c ",
    "what may be an address": "http://a * www. @ b@ ",
    "addresses in a link": ("[", "http://a * b\n", "](c)\n"),
    "mail": "a@b.c ",
    "colons": ": :: ",
    "entities": "&amp; &#65; &x ",
    "lists": "- a\n",
    "lists in lists": lambda n: " " * (2 * (n % 40)) + "- a\n",
    "quotes in quotes": ">",
    "alerts": "> [!NOTE]\n> A\n\n",
    "markers": "{{< a >}} ",
    "markers that do not close": "{{< a ",
    "markers around text": "{{% note %}}\n\nA\n\n{{% /note %}}\n\n",
    "questions": "**Q: A?**\n\nA: b\n\n",
    "hard breaks": "a  \nb\\\n",
    "Japanese": "\u6f22\u5b57\u304b\u306a\u4ea4\u3058\u308a\u6587\u3002",
    "Japanese in lines": "\u6f22\u5b57\n\u304b\u306a\n",
    "one word": "a",
    "one line": "word ",
    "lines": "word\n",
    "paragraphs": "word\n\n",
    "quotation marks": "\"a\" 'b' ",
    "dots at line starts": "'a\n.b\n",
    "backslashes": "\\",
    "marks that combine": "e\u0301",
    "marks without width": "\u200d\ufeff",
    "code blocks": "```\na\n```\n\n",
    "rules": "---\n\n",
}

folder = scratch()


def text(piece, size):
    before, piece, after = piece if isinstance(piece, tuple) else ("", piece, "")
    if isinstance(piece, str):
        return before + piece * (size // len(piece.encode())) + after
    parts = []
    while size > 0:
        parts.append(piece(len(parts)))
        size -= len(parts[-1].encode())
    return "".join(parts)


def seconds(piece, size, writer):
    """Of processor; -1 if it ended badly."""
    source = folder / "in.md"
    source.write_text(text(piece, size))
    process = subprocess.Popen([ROLEPRESS, source, "-q", "-j1", "-t", writer, "-o", folder / "out"], env=ENV)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    return used.ru_utime + used.ru_stime if status == 0 else -1


for writer in "man", "epub":
    for name, piece in PIECES.items():
        small, large = (seconds(piece, size, writer) for size in (SMALL, SMALL * TIMES))
        ok(0 <= large < 2 * TIMES * small + 0.1 and small >= 0, f"{name} to {writer}",
           f"{SMALL} bytes: {small:.3f} s, {TIMES} times as many: {large:.3f} s")
done()
