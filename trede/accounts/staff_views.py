"""The administrator's screens: staff, their roles, teams, and the house rules."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from trede.accounts import employing, second_step
from trede.accounts import forms as shapes
from trede.accounts.doors import StaffRequest
from trede.accounts.models import HeldRole, Role, Staff, Team
from trede.accounts.permissions import DOORS, Reach
from trede.accounts.refusing import attempt
from trede.accounts.visibility import VisibleQuerySet, fetch, seen


class StaffQuerySet(VisibleQuerySet[Staff]):
    """Colleagues of one's own municipality."""


class TeamQuerySet(VisibleQuerySet[Team]):
    """Teams of one's own municipality."""


def staff(request: StaffRequest) -> HttpResponse:
    everybody = seen(request, StaffQuerySet(Staff)).select_related("team")
    people = everybody.order_by("-is_active", "name").prefetch_related("held_roles")
    context = {
        "working": [one for one in people if one.is_active],
        "gone": [one for one in people if not one.is_active],
    }
    return render(request, "accounts/staff.html", context)


@never_cache
def employ(request: StaffRequest) -> HttpResponse:
    municipality = request.user.municipality
    form = shapes.NewColleague(request.POST or None, municipality=municipality)
    if form.is_valid():
        employed = attempt(
            form,
            lambda: employing.employ(
                municipality,
                form.details(),
                form.cleaned_data["roles"],
                by=request.actor,
                at=request.at,
            ),
        )
        if employed:
            return _tell_password(request, *employed)
    return render(request, "accounts/employ.html", {"form": form})


def _tell_password(request: StaffRequest, staff: Staff, password: str) -> HttpResponse:
    context = {"colleague": staff, "password": password}
    return render(request, "accounts/one_time_password.html", context)


def colleague(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, StaffQuerySet(Staff), staff_id)
    form = shapes.Colleague(
        request.POST or None, municipality=staff.municipality, staff=staff
    )
    if form.is_valid():
        attempt(
            form,
            lambda: employing.change_details(
                staff, form.details(), by=request.actor, at=request.at
            ),
        )
        if form.is_valid():
            messages.success(request, _("The details are saved."))
            return redirect("accounts:colleague", staff.pk)
    return render(request, "accounts/colleague.html", _about(request, staff, form))


def _about(
    request: StaffRequest, staff: Staff, form: shapes.Colleague
) -> dict[str, object]:
    held = list(HeldRole.objects.filter(staff=staff).order_by("-given_at", "role"))
    return {
        "colleague": staff,
        "form": form,
        "present": [role for role in held if role.ended_at is None],
        "former": [role for role in held if role.ended_at is not None],
        "to_give": [role for role in Role if not staff.has(role)],
        "second_step": second_step.is_set_up(staff),
        "oneself": staff.pk == request.user.pk,
        "is_coach": staff.has(Role.COACH),
    }


def give_role(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, StaffQuerySet(Staff), staff_id)
    form = shapes.OneRole(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        employing.give_role(staff, role, by=request.actor, at=request.at)
        messages.success(request, _("The role is given."))
    else:
        messages.error(request, _("Choose a role from the list."))
    return redirect("accounts:colleague", staff.pk)


def end_role(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, StaffQuerySet(Staff), staff_id)
    form = shapes.OneRole(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        employing.end_role(staff, role, by=request.actor, at=request.at)
        messages.success(request, _("The role has ended."))
    else:
        messages.error(request, _("Choose a role from the list."))
    return redirect("accounts:colleague", staff.pk)


def end_employment(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, StaffQuerySet(Staff), staff_id)
    if request.method == "POST":
        employing.end_employment(staff, by=request.actor, at=request.at)
        messages.success(request, _("This colleague cannot sign in any more."))
        return redirect("accounts:staff")
    context = {
        "title": _("End the employment of %s") % staff.name,
        "consequences": [
            _("Open sessions end at once, and signing in is not possible any more."),
            _("All roles end today."),
            _("The name stays in the audit trail and with what was done."),
        ],
        "form": "",
        "act": _("End the employment"),
        "back_url": reverse("accounts:colleague", args=[staff.pk]),
        "objections": [
            (one.sentence, _address(request, one.door, staff))
            for one in employing.objections_to_end(staff)
        ],
    }
    return render(request, "accounts/end_employment.html", context)


def _address(request: StaffRequest, name: str, staff: Staff) -> str:
    """Of a page about a colleague, for whoever may open it."""
    if DOORS[name].reach_of(request.user.roles) is Reach.NOBODY:
        return ""
    return reverse(name, args=[staff.pk])


@never_cache
def reset_password(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, StaffQuerySet(Staff), staff_id)
    password = employing.reset_password(staff, by=request.actor, at=request.at)
    return _tell_password(request, staff, password)


def reset_second_step(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, StaffQuerySet(Staff), staff_id)
    second_step.take_away(staff=staff, by=request.actor, at=request.at)
    messages.success(request, _("The second step can be set up again."))
    return redirect("accounts:colleague", staff.pk)


def teams(request: StaffRequest) -> HttpResponse:
    municipality = request.user.municipality
    form = shapes.TeamName(request.POST or None)
    if form.is_valid():
        team = attempt(
            form,
            lambda: employing.add_team(
                municipality, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )
        if team:
            messages.success(request, _("The team is added."))
            return redirect("accounts:teams")
    context = {"teams": seen(request, TeamQuerySet(Team)).order_by("name")}
    return render(request, "accounts/teams.html", context | {"form": form})


def team(request: StaffRequest, team_id: int) -> HttpResponse:
    team = fetch(request, TeamQuerySet(Team), team_id)
    form = shapes.TeamName(request.POST or None, initial={"name": team.name})
    if form.is_valid():
        attempt(
            form,
            lambda: employing.rename_team(
                team, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )
        if form.is_valid():
            messages.success(request, _("The team is renamed."))
            return redirect("accounts:teams")
    members = team.staff_set.filter(is_active=True).order_by("name")
    context = {"team": team, "form": form, "members": members}
    return render(request, "accounts/team.html", context)


def house_rules(request: StaffRequest) -> HttpResponse:
    municipality = request.user.municipality
    present = {
        "help_telephone": municipality.help_telephone,
        "second_step_roles": municipality.second_step_roles,
    }
    form = shapes.HouseRules(request.POST or None, initial=present)
    if form.is_valid():
        employing.set_house_rules(
            municipality, **form.cleaned_data, by=request.actor, at=request.at
        )
        messages.success(request, _("The house rules are saved."))
        return redirect("accounts:house_rules")
    return render(request, "accounts/house_rules.html", {"form": form})
