"""The figures of a report one by one: what each costs to withhold, which must go
whatever else is printed, and how a table looks without them.

Some figures need no calculation: everything about a group that is too small, a mean
over too few people, an amount that one person dominates, the lowest or highest age.

| reason | the figure |
|---|---|
| small_group | belongs to a group smaller than the norm |
| mean_small | is a mean over fewer people than the norm |
| dominance | is a sum that one person dominates (the p%-rule) |
| extreme | is the lowest or highest value of one person |
| difference_earlier | differs from an earlier sum by what a few people gave |
| small | is a count of 1 to threshold - 1 |
| complement | leaves such a count as its remainder, or through a mean |
| everybody | says that all people of a group are in one category |
| secondary | would give one of these away together with other figures |
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from trede.evaluation.editions import Earlier
from trede.evaluation.norms import Norms
from trede.evaluation.results import (
    PRINTED,
    Cell,
    Claim,
    Figure,
    Row,
    Table,
    claim_key,
    figure_key,
)

# One word for every withheld figure: a public reason "small" would itself say that
# the count lies between 1 and the threshold.
WITHHELD = "withheld"
CLAIMS = "claims"
# A figure about people of several groups changes with any of them.
EVERYBODY = "*"


@dataclass(frozen=True)
class Entry:
    """One figure with its place in the report.

    `people` is the base of its group (0 where it has none), `population` the key of
    that group, such as `T0/dropouts`. `group`, `item` and `measure` are None for a
    claim; `row` then is the claim's code.
    """

    key: str
    table: str
    row: str
    group: str | None
    item: str | None
    measure: str | None
    figure: Figure
    people: int
    population: str


def entries_of(tables: Iterable[Table], claims: Iterable[Claim]) -> Iterator[Entry]:
    """Every figure that gives something away, tables first."""
    for table in tables:
        for row, cell in table.cells():
            for figure in cell.figures:
                yield Entry(
                    figure_key(table.id, row, cell, figure.kind),
                    table.id,
                    row,
                    cell.group,
                    cell.item,
                    cell.measure,
                    figure,
                    table.base.get(cell.group, 0),
                    f"{table.wave}/{cell.group}",
                )
    for claim in claims:
        if claim.figure is not None:
            people = max((s.people for s in claim.basis.supports), default=0)
            populations = [s.population for s in claim.basis.supports]
            yield Entry(
                claim_key(claim.code),
                CLAIMS,
                claim.code,
                None,
                None,
                None,
                claim.figure,
                people,
                claim.population or (populations[0] if populations else ""),
            )


def cost_of(entry: Entry, norms: Norms) -> float:
    """What it costs to withhold a figure, by the norm: a positive number without unit,
    of which only ratios matter. A count that speaks of many costs more than one that
    speaks of few, so that the choice falls on what says least."""
    if entry.table == CLAIMS:
        return norms.weight_claim * entry.figure.worth
    if entry.figure.kind == "mean":
        return norms.weight_mean
    counted = sum(reveal.total for reveal in entry.figure.reveals)
    return norms.weight_count + norms.weight_share * counted / max(entry.people, 1)


def forced_reason(
    entry: Entry, *, norms: Norms, small: frozenset[str], earlier: Iterable[Earlier]
) -> str | None:
    """Why this figure goes whatever else is printed, or None.

    Args:
        entry: the figure.
        norms: the norm.
        small: the populations that are too small to say anything about.
        earlier: editions already out, with who came and went since.

    Returns:
        One of small_group, extreme, mean_small, everybody, dominance or
        difference_earlier. None says nothing yet: whether a count may be printed is
        for `hiding` to find out, together with all others.
    """
    figure = entry.figure
    if entry.population in small:
        return "small_group"
    if figure.kind == "extreme":
        return "extreme"
    if figure.contributors is not None and figure.contributors < norms.contributors:
        return "mean_small"
    if figure.magnitude == 0:
        return "everybody"
    if _dominated(figure, norms):
        return "dominance"
    if any(
        _betrays_answers(entry, past, norms) or _betrays_change(entry, past, norms)
        for past in earlier
    ):
        return "difference_earlier"
    return None


def _dominated(figure: Figure, norms: Norms) -> bool:
    """The p%-rule; see norms.toml."""
    if len(figure.largest) < 2 or figure.magnitude is None:
        return False
    first, second = figure.largest[:2]
    rest = figure.magnitude - first - second
    return rest < norms.p_percent / 100 * first


def _betrays_change(entry: Entry, past: Earlier, norms: Norms) -> bool:
    """Whether the difference with an earlier sum is the hours of a few people.

    An unchanged sum over the same number tells nothing; nor does a difference that
    at least the threshold of people made.
    """
    before = past.edition.magnitudes.get(entry.key)
    if before is None:
        return False
    moved = _moved(entry, past)
    if not moved:
        return False
    now = (entry.figure.contributors, entry.figure.magnitude)
    if before == now:
        return False
    return abs(before[0] - (entry.figure.contributors or 0)) < norms.threshold


def _betrays_answers(entry: Entry, past: Earlier, norms: Norms) -> bool:
    """Whether a figure on everybody was printed before and is another one now, because
    of a few people. Its difference is then what those few answered: to weigh it against
    all other figures would take long, to end at the same."""
    if not entry.population.endswith(f"/{EVERYBODY}"):
        return False
    before = {told.form: told.total for told in past.edition.printed.get(entry.key, ())}
    changed = any(
        before.get(told.form, told.total) != told.total for told in entry.figure.reveals
    )
    return changed and norms.sensitive(_moved(entry, past))


def _moved(entry: Entry, past: Earlier) -> int:
    """How many people came to or went from the group of a figure."""
    wave, group = entry.population.split("/", 1)
    return sum(
        flow.people
        for flow in past.flows
        if flow.wave == wave and group in (flow.origin, flow.destination, EVERYBODY)
    )


def withhold(
    tables: Iterable[Table],
    claims: Iterable[Claim],
    *,
    hidden: frozenset[str],
    small: frozenset[str],
) -> tuple[tuple[Table, ...], tuple[Claim, ...]]:
    """The report without the hidden figures and without what lies under the others.

    Args:
        tables, claims: the researcher's.
        hidden: keys of figures, as `figure_key` and `claim_key` make them.
        small: populations of which not even the size is told.

    Returns:
        The same rows and cells in the same order. A withheld figure is None and its
        cell says `withheld`, whatever the reason was. An optional row that would
        betray somebody is left out.
    """
    return (
        tuple(_stripped(table, hidden, small) for table in tables),
        tuple(_quiet(claim, hidden) for claim in claims),
    )


def _stripped(table: Table, hidden: frozenset[str], small: frozenset[str]) -> Table:
    """A table as it is printed: no hidden figure, no base of a small group, and
    nothing of what lies under it."""
    from_cells = table.change_cells(
        lambda row, cell: _emptied(table.id, row, cell, hidden)
    )
    base = {g: n for g, n in table.base.items() if f"{table.wave}/{g}" not in small}
    rows = tuple(row for row in from_cells.rows if not _betrays(row))
    return Table(table.id, table.stage, table.wave, table.form, base, rows)


def _betrays(row: Row) -> bool:
    """That an optional row is there at all says that somebody is in it: it stays away
    unless a printed number already says so."""
    if not row.optional or not any(cell.suppressed for cell in row.cells):
        return False
    return not any(cell.value("n") for cell in row.cells)


def _emptied(table: str, row: str, cell: Cell, hidden: frozenset[str]) -> Cell:
    """A cell without its hidden figures.

    The keys stay, with None: a reader sees that there is a figure which is withheld.
    """
    gone = {
        key
        for figure in cell.figures
        if figure_key(table, row, cell, figure.kind) in hidden
        for key in PRINTED[figure.kind]
    }
    values: Mapping[str, int | float | None] = {
        key: None if key in gone else value for key, value in cell.values.items()
    }
    return replace(
        cell,
        values=values,
        figures=(),
        suppressed=WITHHELD if gone else cell.suppressed,
    )


def _quiet(claim: Claim, hidden: frozenset[str]) -> Claim:
    """A claim as it is printed."""
    if claim_key(claim.code) in hidden:
        return Claim(claim.code, None, None, suppressed=WITHHELD)
    return Claim(claim.code, claim.n, claim.percent, suppressed=claim.suppressed)
