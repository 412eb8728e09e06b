#!/usr/bin/python3 -B
"""A run loads what it uses: each library beyond the C library costs it time, libxml2's and libzip's most."""

import re
from lib.tap import ENV, ROLEPRESS, done, equal, ok, rolepress, says, scratch

ALWAYS = {"libc", "libm"}
if "/asan/" in ROLEPRESS:
    ALWAYS |= {"libasan", "libubsan", "libgcc_s", "libstdc"}

place = scratch()
plain, markup, japanese = place / "plain.md", place / "markup.md", place / "japanese.md"
plain.write_text("---\ntitle: A role\nlang: en\n---\n\nSome *words* here.\n")
markup.write_text("---\ntitle: A role\nlang: en\n---\n\n<p>Some words here.\n")
japanese.write_text("---\ntitle: 役割\nlang: ja\n---\n\nこれは役割です。\n")


def loaded(document, writer):
    """What the loader opens besides the C library, by names without versions."""
    ENV["LD_DEBUG"] = "files"
    result = rolepress(document, "-q", "-t", writer, "-o", place / f"out.{writer}")
    del ENV["LD_DEBUG"]
    equal(result.returncode, 0, f"{document.name} to {writer}", says(result)[:1000])
    return set(re.findall(r"file=(lib\w+).*generating link map", result.stderr)) - ALWAYS


for writer in ("json", "man", "docbook", "html"):
    equal(loaded(plain, writer), set(), f"{writer} needs no library")
equal(loaded(japanese, "man"), {"libunibreak"}, "one in Japanese needs libunibreak")
ok("libxml2" in loaded(markup, "json"), "raw HTML is read by libxml2")
libraries = loaded(plain, "epub")
ok("libzip" in libraries and "libxml2" not in libraries, "an EPUB is packed by libzip", libraries)

# A library that is broken is told as the system tells it, and nothing is written.
(place / "lib").mkdir()
for name in ("libzip.so.4", "libzip.so.5"):
    (place / "lib" / name).write_text("no library")
ENV["LD_LIBRARY_PATH"] = str(place / "lib")
result = rolepress(plain, "-q", "-t", "epub", "-o", place / "broken.epub")
ok(re.search(r"^rolepress: .*libzip\.so", result.stderr), "a library that cannot be opened is named", says(result))
equal(result.returncode, 70, "and the run ends")
equal([path for path in place.iterdir() if path.name.startswith("broken")], [], "with nothing written")
result = rolepress(plain, "-q", "-t", "man", "-o", place / "fine.7")
equal(result.returncode, 0, "a run that does not need it goes on", says(result))
done()
