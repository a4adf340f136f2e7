"""Small steps in the data of a study: of whom, until when, and where there are none."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.studies.making import agree, make_study
from tests.studies.twice import (
    AT,
    CLOSED_ON,
    STARTED_ON,
    UNTIL,
    compared,
    measured_twice,
    with_intake,
)
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.studies.codebook import codebook
from trede.studies.dataset import build
from trede.studies.exporting import MEDIA_TYPES, written
from trede.studies.models import Study
from trede.studies.small_steps import COLUMNS, small_steps
from trede.trajectories.models import SmallStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def take(candidate, cast: Cast, domain: str, on: date = CLOSED_ON, **more) -> SmallStep:
    return SmallStep.objects.create(
        trajectory=candidate.trajectories.order_by("pk")[0],
        words="Belde zelf",
        domain=domain,
        on=on,
        recorded_at=AT,
        recorded_by=cast.sanne,
        **more,
    )


def test_where_no_coach_keeps_small_steps_nothing_says_that_there_were_none(
    study, cast: Cast
):
    measured_twice(study, cast)
    dataset = build(study, UNTIL)
    assert dataset.steps == ()
    assert compared(study).configuration.small_steps == ()


def test_each_row_tells_the_steps_up_to_the_day_and_the_codebook_what_they_are(
    study, cast: Cast
):
    candidate = measured_twice(study, cast)
    take(candidate, cast, "finances")
    take(candidate, cast, "finances")
    take(candidate, cast, "housing", UNTIL + timedelta(days=1))
    take(candidate, cast, "justice", reversed_at=AT)
    dataset = build(study, UNTIL)
    told = dataset.frame.select("steps_finances", "steps_housing", "steps_justice")
    assert told.rows() == [("2", "0", "0")] * 2
    words = {one.code: one.kind for one in codebook(dataset)}
    assert [words[column] for column in COLUMNS] == ["count"] * 13
    for ending in MEDIA_TYPES:
        assert written(dataset, ending)


def test_who_never_started_is_missing_and_who_stopped_is_not_there(study, cast: Cast):
    takes_part, stops = measured_twice(study, cast), measured_twice(study, cast)
    never_started = with_intake(study, cast)
    take(takes_part, cast, "finances")
    take(stops, cast, "finances")
    withdraw(
        person=stops.person,
        pilot=study.pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=AT,
    )
    dataset = build(study, UNTIL)
    by_person = dict(
        zip(
            (one.person_id for one in dataset.sittings),
            dataset.frame["steps_finances"],
            strict=True,
        )
    )
    assert by_person == {takes_part.person_id: "1", never_started.person_id: None}


def test_who_stopped_and_agreed_again_begins_anew(study, cast: Cast):
    """It was promised that what was kept before leaves every dataset."""
    candidate = measured_twice(study, cast)
    take(candidate, cast, "finances")
    other = measured_twice(study, cast)
    take(other, cast, "housing")
    stop_at = datetime(2021, 7, 1, 10, tzinfo=UTC)
    given = {"purpose": Purpose.STUDY, "by": cast.by("sanne"), "at": stop_at}
    withdraw(person=candidate.person, pilot=study.pilot, **given)
    agree(study.pilot, candidate.person, at=stop_at + timedelta(days=1))
    take(candidate, cast, "justice", date(2021, 7, 3))
    people = [candidate.person_id, other.person_id]
    taken = small_steps(study.pilot, people, UNTIL)
    told = {
        person: {column for column, n in row.items() if n}
        for person, row in taken.items()
    }
    assert told == {
        candidate.person_id: {"steps_justice"},
        other.person_id: {"steps_housing"},
    }


def test_the_ladder_of_the_final_report_tells_the_share_in_each_domain(
    study, cast: Cast
):
    people = [measured_twice(study, cast) for _one in range(5)]
    for candidate in people[:3]:
        take(candidate, cast, "finances", STARTED_ON)
    analysis = compared(study).analysis()
    told = {one["domain"]: one for one in analysis["ladder"]["small_steps"]}
    assert set(told) == set(COLUMNS)
    assert (told["steps_finances"]["n"], told["steps_finances"]["share"]) == (5, 0.6)
    assert told["steps_housing"]["share"] == 0
