"""An answer may be spoken where the pilot wants it: it is the person's own, kept
encrypted, and nobody who works here hears it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.cut_off import CutOff
from tests.questionnaires.devices import Device, signed_in
from trede.people.erasing import erase_person
from trede.people.files import MEGABYTE, digest_of
from trede.people.models import StoredFile
from trede.questionnaires import question_page, speaking
from trede.questionnaires.models import Answer, Sitting, SittingMoment

CODE = "hopes"
NOT_KEPT = SittingMoment.Kind.NOT_KEPT
SOUND = b"\x1aE\xdf\xa3 what I would wish for"


@pytest.fixture(autouse=True)
def drawn_anew() -> None:
    question_page._drawn.clear()


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def recorded(content: bytes = SOUND) -> SimpleUploadedFile:
    return SimpleUploadedFile("answer.webm", content, "audio/webm")


def speak(device: Device, content: bytes = SOUND, **more: str):
    fields = {"spoken": recorded(content), "value": ""} | more
    return device.client.post(f"{device.base}vraag/{CODE}/", fields)


def newest(device: Device) -> Answer:
    return device.sitting.answers.filter(question=CODE).latest("number")


def hear(client: Client, device: Device):
    return client.get(f"{device.base}ingesproken/{CODE}/")


def test_sound_is_an_answer_and_leads_on(device: Device) -> None:
    answer = speak(device)
    assert answer.status_code == 302
    kept = newest(device)
    assert (kept.words, kept.missing) == ("", "")
    assert kept.spoken.content == SOUND
    assert kept.spoken.kind == StoredFile.Kind.SPOKEN


def test_what_is_kept_of_it_is_encrypted(device: Device) -> None:
    speak(device)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM people_storedfile")
        (content,) = cursor.fetchone()
    assert b"wish for" not in bytes(content)


def test_words_beside_the_sound_are_kept_with_it(device: Device) -> None:
    speak(device, value="A garden")
    assert newest(device).words == "A garden"
    assert newest(device).spoken.content == SOUND


def test_going_back_one_hears_it_and_going_on_keeps_it(device: Device) -> None:
    speak(device)
    page = device.get(f"vraag/{CODE}/").content.decode()
    assert re.search(r'<audio[^>]*src="[^"]*/ingesproken/hopes/"', page)
    assert hear(device.client, device).content == SOUND
    assert device.answer(CODE, value="") != ""
    assert newest(device).number == 1


def test_speaking_again_destroys_what_was_spoken_before(device: Device) -> None:
    speak(device)
    speak(device, b"OggS and another wish")
    assert hear(device.client, device).content == b"OggS and another wish"
    contents = StoredFile.objects.order_by("pk").values_list("content", flat=True)
    assert list(contents) == [b"", b"OggS and another wish"]


@pytest.mark.parametrize(
    "instead",
    [{"spoken_away": "1", "value": "A dog"}, {"missing": "refused"}],
    ids=["words", "rather not"],
)
def test_taking_it_away_destroys_it(device: Device, instead: dict[str, str]) -> None:
    speak(device)
    device.answer(CODE, **instead)
    assert newest(device).spoken is None
    assert StoredFile.objects.get().content == b""
    assert hear(device.client, device).status_code == 404


def test_an_answer_that_waited_destroys_the_sound_that_it_replaces(
    device: Device,
) -> None:
    away = CutOff(device)
    speak(device)
    away.keep(CODE, missing=["refused"])
    away.send()
    assert newest(device).missing == "refused"
    assert StoredFile.objects.get().content == b""


def test_what_was_spoken_without_a_line_arrives_once_with_the_words_beside_it(
    device: Device,
) -> None:
    away = CutOff(device)
    away.keep(CODE, value=["A garden"], sound=SOUND)
    assert away.send().json() == {"kept": 1, "refused": 0}
    away.send()
    assert device.sitting.answers.filter(question=CODE).count() == 1
    assert newest(device).words == "A garden"
    assert StoredFile.objects.get().content == SOUND


def test_an_answer_whose_reply_was_lost_is_not_kept_twice(device: Device) -> None:
    """It was sent, and waited on the device as well."""
    away = CutOff(device)
    name = away.keep(CODE, value=[""], sound=SOUND)
    speak(device, submission=name)
    assert away.send().json() == {"kept": 1, "refused": 0}
    assert newest(device).number == 1
    assert StoredFile.objects.get().content == SOUND


def test_words_without_a_line_leave_the_sound_that_was_there(device: Device) -> None:
    away = CutOff(device)
    speak(device)
    away.keep(CODE, value=["A garden"])
    away.send()
    assert (newest(device).words, newest(device).spoken.content) == ("A garden", SOUND)


def test_sound_that_was_taken_away_without_a_line_is_destroyed(device: Device) -> None:
    away = CutOff(device)
    away.keep(CODE, value=[""], sound=SOUND)
    away.keep(CODE, value=["A garden"], spoken_away=["1"])
    assert away.send().json() == {"kept": 2, "refused": 0}
    assert (newest(device).words, newest(device).spoken) == ("A garden", None)
    assert StoredFile.objects.get().content == b""


def test_sound_that_waited_and_is_none_is_named_and_its_words_are_kept(
    device: Device,
) -> None:
    away = CutOff(device)
    away.keep(CODE, value=["A garden"], sound=b"<script>")
    away.send()
    assert (newest(device).words, newest(device).spoken) == ("A garden", None)
    assert device.sitting.moments.filter(kind=NOT_KEPT, question=CODE).count() == 1


def test_the_longest_sound_goes_through_in_one_delivery(device: Device) -> None:
    away = CutOff(device)
    longest = b"OggS".ljust(away.ahead["loudest"], b"x")
    away.keep(CODE, value=["A garden"], sound=longest)
    assert away.send().json() == {"kept": 1, "refused": 0}
    assert newest(device).spoken.sha256 == digest_of(longest)


def test_sound_beside_words_that_cannot_be_an_answer_is_no_file(device: Device) -> None:
    page = speak(device, value="x" * 100_000)
    assert "te lang" in page.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<script>alert(1)</script>", "ander soort"),
        (b"%PDF-1.7", "ander soort"),
        (b"\x7fELF", "ander soort"),
        (b"OggS" + bytes(3 * MEGABYTE), "te groot"),
        (b"", "leeg"),
    ],
    ids=["script", "pdf", "program", "too large", "empty"],
)
def test_what_is_no_sound_is_refused_and_says_why(
    device: Device, content: bytes, why: str
) -> None:
    page = speak(device, content)
    assert page.status_code == 200
    errors = re.findall(
        r'id="error" role="alert".*?</p>', page.content.decode(), re.DOTALL
    )
    assert len(errors) == 1
    assert why in errors[0]
    assert not device.sitting.answers.filter(question=CODE).exists()


def test_who_stops_with_a_bad_file_stops(device: Device) -> None:
    speak(device, b"no sound", go="stop")
    device.sitting.refresh_from_db()
    assert device.sitting.state == Sitting.State.STOPPED


def test_where_the_pilot_does_not_want_it_nothing_can_be_spoken(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (speaking, question_page):
        monkeypatch.setattr(module, "may_speak", lambda _sitting, _asked: False)
    assert 'name="spoken"' not in device.get(f"vraag/{CODE}/").content.decode()
    speak(device)
    assert not StoredFile.objects.exists()


def test_only_the_device_hears_it_and_after_a_stop_not_even_that(
    device: Device, desk: Desk
) -> None:
    speak(device)
    for stranger in (Client(), signed_in(desk), signed_in(desk, "ilse")):
        assert hear(stranger, device).status_code == 404
    device.post(f"vraag/{CODE}/", go="stop")
    device.begin()
    assert hear(device.client, device).status_code == 404


def test_the_number_of_somebody_elses_file_is_not_an_answer(device: Device) -> None:
    speak(device)
    file = StoredFile.objects.get()
    device.answer("contact_family", value="1", spoken=str(file.pk))
    assert device.sitting.answers.filter(spoken=file).count() == 1


@pytest.mark.parametrize("name", ["sanne", "willem"])
def test_staff_find_no_file_of_a_spoken_answer(
    device: Device, desk: Desk, name: str
) -> None:
    speak(device)
    file = StoredFile.objects.get()
    client = signed_in(desk, name)
    assert client.get(f"/personen/bestand/{file.pk}/").status_code == 404
    page = client.get(f"/personen/{desk.person.pk}/toestemming/").content.decode()
    assert "ingesproken antwoord" not in page


def test_the_person_gets_it_when_the_data_are_handed_out(
    device: Device, desk: Desk
) -> None:
    speak(device)
    page = f"/personen/{desk.person.pk}/inzage/bestand/"
    answer = signed_in(desk, "fatima").post(page)
    with ZipFile(BytesIO(answer.content)) as whole:
        sounds = [name for name in whole.namelist() if name.endswith(".webm")]
        assert whole.read(sounds[0]) == SOUND


def test_erasing_the_person_destroys_it(device: Device, desk: Desk) -> None:
    speak(device)
    erase_person(person=desk.person, reason="asked", by=desk.cast.by("fatima"), at=AT)
    assert StoredFile.objects.get().content == b""
    assert not Answer.objects.filter(question=CODE).exists()


def test_only_question_pages_may_use_the_microphone(device: Device) -> None:
    page = device.get(f"vraag/{CODE}/")
    assert "microphone=(self)" in page["Permissions-Policy"]
    assert "media-src 'self' blob:;" in f"{page['Content-Security-Policy']};"
    for elsewhere in (device.get("nakijken/"), device.client.get("/aanmelden/")):
        assert "microphone=()" in elsewhere["Permissions-Policy"]
        assert "blob:" not in elsewhere["Content-Security-Policy"]


def test_sound_that_was_not_sent_is_lost_in_another_language_and_that_is_said(
    device: Device,
) -> None:
    page = speak(device, language="en", value="A garden").content.decode()
    assert "What you recorded was not sent" in page and "A garden</textarea>" in page
    assert not device.sitting.answers.exists()
    assert not StoredFile.objects.exists()


def test_that_it_was_to_be_taken_away_still_stands_there_in_another_language(
    device: Device,
) -> None:
    speak(device)
    page = device.post(f"vraag/{CODE}/", language="en", value="", spoken_away="1")
    assert 'name="spoken_away" value="1" checked' in page.content.decode()
    assert newest(device).spoken.content == SOUND
