import pytest

from tests.cast import AT, Cast
from tests.people.making import a_bsn, make_person
from trede.accounts.permissions import Reach
from trede.people.merging import merge
from trede.people.models import Person
from trede.people.searching import by_bsn, find


def found(text: str) -> list[str]:
    return [person.full_name for person in find(Person.objects.all(), text)]


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
    assert [person.given_names for person in find(seen, "yil")] == ["Nadia"]
    whole = Person.objects.all().visible_to(cast.greet, Reach.MUNICIPALITY)
    assert {person.given_names for person in find(whole, "yil")} == {"Nadia", "Omar"}


def test_who_was_merged_away_is_not_found(cast: Cast) -> None:
    kept, other = make_person(cast, "Nadia Yıldız"), make_person(cast, "Nadia Yildiz")
    merge(kept=kept, other=other, reason="zelfde", by=cast.by("greet"), at=AT)
    assert find(Person.objects.all(), "yil") == [kept]


def test_a_whole_list_of_numbers_is_looked_up_at_once(cast: Cast) -> None:
    numbers = [a_bsn() for _ in range(3)]
    person = make_person(cast, bsn=numbers[1])
    make_person(cast, municipality=cast.elsewhere, bsn=numbers[2])
    assert by_bsn(municipality=cast.here, numbers=numbers) == {numbers[1]: person.pk}
