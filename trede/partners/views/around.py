"""Schemes that a person uses, and professionals around them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.partners import around, person_forms
from trede.partners.models import Professional
from trede.partners.views.onward import page_of, pilot_of
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.trajectories.views.acting import Page, act_page, did, done, today

SCHEMES = Page(title=_("Schemes"), act=_("Keep"))
PROFESSIONAL = Page(title=_("A professional around this person"), act=_("Keep"))


def note_schemes(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    pilot = pilot_of(person.candidacies.select_related("pilot"))
    if pilot is None:
        raise Refused(_("This person is in no pilot: there are no schemes to ask."))
    before = around.schemes_of(person, pilot)
    form = person_forms.SchemesForm(
        request.POST or None,
        schemes=rules_of(pilot, today(request)).schemes,
        known={code: around.said(one) for code, one in before.items()},
    )
    if did(
        request,
        form,
        lambda: around.note_schemes(
            person=person,
            pilot=pilot,
            found={code: around.stands(said) for code, said in form.found().items()},
            by=request.actor,
            at=request.at,
        ),
    ):
        return done(request, gettext("Noted."), page_of(person))
    return act_page(request, person, form, SCHEMES, page_of(person))


def add_professional(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    form = person_forms.ProfessionalForm(request.POST or None)
    if did(
        request,
        form,
        lambda: around.add_professional(
            person=person, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        return done(request, gettext("Noted."), page_of(person))
    return act_page(request, person, form, PROFESSIONAL, page_of(person))


def end_professional(request: StaffRequest, professional_id: int) -> HttpResponse:
    one = _professional(request, professional_id)
    around.end_professional(professional=one, by=request.actor, at=request.at)
    undo = reverse("partners:take_up_professional", args=[one.pk])
    words = gettext("%(name)s does not stand here any more.") % {"name": one.name}
    return done(request, words, page_of(one.person), undo)


def take_up_professional(request: StaffRequest, professional_id: int) -> HttpResponse:
    one = _professional(request, professional_id)
    around.take_up_professional(professional=one, by=request.actor, at=request.at)
    return done(request, gettext("Noted."), page_of(one.person))


def _professional(request: StaffRequest, professional_id: int) -> Professional:
    rows = Professional.objects.select_related("person")
    return fetch(request, rows, professional_id)
