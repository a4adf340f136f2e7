"""Mijn plan: what one person wants, does next and meets, who helps, and who looked.

Decides what the person sees of their own file. Goals and steps are those of the last
trajectory, also after closing: the coach's number stays. What is in the way is for the
talk, and not for a sheet on the door of the fridge. Of who looked they hear the day and
the role; only their own coach is named. Nothing that they answered is on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from trede.accounts.models import HeldRole, Role, Staff
from trede.audit.models import Line
from trede.contact.models import Appointment, ContactMoment
from trede.people.consenting import standing_decisions
from trede.people.models import Note, Person
from trede.people.responsibility import coach_of
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.trajectories.around_goals import Around, around_goals
from trede.trajectories.models import Goal, LadderAssessment, Step, Trajectory

SHOWN = 30
# Who has several roles looked as the first of these.
ROLES = (Role.COACH, Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.REFERRER)
OWN, OTHER = "own", "other"


@dataclass(frozen=True)
class Look:
    """`who` is a role, or `own` for the person's own coach."""

    on: date
    who: str


@dataclass(frozen=True)
class MyPlan:
    goals: list[Goal]
    meeting: Appointment | None
    coach: Staff | None
    kept: Mapping[str, int]
    looks: list[Look]
    around: Around | None = None


def my_plan(person: Person, pilot: Pilot, at: datetime) -> MyPlan:
    coach, last = coach_of(person), _last(person, pilot)
    beside = around_goals(last) if last else None
    return MyPlan(
        goals=_goals(last) if last else [],
        meeting=_next_meeting(person, pilot, at),
        coach=coach,
        kept=_kept(person, beside),
        looks=looks(person, coach),
        around=beside,
    )


def looks(person: Person, coach: Staff | None) -> list[Look]:
    """Each day once a role, the newest first."""
    rows = Line.objects.filter(
        mentions__person_id=person.pk,
        municipality_id=person.municipality_id,
        kind=Line.Kind.READ,
        actor__startswith="staff:",
    )
    newest = rows.order_by("-sequence").values_list("at", "actor")[: SHOWN * 20]
    seen = [(at, int(actor.partition(":")[2])) for at, actor in newest]
    roles = _roles({number for _at, number in seen})
    told = (
        Look(
            timezone.localdate(at),
            OWN if coach and coach.pk == number else _as(roles.get(number, ()), at),
        )
        for at, number in seen
    )
    return list(dict.fromkeys(told))[:SHOWN]


def _roles(staff: Iterable[int]) -> dict[int, list[HeldRole]]:
    found: dict[int, list[HeldRole]] = {}
    for held in HeldRole.objects.filter(staff__in=staff):
        found.setdefault(held.staff_id, []).append(held)
    return found


def _as(held: Iterable[HeldRole], at: datetime) -> str:
    """As what somebody looked, at that moment."""
    then = {
        one.role
        for one in held
        if one.given_at <= at and (one.ended_at is None or one.ended_at > at)
    }
    return next((role.value for role in ROLES if role in then), OTHER)


def _last(person: Person, pilot: Pilot) -> Trajectory | None:
    return Trajectory.objects.filter(person=person, pilot=pilot).order_by("pk").last()


def _goals(last: Trajectory) -> list[Goal]:
    steps = Step.objects.standing().exclude(state=Step.State.DROPPED)
    rows = Goal.objects.standing().filter(trajectory=last)
    return list(rows.prefetch_related(Prefetch("steps", steps)))


def _next_meeting(person: Person, pilot: Pilot, at: datetime) -> Appointment | None:
    rows = person.appointments.filter(
        pilot=pilot, state=Appointment.State.PLANNED, starts_at__gt=at
    )
    return rows.select_related("staff", "pilot").order_by("starts_at", "pk").first()


def _kept(person: Person, beside: Around | None) -> dict[str, int]:
    """How many there are of each kind; what there is none of is left out."""
    of_trajectory = {"trajectory__person": person}
    counted = {
        "details": 1,
        "contacts": ContactMoment.objects.standing().filter(person=person).count(),
        "meetings": person.appointments.count(),
        "letters": person.letters.count(),
        "own_goals": Goal.objects.kept().filter(**of_trajectory).count(),
        "around": beside.count if beside else 0,
        "ladder": LadderAssessment.objects.standing().filter(**of_trajectory).count(),
        "notes": Note.objects.standing().filter(person=person).count(),
        "consents": len(standing_decisions(person)),
        "answers": Sitting.objects.filter(person=person).count(),
    }
    return {kind: n for kind, n in counted.items() if n}
