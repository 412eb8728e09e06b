#!/usr/bin/python3 -B
"""A program that is a filter: whatever it does, rolepress ends, says what happened, and leaves nothing."""

import json
import os
import pathlib
import re
import time

from lib.tap import ENV, ROLEPRESS, ROOT, done, equal, ok, rolepress, run, says, scratch

folder = scratch()
one, many = folder / "one.md", folder / "many"
one.write_text("---\ntitle: One\nlang: en\n---\n\nSome *words*.\n")
many.mkdir()
for name in "abc":
    (many / f"{name}.md").write_text(f"---\ntitle: {name}\nlang: en\n---\n\nText of {name}.\n")


def program(name, text, mode=0o755):
    file = folder / name
    file.write_text(text)
    file.chmod(mode)
    return str(file)


def python(name, text, **options):
    return program(name, f"#!/usr/bin/python3 -S\nimport json, os, sys, time\n{text}", **options)


def running(name):
    """Processes that run a program of that name."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if f"{folder}/{name}" in pathlib.Path(f"/proc/{process}/cmdline").read_text():
                found.append(process)
        except OSError:
            pass
    return found


def left(name):
    """Those that still run when a moment has passed: a signal takes one."""
    end = time.monotonic() + 2
    while running(name) and time.monotonic() < end:
        time.sleep(0.02)
    return running(name)


def told(result, text, name):
    ok(text in result.stderr, f"{name}: {text}", says(result))


def fails(name, options, *texts, documents=one, status=1, stdout=""):
    """A program fails: the run says why, and nothing is left of it."""
    file = folder / name
    result = rolepress(documents, "-t", "tree", "-f", f"{file}{options}", timeout=60)
    equal(result.returncode, status, f"{name}: exit status", says(result))
    equal(result.stdout, stdout, f"{name}: nothing is written", says(result))
    for text in texts:
        told(result, text, name)
    equal(left(name), [], f"{name}: no process is left")
    return result


def keeps(name, options=""):
    """The same with on-error=keep: the documents are as they were."""
    plain = rolepress(many, "-t", "tree")
    result = rolepress(many, "-t", "tree", "-f", f"{folder / name}=on-error=keep{options}", timeout=60)
    equal(result.returncode, 0, f"{name}, kept: exit status", says(result))
    equal(result.stdout, plain.stdout, f"{name}, kept: every document is as it was")
    told(result, "warning: ", f"{name}, kept")
    told(result, "the document stays as it was", f"{name}, kept")
    ok("error: " not in result.stderr, f"{name}, kept: no error", says(result))
    equal(left(name), [], f"{name}, kept: no process is left")


# ---- What goes well ----

plain = rolepress(many, "-t", "tree=meta")
for what in "/bin/cat", "/bin/cat=keep=no":
    result = rolepress(many, "-t", "tree=meta", "-f", what)
    equal((result.stdout, result.stderr), (plain.stdout, ""), f"{what}: the tree as it was")

python("count", """
for n, line in enumerate(sys.stdin):
    tree = json.loads(line)
    tree["root"]["attributes"]["seen"] = f"{n} by {os.getpid()}"
    print(json.dumps(tree), flush=True)
""")
for keep, programs, last in ("yes", 1, 2), ("no", 3, 0):
    result = rolepress(many, "-t", "tree", "-f", f"{folder}/count=keep={keep}")
    seen = [line.split('seen="')[1].split('"')[0].split(" by ") for line in result.stdout.splitlines()
            if 'seen="' in line]
    equal((len({pid for _, pid in seen}), seen[-1][0]), (programs, str(last)), f"keep={keep}: {programs} started")

# A run that goes on in another process gets a program of its own there.
(folder / "fork.c").write_text("""
#include <sys/wait.h>
#include <unistd.h>
#include <rolepress/plugin.h>

static int
run(struct rp_job *job, void *state)
{
	static int told;
	int status = 1;
	pid_t pid = told++ == 0 ? fork() : 0;

	(void)job, (void)state;
	if (pid > 0) {
		waitpid(pid, &status, 0);
		_exit(WEXITSTATUS(status));
	}
	return 0;
}

RP_FILTER(fork) = { RP_HEAD("fork"), .summary = "go on in another process", .role = RP_TRANSFORM, .run = run };
""")
result = run("cc", "-shared", "-fPIC", f"-I{ROOT}/include", folder / "fork.c", "-o", folder / "fork.so")
equal(result.returncode, 0, "a filter that forks is built", says(result))
result = rolepress(many, "-t", "tree", "-f", f"{folder}/count", "-f", f"{folder}/fork.so")
seen = re.findall(r'seen="(\d) by (\d+)"', result.stdout)
ok(len(seen) == 3 and len({pid for _, pid in seen}) > 1, "a program for each process", says(result))
equal(left("count"), [], "and none is left")

python("args", """
line = sys.stdin.readline()
print(sys.argv[1:], os.environ["ROLEPRESS_VERSION"], file=sys.stderr)
print(line)
""")
result = rolepress(one, "-t", "man", "-f", f"{folder}/args=args=--loud  twice:keep=no")
told(result, "note: ['--loud', 'twice'] 0.1.0 [args]", "arguments")

python("bare.py", "print(sys.stdin.readline(), end='')\n")
result = rolepress("one.md", "-t", "man", "-f", "bare.py", cwd=folder)
equal((result.returncode, result.stderr), (0, ""), "a script in the working directory needs no ./")

# The same program twice, each in its own way.
result = rolepress(many, "-t", "tree", "-f", f"{folder}/args=args=a:keep=no", "-f", f"{folder}/args=args=b:keep=no")
equal((result.stderr.count("['a']"), result.stderr.count("['b']")), (3, 3), "one program twice", says(result))

# ---- What it says ----

python("talk", """
for line in sys.stdin:
    print("6:6: warning: emphasis", file=sys.stderr)
    print("warning: all of it\\nnothing much\\n\\n\\x1b[31mred\\xff", file=sys.stderr)
    print(line, end="", flush=True)
""")
result = rolepress(one, "-t", "man", "-f", f"{folder}/talk")
equal(result.stderr.replace(f"{one}", "one"), """one: warning: all of it [talk]
one: note: nothing much [talk]
one: note: \N{REPLACEMENT CHARACTER}[31mred\N{LATIN SMALL LETTER Y WITH DIAERESIS} [talk]
one:6:6: warning: emphasis [talk]
""", "standard error becomes diagnostics")
python("error", 'for line in sys.stdin:\n    print("6:6: error: no emphasis", file=sys.stderr)\n'
       '    print(line, end="", flush=True)\n')
fails("error", "", ":6:6: error: no emphasis [error]")
python("noise", 'for line in sys.stdin:\n    sys.stderr.write("x" * 1000 + "\\n" + "noise\\n" * 300000)\n'
       '    print(line, end="", flush=True)\n')
result = rolepress(one, "-t", "tree", "-f", f"{folder}/noise")
equal(result.stdout, rolepress(one, "-t", "tree").stdout, "much noise, and the answer all the same")
told(result, "said 299801 lines more", "noise")

# ---- What goes wrong ----

program("nothere", "#!/no/such/interpreter\n")
fails("nothere", "", "the interpreter that its first line names is not there: /no/such/interpreter", status=2)
program("plain", "#!/bin/cat\n", mode=0o644)
fails("plain", "", "no plugin, and not executable", status=2)
fails("missing", "", "cannot open", status=2)
program("noise.exe", "\x01\x02\x03")
fails("noise.exe", "", "cannot be started: Exec format error")
fails("count", "=kepe=no", 'did you mean "keep"?', status=2)

python("start", 'sys.exit("no config")\n')
fails("start", "", "ended with exit status 1 without an answer; it said last: no config", "note: no config [start]")
fails("start", "=keep=no", "ended with exit status 1; it said last: no config")
keeps("start")
keeps("start", ":keep=no")

python("middle", """
for n, line in enumerate(sys.stdin):
    if '"title":"b"' in line:
        sys.exit(3)
    tree = json.loads(line)
    tree["root"]["attributes"] = {"n": str(n)}
    print(json.dumps(tree), flush=True)
""")
result = rolepress(many, "-t", "tree", "-f", f"{folder}/middle")
equal(result.returncode, 1, "exit 3 in the middle: exit status", says(result))
told(result, "b.md: error: ", "exit 3 in the middle")
told(result, "middle ended with exit status 3 without an answer [middle]", "exit 3 in the middle")
equal(re.findall(r' n="(\d)"', result.stdout), ["0", "0"], "it is started again for the next document")

python("killed", "sys.stdin.readline(); os.kill(os.getpid(), 11)\n")
fails("killed", "", "was killed by signal 11 (Segmentation fault) without an answer")
python("garbage", 'for line in sys.stdin:\n    print("hello", flush=True)\n')
fails("garbage", "", "not JSON (line 1, column ", "answered with what is no such tree")
keeps("garbage")
python("empty", "for line in sys.stdin:\n    print(flush=True)\n")
fails("empty", "", "answered with an empty line")
keeps("empty")
program("silent", "#!/bin/sh\ncat >/dev/null\n")
fails("silent", "=keep=no", "wrote nothing")
python("two", "for line in sys.stdin:\n    print(line * 2, end='', flush=True)\n")
fails("two", "", "wrote more than one line for a document")
keeps("two")
python("early", "print('{}', flush=True)\nfor line in sys.stdin:\n    print(line, end='', flush=True)\n")
result = rolepress(many, "-t", "tree", "-f", f"{folder}/early")
ok(result.returncode == 1, "an answer that nobody asked for fails", says(result))
python("wrong", """
for line in sys.stdin:
    tree = json.loads(line)
    tree["root"]["children"][-1] = {"kind": "item"}
    print(json.dumps(tree), flush=True)
""")
fails("wrong", "", ": item cannot stand in document")
keeps("wrong")

python("hang", "sys.stdin.read() if len(sys.argv) > 1 else time.sleep(100)\n")
started = time.monotonic()
fails("hang", "=timeout=1", "did not answer in time, and was stopped")
fails("hang", "=timeout=1:args=x", "then it wants keep=no")
fails("hang", "=timeout=1:keep=no", "did not end in time, and was stopped")
ok(time.monotonic() - started < 10, "a hang takes as long as its timeout")
program("children", f"#!/bin/sh\n/bin/sleep 98765 &\necho $! >{folder}/child\nsleep 98765\n")
fails("children", "=timeout=1", "did not answer in time")
child = (folder / "child").read_text().strip()
ok(not os.path.exists(f"/proc/{child}") or "Z" in pathlib.Path(f"/proc/{child}/stat").read_text().split()[2],
   "what it started ends with it")
python("wild", "sys.stdin.readline()\nwhile True: os.write(1, b'x' * 1000000)\n")
fails("wild", "", "wrote without end")
python("stay", "for line in sys.stdin:\n    print(line, end='', flush=True)\ntime.sleep(100)\n")
started = time.monotonic()
result = rolepress(one, "-t", "man", "-f", f"{folder}/stay")
ok(result.returncode == 0 and time.monotonic() - started < 10, "one that does not end is ended", says(result))
equal(left("stay"), [], "and is gone")

# ---- A program goes when rolepress is killed ----

python("orphan", f"open('{folder}/ready', 'w').close()\nwhile True: pass\n")
victim = os.posix_spawn(ROLEPRESS, [ROLEPRESS, str(one), "-t", "man", "-f", f"{folder}/orphan"], ENV)
while not (folder / "ready").exists():
    time.sleep(0.01)
equal(len(running("orphan")), 2, "rolepress and its program run")
os.kill(victim, 9)
os.waitpid(victim, 0)
equal(left("orphan"), [], "a program goes when rolepress is killed")

# ---- Large documents: both pipes fill at the same time ----

large = folder / "large.md"
large.write_text("---\ntitle: Large\nlang: en\n---\n\n" + "A paragraph of *some* words.\n\n" * 20000)
size = len(rolepress(large, "-t", "tree-json").stdout)
ok(size > 5_000_000, f"a large document: {size} bytes")
expected = rolepress(large, "-t", "tree").stdout
python("bytewise", """
while True:
    bytes = os.read(0, 1000)
    if not bytes: break
    os.write(1, bytes)
""")
for what in "/bin/cat", "/bin/cat=keep=no", f"{folder}/bytewise", f"{folder}/bytewise=keep=no":
    result = rolepress(large, "-t", "tree", "-f", what, timeout=100)
    ok(result.stdout == expected, f"{pathlib.Path(what).name}: it comes through", result.stderr)

# ---- A caller without standard streams, and one that ignores SIGPIPE's kin ----

result = run("sh", "-c", f"exec <&- 2>&-; '{ROLEPRESS}' '{one}' -t man -f /bin/cat")
ok("Some" in result.stdout, "closed standard streams do no harm", says(result))
result = run("sh", "-c", f"trap '' CHLD PIPE; '{ROLEPRESS}' '{one}' -t man -f '{folder}/middle'")
ok("Some" in result.stdout, "ignored signals do no harm", says(result))

# ---- Scripts that cannot run themselves; the samples ----

program("script.pl", (ROOT / "samples/filters/plain-words.pl").read_text(), mode=0o644)
equal(rolepress(one, "-t", "man", "-f", folder / "script.pl").returncode, 0, "a script is run by its extension")
done()
