"""HTML brought to a form in which two renderings of one document are the same text.

Left out is what a writer may choose: sections around headings, ids, classes but for the language
of code, XHTML's spelling, the order of attributes, entities, and white space between blocks.
"""

import html.parser
import re
import urllib.parse

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
INLINE = {"a", "abbr", "br", "code", "del", "em", "img", "input", "kbd", "mark", "s", "span",
          "strong", "sub", "sup", "u"}
DROPPED = {"section"}
URLS = {"href", "src"}
FLAGS = {"checked", "disabled"}


class _Items(html.parser.HTMLParser):
    """What the markup consists of: block tags, inline tags and texts, in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.items, self.text, self.pre = [], "", 0

    def flush(self, before_block):
        """Ends a text.  Beside a block's tag, white space means nothing."""
        text, self.text = self.text, ""
        if not self.pre:
            text = re.sub(r"[ \t\n]+", " ", text)
            if before_block:
                text = text.rstrip(" ")
            if not self.items or self.items[-1][0] == "block":
                text = text.lstrip(" ")
        if text:
            self.items.append(("text", text))

    def tag(self, name, text):
        kind = "inline" if name in INLINE and name != "br" else "block"
        self.flush(kind == "block")
        self.items.append((kind, text))

    def handle_starttag(self, name, attributes):
        if name in DROPPED:
            return
        kept = [f"{key}={value}" for key, value in sorted(map(attribute, attributes))
                if is_kept(name, key, value)]
        self.tag(name, f"<{' '.join([name, *kept])}>")
        self.pre += name == "pre"

    def handle_endtag(self, name):
        if name in DROPPED or name in VOID:
            return
        self.tag(name, f"</{name}>")
        self.pre -= name == "pre"

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)
        self.handle_endtag(name)

    def handle_data(self, text):
        self.text += text

    def handle_comment(self, text):
        self.tag("!", f"<!--{text}-->")


def is_kept(name, key, value):
    if key == "class":
        return name == "code" and value.startswith("language-")
    return key != "id"


def attribute(pair):
    """An attribute in one spelling: of addresses, of flags, of a cell's alignment."""
    key, value = pair[0], pair[1] or ""
    if key in URLS:
        value = urllib.parse.quote(urllib.parse.unquote(value), safe="/:?#[]@!$&'()*+,;=%~")
    elif key in FLAGS:
        value = key
    elif key == "style" and value.startswith("text-align:"):
        key, value = "align", value.split(":")[1].strip(" ;")
    return key, value


def items(markup):
    parser = _Items()
    parser.feed(markup)
    parser.close()
    parser.flush(True)
    return parser.items


def normal(markup):
    """The normal form, with an item on a line."""
    return "\n".join(repr(text) if kind == "text" else text for kind, text in items(markup))


def words(markup):
    """The text alone, with a line break between blocks."""
    return "".join(text if kind == "text" else "\n" if kind == "block" else ""
                   for kind, text in items(markup))
