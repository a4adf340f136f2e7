"""What margins say about people who did several things: only limits.

From a table of one answer and a table of another it does not follow how many people
gave both: anything between two limits is possible. A sentence about such people that
goes past the limits is wrong; one within them needs the people themselves.

Sources: Boole, "An investigation of the laws of thought", 1854; Fréchet, Fundamenta
Mathematicae 25, 1935.
"""

from typing import NamedTuple


class Limits(NamedTuple):
    """The fewest and the most people that the margins allow, both possible."""

    fewest: int
    most: int

    @property
    def derivable(self) -> bool:
        """Whether the margins leave only one number."""
        return self.fewest == self.most

    def holds(self, people: int) -> bool:
        return self.fewest <= people <= self.most


def in_all(counts: tuple[int, ...], of: int) -> Limits:
    """Of how many people may all of this be true?

    Args:
        counts: people of whom each is true, out of the same `of` people.

    Raises:
        ValueError: no counts, or a count outside 0 to `of`.
    """
    _refuse_strange(counts, of)
    return Limits(max(0, sum(counts) - (len(counts) - 1) * of), min(counts))


def in_any(counts: tuple[int, ...], of: int) -> Limits:
    """Of how many people may at least one of this be true? As `in_all`."""
    _refuse_strange(counts, of)
    return Limits(max(counts), min(of, sum(counts)))


def _refuse_strange(counts: tuple[int, ...], of: int) -> None:
    if not counts or not all(0 <= n <= of for n in counts):
        raise ValueError(f"{counts} are no counts out of {of}")
