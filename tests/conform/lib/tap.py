"""What the conformance tests share: TAP, running programs, and where things are.

A test is a script that imports this, calls ok() for each thing that must hold, and done().
"""

import atexit
import os
import pathlib
import pty
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATA = ROOT / "tests/conform/data"
NPM = ROOT / "build/npm/node_modules"
ROLEPRESS = str((ROOT / os.environ.get("ROLEPRESS", "build/release/rolepress")).resolve())
HANDBOOK = (ROOT / os.environ.get("HANDBOOK", "build/handbook")).resolve()
ENV = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": "946684800",
       "XDG_CACHE_HOME": str(ROOT / "build/cache"),
       "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}    # start fast

_count = _failed = 0


def ok(holds, name, reason=""):
    """One test; the reason why it fails, if it does, is text or a list of lines."""
    global _count, _failed
    _count += 1
    print("ok" if holds else "not ok", _count, "-", str(name).replace("#", "\\#"), flush=True)
    if not holds:
        _failed += 1
        note(f"{name} does not hold", reason)
    return bool(holds)


def equal(got, expected, name, reason=""):
    """One test: two values are the same."""
    return ok(got == expected, name, f"{reason}\ngot      {got!r}\nexpected {expected!r}")


def note(*texts):
    """A comment that a harness shows; a long one is cut."""
    for text in texts:
        lines = text.splitlines() if isinstance(text, str) else [str(line) for line in text]
        for line in lines[:40]:
            print("#", line, file=sys.stderr, flush=True)
        if len(lines) > 40:
            print(f"# ... and {len(lines) - 40} lines more", file=sys.stderr, flush=True)


def done():
    """The end of a test."""
    print(f"1..{_count}")
    sys.exit(1 if _failed or not _count else 0)


def run(*command, **options):
    """Runs a program: its result has returncode, stdout and stderr, as text."""
    options.setdefault("timeout", 600)
    return subprocess.run([str(word) for word in command], capture_output=True, encoding="utf-8",
                          errors="replace", env=ENV, **options)


def rolepress(*arguments, **options):
    return run(ROLEPRESS, *arguments, **options)


def says(result):
    """What a program said and how it ended, as the reason of a failure."""
    return f"exit status {result.returncode}\n{result.stdout}{result.stderr}"


def scratch():
    """A folder that goes when the test ends."""
    folder = tempfile.mkdtemp(prefix="rolepress-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return pathlib.Path(folder)


def has_terminals():
    """Whether a pseudo-terminal can be had: not in a bare chroot."""
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError:
        return False
    return True


def outputs(pattern):
    """The handbook's files of that pattern; that there are some is a test of its own."""
    found = sorted(HANDBOOK.glob(pattern))
    ok(found, f"the handbook has {pattern}", f"none in {HANDBOOK}: make handbook first")
    return found


def samples():
    """The small documents that every output is tried on."""
    return sorted(DATA.glob("*.md"))
