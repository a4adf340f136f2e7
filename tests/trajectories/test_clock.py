"""The clock of a trajectory: months from the start, net of pauses."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.inflow.waiting_by_lot import add_months
from trede.trajectories.clock import Clock, clock

DAY = timedelta(days=1)
START = date(2020, 3, 2)


@dataclass(frozen=True)
class Run:
    started_on: date = START
    closed_on: date | None = None
    months: int = 6
    pauses_stop_the_clock: bool = True


@dataclass(frozen=True)
class Stop:
    from_on: date
    until_on: date | None


def on(day: date, *stops: Stop, **run: object) -> Clock:
    return clock(Run(**run), stops, day)


def test_without_a_pause_it_ends_six_months_later():
    assert on(START).ends_on == date(2020, 9, 2)


def test_the_first_day_counts():
    assert (on(START).used, on(START - DAY).used) == (1, 0)


def test_weeks_to_go_are_never_more_than_the_days_say():
    eighteen = on(date(2020, 9, 2) - 19 * DAY)
    assert (eighteen.left, eighteen.weeks_left) == (18, 3)
    assert eighteen.weeks_used + eighteen.weeks_left == eighteen.weeks_whole == 26
    assert on(START - DAY).weeks_used == 0
    assert on(date(2020, 9, 2)).weeks_left == 0


def test_a_pause_stops_the_clock():
    stop = Stop(date(2020, 4, 1), date(2020, 4, 10))
    before, within = on(date(2020, 3, 31), stop), on(date(2020, 4, 10), stop)
    assert within.used == before.used == 30
    assert within.stands_still and not before.stands_still
    assert on(date(2020, 4, 11), stop).used == 31


def test_a_pause_of_ten_days_puts_the_end_off_by_ten_days():
    stop = Stop(date(2020, 4, 1), date(2020, 4, 10))
    assert on(START, stop).ends_on == date(2020, 9, 12)


def test_pauses_that_overlap_count_once():
    stops = (
        Stop(date(2020, 4, 1), date(2020, 4, 10)),
        Stop(date(2020, 4, 5), date(2020, 4, 12)),
    )
    assert on(START, *stops).paused == 12


def test_an_open_pause_leaves_the_end_unknown():
    shown = on(date(2020, 5, 1), Stop(date(2020, 4, 1), None))
    assert (shown.ends_on, shown.stands_still, shown.used) == (None, True, 30)


def test_a_pause_before_the_start_does_not_count():
    assert on(START, Stop(date(2020, 1, 1), START - DAY)).paused == 0
    assert on(START, Stop(date(2020, 1, 1), START)).paused == 1


def test_after_closing_the_clock_stands():
    closed = on(date(2021, 1, 1), closed_on=date(2020, 5, 1))
    assert closed == on(date(2020, 5, 1), closed_on=date(2020, 5, 1))


@pytest.mark.parametrize("until_on", [date(2020, 6, 30), None])
def test_closing_ends_a_pause_that_was_foreseen_to_last(until_on: date | None):
    closed_on = date(2020, 4, 10)
    stop = Stop(date(2020, 4, 1), until_on)
    shown = on(date(2021, 1, 1), stop, closed_on=closed_on)
    assert (shown.paused, shown.used) == (10, 30)


def test_a_pause_planned_for_after_the_closing_never_was():
    stop = Stop(date(2020, 5, 1), date(2020, 5, 31))
    assert on(date(2021, 1, 1), stop, closed_on=date(2020, 4, 10)).paused == 0


def test_a_pilot_may_let_the_clock_run_on():
    stop = Stop(date(2020, 4, 1), date(2020, 4, 10))
    shown = on(START, stop, pauses_stop_the_clock=False)
    assert (shown.ends_on, shown.paused) == (date(2020, 9, 2), 0)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
    ],
)
def test_months_end_on_a_day_that_exists(day: date, months: int, end: date):
    assert add_months(day, months) == end


days = st.integers(-60, 500).map(lambda n: START + n * DAY)
stops = st.lists(
    st.builds(
        lambda first, n: Stop(first, None if n is None else first + n * DAY),
        days,
        st.none() | st.integers(0, 90),
    ),
    max_size=5,
)
ended = st.lists(
    st.builds(lambda first, n: Stop(first, first + n * DAY), days, st.integers(0, 90)),
    max_size=5,
)


def paused_days(pauses: list[Stop], until: date) -> int:
    """The same, counted day by day."""
    return sum(
        any(s.from_on <= d and (s.until_on is None or d <= s.until_on) for s in pauses)
        for d in (START + n * DAY for n in range((until - START).days + 1))
    )


@given(pauses=ended, months=st.integers(1, 24))
def test_the_end_is_start_plus_months_plus_paused_days(pauses, months: int):
    shown = on(START, *pauses, months=months)
    far = START + 1000 * DAY
    assert shown.paused == paused_days(pauses, far)
    assert shown.ends_on == add_months(START, months) + shown.paused * DAY


@given(pauses=stops, day=days)
def test_used_days_are_the_days_that_were_not_paused(pauses, day: date):
    shown = on(day, *pauses)
    passed = max(0, (day - START).days + 1)
    assert shown.used == min(shown.whole, passed - paused_days(pauses, day))
    assert shown.used + shown.left == (date(2020, 9, 2) - START).days


@given(pauses=stops, day=days)
def test_a_day_later_never_uses_less(pauses, day: date):
    assert 0 <= on(day + DAY, *pauses).used - on(day, *pauses).used <= 1


@given(pauses=stops, day=days)
def test_the_order_of_pauses_does_not_matter(pauses, day: date):
    assert on(day, *pauses) == on(day, *reversed(pauses))


@given(pauses=stops, day=days)
def test_the_face_of_the_clock_adds_up(pauses, day: date):
    shown = on(day, *pauses)
    by_kind = {kind: 0 for kind in ("used", "pause", "left")}
    for part in shown.parts:
        assert part.n > 0
        by_kind[part.kind] += part.n
    assert (by_kind["used"], by_kind["left"]) == (shown.used, shown.left)
