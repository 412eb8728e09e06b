#!/usr/bin/python3 -B
"""The handbook's JSON is as the schema shipped says, and other programs read it."""

import copy
import json

import jsonschema

from lib.tap import DATA, ROOT, done, equal, ok, outputs, rolepress, run, samples, says

schema = json.loads((ROOT / "filters/json/schema.json").read_text())
judge = jsonschema.Draft202012Validator(schema)


def fault(value):
    """What the schema says against it; nothing where all is well."""
    errors = sorted(judge.iter_errors(value), key=lambda error: list(map(str, error.path)))
    return "\n".join(f"{error.json_path}: {error.message[:200]}" for error in errors[:10])


equal(schema.get("$schema"), "https://json-schema.org/draft/2020-12/schema", "the schema names its draft")
jsonschema.Draft202012Validator.check_schema(schema)

for file in outputs("**/*.json"):
    found = fault(json.loads(file.read_text()))
    ok(not found, f"{file.name} is as the schema says", found)
    result = run("jq", "--exit-status", ".", file)
    ok(result.returncode == 0, f"jq reads {file.name}", says(result))

together = rolepress(DATA, "-t", "json", "-q")
found = fault(json.loads(together.stdout))
ok(not found, "the samples together are as the schema says", found)
lines = rolepress(DATA, "-t", "json=lines", "-q").stdout.splitlines()
equal(len(lines), len(samples()), "JSON Lines has a line for each sample")
found = "\n".join(filter(None, (fault(json.loads(line)) for line in lines)))
ok(not found, "every line is as the schema says", found)

# Each change breaks it somewhere: a member missing, one too many, one of another type.
whole = json.loads(lines[-1])
for key in sorted(whole):
    for what, value in ("a number", 7.5), ("a list of lists", [[[]]]):
        broken = copy.deepcopy(whole)
        broken[key] = value
        ok(fault(broken), f"the schema rejects {what} as {key}")
for value in {}, [], [whole], {"documents": [{}]}:
    ok(fault(value), f"the schema rejects what is no document: {str(value)[:20]}")
done()
