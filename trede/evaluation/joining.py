"""Joining categories before anything is withheld.

Two neighbouring rows that are too small apart often say more together than two empty
cells. Which rows may be joined is the pilot's decision, because only it knows what
belongs together; a join is made only where one of its rows is too small somewhere.

Joining loses detail but keeps the sum, withholding loses the sum: 28 divorced and 3
widowed become "31 no longer married" instead of two empty cells and a third one to
cover them. Joins are tried in the order in which the pilot lists them; a joined row
may be joined again by a later entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trede.evaluation.norms import Norms
from trede.evaluation.results import Cell, Figure, Number, Reveal, Row, Table


@dataclass(frozen=True)
class Join:
    """Rows of one table that may become one row, named `code`.

    Example: `Join("education", ("havo", "vwo"), "havo_vwo")`. The joined row stands
    where the first of its rows stood, and tells which rows it joins.
    """

    table: str
    rows: tuple[str, ...]
    code: str


def join_rows(
    tables: Iterable[Table], joins: Iterable[Join], norms: Norms
) -> tuple[tuple[Table, ...], tuple[Join, ...]]:
    """Apply the joins that are needed.

    Only tables of counts and of percentages have rows that add up; a join for
    another form, or for a row that is not there, is an error.

    Returns:
        The tables, and the joins that were made, in the order given.
    """
    kept = {table.id: table for table in tables}
    made = []
    for join in joins:
        table = kept.get(join.table)
        if table is None:
            continue
        if table.form not in ("counts", "percentages"):
            raise ValueError(f"the rows of {join.table} do not add up: remove the join")
        chosen = [row for row in table.rows if row.code in join.rows]
        if len(chosen) < len(join.rows):
            _refuse_unknown(table, join)
            continue
        if any(_small(cell, norms) for row in chosen for cell in row.cells):
            kept[join.table] = _joined(table, join, chosen)
            made.append(join)
    return tuple(kept.values()), tuple(made)


def _refuse_unknown(table: Table, join: Join) -> None:
    """Tell a misspelt row from an optional row that happens to be absent."""
    there = {row.code for row in table.rows} | {
        code for row in table.rows for code in row.joined
    }
    unknown = [code for code in join.rows if code not in there]
    if unknown:
        raise ValueError(f"{join.table} has no row {', '.join(unknown)} to join")


def _small(cell: Cell, norms: Norms) -> bool:
    """Whether a cell gives a sensitive count away."""
    return any(
        norms.sensitive(reveal.total)
        for figure in cell.figures
        for reveal in figure.reveals
    )


def _joined(table: Table, join: Join, chosen: list[Row]) -> Table:
    """The table with one row in the place of the first of the chosen ones."""
    rows: list[Row] = []
    for row in table.rows:
        if row is chosen[0]:
            cells = tuple(_sum_cells(list(same)) for same in _alike(chosen))
            joined = tuple(code for r in chosen for code in (r.joined or (r.code,)))
            split = tuple(sub for r in chosen for sub in r.of_which)
            rows.append(Row(join.code, cells, split, joined=joined))
        elif row.code not in join.rows:
            rows.append(row)
    return replace(table, rows=tuple(rows))


def _alike(rows: list[Row]) -> list[list[Cell]]:
    """Cells of the same group, item and measure, one from each row that has it."""
    found: dict[tuple[str, str | None, str | None], list[Cell]] = {}
    for row in rows:
        for cell in row.cells:
            found.setdefault((cell.group, cell.item, cell.measure), []).append(cell)
    return list(found.values())


def _sum_cells(cells: list[Cell]) -> Cell:
    """Cells of one column added up: numbers, percentages and what they give away."""
    keys = [k for k in cells[0].values if all(k in cell.values for cell in cells)]
    values: dict[str, Number | None] = {
        key: sum(cell.values[key] or 0 for cell in cells) for key in keys
    }
    reveals = [r for cell in cells for figure in cell.figures for r in figure.reveals]
    if not reveals:
        return replace(cells[0], values=values)
    form = tuple(part for reveal in reveals for part in reveal.form)
    total = Reveal(form, sum(reveal.total for reveal in reveals))
    return replace(cells[0], values=values, figures=(Figure("count", (total,)),))
