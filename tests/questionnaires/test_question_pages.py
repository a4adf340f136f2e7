"""The pages that a person answers on: saved with every page, nothing lost, nothing
twice, and always a way on, a way back and a way out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.questionnaires.conftest import Desk
from tests.questionnaires.devices import Device, signed_in
from trede.questionnaires.definition import Kind, PartKind
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.publishing import written_of

MOST_QUERIES = 8


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def newest(sitting: Sitting, code: str) -> Answer:
    return Answer.objects.filter(sitting=sitting, question=code).latest("number")


def text_of(response) -> str:
    return response.content.decode()


def test_the_first_page_welcomes_and_says_about_how_many_questions(desk, sitting):
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    page = text_of(device.get())
    assert "Uw coach ziet niet wat u invult" in page
    assert re.search(r"\b\d0\b", page)


def test_an_answer_is_saved_with_its_page_and_leads_to_the_next(device: Device):
    assert device.answer("sex", value="woman") == "vraag/birth_year/"
    assert newest(device.sitting, "sex").value == "woman"


def test_the_answer_given_before_is_there_when_one_goes_back(device: Device):
    device.answer("sex", value="woman")
    page = text_of(device.get("vraag/sex/"))
    assert re.search(r'value="woman"[^>]*checked', page)


def test_a_lost_connection_costs_nothing_the_same_page_sent_again_is_one_answer(
    device: Device,
):
    for _ in range(2):
        device.answer("sex", value="woman")
    assert device.sitting.answers.filter(question="sex").count() == 1


def test_a_second_tab_that_is_behind_loses_nothing(device: Device):
    device.answer("sex", value="woman")
    device.answer("birth_year", value="1975")
    assert device.answer("sex", value="other") == "vraag/birth_year/"
    kept = device.sitting.answers.values_list("question", "value")
    assert set(kept) == {
        ("sex", "woman"),
        ("sex", "other"),
        ("birth_year", "1975"),
    }


def test_no_answer_at_all_says_what_to_do_and_stays(device: Device):
    page = device.post("vraag/sex/")
    assert page.status_code == 200
    assert 'role="alert"' in text_of(page)
    assert not device.sitting.answers.exists()


def test_what_was_typed_wrongly_is_still_there(device: Device):
    page = text_of(device.post("vraag/birth_year/", value="seventy"))
    assert 'value="seventy"' in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("way", ["refused", "skipped"])
def test_one_can_always_go_on_without_an_answer(device: Device, way: str):
    assert device.answer("sex", missing=way) == "vraag/birth_year/"
    assert newest(device.sitting, "sex").missing == way


def test_every_question_of_the_person_offers_refusing_and_skipping(device: Device):
    core = written_of(device.sitting.questionnaire).part(PartKind.CORE)
    for question in core.questions:
        assert question.may_refuse and question.may_skip, question.code


def test_a_reason_that_is_not_offered_is_refused(device: Device):
    assert device.post("vraag/sex/", missing="not_asked").status_code == 200
    assert not device.sitting.answers.exists()


def test_stopping_keeps_the_answer_on_the_page_and_the_place(device: Device):
    device.answer("sex", value="woman")
    device.post("vraag/birth_year/", value="1975", go="stop")
    assert newest(device.sitting, "birth_year").value == "1975"
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.STOPPED
    assert device.begin().endswith("/vraag/birth_year/")


def test_stopping_without_an_answer_keeps_the_place_too(device: Device):
    device.answer("sex", value="woman")
    device.post("vraag/birth_year/", go="stop")
    assert not device.sitting.answers.filter(question="birth_year").exists()
    assert device.begin().endswith("/vraag/birth_year/")


def test_an_answer_sent_after_the_stop_from_another_tab_is_kept(device: Device):
    device.post("vraag/sex/", go="stop")
    device.answer("sex", value="woman")
    assert newest(device.sitting, "sex").value == "woman"


def test_a_question_that_is_not_asked_leads_to_where_one_is(device: Device):
    here = device.get("vraag/children_number/").headers["Location"]
    assert here.endswith("/vraag/sex/")
    assert device.get("vraag/no-such-question/").headers["Location"] == here


def test_where_one_was_born_decides_whether_coming_here_is_asked(device: Device):
    assert device.answer("birthplace", value="NL") == "vraag/marital_status/"
    assert device.answer("birthplace", value="MA") == "vraag/migration_year/"


def test_changing_an_answer_from_the_check_leads_back_to_the_check(device: Device):
    device.to_the_end()
    assert device.answer("sex", value="man", checking="1") == "nakijken/"
    # Unless the change opens a question that was not asked before.
    device.answer("birthplace", value="NL", checking="1")
    device.sitting.answers.filter(question="migration_year").delete()
    led = device.answer("birthplace", value="MA", checking="1")
    assert led == "vraag/migration_year/?nakijken=1"


def test_the_check_shows_every_answer_in_words_with_a_way_to_change_it(device: Device):
    device.answer("sex", value="woman")
    device.answer("hours_now_children", value="yes", hours="12")
    page = text_of(device.get("nakijken/"))
    assert "Vrouw" in page and re.search(r"12 (uur|hours)", page)
    assert "vraag/sex/?nakijken=1" in page


def test_handing_in_ends_it_and_says_what_happens_with_the_answers(device: Device):
    device.to_the_end()
    device.post("klaar/")
    page = text_of(device.get("klaar/"))
    assert "onderzoekers zien uw antwoorden zonder uw naam" in page
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.FINISHED


def test_after_handing_in_no_page_shows_an_answer_any_more(device: Device):
    device.to_the_end()
    device.post("klaar/")
    for page in ("", "vraag/sex/", "nakijken/"):
        answer = device.client.get(device.base + page, follow=True)
        assert answer.redirect_chain[-1][0].endswith("/klaar/"), page


def test_the_language_is_chosen_on_the_page_and_kept_with_the_sitting(device: Device):
    page = device.post("vraag/sex/", language="en")
    assert "Are you a man or a woman?" in text_of(page)
    assert '<html lang="en"' in text_of(page)
    device.sitting.refresh_from_db()
    assert device.sitting.language == "en"


@pytest.mark.parametrize(
    ("code", "fields", "stands_there"),
    [
        ("sex", {"value": "woman"}, r'value="woman"[^>]* checked'),
        ("birth_year", {"value": "19x5"}, 'value="19x5"'),
        ("birth_year", {"value": "<1975>"}, 'value="&lt;1975&gt;"'),
    ],
)
def test_another_language_keeps_what_was_chosen_on_the_page_and_stores_nothing(
    device: Device, code: str, fields: dict[str, str], stands_there: str
):
    page = device.post(f"vraag/{code}/", language="en", **fields)
    assert page.headers["Content-Location"].endswith(f"/vraag/{code}/")
    assert re.search(stands_there, text_of(page))
    assert "field__error" not in text_of(page)
    assert not device.sitting.answers.exists()


def test_another_language_shows_what_was_unticked_as_unticked(device: Device):
    device.answer("sex", value="woman")
    page = device.post("vraag/sex/", language="en", value="man")
    ticked = re.findall(r'value="(\w+)"[^>]* checked', text_of(page))
    assert ticked == ["man"]
    assert device.sitting.answers.get().value == "woman"


def test_the_languages_on_a_question_send_its_own_form(device: Device):
    """Also without JavaScript: what was chosen goes along."""
    tongue = r'<button type="submit" form="answer" formnovalidate name="language"'
    assert re.search(tongue, text_of(device.get("vraag/sex/")))
    assert 'form="answer"' not in text_of(device.get())


def test_a_language_that_is_not_there_changes_nothing(device: Device):
    device.post("taal/", language="xx")
    device.sitting.refresh_from_db()
    assert device.sitting.language == "nl"


def test_every_kind_of_question_has_a_page_with_its_own_control(device: Device):
    core = written_of(device.sitting.questionnaire).part(PartKind.CORE)
    controls = {
        Kind.SINGLE: 'type="radio"',
        Kind.YES_NO: 'type="radio"',
        Kind.LABELLED_SCALE: 'type="radio"',
        Kind.SCALE_0_10: 'class="scale"',
        Kind.HOURS: 'id="a_hours"',
        Kind.YEAR: 'inputmode="numeric"',
        Kind.NUMBER: 'inputmode="numeric"',
        Kind.COUNTRY: "<select",
        Kind.LONG_TEXT: "<textarea",
    }
    device.answer("birthplace", value="MA")
    device.answer("children_at_home", value="yes")
    seen = set()
    for question in core.questions:
        page = device.get(f"vraag/{question.code}/")
        if page.status_code == 200:
            assert controls[question.kind] in text_of(page), question.code
            assert 'id="q"' in text_of(page)
            seen.add(question.kind)
    assert seen == {question.kind for question in core.questions}


def test_a_human_to_call_is_on_every_page(desk: Desk, device: Device):
    desk.cast.here.help_telephone = "024 000 00 99"
    desk.cast.here.save()
    for page in ("", "vraag/sex/", "nakijken/"):
        assert "tel:0240000099" in text_of(device.get(page)), page


def test_a_page_costs_few_queries_to_show_and_to_save(device: Device):
    device.to_the_end()
    with CaptureQueriesContext(
        connection,
    ) as shown:
        device.get("vraag/birth_year/")
    with CaptureQueriesContext(connection) as saved:
        device.answer("birth_year", value="1975")
    assert len(shown) <= MOST_QUERIES, [q["sql"] for q in shown]
    assert len(saved) <= MOST_QUERIES, [q["sql"] for q in saved]


def test_no_browser_may_keep_a_page_with_an_answer(device: Device):
    device.answer("sex", value="woman")
    for page in ("vraag/sex/", "nakijken/"):
        assert "no-store" in device.get(page).headers["Cache-Control"]
