"""The agenda of the weekly meeting, on the screen and on paper."""

from django.http import HttpResponse
from django.shortcuts import render

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.permissions import Reach
from trede.desk.weekly_meeting import WeeklyMeeting
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilot_chips


def weekly_meeting(request: StaffRequest) -> HttpResponse:
    try:
        pilot = chosen_pilot(request)
    except NoPilot:
        return render(request, "desk/no_pilot.html")
    coach = request.GET.get("coach", "")
    everybody = request.reach is Reach.MUNICIPALITY
    agenda = WeeklyMeeting(
        pilot, coach if everybody else "", request.user, request.reach, request.at
    )
    looked(request, *agenda.persons)
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "agenda": agenda,
        "coaches": agenda.by_coach() if everybody else [],
        "everybody": everybody,
        "today": agenda.on,
    }
    return render(request, "desk/weekly_meeting.html", context)
