#!/usr/bin/python3 -B
"""Progress on a terminal: one line, seldom enough, gone at the end; elsewhere nothing at all."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

from lib.tap import ENV, ROLEPRESS, ROOT, done, equal, has_terminals, ok, rolepress, run, says, scratch

folder = scratch()
texts = folder / "in"
texts.mkdir()
for n in range(24):
    (texts / f"role-{n:02}.md").write_text(f"---\ntitle: Role {n}\nlang: en\n---\n\n# Role {n}\n\nText, and a [dead link](none.md).\n")

# A filter that takes its time, so that there is something to show on a fast machine too.
(folder / "slow.c").write_text("""
#include <time.h>
#include <rolepress/plugin.h>

static int
run(struct rp_job *job, void *state)
{
	struct timespec t = { 0, 100 * 1000 * 1000 };

	(void)job, (void)state;
	while (nanosleep(&t, &t) == -1)
		;
	return 0;
}

RP_FILTER(slow) = {
	RP_HEAD("slow"), .summary = "take a while", .role = RP_TRANSFORM, .run = run,
};
""")
built = run("cc", "-shared", "-fPIC", "-D_POSIX_C_SOURCE=200809L", "-I", ROOT / "include", "-o", folder / "slow.so", folder / "slow.c")
equal(built.returncode, 0, "a slow filter is built", says(built))


if not has_terminals():
    print("1..0 # SKIP there is no terminal to show progress on")
    raise SystemExit


def watch(*arguments, columns=80, term="xterm", stdout_too=False, slow=True):
    """What a terminal gets, in (seconds, bytes), and the exit status."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    slow_filter = ["-f", str(folder / "slow.so")] if slow else []
    process = subprocess.Popen([ROLEPRESS, *map(str, arguments), *slow_filter], stdin=subprocess.DEVNULL,
                               stdout=child if stdout_too else subprocess.PIPE, stderr=child, env={**ENV, "TERM": term},
                               start_new_session=True)
    os.close(child)
    seen, began = [], time.monotonic()
    while True:
        try:
            data = os.read(parent, 65536) if select.select([parent], [], [], 60)[0] else b""
        except OSError:     # the other end is closed
            break
        if not data:
            break
        seen.append((time.monotonic() - began, data.decode("utf-8")))
    os.close(parent)
    return seen, process.wait(timeout=60)


def screen(text):
    """The lines that a terminal shows in the end."""
    lines, column = [""], 0
    for piece in re.findall(r"\x1b\[K|[\r\n]|[^\x1b\r\n]+", text):
        if piece == "\n":
            lines.append("")
            column = 0
        elif piece == "\r":
            column = 0
        elif piece == "\x1b[K":
            lines[-1] = lines[-1][:column]
        else:
            lines[-1] = lines[-1][:column] + piece + lines[-1][column + len(piece):]
            column += len(piece)
    return [line for line in lines if line]


LINE = re.compile(r"\r(\d+) of 24 documents (read|finished)(?:, \d+/s)?(?:, \d+:\d\d left)?\x1b\[K")
for jobs in "-j1", "-j2":
    seen, status = watch(texts, jobs, "-t", "json", "-o", folder / "out.json", "-W", "no-dangling-link")
    text = "".join(data for _, data in seen)
    drawn = [(at, match) for at, data in seen for match in LINE.finditer(data)]
    equal(status, 0, f"{jobs}: the run is well", text)
    ok(len(drawn) >= 3, f"{jobs}: progress is shown", repr(text))
    ok(drawn and drawn[0][0] > 0.4, f"{jobs}: not before half a second", drawn[:1])
    ok(len(drawn) <= (seen[-1][0] + 0.2) * 10 + 1, f"{jobs}: at most ten times a second", f"{len(drawn)} in {seen[-1][0]} s")
    counts = [int(match[1]) for _, match in drawn if match[2] == "read"]
    ok(counts == sorted(counts) and counts and 0 < counts[-1] <= 24, f"{jobs}: it goes on", counts)
    ok(any(re.search(r", \d+/s, 0:\d\d left", match[0]) for _, match in drawn), f"{jobs}: with rate and time left", repr(text))
    equal(screen(text), [], f"{jobs}: nothing is left of it", repr(text))

# Nothing else gets into the line.
for verbose in [], ["-v"]:
    seen, status = watch(texts, "-j1", "-t", "json", "-o", folder / "out.json", *verbose)
    text = "".join(data for _, data in seen)
    ok(LINE.search(text), "with diagnostics there is progress too", repr(text))
    left = [line for line in screen(text) if not line.startswith("  ")]
    ok(len(left) == 24 + len(verbose) and all(line.startswith(str(folder)) and line.endswith(("[dangling-link]", " bytes"))
                                              for line in left), "which leaves them alone", left)
seen, status = watch(texts, "-j1", "-t", "json=lines", "-W", "no-dangling-link", stdout_too=True)
text = "".join(data for _, data in seen)
left = screen(text)
ok(LINE.search(text) and len(left) == 24 and all(line.startswith("{") and line.endswith("}") for line in left),
   "nor into an output on the terminal", left[:3])
seen, status = watch(texts, "-j1", "-t", "json", "-o", folder / "out.json", columns=20)
text = "".join(data for _, data in seen)
drawn = re.findall(r"\r(\d[^\r\x1b]*)\x1b\[K", text)
ok(drawn and max(map(len, drawn)) == 19, "it is cut to the terminal's width", drawn)

# Where there is none, or nobody wants it.
for name, options, more in [("-q", ["-q"], {}), ("--json", ["--json"], {}), ("a dumb terminal", [], {"term": "dumb"}),
                            ("a short run", [], {"slow": False})]:
    seen, status = watch(texts, "-t", "json", "-o", folder / "out.json", "-W", "no-dangling-link", *options, **more)
    equal("".join(data for _, data in seen), "", f"{name}: nothing is shown")
result = rolepress(texts, "-f", folder / "slow.so", "-t", "json", "-o", folder / "out.json", "-W", "no-dangling-link")
equal((result.returncode, result.stderr), (0, ""), "no terminal: nothing is shown")
result = rolepress("stream", "-t", "man", "-f", folder / "slow.so", input='{"path":"a.md","text":"# A"}\n' * 12)
equal((result.returncode, result.stderr), (0, ""), "nor of a stream")
done()
