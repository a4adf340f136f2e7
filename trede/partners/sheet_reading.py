"""Reads a list of partners: which column is what, and what each row would become.

A row that cannot be read says why, in words; the others can. A partner that is in the
directory already (same name, same quarter) gets what the row adds: a contact person or
something one can do there. What colleagues keep true is not overwritten by a list.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede.accounts.refusing import Refused
from trede.inflow.reading.file import open_list
from trede.inflow.reading.reasons import Refused as FileRefused
from trede.inflow.reading.values import fold
from trede.partners.choices import Known
from trede.partners.models import Organisation
from trede.people.forms import languages

MOST_ROWS = 2_000
FIELDS = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind of partner"),
    "about": gettext_lazy("What they do, in a sentence"),
    "quarter": gettext_lazy("Quarter"),
    "address": gettext_lazy("Address"),
    "access": gettext_lazy("How one gets in"),
    "languages": gettext_lazy("Languages that are spoken there"),
    "telephone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail address"),
    "website": gettext_lazy("Website"),
    "contact": gettext_lazy("Contact person"),
    "contact_telephone": gettext_lazy("Telephone of the contact person"),
    "contact_email": gettext_lazy("E-mail address of the contact person"),
    "what": gettext_lazy("What one can do"),
    "activity_type": gettext_lazy("Kind of provision"),
    "for_whom": gettext_lazy("For whom"),
    "days": gettext_lazy("Days and times"),
    "capacity": gettext_lazy("Room for how many people"),
}
# Names of columns as people write them, folded.
HEADERS = {
    "name": ("naam", "organisatie", "partner", "instelling", "naam organisatie"),
    "kind": ("soort", "type", "categorie", "soort organisatie", "soort partner"),
    "about": ("omschrijving", "beschrijving", "toelichting", "wat doen ze"),
    "quarter": ("wijk", "stadsdeel"),
    "address": ("adres", "straat", "locatie", "bezoekadres"),
    "access": ("toegankelijkheid", "bereikbaarheid", "toegang"),
    "languages": ("talen", "taal"),
    "telephone": ("telefoon", "telefoonnummer", "tel"),
    "email": ("email", "e mail", "mail", "mailadres", "e mailadres"),
    "website": ("website", "site", "url"),
    "contact": ("contactpersoon", "contact", "naam contactpersoon"),
    "contact_telephone": ("telefoon contactpersoon", "tel contactpersoon", "mobiel"),
    "contact_email": ("e mail contactpersoon", "email contactpersoon"),
    "what": ("aanbod", "activiteit", "wat", "wat is er te doen", "plek"),
    "activity_type": ("soort voorziening", "voorziening", "soort activiteit"),
    "for_whom": ("doelgroep", "voor wie"),
    "days": ("dagen", "tijden", "dagen en tijden", "wanneer"),
    "capacity": ("plaatsen", "capaciteit", "aantal plaatsen", "plekken"),
}
BY_HEADER = {name: field for field, names in HEADERS.items() for name in names}
LONGEST = {
    "name": 120,
    "about": 300,
    "address": 160,
    "access": 200,
    "contact": 120,
    "what": 120,
    "for_whom": 200,
    "days": 200,
}
OF_ORGANISATION = ("name", "about", "address", "access", "telephone", "email")
OTHER = Organisation.Kind.OTHER
# What a community centre is called elsewhere.
ALSO_CALLED = dict.fromkeys(
    ("buurthuis", "buurtcentrum", "dorpshuis", "wijkgebouw"),
    str(Organisation.Kind.COMMUNITY),
)


@dataclass
class Row:
    """One row of the file. With `problems` it is not read in; `notes` tell what becomes
    other than the file says."""

    number: int
    organisation: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    place: dict[str, Any] = field(default_factory=dict)
    capacity: int | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        about = self.organisation
        return fold(about.get("name", "")), about.get("quarter", "")


def opened(content: bytes) -> tuple[list[str], list[list[Any]]]:
    """The names of the columns, and the rows with their numbers in the file."""
    try:
        with open_list(content, looks_like_list=_names_columns) as file:
            rows = [(number, cells) for number, cells in file.rows if any(cells)]
    except FileRefused as refusal:
        raise Refused(str(refusal), "file") from refusal
    header = max(rows[:20], key=lambda row: _names_columns([row[1]]), default=None)
    if header is None or "name" not in recognised(header[1]):
        raise Refused(
            _("There is no column with names. Give one the heading “Naam”."), "file"
        )
    below = [[number, cells] for number, cells in rows if number > header[0]]
    if not below or len(below) > MOST_ROWS:
        raise Refused(
            _("There must be 1 to %(most)d rows below the names of the columns.")
            % {"most": MOST_ROWS},
            "file",
        )
    return header[1], below


def recognised(header: Sequence[str]) -> list[str]:
    """For each column the field that it is; the first of two columns counts. A list
    that was taken along has the heads of the screen."""
    own = _named(lambda: [(field, head) for field, head in FIELDS.items()])
    found: list[str] = []
    for name in header:
        known = BY_HEADER.get(fold(name)) or own.get(fold(name), "")
        found.append("" if known in found else known)
    return found


def read(
    rows: Iterable[Sequence[Any]], columns: Sequence[str], known: Known
) -> Iterator[Row]:
    reader = _Reader(known)
    for number, cells in rows:
        filled = zip(columns, cells, strict=False)
        said = {name: " ".join(cell.split()) for name, cell in filled if name}
        yield reader.row(number, {name: cell for name, cell in said.items() if cell})


class _Reader:
    def __init__(self, known: Known) -> None:
        types = [(code, one.label) for code, one in known.types.items()]
        self.kinds = _named(lambda: Organisation.Kind.choices) | ALSO_CALLED
        self.quarters = _named(known.quarters.items)
        self.types = _named(lambda: types)
        self.languages = _named(lambda: languages()[1:])

    def row(self, number: int, said: Mapping[str, str]) -> Row:
        row = Row(number)
        if "name" not in said:
            row.problems.append(_("There is no name in this row."))
        row.problems += _wrong(said)
        row.organisation = {name: said.get(name, "") for name in OF_ORGANISATION}
        row.organisation |= {
            "website": _address(said.get("website", "")),
            "kind": self._code(row, said, "kind", self.kinds) or OTHER,
            "quarter": self._code(row, said, "quarter", self.quarters),
            "languages": self._languages(row, said.get("languages", "")),
        }
        if "contact" in said:
            row.contact = {
                "name": said["contact"],
                "telephone": said.get("contact_telephone", ""),
                "email": said.get("contact_email", ""),
            }
        if "what" in said:
            row.place = {name: said.get(name, "") for name in ("for_whom", "days")}
            kind = self._code(row, said, "activity_type", self.types)
            row.place |= {"what": said["what"], "activity_type": kind}
            number_of = said.get("capacity", "")
            row.capacity = int(number_of) if _is_number(number_of) else None
        return row

    def _code(
        self, row: Row, said: Mapping[str, str], name: str, known: dict[str, str]
    ) -> str:
        """By its whole name, or by one that it is a part of."""
        wanted = fold(said.get(name, ""))
        if not wanted:
            return ""
        near = [code for label, code in known.items() if wanted in label]
        found = known.get(wanted) or (near[0] if near else "")
        if not found:
            told = {"field": str(FIELDS[name]), "value": said[name]}
            row.notes.append(_("%(field)s “%(value)s” is not known.") % told)
        return found

    def _languages(self, row: Row, said: str) -> list[str]:
        found = []
        for word in fold(said.replace("/", ",").replace(" en ", ",")).split():
            code = self.languages.get(word, "")
            if code:
                found.append(code)
            else:
                told = {"field": str(FIELDS["languages"]), "value": word}
                row.notes.append(_("%(field)s “%(value)s” is not known.") % told)
        return list(dict.fromkeys(found))


def _names_columns(head: list[list[str]]) -> float:
    return max((len(set(filter(None, recognised(row)))) for row in head), default=0)


def _named(told: Callable[[], Iterable[tuple[str, Any]]]) -> dict[str, str]:
    """Codes by name: a list is in Dutch, also when the page is not."""
    found = _folded(told())
    with translation.override("nl"):
        return _folded(told()) | found


def _folded(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    both = (
        (fold(str(text)), code) for code, label in choices for text in (label, code)
    )
    return {text: code for text, code in both if text}


def _address(website: str) -> str:
    return website if not website or "://" in website else f"https://{website}"


def _wrong(said: Mapping[str, str]) -> list[str]:
    wrong = []
    for name, most in LONGEST.items():
        if len(said.get(name, "")) > most:
            told = {"field": str(FIELDS[name]), "most": most}
            wrong.append(_("%(field)s: use at most %(most)d characters.") % told)
    for name, is_right in RIGHT.items():
        if name in said and not is_right(said[name]):
            told = {"field": str(FIELDS[name]), "value": said[name]}
            wrong.append(_("%(field)s: “%(value)s” cannot be right.") % told)
    return wrong


def _passes(check: Callable[[str], None], text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True


def _is_email(text: str) -> bool:
    return _passes(validate_email, text)


def _is_website(text: str) -> bool:
    return len(text) <= 200 and _passes(URLValidator(("http", "https")), _address(text))


def _is_telephone(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return digits >= 3 and len(text) <= 20 and not set(text) - set("0123456789+-() ")


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 4


RIGHT: dict[str, Callable[[str], bool]] = {
    "telephone": _is_telephone,
    "contact_telephone": _is_telephone,
    "email": _is_email,
    "contact_email": _is_email,
    "website": _is_website,
    "capacity": _is_number,
}
