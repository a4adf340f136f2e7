"""At which questions explanation was asked is known: on a device, on paper, aloud."""

import re

import pytest
from django.test import Client

from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.devices import Device, signed_in
from trede.questionnaires import moments, sittings
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Sitting, SittingMoment
from trede.questionnaires.publishing import written_of

WORDS = "Wat betekent dit?"


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def explain(device: Device, code: str = "education", **fields: str) -> str:
    """The page that comes back to somebody without JavaScript."""
    page = device.post(f"vraag/{code}/", go="explain", **fields)
    return page.content.decode()


def test_the_page_tells_that_the_explanation_was_opened_and_counts_it_once(
    device: Device, sitting: Sitting
):
    for _time in range(2):
        assert device.post("uitleg/education/").status_code == 204
    assert list(moments.explanations(sitting)) == ["education"]
    assert SittingMoment.objects.count() == 1


@pytest.mark.parametrize("code", ["sex", "made_up"])
def test_a_question_without_explanation_has_none_to_open(device: Device, code: str):
    assert device.post(f"uitleg/{code}/").status_code == 404
    assert not SittingMoment.objects.exists()


def test_another_device_tells_nothing(device: Device):
    assert Client().post(device.base + "uitleg/education/").status_code == 404
    assert not SittingMoment.objects.exists()


def test_without_javascript_a_button_brings_the_page_with_the_explanation(
    device: Device, sitting: Sitting
):
    assert 'value="explain"' in device.get("vraag/education/").content.decode()
    page = explain(device)
    assert "<details" in page and " open>" in page and WORDS in page
    assert 'value="explain"' not in page
    assert list(moments.explanations(sitting)) == ["education"]


def test_what_was_chosen_stands_there_still_and_is_not_kept_yet(
    device: Device, sitting: Sitting
):
    page = explain(device, value="havo")
    chosen = page[page.index('value="havo"') :]
    assert " checked" in chosen[: chosen.index(">")]
    assert not sitting.answers.exists()


def test_nothing_chosen_is_no_mistake(device: Device):
    assert "field__error" not in explain(device)


def test_the_coach_tells_afterwards_at_which_subjects(desk: Desk, sitting: Sitting):
    sittings.finish(sitting=sitting, by=desk.by_person, at=AT)
    coach, page = signed_in(desk), f"/vragenlijst/zitting/{sitting.pk}/achteraf/"
    answers = closing_answers(sitting)
    dutch, money = places(sitting, "dutch", "money")
    coach.post(page, {**answers, "told-sections": [dutch, money]})
    assert moments.explained_sections(sitting) == {"dutch", "money"}
    coach.post(page, {**answers, "told-sections": [money]})
    assert moments.explained_sections(sitting) == {"money"}
    assert not moments.explanations(sitting)


def test_a_subject_that_is_none_is_refused_with_a_message(desk: Desk, sitting: Sitting):
    sittings.finish(sitting=sitting, by=desk.by_person, at=AT)
    page = signed_in(desk).post(
        f"/vragenlijst/zitting/{sitting.pk}/achteraf/",
        {**closing_answers(sitting), "told-sections": ["made_up"]},
    )
    assert page.status_code == 200
    assert not moments.explained_sections(sitting)


def places(sitting: Sitting, *codes: str) -> list[str]:
    """Where these sections stand in what the person is asked, from one."""
    part = written_of(sitting.questionnaire).part(PartKind.CORE)
    assert part is not None
    there = [section.code for section in part.sections]
    return [str(there.index(code) + 1) for code in codes]


def closing_answers(sitting: Sitting) -> dict[str, str]:
    """One answer to each of the coach's questions that needs one."""

    part = written_of(sitting.questionnaire).part(PartKind.CLOSING)
    assert part is not None
    return {
        one.code: str(one.options[0].value) if one.options else "5"
        for one in part.questions
        if not one.optional
    }


def test_who_types_in_ticks_where_explanation_was_asked_and_may_take_it_back(
    desk: Desk, sitting: Sitting
):
    sitting.answered_on, sitting.own_coach_agreed = AT.date(), True
    sitting.save()
    page = f"/vragenlijst/zitting/{sitting.pk}/overtypen/deel/dutch/"
    coach = signed_in(desk)
    codes = ("dutch_speaking", "dutch_understanding", "dutch_reading")
    answers = dict.fromkeys(codes, "3")
    coach.post(page, {**answers, "dutch_reading-explained": "on"})
    assert list(moments.explanations(sitting)) == ["dutch_reading"]
    shown = coach.get(page).content.decode()
    ticks = re.findall(r'name="(\w+)-explained"[^>]* checked', shown)
    assert ticks == ["dutch_reading"]
    coach.post(page, answers)
    assert not moments.explanations(sitting)
