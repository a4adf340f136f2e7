"""The directory and its use as a file: what the screen shows, and what can be read in
again."""

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import AT, Cast
from tests.desk.making import sign_in
from tests.partners.making import (
    make_contact,
    make_onward,
    make_partner,
    make_place,
)
from tests.trajectories.making import AFTER, make_pilot, make_trajectory
from trede.partners import sheet_importing
from trede.partners.choices import known_in
from trede.partners.directory import keep_place, note_remark, take_out
from trede.partners.models import Organisation
from trede.partners.sheet_reading import FIELDS, recognised
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
PARTNERS, USE = "/partners/bestand/", "/partners/gebruik/bestand/"


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = make_pilot(cast)
    cast.sign_in_with_a_password()
    return made


@pytest.fixture
def kitchen(cast: Cast, pilot: Pilot) -> Organisation:
    one = make_partner(
        cast.greet,
        about="=SOM(A1) en soep",
        address="Kade 1",
        access="drempelvrij",
        languages=["nl", "tr"],
        telephone="024 111 1111",
        email="keuken@voorbeeld.nl",
        website="https://keuken.voorbeeld.nl",
    )
    make_contact(cast.greet, one)
    make_place(cast.greet, one, capacity=8, days="dinsdag", for_whom="iedereen")
    make_place(cast.greet, one, "Naaigroep")
    return one


def workbook(client: Client, url: str) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(client.get(url).content))


def lines(client: Client, url: str) -> list[list[object]]:
    return workbook(client, url).get_sheet_by_index(0).to_python()


def in_text(client: Client, url: str) -> list[str]:
    answer = client.get(url)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return text.splitlines()


def test_each_thing_one_can_do_is_a_row_with_the_partner_before_it(cast, kitchen):
    head, *rows = lines(sign_in(cast.greet), PARTNERS)
    by_head = [dict(zip(head, row, strict=True)) for row in rows]
    assert [one["Wat kan iemand er doen"] for one in by_head] == [
        "Kookgroep",
        "Naaigroep",
    ]
    first = by_head[0]
    assert [one["Naam"] for one in by_head] == ["De Keuken"] * 2
    assert first["Contactpersoon"] == "Bea Baars"
    assert [one["Plek voor hoeveel mensen"] for one in by_head] == [8, ""]
    assert first["Bevestigd op"] == AT.date()


def test_a_filter_and_a_search_give_the_partners_of_the_screen(cast, kitchen):
    make_partner(cast.greet, "Het Wiel", kind="sports", quarter="west")
    out = make_partner(cast.greet, "Weg", quarter="zuid")
    take_out(organisation=out, on=AT.date(), by=cast.by("greet"), at=AT)
    client = sign_in(cast.greet)
    for query, names in {
        "": ["De Keuken", "De Keuken", "Het Wiel"],
        "?soort=sports": ["Het Wiel"],
        "?wijk=oost": ["De Keuken", "De Keuken"],
        "?stand=uit": ["Weg"],
        "?q=naaien": ["De Keuken", "De Keuken"],
        "?q=schaken": [],
    }.items():
        assert [row[0] for row in lines(client, PARTNERS + query)[1:]] == names, query
        shown = client.get(f"/partners/{query}").context["page"]
        assert {one.organisation.name for one in shown} == set(names), query


def test_the_second_sheet_says_what_was_asked(cast, kitchen):
    book = workbook(sign_in(cast.greet), f"{PARTNERS}?q=koken&soort=community")
    told = dict(book.get_sheet_by_index(1).to_python())
    assert told["Wat wil iemand?"] == "koken"
    assert "Verwijder het na gebruik" in told["Denk eraan"]


def test_what_begins_like_a_formula_is_words(cast, kitchen):
    _head, row, *_more = in_text(sign_in(cast.greet), f"{PARTNERS}?als=csv")
    assert ";'=SOM(A1) en soep;" in row


def test_what_a_coach_remarked_for_themselves_does_not_go_along(cast, kitchen):
    note_remark(organisation=kitchen, text="Ongemak", by=cast.by("greet"), at=AT)
    assert "Ongemak" not in "".join(in_text(sign_in(cast.greet), f"{PARTNERS}?als=csv"))


def test_what_one_town_takes_along_another_reads_in(cast, kitchen):
    make_pilot(cast, cast.elsewhere)
    content = sign_in(cast.greet).get(PARTNERS).content
    known = known_in(cast.elsewhere, AT.date())
    sheet = sheet_importing.upload(
        municipality=cast.elsewhere,
        name="partners.xlsx",
        content=content,
        by=cast.by("noor"),
        at=AT,
    )
    sheet_importing.confirm(sheet=sheet, known=known, by=cast.by("noor"), at=AT)
    taken = Organisation.objects.get(municipality=cast.elsewhere)
    for name in ("name", "kind", "about", "quarter", "address", "access", "languages"):
        assert getattr(taken, name) == getattr(kitchen, name), name
    for name in ("telephone", "email", "website"):
        assert getattr(taken, name) == getattr(kitchen, name), name
    assert [one.name for one in taken.contacts.all()] == ["Bea Baars"]
    places = {one.what: one for one in taken.places.all()}
    assert set(places) == {"Kookgroep", "Naaigroep"}
    assert places["Kookgroep"].days == "dinsdag"
    assert places["Kookgroep"].capacities.get().number == 8


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_heads_of_the_file_are_known_when_it_is_read_in(cast, kitchen, language):
    cast.greet.language = language
    cast.greet.save()
    head, *_rows = lines(sign_in(cast.greet), PARTNERS)
    assert recognised([str(one) for one in head])[: len(FIELDS)] == list(FIELDS)


def test_a_place_shows_the_room_of_today(cast, kitchen):
    place = kitchen.places.get(what="Kookgroep")
    facts = {"what": "Kookgroep"}
    keep_place(
        organisation=kitchen,
        place=place,
        facts=facts,
        capacity=3,
        by=cast.by("greet"),
        at=AFTER,
    )
    room = "Plek voor hoeveel mensen"
    head, first, *_more = lines(sign_in(cast.greet), PARTNERS)
    assert dict(zip(head, first, strict=True))[room] == 3


def test_offer_and_use_are_the_numbers_of_the_screen(cast, pilot, kitchen):
    person = make_trajectory(cast, pilot, name="Plek").person
    make_onward(cast.sanne, person, kitchen.places.get(what="Kookgroep"), "started")
    client = sign_in(cast.greet)
    book = workbook(client, USE)
    _head, *rows = book.get_sheet_by_index(0).to_python()
    shown = client.get("/partners/gebruik/").context["provisions"]
    assert rows == [
        [
            one.label,
            one.places,
            one.room,
            one.unknown,
            one.referred,
            one.began,
            one.there,
            one.not_started,
        ]
        for one in shown
    ]
    assert sum(row[5] for row in rows) == 1
    told = dict(book.get_sheet_by_index(1).to_python())
    assert "publiceer" in told["Denk eraan"]


@pytest.mark.parametrize("url", [PARTNERS, USE])
def test_only_a_coordinator_takes_it_along_and_of_their_own_town(cast, kitchen, url):
    make_pilot(cast, cast.elsewhere)
    cast.sign_in_with_a_password()
    for name in ("sanne", "rik", "ilse", "bas", "fatima", "aad"):
        assert sign_in(getattr(cast, name)).get(url).status_code == 403
    answer = sign_in(cast.noor).get(url)
    assert answer.status_code == 403 or "Keuken" not in str(
        lines(sign_in(cast.noor), url)
    )


@pytest.mark.parametrize("url", [PARTNERS, USE])
def test_more_partners_ask_no_more_questions(
    cast, kitchen, url, django_assert_max_num_queries
):
    client = sign_in(cast.greet)
    for n in range(8):
        one = make_partner(cast.greet, f"Partner {n}")
        make_contact(cast.greet, one)
        make_place(cast.greet, one, capacity=n)
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
