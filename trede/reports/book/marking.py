"""What a researcher types becomes paragraphs, headings and lists, and nothing else.

An empty line ends a paragraph, a line that begins with `#` is a heading, lines that
begin with `-` are a list. Nothing typed can become markup of a page or of paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal


@dataclass(frozen=True)
class Block:
    """`pairs` is what a table of two columns holds: what, and what about it.
    `language` is that of the words, where it is not that of the report."""

    kind: Literal["paragraph", "heading", "list", "pairs"]
    lines: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    language: str = ""

    def with_lines(self, lines: tuple[str, ...]) -> "Block":
        return replace(self, lines=lines)


def paragraph(text: str) -> Block:
    return Block("paragraph", (text,))


def heading(text: str) -> Block:
    return Block("heading", (text,))


def in_dutch(block: Block) -> Block:
    """For who listens to a report in another language."""
    return replace(block, language="nl")


def blocks_of(text: str) -> tuple[Block, ...]:
    return tuple(_blocks(text.replace("\r\n", "\n")))


def _blocks(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.split("\n")]
    for kind, run in groupby(lines, key=_kind):
        found = tuple(_bare(line) for line in run)
        if kind == "heading":
            yield from (heading(line) for line in found if line)
        elif kind == "list":
            yield Block("list", tuple(line for line in found if line))
        elif kind == "paragraph":
            yield paragraph(" ".join(found))


def _kind(line: str) -> str:
    if not line:
        return ""
    if line.startswith("#"):
        return "heading"
    return "list" if line.startswith(("- ", "* ", "• ")) else "paragraph"


def _bare(line: str) -> str:
    kind = _kind(line)
    if kind == "heading":
        return line.lstrip("#").strip()
    return line[2:].strip() if kind == "list" else line
