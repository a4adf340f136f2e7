"""What comes out: tables, claims, and beside each printed number what it gives away.

A printed percentage with a known base is a count; a printed mean with a known number
of answers is a sum. Disclosure control works on those integers, so every figure
carries them as *reveals*: a linear form over the unknown counts of a distribution,
and the total that the reader can work out. Only the researcher's tables hold them; a
released table holds nothing but what it prints.

Nothing is rounded. Percentages are floats from exact integers; the integer stays
available in the reveal for as long as the table is a researcher's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Number = int | float
GuardKind = Literal["small", "others", "presence", "transition", "group"]
Kind = Literal[
    "count", "mean", "percent_ge_8", "percent_le_4", "percent_never", "extreme"
]
# The keys of a cell that one kind of figure fills: n and percent are one fact.
PRINTED: Mapping[Kind, tuple[str, ...]] = {
    "count": ("n", "percent"),
    "mean": ("mean",),
    "percent_ge_8": ("percent_ge_8",),
    "percent_le_4": ("percent_le_4",),
    "percent_never": ("percent_never",),
    "extreme": ("n",),
}


@dataclass(frozen=True, order=True)
class Part:
    """Coefficients for the values of one distribution (`support`)."""

    support: str
    weights: tuple[tuple[str, int], ...]


Form = tuple[Part, ...]


@dataclass(frozen=True)
class Reveal:
    """A linear form over unknown counts and the integer it is now known to equal.

    Example: 26.4% of 53 who agree or fully agree is
    `Reveal((Part("T0/participants/find_volunteering", (("4", 1), ("5", 1))),), 14)`.
    """

    form: Form
    total: int


@dataclass(frozen=True)
class Figure:
    """One printed number.

    `reveals` is everything that can be worked out from it: one equation for a count
    or share, two for a mean (the sum of the answers and how many there were).

    `contributors` is the number of persons behind a mean. `magnitude` is the sum of
    a quantity whose distribution is not modelled (hours), with the two `largest`
    contributions to it. `worth` is how much dearer than others of its kind it is to
    withhold. `last`: it is printed only as far as that costs no other figure.
    """

    kind: Kind
    reveals: tuple[Reveal, ...]
    contributors: int | None = None
    magnitude: int | None = None
    largest: tuple[int, ...] = ()
    worth: float = 1.0
    last: bool = False


@dataclass(frozen=True)
class Support:
    """One distribution: how many persons of a population gave each value.

    `values` lists every value that is possible, also those nobody gave; missing
    reasons are values too, written `missing:refused`. `counts` runs parallel to it.
    `family` is the same for the same code and wave in every group.
    """

    key: str
    population: str
    family: str
    values: tuple[str, ...]
    counts: tuple[int, ...] = field(default=(), repr=False)

    @property
    def people(self) -> int:
        """The size of the population."""
        return sum(self.counts)


@dataclass(frozen=True)
class Relation:
    """What anybody knows beforehand: `low <= form <= high` (None: no bound)."""

    form: Form
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Guard:
    """A count that nobody may learn when it is sensitive.

    `small`: sensitive when it is at least 1 and under the threshold. `others`: the
    number of people *outside* a category; sensitive when it is 0, because then
    everybody is known to be in it.

    `presence`: one of many answers, of which the distribution is not printed; sensitive
    when small, and then nobody may be certain that there is anybody. That there are not
    many may be seen: of eleven answers most are rare. `transition`: the same for how
    many went from one answer to another. `group`: how many people there are to speak
    of, small like any count; that somebody who came or went was one of them is no
    secret.
    """

    form: Form
    kind: GuardKind
    name: str


@dataclass(frozen=True)
class Basis:
    """What lies under a table or a claim and is never printed."""

    supports: tuple[Support, ...] = ()
    relations: tuple[Relation, ...] = ()
    guards: tuple[Guard, ...] = ()
    # whole = sum of parts, by support key: everybody = participants + dropouts
    compositions: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __add__(self, other: "Basis") -> "Basis":
        """Both, each support once."""
        return Basis.of((self, other))

    @staticmethod
    def of(grounds: "Iterable[Basis]") -> "Basis":
        """All of them, each support once."""
        every = tuple(grounds)
        return Basis(
            tuple(dict.fromkeys(s for one in every for s in one.supports)),
            tuple(dict.fromkeys(r for one in every for r in one.relations)),
            tuple(dict.fromkeys(g for one in every for g in one.guards)),
            tuple(dict.fromkeys(c for one in every for c in one.compositions)),
        )


@dataclass(frozen=True)
class Cell:
    """One cell. A key that `values` lacks does not belong to the table; a key whose
    value is None was withheld, and `suppressed` then says so."""

    group: str
    item: str | None
    measure: str | None
    values: Mapping[str, Number | None]
    figures: tuple[Figure, ...] = field(default=(), repr=False)
    suppressed: str | None = None

    def value(self, key: str) -> Number | None:
        """The printed number, or None when it is absent or withheld."""
        return self.values.get(key)


@dataclass(frozen=True)
class Row:
    """A row with its cells; `of_which` splits its count further."""

    code: str
    cells: tuple[Cell, ...]
    of_which: tuple["Row", ...] = ()
    # An optional row is there only because somebody is in it.
    optional: bool = False
    # The categories a released row joins; empty for an ordinary row.
    joined: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table. `base` gives the number of persons per group, `people` the size of
    the population whose base is printed under each group."""

    id: str
    stage: str
    wave: str
    form: str
    base: Mapping[str, int]
    rows: tuple[Row, ...]
    basis: Basis = field(default_factory=Basis, repr=False)

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Every cell with the code of its row, sub-rows as `row/sub-row`."""
        for row in self.rows:
            for cell in row.cells:
                yield row.code, cell
            for sub in row.of_which:
                for cell in sub.cells:
                    yield f"{row.code}/{sub.code}", cell

    def change_cells(self, change: Callable[[str, Cell], Cell]) -> "Table":
        """The same table with every cell passed through `change(row, cell)`."""

        def changed(row: Row, name: str) -> Row:
            """A row and its sub-rows with changed cells."""
            return replace(
                row,
                cells=tuple(change(name, cell) for cell in row.cells),
                of_which=tuple(changed(s, f"{name}/{s.code}") for s in row.of_which),
            )

        return replace(self, rows=tuple(changed(row, row.code) for row in self.rows))


@dataclass(frozen=True)
class Claim:
    """A single figure quoted in running text; absent numbers are None. `population`
    is whom it is about, where what lies under it does not say so."""

    code: str
    n: int | None
    percent: float | None = None
    figure: Figure | None = field(default=None, repr=False)
    basis: Basis = field(default_factory=Basis, repr=False)
    suppressed: str | None = None
    population: str = ""


def figure_key(table: str, row: str, cell: Cell, kind: str) -> str:
    """The stable name of one figure, the same in every edition."""
    place = (table, row, cell.group, cell.item or "", cell.measure or "", kind)
    return "|".join(place)


def claim_key(code: str) -> str:
    """The stable name of a claim's figure."""
    return f"claim|{code}"


def as_json(
    tables: tuple[Table, ...],
    claims: tuple[Claim, ...],
    *,
    words: Callable[[str, str], str] = lambda _kind, code: code,
) -> dict[str, object]:
    """The `tables` and `claims` of the report's JSON.

    Args:
        tables, claims: as built or as released.
        words: finds the text for a code; called with `"title"`, `"row"` or `"item"`
            and `table`, `table.row` or `table.item`. Left out, the codes are printed.
    """
    return {
        "tables": [_table_json(table, words) for table in tables],
        "claims": [_claim_json(claim) for claim in claims],
    }


def _table_json(table: Table, words: Callable[[str, str], str]) -> dict[str, object]:
    """A table as the report's JSON has it; `of_which` rows stand inside theirs."""

    def row_json(row: Row) -> dict[str, object]:
        """A row with its label, its stable code and its cells."""
        told: dict[str, object] = {
            "label": words("row", f"{table.id}.{row.code}"),
            "code": row.code,
            "cells": [cell_json(cell) for cell in row.cells],
        }
        if row.of_which:
            told["of_which"] = [row_json(sub) for sub in row.of_which]
        return told

    def cell_json(cell: Cell) -> dict[str, object]:
        """A cell: the keys of its table, null where withheld."""
        item = cell.item and words("item", f"{table.id}.{cell.item}")
        told: dict[str, object] = {"group": cell.group, "item": item}
        return {
            **told,
            "measure": cell.measure,
            **cell.values,
            "suppressed": cell.suppressed,
        }

    return {
        "id": table.id,
        "title": words("title", table.id),
        "base": dict(table.base),
        "rows": [row_json(row) for row in table.rows],
    }


def _claim_json(claim: Claim) -> dict[str, object]:
    """A claim; a withheld one keeps its code and says so."""
    told: dict[str, object] = {"code": claim.code, "n": claim.n}
    if claim.percent is not None or claim.suppressed:
        told["percent"] = claim.percent
    if claim.suppressed:
        told["suppressed"] = claim.suppressed
    return told
