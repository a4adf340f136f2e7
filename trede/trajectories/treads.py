"""The ladder of one person, to be drawn: each tread with what it was to them, and when.

The present tread tells since when somebody stands there without a break, an earlier one
the last day on which they were found there, a later one whether it is within reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from trede.inflow.waiting_by_lot import add_months
from trede.trajectories.ladder import ladder_of
from trede.trajectories.models import LadderAssessment

Standing = Sequence[LadderAssessment]


@dataclass(frozen=True)
class Tread:
    number: int
    label: str
    state: str
    note: str = ""
    on: date | None = None


def ladder_due(started_on: date, ladder_on: date | None, months: int) -> date:
    """The day on which the tread is to be determined: at once where it never was, and
    again so many months after the last."""
    return add_months(ladder_on, months) if ladder_on else started_on


def treads_of(standing: Standing, version: str) -> list[Tread]:
    """Highest first; `standing` in the order of time."""
    words = ladder_of(version).treads
    return [
        _tread(number, str(label), standing)
        for number, label in sorted(words.items(), reverse=True)
    ]


def _tread(number: int, label: str, standing: Standing) -> Tread:
    now = standing[-1] if standing else None
    last = next((one for one in reversed(standing) if one.tread == number), None)
    if now and now.tread == number:
        return Tread(number, label, "now", _("Now, since"), _since(standing))
    note = _("Growth potential") if now and now.growth_potential == number else ""
    if last:
        return Tread(number, label, "was", note, last.reference_on)
    return Tread(number, label, "may" if note else "", note)


def _since(standing: Standing) -> date:
    """The first of the last unbroken run on the present tread."""
    since = standing[-1]
    for one in reversed(standing):
        if one.tread != since.tread:
            break
        since = one
    return since.reference_on
