"""Chapters as plain data, the way a template for paper wants them."""

from trede.reports.figures_json import Json
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Chapter, Section


def chapter_as_data(chapter: Chapter) -> Json:
    return {
        "label": chapter.label,
        "sections": [_section(section) for section in chapter.sections],
    }


def grid_as_data(grid: Grid) -> Json:
    return {
        "caption": grid.caption,
        "heads": list(grid.heads),
        "lines": [
            {"label": label_of(line), "figures": [f.text for f in line.figures]}
            for line in grid.lines
        ],
        "words": grid.words,
    }


def label_of(line: Line) -> str:
    return f"– {line.label}" if line.under else line.label


def _section(section: Section) -> Json:
    return {
        "question": section.question,
        "lead": section.lead,
        "svg": section.svg,
        "told": section.picture.told if section.picture else "",
        "grid": grid_as_data(section.grid) if section.grid else None,
        "points": section.points,
        "method": section.method,
        "hides": section.hides,
    }
