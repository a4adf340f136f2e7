"""Practising goes as with a person, and leaves nothing behind."""

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.questionnaires.conftest import Desk
from tests.questionnaires.devices import PIN, signed_in
from trede.questionnaires import practising
from trede.questionnaires.models import Answer, Handover, Instruction, Sitting

BEGIN, QUESTIONS, CHECK = (
    f"/vragenlijsten/oefenen/{page}" for page in ("", "vragen/", "nakijken/")
)
SAID = "Weer gaan zingen in het koor"


def begin(client: Client, pin: str = PIN, language: str = "nl") -> HttpResponse:
    return client.post(BEGIN, {"pin": pin, "again": pin, "language": language})


@pytest.fixture
def coach(desk: Desk) -> Client:
    coach = signed_in(desk)
    begin(coach)
    return coach


def to_the_end(coach: Client) -> str:
    here = QUESTIONS + "?vraag=" + practising.core().questions[0].code
    while "?vraag=" in here:
        here = coach.post(here, {"missing": "refused"}).headers["Location"]
    return here


def made_up(coach: Client) -> practising.Practice:
    found = practising.unsealed(coach.cookies[practising.COOKIE].value)
    assert found is not None
    return found


def test_one_begins_with_a_pin_at_the_first_question(desk: Desk):
    answer = begin(signed_in(desk))
    first = practising.core().questions[0].code
    assert answer.headers["Location"] == f"{QUESTIONS}?vraag={first}"


@pytest.mark.parametrize("pin", ["1111", "3456", "12", ""])
def test_a_weak_pin_is_refused_as_with_a_person(desk: Desk, pin: str):
    assert begin(signed_in(desk), pin).status_code == 200


def test_the_pages_are_those_of_a_person_marked_as_practising(coach: Client):
    page = coach.get(QUESTIONS).headers["Location"]
    shown = coach.get(page).content.decode()
    assert "Oefenen: verzin de antwoorden" in shown
    assert practising.core().questions[0].text.read_in("nl") in shown
    assert 'name="missing"' in shown


def test_in_another_language_too_and_from_right_to_left(desk: Desk):
    coach = signed_in(desk)
    here = begin(coach, language="ar").headers["Location"]
    shown = coach.get(here).content.decode()
    assert '<html lang="ar" dir="rtl">' in shown
    assert practising.core().questions[0].text.read_in("ar") in shown


def test_nothing_is_kept_but_that_one_has_practised(desk: Desk, coach: Client):
    assert to_the_end(coach) == CHECK
    back = coach.post(CHECK, {"pin": PIN})
    assert back.headers["Location"] == "/vragenlijsten/instructie/"
    for model in (Sitting, Answer, Handover):
        assert not model.objects.exists()
    kept = Instruction.objects.get()
    assert (kept.kind, kept.staff) == ("practised", desk.cast.sanne)


def test_with_a_wrong_pin_one_does_not_get_back(coach: Client):
    to_the_end(coach)
    assert coach.post(CHECK, {"pin": "9999"}).status_code == 200
    assert not Instruction.objects.exists()


def test_who_stops_half_way_has_not_practised(coach: Client):
    first = practising.core().questions[0].code
    stopped = coach.post(f"{QUESTIONS}?vraag={first}", {"go": "stop"})
    assert stopped.headers["Location"] == CHECK
    coach.post(CHECK, {"pin": PIN})
    assert not Instruction.objects.exists()


def test_words_stand_nowhere_not_even_in_the_cookie(coach: Client):
    written = next(q for q in practising.core().questions if q.kind == "long_text")
    coach.post(f"{QUESTIONS}?vraag={written.code}", {"value": SAID})
    assert made_up(coach).given[written.code] == ("…", "")


def test_what_was_chosen_is_shown_when_one_goes_back(coach: Client):
    asked = practising.core().questions[0]
    chosen = str(asked.options[0].value)
    coach.post(f"{QUESTIONS}?vraag={asked.code}", {"value": chosen})
    shown = coach.get(f"{QUESTIONS}?vraag={asked.code}").content.decode()
    assert shown.count(" checked") == 1


def test_the_pin_cannot_be_read_from_the_cookie(coach: Client):
    kept = made_up(coach)
    assert PIN not in kept.pin
    assert practising.unsealed("made-up") is None


@pytest.mark.parametrize("page", [QUESTIONS, CHECK])
def test_without_beginning_there_is_nothing_to_practise(desk: Desk, page: str):
    assert signed_in(desk).get(page).headers["Location"] == BEGIN


@pytest.mark.parametrize("code", ["made_up", "", "a b"])
def test_a_question_that_is_none_leads_to_one_that_is(coach: Client, code: str):
    assert coach.get(QUESTIONS, {"vraag": code}).status_code == 302


def test_an_answer_that_is_none_is_said_and_not_taken(coach: Client):
    first = practising.core().questions[0].code
    page = coach.post(f"{QUESTIONS}?vraag={first}", {"value": "made-up"})
    assert "field__error" in page.content.decode()


def test_the_explanation_comes_on_the_same_page(coach: Client):
    asked = next(q for q in practising.core().questions if q.explanation)
    page = coach.post(f"{QUESTIONS}?vraag={asked.code}", {"go": "explain"})
    assert "open>" in page.content.decode()
    assert "field__error" not in page.content.decode()


def test_a_researcher_does_not_practise(desk: Desk):
    assert signed_in(desk, "ilse").get(BEGIN).status_code == 403
