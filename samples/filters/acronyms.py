#!/usr/bin/env python3
"""acronyms.py - marks the acronyms that the front matter explains, and asks for the others.

    ---
    acronyms: {CISO: chief information security officer}
    ---

    rolepress roles/ -f ./acronyms.py -o roles.epub
"""
import re

import rolepress


def explained(document):
    """The acronyms of the front matter, with what they stand for."""
    for value in rolepress.walk(document, "meta-map"):
        if value.get("key") == "acronyms":
            return {entry["key"]: entry.get("text", "") for entry in value.get("children", [])}
    return {}


def pieces(text, known):
    """A text node in pieces, so that its acronyms are nodes of their own."""
    for word in re.split(r"\b([A-Z]{2,6})\b", text["text"]):
        if word in known:
            yield rolepress.node("abbreviation", word, title=known[word])
        elif word:
            if word.isupper() and word.isalpha():
                rolepress.warn(text, f"what does {word} stand for?", "note")
            yield {**text, "text": word}


def mark(document):
    known = explained(document)
    for parent in list(rolepress.walk(document, "paragraph", "emphasis", "strong", "cell")):
        parent["children"] = [new for child in parent.get("children", [])
                              for new in (pieces(child, known) if child["kind"] == "text" else [child])]


rolepress.serve(mark)
