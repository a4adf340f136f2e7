"""`trede questionnaire check|import|export`: the exchange of instruments by command."""

import json
from pathlib import Path

import pytest

from tests.questionnaires.exchange.made_forms import workbook
from trede.audit.models import Line
from trede.commands import entry
from trede.questionnaires.models import Questionnaire

SURVEY = """
    type              | name  | label::Nederlands (nl) | label::English (en) | relevant
    begin group       | about | Over u                 | About you           |
    text              | name  | Hoe heet u?            | What is your name?  |
    select_one colour | c     | Kleur?                 | Colour?             |
    end group
    calculate         | sum   |                        |                     |
    text              | why   | Waarom?                | Why?          | ${c} = 'red'
"""
CHOICES = """
    list_name | name | label::Nederlands (nl) | label::English (en)
    colour    | red  | Rood                   | Red
    colour    | blue | Blauw                  | Blue
"""
SETTINGS = """
    form_title   | form_id  | version | default_language
    Mijn vragen  | my_form  | 3       | Nederlands (nl)
"""
KEYS = [
    "format",
    "version",
    "title",
    "languages",
    "groups",
    "questions",
    "subquestions",
    "answers",
    "by_type",
    "carried",
    "not_carried",
]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS))
    return path


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    told = json.loads(capsys.readouterr().out)
    assert isinstance(told, dict)
    return told


@pytest.mark.django_db
def test_check_tells_what_is_in_a_form_and_writes_nothing(form: Path, capsys):
    assert entry.run(["questionnaire", "check", str(form), "--json"]) == 0
    told = said(capsys)
    assert list(told) == KEYS
    assert told["format"] == "xlsform"
    assert (told["version"], told["title"]) == ("3", "Mijn vragen")
    assert told["languages"] == ["nl", "en"]
    assert told["by_type"] == {"text": 2, "select_one": 1, "calculate": 1}
    assert [told[name] for name in ("groups", "questions", "answers", "carried")] == [
        1,
        4,
        2,
        3,
    ]
    (left,) = told["not_carried"]
    assert (left["question"], left["what"]) == ("sum", "type: calculate")
    assert not Questionnaire.objects.exists()


def test_check_speaks_in_words_too(form: Path, capsys):
    assert entry.run(["questionnaire", "check", str(form)]) == 0
    shown = capsys.readouterr().out
    assert "1 groups, 4 questions" in shown
    # Title and heading have no English: they were filled up with the Dutch.
    assert "en: 2 of " in shown
    assert "sum: type: calculate" in shown


@pytest.mark.django_db
def test_import_stores_a_form_once_and_prints_what_stayed_behind(form: Path, capsys):
    for _time in range(2):
        assert entry.run(["questionnaire", "import", str(form)]) == 0
    shown = capsys.readouterr().out
    assert "sum: type: calculate" in shown
    assert "Stored as my_form, version 3." in shown
    stored = Questionnaire.objects.get()
    assert (stored.code, stored.version, stored.title) == (
        "my_form",
        "3",
        "Mijn vragen",
    )
    assert Line.objects.filter(action="published a questionnaire").count() == 1


@pytest.mark.django_db
def test_a_code_and_a_version_may_be_given(form: Path, capsys):
    command = ["questionnaire", "import", str(form), "--json"]
    assert entry.run([*command, "--code", "other", "--version", "2026-1"]) == 0
    told = said(capsys)
    assert list(told) == [*KEYS, "stored"]
    assert told["stored"] == {"code": "other", "version": "2026-1"}
    assert entry.run([*command, "--code", "Not a code"]) == 1
    assert "form.xlsx" in capsys.readouterr().err


@pytest.mark.django_db
def test_other_words_under_a_stored_version_are_refused(tmp_path: Path, form, capsys):
    assert entry.run(["questionnaire", "import", str(form)]) == 0
    changed = tmp_path / "changed.xlsx"
    words = SURVEY.replace("Hoe heet u?", "Uw naam?")
    changed.write_bytes(workbook(survey=words, choices=CHOICES, settings=SETTINGS))
    capsys.readouterr()
    assert entry.run(["questionnaire", "import", str(changed)]) == 1
    assert "changed.xlsx" in capsys.readouterr().err
    assert Questionnaire.objects.count() == 1


@pytest.mark.parametrize("verb", ["check", "import"])
@pytest.mark.django_db
def test_a_form_with_mistakes_is_refused_with_row_and_column(verb, tmp_path, capsys):
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(workbook(survey="type|name|label\ntext||Wie?"))
    assert entry.run(["questionnaire", verb, str(wrong)]) == 1
    refused = capsys.readouterr().err
    assert "wrong.xlsx" in refused
    assert "rij 2" in refused
    assert "B (name)" in refused


@pytest.mark.django_db
def test_a_form_in_which_nothing_can_be_asked_is_checked_but_not_stored(
    tmp_path, capsys
):
    form = tmp_path / "empty.xlsx"
    form.write_bytes(workbook(survey="type|name|label\ngeopoint|where|Waar?"))
    assert entry.run(["questionnaire", "check", str(form), "--json"]) == 0
    assert said(capsys)["carried"] == 0
    assert entry.run(["questionnaire", "import", str(form)]) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_questionnaire_is_refused_in_words(content, tmp_path, capsys):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    assert entry.run(["questionnaire", "check", str(path)]) == 1
    assert "file.xlsx" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(capsys):
    assert entry.run(["questionnaire", "check", "nowhere.xlsx"]) == 1
    assert "nowhere.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("lss", b"<?xml"),
        ("xlsform", b"PK"),
        ("redcap", b"\xef\xbb\xbfVariable"),
        ("ddi", b"<?xml"),
    ],
)
@pytest.mark.django_db
def test_a_shipped_instrument_is_written_for_other_software(
    form, begins, tmp_path, capsys
):
    out = tmp_path / "file"
    command = ["questionnaire", "export", "short", "--format", form, "--out", str(out)]
    assert entry.run([*command, "--json"]) == 0
    told = said(capsys)
    assert (told["code"], told["format"], told["out"]) == ("short", form, str(out))
    assert out.read_bytes().startswith(begins)


@pytest.mark.django_db
def test_a_stored_instrument_comes_back_as_it_was(form: Path, tmp_path: Path, capsys):
    assert entry.run(["questionnaire", "import", str(form)]) == 0
    out = tmp_path / "again.xlsx"
    command = ["questionnaire", "export", "my_form", "--format", "xlsform"]
    assert entry.run([*command, "--out", str(out)]) == 0
    capsys.readouterr()
    assert entry.run(["questionnaire", "import", str(out), "--json"]) == 0
    assert said(capsys)["not_carried"] == []
    assert Questionnaire.objects.count() == 1


@pytest.mark.django_db
def test_an_export_of_what_is_not_there_names_what_is(tmp_path, capsys):
    out = str(tmp_path / "file")
    command = ["questionnaire", "export", "gone", "--format", "ddi", "--out", out]
    assert entry.run(command) == 1
    assert "short" in capsys.readouterr().err


@pytest.mark.django_db
def test_an_export_to_a_folder_that_is_not_there_is_refused(tmp_path, capsys):
    out = str(tmp_path / "nowhere" / "file")
    command = ["questionnaire", "export", "short", "--format", "ddi", "--out", out]
    assert entry.run(command) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_format_that_is_not_known_is_wrong_use(tmp_path):
    out = str(tmp_path / "file")
    with pytest.raises(SystemExit) as stop:
        entry.run(["questionnaire", "export", "short", "--format", "x", "--out", out])
    assert stop.value.code == 2
