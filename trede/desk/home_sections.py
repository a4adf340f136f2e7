"""What one's first page shows: a section for every role that one has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from trede.accounts.doors import StaffRequest
from trede.accounts.models import HeldRole, Role, Staff
from trede.accounts.permissions import Reach
from trede.audit.models import Line
from trede.contact.models import ContactMoment
from trede.desk.coach_day import coach_day
from trede.desk.steering import steering
from trede.inflow import referring
from trede.inflow.models import Referral
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilots_of
from trede.inflow.referral_words import STATUS_MARKS, STATUS_WORDS
from trede.people.models import Erasure
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.typing_in import asked_of
from trede.reports.models import Edition, Showing
from trede.studies.due_listing import summary
from trede.studies.grid import grid
from trede.studies.models import Run, Study
from trede.together import Part
from trede.trajectories.absence_days import overdue, take_effect
from trede.trajectories.models import Absence

SHOWN = 5
COACHES = 20
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Section:
    """`persons`: those whose data it shows; `lead`: what it adds to the greeting."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    persons: tuple[int, ...] = ()
    lead: str = ""


Maker = Callable[[StaffRequest, Pilot | None], Section]


def sections_of(request: StaffRequest) -> list[Section]:
    """In the order of `MAKERS`."""
    roles, pilot = request.user.roles, _pilot(request)
    return [make(request, pilot) for role, make in MAKERS if role in roles]


def _pilot(request: StaffRequest) -> Pilot | None:
    try:
        return chosen_pilot(request)
    except NoPilot:
        return None


def _coach(request: StaffRequest, pilot: Pilot | None) -> Section:
    if pilot is None:
        return Section("desk/home/no_pilot.html")
    others = pilots_of(request)
    day = coach_day(request.user, pilot, request.at, others)
    if take_effect(day.overdue, request.at):
        day = coach_day(request.user, pilot, request.at, others)
    places = {one.code: one.label for one in rules_of(pilot).locations}
    to_type = day.to_type
    context = {
        "day": day,
        "pilot": pilot,
        "places": places,
        "to_type": to_type,
    }
    persons = (
        *day.persons,
        *(one.person_id for one in to_type),
        *(one.person_id for one in day.changes),
    )
    lead = "desk/home/coach_lead.html"
    return Section("desk/home/coach.html", context, persons, lead)


def _coordinator(request: StaffRequest, pilot: Pilot | None) -> Section:
    if pilot is None:
        return Section("desk/home/no_pilot.html")
    today = timezone.localdate(request.at)
    absences = Absence.objects.visible_to(request.user, Reach.MUNICIPALITY)
    take_effect(overdue(absences, today), request.at)
    typing = Part(asked_of(request.user).order_by(), "person")
    context = steering(pilot, today, pilots_of(request), [typing])
    loads = context["loads"]
    if request.GET.get("coaches") != "alle":
        context |= {"loads": loads[:COACHES], "coaches": len(loads)}
    to_type = sorted(typing.found, key=attrgetter("prepared_at", "pk"))
    context |= {"asked": summary(pilot, today), "to_type": to_type}
    persons = tuple(one.person_id for one in to_type)
    return Section("desk/home/coordinator.html", context, persons)


def _referrer(request: StaffRequest, pilot: Pilot | None) -> Section:
    since = ContactMoment.objects.standing().filter(
        person=OuterRef("candidate__person"),
        pilot=OuterRef("candidate__pilot"),
        at__gte=OuterRef("at"),
    )
    rows = Referral.objects.filter(referrer=request.user)
    rows = rows.filter(candidate__pilot__municipality=request.user.municipality_id)
    known = rows.select_related("candidate__person").annotate(contacted=Exists(since))
    lines = [_referral(one) for one in known[:SHOWN]]
    persons = tuple(one.candidate.person_id for one in known[:SHOWN])
    return Section("desk/home/referrer.html", {"lines": lines}, persons)


def _referral(referral: Referral) -> dict[str, object]:
    contacted = bool(getattr(referral, "contacted", False))
    status = referring.status_of(referral, contacted=contacted)
    return {
        "at": referral.at,
        "name": referral.candidate.person.full_name,
        "status": STATUS_WORDS[status],
        "mark": STATUS_MARKS[status],
    }


def _researcher(request: StaffRequest, pilot: Pilot | None) -> Section:
    today = timezone.localdate(request.at)
    studies = Study.objects.visible_to(request.user, Reach.MUNICIPALITY)
    runs = Run.objects.visible_to(request.user, Reach.MUNICIPALITY)
    waits = Edition.objects.visible_to(request.user, Reach.MUNICIPALITY)
    context = {
        "studies": [
            (one, [head for head in grid(one, today).heads if head.of])
            for one in studies.select_related("pilot")[:SHOWN]
        ],
        "runs": runs.select_related("study").defer("results")[:SHOWN],
        "concepts": waits.filter(state=Edition.State.CONCEPT).count(),
    }
    return Section("desk/home/researcher.html", context)


def _policy_adviser(request: StaffRequest, pilot: Pilot | None) -> Section:
    editions = Edition.objects.visible_to(request.user, Reach.MUNICIPALITY)
    shown = editions.approved().select_related("run", "study__pilot")
    context = {
        "editions": shown.defer("released", "told", "decisions", "run__results")[:SHOWN]
    }
    return Section("desk/home/policy_adviser.html", context)


def _privacy_officer(request: StaffRequest, pilot: Pilot | None) -> Section:
    here = Q(municipality_id=request.user.municipality_id)
    lines = Line.objects.filter(here, at__gte=request.at - WEEK)
    looked = lines.filter(kind=Line.Kind.READ).values_list("actor")
    counted = looked.annotate(n=Count("pk")).order_by("-n", "actor")[:SHOWN]
    erasures = Erasure.objects.filter(
        person__municipality=request.user.municipality_id
    ).order_by("-at")
    asked = Showing.objects.visible_to(request.user, Reach.MUNICIPALITY)
    context = {
        "lookers": list(_named(counted)),
        "refused": lines.filter(kind=Line.Kind.DOOR).count(),
        "erasures": erasures[:SHOWN],
        "showings": asked.filter(agreed_at=None).count(),
    }
    return Section("desk/home/privacy_officer.html", context)


def _named(counted: Iterable[tuple[str, int]]) -> Iterable[dict[str, object]]:
    staff = {one.actor: one.name for one in Staff.objects.all()}
    for actor, n in counted:
        yield {"name": staff.get(actor, actor), "n": n}


def _administrator(request: StaffRequest, pilot: Pilot | None) -> Section:
    colleagues = Staff.objects.filter(
        municipality=request.user.municipality_id, is_active=True
    )
    held = HeldRole.objects.filter(staff=OuterRef("pk"), ended_at=None)
    context = {
        "n": colleagues.count(),
        "without": colleagues.exclude(Exists(held)).count(),
        "pilots": Pilot.objects.filter(
            municipality=request.user.municipality_id
        ).order_by("name"),
    }
    return Section("desk/home/administrator.html", context)


MAKERS: tuple[tuple[Role, Maker], ...] = (
    (Role.COACH, _coach),
    (Role.COORDINATOR, _coordinator),
    (Role.REFERRER, _referrer),
    (Role.RESEARCHER, _researcher),
    (Role.POLICY_ADVISER, _policy_adviser),
    (Role.PRIVACY_OFFICER, _privacy_officer),
    (Role.ADMINISTRATOR, _administrator),
)
