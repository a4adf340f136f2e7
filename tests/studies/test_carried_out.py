"""Acts are counted, and what leaves the building says nothing of a few people."""

from datetime import date

import pytest

from tests.cast import make_cast
from tests.studies.making import (
    make_candidate,
    make_person,
    make_pilot,
    make_trajectory,
)
from trede.studies.carried_out import carried_out, carried_out_for_public

ON = date(2020, 3, 2)


def acts(counted: list[dict[str, object]], code: str) -> dict[str, object]:
    return next(one for one in counted if one["code"] == code)


@pytest.mark.django_db
def test_trajectories_are_counted_up_to_and_with_the_day():
    cast = make_cast()
    pilot = make_pilot(cast)
    person = make_person(pilot)
    make_trajectory(make_candidate(pilot, person), cast.sanne, ON)
    assert acts(carried_out(pilot, ON), "trajectories")["n"] == 1
    before = carried_out(pilot, ON - date.resolution)
    assert acts(before, "trajectories")["n"] == 0


def public(n: int, people: int) -> object:
    told = carried_out_for_public([{"code": "pauses", "n": n, "people": people}])
    assert set(told[0]) == {"code", "n"}
    return told[0]["n"]


def test_the_public_reads_tens_and_no_number_of_people():
    assert public(16, 16) == 20
    assert public(774, 261) == 770


def test_acts_about_few_people_are_left_out_and_none_is_told():
    assert public(40, 9) is None
    assert public(0, 0) == 0


def test_one_person_more_mostly_changes_nothing():
    assert public(772, 260) == public(773, 261)
