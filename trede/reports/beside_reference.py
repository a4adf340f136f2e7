"""The participants beside the published group: by how much each share differs.

Other people, asked in another year and sometimes otherwise, of whom some may be in
both: the difference says how the groups differ and not why, and has no test. Only
shares: a mean was published without its standard deviation, so that its difference
has no interval. Nothing more is told than the figures of the tables, of which it is
worked out: where one is hidden, so is the difference.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from trede.reports.figures_json import RowJson, TableJson
from trede.reports.laying_out import SHARES, Grid, Line, Shown
from trede.reports.sections import Chapter, Section
from trede.reports.wording import KEYS, MEASURES, Wording, percent, signed
from trede.studies.published_shares import Difference, Printed, difference_of

OURS, THEIRS = "participants", "reference"
Place = tuple[str | None, str | None]


def reference_chapters(tables: list[TableJson], words: Wording) -> Iterator[Chapter]:
    """None where nothing was published. How it was made is told once."""
    sections = [one for table in tables for one in _sections(table, words)]
    if sections:
        sections[0] = replace(sections[0], method=[_how()])
        label = _("Beside the reference group")
        yield Chapter("beside-reference", label, sections)


def _sections(table: TableJson, words: Wording) -> Iterator[Section]:
    lines = tuple(_lines(table, words))
    if not lines:
        return
    heads = (
        _("Participants (N = %(n)s)") % {"n": table["base"][OURS]},
        _("Reference group (N = %(n)s)") % {"n": table["base"][THEIRS]},
        _("Difference in percentage points"),
    )
    yield Section(
        f"beside-reference-{table['id']}",
        words.title(table["id"]),
        "",
        grid=Grid(words.title(table["id"]), heads, lines),
    )


def _how() -> str:
    return _(
        "Behind each difference the 95% interval (Newcombe's). Other people, another"
        " year, sometimes other questions, and somebody may be in both: it says how the"
        " groups differ and not why. Of means no spread was published, so they have no"
        " interval and stand in the table only."
    )


def _lines(table: TableJson, words: Wording) -> Iterator[Line]:
    """All answers to one item below each other."""
    if not {OURS, THEIRS} <= table["base"].keys():
        return
    asked: dict[str | None, list[Line]] = {}
    for row in table["rows"]:
        ours, theirs = _cells(row, OURS), _cells(row, THEIRS)
        for place, published in theirs.items():
            own = ours.get(place, {})
            for key in ("percent", *SHARES):
                if key in own and isinstance(
                    printed := published.get(key), int | float
                ):
                    label = _label(table, row, place, key, words)
                    line = Line(label, _figures(table, own[key], printed))
                    asked.setdefault(place[0], []).append(line)
    for lines in asked.values():
        yield from lines


def _cells(row: RowJson, group: str) -> dict[Place, dict[str, object]]:
    return {
        (cell.get("item"), cell.get("measure")): dict(cell)
        for cell in row["cells"]
        if cell["group"] == group
    }


def _label(
    table: TableJson, row: RowJson, place: Place, key: str, words: Wording
) -> str:
    item, measure = place
    parts = [words.row(table["id"], row["code"])]
    if item:
        parts = [words.item(item), parts[0][:1].lower() + parts[0][1:]]
    if measure:
        parts.append(str(MEASURES[measure]).lower())
    if key in SHARES:
        parts.append(str(KEYS[key]).lower())
    return ", ".join(parts)


def _figures(
    table: TableJson, own: object, published: int | float
) -> tuple[Shown, Shown, Shown]:
    theirs = Shown(percent(published))
    if not isinstance(own, int | float):
        hidden = Shown(_("hidden"), hidden=True)
        return hidden, theirs, hidden
    printed = Printed(published, table["base"][THEIRS])
    found = difference_of(own, table["base"][OURS], printed)
    return Shown(percent(own)), theirs, Shown(_told(found))


def _told(found: Difference) -> str:
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": signed(found.value),
        "low": signed(found.low),
        "high": signed(found.high),
    }
