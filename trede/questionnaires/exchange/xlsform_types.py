"""What the word in the column `type` of an XLSForm asks for.

The standard has several spellings of most types. Here they become a few bases that
Trede knows how to ask, or the reason why it does not ask them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Base(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    SPOKEN = "audio"
    ONE = "select_one"
    SEVERAL = "select_multiple"
    FROM_FILE = "from file"
    NOTE = "note"
    # Shown, but not answered.
    CONFIRM = "acknowledge"
    NOT_ASKED = "not asked"


@dataclass(frozen=True)
class Type:
    """`word` is what the file calls it, without the name of a list."""

    word: str
    base: Base
    listed: str = ""
    or_other: bool = False


_SPELLINGS: Mapping[Base, str] = {
    Base.TEXT: "text, string, add text prompt, q string, phone number, barcode",
    Base.INTEGER: "integer, int, add integer prompt, q int, percentage",
    Base.DECIMAL: "decimal, add decimal prompt, q decimal",
    Base.RANGE: "range",
    Base.DATE: "date, add date prompt, q date",
    Base.TIME: "time, datetime, date time, add datetime prompt, q datetime",
    Base.SPOKEN: "audio, add audio prompt, q audio",
    Base.NOTE: "note, add note prompt, q note",
    Base.CONFIRM: "acknowledge, trigger, add acknowledge prompt, q acknowledge",
}
_BASES = {
    word: base for base, words in _SPELLINGS.items() for word in words.split(", ")
}
# Why a type is not asked: said in the language of who asks, so not said here yet.
_REASONS: Mapping[str, tuple[Promise, str]] = {
    "itself": (
        _("Trede itself keeps when and how something was answered"),
        "start, end, today, deviceid, device id, username, email, phonenumber,"
        " simserial, subscriberid, subscriber id, audit, start time, end time, imei,"
        " background-audio, background-geopoint, start-geopoint, sim id",
    ),
    "worked out": (
        _("Trede does not calculate while asking; work it out from the dataset"),
        "calculate, add calculate prompt, q calculate, hidden",
    ),
    "files": (
        _("an answer cannot be a picture or a file"),
        "image, photo, video, file, add image prompt, add photo prompt,"
        " add video prompt, add file prompt, q image, q picture, q video",
    ),
    "places": (
        _("an answer cannot be a place on a map"),
        "geopoint, geotrace, geoshape, gps, location, q geopoint, q geotrace,"
        " q geoshape, q location, add location prompt, osm",
    ),
    "elsewhere": (_("it stands in another file"), "xml-external, csv-external"),
}
_NO_WAY_TO_ASK = _("Trede has no question of this kind")
_WHY: Mapping[str, Promise] = {
    word: why for why, words in _REASONS.values() for word in words.split(", ")
}
_SELECT = re.compile(
    r"(?P<word>select[ _](?:one|multiple)(?P<file>[ _]from[ _]file)?"
    r"|select[ _]one[ _]external|select1|select all that apply(?: from)?"
    r"|select one from|add select (?:one|multiple) prompt using|rank)"
    r"\s+(?P<list>\S+)(?P<other>\s+(?:or specify other|or_other|or other))?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?P<edge>begin|end)[ _](?P<what>group|repeat|lgroup|looped group|loop)\b",
    re.IGNORECASE,
)


def type_of(written: str) -> Type:
    if found := _SELECT.fullmatch(written):
        return _choice(found)
    word = " ".join(written.lower().split())
    base = _BASES.get(word) or _BASES.get(word.replace("_", " ")) or Base.NOT_ASKED
    return Type(word, base)


def why_not_asked(one: Type) -> str:
    return str(_WHY.get(one.word, _NO_WAY_TO_ASK))


def edge_of(written: str) -> tuple[str, str] | None:
    """Whether the row begins or ends something: ("begin", "group")."""
    found = _GROUP.match(written)
    if found is None:
        return None
    what = "group" if found["what"].lower() == "group" else "repeat"
    return found["edge"].lower(), what


def _choice(found: re.Match[str]) -> Type:
    word = "_".join(found["word"].lower().split())
    several = "multiple" in word or "all_that" in word
    listed, other = found["list"], found["other"] is not None
    if word == "rank":
        return Type(word, Base.NOT_ASKED, listed)
    if found["file"] or "${" in listed:
        return Type(word, Base.FROM_FILE, listed, other)
    return Type(word, Base.SEVERAL if several else Base.ONE, listed, other)
