"""Which figures of which pilots could not be put together, and why."""

from collections.abc import Iterator, Sequence
from typing import TypedDict

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.reports.effects.analysis_json import RefusedJson
from trede.reports.effects.methods_told import refusal_told
from trede.reports.effects.names import Names
from trede.reports.sections import Section

ASPECTS = {
    "outcome": pgettext_lazy("aspect of a measure", "outcome"),
    "definition": pgettext_lazy("aspect of a measure", "wording of the question"),
    "type": pgettext_lazy("aspect of a measure", "form of the answers"),
    "scale": pgettext_lazy("aspect of a measure", "scale"),
    "unit": pgettext_lazy("aspect of a measure", "unit"),
    "waves": pgettext_lazy("aspect of a measure", "moments"),
    "vocabulary": pgettext_lazy("aspect of a measure", "kind of study"),
    "estimand": pgettext_lazy("aspect of a measure", "kind of figure"),
}


class DifferenceJson(TypedDict):
    aspect: str
    pilot: str
    has: str
    first: str
    had: str


class UnlikeJson(RefusedJson, total=False):
    label: str
    differences: Sequence[DifferenceJson]


def not_handed_over(pilots: Sequence[str]) -> list[str]:
    """A file holds what a pilot may hand over, and not why something is not in it."""
    if not pilots:
        return []
    return [
        _(
            "Not handed over by %(pilots)s: it was not asked there, could not be"
            " estimated, or may not be shown."
        )
        % {"pilots": get_text_list(list(pilots), _("and"))}
    ]


def not_together(refused: Sequence[UnlikeJson], names: Names) -> Section:
    return Section(
        "not-together",
        _("Which outcomes could not be put together?"),
        "",
        points=[told for one in refused for told in _why_not(one, names)],
    )


def _why_not(one: UnlikeJson, names: Names) -> Iterator[str]:
    outcome = names.outcome(one.get("outcome", ""))
    differences = one.get("differences") or ()
    for each in differences:
        yield _(
            "%(outcome)s: %(pilot)s has another %(aspect)s (%(has)s) than %(first)s"
            " (%(had)s)."
        ) % {
            "outcome": outcome,
            "pilot": each["pilot"],
            "aspect": str(ASPECTS.get(each["aspect"], each["aspect"])),
            "has": each["has"][:40] or "–",
            "first": each["first"],
            "had": each["had"][:40] or "–",
        }
    if not differences:
        yield f"{outcome}: {refusal_told(one, names)}"
