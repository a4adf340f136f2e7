"""Who reads the database, its audit trail or its sessions learns nobody's identity."""

import base64
from uuid import uuid4

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage import default_storage
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.cast import AT, Cast
from tests.people.making import a_bsn, make_person
from trede.people.blind_index import folded
from trede.people.files import store
from trede.people.models import Person, StoredFile
from trede.people.notes import write_note
from trede.people.registering import change_person

DETAILS = {
    "name_prefix": "terHorstje",
    "birth_date": "1971-03-12",
    "street": "Zonnebloemstraat",
    "house_number": "4711 achterhuis",
    "postcode": "6547 ZQ",
    "town": "Voorbeeldhuizen",
    "telephone": "0687654321",
    "email": "ouafa.bozdag@voorbeeld.example",
}
TOLD = "Zij vertelde over haar zusje Gülizar"


@pytest.fixture
def person(cast: Cast) -> Person:
    made = make_person(cast, "Ouafanur Bozdağlı", cast.sanne, bsn=a_bsn(), **DETAILS)
    changed = change_person(
        person=made,
        changes={"surname": "Kırmızıgül"},
        edition=1,
        by=cast.by("sanne"),
        at=AT,
    )
    write_note(person=made, text=TOLD, by=cast.by("sanne"), at=AT, submission=uuid4())
    store(
        municipality=cast.here,
        person=made,
        kind=StoredFile.Kind.CONSENT,
        name="toestemming Ouafanur.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7 " + TOLD.encode(),
        at=AT,
    )
    return changed


def secrets_of(person: Person) -> list[str]:
    telephone = person.telephone.removeprefix("+31")
    known = [value for name, value in DETAILS.items() if name != "telephone"]
    return [
        *known,
        telephone,
        person.bsn,
        "Ouafanur",
        "Bozdağlı",
        "Kırmızıgül",
        "Gülizar",
        "6547ZQ",
        "12-03-1971",
        "19710312",
    ]


def whole_database() -> bytes:
    """Every value of every table, as bytes, without going through the models."""
    found: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [as_bytes(value) for value in row if value is not None]
    return b"\n".join(found)


def as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode()


def guises(text: str) -> set[bytes]:
    """As it is, folded, in other encodings, and as base64 at each of three places."""
    plain = {text, text.casefold(), text.upper(), folded(text), text[::-1]}
    raw = {form.encode() for form in plain}
    raw |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    raw |= {text.encode().hex().encode(), text.encode("unicode_escape")}
    for form in list(raw):
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + form)
            # The first and last signs depend on what stands beside the text.
            inner = encoded[4 if shift else 0 : len(encoded) - 4]
            raw |= {inner} if len(inner) >= 8 else set()
    return raw


def leaks(stored: bytes, person: Person) -> list[str]:
    lower = stored.lower()
    return [
        secret
        for secret in secrets_of(person)
        for guise in guises(secret)
        if len(guise) >= 4 and (guise in stored or guise.lower() in lower)
    ]


def test_the_search_would_find_what_leaks(person: Person) -> None:
    for guise in ("Ouafanur", base64.b64encode(b"x Kirmizigul").decode()):
        assert leaks(guise.encode(), person)


def test_the_database_holds_nothing_of_the_identity(person: Person) -> None:
    assert leaks(whole_database(), person) == []


def test_visiting_every_page_leaves_no_name_in_sessions_or_trail(
    person: Person, cast: Cast
) -> None:
    client = Client()
    client.force_login(cast.sanne)
    for name in ("details", "change", "household", "notes", "consents", "merge"):
        page = client.get(reverse(f"people:{name}", args=[person.pk]))
        assert page.status_code == 200, name
    client.post(
        reverse("people:change", args=[person.pk]),
        {"edition": 2, "surname": "Kırmızıgül", "initial-surname": "x", "sex": "woman"},
    )
    client.post(
        reverse("people:notes", args=[person.pk]), {"text": "", "submission": uuid4()}
    )
    file = StoredFile.objects.get()
    answer = client.get(reverse("people:file", args=[file.pk]))
    assert TOLD.encode() in answer.content
    assert leaks(whole_database(), person) == []


def test_what_is_told_once_leaves_no_name_in_a_cookie_or_a_session(
    person: Person, cast: Cast
) -> None:
    client = Client()
    client.force_login(cast.sanne)
    client.get(reverse("people:details", args=[person.pk]))
    request = RequestFactory().get("/")
    request.session, request.COOKIES = client.session, {}
    waiting = default_storage(request)
    waiting.add(constants.SUCCESS, person.full_name)
    answer = HttpResponse()
    waiting.update(answer)
    request.session.save()
    assert not answer.cookies
    assert leaks(whole_database(), person) == []
    page = client.get(reverse("people:details", args=[person.pk]))
    assert [str(one) for one in page.context["messages"]] == [person.full_name]
    assert leaks(client.cookies.output().encode(), person) == []


def test_birth_year_sex_and_quarter_are_all_that_can_be_read(person: Person) -> None:
    """What the criteria and the report need stands open; it names nobody."""
    readable = {
        field.name
        for field in Person._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "PositiveSmallIntegerField")
    }
    languages = {"language", "reads_in"}
    assert readable == {"sex", "birth_country", "birth_year", "quarter"} | languages
