"""One word for one thing: what code calls a thing and what the screen calls it are the
two sides of one row of docs/glossary.md."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from tests.architecture.test_order import JOURNEY

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "trede/locale/nl/LC_MESSAGES/django.po"


def rows() -> dict[str, set[str]]:
    """English word of the right column: the Dutch words beside it."""
    table: dict[str, set[str]] = {}
    for line in (ROOT / "docs" / "glossary.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 2 and not cells[0].startswith(("Dutch", "--")):
            for english in words(cells[1]):
                table.setdefault(english, set()).update(words(cells[0]))
    return table


def words(cell: str) -> list[str]:
    """`afronding, afsluiting` and `doel / stap` are words apart; brackets explain."""
    plain = re.sub(r"\([^)]*\)|`", "", cell)
    return [word.strip().lower() for word in re.split(r"[,/;:]", plain) if word.strip()]


def in_dutch(model: type[models.Model]) -> str:
    with translation.override("nl"):
        return str(model._meta.verbose_name).lower()


def as_words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


NAMED = [
    model
    for model in apps.get_models()
    if model._meta.app_label in JOURNEY and as_words(model.__name__) in rows()
]


def test_the_glossary_names_most_of_what_the_journey_keeps():
    assert len(NAMED) >= 15


@pytest.mark.parametrize("model", NAMED, ids=lambda model: model.__name__)
def test_the_screen_calls_it_what_the_glossary_says(model: type[models.Model]):
    assert in_dutch(model) in rows()[as_words(model.__name__)]


@pytest.mark.parametrize(
    ("never", "instead"),
    [
        ("client_name", "person"),
        ("cliënt", "deelnemer"),
        ("handover", "hand_over or hand-over"),
        ("no-show", "did not come"),
        ("drop-out", "dropout"),
    ],
)
def test_nobody_uses_a_second_word(never: str, instead: str):
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "trede").rglob("*.html")
        if never in path.read_text(encoding="utf-8").lower()
    ]
    assert found == [], f"say {instead}"


@pytest.mark.parametrize(
    ("never", "instead"),
    [("coördinator", "teamleider"), ("cliënt", "deelnemer"), ("hulpvrager", "persoon")],
)
def test_the_screen_never_says_a_second_word(never: str, instead: str):
    catalogue = polib.pofile(str(CATALOGUE))
    texts = [
        text
        for entry in catalogue
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]
    assert [text for text in texts if never in text.lower()] == [], f"say {instead}"
