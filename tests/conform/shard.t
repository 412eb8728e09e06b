#!/usr/bin/python3 -B
"""A run spread over shards makes the bytes of one run, and says what it says."""

from lib.tap import ROLEPRESS, ROOT, done, equal, ok, rolepress, run, says, scratch

DOCUMENTS = 31
place = scratch()
texts = place / "roles"
texts.mkdir()
for n in range(DOCUMENTS):
    k = n * 5 % DOCUMENTS
    (texts / f"role-{n:02}.md").write_text(
        f"---\ntitle: Role {n}\nrelated: [role-{k:02}]\n---\n\n# Role {n}\n\nSee [it](role-{k:02}.md#tasks) and "
        f"[none](x{n}.md).\n\n## Tasks\n\nMany.\n\n{'<b>open' if n % 7 == 0 else ''}\n")
(texts / "broken.md").write_text("---\ntitle: [\n---\n\nText.\n")

FORMATS = "epub", "docbook", "json", "man/", "html/"


def files(path):
    if path.is_file():
        return path.read_bytes()
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def output(folder, to):
    folder.mkdir(parents=True, exist_ok=True)
    return ["-t", to.rstrip("/"), "-o", f"{folder / to.rstrip('/')}{'/' if to.endswith('/') else ''}"]


def lines(*results):
    return sorted(line for result in results for line in result.stderr.splitlines())


options = ["-s", "title=The handbook", "-f", "headings=words=3", "-x", "alerts"]
one = place / "one"
said = {}
for to in FORMATS:
    said[to] = rolepress(texts, *options, *output(one, to))
    equal(said[to].returncode, 1, f"{to}: a broken document is told", says(said[to]))

for shards in 1, 2, 5, 40:
    work = place / f"work-{shards}"
    reads = [rolepress(texts, *options, "--shard", f"{k}/{shards}", "-o", work) for k in range(1, shards + 1)]
    equal(sum(r.returncode for r in reads), 1, f"{shards} shards: one of them has the broken document",
          [says(r) for r in reads])
    for rendered in False, True:
        for to in FORMATS:
            name = f"{shards} shards, {'rendered, ' if rendered else ''}{to}"
            target = output(place / f"merged-{shards}-{rendered}", to)
            renders = [rolepress("merge", work, "--shard", f"{k}/{shards}", *target)
                       for k in range(1, shards + 1)] if rendered else []
            merged = rolepress("merge", work, *target)
            equal(merged.returncode, 1, f"{name}: the broken document is not forgotten", says(merged))
            ok(files(place / f"merged-{shards}-{rendered}" / to) == files(one / to), f"{name}: the bytes of one run")
            equal(lines(*reads, *renders, merged), lines(said[to]), f"{name}: each thing is said once")

# ---- As the sample does it ----

sample = run("env", f"ROLEPRESS={ROLEPRESS}", ROOT / "samples/cluster/handbook.sh", 3, place / "sample", place / "sample.json",
             texts, *options)
equal(sample.returncode, 1, "handbook.sh tells of the broken document", says(sample))
ok((place / "sample.json").read_bytes() == files(one / "json"), "handbook.sh makes the bytes of one run")

# ---- What is wrong is told ----

work = place / "work-2"


def refused(what, text, *arguments):
    out = place / "refused.json"
    result = rolepress(*arguments, "-o", out)
    ok(result.returncode in (1, 2) and text in result.stderr and not out.exists(), f"{what} is refused", says(result))


whole = (work / "read-2-of-2").read_bytes()
for what, text, contents in (("a cut shard", "damaged", whole[:len(whole) // 2]), ("an empty shard", "no shard", b""),
                             ("a changed shard", "damaged", whole[:60] + b"\0" + whole[61:]),
                             ("a changed tree", "damaged", whole[:-20] + b"xxxx" + whole[-16:])):
    (work / "read-2-of-2").write_bytes(contents)
    refused(what, text, "merge", work)
(work / "read-2-of-2").unlink()
refused("a missing shard", "read-2-of-2", "merge", work)
rolepress(texts, "--shard", "2/2", "-o", work)
refused("a shard of other settings", "another run", "merge", work)
refused("a folder without shards", "no read-1-of-N", "merge", texts)
for wrong in "0/2", "3/2", "x", "1/2x", "1":
    refused(f"--shard {wrong}", "1/4", texts, "--shard", wrong)
done()
