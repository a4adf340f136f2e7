"""Contact with one person: what was noted, what is planned, letters."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest, go_to, looked, page_before, way_back
from trede.accounts.refusing import Refused, attempt
from trede.accounts.visibility import fetch
from trede.contact import appointment_day, appointments, recording, repeating
from trede.contact.forms import AppointmentForm, ContactForm, MoveForm, Tap
from trede.contact.models import (
    Appointment,
    ContactMoment,
    Initiative,
    Letter,
    Occasion,
    Outcome,
)
from trede.people.models import Person
from trede.people.pages import about
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

A_PAGE = 30
NOTED_WITH = {
    "held": appointment_day.hold,
    "not_there": appointment_day.not_there,
    "no_answer": appointment_day.no_answer,
    "message": appointment_day.leave_message,
}


def of_person(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    looked(request, person.pk)
    pilot = pilot_for(request, person)
    moments = person.contact_moments.all().standing().select_related("by", "pilot")
    planned = person.appointments.select_related("staff", "pilot")
    standing = list(planned.filter(state=Appointment.State.PLANNED))
    context = {
        **about(request, person, "contact:of_person"),
        "pilot": pilot,
        "page": Paginator(moments, A_PAGE).get_page(request.GET.get("page")),
        "planned": standing,
        # Of each series the first that still stands: there it can be called off.
        "begin_a_series": {one.series: one for one in reversed(standing)}.values(),
        "letters": person.letters.select_related("made_by").order_by("-made_at"),
        "places": place_labels(pilot),
        "alone": recording.why_not(person=person, pilot=pilot, at=request.at),
    }
    return render(request, "contact/of_person.html", context)


def record(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    pilot = pilot_for(request, person)
    back = way_back(request, page_of(person.pk))
    alone = recording.why_not(person=person, pilot=pilot, at=request.at)
    form = ContactForm(
        request.POST or None,
        pilot=pilot,
        at=request.at,
        guarded=alone is not None,
        initial=_likely(request, person),
    )
    if form.is_valid() and (
        moment := attempt(form, lambda: _kept(request, form, pilot, person))
    ):
        say_noted(request, person, moment)
        return redirect(back)
    looked(request, person.pk)
    context = {"person": person, "pilot": pilot, "form": form, "alone": alone}
    return render(request, "contact/record.html", context | {"back": back})


def _kept(
    request: StaffRequest, form: ContactForm, pilot: Pilot, person: Person
) -> ContactMoment:
    data = form.cleaned_data
    return recording.record_contact(
        person=person,
        pilot=pilot,
        channel=data["channel"],
        outcome=data["outcome"],
        occasion=data["occasion"],
        by=request.actor,
        at=request.at,
        submission=data["submission"],
        initiative=data["initiative"],
        location=data["location"],
        note=data["note"],
        deviation_reason=data.get("deviation_reason", ""),
        happened_at=form.happened_at(),
    )


def undo(request: StaffRequest, moment_id: int) -> HttpResponse:
    moment = fetch(request, ContactMoment.objects.all(), moment_id)
    recording.undo_contact(moment=moment, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. It counts no longer."))
    return go_back(request, moment.person_id)


def plan(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    pilot = pilot_for(request, person)
    back = way_back(request, page_of(person.pk))
    last = person.appointments.order_by("starts_at").last()
    first = {
        "occasion": _occasion(request, person),
        "staff": request.user.pk,
        "location": last.location if last else "",
    }
    form = AppointmentForm(request.POST or None, pilot=pilot, initial=first)
    if form.is_valid() and (
        planned := attempt(form, lambda: _planned(request, form, pilot, person))
    ):
        _say_planned(request, planned)
        return redirect(back)
    looked(request, person.pk)
    context = {"person": person, "pilot": pilot, "form": form, "back": back}
    return render(request, "contact/plan.html", context)


def _planned(
    request: StaffRequest, form: AppointmentForm, pilot: Pilot, person: Person
) -> list[Appointment]:
    meeting, repeat = form.meeting(), form.repeat()
    given: dict[str, Any] = {
        "person": person,
        "pilot": pilot,
        "staff": form.cleaned_data["staff"],
        "by": request.actor,
        "at": request.at,
        "overlap_ok": form.cleaned_data["overlap_ok"],
    }
    if repeat:
        return repeating.plan_series(first=meeting, repeat=repeat, **given)
    return [appointments.plan(**vars(meeting), **given)]


def _say_planned(request: StaffRequest, planned: list[Appointment]) -> None:
    """A series is undone in one go."""
    if len(planned) == 1:
        messages.success(request, _("The appointment is planned."))
        return
    said = _("%(n)d appointments are planned.") % {"n": len(planned)}
    undo_url = reverse("contact:call_off", args=[planned[0].pk])
    messages.success(request, said, extra_tags=undo_url)


def call_off(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """What still stands of a series is off, in one go."""
    appointment = fetch(request, Appointment.objects.all(), appointment_id)
    n = repeating.call_off_rest(
        appointment=appointment, by=request.actor, at=request.at
    )
    said = ngettext("One appointment is off.", "%(n)d appointments are off.", n)
    messages.success(request, said % {"n": n})
    return go_back(request, appointment.person_id)


def interpreter(request: StaffRequest, appointment_id: int) -> HttpResponse:
    appointment = fetch(request, Appointment.objects.all(), appointment_id)
    appointments.book_interpreter(
        appointment=appointment,
        booked=request.POST.get("booked") == "1",
        by=request.actor,
        at=request.at,
    )
    messages.success(request, _("Noted."))
    return go_back(request, appointment.person_id)


def step(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """One tap: what came of it, that it is off, or on again."""
    appointment = fetch(request, Appointment.objects.all(), appointment_id)
    tap = Tap(request.POST)
    if not tap.is_valid():
        raise Refused(_("Something is missing. Open the page again."))
    try:
        moment = _stepped(request, appointment, tap)
    except Refused as refusal:
        if refusal.field != "deviation_reason":
            raise
        messages.warning(request, str(refusal.message))
        return redirect("contact:of_person", appointment.person_id)
    if moment:
        say_noted(request, appointment.person, moment)
    else:
        messages.success(request, _("The appointment is changed."))
    return go_back(request, appointment.person_id)


def _stepped(
    request: StaffRequest, appointment: Appointment, tap: Tap
) -> ContactMoment | None:
    by, at, step = request.actor, request.at, request.POST.get("step", "")
    noted: dict[str, Any] = {
        "submission": tap.cleaned_data["submission"],
        "note": tap.cleaned_data["note"],
        "deviation_reason": tap.cleaned_data["deviation_reason"],
    }
    if rule := NOTED_WITH.get(step):
        return rule(appointment=appointment, by=by, at=at, **noted)
    if step == "cancelled":
        appointments.cancel(appointment=appointment, by=by, at=at)
    elif step == "planned":
        appointments.reinstate(appointment=appointment, by=by, at=at)
    else:
        raise Refused(_("Choose what happened."))
    return None


def move(request: StaffRequest, appointment_id: int) -> HttpResponse:
    rows = Appointment.objects.select_related("person", "pilot")
    appointment = fetch(request, rows, appointment_id)
    form = MoveForm(request.POST or None, appointment=appointment)
    if form.is_valid() and (
        moved := attempt(form, lambda: _moved(request, form, appointment))
    ):
        messages.success(request, _("The appointment is moved."))
        return redirect("desk:person", moved.person_id)
    looked(request, appointment.person_id)
    context = {"appointment": appointment, "person": appointment.person, "form": form}
    return render(request, "contact/move.html", context)


def _moved(
    request: StaffRequest, form: MoveForm, appointment: Appointment
) -> Appointment:
    return appointments.move(
        appointment=appointment,
        starts_at=form.starts_at(),
        by=request.actor,
        at=request.at,
        location=form.cleaned_data["location"],
        reason=form.cleaned_data["reason"],
        overlap_ok=form.cleaned_data["overlap_ok"],
    )


def letter(request: StaffRequest, letter_id: int) -> HttpResponse:
    """The letter as it was frozen."""
    found = fetch(request, Letter.objects.select_related("file"), letter_id)
    if found.file.destroyed_at:
        raise Http404
    looked(request, found.person_id)
    response = HttpResponse(found.file.content, content_type=found.file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file.name}"'
    return response


def pilot_for(request: StaffRequest, person: Person) -> Pilot:
    """The pilot in the address; else that of the last contact, else the newest."""
    pilots = Pilot.objects.filter(municipality=person.municipality_id)
    named = pilots.filter(code=request.GET.get("pilot", "")).first()
    if named:
        return named
    last = person.contact_moments.select_related("pilot").first()
    newest = last.pilot if last else pilots.order_by("-pk").first()
    if newest is None:
        raise Refused(_("There is no pilot yet. The administrator loads its file."))
    return newest


def place_labels(pilot: Pilot) -> dict[str, str]:
    return {each.code: each.label for each in rules_of(pilot).locations}


def say_noted(request: StaffRequest, person: Person, moment: ContactMoment) -> None:
    said = _("%(name)s: %(outcome)s. Noted.") % {
        "name": person.full_name,
        "outcome": _came_of_it(moment),
    }
    undo_url = reverse("contact:undo", args=[moment.pk])
    messages.success(request, said, extra_tags=undo_url)


def _came_of_it(moment: ContactMoment) -> str:
    """Of what was sent also what it was."""
    said = moment.get_outcome_display()
    sent = moment.outcome == Outcome.SENT
    return f"{moment.get_channel_display()} {said}" if sent else said


def go_back(request: StaffRequest, person_id: int) -> HttpResponse:
    before = page_before(request)
    return go_to(request, before or page_of(person_id))


def page_of(person_id: int) -> str:
    return reverse("desk:person", args=[person_id])


def _occasion(request: StaffRequest, person: Person) -> str:
    """What the contact is probably about: as the address says, or as last time."""
    asked = request.GET.get("occasion", "")
    last = person.contact_moments.first()
    known = last.occasion if last else Occasion.INVITATION
    return asked if asked in Occasion.values else known


def _likely(request: StaffRequest, person: Person) -> dict[str, str]:
    return {
        "channel": request.GET.get("channel", "telephone"),
        "outcome": request.GET.get("outcome", ""),
        "initiative": Initiative.STAFF,
        "occasion": _occasion(request, person),
    }
