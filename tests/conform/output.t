#!/usr/bin/python3 -B
"""What stands where an output goes: written over whole, left alone, or refused."""

import os

from lib.tap import ROLEPRESS, done, equal, ok, run, says, scratch

folder = scratch()
source = folder / "role.md"
source.write_text("# Role\n\nText.\n")
out = folder / "role.7"


def make(path=out, text="Text."):
    source.write_text(f"# Role\n\n{text}\n")
    return run(ROLEPRESS, source, "-t", "man", "-o", path)


def state(path):
    st = path.stat()
    return st.st_ino, st.st_mode & 0o777


made = make()
equal(made.returncode, 0, "a file is made", says(made))
text = out.read_text()
ok("Text." in text, "with the text in it")
out.chmod(0o640)
first = state(out)
os.utime(out, (1000, 1000))
make()
equal(state(out), first, "the same again: it is the same file")
ok(out.stat().st_mtime > 1000, "and as new as if it had been written")
make(text="Next.")
equal(out.read_text(), text.replace("Text", "Next"), "as many bytes, but others: they are written")
ok(state(out)[0] != first[0], "to a new file")
equal(state(out)[1], 0o640, "which keeps the mode")
out.write_text(text[:-3])
make()
equal(out.read_text(), text, "a file that was cut is made whole")
out.write_bytes(b"")
make()
equal(out.read_text(), text, "so is an empty one")

there = folder / "elsewhere/role.7"
there.parent.mkdir()
link = folder / "link.7"
link.symlink_to("elsewhere/role.7")
make(link)
ok(link.is_symlink() and there.read_text() == text, "a symbolic link to nothing yet: it stays, and what it leads to is made")
first = state(there)
make(link)
ok(link.is_symlink() and state(there) == first, "the same again")
make(link, "More.")
ok(link.is_symlink() and "More." in there.read_text(), "other bytes")

made = make("/dev/stdout", "Piped.")
ok(made.returncode == 0 and "Piped." in made.stdout, "a link to a pipe: into that", says(made))

before = source.read_bytes()
refused = run(ROLEPRESS, source, "-t", "man", "-o", source)
ok(refused.returncode != 0 and "one of the inputs" in refused.stderr, "an input is not written over", says(refused))
link = folder / "input.7"
link.symlink_to("role.md")
refused = run(ROLEPRESS, source, "-t", "man", "-o", link)
ok(refused.returncode != 0 and source.read_bytes() == before, "nor through a link", says(refused))
refused = run(ROLEPRESS, source, "-t", "man", "-o", folder / "elsewhere")
ok(refused.returncode != 0 and "a folder" in refused.stderr, "nor is a folder", says(refused))
equal(sorted(p.name for p in folder.rglob(".*")), [], "nothing is left beside them")
done()
