"""Rows that are added many at a time are the rows that Django would have saved."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.inflow.listmaking import make_pilot
from trede import many_rows
from trede.inflow.models import Candidate, CriterionOutcome, StageTransition
from trede.people.models import Person, SearchKey

pytestmark = pytest.mark.django_db
AT = datetime(2020, 2, 1, 9, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)))


def stored(row: models.Model) -> dict[str, object]:
    """As the database gives it back, but for the number."""
    again = type(row)._default_manager.get(pk=row.pk)
    fields = [one for one in row._meta.concrete_fields if not one.primary_key]
    return {one.attname: getattr(again, one.attname) for one in fields}


@given(surname=TEXTS, quarter=TEXTS.filter(lambda text: len(text) <= 60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_a_field_holds_comes_back_as_django_would_save_it(
    cast: Cast, surname: str, quarter: str
) -> None:
    def person() -> Person:
        return Person(
            municipality=cast.here,
            surname=surname,
            quarter=quarter,
            birth_year=1975,
            created_at=AT,
        )

    (many,), one = many_rows.create([person()]), person()
    one.save()
    assert stored(many) == stored(one)
    assert stored(many)["surname"] == surname


def test_objects_get_their_numbers_in_order_and_the_next_one_is_free(
    cast: Cast,
) -> None:
    count = many_rows.SHARE + 3
    people = many_rows.create(
        [
            Person(municipality=cast.here, birth_year=place, created_at=AT)
            for place in range(count)
        ]
    )
    numbers = [one.pk for one in people]
    assert numbers == sorted(set(numbers))
    years = Person.objects.filter(pk__in=numbers).order_by("pk")
    assert list(years.values_list("birth_year", flat=True)) == list(range(count))
    last = Person.objects.create(municipality=cast.here, created_at=AT)
    assert last.pk > numbers[-1]
    people[0].birth_year = 1950
    people[0].save()  # known as a row that exists
    assert Person.objects.get(pk=numbers[0]).birth_year == 1950


def test_dates_choices_and_what_is_unknown_are_stored_as_usual(cast: Cast) -> None:
    pilot = make_pilot(cast.here)
    people = [Person(municipality=cast.here, created_at=AT) for _one in range(2)]
    one, other = many_rows.create(people)

    def candidate(person: Person) -> Candidate:
        return Candidate(
            person=person,
            pilot=pilot,
            since_on=date(2020, 2, 1),
            stage_since=AT,
            status_approach=None,
            other_track_known=True,
        )

    (many,), single = many_rows.create([candidate(one)]), candidate(other)
    single.save()
    assert {**stored(many), "person_id": 0} == {**stored(single), "person_id": 0}


def test_rows_without_objects_share_what_does_not_differ(cast: Cast) -> None:
    pilot = make_pilot(cast.here)
    (person,) = many_rows.create([Person(municipality=cast.here, created_at=AT)])
    (candidate,) = many_rows.create(
        [Candidate(person=person, pilot=pilot, since_on=AT.date(), stage_since=AT)]
    )
    lines = [(candidate.pk, f"c{place}", "met", f"v {place}") for place in range(300)]
    added = many_rows.add(
        CriterionOutcome,
        ("candidate", "criterion", "outcome", "value"),
        iter(lines),
        shared=CriterionOutcome(
            source="list",
            reference_on=date(2020, 2, 1),
            at=AT,
            by="system",
            rules_number=1,
        ),
    )
    assert added == 300
    kept = candidate.ledger.order_by("pk")
    assert [(one.criterion, one.value) for one in kept] == [
        (criterion, value) for _number, criterion, _outcome, value in lines
    ]
    assert {(one.at, one.reference_on, one.reason) for one in kept} == {
        (AT, date(2020, 2, 1), "")
    }


def test_two_equal_values_do_not_look_equal_in_the_database(cast: Cast) -> None:
    many_rows.create(
        [
            Person(municipality=cast.here, surname="Idrissi", created_at=AT)
            for _one in range(2)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT surname FROM people_person")
        stands = [bytes(value) for (value,) in cursor.fetchall()]
    assert len(set(stands)) == 2
    assert not any(b"Idrissi" in one for one in stands)


def test_all_rows_or_none(cast: Cast) -> None:
    (person,) = many_rows.create([Person(municipality=cast.here, created_at=AT)])
    good = [(place, "bsn", person.pk) for place in range(many_rows.SHARE + 1)]
    with pytest.raises(IntegrityError), transaction.atomic():
        many_rows.add(
            SearchKey,
            ("digest", "kind", "person"),
            [*good, (None, "bsn", person.pk)],
            shared=SearchKey(),
        )
    assert not SearchKey.objects.exists()


def test_nothing_to_add_is_no_work(cast: Cast) -> None:
    nothing: list[Person] = []
    assert many_rows.create(nothing) == []
    empty = StageTransition(at=AT, by="system")
    assert many_rows.add(StageTransition, ("stage",), [], shared=empty) == 0


def test_a_model_that_is_not_numbered_is_refused(db: None) -> None:
    with pytest.raises(TypeError, match="not numbered"):
        many_rows.create([Session(session_key="a", expire_date=AT)])
