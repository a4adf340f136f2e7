"""Which texts a participant reads on our pages, and whether a language has them all.

A participant's page is a template that extends the page for participants, with all
that it includes; the modules are those whose messages land on such a page. A text that
equals the Dutch one counts as missing, as it does in a questionnaire.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
TREDE = ROOT / "trede"
BASES = ("base_participant.html", "questionnaires/person.html")
# Stands on the same device, but is for the coach and in the coach's language.
FOR_STAFF = "hand_back.html"
MODULES = (
    "inflow/words_gone.py",
    "questionnaires/answering.py",
    "questionnaires/forms.py",
    "questionnaires/own_device.py",
    "questionnaires/own_device_forms.py",
    "questionnaires/own_device_letter.py",
    "questionnaires/paper.py",
    "questionnaires/paper_routing.py",
    "questionnaires/progress.py",
    "questionnaires/showing.py",
)
_PIECES = re.compile(
    r"""{%\s*(?:include|extends)\s+(?:\w+\|default:)?["']([^"']+)["']"""
)
_COMPONENTS = re.compile(r"<c-([a-z.-]+)")
# Django itself has these in other languages, but not in Tigrinya and Somali.
_OF_DJANGO = {
    (name, None) for name in (*calendar.day_name, *tuple(calendar.month_name)[1:])
}
_NAMES = re.compile(r"%\(\w+\)[sd]")
_LANGUAGES = re.compile(r'^    Language\(\s*"([a-z-]+)"', re.MULTILINE)


def languages() -> list[str]:
    """Those whose buttons are not in the catalogues of the staff."""
    text = (TREDE / "languages.py").read_text("utf-8")
    codes = _LANGUAGES.findall(text.replace("Language(\n        ", "Language("))
    return [code for code in codes if code not in ("nl", "en") and "-" not in code]


def participant_files() -> list[Path]:
    pages = [path for path in TREDE.rglob("*.html") if _is_for_participants(path)]
    found: set[Path] = set()
    to_follow = pages
    while to_follow:
        path = to_follow.pop()
        if path not in found:
            found.add(path)
            to_follow += _pieces_of(path)
    return sorted(found | {TREDE / name for name in MODULES})


def _is_for_participants(path: Path) -> bool:
    names = _PIECES.findall(path.read_text("utf-8"))
    return path.name != FOR_STAFF and any(base in names for base in BASES)


def _pieces_of(path: Path) -> Iterator[Path]:
    text = path.read_text("utf-8")
    components = (
        f"cotton/{c.replace('-', '_')}.html" for c in _COMPONENTS.findall(text)
    )
    for name in (*_PIECES.findall(text), *components):
        yield from TREDE.glob(f"**/templates/{name}")


def what_is_wrong(
    language: str,
    made: polib.POFile,
    asked: Iterable[polib.POEntry],
    dutch: polib.POFile,
) -> Iterator[str]:
    in_dutch = {_key(entry): _said(entry) for entry in dutch}
    there = {_key(entry): entry for entry in made if not entry.obsolete}
    wanted = {_key(entry) for entry in asked}
    for key in sorted(wanted - there.keys(), key=str):
        yield f"{language}: no words for {key[0]!r} ({key[1]})"
    for key in sorted(there.keys() - wanted - _OF_DJANGO, key=str):
        yield f"{language}: nothing for participants asks for {key[0]!r} ({key[1]})"
    for key in wanted & there.keys():
        yield from _wrong_in(language, there[key], in_dutch.get(key, ()))


def _wrong_in(
    language: str, entry: polib.POEntry, in_dutch: tuple[str, ...]
) -> Iterator[str]:
    said = _said(entry)
    if entry.fuzzy or not all(said):
        yield f"{language}: {entry.msgid!r} is empty or fuzzy"
    elif set(said) & set(in_dutch):
        yield f"{language}: {entry.msgid!r} is the Dutch text"
    names = set(_NAMES.findall(entry.msgid + entry.msgid_plural))
    for words in said:
        if not set(_NAMES.findall(words)) <= names:
            yield f"{language}: {entry.msgid!r} asks for names that are not there"
    if names - set(_NAMES.findall("".join(said))):
        yield f"{language}: {entry.msgid!r} leaves out a name such as %(n)d"


def _key(entry: polib.POEntry) -> tuple[str, str | None]:
    return entry.msgid, entry.msgctxt


def _said(entry: polib.POEntry) -> tuple[str, ...]:
    if entry.msgid_plural:
        return tuple(words for _, words in sorted(entry.msgstr_plural.items()))
    return (entry.msgstr,)
