"""Which measurements end in some days: those of the schedule, whoever is asked for."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.people.making import make_person
from tests.trajectories.making import DAY, make_candidate
from trede.demo.living_rules import living_rules
from trede.inflow.allocation import draw, register_pair, seal_lots
from trede.inflow.models import Candidate
from trede.people.models import Person
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.writing import write_rules
from trede.studies.falling_due import measurements
from trede.studies.scheduling import DUE, State, schedule
from trede.together import ask
from trede.trajectories.starting import start

YEAR = 365 * DAY


@pytest.fixture
def at(db) -> datetime:
    """The day of the intakes."""
    return timezone.now() - 10 * DAY


def a_pilot(cast: Cast, at: datetime, code: str) -> Pilot:
    """With pairs, and two versions of its file."""
    rules = living_rules(timezone.localdate())
    roles = tuple(replace(each, second_factor=False) for each in rules.roles)
    for name in ("before", "now"):
        here = replace(rules.pilot, code=code, name=name)
        pilot = load_pilot(
            text=write_rules(replace(rules, pilot=here, roles=roles)),
            municipality=cast.here,
            reason="the start",
            by=cast.by("aad"),
            at=at - 100 * DAY,
        )
    seal_lots(pilot=pilot, by=cast.by("greet"), at=at - DAY)
    return pilot


def a_pair(cast: Cast, pilot: Pilot, at: datetime) -> tuple[Candidate, Candidate]:
    one, other = (make_candidate(cast, pilot, at=at) for _each in range(2))
    by, then = cast.by("sanne"), at + timedelta(hours=1)
    pair = register_pair(pilot=pilot, one=one, other=other, by=by, at=then)
    pair = draw(pair=pair, by=by, at=then)
    begin(cast, pair.first, then + DAY)
    begin(cast, pair.second, timezone.now())
    return one, other


def begin(cast: Cast, one: Candidate, at: datetime) -> None:
    start(
        candidate=Candidate.objects.get(pk=one.pk),
        coach=cast.sanne,
        on=timezone.localdate(at),
        by=cast.by("sanne"),
        at=at,
        deviation_reason="Kan niet langer wachten",
    )


def told(*people: Person) -> list[tuple[object, ...]]:
    looked = measurements(people, timezone.localdate(), timezone.localdate() + YEAR)
    ask(*looked.parts)
    return sorted((one.on, one.person.pk) for one in looked.due())


def by_schedule(*pilots: Pilot, of: set[int]) -> list[tuple[object, ...]]:
    """Of everybody in the pilot, and then who is meant."""
    return sorted(
        (one.window.closes_on, one.person_id)
        for pilot in pilots
        for one in schedule(Pilot.objects.get(pk=pilot.pk), timezone.localdate())
        if one.person_id in of
        and one.window
        and one.state in DUE | {State.LATER}
        and timezone.localdate() <= one.window.closes_on <= timezone.localdate() + YEAR
    )


def test_each_pilot_counts_with_its_own_pairs_and_file(cast, at):
    first, second = a_pilot(cast, at, "eerste"), a_pilot(cast, at, "tweede")
    here, there = a_pair(cast, first, at), a_pair(cast, second, at)
    alone = make_candidate(cast, second, at=at)
    everybody = [one.person for one in (*here, *there, alone)]
    expected = by_schedule(first, second, of={one.pk for one in everybody})
    assert {person for _on, person in expected} == {one.pk for one in everybody}
    assert told(*everybody) == expected


def test_the_other_of_a_pair_need_not_be_in_the_same_care(cast, at):
    pilot = a_pilot(cast, at, "eerste")
    for one in a_pair(cast, pilot, at):
        expected = by_schedule(pilot, of={one.person_id})
        assert told(one.person) == expected


def test_nothing_falls_due_of_nobody_and_of_who_is_in_no_pilot(cast):
    assert told() == []
    assert told(make_person(cast, "Niemand", cast.sanne)) == []
