"""How many people are where: from the list to the trajectory against the aim, in which
stage, and how long they wait.

Every figure looks at everybody, which takes long where they are very many. There the
first page does without, and asks for them after it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, Exists, OuterRef, When
from django.utils.translation import pgettext_lazy

from trede.contact.models import ContactMoment
from trede.inflow.long_lists import numbers
from trede.inflow.models import Candidate, CandidateQuerySet, Intake, Stage
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.trajectories.models import Trajectory

# As many are counted within the page.
AT_ONCE = 20_000
FOUR_WEEKS = timedelta(days=28)
ENDS = ("everybody", "started")
STEPS = {
    "everybody": pgettext_lazy("funnel", "Candidates"),
    "reached": pgettext_lazy("funnel", "Reached"),
    "intake": pgettext_lazy("funnel", "Intake"),
    "started": pgettext_lazy("funnel", "Started"),
}


@dataclass(frozen=True)
class Waiting:
    """How many wait, and for how many days: the one in the middle, and the longest."""

    n: int
    median: int
    longest: int


def one_too_many(pilot: Pilot) -> CandidateQuerySet:
    """Somebody, where more people are known than are counted within the page."""
    # Numbers only: what is passed over is read as well.
    rows = Candidate.objects.filter(pilot=pilot).order_by().values("pk")
    return Candidate.objects.filter(pk__in=rows[AT_ONCE : AT_ONCE + 1]).order_by()


def figures(pilot: Pilot, on: date) -> dict[str, Any]:
    """Counts only: no person is named here."""
    rules = rules_of(pilot, on)
    stages, since = _standing(pilot)
    reached = [one.code for one in rules.contact.outcomes if one.reached]
    counts, lately = _counts(pilot, on, sum(stages.values()), reached)
    return {
        "pilot": pilot,
        "aim": rules.pilot.aim,
        "ends_on": rules.pilot.ends_on,
        "lately": lately,
        "counts": counts,
        "steps": [
            {"label": label, "n": counts[code], "ends": code in ENDS}
            for code, label in STEPS.items()
        ],
        "stages": [
            (stage.value, str(stage.label), stages[stage.value])
            for stage in Stage
            if stages.get(stage.value)
        ],
        "waiting": _waiting(since, on),
    }


def _counts(
    pilot: Pilot, on: date, known: int, reached: Collection[str]
) -> tuple[dict[str, int], int]:
    """Every number a part of the one before it: people, reached, intake, started; and
    how many began in the last four weeks, the pace towards the aim. Whoever began had
    an intake and was reached, so that of each step only the others are looked for.
    `known` are those who were not erased."""
    kept = Person.objects.filter(merged_into__isnull=False)
    rows = Candidate.objects.filter(pilot=pilot).exclude(person__in=kept).order_by()
    began = Trajectory.objects.filter(pilot=pilot).exclude(person__in=kept).order_by()
    lately = began.filter(started_on__gt=on - FOUR_WEEKS, started_on__lte=on)
    met = Intake.objects.filter(candidate__in=rows).order_by()
    met = met.exclude(Exists(began.filter(candidate=OuterRef("candidate"))))
    spoken = ContactMoment.objects.standing().filter(pilot=pilot, outcome__in=reached)
    spoken = spoken.exclude(Exists(began.filter(person=OuterRef("person"))))
    seen = Intake.objects.filter(candidate=OuterRef("pk"))
    others = rows.filter(person__in=spoken.order_by().values("person"))
    erased, more, with_intake, started, new = numbers(
        rows.filter(person__erased_at__isnull=False),
        others.exclude(Exists(seen)).values("pk"),
        met.values("candidate").distinct(),
        began.values("candidate").distinct(),
        lately.values("pk"),
    )
    intake = started + with_intake
    counted = (known + erased, intake + more, intake, started)
    return dict(zip(STEPS, counted, strict=True)), new


def _standing(pilot: Pilot) -> tuple[Counter[str], Counter[date]]:
    """How many are in each stage now; and how many wait since each day."""
    day = Case(When(stage=Stage.WAITING, then="since_on"), output_field=DateField())
    rows = Candidate.objects.filter(pilot=pilot).current().annotate(day=day).order_by()
    stages, since = Counter[str](), Counter[date]()
    for stage, waits, n in rows.values_list("stage", "day").annotate(Count("pk")):
        stages[stage] += n
        if waits:
            since[waits] = n
    return stages, since


def _waiting(since: Counter[date], on: date) -> Waiting | None:
    """Of those on the waiting list now; of an even number the longer of the middle."""
    n, passed = since.total(), 0
    for day in sorted(since):
        passed += since[day]
        if passed > (n - 1) // 2:
            return Waiting(n, (on - day).days, (on - min(since)).days)
    return None
