"""The programs that are compared, and how they are measured."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
from collections import namedtuple

HERE = pathlib.Path(__file__).resolve().parent
EXTENSIONS = [word for name in ("table", "strikethrough", "autolink", "tasklist", "footnotes") for word in ("-e", name)]
PACKAGES = {"cmark-gfm": "cmark-gfm", "pandoc": "pandoc", "lowdown": "lowdown"}

Cost = namedtuple("Cost", "wall cpu megabytes")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Tools:
    def __init__(self, rolepress, place, rounds):
        self.rolepress, self.place, self.rounds = str(rolepress), place, rounds
        self.cores = len(os.sched_getaffinity(0))
        self.counter = 0
        self.have = {name: shutil.which(name) for name in PACKAGES}
        for name, path in self.have.items():
            if path is None:
                say(f"{name} is not installed: its rows are left out (apt-get install {PACKAGES[name]})")
        self.measurer = self.compile("measure")
        if self.measurer is None:
            sys.exit("bench: measure.c cannot be compiled")
        self.deflater = self.compile("deflate", "-ldeflate")
        if self.deflater is None:
            say("libdeflate is not installed: gzip -6 stands in for it (apt-get install libdeflate-dev)")

    def compile(self, name, *libraries):
        out = self.place / name
        built = subprocess.run([*os.environ.get("CC", "cc").split(), "-O2", "-o", out, HERE / f"{name}.c", *libraries],
                               capture_output=True)
        return str(out) if built.returncode == 0 else None

    def version(self, name):
        program = self.rolepress if name == "rolepress" else self.have[name]
        if program is None:
            return None
        said = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", errors="replace")
        if said.returncode == 0 and said.stdout:
            return " ".join(said.stdout.split()[:2])
        # lowdown has no such option; Debian knows.
        if shutil.which("dpkg-query") is None:
            return name
        known = subprocess.run(["dpkg-query", "-W", "-f=${Version}", PACKAGES[name]], capture_output=True, encoding="utf-8")
        return f"{name} {known.stdout}".strip()

    def scratch(self, name):
        """A path that nothing is at."""
        self.counter += 1
        return self.place / f"{self.counter}-{name}"

    def once(self, command):
        """Runs a command, in which OUT is a path to write to; a Cost."""
        out = self.scratch("out")
        words = [str(word).replace("OUT", str(out)) for word in command]
        shown = self.scratch("shown")
        result = subprocess.run([self.measurer, str(shown), *words], capture_output=True, encoding="utf-8")
        self.last = shown
        wall, user, system, kilobytes, status = result.stdout.split()
        # 1: some document of a folder of the user's could not be read.
        if int(status) not in (0, 1):
            sys.exit(f"bench: exit status {status} of {' '.join(words)}")
        # Folders stay to the end: where thousands of files have just been deleted, ext4 is slow to make new ones.
        if not out.is_dir():
            out.unlink(missing_ok=True)
        shown.unlink(missing_ok=True)
        return Cost(float(wall), float(user) + float(system), int(kilobytes) / 1024)

    def compare(self, rounds=None, warm=True, **commands):
        """Runs commands in turns; the median Cost of each, by name.  One that is None is left out."""
        commands = {name: command for name, command in commands.items() if command is not None}
        costs = {name: [] for name in commands}
        if warm:
            for command in commands.values():
                self.once(command)
        for _ in range(rounds or self.rounds):
            for name, command in commands.items():
                costs[name].append(self.once(command))
        return {name: Cost(*(statistics.median(values) for values in zip(*all_))) for name, all_ in costs.items()}

    # ---- Commands ----

    def cmark(self, to, path):
        return [self.have["cmark-gfm"], *EXTENSIONS, "-t", to, path] if self.have["cmark-gfm"] else None

    def cmark_plain(self, path):
        return [self.have["cmark-gfm"], "-t", "man", path] if self.have["cmark-gfm"] else None

    def lowdown(self, to, path):
        return [self.have["lowdown"], f"-T{to}", "-o", "OUT", path] if self.have["lowdown"] else None

    def pandoc(self, reader, to, *paths):
        if self.have["pandoc"] is None:
            return None
        return [self.have["pandoc"], "-f", reader, "-t", to, "-s", "-o", "OUT", *paths]

    def deflate(self, path):
        return [self.deflater, path] if self.deflater else ["gzip", "-6", "-c", path]
