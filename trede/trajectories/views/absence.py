"""A coach is away: from when, what falls due, who takes whom, and back again."""

from collections.abc import Iterable
from typing import Self

from django import forms
from django.db.models import BooleanField, Exists, OuterRef
from django.db.models.functions import TruncDate
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Staff
from trede.accounts.refusing import attempt
from trede.accounts.visibility import VisibleQuerySet, fetch
from trede.people.models import Responsibility
from trede.together import Part
from trede.trajectories import absence as rules
from trede.trajectories.absence_days import overdue, take_effect, with_overdue
from trede.trajectories.falling_due import InCare, falling_due
from trede.trajectories.forms import a_day
from trede.trajectories.handing_over import Care
from trede.trajectories.handing_over_form import COVER, SPREAD, ArrangeForm
from trede.trajectories.models import Absence, PlannedCover
from trede.trajectories.views.acting import did, done, may_exceed, today
from trede.trajectories.views.leaving_coach import loads_after
from trede.trajectories.views.telling import lately_changed, untold_of


class Oneself(VisibleQuerySet[Staff]):
    def own_of(self, staff: Staff) -> Self:
        return self.filter(pk=staff.pk)


class AbsenceForm(forms.Form):
    from_on = a_day(_("First day away"))
    until_on = a_day(
        _("Last day away"),
        required=False,
        help_text=_("Leave it open as long as nobody knows."),
    )


def note(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, Oneself(Staff), staff_id)
    # Else a new absence would take the place of one that is over, with its stand-ins.
    take_effect(
        overdue(Absence.objects.filter(staff=staff), today(request)), request.at
    )
    standing = rules.standing_absence(staff)
    initial = {"from_on": today(request)}
    if standing:
        initial = {key: getattr(standing, key) for key in AbsenceForm.base_fields}
    form = AbsenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        noted = attempt(
            form,
            lambda: rules.note_absence(
                staff=staff, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )
        if noted:
            words = gettext("Noted. Now choose who stands in.")
            return done(request, words, page_of(noted))
    context = {"staff": staff, "form": form, "standing": standing}
    return render(request, "trajectories/note_absence.html", context)


def arrange(request: StaffRequest, absence_id: int) -> HttpResponse:
    rows = with_overdue(Absence.objects.select_related("staff"), today(request))
    absence = fetch(request, rows, absence_id)
    if getattr(absence, "overdue", False) and take_effect([absence], request.at):
        return redirect(page_of(absence))
    care = Care(absence.staff)
    form = ArrangeForm(
        request.POST or None,
        giver=absence.staff,
        care=care,
        on=max(absence.from_on, today(request)),
        initial={"everybody": SPREAD, "how": COVER},
    )
    if not may_exceed(request):
        del form.fields["limit_reason"]
    if _arranged(request, absence, form):
        return _told(request, absence, form)
    loads = loads_after(form)
    context = {"form": form, "number": len(care.people), "loads": loads}
    return _shown(request, absence, context, among=care.people)


def _shown(
    request: StaffRequest,
    absence: Absence,
    context: dict[str, object],
    *,
    among: InCare,
) -> HttpResponse:
    """With who stands in, and what falls due meanwhile."""
    covers = Part(absence.covers.filter(ended_on=None), "person", "staff")
    planned = _planned(absence)
    changed = lately_changed(request, absence.staff)
    due = falling_due(absence, among, today(request), covers, planned, changed)
    seen = {one.person for rows in (due, covers.found, planned.found) for one in rows}
    looked(request, *(person.pk for person in seen.union(among)))
    context |= {
        "absence": absence,
        "covers": covers.found,
        "planned": [one for one in planned.found if one.done_at is None],
        "failed": _failed(planned.found),
        "ahead": absence.from_on > today(request),
        "due": due,
        "untold": untold_of(request, absence.staff, changed),
        "may_print": may_exceed(request),
    }
    return render(request, "trajectories/absence.html", context)


def _planned(absence: Absence) -> Part[PlannedCover]:
    """With who went to a colleague all the same, after the plan could not be done."""
    went = Responsibility.objects.filter(
        person=OuterRef("person"), started_on__gte=OuterRef("day")
    ).exclude(staff=absence.staff)
    rows = absence.planned.alias(day=TruncDate("done_at")).annotate(went=Exists(went))
    told = {"went": BooleanField()}
    return Part(rows, "person", "staff", without=("note",), told=told)


def _failed(planned: Iterable[PlannedCover]) -> list[PlannedCover]:
    newest = {one.person: one for one in planned}.values()
    return [one for one in newest if one.why_not and not getattr(one, "went", False)]


def come_back(request: StaffRequest, absence_id: int) -> HttpResponse:
    absence = fetch(request, Absence.objects.select_related("staff"), absence_id)
    number = rules.come_back(absence=absence, by=request.actor, at=request.at)
    words = ngettext(
        "%(name)s is back, and %(n)d person came back.",
        "%(name)s is back, and %(n)d people came back.",
        number,
    )
    told = words % {"n": number, "name": absence.staff.name}
    return done(request, told, reverse("desk:home"))


def page_of(absence: Absence) -> str:
    return reverse("trajectories:absence", args=[absence.pk])


def _arranged(request: StaffRequest, absence: Absence, form: ArrangeForm) -> bool:
    return (
        request.POST.get("go") == "now"
        and form.is_valid()
        and request.POST.get("seen") == form.outcome()
        and did(
            request,
            form,
            lambda: rules.arrange(
                absence=absence,
                arrangements=form.arrangements(),
                limit_reason=form.cleaned_data.get("limit_reason", ""),
                by=request.actor,
                at=request.at,
            ),
        )
    )


def _told(request: StaffRequest, absence: Absence, form: ArrangeForm) -> HttpResponse:
    number = len(form.arrangements())
    if absence.from_on > today(request):
        planned = gettext("Planned. It begins by itself on %(day)s.")
        return done(
            request, planned % {"day": f"{absence.from_on:%d-%m-%Y}"}, page_of(absence)
        )
    words = ngettext(
        "%(n)d person has another coach now.",
        "%(n)d people have another coach now.",
        number,
    )
    return done(request, words % {"n": number}, page_of(absence))
