"""The rows of the table, a function each: tools, the table, and the input."""
import hashlib
import subprocess
import sys

import generate
from tools import say

SMALL = """---
title: Security Engineer
slug: security-engineer
lang: en
---

# Security Engineer

## Responsibilities

- Builds what keeps attackers out.
- Reviews *changes*, and says **no** where it must.

## Skills

| skill | level |
|-------|-------|
| Linux | high  |
"""


class Input:
    """The documents, their concatenation, and what else is made of them."""

    def __init__(self, options, place, root):
        self.writer = generate.Writer(root / "content/handbook")
        self.largest, self.place = options.largest, place
        self.folder = options.folder or place / "documents"
        if options.folder is None:
            say(f"generating {options.documents} documents")
            generate.folder(self.writer, self.folder, options.documents)
        self.paths = sorted(path for path in self.folder.rglob("*.md") if path.is_file())
        if not self.paths:
            sys.exit(f"bench: no .md file below {self.folder}")
        self.whole = place / "all.txt"
        self.size = generate.concatenation(self.paths, self.whole)
        self.small = place / "security-engineer.md"
        self.small.write_text(SMALL)
        self.name = f"{len(self.paths):,} documents, {self.size / 1e6:.1f} MB"

    def part(self, count):
        """A folder of the first documents."""
        folder = self.place / f"first-{count}"
        if not folder.exists():
            folder.mkdir()
            for n, path in enumerate(self.paths[:count]):
                (folder / f"{n}-{path.name}").write_bytes(path.read_bytes())
        return folder


def ms(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def convert(tools, to, source, *options, out=None):
    out = out or ("OUT/" if to == "man" else f"OUT.{to}")
    return [tools.rolepress, source, "-q", "-t", to, "-o", out, *options]


# ---- One small document ----

def start(tools, table, given):
    say("start-up: one small document")
    formats = {"man": 1.5, "json": 1.5, "docbook": 4, "html": 4, "epub": 4}
    commands = {to: convert(tools, to, given.small, out="OUT.file" if to != "man" else "OUT.7") for to in formats}
    cost = tools.compare(rounds=10 * tools.rounds + 1, cmark=tools.cmark_plain(given.small), **commands)
    for to, goal in formats.items():
        slow = tools.compare(rounds=2 * tools.rounds - 1, pandoc=tools.pandoc("markdown", to, given.small)).get("pandoc")
        if "cmark" in cost:
            table.add(f"one small document to {to}, wall", ms(cost[to].wall), f"cmark-gfm -t man: {ms(cost['cmark'].wall)}",
                      cost[to].wall / cost["cmark"].wall, goal)
        if slow:
            table.add(f"one small document to {to}, wall", ms(cost[to].wall), f"pandoc: {ms(slow.wall)}", slow.wall / cost[to].wall,
                      20 if to in ("man", "json") else 10, least=True, unit="times faster")


# ---- All documents, one process ----

def one_process(tools, table, given):
    say(f"{given.name}, one process")
    cost = tools.compare(cmark=tools.cmark("man", given.whole), **{to: convert(tools, to, given.folder, "-j1") for to in ("man", "json", "docbook")})
    for to in "man", "json", "docbook":
        rate = given.size / 1e6 / cost[to].cpu
        if "cmark" in cost:
            table.add(f"{given.name} to {to}, -j1, CPU", f"{ms(cost[to].cpu)} ({rate:.0f} MB/s, {cost[to].megabytes:.0f} MB of memory)",
                      f"cmark-gfm, five extensions, -t man, one file: {ms(cost['cmark'].cpu)}, {cost['cmark'].megabytes:.0f} MB",
                      cost[to].cpu / cost["cmark"].cpu, 0.9 if to == "man" else 1.0)
        else:
            table.add(f"{given.name} to {to}, -j1, CPU", f"{ms(cost[to].cpu)} ({rate:.0f} MB/s)")


def two_processes(tools, table, given):
    say(f"{given.name}, two processes")
    cost = tools.compare(one=convert(tools, "man", given.folder, "-j1"), two=convert(tools, "man", given.folder, "-j2"))
    table.add(f"{given.name} to man, -j2, wall", ms(cost["two"].wall), f"-j1: {ms(cost['one'].wall)}",
              cost["two"].wall / cost["one"].wall, 0.6 if tools.cores >= 2 else None)


def epub(tools, table, given):
    say(f"{given.name} to EPUB")
    html = given.place / "all.html"
    commands = {"epub": convert(tools, "epub", given.folder), "cmark": tools.cmark("html", given.whole)}
    if commands["cmark"] is not None:
        with open(html, "wb") as out:
            subprocess.run(commands["cmark"], stdout=out, check=True)
        commands["deflate"] = tools.deflate(html)
    cost = tools.compare(**commands)
    if "cmark" not in cost:
        table.add(f"{given.name} to EPUB, wall", ms(cost["epub"].wall))
        return
    both = (cost["cmark"].cpu + cost["deflate"].cpu) / tools.cores
    name = "libdeflate" if tools.deflater else "gzip"
    table.add(f"{given.name} to EPUB, wall", ms(cost["epub"].wall),
              f"cmark-gfm to html ({ms(cost['cmark'].cpu)}) and {name} -6 of it ({ms(cost['deflate'].cpu)}), on {tools.cores} cores: {ms(both)}",
              cost["epub"].wall / both, 1.2)


def others(tools, table, given):
    """The others are slow, or grow faster than their input: all get the same small part."""
    count = min(300 if len(given.paths) >= 4000 else 100, len(given.paths))
    part = given.part(count)
    paths = sorted(part.iterdir())
    size = sum(path.stat().st_size for path in paths) / 1e6
    whole = given.place / "part.md"
    generate.concatenation(paths, whole)
    say(f"pandoc and lowdown, {count} documents")
    cost = tools.compare(rounds=1, warm=False, own=tools.pandoc("markdown", "epub", *paths), gfm=tools.pandoc("gfm+yaml_metadata_block", "epub", *paths))
    cost |= tools.compare(epub=convert(tools, "epub", part), man=convert(tools, "man", part, "-j1"), lowdown=tools.lowdown("man", whole))
    name = f"{count} of the documents ({size:.1f} MB)"
    for reader, said, goal in ("own", "pandoc, its own Markdown", 100), ("gfm", "pandoc -f gfm", 50):
        if reader in cost:
            table.add(f"{name} to EPUB, wall", f"{ms(cost['epub'].wall)}, {cost['epub'].megabytes:.0f} MB",
                      f"{said}: {ms(cost[reader].wall)}, {cost[reader].megabytes:.0f} MB", cost[reader].wall / cost["epub"].wall, goal,
                      least=True, unit="times faster")
    if "lowdown" in cost:
        table.add(f"{name} to man, -j1, CPU", ms(cost["man"].cpu), f"lowdown -Tman, one file: {ms(cost['lowdown'].cpu)}",
                  cost["lowdown"].cpu / cost["man"].cpu, unit="times faster")


# ---- Memory and growth ----

def memory(tools, table, given):
    say("peak memory")
    few = max(len(given.paths) // 9, 1)
    cost = tools.compare(rounds=1, warm=False, few=convert(tools, "epub", given.part(few)), all=convert(tools, "epub", given.folder))
    table.add(f"peak memory of the largest process, {len(given.paths):,} documents to EPUB", f"{cost['all'].megabytes:.0f} MB",
              f"{few:,} documents: {cost['few'].megabytes:.0f} MB", cost["all"].megabytes / cost["few"].megabytes, 1.5 if few >= 400 else None)
    table.add("the same against a bound", f"{cost['all'].megabytes:.0f} MB", "96 MB", cost["all"].megabytes / 96, 1)


def doubling(tools, table, given):
    """Factors of the time from one size to its double."""
    sizes = [1 << n for n in range(given.largest.bit_length())]
    for kind in "one document", "many documents":
        say(f"doubling {kind}, 1 to {sizes[-1]} MB")
        times = []
        for mb in sizes:
            source = given.place / "series"
            count = mb * 1_000_000 // generate.BYTES
            texts = (given.writer.text(n) for n in range(count))
            if kind == "one document":
                source = source.with_suffix(".md")
                with open(source, "w", encoding="utf-8") as f:
                    f.write(next(texts))
                    for text in texts:
                        f.write("\n" + text.split("\n---\n", 1)[1])
            else:
                generate.folder(given.writer, source, count)
            times.append(tools.compare(rounds=tools.rounds * max(4 // mb, 1) if mb < 16 else 1, warm=mb < 16, it=convert(tools, "man", source, "-j1", out="OUT/"))["it"].cpu)
            if source.is_dir():
                for path in source.iterdir():
                    path.unlink()
                source.rmdir()
        factors = [b / a for a, b in zip(times, times[1:])]
        table.add(f"{kind} of 1 to {sizes[-1]} MB, each twice the last, to man: CPU", ", ".join(ms(t) for t in times),
                  "factors " + ", ".join(f"{f:.2f}" for f in factors), max(factors), 2.1, unit="at most")


# ---- Runs again ----

def rebuild(tools, table, given):
    say("rebuilding")
    place = tools.scratch("rebuild")
    documents = place / "documents"
    documents.mkdir(parents=True)
    for n, path in enumerate(given.paths):
        (documents / f"{n}-{path.name}").write_bytes(path.read_bytes())
    (place / "rolepress.yaml").write_text("inputs: [documents]\noutputs:\n  - {to: man, out: man/}\n  - {to: epub, out: all.epub}\n")
    command = [tools.rolepress, "build", "-q", place / "rolepress.yaml"]
    first = tools.once(command)
    again = tools.once(command)
    changed = min(documents.iterdir())
    changed.write_bytes(changed.read_bytes() + b"\nOne more paragraph.\n")
    one = tools.once(command)
    for name, cost, goal in ("nothing changed", again, 0.05), ("one document changed", one, 0.10):
        if again.wall > first.wall / 2:
            table.add(f"build again, {name}", "not available: this version keeps no cache")
        else:
            table.add(f"build again, {name}, wall", ms(cost.wall), f"the first build: {ms(first.wall)}", cost.wall / first.wall, goal, unit="%")


def identical(tools, table, given):
    say("identical bytes")

    def digest(to, jobs):
        out = tools.scratch("same")
        target = f"{out}/" if to == "man" else out
        subprocess.run([tools.rolepress, given.folder, "-q", f"-j{jobs}", "-t", to, "-o", target], stderr=subprocess.DEVNULL)
        h = hashlib.sha256()
        for path in sorted(out.rglob("*")) if out.is_dir() else [out]:
            if path.is_file():
                h.update(str(path.relative_to(out)).encode() + b"\0" + path.read_bytes())
        return h.hexdigest()

    different = [to for to in ("man", "json", "docbook", "epub") if len({digest(to, jobs) for jobs in (1, 2, 8)}) > 1]
    table.add(f"{given.name} with -j1, -j2 and -j8", f"different bytes in {', '.join(different)}" if different else "the same bytes in man, json, docbook, epub",
              same=not different)


ALL = [start, one_process, two_processes, epub, others, memory, doubling, rebuild, identical]
