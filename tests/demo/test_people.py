"""The people of the demo cannot be real, and their lives happen in order."""

import csv
import io
from datetime import date
from functools import cache

import pytest
from stdnum.nl import bsn as dutch_number

from trede.demo.answers import draw_intake
from trede.demo.identities import numbers_for_tests
from trede.demo.listing import as_csv
from trede.demo.people import LIST_DATE, Person, RegisterDate, draw_people

SEEDS = (1, 2, 2020)
CRITERIA = (
    "age",
    "benefit_duration",
    "background",
    "settled",
    "status_approach",
    "out_of_sight",
    "other_track",
)
# By the definition of Statistics Netherlands until 2022.
WESTERN = {"NL", "PL", "DE", "BE", "BA", "AL"}
FEBRUARY_2018 = date(2018, 2, 3)
FEBRUARY_2015 = date(2015, 2, 3)
BORN_28_YEARS_BEFORE = date(1992, 2, 3)

list_of = cache(lambda seed: draw_people(seed, draw_intake(seed)))
intakes_of = cache(lambda seed: {p.number: p for p in draw_intake(seed)})
every_seed = pytest.mark.parametrize("seed", SEEDS)


def admitted(seed: int) -> list[Person]:
    return [person for person in list_of(seed) if person.intake]


def before(known: RegisterDate | None, day: date) -> str:
    """Whether a date is certainly on or before a day."""
    if known is None:
        return "unknown"
    if known.latest_on <= day:
        return "met"
    return "not_met" if known.earliest_on > day else "unknown"


def judged(person: Person) -> dict[str, str]:
    """The seven criteria on 3 February 2020, by the letter."""
    country, status = person.birth_country, person.status_approach
    return {
        "age": before(person.birth, BORN_28_YEARS_BEFORE),
        "benefit_duration": before(person.benefit_since, FEBRUARY_2018),
        "background": "unknown"
        if not country
        else "not_met"
        if country in WESTERN
        else "met",
        "settled": before(person.settled, FEBRUARY_2015),
        "status_approach": {"nee": "met", "ja": "not_met", "": "unknown"}[status],
        "out_of_sight": before(person.last_contact, FEBRUARY_2018),
        "other_track": {"": "met", "onbekend": "unknown"}.get(
            person.running_track, "not_met"
        ),
    }


@every_seed
def test_529_people_are_on_the_list_and_62_have_an_intake(seed: int) -> None:
    people = list_of(seed)
    assert len(people) == 529
    assert sorted(person.intake for person in admitted(seed)) == list(range(1, 63))


def test_the_same_seed_gives_the_same_list() -> None:
    intake = draw_intake(3)
    assert draw_people(3, intake) == draw_people(3, intake)
    assert draw_people(3, intake) != draw_people(4, draw_intake(4))


@every_seed
def test_people_fit_their_answers(seed: int) -> None:
    for person in admitted(seed):
        answers = intakes_of(seed)[person.intake].answers
        assert person.sex == answers["sex"].value
        assert person.birth_country == answers["birthplace"].value
        assert person.birth.year == answers["birth_year"].value
        came = answers["migration_year"].value
        assert person.settled.year == (came or person.birth.year)


@every_seed
def test_every_bsn_passes_the_test_and_was_never_issued(seed: int) -> None:
    numbers = [person.identity.bsn for person in list_of(seed)]
    assert len(set(numbers)) == 529
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    for number in numbers:
        dutch_number.validate(number)
        weighed = zip(number, weights, strict=True)
        total = sum(int(digit) * weight for digit, weight in weighed)
        assert total > 0
        assert total % 11 == 0
        assert number.startswith("0000")
        assert number[4] in "12345678"


def test_two_series_share_no_number() -> None:
    series = [set(numbers_for_tests(number)) for number in range(7)]
    assert all(len(numbers) == 1000 for numbers in series)
    assert len(set.union(*series)) == 7000


@every_seed
def test_nobody_can_be_telephoned_or_mailed(seed: int) -> None:
    telephones = [p.identity.telephone for p in list_of(seed) if p.identity.telephone]
    assert all(number.startswith("06 0000 ") for number in telephones)
    assert len(set(telephones)) == len(telephones) > 400
    mails = [p.identity.email for p in list_of(seed) if p.identity.email]
    assert all(mail.isascii() and mail.endswith("@example.org") for mail in mails)
    assert len(set(mails)) == len(mails) > 100


@every_seed
def test_a_life_happens_in_order(seed: int) -> None:
    for person in list_of(seed):
        dates = [person.settled, person.benefit_since, person.last_contact]
        known = [person.birth, *(day for day in dates if day)]
        assert known == sorted(known), person
        assert known[-1].latest_on <= LIST_DATE
        if person.benefit_since:
            assert person.benefit_since.year - person.birth.year >= 18


@every_seed
def test_who_has_an_intake_meets_the_criteria_or_was_overridden(seed: int) -> None:
    for person in admitted(seed):
        lacking = {code for code, outcome in judged(person).items() if outcome != "met"}
        assert lacking == {override.criterion for override in person.overrides}


@every_seed
def test_three_people_need_an_override(seed: int) -> None:
    overridden = [person for person in list_of(seed) if person.overrides]
    reasons = sorted(person.overrides[0].reason for person in overridden)
    assert reasons == ["origin_comparable", "origin_comparable", "parents_born_abroad"]
    assert all(person.intake for person in overridden)


@every_seed
def test_every_criterion_is_met_not_met_and_unknown_for_somebody(seed: int) -> None:
    outcomes = [judged(person) for person in list_of(seed)]
    for code in CRITERIA:
        found = [outcome[code] for outcome in outcomes]
        assert set(found) == {"met", "not_met", "unknown"}, code
        assert found.count("met") > 0.75 * len(found), code
    eligible = sum(set(outcome.values()) == {"met"} for outcome in outcomes)
    assert eligible > 150


@every_seed
def test_names_fit_the_country_and_nobody_is_twice_on_the_list(seed: int) -> None:
    people = list_of(seed)
    known_by = {(p.identity.given_names, p.identity.surname, p.birth) for p in people}
    assert len(known_by) == 529
    turkish = [p for p in people if p.birth_country == "TR"]
    assert {p.identity.language for p in turkish} == {"tr"}
    assert {p.identity.prefix for p in turkish} == {""}
    born_here = [p for p in admitted(seed) if p.birth_country == "NL"]
    assert [p.identity.language for p in born_here] == ["nl"]


def test_a_list_for_another_day_and_series_keeps_the_rules() -> None:
    today = date(2026, 2, 28)
    people = draw_people(5, (), on=today, size=60, series=2)
    assert len(people) == 60
    first = {person.identity.bsn for person in draw_people(5, (), size=60)}
    assert not first & {person.identity.bsn for person in people}
    for person in people:
        dates = (person.birth, person.settled, person.benefit_since)
        assert all(day is None or day.latest_on <= today for day in dates)


@pytest.mark.parametrize("size", [10, 1001])
def test_a_list_of_an_impossible_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="not between 62 and 1000"):
        draw_people(1, draw_intake(1), size=size)


def test_a_leap_day_birthday_exists_every_year() -> None:
    for day in (date(2024, 2, 29), date(2028, 2, 29)):
        assert len(draw_people(1, (), on=day, size=30)) == 30


@pytest.mark.parametrize(
    ("known", "text", "latest"),
    [
        (RegisterDate(1975, 3, 12), "12-03-1975", date(1975, 3, 12)),
        (RegisterDate(1975, 12), "00-12-1975", date(1975, 12, 31)),
        (RegisterDate(1975, 2), "00-02-1975", date(1975, 2, 28)),
        (RegisterDate(1975), "00-00-1975", date(1975, 12, 31)),
    ],
)
def test_a_register_date_may_be_incomplete(
    known: RegisterDate, text: str, latest: date
) -> None:
    assert str(known) == text
    assert known.latest_on == latest


def test_the_file_holds_everybody_once() -> None:
    people = list_of(1)
    data = as_csv(people)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [row["BSN"] for row in rows] == [person.identity.bsn for person in people]
    for row, person in zip(rows, people, strict=True):
        assert row["Geboortedatum"] == str(person.birth)
        assert row["Geslacht"] == {"man": "M", "woman": "V"}[person.sex]
        assert bool(row["Laatste contact"]) == bool(person.last_contact)
    assert {"Onbekend", "Turkije", "Syrië"} <= {row["Geboorteland"] for row in rows}
    assert "" in {row["Voorvoegsel"] for row in rows}
    assert {"van der", "el", "al"} <= {row["Voorvoegsel"] for row in rows}
