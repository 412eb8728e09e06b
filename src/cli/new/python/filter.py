#!/usr/bin/env python3
"""@NAME@ - a filter for rolepress: gives links that lead outside a class.

    rolepress in.md -f ./@NAME@.py -t tree

Each document comes as one line of JSON on standard input, and goes out as one line on
standard output.  The manual rolepress-programs says what is in it.
"""
import json
import sys

CLASS = "abroad"


def walk(node):
    """The node, and all below it."""
    yield node
    for child in node.get("children", []):
        yield from walk(child)


for line in sys.stdin:
    tree = json.loads(line)
    for node in walk(tree["root"]):
        if node["kind"] == "link" and "://" in node.get("url", ""):
            node["class"] = CLASS
    print(json.dumps(tree), flush=True)
