"""The list of people, and searching."""

import pytest
from django.utils import timezone

from tests.cast import AT, Cast
from tests.desk.making import DAY, make_story, sign_in
from tests.partners.making import make_partner
from tests.people.making import a_bsn, make_person
from tests.trajectories.making import AFTER, make_candidate, make_pilot
from trede.accounts.models import Staff
from trede.audit.models import Line
from trede.inflow.models import Stage
from trede.partners.directory import take_out
from trede.people.models import Person
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


def listed(staff: Staff, query: str = "") -> list[str]:
    answer = sign_in(staff).get(f"/deelnemers/{query}")
    assert answer.status_code == 200
    return [one.person.surname for one in answer.context["page"]]


def test_a_coach_begins_with_their_own_people(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    make_candidate(cast, pilot, name="Zonder")
    assert listed(cast.sanne) == ["Amrani"]
    assert listed(cast.sanne, "?coach=niemand") == ["Zonder"]
    assert listed(cast.willem) == []
    assert listed(cast.willem, "?coach=") == ["Zonder"]


def test_the_coordinator_begins_with_everybody(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    make_candidate(cast, pilot, name="Zonder")
    assert set(listed(cast.greet)) == {"Amrani", "Zonder"}
    assert listed(cast.greet, f"?coach={cast.sanne.pk}") == ["Amrani"]


def test_a_colleagues_number_in_the_address_opens_nothing(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    assert listed(cast.willem, f"?coach={cast.sanne.pk}") == []


def test_a_stranger_sees_nobody_of_ours(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    said = sign_in(cast.noor).get("/deelnemers/?coach=").content.decode()
    assert "Amrani" not in said


def test_the_count_on_each_filter_is_the_length_of_its_list(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    for n, stage in enumerate((Stage.WAITING, Stage.WAITING, Stage.TO_START)):
        make_candidate(cast, pilot, stage=stage, at=AFTER + n * DAY)
    client = sign_in(cast.greet)
    shown = client.get("/deelnemers/").context
    names = ("whose", "stages", "quarters", "since")
    chips = [chip for name in names for chip in shown[name]]
    assert chips
    for chip in chips:
        page = client.get(f"/deelnemers/{chip['url']}").context["page"]
        assert page.paginator.count == chip["count"], chip


def test_whose_situation_changed_last_comes_first(cast: Cast, pilot: Pilot):
    make_candidate(cast, pilot, name="Eerder", at=AFTER)
    make_candidate(cast, pilot, name="Later", at=AFTER + DAY)
    assert listed(cast.greet) == ["Later", "Eerder"]


def test_nonsense_in_the_address_is_no_filter(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    for query in ("?coach=x'--", "?stand=onzin", "?coach=99999999999999", "?page=x"):
        assert listed(cast.sanne, query) == ["Amrani"]


def test_only_who_is_on_the_page_is_in_the_trail(cast: Cast, pilot: Pilot):
    story = make_story(cast, pilot)
    make_candidate(cast, pilot, name="Zonder")
    listed(cast.sanne)
    line = Line.objects.order_by("-sequence")[0]
    assert line.action == "looked at desk:people"
    assert [one.person_id for one in line.mentions.all()] == [story.person.pk]


def found(staff: Staff, text: str) -> list[Person]:
    answer = sign_in(staff).post("/zoeken/", {"q": text})
    return [person for person, *_more in answer.context["found"]]


def test_somebody_is_found_by_any_name_part_telephone_or_bsn(cast: Cast):
    number = a_bsn()
    person = make_person(
        cast, "Nadia Yıldız", cast.sanne, bsn=number, telephone="06 12345678"
    )
    for text in ("yil", "NAD", "0612345678", "06-12345678", number):
        assert found(cast.sanne, text) == [person], text


@pytest.mark.parametrize("name", ["willem", "noor"])
def test_a_colleague_and_a_stranger_do_not_find_them(cast: Cast, name):
    make_person(cast, "Nadia Yıldız", cast.sanne)
    assert found(getattr(cast, name), "yil") == []


def test_a_coordinator_and_the_privacy_officer_find_everybody(cast: Cast):
    person = make_person(cast, "Nadia Yıldız", cast.sanne)
    assert found(cast.greet, "yil") == [person]
    assert found(cast.fatima, "yil") == [person]


def partners(staff: Staff, text: str) -> list[str]:
    answer = sign_in(staff).post("/zoeken/", {"q": text})
    found = [one.name for one in answer.context["partners"]]
    told = answer.content.decode()
    assert all(name in told for name in found)
    return found


def test_a_partner_is_found_beside_the_people(cast: Cast):
    make_partner(cast.sanne, "Stichting De Kiem")
    make_partner(cast.sanne, "Stichting De Keuken")
    make_partner(cast.noor, "De Kiem van elders")
    for text in ("kiem", "KIE", "stichting kiem"):
        assert partners(cast.sanne, text) == ["Stichting De Kiem"], text
    assert partners(cast.greet, "kiem") == ["Stichting De Kiem"]
    assert partners(cast.sanne, "ki") == []


def test_a_partner_out_of_use_is_not_found(cast: Cast):
    gone = make_partner(cast.sanne, "De Kiem")
    take_out(organisation=gone, on=AT.date(), by=cast.by("sanne"), at=AT)
    assert partners(cast.sanne, "kiem") == []


def test_who_does_not_work_with_partners_finds_none(cast: Cast):
    make_partner(cast.sanne, "De Kiem")
    assert partners(cast.fatima, "kiem") == []


@pytest.mark.parametrize("text", ["ab", "%%%", "' or 1=1", "x" * 500])
def test_who_finds_nobody_is_told_what_to_do(cast: Cast, text):
    make_person(cast, "Nadia Yıldız", cast.sanne)
    answer = sign_in(cast.sanne).post("/zoeken/", {"q": text})
    assert answer.status_code == 200
    assert answer.context["found"] == []
    assert 'class="empty' in answer.content.decode()


def test_a_search_is_in_the_trail_with_whom_it_found_and_not_what_was_typed(
    cast: Cast,
):
    person = make_person(cast, "Nadia Yıldız", cast.sanne)
    found(cast.sanne, "yil")
    line = Line.objects.order_by("-sequence")[0]
    assert line.action == "looked at desk:search"
    assert [one.person_id for one in line.mentions.all()] == [person.pk]
    assert "yil" not in f"{line.fields}{line.object_id}"


def test_what_was_typed_never_stands_in_an_address(cast: Cast):
    said = sign_in(cast.sanne).get("/zoeken/?q=yil")
    assert said.context["found"] == []
    assert 'method="post"' in said.content.decode()


def test_whose_situation_changed_lately_can_be_asked(cast: Cast, pilot: Pilot):
    now = timezone.now()
    for name, days in (("Nu", 1), ("Maand", 20), ("Ooit", 300)):
        make_candidate(cast, pilot, name=name, at=now - days * DAY)
    assert listed(cast.greet, "?sinds=7") == ["Nu"]
    assert listed(cast.greet, "?sinds=31") == ["Nu", "Maand"]
    assert len(listed(cast.greet, "?sinds=onzin")) == 3


def test_the_file_has_the_lines_of_the_list(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    make_candidate(cast, pilot, name="Zonder", stage=Stage.WAITING)
    client = sign_in(cast.greet)
    for query in ("?", "?stand=waiting", f"?coach={cast.sanne.pk}"):
        page = client.get(f"/deelnemers/{query}").context["page"]
        answer = client.get(f"/deelnemers/bestand/{query}&als=csv")
        rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        names = [row.split(";")[0] for row in rows[1:]]
        assert names == [one.person.full_name for one in page]
        assert names
    assert sign_in(cast.sanne).get("/deelnemers/bestand/").status_code == 403


def test_taking_the_list_along_names_everybody_in_the_trail(cast: Cast, pilot: Pilot):
    two = [make_candidate(cast, pilot, name=name) for name in ("Een", "Twee")]
    sign_in(cast.greet).get("/deelnemers/bestand/")
    line = Line.objects.order_by("-sequence")[0]
    assert line.action == "looked at desk:people_file"
    assert {one.person_id for one in line.mentions.all()} == {
        one.person_id for one in two
    }


def test_a_list_that_is_not_read_to_its_end_says_so(cast, pilot, monkeypatch):
    for _n in range(3):
        make_candidate(cast, pilot)
    client = sign_in(cast.greet)
    for most, told in ((3, False), (2, True)):
        monkeypatch.setattr("trede.desk.listing.MOST", most)
        page = client.get("/deelnemers/?coach=")
        assert page.context["page"].paginator.count == most
        assert ("Er zijn er meer." in page.content.decode()) is told
