"""rolepress.py - filters for rolepress in Python, with nothing but the standard library.

    import rolepress

    def shout(document):
        for node in rolepress.walk(document):
            if node["kind"] == "strong":
                rolepress.warn(node, "shouting")

    rolepress.serve(shout)

A node is a dict: "kind", "pos", its attributes by name ("level", "id", "url" ...), "text",
and "children", a list of nodes: share/rolepress/tree-schema.json says it all.
"""
import json
import sys


def serve(change):
    """Gives the root of each document to change(), which may change it or return another."""
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        tree = json.loads(line)
        tree["root"] = change(tree["root"]) or tree["root"]
        print(json.dumps(tree, ensure_ascii=False), flush=True)


def walk(node, *kinds):
    """The node and all below it, in the order of the text; of these kinds only, if any are given."""
    open_nodes = [node]
    while open_nodes:
        node = open_nodes.pop()
        if not kinds or node["kind"] in kinds:
            yield node
        open_nodes.extend(reversed(node.get("children", [])))


def plain(node):
    """The words below a node, without markup."""
    texts = {"text": lambda n: n.get("text", ""), "code": lambda n: n.get("text", ""),
             "soft-break": lambda n: " ", "line-break": lambda n: " "}
    return "".join(texts[n["kind"]](n) for n in walk(node, *texts))


def node(kind, *children, **attributes):
    """A new node; a string among its children is a text.  class_= stands for class=."""
    made = {"kind": kind, **{name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}}
    if children:
        made["children"] = [{"kind": "text", "text": c} if isinstance(c, str) else c for c in children]
    return made


def warn(node, message, severity="warning"):
    """A diagnostic at a node: "note", "warning", or "error", which leaves the document out."""
    place = "{}:{}: ".format(*node["pos"]) if "pos" in node else ""
    print(f"{place}{severity}: {message}", file=sys.stderr, flush=True)
