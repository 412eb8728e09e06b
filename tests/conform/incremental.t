#!/usr/bin/python3 -B
"""A build after any change makes the same, and says the same, as one that knows nothing of the last."""

import random
import shutil
import struct
import time
import zlib

from lib.tap import ENV, ROLEPRESS, done, equal, ok, run, says, scratch

DOCUMENTS = 60
CONFIG = """title: Handbook
inputs: [roles]
outputs:
  - {to: epub, out: out/all.epub}
  - {to: "epub=toc-depth=6", out: out/deep.epub}
  - {to: "epub=toc-depth=6", out: out/again.epub}
  - {to: docbook, out: out/all.xml}
  - {to: json, out: out/all.json}
  - {to: man, out: out/man/}
  - {to: html, out: out/html/}
"""

random.seed(7)
place = scratch()
cached, fresh = place / "a/handbook", place / "b/handbook"
ENV["XDG_CACHE_HOME"] = str(place / "cache")


def png(width):
    """A picture that is black and one pixel high."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(width + 1))) + chunk(b"IEND", b""))


def text(n):
    k = (n * 7 + 3) % DOCUMENTS
    return (f"---\ntitle: Role {n}\nslug: role-{n}\nrelated: [role-{k}]\n---\n\n# Role {n}\n\nIt works with "
            f"[the other](role-{k}.md#tasks) and [nobody](role-x{n}.md).\n\n## Tasks\n\n![A picture](pic.png)\n")


def write(name, contents):
    for folder in cached, fresh:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(contents, bytes):
            path.write_bytes(contents)
        elif contents is None:
            path.unlink()
        else:
            path.write_text(contents)


def edit(name, old, new):
    before = (fresh / name).read_text()
    assert old in before, (name, old)
    write(name, before.replace(old, new))


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted((folder / "out").rglob("*")) if p.is_file()}


def build(folder, *options):
    return run(ROLEPRESS, "build", *options, cwd=folder)


def agree(what, *options):
    """The two builds, and whether they are the same; how long the cached one took."""
    time.sleep(0.06)        # what is younger than a tick of the clock is not taken on trust
    before = time.monotonic()
    one = build(cached, *options)
    seconds = time.monotonic() - before
    shutil.rmtree(fresh / "out", ignore_errors=True)
    two = build(fresh, "--no-cache", *options)
    equal(one.stderr, two.stderr, f"{what}: the same is said")
    equal(one.returncode, two.returncode, f"{what}: the same exit status", says(one))
    a, b = files(cached), files(fresh)
    gone = sorted(set(b) - set(a))
    different = sorted(name for name in b if name in a and a[name] != b[name])
    ok(b and not gone and not different, f"{what}: the same files", f"missing {gone}\ndifferent {different}")
    return seconds


write("rolepress.yaml", CONFIG)
pictures = [png(width) for width in (1, 2)]
write("roles/pic.png", pictures[0])
for n in range(DOCUMENTS):
    write(f"roles/role-{n}.md", text(n))
# So that the tables of contents are large entries, which are packed once.
write("roles/long.md", "# Long\n" + "".join(f"\n## {n} {'Many words ' * 20}\n" for n in range(1200)))

agree("the first build")
agree("the second")
ok((place / "cache/rolepress").is_dir(), "there is a cache")


def stamps(folder):
    return {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*") if p.is_file()}


before = stamps(cached)
agree("nothing changed")
equal(stamps(cached), before, "nothing changed: nothing is written")

edit("roles/role-5.md", "## Tasks\n", "## Tasks\n\nThey are many.\n")
before = stamps(cached)
agree("a text changed")
changed = [str(p.relative_to(cached)) for p, t in stamps(cached).items() if before.get(p) != t]
equal(sorted(changed), ["out/again.epub", "out/all.epub", "out/all.json", "out/all.xml", "out/deep.epub",
                        "out/html/role-5.html", "out/man/man7/role-5.7"],
      "a text changed: only what it is in is written")

folder = next((place / "cache/rolepress").iterdir())
whole = (folder / "manifest").read_bytes()
for n in range(20, 30):
    edit(f"roles/role-{n}.md", "## Tasks\n", "## Tasks\n\nThey are few.\n")
    agree(f"a text changed, and {n - 20} before")
    if n == 23:
        ok(0 < (folder / "changes").stat().st_size < len(whole) / 4 and (folder / "manifest").read_bytes() == whole,
           "a few changes are written down beside what stays")
ok((folder / "manifest").read_bytes() != whole, "and many are not")

CHANGES = [
    ("a title changed", lambda: edit("roles/role-8.md", "title: Role 8", "title: Role Eight")),
    ("a slug changed", lambda: edit("roles/role-9.md", "slug: role-9", "slug: chief-9")),
    ("a heading changed", lambda: edit("roles/role-3.md", "## Tasks", "## Duties")),
    ("a link changed", lambda: edit("roles/role-4.md", "role-x4.md", "role-7.md")),
    ("a document that was missing came", lambda: write("roles/role-x6.md", text(6).replace("role-6", "role-x6"))),
    ("a document went", lambda: write("roles/role-11.md", None)),
    ("a document is broken", lambda: edit("roles/role-12.md", "title: Role 12", "title: [Role 12")),
    ("it is mended", lambda: edit("roles/role-12.md", "title: [Role 12", "title: Role 12")),
    ("the first in order came", lambda: write("roles/a.md", "# First\n\n[Role 3](role-3.md#duties)\n")),
    ("a slug is taken twice", lambda: write("roles/b.md", "---\nslug: role-30\nlang: en\n---\n\nText.\n")),
    ("a picture changed", lambda: write("roles/pic.png", pictures[1])),
    ("a picture went", lambda: write("roles/pic.png", None)),
    ("a picture came back", lambda: write("roles/pic.png", pictures[0])),
    ("a key drifts apart", lambda: edit("roles/role-20.md", "related:", "relatad:")),
    ("a setting changed", lambda: edit("rolepress.yaml", "title: Handbook", "title: The Handbook\nlang: en")),
    ("an output came", lambda: edit("rolepress.yaml", "out/html/}", "out/html/}\n  - {to: json, out: out/lines.jsonl}")),
    ("a language is given", lambda: edit("roles/role-21.md", "---\n\n#", "lang: sv\n---\n\n#")),
]
for what, change in CHANGES:
    change()
    agree(what)
    agree(f"{what}, and nothing since")

for name in "out/all.epub", "out/man/man7/role-2.7":
    (cached / name).unlink()
    agree(f"{name} was deleted")
    (cached / name).write_text("not what was made\n")
    agree(f"{name} was changed")

for options in [], ["-j1"]:     # workers have their own way to say that
    for name, book in ("out/man/man7/role-2.7", "out/all.xml"), ("out/html/role-3.html", "out/all.epub"):
        for folder_ in cached / name, cached / book:
            folder_.unlink()
            folder_.mkdir()
            one = build(cached, *options)
            ok(one.returncode == 1 and f"{folder_.relative_to(cached)}: error: cannot write" in one.stderr,
               f"a folder is in the place of {folder_.name}", says(one))
            folder_.rmdir()
            agree(f"it is not there any more {options}", *options)

agree("warnings are errors", "-Werror")
agree("a warning is hidden", "-Wno-dangling-link")
ENV["SOURCE_DATE_EPOCH"] = "1000000000"
agree("another date")

for step in range(12):
    n = random.choice([k for k in range(DOCUMENTS) if k != 11])
    path = f"roles/role-{n}.md"
    old = (fresh / path).read_text()
    new = random.choice([
        old + f"\nMore {step}.\n",
        old.replace("## ", f"## New {step} ", 1),
        old.replace("title: ", f"title: New {step} ", 1),
        old.replace("role-x", "role-"),
    ])
    write(path, new)
    agree(f"random change {step}: {path}")

# ---- One document that is left is as if it were alone ----

others = sorted((fresh / "roles").rglob("*.md"))[1:]
texts = {str(p.relative_to(fresh)): p.read_text() for p in others}
for name in texts:
    write(name, "---\na: [\n---\n")
agree("all but one are broken")
first = next(iter(texts))
write(first, texts[first])
agree("one is mended")
write(first, "---\na: [\n---\n")
agree("it is broken again")
for name in texts:
    write(name, texts[name])
agree("all are mended")

# ---- A cache is never in the way ----

write("roles/role-2.md", (fresh / "roles/role-2.md").read_text() + "\nThe end.\n")
agree("a text changed again")
names = sorted(p.name for p in folder.iterdir() if p.name != "lock")
ok("changes" in names and "manifest" in names and len(names) == 3, "the files of a cache", names)
for name in "changes", "manifest", "parts.*":
    for what, harm in (("cut", lambda b: b[:len(b) // 2]), ("empty", lambda b: b""),
                       ("other", lambda b: b[:100] + b"x" + b[101:]), ("noise", lambda b: random.randbytes(1000))):
        file = max(folder.glob(name), key=lambda p: p.stat().st_mtime_ns)
        file.write_bytes(harm(file.read_bytes()))
        edit("roles/role-1.md", "It works", "It works ")
        agree(f"{name} of the cache is {what}")
        left = [p.name for p in folder.glob("parts.*")]
        ok(len(left) <= 2, "no more than two files have parts", left)
shutil.rmtree(place / "cache")
agree("the cache was deleted")
(place / "cache").chmod(0o777)
shutil.rmtree(place / "cache")
(place / "cache").write_text("a file\n")
agree("the cache cannot be made")
done()
