"""The language in which a report's tables are described.

A specification says which codes a table counts, in which rows, for whom and in what
form; it holds no figures and no words. Six forms cover everything the first interim
report printed: counts, percentages, percent_yes, mean_and_share, hours and means.

Adding a table is adding a value of one of these types: no code. What cannot be said
in them (crossing two codes, for example) is not printed by a report either: crossed
tables of 53 people consist of small cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from trede.evaluation.codebook import MISSING_REASONS

SHARES: Mapping[str, range] = {
    "percent_ge_8": range(8, 11),
    "percent_le_4": range(0, 5),
    "percent_never": range(1, 2),
}


@dataclass(frozen=True)
class Category:
    """One row of a distribution: the values and missing reasons counted in it.

    An `optional` category is shown only when somebody is in it; it exists so that
    nobody can fall between the rows.
    """

    code: str
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    optional: bool = False


UNANSWERED = Category("unanswered", missing=MISSING_REASONS, optional=True)


def each(*codes: str) -> tuple[Category, ...]:
    """A category for each value, named after it."""
    return tuple(Category(code, (code,)) for code in codes)


def scale(low: int, high: int) -> tuple[Category, ...]:
    """A category for each point of a scale."""
    return each(*(str(point) for point in range(low, high + 1)))


@dataclass(frozen=True)
class OfWhich:
    """A split of the people in `row` by a second code that only they answered."""

    row: str
    code: str
    categories: tuple[Category, ...]


@dataclass(frozen=True)
class Spec:
    """What every table has: an id, its stage in the report, a wave, its groups."""

    id: str
    stage: str
    form: ClassVar[str] = ""
    wave: str = "T0"
    groups: tuple[str, ...] = ("participants",)


@dataclass(frozen=True)
class Counts(Spec):
    """Number and percentage of people per category of one code.

    Percentages are of everybody in the group. Whoever is in no category is shown in
    an extra row `unanswered`, so that the counts always add up to the base.
    """

    form: ClassVar[str] = "counts"
    code: str = ""
    categories: tuple[Category, ...] = ()
    of_which: tuple[OfWhich, ...] = ()


@dataclass(frozen=True)
class Percentages(Spec):
    """The distribution of several codes side by side, percent of the whole group."""

    form: ClassVar[str] = "percentages"
    items: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True)
class PercentYes(Spec):
    """Percent of the whole group that says yes; per row a code per measure."""

    form: ClassVar[str] = "percent_yes"
    rows: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True)
class Means(Spec):
    """Mean over those who answered; per row a code per measure."""

    form: ClassVar[str] = "means"
    rows: tuple[tuple[str, Mapping[str, str]], ...] = ()
    low: int = 1
    high: int = 5


@dataclass(frozen=True)
class Pooled:
    """A first row over several codes together.

    Its mean is over all answers to all `codes`; its share counts the people for
    whom the yes/no code `none_of` says no.
    """

    row: str
    codes: tuple[str, ...]
    none_of: str


@dataclass(frozen=True)
class MeanAndShare(Spec):
    """Mean over those who answered, and shares of the whole group at the ends."""

    form: ClassVar[str] = "mean_and_share"
    codes: tuple[str, ...] = ()
    low: int = 0
    high: int = 10
    shares: tuple[str, ...] = ("percent_ge_8",)
    pooled: Pooled | None = None


@dataclass(frozen=True)
class Hours(Spec):
    """Hours a week per activity, now and wished.

    The percentage is of the whole group, the mean over those who named the activity.
    `left_out` gives per activity the number of hours from which an answer is not
    used in the mean (care for children: 90).
    """

    form: ClassVar[str] = "hours"
    activities: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


AnySpec = Counts | Percentages | PercentYes | Means | MeanAndShare | Hours


@dataclass(frozen=True)
class Reference:
    """Published figures of another group, printed beside one's own.

    `base` gives the number of people per table; `figures` maps (table, row, item,
    measure) to the printed numbers. Only what was published is there: no standard
    deviations, no joint data, so nothing can be tested with it but a proportion.
    """

    base: Mapping[str, int]
    figures: Mapping[tuple[str, str, str | None, str | None], Mapping[str, float]]
