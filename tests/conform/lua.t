#!/usr/bin/python3 -B
"""Lua filters keep to what the manual promises: traversal, results, values, bounds, errors."""

import re

from lib.tap import ENV, ROOT, done, equal, ok, rolepress, says, scratch

folder = scratch()
ROLE = """---
title: A role
version: 1.10
code: 0123
count: 12
ratio: 2.5
open: true
nothing: ~
tags: [one, two]
who: {name: Ada, team: {name: Blue}}
---

# A role

Some *quiet* words and `code`.

## Skills

- one
- two

1. first
2. second

***
"""
(folder / "role.md").write_text(ROLE)


def script(text, name="x.lua"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def filtered(text, *more, options="", document="role.md", to="tree", name="x.lua"):
    """Runs a script on a document: the result of the run."""
    path = script(text, name)
    return rolepress(document, "-f", f"./{name}{options}", "-t", to, *more, cwd=folder, timeout=60)


def tree(text, wanted, name, **more):
    """The script works, and its tree has these lines (regular expressions) in this order."""
    result = filtered(text, "-W", "no-lang-unknown", **more)
    at, missing = 0, None
    lines = [line.strip() for line in result.stdout.splitlines()]
    for want in wanted:
        found = [i for i in range(at, len(lines)) if re.fullmatch(want, lines[i])]
        if not found:
            missing = want
            break
        at = found[0] + 1
    ok(result.returncode == 0 and missing is None, name, f"missing: {missing}\n{says(result)}")
    return result


def tells(text, wanted, name, status=0, **more):
    """What the run says on standard error has this (a regular expression)."""
    result = filtered(text, **more)
    ok(result.returncode == status and re.search(wanted, result.stderr), name, f"wanted: {wanted}\n{says(result)}")
    return result


def says_of(expression, value, name=None, before="", **more):
    """An expression in a Document function has this value."""
    code = f"{before}\nreturn {{ Document = function(d) print('<' .. tostring({expression}) .. '>') end }}"
    return tells(code, re.escape(f"<{value}>"), name or f"{expression} is {value}", **more)


# ---- The manual's examples ----

manual = (ROOT / "content/manual/rolepress-lua.md").read_text()
examples = re.findall(r"^```lua\n(.*?)^```", manual, re.M | re.S)
ok(len(examples) >= 4, "the manual has examples", examples)
for number, example in enumerate(examples):
    result = filtered(example, to="json") if "writer" not in example else rolepress(
        "role.md", "-t", script(example), cwd=folder)
    equal(result.returncode, 0, f"example {number + 1} of the manual runs", says(result))
listing = rolepress("list", ROOT / "samples/filters/redact.lua").stdout
for option in re.findall(r"^\| `(\w+)` \| (?:`yes`|most)", manual, re.M):
    ok(f"  {option}=" in listing, f"the manual's option {option} is one")
for field in set(re.findall(r"^\| `(\w+)[`(]", manual.split("## Nodes")[1].split("## Front matter")[0], re.M)):
    result = filtered(f"return {{ Paragraph = function(p) local x = p.{field} end }}")
    equal(result.returncode, 0, f"the manual's node.{field} is there", says(result))

# ---- Names and order ----

tree("return { Heading = function(h) h.id = 'seen' end }", ['heading .*'], "a function by our name")
for theirs, attribute in [("Header", "heading"), ("Para", "paragraph"), ("Str", "text"), ("Emph", "emphasis"),
                          ("HorizontalRule", "thematic-break"), ("BulletList", "list"), ("Code", "code"),
                          ("OrderedList", "list")]:
    tree(f"function {theirs}(n) n.attributes.seen = '{theirs}' end", [f'{attribute} .*seen="{theirs}".*'],
         f"{theirs} is a {attribute}, as a global function too")
bullets = filtered("return { BulletList = function(l) l.class = 'b' end, OrderedList = function(l) l.class = 'o' end }")
ok(re.search(r'list 19:1 .*class="b" tight=1', bullets.stdout) and re.search(r'list 22:1 .*class="o".*ordered', bullets.stdout),
   "lists by ordered", says(bullets))
tree("return { Plain = function(p) p.class = 'tight' end }", ['paragraph 15:1', 'paragraph 19:3 class="tight"'],
     "Plain is the paragraph of a tight list")

ORDER = """local order = {}
local function see(name) return function(n) order[#order + 1] = name end end
return { traverse = "%s", Text = see "t", Emphasis = see "e", Inlines = see "I", Paragraph = see "p",
  Blocks = see "B", Heading = see "h", Meta = see "m",
  Document = function() order[#order + 1] = "d"; print(table.concat(order)) end }"""
(folder / "small.md").write_text("---\ntitle: T\n---\n\na *b*\n\n## c\n")
tells(ORDER % "typewise", "tttte|ttet", "typewise: inlines first", document="small.md")
tells(ORDER % "typewise", r"(?m)^tt*et*I+phBmd$|^[te]+I+phBmd$", "then their lists, blocks, their lists, front matter, the document",
      document="small.md")
tells(ORDER % "topdown", r"(?m)^md$|^md", "topdown: front matter and the document first", document="small.md")
tells("""local seen = {}
return { traverse = "topdown", Emphasis = function(e) return nil, false end,
  Paragraph = function(p) seen[#seen + 1] = "p" end, Inlines = function(l) seen[#seen + 1] = "I" end,
  Text = function(t) seen[#seen + 1] = t.text end,
  Heading = function() print(table.concat(seen, "|")) end }""", r"I\|T\|p\|I\|a (?:\n|$)|p\|I\|a $|p\|I\|a \n",
      "topdown: depth first, and false stops the descent", document="small.md")
tree("""return { { Text = function(t) return rolepress.Text(t.text .. "1") end },
                 { Text = function(t) return rolepress.Text(t.text .. "2") end } }""",
     ['text .*"Some 12"'], "a list of filters runs in its order")
tree("return { Inline = function(n) n.class = 'i' end, Block = function(n) n.class = 'b' end }",
     ['paragraph 15:1 class="b"', 'text 15:1 class="i" "Some "', 'item .*', 'paragraph .*class="b"'], "catch-alls")
item = filtered("return { Block = function(n) n.class = 'b' end }")
ok('item 19:1\n' in item.stdout, "which parts of lists are not", says(item))
tree("""return { Inlines = function(list) list[#list + 1] = rolepress.Text "!" return list end }""",
     ['paragraph 15:1', 'text .*"!"', 'heading .*', 'text .*"Skills"', 'text .*"!"'], "Inlines gets and gives a list")
tree("""return { Blocks = function(list) for i = #list, 1, -1 do
  if list[i].kind == "ThematicBreak" then table.remove(list, i) end end return list end }""",
     ['list .*ordered.*'], "Blocks too")

# ---- Results ----

tree("return { Code = function(c) return rolepress.Strong{c} end }", ['strong .*', 'code .*"code"', r'text .*"\."'],
     "a node in the place of another, around it")
tree("return { Code = function(c) return { c, rolepress.Text '+', c } end }",
     ['code .*"code"', r'text .*"\+"', 'code .*"code"', r'text .*"\."'], "a list, spliced; a node twice is copied")
gone = filtered("return { HorizontalRule = function() return {} end }")
ok(gone.returncode == 0 and "thematic" not in gone.stdout, "an empty list deletes", says(gone))
tree("return { Emph = function(e) return e.content end }", ['text 15:1 "Some "', 'text 15:7 "quiet"', 'text .*" words and "'],
     "children as a result take their parent's place")
tree("return { Code = function(c) return 'plain' end }", ['text .*"plain"'], "a string is a text")
tree("return { Header = function(h) h.level = h.level + 1 end }", ['section .*', 'heading .*level=3'],
     "a change in place needs no result; headings nest afterwards")
tree("return { Document = function(d) d:append(rolepress.Heading{level = 2, 'New'}) d:append 'last' end }",
     ['section .*id="new" level=1', 'heading .*', 'text .*"New"', 'paragraph .*', 'text .*"last"'],
     "what is appended gets its section and id")
for value, word in [("5", "number"), ("true", "boolean"), ("print", "function")]:
    tells(f"return {{\nCode = function(c) return {value} end }}", rf"x\.lua:2: Code returned a {word}",
          f"a {word} is no result", status=1)
tells("return { Code = function(c) return rolepress.Paragraph 'x' end }", "Paragraph cannot stand in Paragraph",
      "a block is none inside a paragraph", status=1)
tells("return { Document = function(d) return rolepress.Paragraph 'x' end }", "stays where it is|no more",
      "the document stays", status=1)

# ---- Nodes ----

says_of("d:child('Paragraph').first.text", "Some ")
says_of("d:child('Paragraph').pos.line .. ':' .. d:child('Paragraph').pos.col", "15:1")
says_of("d:child('Paragraph'):plain_text()", "Some quiet words and code.")
says_of("d:child('Heading').level", "2")
says_of("math.type(d:child('Heading').level)", "integer")
says_of("d:child('List').tight", "true")
says_of("d:child('List').start", "nil")
says_of("#d:child('Paragraph').children", "5")
says_of("d:child('Paragraph').children[2].kind", "Emphasis")
says_of("d:child('Paragraph').children[9]", "nil")
says_of("d:child('Paragraph').first == d:child('Paragraph').children[1]", "true")
says_of("d:child('Paragraph').first.next.prev == d:child('Paragraph').first", "true")
says_of("d:child('Paragraph').first:ancestor('Document') == d", "true")
says_of("({[d.first] = 'found'})[d.first]", "found", "a node is a key")
says_of("d.path .. ' ' .. d.site_path .. ' ' .. d.info.kind", "role.md role.md Info")
says_of("d.parent", "nil")
says_of("rolepress.document() == d", "true")
tree("""return { Paragraph = function(p) p.first.text = "é" p.class = "a" p:add_class "b" p.attributes["data-x"] = 1
  p.attributes.y = "2" end }""", ['paragraph 15:1 class="a b" data-x="1" y="2"', 'text .*"é"'], "fields are set")
says_of("(function() local c = d:child('Paragraph').children c[1] = 'new' c:insert(1, rolepress.Code 'z') "
        "c:insert('end') c:remove(3) return #c .. c[1].text .. c[2].text end)()", "6znew", "children are changed as a list")
tree("""return { Paragraph = function(p) local c = p:copy() p:insert_after(c) p:insert_before(rolepress.ThematicBreak())
  c.children = { "copied" } end }""", ['thematic-break .*', 'paragraph 15:1', 'paragraph 15:1', 'text .*"copied"'],
     "copy, insert_before, insert_after, children =")
tree("""return { Document = function(d) local p = d:child "Paragraph" p.children[2]:unwrap() p.last:detach()
  p:prepend "first" p.children[2]:replace(rolepress.Code "second") end }""",
     ['paragraph .*', 'text .*"first"', 'code .*"second"', 'text .*"quiet"'], "unwrap, detach, prepend, replace")
tree("""return { Document = function(d) d:walk { Text = function(t) t.class = "walked" end } end }""",
     ['text 15:1 class="walked".*'], "walk with a table of functions")
tree("""return { Paragraph = function(p) p:walk { traverse = "topdown", Emphasis = function(e) return {} end } end }""",
     ['paragraph 15:1', 'text 15:1 "Some "', 'text .*" words and "'], "on what is below a node")
tree("""return { Paragraph = function(p) pcall(function() p.children = { "new", rolepress.Paragraph "x" } end)
  pcall(function() p:append(p) end) end }""", ['paragraph 15:1', 'text 15:1 "Some "', 'emphasis .*', 'text .*', 'text .*" words and "'],
     "a change that fails leaves the tree as it was")
for code, message in [
    ("d.first.next.foo = 1", 'Info has no field "foo"'),
    ("print(d:child('Heading').levle)", 'did you mean "level"'),
    ("d:child('Heading').level = 9", "level wants a number from 1 to 6, not 9"),
    ("d:child('Heading').level = 'x'", "level wants a whole number, not a string"),
    ("d:child('List').tight = 1", "tight wants true or false, not a number"),
    ("d:child('List').dir = 'up'", 'dir is one of "ltr rtl", not "up"'),
    ("d:child('Paragraph').first.text = '\\255'", "byte 0xFF"),
    ("d:child('Paragraph').first.text = 'a\\0b'", "byte 0x00"),
    ("d:child('Paragraph').first.text = 'a\\27b'", "byte 0x1B"),
    ("d:child('Paragraph').text = 'x'", "Paragraph has no text of its own"),
    ("d.kind = 'x'", 'field "kind" of Document can be read, not set'),
    ("d.path = 'x'", 'field "path" of Document can be read, not set'),
    ("local p = d:child('Paragraph') p.first.next:append(p)", "Paragraph cannot be put inside itself|Paragraph cannot stand in Emphasis"),
    ("local b = rolepress.BlockQuote{} b:append(b)", "BlockQuote cannot be put inside itself"),
    ("local b = rolepress.BlockQuote{rolepress.Div{}} b.first:append(b)", "BlockQuote cannot be put inside itself"),
    ("d:child('Paragraph'):append(rolepress.List{})", "List cannot stand in Paragraph"),
    ("d:append(rolepress.Text 'x')", "Text cannot stand in Document"),
    ("d:append(rolepress.Item 'x')", "Item cannot stand in Document"),
    ("d:child('List'):append(rolepress.Paragraph 'x')", "Paragraph cannot stand in List"),
    ("d.first:detach()", "MetaMap stays where it is"),
    ("d:child('Paragraph'):append(d.info)", "Info cannot stand in Paragraph"),
    ("d.first:insert_before(rolepress.Paragraph 'x')", "front matter comes first"),
    ("d.children[1] = nil", "MetaMap stays where it is"),
    ("d:copy()", "a document is not copied"),
    ("rolepress.Text 'x':insert_after(rolepress.Text 'y')", "stands nowhere"),
    ("rolepress.Text(5).text = nil", "string expected"),
    ("rolepress.Text{rolepress.Text 'x'}", "Text cannot stand in Text"),
    ("assert(rolepress.Text(5).text == 6)", "assertion failed"),
    ("d:append(nil)", "a node is wanted in Document, not a nil"),
    ("d:walk { Hedding = print }", 'no kind of node is named "Hedding"; did you mean "Heading"'),
    ("setmetatable({}, {__gc = print})", "finalisers"),
    ("rolepress.Heading{levle = 2}", 'did you mean "level"'),
    ("d:child('List').children.x = 1", "number expected"),
    ("print(d:child('List').children.first)", 'no "first"'),
]:
    tells(f"return {{ Document = function(d)\n{code} end }}", rf"x\.lua:2: .*(?:{message})", code, status=1)

# ---- New nodes, of every kind ----

kinds = re.findall(r'^RP_KIND\(\w+,\s*"([a-z-]+)",\s*(\w+)', (ROOT / "include/rolepress/node.def").read_text(), re.M)
names = ["".join(part.capitalize() for part in name.split("-")) for name, kind_class in kinds if kind_class != "ROOT"]
ok(len(names) > 50, "there are many kinds", names)
code = "".join(f"do local n = rolepress.{name}() assert(n.kind == '{name}' and n.parent == nil) end\n" for name in names)
tells(f"return {{ Document = function(d) {code} print 'all made' end }}", "all made", "each has a constructor")
tree("""return { Document = function(d) d:append(rolepress.Table{ columns = 2, rolepress.Row{ header = true,
  rolepress.Cell "a", rolepress.Cell{ align = "right", rolepress.Strong "b" } } })
  d:append(rolepress.List{ ordered = true, start = 3, rolepress.Item "x", rolepress.Item{ rolepress.CodeBlock{ info = "c", text = "y" } } })
  end }""", ['table .*columns=2', 'row .*header=1', 'cell .*', 'text .*"a"', 'cell .*align="right"', 'strong .*',
             'list .*ordered=1 start=3', 'item .*', 'paragraph .*', 'text .*"x"', 'code-block .*info="c" "y"'],
     "children and fields in one table")

# ---- Front matter ----

for expression, value in [("d.meta.title", "A role"), ("d.meta.version", "1.1"), ("d.meta.code", "0123"),
                          ("math.type(d.meta.count)", "integer"), ("math.type(d.meta.ratio)", "float"),
                          ("d.meta.open", "true"), ("d.meta.nothing", "nil"), ("#d.meta.tags", "2"),
                          ("d.meta.tags[2]", "two"), ("d.meta.who.team.name", "Blue"), ("d.meta.absent", "nil"),
                          ("d.meta == d.meta", "true")]:
    says_of(expression, value)
tells("""return { Meta = function(m) local keys = {} for k, v in pairs(m) do keys[#keys + 1] = k end
  print(table.concat(keys, " ")) end }""", "title version code count ratio open nothing tags who", "pairs in the order of the document")
meta = filtered("""return { Document = function(d) local m = d.meta
  m.title = nil m.count = m.count + 1 m.tags[3] = "three" m.who.team.name = "Red" m.nothing = rolepress.null
  m.new = { 1, 2.5, true, "x", { b = 1, a = { "deep" } } } m.alias = m.who end }""", to="json")
import json
got = json.loads(meta.stdout)["documents"][0]["metadata"] if meta.returncode == 0 else says(meta)
equal(got, {"version": 1.1, "code": "0123", "count": 13, "ratio": 2.5, "open": True, "nothing": None,
            "tags": ["one", "two", "three"], "who": {"name": "Ada", "team": {"name": "Red"}},
            "new": [1, 2.5, True, "x", {"a": ["deep"], "b": 1}],
            "alias": {"name": "Ada", "team": {"name": "Red"}}}, "front matter is set, with types")
whole = filtered("return { Meta = function(m) return { only = 'this' } end }", to="json")
equal(json.loads(whole.stdout or "{}").get("documents", [{}])[0].get("metadata"), {"only": "this"}, "and as a whole")
for code, message in [("local t = {} t.t = t d.meta.x = t", "does the table hold itself"),
                      ("d.meta.x = print", "not a function"), ("d.meta[1] = 2", "a key of front matter is a string"),
                      ("d.meta.tags[9] = 'x'", "goes on at number 3"), ("d.meta.x = '\\200'", "byte 0xC8")]:
    tells(f"return {{ Document = function(d)\n{code} end }}", message, code, status=1)

# ---- Options and what a script says of itself ----

DECLARED = """return { name = "declared", summary = "say what there is", gives = { "saying" },
  options = { { name = "least", type = "int", default = 3, range = "1..9", help = "least of all" },
    { name = "loud", type = "bool", default = false, help = "cry" }, { name = "word", help = "any text" },
    { name = "mode", type = "enum", range = { "fast", "slow" }, default = "slow", help = "how" } },
  Document = function() local o = rolepress.options
    rolepress.report("note", o.least .. " " .. tostring(o.loud) .. " " .. tostring(o.word) .. " " .. o.mode) end }"""
tells(DECLARED, r"note: 3 false nil slow \[declared\]", "defaults")
tells(DECLARED, r"note: 5 true a:b fast \[declared\]", "options", options=r"=least=5:loud:word=a\:b:fast")
tells(DECLARED, r"option least wants a whole number 1\.\.9, not \"10\"", "out of range", options="=least=10", status=2)
tells(DECLARED, 'did you mean "least"', "unknown", options="=leest=1", status=2)
twice = rolepress("role.md", "-f", "./x.lua=least=4", "-f", "./x.lua=least=7:loud", "-t", "tree", cwd=folder)
ok("note: 4 false nil slow" in twice.stderr and "note: 7 true nil slow" in twice.stderr, "one file twice, with options of each", says(twice))
listed = rolepress("list", "./x.lua", cwd=folder)
ok(listed.returncode == 0 and all(text in listed.stdout for text in (
    "declared - say what there is", "gives: saying", "runs before: sections", "least=1..9\n      least of all (default: 3)",
    "mode=fast|slow", "io=yes|no", "memory=1..65536", "steps=0..")), "rolepress list shows them", says(listed))
script("return { Text = print, needs = {'sections'}, before = 'links' }", "late.lua")
ok("needs: sections\nruns before: links" in rolepress("list", "late.lua", cwd=folder).stdout, "and where it runs")
equal(rolepress("role.md", "-f", "My Filter.lua", "-t", "tree", cwd=folder).returncode, 2, "a file that is not there")
script("return { Document = function() rolepress.report('note', 'here') end }", "My Filter.lua")
ok("here [my-filter]" in rolepress("role.md", "-f", "My Filter.lua", "-t", "tree", cwd=folder).stderr, "a name from the file's")
tells("return { before = 'nothing', Text = print }", 'before "nothing", which is no filter', "before a filter that is not", status=2)
for declared, message in [("name = 'A b', Text = print", "name: lower case"), ("options = { least = 1 }, Text = print", "a list is wanted"),
                          ("options = { { name = 'io' } }, Text = print", 'an option "io" already'),
                          ("options = { { name = 'a', type = 'float' } }, Text = print", "bool, int, string or enum"),
                          ("options = { { name = 'a', type = 'enum' } }, Text = print", "an enum wants range"),
                          ("options = { { type = 'int' } }, Text = print", "an option's name"),
                          ("Hedding = print", 'did you mean "Heading"'), ("sumary = 'x', Text = print", 'did you mean "summary"'),
                          ("Heading = 5", "a function is wanted, not a number"), ("traverse = 'up', Text = print", "typewise"),
                          ("Heading = print, Header = print", "by another name already"),
                          ("summary = 'x'", "no function has the name of a kind"),
                          ("Section = print", "wants needs"),
                          ("{ name = 'a', Text = print }", 'belongs into the table that holds the list'),
                          ("{ Text = print }, 5", "number 2 of the list of filters is no table")]:
    tells(f"return {{ {declared} }}", rf"cannot use filter \./x\.lua: .*{message}", declared, status=2)
tells("return 5", "the script returns a number", "a script that returns no table", status=2)
tells("return {\nText = = 3 }", r"x\.lua:2: unexpected symbol", "a syntax error has its line", status=2)
tells("\nerror 'no'", r"x\.lua:2: no", "an error while it is loaded too", status=2)
tells("return { Text = rolepress.Text 'x' }", r"x\.lua:1: there is no document while the script is loaded", "no nodes at load", status=2)
sections = filtered("return { needs = {'sections', 'ids'}, Section = function(s) rolepress.report('note', s, s.id) end }")
ok("role.md:17:1: note: skills [x]" in sections.stderr, "with needs, it runs after what it needs", says(sections))
(folder / "control.md").write_text("# Role\n\nTe\x01xt.\n")
once = filtered("return { needs = {'index'}, Paragraph = function(p) rolepress.report('note', p, p.text) return p.pos and nil end }",
                "--memory=0", document="control.md")
equal(once.stderr.count("U+0001"), 1, "a source that is read again has nothing new to say", says(once))

# ---- Errors ----

result = tells("return {\n  Emph = function(e)\n    local function f(x) return x.y.z end\n    f(e.attributes)\n  end }",
               r"role\.md:15:6: error: \./x\.lua:3: attempt to index a nil value \(field 'y'\); called from \./x\.lua:4 \[x\]",
               "both lines, and who called", status=1)
ok("filter x (./x.lua) failed; the document is left out" in result.stderr and result.stdout == "", "the document fails", says(result))
(folder / "docs").mkdir()
for name in "abc":
    (folder / "docs" / f"{name}.md").write_text(f"# {name}\n\n{name} text\n")
script("return { Text = function(t) if t.text == 'b text' then error('no b') end end }")
result = rolepress("docs", "-f", "./x.lua", "-t", "json", "-o", "out.json", cwd=folder)
ok(result.returncode == 1 and [d["id"] for d in json.loads((folder / "out.json").read_text())["documents"]] == ["a", "c"],
   "others go on", says(result))
for value, message in [("error()", "is no text but a nil value"), ("error({})", "is no text but a table value"),
                       ("error(setmetatable({}, {__tostring = function() return 'my own' end}))", "my own"),
                       ("error(setmetatable({}, {__tostring = function() error('worse') end}))", "is no text but a table value"),
                       ("error(setmetatable({}, {__tostring = function() return {} end}))", "is no text but a table value"),
                       ("coroutine.wrap(function() error('inside') end)()", "inside"),
                       ("coroutine.wrap(function() t.text = 5 .. nil end)()", "concatenate a nil value"),
                       ("coroutine.yield()", "outside a coroutine"),
                       ("local function f() return 1 + f() end f()", "stack overflow"),
                       ("local function f(n) n:walk { Text = f } end t.parent:walk { Text = function(x) x.parent.parent:walk "
                        "{ Paragraph = function(p) p:walk { Text = function() error 'deep' end } end } end }", "deep"),
                       ("local function f(p) p:walk { Text = function(x) f(x.parent) end } end f(t.parent)", "overflow|too many"),
                       ("string.rep('x', 100, nil):bad()", "attempt to call a nil value"),
                       ("error('\\255\\n\\27[31m')", "\ufffd")]:
    result = tells(f"return {{ Text = function(t)\n{value} end }}", message, value, status=1)
    ok("\x1b" not in result.stderr and "x.lua:2" in result.stderr, f"with the line, on one line: {value}", says(result))

# ---- Bounds ----

tells("return { Text = function()\nwhile true do end end }", r"role\.md:\d+:\d+: error: \./x\.lua:2: too many steps: more than 3 million steps",
      "an endless loop ends", options="=steps=3", status=1)
tells("return { Text = function()\nwhile true do pcall(function() while true do end end) end end }", "too many steps",
      "inside pcall too", options="=steps=3", status=1)
tells("return { Text = function()\nwhile true do coroutine.wrap(function() while true do end end)() end end }", "too many steps",
      "and inside a coroutine", options="=steps=3", status=1)
tells("while true do end", "cannot use filter .*too many steps", "while the script is loaded", status=2)
tells("return { Text = function()\nlocal t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end end }",
      r"x\.lua:2: not enough memory: more than 8 MB", "a memory bomb ends", options="=memory=8", status=1)
tells("return { Text = function()\nlocal s = ('x'):rep(1e9) end }", r"x\.lua:2: not enough memory", "a large one too", status=1)
tells("return { Text = function()\nlocal t = {} while true do rolepress.Text(('x'):rep(10000)) end end }",
      r"x\.lua:2: too much memory", "one made of nodes", options="=memory=8", status=1)
tells("return { traverse = 'topdown', Text = function(t) return rolepress.Strong{t} end }", "more than 300 levels deep",
      "what its own result would nest without end", status=1)
tells("""return { Document = function(d) local q = rolepress.BlockQuote{}
for i = 1, 1000 do q = rolepress.BlockQuote{"a", q, "b"} end d:append(q) end }""", "more than 300 levels deep", "between others too", status=1)
tells("return { Document = function(d) local q = rolepress.BlockQuote{} for i = 1, 1000 do q = rolepress.BlockQuote{q} end\nd:append(q) end }",
      "levels deep", "a tree that is too deep", status=1)

# ---- The sandbox ----

for absent in ("io", "os.execute", "os.exit", "os.remove", "os.rename", "os.tmpname", "os.getenv", "os.clock", "os.setlocale",
               "debug", "dofile", "loadfile", "string.dump", "package.loadlib", "package.cpath", "package.searchers", "warn"):
    says_of(absent, "nil")
says_of("load(string.char(27) .. 'Lua')", "nil", "bytecode is refused")
says_of("select(2, load('\\27Lua'))", "attempt to load a binary chunk (mode is 't')", "by name")
says_of("load('return 1 + 1')()", "2")
says_of("load('return x', 'c', 't', {x = 7})()", "7")
script(b"\x1bLua\x54\x00", "binary.lua")
result = rolepress("role.md", "-f", "./binary.lua", "-t", "tree", cwd=folder)
ok(result.returncode == 2 and "binary chunk" in result.stderr, "as a script too", says(result))
says_of("getmetatable('')", "false")
says_of("getmetatable(d)", "false")
says_of("io and io.popen", "nil", options="=io=yes")
(folder / "data.txt").write_text("from a file\n")
says_of("io.open('data.txt'):read()", "from a file", options="=io=yes")
says_of("type(os.getenv)", "function", options="=io=yes")
tells("return { Text = function() io.open('x') end }", "option io=yes", "who wants files is told how", status=1)
result = filtered("return { Document = function() print('hello', 1, nil) io.write('written\\n') end }", options="=io=yes")
ok("hello\t1\tnil" in result.stderr and "written" in result.stderr and "hello" not in result.stdout
   and "written" not in result.stdout, "print and io.write go to standard error", says(result))
tells("local m = require 'sub.words' return { Text = function(t) print(m.say(t.text)) end }", "module 'sub.words' is neither", "a module that is not there", status=2)
script("local m = {} function m.say(s) return 'said ' .. s end return m", "sub/words.lua")
script("return { n = 1 }", "pack/init.lua")
tells("local m = require 'sub.words' return { Text = function(t) print(m.say(t.text), require 'pack'.n) end }", "said Some \t1", "require beside the script")
tells("return { Text = function(t) require '../x' end }", "a name such as", "not elsewhere", status=1)
script("require 'sub.b'", "sub/a.lua")
script("require 'sub.a'", "sub/b.lua")
tells("require 'sub.a' return { Text = print }", "wants itself", "a circle of modules", status=2)
script("local m = {}\nfunction m.f()\n  error 'in a module'\nend\nreturn m", "sub/bad.lua")
tells("local m = require 'sub.bad' return {\nText = function() m.f() end }", r"\./sub/bad\.lua:3: in a module; called from \./x\.lua:2", "errors of modules have their lines", status=1)
ENV["ROLEPRESS_FILTER_PATH"] = str(folder / "path")
script("return 'from the path'", "path/shared.lua")
script("return { Document = function() print(require 'shared') end }", "path/named.lua")
says_of("require 'shared'", "from the path")
result = rolepress("role.md", "-f", "named", "-t", "tree", cwd=folder)
ok("from the path" in result.stderr, "a filter by its name from ROLEPRESS_FILTER_PATH", says(result))
del ENV["ROLEPRESS_FILTER_PATH"]

# ---- The same input, the same bytes ----

script("""n = (n or 0) + 1
local count = 0
kept = kept or {}
string.mine = string.mine or n
package.loaded.x = package.loaded.x or count
return { Text = function(t) count = count + 1 t.text = t.text .. count .. n .. string.mine .. math.random(100) end }""")
one = [rolepress(*order, "-f", "./x.lua", "-t", "json=lines", cwd=folder).stdout.splitlines() for order in
       (("docs/a.md", "docs/b.md", "docs/c.md"), ("docs/c.md", "docs/b.md", "docs/a.md"), ("docs/b.md",))]
ok(len(one[0]) == 3 and sorted(one[0]) == sorted(one[1]), "the order of documents does not matter", one)
ok("".join(one[2]).replace('"number":1', "") in "".join(one[0]) or json.loads(one[2][0])["text"] ==
   [json.loads(line)["text"] for line in one[0]][1], "nor their number", one)
keys = "{" + ",".join(f"key{i}={i}" for i in range(200)) + "}"
says_of(f"(function() local s = '' for k in pairs({keys}) do s = s .. k end return s end)()",
        "".join(sorted(f"key{i}" for i in range(200))), "pairs has an order")
says_of("(function() local s = '' for k, v in pairs({10, 20, b = 1, a = 2, [1.5] = 3, [true] = 4}) do s = s .. tostring(k) end return s end)()",
        "11.52abtrue", "numbers first, then strings, then the rest")
says_of("(function() local t, n = {a=1, b=2, c=3}, 0 for k in pairs(t) do n = n + 1 for x in pairs(t) do if x ~= k then t[x] = nil end end end return n end)()",
        "1", "what loses its value on the way is passed over")
says_of("os.time()", ENV["SOURCE_DATE_EPOCH"])
says_of("os.date('%Y-%m-%d')", "2000-01-01")
says_of("os.time{year=2024, month=2, day=29, hour=12} - os.time{year=2024, month=1, day=1, hour=12}", 59 * 86400)
says_of("os.date('%Y-%m-%dT%H:%M:%S', os.time{year=1999, month=12, day=31, hour=23, min=59, sec=58})", "1999-12-31T23:59:58")
tells("return { Document = function() math.randomseed() end }", "number expected", "no seed by the time", status=1)

# Nothing outlives its document: not in the tables of the host, not in modules, not in the globals.
script("local m = { count = 0 } return m", "sub/state.lua")
script("""local m = require "sub.state"
return { Document = function(d)
  m.count = m.count + 1
  for _, where in ipairs { rolepress, rolepress.index, rolepress.options, string, _G, package.loaded, m, math } do
    if pcall(function() return where.kept.kind end) then print "KEPT" end
    pcall(function() where.kept = d end)
  end
  pcall(function() getmetatable(rolepress).__index.kept = d end)
  print("count", m.count, pcall(function() rolepress.index.kept = d end))
end }""")
result = rolepress("docs", "-f", "./x.lua", "-t", "json", cwd=folder)
ok(result.returncode == 0 and result.stderr.count("count\t1\tfalse") == 3 and "KEPT" not in result.stderr,
   "nothing is kept between documents", says(result))
# What the host itself keeps is an open file's metatable and the like: locked.
says_of("pcall(setmetatable, string, {})", "false")
says_of("getmetatable(string)", "false")
says_of("getmetatable(io.stderr)", "false", options="=io=yes")

# ---- Reports, settings, the index ----

result = tells("return { Heading = function(h) rolepress.report('warning', h, 'a heading of level ' .. h.level) end }",
               r"role\.md:17:1: warning: a heading of level 2 \[x\]", "a report at a node")
tells("return { Document = function() rolepress.report('note', 'of the whole') end }", r"role\.md: note: of the whole \[x\]", "of the document")
tells("return { Document = function() rolepress.report('error', 'bad') end }", r"error: bad \[x\]", "an error leaves the document out", status=1)
tells("return { Document = function()\nrolepress.report('fatal', 'bad') end }", r"x\.lua:2: bad argument #1 to 'report' \(invalid option 'fatal'\)", "no such severity", status=1)
result = filtered("return { Document = function() print(rolepress.setting 'title', rolepress.setting 'none', rolepress.version) end }", "-s", "title=Book")
ok(re.search(r"Book\tnil\t\d+\.\d+\.\d+", result.stderr), "settings and the version", says(result))
says_of("rolepress.fold('ÄRGER  x') .. rolepress.slug('Ärger & x')", "ärger xärger--x")
tells("return { Document = function() rolepress.index.find 'x' end }", "needs = ", "no index without needs", status=1)
script("""return { needs = { "index" }, Document = function(d)
  local ids = {} for e in rolepress.index.documents() do ids[#ids + 1] = e.id end
  local e = rolepress.index.find "c" print(table.concat(ids, ","), e.title, e.path)
  print(rolepress.index.resolve("b.md#x")) print(rolepress.index.nearest "aa", rolepress.index.resolve "zzz", rolepress.index.resolve "http://x")
  print(pcall(function() e.title = "x" end)) print(pcall(function() d:append(e.first) end)) print(pcall(function() e:detach() end))
end }""")
result = rolepress("docs", "-f", "./x.lua", "-t", "json", cwd=folder)
ok(all(text in result.stderr for text in ("a,b,c\tc\tdocs/c.md", "Document\tx\n" , "read, not changed")) or
   re.search(r"a,b,c\tc\tdocs/c\.md", result.stderr) and result.stderr.count("read, not changed") >= 6, "the index", says(result))

# ---- Formats ----

def written(functions, wanted, name, status=0, says_too="", extra="", **more):
    """A writer's functions give this text (None: nothing), and this is told."""
    script(f"return {{ {extra} writer = {{ {functions} }} }}")
    result = rolepress("role.md", "-t", "./x.lua", *more.get("options", ()), cwd=folder, timeout=60)
    ok(result.returncode == status and (wanted is None or re.search(wanted, result.stdout, re.S)) and
       re.search(says_too, result.stderr), name, f"wanted: {wanted} {says_too}\n{says(result)}")
    return result

written("Paragraph = function(p, text) return '[' .. text .. ']' end, Emphasis = function(e, text) return '*' .. text .. '*' end, "
        "Code = function(c) return '`' .. c.text .. '`' end", r"^A role\[Some \*quiet\* words and `code`\.\]Skills\[one\]\[two\]",
        "a format gets nodes and what their children gave", says_too="heading is not rendered by x; its content is kept .not-rendered.")
once = written("Text = function(t) return t.text:upper() end", "A ROLESOME QUIET WORDS AND code", "a function for leaves")
equal(once.stderr.count("paragraph is not rendered"), 1, "each kind without a function is told once", says(once))
written("Document = function(d, text) return d.meta.title .. #text .. '\\0\\255' end", "^A role\\d+\0\ufffd$", "any bytes")
written("Text = function() return {} end", "^$", "no text is an error", status=1, says_too=r"x\.lua:1: Text returned a table: a text is wanted")
written("Text = function(t) error 'no' end", "^$", "an error has both lines", status=1, says_too=r"role\.md:\d+:\d+: error: \./x\.lua:1: no")
written("Text = function(t) t.text = 'x' end", "^$", "a format changes nothing", status=1, says_too="does not change it")
written("Document = function(d) d.meta.x = 1 end", "^$", "nor front matter", status=1, says_too="does not change it")
written("Document = function(d) d:append(rolepress.Paragraph 'x') end", "^$", "nor where nodes stand", status=1, says_too="does not change it")
written("Document = function(d) d:walk { Text = function() return {} end } end", "^$", "nor by a walk", status=1, says_too="does not change it")
written("Text = function() while true do end end", "^$", "and ends", status=1, says_too="too many steps", extra="options = {}, ",
        options=("-x", "schema"))
written("Hedding = print", None, "names are checked", status=2, says_too='did you mean "Heading"')
written("Text = print", None, "one role each", status=2, says_too="a filter or a format", extra="Text = print, ")
script("return { extension = '.shout', writer = { Text = function(t) return t.text:upper() .. '\\n' end } }")
result = rolepress("docs", "-t", "./x.lua", "-o", "shouted/", "-q", cwd=folder)
equal((result.returncode, sorted(p.name for p in (folder / "shouted").iterdir())), (0, ["a.shout", "b.shout", "c.shout"]),
      "a file for each document, with the extension", says(result))
ok("is a format, not a filter" in rolepress("role.md", "-f", "./x.lua", "-t", "tree", cwd=folder).stderr, "a format is no filter")
script("return { Text = print }")
ok("is a filter, not a format" in rolepress("role.md", "-t", "./x.lua", cwd=folder).stderr, "a filter is no format")

# ---- rolepress.yaml names files from its own folder ----

book = folder / "book"
book.mkdir()
(book / "in.md").write_text("# In\n\ntext\n")
script("return { Text = function(t) t.text = t.text:upper() end }", "book/loud.lua")
for path in ("loud.lua", "./loud.lua", "../book/loud.lua"):
    (book / "rolepress.yaml").write_text(f"inputs: [in.md]\nfilters: ['{path}']\noutputs: [{{to: tree, out: out.tree}}]\n")
    result = rolepress("build", "book/rolepress.yaml", cwd=folder)
    ok(result.returncode == 0 and '"TEXT"' in (book / "out.tree").read_text(), f"filters: [{path}]", says(result))
script("return { writer = { Text = function(t) return t.text .. '\\n' end } }", "book/plain.lua")
(book / "rolepress.yaml").write_text("inputs: [in.md]\noutputs: [{to: plain.lua, out: out.txt}]\n")
result = rolepress("build", "book/rolepress.yaml", "-q", cwd=folder)
ok(result.returncode == 0 and (book / "out.txt").read_text() == "In\ntext\n", "a format of a file, too", says(result))
(book / "rolepress.yaml").write_text("inputs: [in.md]\nfilters: [loud.lua]\noutputs: [{to: tree, out: out.tree}]\n")
result = rolepress("build", cwd=book)
ok(result.returncode == 0 and '"TEXT"' in (book / "out.tree").read_text(), "in the folder itself", says(result))
done()
