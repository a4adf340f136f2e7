"""A report's tables as rows and columns, each in the form that suits its figures.

A figure that was withheld says so in words; one that a table never had is a dash.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.figures_json import CellJson, RowJson, TableJson
from trede.reports.wording import GROUPS, KEYS, MEASURES, Wording, number, percent


@dataclass(frozen=True)
class Shown:
    """One figure as it is printed."""

    text: str
    hidden: bool = False


@dataclass(frozen=True)
class Line:
    label: str
    figures: tuple[Shown, ...]
    under: bool = False  # a part of the row above it


@dataclass(frozen=True)
class Grid:
    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    words: bool = False  # its cells hold words, which read from the left

    @property
    def hides(self) -> bool:
        return any(figure.hidden for line in self.lines for figure in line.figures)


Place = tuple[str, str | None]  # group and measure
SHARES = ("percent_ge_8", "percent_le_4", "percent_never")


def lay_out(table: TableJson, wording: Wording) -> Grid:
    if table["form"] == "percentages":
        return _answers_across(table, wording)
    columns = _columns(table)
    heads = tuple(_head(table, place, key) for place, key in columns)
    lines = []
    for row in table["rows"]:
        lines.append(_line(table, row, columns, wording))
        for sub in row.get("of_which", []):
            lines.append(_line(table, sub, columns, wording, under=True))
    return Grid(wording.title(table["id"]), heads, tuple(lines))


def shown(cell: CellJson | None, key: str, *, places: int = 2) -> Shown:
    figures: dict[str, object] = dict(cell or {})
    if cell is None or key not in figures:
        return Shown("–")
    value = figures[key]
    if value is None:
        return Shown(_("hidden"), hidden=True)
    if key == "n":
        share = cell.get("percent")
        words = number(value)
        return Shown(words if share is None else f"{words} ({percent(share)})")
    return Shown(number(value, places) if key == "mean" else percent(value))


def _columns(table: TableJson) -> list[tuple[Place, str]]:
    """Per group and measure the figures that any row has, in a fixed order."""
    order = ("n", "percent", "mean", *SHARES)
    places: dict[Place, set[str]] = {}
    for row in table["rows"]:
        for cell in row["cells"]:
            found = places.setdefault((cell["group"], cell["measure"]), set())
            found |= set(cell) & set(order)
    return [
        (place, key)
        for place, keys in sorted(places.items(), key=lambda each: _rank(each[0]))
        for key in order
        # The percentage stands in brackets behind the number.
        if key in keys and not (key == "percent" and "n" in keys)
    ]


def _rank(place: Place) -> tuple[int, int]:
    group, measure = place
    return list(GROUPS).index(group), (list(MEASURES).index(measure) if measure else 0)


def _head(table: TableJson, place: Place, key: str) -> str:
    group, measure = place
    words = [str(GROUPS[group])] if len(table["base"]) > 1 else []
    if measure:
        words.append(str(MEASURES[measure]))
    if key == "mean" and table["form"] == "hours":
        words.append(_("hours"))
    elif key != "percent" or not words:
        words.append(str(KEYS[key]))
    told = ", ".join((words[0], *(word.lower() for word in words[1:])))
    base = table["base"].get(group)
    return f"{told} (N\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{base})" if base else told


def _line(
    table: TableJson,
    row: RowJson,
    columns: list[tuple[Place, str]],
    wording: Wording,
    *,
    under: bool = False,
) -> Line:
    cells = {(cell["group"], cell["measure"]): cell for cell in row["cells"]}
    places = 1 if table["form"] == "hours" else 2
    return Line(
        wording.row(table["id"], row["code"]),
        tuple(shown(cells.get(place), key, places=places) for place, key in columns),
        under,
    )


def _answers_across(table: TableJson, wording: Wording) -> Grid:
    """A line for each item and group, a column for each answer."""
    lines: dict[tuple[str, str], list[Shown]] = {}
    for row in table["rows"]:
        for cell in row["cells"]:
            place = (cell["item"] or "", cell["group"])
            lines.setdefault(place, []).append(shown(cell, "percent"))
    heads = [wording.row(table["id"], row["code"]) for row in table["rows"]]
    groups = {group for _item, group in lines}
    ordered = sorted(lines, key=lambda place: list(GROUPS).index(place[1]))
    return Grid(
        wording.title(table["id"]),
        (*heads, "N"),
        tuple(
            Line(
                wording.item(item)
                + (f", {str(GROUPS[group]).lower()}" if len(groups) > 1 else ""),
                (*lines[item, group], Shown(str(table["base"].get(group, "–")))),
            )
            for item, group in ordered
        ),
    )
