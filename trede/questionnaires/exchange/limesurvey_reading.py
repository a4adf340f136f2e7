"""From the bytes of a LimeSurvey structure file (.lss) to its tables.

The file is a dump of database tables as XML. It comes from outside, so it is read as a
stream, without document types, entities or anything fetched, and within bounds; only
rows and columns are kept.
"""

from dataclasses import dataclass, field
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from django.utils.translation import gettext as _

from trede.questionnaires.exchange.carried import FileRefused

Row = dict[str, str]
_DEEPEST = 30
_MOST_ELEMENTS = 1_000_000


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


def read_lss(content: bytes, name: str) -> Tables:
    handler = _Handler()
    try:
        parseString(content, handler, ErrorHandler(), forbid_dtd=True)
    except DefusedXmlException:
        raise FileRefused(
            _(
                "“%(name)s” has a document type or entities in it, which no"
                " questionnaire needs. Export the survey from LimeSurvey again."
            )
            % {"name": name}
        ) from None
    except _Excessive:
        raise FileRefused(
            _(
                "“%(name)s” has more in it than a questionnaire can have. Export only"
                " the structure of the survey (.lss)."
            )
            % {"name": name}
        ) from None
    except (SAXException, ValueError, LookupError) as error:
        raise FileRefused(_damaged(name, error)) from None
    return _checked(handler, name)


def _damaged(name: str, error: Exception) -> str:
    line = error.getLineNumber() if isinstance(error, SAXParseException) else None
    return _(
        "“%(name)s” is damaged or incomplete (line %(line)s). Export the survey"
        " from LimeSurvey again."
    ) % {"name": name, "line": line or 1}


def _checked(handler: "_Handler", name: str) -> Tables:
    tables = handler.tables
    if handler.root != "document" or not tables.made_as:
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


class _Handler(ContentHandler):
    """Keeps document/TABLE/rows/row/COLUMN and lets everything else pass by."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = Tables()
        self.root = ""
        self._path: list[str] = []
        self._seen = 0
        self._text: list[str] = []
        self._row: Row = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._seen += 1
        if len(self._path) >= _DEEPEST or self._seen > _MOST_ELEMENTS:
            raise _Excessive
        self.root = self.root or name
        self._path.append(name)
        self._text.clear()
        if self._in_rows() and len(self._path) == 4:
            self._row = {}

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:
        depth = len(self._path)
        if depth == 2:
            self._take_head(name, "".join(self._text).strip())
        elif depth == 3 and self._path[1] == "languages":
            self.tables.languages.append("".join(self._text).strip())
        elif depth == 4 and self._in_rows():
            self.tables.rows.setdefault(self._path[1], []).append(self._row)
        elif depth == 5 and self._in_rows():
            self._row[name] = "".join(self._text)
        self._path.pop()
        self._text.clear()

    def _in_rows(self) -> bool:
        return len(self._path) > 2 and self._path[2] == "rows"

    def _take_head(self, name: str, text: str) -> None:
        if name == "DBVersion":
            self.tables.version = text[:20]
        elif name == "LimeSurveyDocType":
            self.tables.made_as = text
