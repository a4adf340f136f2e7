"""Which answers can stand behind a table of means and shares? All of them, searched.

A table prints of every item a mean and the share of one answer, and a sentence says how
often another answer was given over all items. Together they may leave one distribution
of every item, several, or none. A mean that cannot come from whole answers at all is
laid aside and named (`impossible`); what the other figures then leave is searched
completely.

Source: the complete search of CORVIDS, Wilner, Wood and Simons, PsyArXiv, 2018, here
with shares and totals instead of standard deviations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.margins.printed_figures import check_mean, check_percentage

# Distributions and sums that are searched before giving up.
MOST = 200_000

# People per point of the scale, lowest first.
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """What is printed of one item, all answered by `people`.

    `points` are the answers in whole numbers; `mean` and the percentages in `shares`
    (point: percentage) as printed; `counts` (point: people) what is known to the digit.
    """

    people: int
    points: tuple[int, ...]
    mean: str | None = None
    shares: Mapping[int, str] | None = None
    counts: Mapping[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Solutions:
    """Every set of distributions, one `Counts` per item in order; and the places of
    items whose printed mean was laid aside since no answers can give it."""

    found: tuple[tuple[Counts, ...], ...]
    impossible: tuple[int, ...]


def distributions(item: PrintedItem, *, by_mean: bool = True) -> tuple[Counts, ...]:
    """Every distribution of one item that rounds to all that is printed of it.

    Args:
        by_mean: False lays the printed mean aside.

    Raises:
        ValueError: as `check_mean` and `check_percentage`.
        CannotEstimate: `distributions`, `many_ways` when there are too many to search.
    """
    allowed = [_allowed(item, point) for point in item.points]
    sums = None
    if by_mean and item.mean is not None:
        sums = frozenset(check_mean(item.mean, item.people).whole)
    return tuple(
        counts
        for counts in _adding_up(allowed, item.people)
        if sums is None or _sum(item, counts) in sums
    )


def solve(
    items: tuple[PrintedItem, ...], *, totals: Mapping[int, int] | None = None
) -> Solutions:
    """Every set of distributions that agrees with all items and totals.

    Args:
        totals: point: how often that answer was given over all items together.

    Raises:
        ValueError, CannotEstimate: as `distributions`.
    """
    impossible, each = [], []
    for place, item in enumerate(items):
        ways = distributions(item)
        if not ways and item.mean is not None:
            impossible.append(place)
            ways = distributions(item, by_mean=False)
        each.append(ways)
    wanted = dict(totals or {})
    points = tuple(wanted)
    found: list[tuple[Counts, ...]] = []
    tried = _Tried()
    rest = _reachable(items, each, points)
    _extend((), tuple(wanted.values()), items, each, points, rest, found, tried)
    return Solutions(tuple(found), tuple(impossible))


class _Tried:
    """How much was searched so far."""

    def __init__(self) -> None:
        self.ways = 0

    def one_more(self) -> None:
        self.ways += 1
        if self.ways > MOST:
            raise CannotEstimate(
                "distributions", why="many_ways", has=self.ways, needed=MOST
            )


def _extend(
    chosen: tuple[Counts, ...],
    left: tuple[int, ...],
    items: tuple[PrintedItem, ...],
    each: list[tuple[Counts, ...]],
    points: tuple[int, ...],
    rest: list[list[tuple[int, int]]],
    found: list[tuple[Counts, ...]],
    tried: _Tried,
) -> None:
    """Take the items one by one, and stop where the totals cannot be met any more."""
    place = len(chosen)
    bounds = rest[place]
    if not all(low <= n <= high for n, (low, high) in zip(left, bounds, strict=True)):
        return
    if place == len(items):
        found.append(chosen)
        return
    for counts in each[place]:
        tried.one_more()
        used = _of_points(items[place], counts, points)
        lower = tuple(n - u for n, u in zip(left, used, strict=True))
        _extend((*chosen, counts), lower, items, each, points, rest, found, tried)


def _reachable(
    items: tuple[PrintedItem, ...],
    each: list[tuple[Counts, ...]],
    points: tuple[int, ...],
) -> list[list[tuple[int, int]]]:
    """For each place and point: the least and most that items from there on can add."""
    bounds = [[(0, 0) for _ in points]]
    for item, ways in zip(reversed(items), reversed(each), strict=True):
        used = [_of_points(item, counts, points) for counts in ways]
        ends = [(min(u, default=0), max(u, default=0)) for u in zip(*used, strict=True)]
        ends = ends or [(0, 0) for _ in points]
        after = bounds[0]
        bounds.insert(
            0, [(a + c, b + d) for (a, b), (c, d) in zip(ends, after, strict=True)]
        )
    return bounds


def _of_points(
    item: PrintedItem, counts: Counts, points: tuple[int, ...]
) -> tuple[int, ...]:
    by_point = dict(zip(item.points, counts, strict=True))
    return tuple(by_point.get(point, 0) for point in points)


def _allowed(item: PrintedItem, point: int) -> range | tuple[int, ...]:
    """The counts that one answer can have."""
    if item.counts and point in item.counts:
        return (item.counts[point],)
    if item.shares and point in item.shares:
        return check_percentage(item.shares[point], item.people).whole
    return range(item.people + 1)


def _adding_up(
    allowed: list[range | tuple[int, ...]], people: int
) -> tuple[Counts, ...]:
    """All choices of one count each that add up to everybody."""
    free = [k for k, one in enumerate(allowed) if isinstance(one, range)]
    fixed: list[dict[int, int]] = [{}]
    for k, one in enumerate(allowed):
        if not isinstance(one, range):
            fixed = [{**made, k: n} for made in fixed for n in one]
    tried = _Tried()
    ways: list[Counts] = []
    for made in fixed:
        for parts in _parts(people - sum(made.values()), len(free)):
            tried.one_more()
            every = made | dict(zip(free, parts, strict=True))
            ways.append(tuple(every[k] for k in range(len(allowed))))
    return tuple(ways)


def _parts(total: int, parts: int) -> list[Counts]:
    """All ways to divide `total` over so many parts, in order."""
    if total < 0 or (not parts and total):
        return []
    if not parts:
        return [()]
    ways = 1
    for k in range(1, parts):
        ways = ways * (total + k) // k
    if ways > MOST:
        raise CannotEstimate("distributions", why="many_ways", has=ways, needed=MOST)
    found = []
    for bars in combinations(range(total + parts - 1), parts - 1):
        ends = (-1, *bars, total + parts - 1)
        found.append(tuple(b - a - 1 for a, b in pairwise(ends)))
    return found


def _sum(item: PrintedItem, counts: Counts) -> int:
    return sum(p * n for p, n in zip(item.points, counts, strict=True))
