"""Who on the target list was reached: counts and shares, for the coordinator; on the
screen and as a file."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.list_file import (
    NARROW,
    OF_THE_TEAM,
    WIDE,
    Cell,
    ListFile,
    as_file,
)
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.reach import ReachPart, ReachRow
from trede.inflow.reach import reach as reach_of
from trede.inflow.reach_attempts import attempts


def reach(request: StaffRequest) -> HttpResponse:
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "table": reach_of(pilot=pilot, on=today),
        "attempts": attempts(pilot=pilot, on=today),
    }
    return render(request, "inflow/reach.html", context)


def reach_file(request: StaffRequest) -> HttpResponseBase:
    """The tables of the screen below each other."""
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    table = reach_of(pilot=pilot, on=today)
    columns = {
        _("By"): WIDE,
        _("Group"): WIDE,
        _("What is counted"): NARROW,
        _("Number"): NARROW,
        _("Reached"): NARROW,
        _("Not reached"): NARROW,
        _("Share (%)"): NARROW,
    }
    everybody = ReachRow("", _("The whole list"), table.n, table.reached)
    whole = ReachPart("", _("Everybody"), (everybody,))
    rows = [
        *_rows([whole, *table.parts], _("People")),
        *_rows(attempts(pilot=pilot, on=today), _("Attempts")),
    ]
    about, title = [(_("Pilot"), pilot.name)], _("Who was reached")
    listed = ListFile("bereik", title, columns, rows, about, care=OF_THE_TEAM)
    return as_file(request, listed)


def _rows(parts: Iterable[ReachPart], counted: str) -> Iterator[list[Cell]]:
    for part in parts:
        for one in part.rows:
            label = capfirst(str(one.label))
            numbers = one.n, one.reached, one.missed, _in_percent(one)
            yield [str(part.label), label, counted, *numbers]


def _in_percent(one: ReachRow) -> Decimal | None:
    return None if one.share is None else Decimal(f"{one.share:.1f}")
