"""Out of a register of assessments: who stood where when."""

from datetime import date
from math import nan

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.ladder.figures import R, registers, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.assessments import (
    Period,
    assessments,
    between,
    first_to_last,
    latest,
)

CASE = R["register"]
COLUMNS = tuple(
    np.array(CASE[name], dtype=np.int64) for name in ("person", "day", "tread")
)


def table(found):
    return found.counts.tolist()


def test_from_first_to_last_is_what_sorting_gives_in_r():
    found = first_to_last(assessments(*COLUMNS))
    assert table(found) == CASE["first_to_last"]
    assert found.n_missing == CASE["once"]


def test_between_two_periods_is_what_sorting_gives_in_r():
    found = between(assessments(*COLUMNS), Period(0, 350), Period(351, 700))
    assert table(found) == CASE["between"]
    assert found.n_missing == CASE["between_missing"]


def by_hand(rows, then=None, now=None):
    """The same with dictionaries: the later row of a day counts."""
    held = {}
    for person, day, tread in rows:
        held.setdefault(person, {})[day] = tread
    counts, missing = np.zeros((6, 6), int), 0
    for days in held.values():
        if then is None:
            start, end = min(days), max(days)
        else:
            start, end = (
                max((d for d in days if p.first <= d <= p.last), default=None)
                for p in (then, now)
            )
        if start is None and end is None:
            continue
        if start is None or end is None or start >= end:
            missing += 1
        else:
            counts[days[start] - 1, days[end] - 1] += 1
    return counts.tolist(), missing


@given(registers())
def test_whatever_the_order_of_rows_it_is_what_is_found_by_hand(rows):
    found = first_to_last(assessments(*zip(*rows, strict=True)))
    assert (table(found), found.n_missing) == by_hand(rows)


@given(registers(), st.integers(0, 5), st.integers(0, 5), st.integers(0, 3))
def test_periods_may_overlap_and_leave_gaps(rows, first, length, later):
    then = Period(first, first + length)
    now = Period(first + later, first + length + later + 1)
    found = between(assessments(*zip(*rows, strict=True)), then, now)
    assert (table(found), found.n_missing) == by_hand(rows, then, now)


@given(registers(), st.sampled_from([1, -1, 7, 10**9]), st.integers(-(10**6), 10**6))
def test_names_of_people_and_the_calendar_make_no_difference(rows, name, shift):
    person, day, tread = (np.array(column) for column in zip(*rows, strict=True))
    plain = first_to_last(assessments(person, day, tread))
    for other in (
        (person * name + name, day + shift, tread),
        (np.array([f"p{one}" for one in person]), day, tread),
        (person, day * 10_000, tread),
        (person.astype(np.int32), day.astype(np.int16), tread.astype(np.int8)),
        (person + 0.0, day + 0.0, tread + 0.0),
        (pl.Series(person), pl.Series(day), pl.Series(tread).cast(pl.Int8)),
    ):
        found = first_to_last(assessments(*other))
        assert (table(found), found.n_missing) == (table(plain), plain.n_missing)


def test_a_correction_on_the_same_day_is_the_one_that_counts():
    found = first_to_last(assessments([1, 1, 1, 1], [0, 0, 9, 9], [5, 2, 6, 3]))
    assert found.counts[1, 2] == found.n == 1


def test_one_day_is_no_change_however_often_it_is_assessed():
    found = first_to_last(assessments([1, 1, 2, 2], [4, 4, 1, 2], [1, 6, 2, 3]))
    assert (found.n, found.n_missing) == (1, 1)


def test_where_everybody_stood_on_a_reference_date():
    rows = assessments([1, 1, 2, 2, 3], [10, 200, 150, 400, 390], [1, 2, 3, 4, 5])
    on_180, on_395 = (latest(rows, Period(0, day)) for day in (180, 395))
    assert on_180.tread[on_180.there].tolist() == [1, 3]
    assert on_395.tread[on_395.there].tolist() == [2, 3, 5]
    found = between(rows, Period(0, 180), Period(0, 395))
    # Person 2 was not assessed again: nothing was measured. Person 3 came later.
    assert (found.counts[0, 1], found.n, found.n_missing) == (1, 1, 2)


def test_dates_are_days():
    days = [date(2022, 1, 5), date(2022, 3, 1), date(2022, 1, 7), date(2022, 2, 7)]
    plain = assessments([1, 1, 2, 2], days, [1, 2, 3, 3])
    stamps = np.array(days, dtype="datetime64[D]")
    for rows in (plain, assessments([1, 1, 2, 2], stamps, [1, 2, 3, 3])):
        assert rows.day.tolist() == [0, 55, 2, 33]
        assert rows.day_0 == (days[0] - date(1970, 1, 1)).days
    period = Period(plain.day_0, plain.day_0 + 40)
    assert latest(plain, period).tread.tolist() == [1, 3]


def test_rows_without_a_person_a_day_or_a_tread_are_counted():
    person = pl.Series([1, 1, None, 2, 2, 2])
    day = [0, 10, 3, 1, 4, nan]
    found = assessments(person, day, values([1, 2, 2, 3, nan, 4]))
    assert (found.unusable, len(found.person)) == (3, 3)
    moved = first_to_last(found)
    assert (moved.n, moved.n_missing) == (1, 1)
    dated = pl.Series([date(2022, 1, 1), None])
    assert assessments([1, 1], dated, [1, 2]).unusable == 1
    assert assessments(["a", None], [1, 2], [1, 2]).unusable == 1


def test_an_empty_register_gives_an_empty_table():
    for rows in (assessments([], [], []), assessments([nan], [nan], [nan])):
        assert first_to_last(rows).n == 0
        assert between(rows, Period(0, 1), Period(2, 3)).n_missing == 0


def test_what_is_no_register_is_refused():
    for tread in (0, 7, 2.5):
        with pytest.raises(CannotEstimate, match="not_a_tread") as refusal:
            assessments([1, 1], [0, 1], [1, tread])
        assert refusal.value.has == tread
    with pytest.raises(CannotEstimate, match="many_treads"):
        assessments([1], [0], [1], treads=101)
    with pytest.raises(CannotEstimate, match="one_tread"):
        assessments([1], [0], [1], treads=1)
    with pytest.raises(ValueError, match="not whole"):
        assessments([1, 1], [0, 1.5], [1, 2])
    with pytest.raises(ValueError, match="not the same rows"):
        assessments([1, 1], [0], [1, 2])
    with pytest.raises(ValueError, match="after the first"):
        between(assessments([1], [0], [1]), Period(0, 5), Period(2, 5))
