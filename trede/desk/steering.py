"""What a coordinator steers by: from the list to the trajectory against the aim, the
load of every coach, and which lists wait for a check.

Counts only: no person is named here.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef
from django.utils.translation import pgettext_lazy

from trede.accounts.models import HeldRole, Role, Staff
from trede.contact.models import ContactMoment
from trede.inflow.long_lists import numbers
from trede.inflow.models import Candidate, ListUpload, Stage
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Limits
from trede.trajectories.models import Absence, Trajectory
from trede.trajectories.weighing import Caseload, caseloads

FOUR_WEEKS = timedelta(days=28)
ENDS = ("everybody", "started")
STEPS = {
    "everybody": pgettext_lazy("funnel", "Candidates"),
    "reached": pgettext_lazy("funnel", "Reached"),
    "intake": pgettext_lazy("funnel", "Intake"),
    "started": pgettext_lazy("funnel", "Started"),
}


@dataclass(frozen=True)
class Load:
    """What a coach has to do now, of what is agreed."""

    staff_id: int
    name: str
    load: Caseload
    low: int
    high: int
    absence: Absence | None


@dataclass(frozen=True)
class Waiting:
    """How many wait, and for how many days: the one in the middle, and the longest."""

    n: int
    median: int
    longest: int


def steering(pilot: Pilot, on: date) -> dict[str, object]:
    rules = rules_of(pilot, on)
    counts = _counts(pilot, [one.code for one in rules.contact.outcomes if one.reached])
    return {
        "pilot": pilot,
        "aim": rules.pilot.aim,
        "ends_on": rules.pilot.ends_on,
        "lately": _started_lately(pilot, on),
        "counts": counts,
        "steps": [
            {
                "label": label,
                "n": counts[code],
                "ends": code in ("everybody", "started"),
            }
            for code, label in STEPS.items()
        ],
        "stages": _stages(pilot),
        "waiting": _waiting(pilot, on),
        "loads": _loads(pilot, rules.limits, on),
        "uploads": ListUpload.objects.filter(
            pilot=pilot, state=ListUpload.State.UPLOADED
        ).defer("findings"),
    }


def _started_lately(pilot: Pilot, on: date) -> int:
    """How many began in the last four weeks: the pace towards the aim."""
    rows = Trajectory.objects.filter(pilot=pilot, person__merged_into=None)
    return rows.filter(started_on__gt=on - FOUR_WEEKS, started_on__lte=on).count()


def _counts(pilot: Pilot, reached: list[str]) -> dict[str, int]:
    """Every number a part of the one before it: people, reached, intake, started."""
    rows = Candidate.objects.filter(pilot=pilot, person__merged_into=None).order_by()
    standing = ContactMoment.objects.standing().filter(pilot=pilot)
    to_whom = standing.filter(outcome__in=reached)
    began = rows.filter(trajectories__isnull=False).values("pk")
    seen = rows.filter(intakes__isnull=False).values("pk")
    spoken = rows.filter(person__contact_moments__in=to_whom).values("pk")
    met = began.union(seen)
    counts = numbers(rows, began.union(seen, spoken), met, began.distinct())
    return dict(zip(STEPS, counts, strict=True))


def _stages(pilot: Pilot) -> list[tuple[str, str, int]]:
    """Code, words and number of every stage in which somebody is now."""
    rows = Candidate.objects.filter(
        pilot=pilot, person__merged_into=None, person__erased_at=None
    )
    counted = dict(rows.order_by("stage").values_list("stage").annotate(Count("pk")))
    return [
        (stage.value, str(stage.label), counted[stage.value])
        for stage in Stage
        if counted.get(stage.value)
    ]


def _waiting(pilot: Pilot, on: date) -> Waiting | None:
    """Of those on the waiting list now; of an even number the longer of the middle."""
    rows = Candidate.objects.filter(
        pilot=pilot,
        stage=Stage.WAITING,
        person__merged_into=None,
        person__erased_at=None,
    )
    days = rows.order_by("since_on").values_list("since_on", flat=True)
    found = rows.aggregate(n=Count("pk"), first=Min("since_on"))
    if not found["n"]:
        return None
    middle = days[(found["n"] - 1) // 2]
    return Waiting(found["n"], (on - middle).days, (on - found["first"]).days)


def _loads(pilot: Pilot, limits: Limits, on: date) -> list[Load]:
    """Of everybody who is a coach now, the fullest first."""
    is_coach = HeldRole.objects.filter(
        staff=OuterRef("pk"), role=Role.COACH, ended_at=None
    )
    coaches = Staff.objects.filter(
        Exists(is_coach), municipality=pilot.municipality_id, is_active=True
    )
    found = caseloads(coaches, on)
    away = {one.staff_id: one for one in Absence.objects.open()}
    low, high = limits.caseload_from, limits.caseload_to
    loads = [
        Load(one.pk, one.name, found[one.pk], low, high, away.get(one.pk))
        for one in coaches
    ]
    return sorted(loads, key=lambda one: (-one.load.hundredths, one.name))
