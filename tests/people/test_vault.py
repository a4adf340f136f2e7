import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.people.making import make_person
from trede.people.models import Person
from trede.people.rotation import keys_in_use, rotate_keys, vaulted
from trede.people.searching import find
from trede.people.vault import Unreadable, decrypt, encrypt


@given(st.binary(max_size=200))
def test_what_is_encrypted_is_read_back(plain: bytes) -> None:
    assert decrypt(encrypt(plain, "a.b"), "a.b") == plain


@given(st.binary(min_size=1, max_size=50), st.integers(0, 60))
def test_a_changed_byte_never_yields_text(plain: bytes, place: int) -> None:
    stored = bytearray(encrypt(plain, "a.b"))
    stored[place % len(stored)] ^= 1
    with pytest.raises(Unreadable):
        decrypt(bytes(stored), "a.b")


def test_a_value_moved_to_another_column_does_not_open() -> None:
    stored = encrypt(b"Nadia", "people.person.surname")
    with pytest.raises(Unreadable) as problem:
        decrypt(stored, "people.person.town")
    assert isinstance(problem.value.__cause__, InvalidTag)


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert encrypt(b"Nadia", "a.b") != encrypt(b"Nadia", "a.b")


def test_searching_an_encrypted_field_fails_aloud(cast: Cast) -> None:
    with pytest.raises(FieldError, match=r"searching"):
        list(Person.objects.filter(surname="Yıldız"))


def test_a_missing_key_is_named_with_what_to_do(cast: Cast, settings) -> None:
    person = make_person(cast)
    settings.FIELD_KEYS = {2: b"2" * 32}
    with pytest.raises(Unreadable, match=r"key 1.*rotate-keys"):
        Person.objects.get(pk=person.pk)


def test_rotating_writes_every_field_under_the_newest_key(cast: Cast, settings) -> None:
    person = make_person(cast, "Nadia Yıldız", town="Nijmegen")
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, 2: b"2" * 32}
    before = set(person.search_keys.values_list("digest", flat=True))
    assert rotate_keys(by=cast.by("aad"), at=AT)["people.person"] == 1
    assert set(keys_in_use()) == {2}
    settings.FIELD_KEYS = {2: b"2" * 32}
    assert Person.objects.get(pk=person.pk).town == "Nijmegen"
    assert find(Person.objects.all(), "yildiz").people == [person]
    assert set(person.search_keys.values_list("digest", flat=True)) == before


def test_rotating_again_passes_by_what_is_done(cast: Cast, settings) -> None:
    make_person(cast)
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, 2: b"2" * 32}
    rotate_keys(by=cast.by("aad"), at=AT)
    stored = raw_people()
    assert rotate_keys(by=cast.by("aad"), at=AT)["people.person"] == 0
    assert raw_people() == stored


def test_a_rotation_that_was_broken_off_goes_on(
    cast: Cast, settings, monkeypatch
) -> None:
    monkeypatch.setattr("trede.people.rotation.AT_A_TIME", 2)
    people = [make_person(cast, f"Persoon Nummer{n}") for n in range(5)]
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, 2: b"2" * 32}

    def interrupted(label: str, seen: int, total: int) -> None:
        if label == "people.person":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_keys(by=cast.by("aad"), at=AT, progress=interrupted)
    assert set(keys_in_use()) == {1, 2}
    told: list[tuple[str, int, int]] = []
    done = rotate_keys(
        by=cast.by("aad"), at=AT, progress=lambda *step: told.append(step)
    )
    assert done["people.person"] == 3
    assert told[-1][1:] == (5, 5) or ("people.person", 5, 5) in told
    settings.FIELD_KEYS = {2: b"2" * 32}
    names = {person.surname for person in Person.objects.all()}
    assert names == {person.surname for person in people}


def test_every_app_with_encrypted_fields_is_rotated() -> None:
    labels = {one.model._meta.label_lower for one in vaulted()}
    assert {"people.person", "people.note", "people.storedfile"} <= labels
    assert len(labels) > 3, "later apps are found through the models themselves"


def raw_people() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person ORDER BY id")
        return [
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in cursor.fetchall()
        ]
