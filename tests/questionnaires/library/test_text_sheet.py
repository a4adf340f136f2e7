"""All texts of a language as one spreadsheet: out, to a translator, and in again."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.questionnaires.library.made_up import TURKISH, small
from trede.accounts.refusing import Refused
from trede.questionnaires.exchange.translation_sheet import (
    Made,
    SheetRow,
    as_workbook,
    read_workbook,
    tidy,
)
from trede.questionnaires.library.catalogue import Entry, find
from trede.questionnaires.library.uploaded_texts import read_upload, sheet_of
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.publishing import publish
from trede.questionnaires.translating import translate

pytestmark = pytest.mark.django_db
TURKISH_PAGE = "/vragenlijsten/small/1/taal/tr/"
Change = Callable[[SheetRow], SheetRow]


@pytest.fixture
def stored(cast: Cast) -> Questionnaire:
    stored = publish(small(), by=cast.by("ilse"), at=AT)
    translate(
        questionnaire=stored,
        language="tr",
        words=TURKISH,
        by=cast.by("ilse"),
        at=AT,
    )
    return stored


@pytest.fixture
def entry(stored: Questionnaire, cast: Cast) -> Entry:
    found = find("small", "1", cast.here.pk)
    assert found is not None
    return found


def edited(entry: Entry, change: Change, *, made: Made | None = None) -> bytes:
    rows, was = read_workbook(sheet_of(entry, "tr"), "texts.xlsx")
    return as_workbook([change(row) for row in rows], made or was)


def only(place: str, **new: str) -> Change:
    return lambda row: replace(row, **new) if row.place == place else row


def test_every_text_is_in_it_in_reading_order(entry: Entry) -> None:
    rows, made = read_workbook(sheet_of(entry, "tr"), "texts.xlsx")
    assert [row.place for row in rows][:4] == [
        "title",
        "before.title",
        "place.text",
        "place.home",
    ]
    assert len(rows) == 22
    assert made == Made("small", "1", "tr", 1)


def test_coming_back_untouched_it_changes_nothing(entry: Entry) -> None:
    upload = read_upload(entry, "tr", sheet_of(entry, "tr"), "texts.xlsx")
    assert upload.counts == {
        "new": 0,
        "changed": 0,
        "same": 17,
        "empty": 5,  # the coach's own texts
        "refused": 0,
    }
    assert upload.words == {}


@pytest.mark.parametrize("code", ["short", "nijmegen_intake", "enschede_participation"])
@pytest.mark.parametrize("language", ["en", "tr", "ti"])
def test_a_shipped_questionnaire_comes_back_as_it_went(
    code: str, language: str
) -> None:
    from_trede = next(e for e in [find(code, v, None) for v in "1234"] if e)
    sheet = sheet_of(from_trede, language)
    upload = read_upload(from_trede, language, sheet, "texts.xlsx")
    assert upload.words == {}
    assert upload.refused == []
    assert upload.not_in_file == 0


def test_each_row_comes_out_as_one_thing(entry: Entry) -> None:
    def change(row: SheetRow) -> SheetRow:
        return {
            "place.text": replace(row, words="Neredesiniz?"),
            "debts.yes": replace(row, words="Var"),
            "debts.no": replace(row, words=row.original),
            "worry.text": replace(row, original="Heel anders"),
            "worry.low": replace(row, place="no_such.low"),
            "calm.low": replace(row, words=""),
            "calm.high": replace(row, words="x" * 5000),
        }.get(row.place, row)

    upload = read_upload(entry, "tr", edited(entry, change), "texts.xlsx")
    assert upload.words == {"place.text": "Neredesiniz?", "debts.yes": "Var"}
    assert upload.counts["new"] == upload.counts["changed"] == 1
    assert {(one.row.number, one.reason) for one in upload.refused} == {
        (13, "It equals the text as it was written, so it counts as missing."),
        (
            17,
            "It was written otherwise in this version:"
            " “Hoeveel zorgen hebt u over geld?”.",
        ),
        (18, "This questionnaire has no text “no_such.low”."),
        (22, "It is longer than 4000 signs."),
    }
    assert sum(upload.counts.values()) == len(upload.rows) == 22
    # The rows that were refused for their place or for the words they began from.
    assert upload.not_in_file == 2


def test_what_others_did_meanwhile_is_not_overwritten(
    entry: Entry, stored: Questionnaire, cast: Cast
) -> None:
    sheet = edited(entry, only("debts.yes", words="Var"))
    translate(
        questionnaire=stored,
        language="tr",
        words={"debts.yes": "Evet, var", "help.yes": "Evet, alıyorum"},
        by=cast.by("greet"),
        at=AT,
    )
    now = Entry("small", "1", stored, cast.here.pk)
    upload = read_upload(now, "tr", sheet, "texts.xlsx")
    assert upload.words == {}
    assert [one.reason for one in upload.refused] == [
        "Somebody else wrote here meanwhile: “Evet, var”."
    ]


def test_a_text_that_stands_twice_counts_once(entry: Entry) -> None:
    rows, made = read_workbook(sheet_of(entry, "tr"), "texts.xlsx")
    twice = as_workbook([*rows, replace(rows[0], words="Başka")], made)
    upload = read_upload(entry, "tr", twice, "texts.xlsx")
    assert upload.words == {}
    assert [one.row.number for one in upload.refused] == [24]


@pytest.mark.parametrize("words", ["=1+1", "+31", "-5", "@sum", "=HYPERLINK(1)"])
def test_words_that_look_like_a_formula_stay_words(entry: Entry, words: str) -> None:
    sheet = edited(entry, only("debts.yes", words=words))
    upload = read_upload(entry, "tr", sheet, "texts.xlsx")
    assert upload.words == {"debts.yes": words}
    inside = zipfile.ZipFile(io.BytesIO(sheet)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in inside


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Made("small", "1", "pl", 1), "This file is for Polski"),
        (Made("other", "1", "tr", 1), "another questionnaire: “other”"),
    ],
)
def test_the_sheet_of_something_else_is_refused(
    entry: Entry, made: Made, words: str
) -> None:
    sheet = edited(entry, lambda row: row, made=made)
    with pytest.raises(Refused, match=words):
        read_upload(entry, "tr", sheet, "texts.xlsx")


def test_a_sheet_of_an_older_version_serves_what_did_not_change(entry: Entry) -> None:
    sheet = edited(
        entry, only("debts.yes", words="Var"), made=Made("small", "0", "tr", 7)
    )
    upload = read_upload(entry, "tr", sheet, "texts.xlsx")
    assert upload.words == {"debts.yes": "Var"}
    assert not upload.knows_its_edition


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(
        content, "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        for n in range(3):
            archive.writestr(f"xl/{n}.xml", b"\0" * 250_000_000)
    return content.getvalue()


def without_columns() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("teksten").write_string(0, 0, "plaats")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty|niet|damaged|leeg"),
        (b"PK not really", "damaged"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "damaged"),
        (bomb, "larger"),
        (without_columns(), "no column “oorspronkelijk”"),
        (xlsx := as_workbook([], Made()), ""),
    ],
    ids=["empty", "broken", "xml", "bomb", "columns", "no rows"],
)
def test_what_is_no_such_sheet_is_refused_in_plain_words(
    entry: Entry, content: bytes | Callable[[], bytes], words: str
) -> None:
    if callable(content):
        content = content()
    if content == xlsx:
        assert read_upload(entry, "tr", content, "texts.xlsx").rows == ()
        return
    with pytest.raises(Refused, match=words):
        read_upload(entry, "tr", content, "texts.xlsx")


def as_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("texts.xlsx", content)


def test_nothing_is_saved_before_it_is_confirmed(
    entry: Entry, researcher: Client
) -> None:
    sheet = edited(entry, only("debts.yes", words="Var", remark="Or: Evet?"))
    shown = researcher.post(f"{TURKISH_PAGE}opsturen/", {"file": as_file(sheet)})
    page = shown.content.decode()
    assert "Or: Evet?" in page
    assert "Neem deze teksten over" in page
    assert Translation.objects.get().texts == TURKISH
    form = shown.context["take_over"]
    researcher.post(
        f"{TURKISH_PAGE}overnemen/",
        {
            "words": json.dumps(form.initial["words"]),
            "edition": form.initial["edition"],
            "remark": "By Zeynep",
        },
    )
    newest = Translation.objects.get(edition=2)
    assert newest.texts == TURKISH | {"debts.yes": "Var"}
    assert newest.remark == "By Zeynep"


@pytest.mark.parametrize(
    "words", ["[]", "{", '{"debts.yes": 1}', '{"no_such.text": "x"}', ""]
)
def test_what_was_not_shown_is_not_taken_over(
    entry: Entry, researcher: Client, words: str
) -> None:
    sent = {"words": words, "edition": "1"}
    assert researcher.post(f"{TURKISH_PAGE}overnemen/", sent).status_code == 302
    assert Translation.objects.get().texts == TURKISH


def test_a_coach_neither_downloads_nor_uploads(entry: Entry, coach: Client) -> None:
    assert coach.get(f"{TURKISH_PAGE}teksten/").status_code == 403
    assert coach.post(f"{TURKISH_PAGE}opsturen/").status_code == 403


def test_the_download_is_named_after_what_it_holds(
    entry: Entry, researcher: Client
) -> None:
    answer = researcher.get(f"{TURKISH_PAGE}teksten/")
    assert 'filename="small-1-tr.xlsx"' in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"PK")


WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n"
    ),
    max_size=200,
)


@how(max_examples=25)
@given(words=st.lists(WORDS, max_size=8))
def test_any_words_come_back_from_a_sheet_as_they_went(words: list[str]) -> None:
    rows = [
        SheetRow(n, f"place_{n}", tidy(w), tidy(w), "use", "")
        for n, w in enumerate(words, start=2)
    ]
    made = Made("small", "1", "ar", 3)
    assert read_workbook(as_workbook(rows, made), "texts.xlsx") == (rows, made)
