"""From the target list onto the waiting list: screened, fitting, in one click."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.doors.walking import visitor
from tests.inflow.listmaking import AMINA, LATER, candidate, confirmed, make_pilot
from tests.inflow.test_screening import DUTCH, YES_TO_ALL
from trede.accounts.refusing import Refused
from trede.inflow import screening
from trede.inflow.models import Candidate, CriterionOutcome, Stage
from trede.inflow.waiting import put_on_waiting_list
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
Outcome = CriterionOutcome.Outcome


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast.here)


@pytest.fixture
def amina(cast: Cast, pilot: Pilot) -> Candidate:
    confirmed(cast, pilot, AMINA, DUTCH)
    return candidate("Idrissi")


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return visitor(cast.sanne)


def screen(cast: Cast, one: Candidate, **other: Outcome) -> None:
    by = cast.by("sanne")
    outcomes = YES_TO_ALL | other
    screening.screen(candidate=one, outcomes=outcomes, by=by, at=LATER)


def put(client: Client, one: Candidate) -> str:
    address = reverse("inflow:put_on_list", args=[one.pk])
    answer = client.post(address, follow=True)
    return str(answer.content.decode())


def page_of(client: Client, one: Candidate) -> str:
    answer = client.get(reverse("inflow:eligibility", args=[one.pk]))
    return str(answer.content.decode())


def stage_of(one: Candidate) -> str:
    one.refresh_from_db()
    return one.stage


def test_who_was_screened_and_fits_goes_onto_the_list_and_off_again(cast, sanne, amina):
    screen(cast, amina)
    assert reverse("inflow:put_on_list", args=[amina.pk]) in page_of(sanne, amina)
    page = put(sanne, amina)
    assert stage_of(amina) == Stage.WAITING
    step = amina.transitions.last()
    undo = f"{reverse('inflow:undo_step', args=[amina.pk])}?stap={step.pk}"
    assert undo in page
    sanne.post(undo)
    assert stage_of(amina) == Stage.LISTED


def test_putting_twice_is_once(cast, sanne, amina):
    screen(cast, amina)
    for _twice in range(2):
        put(sanne, amina)
    assert amina.transitions.filter(stage=Stage.WAITING).count() == 1


def test_before_the_screening_the_page_names_what_is_not_known_yet(sanne, amina):
    page = page_of(sanne, amina)
    assert "Gezondheid staat meedoen niet in de weg. Vul die eerst in" not in page
    assert "De screening is nog niet af" in page
    assert reverse("inflow:put_on_list", args=[amina.pk]) not in page
    assert "De screening is nog niet af" in put(sanne, amina)
    assert stage_of(amina) == Stage.LISTED


def test_who_does_not_fit_is_refused_until_there_is_an_exception(cast, amina):
    screen(cast, amina, health=Outcome.NOT_MET)
    by = cast.by("sanne")
    with pytest.raises(Refused, match="does not fit: Gezondheid"):
        put_on_waiting_list(candidate=amina, by=by, at=LATER)
    screening.override(
        candidate=amina,
        criterion="health",
        outcome=Outcome.MET,
        reason="De huisarts moedigt het aan",
        by=by,
        at=LATER,
    )
    put_on_waiting_list(candidate=amina, by=by, at=LATER)
    assert stage_of(amina) == Stage.WAITING


def test_what_the_list_said_counts_too(cast, amina):
    jansen = candidate("Jansen")
    screen(cast, jansen)
    with pytest.raises(Refused, match="migratieachtergrond"):
        put_on_waiting_list(candidate=jansen, by=cast.by("sanne"), at=LATER)


def test_a_colleagues_person_and_a_strangers_are_not_found(cast, amina):
    screen(cast, amina)
    make_responsible(
        person=amina.person,
        staff=cast.sanne,
        on=LATER.date(),
        reason="",
        by=cast.by("greet"),
        at=LATER,
    )
    address = reverse("inflow:put_on_list", args=[amina.pk])
    for colleague in (cast.willem, cast.noor):
        assert visitor(colleague).post(address).status_code == 404
    for other in (cast.rik, cast.ilse, cast.bas, cast.fatima, cast.aad):
        assert visitor(other).post(address).status_code == 403
    assert visitor(cast.sanne).get(address).status_code == 405
    assert stage_of(amina) == Stage.LISTED
