"""Households, responsibility, notes and files."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import AT, Cast
from tests.people.making import make_person
from trede.accounts.acting import SYSTEM, person_actor
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people.files import MEGABYTE, destroy, store
from trede.people.households import household_of, join, leave, suggestions
from trede.people.models import Household, Note, Person, Responsibility, StoredFile
from trede.people.notes import LONGEST, correct_note, write_note
from trede.people.responsibility import (
    caseload,
    coach_of,
    end_responsibility,
    make_responsible,
)

ADDRESS = {"postcode": "6512 AB", "house_number": "12", "street": "Dorpsstraat"}
DAY = date(2020, 3, 1)


def test_people_at_one_address_are_suggested_and_not_joined(cast: Cast) -> None:
    one = make_person(cast, "Nadia Yıldız", **ADDRESS)
    other = make_person(cast, "Selin Yıldız", **ADDRESS | {"postcode": "6512ab"})
    make_person(cast, "Jan Bakker", **ADDRESS | {"house_number": "14"})
    make_person(cast, "Wali Demir", municipality=cast.elsewhere, **ADDRESS)
    assert suggestions(one, Person.objects.all()) == [other]
    assert household_of(one) == []


def test_joining_is_mutual_and_twice_is_once(cast: Cast) -> None:
    one, other = make_person(cast, "Nadia Yıldız"), make_person(cast, "Selin Yıldız")
    for _ in range(2):
        join(person=one, other=other, by=cast.by("sanne"), at=AT)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (household_of(one), household_of(other)) == ([other], [one])
    assert Household.objects.count() == 1
    assert Line.objects.filter(action="joined a household").count() == 1


def test_two_households_do_not_melt_together(cast: Cast) -> None:
    people = [make_person(cast, f"Persoon Nummer{n}") for n in range(4)]
    for one, other in (people[:2], people[2:]):
        join(person=one, other=other, by=cast.by("sanne"), at=AT)
    with pytest.raises(Refused):
        join(person=people[0], other=people[2], by=cast.by("sanne"), at=AT)


def test_a_household_of_one_is_none(cast: Cast) -> None:
    one, other = make_person(cast, "Nadia Yıldız"), make_person(cast, "Selin Yıldız")
    join(person=one, other=other, by=cast.by("sanne"), at=AT)
    for _ in range(2):
        leave(person=one, by=cast.by("sanne"), at=AT)
    assert not Person.objects.exclude(household=None).exists()


def test_somebody_of_another_town_does_not_join(cast: Cast) -> None:
    one = make_person(cast)
    other = make_person(cast, municipality=cast.elsewhere)
    with pytest.raises(Refused):
        join(person=one, other=other, by=cast.by("sanne"), at=AT)


def responsible(cast: Cast, person: Person, name: str, on: date) -> Responsibility:
    return make_responsible(
        person=person,
        staff=getattr(cast, name),
        on=on,
        reason="",
        by=cast.by("greet"),
        at=AT,
    )


def test_one_coach_takes_over_from_another_on_a_day(cast: Cast) -> None:
    person = make_person(cast)
    responsible(cast, person, "sanne", DAY)
    responsible(cast, person, "willem", DAY + timedelta(days=10))
    assert coach_of(person) == cast.willem
    last, first = DAY + timedelta(days=9), DAY + timedelta(days=10)
    assert (caseload(cast.sanne, last), caseload(cast.sanne, first)) == (1, 0)
    assert (caseload(cast.willem, last), caseload(cast.willem, first)) == (0, 1)


def test_making_the_same_coach_responsible_again_changes_nothing(cast: Cast) -> None:
    person = make_person(cast)
    first = responsible(cast, person, "sanne", DAY)
    assert responsible(cast, person, "sanne", DAY + timedelta(days=3)) == first
    assert Line.objects.filter(action="made responsible").count() == 1


def test_nobody_takes_over_before_the_first_began(cast: Cast) -> None:
    person = make_person(cast)
    responsible(cast, person, "sanne", DAY)
    with pytest.raises(Refused) as refusal:
        responsible(cast, person, "willem", DAY - timedelta(days=1))
    assert refusal.value.field == "on"
    assert coach_of(person) == cast.sanne


@pytest.mark.parametrize("name", ["greet", "rik", "noor"])
def test_only_a_coach_of_this_municipality_can_be_responsible(
    cast: Cast, name: str
) -> None:
    with pytest.raises(Refused):
        responsible(cast, make_person(cast), name, DAY)


def test_responsibility_can_end_without_a_successor(cast: Cast) -> None:
    person = make_person(cast)
    responsible(cast, person, "sanne", DAY)
    for _ in range(2):
        end_responsibility(person=person, on=DAY, by=cast.by("greet"), at=AT)
    assert coach_of(person) is None
    assert Line.objects.filter(action="ended responsibility").count() == 1


def test_a_note_clicked_twice_is_one_note(cast: Cast) -> None:
    person, key = make_person(cast), uuid4()
    for _ in range(2):
        write_note(
            person=person, text="Belt na 13.00", by=cast.by("sanne"), at=AT,
            submission=key,
        )  # fmt: skip
    assert Note.objects.count() == 1
    assert Line.objects.filter(action="wrote a note").count() == 1


def test_a_note_stands_encrypted(cast: Cast) -> None:
    note = write_note(
        person=make_person(cast), text="Angst voor brieven", by=cast.by("sanne"), at=AT
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM people_note WHERE id = %s", [note.pk])
        stored = bytes(cursor.fetchone()[0])
    assert b"Angst" not in stored


def test_a_correction_keeps_the_older_note(cast: Cast) -> None:
    person, by = make_person(cast), cast.by("sanne")
    note = write_note(person=person, text="Belt na 13.00", by=by, at=AT)
    newer = correct_note(note=note, text="Belt na 14.00", by=by, at=AT)
    assert list(person.notes.all().standing()) == [newer]
    assert person.notes.count() == 2
    with pytest.raises(Refused):
        correct_note(note=note, text="Belt na 15.00", by=by, at=AT)


def test_a_colleague_does_not_correct_somebody_elses_note(cast: Cast) -> None:
    note = write_note(
        person=make_person(cast), text="Belt na 13.00", by=cast.by("sanne"), at=AT
    )
    with pytest.raises(Refused):
        correct_note(note=note, text="Anders", by=cast.by("willem"), at=AT)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_note_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        write_note(person=make_person(cast), text=text, by=cast.by("sanne"), at=AT)
    assert refusal.value.field == "text"


def test_only_staff_write_notes(cast: Cast) -> None:
    person = make_person(cast)
    for actor in (SYSTEM, person_actor(person.pk, cast.here.pk)):
        with pytest.raises(Refused):
            write_note(person=person, text="Ik", by=actor, at=AT)


def kept_file(cast: Cast, content: bytes, **changes: object) -> StoredFile:
    asked = {
        "municipality": cast.here,
        "person": None,
        "kind": StoredFile.Kind.CONSENT,
        "name": "toestemming Nadia.pdf",
        "media_type": "application/pdf",
        "content": content,
        "at": AT,
    }
    return store(**asked | changes)


def test_a_file_is_read_back_as_it_was(cast: Cast) -> None:
    content = b"%PDF-1.7 " + bytes(range(256))
    file = StoredFile.objects.get(pk=kept_file(cast, content).pk)
    assert (file.content, file.name) == (content, "toestemming Nadia.pdf")


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90 program", b"\x7fELF program", b"<html>", b"\xff\xd8\xff jpeg"],
)
def test_a_file_of_another_kind_is_refused_whatever_it_says_it_is(
    cast: Cast, content: bytes
) -> None:
    with pytest.raises(Refused):
        kept_file(cast, content)
    assert not StoredFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        kept_file(cast, b"%PDF-" + bytes(10 * MEGABYTE))


@pytest.mark.parametrize(
    "content", ["BSN;naam\n".encode("utf-16"), b"BSN;naam\n", "é;ï".encode("cp1252")]
)
def test_a_list_in_any_encoding_is_text(cast: Cast, content: bytes) -> None:
    file = kept_file(cast, content, kind=StoredFile.Kind.UPLOAD, media_type="text/csv")
    assert file.content == content


def test_a_destroyed_file_keeps_only_that_it_was_there(cast: Cast) -> None:
    file = kept_file(cast, b"%PDF-1.7")
    digest = file.sha256
    for _ in range(2):
        destroy(file=file, at=AT)
    file = StoredFile.objects.get(pk=file.pk)
    assert (file.content, file.name, file.destroyed_at) == (b"", "", AT)
    assert file.sha256 == digest
    assert not StoredFile.objects.all().kept().exists()
