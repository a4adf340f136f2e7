import pytest

from tests.cast import AT, Cast
from tests.people.making import a_bsn, details_of, make_person
from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people import merging
from trede.people.duplicates import (
    all_duplicates,
    duplicates_of,
    judge_different,
    like,
)
from trede.people.households import join
from trede.people.merging import merge, undo_merge
from trede.people.models import Merger, Note, Person, Responsibility, SearchKey
from trede.people.notes import write_note
from trede.people.registering import change_person
from trede.people.responsibility import caseload, coach_of

BORN = "1975-03-12"
Kind = SearchKey.Kind


def two(cast: Cast, **details: str) -> tuple[Person, Person]:
    kept = make_person(cast, "Nadia Yıldız", birth_date=BORN, **details)
    return kept, make_person(cast, "NADIA YILDIZ", birth_date=BORN)


def test_the_same_name_and_birth_date_may_be_one_person(cast: Cast) -> None:
    kept, other = two(cast)
    (double,) = duplicates_of(kept)
    assert (double.person, double.same) == (other, {Kind.NAME_AND_BIRTH})
    assert all_duplicates(Person.objects.all()) == [(kept, other)]


def test_the_same_bsn_is_shown_when_it_was_typed_later(cast: Cast) -> None:
    bsn = a_bsn()
    kept, other = make_person(cast, bsn=bsn), make_person(cast, "Iemand Anders")
    change_person(
        person=other, changes={"bsn": bsn}, edition=1, by=cast.by("sanne"), at=AT
    )
    assert [double.same for double in duplicates_of(kept)] == [{Kind.BSN}]


@pytest.mark.parametrize(
    ("name", "born"),
    [("Nadia Yıldız", "1975-03-13"), ("Nadia Demir", BORN), ("Ouafa Yıldız", BORN)],
)
def test_another_name_or_birth_date_is_another_person(
    cast: Cast, name: str, born: str
) -> None:
    person = make_person(cast, "Nadia Yıldız", birth_date=BORN)
    make_person(cast, name, birth_date=born)
    assert duplicates_of(person) == []


def test_without_a_birth_date_nobody_is_suspected(cast: Cast) -> None:
    person = make_person(cast, "Nadia Yıldız")
    make_person(cast, "Nadia Yıldız")
    assert duplicates_of(person) == []


def test_another_municipality_is_never_suggested(cast: Cast) -> None:
    person = make_person(cast, birth_date=BORN)
    make_person(cast, municipality=cast.elsewhere, birth_date=BORN)
    assert duplicates_of(person) == []


def test_who_is_known_is_shown_before_registering(cast: Cast) -> None:
    person = make_person(cast, birth_date=BORN)
    typed = details_of("nadia yildiz", birth_date=BORN)
    assert [d.person for d in like(municipality_id=cast.here.pk, details=typed)] == [
        person
    ]
    assert like(municipality_id=cast.elsewhere.pk, details=typed) == []


def test_two_people_are_judged_once_and_not_asked_again(cast: Cast) -> None:
    one, other = two(cast)
    for _ in range(2):
        judge_different(person=other, other=one, by=cast.by("greet"), at=AT)
    assert duplicates_of(one) == duplicates_of(other) == []
    assert all_duplicates(Person.objects.all()) == []
    assert Line.objects.filter(action="judged to be two people").count() == 1


def merged(cast: Cast, kept: Person, other: Person) -> Merger:
    return merge(
        kept=kept, other=other, reason="zelfde paspoort", by=cast.by("greet"), at=AT
    )


def test_everything_of_the_other_moves_and_nothing_is_lost(cast: Cast) -> None:
    kept, other = two(cast)
    note = write_note(person=other, text="Belt na 13.00", by=cast.by("sanne"), at=AT)
    merger = merged(cast, kept, other)
    note.refresh_from_db()
    other.refresh_from_db()
    assert note.person == kept
    assert other.merged_into == kept
    assert merger.moved == [
        {
            "model": "people.note",
            "field": "person",
            "rows": [note.pk],
            "was": other.pk,
            "now": kept.pk,
        }
    ]
    assert duplicates_of(kept) == []


def test_what_is_empty_is_filled_from_the_other(cast: Cast) -> None:
    kept = make_person(cast, "Nadia Yıldız", town="Nijmegen")
    other = make_person(
        cast, "Nadia Yildiz", town="Arnhem", telephone="0612345678", sex="woman"
    )
    merged(cast, kept, other)
    kept.refresh_from_db()
    assert (kept.town, kept.telephone) == ("Nijmegen", "+31612345678")
    assert (kept.sex, kept.surname) == ("woman", "Yıldız")


def test_a_merger_can_be_taken_back(cast: Cast) -> None:
    kept = make_person(cast, "Nadia Yıldız")
    other = make_person(cast, "Nadia Yildiz", telephone="0612345678", birth_date=BORN)
    note = write_note(person=other, text="Belt na 13.00", by=cast.by("sanne"), at=AT)
    merger = merged(cast, kept, other)
    own = write_note(person=kept, text="Daarna", by=cast.by("sanne"), at=AT)
    for _ in range(2):
        undo_merge(merger=merger, by=cast.by("greet"), at=AT)
    kept, other = Person.objects.get(pk=kept.pk), Person.objects.get(pk=other.pk)
    assert Note.objects.get(pk=note.pk).person == other
    assert Note.objects.get(pk=own.pk).person == kept
    assert (kept.telephone, kept.birth_date, kept.birth_year) == ("", "", None)
    assert other.merged_into is None
    assert other.search_keys.exists()


def test_what_was_changed_after_the_merger_stays_when_it_is_taken_back(
    cast: Cast,
) -> None:
    kept = make_person(cast, "Nadia Yıldız")
    other = make_person(cast, "Nadia Yildiz", town="Arnhem")
    merger = merged(cast, kept, other)
    change_person(
        person=kept, changes={"town": "Nijmegen"}, edition=2, by=SYSTEM, at=AT
    )
    undo_merge(merger=merger, by=cast.by("greet"), at=AT)
    kept.refresh_from_db()
    assert kept.town == "Nijmegen"


def test_a_second_coach_stays_with_the_record_that_is_put_aside(cast: Cast) -> None:
    kept = make_person(cast, "Nadia Yıldız", cast.sanne)
    other = make_person(cast, "Nadia Yildiz", cast.willem)
    merged(cast, kept, other)
    assert coach_of(kept) == cast.sanne
    assert Responsibility.objects.filter(person=other).count() == 1
    assert (caseload(cast.sanne, AT.date()), caseload(cast.willem, AT.date())) == (1, 0)


def test_the_household_of_the_other_comes_along(cast: Cast) -> None:
    kept, other = two(cast)
    child = make_person(cast, "Selin Yıldız")
    join(person=other, other=child, by=cast.by("sanne"), at=AT)
    merger = merged(cast, kept, other)
    kept.refresh_from_db()
    child.refresh_from_db()
    assert kept.household == child.household
    undo_merge(merger=merger, by=cast.by("greet"), at=AT)
    kept.refresh_from_db()
    assert kept.household is None


def test_two_bsns_are_two_people(cast: Cast) -> None:
    kept, other = make_person(cast, bsn=a_bsn()), make_person(cast, bsn=a_bsn())
    with pytest.raises(Refused):
        merged(cast, kept, other)


def test_a_merger_needs_a_reason_and_two_records_of_one_town(cast: Cast) -> None:
    kept, other = two(cast)
    with pytest.raises(Refused) as refusal:
        merge(kept=kept, other=other, reason=" ", by=cast.by("greet"), at=AT)
    assert refusal.value.field == "reason"
    for stranger in (kept, make_person(cast, municipality=cast.elsewhere)):
        with pytest.raises(Refused):
            merged(cast, kept, stranger)


def test_a_record_is_merged_away_once(cast: Cast) -> None:
    kept, other = two(cast)
    merged(cast, kept, other)
    with pytest.raises(Refused):
        merged(cast, kept, other)
    with pytest.raises(Refused):
        merged(cast, other, kept)


def test_a_later_app_may_stop_a_merger(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(merging, "_stoppers", [lambda kept, other: "Nu even niet."])
    kept, other = two(cast)
    with pytest.raises(Refused, match=r"Nu even niet\."):
        merged(cast, kept, other)
    assert not Merger.objects.exists()


def test_every_app_that_points_to_a_person_is_moved() -> None:
    moved = {model._meta.label_lower for model, _ in merging.links()}
    assert {"people.note", "contact.contactmoment", "inflow.candidate"} <= moved


def test_the_record_of_a_merger_holds_no_identity(cast: Cast) -> None:
    kept, other = two(cast, telephone="0612345678")
    merger = merged(cast, kept, other)
    assert "612345678" not in f"{merger.moved}{merger.filled}"


def test_a_record_that_was_put_aside_is_not_everybodys(cast: Cast) -> None:
    kept = make_person(cast, birth_date=BORN)
    other = make_person(cast, "NADIA YILDIZ", cast.sanne, birth_date=BORN)
    merge(kept=kept, other=other, reason="one", by=cast.by("greet"), at=AT)
    assert set(Person.objects.all().own_of(cast.sanne)) == {kept, other}
    assert set(Person.objects.all().own_of(cast.willem)) == set()
