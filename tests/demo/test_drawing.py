"""Margins stay exact whatever chance does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.demo.drawing import (
    exchange_until,
    hand_out,
    numbers_with_sum,
    shuffled,
    standardised,
)

seeds = st.integers(min_value=0, max_value=2**32)
bands = st.lists(
    st.tuples(st.integers(0, 4), st.integers(5, 10), st.integers(1, 20)),
    min_size=1,
    max_size=3,
)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=60), seeds)
def test_handing_out_keeps_the_margin(margin: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=len(margin))
    assert sorted(hand_out(margin, scores, rng)) == sorted(margin)


def test_without_noise_the_highest_score_gets_the_last_answer() -> None:
    rng = np.random.default_rng(1)
    given_out = hand_out(
        ["low", "mid", "high"], np.array([3.0, 1.0, 2.0]), rng, noise=0
    )
    assert given_out == ["high", "low", "mid"]


def test_a_margin_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="2 answers for 3 people"):
        hand_out([1, 2], np.zeros(3), np.random.default_rng(1))


@given(bands, st.floats(0, 1), seeds)
def test_numbers_have_the_sum_and_stay_in_their_bands(
    limits: list[tuple[int, int, int]], place: float, seed: int
) -> None:
    lowest = sum(low * people for low, _, people in limits)
    highest = sum(high * people for _, high, people in limits)
    total = lowest + round(place * (highest - lowest))
    numbers = numbers_with_sum(limits, total, np.random.default_rng(seed))
    assert sum(numbers) == total
    allowed = sorted((low, high) for low, high, people in limits for _ in range(people))
    assert len(numbers) == len(allowed)
    assert min(numbers) >= min(low for low, _ in allowed)
    assert max(numbers) <= max(high for _, high in allowed)


def test_numbers_keep_to_the_people_in_each_band() -> None:
    numbers = numbers_with_sum(
        [(0, 4, 9), (5, 7, 22), (8, 10, 22)], 348, np.random.default_rng(1)
    )
    assert sum(number <= 4 for number in numbers) == 9
    assert sum(number >= 8 for number in numbers) == 22


@pytest.mark.parametrize("total", [9, 101])
def test_a_sum_out_of_reach_is_refused(total: int) -> None:
    with pytest.raises(ValueError, match=f"{total} is outside 10-100"):
        numbers_with_sum([(1, 10, 10)], total, np.random.default_rng(1))


@given(st.lists(st.booleans(), min_size=4, max_size=40), seeds)
def test_exchanging_keeps_every_margin(ticks: list[bool], seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = list(ticks), shuffled(ticks, rng)
    target = min(sum(one), sum(other), len(one) // 2)
    least = max(0, sum(one) + sum(other) - len(one))
    target = max(target, least)

    def faults() -> int:
        both = sum(a and b for a, b in zip(one, other, strict=True))
        return abs(both - target)

    exchange_until([one, other], faults, rng)
    assert faults() == 0
    assert sorted(one) == sorted(other) == sorted(ticks)


def test_what_cannot_be_met_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trede.demo.drawing.PATIENCE", 50)
    with pytest.raises(RuntimeError, match="cannot be met together: 1 faults"):
        exchange_until([[1, 2, 3]], lambda: 1, np.random.default_rng(1))


def test_standardising_equal_numbers_gives_zeros() -> None:
    assert standardised([4.0, 4.0, 4.0]).tolist() == [0, 0, 0]
