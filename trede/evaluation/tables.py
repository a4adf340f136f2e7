"""The descriptive tables of a report, built from a dataset and a specification.

Every figure is kept in full, beside what it gives away. Percentages are of everybody
in the group, so that missing answers lower them visibly; means are over those who
answered. These are the researcher's tables: nothing is withheld here.

| form | percentage of | mean over |
|---|---|---|
| counts, percentages, percent_yes | everybody in the group | - |
| mean_and_share | everybody in the group | those who answered |
| means | - | those who answered |
| hours | everybody in the group | those who named the activity usably |

Why everybody: in the published tables up to 40 of 53 did not answer the hours, and
the percentages are of 53 all the same. A percentage of those who answered would turn
silence into agreement. Whoever reads a low share sees the base beside it.

Missing values: the four reasons are counted apart. Refusing and not knowing are
categories where a table names them; whatever no row names is shown in an extra row of
a count table, and is simply not in the columns of the other forms, which then add up
to less than 100 (the dropouts' language columns of the source add up to 88.9).

No standard deviations are made here: a distribution that is printed needs none, and
estimates have their own place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from trede.evaluation.counting import (
    Counted,
    basis_of,
    category_values,
    count_code,
    count_values,
)
from trede.evaluation.dataset import Dataset
from trede.evaluation.hours import hours_cells
from trede.evaluation.masking import ELSEWHERE
from trede.evaluation.results import (
    Basis,
    Cell,
    Figure,
    Kind,
    Number,
    Reveal,
    Row,
    Table,
)
from trede.evaluation.specification import (
    SHARES,
    UNANSWERED,
    AnySpec,
    Category,
    Counts,
    Hours,
    MeanAndShare,
    Means,
    OfWhich,
    Percentages,
    PercentYes,
    Pooled,
    Reference,
    scale,
)

YES_NO = (Category("yes", ("yes",)), Category("no", ("no",)))
COUNT = ("n", "percent")


def build_tables(
    dataset: Dataset, specs: Iterable[AnySpec], *, reference: Reference | None = None
) -> tuple[Table, ...]:
    """Build the tables of a report.

    Args:
        dataset: with the derived codes that the specifications name.
        specs: in the order of the report.
        reference: published figures to print beside one's own.

    Example:

    >>> data = derive(read_dataset(frame), masking=masking)           # doctest: +SKIP
    >>> specs = intake_tables(masking=masking, schemes=("meedoen",))  # doctest: +SKIP
    >>> build_tables(data, specs, reference=NIJMEGEN_2021)            # doctest: +SKIP

    Returns:
        One table per specification, in their order. `base` is the number of people of
        a group; `n` a number of people; `percent...` a percentage from 0 to 100 of
        that base; `mean` in the units of the answer (points of a scale, hours a week).
        All in full: floats made from exact integers, nothing rounded. A group without
        people gets no cells and no base; a mean that nobody answered has no cell.

    Raises:
        DatasetError: for a code that the dataset lacks, or a value that no category
            of the specification holds.
    """
    return tuple(_build(dataset, spec, reference) for spec in specs)


@dataclass
class _Sheet:
    """A table in the making: cells per row, the ground under them, the groups."""

    dataset: Dataset
    spec: AnySpec
    rows: dict[str, list[Cell]] = field(default_factory=dict)
    of_which: dict[str, dict[str, list[Cell]]] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    basis: Basis = field(default_factory=Basis)

    def groups(self) -> Iterator[str]:
        """The groups that have people."""
        for group in self.spec.groups:
            if self.dataset.people(wave=self.spec.wave, group=group):
                yield group

    def counted(
        self, code: str, group: str, categories: tuple[Category, ...]
    ) -> Counted:
        """Count a code and put its distribution under the table."""
        values = [v for category in categories for v in category.values]
        counted = count_code(
            self.dataset, code=code, wave=self.spec.wave, group=group, values=values
        )
        guards = counted.guards(categories, f"{group}|{code}")
        self.basis += basis_of(counted, guards)
        if group == "all":
            for part in ("participants", "dropouts"):
                self.counted(code, part, categories)
        return counted

    def add(self, row: str, cell: Cell) -> None:
        """Put a cell at the end of its row."""
        self.rows.setdefault(row, []).append(cell)


def _build(dataset: Dataset, spec: AnySpec, reference: Reference | None) -> Table:
    """One table: its cells by form, then its base and the reference group."""
    sheet = _Sheet(dataset, spec)
    match spec:
        case Counts():
            _counts(sheet, spec)
        case Percentages():
            _percentages(sheet, spec)
        case PercentYes():
            _percent_yes(sheet, spec)
        case MeanAndShare():
            _mean_and_share(sheet, spec)
        case Means():
            _means(sheet, spec)
        case Hours():
            for row, cell, basis in hours_cells(dataset, spec, tuple(sheet.groups())):
                sheet.add(row, cell)
                sheet.basis += basis
    base = {g: dataset.people(wave=spec.wave, group=g) for g in sheet.groups()}
    rows = tuple(
        Row(
            code,
            tuple(cells),
            tuple(
                Row(sub, tuple(split))
                for sub, split in sheet.of_which.get(code, {}).items()
            ),
            code in sheet.optional,
        )
        for code, cells in sheet.rows.items()
    )
    table = Table(spec.id, spec.stage, spec.wave, spec.form, base, rows, sheet.basis)
    return _beside_reference(table, reference) if reference else table


def _counts(sheet: _Sheet, spec: Counts) -> None:
    """Rows of counts, group by group, splits inside their row."""
    categories = _complete(sheet, spec)
    for group in sheet.groups():
        counted = sheet.counted(spec.code, group, categories)
        for category in categories:
            sheet.add(category.code, _count_cell(counted, group, category, COUNT))
            if category.optional:
                sheet.optional.add(category.code)
        for split in spec.of_which:
            _of_which(sheet, split, group)


def _complete(sheet: _Sheet, spec: Counts) -> tuple[Category, ...]:
    """The categories that are shown: optional ones only when somebody is in them.

    A country outside the masking falls under `elsewhere`; a missing reason that no
    row names falls under `unanswered`.
    """
    found: dict[str, int] = {}
    for group in sheet.groups():
        tally = sheet.dataset.tally(spec.code, wave=spec.wave, group=group)
        reasons = {f"missing:{r}": n for r, n in tally.missing.items()}
        for value, n in (*tally.values.items(), *reasons.items()):
            found[value] = found.get(value, 0) + n
    named = {v for c in spec.categories for v in category_values(c)}
    spread = tuple(
        replace(c, values=tuple(sorted(v for v in found if not _accounted(v, named))))
        if c.code == ELSEWHERE
        else c
        for c in spec.categories
    )
    rest = tuple(r for r in UNANSWERED.missing if f"missing:{r}" not in named)
    everything = (*spread, replace(UNANSWERED, missing=rest))
    return tuple(
        c
        for c in everything
        if not c.optional or any(v in found for v in category_values(c))
    )


def _accounted(value: str, named: set[str]) -> bool:
    """Whether a value needs no place elsewhere: it has a row, or is no answer."""
    return value in named or value.startswith("missing:")


def _of_which(sheet: _Sheet, split: OfWhich, group: str) -> None:
    """Split a row by a follow-up question; percentages of a part are not printed,
    since their base would be another one than that of the table."""
    part = sheet.counted(split.code, group, split.categories)
    rows = sheet.of_which.setdefault(split.row, {})
    for category in split.categories:
        cell = _count_cell(part, group, category, ("n",))
        rows.setdefault(f"{split.code}_{category.code}", []).append(cell)


def _count_cell(
    counted: Counted,
    group: str,
    category: Category,
    show: tuple[str, ...],
    item: str | None = None,
    measure: str | None = None,
) -> Cell:
    """A cell with the number and/or percentage of one category."""
    n, reveal = counted.count(category_values(category))
    values = count_values(n, counted.people, show=show)
    return Cell(group, item, measure, values, (Figure("count", (reveal,)),))


def _percentages(sheet: _Sheet, spec: Percentages) -> None:
    """Rows are points of a scale; every item is a column.

    Who gave no answer is in no row, and in the base of the percentages: a column of
    whom somebody kept silent adds up to less than 100.
    """
    for group in sheet.groups():
        for item in spec.items:
            counted = sheet.counted(item, group, spec.categories)
            for category in spec.categories:
                cell = _count_cell(counted, group, category, ("percent",), item)
                sheet.add(category.code, cell)


def _percent_yes(sheet: _Sheet, spec: PercentYes) -> None:
    """Rows are subjects; every measure is a column. Silence counts as not yes, and is
    guarded as something of its own: neither side of a share may be a handful."""
    for group in sheet.groups():
        for row, measures in spec.rows:
            for measure, code in measures.items():
                counted = sheet.counted(code, group, YES_NO)
                cell = _count_cell(
                    counted, group, YES_NO[0], ("percent",), measure=measure
                )
                sheet.add(row, cell)


def _means(sheet: _Sheet, spec: Means) -> None:
    """Rows are subjects, columns measures; a mean nobody answered has no cell.

    The mean is over those who answered, in points of the scale.
    """
    for group in sheet.groups():
        for row, measures in spec.rows:
            for measure, code in measures.items():
                counted = sheet.counted(code, group, scale(spec.low, spec.high))
                mean, figure = counted.mean()
                if mean is not None:
                    values = {"mean": mean}
                    sheet.add(row, Cell(group, None, measure, values, (figure,)))


def _mean_and_share(sheet: _Sheet, spec: MeanAndShare) -> None:
    """Rows are codes, the pooled row first."""
    points = scale(spec.low, spec.high)
    for group in sheet.groups():
        all_counted = {code: sheet.counted(code, group, points) for code in spec.codes}
        if spec.pooled:
            _pooled(sheet, spec.pooled, group, all_counted)
        for code, counted in all_counted.items():
            _mean_row(sheet, spec, code, group, counted)


def _mean_row(
    sheet: _Sheet, spec: MeanAndShare, code: str, group: str, counted: Counted
) -> None:
    """The mean of one code and its shares.

    Shares are guarded on both sides: 51 of 53 at eight or more tells of the two others.
    Who did not answer is on neither side.
    """
    mean, figure = counted.mean()
    if mean is None:
        return
    values: dict[str, Number | None] = {"mean": mean}
    figures = [figure]
    for share in spec.shares:
        points = tuple(str(x) for x in SHARES[share] if spec.low <= x <= spec.high)
        n, reveal = counted.count(points)
        values[share] = 100 * n / counted.people
        figures.append(Figure(_share(share), (reveal,)))
        inside = Category(share, points)
        outside = Category(
            f"not_{share}", tuple(v for v in counted.answered if v not in points)
        )
        guards = counted.guards((inside, outside), f"{group}|{code}")
        sheet.basis += Basis(guards=guards)
    sheet.add(code, Cell(group, None, None, values, tuple(figures)))


def _share(name: str) -> Kind:
    """A share's name as the kind of its figure."""
    known: Mapping[str, Kind] = {
        "percent_ge_8": "percent_ge_8",
        "percent_le_4": "percent_le_4",
        "percent_never": "percent_never",
    }
    return known[name]


def _pooled(
    sheet: _Sheet, pooled: Pooled, group: str, all_counted: Mapping[str, Counted]
) -> None:
    """The row over several codes together; see `Pooled`.

    Its mean is over answers, not people: somebody who answered four of six questions
    counts four times. `contributors` is the number of people behind the best answered
    of the codes: at least so many are behind the mean.
    """
    chosen = [all_counted[code] for code in pooled.codes]
    scores = [c.reveal({v: int(v) for v in c.answered}) for c in chosen]
    answers = [c.reveal(dict.fromkeys(c.answered, 1)) for c in chosen]
    total, known = _summed(scores), _summed(answers)
    if not known.total:
        return
    anyone = sheet.counted(pooled.none_of, group, YES_NO)
    n, reveal = anyone.count(("no",))
    mean = Figure(
        "mean",
        (total, known),
        contributors=max(c.count(c.answered)[0] for c in chosen),
    )
    never = Figure("percent_never", (reveal,))
    values: dict[str, Number | None] = {
        "mean": total.total / known.total,
        "percent_never": 100 * n / anyone.people,
    }
    sheet.add(pooled.row, Cell(group, None, None, values, (mean, never)))


def _summed(reveals: list[Reveal]) -> Reveal:
    """One reveal that is the sum of several."""
    form = tuple(part for reveal in reveals for part in reveal.form)
    return Reveal(form, sum(reveal.total for reveal in reveals))


def _beside_reference(table: Table, reference: Reference) -> Table:
    """Add the reference group's cells at the end of each row that has them."""

    def added(row: Row) -> Row:
        """A row with the reference group's cells at its end."""
        cells = [
            Cell("reference", item, measure, dict(values))
            for (id, code, item, measure), values in reference.figures.items()
            if (id, code) == (table.id, row.code)
        ]
        return replace(row, cells=(*row.cells, *cells))

    rows = tuple(added(row) for row in table.rows)
    base = dict(table.base)
    if table.id in reference.base:
        base["reference"] = reference.base[table.id]
    return replace(table, base=base, rows=rows)
