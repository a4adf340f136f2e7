"""Who on the target list was reached: counts and shares, for the coordinator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from trede.accounts.doors import StaffRequest
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.reach import reach as reach_of


def reach(request: StaffRequest) -> HttpResponse:
    pilot = chosen_pilot(request)
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "table": reach_of(pilot=pilot, on=timezone.localdate(request.at)),
    }
    return render(request, "inflow/reach.html", context)
