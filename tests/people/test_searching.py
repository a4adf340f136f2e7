from typing import Any

import pytest

from tests.cast import AT, Cast
from tests.people.making import a_bsn, make_person
from trede.accounts.permissions import Reach
from trede.people import searching
from trede.people.households import housemates, join
from trede.people.merging import merge
from trede.people.models import Person
from trede.people.searching import by_bsn, find


def found(text: str) -> list[str]:
    return [person.full_name for person in find(Person.objects.all(), text).people]


@pytest.mark.parametrize(
    "typed", ["yil", "YILDIZ", "yıldı", "nadia y", "ouafa", "Nadia Ouafa Yıldız", "oua"]
)
def test_a_person_is_found_by_the_start_of_any_name_part(
    cast: Cast, typed: str
) -> None:
    make_person(cast, "Nadia Ouafa Yıldız")
    make_person(cast, "Jan Bakker")
    assert found(typed) == ["Nadia Ouafa Yıldız"]


@pytest.mark.parametrize("typed", ["", "   ", "yi", "dız", "yildirim", "bakkerij", "?"])
def test_what_does_not_match_finds_nobody(cast: Cast, typed: str) -> None:
    make_person(cast, "Nadia Yıldız")
    make_person(cast, "Jan Bakker")
    assert found(typed) == []


def test_a_start_longer_than_the_index_is_compared_after_decrypting(cast: Cast) -> None:
    make_person(cast, "Ali Benmohammed")
    make_person(cast, "Ali Benmohand")
    assert found("benmohamm") == ["Ali Benmohammed"]


def test_parts_of_a_joined_name_count_each(cast: Cast) -> None:
    make_person(cast, "Fatma El-Amrani")
    assert found("amrani") == ["Fatma El-Amrani"]


def test_a_short_name_is_found_whole(cast: Cast) -> None:
    make_person(cast, "Xi Wu")
    assert found("wu") == ["Xi Wu"]


def test_the_prefix_of_a_surname_narrows_but_does_not_sort(cast: Cast) -> None:
    make_person(cast, "Piet Berg", name_prefix="van den")
    make_person(cast, "Anna Berger")
    make_person(cast, "Kees Berg")
    assert found("berg") == ["Kees Berg", "Piet van den Berg", "Anna Berger"]
    assert found("van den berg") == ["Piet van den Berg"]


def test_a_prefix_that_ends_in_a_hyphen_stands_against_the_surname(cast: Cast) -> None:
    make_person(cast, "Samir Wahmin", name_prefix="al-")
    make_person(cast, "Anna Arc", name_prefix="d'")
    assert found("wahmin") == found("al-wahmin") == ["Samir al-Wahmin"]
    assert found("arc") == ["Anna d'Arc"]


def test_a_birth_date_narrows_a_name(cast: Cast) -> None:
    make_person(cast, "Ali Demir", birth_date="1975-03-12")
    make_person(cast, "Ali Demir", birth_date="1980-03-12")
    assert len(found("demir")) == 2
    assert len(found("demir 12-3-1975")) == 1
    assert len(found("demir 1980-03-12")) == 1


@pytest.mark.parametrize("typed", ["0612345678", "06-12 34 56 78", "+31612345678"])
def test_a_person_is_found_by_telephone(cast: Cast, typed: str) -> None:
    make_person(cast, "Nadia Yıldız", telephone="06 1234 5678")
    make_person(cast, "Jan Bakker", telephone="06 1234 5679")
    assert found(typed) == ["Nadia Yıldız"]


def test_a_person_is_found_by_bsn_also_without_its_zero(cast: Cast) -> None:
    make_person(cast, "Nadia Yıldız", bsn="012345672")
    assert found("012345672") == found("12345672") == ["Nadia Yıldız"]
    assert found("0123.45.672") == ["Nadia Yıldız"]


def test_a_coach_finds_only_whom_the_coach_may_see(cast: Cast) -> None:
    make_person(cast, "Nadia Yıldız", cast.sanne)
    make_person(cast, "Omar Yıldız", cast.willem)
    make_person(cast, "Wali Yıldız", cast.noor)
    seen = Person.objects.all().visible_to(cast.sanne, Reach.OWN)
    assert [person.given_names for person in find(seen, "yil").people] == ["Nadia"]
    whole = Person.objects.all().visible_to(cast.greet, Reach.MUNICIPALITY)
    assert {person.given_names for person in find(whole, "yil").people} == {
        "Nadia",
        "Omar",
    }


def test_who_was_merged_away_is_not_found(cast: Cast) -> None:
    kept, other = make_person(cast, "Nadia Yıldız"), make_person(cast, "Nadia Yildiz")
    merge(kept=kept, other=other, reason="zelfde", by=cast.by("greet"), at=AT)
    assert find(Person.objects.all(), "yil").people == [kept]


def test_a_whole_list_of_numbers_is_looked_up_at_once(cast: Cast) -> None:
    numbers = [a_bsn() for _ in range(3)]
    person = make_person(cast, bsn=numbers[1])
    make_person(cast, municipality=cast.elsewhere, bsn=numbers[2])
    assert by_bsn(municipality=cast.here, numbers=numbers) == {numbers[1]: person.pk}


def test_a_start_that_fits_many_shows_a_page_and_counts_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_person(cast, f"Mo Bakker{'abcde'[number]}")
    everybody = Person.objects.all()
    page = find(everybody, "bak", 2)
    assert (len(page.people), page.more, page.counted) == (2, 3, True)
    assert find(everybody, "bak", 5).more == 0
    monkeypatch.setattr(searching, "COUNTED", 2)
    page = find(everybody, "bak", 2)
    assert (len(page.people), page.more, page.counted) == (2, 2, False)
    longer = find(everybody, "mo bakker", 2)
    assert (len(longer.people), longer.more) == (2, 3)


def test_no_more_people_are_fetched_than_are_shown(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for _n in range(6):
        make_person(cast, "Mo Bakker")
    with django_assert_num_queries(3):
        assert len(find(Person.objects.all(), "bak", 3).people) == 3


def test_names_are_compared_a_few_at_a_time_until_the_page_is_full(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKS", (0, 2, 4, 6))
    others = ("Benmohand", "Benmohamm", "Benmohandi", "Benmohamm", "Benmohamm")
    for surname in others:
        make_person(cast, f"Ali {surname}")
    whole = find(Person.objects.all(), "benmohamm")
    assert (len(whole.people), whole.more, whole.counted) == (3, 0, True)
    # The second look fills the page: nobody is looked at any further.
    page = find(Person.objects.all(), "benmohamm", most=1)
    assert (len(page.people), page.more, page.counted) == (1, 1, False)


def test_every_word_of_a_name_narrows(cast: Cast) -> None:
    make_person(cast, "Fatma Yıldız")
    make_person(cast, "Fatma Demir")
    make_person(cast, "Ayşe Yıldız")
    assert found("fatma yildiz") == found("yildiz fatm") == ["Fatma Yıldız"]


def test_a_long_word_before_the_surname_is_no_part_of_the_index(cast: Cast) -> None:
    make_person(cast, "Piet Berghuizen", name_prefix="over den")
    assert found("over den berghuizen") == ["Piet over den Berghuizen"]


def test_who_lives_with_somebody_found_is_found_with_them(cast: Cast) -> None:
    nadia, omar = make_person(cast, "Nadia Yıldız"), make_person(cast, "Omar Bakker")
    join(person=nadia, other=omar, by=cast.by("sanne"), at=AT)
    nadia.refresh_from_db()
    people = Person.objects.all()
    assert housemates(people, [nadia]) == {nadia.pk: [omar]}
    assert housemates(people.exclude(pk=omar.pk), [nadia]) == {}
    assert housemates(people, [make_person(cast, "Jan Los")]) == {}
