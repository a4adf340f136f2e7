"""A sheet of an XLSForm as rows with named columns, whatever its author called them.

The standard knows several names for the same column, writes translations as
`label::English (en)` or, in older forms, `label:English`, and puts some columns in
groups (`bind::relevant`, `media::image`). Here all of that becomes one name and one
language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trede.questionnaires.exchange.carried import FileRefused
from trede.questionnaires.exchange.sheets import Grid, column_letter

# Words that somebody reads; every other column speaks to the machine.
SPOKEN = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message"}
    | {"image", "big-image", "audio", "video", "title", "trede_low", "trede_high"}
)
_GROUPS = frozenset({"bind", "control", "body", "media", "instance"})
_OTHER_NAMES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "form_title": "title",
    "set_form_title": "title",
    "form_id": "id",
    "set_form_id": "id",
    "id_string": "id",
}
# What word processors make of straight quotes stops expressions from being read.
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})


@dataclass(frozen=True)
class Column:
    name: str
    language: str
    written: str
    letter: str


@dataclass(frozen=True)
class Row:
    """One filled row. `cells` speak to the machine; `words` to people, by language."""

    number: int
    cells: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Mistake:
    sheet: str
    row: int
    column: str
    what: str
    fix: str

    def __str__(self) -> str:
        place = _("sheet “%(sheet)s”, row %(row)d") % {
            "sheet": self.sheet,
            "row": self.row,
        }
        if self.column:
            place += _(", column %(column)s") % {"column": self.column}
        return f"{place}: {self.what} {self.fix}"


@dataclass
class Mistakes:
    """Found so far: an author hears of all of them at once."""

    found: list[Mistake] = field(default_factory=list)

    def refuse_if_any(self, name: str) -> None:
        if self.found:
            lines = (f"{name}, {mistake}" for mistake in dict.fromkeys(self.found))
            raise FileRefused("\n".join(lines))


@dataclass(frozen=True)
class Table:
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def languages_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """As written above columns with words; empty where one names none."""
        wanted = frozenset(names)
        used = {
            (name, language)
            for row in self.rows
            for name, words in row.words.items()
            for language in words
        }
        return tuple(
            dict.fromkeys(
                one.language
                for one in self.columns
                if one.name in wanted and (one.name, one.language) in used
            )
        )

    def place(self, name: str) -> str:
        """A column as its author knows it: the letter and what stands above it."""
        for column in self.columns:
            if column.name == name:
                return f"{column.letter} ({column.written})"
        return name


def read_table(grid: Grid) -> Table:
    """The first filled row names the columns; rows without words are passed over."""
    numbered = [(n, row) for n, row in enumerate(grid.rows, start=1) if any(row)]
    if not numbered:
        return Table(grid.name, (), ())
    (_number, heads), *body = numbered
    columns = tuple(_columns(heads, grid.first_column))
    rows = (_row(number, cells, columns) for number, cells in body)
    return Table(grid.name, columns, tuple(row for row in rows if row is not None))


def _columns(heads: tuple[str, ...], first: int) -> Iterator[Column]:
    separator = "::" if any("::" in head for head in heads) else ":"
    for place, head in enumerate(heads):
        # "jr:count" has a colon of its own, also in sheets that separate by one.
        bare = head.replace("\xa0", " ").strip().replace("jr:", "")
        pieces = [" ".join(one.split()) for one in bare.split(separator)]
        first_name = pieces[0].lower().replace(" ", "_")
        if first_name in _GROUPS and len(pieces) > 1:
            _group, first_name, *rest = pieces
        elif first_name == "trede" and len(pieces) > 1:
            first_name, rest = f"trede_{pieces[1]}", pieces[2:]
        else:
            rest = pieces[1:]
        name = first_name.lower().replace(" ", "_")
        language = rest[0] if rest else ""
        letter = column_letter(first + place)
        yield Column(_OTHER_NAMES.get(name, name), language, bare, letter)


def _row(
    number: int, cells: tuple[str, ...], columns: tuple[Column, ...]
) -> Row | None:
    plain: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    for column, cell in zip(columns, cells, strict=False):
        said = cell.strip()
        if not said or not column.name:
            continue
        if column.name in SPOKEN:
            words.setdefault(column.name, {})[column.language] = said
        else:
            plain.setdefault(column.name, _tidy(said))
    return Row(number, plain, words) if plain or words else None


def _tidy(words: str) -> str:
    return re.sub(r"\s+", " ", words.translate(_STRAIGHT))
