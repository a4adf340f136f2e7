"""Less and less contact: the tail, after-care, and nobody chased in either."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pilots.files import NIJMEGEN
from trede.pilots.reading import read_rules
from trede.trajectories.clock import clock
from trede.trajectories.phases import (
    Phase,
    after_care,
    cared_for,
    phase_of,
    weeks_quiet,
)

RULES = read_rules(NIJMEGEN)
LIMITS = RULES.limits
START = date(2021, 6, 14)
END = date(2021, 12, 14)
WEEK = timedelta(weeks=1)
SILENT = replace(
    LIMITS,
    tail_weeks=None,
    warn_weeks_without_contact_in_tail=None,
    after_care_months=None,
    warn_weeks_without_contact_in_after_care=None,
)


def phase(on: date, closed_on: date | None = None, pauses=(), limits=LIMITS) -> Phase:
    running = SimpleNamespace(
        started_on=START, closed_on=closed_on, months=6, pauses_stop_the_clock=True
    )
    return phase_of(clock(running, pauses, on), closed_on, limits, on)


def test_the_tail_is_the_last_weeks_and_what_runs_on_after_them():
    assert phase(END - 7 * WEEK) == Phase.MAIN
    assert phase(END - 6 * WEEK) == Phase.TAIL
    assert phase(END + WEEK) == Phase.TAIL


def test_a_pause_puts_the_tail_off():
    pause = SimpleNamespace(from_on=START, until_on=START + 4 * WEEK)
    assert phase(END - 5 * WEEK, pauses=[pause]) == Phase.MAIN


def test_after_closing_comes_after_care_until_its_months_are_over():
    assert phase(END, closed_on=END) == Phase.AFTER_CARE
    assert phase(date(2022, 6, 14), closed_on=END) == Phase.AFTER_CARE
    assert phase(date(2022, 6, 15), closed_on=END) == Phase.OVER


@given(st.integers(0, 900))
def test_a_file_that_says_nothing_of_it_knows_no_tail_and_no_after_care(day: int):
    on = START + timedelta(days=day)
    assert phase(on, limits=SILENT) == Phase.MAIN
    assert weeks_quiet(Phase.TAIL, SILENT) == LIMITS.warn_weeks_without_contact
    closed = phase(on, closed_on=START, limits=SILENT)
    assert (closed, weeks_quiet(closed, SILENT)) == (Phase.OVER, None)


@given(st.integers(0, 400), st.integers(0, 400))
def test_it_may_never_be_less_quiet_later_on(first: int, more: int):
    early = phase(START + timedelta(days=first))
    late = phase(START + timedelta(days=first + more))
    weeks = [weeks_quiet(one, LIMITS) or 0 for one in (early, late)]
    assert weeks[0] <= weeks[1]


def test_the_next_contact_of_after_care_follows_the_last_one():
    care = after_care(END, [END + 3 * WEEK, END + WEEK], LIMITS)
    assert care is not None
    assert (care.contacts, care.last_on) == (2, END + 3 * WEEK)
    assert care.next_on == END + 11 * WEEK


def test_after_care_proposes_nothing_beyond_its_end():
    care = after_care(END, [END + 24 * WEEK], LIMITS)
    assert care is not None
    assert care.next_on is None
    assert after_care(END, [], SILENT) is None


@pytest.mark.parametrize("code", ["own_wish", "no_contact"])
def test_who_left_is_not_called_about_how_it_goes(code: str):
    codes = {one.code for one in RULES.reasons.closing}
    assert code in codes
    assert code not in cared_for(RULES.reasons.closing)
    assert "placed" in cared_for(RULES.reasons.closing)
