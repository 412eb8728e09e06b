#!/usr/bin/python3 -B
"""A filter uses the public interface, the C library, its own data and the libraries it names, as anybody's would."""

import re

from lib.tap import ROOT, done, ok

FILTERS = ROOT / "filters"
STANDARD = {f"{name}.h" for name in """assert complex ctype errno fenv float inttypes iso646 limits
    locale math setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn
    string tgmath threads time uchar wchar wctype""".split()}
# What a filter may include besides, if its folder's file "libs" names the library; and what one that
# starts programs has to do with.
LIBRARIES = {"jansson": {"jansson.h"}, "lua5.4": {"lua.h", "lauxlib.h", "lualib.h"}}
SYSTEM = {"pipe": {"fcntl.h", "poll.h", "sys/prctl.h", "sys/stat.h", "sys/types.h", "sys/wait.h", "unistd.h"}}


def allowed(source):
    """The headers that this folder may include and others may not."""
    folder = source.relative_to(FILTERS).parts[0]
    libs = FILTERS / folder / "libs"
    names = libs.read_text().split() if libs.is_file() else []
    return SYSTEM.get(folder, set()).union(*(LIBRARIES[name] for name in names))


def own(source, path):
    """Whether a file is data of the filter that the source belongs to."""
    top = FILTERS / source.relative_to(FILTERS).parts[0]
    return path.is_file() and top.with_suffix("") in path.resolve().parents


def foreign(source, line):
    """Whether a line of a source uses what an outsider could not."""
    include = re.match(r'\s*#\s*include\s*(?:<([^>]*)>|"([^"]*)")', line)
    embedded = re.search(r'\bRP_EMBED\s*\([^,]*,\s*"([^"]*)"', line)
    if include and include[1]:
        return not include[1].startswith("rolepress/") and include[1] not in STANDARD | allowed(source)
    if include:
        return not own(source, source.parent / include[2])
    return bool(embedded) and not own(source, ROOT / embedded[1])


sources = sorted(path for path in FILTERS.rglob("*.[ch]"))
ok(sources, "there are filters")
for source in sources:
    found = [f"{source.relative_to(ROOT)}:{number}: {line.strip()}"
             for number, line in enumerate(source.read_text().splitlines(), 1) if foreign(source, line)]
    ok(not found, source.relative_to(ROOT), found)

one, other = FILTERS / "json/json.c", FILTERS / "other.c"
for source, line, wrong in [
    (one, "#include <rolepress/plugin.h>", False),
    (one, "#include <string.h>", False),
    (one, '#include "json.c"', False),
    (one, 'RP_EMBED(text, "filters/json/json.c");', False),
    (one, "#include <libxml/tree.h>", True),
    (one, "#include <unistd.h>", True),
    (one, "#include <jansson.h>", True),
    (FILTERS / "pandoc-reader/reader.h", "#include <jansson.h>", False),
    (FILTERS / "pandoc-reader/reader.h", "#include <unistd.h>", True),
    (FILTERS / "pipe/spawn.c", "#include <unistd.h>", False),
    (FILTERS / "pipe/spawn.c", "#include <jansson.h>", True),
    (one, "#include <lua.h>", True),
    (FILTERS / "lua/lua.c", "#include <lua.h>", False),
    (one, '#include "../../src/core/core.h"', True),
    (one, '  #  include "core.h"', True),
    (other, '#include "json/json.c"', True),
    (other, 'RP_EMBED(text, "filters/json/json.c");', True),
]:
    ok(foreign(source, line) == wrong, f"{source.name}: {line} is {'found' if wrong else 'no fault'}")
done()
