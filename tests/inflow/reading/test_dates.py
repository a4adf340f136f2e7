"""Dates as people, registers and spreadsheets write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflow.reading.lists import ON
from trede.inflow.reading.dates import PartialDate, read_date, what_stands_first

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2019, 12, 31))
FORMS = (
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%Y%m%d",
    "%Y-%m-%d 00:00:00",
    "%Y-%m-%dT00:00:00Z",
)
MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec"
DUTCH = MONTHS.split()


@given(DAYS, st.sampled_from(FORMS))
def test_every_notation_of_a_day_gives_that_day(day: datetime.date, form: str) -> None:
    assert read_date(day.strftime(form), on=ON).value == PartialDate.of(day)


@given(DAYS)
def test_a_spreadsheets_day_number_gives_its_day(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    if serial >= 10_000:
        reading = read_date(str(serial), on=ON)
        assert reading.value == PartialDate.of(day)
        assert reading.correction and reading.correction.code == "date_serial"


@given(DAYS)
def test_a_month_in_words_gives_that_day(day: datetime.date) -> None:
    month = DUTCH[day.month - 1]

    for text in (f"{day.day} {month} {day.year}", f"{day.day}-{month}.-{day.year}"):
        assert read_date(text, on=ON).value == PartialDate.of(day)


@given(st.dates(datetime.date(1921, 1, 1), datetime.date(2020, 12, 31)))
def test_a_year_in_two_digits_never_lies_ahead(day: datetime.date) -> None:
    reading = read_date(f"{day.day}/{day.month}/{day:%y}", on=ON)

    assert reading.value == PartialDate.of(day) or day > datetime.date(2020, 12, 31)
    assert reading.value is not None and reading.value.year <= ON.year
    assert reading.correction and reading.correction.code == "date_two_digit_year"


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text: str) -> None:
    reading = read_date(text, on=ON)

    assert not (reading.value and reading.problem)


@given(st.from_regex(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}", fullmatch=True))
def test_a_written_date_is_a_day_or_incomplete_or_named_as_wrong(text: str) -> None:
    value, _, problem = read_date(text, on=ON)
    day, month, year = (int(part) for part in text.replace("/", "-").split("-"))

    if value is not None:
        assert (value.year, value.month or 0) == (year, month)
        assert value.earliest <= value.latest
    elif problem is None:
        assert year == 0 or (day == 0 and month == 0)


@pytest.mark.parametrize(
    ("text", "known", "earliest", "latest"),
    [
        ("00-00-1999", "1999", "1999-01-01", "1999-12-31"),
        ("19990000", "1999", "1999-01-01", "1999-12-31"),
        ("00-02-1996", "1996-02", "1996-02-01", "1996-02-29"),
        ("19960200", "1996-02", "1996-02-01", "1996-02-29"),
        ("1975", "1975", "1975-01-01", "1975-12-31"),
        ("03-1975", "1975-03", "1975-03-01", "1975-03-31"),
        ("maart 1975", "1975-03", "1975-03-01", "1975-03-31"),
        ("17-00-1975", "1975", "1975-01-01", "1975-12-31"),
    ],
)
def test_an_incomplete_date_keeps_what_is_known(
    text: str, known: str, earliest: str, latest: str
) -> None:
    value, correction, _ = read_date(text, on=ON)

    assert value is not None and correction is not None
    assert correction.code == "date_incomplete"
    assert value.isoformat() == known
    assert PartialDate.fromisoformat(known) == value
    assert (str(value.earliest), str(value.latest)) == (earliest, latest)


@pytest.mark.parametrize("text", ["", "00-00-0000", "00000000", "onbekend", "-", "0"])
def test_an_unknown_date_is_unknown_and_not_wrong(text: str) -> None:
    assert read_date(text, on=ON) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        ("31-02-1975", "date_no_such_day", {"first": "28-02", "second": "03-03"}),
        ("30-02-1976", "date_no_such_day", {"first": "29-02", "second": "01-03"}),
        ("31-06-1980", "date_no_such_day", {"first": "30-06", "second": "01-07"}),
        ("12-13-1975", "date_swapped", {"first": "13-12-1975"}),
        ("45-03-1975", "date_impossible", {"date": "45-03-1975"}),
        ("31-14-1975", "date_impossible", {"date": "31-14-1975"}),
        ("12-03-1075", "date_unlikely", {"year": "1075"}),
        ("12-03-2975", "date_unlikely", {"year": "2975"}),
        ("ergens in mei", "date_unreadable", {}),
        ("123456789", "date_unreadable", {}),
    ],
)
def test_a_date_that_does_not_exist_is_named_with_what_may_be_meant(
    text: str, code: str, params: dict[str, str]
) -> None:
    problem = read_date(text, on=ON).problem

    assert problem is not None and problem.code == code
    assert params.items() <= dict(problem.params).items()


def test_a_lost_leading_zero_is_put_back_and_said() -> None:
    value, correction, _ = read_date("3121975", on=ON)

    assert value == PartialDate(1975, 12, 3)
    assert correction and correction.code == "date_zero_added"


def test_eight_digits_are_read_in_the_order_that_gives_a_date() -> None:
    assert read_date("20121975", on=ON).value == PartialDate(1975, 12, 20)
    assert read_date("19751220", on=ON).value == PartialDate(1975, 12, 20)


def test_a_column_is_month_first_only_when_it_shows_it_more_than_once() -> None:
    assert what_stands_first(["03/25/1975", "12/14/1980", "01/02/1980"]) == "month"
    assert what_stands_first(["03/25/1975", "25/03/1975", "12/14/1980"]) == "day"
    assert what_stands_first(["12/13/1975", "01/02/1980"]) == ""
    assert what_stands_first([]) == ""
