#!/usr/bin/python3 -B
"""A run loads what it uses: each library beyond the C library costs it time, libxml2's and libzip's most."""

import re
from lib.tap import ENV, done, equal, ok, rolepress, says, scratch

place = scratch()
plain, markup, japanese = place / "plain.md", place / "markup.md", place / "japanese.md"
plain.write_text("---\ntitle: A role\nlang: en\n---\n\nSome *words* here.\n")
markup.write_text("---\ntitle: A role\nlang: en\n---\n\n<p>Some words here.\n")
japanese.write_text("---\ntitle: 役割\nlang: ja\n---\n\nこれは役割です。\n")


def loaded(document, writer):
    """What the loader opens, by names without versions."""
    ENV["LD_DEBUG"] = "files"
    result = rolepress(document, "-q", "-t", writer, "-o", place / f"out.{writer}")
    del ENV["LD_DEBUG"]
    equal(result.returncode, 0, f"{document.name} to {writer}", says(result)[:1000])
    return set(re.findall(r"file=(lib\w+).*generating link map", result.stderr)) - {"libc", "libm", "libasan", "libubsan"}


equal(loaded(plain, "json"), set(), "JSON needs no library")
equal(loaded(plain, "man"), set(), "nor does a manual page")
equal(loaded(japanese, "man"), {"libunibreak"}, "one in Japanese needs libunibreak")
ok("libzip" not in loaded(plain, "docbook"), "DocBook is no archive")
ok("libxml2" in loaded(markup, "json"), "raw HTML is read by libxml2")
ok("libzip" in loaded(plain, "epub"), "an EPUB is packed by libzip")

# A library that is broken is told as the system tells it, and nothing is written.
(place / "lib").mkdir()
for name in ("libxml2.so.2", "libzip.so.4"):
    (place / "lib" / name).write_text("no library")
ENV["LD_LIBRARY_PATH"] = str(place / "lib")
result = rolepress(plain, "-q", "-t", "epub", "-o", place / "broken.epub")
ok(re.search(r"^rolepress: .*lib(xml2|zip)\.so", result.stderr), "a library that cannot be opened is named", says(result))
equal(result.returncode, 70, "and the run ends")
equal([path for path in place.iterdir() if path.name.startswith("broken")], [], "with nothing written")
result = rolepress(plain, "-q", "-t", "man", "-o", place / "fine.7")
equal(result.returncode, 0, "a run that does not need it goes on", says(result))
done()
