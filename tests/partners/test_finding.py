"""A wish finds the partner where it can come true."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.partners.making import make_partner, make_place
from tests.people.making import make_person
from trede.inflow.reading.values import fold
from trede.partners.choices import Known
from trede.partners.directory import take_out
from trede.partners.finding import Directory, asked, words
from trede.partners.models import Organisation
from trede.pilots.rules import ActivityType

TODAY = AT.date()
KNOWN = Known({}, {"crafts": ActivityType(code="crafts", label="Handwerk")})


def found(query: str, on=TODAY) -> Directory:
    return Directory(Organisation.objects.all(), asked(QueryDict(query)), on, KNOWN)


def names(query: str, on=TODAY) -> list[str]:
    return [one.organisation.name for one in found(query, on).lines()]


@pytest.fixture
def town(cast: Cast) -> Cast:
    kitchen = make_partner(cast.sanne, languages=["nl", "tr"])
    make_place(
        cast.sanne,
        kitchen,
        "Kookgroep",
        for_whom="vrouwen",
        activity_type="crafts",
    )
    wheel = make_partner(
        cast.sanne, "Het Wiel", kind="sports", quarter="noord", about="Fietsclub"
    )
    make_place(cast.sanne, wheel, "Zwemles", language="ar")
    return cast


@pytest.mark.parametrize(
    ("wish", "finds"),
    [
        ("fietsen", ["Het Wiel"]),
        ("FIETSEN", ["Het Wiel"]),
        ("zwemmen", ["Het Wiel"]),
        ("koken", ["De Keuken"]),
        ("koken vrouwen", ["De Keuken"]),
        ("handwerk", ["De Keuken"]),
        ("zwemmen arabic", ["Het Wiel"]),
        ("keuken", ["De Keuken"]),
        ("wiel zwemles", ["Het Wiel"]),
        ("", ["De Keuken", "Het Wiel"]),
        ("%", ["De Keuken", "Het Wiel"]),
    ],
)
def test_what_somebody_wants_is_found(town: Cast, wish: str, finds: list[str]):
    assert names(urlencode({"q": wish})) == finds


def test_where_nothing_has_every_word_what_has_most_of_them_is_shown(town: Cast):
    page = found("q=koken+mannen")
    assert [one.organisation.name for one in page.lines()] == ["De Keuken"]
    assert page.in_part
    assert not found("q=koken+vrouwen").in_part
    assert names("q=schaken+dammen") == []


def test_the_place_that_fits_is_named(town: Cast):
    [one] = found("q=koken").lines()
    assert [place.what for place in one.fits] == ["Kookgroep"]
    assert [place.what for place in one.offered] == ["Kookgroep"]


def test_filters_narrow_and_their_numbers_are_those_of_the_list(town: Cast):
    page = found("")
    for chip in [*page.kinds(), *page.quarters(), *page.languages()]:
        assert len(names(chip["url"][1:])) == chip["count"] > 0
    assert names("taal=ar") == ["Het Wiel"]
    assert names("wijk=oost") == ["De Keuken"]
    assert names("soort=sports&taal=tr") == []


def test_choosing_a_filter_once_more_lets_it_go(town: Cast):
    [chosen] = [one for one in found("soort=sports").kinds() if one["current"]]
    assert chosen["url"] == "?"


def test_for_a_person_who_speaks_their_language_and_is_near_comes_first(town: Cast):
    nadia = make_person(town, "Nadia Amrani", language="ar", quarter="oost")
    lines = found("").lines_for(nadia)
    assert [one.organisation.name for one in lines] == ["Het Wiel", "De Keuken"]
    nadia = make_person(town, "Nadia Demir", quarter="oost")
    assert found("").lines_for(nadia)[0].organisation.name == "De Keuken"
    unknown = make_person(town, "Nadia Veer")
    assert len(found("").lines_for(unknown)) == 2


def test_nonsense_in_the_address_is_no_filter(town: Cast):
    assert len(names("soort=bestaat-niet&stand=ook-niet&q=" + "en" * 3)) == 0
    assert len(names("soort=%00&stand=x")) == 2


def test_what_is_out_of_use_or_stale_has_a_list_of_its_own(town: Cast):
    kitchen = Organisation.objects.get(name="De Keuken")
    take_out(organisation=kitchen, on=TODAY, by=town.by("sanne"), at=AT)
    later = TODAY + timedelta(days=200)
    assert names("") == ["Het Wiel"]
    assert names("stand=uit") == ["De Keuken"]
    assert names("stand=nakijken") == []
    assert names("stand=nakijken", later) == ["Het Wiel"]


def test_the_number_of_queries_does_not_grow(town: Cast, django_assert_num_queries):
    for n in range(5):
        make_place(town.sanne, make_partner(town.sanne, f"Nummer {n}"))
    with django_assert_num_queries(2):
        page = found("q=kook")
        page.lines(), page.kinds(), page.languages(), page.quarters(), page.states()


@given(st.text(max_size=40))
def test_every_word_finds_itself(text: str):
    for forms, word in zip(words(text), fold(text).split(), strict=True):
        assert any(form in word for form in forms)


@given(st.from_regex(r"[a-z]{5,12}", fullmatch=True))
def test_no_form_of_a_word_is_shorter_than_two_letters(word: str):
    [forms] = words(word)
    assert word in forms
    assert all(len(form) >= 2 for form in forms)
