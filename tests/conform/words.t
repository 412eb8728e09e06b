#!/usr/bin/python3 -B
"""Every word of a document stands in each output, as often as in the document."""

import collections
import functools
import json
import re
import unicodedata
import xml.etree.ElementTree
import zipfile

from lib.htmltree import items, words
from lib.tap import DATA, ROLEPRESS, ROOT, done, ok, run, samples, says, scratch

EXTENSIONS = "-e table -e strikethrough -e autolink -e tasklist -e footnotes".split()


def pressed(text):
    """Text without what separates words: spaces, line breaks, soft hyphens, capitals."""
    return re.sub(r"[\s\u00ad\u200b]+", "", unicodedata.normalize("NFKC", text)).casefold()


@functools.cache
def wanted(document):
    """How often each word stands in a document's body, by another program's reading of it."""
    body = re.sub(r"\A\ufeff?---\s*\n.*?^(---|\.\.\.)\s*$", "", document.read_text(), flags=re.M | re.S)
    html = run("cmark-gfm", "--unsafe", *EXTENSIONS, input=body).stdout
    html = re.sub(r'<sup class="footnote-ref">.*?</sup>|<!--.*?-->', "", html, flags=re.S)
    html = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S | re.I)
    return collections.Counter(word for kind, text in items(html) if kind == "text"
                               for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def epub(path):
    with zipfile.ZipFile(path) as book:
        return "\n".join(words(book.read(name).decode())
                         for name in book.namelist() if name.endswith(".xhtml"))


def docbook(path):
    return "".join(xml.etree.ElementTree.parse(path).getroot().itertext())


def strings(value):
    """All strings in a JSON value, but not the keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def json_text(path):
    return "\n".join(strings(json.loads(path.read_text())))


def man(path):
    return re.sub(".\b", "", run("mandoc", "-T", "utf8", "-O", "width=1000", path).stdout)


def html(path):
    return words(path.read_text())


READERS = {"epub": epub, "docbook": docbook, "json": json_text, "man": man, "html": html}


def lost(document, text):
    """The words of a document that stand in a text less often than in the document."""
    text = pressed(text)
    return [f"{word}: {text.count(word.casefold())} of {count}"
            for word, count in wanted(document).items() if text.count(word.casefold()) < count]


output = scratch() / "out"
documents = [*sorted((ROOT / "content/handbook").rglob("*.md")), *samples()]
ok(len(documents) > 10, "there are documents")
for form, reader in READERS.items():
    for document in documents:
        output.unlink(missing_ok=True)
        result = run(ROLEPRESS, document, "-q", "-t", form, "-o", output)
        name = f"{form}: {document.relative_to(ROOT)}"
        try:
            missing = lost(document, reader(output))
        except Exception as error:    # no output, or none that can be read
            missing = [repr(error), says(result)]
        ok(not missing, name, missing)

role = DATA / "role.md"
ok(not lost(role, role.read_text()), "a document has its own words")
ok(lost(role, role.read_text().replace("quarter", "")) == ["quarter: 0 of 1"], "a word less is found")
done()
