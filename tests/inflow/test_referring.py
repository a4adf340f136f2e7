"""Somebody is brought in once, by a way the pilot knows; a referrer sees little."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot, note_call
from tests.inflow.reaching_out import a_candidate, a_referral, browser
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, Referral, Stage
from trede.inflow.referring import Status, known_as, status_of
from trede.people.details import PersonDetails
from trede.people.models import Person
from trede.pilots.models import Pilot

BSN, OTHER_BSN = "999990019", "999990020"
FORM = {
    "given_names": "Farid",
    "surname": "Noori",
    "birth_date": "01-05-1975",
    "bsn": "",
    "telephone": "06 12345678",
    "channel": "client_manager",
    "reason": "Wil graag onder de mensen zijn",
}


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = a_pilot(cast)
    cast.sign_in_with_a_password()
    return pilot


def test_who_is_referred_stands_on_the_waiting_list_from_that_day(cast, pilot):
    candidate = a_referral(cast, pilot).candidate
    assert (candidate.stage, candidate.since_on) == (Stage.WAITING, AT.date())
    assert candidate.person.surname == "Noori"
    assert [step.stage for step in candidate.transitions.all()] == [
        Stage.LISTED,
        Stage.WAITING,
    ]


def test_a_double_click_is_one_referral(cast, pilot):
    key = uuid4()
    first = a_referral(cast, pilot, submission=key)
    assert a_referral(cast, pilot, submission=key) == first
    assert (Referral.objects.count(), Person.objects.count()) == (1, 1)


def test_the_same_name_and_birth_date_is_the_same_person(cast, pilot):
    first = a_referral(cast, pilot)
    again = a_referral(cast, pilot, by="rik", channel="werkbedrijf")
    assert again.candidate == first.candidate
    assert Person.objects.count() == 1


def test_two_people_of_one_name_and_day_with_two_numbers_are_two(cast, pilot):
    known = a_person(
        cast, "Noori", given_names="Farid", birth_date="1975-05-01", bsn=BSN
    )
    details = PersonDetails(
        surname="Noori", given_names="Farid", birth_date="1975-05-01", bsn="999990032"
    )
    assert known_as(cast.here.pk, details) is None
    without = PersonDetails(
        surname="Noori", given_names="Farid", birth_date="1975-05-01"
    )
    assert known_as(cast.here.pk, without) == known


def test_a_bsn_under_another_name_tells_nobody_whose_it_is(cast, pilot):
    known = a_person(cast, "Noori", given_names="Farid", bsn=BSN)
    other = {**FORM, "given_names": "", "surname": "Bakker", "bsn": BSN}
    answer = browser(cast.rik).post(
        "/instroom/aanmelding/", {**other, "submission": uuid4()}, follow=True
    )
    assert answer.context["form"].errors["bsn"]
    assert "Noori" not in answer.content.decode()
    assert not Candidate.objects.filter(person=known).exists()


def test_a_part_of_the_name_is_enough_with_the_bsn(cast, pilot):
    known = a_person(cast, "Noori-Warsame", given_names="Farid", bsn=BSN)
    details = PersonDetails(surname="NOORI", bsn=BSN)
    assert a_referral(cast, pilot, details=details).candidate.person == known


def test_what_a_referral_adds_is_not_lost(cast, pilot):
    known = a_person(cast, "Noori", given_names="Farid", birth_date="1975-05-01")
    details = PersonDetails(
        surname="Noori",
        given_names="Farid",
        birth_date="1975-05-01",
        telephone="06 12345678",
    )
    a_referral(cast, pilot, details=details)
    known.refresh_from_db()
    assert known.telephone


def test_another_telephone_number_stands_with_the_reason(cast, pilot):
    known = a_person(
        cast,
        "Noori",
        given_names="Farid",
        birth_date="1975-05-01",
        telephone="06 11111111",
    )
    details = PersonDetails(
        surname="Noori",
        given_names="Farid",
        birth_date="1975-05-01",
        telephone="06 22222222",
    )
    referral = a_referral(cast, pilot, details=details)
    known.refresh_from_db()
    assert "22222222" not in known.telephone
    assert "22222222" in referral.reason.replace(" ", "")


@pytest.mark.parametrize(
    ("stage", "after"),
    [
        (Stage.LISTED, Stage.WAITING),
        (Stage.DECLINED, Stage.WAITING),
        (Stage.CLOSED, Stage.WAITING),
        (Stage.RESTING, Stage.RESTING),
        (Stage.STARTED, Stage.STARTED),
        (Stage.PAIR_WAITING, Stage.PAIR_WAITING),
    ],
)
def test_a_referral_brings_nobody_back_who_stands_further(stage, after, cast, pilot):
    candidate = a_candidate(cast, pilot, stage=stage)
    a_referral(cast, pilot, details=None, person=candidate.person)
    candidate.refresh_from_db()
    assert candidate.stage == after


def test_a_referrer_uses_the_ways_in_that_have_a_form(cast, pilot):
    with pytest.raises(Refused, match="ways in"):
        a_referral(cast, pilot, channel="target_list")
    a_referral(cast, pilot, channel="target_list", by="sanne", referrer=None)


def test_a_referral_needs_a_reason(cast, pilot):
    with pytest.raises(Refused, match="why you refer"):
        a_referral(cast, pilot, reason="  ")
    assert Person.objects.count() == 0


def test_the_form_of_a_referrer_brings_somebody_in(cast, pilot):
    client = browser(cast.rik)
    answer = client.post(
        "/instroom/aanmelding/", {**FORM, "submission": uuid4()}, follow=True
    )
    assert "Farid Noori" in answer.content.decode()
    referral = Referral.objects.get()
    assert (referral.referrer, referral.channel) == (cast.rik, "client_manager")


def test_a_wrong_bsn_is_said_and_what_was_typed_stays(cast, pilot):
    wrong = {**FORM, "bsn": "123456789", "submission": uuid4()}
    answer = browser(cast.rik).post("/instroom/aanmelding/", wrong)
    page = answer.content.decode()
    assert answer.context["form"].errors["bsn"]
    assert "Wil graag onder de mensen zijn" in page
    assert Person.objects.count() == 0


def test_a_referrer_sees_their_own_referrals_only_and_nothing_of_the_content(
    cast, pilot
):
    mine = a_referral(cast, pilot)
    a_referral(
        cast,
        pilot,
        by="sanne",
        referrer=None,
        details=PersonDetails(surname="Warsame", given_names="Abdi"),
    )
    note_call(cast, mine.candidate.person, pilot, note="Vertelde over schulden")
    page = browser(cast.rik).get("/instroom/aanmeldingen/")
    text = page.content.decode()
    assert [line["name"] for line in page.context["lines"]] == ["Farid Noori"]
    assert "schulden" not in text
    assert "onder de mensen" not in text
    assert "/deelnemers/" not in text


def test_the_coordinator_sees_all_of_the_town_and_a_stranger_nobody(cast, pilot):
    a_referral(cast, pilot)
    here = browser(cast.greet).get("/instroom/aanmeldingen/")
    assert len(here.context["lines"]) == 1
    far = browser(cast.noor).get("/instroom/aanmeldingen/")
    assert far.context["lines"] == []


@pytest.mark.parametrize(
    ("stage", "contacted", "status"),
    [
        (Stage.WAITING, False, Status.RECEIVED),
        (Stage.WAITING, True, Status.CONTACTED),
        (Stage.INTAKE, False, Status.CONTACTED),
        (Stage.STARTED, True, Status.STARTED),
        (Stage.CLOSED, True, Status.CLOSED),
        (Stage.DECLINED, True, Status.CLOSED),
        (Stage.INELIGIBLE, False, Status.CLOSED),
    ],
)
def test_a_status_says_how_far_and_not_why(stage, contacted, status):
    referral = Referral(candidate=Candidate(stage=stage))
    assert status_of(referral, contacted=contacted) is status


def test_a_call_before_the_referral_is_not_its_contact(cast, pilot):
    person = a_person(cast, "Noori", given_names="Farid", birth_date="1975-05-01")
    note_call(cast, person, pilot, at=AT - timedelta(days=3))
    a_referral(cast, pilot)
    page = browser(cast.rik).get("/instroom/aanmeldingen/")
    assert page.context["lines"][0]["mark"] == "wait"
