"""People who were measured at the intake and at the evaluation, with their course."""

from datetime import UTC, date, datetime

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
from trede.inflow.models import Candidate, Stage
from trede.studies.comparing import Comparison, compare
from trede.studies.dataset import build
from trede.studies.flow import stops
from trede.studies.models import Run, Study
from trede.studies.running import run_final
from trede.trajectories.models import LadderAssessment, Trajectory

# The pilot's file holds the evaluation back in data that end before November 2021.
UNTIL = date(2021, 11, 30)
AT = datetime(2021, 12, 1, 10, tzinfo=UTC)
STARTED_ON, CLOSED_ON = date(2020, 9, 21), date(2021, 6, 21)
EVALUATED_ON = date(2021, 6, 22)
BEFORE = {
    "sex": "woman",
    "birth_year": "1975",
    "birthplace": "TR",
    "migration_year": "1990",
    "children_at_home": "no",
    "satisfied": "5",
    "dutch_speaking": "2",
    "hours_now_volunteering": "not",
    "debts": "yes",
}
AFTER = {
    "satisfied": "7",
    "dutch_speaking": "3",
    "hours_now_volunteering": "4",
    "debts": "no",
}


def with_intake(study: Study, cast: Cast, *stages, **answers) -> Candidate:
    person = make_person(study.pilot)
    agree(study.pilot, person)
    steps = ((Stage.INTAKE, INTAKE_ON, ""), *stages)
    candidate = make_candidate(study.pilot, person, *steps)
    make_sitting(study.pilot, person, cast.sanne, answers=BEFORE | answers)
    return candidate


def assess(trajectory: Trajectory, cast: Cast, tread: int, on: date) -> None:
    LadderAssessment.objects.create(
        trajectory=trajectory,
        reference_on=on,
        answers={},
        version="vng-6-1",
        tread_by_rule=tread,
        tread=tread,
        at=moment(on, 12),
        by=cast.sanne,
    )


def measured_twice(
    study: Study, cast: Cast, *, treads=(2, 3), closed_on=CLOSED_ON, **after
):
    candidate = with_intake(study, cast)
    trajectory = make_trajectory(candidate, cast.sanne, STARTED_ON)
    assess(trajectory, cast, treads[0], STARTED_ON)
    assess(trajectory, cast, treads[1], closed_on)
    make_closing(trajectory, closed_on, "placed")
    make_sitting(
        study.pilot,
        candidate.person,
        cast.sanne,
        wave="T1",
        on=EVALUATED_ON,
        answers=AFTER | after,
    )
    return candidate


def final(study: Study, cast: Cast, until: date = UNTIL) -> Run:
    return run_final(study=study, until=until, by=cast.by("ilse"), at=AT)


def compared(study: Study, until: date = UNTIL) -> Comparison:
    return compare(study, until, build(study, until), stops(study.pilot, until))
