"""The agenda of the weekly meeting, on the screen, on paper and as a file."""

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.list_file import (
    NARROW,
    WIDE,
    WIDEST,
    Cell,
    ListFile,
    as_file,
    chosen,
)
from trede.accounts.permissions import Reach
from trede.desk.weekly_meeting import WeeklyMeeting
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilot_chips
from trede.people.pages import may_open
from trede.pilots.models import Pilot


def weekly_meeting(request: StaffRequest) -> HttpResponse:
    try:
        pilot = chosen_pilot(request)
    except NoPilot:
        return render(request, "desk/no_pilot.html")
    agenda, everybody = _agenda(request, pilot), request.reach is Reach.MUNICIPALITY
    looked(request, *agenda.persons)
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "agenda": agenda,
        "coaches": agenda.by_coach() if everybody else [],
        "everybody": everybody,
        "may_export": may_open(request, "desk:weekly_meeting_file"),
        "today": agenda.on,
    }
    return render(request, "desk/weekly_meeting.html", context)


def weekly_meeting_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    agenda = _agenda(request, chosen_pilot(request))
    looked(request, *agenda.persons)
    columns = {
        _("Subject"): WIDE,
        _("Name"): WIDE,
        _("What there is"): WIDEST,
        _("Day"): NARROW,
        _("Coach"): WIDE,
    }
    filters = {_("Coach"): agenda.by_coach()}
    about = [(_("Pilot"), agenda.pilot.name), *chosen(filters)]
    listed = ListFile("overleg", _("Weekly meeting"), columns, _rows(agenda), about)
    return as_file(request, listed)


def _agenda(request: StaffRequest, pilot: Pilot) -> WeeklyMeeting:
    everybody = request.reach is Reach.MUNICIPALITY
    coach = request.GET.get("coach", "") if everybody else ""
    return WeeklyMeeting(pilot, coach, request.user, request.reach, request.at)


def _rows(agenda: WeeklyMeeting) -> Iterator[list[Cell]]:
    for topic in agenda.topics:
        for one, coach in topic.lines:
            yield [topic.title, one.person.full_name, one.words, one.on, coach]
    for away in agenda.absences:
        until = away.until_on
        words = _("until %(day)s") % {"day": f"{until:%d-%m-%Y}"} if until else ""
        yield [_("Coaches who are away"), away.staff.name, words, away.from_on, None]
