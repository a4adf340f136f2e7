"""The chapters of words in the document to edit further."""

from collections.abc import Iterable

from docx.document import Document as Paper

from trede.reports.book.laying_out import Part
from trede.reports.book.marking import Block


def add_parts(paper: Paper, parts: Iterable[Part]) -> None:
    for part in parts:
        paper.add_heading(part.label, 1)
        for block in part.blocks:
            _add(paper, block)
        if part.missing:
            paper.add_paragraph(part.missing)


def _add(paper: Paper, block: Block) -> None:
    if block.kind == "pairs":
        for label, told in block.pairs:
            place = paper.add_paragraph()
            place.add_run(f"{label}: ").bold = True
            place.add_run(told)
        return
    for line in block.lines:
        if block.kind == "heading":
            paper.add_heading(line, 2)
        else:
            paper.add_paragraph(line, "List Bullet" if block.kind == "list" else None)
