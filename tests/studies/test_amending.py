"""A change of the design is dated, reasoned, and says which intake counts for whom."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.studies.making import (
    INTAKE_ON,
    LATER,
    UNTIL,
    agree,
    make_candidate,
    make_person,
    make_sitting,
    make_study,
    make_trajectory,
    moment,
)
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow.models import Stage
from trede.studies.amending import amend, state_baselines
from trede.studies.dataset import build

pytestmark = pytest.mark.django_db
CHANGE = date(2020, 12, 1)


@pytest.fixture
def study(cast: Cast):
    return make_study(cast)


def change(study, cast: Cast, at=LATER, **more):
    values = {"on": CHANGE, "after": "pre_post", "reason": "people stopped waiting"}
    return amend(study=study, by=cast.by("ilse"), at=at, **(values | more))


def person_with(study, cast: Cast, *sexes_on, started: date | None = None):
    person = make_person(study.pilot)
    agree(study.pilot, person)
    candidate = make_candidate(study.pilot, person, (Stage.INTAKE, INTAKE_ON, ""))
    for sex, on in sexes_on:
        make_sitting(study.pilot, person, cast.sanne, on=on, answers={"sex": sex})
    if started:
        make_trajectory(candidate, cast.sanne, started)
    return person


def answers(study) -> list[str | None]:
    return build(study, UNTIL).frame["sex"].to_list()


RENEWED = (("man", INTAKE_ON), ("woman", date(2020, 12, 8)))


def test_who_was_waiting_has_the_renewed_intake_as_baseline(study, cast: Cast):
    person_with(study, cast, *RENEWED)
    assert answers(study) == ["man"]
    amendment = change(study, cast)
    assert answers(study) == ["woman"]
    assert amendment.baselines.get().because == "waiting"


def test_who_had_started_keeps_the_first_intake(study, cast: Cast):
    person_with(study, cast, *RENEWED, started=date(2020, 10, 1))
    assert change(study, cast).baselines.get().because == "started"
    assert answers(study) == ["man"]


def test_who_came_afterwards_has_one_intake(study, cast: Cast):
    person_with(study, cast, ("other", date(2020, 12, 9)))
    assert change(study, cast).baselines.get().because == "new"
    assert answers(study) == ["other"]


def test_a_later_renewal_is_added_and_the_newest_statement_counts(study, cast: Cast):
    person = person_with(study, cast, ("man", INTAKE_ON))
    amendment = change(study, cast, at=moment(CHANGE))
    assert answers(study) == ["man"]
    again = make_sitting(
        study.pilot, person, cast.sanne, on=date(2020, 12, 8), answers={"sex": "woman"}
    )
    added = state_baselines(amendment=amendment, by=cast.by("ilse"), at=LATER)
    assert [one.sitting for one in added] == [again]
    assert answers(study) == ["woman"]
    assert state_baselines(amendment=amendment, by=cast.by("ilse"), at=LATER) == []
    assert amendment.baselines.count() == 2


def test_before_the_change_the_first_intake_counted(study, cast: Cast):
    person_with(study, cast, ("man", INTAKE_ON), ("woman", date(2020, 11, 20)))
    change(study, cast)
    assert build(study, date(2020, 11, 30)).frame["sex"].to_list() == ["man"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reason": "  "}, "Say why"),
        ({"after": "paired"}, "already in force"),
        ({"after": "unheard_of"}, "no such design"),
        ({"on": date(2020, 10, 15)}, "changes on 01-12-2020"),
    ],
)
def test_a_change_that_means_nothing_is_refused(study, cast, wrong, message):
    with pytest.raises(Refused, match=message):
        change(study, cast, **wrong)
    assert not study.amendments.exists()


def test_one_day_has_one_change(study, cast: Cast):
    change(study, cast)
    with pytest.raises(Refused, match="recorded already"):
        change(study, cast)
    assert Line.objects.filter(action="amended the study design").count() == 1
