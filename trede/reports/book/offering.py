"""The list of figures that a writer can choose from, in groups that one can find.

First the way of the people and what changed, then the tables of the intake, one group a
table.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.book.binding import Figure, Figures
from trede.reports.table_words import TITLES

_CHANGE = ("effect", "change", "before", "after", "up", "same", "down")


@dataclass(frozen=True)
class Group:
    label: str
    figures: list[Figure]


def groups_of(figures: Figures) -> list[Group]:
    found: dict[str, list[Figure]] = {}
    for figure in figures.values():
        found.setdefault(_label(figure.code), []).append(figure)
    return [Group(label, listed) for label, listed in found.items()]


def _label(code: str) -> str:
    first, _point, rest = code.partition(".")
    if first in _CHANGE:
        return _("What changed")
    if first == "flow":
        return _("From the list to the evaluation")
    if first == "wave":
        return _("What was measured")
    if first == "claim":
        return _("Single figures")
    return str(TITLES[rest.partition(".")[0]])
