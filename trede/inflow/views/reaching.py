"""Who on the target list was reached: counts and shares, for the coordinator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from trede.accounts.doors import StaffRequest
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
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
