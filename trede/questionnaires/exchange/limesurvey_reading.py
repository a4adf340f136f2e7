"""From the bytes of a LimeSurvey structure file (.lss) to its tables.

The file is a dump of database tables as XML. It comes from outside, so it is read as a
stream, without document types, entities or anything fetched, and within bounds; only
rows and columns are kept.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from trede.questionnaires.exchange.carried import FileRefused

Row = dict[str, str]
_DEEPEST = 30
_MOST_ELEMENTS = 400_000
# A text in a table of its own; the longest known ones are a tenth of this.
LONGEST_CELL = 200_000


@dataclass
class Tables:
    """The tables of one survey, whichever kind of file they came from."""

    version: str = ""
    made_as: str = ""
    languages: list[str] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Row]:
        return self.rows.get(name, [])


def looks_like_xml(content: bytes) -> bool:
    # A file in two bytes a letter has an empty byte beside the bracket.
    return content[:40].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def refuse_archive(content: bytes, name: str) -> None:
    """An archive (.lsa) holds answers of people too: nobody needs to send those."""
    try:
        inside = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # No archive that can be opened: what it is instead, its reader says.
        return
    if any(one.endswith(".lss") for one in inside):
        raise FileRefused(
            _(
                "“%(name)s” is an archive of LimeSurvey, which holds answers too."
                " Export only the structure of the survey (.lss)."
            )
            % {"name": name}
        )


def read_lss(content: bytes, name: str) -> Tables:
    reading = _Reading()
    try:
        for event, element in iterparse(
            io.BytesIO(content), events=("start", "end"), forbid_dtd=True
        ):
            if event == "start":
                reading.begin(element)
            else:
                reading.end(element)
    except DefusedXmlException:
        raise FileRefused(
            _(
                "“%(name)s” has a document type or entities in it, which no"
                " questionnaire needs. Export the survey from LimeSurvey again."
            )
            % {"name": name}
        ) from None
    except _Excessive:
        raise excessive(name) from None
    except (ParseError, ValueError, LookupError) as error:
        raise FileRefused(_damaged(name, error)) from None
    return _checked(reading, name)


def excessive(name: str) -> FileRefused:
    return FileRefused(
        _(
            "“%(name)s” has more in it than a questionnaire can have. Export only"
            " the structure of the survey (.lss)."
        )
        % {"name": name}
    )


def _damaged(name: str, error: Exception) -> str:
    line = error.position[0] if isinstance(error, ParseError) else 1
    return _(
        "“%(name)s” is damaged or incomplete (line %(line)s). Export the survey"
        " from LimeSurvey again."
    ) % {"name": name, "line": line}


def _checked(reading: "_Reading", name: str) -> Tables:
    tables = reading.tables
    if reading.root != "document" or not tables.made_as:
        raise FileRefused(
            _(
                "“%(name)s” is not a LimeSurvey structure. In LimeSurvey choose"
                " Export, then Survey structure (.lss)."
            )
            % {"name": name}
        )
    if tables.made_as != "Survey":
        raise FileRefused(
            _(
                "“%(name)s” is a LimeSurvey file of another kind (%(kind)s). Export"
                " the whole survey: Survey structure (.lss)."
            )
            % {"name": name, "kind": tables.made_as[:40]}
        )
    return tables


class _Excessive(Exception):
    """Deeper or longer than any questionnaire."""


class _Element(Protocol):
    tag: str
    text: str | None

    def __iter__(self) -> Iterator["_Element"]: ...

    def clear(self) -> None: ...


class _Reading:
    """Keeps document/TABLE/rows/row/COLUMN; all else is forgotten once it is past."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.root = ""
        self._open: list[_Element] = []
        self._seen = 0

    def begin(self, element: _Element) -> None:
        self._seen += 1
        if len(self._open) >= _DEEPEST or self._seen > _MOST_ELEMENTS:
            raise _Excessive
        self.root = self.root or element.tag
        self._open.append(element)

    def end(self, element: _Element) -> None:
        self._open.pop()
        inside = [one.tag for one in self._open]
        if len(inside) == 1:
            self._take_head(element.tag, (element.text or "").strip())
        elif inside[1:] == ["languages"]:
            self.tables.languages.append((element.text or "").strip())
        elif len(inside) == 3 and inside[2] == "rows":
            row = {column.tag: column.text or "" for column in element}
            if any(len(text) > LONGEST_CELL for text in row.values()):
                raise _Excessive
            self.tables.rows.setdefault(inside[1], []).append(row)
        # A row needs its columns until it ends; nothing above it needs its rows.
        if 1 <= len(inside) <= 3:
            self._open[-1].clear()

    def _take_head(self, name: str, text: str) -> None:
        if name == "DBVersion":
            self.tables.version = text[:20]
        elif name == "LimeSurveyDocType":
            self.tables.made_as = text
