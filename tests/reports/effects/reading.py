"""A report read as a person would: its sentences, tables and pictures as text."""

import copy
from collections.abc import Iterator

from tests.evaluation.running.figures import beside_survey, told
from trede.evaluation.running.as_json import as_json
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.names import Names
from trede.reports.sections import Chapter, Section


def changes() -> dict:
    return copy.deepcopy(told())


def effects() -> dict:
    return copy.deepcopy(as_json(beside_survey()))


def chapters(analysis: dict, **more) -> dict[str, Chapter]:
    return {one.code: one for one in effect_chapters(analysis, Names(), **more)}


def sections(analysis: dict, code: str) -> dict[str, Section]:
    return {one.id: one for one in chapters(analysis)[code].sections}


def everything(found: dict[str, Chapter]) -> str:
    return "\n".join(line for chapter in found.values() for line in _lines(chapter))


def _lines(chapter: Chapter) -> Iterator[str]:
    yield chapter.label
    for section in chapter.sections:
        yield section.question
        yield section.lead
        yield from section.points
        yield from section.method
        if section.picture:
            yield section.picture.told
        if section.grid:
            yield section.grid.caption
            yield from section.grid.heads
            for line in section.grid.lines:
                yield " ".join((line.label, *(f.text for f in line.figures)))
