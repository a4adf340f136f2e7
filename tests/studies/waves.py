"""People who are due for an evaluation, to be reminded or counted.

Intake on 14 September 2020, start a week later, closing on 11 January 2021: a Monday,
so that the window of the evaluation runs from 28 December to 22 February.
"""

from datetime import date, datetime

from tests.cast import Cast
from tests.studies.making import (
    INTAKE_ON,
    agree,
    make_candidate,
    make_closing,
    make_person,
    make_sitting,
    make_trajectory,
    moment,
)
from trede.inflow.models import Candidate, Intake, Stage
from trede.pilots.models import Pilot
from trede.studies.scheduling import State, Turn, schedule

STARTED_ON = date(2020, 9, 21)
CLOSED_ON = date(2021, 1, 11)
OPENS_ON, CLOSES_ON = date(2020, 12, 28), date(2021, 2, 22)
FIRST_ON = date(2021, 1, 21)  # ten days after the closing, a Thursday


def with_intake(pilot: Pilot, cast: Cast, name: str = "Zwaluw") -> Candidate:
    """Agreed to the study and had an intake."""
    person = make_person(pilot, name)
    agree(pilot, person)
    candidate = make_candidate(pilot, person, (Stage.INTAKE, INTAKE_ON, ""))
    Intake.objects.create(
        candidate=candidate,
        coach=cast.sanne,
        began_at=moment(INTAKE_ON),
        circumstance="open",
        ended_at=moment(INTAKE_ON, 12),
    )
    return candidate


def closed(
    pilot: Pilot,
    cast: Cast,
    name: str = "Zwaluw",
    *,
    on: date = CLOSED_ON,
    reason: str = "placed",
) -> Candidate:
    """Answered at the intake, was guided, and has closed: the evaluation is due."""
    candidate = with_intake(pilot, cast, name)
    make_sitting(pilot, candidate.person, cast.sanne)
    trajectory = make_trajectory(candidate, cast.sanne, STARTED_ON)
    candidate.stage = Stage.CLOSED
    candidate.save()
    make_closing(trajectory, on, reason)
    return candidate


def turn(candidate: Candidate, wave: str, on: date) -> Turn:
    turns = schedule(fresh(candidate.pilot), on)
    return next(
        one
        for one in turns
        if one.person_id == candidate.person_id and one.wave.code == wave
    )


def state(candidate: Candidate, wave: str, on: date) -> State:
    return turn(candidate, wave, on).state


def fresh(pilot: Pilot) -> Pilot:
    """Without what an earlier look had fetched."""
    return Pilot.objects.get(pk=pilot.pk)


def noon(on: date) -> datetime:
    return moment(on, 12)
