"""What a person's page says of the questionnaires to come, by the place in a pair."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import sign_in
from tests.desk.test_may_lack import agree_on
from tests.desk.test_missing import shut
from tests.trajectories.making import DAY, make_candidate
from tests.trajectories.making import make_pilot as make_amended
from trede.demo.living_rules import living_rules
from trede.desk.beside import measurements
from trede.desk.casework import casework_of
from trede.inflow.allocation import dissolve, draw, register_pair, seal_lots
from trede.inflow.models import Candidate, Pair, Stage
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.writing import write_rules
from trede.trajectories.models import Trajectory
from trede.trajectories.starting import start

NAMES = {
    "Intake": "T0",
    "Herhaalde intake": "T0b",
    "Evaluatie": "T1",
    "Herhaalde evaluatie": "T2",
}


@pytest.fixture
def at(db) -> datetime:
    """The day of the intakes."""
    return timezone.now() - 60 * DAY


@pytest.fixture
def pilot(cast: Cast, at: datetime) -> Pilot:
    """With pairs, today."""
    rules = living_rules(timezone.localdate())
    here = replace(rules.pilot, code=cast.here.code)
    roles = tuple(replace(each, second_factor=False) for each in rules.roles)
    pilot = load_pilot(
        text=write_rules(replace(rules, pilot=here, roles=roles)),
        municipality=cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=at - 100 * DAY,
    )
    seal_lots(pilot=pilot, by=cast.by("greet"), at=at - DAY)
    return pilot


@pytest.fixture
def pair(cast: Cast, pilot: Pilot, at: datetime) -> Pair:
    one, other = (make_candidate(cast, pilot, at=at) for _each in range(2))
    by, then = cast.by("sanne"), at + timedelta(hours=1)
    pair = register_pair(pilot=pilot, one=one, other=other, by=by, at=then)
    return draw(pair=pair, by=by, at=then)


def to_come(candidate: Candidate | None, on: date | None = None) -> dict[str, str]:
    assert candidate is not None
    told = measurements(casework_of(candidate.person), on or timezone.localdate())
    return {NAMES[one.label]: one.state for one in told}


def begin(cast: Cast, candidate: Candidate | None, at: datetime) -> None:
    assert candidate is not None
    start(
        candidate=Candidate.objects.get(pk=candidate.pk),
        coach=cast.sanne,
        on=timezone.localdate(at),
        by=cast.by("sanne"),
        at=at,
        deviation_reason="Kan niet langer wachten",
    )


def test_who_starts_first_is_measured_again_and_who_waits_before_the_start(pair: Pair):
    assert list(to_come(pair.first)) == ["T0", "T1", "T2"]
    assert list(to_come(pair.second)) == ["T0", "T0b", "T1"]


def test_of_who_will_not_start_nothing_is_to_come(pair: Pair):
    assert pair.second is not None
    Candidate.objects.filter(pk=pair.second.pk).update(stage=Stage.DECLINED)
    assert to_come(pair.second) == {}
    assert list(to_come(pair.first)) == ["T0", "T1", "T2"]


def test_without_a_lot_nobody_has_a_place_yet(cast: Cast, pilot: Pilot, at: datetime):
    assert list(to_come(make_candidate(cast, pilot, at=at))) == ["T0", "T1"]


def test_a_dissolved_pair_gives_no_place(cast: Cast, pair: Pair, at: datetime):
    reason, by = "Verkeerd gekoppeld", cast.by("greet")
    dissolve(pair=pair, reason=reason, by=by, at=at + DAY)
    assert list(to_come(pair.second)) == ["T0", "T1"]


def test_what_nobody_can_fill_in_any_more_is_not_still_to_come(
    cast: Cast, pair: Pair, at: datetime
):
    day = timezone.localdate(at)
    assert to_come(pair.second, day)["T0"] == "wait"
    assert to_come(pair.second, day + 29 * DAY)["T0"] == "none"
    begin(cast, pair.second, at + 40 * DAY)
    started = timezone.localdate(at + 40 * DAY)  # the clock may have changed meanwhile
    assert to_come(pair.second, started)["T0b"] == "wait"
    assert to_come(pair.second, started + DAY)["T0b"] == "none"


def test_a_wave_is_to_come_until_the_day_that_it_is_retired(cast: Cast):
    """The pair was of before the change of design."""
    pilot = make_amended(cast)
    at = datetime(2020, 10, 1, 10, tzinfo=UTC)
    seal_lots(pilot=pilot, by=cast.by("greet"), at=at - DAY)
    one, other = (make_candidate(cast, pilot, at=at) for _each in range(2))
    by = cast.by("sanne")
    pair = register_pair(pilot=pilot, one=one, other=other, by=by, at=at)
    pair = draw(pair=pair, by=by, at=at)
    assert "T0b" in to_come(pair.second, date(2020, 11, 30))
    assert "T0b" not in to_come(pair.second, date(2020, 12, 1))
    assert "T2" not in to_come(pair.first, date(2020, 12, 1))


def test_the_page_of_who_waits_names_the_repeated_intake(cast: Cast, pair: Pair):
    pages = {}
    for candidate in (pair.first, pair.second):
        assert candidate is not None
        answer = sign_in(cast.sanne).get(f"/deelnemers/{candidate.person_id}/")
        pages[candidate.pk] = answer.content.decode()
    first, second = pages.values()
    assert "Herhaalde intake" in second and "Herhaalde evaluatie" not in second
    assert "Herhaalde evaluatie" in first and "Herhaalde intake" not in first


def test_of_who_is_in_a_pair_nobody_who_lacks_a_measurement_is_left_out(
    cast, pilot, pair, at, monkeypatch
):
    for candidate in (pair.first, pair.second):
        begin(cast, candidate, at + DAY)
        one = Trajectory.objects.get(candidate=candidate)
        shut(cast, one, at + 20 * DAY)
    moments = [at + day * DAY for day in (10, 20, 21, 40, 100, 200)]
    assert "meting" in agree_on(cast, pilot, moments, monkeypatch)
