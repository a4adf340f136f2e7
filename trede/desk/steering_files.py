"""What a coordinator steers by, as files: how many people are where, and the load of
every coach. Nobody but the coaches is named."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.list_file import (
    NARROW,
    OF_THE_TEAM,
    WIDE,
    WIDEST,
    Cell,
    ListFile,
    as_file,
)
from trede.desk.figures import figures
from trede.desk.steering import Load, steering
from trede.inflow.pilot_chosen import chosen_pilot, pilots_of


def figures_file(request: StaffRequest) -> HttpResponseBase:
    pilot = chosen_pilot(request)
    counted = figures(pilot, timezone.localdate(request.at))
    columns = {_("About"): WIDE, _("What"): WIDEST, _("Number"): NARROW}
    rows = [*_inflow(counted), *_waiting(counted), *_stages(counted)]
    return _file(request, "cijfers", _("How many people are where"), columns, rows)


def loads_file(request: StaffRequest) -> HttpResponseBase:
    """Every coach, the fullest first."""
    today, pilot = timezone.localdate(request.at), chosen_pilot(request)
    columns = {
        _("Coach"): WIDE,
        _("People in a trajectory"): NARROW,
        _("Weight"): NARROW,
        _("Agreed: from"): NARROW,
        _("Agreed: at most"): NARROW,
        _("Away from"): NARROW,
        _("Away until"): NARROW,
    }
    loads = steering(pilot, today, pilots_of(request))["loads"]
    rows = [_of_coach(one) for one in loads]
    return _file(request, "werkdruk", _("Load of each coach"), columns, rows)


def _file(
    request: StaffRequest,
    name: str,
    title: str,
    columns: dict[str, int],
    rows: list[list[Cell]],
) -> HttpResponseBase:
    about = [(_("Pilot"), chosen_pilot(request).name)]
    listed = ListFile(name, title, columns, rows, about, care=OF_THE_TEAM)
    return as_file(request, listed)


def _inflow(counted: dict[str, Any]) -> Iterator[list[Cell]]:
    part = _("From the list to the start")
    for step in counted["steps"]:
        yield [part, capfirst(str(step["label"])), step["n"]]
    yield [part, _("Trajectories that the pilot aims at"), counted["aim"]]
    yield [part, _("Started in the last four weeks"), counted["lately"]]


def _waiting(counted: dict[str, Any]) -> Iterator[list[Cell]]:
    """Days are of who waits now."""
    part, waiting = _("Waiting list"), counted["waiting"]
    yield [part, _("People who wait"), waiting.n if waiting else 0]
    if waiting:
        yield [part, _("Days that half of them wait, or longer"), waiting.median]
        yield [part, _("Days of who waits longest"), waiting.longest]


def _stages(counted: dict[str, Any]) -> Iterator[list[Cell]]:
    for _code, label, n in counted["stages"]:
        yield [_("Where people are now"), capfirst(label), n]


def _of_coach(one: Load) -> list[Cell]:
    load, away = one.load, one.absence
    since, until = (away.from_on, away.until_on) if away else (None, None)
    return [one.name, load.guides, load.weight, one.low, one.high, since, until]
