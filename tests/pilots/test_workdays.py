"""On which days the municipality writes to nobody."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trede.pilots.workdays import (
    easter_sunday,
    first_working_day,
    is_public_holiday,
    is_working_day,
)

# Easter Sunday as printed in almanacs, with the earliest and the latest of a century.
EASTERS = (
    date(2019, 4, 21),
    date(2020, 4, 12),
    date(2021, 4, 4),
    date(2024, 3, 31),
    date(2026, 4, 5),
    date(2035, 3, 25),
    date(2038, 4, 25),
)
HOLIDAYS_OF_2021 = {
    "01-01",  # New Year
    "04-04",  # Easter
    "04-05",
    "04-27",  # King's Day
    "05-05",  # Liberation Day
    "05-13",  # Ascension
    "05-23",  # Whitsun
    "05-24",
    "12-25",  # Christmas
    "12-26",
}


def test_easter_is_on_the_day_of_the_almanac():
    assert [easter_sunday(day.year) for day in EASTERS] == list(EASTERS)


def test_a_year_has_these_holidays_and_no_others():
    days = (date(2021, 1, 1) + timedelta(days=number) for number in range(365))
    assert {f"{day:%m-%d}" for day in days if is_public_holiday(day)} == (
        HOLIDAYS_OF_2021
    )


def test_the_kings_birthday_is_kept_a_day_early_when_it_is_a_sunday():
    assert is_public_holiday(date(2025, 4, 26))
    assert not is_public_holiday(date(2025, 4, 27))


def test_after_christmas_work_begins_on_the_first_day_that_is_free_of_both():
    # Christmas 2020: Friday and Saturday, then a Sunday.
    assert first_working_day(date(2020, 12, 25)) == date(2020, 12, 28)


@given(st.dates(date(1990, 1, 1), date(2190, 1, 1)))
def test_nobody_waits_a_week_for_a_working_day(day: date):
    found = first_working_day(day)
    assert is_working_day(found)
    assert found - day < timedelta(days=7)
