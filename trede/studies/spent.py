"""What was spent on people beside the steps that they made: talks and hours.

A ratio of everybody together and never per coach, of those whose tread is known at the
start and at the end. The price of an hour is kept with the hours when the pilot file
knows one: money is hours times that, and never reckoned apart. The public reads it only
where it may read by how many treads the same people rose, and in two digits: who knows
one person's talks learns nothing of another's.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import cast

import numpy as np
from django.utils import timezone

from trede.contact.models import Appointment, ContactMoment, Outcome
from trede.evaluation.attempts import Attempted
from trede.evaluation.estimate import Estimate
from trede.evaluation.precision.costs import costs_beside_steps
from trede.pilots.models import Pilot
from trede.pilots.study_rules import HourPrice
from trede.studies.courses import Course, courses
from trede.studies.outcomes_asked import COACH_TREAD

Json = dict[str, object]
Spending = Mapping[int, float]
MINUTES = 60
DIGITS = 2


def spent_beside_steps(
    pilot: Pilot,
    people: Collection[int],
    until: date,
    *,
    seed: int,
    price: HourPrice | None = None,
) -> list[Json]:
    """Talks, and hours where appointments were kept, per tread that people rose."""
    found = courses(pilot, people, until)
    spent = {"talks": _talks(pilot, found), "hours": _hours(pilot, found)}
    costs = {
        code: np.array([by_person.get(person, 0.0) for person in found])
        for code, by_person in spent.items()
        if by_person
    }
    steps = np.array([_rise(course) for course in found.values()], np.float64)
    rng = np.random.default_rng(seed)
    told = costs_beside_steps(costs, steps, rng)
    found_as_json = [_as_json(code, attempted) for code, attempted in told.items()]
    return [one | _priced(one, price) for one in found_as_json]


def _priced(one: Json, price: HourPrice | None) -> Json:
    return {"price": asdict(price)} if price and one["code"] == "hours" else {}


def spent_for_public(spent: list[Json], analysis: Json) -> list[Json]:
    """Nothing of it where the same people's change in treads is withheld."""
    rise = _public_rise(analysis)
    return [
        one | {"estimates": told, "refused": []}
        for one in spent
        if (told := [_coarser(each) for each in cast(list[Json], one["estimates"])])
        and rise is not None
        and all(each["n"] == rise for each in told)
    ]


def _public_rise(analysis: Json) -> object:
    """Of how many people the public reads the mean change in treads."""
    if analysis.get("language") != "change":
        return None
    for line in cast(list[Json], analysis["estimates"]):
        if line["outcome"] == COACH_TREAD and line["headline"]:
            return None if line["suppressed"] else line["n"]
    return None


def _coarser(estimate: Json) -> Json:
    told = {key: _short(estimate[key]) for key in ("estimate", "ci")}
    return estimate | told | {"n_missing": None}


def _short(value: object) -> object:
    if isinstance(value, list):
        return [_short(one) for one in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def _rise(course: Course) -> float:
    if course.tread_before is None or course.tread_after is None:
        return np.nan
    return course.tread_after - course.tread_before


def _talks(pilot: Pilot, found: Mapping[int, Course]) -> Spending:
    """How often each was spoken to during the trajectory, by whatever way."""
    rows = ContactMoment.objects.standing().filter(pilot=pilot, outcome=Outcome.SPOKE)
    counted: dict[int, float] = {}
    for person_id, at in rows.order_by().values_list("person_id", "at"):
        if _during(found.get(person_id), at):
            counted[person_id] = counted.get(person_id, 0) + 1
    return counted


def _hours(pilot: Pilot, found: Mapping[int, Course]) -> Spending:
    """As long as the meetings that took place were planned to last."""
    rows = Appointment.objects.filter(pilot=pilot, state=Appointment.State.HELD)
    counted: dict[int, float] = {}
    told = rows.order_by().values_list("person_id", "starts_at", "minutes")
    for person_id, at, minutes in told:
        if _during(found.get(person_id), at):
            counted[person_id] = counted.get(person_id, 0) + minutes / MINUTES
    return counted


def _during(course: Course | None, at: datetime) -> bool:
    if course is None:
        return False
    return course.started_on <= timezone.localdate(at) <= course.last_on


def _as_json(code: str, found: Attempted) -> Json:
    return {
        "code": code,
        "estimates": [_estimate(one) for one in found.estimates],
        "refused": [
            {"what": no.what, "why": no.why, "has": no.has, "needed": no.needed}
            for no in found.refused
        ],
    }


def _estimate(one: Estimate) -> Json:
    ends = one.interval
    return {
        "method": one.method,
        "n": one.n,
        "n_missing": one.n_missing,
        "estimate": one.value,
        "ci": [ends.low, ends.high] if ends else None,
        "ci_method": ends.method if ends else None,
        "notes": list(one.notes),
    }
