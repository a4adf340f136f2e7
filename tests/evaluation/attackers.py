"""An attacker who enumerates instead of solving.

It reads nothing but released tables: bases, printed numbers and empty cells. For each
distribution it lists every way in which whole people can be spread over the values,
and keeps those that agree with all that is printed. It shares no code with what it
attacks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from trede.evaluation.results import Table

Spread = tuple[int, ...]


def spreads(people: int, places: int) -> Iterator[Spread]:
    """Every way to spread people over places."""
    if places == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in spreads(people - first, places - 1):
            yield (first, *rest)


@dataclass(frozen=True)
class Distribution:
    """The values of one code, the last place being "no answer"."""

    values: tuple[str, ...]

    def share(self, spread: Spread, values: Iterable[str]) -> int:
        places = (*self.values, "unanswered")
        return sum(spread[places.index(value)] for value in values)

    def mean(self, spread: Spread) -> float | None:
        answers = sum(spread[: len(self.values)])
        if not answers:
            return None
        return (
            sum(int(v) * n for v, n in zip(self.values, spread, strict=False)) / answers
        )


def close(one: float | None, other: float | int | None) -> bool:
    return one is not None and other is not None and abs(one - other) < 1e-9


def fits_counts(
    table: Table,
    group: str,
    distribution: Distribution,
    spread: Spread,
    item: str | None,
) -> bool:
    """Whether a spread agrees with the printed rows of counts or percentages."""
    people = sum(spread)
    for row in table.rows:
        values = row.joined or (row.code,)
        for cell in row.cells:
            if (cell.group, cell.item) != (group, item):
                continue
            n = distribution.share(spread, values)
            if cell.value("n") is not None and cell.value("n") != n:
                return False
            percent = cell.value("percent")
            if percent is not None and not close(100 * n / people, percent):
                return False
    return True


def fits_scores(
    table: Table, group: str, row: str, distribution: Distribution, spread: Spread
) -> bool:
    """Whether a spread agrees with the printed mean and shares of one row."""
    shares = {"percent_ge_8": "89", "percent_le_4": "01234", "percent_never": "1"}
    for found in table.rows:
        for cell in found.cells:
            if (found.code, cell.group) != (row, group):
                continue
            mean = cell.value("mean")
            if mean is not None and not close(distribution.mean(spread), mean):
                return False
            for key, points in shares.items():
                told = cell.value(key)
                values = [v for v in distribution.values if v in points]
                n = distribution.share(spread, values)
                if told is not None and not close(100 * n / sum(spread), told):
                    return False
    return True


def possible(worlds: Iterable[Spread]) -> list[set[int]]:
    """Per place the numbers that occur in at least one possible world."""
    columns = list(zip(*worlds, strict=True))
    return [set(column) for column in columns]


def sensitive(counts: Mapping[str, int], threshold: int = 5) -> list[str]:
    return [value for value, n in counts.items() if 0 < n < threshold]
