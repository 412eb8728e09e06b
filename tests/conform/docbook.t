#!/usr/bin/python3 -B
"""DocBook's grammar and its rules find no fault with the handbook; the usual stylesheets take it."""

from lib.tap import done, equal, ok, outputs, run, says, scratch

SCHEMA = "/usr/share/xml/docbook/schema"
RULES = {
    "RELAX NG": f"{SCHEMA}/rng/5.0/docbook.rng",
    "Schematron": f"{SCHEMA}/schematron/5.0/docbook.sch",
}
STYLESHEET = "/usr/share/xml/docbook/stylesheet/docbook-xsl-ns/xhtml5/docbook.xsl"

documents = outputs("**/*.xml")
for name, rules in RULES.items():
    result = run("jing", rules, *documents)
    ok(result.returncode == 0, f"{name} takes every document", says(result))

folder = scratch()
for document in documents:
    page = folder / "page.html"
    result = run("xsltproc", "--nonet", "--stringparam", "generate.css.header", "0", "--stringparam",
                 "docbook.css.source", "", "--output", page, STYLESHEET, document)
    equal((result.returncode, result.stderr), (0, ""), f"{document.name} becomes HTML")
    ok(page.exists() and "</html>" in page.read_text(), f"{document.name} becomes a whole page")

BOOK = """<book xmlns="http://docbook.org/ns/docbook" xmlns:xlink="http://www.w3.org/1999/xlink"
version="5.0"><info><title>Book</title></info><chapter xml:id="one"><title>One</title>{}</chapter></book>
"""
for what, rules, content, takes in [
    ("a paragraph", "RELAX NG", "<para>Text</para>", True),
    ("a paragraph", "Schematron", "<para>Text</para>", True),
    ("an element that does not exist", "RELAX NG", "<paragraph>Text</paragraph>", False),
    ("an empty quotation", "RELAX NG", "<blockquote/>", False),
    ("a link to nowhere", "RELAX NG", '<para><link linkend="two">Two</link></para>', False),
    ("a chapter as the place of a term", "Schematron",
     '<para><firstterm linkend="one">One</firstterm></para>', False),
]:
    book = folder / "book.xml"
    book.write_text(BOOK.format(content))
    result = run("jing", RULES[rules], book)
    equal(result.returncode == 0, takes, f"{rules} {'takes' if takes else 'rejects'} {what}",
          says(result))
done()
