"""Bringing somebody in, and what became of it."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
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
from trede.accounts.models import Role
from trede.accounts.permissions import Reach
from trede.accounts.refusing import attempt
from trede.inflow import referring
from trede.inflow.long_lists import first_of
from trede.inflow.models import Referral
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.referral_forms import ReferralForm
from trede.inflow.referral_list import Asked, ReferralLines, asked, far
from trede.inflow.referral_words import STATUS_MARKS, STATUS_WORDS
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

A_PAGE = 25


def refer(request: StaffRequest) -> HttpResponse:
    pilot = chosen_pilot(request)
    form = ReferralForm(request.POST or None, pilot=pilot, by=request.actor)
    if form.is_valid() and (
        referral := attempt(form, lambda: _referred(request, form, pilot))
    ):
        name = referral.candidate.person.full_name
        messages.success(request, _("%s is referred. A coach gets in touch.") % name)
        return redirect("inflow:referrals")
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "form": form,
        "ways": referring.ways_in(rules_of(pilot), request.actor),
    }
    return render(request, "inflow/refer.html", context)


def _referred(request: StaffRequest, form: ReferralForm, pilot: Pilot) -> Referral:
    data = form.cleaned_data
    return referring.refer(
        pilot=pilot,
        details=form.details(),
        channel=data["channel"],
        reason=data["reason"],
        by=request.actor,
        at=request.at,
        submission=data["submission"],
        referrer=request.user if request.user.has(Role.REFERRER) else None,
        referrer_name=data.get("referrer_name", ""),
    )


def referrals(request: StaffRequest) -> HttpResponse:
    """A referrer sees who they referred and how far it is, and nothing else."""
    shown = _lines(request)
    page = Paginator(shown.rows, A_PAGE).get_page(request.GET.get("page"))
    looked(request, *(one.candidate.person_id for one in page))
    guides = bool(request.user.roles & referring.GUIDES)
    context = {
        "page": page,
        "guides": guides,
        "lines": [_line(one, shown.ways if guides else None) for one in page],
        "statuses": shown.statuses(),
        "channels": shown.channels() if guides else [],
        "filtered": shown.ask != Asked(),
        "may_export": request.reach is Reach.MUNICIPALITY,
    }
    return render(request, "inflow/referrals.html", context)


def referrals_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _lines(request)
    found, whole = first_of(shown.rows)
    looked(request, *(one.candidate.person_id for one in found))
    columns = {
        _("Date"): NARROW,
        _("Name"): WIDE,
        _("Way in"): WIDE,
        _("By"): WIDE,
        _("Reason"): WIDEST,
        _("How far"): NARROW,
    }
    title, about = _("Referrals"), chosen(shown.filters())
    rows = (_cells(one, shown.ways) for one in found)
    listed = ListFile("aanmeldingen", title, columns, rows, about, whole)
    return as_file(request, listed)


def _lines(request: StaffRequest) -> ReferralLines:
    seen = Referral.objects.all().visible_to(request.user, request.reach)
    here = Pilot.objects.filter(municipality=request.user.municipality_id)
    pilots = here.order_by("pk").prefetch_related("files")
    ways = {
        one.code: one.label
        for pilot in pilots
        for one in rules_of(pilot).referral_channels
    }
    return ReferralLines(asked(request.GET), seen, ways)


def _cells(one: Referral, ways: Mapping[str, str]) -> list[Cell]:
    line = _line(one, ways)
    told = [str(line[name]) for name in ("name", "channel", "by", "reason", "status")]
    return [timezone.localdate(one.at), *told]


def _line(
    referral: Referral, ways: Mapping[str, str] | None = None
) -> dict[str, object]:
    """With the `ways` in, for who guides; a referrer knows what they wrote."""
    status = far(referral)
    line: dict[str, object] = {
        "referral": referral,
        "name": referral.candidate.person.full_name,
        "status": STATUS_WORDS[status],
        "mark": STATUS_MARKS[status],
    }
    if ways is not None:
        line["channel"] = ways.get(referral.channel, referral.channel)
        line["reason"] = referral.reason
        line["by"] = referral.referrer_name or referral.referrer or ""
    return line
