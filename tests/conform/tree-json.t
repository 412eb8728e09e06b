#!/usr/bin/python3 -B
"""Trees as JSON: as the schema shipped says, and the same when they come back."""

import copy
import json
import re

import jsonschema

from lib.tap import DATA, ROOT, done, equal, ok, rolepress, samples, says, scratch

schema = json.loads((ROOT / "filters/tree-json/schema.json").read_text())
judge = jsonschema.Draft202012Validator(schema)
jsonschema.Draft202012Validator.check_schema(schema)
definitions = (ROOT / "include/rolepress/node.def").read_text()
chain = re.findall(r"^RP_CHAIN\((.*)\)", (ROOT / "filters/chain.def").read_text(), re.M)
bare = [word for name in chain for word in ("-x", name)]
kinds = re.findall(r'^RP_KIND\(\w+,\s+"(.+?)"', definitions, re.M)
attributes = dict(re.findall(r'^RP_ATTR\(\w+,\s+"(.+?)",\s+(\w+)', definitions, re.M))
case = ROOT / "tests/golden/tree-json"


def fault(value):
    errors = sorted(judge.iter_errors(value), key=lambda error: list(map(str, error.path)))
    return "\n".join(f"{error.json_path}: {error.message[:200]}" for error in errors[:10])


def below(node):
    yield node
    for child in node.get("children", []):
        yield from below(child)


# ---- The schema, node.def and the golden say the same ----

node = schema["$defs"]["node"]["properties"]
equal(set(node["kind"]["enum"]) | {"index"}, set(kinds), "the schema has all kinds")
equal({name: rule["type"] for name, rule in node.items() if name in attributes},
      {name: {"STRING": "string", "INT": "integer", "BOOL": "boolean"}[kind]
       for name, kind in attributes.items()}, "and all attributes, with their types")
every = json.loads((case / "kinds/in.json").read_text())
equal({n["kind"] for n in below(every["root"])}, set(kinds) - {"index"}, "the golden has every kind")
equal(set(attributes) - {key for n in below(every["root"]) for key in n}, set(), "and every attribute")
ok(not fault(every), "it is as the schema says", fault(every))

# ---- What is written, and what comes back ----

folder = scratch()
for what, options in ("filtered", []), ("as read", bare):
    together = rolepress(DATA, ROOT / "content/handbook", "-q", "-t", "tree-json", *options)
    lines = together.stdout.splitlines()
    ok(len(lines) > len(samples()), f"{what}: a document a line", says(together))
    found = "\n".join(filter(None, (fault(json.loads(line)) for line in lines)))
    ok(not found, f"{what}: every line is as the schema says", found)
    through = rolepress(DATA, ROOT / "content/handbook", "-q", "-t", "tree-json", *options, "-f", "/bin/cat")
    ok(through.stdout == together.stdout, f"{what}: through a program that changes nothing", says(through)[:500])
for number, line in enumerate(lines):
    (folder / "last.json").write_text(line)
    back = rolepress(folder / "last.json", "-q", "-t", "tree-json", *bare).stdout
    tree = json.loads(line)
    for info in below(tree["root"]):
        if info["kind"] == "info":      # who refers to it, another run cannot know
            rest = [child for child in info.pop("children", []) if child.get("type") != "backlink"]
            info.update({"children": rest} if rest else {})
    ok(back and json.loads(back) == tree, f"as an input, tree {number} is the same again")

(folder / "secret").write_text("nobody's business")
stolen = {"kind": "document", "children": [
    {"kind": "info", "children": [{"kind": "resource", "resource": "x.png", "path": f"{folder}/secret"}]},
    {"kind": "paragraph", "children": [{"kind": "image", "resource": "x.png", "url": "x.png"}]}]}
result = rolepress("-", "-t", "html", input=json.dumps({"rolepress-tree": 1, "given": ["images"], "root": stolen}))
ok(result.stdout and "<img" not in result.stdout, "no tree says which files are embedded", says(result)[-500:])

sample = DATA / "role.md"
for output in "man", "html", "docbook", "json", "tree":
    direct = rolepress(sample, "-t", output).stdout
    tree = rolepress(sample, "-q", "-t", "tree-json").stdout
    equal(rolepress("-", "-t", output, input=tree).stdout, direct, f"{output} of a tree is that of its source")

# ---- What the reader refuses, the schema refuses, as far as a schema can ----

of_json = ('"id":"b"', "u0000", "ud800", '}} {}', "999999", '"document"\n', "u0001")
for line in (case / "refused/in.txt").read_text().splitlines(keepends=True):
    if any(part in line for part in of_json):
        continue
    value = json.loads(line)
    if '2.0' in line or line.count('"meta-map"') == 2 or ":[1,2,3]" in line:
        continue        # a number's spelling, how many of a kind, 2 or 4: said by the reader alone
    ok(fault(value), f"the schema refuses {line.strip()[:150]}")
for key, value in ("kind", 7), ("pos", "1:1"), ("children", {}), ("text", None), ("attributes", []), ("x", ""):
    broken = copy.deepcopy(every)
    broken["root"]["children"][-1][key] = value
    ok(fault(broken), f"the schema refuses {key}: {value!r}")
deep = {"kind": "paragraph"}
for _ in range(300):
    deep = {"kind": "block-quote", "children": [deep]}
(folder / "deep.json").write_text(json.dumps({"rolepress-tree": 1, "root": {"kind": "document", "children": [deep]}}))
result = rolepress(folder / "deep.json", "-t", "man")
ok(result.returncode == 1 and "nested too deeply" in result.stderr, "nesting has an end", says(result)[-300:])
result = rolepress("-", "-t", "man", input="[" * 5000)
ok(result.returncode in (0, 1), "whatever is nested", says(result)[-300:])
result = rolepress("-", "--from", "tree-json", "-t", "man", input="[" * 100000)
ok(result.returncode == 1 and "not JSON" in result.stderr, "in JSON as well", says(result)[-300:])
done()
