"""Choosing the final report: what is missing is said before it is computed."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.studies.making import make_study
from tests.studies.twice import AT, measured_twice, with_intake
from trede.accounts.models import Staff
from trede.pilots.models import PilotFile
from trede.studies.models import Run, Study

pytestmark = pytest.mark.django_db
UNTIL = "2021-11-30"


@pytest.fixture
def study(cast: Cast) -> Study:
    made = make_study(cast)
    cast.sign_in_with_a_password()
    return made


@pytest.fixture(autouse=True)
def today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def compute(study: Study, staff: Staff, edition: str = "final", until: str = UNTIL):
    return visit(staff).post(
        f"/onderzoek/{study.pk}/berekenen/",
        {"edition": edition, "until": until},
        follow=True,
    )


def desk(study: Study, staff: Staff) -> str:
    return visit(staff).get(f"/onderzoek/{study.pk}/").content.decode()


def test_the_desk_says_why_there_can_be_no_final_report(study: Study, cast: Cast):
    with_intake(study, cast)
    text = desk(study, cast.ilse)
    assert "Vandaag kan er nog geen eindrapport zijn" in text
    assert "Niemand is zowel bij de intake als bij de evaluatie gemeten" in text


def test_the_desk_says_what_a_final_report_would_lack(study: Study, cast: Cast):
    file = PilotFile.objects.get(pilot=study.pilot)
    start, rest = file.text.split("[final_report]", 1)
    PilotFile.objects.update(text=start + "[[roles]]" + rest.split("[[roles]]", 1)[1])
    measured_twice(study, cast)
    text = desk(study, cast.ilse)
    assert "Er kan een eindrapport worden berekend" in text
    assert "1 van de 1 deelnemers" in text
    assert "noemt geen onderzoeksvraag" in text


def test_the_researcher_computes_a_final_report_and_reads_it(study: Study, cast: Cast):
    for _each in range(5):
        measured_twice(study, cast)
    answer = compute(study, cast.ilse)
    run = Run.objects.get()
    assert run.edition == "final"
    assert answer.redirect_chain[-1][0] == f"/rapporten/berekening/{run.pk}/"
    text = answer.content.decode()
    assert "Trede op de ladder, volgens de coach" in text
    assert "Waarom de evaluatie er niet bij staat" not in text


def test_a_refusal_keeps_what_was_chosen(study: Study, cast: Cast):
    with_intake(study, cast)
    text = compute(study, cast.ilse).content.decode()
    assert "kan er nog geen eindrapport zijn" in text
    assert 'value="final" selected' in text
    assert not Run.objects.exists()


@pytest.mark.parametrize("edition", ["", "third", "FINAL"])
def test_a_report_that_does_not_exist_is_not_computed(
    study: Study, cast: Cast, edition: str
):
    measured_twice(study, cast)
    answer = compute(study, cast.ilse, edition)
    assert "field--wrong" in answer.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize("name", ["sanne", "noor", "bas"])
def test_nobody_but_the_researcher_of_the_town_computes_it(
    study: Study, cast: Cast, name: str
):
    measured_twice(study, cast)
    answer = compute(study, getattr(cast, name))
    assert answer.status_code in (403, 404)
    assert not Run.objects.exists()
