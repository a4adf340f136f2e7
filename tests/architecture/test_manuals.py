"""The manuals say what the screens say: a label that changes takes its manual along.

What stands in bold is a label of the interface: a whole text of the Dutch catalogue, or
its first sentences, or a word of the pilot that comes with Trede. Three dots stand for
a name, a number or a day.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from django.utils import translation

from trede.accounts.models import Role
from trede.commands.entry import COMMANDS, recognise

ROOT = Path(__file__).resolve().parents[2]
MANUALS = sorted((ROOT / "docs" / "handleiding").glob("*.md"))
OPERATING = ROOT / "docs" / "beheer" / "README.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# One or two screens: who guides people does not read more.
LONGEST = 120


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@cache
def labels() -> frozenset[str]:
    catalogue = polib.pofile(str(ROOT / "trede/locale/nl/LC_MESSAGES/django.po"))
    texts = {
        text
        for entry in catalogue
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    }
    for pilot in (ROOT / "trede/pilots/approaches").glob("*.toml"):
        texts |= set(words_of(tomllib.loads(pilot.read_text(encoding="utf-8"))))
    parts = {part for text in texts for part in beginnings(plain(text))}
    return frozenset(parts | {part[:1].upper() + part[1:] for part in parts})


def words_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from words_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one)


def plain(text: str) -> str:
    return re.sub(r"%\(\w+\)[sd]|%s", "…", text).strip()


def beginnings(text: str) -> Iterator[str]:
    yield text
    for end in re.finditer(r"[.?!](?= )", text):
        yield text[: end.end()]


@pytest.mark.parametrize("page", MANUALS, ids=named)
def test_what_is_in_bold_stands_on_a_screen(page: Path):
    bold = re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"), re.DOTALL)
    said = {" ".join(label.split()) for label in bold}
    assert page.stem == "README" or said
    assert sorted(said - labels()) == []


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_every_role_has_a_page_under_its_dutch_name(role: Role):
    with translation.override("nl"):
        page = ROOT / "docs" / "handleiding" / f"{role.label}.md"
    assert page in MANUALS
    assert f"]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


def test_the_person_has_a_page():
    assert ROOT / "docs" / "handleiding" / "deelnemer.md" in MANUALS


@pytest.mark.parametrize("page", MANUALS, ids=named)
def test_a_manual_is_no_wall_of_text(page: Path):
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_points_to_is_there(page: Path):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)#]*)(#[^)]*)?\)", text)
    for path, anchor in targets:
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        if anchor:
            assert anchor.lstrip("#") in anchors(target), path + anchor


def anchors(page: Path) -> set[str]:
    """As a Git server makes them of headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def test_the_operators_page_names_commands_that_exist():
    text = OPERATING.read_text(encoding="utf-8")
    lines = re.findall(r"(?:^|`|/bin/)trede ([a-z][^`\n|#]*)", text, re.MULTILINE)
    called = {recognise(shlex.split(line.strip().rstrip("\\")))[0] for line in lines}
    assert None not in called, lines
    daily = {("run",), ("rotate-keys",), ("audit", "verify"), ("administrator",)}
    assert daily <= {command.words for command in COMMANDS if command in called}


def test_the_operators_page_names_variables_that_are_read():
    named_there = set(
        re.findall(r"\bTREDE_[A-Z_]+\b", OPERATING.read_text(encoding="utf-8"))
    )
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "trede").rglob("*.py")
        if "migrations" not in path.parts
    )
    read = set(re.findall(r"\bTREDE_[A-Z_]+\b", code))
    made = {f"TREDE_{name}_KEY" for name in ("INDEX", "AUDIT", "PSEUDONYM", "LOT")}
    assert (
        sorted({name.removesuffix("_FILE") for name in named_there} - read - made) == []
    )
