"""While the person has the device, it opens the questions and nothing else; and what
was answered before is not shown to whoever holds it next."""

import re
import time
from datetime import timedelta

import pytest
from django.core.signing import b62_encode, get_cookie_signer
from django.test import Client

from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.devices import PIN, Device, signed_in
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires import device_lock
from trede.questionnaires.models import Handover, Sitting

ANSWERED = "Weer gaan zingen in het koor"


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def is_signed_in(device: Device) -> bool:
    return device.client.get(device.staff_page).status_code == 200


def try_pin(device: Device, pin: str):
    return device.post("coach/", pin=pin)


def test_handing_over_signs_the_coach_out_on_the_device(device: Device):
    assert not is_signed_in(device)
    for page in (device.staff_page, "/", "/mijn-account/"):
        answer = device.client.get(page)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/aanmelden/")


def test_the_pin_signs_the_coach_in_again_and_ends_the_questions(device: Device):
    assert try_pin(device, PIN).headers["Location"] == device.staff_page
    assert is_signed_in(device)
    assert device.get("vraag/sex/").status_code == 404
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.STOPPED


def test_a_finished_questionnaire_stays_finished_when_the_device_comes_back(
    device: Device,
):
    device.to_the_end()
    device.post("klaar/")
    try_pin(device, PIN)
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.FINISHED


def test_the_pin_leads_back_to_where_the_coach_came_from(desk: Desk, sitting: Sitting):
    device = Device(signed_in(desk), sitting)
    answer = device.client.post(
        device.staff_page + "geven/", {"pin": PIN, "again": PIN, "return_to": "/x/"}
    )
    device.base = answer.headers["Location"]
    assert try_pin(device, PIN).headers["Location"] == "/x/"


def test_going_back_from_handing_over_keeps_the_way_back(desk: Desk, sitting: Sitting):
    device = Device(signed_in(desk), sitting)
    page = device.client.get(device.staff_page + "geven/?terug=/x/")
    assert f'href="{device.staff_page}?terug=/x/"' in page.content.decode()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "x"])
def test_but_never_to_another_site(desk: Desk, sitting: Sitting, address: str):
    device = Device(signed_in(desk), sitting)
    device.client.post(
        device.staff_page + "geven/", {"pin": PIN, "again": PIN, "return_to": address}
    )
    assert Handover.objects.get().return_to == ""


def test_a_wrong_pin_opens_nothing_and_is_in_the_trail(device: Device):
    assert try_pin(device, "9999").status_code == 200
    assert not is_signed_in(device)
    line = Line.objects.get(action="typed a wrong PIN")
    assert (line.kind, line.purpose) == ("door", "signing in")


def test_after_five_wrong_pins_even_the_right_one_does_not_work(device: Device):
    for number in range(5):
        try_pin(device, f"11{number}9")
    assert try_pin(device, PIN).status_code == 200
    assert not is_signed_in(device)
    # The person is not the one to suffer: the questions stay open.
    assert device.get("vraag/sex/").status_code == 200


def test_a_coach_who_signs_in_again_takes_the_device_back_without_the_pin(
    desk: Desk, device: Device
):
    elsewhere = signed_in(desk)
    elsewhere.post(device.staff_page + "terug/")
    assert device.get("vraag/sex/").status_code == 404


def test_the_pin_does_not_last_longer_than_a_working_day(desk: Desk, sitting: Sitting):
    token = device_lock.hand_over(
        sitting=sitting, pin=PIN, by=desk.cast.by("sanne"), at=AT
    )
    with pytest.raises(Refused, match="no longer works"):
        device_lock.take_back(token=token, pin=PIN, at=AT + timedelta(hours=11))


def test_a_coach_who_left_service_does_not_come_in_by_the_pin(
    desk: Desk, device: Device
):
    desk.cast.sanne.is_active, desk.cast.sanne.ended_at = False, AT
    desk.cast.sanne.save()
    try_pin(device, PIN)
    assert not is_signed_in(device)


@pytest.mark.parametrize("pin", ["123", "12a4", "", "123456789", "1111", "3456"])
def test_a_pin_that_is_short_or_easy_is_refused(desk: Desk, sitting: Sitting, pin):
    with pytest.raises(Refused):
        device_lock.hand_over(sitting=sitting, pin=pin, by=desk.cast.by("sanne"), at=AT)
    assert not Handover.objects.exists()


def test_two_pins_that_differ_hand_nothing_over(desk: Desk, sitting: Sitting):
    client = signed_in(desk)
    page = client.post(
        f"/vragenlijst/zitting/{sitting.pk}/geven/", {"pin": PIN, "again": "2581"}
    )
    assert page.status_code == 200
    assert not Handover.objects.exists()


def test_neither_pin_nor_token_can_be_read_in_the_database(device: Device):
    kept = Handover.objects.get()
    token = device.base.rstrip("/").rsplit("/", 1)[1]
    assert token not in (kept.token_digest, kept.pin_hash)
    assert PIN not in kept.pin_hash


def test_the_address_alone_opens_nothing_on_another_device(device: Device):
    assert Client().get(device.base + "vraag/sex/").status_code == 404
    assert (
        Client().post(device.base + "vraag/sex/", {"value": "man"}).status_code == 404
    )
    assert not device.sitting.answers.exists()


def test_a_device_that_never_came_back_opens_nothing_the_next_day(device: Device):
    kept = device.client.cookies["trede-device"]
    signer = get_cookie_signer(salt="trede-device" + "trede-device")
    signer.timestamp = lambda: b62_encode(int(time.time()) - 25 * 60 * 60)
    kept.set(kept.key, *[signer.sign(device.base.strip("/").split("/")[-1])] * 2)
    assert device.get().status_code == 404


def test_handing_over_again_closes_the_address_of_before(desk: Desk, device: Device):
    before = device.base
    try_pin(device, PIN)
    device.hand_over()
    assert device.client.get(before).status_code == 404
    assert device.get().status_code == 200


def test_a_colleague_and_a_stranger_do_not_hand_over(desk: Desk, sitting: Sitting):
    for name in ("willem", "noor"):
        client = signed_in(desk, name)
        page = client.post(
            f"/vragenlijst/zitting/{sitting.pk}/geven/", {"pin": PIN, "again": PIN}
        )
        assert page.status_code == 404, name
    assert not Handover.objects.exists()


# The wall between answers and coach ------------------------------------------------


def answer_in_words(device: Device) -> None:
    device.answer("hopes", value=ANSWERED)
    device.answer("sex", value="other")


def test_a_coach_who_hands_the_device_to_himself_reads_nothing(
    desk: Desk, device: Device
):
    answer_in_words(device)
    try_pin(device, PIN)
    device.hand_over()
    device.begin()
    for page in ("vraag/hopes/", "vraag/sex/", "nakijken/", ""):
        shown = device.get(page).content.decode()
        assert ANSWERED not in shown, page
        assert not re.search(r"<input[^>]* checked", shown), page


@pytest.mark.parametrize("at_home", ["yes", "no"])
def test_nor_what_was_answered_from_what_was_asked(device: Device, at_home: str):
    """Whoever has children at home is asked how many: that it was asked would tell."""
    at_first = progress(device)
    device.answer("children_at_home", value=at_home)
    if at_home == "yes":
        device.answer("children_number", value="2")
    device.answer("sex", value="other")
    try_pin(device, PIN)
    device.hand_over()
    device.begin()
    assert "children_number" not in device.get("nakijken/").content.decode()
    assert device.get("vraag/children_number/").status_code == 302
    assert progress(device) == at_first


def progress(device: Device) -> str:
    page = device.get("vraag/sex/").content.decode()
    return re.search(r"<span>(Nog [^<]+)</span>", page)[1]


@pytest.mark.parametrize("tried", ["other", "woman"])
def test_nor_by_trying_which_answer_is_there(device: Device, tried: str):
    device.answer("sex", value="other")
    device.post("vraag/hopes/", go="stop")
    device.begin()
    device.answer("sex", value=tried)
    lines = device.get("nakijken/").context["lines"]
    assert next(line.shown for line in lines if line.code == "sex")


def test_what_is_answered_anew_opens_what_follows_from_it(device: Device):
    device.answer("children_at_home", value="yes")
    device.answer("children_number", value="2")
    device.post("vraag/sex/", go="stop")
    device.begin()
    assert device.answer("children_at_home", value="yes") == "vraag/children_number/"
    assert "children_number" in device.get("nakijken/").content.decode()


def test_going_on_after_a_stop_shows_nothing_from_before_either(device: Device):
    answer_in_words(device)
    device.post("vraag/sex/", go="stop")
    device.begin()
    assert ANSWERED not in device.get("vraag/hopes/").content.decode()
    assert ANSWERED not in device.get("nakijken/").content.decode()


def test_what_the_person_answers_anew_is_shown_to_the_person(device: Device):
    answer_in_words(device)
    device.post("vraag/sex/", go="stop")
    device.begin()
    device.answer("sex", value="woman")
    assert "Vrouw" in device.get("nakijken/").content.decode()


def test_no_page_of_the_coach_shows_an_answer(desk: Desk, device: Device):
    """Walks every page that a coach has about this sitting, before and after."""
    device.answer("sex", value="other")
    device.answer("hopes", value=ANSWERED)
    device.to_the_end()
    for finished in (False, True):
        if finished:
            device.post("klaar/")
        for page in ("", "vooraf/", "geven/", "achteraf/", "beeindigen/"):
            shown = signed_in(desk).get(device.staff_page + page).content.decode()
            assert ANSWERED not in shown, page
            assert "Anders" not in shown, page
            assert "hopes" not in shown, page


def test_what_nobody_began_cannot_be_ended_by_one_wrong_press(
    desk: Desk, sitting: Sitting
):
    """It would count as answered, and the measurement of this person would be lost."""
    page = f"/vragenlijst/zitting/{sitting.pk}/"
    coach = signed_in(desk)
    assert "beeindigen" not in coach.get(page).content.decode()
    coach.post(f"{page}beeindigen/")
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.PREPARED


@pytest.mark.parametrize("sent", [{"go": "explain"}, {}, {"value": "seventy"}])
def test_a_question_that_tells_an_answer_does_not_come_back_with_a_message_either(
    desk: Desk, sitting: Sitting, sent: dict[str, str]
):
    """Only who was born elsewhere was asked for the year of coming here."""
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    device.answer("birthplace", value="MA")
    device.answer("migration_year", value="1990")
    device.post("vraag/sex/", go="stop")
    device.begin()
    assert device.get("vraag/migration_year/").status_code == 302
    assert device.post("vraag/migration_year/", **sent).status_code == 302
    assert device.sitting.answers.filter(question="migration_year").count() == 1
