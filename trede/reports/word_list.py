"""The list of words at the end of a report: what its technical words mean.

Only words that stand in this very report, so that nobody looks up what is not there.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from trede.reports.explained_methods import (
    COMPARISONS,
    MISSING,
    MOMENTS,
    PILOTS,
    SCALES,
    TIMES,
)
from trede.reports.explained_words import CHANGES, HOW_SURE, SIZES
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.sections import Chapter, Section

EXPLAINED = (
    *(*MOMENTS, *HOW_SURE, *SIZES, *CHANGES),
    *(*COMPARISONS, *TIMES, *MISSING, *SCALES, *PILOTS),
)


def word_list(chapters: Sequence[Chapter], beside: Iterable[str] = ()) -> list[Chapter]:
    """A chapter with the words in these chapters; none when no word needs telling.

    Args:
        beside: what else the report says, outside its chapters.
    """
    text = "\n".join((*beside, *(line for one in chapters for line in _lines(one))))
    lines = sorted(
        (
            Line(str(word.name), (Shown(str(word.told)),))
            for word in EXPLAINED
            if word.occurs_in(text)
        ),
        key=lambda line: line.label.lower(),
    )
    if not lines:
        return []
    title = _("Words in this report")
    grid = Grid(title, (_("What it means"),), tuple(lines), words=True)
    question = _("What do the technical words mean?")
    return [Chapter("words", title, [Section("words", question, "", grid=grid)])]


def _lines(chapter: Chapter) -> Iterator[str]:
    for section in chapter.sections:
        yield from (section.question, section.lead, *section.points, *section.method)
        if section.picture:
            yield section.picture.told
        if section.grid:
            yield " | ".join((section.grid.caption, *section.grid.heads))
            for line in section.grid.lines:
                yield " | ".join((line.label, *(f.text for f in line.figures)))
