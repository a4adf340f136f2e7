"""An instrument from a file: looked at first, then a version that never changes."""

import io
import re
from dataclasses import replace

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.library.made_up import SMALL, small
from trede.questionnaires.exchange.xlsform_writing import as_xlsform
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.publishing import publish, written_of
from trede.questionnaires.wording import with_words
from trede.questionnaires.writing import as_toml

pytestmark = pytest.mark.django_db
UPLOAD, KEEP = "/vragenlijsten/opsturen/", "/vragenlijsten/bewaren/"


def sent(content: bytes | str, name: str = "small.toml") -> dict[str, object]:
    raw = content.encode() if isinstance(content, str) else content
    return {"file": SimpleUploadedFile(name, raw)}


def xlsform(*survey: tuple[str, ...]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for at, row in enumerate(survey):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return content.getvalue()


def test_nothing_is_stored_by_looking(researcher: Client) -> None:
    page = researcher.post(UPLOAD, sent(SMALL))
    assert page.context["looked"].imported.carried == 5
    assert not Questionnaire.objects.exists()


def test_what_was_shown_is_stored_for_ones_own_municipality(
    researcher: Client, cast: Cast
) -> None:
    shown = researcher.post(UPLOAD, sent(SMALL)).context["publish"].initial
    answer = researcher.post(KEEP, shown)
    assert answer.headers["Location"] == "/vragenlijsten/small/1@voorbeeldstad/"
    stored = Questionnaire.objects.get()
    own = replace(small(), version="1@voorbeeldstad")
    assert (written_of(stored), stored.municipality) == (own, cast.here)
    # The same file again, also as it went out, is the same version.
    shown = researcher.post(UPLOAD, sent(as_toml(own))).context["publish"].initial
    assert researcher.post(KEEP, shown).headers["Location"] == answer["Location"]
    assert Questionnaire.objects.count() == 1


def test_an_xlsform_of_our_own_comes_back_the_same(researcher: Client) -> None:
    shown = researcher.post(UPLOAD, sent(as_xlsform(small()), "small.xlsx"))
    researcher.post(KEEP, shown.context["publish"].initial | {"code": "again"})
    stored = Questionnaire.objects.get(code="again")
    assert written_of(stored) == replace(
        small(), code="again", version="1@voorbeeldstad"
    )


def test_what_does_not_come_over_is_named_by_question(researcher: Client) -> None:
    content = xlsform(
        ("type", "name", "label"),
        ("text", "wish", "What do you want?"),
        ("geopoint", "where", "Where do you live?"),
    )
    page = researcher.post(UPLOAD, sent(content, "form.xlsx"))
    named = {one.question for one in page.context["looked"].imported.not_carried}
    assert "where" in named
    assert "where" in page.content.decode()


def test_what_is_missing_in_a_language_is_named(researcher: Client) -> None:
    half = with_words(small(), "tr", {})
    half = replace(half, title=replace(half.title, words=(("nl", "K"), ("tr", "K"))))
    looked = researcher.post(UPLOAD, sent(as_xlsform(half), "half.xlsx"))
    (turkish,) = looked.context["looked"].lacking
    assert turkish.language.code == "tr"
    assert {"debts.text", "worry.low"} <= set(turkish.missing)


def test_other_words_under_the_same_version_are_refused(
    researcher: Client, cast: Cast
) -> None:
    publish(small(), by=cast.by("ilse"), at=AT, municipality=cast.here)
    other = SMALL.replace("Hebt u schulden?", "Hebt u nu schulden?")
    shown = researcher.post(UPLOAD, sent(other)).context["publish"].initial
    # A higher version is proposed.
    assert shown["version"] == "2"
    refused = researcher.post(KEEP, shown | {"version": "1"})
    assert "version" in refused.context["publish"].errors
    assert Questionnaire.objects.count() == 1
    researcher.post(KEEP, shown)
    assert {q.version for q in Questionnaire.objects.all()} == {
        "1@voorbeeldstad",
        "2@voorbeeldstad",
    }


def test_a_question_that_nobody_reaches_is_refused_with_its_name(
    researcher: Client,
) -> None:
    never = SMALL.replace(
        'asked_when = [{ question = "debts", is = ["yes"] }]',
        'asked_when = [{ question = "debts", is = ["yes"] },'
        ' { question = "debts", is = ["no"] }]',
    )
    page = researcher.post(UPLOAD, sent(never)).content.decode()
    assert "help" in page
    assert "Bewaar deze versie" not in page


HOSTILE = [
    b"",
    b"\x00\xff" * 50,
    b"PK\x03\x04 not a workbook",
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<document>&x;</document>",
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    b"<document>&b;</document>",
    b"code = 'x'",
]


@pytest.mark.parametrize("content", HOSTILE)
def test_a_hostile_file_is_refused_in_words(researcher: Client, content: bytes) -> None:
    page = researcher.post(UPLOAD, sent(content, "file.bin"))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "root:" not in page.content.decode()
    assert not Questionnaire.objects.exists()


def test_script_in_a_text_is_shown_and_not_run(researcher: Client) -> None:
    script = "<script>alert(1)</script>"
    shown = researcher.post(UPLOAD, sent(SMALL.replace("Klein", script)))
    assert script not in shown.content.decode()
    researcher.post(KEEP, shown.context["publish"].initial)
    for address in ("", "small/1/", "small/1/zien/nl/", "small/1/taal/tr/"):
        page = researcher.get(f"/vragenlijsten/{address}").content.decode()
        assert script not in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "With space"}, "code"),
        ({"code": ""}, "code"),
        ({"version": "a/b"}, "version"),
        ({"version": "1" * 21}, "version"),
    ],
)
def test_a_code_that_cannot_be_one_is_refused(
    researcher: Client, changed: dict[str, str], field: str
) -> None:
    page = researcher.post(
        KEEP, {"text": SMALL, "code": "small", "version": "1"} | changed
    )
    assert field in page.context["publish"].errors
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("text", ["", "not toml [", "code = 1"])
def test_a_text_that_was_not_shown_is_not_stored(researcher: Client, text: str) -> None:
    answer = researcher.post(KEEP, {"text": text, "code": "small", "version": "1"})
    assert answer.headers["Location"] == UPLOAD
    assert not Questionnaire.objects.exists()


def test_its_other_languages_become_translations(researcher: Client) -> None:
    both = with_words(small(), "tr", {"debts.text": "Borcunuz var mı?"})
    shown = researcher.post(UPLOAD, sent(as_xlsform(both), "both.xlsx"))
    researcher.post(KEEP, shown.context["publish"].initial)
    row = Translation.objects.get(language="tr")
    assert row.texts["debts.text"] == "Borcunuz var mı?"
    assert row.status == "machine"


def test_who_only_reads_uploads_nothing(coach: Client) -> None:
    assert coach.post(UPLOAD, sent(SMALL)).status_code == 403
    assert coach.post(KEEP, {"text": as_toml(small())}).status_code == 403


def test_what_was_shown_comes_back_as_large_as_it_is(researcher: Client) -> None:
    """As a plain form every letter of Arabic would be sent as six signs."""
    page = researcher.post(UPLOAD, sent(SMALL)).content.decode()
    (form,) = re.findall(rf'<form[^>]*action="{KEEP}"[^>]*>', page)
    assert 'enctype="multipart/form-data"' in form
