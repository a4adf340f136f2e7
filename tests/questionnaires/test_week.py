"""Hours a week are told day by day: the sum is the answer, and the days come back."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.questionnaires.conftest import Desk
from tests.questionnaires.definition.made_up import question
from tests.questionnaires.devices import Device, signed_in
from trede.questionnaires.answering import Answer, Unclear, read_answer
from trede.questionnaires.answers import Given, give_answers
from trede.questionnaires.calendar_words import day_names
from trede.questionnaires.models import Answer as Kept
from trede.questionnaires.models import Sitting
from trede.questionnaires.week import as_detail

CODE = "hours_now_volunteering"
HOURS = question("h", "hours")
WEEK = ["3", "0", "0", "2", "0", "0", "0"]


def read(**fields: list[str]) -> Answer | Unclear:
    return read_answer(HOURS, fields, on=None)


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def newest(device: Device) -> Kept:
    return device.sitting.answers.filter(question=CODE).latest("number")


def send(device: Device, **fields: object):
    return device.client.post(f"{device.base}vraag/{CODE}/", fields)


def days_on(page: str) -> list[str]:
    """The hours that the page shows for each day."""
    lists = re.findall(r'<select[^>]*name="day">(.*?)</select>', page, re.DOTALL)
    return [re.search(r'value="(\d+)" selected', one)[1] for one in lists]


@given(st.lists(st.integers(0, 24), min_size=7, max_size=7))
def test_the_answer_is_the_sum_of_the_seven_days(hours: list[int]) -> None:
    found = read(value=["yes"], day=[str(one) for one in hours])
    if sum(hours):
        assert found == Answer(value=sum(hours), detail=as_detail(hours))
    else:
        assert isinstance(found, Unclear)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"value": ["yes"], "day": ["0"] * 7}, "at least one day"),
        ({"value": ["yes"], "day": [*WEEK[:6], "25"]}, "from 0 to 24"),
        ({"value": ["yes"], "day": WEEK[:6]}, "from 0 to 24"),
        ({"value": ["yes"], "day": [*WEEK, "1"]}, "from 0 to 24"),
        ({"value": ["yes"], "day": [*WEEK[:6], "-1"]}, "from 0 to 24"),
        ({"value": ["not"], "day": WEEK}, "Choose one"),
        ({"day": ["0"] * 7}, "Fill in an answer"),
    ],
)
def test_a_week_that_cannot_be_used_is_asked_for_again(
    fields: dict[str, list[str]], message: str
) -> None:
    found = read(**fields)
    assert isinstance(found, Unclear)
    assert message in found.message


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"value": ["not"], "day": ["0"] * 7}, Answer(value="not")),
        ({"day": WEEK}, Answer(value=5, detail="3 0 0 2 0 0 0")),
        ({"value": ["yes"], "hours": ["12"], "day": ["0"] * 7}, Answer(value=12)),
        (
            {"value": ["yes"], "hours": ["12"], "day": WEEK},
            Answer(value=5, detail="3 0 0 2 0 0 0"),
        ),
    ],
)
def test_days_count_before_a_sum_and_a_sum_stays_without_days(
    fields: dict[str, list[str]], kept: Answer
) -> None:
    assert read(**fields) == kept


def test_the_dataset_gets_the_sum_and_going_back_shows_the_week(
    device: Device,
) -> None:
    send(device, value="yes", day=WEEK)
    assert (newest(device).value, newest(device).detail) == ("5", "3 0 0 2 0 0 0")
    page = device.get(f"vraag/{CODE}/").content.decode()
    assert days_on(page) == WEEK


def test_the_same_hours_on_other_days_are_another_answer(device: Device) -> None:
    send(device, value="yes", day=WEEK)
    send(device, value="yes", day=WEEK)
    assert newest(device).number == 1
    send(device, value="yes", day=WEEK[::-1])
    assert (newest(device).number, newest(device).value) == (2, "5")


def test_a_week_with_a_mistake_is_still_there_beside_what_to_do(
    device: Device,
) -> None:
    page = send(device, value="not", day=WEEK).content.decode()
    assert 'role="alert"' in page
    assert days_on(page) == WEEK
    assert not device.sitting.answers.filter(question=CODE).exists()


def test_a_sum_from_paper_is_shown_and_stays_when_no_day_is_chosen(
    device: Device, desk: Desk
) -> None:
    give_answers(
        sitting=device.sitting,
        answers={CODE: Given(value="12")},
        by=desk.by_person,
        at=device.sitting.handovers.get().shown_from,
    )
    page = device.get(f"vraag/{CODE}/").content.decode()
    assert "12 uur per week" in page
    assert days_on(page) == ["0"] * 7
    assert re.search(r'type="hidden" name="hours"[^>]*value="12"', page)


def test_an_answer_with_days_is_judged_again_as_a_week(
    desk: Desk, sitting: Sitting
) -> None:
    given = Given(value="99", detail="3 0 0 2 0 0 0")
    (kept,) = give_answers(
        sitting=sitting,
        answers={CODE: given},
        by=desk.by_person,
        at=sitting.prepared_at,
    )
    assert kept.value == "5"


@pytest.mark.parametrize("language", ["nl", "en", "tr", "ar", "fa", "ti", "so", "pl"])
def test_the_week_begins_on_monday_in_every_language(language: str) -> None:
    with translation.override(language):
        names = day_names()
    assert len(set(names)) == 7
    assert (names[0] == "Monday") is (language == "en")
