"""Words can be heard where somebody recorded them or this server speaks the language;
elsewhere there is no button. No test needs the speech program: what is there instead
speaks, or is absent."""

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.devices import Device, signed_in
from trede.accounts.refusing import Refused
from trede.people.files import MP3, OGG
from trede.questionnaires import question_page, recordings, speech
from trede.questionnaires.models import Sitting, SittingMoment
from trede.questionnaires.publishing import read_in
from trede.questionnaires.reading_aloud import addresses, words_to_hear
from trede.questionnaires.recordings import Spoken

SEX = "Bent u een man of een vrouw?"
SAID = b"RIFF....WAVE the words"


@pytest.fixture(autouse=True)
def drawn_anew() -> None:
    """A page may stand for a minute after a sound was added to it: not here."""
    question_page._drawn.clear()


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> list[bytes]:
    """A speech program that speaks Dutch and Arabic; the words that it was given."""
    settings.VAR = tmp_path
    given: list[bytes] = []

    def run(command: list[str], words: bytes = b"") -> bytes:
        given.append(words)
        return SAID

    monkeypatch.setattr(speech, "voices", lambda: frozenset({"nl", "ar"}))
    monkeypatch.setattr(speech, "edition", lambda: "1")
    monkeypatch.setattr(speech, "best_type", lambda: speech.WAV)
    monkeypatch.setattr(speech, "_run", run)
    return given


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "voices", frozenset)


@pytest.fixture
def device(desk: Desk, sitting: Sitting) -> Device:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    device.begin()
    return device


def page_of(device: Device, code: str = "sex") -> str:
    return device.get(f"vraag/{code}/").content.decode()


def address_of(page: str) -> str:
    return re.search(r'id="q" data-sound="([^"]+)"', page)[1]


def words(sitting: Sitting, place: str, language: str = "nl") -> Spoken:
    there = words_to_hear(read_in(sitting), language)
    return next(spoken for spoken in there if spoken.place == place)


@pytest.fixture
def record(desk: Desk, sitting: Sitting) -> Callable[..., object]:
    def made(place: str = "sex.text", content: bytes = b"OggS sung", days: int = 0):
        return recordings.upload(
            spoken=words(sitting, place),
            content=content,
            by=desk.cast.by("willem"),
            at=AT + timedelta(days=days),
        )

    return made


@pytest.mark.usefixtures("program")
def test_question_answers_and_ways_on_each_have_a_button(device: Device) -> None:
    page = page_of(device)
    read = re.findall(r'data-say[^>]*aria-label="([^"]+)"', page)
    assert read[0].startswith("Luister: ")
    assert "Lees voor: Vrouw" in read
    assert "Lees voor: Dat zeg ik liever niet" in read


@pytest.mark.usefixtures("no_program")
def test_without_the_program_and_a_recording_there_is_no_button(
    device: Device,
) -> None:
    page = page_of(device)
    assert "data-say" not in page
    assert "data-sound" not in page


@pytest.mark.usefixtures("no_program")
def test_a_recording_is_heard_in_its_own_language_and_in_no_other(
    desk: Desk, device: Device, record
) -> None:
    """First Arabic alone, then Dutch beside it."""
    device.post("taal/", language="ar")
    device.sitting.refresh_from_db()
    recordings.upload(
        spoken=words(device.sitting, "sex.text", "ar"),
        content=b"OggS arabic",
        by=desk.cast.by("willem"),
        at=AT,
    )
    assert Client().get(address_of(page_of(device))).content == b"OggS arabic"
    device.post("taal/", language="nl")
    assert " data-say" not in page_of(device)
    record(content=b"OggS dutch")
    question_page._drawn.clear()
    assert Client().get(address_of(page_of(device))).content == b"OggS dutch"
    device.post("taal/", language="ar")
    assert Client().get(address_of(page_of(device))).content == b"OggS arabic"


@pytest.mark.usefixtures("no_program")
def test_a_recorded_text_has_a_button_and_no_other_text_has(
    device: Device, record
) -> None:
    record()
    page = page_of(device)
    assert page.count(" data-say") == 1
    answer = Client().get(address_of(page))
    assert (answer["Content-Type"], answer.content) == (OGG, b"OggS sung")


def test_the_program_gets_the_words_of_the_text_and_speaks_once(
    device: Device, program: list[bytes]
) -> None:
    address = address_of(page_of(device))
    for _ in range(2):
        answer = Client().get(address)
        assert (answer["Content-Type"], answer.content) == ("audio/wav", SAID)
    asked = words(device.sitting, "sex.text")
    assert program == [asked.words.encode()]


@pytest.mark.usefixtures("program")
def test_a_recording_goes_before_the_program_and_the_newest_before_the_old(
    device: Device, record
) -> None:
    record(days=1, content=b"OggS new")
    record(days=0, content=b"OggS old")
    assert Client().get(address_of(page_of(device))).content == b"OggS new"


@pytest.mark.usefixtures("program")
def test_the_sound_changes_its_address_so_that_a_browser_may_keep_it(
    device: Device, desk: Desk, record
) -> None:
    spoken = words(device.sitting, "sex.text")
    there, town = device.sitting.questionnaire, desk.cast.here.pk
    (before,) = addresses(there, None, "nl", [spoken], town=town).values()
    assert "immutable" in Client().get(before)["Cache-Control"]
    record()
    (after,) = addresses(there, None, "nl", [spoken], town=town).values()
    assert after != before


def test_an_ended_recording_is_not_heard_any_more(
    device: Device, desk: Desk, record, no_program: None
) -> None:
    made = record()
    address = address_of(page_of(device))
    recordings.end(recording=made, by=desk.cast.by("willem"), at=AT)
    assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("change", ["x", "-more", "~"])
def test_nobody_can_have_other_words_spoken(device: Device, change: str) -> None:
    address = address_of(page_of(device))
    assert Client().get(address.rstrip("/") + change + "/").status_code == 404
    assert Client().get("/vragenlijst/geluid/hello/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("", 200, SAID),
        ("bytes=0-3", 206, b"RIFF"),
        ("bytes=8-", 206, SAID[8:]),
        ("bytes=-5", 206, SAID[-5:]),
        ("bytes=0-999999", 206, SAID),
        ("bytes=999-", 416, b""),
        ("bytes=-", 200, SAID),
        ("lines=1-2", 200, SAID),
    ],
)
@pytest.mark.usefixtures("program")
def test_a_browser_may_ask_for_a_piece(
    device: Device, asked: str, status: int, content: bytes
) -> None:
    address = address_of(page_of(device))
    answer = Client().get(address, headers={"Range": asked} if asked else {})
    assert (answer.status_code, answer.content) == (status, content)
    if status == 206:
        assert answer["Content-Range"].endswith(f"/{len(SAID)}")


def test_words_that_are_not_translated_are_read_in_the_language_they_are_in(
    sitting: Sitting,
) -> None:
    asked = words(sitting, "sex.text", "xx")
    assert asked.language == "nl"


def test_countries_have_no_sound_and_their_question_has(sitting: Sitting) -> None:
    there = words_to_hear(read_in(sitting), "nl")
    places = {spoken.place for spoken in there}
    assert "birthplace.text" in places
    assert "birthplace.NL" not in places


@pytest.mark.usefixtures("program")
def test_the_welcome_and_the_thanks_can_be_heard_too(
    desk: Desk, sitting: Sitting
) -> None:
    device = Device(signed_in(desk), sitting)
    device.hand_over()
    welcome = device.get().content.decode()
    assert welcome.count('data-say="all"') == 1
    device.to_the_end()
    device.post("klaar/")
    assert device.get("klaar/").content.decode().count('data-say="all"') == 1


@pytest.mark.parametrize(
    ("language", "speaks"), [("ar", True), ("nl-x-a2", True), ("ti", False)]
)
@pytest.mark.usefixtures("program")
def test_a_language_without_a_voice_is_silent(
    sitting: Sitting, language: str, speaks: bool
) -> None:
    asked = Spoken("sex.text", "words", language)
    made = addresses(sitting.questionnaire, None, language, [asked], town=None)
    assert bool(made) is speaks


def test_a_program_that_fails_leaves_the_page_and_says_that_it_failed(
    device: Device, program: list[bytes], monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    def fails(*_asked: object) -> None:
        raise speech.SpeechFailed

    address = address_of(page_of(device))
    monkeypatch.setattr(speech, "_run", fails)
    assert Client().get(address).status_code == 503
    assert "could not be spoken" in caplog.text


def test_that_somebody_listened_is_noted_once_a_question(device: Device) -> None:
    for code in ("sex", "sex", "birth_year"):
        assert device.post(f"gehoord/{code}/").status_code == 204
    noted = SittingMoment.objects.values_list("kind", "question")
    assert sorted(noted) == [("read_aloud", "birth_year"), ("read_aloud", "sex")]


def test_what_is_no_question_is_not_noted(device: Device) -> None:
    assert device.post("gehoord/nonsense/").status_code == 404
    stranger = Client().post(f"{device.base}gehoord/sex/")
    assert stranger.status_code == 404
    assert not SittingMoment.objects.exists()


def test_a_program_that_fails_is_not_taken_for_silence(
    monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path

    def fails(*_command: object, **_more: object) -> None:
        raise subprocess.TimeoutExpired("espeak-ng", 20)

    monkeypatch.setattr(speech, "edition", lambda: "1")
    monkeypatch.setattr(subprocess, "run", fails)
    with pytest.raises(speech.SpeechFailed):
        speech.speak("Hallo", "nl", speech.WAV)
    assert list((tmp_path / "speech").iterdir()) == []


def test_the_program_itself_speaks_where_it_is_there_and_else_nothing_does(
    settings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    if "nl" not in speech.voices():
        assert speech.voices() == frozenset()
        return
    for media_type in {speech.WAV, speech.best_type()}:
        file = speech.speak("Goedemorgen -v en; $(rm) `x`", "nl", media_type)
        beginning = {speech.WAV: b"RIFF", speech.OPUS: b"OggS"}[media_type]
        assert file.read_bytes().startswith(beginning)
        assert len(file.read_bytes()) > 1000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a sound"),
        (b"%PDF-1.7", "not a sound"),
        (b"<script>alert(1)</script>", "not a sound"),
        (b"\x1aE\xdf\xa3webm", "not a sound"),
        (b"OggS" + bytes(2 * 1024 * 1024), "too large"),
    ],
)
def test_what_is_no_sound_or_too_large_is_refused(
    record, content: bytes, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        record(content=content)


@pytest.mark.parametrize("content", [b"ID3\x04", b"\xff\xfb\x90", b"\xff\xf3\x90"])
def test_every_kind_of_mp3_is_a_sound(record, content: bytes) -> None:
    assert record(content=content).media_type == MP3
