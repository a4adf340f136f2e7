"""The seven criteria of a list: met, not met, or unknown."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.inflow.reading.lists import NIJMEGEN
from trede.inflow.criteria import (
    CriterionRule,
    Outcome,
    RuleMistake,
    add_months,
    birthday,
    judge,
    prepare,
    standing,
)
from trede.inflow.ledger import list_rules
from trede.inflow.reading.dates import PartialDate
from trede.inflow.reading.places import Place, read_country
from trede.pilots import approaches
from trede.pilots.reading import read_file

NIJMEGEN_FILE = Path(approaches.__path__[0]) / "nijmegen.toml"
ON = datetime.date(2020, 2, 1)


BORN, MOROCCO = PartialDate(1980, 5, 17), Place("Marokko", ("MA",))
LONG_AGO, LATER = PartialDate(2001, 9, 1), PartialDate(2012, 3, 1)


@dataclass(frozen=True)
class Person:
    """Somebody who meets all seven criteria, unless a test says otherwise."""

    born_on: PartialDate | None = BORN
    birth_country: Place | None = MOROCCO
    benefit_since_on: PartialDate | None = LATER
    settled_on: PartialDate | None = LONG_AGO
    last_contact_on: PartialDate | None = LATER
    status_approach: bool | None = False
    other_track: str | None = ""


def outcome(code: str, person: Person, on: datetime.date = ON) -> Outcome:
    return next(o for o in judge(person, prepare(NIJMEGEN, on=on)) if o.code == code)


def result(code: str, person: Person, on: datetime.date = ON) -> str:
    return outcome(code, person, on).result


def date(text: str) -> PartialDate:
    return PartialDate.fromisoformat(text)


def test_who_meets_everything_is_eligible() -> None:
    outcomes = judge(Person(), prepare(NIJMEGEN, on=ON))

    assert {o.result for o in outcomes} == {"met"}
    assert standing(outcomes) == "eligible"


def test_an_outcome_says_on_which_value_it_rests() -> None:
    assert outcome("age", Person()) == ("age", "met", "1980-05-17", "born_on")
    assert outcome("background", Person())[2:] == ("Marokko", "birth_country")


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1992-02-01", "met"),
        ("1992-02-02", "not_met"),
        ("1991", "met"),
        ("1992", "unknown"),
        ("1993", "not_met"),
        ("1992-01", "met"),
        ("1992-02", "unknown"),
    ],
)
def test_the_twenty_eighth_birthday_counts_as_28(born: str, expected: str) -> None:
    assert result("age", Person(born_on=date(born))) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2018-01-31", "met"),
        ("2018-02-01", "not_met"),
        ("2018", "unknown"),
        ("2017", "met"),
        ("2021-01-01", "not_met"),
    ],
)
def test_exactly_24_months_is_not_more_than_24(since: str, expected: str) -> None:
    person = Person(benefit_since_on=date(since))

    assert result("benefit_duration", person) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2018-02-01", "met"), ("2018-02-02", "not_met"), ("2018-02", "unknown")],
)
def test_no_contact_for_24_months_includes_the_day_itself(
    last: str, expected: str
) -> None:
    assert result("out_of_sight", Person(last_contact_on=date(last))) == expected


def test_an_empty_date_of_contact_is_unknown_and_not_out_of_sight() -> None:
    assert result("out_of_sight", Person(last_contact_on=None)) == "unknown"


@pytest.mark.parametrize(
    ("settled", "expected"), [("2015-02-01", "met"), ("2015-02-02", "not_met")]
)
def test_settled_means_five_full_years(settled: str, expected: str) -> None:
    assert result("settled", Person(settled_on=date(settled))) == expected


def test_an_empty_date_of_settlement_is_unknown_also_for_who_was_born_here() -> None:
    person = Person(birth_country=Place("Nederland", ("NL",)), settled_on=None)

    assert result("settled", person) == "unknown"


def test_the_shipped_pilot_has_the_seven_criteria_that_a_list_can_judge() -> None:
    rules = list_rules(read_file(NIJMEGEN_FILE.read_bytes()))

    outcomes = judge(Person(), prepare(rules, on=ON))
    assert [o.code for o in outcomes] == [rule.code for rule in NIJMEGEN]
    assert standing(outcomes) == "eligible"


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("Marokko", "met"),
        ("België", "not_met"),
        ("Joegoslavië", "not_met"),
        ("Nederlandse Antillen", "unknown"),
        ("Atlantis", "unknown"),
        ("Onbekend", "unknown"),
    ],
)
def test_the_background_is_met_only_when_every_possible_country_counts(
    country: str, expected: str
) -> None:
    assert result("background", Person(birth_country=read_country(country))) == expected


def test_flags_and_tracks() -> None:
    assert result("status_approach", Person(status_approach=True)) == "not_met"
    assert result("status_approach", Person(status_approach=None)) == "unknown"
    assert result("other_track", Person(other_track="Wet Taaleis")) == "not_met"
    assert result("other_track", Person(other_track=None)) == "unknown"


def test_one_criterion_not_met_decides_also_beside_unknown_ones() -> None:
    person = Person(last_contact_on=None, status_approach=True)

    assert standing(judge(person, prepare(NIJMEGEN, on=ON))) == "ineligible"


def test_unknown_is_undecided_and_not_no() -> None:
    person = Person(last_contact_on=None)

    assert standing(judge(person, prepare(NIJMEGEN, on=ON))) == "undecided"


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("age_at_least", {}),
        ("age_at_least", {"years": "28"}),
        ("age_at_least", {"years": True}),
        ("benefit_longer_than_months", {"months": -1}),
        ("background", {"countries": "MA"}),
        ("background", {"countries": []}),
        ("flag_not", {"flag": "left_handed"}),
        ("likes_cheese", {}),
    ],
)
def test_a_rule_that_cannot_be_applied_says_which(
    kind: str, params: dict[str, object]
) -> None:
    with pytest.raises(RuleMistake, match="some_code"):
        prepare([CriterionRule("some_code", kind, params)], on=ON)


DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2090, 12, 31))


@given(DAYS, st.integers(0, 600))
def test_months_added_keep_the_day_or_end_at_the_months_end(
    day: datetime.date, months: int
) -> None:
    later = add_months(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


@given(DAYS, st.integers(0, 100))
def test_a_birthday_is_the_same_day_or_the_first_of_march(
    born: datetime.date, years: int
) -> None:
    reached = birthday(born, years)

    assert (reached.month, reached.day) in ((born.month, born.day), (3, 1))
    assert reached.year == born.year + years


PARTS = st.one_of(
    st.builds(PartialDate, st.integers(1900, 2019)),
    st.builds(PartialDate, st.integers(1900, 2019), st.integers(1, 12)),
)


@given(PARTS, DAYS, st.integers(0, 365))
def test_an_incomplete_date_never_contradicts_the_day_it_stands_for(
    known: PartialDate, on: datetime.date, shift: int
) -> None:
    day = known.earliest + datetime.timedelta(days=shift)
    assume(day <= known.latest)
    exact = PartialDate.of(day)

    for told, true in zip(
        judge(Person(born_on=known, last_contact_on=known), prepare(NIJMEGEN, on=on)),
        judge(Person(born_on=exact, last_contact_on=exact), prepare(NIJMEGEN, on=on)),
        strict=True,
    ):
        assert told.result in ("unknown", true.result)
