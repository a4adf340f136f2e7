"""From a checked dataset to the figures of one cell.

A `Counted` is one code of one group at one wave: the distribution itself, and the
ways in which a table may print it (a category, a share, a mean). Each figure takes
along the linear form it gives away.

A count of people is exact and small; percentages are made from it at the last moment
and in full (no rounding anywhere in this package).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trede.evaluation.codebook import GROUPS, MISSING_REASONS
from trede.evaluation.dataset import Dataset, DatasetError
from trede.evaluation.results import (
    Basis,
    Figure,
    Form,
    Guard,
    Number,
    Part,
    Reveal,
    Support,
)
from trede.evaluation.specification import Category

MISSING_VALUES = tuple(f"missing:{reason}" for reason in MISSING_REASONS)


def support_key(wave: str, group: str, code: str) -> str:
    """The name of one distribution, the same in every table and edition."""
    return f"{wave}/{group}/{code}"


def population_key(wave: str, group: str) -> str:
    """The name of the people whose number is printed as the base."""
    return f"{wave}/{group}"


@dataclass(frozen=True)
class Counted:
    """One distribution and what may be printed of it."""

    support: Support

    @property
    def people(self) -> int:
        """Everybody in the group: the base of every percentage."""
        return self.support.people

    @property
    def answered(self) -> tuple[str, ...]:
        """The values that are answers."""
        return tuple(v for v in self.support.values if v not in MISSING_VALUES)

    def form(self, weights: Mapping[str, int]) -> Form:
        """A linear form over this distribution."""
        return (Part(self.support.key, tuple(sorted(weights.items()))),)

    def total(self, weights: Mapping[str, int]) -> int:
        """The value of such a form in the data."""
        counts = zip(self.support.values, self.support.counts, strict=True)
        return sum(weights.get(value, 0) * n for value, n in counts)

    def reveal(self, weights: Mapping[str, int]) -> Reveal:
        """The form together with its value."""
        return Reveal(self.form(weights), self.total(weights))

    def count(self, values: Iterable[str]) -> tuple[int, Reveal]:
        """The number of people with one of `values`, and what it reveals."""
        weights = dict.fromkeys(values, 1)
        return self.total(weights), self.reveal(weights)

    def mean(self) -> tuple[float | None, Figure]:
        """The mean of a numeric code over those who answered.

        The figure reveals the sum and the number of answers: a mean in full is a
        fraction, and its denominator can be read off. None when nobody answered.
        """
        scores = {value: int(value) for value in self.answered}
        answers, known = self.count(self.answered)
        total = self.reveal(scores)
        figure = Figure("mean", (total, known), contributors=answers)
        return (total.total / answers if answers else None), figure

    def guards(self, categories: Iterable[Category], name: str) -> tuple[Guard, ...]:
        """What nobody may learn of this distribution when it is small.

        Every category is guarded, also where it is not printed; so is the remainder
        outside it, against "everybody".
        """
        made: list[Guard] = []
        for category in categories:
            inside = category_values(category)
            outside = [v for v in self.support.values if v not in inside]
            label = f"{name}|{category.code}"
            made.append(Guard(self.form(dict.fromkeys(inside, 1)), "small", label))
            # That all kept silent says nothing about any of them.
            if category.values:
                form = self.form(dict.fromkeys(outside, 1))
                made.append(Guard(form, "others", label))
        return tuple(made)


def category_values(category: Category) -> tuple[str, ...]:
    """The values of a category, missing reasons in their written form."""
    return (*category.values, *(f"missing:{reason}" for reason in category.missing))


def count_code(
    dataset: Dataset, *, code: str, wave: str, group: str, values: Iterable[str]
) -> Counted:
    """Count one code.

    Args:
        dataset: with derived codes where the table needs them.
        code, wave, group: which distribution; group `all` is everybody.
        values: every value that is possible. One that occurs and is not among them
            is an error: otherwise a person would vanish from the table.
    """
    tally = dataset.tally(code, wave=wave, group=group)
    possible = tuple(dict.fromkeys(values))
    stray = sorted(set(tally.values) - set(possible))
    if stray:
        raise DatasetError(
            [
                f"{code}: no row of the table holds the value {value!r}"
                for value in stray
            ]
        )
    counts = {**tally.values, **{f"missing:{r}": n for r, n in tally.missing.items()}}
    every = (*possible, *MISSING_VALUES)
    return Counted(
        Support(
            support_key(wave, group, code),
            population_key(wave, group),
            f"{wave}/{code}",
            every,
            tuple(counts.get(value, 0) for value in every),
        )
    )


def basis_of(counted: Counted, guards: tuple[Guard, ...]) -> Basis:
    """The ground under a distribution; `all` is composed of its groups."""
    support = counted.support
    wave, group, code = support.key.split("/", 2)
    whole = (
        ((support.key, tuple(support_key(wave, g, code) for g in GROUPS)),)
        if group == "all"
        else ()
    )
    return Basis((support,), (), guards, whole)


def count_values(
    n: int, base: int, *, show: tuple[str, ...]
) -> dict[str, Number | None]:
    """The printed keys of a count: `n`, `percent` of the base, or both."""
    told: dict[str, Number | None] = {"n": n, "percent": 100 * n / base}
    return {key: told[key] for key in show}
