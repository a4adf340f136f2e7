"""What a coordinator steers by: how many people are where, the load of every coach, and
which lists wait for a check.

Counts only: no person is named here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import (
    Exists,
    OuterRef,
    QuerySet,
)

from trede.accounts.models import HeldRole, Role, Staff
from trede.desk.figures import figures, one_too_many
from trede.inflow.models import ListUpload
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Limits
from trede.together import Part, ask
from trede.trajectories.models import Absence
from trede.trajectories.weighing import Caseload, caseloads, pauses_of_who_runs


@dataclass(frozen=True)
class Load:
    """What a coach has to do now, of what is agreed."""

    staff_id: int
    name: str
    load: Caseload
    low: int
    high: int
    absence: Absence | None


def steering(
    pilot: Pilot,
    on: date,
    pilots: Collection[Pilot] = (),
    beside: Iterable[Part[Any]] = (),
) -> dict[str, Any]:
    """`pilots` are those of the municipality with their files; `beside` is what is to
    be asked in the same question."""
    rules, pilots = rules_of(pilot, on), pilots or [pilot]
    coaches, away = Part(_coaches(pilot)), Part(Absence.objects.open().order_by())
    uploads = ListUpload.objects.filter(pilot=pilot, state=ListUpload.State.UPLOADED)
    checked = Part(uploads.order_by(), without=["findings"])
    paused = Part(pauses_of_who_runs(pilots, on))
    many = Part(one_too_many(pilot))
    ask(coaches, away, checked, paused, many, *beside)
    counted = {"pilot": pilot} if many.found else figures(pilot, on)
    return counted | {
        "loads": _loads(
            caseloads(coaches.found, on, pilots=pilots, pauses=paused.found),
            coaches.found,
            away.found,
            rules.limits,
        ),
        "uploads": sorted(checked.found, key=attrgetter("uploaded_at"), reverse=True),
    }


def _coaches(pilot: Pilot) -> QuerySet[Staff]:
    """Everybody who is a coach now."""
    held = HeldRole.objects.filter(staff=OuterRef("pk"), role=Role.COACH, ended_at=None)
    here = Staff.objects.filter(municipality=pilot.municipality_id, is_active=True)
    return here.filter(Exists(held)).order_by()


def _loads(
    found: Mapping[int, Caseload],
    coaches: Collection[Staff],
    absences: Iterable[Absence],
    limits: Limits,
) -> list[Load]:
    """The fullest first."""
    away = {one.staff_id: one for one in absences}
    low, high = limits.caseload_from, limits.caseload_to
    loads = [
        Load(one.pk, one.name, found[one.pk], low, high, away.get(one.pk))
        for one in coaches
    ]
    return sorted(loads, key=lambda one: (-one.load.hundredths, one.name))
