"""The directory: looking for a partner, and keeping what is known of one true."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest, go_to, looked, page_before
from trede.accounts.permissions import DOORS, Reach
from trede.accounts.visibility import fetch, seen
from trede.partners import directory, finding, forms, usage
from trede.partners.choices import Known, known_in
from trede.partners.models import (
    ActivityPlace,
    ContactPerson,
    Organisation,
)
from trede.partners.one_partner import partner_shown
from trede.people.forms import languages
from trede.people.models import Person
from trede.people.pages import may_open
from trede.trajectories.views.acting import did, done, today

PERSON = "partners:of_person"
KEEP = _("Keep")
A_PAGE = 30


def partners(request: StaffRequest) -> HttpResponse:
    return render(request, "partners/directory.html", looked_through(request))


def looked_through(
    request: StaffRequest, person: Person | None = None
) -> dict[str, object]:
    """The directory as the address asks for it; for a person, what suits them first."""
    ask = finding.asked(request.GET)
    rows = seen(request, Organisation.objects.all())
    known = known_of(request)
    found = finding.Directory(rows, ask, today(request), known)
    lines = found.lines_for(person) if person else found.lines()
    return {
        "ask": ask,
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "states": found.states(),
        "filters": (
            (_("Kind of partner"), found.kinds()),
            (_("Quarter"), found.quarters()),
            (_("Language"), found.languages()),
        ),
        "quarters": known.quarters,
        "spoken": found.spoken,
        "in_part": found.in_part,
        "any": bool(found.all),
        "may_import": may_open(request, "partners:sheets"),
    }


def known_of(request: StaffRequest) -> Known:
    return known_in(request.user.municipality, today(request))


def organisation(request: StaffRequest, organisation_id: int) -> HttpResponse:
    one = _organisation(request, organisation_id)
    known, on = known_of(request), today(request)
    shown = partner_shown(one, request.user, _reach(request), known, on)
    if shown.people:
        looked(request, *(each.person_id for each in shown.people))
    context = {
        "organisation": one,
        "quarter": known.quarters.get(one.quarter, one.quarter),
        "languages": dict(languages()),
        "places": shown.places,
        "contacts": shown.contacts,
        "people": shown.people,
        "is_stale": one.confirmed_on < directory.to_check_before(on),
        "remark": forms.RemarkForm(initial={"text": shown.remark}),
    }
    return render(request, "partners/organisation.html", context)


def _reach(request: StaffRequest) -> Reach:
    """How far one sees people, which is less far than one sees partners."""
    return DOORS[PERSON].reach_of(request.user.roles)


def add_organisation(request: StaffRequest) -> HttpResponse:
    form = forms.OrganisationForm(
        request.POST or None, quarters=known_of(request).quarters
    )
    if did(
        request,
        form,
        lambda: directory.add(
            municipality=request.user.municipality,
            facts=form.facts(),
            by=request.actor,
            at=request.at,
        ),
    ):
        made = seen(request, Organisation.objects.all()).latest("pk")
        return done(request, gettext("The partner is in the directory."), page_of(made))
    return _form_page(request, form, _("A new partner"), reverse("partners:partners"))


def change_organisation(request: StaffRequest, organisation_id: int) -> HttpResponse:
    changed = _organisation(request, organisation_id)
    form = forms.OrganisationForm(
        request.POST or None,
        quarters=known_of(request).quarters,
        organisation=changed,
    )
    if did(
        request,
        form,
        lambda: directory.change(
            organisation=changed,
            facts=form.facts(),
            edition=form.cleaned_data["edition"] or 0,
            by=request.actor,
            at=request.at,
        ),
    ):
        return done(request, gettext("Changed, and confirmed today."), page_of(changed))
    return _form_page(request, form, changed.name, page_of(changed))


def confirm(request: StaffRequest, organisation_id: int) -> HttpResponse:
    one = _organisation(request, organisation_id)
    directory.confirm(organisation=one, by=request.actor, at=request.at)
    messages.success(request, gettext("%(name)s: confirmed today.") % {"name": one})
    return go_to(request, page_before(request) or page_of(one))


def take_out(request: StaffRequest, organisation_id: int) -> HttpResponse:
    one = _organisation(request, organisation_id)
    form = forms.DayForm(request.POST or None, initial={"on": today(request)})
    if did(
        request,
        form,
        lambda: directory.take_out(
            organisation=one, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        words = gettext("Out of use: nobody is referred there any more.")
        undo = reverse("partners:bring_back", args=[one.pk])
        return done(request, words, page_of(one), undo)
    title = gettext("Take %(name)s out of use") % {"name": one.name}
    return _form_page(request, form, title, page_of(one), _("Take out of use"))


def bring_back(request: StaffRequest, organisation_id: int) -> HttpResponse:
    one = _organisation(request, organisation_id)
    directory.bring_back(organisation=one, by=request.actor, at=request.at)
    return done(request, gettext("In use again."), page_of(one))


def add_contact(request: StaffRequest, organisation_id: int) -> HttpResponse:
    return _contact(request, _organisation(request, organisation_id), None)


def change_contact(request: StaffRequest, contact_id: int) -> HttpResponse:
    rows = ContactPerson.objects.select_related("organisation")
    contact = fetch(request, rows, contact_id)
    return _contact(request, contact.organisation, contact)


def _contact(
    request: StaffRequest, one: Organisation, contact: ContactPerson | None
) -> HttpResponse:
    form = forms.ContactForm(request.POST or None, contact=contact)
    if did(
        request,
        form,
        lambda: directory.keep_contact(
            organisation=one,
            contact=contact,
            facts=form.facts(),
            by=request.actor,
            at=request.at,
        ),
    ):
        return done(request, gettext("The contact person was kept."), page_of(one))
    title = contact.name if contact else _("A new contact person")
    return _form_page(request, form, title, page_of(one), lead=one.name)


def add_place(request: StaffRequest, organisation_id: int) -> HttpResponse:
    return _place(request, _organisation(request, organisation_id), None)


def change_place(request: StaffRequest, place_id: int) -> HttpResponse:
    rows = ActivityPlace.objects.select_related("organisation")
    place = fetch(request, rows, place_id)
    return _place(request, place.organisation, place)


def _place(
    request: StaffRequest, one: Organisation, place: ActivityPlace | None
) -> HttpResponse:
    known = known_of(request)
    types = known.types_on(today(request))
    if place and place.activity_type not in {"", *dict(types)}:
        types.append((place.activity_type, known.type_label(place.activity_type)))
    room = directory.room_on(place, today(request)) if place else None
    form = forms.PlaceForm(request.POST or None, place=place, room=room, types=types)
    if did(
        request,
        form,
        lambda: directory.keep_place(
            organisation=one,
            place=place,
            facts=form.facts(),
            capacity=form.room(),
            by=request.actor,
            at=request.at,
        ),
    ):
        return done(request, gettext("Kept."), page_of(one))
    title = place.what if place else _("Something one can do there")
    return _form_page(request, form, title, page_of(one), lead=one.name)


def note_remark(request: StaffRequest, organisation_id: int) -> HttpResponse:
    one = _organisation(request, organisation_id)
    form = forms.RemarkForm(request.POST)
    if did(
        request,
        form,
        lambda: directory.note_remark(
            organisation=one, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        messages.success(request, gettext("Kept, for your eyes only."))
    else:
        messages.error(request, gettext("This is too long. Make it shorter."))
    return redirect(page_of(one))


def use(request: StaffRequest) -> HttpResponse:
    rows = usage.provisions(
        request.user.municipality, known_of(request), today(request)
    )
    context = {"provisions": list(rows), "on": today(request)}
    return render(request, "partners/use.html", context)


def page_of(one: Organisation) -> str:
    return reverse("partners:organisation", args=[one.pk])


def _organisation(request: StaffRequest, organisation_id: int) -> Organisation:
    rows = Organisation.objects.select_related("confirmed_by", "municipality")
    return fetch(request, rows, organisation_id)


def _form_page(
    request: StaffRequest,
    form: object,
    title: str | Promise,
    back: str,
    act: str | Promise = KEEP,
    lead: str = "",
) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "act": act, "back_url": back}
    return render(request, "partners/form.html", context)
