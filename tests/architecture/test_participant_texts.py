"""The check that a participant reads one language, not two."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import polib
import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def texts() -> ModuleType:
    found = importlib.util.spec_from_file_location(
        "participant_texts", TOOLS / "participant_texts.py"
    )
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


def file_of(**said: str) -> polib.POFile:
    file = polib.POFile()
    for msgid, msgstr in said.items():
        file.append(polib.POEntry(msgid=msgid.replace("_", " "), msgstr=msgstr))
    return file


ASKED = list(file_of(Go_on="", Stop=""))
DUTCH = file_of(Go_on="Verder", Stop="Stoppen")


def complaints(texts: ModuleType, made: polib.POFile) -> list[str]:
    return list(texts.what_is_wrong("tr", made, ASKED, DUTCH))


def test_a_whole_language_has_nothing_wrong(texts: ModuleType):
    assert complaints(texts, file_of(Go_on="Devam et", Stop="Dur")) == []


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (file_of(Go_on="Devam et"), "no words for 'Stop'"),
        (file_of(Go_on="Verder", Stop="Dur"), "is the Dutch text"),
        (file_of(Go_on="", Stop="Dur"), "is empty or fuzzy"),
        (file_of(Go_on="Devam %(n)d", Stop="Dur"), "names that are not there"),
        (file_of(Go_on="Devam et", Stop="Dur", Other="Başka"), "asks for 'Other'"),
    ],
)
def test_what_is_wrong_is_named(texts: ModuleType, made: polib.POFile, wrong: str):
    assert any(wrong in complaint for complaint in complaints(texts, made))


def test_the_question_page_and_its_pieces_are_for_participants(texts: ModuleType):
    names = {path.name for path in texts.participant_files()}
    assert {"question.html", "control.html", "week.html", "answering.py"} <= names
    assert "hand_back.html" not in names


def test_every_language_with_own_buttons_has_a_catalogue(texts: ModuleType):
    assert set(texts.languages()) == {"tr", "ar", "fa", "ti", "so", "uk", "pl"}
