"""One person and partners: what they are referred to, and every next step."""

from collections.abc import Iterable
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.inflow.models import Candidate
from trede.partners import person_forms, referring_onward
from trede.partners.around import schemes_of
from trede.partners.models import ActivityPlace, OnwardReferral, Organisation
from trede.partners.referring_onward import STEPS, State
from trede.partners.showing import (
    IN_A_PLACEMENT,
    onwards_of,
    placement_moments,
    schemes_shown,
)
from trede.partners.views.directory import looked_through
from trede.people.models import Person
from trede.people.pages import about
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.together import Part, ask
from trede.trajectories.views.acting import Page, act_page, did, done, today

MOVES = {
    State.APPLIED: Page(title=_("Applied"), act=_("Keep")),
    State.ACCEPTED: Page(title=_("May come"), act=_("Keep")),
    State.STARTED: Page(title=_("Started"), act=_("Keep")),
    State.NOT_STARTED: Page(title=_("Did not start"), act=_("Keep")),
    State.ENDED: Page(title=_("Ended"), act=_("Keep")),
}
FEEDBACK = Page(title=_("Feedback of the partner"), act=_("Keep"))


def of_person(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    looked(request, person.pk)
    candidacies = Part(person.candidacies.order_by(), "pilot")
    moments = Part(placement_moments(person), *IN_A_PLACEMENT)
    professionals = Part(person.professionals.around().order_by())
    ask(candidacies, moments, professionals)
    pilot = pilot_of(candidacies.found)
    schemes = rules_of(pilot, today(request)).schemes if pilot else ()
    known = schemes_of(person, pilot) if pilot else {}
    context = about(request, person, "partners:of_person") | {
        "onwards": onwards_of(person, moments.found),
        "professionals": sorted(professionals.found, key=attrgetter("noted_at", "pk")),
        "schemes": schemes_shown(schemes, known),
        "today": today(request),
        "closed": person.merged_into_id or person.erased_at,
    }
    return render(request, "partners/of_person.html", context)


def pilot_of(candidacies: Iterable[Candidate]) -> Pilot | None:
    """The pilot of the candidacy that moved last: its schemes are asked after."""
    last = max(candidacies, key=attrgetter("stage_since", "pk"), default=None)
    return last.pilot if last else None


def refer_onward(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    if request.method == "POST":
        organisation, place = _chosen(request, person_forms.ProposalForm(request.POST))
        made = referring_onward.propose(
            person=person,
            organisation=organisation,
            place=place,
            by=request.actor,
            at=request.at,
        )
        words = gettext("Referred onward: %(where)s.") % {"where": made.where}
        return done(request, words, page_of(person), _undo(made))
    looked(request, person.pk)
    context = looked_through(request, person) | {"person": person}
    return render(request, "partners/refer_onward.html", context)


def _chosen(
    request: StaffRequest, form: person_forms.ProposalForm
) -> tuple[Organisation, ActivityPlace | None]:
    if not form.is_valid():
        raise Refused(_("Choose a partner out of the list."))
    town = {"municipality": request.user.municipality_id}
    chosen = form.cleaned_data
    one = get_object_or_404(Organisation, pk=chosen["organisation"], **town)
    number = chosen["place"]
    return one, get_object_or_404(one.places, pk=number) if number else None


def move_onward(request: StaffRequest, onward_id: int) -> HttpResponse:
    onward = fetch_onward(request, onward_id)
    state = (request.POST or request.GET).get("state", "")
    if state not in STEPS or State(state) not in MOVES:
        raise Refused(_("Choose what the next step is."))
    form = person_forms.MoveForm(
        request.POST or None, state=state, initial={"on": today(request)}
    )
    if did(
        request,
        form,
        lambda: referring_onward.move(
            onward=onward, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        words = gettext("Noted: %(where)s, %(state)s.") % {
            "where": onward.where,
            "state": State(state).label,
        }
        return done(request, words, page_of(onward.person), _undo(onward))
    page = MOVES[State(state)]
    return act_page(
        request, onward.person, form, page, page_of(onward.person), lead=lead_of(onward)
    )


def take_back(request: StaffRequest, onward_id: int) -> HttpResponse:
    onward = fetch_onward(request, onward_id)
    referring_onward.take_back(onward=onward, by=request.actor, at=request.at)
    return done(request, gettext("The step is taken back."), page_of(onward.person))


def give_feedback(request: StaffRequest, onward_id: int) -> HttpResponse:
    onward = fetch_onward(request, onward_id)
    form = person_forms.FeedbackForm(
        request.POST or None, initial={"on": today(request)}
    )
    if did(
        request,
        form,
        lambda: referring_onward.give_feedback(
            onward=onward, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        words = gettext("What the partner told was noted.")
        return done(request, words, page_of(onward.person))
    back = page_of(onward.person)
    return act_page(request, onward.person, form, FEEDBACK, back, lead=lead_of(onward))


def fetch_onward(request: StaffRequest, onward_id: int) -> OnwardReferral:
    rows = OnwardReferral.objects.select_related("person", "organisation", "place")
    return fetch(request, rows, onward_id)


def lead_of(onward: OnwardReferral) -> str:
    return f"{onward.person.full_name}: {onward.where}"


def page_of(person: Person) -> str:
    return reverse("partners:of_person", args=[person.pk])


def _undo(onward: OnwardReferral) -> str:
    return reverse("partners:take_back", args=[onward.pk])
