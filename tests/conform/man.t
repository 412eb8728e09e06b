#!/usr/bin/python3 -B
"""mandoc, groff and man-db's lexgrog find no fault with the handbook's pages."""

from lib.tap import done, equal, ok, outputs, run, says, scratch


def mandoc(page):
    return run("mandoc", "-T", "lint", "-W", "warning", page)


def groff(page):
    return run("groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-Z", page)


def lexgrog(page):
    return run("lexgrog", page)


def fault(judge, page):
    """What a judge says against a page; nothing where all is well."""
    result = judge(page)
    if result.returncode or result.stderr or (judge is mandoc and result.stdout):
        return says(result)
    return ""


pages = outputs("man/**/*.[1-9]")
for judge in mandoc, groff, lexgrog:
    for page in pages:
        found = fault(judge, page)
        ok(not found, f"{judge.__name__} takes {page.parent.name}/{page.name}", found)

PAGE = '.TH ROLE 7 2000-01-01 rolepress "Roles"\n.SH NAME\nrole \\- does things\n'
page = scratch() / "role.7"
for judge, what, text in [
    (mandoc, "", PAGE),
    (groff, "", PAGE),
    (lexgrog, "", PAGE),
    (mandoc, "a font that does not exist", PAGE + "\\fZText\n"),
    (mandoc, "a macro that does not exist", PAGE + ".XX Text\n"),
    (groff, "a macro that does not exist", PAGE + ".XX Text\n"),
    (lexgrog, "a page without a name", PAGE.replace("NAME", "TEXT")),
]:
    page.write_text(text)
    found = fault(judge, page)
    equal(bool(found), bool(what), f"{judge.__name__} {'rejects ' + what if what else 'takes a page'}", found)
done()
