"""Role documents for the benchmark: any number, always the same, in the languages of content/handbook.

Each is put together from blocks of the handbook's documents (paragraphs, lists, tables), with links
to its neighbours and a footnote; none leaves a block open, so that a concatenation of them is still
the same documents to a parser.
"""
import pathlib
import random
import re
import textwrap

BYTES = 13_000      # of a document: the mean of real ones
LANGUAGES = ["en", "ja", "en", "ja", "sv", "en", "ja", "ar", "en", "ja"]


def pool(folder):
    """The blocks of a folder's documents, without what only stands well where it stood."""
    blocks = []
    for path in sorted(folder.glob("*.md")):
        body = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.S)
        body = re.sub(r"^(```|~~~).*?^\1[^\n]*\n", "", body, flags=re.S | re.M)
        body = re.sub(r"\[\^[^\]]*\]:?", "", body)
        body = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", body)
        for block in re.split(r"\n{2,}", body):
            if len(block) > 40 and not re.match(r"\s*(#|<|\{|\[|>|---)", block):
                blocks.append(textwrap.dedent(block.strip("\n")))
    return blocks


class Writer:
    """Makes the n-th document."""

    def __init__(self, handbook):
        self.blocks = {lang: pool(handbook / lang) for lang in set(LANGUAGES)}

    def text(self, n, size=BYTES):
        draw = random.Random(n)
        lang = LANGUAGES[n % len(LANGUAGES)]
        blocks = self.blocks[lang]
        tags = ", ".join(f"tag-{draw.randrange(200)}" for _ in range(4))
        parts = [f"---\ntitle: Role {n}\nslug: role-{n}\nlang: {lang}\ncategory: group-{n % 12}\n"
                 f"tags: [{tags}]\nrelated_jobs: [role-{max(n - 1, 0)}]\nversion: 1.{n % 10}0\nupdated: 2026-0{n % 9 + 1}-15\n---\n",
                 f"# Role {n}\n"]
        # The last block goes past the size, by half of one in the mean.
        most = int(size * draw.uniform(0.4, 1.6)) - 500
        while sum(len(part.encode()) + 1 for part in parts) < most:
            parts += self.blocks_of(n, len(parts), draw, blocks)
        return "\n".join(parts)

    def blocks_of(self, n, at, draw, blocks):
        """The next block, and what goes before and after it."""
        if draw.randrange(5) == 0:
            yield f"## {self.heading(draw, blocks)}\n"
        if draw.randrange(7) == 0:
            near = max(n - draw.randrange(1, 9), 0)
            yield f"See [role {near}](role-{near}.md) and *also* the **`note`** below.[^n{at}]\n"
            yield f"[^n{at}]: {draw.choice(blocks).splitlines()[0].strip('-*|0123456789. ') or 'Note'}\n"
        block = draw.choice(blocks)
        yield block + "\n"
        # A paragraph ends a list or table, so that no neighbour goes on with it.
        if re.match(r"[-*|]|\d+\.", block):
            yield f"({at})\n"

    @staticmethod
    def heading(draw, blocks):
        words = re.sub(r"[*_`|\[\]<>#\\]|^\s*([-+]|\d+\.)\s*", "", draw.choice(blocks).splitlines()[0])
        return words[:24].strip() or "Section"


def folder(writer, path, count, size=BYTES):
    """Writes that many documents below path; how many bytes they have."""
    path.mkdir(parents=True)
    total = 0
    for n in range(count):
        total += (path / f"role-{n}.md").write_bytes(writer.text(n, size).encode())
    return total


def concatenation(paths, out):
    """All documents in one file, a blank line between them, as one document for a parser alone."""
    with open(out, "wb") as f:
        for path in paths:
            f.write(pathlib.Path(path).read_bytes() + b"\n")
    return out.stat().st_size
