#!/usr/bin/python3 -B
"""What the shells offer after rolepress, and what list says to programs: both from the tables."""

import json
import os
import pty
import re
import select

import jsonschema

from lib.tap import ENV, ROLEPRESS, ROOT, done, equal, has_terminals, ok, rolepress, run, says, scratch

place = scratch()
(place / "roles").mkdir()
(place / "roles/ciso.md").write_text("# CISO\n")
ENV["PATH"] = os.path.dirname(ROLEPRESS) + ":" + ENV["PATH"]
ENV["HOME"] = str(place)
scripts = {}
for shell in ("bash", "zsh", "fish"):
    result = rolepress("completion", shell)
    equal(result.returncode, 0, f"completion for {shell}", says(result))
    scripts[shell] = place / f"completion.{shell}"
    scripts[shell].write_text(result.stdout)
    result = run(shell, "-n", scripts[shell])
    equal((result.returncode, result.stderr), (0, ""), f"{shell} reads it", says(result))
for words in ((), ("csh",), ("bash", "zsh")):
    equal(rolepress("completion", *words).returncode, 2, f"completion {' '.join(words)} is wrong usage")

# ---- What is offered; the same questions to each shell


def bash(line):
    """The whole words that bash would have after a tab at the end of the line."""
    script = f"""source {scripts['bash']}
COMP_LINE={line!r} COMP_POINT=${{#COMP_LINE}} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
cd {place}; _rolepress 2>&1; printf '%s\\n' "${{COMPREPLY[@]}}" """
    word = line.split(" ")[-1]
    head = word[:max(word.rfind("="), word.rfind(":")) + 1]
    return {head + one for one in run("bash", "-c", script).stdout.split()}


def fish(line):
    result = run("fish", "-c", f"source {scripts['fish']}; cd {place}; complete -C {line!r}")
    return {one.split("\t")[0] for one in result.stdout.splitlines()}


def zsh(line):
    """What zsh shows, through a terminal of its own: zpty."""
    script = f"""zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z $'
PS1= ; autoload -U compinit; compinit -u -D; source {scripts['zsh']}; cd {place}
zstyle ":completion:*" list-colors ; LISTMAX=0; bindkey "^I" complete-word; setopt no_always_last_prompt
compadd() {{ builtin compadd -O got "$@"; print -lr -- "<$^got>" >> {place}/zsh.out; builtin compadd "$@" }}
: > {place}/zsh.out'
for i in {{1..300}}; do [[ -e {place}/zsh.out ]] && break; sleep 0.1; done
zpty -n -w z $'{line}\\t'
for i in {{1..300}}; do [[ -s {place}/zsh.out ]] && break; sleep 0.1; done; sleep 0.2; zpty -d z"""
    (place / "zsh.out").unlink(missing_ok=True)
    run("zsh", "-f", "-c", script)
    word = line.split(" ")[-1]
    head = word[:max(word.rfind("="), word.rfind(":")) + 1]
    found = (place / "zsh.out").read_text().split() if (place / "zsh.out").exists() else []
    return {head + one.strip("<>") for one in found}


for line, some, none in (
        ("rolepress ", {"build", "check", "list", "completion", "new"}, {"epub", "--to"}),
        ("rolepress --q", {"--quiet"}, {"--to"}),
        ("rolepress roles -t ", {"epub", "json", "man"}, {"links", "build"}),
        ("rolepress roles --to ", {"epub", "json"}, {"links"}),
        ("rolepress roles -t e", {"epub"}, {"json"}),
        ("rolepress roles -t man=", {"man=section=", "man=manual="}, {"json", "man=1"}),
        ("rolepress roles -t man=section=", {"man=section=1", "man=section=7"}, {"man=manual="}),
        ("rolepress roles -t man=section=7:", {"man=section=7:manual="}, {"man=section=7:7"}),
        ("rolepress roles -t tree=meta=y", {"tree=meta=yes"}, {"tree=meta=no"}),
        ("rolepress roles -f i", {"identity", "ids"}, {"epub", "links"}),
        ("rolepress roles -f identity=t", {"identity=title-heading="}, set()),
        ("rolepress roles -x l", {"links", "language"}, {"identity", "man"}),
        ("rolepress roles -W no-dang", {"no-dangling-link"}, {"error"}),
        ("rolepress roles -s la", {"lang="}, {"title="}),
        ("rolepress --from m", {"markdown"}, set()),
        ("rolepress completion ", {"bash", "zsh", "fish"}, {"epub"}),
):
    for shell in (bash, fish, zsh):
        if shell is zsh and not has_terminals():
            continue
        if shell is zsh and line not in ("rolepress roles -t ", "rolepress roles -t man=section=", "rolepress completion "):
            continue    # a second each
        offered = shell(line)
        ok(some <= offered and not none & offered, f"{shell.__name__}: {line!r}", f"offered {sorted(offered)}")


def typed(line):
    """The line as an interactive bash has it after a tab, on a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(place)
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], {**ENV, "PS1": "> ", "TERM": "dumb", "INPUTRC": "/dev/null"})
    os.write(terminal, f"bind 'set enable-bracketed-paste off'; source {scripts['bash']}; echo rea''dy\n".encode())
    seen = until(terminal, b"ready\r\n> ")
    os.write(terminal, line.encode() + b"\t|\x15exit\n")
    seen = until(terminal, b"|")
    os.close(terminal)
    os.waitpid(child, 0)
    return seen.decode().rsplit("|", 1)[0].lstrip("\a")


def until(terminal, end):
    """What the terminal shows up to there; a minute at most."""
    seen = b""
    while end not in seen and select.select([terminal], [], [], 60)[0]:
        try:
            seen += os.read(terminal, 1000)
        except OSError:
            break
    return seen


(place / "two words.md").write_text("# A\n")
for line, wanted in (
        ("rolepress t.md -t html=fragment:st", "rolepress t.md -t html=fragment:style="),
        ("rolepress t.md -f headings=w", "rolepress t.md -f headings=words="),
        ("rolepress t.md -t man=section=7:ma", "rolepress t.md -t man=section=7:manual="),
        ("rolepress new filter x --l", "rolepress new filter x --lua "),
        ("rolepress two", "rolepress two\\ words.md "),
        ("rolepress rol", "rolepress roles/")):
    equal(typed(line).replace("\a", ""), wanted, f"bash at a terminal: {line}")
equal(bash("rolepress new filter x --"), {"--c", "--lua", "--python"}, "a new filter has a language, and no other option")
ok("roles" in {one.rstrip("/") for one in bash("rolepress check ro")}, "and files where an input stands")

# ---- What is wrong is said with what helps

script = place / "own.lua"
script.write_text("return { Text = function(text) end }\n")
for words, said in ((("-t", "man=section"), "wants one of 1|2|3|4|5|6|7|8|9, but has no value"),
                    (("-t", "man=section=x"), 'wants one of 1|2|3|4|5|6|7|8|9, not "x"'),
                    (("-t", "tree", "-f", f"{script}=zzz"), f"see: rolepress list {script}"),
                    (("-t", "tree", "-f", "links=zzzzzz"), "see: rolepress list links")):
    result = rolepress(place / "roles", *words)
    ok(result.returncode == 2 and said in result.stderr, f"{' '.join(words)}: {said}", says(result))

# ---- For programs

result = rolepress("list", "--json")
listed = json.loads(result.stdout)
schema = json.loads((ROOT / "src/run/filters.schema.json").read_text())
validator = jsonschema.Draft202012Validator(schema)
validator.check_schema(schema)
equal([error.message for error in validator.iter_errors(listed)], [], "list --json is valid")
ok(list(validator.iter_errors({**listed, "filters": [{"name": "x"}]})), "its judge can say no")
by_name = {(one["role"], one["name"]): one for one in listed["filters"]}
for path in (ROOT / "filters").iterdir():
    if path.suffix == ".c" or path.is_dir():
        name = {"rawhtml": "html"}.get(path.stem, path.stem.removesuffix("-reader"))
        ok(any(key[1] == name for key in by_name), f"{name} is listed")
section = next(one for one in by_name["writer", "man"]["options"] if one["name"] == "section")
equal((section["type"], section["default"], section["values"]), ("enum", "7", list("123456789")), "an option's values")
places = sorted(one["place"] for one in listed["filters"] if "place" in one)
equal(places, list(range(1, len(places) + 1)), "the default chain has every place")
help_text = rolepress("--help").stdout
for word in ("to", "from", "json", "markdown", "version"):
    ok(f"--{word}" in help_text, f"help has --{word}")
equal(rolepress("list", "--json", "man").returncode, 2, "list --json takes no name")

# ---- For readers

page = place / "rolepress-filters.md"
page.write_text(rolepress("list", "--markdown").stdout)
result = rolepress(page, "-t", "man=section=7", "-W", "error")
equal(result.returncode, 0, "list --markdown is a document without a warning", says(result))
(place / "rolepress-filters.7").write_text(result.stdout)
result = run("mandoc", "-T", "lint", "-W", "warning", place / "rolepress-filters.7")
equal(result.stdout + result.stderr, "", "its manual page is clean")
shown = re.sub(".\b", "", run("mandoc", "-T", "utf8", place / "rolepress-filters.7").stdout)
for (role, name), one in sorted(by_name.items()):
    ok(f" {name}" in shown, f"it names {name}")
    for option in one["options"]:
        ok(option["name"] in shown, f"and {name}'s option {option['name']}")
done()
