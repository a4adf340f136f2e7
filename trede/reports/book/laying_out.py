"""The chapters round the figures, ready to be read on screen, on paper and in a file.

Every chapter of the order is there. What the system knows stands first, then what a
researcher wrote, with the figures of this view filled in. A chapter that nobody wrote
says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.pilots.rules import Rules
from trede.pilots.study_rules import is_read_in_english
from trede.reports.analysed import names_in
from trede.reports.book.annexes import annexes
from trede.reports.book.binding import Figures, filled
from trede.reports.book.executing import execution
from trede.reports.book.figures import figures_to_name
from trede.reports.book.marking import Block, blocks_of, in_dutch, paragraph
from trede.reports.book.order import KINDS, Kind, Place
from trede.reports.book.setting_up import set_up
from trede.reports.book.texts import Texts, texts_of
from trede.reports.figures_json import Json
from trede.reports.hidden_figures import told_by_decision
from trede.reports.models import Edition
from trede.reports.showing import shown_in
from trede.reports.wording import Wording
from trede.studies.models import Run


@dataclass(frozen=True)
class Part:
    """`missing` says that nobody wrote it; empty where there is something to read."""

    code: str
    label: str
    blocks: tuple[Block, ...]
    missing: str = ""


@dataclass(frozen=True)
class Book:
    """`people` is the head of the chapter in which the figures of people stand."""

    before: tuple[Part, ...]
    people: Part
    after: tuple[Part, ...]
    annexes: tuple[Part, ...]


def lay_out_book(
    run: Run,
    results: Json,
    *,
    public: bool,
    words: Wording,
    edition: Edition | None = None,
) -> Book:
    texts = texts_of(run.study, edition)
    figures = figures_to_name(results, words)
    counted = {
        "set_up": tuple(set_up(run.study, words.rules, run.until_on)),
        "execution": tuple(execution(results, public=public)),
    }

    def parts(place: Place) -> Iterator[Part]:
        for kind in KINDS:
            if kind.place == place:
                yield _part(kind, counted.get(kind.code, ()), texts, figures)

    return Book(
        before=tuple(parts("before")),
        people=next(parts("figures")),
        after=tuple(parts("after")),
        annexes=(
            *parts("annex"),
            *_annexes(run, words.rules),
            *_shown_by_decision(results, words),
        ),
    )


def _part(
    kind: Kind, counted: tuple[Block, ...], texts: Texts, figures: Figures
) -> Part:
    written = texts.get(kind.code)
    blocks = filled(blocks_of(written.text), figures) if written else ()
    if blocks and is_read_in_english():
        dutch_only = paragraph(_("This chapter was written in Dutch."))
        blocks = (dutch_only, *map(in_dutch, blocks))
    missing = "" if blocks or kind.counted else not_written(kind)
    return Part(kind.code, str(kind.label), (*counted, *blocks), missing)


def not_written(kind: Kind) -> str:
    if kind.place == "annex":
        return _("Trede does not keep these, and nobody has put them here yet.")
    return _("Nobody has written this chapter yet.")


def _annexes(run: Run, rules: Rules) -> Iterator[Part]:
    town = run.study.pilot.municipality_id
    for annex in annexes(rules, run.until_on, town=town):
        yield Part(f"annex-{annex.code}", annex.label, annex.blocks)


def _shown_by_decision(results: Json, words: Wording) -> Iterator[Part]:
    """What disclosure control would hide and two people decided to show; no names."""
    shown = shown_in(results)
    if shown:
        names = names_in(results, words.rules)
        told = tuple(told_by_decision(shown, words, names))
        label = _("Figures released by decision")
        yield Part("annex-by-decision", label, (Block("list", told),))
