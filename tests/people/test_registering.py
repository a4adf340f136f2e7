import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.people.making import a_bsn, details_of, make_person
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people.blind_index import folded, keys_of, starts, telephone
from trede.people.details import (
    PersonDetails,
    from_dutch_order,
    in_dutch_order,
    mistakes,
    tidied,
)
from trede.people.models import Person, SearchKey
from trede.people.registering import (
    Stale,
    change_person,
    register_many,
    register_person,
)


def test_what_was_typed_is_read_back(cast: Cast) -> None:
    made = make_person(cast, "Nadia Yıldız", telephone="06-12345678", town="Nijmegen")
    person = Person.objects.get(pk=made.pk)
    assert (person.given_names, person.surname) == ("Nadia", "Yıldız")
    assert person.telephone == "+31612345678"
    assert person.edition == 1


def test_registering_writes_one_line_that_names_the_person(cast: Cast) -> None:
    person = make_person(cast)
    line = Line.objects.get(action="registered a person")
    assert line.actor == cast.greet.actor
    assert [mention.person_id for mention in line.mentions.all()] == [person.pk]


def test_a_bsn_is_registered_once(cast: Cast) -> None:
    bsn = a_bsn()
    make_person(cast, bsn=bsn)
    with pytest.raises(Refused) as refusal:
        make_person(cast, "Iemand Anders", bsn=bsn)
    assert refusal.value.field == "bsn"
    assert Person.objects.count() == 1


def test_another_municipality_may_know_the_same_bsn(cast: Cast) -> None:
    bsn = a_bsn()
    make_person(cast, bsn=bsn)
    make_person(cast, municipality=cast.elsewhere, bsn=bsn)
    assert Person.objects.count() == 2
    digests = SearchKey.objects.filter(kind="bsn").values_list("digest", flat=True)
    assert len(set(digests)) == 2, "equal digests would link two municipalities"


def test_a_whole_list_is_registered_at_once(cast: Cast) -> None:
    rows = [details_of(f"Persoon Nummer{n}", bsn=a_bsn()) for n in range(5)]
    people = register_many(
        municipality=cast.here, details=rows, by=cast.by("greet"), at=AT
    )
    assert [person.surname for person in people] == [row.surname for row in rows]
    assert all(person.search_keys.exists() for person in people)
    line = Line.objects.get(action="registered people of a list")
    assert line.mentions.count() == 5


def test_a_list_with_one_bsn_twice_registers_nobody(cast: Cast) -> None:
    bsn = a_bsn()
    rows = [details_of("Een Persoon", bsn=bsn), details_of("Twee Persoon", bsn=bsn)]
    with pytest.raises(Refused):
        register_many(municipality=cast.here, details=rows, by=cast.by("greet"), at=AT)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bsn", "123456789"),
        ("bsn", "12"),
        ("birth_date", "1975-02-30"),
        ("birth_date", "1975-13-01"),
        ("birth_date", "1975-00-12"),
        ("birth_date", "2031-01-01"),
        ("birth_date", "gisteren"),
        ("telephone", "1234"),
        ("email", "geen adres"),
        ("birth_country", "Marokko"),
        ("sex", "vrouw"),
        ("quarter", "x" * 61),
        ("street", "x" * 201),
    ],
)
def test_what_cannot_be_right_is_named(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_person(cast, **{field: value})
    assert refusal.value.field == field
    assert not Person.objects.exists()


@pytest.mark.parametrize("known", ["1975-00-00", "1975-03-00", "1975-03-31", ""])
def test_a_birth_date_may_be_known_in_part(known: str) -> None:
    details = PersonDetails(surname="Yıldız", birth_date=known)
    assert not mistakes(details, AT.date())


def test_a_bsn_that_lost_its_leading_zero_gets_it_back() -> None:
    assert tidied(PersonDetails(bsn="12345672")).bsn == "012345672"


@given(st.dates())
def test_a_birth_date_reads_the_same_both_ways(day) -> None:
    iso = day.isoformat()
    assert from_dutch_order(in_dutch_order(iso)) == iso


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidied(PersonDetails(surname=text, postcode=text, telephone=text, bsn=text))
    assert tidied(once) == once


@given(st.text(max_size=40))
def test_folding_forgets_case(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Yıldız", "yildiz"), ("ŞAHİN", "sahin"), ("Łukasz", "lukasz"), ("Zoë", "zoe")],
)
def test_folding_forgets_diacritics(name: str, plain: str) -> None:
    assert folded(name) == plain


@given(st.text(alphabet="abcdefghij", min_size=1, max_size=12))
def test_the_starts_of_a_name_are_three_to_six_letters(part: str) -> None:
    found = list(starts(part))
    assert all(part.startswith(start) for start in found)
    assert all(3 <= len(start) <= 6 for start in found) or found == [part]


@pytest.mark.parametrize(
    "typed", ["0612345678", "06 1234 5678", "+31 6 12345678", "0031612345678"]
)
def test_a_telephone_number_is_one_number_however_written(typed: str) -> None:
    assert telephone(typed) == "+31612345678"


def test_keys_of_a_person_say_nothing(cast: Cast) -> None:
    keys = keys_of(details_of("Nadia Yıldız", bsn=a_bsn()), cast.here.pk)
    assert all(isinstance(digest, int) for _, digest in keys)


def test_a_change_is_kept_and_searched_by_from_then_on(cast: Cast) -> None:
    person = make_person(cast, "Nadia Yıldız")
    before = set(person.search_keys.values_list("digest", flat=True))
    changed = change_person(
        person=person,
        changes={"surname": "Demir"},
        edition=1,
        by=cast.by("sanne"),
        at=AT,
    )
    assert (changed.surname, changed.edition) == ("Demir", 2)
    assert set(changed.search_keys.values_list("digest", flat=True)) != before
    line = Line.objects.get(action="changed details")
    assert line.fields == ["surname"], "the trail holds the field, never its content"


def test_two_who_change_at_once_are_both_heard(cast: Cast) -> None:
    person = make_person(cast, telephone="0612345678")
    by, change = cast.by("sanne"), change_person
    change(person=person, changes={"town": "Nijmegen"}, edition=1, by=by, at=AT)
    with pytest.raises(Stale) as stale:
        change(person=person, changes={"town": "Arnhem"}, edition=1, by=by, at=AT)
    assert stale.value.theirs == {"town": "Nijmegen"}
    assert stale.value.edition == 2
    person.refresh_from_db()
    assert person.town == "Nijmegen"


def test_saving_what_stands_there_already_changes_nothing(cast: Cast) -> None:
    person = make_person(cast, town="Nijmegen")
    same = change_person(
        person=person,
        changes={"town": "Nijmegen"},
        edition=0,
        by=cast.by("sanne"),
        at=AT,
    )
    assert same.edition == 1
    assert not Line.objects.filter(action="changed details").exists()


def test_an_impossible_change_is_refused_and_nothing_of_it_stays(cast: Cast) -> None:
    person = make_person(cast)
    with pytest.raises(Refused):
        change_person(
            person=person,
            changes={"town": "Nijmegen", "bsn": "111"},
            edition=1,
            by=cast.by("sanne"),
            at=AT,
        )
    person.refresh_from_db()
    assert (person.town, person.edition) == ("", 1)


def test_nobody_is_registered_without_a_name_or_a_number(cast: Cast) -> None:
    with pytest.raises(Refused):
        register_person(
            municipality=cast.here, details=PersonDetails(), by=cast.by("greet"), at=AT
        )
