#!/usr/bin/python3 -B
"""A run killed at any moment leaves no half-written output, and the old one where there was one."""

import os
import signal
import subprocess
import time

from lib.tap import ENV, ROLEPRESS, done, equal, note, ok, scratch

DOCUMENTS = 400
TEXT = "\n\n".join(f"## Section {n}\n\n" + "A role has **duties** and [tools](https://example.org/). " * 8
                   for n in range(20))

folder = scratch()
(folder / "in").mkdir()
for number in range(DOCUMENTS):
    (folder / f"in/role-{number:04}.md").write_text(f"---\ntitle: Role {number}\n---\n\n{TEXT}\n")


def start(output):
    return subprocess.Popen([ROLEPRESS, folder / "in", "-q", "-o", output], env=ENV,
                            start_new_session=True, stderr=subprocess.DEVNULL)


def running(group):
    """Processes of a killed run that still work."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/stat") as stat:
                fields = stat.read().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            found.append(process)
    return found


def rest(group):
    """The processes of a run that are left when they have had time to notice."""
    for _ in range(50):
        if not running(group):
            break
        time.sleep(0.1)
    return running(group)


for ending in "epub", "xml":
    whole = folder / f"whole.{ending}"
    before = time.monotonic()
    equal(start(whole).wait(), 0, f"{ending}: a whole run")
    seconds = time.monotonic() - before
    note(f"{ending}: a whole run of {DOCUMENTS} documents takes {seconds:.2f} s")

    killed = 0
    for old in False, True:
        for part in 0.1, 0.3, 0.5, 0.7, 0.85, 0.95:
            output = folder / f"{'old' if old else 'new'}-{part}.{ending}"
            if old:
                output.write_text("old")
            process = start(output)
            time.sleep(seconds * part)
            process.send_signal(signal.SIGKILL)
            status = process.wait()
            if status != -signal.SIGKILL:
                continue
            killed += 1
            content = output.read_bytes() if output.exists() else None
            allowed = [b"old" if old else None, whole.read_bytes()]
            ok(content in allowed, f"{output.name} is as it was, or whole",
               f"{'missing' if content is None else len(content)} bytes of {len(allowed[1])}")
            equal(rest(process.pid), [], f"{output.name}: no worker is left")
    ok(killed >= 6, f"{ending}: runs were killed on their way", f"only {killed}")
done()
