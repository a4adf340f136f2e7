"""The line is cut: what was answered meanwhile arrives once, in order, or is named."""

import base64
import json
import re
import subprocess
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.questionnaires.conftest import Desk
from tests.questionnaires.cut_off import CutOff, deliver
from tests.questionnaires.devices import PIN, Device, signed_in
from tests.questionnaires.test_routing_on_the_device import MIRROR, NODE
from trede.audit.models import Line
from trede.questionnaires import sealing
from trede.questionnaires.models import Answer, Handover, Sitting, SittingMoment
from trede.questionnaires.publishing import written_of

Kind = SittingMoment.Kind


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


@pytest.fixture
def away(device: Device) -> CutOff:
    return CutOff(device)


def rows(sitting: Sitting, code: str) -> list[str]:
    kept = Answer.objects.filter(sitting=sitting, question=code).order_by("number")
    return [one.value or one.missing for one in kept]


def moments(sitting: Sitting) -> list[tuple[str, str]]:
    return list(sitting.moments.order_by("pk").values_list("kind", "question"))


def test_three_answers_that_waited_arrive_once_though_they_are_sent_twice(
    device: Device, away: CutOff
):
    away.keep("sex", value=["woman"])
    away.keep("birth_year", value=["1975"])
    away.keep("birthplace", missing=["refused"])
    assert away.send().json() == {"kept": 3, "refused": 0}
    away.send()
    assert device.sitting.answers.count() == 3
    assert moments(device.sitting) == [
        (Kind.OFFLINE, "sex"),
        (Kind.OFFLINE, "birth_year"),
        (Kind.OFFLINE, "birthplace"),
    ]
    assert device.begin().endswith("/vraag/migration_year/")


def test_of_one_device_the_last_answer_to_a_question_counts(
    device: Device, away: CutOff
):
    away.keep("sex", ago=60, value=["woman"])
    away.keep("sex", ago=30, value=["other"])
    away.send()
    assert rows(device.sitting, "sex") == ["woman", "other"]


def test_an_answer_that_waited_does_not_undo_a_newer_one_from_elsewhere(
    device: Device, away: CutOff
):
    Handover.objects.update(began_at=timezone.now() - timedelta(hours=1))
    away.keep("sex", ago=600, value=["woman"])
    device.answer("sex", value="other")
    assert away.send().json() == {"kept": 1, "refused": 0}
    assert rows(device.sitting, "sex") == ["other", "woman", "other"]


@pytest.mark.parametrize("wrong", [-(10**17), -(10**8), 10**8, 10**17])
def test_a_clock_that_is_wrong_does_no_harm(device: Device, away: CutOff, wrong: float):
    before = Handover.objects.get().began_at
    away.keep("sex", ago=-wrong, value=["woman"])
    assert away.send().json() == {"kept": 1, "refused": 0}
    assert before <= device.sitting.answers.get().at <= timezone.now()


def test_a_later_act_counts_though_a_clock_was_set_back_in_between(
    device: Device, away: CutOff
):
    """As of two tabs, each with what it was told when it opened."""
    Handover.objects.update(began_at=timezone.now() - timedelta(hours=1))
    away.keep("sex", ago=30, value=["woman"])
    away.keep("sex", ago=60, value=["other"])
    away.send()
    assert rows(device.sitting, "sex") == ["woman", "other"]


GIVEN_AT = """
const { givenAt } = await import("data:text/javascript;base64," + process.argv[1]);
const [clock, handles] = JSON.parse(process.argv[2]);
const boxes = [];
clock.forEach((at, n) => {
  boxes.push({ handle: handles[n], given_at: givenAt(boxes, handles[n], at) });
});
console.log(JSON.stringify(boxes.map(({ given_at }) => given_at)));
"""


def reckoned_by_the_device(clock: list[int], handles: list[str]) -> list[int]:
    module = base64.b64encode(MIRROR.with_name("waiting.js").read_bytes()).decode()
    said = json.dumps([clock, handles])
    run = [NODE, "--input-type=module", "-e", GIVEN_AT, module, said]
    return json.loads(subprocess.check_output(run, text=True))


def test_the_order_of_a_device_is_kept_though_it_sends_in_two_pieces(
    device: Device, away: CutOff
):
    """More waits than goes at once, and the clock was set back half an hour."""
    Handover.objects.update(began_at=timezone.now() - timedelta(hours=2))
    clock, answers = [1800, 0, 600], ["woman", "other", "woman"]
    reckoned = reckoned_by_the_device(clock, [away.ahead["handle"]] * 3)
    for at, answer in zip(reckoned, answers, strict=True):
        away.keep("sex", ago=3600 - at, value=[answer])
        deliver(Client(), away.waiting[-1:])
    assert rows(device.sitting, "sex") == answers


def test_the_clock_of_one_sitting_says_nothing_of_the_next_on_that_device():
    stopped, other = "7.1.200:sealed", "8.1.300:sealed"
    handles = ["7.1.100:sealed", stopped, other]
    assert reckoned_by_the_device([50, 20, 30], handles) == [50, 50, 30]


def test_the_time_it_was_given_is_never_before_the_device_was_handed_over(
    device: Device, away: CutOff
):
    away.keep("sex", ago=10**7, value=["woman"])
    away.send()
    began_at = Handover.objects.get().began_at
    assert device.sitting.answers.get().at == began_at


def test_it_arrives_after_the_coach_took_the_device_back(device: Device, away: CutOff):
    away.keep("sex", value=["woman"])
    device.post("coach/", pin=PIN)
    assert away.send().json() == {"kept": 1, "refused": 0}
    assert rows(device.sitting, "sex") == ["woman"]
    assert Line.objects.filter(action="sent answers that waited on a device").exists()


def test_what_arrived_late_is_not_shown_to_who_has_the_device_next(
    desk: Desk, device: Device, away: CutOff
):
    away.keep("sex", value=["woman"])
    device.post("coach/", pin=PIN)
    device.hand_over()
    device.begin()
    away.send()
    assert "checked" not in device.get("vraag/sex/").content.decode()


@pytest.mark.parametrize("taken_back", [True, False])
def test_whoever_has_the_device_next_cannot_have_it_shown(
    device: Device, away: CutOff, *, taken_back: bool
):
    """Nor where the page reckoned that it was given later."""
    away.keep("sex", ago=-1000, value=["woman"])
    if taken_back:
        device.post("coach/", pin=PIN)
        device.hand_over()
    else:
        device.post("vraag/birth_year/", go="stop")
    device.begin()
    new_handle = CutOff(device).ahead["handle"]
    swapped = [{**one, "handle": new_handle} for one in away.waiting]
    assert deliver(Client(), swapped).json() == {"kept": 0, "refused": 1}
    assert away.send().json() == {"kept": 1, "refused": 0}
    assert "checked" not in device.get("vraag/sex/").content.decode()
    assert rows(device.sitting, "sex") == ["woman"]


@pytest.mark.parametrize("given", [{}, {"value": ["1975"]}])
def test_who_stopped_without_a_line_did_stop(
    device: Device, away: CutOff, given: dict[str, list[str]]
):
    away.keep("sex", value=["woman"])
    away.keep("birth_year", stops=True, **given)
    assert away.send().json() == {"kept": 2, "refused": 0}
    away.send()
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.STOPPED
    assert rows(device.sitting, "birth_year") == given.get("value", [])
    assert Kind.NOT_KEPT not in dict(moments(device.sitting))
    assert device.begin().endswith("/vraag/birth_year/")
    assert "checked" not in device.get("vraag/sex/").content.decode()


def test_what_was_answered_after_stopping_means_going_on(device: Device, away: CutOff):
    away.keep("sex", stops=True, value=["woman"])
    away.keep("birth_year", value=["1975"])
    away.send()
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.HANDED_OVER


def test_after_handing_in_it_is_not_kept_but_named_and_the_coach_is_told(
    desk: Desk, device: Device, away: CutOff
):
    name = away.keep("sex", value=["woman"])
    device.to_the_end()
    device.post("klaar/")
    before = device.sitting.answers.count()
    assert away.send().json() == {"kept": 0, "refused": 1}
    away.send()
    assert device.sitting.answers.count() == before
    assert moments(device.sitting) == [(Kind.NOT_KEPT, "sex")]
    page = signed_in(desk).get(device.staff_page).content.decode()
    assert "1 antwoord kwam te laat" in page
    assert name not in page


def test_what_cannot_be_an_answer_is_named_and_the_rest_is_kept(
    device: Device, away: CutOff
):
    away.keep("sex", value=["robot"])
    away.keep("no_such_question", value=["1"])
    away.keep("birth_year", value=["1975"])
    assert away.send().json() == {"kept": 1, "refused": 2}
    assert (Kind.NOT_KEPT, "sex") in moments(device.sitting)


@pytest.mark.parametrize(
    "spoil",
    [
        {"box": "AAAA" * 20},
        {"box": "not base64!"},
        {"name": str(uuid4())},
        {"handle": "1.1:made-up"},
    ],
)
def test_what_was_not_sealed_by_an_open_page_is_refused(
    device: Device, away: CutOff, spoil: dict[str, str]
):
    away.keep("sex", value=["woman"])
    spoiled = [{**one, **spoil} for one in away.waiting]
    assert deliver(Client(), spoiled).json() == {"kept": 0, "refused": 1}
    assert not device.sitting.answers.exists()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b'{"waiting": 3}',
        b"\xff",
        b'{"waiting": [{"name": "1"}]}',
        b'{"waiting": {"name": "1"}}',
    ],
)
def test_what_no_device_sends_is_turned_away(db: None, said: bytes):
    reply = Client().post(
        "/vragenlijst/nasturen/", said, content_type="application/json"
    )
    assert reply.status_code == 422


def test_a_server_that_is_set_up_wrong_for_a_while_makes_no_device_forget(
    away: CutOff, settings
):
    """What the device forgets for good is only what it hears of `delivered` itself."""
    away.keep("sex", value=["woman"])
    settings.ALLOWED_HOSTS = ["another.example"]
    script = (settings.ROOT / "trede/static/js/waiting.js").read_text("utf-8")
    (never_taken,) = re.findall(r"NEVER_TAKEN = \[([0-9, ]+)\]", script)
    assert "422" in never_taken
    assert str(away.send().status_code) not in never_taken
    settings.ALLOWED_HOSTS = ["*"]
    assert away.send().json() == {"kept": 1, "refused": 0}


def test_every_hand_over_has_a_key_of_its_own(device: Device, away: CutOff):
    first = away.ahead["key"]
    device.post("coach/", pin=PIN)
    device.hand_over()
    device.begin()
    assert CutOff(device).ahead["key"] != first


def test_the_key_is_given_to_the_open_device_only(device: Device, away: CutOff):
    assert Client().get(device.base + "vooruit/").status_code == 404
    device.post("vraag/sex/", go="stop")
    assert device.get("vooruit/").status_code == 409
    device.post("coach/", pin=PIN)
    assert device.get("vooruit/").status_code == 404


def test_a_key_is_not_what_fields_are_encrypted_with(device: Device, settings):
    handle = sealing.handle_of(Handover.objects.get())
    assert sealing.key_of(handle) not in settings.FIELD_KEYS.values()


# What lies ahead ---------------------------------------------------------------------


def test_every_question_that_may_come_lies_ahead_with_its_page(
    device: Device, away: CutOff
):
    ahead = away.ahead
    codes = [one["code"] for one in ahead["questions"]]
    assert set(ahead["pages"]) == set(codes) - set(ahead["skip"])
    assert "migration_year" in ahead["pages"]  # not asked yet, and may be
    for html in ahead["pages"].values():
        assert ahead["blanks"]["submission"] in html
        assert 'name="csrfmiddlewaretoken"' in html


def test_of_what_was_answered_before_the_stop_only_that_it_was_lies_ahead(
    device: Device,
):
    device.answer("birthplace", value="MA")
    device.answer("migration_year", value="1990")
    device.post("vraag/sex/", go="stop")
    device.begin()
    device.answer("sex", value="woman")
    ahead = CutOff(device).ahead
    assert ahead["answers"] == {"sex": {"value": ["woman"]}}
    assert {"birthplace", "migration_year"} <= set(ahead["hidden"])
    assert "migration_year" in ahead["skip"]
    assert "checked" not in "".join(ahead["pages"].values())


def test_that_a_question_was_asked_is_not_told_either(desk: Desk, device: Device):
    """Somebody born here and somebody born elsewhere get the same, after a stop."""
    told = []
    for country, more in (("NL", {}), ("MA", {"migration_year": "1990"})):
        device.answer("birthplace", value=country)
        for code, value in more.items():
            device.answer(code, value=value)
        device.post("vraag/sex/", go="stop")
        device.begin()
        ahead = CutOff(device).ahead
        told.append((ahead["skip"], ahead["answers"], ahead["hidden"]))
    assert told[0] == told[1]


def test_the_whole_rest_is_small_on_the_line(device: Device):
    reply = device.client.get(
        device.base + "vooruit/", headers={"Accept-Encoding": "gzip"}
    )
    assert reply.headers["Content-Encoding"] == "gzip"
    definition = written_of(device.sitting.questionnaire)
    assert len(reply.content) < 1500 * len(definition.questions)
