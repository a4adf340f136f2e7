"""The privacy officer searches the trail; the search itself is a line in it."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st

from tests.cast import AT, Cast
from trede.accounts import searching_trail
from trede.accounts.acting import SYSTEM, person_actor, record
from trede.accounts.list_file import harmless
from trede.accounts.models import Municipality
from trede.accounts.searching_trail import Search
from trede.audit.models import Line

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def history(cast: Cast) -> None:
    """Three months: Sanne and Willem here, Noor elsewhere, a person, the system."""
    for number in range(3):
        at = AT + timedelta(days=30 * number)
        record(
            "looked at people:person",
            by=cast.by("sanne"),
            at=at,
            persons=[11],
            kind=Line.Kind.READ,
        )
        record("closed a trajectory", by=cast.by("willem"), at=at, persons=[12])
        record(
            "looked at people:person",
            by=cast.by("noor"),
            at=at,
            persons=[11, 13],
            kind=Line.Kind.READ,
        )
    record("signed a form", by=person_actor(11, cast.here.pk), at=AT, persons=[11])
    record("cleaned", by=SYSTEM, at=AT, on=cast.here)
    record("cleaned", by=SYSTEM, at=AT, on=cast.elsewhere)


def found(cast: Cast, **wanted: Any) -> list[Line]:
    """What the privacy officer of Voorbeeldstad gets to see."""
    search = Search(**wanted)
    lines = searching_trail.search(
        search, municipality=cast.here, by=cast.by("fatima"), at=AT
    )
    return list(lines)


def test_only_lines_of_ones_own_municipality(cast: Cast, history: None) -> None:
    assert {line.municipality_id for line in found(cast)} == {cast.here.pk}
    assert cast.noor.actor not in {line.actor for line in found(cast)}


def test_an_act_of_the_system_is_filed_where_it_acted(
    cast: Cast, history: None
) -> None:
    assert len([line for line in found(cast) if line.actor == "system"]) == 1


def test_by_person(cast: Cast, history: None) -> None:
    lines = found(cast, person="11")
    assert len(lines) == 5  # three looks, the person's own form, and this search
    assert all(11 in persons_of(line) for line in lines)


def persons_of(line: Line) -> list[int]:
    return [mention.person_id for mention in line.mentions.all()]


def test_by_member_of_staff_and_by_kind(cast: Cast, history: None) -> None:
    assert len(found(cast, staff=cast.sanne)) == 3
    assert len(found(cast, staff=cast.sanne, kind="write")) == 0
    assert len(found(cast, kind="write")) == 5


def test_by_action(cast: Cast, history: None) -> None:
    assert len(found(cast, action="closed a trajectory")) == 3


def test_a_day_runs_from_midnight_to_midnight_in_the_netherlands(cast: Cast) -> None:
    day = datetime(2020, 7, 1, tzinfo=AMSTERDAM)
    for moment in (
        day - timedelta(seconds=1),
        day,
        day + timedelta(hours=23, minutes=59, seconds=59),
        day + timedelta(days=1),
    ):
        record("acted", by=cast.by("sanne"), at=moment)
    lines = found(cast, from_on=day.date(), until_on=day.date())
    assert len(lines) == 2
    assert len(found(cast, from_on=day.date(), until_on=date.max)) == 3


@pace(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(st.integers(0, 60), min_size=1, max_size=8),
    first=st.integers(0, 60),
    last=st.integers(0, 60),
)
def test_a_period_holds_exactly_the_lines_of_its_days(
    days: list[int], first: int, last: int, cast: Cast
) -> None:
    begin = datetime(2021, 3, 1, 12, tzinfo=AMSTERDAM)
    action = f"acted {Line.objects.count()}"
    for number in days:
        record(action, by=cast.by("sanne"), at=begin + timedelta(days=number))
    lines = found(
        cast,
        action=action,
        from_on=(begin + timedelta(days=first)).date(),
        until_on=(begin + timedelta(days=last)).date(),
    )
    assert len(lines) == sum(first <= number <= last for number in days)


def test_searching_is_itself_noted_with_whom_was_searched_for(
    cast: Cast, history: None
) -> None:
    found(cast, person="11", staff=cast.sanne)
    line = Line.objects.first()
    assert line is not None
    assert (line.actor, line.action) == (
        cast.fatima.actor,
        "searched the audit trail",
    )
    assert line.fields == ["person", "staff"]
    assert persons_of(line) == [11]


@pytest.mark.parametrize("typed", ["nobody", "12345678901", "-3", "123456789"])
def test_who_is_not_found_is_told_what_to_type(
    typed: str, cast: Cast, as_fatima: Client
) -> None:
    page = as_fatima.get("/logboek/", {"person": typed}).content.decode()
    assert "error-summary" in page
    assert f'value="{typed}"' in page


def test_a_later_app_looks_persons_up_within_the_municipality(
    cast: Cast, history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Municipality]] = []

    def by_bsn(text: str, municipality: Municipality) -> list[int]:
        asked.append((text, municipality))
        return [11] if text == "999990019" else []

    monkeypatch.setattr(searching_trail, "_lookups", [])
    searching_trail.look_persons_up(by_bsn)
    assert len(found(cast, person="9999 90.019")) == 5
    assert asked == [("999990019", cast.here)]


def test_the_page_says_who_what_whose_and_why(
    cast: Cast, history: None, as_fatima: Client
) -> None:
    page = as_fatima.get("/logboek/").content.decode()
    for words in ("Sanne", "Willem", "11", "12", "10-02-2020 10:00:00"):
        assert words in page
    assert "Noor" not in page


def test_the_list_is_paged_and_the_count_is_the_count(
    cast: Cast, as_fatima: Client
) -> None:
    for number in range(120):
        record("acted", by=cast.by("sanne"), at=AT, persons=[number + 1])
    search = {"staff": cast.sanne.pk}
    first = as_fatima.get("/logboek/", search).content.decode()
    last = as_fatima.get("/logboek/", search | {"page": 3}).content.decode()
    assert first.count("<tr>") == 51
    assert last.count("<tr>") == 21
    assert "120" in first
    beyond = as_fatima.get("/logboek/", search | {"page": "999"})
    assert beyond.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"from_on": "31-02-2020"},
        {"staff": "abc"},
        {"staff": "99999"},
        {"kind": "else"},
        {"from_on": "2020-03-01", "until_on": "2020-02-01"},
    ],
)
def test_a_search_that_makes_no_sense_is_explained(
    query: dict[str, str], cast: Cast, as_fatima: Client
) -> None:
    page = as_fatima.get("/logboek/", query).content.decode()
    assert "error-summary" in page
    assert "<tr>" not in page


def test_the_officer_cannot_search_for_staff_elsewhere(
    cast: Cast, history: None, as_fatima: Client
) -> None:
    page = as_fatima.get("/logboek/", {"staff": cast.noor.pk}).content.decode()
    assert "error-summary" in page


def as_rows(answer: Any) -> list[list[str]]:
    content = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(StringIO(content), delimiter=";"))


def test_the_file_holds_the_same_lines_and_taking_it_along_is_noted(
    cast: Cast, history: None, as_fatima: Client
) -> None:
    answer = as_fatima.get("/logboek/csv/", {"person": "11"})
    rows = as_rows(answer)
    assert len(rows) == 1 + 5
    assert {len(row) for row in rows} == {8}
    line = Line.objects.first()
    assert line is not None
    assert line.action == "took the audit trail along"


@given(st.text(alphabet="=+-@\t\r;\"'ab1", max_size=8))
def test_no_cell_of_the_file_is_run_as_a_formula(text: str) -> None:
    assert harmless(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_others_may_not_see_the_trail(cast: Cast, as_sanne: Client) -> None:
    assert as_sanne.get("/logboek/").status_code == 403
    assert as_sanne.get("/logboek/csv/").status_code == 403
