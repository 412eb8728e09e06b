#!/usr/bin/python3 -B
"""JSON Lines in and out: a line for each, at once, in order, whatever the lines are."""

import base64
import json
import os
import select
import shutil
import subprocess
import zipfile

from lib.tap import ENV, ROLEPRESS, ROOT, done, equal, ok, rolepress, run, samples, says, scratch

folder = scratch()


def stream(lines, *options, **more):
    """The answers to lines, which are objects or texts."""
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    result = rolepress("stream", *options, input=text, **more)
    return result, [json.loads(line) for line in result.stdout.splitlines()]


# ---- The same as one document at a time ----

documents = samples() + sorted((ROOT / "content/handbook").glob("*/*.md"))
texts = {f"{path.parent.name}-{path.name}": path.read_text(encoding="utf-8") for path in documents}
for form in "man", "docbook", "html":
    result, answers = stream([{"path": name, "text": text, "n": i} for i, (name, text) in enumerate(texts.items())], "-t", form)
    equal([(a["path"], a["n"]) for a in answers], [(name, i) for i, name in enumerate(texts)], f"{form}: in order", says(result))
    wrong = []
    for answer in answers:
        out = folder / form / answer["path"]
        out.mkdir(parents=True)
        alone = rolepress("-", "--json", "-t", form, "-o", f"{out}/", input=texts[answer["path"]])
        files = [path for path in out.rglob("*") if path.is_file()]
        # Standard input has no name, which is a document's slug where it has none itself.
        if "slug:" not in texts[answer["path"]] or alone.returncode != 0:
            continue
        if [str(p.relative_to(out)) for p in files] != [answer["file"]]:
            wrong.append(f"{answer['path']}: {files}, not {answer['file']}")
        if files[0].read_text(encoding="utf-8") != answer["output"]:
            wrong.append(f"{answer['path']}: not the same bytes")
        said = [json.loads(line) for line in alone.stderr.splitlines()]
        said = [{key: m[key] for key in m if key != "file"} for m in said]
        if said != answer["diagnostics"]:
            wrong.append(f"{answer['path']}: {said}, not {answer['diagnostics']}")
    ok(not wrong, f"{form}: what a run on each gives", wrong)
ok(sum("slug:" in text for text in texts.values()) > 10, "enough documents have a slug")

result, answers = stream([{"path": "a.md", "text": "# A\n"}], "-t", "epub")
(folder / "a.epub").write_bytes(base64.b64decode(answers[0]["output"]))
equal((answers[0]["encoding"], answers[0]["file"]), ("base64", "a.epub"), "a book is in base64")
equal(zipfile.ZipFile(folder / "a.epub").namelist()[0], "mimetype", "and is a book")

# ---- What is passed through, and options ----

other = {"id": 12345678901234567, "x": 1.5, "y": 0.1, "z": 1e300, "deep": [{"a": [None, True, False, "\u00e9\u2028\n"]}], "": "empty"}
result, answers = stream([{"path": "x.md", "text": "# X\n", **other}], "-t", "man")
equal({key: answers[0].get(key) for key in other}, other, "other members are passed through", says(result))
ok("0.1," in result.stdout and "1.5," in result.stdout, "numbers are not made longer", result.stdout)
equal(result.stdout.count("\n"), 1, "on one line")
result, answers = stream([{"path": "x.md", "text": "# X\n\n[y](y.md)\n"}], "-t", "man")
equal([(m["line"], m["column"], m["code"]) for m in answers[0]["diagnostics"]], [(3, 1, "dangling-link")], "a link to another document leads nowhere")
equal((result.returncode, answers[0]["status"], result.stderr), (0, 0, ""), "which is said in the answer only")
result, answers = stream([{"path": "x.md", "text": "[y](y.md)\n"}, {"path": "z.md", "text": "---\nlang: en\n---\n\n# Z\n"}], "-t", "man", "-W", "error")
equal([a["status"] for a in answers], [1, 0], "-W error holds for each document")
ok("output" in answers[0] and result.returncode == 1, "and fails the run", says(result))
result, answers = stream([{"path": "x.md", "text": "[y](y.md)\n"}] * 2, "-t", "man", "-W", "no-dangling-link", "-x", "roles", "-s", "title=T")
equal([m["code"] for a in answers for m in a["diagnostics"] if m["code"] == "dangling-link"], [], "so do other options")
result, answers = stream([{"path": "x.md", "text": "[y](y.md)\n"}], "-t", "man", "-q")
equal(answers[0]["diagnostics"], [], "-q leaves warnings out")
result, answers = stream([{"path": "x.md", "text": "# X\n\n[y](y.md)\n"}], "-t", "man", "-v")
ok("x.md:3:1: warning: link to y.md" in result.stderr, "-v says them on standard error too", says(result))

# ---- Lines that are no documents ----

good = {"path": "good.md", "text": "# Good\n"}
bad = ['', 'nonsense', '[]', '"text"', '{"path": "a"', '{"path": "a", "path": "b", "text": ""}', {"path": "a"}, {"text": "a"},
       {"path": 1, "text": "a"}, {"path": "", "text": "a"}, {"path": "a", "text": None}, {**good, "output": 1},
       '{"path": "a", "text": "\\u0000"}', '{"path": "a", "text": "\\ud800"}', '{"path": "a", "text": "a", "n": 1e999}']
result, answers = stream([line for pair in zip(bad, [good] * len(bad)) for line in pair], "-t", "man")
equal(len(answers), 2 * len(bad), "each line has an answer", says(result))
equal([(a["status"], a["line"]) for a in answers[0::2]], [(1, n) for n in range(1, 2 * len(bad), 2)], "bad lines are numbered", says(result))
ok(all(a["diagnostics"][0]["code"] == "input-line" and "output" not in a for a in answers[0::2]), "and say why", says(result))
ok(all(a["status"] == 0 and a["output"] for a in answers[1::2]), "good ones between them are converted")
equal(result.returncode, 1, "the run has failed")
equal([line.split(":")[1] for line in result.stderr.splitlines()], [str(n) for n in range(1, 2 * len(bad), 2)], "on standard error too", says(result))
result, answers = stream([{"path": "a", "id": 7}], "-t", "man")
equal((answers[0]["path"], answers[0]["id"]), ("a", 7), "what names a bad line is passed through")
result, answers = stream([{"path": "bad.md", "text": "---\na: b: c\n---\n"}, good], "-t", "man")
equal([a["status"] for a in answers], [1, 0], "a document that fails fails alone")
equal([(m["code"], m["line"]) for m in answers[0]["diagnostics"]], [("yaml-syntax", 2)], "with line and column of its own")

raw = subprocess.run([ROLEPRESS, "stream", "-t", "man"], input=b'{"path":"a","text":"\xff"}\n\xef\xbb\xbf{}\n', capture_output=True, env=ENV)
equal([json.loads(line)["status"] for line in raw.stdout.splitlines()], [1, 1], "bytes that are no UTF-8 are refused")
for name, text in ("a byte order mark", "\ufeff" + json.dumps(good) + "\n"), ("CRLF", json.dumps(good) + "\r\n"), ("no line end", json.dumps(good)):
    result = rolepress("stream", "-t", "man", input=text)
    equal((result.returncode, result.stdout.count("\n")), (0, 1), f"{name} is fine", says(result))
result = rolepress("stream", "-t", "man", input="")
equal((result.returncode, result.stdout), (0, ""), "no line, no answer", says(result))

for wrong in ([], ["-t", "nonsense"], ["-t", "man", "x.md"], ["-t", "man", "-o", "x"], ["-t", "man", "-f", "nonsense"],
              ["-t", "man", "--line-limit", "x"], ["-t", "man", "-x", "identity"]):
    result = rolepress("stream", *wrong, input=json.dumps(good))
    equal((result.returncode, result.stdout), (2, ""), f"wrong usage before anything is read: {' '.join(wrong)}", says(result))
    ok(result.stderr, "which is said")

# ---- At once, in bounded memory, in linear time ----

talk = subprocess.Popen([ROLEPRESS, "stream", "-t", "man"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENV)
for n in range(3):
    talk.stdin.write(json.dumps({**good, "n": n}).encode() + b"\n")
    talk.stdin.flush()
    ok(select.select([talk.stdout], [], [], 20)[0] and json.loads(talk.stdout.readline())["n"] == n,
       f"answer {n} comes before the next line")
talk.stdin.close()
equal(talk.wait(timeout=20), 0, "and the end ends it")

big = {"path": "big.md", "text": "# Big\n\n" + "A line of text that is not long.\n\n" * 90000}
result, answers = stream([good, big, good], "-t", "man", "--line-limit", "2")
equal([a["status"] for a in answers], [0, 1, 0], "a line over the limit is passed over", result.stderr)
ok("longer than --line-limit" in result.stderr, "and said", result.stderr)
result, answers = stream([big, good], "-t", "man", "--line-limit", "4")
equal([a["status"] for a in answers], [0, 0], "under it, it is read", result.stderr)
ok(len(answers[0]["output"]) > 2_000_000, "all of it")


def cost(count):
    """Seconds of processor, and megabytes, that so many lines take."""
    text = "## Skills\n\n- one\n- [two](two.md)\n\n" + "words and more words\n" * 100
    line = json.dumps({"path": "role.md", "text": f"---\ntitle: Role\n---\n\n{text}"}).encode() + b"\n"
    # AddressSanitizer keeps what was freed, and would be what is measured.
    process = subprocess.Popen([ROLEPRESS, "stream", "-t", "man", "-q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**ENV, "ASAN_OPTIONS": "quarantine_size_mb=1"})
    for n in range(count):
        process.stdin.write(line)
        process.stdin.flush()
        process.stdout.readline()
    with open(f"/proc/{process.pid}/status") as status:
        most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    process.stdin.close()
    used = os.wait4(process.pid, 0)[2]
    return used.ru_utime + used.ru_stime, most / 1024


few, many = cost(500), cost(4000)
ok(many[1] < few[1] * 1.2 + 1, "memory does not grow with the lines", f"{few[1]:.1f} MB, then {many[1]:.1f} MB")
ok(many[0] < few[0] * 8 * 2 + 0.1, "nor the time for each", f"{few[0]:.3f} s, then {many[0]:.3f} s")

# ---- Spread over processes ----

everything = folder / "everything.jsonl"
everything.write_text("".join(json.dumps({"path": f"r{i}.md", "text": text, "n": i}) + "\n"
                              for i, text in enumerate(list(texts.values()) * 3)))
one = rolepress("stream", "-t", "man", input=everything.read_text())
for task in range(1, 6):
    array = run("env", f"SLURM_ARRAY_TASK_ID={task}", "SLURM_ARRAY_TASK_COUNT=5", ROOT / "samples/cluster/slurm.sh",
                everything, folder / "parts", "-t", "man")
    ok(array.returncode in (0, 1), f"part {task} as an array job has it", says(array))
parts = sorted((folder / "parts").iterdir())
ok(len(parts) == 5 and "".join(part.read_text() for part in parts) == one.stdout, "the parts are what one process writes")
if shutil.which("parallel"):
    spread = run("env", "BLOCK=50k", ROOT / "samples/cluster/parallel.sh", everything, "-t", "man", cwd=folder)
    ok(spread.stdout == one.stdout and one.stdout.count("\n") == 3 * len(texts), "GNU parallel gives what one process does", says(spread)[:2000])
    equal(spread.returncode != 0, one.returncode != 0, "and how it went")
for script in sorted((ROOT / "samples/cluster").glob("*")):
    if script.suffix == ".sh":
        equal(run("sh", "-n", script).returncode, 0, f"{script.name} is shell")
    elif script.suffix == ".py":
        compile(script.read_text(), script, "exec")
        ok(True, f"{script.name} is Python")
done()
