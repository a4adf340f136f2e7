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

from trede.evaluation.estimate import Estimate
from trede.evaluation.margins.published import PrintedShare, share_beside
from trede.reports.figures_json import RowJson, TableJson
from trede.reports.laying_out import SHARES, Grid, Line, Shown
from trede.reports.sections import Chapter, Section
from trede.reports.wording import KEYS, MEASURES, Wording, percent, signed

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
    of = table["base"][OURS]
    # As it was printed: some without a decimal, which tells less.
    printed = f"{published}" if isinstance(published, int) else f"{published:.1f}"
    figure = PrintedShare(printed, table["base"][THEIRS], 0, 0)
    found = share_beside(round(own * of / 100), of, figure)
    return Shown(percent(own)), theirs, Shown(_told(found))


def _told(found: Estimate) -> str:
    interval = found.interval
    if interval is None:
        raise ValueError("a difference of shares has an interval")
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": signed(100 * found.value),
        "low": signed(100 * interval.low),
        "high": signed(100 * interval.high),
    }
