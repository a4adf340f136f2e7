"""Somebody stops, or lets nothing be heard any more: noted without a penalty word."""

import pytest
from django.urls import reverse

from tests.cast import AT, Cast, employ
from tests.contact.making import a_pilot
from tests.inflow.reaching_out import a_candidate
from tests.inflow.reaching_out import browser as as_
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.inflow.declining import decline, drop_out
from trede.inflow.models import Candidate, Stage
from trede.people.models import Person
from trede.pilots.models import Pilot


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = a_pilot(cast)
    cast.sign_in_with_a_password()
    return made


@pytest.fixture
def candidate(cast: Cast, pilot: Pilot) -> Candidate:
    return a_candidate(cast, pilot, coach="sanne")


def address(candidate: Candidate) -> str:
    return reverse("inflow:drop_out", args=[candidate.pk])


def test_the_reasons_of_stopping_are_not_those_of_declining(cast, candidate):
    now = {"by": cast.by("sanne"), "at": AT}
    for rule, reason in ((decline, "no_answer"), (drop_out, "enough_to_do")):
        with pytest.raises(Refused, match="reason from the list"):
            rule(candidate=candidate, reason=reason, **now)


@pytest.mark.parametrize("reason", ["stopped", "no_answer"])
def test_it_is_noted_on_a_page_once_and_can_be_undone(cast, candidate, reason):
    sanne = as_(cast.sanne)
    page = sanne.get(address(candidate)).text
    assert "hoeft niets uit te leggen" in page
    for _twice in range(2):
        answer = sanne.post(address(candidate), {"reason": reason}, follow=True)
    assert "doet niet meer mee" in answer.text
    step = candidate.transitions.last()
    assert (step.stage, step.reason) == (Stage.GONE, reason)
    assert candidate.transitions.filter(stage=Stage.GONE).count() == 1
    undo = reverse("inflow:undo_step", args=[candidate.pk])
    sanne.post(f"{undo}?stap={step.pk}")
    candidate.refresh_from_db()
    assert candidate.stage == Stage.WAITING


def test_the_page_of_the_person_leads_there(cast, candidate):
    page = as_(cast.sanne).get(reverse("desk:person", args=[candidate.person_id]))
    assert address(candidate) in page.text


def test_another_reason_changes_nothing(cast, candidate):
    as_(cast.sanne).post(address(candidate), {"reason": "lazy"})
    candidate.refresh_from_db()
    assert candidate.stage == Stage.WAITING


@pytest.mark.parametrize(("who", "status"), [("willem", 404), ("ilse", 403)])
def test_nobody_else_notes_it(cast, candidate, who, status):
    answer = as_(getattr(cast, who)).post(address(candidate), {"reason": "stopped"})
    assert answer.status_code == status


def test_elsewhere_it_does_not_exist(cast, candidate):
    far = employ(cast.elsewhere, "ver", Role.COORDINATOR)
    assert as_(far).get(address(candidate)).status_code == 404
    assert Person.objects.filter(pk=candidate.person_id).exists()
