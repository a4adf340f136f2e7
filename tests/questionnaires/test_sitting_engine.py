"""One request an answer: saved once, with the next question in the reply."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.questionnaires.conftest import Desk
from tests.questionnaires.devices import Device, signed_in
from trede.questionnaires.models import Answer, Sitting

PART = {"Trede-Part": "1"}


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def send(device: Device, code: str, **fields: str):
    """In the background, as the page with JavaScript does."""
    return device.client.post(f"{device.base}vraag/{code}/", fields, headers=PART)


def rows(sitting: Sitting, code: str) -> list[str]:
    kept = Answer.objects.filter(sitting=sitting, question=code).order_by("number")
    return [one.value or one.missing for one in kept]


def test_the_reply_to_an_answer_is_the_next_question_and_its_address(device: Device):
    reply = send(device, "sex", value="woman")
    html = reply.content.decode()
    assert reply.status_code == 200
    assert reply.headers["Content-Location"] == f"{device.base}vraag/birth_year/"
    assert re.search(r"<title>\s*In welk jaar", html)
    assert "<html" not in html and 'name="submission"' in html
    assert rows(device.sitting, "sex") == ["woman"]


def test_a_wrong_answer_comes_back_with_what_was_typed_and_is_not_kept(device: Device):
    reply = send(device, "birth_year", value="seventy")
    assert reply.headers["Content-Location"] == f"{device.base}vraag/birth_year/"
    assert 'value="seventy"' in reply.content.decode()
    assert rows(device.sitting, "birth_year") == []


def test_after_the_last_question_the_reply_leads_to_the_check(device: Device):
    device.to_the_end()
    last = [*Answer.objects.filter(sitting=device.sitting)][-1].question
    reply = send(device, last, missing="skipped")
    assert reply.status_code == 204
    assert reply.headers["Content-Location"] == f"{device.base}nakijken/"


def test_stopping_leads_to_the_start_and_forgets_what_the_browser_kept(device: Device):
    reply = send(device, "sex", value="woman", go="stop")
    assert reply.status_code == 204
    assert reply.headers["Content-Location"] == device.base
    assert reply.headers["Clear-Site-Data"] == '"cache"'


def test_each_page_names_the_answer_that_will_be_given_on_it_anew(device: Device):
    names = {
        re.search(
            r'name="submission" value="([^"]+)"',
            device.get("vraag/sex/").content.decode(),
        )[1]
        for _ in range(3)
    }
    assert len(names) == 3


def test_the_same_page_sent_again_after_a_newer_answer_changes_nothing(device: Device):
    first, second = str(uuid4()), str(uuid4())
    send(device, "sex", value="woman", submission=first)
    send(device, "sex", value="other", submission=second)
    reply = send(device, "sex", value="woman", submission=first)
    assert rows(device.sitting, "sex") == ["woman", "other"]
    assert reply.headers["Content-Location"].endswith("/birth_year/")


def test_another_answer_on_a_page_that_the_browser_brought_back_is_kept(device: Device):
    name = str(uuid4())
    send(device, "sex", value="woman", submission=name)
    send(device, "sex", value="other", submission=name)
    assert rows(device.sitting, "sex") == ["woman", "other"]


@pytest.mark.parametrize("name", ["", "made up", "0" * 400])
def test_an_answer_without_a_proper_name_is_kept_too(device: Device, name: str):
    send(device, "sex", value="woman", submission=name)
    send(device, "sex", value="woman", submission=name)
    assert rows(device.sitting, "sex") == ["woman"]


def test_an_answer_tells_in_which_language_it_was_asked(device: Device):
    send(device, "sex", value="woman")
    device.post("taal/", language="en")
    send(device, "birth_year", value="1975")
    there = dict(device.sitting.answers.values_list("question", "language"))
    assert there == {"sex": "nl", "birth_year": "en"}


def test_a_page_drawn_for_one_person_shows_nothing_of_another(
    desk: Desk, device: Device
):
    """Pages are drawn once for everybody and filled in."""
    send(device, "sex", value="woman", submission=str(uuid4()))
    one = device.get("vraag/birth_year/").content.decode()
    other = device.get("vraag/birth_year/").content.decode()
    token = device.base.split("/")[-2]
    assert token in one and not re.search(r"blank[0-9a-f]{16}", one)
    assert one.replace(_secret(one), "").replace(_name(one), "") == other.replace(
        _secret(other), ""
    ).replace(_name(other), "")


def _secret(html: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]


def _name(html: str) -> str:
    return re.search(r'name="submission" value="([^"]+)"', html)[1]


def test_saving_and_showing_cost_the_same_few_queries_each_time(device: Device):
    """Saving: the device with its sitting, the answers, and the new one with the place:
    on PostgreSQL in one statement, else in two with a begin and an end. Showing: the
    device with its sitting, the answers."""
    send(device, "birth_year", value="1970")  # draws the pages once
    device.get("vraag/birthplace/")
    send(device, "sex", value="woman")
    with CaptureQueriesContext(connection) as saved:
        send(device, "birth_year", value="1975")
    with CaptureQueriesContext(connection) as shown:
        device.get("vraag/birthplace/")
    in_one = connection.vendor == "postgresql"
    assert len(saved) == (3 if in_one else 6), [q["sql"] for q in saved]
    assert len(shown) == 2, [q["sql"] for q in shown]


def test_no_query_of_a_question_page_reads_who_the_person_is(device: Device):
    with CaptureQueriesContext(connection) as asked:
        send(device, "sex", value="woman")
        device.get("vraag/sex/")
    said = " ".join(query["sql"] for query in asked)
    assert "surname" not in said and "given_names" not in said
