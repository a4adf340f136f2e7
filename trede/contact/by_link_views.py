"""The person moves or cancels an appointment by their own link, and says no reason."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from trede.accounts.acting import Actor, person_actor
from trede.accounts.doors import DoorRequest
from trede.accounts.refusing import Refused
from trede.contact import appointments
from trede.contact.appointment_words import (
    TEXT,
    AppointmentWords,
    place_of,
    when_told,
)
from trede.contact.free_moments import free_moments
from trede.contact.models import Appointment, PersonalLink
from trede.contact.own_page import OwnPage, own_page
from trede.contact.through_links import through_link
from trede.people.models import Person

PURPOSE = "appointment"
State = Appointment.State
Page = OwnPage[AppointmentWords]


@through_link(PURPOSE)
def own(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    """What stands, the next first; and what just came of it."""
    page = own_page(request, link, AppointmentWords, TEXT)
    said = request.GET.get("gedaan", "")
    done = said if said in ("moved", "cancelled", "stands", "taken") else ""
    off = _of(link).filter(pk=_number(request.GET.get("afspraak")))
    return page.show(
        "contact/own_appointments.html",
        meetings=[_told(page, one) for one in _coming(request, link)],
        done=getattr(page.words, done) if done else "",
        off=off.filter(state=State.CANCELLED).first() if done == "cancelled" else None,
    )


@through_link(PURPOSE)
def cancel(
    request: DoorRequest, link: PersonalLink, appointment_id: int
) -> HttpResponse:
    """`toch` lets it go on after all."""
    page = own_page(request, link, AppointmentWords, TEXT)
    found = _fetched(link, appointment_id)
    by = _person(link.person)
    if found.starts_at <= request.at:
        return _back(page, "")
    if "toch" in request.POST:
        return _back(page, "stands" if _stands(found, by, request) else "taken")
    appointments.cancel(appointment=found, by=by, at=request.at)
    return _back(page, "cancelled", found)


@through_link(PURPOSE)
def move(request: DoorRequest, link: PersonalLink, appointment_id: int) -> HttpResponse:
    page = own_page(request, link, AppointmentWords, TEXT)
    found = _fetched(link, appointment_id)
    if found.state != State.PLANNED or found.starts_at <= request.at:
        return _back(page, "")
    form = MomentForm(request.POST or None, page=page, appointment=found)
    if form.is_valid() and _moved(form, found, request):
        return _back(page, "moved")
    told = _told(page, found)
    return page.show("contact/own_move.html", form=form, meeting=told)


class MomentForm(forms.Form):
    """One of the moments that are free now."""

    starts_at = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, page: Page, appointment: Appointment, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.taken = page.words.taken
        free = free_moments(appointment, page.request.at)
        self.by_value = {one.isoformat(): one for one in free}
        field = self.fields["starts_at"]
        field.label = page.words.choose
        field.error_messages = {"required": page.words.choose}
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (key, _when(page, on)) for key, on in self.by_value.items()
            ]
            field.error_messages["invalid_choice"] = self.taken


def _stands(appointment: Appointment, by: Actor, request: DoorRequest) -> bool:
    """Somebody else may have the moment by now."""
    try:
        appointments.reinstate(appointment=appointment, by=by, at=request.at)
    except Refused:
        return False
    return True


def _moved(form: MomentForm, appointment: Appointment, request: DoorRequest) -> bool:
    """Somebody else may have taken the moment since it was offered."""
    try:
        appointments.move(
            appointment=appointment,
            starts_at=form.by_value[form.cleaned_data["starts_at"]],
            by=_person(appointment.person),
            at=request.at,
        )
    except Refused:
        form.add_error("starts_at", form.taken)
        return False
    return True


def _coming(request: DoorRequest, link: PersonalLink) -> list[Appointment]:
    rows = _of(link).filter(state=State.PLANNED, starts_at__gt=request.at)
    return list(rows.order_by("starts_at", "pk"))


def _of(link: PersonalLink) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(person=link.person_id, pilot=link.pilot_id)
    return rows.select_related("person", "pilot", "staff")


def _fetched(link: PersonalLink, number: int) -> Appointment:
    return get_object_or_404(_of(link), pk=number)


def _told(page: Page, one: Appointment) -> dict[str, object]:
    return {
        "pk": one.pk,
        "when": _when(page, one.starts_at),
        "place": place_of(one, page.rules, page.said),
        "with": one.staff.name,
    }


def _when(page: Page, moment: datetime) -> str:
    return when_told(moment, page.said)


def _back(page: Page, done: str, off: Appointment | None = None) -> HttpResponse:
    address = page.at(reverse("contact:own_appointments", args=[page.token]))
    number = f"&afspraak={off.pk}" if off else ""
    return redirect(f"{address}&gedaan={done}{number}")


def _person(person: Person) -> Actor:
    return person_actor(person.pk, person.municipality_id)


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() else 0
