"""Recordings of texts: who studies or coordinates puts them there, plays, replaces and
ends them; what is no sound is refused by itself."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.devices import BACKEND
from trede.audit.models import Line
from trede.questionnaires import speech
from trede.questionnaires.models import Questionnaire, Recording
from trede.questionnaires.publishing import definition_of, publish
from trede.questionnaires.reading_aloud import words_to_hear
from trede.questionnaires.recordings import MOST, live
from trede.questionnaires.shipped_files import shipped

PLACE = "hours_now_volunteering.text"


@pytest.fixture(autouse=True)
def no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "voices", frozenset)


@pytest.fixture
def page(cast: Cast) -> str:
    stored = publish(shipped("short"), by=cast.by("ilse"), at=AT)
    return f"/vragenlijsten/short/{stored.version}/geluid/nl/?deel=short_week"


def signed_in(cast: Cast, name: str = "ilse") -> Client:
    client = Client()
    client.force_login(getattr(cast, name), BACKEND)
    return client


def sound(content: bytes = b"OggS la la", name: str = "a.ogg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "audio/ogg")


def row_of(html: str, place: str = PLACE) -> str:
    rows = re.split(r'class="record[ "]', html)[1:]
    return next(row for row in rows if f'"{place}"' in row)


def test_every_text_of_the_section_has_a_place_for_a_recording(
    cast: Cast, page: str
) -> None:
    html = signed_in(cast).get(page).content.decode()
    assert "Doet u vrijwilligerswerk?" in html
    assert html.count('type="file"') >= 8
    assert "geen geluid" in row_of(html)
    assert "<audio" not in html


def test_a_recording_is_kept_heard_and_noted_in_the_trail(
    cast: Cast, page: str
) -> None:
    client = signed_in(cast)
    assert client.post(page, {PLACE: sound()}).status_code == 302
    row = row_of(client.get(page).content.decode())
    assert "opgenomen" in row
    address = row.split('<audio controls preload="none" src="')[1].split('"')[0]
    assert Client().get(address).content == b"OggS la la"
    assert Line.objects.filter(action="uploaded a recording").count() == 1


def test_replacing_keeps_the_old_one_and_plays_the_new(cast: Cast, page: str) -> None:
    client = signed_in(cast)
    client.post(page, {PLACE: sound(b"OggS old")})
    client.post(page, {PLACE: sound(b"ID3 new", "b.mp3")})
    assert Recording.objects.count() == 2
    html = client.get(page).content.decode()
    address = row_of(html).split('src="')[1].split('"')[0]
    assert Client().get(address).content == b"ID3 new"


def test_ending_takes_the_button_away_and_throws_nothing_away(
    cast: Cast, page: str
) -> None:
    client = signed_in(cast)
    client.post(page, {PLACE: sound()})
    client.post(page, {"end": PLACE})
    assert "geen geluid" in row_of(client.get(page).content.decode())
    assert Recording.objects.get().ended_at is not None
    assert client.post(page, {"end": PLACE}).status_code == 404


def test_a_refused_file_says_why_and_takes_no_other_along(
    cast: Cast, page: str
) -> None:
    files = {
        PLACE: sound(b"<svg onload=alert(1)>"),
        "hours_now_course.text": sound(b"OggS" + bytes(MOST)),
        "hours_now_other.text": sound(),
    }
    answer = signed_in(cast).post(page, files)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "geen geluid dat we kunnen afspelen" in row_of(html)
    assert "te groot" in row_of(html, "hours_now_course.text")
    assert Recording.objects.count() == 1


def test_the_same_words_are_there_once_and_heard_wherever_they_stand(
    cast: Cast, page: str
) -> None:
    client = signed_in(cast)
    sections = re.findall(r"\?deel=(\w+)", client.get(page).content.decode())
    html = [
        client.get(page.replace("short_week", one)).content.decode() for one in sections
    ]
    texts = re.findall(r'<span lang="nl" dir="auto">(.*?)</span>', "".join(html))
    assert len(texts) == len(set(texts)) > 40
    client.post(page.replace("short_week", "rondom"), {"button.yes": sound()})
    stored = Questionnaire.objects.get(code="short")
    whole = definition_of(stored, town=cast.here.pk)
    yes = [one for one in words_to_hear(whole, "nl") if one.words == "Ja"]
    assert set(live(yes, town=cast.here.pk)) == set(yes)


def test_the_same_words_elsewhere_are_recorded_with_it(cast: Cast, page: str) -> None:
    client = signed_in(cast)
    client.post(page, {PLACE: sound()})
    stored = publish(shipped("nijmegen_intake"), by=cast.by("ilse"), at=AT)
    other = f"/vragenlijsten/nijmegen_intake/{stored.version}/geluid/nl/?deel=week_now"
    assert "opgenomen" in row_of(client.get(other).content.decode())


@pytest.mark.parametrize(("name", "status"), [("sanne", 403), ("rik", 403)])
def test_who_does_not_work_on_questionnaires_records_nothing(
    cast: Cast, page: str, name: str, status: int
) -> None:
    client = signed_in(cast, name)
    assert client.get(page).status_code == status
    assert client.post(page, {PLACE: sound()}).status_code == status
    assert not Recording.objects.exists()


def test_a_language_that_has_no_words_has_no_page(cast: Cast, page: str) -> None:
    client = signed_in(cast)
    assert client.get(page.replace("/nl/", "/xx/")).status_code == 404


def test_a_questionnaire_that_only_comes_along_is_stored_with_its_first_recording(
    cast: Cast,
) -> None:
    version = shipped("short").version
    client = signed_in(cast)
    page = f"/vragenlijsten/short/{version}/geluid/nl/?deel=short_week"
    assert client.get(page).status_code == 200
    assert not Questionnaire.objects.exists()
    client.post(page, {PLACE: sound()})
    assert Questionnaire.objects.filter(code="short").exists()
    assert "<audio" in client.get(page).content.decode()
