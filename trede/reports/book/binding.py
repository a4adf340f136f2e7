"""Numbers in running text are those of the computation, and stay so.

A researcher writes `[[flow.reached]]` and the report shows the number that this report
may show. In the public view a number that disclosure control withheld becomes words. A
reference that nothing answers to is found before the text is kept; so is a number that
was typed by hand and happens to be one of the figures, because it would not change with
them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.book.marking import Block

REFERENCE = re.compile(r"\[\[([^\[\]]*)\]\]")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?:\s?%)?(?![\w%]|[.,]\d)")
SMALL = 10  # below it a number is said so often that it means nothing


@dataclass(frozen=True)
class Figure:
    """`text` is the figure as it is printed, or the words in its place."""

    code: str
    about: str
    text: str
    hidden: bool = False


Figures = Mapping[str, Figure]


def code_in(reference: str) -> str:
    """As it was typed: spaces are as good as points."""
    return ".".join(reference.replace(".", " ").split())


def referred(text: str) -> list[str]:
    return [code_in(found) for found in REFERENCE.findall(text)]


def unknown(text: str, figures: Figures) -> list[str]:
    """What is referred to and does not exist, each once, in the order of the text."""
    return list(dict.fromkeys(c for c in referred(text) if c not in figures))


def filled(blocks: Iterable[Block], figures: Figures) -> tuple[Block, ...]:
    return tuple(
        block.with_lines(tuple(_filled(line, figures) for line in block.lines))
        for block in blocks
    )


def _filled(line: str, figures: Figures) -> str:
    def put(found: re.Match[str]) -> str:
        figure = figures.get(code_in(found[1]))
        # Another computation may lack what this text was written for.
        return figure.text if figure else _("not in this computation")

    return REFERENCE.sub(put, line)


@dataclass(frozen=True)
class Typed:
    """A number in the text that is also a figure of the computation."""

    number: str
    figure: Figure


def typed_by_hand(text: str, figures: Figures) -> list[Typed]:
    """Numbers that would not follow the computation, with what could take their
    place."""
    by_text: dict[str, Figure] = {}
    for figure in figures.values():
        if not figure.hidden:
            by_text.setdefault(_plain(figure.text), figure)
    return [
        Typed(n, by_text[_plain(n)]) for n in _numbers(text) if _plain(n) in by_text
    ]


def _numbers(text: str) -> Iterator[str]:
    bare = REFERENCE.sub(" ", text)
    for found in dict.fromkeys(_NUMBER.findall(bare)):
        digits = re.sub(r"\D", "", found)
        is_whole = digits == found
        if not (is_whole and (int(digits) < SMALL or _is_a_year(found))):
            yield found


def _is_a_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _plain(number: str) -> str:
    return number.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
