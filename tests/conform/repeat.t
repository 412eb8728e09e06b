#!/usr/bin/python3 -B
"""The same documents give the same bytes, at any hour, in any place, with any number of workers."""

from lib.tap import DATA, ENV, ROLEPRESS, ROOT, done, equal, ok, run, says, scratch

FORMATS = {"epub": "epub", "docbook": "xml", "json": "json", "json=lines": "jsonl"}
EACH = ["man", "html", "docbook", "json"]


def written(folder):
    """Every file below a folder, with its content."""
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}


def convert(folder, form, output, *arguments, **env):
    kept = dict(ENV)
    ENV.update(env)
    result = run(ROLEPRESS, ROOT / "content/handbook", DATA, "-q", "-t", form, "-o", f"{folder}/{output}",
                 *arguments, cwd=folder)
    ENV.clear()
    ENV.update(kept)
    return result


for form, output in [*((form, f"book.{ending}") for form, ending in FORMATS.items()),
                     *((form, "each/") for form in EACH)]:
    folders = scratch(), scratch()
    first = convert(folders[0], form, output, "-j", "1")
    convert(folders[1], form, output, "-j", "4",
            TZ="Asia/Tokyo", LC_ALL="C", HOME="/nonexistent")
    one, two = map(written, folders)
    ok(one, f"{form}: {output} is written", says(first))
    equal([name for name in one if one[name] != two.get(name)], [], f"{form}: {output} is the same again")
    equal(sorted(one), sorted(two), f"{form}: {output} has the same files again")
done()
