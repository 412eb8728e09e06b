#!/usr/bin/python3 -B
"""Two validators find no fault with the handbook's EPUB, and one with a broken copy of it."""

import zipfile

from lib.tap import NPM, done, equal, ok, outputs, run, says, scratch

VALIDATORS = {
    "epubcheck": ["java", "-jar", "/usr/bin/epubcheck", "--failonwarnings"],
    "epubcheck-ts": ["node", NPM / "@likecoin/epubcheck-ts/bin/epubcheck.js", "--fail-on-warnings"],
}


def judge(epub):
    """Whether each validator takes it, and what it said."""
    for name, command in VALIDATORS.items():
        result = run(*command, epub)
        yield name, result.returncode == 0, says(result)


def rewrite(epub, broken, change):
    """A copy in which change(name, content) is what each member holds, or None."""
    with zipfile.ZipFile(epub) as old, zipfile.ZipFile(broken, "w") as new:
        for member in old.infolist():
            content = change(member.filename, old.read(member))
            if content is not None:
                new.writestr(member, content)


def chapter(epub):
    """The name of the last page in it."""
    with zipfile.ZipFile(epub) as book:
        return [name for name in book.namelist() if name.endswith(".xhtml")][-1]


books = outputs("**/*.epub")
for epub in books:
    with zipfile.ZipFile(epub) as book:
        first = book.infolist()[0]
        equal((first.filename, first.compress_type, first.header_offset, first.extra),
              ("mimetype", zipfile.ZIP_STORED, 0, b""), f"{epub.name} begins with its type")
        equal(book.read("mimetype"), b"application/epub+zip", f"{epub.name} is of that type")
    for name, takes, said in judge(epub):
        ok(takes, f"{name} takes {epub.name}", said)

for epub in books[:1]:
    page, broken = chapter(epub), scratch() / "broken.epub"
    for what, change in {
        "a page that is not well-formed":
            lambda name, content: content.replace(b"</body>", b"") if name == page else content,
        "a page missing":
            lambda name, content: None if name == page else content,
    }.items():
        rewrite(epub, broken, change)
        for name, takes, said in judge(broken):
            ok(not takes, f"{name} rejects {what}", said)
done()
