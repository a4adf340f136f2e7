"""Leaving: by staff at the person's word, or by the person through their own link."""

from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede.accounts.acting import person_actor
from trede.accounts.doors import DoorRequest, StaffRequest
from trede.accounts.visibility import fetch
from trede.contact.models import PersonalLink
from trede.contact.own_page import in_their_language
from trede.contact.through_links import through_link
from trede.inflow.models import Candidate
from trede.pilots.loading import rules_of
from trede.trajectories import leaving
from trede.trajectories.models import Leaving
from trede.trajectories.views.acting import Page, act_page, done

PURPOSE = "leave"
LEAVE = Page(
    title=gettext_lazy("Leave the trajectory"),
    act=gettext_lazy("Leave the trajectory"),
    consequences=(
        gettext_lazy("The trajectory ends today, and so does the exemption."),
        gettext_lazy("The client manager gets today's date, and nothing else."),
        gettext_lazy("The study stays as it was: stopping with it is another act."),
        gettext_lazy("No reason is needed."),
    ),
    template="confirm.html",
)
WAIT_NO_MORE = Page(
    title=gettext_lazy("No trajectory any more"),
    act=gettext_lazy("No trajectory any more"),
    consequences=(
        gettext_lazy("The person will not start, and need not wait any longer."),
        gettext_lazy("No exemption was running. The client manager gets no notice."),
        gettext_lazy("The study stays as it was: stopping with it is another act."),
        gettext_lazy("No reason is needed."),
    ),
    template="confirm.html",
)
STOP = Page(
    title=gettext_lazy("Stop with the study"),
    act=gettext_lazy("Stop with the study"),
    consequences=(
        gettext_lazy("All consent to the study is withdrawn, now."),
        gettext_lazy("The answers leave every dataset that is made from now on."),
        gettext_lazy("The trajectory goes on as it was. No reason is needed."),
    ),
    template="confirm.html",
)


def stop_with_study(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = _candidate(request, candidate_id)
    if request.method == "POST":
        leaving.stop_with_study(
            person=candidate.person,
            pilot=candidate.pilot,
            by=request.actor,
            at=request.at,
        )
        words = _("Stopped with the study. The trajectory goes on as it was.")
        return done(request, words, _back(candidate))
    return _confirm(request, candidate, STOP)


def leave_trajectory(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = _candidate(request, candidate_id)
    person, pilot = candidate.person, candidate.pilot
    if request.method == "POST":
        left = leaving.leave_trajectory(
            person=person, pilot=pilot, by=request.actor, at=request.at
        )
        return done(request, _what_ended(left), _back(candidate))
    if leaving.only_waits(person, pilot):
        return _confirm(request, candidate, WAIT_NO_MORE)
    if leaving.running_of(person, pilot) is None:
        return done(request, _what_ended(None), _back(candidate))
    return _confirm(request, candidate, LEAVE)


def _what_ended(left: Leaving | None) -> str:
    if left is None:
        return _("There was no trajectory (any more) to leave.")
    if leaving.ended_a_trajectory(left):
        return _("The trajectory has ended. The client manager gets the date only.")
    return _("There will be no trajectory. The client manager gets no notice.")


@through_link(PURPOSE)
def choose(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    """Two choices that have nothing to do with each other. It shows no name: a letter
    may lie about."""
    return in_their_language(
        request, link, "trajectories/leave.html", _choice(request, link)
    )


@through_link(PURPOSE)
def stop_by_link(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    if request.method == "POST":
        person = link.person
        leaving.stop_with_study(
            person=person,
            pilot=link.pilot,
            by=person_actor(person.pk, person.municipality_id),
            at=request.at,
        )
        return _to(request, "trajectories:leave_thanks_study")
    context = _choice(request, link)
    return in_their_language(request, link, "trajectories/leave_study.html", context)


@through_link(PURPOSE)
def leave_by_link(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    if request.method == "POST":
        person = link.person
        leaving.leave_trajectory(
            person=person,
            pilot=link.pilot,
            by=person_actor(person.pk, person.municipality_id),
            at=request.at,
        )
        return _to(request, "trajectories:leave_thanks_trajectory")
    context = _choice(request, link)
    if not (context["in_trajectory"] or context["waits"]):
        return _to(request, "trajectories:leave")
    return in_their_language(
        request, link, "trajectories/leave_trajectory.html", context
    )


@through_link(PURPOSE)
def thanks_study(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    context = _choice(request, link) | {"left": "study"}
    return in_their_language(request, link, "trajectories/leave_thanks.html", context)


@through_link(PURPOSE)
def thanks_trajectory(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    left = leaving.left_before(link.person, link.pilot)
    if left is None:
        return _to(request, "trajectories:leave")
    ran = leaving.ended_a_trajectory(left)
    context = _choice(request, link) | {"left": "trajectory" if ran else "waiting"}
    return in_their_language(request, link, "trajectories/leave_thanks.html", context)


def _confirm(request: StaffRequest, candidate: Candidate, page: Page) -> HttpResponse:
    return act_page(request, candidate.person, Form(), page, _back(candidate))


def _candidate(request: StaffRequest, candidate_id: int) -> Candidate:
    rows = Candidate.objects.select_related("person", "pilot")
    return fetch(request, rows, candidate_id)


def _back(candidate: Candidate) -> str:
    """The page of the newest trajectory, or of the person when there is none."""
    newest = candidate.trajectories.order_by("pk").last()
    if newest is None:
        return reverse("desk:person", args=[candidate.person_id])
    return reverse("trajectories:trajectory", args=[newest.pk])


def _choice(request: DoorRequest, link: PersonalLink) -> dict[str, object]:
    municipality = link.person.municipality
    return {
        "token": _token(request),
        "municipality": municipality,
        "help_telephone": municipality.help_telephone
        or rules_of(link.pilot).pilot.help_telephone,
        "in_study": leaving.agrees_to_anything(link.person, link.pilot),
        "in_trajectory": leaving.running_of(link.person, link.pilot) is not None,
        "waits": leaving.only_waits(link.person, link.pilot),
    }


def _to(request: DoorRequest, name: str) -> HttpResponse:
    """In the same language, if another was chosen."""
    response = redirect(name, token=_token(request))
    if chosen := request.GET.get("taal"):
        response["Location"] += f"?{urlencode({'taal': chosen})}"
    return response


def _token(request: DoorRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs["token"]) if match else ""
