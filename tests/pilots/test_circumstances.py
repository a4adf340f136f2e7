"""Every day has its circumstances, and only one kind of them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pilots.files import NIJMEGEN
from trede.pilots.circumstances import calendar, locations_on, period_on
from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Circumstance

SHIPPED = read_rules(NIJMEGEN)
DAY = timedelta(days=1)
SOME_DAY = st.dates(date(2019, 1, 1), date(2023, 1, 1))


@st.composite
def calendars(draw: st.DrawFn) -> Rules:
    """Rules with periods that do not overlap, in any order, the last open-ended."""
    edges = sorted(draw(st.sets(SOME_DAY, max_size=9)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    periods = [
        Circumstance(
            code=f"p{place}",
            label="Periode",
            kind=draw(st.sampled_from(["halted", "digital_only", "places_closed"])),
            from_on=first,
            until_on=last,
        )
        for place, (first, last) in enumerate(pairs)
    ]
    if periods and draw(st.booleans()):
        periods[-1] = replace(periods[-1], until_on=None)
    return replace(SHIPPED, circumstances=tuple(draw(st.permutations(periods))))


def contains(period: Circumstance, day: date) -> bool:
    return period.from_on <= day and (period.until_on is None or day <= period.until_on)


@given(calendars(), SOME_DAY | st.sampled_from([date.min, date.max]))
def test_every_day_falls_in_exactly_one_period(rules: Rules, day: date):
    holding = [period for period in calendar(rules) if contains(period, day)]
    assert holding == [period_on(rules, day)]


@given(calendars())
def test_periods_follow_each_other_without_a_gap(rules: Rules):
    periods = calendar(rules)
    assert periods[0].from_on == date.min
    assert periods[-1].until_on is None
    for before, after in pairwise(periods):
        assert before.until_on is not None
        assert after.from_on == before.until_on + DAY


@given(calendars())
def test_the_periods_of_the_file_are_kept_as_they_are(rules: Rules):
    named = [period for period in calendar(rules) if period.kind != "open"]
    assert sorted(named, key=str) == sorted(rules.circumstances, key=str)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2020, 2, 3), "open"),
        (date(2020, 3, 15), "open"),
        (date(2020, 3, 16), "halted"),
        (date(2020, 5, 31), "halted"),
        (date(2020, 6, 1), "open"),
        (date(2020, 11, 10), "places_closed"),
        (date(2020, 12, 10), "open"),
        (date(2021, 1, 18), "digital_only"),
        (date(2021, 5, 1), "places_closed"),
        (date(2021, 10, 1), "open"),
    ],
)
def test_the_days_of_the_nijmegen_pilot(day: date, kind: str):
    assert period_on(SHIPPED, day).kind == kind


def test_an_ordinary_day_leaves_every_location_open():
    assert locations_on(SHIPPED, date(2020, 2, 3)) == SHIPPED.locations


def test_with_places_closed_one_can_still_walk_or_call():
    open_then = {each.code for each in locations_on(SHIPPED, date(2020, 11, 10))}
    assert open_then == {"walk", "remote"}


def test_while_the_pilot_is_halted_there_is_no_place_to_meet():
    assert locations_on(SHIPPED, date(2020, 4, 1)) == ()
