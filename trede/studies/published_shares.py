"""A share of the participants beside one that was published, from what both print."""

from dataclasses import dataclass

from trede.evaluation.margins.published import PrintedShare, share_beside


@dataclass(frozen=True)
class Printed:
    """A percentage of so many people; a whole number was printed without decimals."""

    percent: int | float
    of: int

    @property
    def words(self) -> str:
        whole = isinstance(self.percent, int)
        return str(self.percent) if whole else f"{self.percent:.1f}"


@dataclass(frozen=True)
class Difference:
    """In percentage points, with the ends of Newcombe's 95% interval."""

    value: float
    low: float
    high: float


def difference_of(percent: float, of: int, published: Printed) -> Difference:
    """`percent` is of everybody in the group, unrounded."""
    figure = PrintedShare(published.words, published.of, 0, 0)
    found = share_beside(round(percent * of / 100), of, figure)
    if found.interval is None:
        raise ValueError("a difference of shares has an interval")
    ends = found.interval
    return Difference(100 * found.value, 100 * ends.low, 100 * ends.high)
