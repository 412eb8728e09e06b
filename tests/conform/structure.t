#!/usr/bin/python3 -B
"""Headings, lists, tables, code blocks, links and images of a source are there in every output."""

import collections
import json
import pathlib
import re
import xml.etree.ElementTree as ET

from lib.tap import DATA, ROOT, done, equal, ok, rolepress, run, says, scratch

EXTENSIONS = [word for name in ("table", "strikethrough", "autolink", "tasklist") for word in ("-e", name)]
DOCBOOK = "{http://docbook.org/ns/docbook}"
ITEMS = ("item", "question")    # lists that a question ran through are one list in the outputs


def body(text):
    """What follows the front matter."""
    return re.sub(r"\A\ufeff?---\n.*?\n(---|\.\.\.)\n", "", text, flags=re.S)


def in_source(path):
    """What another parser counts in it.  A document with raw HTML is not for this test."""
    result = run("cmark-gfm", "-t", "xml", *EXTENSIONS, input=body(path.read_text()))
    names = [element.tag.split("}")[1] for element in ET.fromstring(result.stdout).iter()]
    count = collections.Counter(names)
    if "[^" in path.read_text():
        del count["code_block"], count["link"]    # it knows no footnotes: code to it, or references
    return None if count["html_block"] or count["html_inline"] else count


def walk(node):
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(child)


def in_json(text):
    document = json.loads(text)["documents"][0]
    nodes = list(walk([document["sections"], document.get("footnotes", [])]))
    kinds = collections.Counter(node["kind"] for node in nodes if "kind" in node)
    was = collections.Counter(node.get("type") for node in nodes if node.get("kind") in ("span", "link"))
    return {"heading": sum(1 for section in document["sections"] if section["title"]) + kinds["heading"] + 1
            + (document["subtitle"] is not None),
            "item": sum(kinds[kind] for kind in ITEMS), "table": kinds["table"],
            "code_block": kinds["code-block"],
            "link": kinds["link"] + was["dangling-link"] - was["remote-image"],
            "image": kinds["image"] + was["missing-image"] + was["remote-image"]}


def in_docbook(text):
    count = collections.Counter(element.tag.removeprefix(DOCBOOK) for element in ET.fromstring(text).iter())
    return {"item": count["listitem"] + count["qandaentry"],
            "table": count["informaltable"] + count["table"],
            "code_block": count["programlisting"] + count["screen"],
            "image": count["mediaobject"] + count["inlinemediaobject"]}


def in_html(text):
    names = collections.Counter(re.findall(r"<([a-z0-9]+)[ >/]", text))
    return {"heading": sum(names[f"h{level}"] for level in range(1, 7)),
            "item": names["li"], "table": names["table"],
            "code_block": names["pre"], "link": names["a"], "image": names["img"]}


def in_man(text):
    """A table that is too wide for a terminal is written as a list: its words are words.t's matter."""
    return {"code_block": len(re.findall(r"^\.EX$", text, flags=re.M))}


FORMS = {"json": in_json, "docbook": in_docbook, "html=fragment": in_html, "man": in_man}


def check(folders):
    """One run per form, a file per document; the JSON tells which document each is."""
    place = scratch()
    result = rolepress(*folders, "-t", "json", "-q")
    known = {document["id"]: document for document in json.loads(result.stdout)["documents"]}
    for form, count in FORMS.items():
        result = rolepress(*folders, "-t", form, "-q", "-o", f"{place}/{form}/")
        equal(result.returncode, 0, f"{form} is written", says(result))
        for document in known.values():
            source = in_source(pathlib.Path(document["path"]))
            found = [path for path in (place / form).rglob("*") if path.stem == document["id"]] or [
                path for path in (place / form).rglob(f"{document['lang']}/**/{document['slug']}.*")]
            if source is None or not ok(found, f"{form} has {document['id']}"):
                continue
            got = count(found[0].read_text())
            missing = {name: (source[name], got[name]) for name in got if got[name] < source[name]}
            yield form, document, missing


for form, document, missing in check([ROOT / "content/handbook", DATA]):
    equal(missing, {}, f"{form} has all of {document['path']}")

broken = scratch()
(broken / "in.md").write_text("# A\n\n- a\n\n| a |\n|---|\n| b |\n")
counted = in_source(broken / "in.md")
equal((counted["heading"], counted["item"], counted["table"]), (1, 1, 1), "the source is counted rightly")
equal(in_html("<h1>A</h1><p>no list</p>")["item"], 0, "what is not there is not counted")
done()
