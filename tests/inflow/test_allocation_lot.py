"""The lot itself: balanced, fixed beforehand, and drawn again by anybody."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import assume, given
from hypothesis import strategies as st

from trede.inflow import lot

MOMENT = datetime(2020, 2, 10, 9, 30, 15, 123456, tzinfo=UTC)
SECRET = lot.secret_of(key=b"k" * 32, pilot="nijmegen", number=1)
numbers = st.integers(1, 10**9)
moments = st.integers(0, 10**15).map(lambda n: MOMENT + timedelta(microseconds=n))
secrets = st.binary(min_size=32, max_size=32).map(bytes.hex)


def first(secret=SECRET, pilot="nijmegen", moment=MOMENT, one=7, other=12) -> int:
    digest = lot.digest_of(
        secret=secret, pilot=pilot, moment=moment, one=one, other=other
    )
    return lot.first_of(digest, one, other)


@given(secrets, moments, numbers, numbers)
def test_the_order_of_entering_the_two_does_not_matter(secret, moment, one, other):
    assume(one != other)
    given_way = first(secret, "p", moment, one, other)
    assert given_way == first(secret, "p", moment, other, one)
    assert given_way in (one, other)


@given(moments, st.integers(-12, 12))
def test_the_clock_of_another_land_gives_the_same_lot(moment, hours):
    there = moment.astimezone(timezone(timedelta(hours=hours)))
    assert first(moment=there) == first(moment=moment)


def test_the_lot_is_balanced_over_many_secrets():
    """Ten thousand lots: more than four standard deviations off has odds of 1 in
    15,000, and the secrets here are fixed."""
    n = 10_000
    secrets = (
        lot.secret_of(key=b"k" * 32, pilot="nijmegen", number=k) for k in range(n)
    )
    low = sum(first(secret) == 7 for secret in secrets)
    assert abs(low - n / 2) < 4 * (n / 4) ** 0.5


def test_the_lot_is_balanced_over_moments_and_numbers_too():
    n = 10_000
    by_moment = sum(
        first(moment=MOMENT + timedelta(microseconds=k)) == 7 for k in range(n)
    )
    by_number = sum(first(one=7, other=8 + k) == 7 for k in range(n))
    for low in (by_moment, by_number):
        assert abs(low - n / 2) < 4 * (n / 4) ** 0.5


def test_a_secret_belongs_to_one_key_pilot_and_number():
    ways = {
        lot.secret_of(key=key, pilot=pilot, number=number)
        for key in (b"k" * 32, b"l" * 32)
        for pilot in ("nijmegen", "enschede")
        for number in (1, 2, 11)
    }
    assert len(ways) == 12


def test_without_the_secret_both_outcomes_are_open():
    """Everything that the database knows beforehand fits both: only secrets differ."""
    outcomes = {first(lot.secret_of(key=bytes([k]) * 32, pilot="p", number=1))
                for k in range(20)}  # fmt: skip
    assert outcomes == {7, 12}


def test_the_commitment_is_the_digest_of_the_secret_as_it_is_shown():
    assert lot.commitment_of(SECRET) == hashlib.sha256(SECRET.encode()).hexdigest()


def test_the_ten_lines_on_the_page_draw_the_same_lot():
    for other in (12, 13, 14, 15):
        text = lot.recipe(
            secret=SECRET, pilot="nijmegen", moment=MOMENT, one=other, other=7
        )
        assert len(text.splitlines()) == 10
        said = subprocess.run(
            [sys.executable, "-I", "-c", text], capture_output=True, text=True
        ).stdout
        lines = dict(line.split(":", 1) for line in said.splitlines())
        assert lines["commitment"].strip() == lot.commitment_of(SECRET)
        assert int(lines["first"]) == first(other=other)
